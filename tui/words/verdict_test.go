package words

import (
	"strings"
	"testing"

	"accord/queries"
)

func estimate(v, lo, hi float64) queries.Figure[queries.Estimate] {
	return queries.Known(queries.Estimate{Value: v, Low: lo, High: hi, Level: 0.95, Method: "test"})
}

// mens is the Hillstrom comparison of visits.
func mens() queries.Comparison {
	return queries.Comparison{
		Campaign: "hillstrom", Name: "MineThatData", Arm: "Mens E-Mail", Control: "No E-Mail", Metric: queries.Visit,
		Difference: estimate(0.0765931, 0.0699533, 0.0832267), Relative: estimate(0.7215, 0.640392, 0.806417),
		P: queries.Known(0.0), Detectable: queries.Known(0.0084), Verdict: queries.Higher,
	}
}

func TestVerdicts(t *testing.T) {
	en, fr := printers()
	with := func(change func(*queries.Comparison)) queries.Comparison {
		c := mens()
		change(&c)
		return c
	}
	slugs := func(c *queries.Comparison) { c.Arm, c.Control = "personalised", "holdout" }
	for _, c := range []struct {
		name            string
		c               queries.Comparison
		english, quebec string
		short, court    string
	}{
		{"higher", mens(),
			"The Mens E-Mail arm raised the visit rate against the control (No E-Mail): +7.66 pp [+7.00, +8.32], or +72.2 % [+64.0, +80.6] relative to it (p < 0.001, 95 % intervals).",
			"Le groupe «~Mens E-Mail~» a augmenté le taux de visite par rapport au témoin («~No E-Mail~»)~: +7,66~pp [+7,00; +8,32], soit +72,2~% [+64,0; +80,6] en valeur relative (p~<~0,001, intervalles à 95~%).",
			"higher", "plus élevé"},
		{"lower", with(func(c *queries.Comparison) {
			slugs(c)
			c.Verdict, c.Difference, c.Relative = queries.Lower, estimate(-0.02, -0.03, -0.01), estimate(-0.2, -0.29, -0.1)
		}),
			"The personalised arm lowered the visit rate against the control (holdout): −2.0 pp [−3.0, −1.0], or −20.0 % [−29.0, −10.0] relative to it (p < 0.001, 95 % intervals).",
			"Le groupe «~personnalisé~» a réduit le taux de visite par rapport au témoin («~sans envoi~»)~: −2,0~pp [−3,0; −1,0], soit −20,0~% [−29,0; −10,0] en valeur relative (p~<~0,001, intervalles à 95~%).",
			"lower", "plus faible"},
		{"more unsubscribes are worse", with(func(c *queries.Comparison) {
			c.Metric, c.Difference = queries.Unsubscribe, estimate(0.004, 0.002, 0.006)
			c.Relative, c.P = queries.Missing[queries.Estimate](queries.ZeroControl), queries.Known(0.004)
		}),
			"The Mens E-Mail arm raised the unsubscribe rate, which is worse, against the control (No E-Mail): +0.40 pp [+0.20, +0.60] (p = 0.004, 95 % intervals); no relative change: the control is zero, so there is no ratio to it.",
			"Le groupe «~Mens E-Mail~» a augmenté le taux de désabonnement, ce qui est pire, par rapport au témoin («~No E-Mail~»)~: +0,40~pp [+0,20; +0,60] (p~=~0,004, intervalles à 95~%); pas de variation relative~: le témoin est à zéro, donc pas de rapport.",
			"higher: worse", "plus élevé~: pire"},
		{"fewer complaints are better", with(func(c *queries.Comparison) {
			c.Metric, c.Verdict, c.Difference, c.Relative = queries.Complaint, queries.Lower, estimate(-0.004, -0.006, -0.002), estimate(-0.5, -0.7, -0.2)
		}),
			"The Mens E-Mail arm lowered the complaint rate, which is better, against the control (No E-Mail): −0.40 pp [−0.60, −0.20], or −50 % [−70, −20] relative to it (p < 0.001, 95 % intervals).",
			"Le groupe «~Mens E-Mail~» a réduit le taux de plainte, ce qui est mieux, par rapport au témoin («~No E-Mail~»)~: −0,40~pp [−0,60; −0,20], soit −50~% [−70; −20] en valeur relative (p~<~0,001, intervalles à 95~%).",
			"lower: better", "plus faible~: mieux"},
		{"too small", with(func(c *queries.Comparison) {
			c.Metric, c.Verdict, c.Difference, c.Relative = queries.Revenue, queries.TooSmall, estimate(0.2, -0.1, 0.5), estimate(0.3, -0.15, 0.75)
			c.P, c.Detectable = queries.Known(0.19), queries.Known(0.43)
		}),
			"Too small to tell whether the Mens E-Mail arm changes revenue per customer against the control (No E-Mail): +0.20 [−0.10, +0.50], or +30 % [−15, +75] relative to it (p = 0.190, 95 % intervals); the test would have seen a difference of 0.43 four times out of five.",
			"Trop peu de données pour dire si le groupe «~Mens E-Mail~» modifie le revenu par client par rapport au témoin («~No E-Mail~»)~: +0,20 [−0,10; +0,50], soit +30~% [−15; +75] en valeur relative (p~=~0,190, intervalles à 95~%); le test aurait décelé un écart de 0,43 quatre fois sur cinq.",
			"too small to tell", "non concluant"},
		{"split", with(func(c *queries.Comparison) { c.Verdict = queries.NoVerdictSRM }),
			"No verdict on the visit rate of the Mens E-Mail arm: the split went wrong, so its customers and those of the control (No E-Mail) cannot be compared.",
			"Aucune conclusion sur le taux de visite du groupe «~Mens E-Mail~»~: la répartition est faussée, donc ses clients et ceux du témoin («~No E-Mail~») ne sont pas comparables.",
			"no verdict: split", "rép. faussée"},
		{"missing", with(func(c *queries.Comparison) { c.Verdict = queries.NoOutcome }),
			"No verdict on the visit rate of the Mens E-Mail arm: no outcome was recorded for it or for the control (No E-Mail), which is missing, not zero.",
			"Aucune conclusion sur le taux de visite du groupe «~Mens E-Mail~»~: aucun résultat enregistré pour lui ou pour le témoin («~No E-Mail~»), ce qui est manquant, et non zéro.",
			"no verdict: missing", "sans résultats"},
		{"immature", with(func(c *queries.Comparison) { c.Verdict = queries.NotYet }),
			"No verdict yet on the visit rate of the Mens E-Mail arm: the outcome window is not over for it or for the control (No E-Mail).",
			"Pas encore de conclusion sur le taux de visite du groupe «~Mens E-Mail~»~: la fenêtre de résultat n’est pas terminée pour lui ou pour le témoin («~No E-Mail~»).",
			"not yet", "pas encore"},
		{"withheld", with(func(c *queries.Comparison) {
			c.Verdict, c.Difference = queries.Withheld, queries.Missing[queries.Estimate](queries.SmallCell)
		}),
			"Not shown: the visit rate of the Mens E-Mail arm against the control (No E-Mail) is withheld (to protect fewer than 11 people).",
			"Non montré~: le taux de visite du groupe «~Mens E-Mail~» par rapport au témoin («~No E-Mail~») est masqué (pour protéger moins de 11 personnes).",
			"withheld", "masqué"},
		{"undefined", with(func(c *queries.Comparison) {
			c.Verdict, c.Difference = queries.CannotCompute, queries.Missing[queries.Estimate](queries.EmptyArm)
		}),
			"No verdict on the visit rate of the Mens E-Mail arm against the control (No E-Mail): nobody in an arm.",
			"Aucune conclusion sur le taux de visite du groupe «~Mens E-Mail~» par rapport au témoin («~No E-Mail~»)~: un groupe est vide.",
			"no estimate", "sans estimation"},
		{"a verdict whose size is missing is none", with(func(c *queries.Comparison) {
			c.Difference = queries.Missing[queries.Estimate](queries.Complement)
		}),
			"Not shown: the visit rate of the Mens E-Mail arm against the control (No E-Mail) is withheld (to protect fewer than 11 people).",
			"Non montré~: le taux de visite du groupe «~Mens E-Mail~» par rapport au témoin («~No E-Mail~») est masqué (pour protéger moins de 11 personnes).",
			"withheld", "masqué"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, x := range [][2]string{
				{en.Verdict(c.c), c.english}, {fr.Verdict(c.c), nb(c.quebec)},
				{en.VerdictShort(c.c), c.short}, {fr.VerdictShort(c.c), nb(c.court)},
			} {
				if x[0] != x[1] {
					t.Errorf("got  %s\nwant %s", x[0], x[1])
				}
			}
		})
	}
}

// No sentence speaks of significance, nor of a direction without its size.
func TestVerdictsSayTheSize(t *testing.T) {
	en, fr := printers()
	for _, p := range []*Printer{en, fr} {
		for _, v := range []queries.Verdict{queries.Higher, queries.Lower, queries.TooSmall} {
			for _, m := range queries.Metrics() {
				c := mens()
				c.Verdict, c.Metric = v, m
				s := p.Verdict(c)
				if strings.Contains(strings.ToLower(s), "signific") {
					t.Errorf("%s", s)
				}
				for _, part := range []string{p.DifferenceFigure(m, c.Difference).String(), p.RelativeFigure(c.Relative).String(), c.Arm, c.Control} {
					if !strings.Contains(s, part) {
						t.Errorf("no %q in %s", part, s)
					}
				}
			}
		}
	}
}
