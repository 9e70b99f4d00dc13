package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Delivery is a data file as it was read, or as it waits to be: it is the same
// as long as its name, size and time are.
type Delivery struct {
	Name     string // without its folder
	Bytes    int64
	Modified time.Time // UTC, to the microsecond
}

func deliveryOf(name string, info fs.FileInfo) Delivery {
	return Delivery{name, info.Size(), info.ModTime().UTC().Truncate(time.Microsecond)}
}

// addDeliveries writes down which files were read, so that what waits in a folder
// can be told from what was taken in.
func (b *builder) addDeliveries(ctx context.Context) error {
	done := map[Delivery]bool{}
	for _, s := range b.plan.sources {
		for _, f := range s.files {
			d := deliveryOf(f.name(), f.info)
			if done[d] {
				continue
			}
			done[d] = true
			if err := b.exec(ctx, "INSERT INTO store.deliveries VALUES (?, ?, ?)", d.Name, d.Bytes, d.Modified); err != nil {
				return err
			}
		}
	}
	if b.previous == nil {
		return nil
	}
	return b.exec(ctx, "INSERT INTO store.deliveries FROM "+oldName+".deliveries WHERE (name, bytes, modified) NOT IN (SELECT (name, bytes, modified) FROM store.deliveries)")
}

// Delivered lists the files that the store at path was made of.
func Delivered(ctx context.Context, path string) (out []Delivery, err error) {
	err = eachOf(ctx, path, "SELECT name, bytes, modified FROM old.deliveries", func(rows *sql.Rows) error {
		var d Delivery
		err := rows.Scan(&d.Name, &d.Bytes, &d.Modified)
		out = append(out, d)
		return err
	})
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("%s is no store of this accord, or damaged: load its sources again (%w)", path, firstLine(err))
	}
	return out, err
}

// An Inbox tells which files of a folder wait to be loaded.
type Inbox struct {
	folder string
	before []Delivery // at the last look
}

// NewInbox is an inbox of a folder without a mapping, which would have to be read
// as a whole.
func NewInbox(folder string) (*Inbox, error) {
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no such folder", folder)
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("%s is not a folder", folder)
	}
	if _, err := os.Stat(filepath.Join(folder, MappingName)); err == nil {
		return nil, fmt.Errorf("%s holds a mapping, %s, which tells of all its files together: use accord load --append, or a folder without one", folder, MappingName)
	}
	return &Inbox{folder: folder}, nil
}

// Look lists the data files of the folder that are complete, the latest first: a
// file is once two looks find it the same. Of files on their way programs give
// away that they are not there yet by their names: hidden, or ending otherwise.
func (i *Inbox) Look() (complete []Delivery, err error) {
	entries, err := os.ReadDir(i.folder)
	if err != nil {
		return nil, err
	}
	var now []Delivery
	for _, e := range entries {
		if !dataFile.MatchString(e.Name()) || strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~") {
			continue
		}
		info, err := os.Stat(filepath.Join(i.folder, e.Name())) // of what a link leads to
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			continue
		}
		d := deliveryOf(e.Name(), info)
		if now = append(now, d); slices.Contains(i.before, d) {
			complete = append(complete, d)
		}
	}
	i.before = now
	slices.SortStableFunc(complete, func(a, b Delivery) int { return b.Modified.Compare(a.Modified) })
	return complete, nil
}

// Path is where a file of the folder is.
func (i *Inbox) Path(d Delivery) string { return filepath.Join(i.folder, d.Name) }
