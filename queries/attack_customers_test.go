package queries_test

import (
	"fmt"
	"slices"

	"accord/queries"
)

func (a *attacker) overview(o queries.Overview) {
	if o.Stance.Missing == "" {
		s := o.Stance
		for name, r := range map[string]queries.Rate{"willing": s.Willing, "not": s.NotWilling, "sceptical": s.Sceptical, "undecided": s.Undecided} {
			r.Estimate = queries.Missing[queries.Estimate](queries.NotAsked) // weighted
			a.rate(name, r)
			a.same(name+" all", "respondents")
		}
		a.count("respondents", s.N)
		a.sum("respondents", "willing those", "not those")
		a.sum("not those", "sceptical those", "undecided those")
	}
	for _, r := range o.OptIn {
		at := r.Purpose + " on " + string(r.At)
		a.rate(at, r.Rate)
		a.rate(at+" contactable", r.Contactable)
		a.same(at+" all", "known on "+string(r.At))
		a.same(at+" contactable all", "known on "+string(r.At))
		a.sum(at+" all", at+" those", at+" contactable those", at+" neither")
		before := r.Purpose + " on " + string(r.Before)
		if r.Rest {
			before = r.Purpose + " of the rest"
		}
		a.rate(before, r.BeforeRate)
	}
	last := ""
	for _, x := range o.Trend.Points {
		at := o.Trend.Purpose + " on " + string(x.At)
		a.rate(at, x.Rate)
		a.same(at+" all", "known on "+string(x.At))
		a.count(at+" entries", x.Entries)
		a.count(at+" exits", x.Exits)
		if last != "" { // stock, entries, exits
			a.system = append(a.system, map[int]float64{a.at(at + " those"): -1, a.at(last + " those"): 1, a.at(at + " entries"): 1, a.at(at + " exits"): -1})
		}
		last = at
	}
}

func (a *attacker) consent(c queries.Consent) {
	whole := func(day queries.Date) string { return c.Purpose + " on " + string(day) }
	for _, s := range c.Course.Steps {
		a.rate(whole(s.At), s.Rate)
		a.count("entries until "+string(s.At), queries.Known(s.Entries))
		a.count("exits until "+string(s.At), queries.Known(s.Exits))
	}
	type day struct{ n, of []string }
	days := map[queries.Date]*day{}
	for i, g := range c.Over {
		for _, x := range g.Points {
			at := fmt.Sprint("group ", i, " on ", x.At)
			a.rate(at, x.Rate)
			a.rate(at+" contactable", x.Contactable)
			a.same(at+" all", at+" contactable all")
			a.sum(at+" all", at+" those", at+" contactable those", at+" neither")
			if days[x.At] == nil {
				days[x.At] = &day{}
			}
			d := days[x.At]
			d.n, d.of = append(d.n, at+" those"), append(d.of, at+" all")
			if c.Choice.By == queries.ByPurpose {
				a.same(at+" all", "known on "+string(x.At))
				if g.Name == c.Purpose {
					a.same(at+" those", whole(x.At)+" those")
					a.same(at+" all", whole(x.At)+" all")
				}
			}
		}
	}
	if c.Choice.By != queries.ByPurpose && c.Choice.By != queries.ByChannel {
		for at, d := range days {
			if len(d.n) == len(c.Over) {
				a.sum(whole(at)+" those", d.n...)
				a.sum(whole(at)+" all", d.of...)
			}
		}
	}
	type notice struct{ requests, answered, opted []string }
	notices := map[string]*notice{}
	for i, r := range c.Funnel.Rows {
		at := fmt.Sprint("asked ", i)
		if r.All {
			at = "asked under " + r.Notice
		} else {
			if notices[r.Notice] == nil {
				notices[r.Notice] = &notice{}
			}
			n := notices[r.Notice]
			n.requests, n.answered, n.opted = append(n.requests, at+" answered all"), append(n.answered, at+" answered those"), append(n.opted, at+" opted those")
		}
		a.rate(at+" answered", r.Answered)
		a.rate(at+" opted", r.OptedIn)
		a.count(at+" answered all", r.Requests)
		a.same(at+" answered all", at+" opted all")
		a.sum(at+" answered those", at+" opted those", at+" answered no")
	}
	for name, n := range notices {
		if slices.ContainsFunc(c.Funnel.Rows, func(r queries.FunnelRow) bool { return r.All && r.Notice == name }) {
			a.sum("asked under "+name+" answered all", n.requests...)
			a.sum("asked under "+name+" answered those", n.answered...)
			a.sum("asked under "+name+" opted those", n.opted...)
		}
	}
	for i, g := range c.Lasting.Groups {
		a.rate(fmt.Sprint("lasting ", i), queries.Rate{Numerator: g.Ended, Denominator: g.People, Estimate: queries.Missing[queries.Estimate](queries.NotAsked)})
	}
	var soon []bool
	for i, r := range c.Expiring.Rows {
		soon = append(soon, r.Within[1].Why() == "")
		a.count(fmt.Sprint("valid ", i), r.Valid)
		last := ""
		for j, w := range r.Within {
			at := fmt.Sprint("expiring ", i, " ", j)
			a.count(at, w)
			a.sum(fmt.Sprint("valid ", i), at, at+" later")
			if last != "" {
				a.sum(at, last, at+" between")
			}
			last = at
		}
	}
	a.order("expiring", soon...)
}

