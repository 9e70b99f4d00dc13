package report

import (
	"context"
	"math"

	"accord/queries"
	"accord/queries/stats"
)

func (f fake) Consent(context.Context, queries.Filter, queries.Choice) (queries.Consent, error) {
	return f.consent, f.err
}

// someConsent is two years of a purpose that most of those asked refuse: exits
// double in March 2018, entries in the summer after a new notice.
func someConsent() queries.Consent {
	a := noConsent("")
	a.Choice, a.Choices = queries.Choice{By: queries.ByPurpose}, queries.Choices{By: []string{queries.ByPurpose, queries.ByChannel, "region"}}
	a.Purpose, a.Since, a.Until = "personalisation", "2016-12-31", "2018-12-31"
	a.Course.Marks = []queries.Mark{
		{Day: "2018-02-06", Kind: queries.CampaignMark, Label: "Winter sale"},
		{Day: "2018-03-17", Kind: queries.NewsMark, Label: "Cambridge Analytica"},
		{Day: "2018-07-03", Kind: queries.NoticeMark, Label: "v3"},
	}
	known, opted := int64(48000), int64(16200)
	main := queries.ConsentGroup{Name: a.Purpose}
	mail := queries.ConsentGroup{Name: "email_marketing"}
	last := queries.Date("2017-01-01")
	for i := range 52 {
		step := queries.CourseStep{From: last, At: last.AddDays(14), Entries: 160, Exits: 90}
		switch {
		case step.At > "2018-03-17" && step.At < "2018-04-12":
			step.Exits = 240
		case step.At > "2018-07-03" && step.At < "2018-09-01":
			step.Entries = 410
		}
		known, opted, last = known+220, opted+step.Entries-step.Exits, step.At
		step.Rate = consentRate(opted, known)
		a.Course.Steps = append(a.Course.Steps, step)
		main.Points = append(main.Points, queries.ConsentPoint{At: last, Rate: step.Rate, Contactable: consentRate(2400-int64(i)*20, known)})
		mail.Points = append(mail.Points, queries.ConsentPoint{At: last, Rate: consentRate(opted+2000, known), Contactable: consentRate(9000, known)})
		a.Mix.Points = append(a.Mix.Points, queries.MixPoint{At: last, Crude: float64(opted) / float64(known), Adjusted: float64(opted)/float64(known) - float64(i)/5000})
	}
	main.Change, mail.Change = queries.Known(0.0312), queries.Known(0.0125)
	sms := queries.ConsentGroup{Name: "sms_marketing", Points: []queries.ConsentPoint{}, Change: queries.Missing[float64](queries.SmallCell), Why: queries.SmallCell}
	a.Over = []queries.ConsentGroup{mail, main, sms}
	a.Course.Widened = true
	first, end := a.Mix.Points[0], a.Mix.Points[51]
	a.Mix.Missing, a.Mix.Dimension, a.Mix.Tried, a.Mix.Strata = "", "region", 3, 5
	a.Mix.Crude, a.Mix.Adjusted = end.Crude-first.Crude, end.Adjusted-first.Adjusted
	a.Compared = 4
	around := queries.Around{Day: "2018-03-17", Marks: a.Course.Marks[1:2], BeforeFrom: "2018-02-11", Turn: "2018-03-11", AfterUntil: "2018-04-08", Entries: consentTurn(320, 321, 207), Exits: consentTurn(180, 480, 207)}
	notice := queries.Around{Day: "2018-07-03", Marks: a.Course.Marks[2:], BeforeFrom: "2018-06-03", Turn: "2018-07-01", AfterUntil: "2018-07-29", Entries: consentTurn(320, 820, 221), Exits: consentTurn(180, 175, 221)}
	early := queries.Around{Day: "2018-02-06", Marks: a.Course.Marks[:1], Missing: queries.SmallCell}
	a.Around = []queries.Around{early, around, notice}

	f := &a.Funnel
	f.Missing, f.Since, f.Until, f.Waiting, f.Newer, f.Older, f.Reversed = "", "2017-01-01", "2018-12-31", queries.Known[int64](143), "v3", "v2", true
	for _, r := range []struct {
		method, notice      string
		asked, answers, yes int64
	}{{"link", "v2", 6000, 1500, 900}, {"link", "v3", 9000, 1800, 850}, {"form", "v2", 4000, 2200, 1440}, {"form", "v3", 900, 610, 441}, {"", "v2", 10000, 3700, 2340}, {"", "v3", 9900, 2410, 1291}} {
		f.Rows = append(f.Rows, queries.FunnelRow{Notice: r.notice, Mechanism: "opt_in", Method: r.method, All: r.method == "", Requests: queries.Known(r.asked), Answered: consentRate(r.answers, r.asked), OptedIn: consentRate(r.yes, r.asked)})
	}
	f.Crude = consentFigure(stats.ShareDifference(stats.Proportion{Successes: 1291, N: 9900}, stats.Proportion{Successes: 2340, N: 10000}, 0.95))
	for i, method := range []string{"link", "form"} {
		older, newer := f.Rows[2*i], f.Rows[2*i+1]
		of := func(r queries.FunnelRow) stats.Proportion {
			yes, _ := r.OptedIn.Numerator.Value()
			n, _ := r.Requests.Value()
			return stats.Proportion{Successes: yes, N: n}
		}
		f.Within = append(f.Within, queries.MethodContrast{Method: method, Older: older.OptedIn, Newer: newer.OptedIn, Change: consentFigure(stats.ShareDifference(of(newer), of(older), 0.975))})
	}
	f.Adjusted = queries.Known(queries.Estimate{Value: 0.0041, Low: -0.0052, High: 0.0134, Level: 0.95, Method: stats.MethodMantelHaenszel})

	a.Lasting.Missing = ""
	for _, x := range []struct {
		name string
		ends int64
	}{{"email_marketing", 60}, {"personalisation", 210}} {
		g := queries.LastingGroup{Name: x.name, People: queries.Known[int64](12000), Ended: queries.Known(x.ends * 26), Points: []queries.LastingPoint{}}
		var table []stats.Lifetime
		for step := range 26 {
			table = append(table, stats.Lifetime{Time: float64(step + 1), Events: x.ends, Censored: 12000/26 - x.ends})
		}
		points, _ := stats.KaplanMeier(table, 0.95)
		for _, y := range points {
			g.Points = append(g.Points, queries.LastingPoint{Days: int(y.Time) * 28, Share: y.Survival, Band: consentFigure(y.Band)})
		}
		g.Year = g.Points[12].Band
		g.Median = consentFigure(stats.MedianSurvival(points))
		if e, ok := g.Median.Value(); ok {
			g.Median = queries.Known(queries.Estimate{Value: e.Value * 28, Low: e.Low * 28, High: e.High * 28, Level: e.Level, Method: e.Method})
		}
		a.Lasting.Groups = append(a.Lasting.Groups, g)
	}
	a.Expiring = queries.Expiring{At: "2018-12-31", Rows: []queries.ExpiringRow{
		{Purpose: "email_marketing", Basis: "implied", Valid: queries.Known[int64](4829), Within: [3]queries.Count{queries.Known[int64](72), queries.Known[int64](230), queries.Known[int64](1235)}},
		{Purpose: "email_marketing", Basis: "any", Valid: queries.Known[int64](11955), Within: [3]queries.Count{queries.Missing[int64](queries.Complement), queries.Known[int64](200), queries.Known[int64](1082)}},
	}}
	return a
}

