// Command generate writes the bundled samples again, after a change to the truths or to the generator.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"accord/sampledata"
)

func main() {
	err := errors.Join(
		rewrite("boreal", sampledata.Options{}),
		rewrite("dirty", sampledata.Options{Dirty: true}))
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// rewrite replaces a folder once its new content is complete: without the folder this would not compile.
func rewrite(dir string, o sampledata.Options) error {
	fresh := dir + ".new"
	if err := sampledata.Generate(context.Background(), fresh, o); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(fresh, dir)
}
