package words

import (
	"strings"
	"testing"

	"accord/queries"
	"accord/queries/stats"
)

func TestComparisons(t *testing.T) {
	en, fr := printers()
	tooSmall := mens()
	tooSmall.Verdict = queries.TooSmall
	for _, c := range []struct {
		l               queries.Lift
		english, quebec string
	}{
		{queries.Lift{Missing: queries.NoInput}, en.NoInput("campaigns"), fr.NoInput("campaigns")},
		{queries.Lift{Comparisons: []queries.Comparison{tooSmall}}, "No comparison on the visit rate can be judged yet.", "Aucune comparaison sur le taux de visite ne peut encore être jugée."},
		{queries.Lift{Rule: queries.Rule{Compared: 1}, Comparisons: []queries.Comparison{tooSmall}},
			"The one comparison on the visit rate shows no difference.", "La seule comparaison sur le taux de visite ne montre aucun écart."},
		{queries.Lift{Rule: queries.Rule{Compared: 8}, Comparisons: []queries.Comparison{tooSmall}},
			"None of 8 comparisons on the visit rate shows a difference, adjusted for being so many.",
			"Aucune des 8 comparaisons sur le taux de visite ne montre d’écart, compte tenu de leur nombre."},
		{queries.Lift{Rule: queries.Rule{Compared: 8, Found: 1}, Comparisons: []queries.Comparison{tooSmall, mens()}},
			"1 of 8 comparisons on the visit rate shows a difference, adjusted for being so many: MineThatData, Mens E-Mail, +7.66 pp [+7.00, +8.32].",
			"1 comparaison sur 8 portant sur le taux de visite montre un écart, compte tenu de leur nombre~: MineThatData, Mens E-Mail, +7,66~pp [+7,00; +8,32]."},
	} {
		c.l.Choice.Measure = string(queries.Visit)
		if got := en.Comparisons(c.l); got != c.english {
			t.Errorf("got  %s\nwant %s", got, c.english)
		}
		if got := fr.Comparisons(c.l); got != nb(c.quebec) {
			t.Errorf("got  %s\nwant %s", got, nb(c.quebec))
		}
	}
}

