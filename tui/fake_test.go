package tui

import (
	"context"
	"errors"
	"fmt"
	"math"

	"accord/queries"
	"accord/queries/stats"
	"accord/tui/panel/example"
)

// fakeQuestions answer at once with what they hold. Hooks stand in for queries
// that are slow or fail.
type fakeQuestions struct {
	provenance queries.Provenance
	dimensions []queries.Dimension
	purposes   []string
	overview   queries.Overview
	campaigns  []fakeCampaign      // of the Lift screen; none where nil
	changed    func(*queries.Lift) // its answer
	data       queries.Data
	segments   queries.Segments
	consent    queries.Consent
	engagement queries.Engagement
	trust      queries.Trust
	audit      queries.Audit
	before     func(context.Context, queries.Filter) error
}

func (q fakeQuestions) Provenance() queries.Provenance { return q.provenance }
func (q fakeQuestions) Vocabulary() queries.Vocabulary {
	return queries.Vocabulary{Dimensions: q.dimensions, Purposes: q.purposes}
}

func (q fakeQuestions) Overview(ctx context.Context, f queries.Filter) (queries.Overview, error) {
	if q.before != nil {
		if err := q.before(ctx, f); err != nil {
			return queries.Overview{}, err
		}
	}
	return q.overview, nil
}

func (q fakeQuestions) Lift(ctx context.Context, f queries.Filter, c queries.Choice) (queries.Lift, error) {
	if q.before != nil {
		if err := q.before(ctx, f); err != nil {
			return queries.Lift{}, err
		}
	}
	if q.campaigns == nil {
		return queries.Lift{Missing: queries.NoInput}, nil
	}
	l := fakeLift(q.campaigns, c, "c09", "c12")
	if q.changed != nil {
		q.changed(&l)
	}
	return l, nil
}

// fakeRows are what any statement returns.
func (q fakeQuestions) Run(_ context.Context, statement string) (queries.Rows, error) {
	if statement == "SELECT wrong" {
		return queries.Rows{}, errors.New("Binder Error: wrong")
	}
	return queries.Rows{Statement: statement, Columns: []string{"region", "n"}, Cells: [][]string{{"QC", "5"}, {"ON", "1234"}, {"NULL", "NULL"}}}, nil
}

func (q fakeQuestions) KeyCheck() string { return "check" }

func (q fakeQuestions) StoredTables(context.Context) ([]queries.StoredTable, error) {
	return []queries.StoredTable{{Name: "customers", Columns: []string{"customer", "pseudonym", "segment"}}, {Name: "segments", Columns: []string{"segment_id", "people", "Region"}}}, nil
}

func (q fakeQuestions) Data(context.Context) (queries.Data, error) { return q.data, nil }

// richQuestions are an invented retailer with something of everything.
func richQuestions() fakeQuestions {
	lift := fakeLift(richCampaigns(), queries.Choice{}, "c09", "c12")
	return fakeQuestions{
		provenance: queries.Provenance{
			Title: "Boréal", Synthetic: true, AsOf: "2018-12-31", Zone: "America/Montreal",
			Customers: queries.Known[int64](60000), MinCell: 11, WindowDays: 14, Version: "1.0.0",
		},
		dimensions: []queries.Dimension{
			{Name: "region", Fixed: true, Values: []string{"QC", "ON", "BC", "AB", "New Brunswick"}, People: peopleOf(24000, 18000, 9000, 8989, 0)},
			{Name: "age_band", Fixed: true, Values: []string{"25-34", "35-44", "45-54", "18-24", "55-64", "65+"}},
			{Name: "language", Values: []string{"fr", "en"}},
		},
		purposes: []string{"email_marketing", "open_tracking", "partner_sharing", "personalisation", "profiling"},
		overview: queries.Overview{
			Stance:    richStance(),
			OptIn:     richOptIn(),
			Paradox:   queries.Paradox{Purpose: "personalisation", At: "2018-10-14", Gap: queries.Known(queries.Estimate{Value: 0.12, Low: 0.098, High: 0.142, Level: 0.95, Method: "wilson"})},
			Trend:     richTrend(),
			Lifts:     strongestOf(lift),
			LiftRule:  lift.Rule,
			Attention: richAttention(),
		},
		campaigns: richCampaigns(),
		data:      richData(),
		segments:  richSegments(), consent: someConsent(), engagement: richEngagement(),
		trust: example.Trust(), audit: example.Audit(),
	}
}

