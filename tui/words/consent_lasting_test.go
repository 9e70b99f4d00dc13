package words

import (
	"slices"
	"strings"
	"testing"

	"accord/queries"
	"accord/queries/stats"
)

// A median is said no more exactly than its steps allow, and one without an upper limit
// to be open.
func TestLastingMedian(t *testing.T) {
	en, fr := printers()
	answer := func(after int, method string) queries.Consent {
		median := queries.Estimate{Value: 1344, Low: 1204, High: 1652, Level: 0.95, Method: method}
		return queries.Consent{Purpose: "offers", Lasting: queries.Lasting{StepDays: 28, Groups: []queries.LastingGroup{{
			Name: "offers", People: queries.Known[int64](900), Ended: queries.Known[int64](500),
			Year: queries.Missing[queries.Estimate](queries.SmallCell), Median: queries.Known(median), MedianAfter: after,
		}}}}
	}
	for _, c := range []struct {
		after           int
		method          string
		english, quebec string
		table           Span
	}{
		{0, stats.MethodMedian, "; half have ended after 1,344 days [1,204, 1,652].", "; la moitié ont pris fin après 1 344 jours [1 204; 1 652].", Span{"1,344 days", "[1,204, 1,652]"}},
		{1288, stats.MethodMedian, "; half have ended after some time between 1,288 and 1,344 days [1,204, 1,652].", "; la moitié ont pris fin après une durée comprise entre 1 288 et 1 344 jours [1 204; 1 652].", Span{"1,288–1,344 days", "[1,204, 1,652]"}},
		{1288, stats.MethodMedianLow, "; half have ended after some time between 1,288 and 1,344 days [1,204 or more].", "; la moitié ont pris fin après une durée comprise entre 1 288 et 1 344 jours [1 204 ou plus].", Span{"1,288–1,344 days", "[1,204 or more]"}},
	} {
		a := answer(c.after, c.method)
		plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ")
		if got := plain.Replace(en.LastingHeadline(a)); !strings.HasSuffix(got, c.english) {
			t.Errorf("%s\nwant …%s", got, c.english)
		}
		if got := plain.Replace(fr.LastingHeadline(a)); !strings.HasSuffix(got, c.quebec) {
			t.Errorf("%s\nwant …%s", got, c.quebec)
		}
		got := en.MedianFigure(a.Lasting.Groups[0])
		if (Span{plain.Replace(got.Value), plain.Replace(got.Interval)}) != c.table {
			t.Errorf("%q, want %q", got, c.table)
		}
		notes := en.LastingNotes(a)
		for start, want := range map[string]bool{"Half have ended by the end of a step; where": c.after > 0, "\"Or more\"": c.method == stats.MethodMedianLow} {
			if there := slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, start) }); there != want {
				t.Errorf("%q among notes: %t, want %t", start, there, want)
			}
		}
	}
}
