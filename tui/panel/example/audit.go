package example

import "accord/queries"

// Audit is the answer of the shop.
func Audit() queries.Audit {
	return queries.Audit{
		Sent: queries.Sent{
			Since: "2017-02-07", Until: "2018-12-03", GraceDays: 10, Messages: 120000, Without: 431, Grace: 52, Transactional: 3100, Undated: 1, Unknown: 900,
			Campaigns: []queries.SentCampaign{
				{Campaign: "c1", Name: "Summer sale", Started: "2017-07-04", Messages: 40000, Without: 301, Grace: 12, Reasons: []queries.SentReason{{Reason: queries.SentExpired, Messages: 301, Ages: [4]int64{280, 21, 0, 0}}}},
				{Campaign: "c2", Name: "Holiday preview", Started: "2018-11-06", Messages: 50000, Without: 130, Grace: 40, Reasons: []queries.SentReason{{Reason: queries.SentWithdrawn, Messages: 90, Ages: [4]int64{0, 20, 40, 30}}, {Reason: queries.SentNever, Messages: 40}}},
				{Campaign: "c3", Name: "Winter", Started: "2018-12-03", Messages: 30000, Reasons: []queries.SentReason{}},
			},
			Reasons: []queries.SentReason{
				{Reason: queries.SentExpired, Messages: 301, Ages: [4]int64{280, 21, 0, 0}}, {Reason: queries.SentWithdrawn, Messages: 90, Ages: [4]int64{0, 20, 40, 30}},
				{Reason: queries.SentNever, Messages: 40}, {Reason: queries.SentGrace, Messages: 52, Ages: [4]int64{52, 0, 0, 0}},
			},
		},
		Proof: queries.Proof{
			Grants: 90000, Complete: 84300,
			Fields: []queries.ProofField{{Field: "notice", Missing: 0}, {Field: "language", Missing: 3000}, {Field: "basis"}, {Field: "method", Missing: 700}, {Field: "expiry"}, {Field: "channel"}, {Field: "source", Missing: 500}, {Field: "proof", Missing: 1900}},
			Sources: []queries.ProofSource{
				{Source: "", Grants: 500, Complete: 0, Missing: []int64{0, 100, 0, 200, 0, 0, 500, 400}},
				{Source: "call_centre", Grants: 9500, Complete: 6300, Missing: []int64{0, 2100, 0, 400, 0, 0, 0, 1000}},
				{Source: "web", Grants: 80000, Complete: 78000, Missing: []int64{0, 800, 0, 100, 0, 0, 0, 500}},
			},
		},
		Effort: queries.Effort{
			GraceDays: 10,
			Give: queries.EffortAct{Acts: 60000, Timed: 60000, SameDay: 51000, InGrace: 59700, Days: queries.Known(0.41), Stepped: 60000, Steps: queries.Known(1.6),
				Methods: []queries.EffortMethod{{Method: "checkbox", Acts: 60000, Timed: 60000, SameDay: 51000, Days: queries.Known(0.41), Steps: queries.Known[int64](2)}}},
			Withdraw: queries.EffortAct{Acts: 9000, Timed: 8800, SameDay: 5000, InGrace: 8500, Days: queries.Known(2.3), Stepped: 8000, Steps: queries.Known(3.4),
				Methods: []queries.EffortMethod{{Method: "form", Acts: 8000, Timed: 8000, SameDay: 4400, Days: queries.Known(2.4), Steps: queries.Known[int64](4)},
					{Method: "", Acts: 1000, Timed: 800, SameDay: 600, Days: queries.Known(1.3), Steps: queries.Missing[int64](queries.NotRecorded)}}},
		},
		Retention: queries.Retention{At: "2018-12-31", CustomersDays: 1095, Kinds: []queries.RetentionOf{
			{Kind: queries.RetainLeft, Period: 1095, Records: 1700, Past: queries.Known[int64](210), Years: [queries.RetentionYears + 1]int64{0: 800, 1: 500, 2: 190, 3: 120, 6: 90}},
			{Kind: queries.RetainInactive, Period: 1095, Records: 40000, Past: queries.Known[int64](960), Years: [queries.RetentionYears + 1]int64{0: 33000, 1: 5000, 2: 1040, 4: 800, queries.RetentionYears: 160}},
			{Kind: queries.RetainEnded, Records: 14000, Past: queries.Missing[int64](queries.NotRecorded), Years: [queries.RetentionYears + 1]int64{0: 9000, 1: 4000, 3: 1000}},
		}},
	}
}

// NoAudit is the answer where nothing can be said.
func NoAudit(why queries.Reason) queries.Audit {
	act := queries.EffortAct{Days: queries.Missing[float64](queries.NobodyThere), Steps: queries.Missing[float64](queries.NobodyThere), Methods: []queries.EffortMethod{}}
	return queries.Audit{
		Sent:      queries.Sent{Missing: why, GraceDays: 10, Campaigns: []queries.SentCampaign{}, Reasons: []queries.SentReason{}},
		Proof:     queries.Proof{Missing: why, Fields: []queries.ProofField{}, Sources: []queries.ProofSource{}},
		Effort:    queries.Effort{Missing: why, GraceDays: 10, Give: act, Withdraw: act},
		Retention: queries.Retention{Missing: queries.NoDates, Kinds: []queries.RetentionOf{}},
	}
}

// NastyAudit is Audit with a name wherever data names something.
func NastyAudit(name string) queries.Audit {
	a := Audit()
	for i := range a.Sent.Campaigns {
		a.Sent.Campaigns[i].Name = name
	}
	for i := range a.Sent.Reasons {
		a.Sent.Reasons[i].Reason = name
	}
	for i := range a.Proof.Sources {
		a.Proof.Sources[i].Source = name
	}
	for _, act := range []*queries.EffortAct{&a.Effort.Give, &a.Effort.Withdraw} {
		for i := range act.Methods {
			act.Methods[i].Method = name
		}
	}
	return a
}