// peopleOf are counts; 0 is one that is withheld.
func peopleOf(counts ...int64) []queries.Count {
	var out []queries.Count
	for _, n := range counts {
		c := queries.Known(n)
		if n == 0 {
			c = queries.Missing[int64](queries.SmallCell)
		}
		out = append(out, c)
	}
	return out
}

func richData() queries.Data {
	return queries.Data{
		Sources: []queries.Source{
			{Input: "customers", Name: "customers.csv.gz", Read: queries.Known[int64](60002), Loaded: queries.Known[int64](60000), Rejected: 2, Rules: []queries.Rejects{{Rule: "duplicate", Column: "customer_id", Rows: 2}}},
			{Input: "consents", Name: "exports/consents-*.parquet", Read: queries.Known[int64](412345), Loaded: queries.Known[int64](412345), Rules: []queries.Rejects{}},
		},
		Tables: []queries.StoreTable{
			{Name: "assignments", Rows: queries.Known[int64](153657)}, {Name: "consents", Rows: queries.Known[int64](412345)},
			{Name: "customers", Rows: queries.Known[int64](60000)}, {Name: "lift", RollUp: true, Rows: queries.Known[int64](48197)},
		},
		Dimensions: []queries.DimensionUse{{Name: "region", Fixed: true, Values: 5}, {Name: "age_band", Fixed: true, Values: 6}, {Name: "language", Values: 2}},
		Segments:   60, WindowDays: 14, StoreVersion: 1, DuckDB: "v1.5.6",
	}
}

func shareOf(n, of int64) queries.Rate {
	e, why := stats.Share(stats.Proportion{Successes: n, N: of}, 0.95).Estimate()
	if why != "" {
		return queries.Rate{Numerator: queries.Known(n), Denominator: queries.Known(of), Estimate: queries.Missing[queries.Estimate](queries.Reason(why))}
	}
	return queries.Rate{Numerator: queries.Known(n), Denominator: queries.Known(of), Estimate: queries.Known(e)}
}

func richStance() queries.Stance {
	return queries.Stance{
		N: queries.Known[int64](2003), EffectiveN: queries.Known(1871.4),
		Willing: shareOf(1062, 2003), NotWilling: shareOf(941, 2003),
		Sceptical: shareOf(585, 2003), Undecided: shareOf(356, 2003),
		Since: "2018-04-03", Until: "2018-06-29",
	}
}

func richOptIn() []queries.PurposeRate {
	var rates []queries.PurposeRate
	for _, r := range []struct {
		purpose                string
		now, contactable, then int64
	}{
		{"email_marketing", 37211, 8412, 36480},
		{"personalisation", 24604, 0, 25820},
		{"open_tracking", 17988, 0, 18650},
		{"profiling", 13190, 0, 13120},
		{"partner_sharing", 5421, 0, 6988},
	} {
		rates = append(rates, queries.PurposeRate{
			Purpose: r.purpose, At: "2018-12-31", Rate: shareOf(r.now, 60000), Contactable: shareOf(r.contactable, 60000),
			Before: "2017-12-31", BeforeRate: shareOf(r.then, 57310),
			Change: queries.Known(float64(r.now)/60000 - float64(r.then)/57310),
		})
	}
	return rates
}

// richTrend is two years of weeks: a slow rise, a fall in March 2018, and a
// wave of new consents at the end of May.
func richTrend() queries.Trend {
	t := queries.Trend{Purpose: "personalisation"}
	known, opted := int64(48000), int64(20300)
	for d := queries.Date("2017-01-01"); d <= "2018-12-31"; d = d.AddDays(7) {
		week := len(t.Points)
		entries := 165 + int64(40*math.Sin(float64(week)/4))
		exits := 118 + int64(25*math.Cos(float64(week)/5))
		switch {
		case d >= "2018-03-17" && d < "2018-04-07":
			exits = exits*3 + 240
		case d >= "2018-05-20" && d < "2018-06-10":
			entries += 310
		}
		known += 115
		opted += entries - exits
		t.Points = append(t.Points, queries.TrendPoint{
			At: d, Rate: shareOf(opted, known), Entries: queries.Known(entries), Exits: queries.Known(exits),
		})
	}
	return t
}

