package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"accord/queries"
	"accord/queries/load"
	"accord/tui"
)

// watching is how often a watched folder is looked at. Folders that are shared
// over a network tell nobody of what arrives in them.
const watching = 2 * time.Second

// A watch takes what arrives in a folder into a store.
type watch struct {
	inbox   *load.Inbox
	folder  string
	store   string
	options queries.Options

	told bool // what follows was
	last tui.Arrivals

	mu        sync.Mutex
	loaded    time.Time
	delivered []load.Delivery // that the store is made of
	failed    []load.Delivery // that could not be taken in as they are
}

// newWatch watches a folder for the store at path.
func newWatch(ctx context.Context, folder, path string, o queries.Options) (*watch, error) {
	if info, err := os.Stat(path); path == "" || err == nil && (info.IsDir() || !load.IsDuckDB(path)) {
		return nil, usagef("--watch needs a store to take deliveries into: make one with `accord load SOURCE -o FILE`, then `accord FILE --watch %s`", folder)
	}
	inbox, err := load.NewInbox(folder)
	if err != nil {
		return nil, usagef("--watch: %w", err)
	}
	w := &watch{inbox: inbox, folder: filepath.Base(filepath.Clean(folder)), store: path, options: o}
	return w, w.refresh(ctx)
}

// refresh reads what the store is made of.
func (w *watch) refresh(ctx context.Context) error {
	info, err := os.Stat(w.store)
	if err != nil {
		return err
	}
	delivered, err := load.Delivered(ctx, w.store)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.loaded, w.delivered = info.ModTime().Local(), delivered
	return nil
}

// Next implements tui.Deliveries.
func (w *watch) Next(ctx context.Context) (tui.Arrivals, error) {
	for {
		now := w.look()
		if !w.told || !same(now, w.last) {
			w.told, w.last = true, now
			return now, nil
		}
		select {
		case <-ctx.Done():
			return tui.Arrivals{}, ctx.Err()
		case <-time.After(watching):
		}
	}
}

// look is what the folder holds now.
func (w *watch) look() tui.Arrivals {
	complete, err := w.inbox.Look()
	w.mu.Lock()
	defer w.mu.Unlock()
	out := tui.Arrivals{Folder: w.folder, Loaded: w.loaded, Problem: err}
	for _, d := range complete {
		if !slices.Contains(w.delivered, d) && !slices.Contains(w.failed, d) {
			out.Waiting = append(out.Waiting, tui.Arrival{Name: d.Name, Bytes: d.Bytes, Modified: d.Modified.Local()})
		}
	}
	return out
}

func same(a, b tui.Arrivals) bool {
	return slices.Equal(a.Waiting, b.Waiting) && a.Loaded.Equal(b.Loaded) && fmt.Sprint(a.Problem) == fmt.Sprint(b.Problem)
}

// Take implements tui.Deliveries. The latest file comes first, as what it says
// of a customer holds.
func (w *watch) Take(ctx context.Context, files []tui.Arrival, progress func(tui.Progress)) (tui.Taken, error) {
	o := load.Options{Out: w.store, BuiltBy: version, Progress: func(p load.Progress) {
		progress(tui.Progress{Stage: string(p.Stage), Done: p.Done})
	}}
	var deliveries []load.Delivery
	for _, f := range files {
		d := load.Delivery{Name: f.Name, Bytes: f.Bytes, Modified: f.Modified.UTC()}
		deliveries = append(deliveries, d)
		o.Sources = append(o.Sources, w.inbox.Path(d))
	}
	var err error
	if o.Key, err = load.UserKey(); err != nil {
		return tui.Taken{}, err
	}
	if o.Erased, err = load.ErasedList(o.Key); err != nil {
		return tui.Taken{}, err
	}
	report, err := load.Append(ctx, o)
	if err != nil {
		if ctx.Err() == nil {
			w.fail(deliveries, err)
		}
		return tui.Taken{}, err
	}
	ctx = context.WithoutCancel(ctx) // the store is another from here on
	questions, err := w.reopen(ctx)
	if err := errors.Join(err, w.refresh(ctx)); err != nil {
		if questions != nil {
			err = errors.Join(err, questions.Close())
		}
		return tui.Taken{}, fmt.Errorf("%w, but the store cannot be opened anew; start accord again: %w", tui.ErrTakenIn, err)
	}
	return tui.Taken{Questions: questions, Read: report.New, Added: report.Added}, nil
}

// reopen opens the store that took the place of the one that is open. Under the
// same name DuckDB would find the open one again, so it has another for as long
// as it takes.
func (w *watch) reopen(ctx context.Context) (d *queries.Dataset, err error) {
	path, err := filepath.Abs(w.store)
	if err != nil {
		return nil, err
	}
	// Left by a crash, it would be swept up by the next load.
	folder, err := os.MkdirTemp(filepath.Dir(path), ".accord-load-*") // 0700
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	link := filepath.Join(folder, filepath.Base(path))
	if err := os.Link(path, link); err != nil {
		return nil, err
	}
	return queries.Open(ctx, link, w.options)
}

// fail remembers the files that an error is about, or all where it names none of
// them: until they change they are not offered again.
func (w *watch) fail(files []load.Delivery, err error) {
	var named []load.Delivery
	for _, d := range files {
		if names(err.Error(), d.Name) {
			named = append(named, d)
		}
	}
	if named == nil {
		named = files
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failed = append(w.failed, named...)
}

// names reports whether a text names a file, and not only another one whose name
// ends alike.
func names(text, file string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], file)
		if i < 0 {
			return false
		}
		at += i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		if at == 0 || !(unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune("-_.", before)) {
			return true
		}
		at += len(file)
	}
}
