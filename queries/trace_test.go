package queries_test

import (
	"context"
	"strings"
	"testing"

	"accord/queries"
)

// What a question asked can be run again as it is shown, with the same number of
// rows, by whoever has the store.
func TestStatementsCanBeRunAgain(t *testing.T) {
	t.Parallel()
	_, d := oneShop()
	for name, ask := range map[string]func(context.Context, queries.Filter) error{
		"overview": func(ctx context.Context, f queries.Filter) error { _, err := d.Overview(ctx, f); return err },
		"lift": func(ctx context.Context, f queries.Filter) error {
			_, err := d.Lift(ctx, f, queries.Choice{})
			return err
		},
		"segments": func(ctx context.Context, f queries.Filter) error {
			_, err := d.Segments(ctx, f, queries.Choice{})
			return err
		},
		"consent": func(ctx context.Context, f queries.Filter) error {
			_, err := d.Consent(ctx, f, queries.Choice{})
			return err
		},
		"engagement": func(ctx context.Context, f queries.Filter) error {
			_, err := d.Engagement(ctx, f, queries.Choice{})
			return err
		},
		"people": func(ctx context.Context, f queries.Filter) error {
			_, err := d.People(ctx, f, queries.Choice{})
			return err
		},
	} {
		for _, text := range []string{"", `region=QC,"New Brunswick" since=2018-02-01`} {
			ctx, trace := queries.Traced(context.Background())
			if err := ask(ctx, mustParse(t, text)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			statements := trace.Statements()
			if len(statements) == 0 {
				t.Fatalf("%s asked nothing", name)
			}
			for _, s := range statements {
				if strings.HasSuffix(s.Name, "_inputs") {
					continue // reads the catalogue, which SQL of people may not
				}
				if _, err := d.Run(context.Background(), s.Runnable()); err != nil {
					t.Errorf("%s %s: %v\n%s", name, s.Name, err, s.Runnable())
				}
			}
			if text != "" && !strings.Contains(statements[0].Runnable(), "'New Brunswick'") {
				t.Errorf("%s does not say how the segments were found:\n%s", name, statements[0].Runnable())
			}
		}
	}
}

func TestRunnable(t *testing.T) {
	s := queries.Statement{SQL: "-- $a\nSELECT '$a', \"$a\", 'it''s $a', $a, $ab, $c", Parameters: []queries.Parameter{{"a", "x'y"}, {"ab", []int32{1, 2}}, {"c", nil}}}
	if got, want := s.Runnable(), "-- $a\nSELECT '$a', \"$a\", 'it''s $a', 'x''y', [1, 2], NULL"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
