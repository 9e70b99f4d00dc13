package words

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"accord/queries"
)

func TestProblem(t *testing.T) {
	for _, c := range []struct {
		err    error
		en, fr string
	}{
		{fmt.Errorf("writing: %w", &fs.PathError{Op: "open", Path: "/x", Err: syscall.EACCES}), "/x: this needs a permission that you do not have", "/x~: il faut une permission que vous n’avez pas"},
		{&os.LinkError{Op: "link", Old: "/a", New: "/x", Err: syscall.ENOSPC}, "/x: the disk is full", "/x~: le disque est plein"},
		{&fs.PathError{Op: "open", Path: "/x", Err: syscall.EIO}, "/x: input/output error", "/x~: input/output error"},
		{fmt.Errorf("%w: cells", queries.ErrGuarded), "guarded: this needs an analyst's session without --guarded", "accès protégé~: il faut une session d’analyste, sans --guarded"},
		{&Fault{Key: "there is no view %s, nor any other", Args: []any{"100 %d"}}, "there is no view 100 %d, nor any other", "il n’y a pas de vue 100 %d, ni aucune autre"},
		{errors.New("unforeseen"), "unforeseen", "unforeseen"},
	} {
		if got := New(English).Problem(c.err); got != c.en {
			t.Errorf("%q, want %q", got, c.en)
		}
		if got := New(French).Problem(c.err); got != nb(c.fr) {
			t.Errorf("%q, want %q", got, nb(c.fr))
		}
	}
}
