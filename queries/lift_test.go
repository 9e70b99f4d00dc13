package queries_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accord/queries"
	"accord/queries/load"
	"accord/queries/stats"
)

// openFiles loads a folder or mapping and opens it for questions.
func openFiles(tb testing.TB, source string) *queries.Dataset {
	tb.Helper()
	out := filepath.Join(tb.TempDir(), "store.duckdb")
	ctx := context.Background()
	if _, err := load.Load(ctx, load.Options{Sources: []string{source}, Out: out, Key: load.SampleKey}); err != nil {
		tb.Fatal(err)
	}
	d, err := queries.Open(ctx, out, queries.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	return d
}

func ask(t *testing.T, d *queries.Dataset, c queries.Choice) queries.Lift {
	t.Helper()
	l, err := d.Lift(context.Background(), queries.Filter{}, c)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, l)
	return l
}

// agree checks that verdict, interval and adjusted p of every comparison say the
// same, and that the rule counts what is there.
func agree(t *testing.T, l queries.Lift) {
	t.Helper()
	check := func(rule queries.Rule, list []queries.Comparison) {
		t.Helper()
		compared, found := 0, 0
		for _, c := range list {
			q, there := c.Adjusted.Value()
			if !there {
				continue
			}
			compared++
			e, ok := c.Difference.Value()
			verdict := c.Verdict == queries.Higher || c.Verdict == queries.Lower
			if verdict {
				found++
			}
			p, _ := c.P.Value()
			if !ok || verdict != (q < 0.05) || verdict != e.ExcludesZero() || e.Level != rule.Level || q < p || c.Among != rule.Compared {
				t.Errorf("%s %s %s: %s, q %v, p %v, %+v under %+v", c.Name, c.Arm, c.Metric, c.Verdict, q, p, e, rule)
			}
			if r, ok := c.Relative.Value(); ok && r.ExcludesZero() != verdict {
				t.Errorf("%s %s: the relative change %+v and the verdict %s", c.Name, c.Arm, r, c.Verdict)
			}
		}
		if compared != rule.Compared || found != rule.Found {
			t.Errorf("%d found of %d, the rule says %+v", found, compared, rule)
		}
	}
	check(l.Rule, l.Comparisons)
	var rows, means []queries.Comparison
	for _, r := range l.Cut.Rows {
		rows = append(rows, r.Comparison)
	}
	for _, r := range l.Pool.Rows {
		means = append(means, r.Mean)
	}
	if len(rows) != 1 || l.Cut.Hidden > 0 || rows[0].Verdict == queries.NoVerdictSRM {
		check(l.Cut.Rule, rows)
	} else if rows[0] != l.Arm.Comparison || l.Cut.Rule != l.Rule {
		t.Errorf("for whom, one group: %+v, the arm is %+v", rows[0], l.Arm.Comparison)
	}
	check(l.Pool.Rule, means)
	text, err := json.Marshal(l)
	if err != nil || strings.Contains(string(text), "null") {
		t.Errorf("as JSON it has a null, or fails: %v", err)
	}
}

