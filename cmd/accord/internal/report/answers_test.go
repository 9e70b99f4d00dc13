package report

import (
	"context"
	"math"

	"accord/queries"
	"accord/queries/stats"
	"accord/tui/panel/example"
)

// fake answers with what it holds.
type fake struct {
	provenance queries.Provenance
	overview   queries.Overview
	campaigns  []fakeCampaign // of the Lift screen; none where nil
	wrong      string         // the one whose split went wrong
	changed    func(*queries.Lift)
	data       queries.Data
	segments   queries.Segments
	consent    queries.Consent
	engagement queries.Engagement
	trust      queries.Trust
	audit      queries.Audit
	err        error
}

func (f fake) Trust(context.Context, queries.Filter, queries.Choice) (queries.Trust, error) {
	return f.trust, f.err
}

func (f fake) Audit(context.Context, queries.Filter) (queries.Audit, error) { return f.audit, f.err }

func (f fake) Data(context.Context) (queries.Data, error) { return f.data, f.err }

func someData() queries.Data {
	return queries.Data{
		Sources: []queries.Source{
			{Input: "customers", Name: "customers.csv.gz", Read: count(20002), Loaded: count(20000), Rejected: 2, Rules: []queries.Rejects{{Rule: "duplicate", Column: "customer_id", Rows: 2}}},
			{Input: "consents", Name: "exports/consents-*.parquet", Read: count(412345), Loaded: count(412345), Rules: []queries.Rejects{}},
		},
		Tables:     []queries.StoreTable{{Name: "consents", Rows: count(412345)}, {Name: "customers", Rows: count(20000)}, {Name: "lift", RollUp: true, Rows: count(48197)}},
		Dimensions: []queries.DimensionUse{{Name: "region", Fixed: true, Values: 5}, {Name: "age_band", Values: 6}},
		Segments:   60, WindowDays: 14, StoreVersion: 1, DuckDB: "v1.5.6",
	}
}

func noData() queries.Data {
	return queries.Data{Sources: []queries.Source{}, Tables: []queries.StoreTable{}, Dimensions: []queries.DimensionUse{}}
}

func (f fake) Provenance() queries.Provenance { return f.provenance }

func (f fake) Overview(context.Context, queries.Filter) (queries.Overview, error) {
	return f.overview, f.err
}

func (f fake) Lift(_ context.Context, _ queries.Filter, c queries.Choice) (queries.Lift, error) {
	if f.campaigns == nil || f.err != nil {
		return queries.Lift{Missing: queries.NoInput, Comparisons: []queries.Comparison{}, Campaigns: []queries.CampaignLift{},
			Arm: queries.ArmLift{Guardrails: []queries.Comparison{}}, Cut: queries.Cut{Rows: []queries.CutRow{}}, Pool: queries.Pool{Rows: []queries.PoolRow{}}}, f.err
	}
	l := fakeLift(f.campaigns, c, f.wrong, "")
	if f.changed != nil {
		f.changed(&l)
	}
	return l, nil
}

const level = 0.95

func count(n int64) queries.Count { return queries.Known(n) }

func withheld[T any]() queries.Figure[T] { return queries.Missing[T](queries.SmallCell) }

func complement[T any]() queries.Figure[T] { return queries.Missing[T](queries.Complement) }

func figure(r stats.Result) queries.Figure[queries.Estimate] {
	e, why := r.Estimate()
	if why != "" {
		return queries.Missing[queries.Estimate](queries.Reason(why))
	}
	e.Value, e.Low, e.High = round(e.Value), round(e.Low), round(e.High)
	return queries.Known(e)
}

// round keeps the last digits, which differ between machines, out of goldens.
func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }

func rate(n, d int64) queries.Rate {
	return queries.Rate{Numerator: count(n), Denominator: count(d), Estimate: figure(stats.Share(stats.Proportion{Successes: n, N: d}, level))}
}

func withheldRate(d int64) queries.Rate {
	return queries.Rate{Numerator: withheld[int64](), Denominator: count(d), Estimate: withheld[queries.Estimate]()}
}

// versus compares shares as the queries do.
func versus(campaign, arm, control string, m queries.Metric, x1, n1, x0, n0 int64) queries.Comparison {
	a, b := stats.Proportion{Successes: x1, N: n1}, stats.Proportion{Successes: x0, N: n0}
	c := queries.Comparison{
		Campaign: campaign, Name: campaign, Arm: arm, Control: control, Metric: m,
		Difference: figure(stats.ShareDifference(a, b, level)), Relative: figure(stats.ShareRatio(a, b, level)),
		Detectable: queries.Known(0.0084),
	}
	if x, why := stats.ShareP(a, b); why == "" {
		c.P = queries.Known(round(x))
	}
	e, ok := c.Difference.Value()
	switch {
	case !ok:
		c.Verdict = queries.CannotCompute
	case e.Low > 0:
		c.Verdict = queries.Higher
	case e.High < 0:
		c.Verdict = queries.Lower
	default:
		c.Verdict = queries.TooSmall
	}
	return c
}