func (a *attacker) trust(t queries.Trust) {
	a.count("known", t.Ladder.Known)
	a.count("known before", t.Ladder.Before)
	a.count("up", t.Ladder.Up)
	a.count("down", t.Ladder.Down)
	var now, before []string
	for i, r := range t.Ladder.Rungs {
		at := fmt.Sprint("rung ", i)
		a.rate(at, r.Now)
		a.rate(at+" before", r.Before)
		a.same(at+" all", "known")
		a.same(at+" before all", "known before")
		a.count(at+" up", r.Up)
		a.count(at+" down", r.Down)
		now, before = append(now, at+" those"), append(before, at+" before those")
	}
	if len(now) > 0 {
		a.sum("known", now...)
		a.sum("known before", before...)
	}
	a.count("moved", t.Matrix.Moved)
	a.count("at both", t.Matrix.Both)
	a.rate("kept", t.Matrix.Kept)
	if t.Stated.Missing == "" {
		s := t.Stated
		cells := map[string]queries.Rate{"willing in": s.WillingIn, "willing out": s.WillingOut, "others in": s.OthersIn, "others out": s.OthersOut}
		for name, r := range cells {
			r.Estimate = queries.Missing[queries.Estimate](queries.NotAsked) // weighted
			a.rate(name, r)
			a.same(name+" all", "stated")
		}
		a.count("stated", s.N)
		a.sum("stated", "willing in those", "willing out those", "others in those", "others out those")
		var says, does, n []string
		for i, g := range s.Groups {
			at := fmt.Sprint("stated ", i)
			g.Says.Estimate, g.Does.Estimate = queries.Missing[queries.Estimate](queries.NotAsked), queries.Missing[queries.Estimate](queries.NotAsked)
			a.rate(at+" says", g.Says)
			a.rate(at+" does", g.Does)
			a.count(at+" says all", g.N)
			a.same(at+" says all", at+" does all")
			a.sum(at+" says all", at+" says those", at+" does those", at+" agree")
			says, does, n = append(says, at+" says those"), append(does, at+" does those"), append(n, at+" says all")
		}
		if len(n) > 0 {
			a.sum("stated", n...)
			a.sum("willing out those", says...)
			a.sum("others in those", does...)
		}
	}
}

func (a *attacker) lift(l queries.Lift) {
	outcome := func(at string, o queries.Outcome) {
		r := queries.Rate{Numerator: o.People, Denominator: o.N, Estimate: o.Value}
		if o.Metric.Money() {
			r.Estimate = queries.Missing[queries.Estimate](queries.NotAsked)
		}
		a.rate(at, r)
	}
	for _, c := range l.Campaigns {
		var gone []string
		for _, arm := range c.Arms {
			at := c.Campaign + "/" + arm.Arm
			a.count(at+" assigned", arm.Assigned)
			a.count(at+" mature", arm.Mature)
			a.count(at+" immature", arm.Immature)
			a.count(at+" delivered", arm.Delivered)
			a.sum(at+" assigned", at+" mature", at+" immature", at+" in two")
			a.sum(at+" assigned", at+" delivered", at+" undelivered")
			gone = append(gone, at+" in two")
			for _, o := range arm.Outcomes {
				outcome(at+" "+string(o.Metric), o)
				a.count(at+" "+string(o.Metric)+" machines", o.Machines)
			}
		}
		a.count(c.Campaign+" in two", c.InTwoArms)
		a.sum(c.Campaign+" in two", gone...)
	}
	c := l.Arm.Comparison
	var treated, control, n0, n1 []string
	for _, r := range l.Cut.Rows {
		at := "cut " + r.Value
		outcome(at+" treated", r.Treated)
		outcome(at+" control", r.Control)
		treated, control = append(treated, at+" treated those"), append(control, at+" control those")
		n1, n0 = append(n1, at+" treated all"), append(n0, at+" control all")
	}
	if len(treated) > 0 {
		arm, other := c.Campaign+"/"+c.Arm+" "+string(c.Metric), c.Campaign+"/"+c.Control+" "+string(c.Metric)
		a.sum(arm+" those", append(treated, "cut else treated those")...)
		a.sum(other+" those", append(control, "cut else control those")...)
		a.sum(arm+" all", append(n1, "cut else treated all")...)
		a.sum(other+" all", append(n0, "cut else control all")...)
		a.sum("cut else treated all", "cut else treated those", "cut else treated others")
		a.sum("cut else control all", "cut else control those", "cut else control others")
	}
}
