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

// Statements know what parts of the answer they are for: a part shows its own, and
// those that all stand on.
func TestStatementsOfAPart(t *testing.T) {
	t.Parallel()
	_, d := oneShop()
	f := mustParse(t, "region=QC,ON vs=rest")
	for part, want := range map[string]struct {
		ask  func(context.Context) error
		has  []string
		lack []string
	}{
		"stance":  {func(ctx context.Context) error { _, err := d.Overview(ctx, f); return err }, []string{"survey_segments", "stances"}, []string{"lift", "consent_steps"}},
		"lifts":   {func(ctx context.Context) error { _, err := d.Overview(ctx, f); return err }, []string{"segments", "lift"}, []string{"stances"}},
		"moments": {func(ctx context.Context) error { _, err := d.Engagement(ctx, f, queries.Choice{}); return err }, []string{"segments", "moments"}, []string{"fatigue", "engagement"}},
		"fatigue": {func(ctx context.Context) error { _, err := d.Engagement(ctx, f, queries.Choice{}); return err }, []string{"fatigue", "reach"}, []string{"moments"}},
		"funnel":  {func(ctx context.Context) error { _, err := d.Consent(ctx, f, queries.Choice{}); return err }, []string{"requests"}, []string{"expiries", "value_steps"}},
		"changes": {func(ctx context.Context) error { _, err := d.Audit(ctx, f); return err }, []string{"sent", "delivered"}, []string{"retention"}},
		"ladder":  {func(ctx context.Context) error { _, err := d.Trust(ctx, f, queries.Choice{}); return err }, []string{"ladder"}, []string{"transitions"}},
		"grid":    {func(ctx context.Context) error { _, err := d.Segments(ctx, f, queries.Choice{}); return err }, []string{"segments"}, []string{"segment_reasons"}},
		"":        {func(ctx context.Context) error { _, err := d.Audit(ctx, f); return err }, []string{"sent", "retention"}, nil},
	} {
		ctx, trace := queries.Traced(context.Background())
		must(t, want.ask(ctx))
		named := map[string]bool{}
		for _, s := range queries.StatementsOf(trace.Statements(), part) {
			named[s.Name] = true
		}
		for _, name := range want.has {
			if !named[name] {
				t.Errorf("%s does not show %s: %v", part, name, named)
			}
		}
		for _, name := range want.lack {
			if named[name] {
				t.Errorf("%s shows %s, which is another panel's", part, name)
			}
		}
	}
}
