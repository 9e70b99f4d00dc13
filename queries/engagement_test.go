package queries_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accord/queries"
)

// What the sample plants is found: the best moment, the campaign that machines
// opened, clicks that fall further than opens in March 2018, contents that do
// better, more clicks by those who opted in, and weather that goes with nothing.
func TestEngagementFindsWhatTheSampleHolds(t *testing.T) {
	d := openSample(t)
	a := engagementOf(t, d, "", queries.Choice{Measure: "open"})
	best := a.Moments.Cells[max(a.Moments.Best, 0)]
	e, _ := a.Moments.Against.Value()
	if best.Weekday != 4 || best.Hour < 18 || best.Hour > 20 || e.Low <= 0 || !a.Moments.Spread || len(a.Moments.Uneven) > 0 {
		t.Errorf("best moment for opens: %+v, %+v against other times, uneven over %v; want Thursday from 19 to 21", best, e, a.Moments.Uneven)
	}
	row := a.Machine.Rows[0]
	raw, _ := row.Raw.Value()
	if human, _ := row.Human.Estimate.Value(); a.Machine.Mostly != 1 || !strings.Contains(row.Campaign, "Holiday preview") || raw < 0.45 || human.Value > 0.15 {
		t.Errorf("%d campaigns mostly by machines; first %s, %v by anyone, %v by people", a.Machine.Mostly, row.Campaign, raw, human)
	}
	fall := map[queries.Metric]float64{}
	for _, x := range a.Around.Turns {
		if x.Day == "2018-03-17" {
			before, _ := x.Before.Estimate.Value()
			after, _ := x.After.Estimate.Value()
			fall[x.Metric] = after.Value/before.Value - 1
		}
	}
	if clicks, opens := fall[queries.HumanClick], fall[queries.HumanOpen]; clicks > -0.25 || opens < -0.2 || opens > 0 || fall[queries.ClickToOpen] > -0.2 {
		t.Errorf("from 2018-03-17 on: %v; want clicks to fall by about 35 %%, opens by 10 %%", fall)
	}
	// Two campaigns of one content, which did worse, are no more than campaigns differ.
	for _, r := range engagementOf(t, d, "", queries.Choice{By: "content"}).Groups.Rows {
		if want := map[string]queries.Verdict{"personalised": queries.Higher, "transparency": queries.TooSmall}[r.Value]; want != "" && r.Verdict != want {
			t.Errorf("%s is %s of the others, want %s", r.Value, r.Verdict, want)
		}
	}
	if a.Factors.Compared < 30 {
		t.Errorf("%d looks", a.Factors.Compared)
	}
	for _, x := range a.Factors.Rows {
		if c, there := x.Correlation.Value(); x.Factor == "weather" && there && c.ExcludesZero() {
			t.Errorf("weather goes with %s %d weeks later: %+v", x.Outcome, x.Lag, c)
		}
	}
	verdicts := func(c queries.Choice) map[string]queries.Verdict {
		out := map[string]queries.Verdict{}
		for _, r := range engagementOf(t, d, "", c).Groups.Rows {
			out[r.Value] = r.Verdict
		}
		return out
	}
	if v := verdicts(queries.Choice{By: "content"}); v["personalised"] != queries.Higher || v["generic"] != queries.Lower {
		t.Errorf("clicks by content: %v", v)
	}
	if v := verdicts(queries.Choice{By: "opted_in", Measure: "open"}); v["yes"] != queries.Higher || v["no"] != queries.Lower {
		t.Errorf("opens by consent: %v", v)
	}
	// Over all messages the sides hardly differ, as campaigns ask for other consents.
	for _, r := range engagementOf(t, d, "", queries.Choice{By: "opted_in"}).Groups.Rows {
		if e, _ := r.Difference.Value(); r.Value == "yes" && (e.Value < 0.01 || e.Low <= 0) {
			t.Errorf("clicks of the opted-in: %+v from the others, want 1 to 2 pp within campaigns", e)
		}
	}
	// The same figure on two screens is one figure.
	segments := segmentsOf(t, d, "region=QC,ON", queries.Choice{By: "age_band", Measure: queries.MeasureEngagement})
	groups := engagementOf(t, d, "region=QC,ON", queries.Choice{By: "age_band"}).Groups
	for i, r := range segments.Rows {
		x, _ := r.Figure.Value()
		if y, _ := groups.Rows[i].Figure.Value(); x != y || r.P != groups.Rows[i].P {
			t.Errorf("%s: %+v on Segments, %+v on Engagement", r.Value, x, y)
		}
	}
	// Nothing of the sort is in the sample: that it looks so over all months as one is
	// how campaigns differ.
	if f := a.Fatigue; len(f.Rows) != 2 || f.Rows[1].Messages != 2 {
		t.Errorf("fatigue %+v", f)
	} else if e, _ := f.Rows[1].Change.Value(); f.Rows[1].Months < 3 || e.ExcludesZero() {
		t.Errorf("clicks of those with 2 messages: %+v over %d months, want no difference", e, f.Rows[1].Months)
	}
}

// With few people, nothing about 1 to 10 of them is shown anywhere in the answer.
func TestEngagementWithholdsSmallCells(t *testing.T) {
	s := newShop(5, 130)
	dir := t.TempDir()
	s.write(t, dir)
	writeLetters(t, dir, s.letters(5))
	d := opened(t, dir, queries.Options{})
	withheld := 0
	for _, by := range []string{"content", "campaign", "region", "opted_in"} {
		for _, m := range []string{"click", "open", "conversion", "unsubscribe"} {
			text, err := json.Marshal(engagementOf(t, d, "", queries.Choice{By: by, Measure: m}))
			if err != nil {
				t.Fatal(err)
			}
			withheld += strings.Count(string(text), `"suppressed"`)
			var answer any
			if err := json.Unmarshal(text, &answer); err != nil {
				t.Fatal(err)
			}
			walk(t, by+" "+m, answer)
		}
	}
	if withheld == 0 {
		t.Error("nothing is withheld: the test tests nothing")
	}
}

