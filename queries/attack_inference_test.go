package queries_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"accord/queries"
)

// smallGroups are filters of the sample that leave a few people behind some figures.
var smallGroups = []string{
	"region=NL", "region=AB age_band=18-24", "region=NS", "region=MB age_band=18-24 loyalty_tier=bronze", "region=BC age_band=18-24 loyalty_tier=gold",
	"region=AB age_band=18-24 loyalty_tier=silver acquisition_source=web", "region=PE age_band=35-44", "region=SK acquisition_source=partner", "region=NB",
}

// What one panel withholds does not follow from another of the same answer.
func TestPanelsWithholdAlike(t *testing.T) {
	d, ctx := openSample(t), context.Background()
	for _, text := range smallGroups {
		f := mustParse(t, text)
		s, err := d.Segments(ctx, f, queries.Choice{Measure: queries.MeasureStance})
		if err != nil {
			t.Fatal(err)
		}
		if n, there := s.Reasons.Sceptical.Value(); there && s.Missing == "" && s.Whole.Parts[2].Numerator.Why().Suppressed() {
			t.Errorf("%s: %d sceptics in the reasons, withheld in the stances", text, n)
		}

		trust, err := d.Trust(ctx, f, queries.Choice{})
		if err != nil {
			t.Fatal(err)
		}
		x := trust.Stated
		all, _ := x.N.Value()
		for _, r := range []queries.Rate{x.Willing, x.Others} {
			if n, there := r.Denominator.Value(); there && all-n > 0 && all-n < 11 {
				t.Errorf("%s: %d of %d people stated, so that %d stated otherwise", text, n, all, all-n)
			}
		}
		for _, cells := range [][2]queries.Rate{{x.WillingIn, x.WillingOut}, {x.OthersIn, x.OthersOut}} {
			a, one := cells[0].Numerator.Value()
			b, other := cells[1].Numerator.Value()
			if rest := all - a - b; one && other && rest > 0 && rest < 11 {
				t.Errorf("%s: %d and %d of %d people, so that %d are the rest", text, a, b, all, rest)
			}
		}

		for _, by := range []string{queries.ByCampaign, queries.ByContent, queries.ByOptedIn, queries.ByChannel} {
			for _, measure := range []queries.Metric{queries.HumanClick, queries.Conversion, queries.HumanOpen} {
				e := engagementOf(t, d, text, queries.Choice{By: by, Measure: string(measure)})
				for _, figure := range e.Figures {
					_, shown := e.Groups.Whole.Figure.Value()
					if figure.Metric == measure && figure.Figure.Why().Suppressed() && shown {
						t.Errorf("%s: %s is withheld of all messages, and shown of all %s", text, measure, by)
					}
				}
			}
		}
	}
}

// Associations are of the steps that are shown, each nothing or enough people: from
// what they go with, which is known, other weeks would follow.
func TestAssociationsOfWhatIsShown(t *testing.T) {
	d := openSample(t)
	for _, text := range append([]string{""}, smallGroups...) {
		e := engagementOf(t, d, text, queries.Choice{})
		for _, r := range e.Factors.Rows {
			some := 0
			for _, s := range e.Around.Entries {
				if n := map[string]int64{queries.EntryOutcome: s.Entries, queries.ExitOutcome: s.Exits}[r.Outcome]; n > 0 {
					some++
				}
			}
			if r.Outcome != queries.ClickOutcome && some < 20 {
				t.Errorf("%s: %s over %d weeks, of which the answer shows %d steps with any", text, r.Outcome, r.Weeks, some)
			}
		}
		if text == "" && len(e.Factors.Rows) == 0 {
			t.Error("nothing is said of everyone")
		}
	}
}

// JSON does not tell which of two withheld figures is the small one.
func TestReasonsOfWithheldFiguresAreAlike(t *testing.T) {
	text, err := json.Marshal([]any{queries.Missing[int64](queries.SmallCell), queries.Missing[int64](queries.Complement), queries.Complement, queries.NoInput})
	if err != nil || strings.Contains(string(text), "complement") || !strings.Contains(string(text), `"no_input"`) {
		t.Errorf("%s, %v", text, err)
	}
}
