package load

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The list of the erased holds keyed hashes (pseudonyms) of customers who were
// erased, beside the user's key and named after it, so that a later load does not
// bring them back. Without the key it tells nothing of anybody.

// erasedPath is where the list of a key is.
func erasedPath(key Key) (string, error) {
	config, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("no folder for the list of the erased: %w", err)
	}
	return filepath.Join(config, "accord", "erased-"+key.check()), nil
}

var pseudonymText = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// ErasedList reads the list of a key, empty where nobody was erased.
func ErasedList(key Key) ([]string, error) {
	path, err := erasedPath(key)
	if err != nil {
		return nil, nil // nowhere to have kept it
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []string
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if !pseudonymText.MatchString(lines.Text()) {
			return nil, fmt.Errorf("%s, line %d: the list of the erased is damaged: put back a copy of it; without it erased customers would come back", path, n)
		}
		out = append(out, lines.Text())
	}
	return out, lines.Err()
}

// AddToErasedList adds pseudonyms to the list of a key, durably: after a crash
// there is either the old list or the new one.
func AddToErasedList(key Key, pseudonyms []string) error {
	path, err := erasedPath(key)
	if err != nil {
		return err
	}
	list, err := ErasedList(key)
	if err != nil {
		return err
	}
	list = append(list, pseudonyms...)
	slices.Sort(list)
	list = slices.Compact(list)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".erased-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(list, "\n") + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncPath(filepath.Dir(path))
}