func TestComparisonsOfNothing(t *testing.T) {
	en, fr := printers()
	if got, want := en.Comparisons(queries.Lift{}), "Nothing can be compared yet: no outcome is recorded, or no outcome window is over."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := fr.Comparisons(queries.Lift{}), nb("Rien ne peut encore être comparé~: aucun résultat n’est enregistré, ou aucune fenêtre de résultat n’est encore terminée."); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A verdict among several says what its p was adjusted for and at what level its
// interval is.
func TestAdjustedVerdict(t *testing.T) {
	en, _ := printers()
	c := mens()
	c.Adjusted, c.Among = queries.Known(0.012), 16
	if got := en.Verdict(c); !strings.HasSuffix(got, "(p = 0.012 adjusted for 16 comparisons, 95 % intervals).") {
		t.Error(got)
	}
	c.Policy = queries.AlwaysValid
	if got := en.Verdict(c); !strings.HasSuffix(got, "16 comparisons, 95 % always-valid intervals).") {
		t.Error(got)
	}
	c.Verdict, c.Difference = queries.NoAssignment, queries.Missing[queries.Estimate](queries.EmptyArm)
	if got := en.Verdict(c); !strings.Contains(got, "association only") {
		t.Error(got)
	}
}

func TestForWhom(t *testing.T) {
	en, fr := printers()
	row := func(value string, v, lo, hi float64) queries.CutRow {
		return queries.CutRow{Value: value, Comparison: queries.Comparison{Metric: queries.Visit, Difference: estimate(v, lo, hi), Verdict: queries.Higher}}
	}
	rows := []queries.CutRow{row("yes", 0.073, 0.064, 0.082), row("no", 0.011, 0.002, 0.02)}
	for _, c := range []struct {
		cut             queries.Cut
		english, quebec string
	}{
		{queries.Cut{By: "opted_in", Rows: rows, Test: queries.Known(queries.CutsQ{Q: 94, DF: 1, P: 1e-9})},
			"It depends on opt-in at assignment, from +1.10 pp [+0.20, +2.00] (not opted in) to +7.30 pp [+6.40, +8.20] (opted in); p < 0.001 that they differ by chance alone.",
			"Cela dépend du critère «~adhésion au moment de l’attribution~», de +1,10~pp [+0,20; +2,00] (non-adhérents) à +7,30~pp [+6,40; +8,20] (adhérents); p~<~0,001 que le hasard seul les sépare."},
		{queries.Cut{By: "region", Rows: rows, Test: queries.Known(queries.CutsQ{Q: 1, DF: 1, P: 0.3})},
			"No sign that it depends on region (p = 0.300): +1.10 pp [+0.20, +2.00] (no) to +7.30 pp [+6.40, +8.20] (yes).",
			"Rien n’indique que cela dépende du critère «~région~» (p~=~0,300)~: de +1,10~pp [+0,20; +2,00] (no) à +7,30~pp [+6,40; +8,20] (yes)."},
		{queries.Cut{By: "region", Rows: rows[:1], Test: queries.Missing[queries.CutsQ](queries.ZeroVariance)},
			"By region there is one group only (yes): nothing to compare.", "Selon le critère «~région~», il n’y a qu’un groupe (yes)~: rien à comparer."},
		{queries.Cut{By: "region", Missing: queries.SplitWentWrong}, "Not shown by region: the split went wrong.", "Non montré par région~: la répartition est faussée."},
		{queries.Cut{By: "language", Rows: rows, Reversal: stats.ClearReversal, Crude: estimate(-0.03, -0.043, -0.017), Stratified: estimate(0.021, 0.009, 0.033)},
			"Simpson reversal by language: −3.0 pp [−4.3, −1.7] in all, yet +2.1 pp [+0.9, +3.3] within its values. The total reflects who is in the arms; read the second.",
			"Paradoxe de Simpson selon langue~: −3,0~pp [−4,3; −1,7] en tout, mais +2,1~pp [+0,9; +3,3] à l’intérieur des valeurs. Le total reflète qui est dans les groupes; lire le second."},
	} {
		if got := en.ForWhom(c.cut, queries.Visit); got != c.english {
			t.Errorf("got  %s\nwant %s", got, c.english)
		}
		if got := fr.ForWhom(c.cut, queries.Visit); got != nb(c.quebec) {
			t.Errorf("got  %s\nwant %s", got, nb(c.quebec))
		}
	}
	notes := strings.Join(en.CutNotes(queries.Cut{By: "region", After: true, Hidden: 2, Rows: rows}, 4), " ")
	for _, part := range []string{"MEASURED AFTER ASSIGNMENT: region", "2 values are left out", "opened: 4.", "p < 0.0125"} {
		if !strings.Contains(notes, part) {
			t.Errorf("no %q in %s", part, notes)
		}
	}
}

func TestGuardrailsAndCUPED(t *testing.T) {
	en, _ := printers()
	guard := func(m queries.Metric, v queries.Verdict, lo float64) queries.Comparison {
		return queries.Comparison{Metric: m, Verdict: v, Difference: estimate(0.004, lo, 0.006)}
	}
	for want, list := range map[string][]queries.Comparison{
		"It has a cost: Complaints +0.40 pp [+0.20, +0.60].":                      {guard(queries.Unsubscribe, queries.TooSmall, -0.001), guard(queries.Complaint, queries.Higher, 0.002)},
		"No guardrail is seen to get worse: Withdrawals +0.40 pp [−0.10, +0.60].": {guard(queries.ConsentWithdrawn, queries.TooSmall, -0.001)},
		"No guardrail was recorded.":                                              {},
	} {
		if got := en.Guardrails(list); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	known := func(before, after float64) queries.CUPED {
		return queries.CUPED{Difference: estimate(0.07, 0.06, 0.08), StandardError: queries.Known(before), Adjusted: queries.Known(after)}
	}
	for want, c := range map[string]queries.CUPED{
		"a standard error smaller by 10.0 %, as if there were 23.5 % more customers.": known(0.01, 0.009),
		"no gain in precision":                 known(0.01, 0.00999999),
		"not possible, no measure from before": {Difference: queries.Missing[queries.Estimate](queries.NotRecorded)},
	} {
		if got := en.CUPED(c); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