// The e-mail challenge, which is real: what CUPED gains, for whom the Womens
// e-mail works, and the intervals that are published.
func TestHillstromLift(t *testing.T) {
	csv, err := filepath.Abs("../../shared/data/hillstrom.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(csv); err != nil {
		t.Skip("the Hillstrom data is not here: ", err)
	}
	folder := t.TempDir()
	mapping, err := os.ReadFile("load/testdata/hillstrom.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "hillstrom.toml"), mapping, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(csv, filepath.Join(folder, "hillstrom.csv")); err != nil {
		t.Fatal(err)
	}
	d := openFiles(t, filepath.Join(folder, "hillstrom.toml"))
	close := func(what string, got queries.Figure[float64], want, within float64) {
		t.Helper()
		if x, ok := got.Value(); !ok || math.Abs(x-want) > within {
			t.Errorf("%s: %v (%s), want %v", what, x, got.Why(), want)
		}
	}
	value := func(f queries.Figure[queries.Estimate]) queries.Figure[float64] {
		e, ok := f.Value()
		if !ok {
			return queries.Missing[float64](f.Why())
		}
		return queries.Known(e.Value)
	}

	mens := ask(t, d, queries.Choice{Measure: "visit"})
	if mens.Choice.Arm != "Mens E-Mail" || mens.Arm.Comparison.Verdict != queries.Higher || mens.Rule.Compared != 2 {
		t.Errorf("the most certain is %s, %s of %d", mens.Choice.Arm, mens.Arm.Comparison.Verdict, mens.Rule.Compared)
	}
	if mens.Choice.By == queries.ByOptedIn {
		t.Error("cut by a consent that nobody's is known of")
	}
	close("Mens visits", value(mens.Arm.Comparison.Difference), 0.0765931, 1e-5)
	close("standard error", mens.Arm.CUPED.StandardError, 0.003386, 5e-7)
	close("standard error with CUPED", mens.Arm.CUPED.Adjusted, 0.003378, 5e-7)

	womens := ask(t, d, queries.Choice{Measure: "visit", Arm: "Womens E-Mail", Campaign: "e-mail-test", By: "womens"})
	if womens.Cut.After || len(womens.Cut.Rows) != 2 || womens.Cut.Reversal != stats.NoReversal {
		t.Fatalf("%+v", womens.Cut)
	}
	for i, want := range []float64{0.073, 0.011} {
		close(womens.Cut.Rows[i].Value, value(womens.Cut.Rows[i].Comparison.Difference), want, 0.0005)
	}
	if test, ok := womens.Cut.Test.Value(); !ok || test.P > 1e-6 || test.DF != 1 {
		t.Errorf("heterogeneity %+v", test)
	}

	spend := ask(t, d, queries.Choice{Measure: "revenue", Arm: "Mens E-Mail", Campaign: "E-mail test"})
	close("spend", value(spend.Arm.Comparison.Difference), 0.7698, 5e-5)
	if capped, ok := spend.Arm.Capped.Value(); !ok || capped.Value >= 0.7698 || capped.Low <= 0 {
		t.Errorf("capped spend %+v", capped)
	}

	// Looking often costs width, and no sign.
	often := ask(t, d, queries.Choice{Measure: "visit", Policy: queries.AlwaysValid})
	a, _ := mens.Arm.Comparison.Difference.Value()
	b, _ := often.Arm.Comparison.Difference.Value()
	if !(b.High-b.Low > (a.High-a.Low)*1.2) || math.Abs(a.Value-b.Value) > 1e-9 || b.Method != stats.MethodAlwaysValid {
		t.Errorf("fixed %+v, always valid %+v", a, b)
	}
}

