package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"accord/queries"
	"accord/queries/load"
	"accord/queries/store"
	"accord/sampledata"
	"accord/tui/words"
)

// openSource opens a store, or loads a folder, mapping or file into a private
// store that goes when it is closed; source "" is the sample.
func openSource(ctx context.Context, source string, o queries.Options, progress func(load.Progress)) (*queries.Dataset, error) {
	if source == "" {
		return openSample(ctx, o, progress)
	}
	info, err := os.Stat(source)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &words.Fault{Key: words.Key("%s: there is no such file or folder"), Args: []any{source}}
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() && load.IsDuckDB(source) {
		load.Sweep(filepath.Dir(source))
		return queries.Open(ctx, source, o)
	}
	key, err := load.UserKey()
	if err != nil {
		return nil, err
	}
	erased, err := load.ErasedList(key)
	if err != nil {
		return nil, err
	}
	return openLoaded(ctx, load.Options{Sources: []string{source}, Key: key, Erased: erased, BuiltBy: version, Progress: progress}, o)
}

// pseudonyms makes pseudonyms with the key that goes with a source, and tells
// whether that is the key of the data.
func pseudonyms(source string) func(id, check string) (string, bool, error) {
	return func(id, check string) (string, bool, error) {
		key := load.SampleKey
		if source != "" {
			var err error
			if key, err = load.UserKey(); err != nil {
				return "", false, err
			}
		}
		return key.Pseudonym(id), key.Made(check), nil
	}
}

// sourceName is what a source is called in exports: its name without its
// folders, which are nobody else's concern.
func sourceName(source string) string {
	if source == "" {
		return ""
	}
	return filepath.Base(source)
}

// openLoaded loads into a store in a private temporary folder and opens it.
// The folder is removed at once: the open file lives on until it is closed, and
// no crash can leave it behind.
func openLoaded(ctx context.Context, l load.Options, o queries.Options) (d *queries.Dataset, err error) {
	folder, err := os.MkdirTemp("", "accord-") // 0700
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	l.Out = filepath.Join(folder, "store.duckdb")
	if _, err := load.Load(ctx, l); err != nil {
		return nil, err
	}
	return queries.Open(ctx, l.Out, o)
}

// keptSample is where the store of the bundled sample is kept.
func keptSample() (string, error) {
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "accord", fmt.Sprintf("sample-%d-%d.duckdb", sampledata.Version, store.Version)), err
}

// openSample opens the bundled sample. Its store is kept in the user's cache
// folder, by version, so that it is loaded once.
func openSample(ctx context.Context, o queries.Options, progress func(load.Progress)) (*queries.Dataset, error) {
	l := load.Options{Key: load.SampleKey, BuiltBy: version, Progress: progress}
	kept, err := keptSample()
	if err == nil {
		err = os.MkdirAll(filepath.Dir(kept), 0o700)
	}
	if err == nil {
		l.Out = kept
		if d, err := queries.Open(ctx, l.Out, o); err == nil || ctx.Err() != nil {
			return d, err
		}
		// Not there, or damaged: it is only a cache.
		if err := os.RemoveAll(l.Out); err != nil {
			l.Out = ""
		}
	}
	files, err := os.MkdirTemp("", "accord-sample-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(files)
	if err := os.CopyFS(files, sampledata.Boreal()); err != nil {
		return nil, err
	}
	l.Sources = []string{files}
	if l.Out != "" {
		if _, err := load.Load(ctx, l); err == nil {
			return queries.Open(ctx, l.Out, o)
		} else if ctx.Err() != nil {
			return nil, err
		}
		// The cache cannot be written to: do without it.
	}
	return openLoaded(ctx, l, o)
}
