package queries_test

import (
	"context"
	"slices"
	"testing"

	"accord/queries"
)

// What the generator planted in the bundled sample is found there.
func TestTrustAndAuditOnTheSample(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), openSample(t)
	ask := func(filter, by string) queries.Trust {
		t.Helper()
		a, err := d.Trust(ctx, mustParse(t, filter), queries.Choice{By: by})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := ask("", "age_band")
	// Most who share for a third purpose shared for a second first; some step down.
	third, _ := a.Ladder.Third.Estimate.Value()
	up, down := countOf(t, a.Ladder.Up), countOf(t, a.Ladder.Down)
	if third.Low < 0.7 || down < up/10 || down > up/2 || len(a.Ladder.Rungs) < 5 {
		t.Errorf("third purpose from a second: %+v; %d steps up, %d down", third, up, down)
	}
	if e, _ := a.Matrix.Kept.Estimate.Value(); e.Value < 0.78 || e.Value > 0.88 { // 18 % of them withdraw in a year
		t.Errorf("still opted in after a year: %+v", e)
	}
	row := func(content string) queries.WonRow {
		t.Helper()
		i := slices.IndexFunc(a.Won.Rows, func(r queries.WonRow) bool { return r.Content == content && r.Randomised })
		if i < 0 {
			t.Fatalf("no row of %s", content)
		}
		return a.Won.Rows[i]
	}
	within := func(name string, e queries.Figure[queries.Estimate], low, high float64) {
		t.Helper()
		if x, there := e.Value(); !there || x.Value < low || x.Value > high || x.Low <= 0 {
			t.Errorf("%s won %+v, want %v to %v", name, x, low, high)
		}
	}
	within("transparency", row("transparency").Won, 0.04, 0.06)
	within("relevance", row("relevance").Won, 0.05, 0.075)
	within("discount", row("discount").Won, 0.05, 0.075)
	within("values", row("values").Won, 0.01, 0.035)
	// A relevance reward keeps more of what it wins than a discount.
	relevance, _ := row("relevance").Again.Estimate.Value()
	discount, _ := row("discount").Again.Estimate.Value()
	if relevance.Value > 0.75*discount.Value {
		t.Errorf("withdrawn again: %v of relevance, %v of discount", relevance.Value, discount.Value)
	}
	if e, _ := row("personalised").Won.Value(); e.Low > 0 || e.High < 0 {
		t.Errorf("personalised won %+v", e)
	}
	for _, r := range a.Won.Rows { // the two campaigns whose split went wrong
		if !r.Randomised && !slices.Contains([]string{"personalised", "reward"}, r.Content) {
			t.Errorf("%s is an association", r.Content)
		}
	}
	// The willing are opted in more often, and more of the young say yes and have not.
	if e, _ := a.Stated.Difference.Value(); e.Low <= 0 {
		t.Errorf("the willing less the others: %+v", e)
	}
	gap := map[string]queries.Estimate{}
	for _, g := range a.Stated.Groups {
		gap[g.Value], _ = g.Gap.Value()
	}
	for _, young := range []string{"18-24", "25-34"} {
		for _, old := range []string{"55-64", "65+"} {
			if gap[young].Value < gap[old].Value+0.05 {
				t.Errorf("the gap of %s is %+v, of %s %+v", young, gap[young], old, gap[old])
			}
		}
	}
	if p, _ := a.Stated.Differ.Value(); p > 0.05 {
		t.Errorf("the gaps differ with p = %v", p)
	}
	// Withdrawals tripled for three weeks of 2018.
	withdrawals, _ := a.Index.Parts[1].Value.Value()
	if a.Index.Parts[1].Name != queries.PartWithdrawals || withdrawals.High > 0.9 {
		t.Errorf("withdrawals %+v", withdrawals)
	}

	audit, err := d.Audit(ctx, queries.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	s := audit.Sent
	if share := s.Share(); share < 0.002 || share > 0.008 || s.Grace == 0 || s.Unknown+s.Undated+s.Unnamed > 0 {
		t.Errorf("without a valid consent: %v; %+v", share, s)
	}
	// The old list of July 2017 went to implied consents that had lapsed on the first.
	for _, c := range s.Campaigns {
		if c.Campaign == "2017-07-soldes" && (c.Reasons[0].Reason != queries.SentExpired || c.Reasons[0].Ages[0] != c.Reasons[0].Messages || c.Reasons[0].Messages < 50) {
			t.Errorf("%+v", c)
		}
	}
	if share := audit.Proof.Share(); share < 0.95 || share > 0.99 { // 2 % without proof, and pre-ticked boxes
		t.Errorf("complete records: %v", share)
	}
	byPhone := 0.0
	for _, m := range audit.Effort.Withdraw.Methods {
		if m.Method == "verbal" {
			byPhone = float64(m.Acts) / float64(audit.Effort.Withdraw.Acts)
		}
	}
	if late := 1 - float64(audit.Effort.Withdraw.SameDay)/float64(audit.Effort.Withdraw.Timed); byPhone < 0.12 || byPhone > 0.18 || late < 0.01 || late > 0.03 {
		t.Errorf("withdrawals: %v by phone, %v heard of later", byPhone, late)
	}
	for _, k := range audit.Retention.Kinds {
		if past, there := k.Past.Value(); !there || k.Period != 1095 || past > k.Records {
			t.Errorf("%+v", k)
		}
	}
}
