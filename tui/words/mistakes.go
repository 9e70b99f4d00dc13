package words

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"accord/queries"
)

// FilterMistake says what is wrong with a filter and what to write.
func (p *Printer) FilterMistake(e *queries.FilterError) string {
	return p.Translate(string(e.Problem), e.Args...)
}

// Refused says why a filter may not be used.
func (p *Printer) Refused(e *queries.RefusedError) string {
	k := p.Int(int64(e.MinCell))
	switch {
	case e.Value != "":
		return p.Say("The filter names %[1]s, which fewer than %[2]s of these people have: they would be seen by leaving it out.", e.Value, k)
	case e.Many:
		return p.Say("The filter has so many terms that it cannot be told whom they single out together: leave some out.")
	case e.Removes != "":
		return p.Say("The term on %[1]s removes fewer than %[2]s people, who would be seen by comparing.", e.Removes, k)
	}
	return p.Say("The filter keeps fewer than %s people.", k)
}

// Failure says that a question could not be answered, and why.
func (p *Printer) Failure(err error) (title, why string) {
	var mistake *queries.FilterError
	var refused *queries.RefusedError
	switch {
	case errors.As(err, &refused):
		return p.Say("The filter was refused"), p.Refused(refused)
	case errors.As(err, &mistake):
		return p.Say("The filter cannot be used"), p.FilterMistake(mistake)
	}
	return p.Say("The question could not be answered"), p.Problem(err)
}

// A Fault is a mistake of a person's, in the words of this package: Key is listed
// with [Key].
type Fault struct {
	Key  string
	Args []any
}

// Error implements error, in English.
func (f *Fault) Error() string { return fmt.Sprintf(f.Key, f.Args...) }

// Problem says what went wrong: in the Printer's language where it is known of
// what kind that is, and else in the error's own words.
func (p *Printer) Problem(err error) string {
	var mistake *queries.FilterError
	var refused *queries.RefusedError
	var statement *queries.MistakeError
	var fault *Fault
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &refused):
		return p.Refused(refused)
	case errors.As(err, &mistake):
		return p.FilterMistake(mistake)
	case errors.As(err, &statement):
		return p.Translate(string(statement.Why), statement.Of...)
	case errors.As(err, &fault):
		return p.Translate(fault.Key, fault.Args...)
	case errors.Is(err, queries.ErrGuarded):
		return p.Say("guarded: this needs an analyst's session without --guarded")
	case errors.As(err, &file):
		return p.fileProblem(file.Path, file.Err)
	case errors.As(err, &link):
		return p.fileProblem(link.New, link.Err)
	}
	return err.Error()
}

// fileProblem says what the system will not do with a file.
func (p *Printer) fileProblem(path string, err error) string {
	why := err.Error()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		why = p.Say("there is no such file or folder")
	case errors.Is(err, fs.ErrPermission):
		why = p.Say("this needs a permission that you do not have")
	case errors.Is(err, fs.ErrExist):
		why = p.Say("it is there already")
	case errors.Is(err, syscall.ENOSPC):
		why = p.Say("the disk is full")
	case errors.Is(err, syscall.EROFS):
		why = p.Say("nothing can be written there")
	case errors.Is(err, syscall.EISDIR):
		why = p.Say("it is a folder")
	case errors.Is(err, syscall.ENOTDIR):
		why = p.Say("it lies in what is not a folder")
	}
	return p.Say("%[1]s: %[2]s", path, why)
}
