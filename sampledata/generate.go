package sampledata

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// Options says what to generate. The zero value is the bundled sample.
type Options struct {
	Customers int    // 20,000 if zero
	Seed      uint64 // that of the bundled sample if zero
	Format    string // "csv", "csv.gz" (if empty) or "parquet"
	Workers   int    // one a core if zero; the files do not depend on it

	// Density is "full" for every event and a weekly newsletter, about 10 consent events and 20 assignments
	// a customer, or "light" for 5 and 8; if empty it is full from 50,000 customers on.
	Density string

	// Dirty generates the small damaged sample of damage.toml instead, as CSV; only Seed matters then.
	Dirty bool

	// Replace lets the new files take the place of the input files that the folder holds.
	Replace bool

	// Progress is told how many of the customers are written, from one goroutine at a time.
	Progress func(done, total int64)

	part int64 // customers a file, if not partCustomers
}

const (
	BundledCustomers = 20_000
	BundledSeed      = 90
	denseFrom        = 50_000

	// partCustomers bounds what a worker holds in memory; a larger sample has several files a table.
	partCustomers = 50_000
)

func (o *Options) complete() error {
	if o.Customers == 0 {
		o.Customers = BundledCustomers
	}
	if o.Seed == 0 {
		o.Seed = BundledSeed
	}
	if o.Format == "" {
		o.Format = "csv.gz"
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.part == 0 {
		o.part = partCustomers
	}
	if o.Density == "" {
		o.Density = "light"
		if o.Customers >= denseFrom {
			o.Density = "full"
		}
	}
	switch {
	case o.Customers < 0:
		return fmt.Errorf("cannot generate %d customers", o.Customers)
	case o.Workers < 0:
		return fmt.Errorf("cannot generate with %d workers", o.Workers)
	case o.Format != "csv" && o.Format != "csv.gz" && o.Format != "parquet":
		return fmt.Errorf("cannot generate %q: choose csv, csv.gz or parquet", o.Format)
	case o.Density != "light" && o.Density != "full":
		return fmt.Errorf("cannot generate at density %q: choose light or full", o.Density)
	}
	return nil
}

// Generate writes every input file of a sample into dir, which is made if it does not exist and must not
// hold input files yet. The same options give the same bytes. Files appear under their names only when all
// of them are complete; until then, and after an error or a cancelled context, dir is as it was.
func Generate(ctx context.Context, dir string, o Options) error {
	if err := o.complete(); err != nil {
		return err
	}
	if o.Dirty {
		return publish(dir, o.Replace, func(staging string) error { return writeDirty(staging, o.Seed) })
	}
	m, err := newModel(o.Seed, int64(o.Customers), o.Density == "full")
	if err != nil {
		return err
	}
	return publish(dir, o.Replace, func(staging string) error {
		g := &generator{model: m, Options: o, dir: staging}
		if err := g.writeReferences(ctx); err != nil {
			return err
		}
		return g.writeParts(ctx)
	})
}

// publish lets write fill a folder beside the final files, and moves them in place when it succeeds, instead
// of the input files that were there if they may be replaced.
func publish(dir string, replace bool, write func(staging string) error) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if name, err := firstInput(dir); err != nil {
		return err
	} else if name != "" && !replace {
		return fmt.Errorf("%s already holds %s: choose another folder", dir, name)
	}
	staging, err := os.MkdirTemp(dir, ".generating-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(staging)) }()
	if err := os.WriteFile(filepath.Join(staging, mappingName), []byte(mapping), 0o644); err != nil {
		return err
	}
	if err := write(staging); err != nil {
		return err
	}
	for {
		old, err := firstInput(dir)
		if err != nil {
			return err
		}
		if old == "" {
			break
		}
		if err := os.Remove(filepath.Join(dir, old)); err != nil {
			return err
		}
	}
	files, err := os.ReadDir(staging)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(staging, f.Name()), filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

// firstInput names a file in dir that a loader would take for part of a sample.
func firstInput(dir string) (string, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	for _, f := range files {
		if f.Name() == mappingName {
			return mappingName, err
		}
		for _, t := range tables {
			rest, is := strings.CutPrefix(f.Name(), t.name)
			if is && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, "-")) {
				return f.Name(), err
			}
		}
	}
	return "", err
}

// references are the tables that do not grow with the number of customers.
func (m *model) references() []*sheet {
	campaigns, arms := newSheet(campaignsTable), newSheet(armsTable)
	m.writeCampaigns(campaigns, arms)
	notices, factors, survey := newSheet(noticesTable), newSheet(factorsTable), newSheet(surveyTable)
	m.writeNotices(notices)
	m.writeFactors(factors)
	m.writeSurvey(survey)
	return []*sheet{campaigns, arms, notices, factors, survey}
}

type generator struct {
	*model
	Options
	dir string
}

func (g *generator) writeReferences(ctx context.Context) error {
	w, err := g.newWriter(ctx)
	if err != nil {
		return err
	}
	for _, s := range g.references() {
		if err := w.write(ctx, filepath.Join(g.dir, s.name), s); err != nil {
			return errors.Join(err, w.close())
		}
	}
	return w.close()
}

// writeParts lets each worker play parts of the customers and write them to files of their own.
func (g *generator) writeParts(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	parts := make(chan int)
	var workers sync.WaitGroup
	var progress sync.Mutex
	var done int64
	for range min(g.Workers, g.parts()) {
		workers.Go(func() {
			err := g.work(ctx, parts, func(customers int64) {
				progress.Lock()
				defer progress.Unlock()
				if done += customers; g.Progress != nil {
					g.Progress(done, g.customers)
				}
			})
			if err != nil {
				cancel(err)
			}
		})
	}
	for part := range g.parts() {
		select {
		case parts <- part:
		case <-ctx.Done():
		}
	}
	close(parts)
	workers.Wait()
	return context.Cause(ctx)
}

func (g *generator) parts() int { return int((g.customers + g.part - 1) / g.part) }

func (g *generator) work(ctx context.Context, parts <-chan int, progressed func(int64)) error {
	w, err := g.newWriter(ctx)
	if err != nil {
		return err
	}
	l := newLife(g.model, newSheets(len(g.campaigns)))
	for part := range parts {
		if err = g.writePart(ctx, w, l, part, progressed); err != nil {
			break
		}
	}
	return errors.Join(err, w.close())
}

func (g *generator) writePart(ctx context.Context, w writer, l *life, part int, progressed func(int64)) error {
	const step = 1000
	first := int64(part)*g.part + 1
	last := min(first+g.part-1, g.customers)
	for _, file := range l.out.files() {
		for _, s := range file {
			s.reset()
		}
	}
	for number := first; number <= last; number++ {
		l.live(number)
		if number%step == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	l.out.consents.sortBy("occurred_at")
	l.out.purchases.sortBy("occurred_at")
	l.out.interactions.sortBy("occurred_at")
	for _, file := range l.out.files() {
		name := file[0].name
		if g.parts() > 1 {
			name = fmt.Sprintf("%s-%04d", name, part+1)
		}
		if err := w.write(ctx, filepath.Join(g.dir, name), file...); err != nil {
			return err
		}
	}
	progressed(last - first + 1)
	return nil
}

// writer writes sheets of one table to a file in a format. The path has no extension yet.
type writer interface {
	write(ctx context.Context, path string, sheets ...*sheet) error
	close() error
}

func (g *generator) newWriter(ctx context.Context) (writer, error) {
	if g.Format == "parquet" {
		return newParquetWriter(ctx)
	}
	return csvWriter{compressed: g.Format == "csv.gz"}, nil
}
