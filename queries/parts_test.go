package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// Whatever part is done first, statements are traced in the order of the parts.
func TestPartsAreTracedInOrder(t *testing.T) {
	ctx, trace := Traced(context.Background())
	ask := func(name string, after time.Duration) part {
		return func(ctx context.Context) error {
			time.Sleep(after)
			record(about(ctx, name), Statement{Name: name})
			return nil
		}
	}
	if err := concurrently(ctx, ask("slow", 20*time.Millisecond), ask("quick", 0), ask("last", 0)); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range trace.Statements() {
		names = append(names, s.Name)
		if !slices.Equal(s.About, []string{s.Name}) {
			t.Errorf("%s is about %v", s.Name, s.About)
		}
	}
	if !slices.Equal(names, []string{"slow", "quick", "last"}) {
		t.Errorf("traced %v", names)
	}
}

// The first error ends the other parts; that the question was cancelled is told as that.
func TestPartsEndTogether(t *testing.T) {
	failed := errors.New("no such table")
	waits := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	if err := concurrently(context.Background(), waits, func(context.Context) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("%v, want the error of the part that failed", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if err := concurrently(ctx, waits, waits, waits); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, want the question's own end", err)
	}
}

// A panic of a part, which would end the program beside its terminal, is the caller's.
func TestPartsPanicToTheCaller(t *testing.T) {
	defer func() {
		if p := recover(); !strings.Contains(fmt.Sprint(p), "no such group") || !strings.Contains(fmt.Sprint(p), "parts_test.go") {
			t.Errorf("recovered %.200v, want the panic and where it was", p)
		}
	}()
	_ = concurrently(context.Background(), func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, func(context.Context) error { panic("no such group") })
	t.Error("the panic is lost")
}
