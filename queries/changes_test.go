package queries_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"accord/queries"
)

// sides are comparisons, and the filters that ask for the other side alone.
var sides = []struct{ with, then string }{
	{"region=QC,ON vs=rest", "region!=QC,ON"},
	{"region=QC age_band!=55+ vs=rest", ""}, // no filter picks the rest of two terms
	{"since=2018-03-01 until=2018-04-30 vs=previous", "since=2017-12-30 until=2018-02-28"},
	{"region=QC,ON since=2018-04-01 until=2018-06-30 vs=previous", "region=QC,ON since=2017-12-31 until=2018-03-31"},
	{"since=2018-03-01 until=2018-04-30 vs=year", "since=2017-03-01 until=2017-04-30"},
}

// figuresOf lists the figures of an answer by the names that its Changes use, and
// those Changes.
var figuresOf = map[string]func(*testing.T, *queries.Dataset, queries.Filter) (map[string]queries.Figure[queries.Estimate], queries.Changes){
	"engagement": func(t *testing.T, d *queries.Dataset, f queries.Filter) (map[string]queries.Figure[queries.Estimate], queries.Changes) {
		a, err := d.Engagement(context.Background(), f, queries.Choice{})
		must(t, err)
		out := map[string]queries.Figure[queries.Estimate]{}
		for _, x := range a.Figures {
			out[string(x.Metric)] = x.Figure
		}
		return out, a.Changes
	},
	"states":     segmentFigures(queries.MeasureStates, "age_band"),
	"clicks":     segmentFigures(queries.MeasureEngagement, "age_band"),
	"stance":     segmentFigures(queries.MeasureStance, "region"),
	"the gap":    segmentFigures(queries.MeasureGap, "region"),
	"the money":  segmentFigures(queries.MeasureRevenue, "age_band"),
	"the audit":  auditFigures,
	"the ladder": ladderFigures,
}

func segmentFigures(measure, by string) func(*testing.T, *queries.Dataset, queries.Filter) (map[string]queries.Figure[queries.Estimate], queries.Changes) {
	return func(t *testing.T, d *queries.Dataset, f queries.Filter) (map[string]queries.Figure[queries.Estimate], queries.Changes) {
		a, err := d.Segments(context.Background(), f, queries.Choice{Measure: measure, By: by})
		must(t, err)
		out := map[string]queries.Figure[queries.Estimate]{"": a.Whole.Figure}
		for _, row := range a.Rows {
			out[row.Value] = row.Figure
		}
		return out, a.Changes
	}
}

func auditFigures(t *testing.T, d *queries.Dataset, f queries.Filter) (map[string]queries.Figure[queries.Estimate], queries.Changes) {
	a, err := d.Audit(context.Background(), f)
	must(t, err)
	return map[string]queries.Figure[queries.Estimate]{
		queries.SentWithout:   queries.Known(queries.Estimate{Value: a.Sent.Share()}),
		queries.SentInGrace:   queries.Known(queries.Estimate{Value: float64(a.Sent.Grace) / float64(max(a.Sent.Messages, 1))}),
		queries.ProofComplete: queries.Known(queries.Estimate{Value: float64(a.Proof.Complete) / float64(max(a.Proof.Grants, 1))}),
	}, a.Changes
}

func ladderFigures(t *testing.T, d *queries.Dataset, f queries.Filter) (map[string]queries.Figure[queries.Estimate], queries.Changes) {
	a, err := d.Trust(context.Background(), f, queries.Choice{})
	must(t, err)
	known, _ := a.Ladder.Known.Value()
	out := map[string]queries.Figure[queries.Estimate]{}
	for least, what := range []string{"", "1", "2", "3"} {
		var n int64
		for _, r := range a.Ladder.Rungs {
			if x, _ := r.Now.Numerator.Value(); r.Purposes >= least {
				n += x
			}
		}
		out[what] = queries.Known(queries.Estimate{Value: float64(n) / float64(max(known, 1))})
	}
	return out, a.Changes
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	s := newShop(5, 300)
	dir := t.TempDir()
	s.write(t, dir)
	writeLetters(t, dir, s.letters(5))
	path := loaded(t, dir)
	other := filepath.Join(t.TempDir(), "guarded.duckdb") // one process opens a file once
	must(t, os.Link(path, other))
	open, guarded := openedAt(t, path, queries.Options{MinCell: 1}), openedAt(t, other, queries.Options{MinCell: 11})
	t.Run("reconciled", func(t *testing.T) { changesReconciled(t, open) })
	t.Run("suppressed", func(t *testing.T) { changesSuppressed(t, open, guarded) })
}

