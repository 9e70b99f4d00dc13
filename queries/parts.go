package queries

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// A part answers a part of a question, which no other part reads or writes.
type part func(context.Context) error

// atOnce is as many parts as are answered at a time, each on a connection of its
// own: a part is too small to keep several cores busy.
const atOnce = 2

// concurrently answers the parts of a question, some at a time. What they ask the store is
// traced in their order. The error is that of the first to fail, which ends the others.
func concurrently(ctx context.Context, parts ...part) error {
	group, shared := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	_, traced := ctx.Value(traceKey{}).(*Trace)
	var traces []*Trace
	for _, answer := range parts {
		own := shared
		if traced {
			var t *Trace
			own, t = Traced(shared)
			traces = append(traces, t)
		}
		group.Go(func() error { return answer(own) })
	}
	err := group.Wait()
	for _, t := range traces {
		record(ctx, t.Statements()...)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