func richAttention() []queries.Attention {
	return []queries.Attention{
		{Kind: queries.SplitWrong, Campaign: "Loyalty week", P: queries.Known(1.6e-9)},
		{Kind: queries.RowsRejected, Input: "consents", N: queries.Known[int64](214), Of: queries.Known[int64](512380)},
		{Kind: queries.TooSmallToTell, Campaign: "Call centre pilot", Arm: "transparency", Metric: queries.HumanClick, Detectable: queries.Known(0.041)},
		{Kind: queries.StillImmature, Campaign: "Year end", N: queries.Known[int64](3120), Of: queries.Known[int64](9000)},
		{Kind: queries.OutcomeAbsent, Campaign: "Autumn catalogue", Arm: "generic", Metric: queries.HumanOpen},
	}
}

// richCampaigns is a dozen campaigns of one year, latest first.
func richCampaigns() []fakeCampaign {
	return []fakeCampaign{
		{"c12", "Year end", "email", "2018-12-20", []fakeArm{{"generic", 3000, .061}, {"personalised", 3000, .079}, {"reward", 3000, .066}}},
		{"c11", "Holiday gifts", "email", "2018-11-19", []fakeArm{{"generic", 9000, .072}, {"personalised", 9000, .101}}},
		{"c10", "Autumn catalogue", "mail", "2018-10-02", []fakeArm{{"holdout", 4000, .011}, {"generic", 4000, .019}, {"personalised", 4000, .024}}},
		{"c09", "Loyalty week", "email", "2018-09-10", []fakeArm{{"generic", 6000, .054}, {"personalised", 5210, .081}}},
		{"c08", "Back to school", "email", "2018-08-13", []fakeArm{{"generic", 7000, .058}, {"values", 7000, .077}, {"reward", 7000, .060}, {"discount", 7000, .069}}},
		{"c07", "Summer sale", "sms", "2018-07-02", []fakeArm{{"generic", 5000, .090}, {"personalised", 5000, .118}}},
		{"c06", "Privacy notice v3", "email", "2018-05-25", []fakeArm{{"generic", 12000, .081}, {"transparency", 12000, .131}, {"reward", 12000, .102}}},
		{"c05", "Spring garden", "email", "2018-04-16", []fakeArm{{"generic", 6000, .049}, {"values", 6000, .055}}},
		{"c04", "Call centre pilot", "call_centre", "2018-03-20", []fakeArm{{"generic", 240, .050}, {"transparency", 232, .043}}},
		{"c03", "Winter clearance", "email", "2018-02-05", []fakeArm{{"generic", 8000, .066}, {"personalised", 8000, .058}}},
		{"c02", "New year welcome", "email", "2018-01-08", []fakeArm{{"generic", 2500, .070}, {"values", 2500, .074}, {"transparency", 2500, .083}}},
		{"c01", "Données et confiance", "email", "2017-11-06", []fakeArm{{"generic", 3200, .061}, {"transparency", 3200, .078}}},
	}
}

// strongestOf are the five surest comparisons, the surest first.
func strongestOf(l queries.Lift) []queries.Comparison {
	var lifts []queries.Comparison
	for _, c := range l.Comparisons {
		if len(lifts) < 5 && (c.Verdict == queries.Higher || c.Verdict == queries.Lower) {
			lifts = append(lifts, c)
		}
	}
	return lifts
}

// emptyQuestions had customers loaded and nothing else.
func emptyQuestions() fakeQuestions {
	return fakeQuestions{
		provenance: queries.Provenance{Customers: queries.Known[int64](0), MinCell: 11, WindowDays: 14},
		overview: queries.Overview{
			Stance: queries.Stance{Missing: queries.NoInput}, NoOptIn: queries.NoInput,
			Trend: queries.Trend{Missing: queries.NoInput}, NoLifts: queries.NoInput,
		},
		segments: noSegments(), consent: noConsent(queries.NoInput), engagement: noEngagement(queries.NoInput),
		trust: example.NoTrust(queries.NoInput), audit: example.NoAudit(queries.NoInput),
	}
}