// Both sides of a comparison are what their own filters answer, and the change is
// the one less the other.
func changesReconciled(t *testing.T, d *queries.Dataset) {
	t.Helper()
	compared := map[string]int{}
	for _, x := range sides {
		f := mustParse(t, x.with)
		alone := f
		alone.Versus = queries.VersusNothing
		for screen, ask := range figuresOf {
			now, none := ask(t, d, alone)
			if none.Versus != "" || len(none.Rows) > 0 {
				t.Errorf("%s: %q compares", screen, alone)
			}
			_, changes := ask(t, d, f)
			if changes.Versus != f.Versus {
				t.Errorf("%s: %q is compared by %q", screen, x.with, changes.Versus)
			}
			var then map[string]queries.Figure[queries.Estimate]
			if x.then != "" {
				then, _ = ask(t, d, mustParse(t, x.then))
			}
			for _, row := range changes.Rows {
				name := screen + " " + row.What + " of " + x.with
				a, here := row.Now.Value()
				b, there := row.Then.Value()
				if want, _ := now[row.What].Value(); here && !near(a.Value, want.Value) {
					t.Errorf("%s: now %v, want %v", name, a.Value, want.Value)
				}
				if want, ok := then[row.What].Value(); there && then != nil && (!ok || !near(b.Value, want.Value)) {
					t.Errorf("%s: then %v, want %v", name, b.Value, want.Value)
				}
				if _, counted := row.N.Value(); counted != here {
					t.Errorf("%s: %v of %v", name, row.Now, row.N)
				}
				e, ok := row.Change.Value()
				if ok != (here && there) && row.Change.Why() == "" {
					t.Errorf("%s: a change, of %v and %v", name, row.Now, row.Then)
				}
				if ok {
					compared[screen]++
					if !near(e.Value, a.Value-b.Value) || e.Low > e.Value || e.High < e.Value || e.Level < 0.95 {
						t.Errorf("%s: %v less %v is %+v", name, a.Value, b.Value, e)
					}
				}
			}
		}
	}
	for screen := range figuresOf {
		if compared[screen] == 0 {
			t.Errorf("%s compared nothing", screen)
		}
	}
}

// A comparison shows no figure of few people, on either side, and no few who moved
// between two days.
func changesSuppressed(t *testing.T, open, guarded *queries.Dataset) {
	t.Helper()
	hidden := 0
	for _, x := range sides {
		f := mustParse(t, x.with)
		for screen, ask := range figuresOf {
			if screen == "the audit" { // its counts are exempt
				continue
			}
			_, shown := ask(t, guarded, f)
			_, all := ask(t, open, f)
			for i, row := range shown.Rows {
				_, now := row.Now.Value()
				_, then := row.Then.Value()
				if then && row.Now.Why().Suppressed() && f.Versus == queries.VersusRest {
					t.Errorf("%s %s of %s: the rest of a figure that is withheld", screen, row.What, x.with)
				}
				if _, there := row.Change.Value(); there && (!now || !then) {
					t.Errorf("%s %s of %s: a change from what is withheld", screen, row.What, x.with)
				}
				if _, there := all.Rows[i].Change.Value(); there && row.Change.Why().Suppressed() {
					hidden++
				}
			}
		}
	}
	if hidden == 0 {
		t.Error("nothing was withheld: the shop is too large to tell")
	}
}

// A period without a beginning has none before it, and everyone has no rest.
func TestChangesWithout(t *testing.T) {
	t.Parallel()
	d := newShop(7, 60).open(t, queries.Options{MinCell: 1})
	for filter, why := range map[string]queries.Reason{"vs=previous": queries.NoPeriod, "vs=year": queries.NoPeriod, "since=2017-04-01 vs=year": queries.PeriodsOverlap} {
		a, err := d.Engagement(context.Background(), mustParse(t, filter), queries.Choice{})
		must(t, err)
		if a.Changes.Missing != why {
			t.Errorf("%s: %q, want %q", filter, a.Changes.Missing, why)
		}
	}
	// On one channel, states are known of the last day alone: no change since then.
	c, err := d.Segments(context.Background(), mustParse(t, "since=2018-04-01 until=2018-05-31 vs=previous"), queries.Choice{Measure: queries.MeasureStates, By: "region", Channel: "email"})
	must(t, err)
	for _, row := range c.Changes.Rows {
		if row.Change.Why() != queries.SameDay {
			t.Errorf("%q changed by %+v within a day", row.What, row.Change)
		}
	}
	l, err := d.Lift(context.Background(), mustParse(t, "region=QC vs=rest"), queries.Choice{})
	must(t, err)
	if len(l.Changes.Rows) == 0 || !l.Changes.Rows[0].Signed {
		t.Errorf("no difference of lifts: %+v", l.Changes)
	}
}