// Of the opens by machines of a campaign, nothing follows from the figures of all:
// those withheld are of two campaigns or more, and of many together.
func TestMachinesOfFewDoNotFollow(t *testing.T) {
	a := engagementOf(t, openSample(t), "", queries.Choice{Measure: "open"})
	var n, human, alone, hidden int64
	for _, r := range a.Machine.Rows {
		seen, _ := r.N.Value()
		did, there := r.Human.Numerator.Value()
		machines, _ := r.Machine.Numerator.Value()
		if n += seen; !there {
			hidden++
		}
		human, alone = human+did, alone+machines
	}
	opens := a.Figures[slices.IndexFunc(a.Figures, func(x queries.EngagementFigure) bool { return x.Metric == queries.HumanOpen })]
	all, _ := opens.People.Value()
	of, _ := opens.N.Value()
	raw, _ := opens.Raw.Value()
	if hidden < 2 || of != n || all-human < 11 || raw*float64(of)-float64(all+alone) < 11 {
		t.Errorf("%d campaigns withheld, of %d opens and %v by anyone those shown have %d and %d", hidden, all, raw*float64(of), human, alone)
	}
}

// walk finds counts of few people, and rates that leave few.
func walk(t *testing.T, path string, x any) {
	t.Helper()
	switch x := x.(type) {
	case map[string]any:
		small := func(n float64) bool { return n > 0 && n < 11 }
		for _, pair := range [][2]string{{"numerator", "denominator"}, {"people", "n"}} {
			did, there := x[pair[0]].(float64)
			of, also := x[pair[1]].(float64)
			if there && small(did) || also && small(of) || there && also && small(of-did) {
				t.Errorf("%s: %v of %v is shown", path, x[pair[0]], x[pair[1]])
			}
		}
		for key, value := range x {
			walk(t, path+"."+key, value)
		}
	case []any:
		for i, value := range x {
			walk(t, fmt.Sprintf("%s[%d]", path, i), value)
		}
	}
}

// Where a file or a column is missing, each part says so.
func TestEngagementOfLittle(t *testing.T) {
	customers := "customer_id,region\n"
	for i := range 60 {
		customers += fmt.Sprintf("%d,%s\n", i, []string{"QC", "ON"}[i%2])
	}
	assigned := func(columns string, row func(i int) string) string {
		text := "campaign_id,customer_id,arm" + columns + "\n"
		for i := range 60 {
			text += fmt.Sprintf("c,%d,%s%s\n", i, []string{"a", "none"}[i%2], row(i))
		}
		return text
	}
	for name, x := range map[string]struct {
		assignments string
		check       func(queries.Engagement) bool
	}{
		"customers alone": {"", func(a queries.Engagement) bool {
			return a.Missing == queries.NoInput && a.Groups.Missing == queries.NoInput && a.Around.Missing == queries.NoInput
		}},
		"no delivery, no dates": {assigned(",visited,converted", func(i int) string { return fmt.Sprintf(",%t,%t", i%3 == 0, i%5 == 0) }), func(a queries.Engagement) bool {
			n, _ := a.Figures[0].N.Value()
			return a.Missing == "" && a.Unit == queries.Assignments && n == 30 && a.Choice.By == "region" && a.Choice.Measure == "conversion" && // not the holdout's
				a.Course.Missing == queries.NoDates && a.Moments.Missing == queries.NoDates && a.Around.Missing == queries.NoDates && a.Fatigue.Missing == queries.NoDates && a.Machine.Missing == queries.NotRecorded
		}},
		"delivered, undated": {assigned(",delivered_at,clicked", func(i int) string { return fmt.Sprintf(",%t,%t", i%2 == 0, i%3 == 0) }), func(a queries.Engagement) bool {
			return a.Unit == queries.Messages && a.Moments.Missing == queries.NoDates && slices.Equal(a.Choices.Measures, []string{"click"})
		}},
	} {
		dir := t.TempDir()
		for file, text := range map[string]string{
			"customers.csv": customers, "campaigns.csv": "campaign_id,channel,control_arm\nc,email,none\n", "arms.csv": "campaign_id,arm,content\nc,a,generic\nc,none,holdout\n", "assignments.csv": x.assignments,
		} {
			if text == "" || (x.assignments == "" && file != "customers.csv") {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		a, err := opened(t, dir, queries.Options{MinCell: 1}).Engagement(context.Background(), queries.Filter{}, queries.Choice{})
		if err != nil || !x.check(a) {
			t.Errorf("%s: %v\n%+v", name, err, a)
		}
	}
}

// A choice or a purpose that is not there is refused with what there is.
func TestEngagementRefusesWhatIsNotThere(t *testing.T) {
	d := openSample(t)
	for filter, c := range map[string]queries.Choice{"": {By: "weather"}, "since=2018-01-01": {Measure: "smiles"}, "purpose=fun": {}} {
		if _, err := d.Engagement(context.Background(), mustParse(t, filter), c); err == nil {
			t.Errorf("%q %v is answered", filter, c)
		}
	}
	a, err := d.Engagement(context.Background(), mustParse(t, "since=2030-01-01"), queries.Choice{})
	if err != nil || a.Missing != queries.NothingInPeriod {
		t.Errorf("%v, %q", err, a.Missing)
	}
}
