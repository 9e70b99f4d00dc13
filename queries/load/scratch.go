package load

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// scratchPattern names the folders, beside the target, in which stores are
// built.
const scratchPattern = ".accord-load-*"

// A scratch is a private folder in which one load works. It is locked while
// the load lives, so that a later load can tell it from litter.
type scratch struct {
	folder string
	lock   *os.File
}

// newScratch makes a scratch folder (0700) in parent, after removing those that
// crashed loads left there.
func newScratch(parent string) (*scratch, error) {
	sweep(parent)
	for {
		folder, err := os.MkdirTemp(parent, scratchPattern)
		if err != nil {
			return nil, err
		}
		lock, err := lockFolder(folder)
		if _, gone := os.Stat(folder); gone != nil || errors.Is(err, syscall.EWOULDBLOCK) {
			// Another load took it for litter before it was locked.
			if lock != nil {
				_ = lock.Close()
			}
			continue
		}
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(folder))
		}
		return &scratch{folder, lock}, nil
	}
}

// Sweep removes what crashed loads left in a folder: their files may hold rows as
// they were read.
func Sweep(folder string) { sweep(folder) }

// sweep removes scratch folders that no living load holds. What cannot be
// removed is left: it is not in the way.
func sweep(parent string) {
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		if named, _ := filepath.Match(scratchPattern, e.Name()); !named || !e.IsDir() {
			continue
		}
		folder := filepath.Join(parent, e.Name())
		if lock, err := lockFolder(folder); err == nil {
			_ = os.RemoveAll(folder)
			_ = lock.Close()
		}
	}
}

// lockFolder takes the lock of a scratch folder, or fails at once. The lock is
// on the folder itself: there is no moment at which it exists without one being
// possible.
func lockFolder(folder string) (*os.File, error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// path is the path of a file in the scratch folder.
func (s *scratch) path(name string) string { return filepath.Join(s.folder, name) }

// remove removes the folder and gives up the lock.
func (s *scratch) remove() error {
	return errors.Join(os.RemoveAll(s.folder), s.lock.Close())
}

// swapIn puts the finished file in the target's place, durably: after a crash
// there is either the old file or the new one.
func swapIn(finished, target string) error {
	if err := syncPath(finished); err != nil {
		return err
	}
	// A log that another program left beside the old store must not meet the new
	// one, which could not be opened with it.
	if err := os.Remove(target + ".wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(finished, target); err != nil {
		return err
	}
	return syncPath(filepath.Dir(target))
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