// Each planted campaign of the sample gets its right verdict.
func TestSampleLift(t *testing.T) {
	d := openSample(t)
	of := func(l queries.Lift, campaign, arm string) queries.Comparison {
		t.Helper()
		for _, c := range l.Comparisons {
			if c.Campaign == campaign && c.Arm == arm {
				return c
			}
		}
		t.Fatalf("no %s in %s", arm, campaign)
		return queries.Comparison{}
	}
	holds := func(what string, f queries.Figure[queries.Estimate], truth float64) {
		t.Helper()
		if e, ok := f.Value(); !ok || truth < e.Low || truth > e.High {
			t.Errorf("%s: %+v does not hold %v", what, e, truth)
		}
	}

	clicks := ask(t, d, queries.Choice{})
	if clicks.Choice.Measure != "click" || clicks.Choice.By != queries.ByOptedIn {
		t.Errorf("starts with %+v", clicks.Choice)
	}
	for campaign, want := range map[string]queries.Verdict{
		"2018-01-blanc":      queries.NoVerdictSRM, // 54 : 46 where 50 : 50 was planned
		"2018-06-fetes":      queries.NoVerdictSRM, // not allotted alike by language
		"2018-11-vendredi":   queries.Higher,       // 3 pp among the opted-in
		"2018-12-apres-noel": queries.NotYet,
	} {
		arm := "personalised"
		if campaign == "2018-06-fetes" {
			arm = "reward"
		}
		if got := of(clicks, campaign, arm).Verdict; got != want {
			t.Errorf("%s: %s, want %s", campaign, got, want)
		}
	}
	small := of(clicks, "2018-02-recettes", "values")
	if x, _ := small.Detectable.Value(); small.Verdict != queries.TooSmall || x < 0.05 {
		t.Errorf("the small trial: %s, could have found %v", small.Verdict, x)
	}

	// Personalised content: 3 pp among the opted-in, nothing among the others,
	// over all campaigns.
	personalised := clicks.Pool.Rows[0]
	if personalised.Content != "personalised" || personalised.Control != "generic" || len(personalised.Campaigns) < 6 || personalised.Mean.Verdict != queries.Higher {
		t.Errorf("pooled first: %+v", personalised)
	}
	if i2, ok := personalised.I2.Value(); !ok || i2 > 0.5 {
		t.Errorf("I² %v: one truth was planted", i2)
	}
	for _, c := range clicks.Pool.Rows {
		if slices.Contains(c.Campaigns, "Mois du blanc / White sale") {
			t.Errorf("%s pools a campaign whose split went wrong", c.Content)
		}
	}
	opted := ask(t, d, queries.Choice{Campaign: "2018-08-rentree", Arm: "personalised"})
	holds("among the opted-in", opted.Cut.Rows[0].Comparison.Difference, 0.03)
	if opted.Cut.Rows[0].Value != "yes" || opted.Cut.After {
		t.Errorf("%+v", opted.Cut)
	}

	// The Simpson reversal: by language both values gain about 3 pp, in all it
	// looks like a loss.
	simpson := ask(t, d, queries.Choice{Campaign: "2018-06-fetes"})
	if simpson.Choice.By != "language" || simpson.Cut.Reversal != stats.ClearReversal {
		t.Errorf("by %s: %q", simpson.Choice.By, simpson.Cut.Reversal)
	}
	holds("within languages", simpson.Cut.Stratified, 0.03)
	if e, _ := simpson.Cut.Crude.Value(); e.High >= 0 {
		t.Errorf("crude %+v", e)
	}
	if other := ask(t, d, queries.Choice{Campaign: "2018-06-fetes", By: "region"}); other.Cut.Missing != queries.SplitWentWrong || len(other.Cut.Rows) > 0 {
		t.Errorf("a cut that the split spoils is shown: %+v", other.Cut)
	}
	if l := ask(t, d, queries.Choice{By: "loyalty_tier"}); !l.Cut.After {
		t.Error("the loyalty tier may have changed after the assignment")
	}

	won := ask(t, d, queries.Choice{Measure: "consent_won"})
	for _, truth := range []struct {
		campaign, arm string
		pp            float64
	}{
		{"2017-10-choix", "transparency", 0.05}, {"2018-10-pourquoi", "transparency", 0.05},
		{"2018-06-merci", "relevance", 0.06}, {"2018-09-merci", "discount", 0.06}, {"2018-04-terre", "values", 0.025},
	} {
		c := of(won, truth.campaign, truth.arm)
		if c.Verdict != queries.Higher {
			t.Errorf("consents won by %s in %s: %s", truth.arm, truth.campaign, c.Verdict)
		}
		holds("consents won by "+truth.arm, c.Difference, truth.pp)
	}
	if got := of(won, "2018-12-apres-noel", "personalised").Verdict; got != queries.NotYet {
		t.Errorf("consents after five days: %s", got)
	}
	guardrails := ask(t, d, queries.Choice{Campaign: "2018-06-merci", Arm: "relevance", Measure: "consent_won"}).Arm.Guardrails
	if !slices.ContainsFunc(guardrails, func(c queries.Comparison) bool { return c.Metric == queries.ConsentWithdrawn && c.Among == 0 }) {
		t.Errorf("guardrails %+v", guardrails)
	}

	opens := ask(t, d, queries.Choice{Measure: "open", Campaign: "2018-11-avant-premiere"})
	for _, c := range opens.Campaigns {
		for _, a := range c.Arms {
			for _, o := range a.Outcomes {
				machines, _ := o.Machines.Value()
				people, _ := o.People.Value()
				if c.Campaign == "2018-11-avant-premiere" && a.Arm == "generic" && o.Metric == queries.HumanOpen && machines <= people {
					t.Errorf("%d opens of machines beside %d of people", machines, people)
				}
			}
		}
	}

	// The overview follows one rule, as the screen does.
	o, err := d.Overview(context.Background(), queries.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if o.LiftRule.Compared < 10 || o.LiftRule.Found < len(o.Lifts) || len(o.Lifts) == 0 {
		t.Errorf("%+v and %d lifts", o.LiftRule, len(o.Lifts))
	}
	for _, c := range o.Lifts {
		if q, ok := c.Adjusted.Value(); !ok || q >= 0.05 || c.Among != o.LiftRule.Compared {
			t.Errorf("%s: q %v among %d", c.Name, q, c.Among)
		}
	}
	for _, wrong := range []queries.Choice{{Campaign: "nowhere"}, {Campaign: "2018-06-merci", Arm: "nobody"}, {By: "nothing"}, {Measure: "smiles"}, {Policy: "peek"}, {Sort: "luck"}} {
		if _, err := d.Lift(context.Background(), queries.Filter{}, wrong); err == nil {
			t.Errorf("%+v is answered", wrong)
		}
	}
}
