package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// readInput stages an input, empty where it has no source, and counts its rows.
func (b *builder) readInput(ctx context.Context, in Input) error {
	var branches []branch
	for _, s := range b.plan.sources {
		if s.input.Name != in.Name {
			continue
		}
		parts, err := b.branches(ctx, s)
		if err != nil {
			return err
		}
		branches = append(branches, parts...)
	}
	if len(branches) == 0 {
		return b.exec(ctx, fmt.Sprintf("CREATE TABLE %s_in (%s, reject UTINYINT)", in.Name, strings.Join(stagedColumns(in), ", ")))
	}
	if err := b.read(ctx, in, branches); err != nil {
		return err
	}
	if err := b.rejectErased(ctx, in); err != nil {
		return err
	}
	if err := b.rejectRepeated(ctx, in, len(partsOf(branches))); err != nil {
		return err
	}
	if err := b.numberRejected(ctx, in, branches); err != nil {
		return err
	}
	if err := b.hold(ctx, in); err != nil {
		return err
	}
	if err := b.countStaged(ctx, in, branches); err != nil {
		return err
	}
	return b.remember(ctx, in, branches)
}

// read stages an input while its compressed files are checked.
func (b *builder) read(ctx context.Context, in Input, branches []branch) error {
	whole := filesOf(branches)
	all := source{input: in, name: namesOf(whole), files: whole}
	if len(whole) == 0 {
		all.name = branches[0].name
	}
	checking, stop := context.WithCancel(ctx)
	defer stop()
	checked := make(chan error, 1)
	go func() { checked <- intact(checking, whole) }()
	err := b.stageAsFirstSeen(ctx, in, branches)
	if err != nil {
		stop()
	}
	if damage := <-checked; damage != nil && !errors.Is(damage, context.Canceled) {
		return all.explain(damage)
	}
	if err != nil {
		return all.explain(err)
	}
	for _, f := range whole {
		if err := f.unchanged(); err != nil {
			return all.explain(err)
		}
	}
	return all.explain(b.stageAsItIs(ctx, in, branches, whole))
}

// stageAsFirstSeen stages an input as its first rows are written.
func (b *builder) stageAsFirstSeen(ctx context.Context, in Input, branches []branch) (err error) {
	if b.dateOrders[in.Name], err = b.dateOrder(ctx, branches); err != nil {
		return err
	}
	return b.stage(ctx, in, branches, false)
}

// stageAsItIs stages an input again where rows that come late show that it is
// written otherwise: with letters beyond ASCII that prove not to be UTF-8, or with
// dates that are not in ISO 8601.
func (b *builder) stageAsItIs(ctx context.Context, in Input, branches []branch, files []*file) error {
	again, err := b.encodings(ctx, in, files)
	if err != nil {
		return err
	}
	if again {
		for i := range branches {
			parts, err := b.branches(ctx, branches[i].source)
			if err != nil {
				return err
			}
			branches[i] = parts[0]
		}
		if err := b.stageAsFirstSeen(ctx, in, branches); err != nil {
			return err
		}
	}
	if again, err = b.otherDates(ctx, in, files); err != nil || !again {
		return err
	}
	return b.stage(ctx, in, branches, false)
}

// filesOf lists the files of the branches, each once.
func filesOf(branches []branch) (files []*file) {
	for _, s := range branches {
		for _, f := range s.files {
			if !slices.Contains(files, f) {
				files = append(files, f)
			}
		}
	}
	return files
}
