package words

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"accord/queries"
)

// rate is n of d with an interval of half a width.
func rate(n, d int64, half float64) queries.Rate {
	v := float64(n) / float64(d)
	return queries.Rate{Numerator: queries.Known(n), Denominator: queries.Known(d), Estimate: estimate(v, v-half, v+half)}
}

func TestStanceHeadline(t *testing.T) {
	en, fr := printers()
	stance := func(willing int64, half float64) queries.Stance {
		return queries.Stance{N: queries.Known[int64](2400), Willing: rate(willing, 2400, half), NotWilling: rate(2400-willing, 2400, half)}
	}
	withheld := queries.Stance{N: queries.Missing[int64](queries.SmallCell), Willing: queries.Rate{Estimate: queries.Missing[queries.Estimate](queries.SmallCell)}}
	for _, c := range []struct {
		s               queries.Stance
		english, quebec string
	}{
		{stance(1272, 0.02),
			"53.0 % [51.0, 55.0] say they are willing to share data, 47.0 % are not or hesitate (2,400 respondents); close to the 53 % of a 2018 survey in Canada (CROP).",
			"53,0~% [51,0; 55,0] se disent prêts à partager leurs données, 47,0~% ne le sont pas ou hésitent (2~400 répondants); près des 53~% d’un sondage de 2018 au Canada (CROP)."},
		{stance(1440, 0.02),
			"60.0 % [58.0, 62.0] say they are willing to share data, 40.0 % are not or hesitate (2,400 respondents); more than the 53 % of a 2018 survey in Canada (CROP).",
			"60,0~% [58,0; 62,0] se disent prêts à partager leurs données, 40,0~% ne le sont pas ou hésitent (2~400 répondants); plus que les 53~% d’un sondage de 2018 au Canada (CROP)."},
		{stance(960, 0.02),
			"40.0 % [38.0, 42.0] say they are willing to share data, 60.0 % are not or hesitate (2,400 respondents); fewer than the 53 % of a 2018 survey in Canada (CROP).",
			"40,0~% [38,0; 42,0] se disent prêts à partager leurs données, 60,0~% ne le sont pas ou hésitent (2~400 répondants); moins que les 53~% d’un sondage de 2018 au Canada (CROP)."},
		{stance(1440, 0.1),
			"60 % [50, 70] say they are willing to share data, 40 % are not or hesitate (2,400 respondents); too few to tell from the 53 % of a 2018 survey in Canada (CROP).",
			"60~% [50; 70] se disent prêts à partager leurs données, 40~% ne le sont pas ou hésitent (2~400 répondants); trop peu pour les distinguer des 53~% d’un sondage de 2018 au Canada (CROP)."},
		{queries.Stance{Missing: queries.NoInput},
			"No survey was loaded. A survey file with respondent_id and stance would show here what people say.",
			"Aucun sondage chargé. Un fichier de sondage (survey) avec respondent_id et stance montrerait ici ce que les gens disent."},
		{queries.Stance{Missing: queries.NoSuchColumn},
			"The survey file lacks a dimension of the filter: it cannot be filtered so.",
			"Le fichier du sondage n’a pas une dimension du filtre~: il ne peut être filtré ainsi."},
		{withheld, "What people say: withheld (to protect fewer than 11 people).", "Ce que les gens disent~: masqué (pour protéger moins de 11 personnes)."},
	} {
		if got := en.StanceHeadline(c.s); got != c.english {
			t.Errorf("got  %s\nwant %s", got, c.english)
		}
		if got, want := fr.StanceHeadline(c.s), nb(c.quebec); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestOptInHeadline(t *testing.T) {
	en, fr := printers()
	o := queries.Overview{OptIn: []queries.PurposeRate{
		{Purpose: "email_marketing", At: "2018-12-31", Rate: rate(11000, 19034, 0.007)},
		{Purpose: "personalisation", At: "2018-12-31", Rate: rate(7812, 19034, 0.007), Before: "2017-12-31", Change: queries.Known(-0.0123)},
	}}
	for _, c := range []struct {
		o               queries.Overview
		main            string
		english, quebec string
	}{
		{o, "personalisation",
			"41.0 % [40.3, 41.7] of known customers have opted in to personalisation (7,812 of 19,034, on 2018-12-31); −1.23 pp since 2017-12-31.",
			"41,0~% [40,3; 41,7] des clients connus ont adhéré (personnalisation~: 7~812 sur 19~034, le 2018-12-31); −1,23~pp depuis le 2017-12-31."},
		{o, "",
			"57.8 % [57.1, 58.5] of known customers have opted in to e-mail marketing (11,000 of 19,034, on 2018-12-31).",
			"57,8~% [57,1; 58,5] des clients connus ont adhéré (marketing par courriel~: 11~000 sur 19~034, le 2018-12-31)."},
		{queries.Overview{NoOptIn: queries.NoDates}, "", "Nothing to show: the data has no dates.", "Rien à montrer~: les données n’ont pas de dates."},
		{queries.Overview{}, "", "Nothing to show: nobody to count.", "Rien à montrer~: personne à compter."},
		{queries.Overview{OptIn: []queries.PurposeRate{{Purpose: "x_y", Rate: queries.Rate{Estimate: queries.Missing[queries.Estimate](queries.SmallCell)}}}}, "",
			"Opt-in to x y: withheld (to protect fewer than 11 people).", "Adhésion (x y)~: masqué (pour protéger moins de 11 personnes)."},
	} {
		if got := en.OptInHeadline(c.o, c.main); got != c.english {
			t.Errorf("got  %s\nwant %s", got, c.english)
		}
		if got, want := fr.OptInHeadline(c.o, c.main), nb(c.quebec); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestLiftHeadlinePicks(t *testing.T) {
	en, _ := printers()
	tooSmall, worse, better, none := mens(), mens(), mens(), mens()
	tooSmall.Name, tooSmall.Verdict = "small", queries.TooSmall
	worse.Name, worse.Metric = "worse", queries.Unsubscribe
	better.Name, better.Metric, better.Verdict = "better", queries.Unsubscribe, queries.Lower
	none.Name, none.Difference = "none", queries.Missing[queries.Estimate](queries.SmallCell)
	for _, c := range []struct {
		lifts []queries.Comparison
		want  string
	}{
		{[]queries.Comparison{tooSmall, none, worse, better, mens()}, "worse"},
		{[]queries.Comparison{tooSmall, worse, none}, "worse"},
		{[]queries.Comparison{mens(), worse}, "MineThatData"},
	} {
		got, ok := strongest(c.lifts)
		if !ok || got.Name != c.want {
			t.Errorf("picked %q, want %q", got.Name, c.want)
		}
	}
	for want, o := range map[string]queries.Overview{
		"1 of 2 arms differs from its control. The most certain, MineThatData: " + en.Verdict(mens()):           {Lifts: []queries.Comparison{mens()}, LiftRule: queries.Rule{Compared: 2, Found: 1}},
		"No campaign shows a clear difference in clicks, visits or conversions.":                                {Lifts: []queries.Comparison{tooSmall, none}},
		"None of 7 arms shows a clear difference in clicks, visits or conversions, adjusted for being so many.": {LiftRule: queries.Rule{Compared: 7}},
		en.NoInput("campaigns"): {NoLifts: queries.NoInput},
	} {
		if got := en.LiftHeadline(o); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got, want := en.LiftShort(queries.Overview{Lifts: []queries.Comparison{worse}}),
		"worse, Mens E-Mail: Unsubscribes +7.66 pp [+7.00, +8.32] (higher: worse)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func trend(rates ...float64) queries.Trend {
	x := queries.Trend{Purpose: "personalisation"}
	for i, v := range rates {
		e := estimate(v, v-0.01, v+0.01)
		if math.IsNaN(v) {
			e = queries.Missing[queries.Estimate](queries.SmallCell)
		}
		x.Points = append(x.Points, queries.TrendPoint{At: queries.Date("2018-01-01").AddDays(7 * i), Rate: queries.Rate{Estimate: e}})
	}
	return x
}

func TestTrendHeadline(t *testing.T) {
	en, fr := printers()
	for _, c := range []struct {
		t               queries.Trend
		english, quebec string
	}{
		{trend(0.412, 0.418, 0.361, 0.39),
			"The opt-in rate for personalisation fell from 41.2 % (2018-01-01) to 39.0 % (2018-01-22), −2.20 pp; lowest 36.1 % (2018-01-15), highest 41.8 % (2018-01-08); largest step −5.70 pp between 2018-01-08 and 2018-01-15.",
			"Le taux d’adhésion (personnalisation) a baissé de 41,2~% (2018-01-01) à 39,0~% (2018-01-22), −2,20~pp; minimum 36,1~% (2018-01-15), maximum 41,8~% (2018-01-08); plus forte variation −5,70~pp entre le 2018-01-08 et le 2018-01-15."},
		{trend(0.40, math.NaN(), 0.42),
			"The opt-in rate for personalisation rose from 40.0 % (2018-01-01) to 42.0 % (2018-01-15), +2.00 pp; lowest 40.0 % (2018-01-01), highest 42.0 % (2018-01-15); largest step +2.00 pp between 2018-01-01 and 2018-01-15.",
			"Le taux d’adhésion (personnalisation) a monté de 40,0~% (2018-01-01) à 42,0~% (2018-01-15), +2,00~pp; minimum 40,0~% (2018-01-01), maximum 42,0~% (2018-01-15); plus forte variation +2,00~pp entre le 2018-01-01 et le 2018-01-15."},
		{trend(0.4, 0.45, 0.4),
			"The opt-in rate for personalisation ended where it began, at 40.0 % (2018-01-01 to 2018-01-15); lowest 40.0 % (2018-01-01), highest 45.0 % (2018-01-08); largest step +5.00 pp between 2018-01-01 and 2018-01-08.",
			"Le taux d’adhésion (personnalisation) a fini où il avait commencé, à 40,0~% (du 2018-01-01 au 2018-01-15); minimum 40,0~% (2018-01-01), maximum 45,0~% (2018-01-08); plus forte variation +5,00~pp entre le 2018-01-01 et le 2018-01-08."},
		{trend(0.4, 0.4001, 0.4),
			"The opt-in rate for personalisation stayed at 40.0 % from 2018-01-01 to 2018-01-15.",
			"Le taux d’adhésion (personnalisation) est resté à 40,0~% du 2018-01-01 au 2018-01-15."},
		{trend(0.4), "Opt-in to personalisation: 40.0 % on 2018-01-01, the only day there is.", "Adhésion (personnalisation)~: 40,0~% le 2018-01-01, le seul jour connu."},
		{trend(math.NaN()), "Opt-in to personalisation over time: no rate can be shown.", "Adhésion dans le temps (personnalisation)~: aucun taux ne peut être montré."},
		{queries.Trend{Missing: queries.NoDates}, "Nothing to show: the data has no dates.", "Rien à montrer~: les données n’ont pas de dates."},
	} {
		if got := en.TrendHeadline(c.t); got != c.english {
			t.Errorf("got  %s\nwant %s", got, c.english)
		}
		if got, want := fr.TrendHeadline(c.t), nb(c.quebec); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// What the headline of a trend says is true of its points.
func TestTrendSummaryIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(0, 1), rapid.Just(math.NaN())), 1, 12).Draw(t, "rates")
		s, ok := SummariseTrend(trend(rates...))
		there := slices.DeleteFunc(slices.Clone(rates), math.IsNaN)
		if ok != (len(there) > 0) {
			t.Fatalf("said %v of %v", ok, rates)
		}
		if !ok {
			return
		}
		if s.From.Rate != there[0] || s.To.Rate != there[len(there)-1] || s.Lowest.Rate != slices.Min(there) || s.Highest.Rate != slices.Max(there) {
			t.Fatalf("%+v of %v", s, rates)
		}
		largest := 0.0
		for i := 1; i < len(there); i++ {
			largest = max(largest, math.Abs(there[i]-there[i-1]))
		}
		if math.Abs(s.Step()) != largest {
			t.Fatalf("step %v of %v, want %v", s.Step(), rates, largest)
		}
		for _, at := range []TrendAt{s.From, s.To, s.Lowest, s.Highest} {
			day := int(at.At.Time().Sub(queries.Date("2018-01-01").Time()).Hours()) / 24
			if rates[day/7] != at.Rate {
				t.Fatalf("%v is not of that day in %v", at, rates)
			}
		}
	})
}

func TestProvenance(t *testing.T) {
	en, fr := printers()
	v := queries.Provenance{Title: "Boréal", Synthetic: true, AsOf: "2018-12-31", Customers: queries.Known[int64](20000), MinCell: 11, WindowDays: 14}
	bare := queries.Provenance{Customers: queries.Missing[int64](queries.SmallCell)}
	for _, c := range [][2]string{
		{en.Provenance(v), "Synthetic data · Boréal · as of 2018-12-31 · 20,000 customers · figures on fewer than 11 people withheld"},
		{fr.Provenance(v), nb("Données synthétiques · Boréal · au 2018-12-31 · 20~000 clients · chiffres sur moins de 11 personnes masqués")},
		{en.ProvenanceShort(v), "Synthetic · Boréal · 2018-12-31"},
		{en.Provenance(bare), "undated"},
		{en.ProvenanceShort(bare), "undated"},
		{en.Window(v), "Outcomes within 14 days of the assignment, of all customers assigned, whether reached or not."},
		{fr.Window(v), "Résultats dans les 14 jours suivant l’attribution, sur tous les clients attribués, joints ou non."},
		{en.Filter(queries.Filter{}), "No filter: everyone, all dates"},
		{fr.Filter(queries.Filter{Since: "2018-01-01"}), nb("Filtre~: since=2018-01-01")},
	} {
		if c[0] != c[1] {
			t.Errorf("got  %s\nwant %s", c[0], c[1])
		}
	}
}

func TestAttention(t *testing.T) {
	en, fr := printers()
	few, many := queries.Missing[int64](queries.SmallCell), queries.Known[int64](40300)
	for _, c := range []struct {
		a               queries.Attention
		english, quebec string
	}{
		{queries.Attention{Kind: queries.RowsRejected, Input: "consents", N: queries.Known[int64](12), Of: many},
			"File consents: 12 of 40,300 rows were rejected and are not counted.",
			"Fichier des consentements~: 12 lignes sur 40~300 ont été rejetées et ne sont pas comptées."},
		{queries.Attention{Kind: queries.SplitWrong, Campaign: "Spring", P: queries.Known(0.00001)},
			"Spring: the split went wrong (p < 0.001), so there is no verdict.",
			"Spring~: la répartition est faussée (p~<~0,001), donc aucune conclusion."},
		{queries.Attention{Kind: queries.TooSmallToTell, Campaign: "Spring", Arm: "values", Metric: queries.Visit, Detectable: queries.Known(0.012)},
			"Spring: too small to tell for values on the visit rate; only a difference of 1.20 pp or more would be seen four times out of five.",
			"Spring~: trop peu de données pour conclure pour le groupe «~valeurs~» sur le taux de visite; seul un écart de 1,20~pp ou plus serait décelé quatre fois sur cinq."},
		{queries.Attention{Kind: queries.StillImmature, Campaign: "Spring", N: few, Of: many},
			"Spring: fewer than 11 of 40,300 assignments are still in their outcome window and are left out.",
			"Spring~: moins de 11 attributions sur 40~300 sont encore dans leur fenêtre de résultat et sont exclues."},
		{queries.Attention{Kind: queries.StillImmature, Campaign: "Spring", N: few, Of: few},
			"Spring: fewer than 11 assignments are still in their outcome window and are left out.",
			"Spring~: moins de 11 attributions sont encore dans leur fenêtre de résultat et sont exclues."},
		{queries.Attention{Kind: queries.OutcomeAbsent, Campaign: "Spring", Arm: "holdout", Metric: queries.Visit},
			"Spring: holdout has no record of the visit rate at all, which is missing, not zero.",
			"Spring~: le groupe «~sans envoi~» n’a aucune donnée sur le taux de visite~: manquant, et non zéro."},
		{queries.Attention{Kind: queries.InTwoArms, Campaign: "Spring", N: queries.Missing[int64](queries.Complement), Of: many},
			"Spring: some of 40,300 customers were in two arms and are left out of both.",
			"Spring~: quelques clients sur 40~300 étaient dans deux groupes et sont exclus des deux."},
		{queries.Attention{Kind: queries.InTwoArms, Campaign: "Spring", N: few},
			"Spring: fewer than 11 customers were in two arms and are left out of both.",
			"Spring~: moins de 11 clients étaient dans deux groupes et sont exclus des deux."},
	} {
		if got := en.Attention(c.a); got != c.english {
			t.Errorf("got  %s\nwant %s", got, c.english)
		}
		if got, want := fr.Attention(c.a), nb(c.quebec); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func ExamplePrinter_Verdict() {
	fmt.Println(New(English).VerdictShort(mens()))
	// Output: higher
}
