package queries_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"accord/queries"
)

// trapShop is a shop whose customers have a channel and a purpose, beside those of
// campaigns and consents, and whose respondents weigh as much as one may.
func trapShop(t *testing.T) *queries.Dataset {
	t.Helper()
	files := map[string]string{
		"customers.csv": "customer_id,created_at,channel,purpose\n", "consents.csv": "customer_id,purpose,channel,basis,state,occurred_at\n",
		"campaigns.csv": "campaign_id,channel,started_at,control_arm\nc,email,2018-01-01,none\n", "arms.csv": "campaign_id,arm,content\nc,a,generic\nc,none,holdout\n",
		"assignments.csv": "campaign_id,customer_id,arm,assigned_at,delivered_at,clicked\n", "survey.csv": "respondent_id,stance,weight,reasons,channel\n",
	}
	for i := range 120 {
		through, stance := []string{"web", "store"}[i%2], []string{"sceptical", "willing", "sceptical", "sceptical"}[i%4]
		files["customers.csv"] += fmt.Sprintf("%d,2017-01-01,%s,%s\n", i, through, []string{"gift", "own"}[i%3/2])
		files["consents.csv"] += fmt.Sprintf("%d,offers,email,express,given,2018-01-%02d\n", i, i%2*14+1)
		files["assignments.csv"] += fmt.Sprintf("c,%d,%s,2018-01-02,2018-01-02,%t\n", i, []string{"a", "none"}[i/60], i%4 == 0)
		files["survey.csv"] += fmt.Sprintf("%d,%s,999999999,environment;habit,%s\n", i, stance, through)
	}
	files["customers.csv"] += "late,2018-03-01,web,own\n"
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return opened(t, dir, queries.Options{MinCell: 1})
}

// A dimension with the name of another cut can be told from it and chosen; and
// sums of the largest weights are exact.
func TestNamesAndWeightsAtTheirLimits(t *testing.T) {
	t.Parallel()
	ctx, d := context.Background(), trapShop(t)
	const channel, purpose = "channel of customers", "purpose of customers"
	if got := [4]string{queries.DimensionOf(channel), queries.DimensionOf("channel"), queries.DimensionOf("region"), queries.DimensionOf("region of customers")}; got != [4]string{"channel", "", "region", "region of customers"} {
		t.Errorf("dimensions of cuts: %q", got)
	}
	consent, err := d.Consent(ctx, queries.Filter{}, queries.Choice{By: channel})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"purpose", "channel", channel, purpose}; !slices.Equal(consent.Choices.By, want) {
		t.Errorf("consent is cut by %q, want %q", consent.Choices.By, want)
	}
	for _, over := range []int{len(consent.Over), len(consent.Lasting.Groups)} {
		if over != 2 {
			t.Errorf("%d groups by the channel of customers, want web and store", over)
		}
	}
	if own, err := d.Consent(ctx, queries.Filter{}, queries.Choice{By: "channel"}); err != nil || len(own.Over) != 1 || own.Over[0].Name != "email" || len(own.Lasting.Groups) != 1 || own.Lasting.Groups[0].Name != "offers" {
		t.Errorf("by the channel of consents: %v, %+v, %+v", err, own.Over, own.Lasting.Groups)
	}
	clicks, err := d.Engagement(ctx, queries.Filter{}, queries.Choice{By: channel})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range clicks.Groups.Rows {
		want := map[string]float64{"web": 0.5, "store": 0}[r.Value]
		if e, _ := r.Figure.Value(); len(clicks.Groups.Rows) != 2 || e.Value != want {
			t.Errorf("%s clicked %v, want %v", r.Value, e.Value, want)
		}
	}
	overview, err := d.Overview(ctx, queries.Filter{})
	if e, _ := overview.Stance.Willing.Estimate.Value(); err != nil || math.Abs(e.Value-0.25) > 1e-12 {
		t.Errorf("%v: %v willing, want a quarter", err, e.Value)
	}
	stance, err := d.Segments(ctx, queries.Filter{}, queries.Choice{By: "channel", Measure: queries.MeasureStance})
	if err != nil || len(stance.Reasons.Rows) != 2 {
		t.Fatalf("%v: reasons %+v", err, stance.Reasons)
	}
	for _, r := range stance.Reasons.Rows {
		if e, _ := r.Rate.Estimate.Value(); e.Value != 1 {
			t.Errorf("%s is the reason of %v of sceptics, want all", r.Reason, e.Value)
		}
	}
	people, err := d.People(ctx, queries.Filter{}, queries.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range people.Rows {
		n, there := x.Messages.Value()
		if !there || n > 1 || x.Purchases.Why() != queries.NotRecorded {
			t.Errorf("%d messages and %v purchases, of which there is no file", n, x.Purchases)
		}
	}
}
