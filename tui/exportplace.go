package tui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"accord/tui/words"
)

// atHome is a path with the reader's home folder in place of a leading ~, as
// shells write it. What is no such path stays as it is.
func atHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~"+string(filepath.Separator))
	if !ok {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}

// unwritten says in the reader's language why an export did not write its file.
func unwritten(w *words.Printer, path string, err error) string {
	switch {
	case errors.Is(err, fs.ErrExist):
		return w.Say("There is a file %s already: choose another name.", path)
	case errors.Is(err, fs.ErrNotExist):
		return w.Say("Nothing was written: there is no folder %s.", filepath.Dir(path))
	case errors.Is(err, fs.ErrPermission):
		return w.Say("Nothing was written: you may not write into folder %s.", filepath.Dir(path))
	}
	return w.Say("Nothing was written: %s", w.Problem(err))
}