// suppressedQuestions answer with what small cells leave.
func suppressedQuestions() fakeQuestions {
	q := richQuestions()
	q.provenance.Title, q.provenance.Synthetic = "", false
	hidden := queries.Rate{
		Numerator: queries.Missing[int64](queries.SmallCell), Denominator: queries.Missing[int64](queries.Complement),
		Estimate: queries.Missing[queries.Estimate](queries.SmallCell),
	}
	q.overview.Stance = queries.Stance{N: queries.Missing[int64](queries.SmallCell), Willing: hidden, NotWilling: hidden, Sceptical: hidden, Undecided: hidden}
	q.overview.OptIn = q.overview.OptIn[:2:2]
	for i := range q.overview.OptIn {
		r := &q.overview.OptIn[i]
		r.Rate, r.Contactable, r.BeforeRate = hidden, hidden, hidden
		r.Change = queries.Missing[float64](queries.SmallCell)
	}
	q.overview.Trend.Widened = true
	q.overview.Trend.Points = q.overview.Trend.Points[:2:2]
	for i := range q.overview.Trend.Points {
		p := &q.overview.Trend.Points[i]
		p.Rate, p.Entries, p.Exits = hidden, queries.Missing[int64](queries.SmallCell), queries.Missing[int64](queries.SmallCell)
	}
	for i := range q.overview.Lifts {
		mute(&q.overview.Lifts[i], queries.Withheld, queries.SmallCell)
	}
	q.campaigns = q.campaigns[:1]
	q.changed = func(l *queries.Lift) {
		for i := range l.Comparisons {
			mute(&l.Comparisons[i], queries.Withheld, queries.SmallCell)
		}
		l.Rule = queries.Rule{Level: 0.95, Policy: queries.FixedHorizon}
		mute(&l.Arm.Comparison, queries.Withheld, queries.SmallCell)
		l.Arm.Guardrails, l.Arm.CUPED = nil, queries.CUPED{Difference: hidden.Estimate}
		l.Cut = queries.Cut{By: l.Cut.By, Missing: queries.SmallCell}
		l.Pool = queries.Pool{}
		for i := range l.Campaigns[0].Arms {
			a := &l.Campaigns[0].Arms[i]
			a.Assigned, a.Mature, a.Delivered = queries.Missing[int64](queries.SmallCell), queries.Missing[int64](queries.SmallCell), queries.Missing[int64](queries.Complement)
			for j := range a.Outcomes {
				a.Outcomes[j] = queries.Outcome{Metric: a.Outcomes[j].Metric, N: a.Assigned, People: a.Assigned, Total: queries.Missing[float64](queries.SmallCell), Value: hidden.Estimate}
			}
		}
	}
	q.overview.Attention = nil
	return q
}

// tinyQuestions hold one campaign and one point of everything.
func tinyQuestions() fakeQuestions {
	q := richQuestions()
	q.provenance = queries.Provenance{Title: "Tiny", AsOf: "2018-03-01", Customers: queries.Known[int64](1), MinCell: 0, WindowDays: 14}
	q.overview.OptIn = q.overview.OptIn[:1]
	q.overview.Trend.Points = q.overview.Trend.Points[:1]
	q.overview.Lifts = q.overview.Lifts[:1]
	q.overview.Attention = q.overview.Attention[:1]
	q.campaigns = q.campaigns[8:9]
	q.changed = func(l *queries.Lift) { l.Choices.Measures = l.Choices.Measures[:1] }
	return q
}

// hostileQuestions hold names that try to take over the terminal.
func hostileQuestions() fakeQuestions {
	q := richQuestions()
	evil := "\x1b]0;owned\a\x1b[2J\u202eevil\u202c\t\x00 日本語 👩‍👩‍👧 e\u0301"
	q.provenance.Title = evil
	q.segments, q.consent, q.engagement = nastySegments(evil), nastyConsent(evil), nastyEngagement(evil)
	q.trust, q.audit = example.NastyTrust(evil), example.NastyAudit(evil)
	q.dimensions[0].Name, q.dimensions[0].Values = evil, []string{evil}
	for i := range q.overview.OptIn {
		q.overview.OptIn[i].Purpose = fmt.Sprint(evil, i)
	}
	q.overview.Trend.Purpose = evil + "0"
	for i := range q.overview.Lifts {
		c := &q.overview.Lifts[i]
		c.Name, c.Arm, c.Control = evil, evil, evil
	}
	for i := range q.overview.Attention {
		q.overview.Attention[i].Campaign, q.overview.Attention[i].Arm = evil, evil
	}
	for i := range q.campaigns {
		c := &q.campaigns[i]
		c.id, c.name, c.channel = fmt.Sprint(evil, i), evil, evil
		for j := range c.arms {
			c.arms[j].name = fmt.Sprint(evil, j)
		}
	}
	return q
}