// noConsent is the answer where nothing can be said.
func noConsent(why queries.Reason) queries.Consent {
	return queries.Consent{
		Choice: queries.Choice{By: queries.ByPurpose}, Choices: queries.Choices{By: []string{queries.ByPurpose, queries.ByChannel}},
		Missing: why, NoOver: why, Over: []queries.ConsentGroup{}, Around: []queries.Around{},
		Course:   queries.Course{Missing: why, Steps: []queries.CourseStep{}, Marks: []queries.Mark{}},
		Mix:      queries.Mix{Missing: why, Points: []queries.MixPoint{}},
		Funnel:   queries.Funnel{Missing: why, Days: 30, Rows: []queries.FunnelRow{}, Within: []queries.MethodContrast{}},
		Lasting:  queries.Lasting{Missing: why, StepDays: 28, Groups: []queries.LastingGroup{}},
		Expiring: queries.Expiring{Missing: why, Rows: []queries.ExpiringRow{}},
	}
}

// nastyConsent is some consent with the name wherever data names something.
func nastyConsent(name string) queries.Consent {
	a := someConsent()
	a.Choice.By, a.Purpose = name, name
	for i := range a.Over {
		a.Over[i].Name = name
	}
	for i := range a.Course.Marks {
		a.Course.Marks[i].Label = name // the days around share them
	}
	for i := range a.Funnel.Rows {
		r := &a.Funnel.Rows[i]
		r.Notice, r.Mechanism, r.Method = name, name, name
	}
	for i := range a.Funnel.Within {
		a.Funnel.Within[i].Method = name
	}
	for i := range a.Lasting.Groups {
		a.Lasting.Groups[i].Name = name
	}
	for i := range a.Expiring.Rows {
		a.Expiring.Rows[i].Purpose = name
	}
	a.Mix.Dimension, a.Funnel.Newer, a.Funnel.Older = name, name, name
	return a
}

func consentRate(n, of int64) queries.Rate {
	return queries.Rate{Numerator: queries.Known(n), Denominator: queries.Known(of), Estimate: consentFigure(stats.Share(stats.Proportion{Successes: n, N: of}, 0.95))}
}

func consentFigure(r stats.Result) queries.Figure[queries.Estimate] {
	e, why := r.Estimate()
	if why != "" {
		return queries.Missing[queries.Estimate](queries.Reason(why))
	}
	short := func(x float64) float64 { return math.Round(x*1e6) / 1e6 }
	return queries.Known(queries.Estimate{Value: short(e.Value), Low: short(e.Low), High: short(e.High), Level: e.Level, Method: e.Method})
}

// consentTurn is a flow before and after a day among so many thousand a month.
func consentTurn(before, after int64, exposure float64) queries.Turned {
	a, b := stats.EventRate{Events: after, Exposure: exposure}, stats.EventRate{Events: before, Exposure: exposure}
	p, _ := stats.RateP(a, b)
	return queries.Turned{
		Before: queries.Known(before), After: queries.Known(after),
		RateBefore: queries.Known(math.Round(float64(before)/exposure*1e6) / 1e6), RateAfter: queries.Known(math.Round(float64(after)/exposure*1e6) / 1e6),
		Change: consentFigure(stats.RateRatio(a, b, 1-0.05/4)), P: queries.Known(math.Round(math.Min(1, 4*p)*1e6) / 1e6),
	}
}