func boreal() queries.Provenance {
	return queries.Provenance{Title: "Boréal", Synthetic: true, AsOf: "2018-12-31", Zone: "America/Toronto", Customers: count(20000), MinCell: 11, WindowDays: 14, Version: "test"}
}

func weeks(n int) queries.Trend {
	t := queries.Trend{Purpose: "personalisation", Widened: true}
	for i := range n {
		share := 0.40 + 0.02*math.Sin(float64(i)/9)
		if i >= n/2 {
			share -= 0.03
		}
		t.Points = append(t.Points, queries.TrendPoint{
			At: queries.Date("2017-01-01").AddDays(7 * i), Rate: rate(int64(share*19000), 19000), Entries: count(int64(60 + i%7)), Exits: count(int64(52 + i%5)),
		})
	}
	t.Points[0].Entries, t.Points[0].Exits = queries.Missing[int64](queries.NotAsked), queries.Missing[int64](queries.NotAsked)
	return t
}

// someCampaigns are three, latest first; the split of spring went wrong.
func someCampaigns() []fakeCampaign {
	return []fakeCampaign{
		{"trust", "Step by step", "app", "2018-09-10", []fakeArm{{"generic", 2000, .060}, {"transparency", 2000, .066}}},
		{"spring", "Spring 2018", "email", "2018-04-03", []fakeArm{{"generic", 3000, .080}, {"personalised", 2580, .110}}},
		{"winter", "Winter 2018", "email", "2018-01-15", []fakeArm{{"generic", 9000, .070}, {"personalised", 9000, .095}, {"transparency", 9000, .081}}},
	}
}

// someLifts are comparisons of the e-mail challenge.
func someLifts() []queries.Comparison {
	const name, none, mens, womens = "MineThatData", "No E-Mail", "Mens E-Mail", "Womens E-Mail"
	return []queries.Comparison{
		versus(name, mens, none, queries.Visit, 3894, 21307, 2262, 21306),
		versus(name, womens, none, queries.Visit, 3238, 21387, 2262, 21306),
		versus(name, mens, none, queries.Conversion, 267, 21307, 122, 21306),
	}
}

func rich() fake {
	return fake{
		provenance: boreal(),
		overview: queries.Overview{
			Stance: queries.Stance{
				N: count(2400), EffectiveN: queries.Known(2104.2), Willing: rate(1272, 2400), NotWilling: rate(1128, 2400),
				Sceptical: rate(716, 2400), Undecided: rate(412, 2400), Since: "2018-09-03", Until: "2018-10-14",
			},
			OptIn: []queries.PurposeRate{
				{Purpose: "email_marketing", At: "2018-12-31", Before: "2017-12-31", Rate: rate(11002, 19034), Contactable: rate(2100, 19034), BeforeRate: rate(10000, 18000), Change: queries.Known(0.0224)},
				{Purpose: "personalisation", At: "2018-12-31", Before: "2017-12-31", Rate: rate(7812, 19034), Contactable: rate(310, 19034), BeforeRate: rate(7600, 18000), Change: queries.Known(-0.0123)},
				{Purpose: "location", At: "2018-12-31", Before: "2017-12-31", Rate: withheldRate(19034), Contactable: rate(0, 19034), BeforeRate: withheldRate(19034), Change: complement[float64]()},
			},
			Paradox:  queries.Paradox{Purpose: "personalisation", At: "2018-10-14", Gap: queries.Known(queries.Estimate{Value: 0.12, Low: 0.098, High: 0.142, Level: 0.95, Method: "wilson"})},
			Trend:    weeks(104),
			Lifts:    someLifts(),
			LiftRule: queries.Rule{Compared: 9, Found: 3, Level: level, Policy: queries.FixedHorizon},
			Attention: []queries.Attention{
				{Kind: queries.SplitWrong, Campaign: "Spring 2018", P: queries.Known(2e-8)},
				{Kind: queries.InTwoArms, Campaign: "Spring 2018", N: count(14)},
				{Kind: queries.StillImmature, Campaign: "Spring 2018", N: count(240), Of: count(5580)},
				{Kind: queries.TooSmallToTell, Campaign: "Step by step", Arm: "transparency", Metric: queries.Conversion, Detectable: queries.Known(0.0151)},
				{Kind: queries.RowsRejected, Input: "consents", N: count(12), Of: count(40300)},
			},
		},
		data:      someData(),
		campaigns: someCampaigns(), wrong: "spring",
		segments: richSegments(), consent: someConsent(), engagement: richEngagement(),
		trust: example.Trust(), audit: example.Audit(),
	}
}

