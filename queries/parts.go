package queries

import (
	"context"
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
)

// A part answers a part of a question, which no other part reads or writes.
type part func(context.Context) error

// atOnce is as many parts as are answered at a time, each on a connection of its
// own: a part is too small to keep several cores busy.
const atOnce = 2

// concurrently answers the parts of a question, some at a time. What they ask the store is
// traced in their order. The error is that of the first to fail, which ends the others. A
// panic of a part is the caller's, who can put the terminal right.
func concurrently(ctx context.Context, parts ...part) error {
	group, shared := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	_, traced := ctx.Value(traceKey{}).(*Trace)
	var traces []*Trace
	panics := make(chan string, len(parts))
	for _, answer := range parts {
		own := shared
		if traced {
			var t *Trace
			own, t = Traced(shared)
			traces = append(traces, t)
		}
		group.Go(func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("panic: %v", p)
					panics <- fmt.Sprintf("%v\n\n%s", p, debug.Stack())
				}
			}()
			return answer(own)
		})
	}
	err := group.Wait()
	select {
	case p := <-panics:
		panic(p)
	default:
	}
	for _, t := range traces {
		record(ctx, t.Statements()...)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