// bare is a store of customers alone.
func bare() fake {
	return fake{
		provenance: queries.Provenance{Zone: "UTC", Customers: count(0), MinCell: 11, WindowDays: 14},
		overview: queries.Overview{
			Stance: queries.Stance{Missing: queries.NoInput}, NoOptIn: queries.NoInput, Trend: queries.Trend{Missing: queries.NoDates, Points: []queries.TrendPoint{}}, NoLifts: queries.NoInput,
			OptIn: []queries.PurposeRate{}, Lifts: []queries.Comparison{}, Attention: []queries.Attention{},
		},
		data:     noData(),
		segments: noSegments(), consent: noConsent(queries.NoInput), engagement: noEngagement(queries.NoInput),
		trust: example.NoTrust(queries.NoInput), audit: example.NoAudit(queries.NoInput),
	}
}

// few is a store about few people, where most is withheld.
func few() fake {
	return fake{
		provenance: queries.Provenance{Title: "Pilot", AsOf: "2018-06-30", Customers: count(60), MinCell: 11, WindowDays: 14},
		overview: queries.Overview{
			Stance: queries.Stance{N: count(24), EffectiveN: queries.Known(24.0), Willing: queries.Rate{Numerator: complement[int64](), Denominator: count(24), Estimate: complement[queries.Estimate]()}, NotWilling: withheldRate(24)},
			OptIn:  []queries.PurposeRate{{Purpose: "personalisation", At: "2018-06-30", Before: "2017-06-30", Rate: withheldRate(60), Contactable: withheldRate(60), BeforeRate: withheldRate(60), Change: withheld[float64]()}},
			Trend:  queries.Trend{Missing: queries.SmallCell, Points: []queries.TrendPoint{}},
			Lifts:  []queries.Comparison{},
			Attention: []queries.Attention{
				{Kind: queries.InTwoArms, Campaign: "Pilot", N: withheld[int64]()},
			},
		},
		data:      noData(),
		campaigns: []fakeCampaign{{"pilot", "Pilot", "", "", []fakeArm{{"holdout", 30, .2}, {"values", 30, .2}}}},
		changed: func(l *queries.Lift) {
			for i := range l.Comparisons {
				mute(&l.Comparisons[i], queries.Withheld, queries.SmallCell)
			}
			l.Rule = queries.Rule{Level: level, Policy: queries.FixedHorizon}
			l.Campaigns[0].InTwoArms = withheld[int64]()
			for i := range l.Campaigns[0].Arms {
				a := &l.Campaigns[0].Arms[i]
				a.Assigned = complement[int64]()
				for j := range a.Outcomes {
					a.Outcomes[j] = queries.Outcome{Metric: a.Outcomes[j].Metric, N: count(30), People: withheld[int64](), Total: withheld[float64](), Value: withheld[queries.Estimate]()}
				}
			}
			mute(&l.Arm.Comparison, queries.Withheld, queries.SmallCell)
			l.Arm.Guardrails, l.Arm.CUPED = []queries.Comparison{}, queries.CUPED{Difference: withheld[queries.Estimate]()}
			l.Cut, l.Pool = queries.Cut{By: l.Cut.By, Missing: queries.SmallCell, Rows: []queries.CutRow{}}, queries.Pool{Rows: []queries.PoolRow{}}
		},
		segments: noSegments(), consent: noConsent(queries.SmallCell), engagement: noEngagement(queries.SmallCell),
		trust: example.NoTrust(queries.SmallCell), audit: example.Audit(),
	}
}

// nasty are names that try to move the cursor, hide, reorder or be too wide.
const nasty = "<b>&\x1b[31mred\x1b]0;title\x07 \u202egnp.exe\u2066 \u009b2J line\nbreak\ttab 顧客データ 👩‍👩‍👧 e\u0301\u0301 \xff \U000e0041 a_very_long_name_without_any_space_in_it_that_goes_on_and_on_and_on_beyond_any_width"

// hostile is rich with nasty names wherever data names something.
func hostile() fake {
	f := rich()
	f.provenance.Title = nasty
	f.segments, f.consent, f.engagement = nastySegments(nasty), nastyConsent(nasty), nastyEngagement(nasty)
	f.trust, f.audit = example.NastyTrust(nasty), example.NastyAudit(nasty)
	f.overview.Trend.Purpose = nasty
	for i := range f.data.Sources {
		f.data.Sources[i].Name = nasty
	}
	f.data.Dimensions[0].Name = nasty
	for i := range f.overview.OptIn {
		f.overview.OptIn[i].Purpose = nasty
	}
	for i := range f.overview.Lifts {
		c := &f.overview.Lifts[i]
		c.Campaign, c.Name, c.Arm, c.Control, c.Content = nasty, nasty, nasty, nasty, nasty
	}
	for i := range f.overview.Attention {
		a := &f.overview.Attention[i]
		a.Campaign, a.Arm, a.Input = nasty, nasty, nasty
	}
	for i := range f.campaigns {
		c := &f.campaigns[i]
		c.id, c.name, c.channel = nasty+c.id, nasty, nasty
		for j := range c.arms {
			c.arms[j].name = nasty + c.arms[j].name
		}
	}
	return f
}
