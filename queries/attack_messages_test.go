package queries_test

import (
	"fmt"
	"math"

	"accord/queries"
)

// segments are the rows of an answer of groups, and its grid.
func (a *attacker) segments(name string, s queries.Segments) {
	row := func(at string, r queries.SegmentRow) {
		a.count(at+" n all", r.N)
		var those []string
		for i, part := range r.Parts {
			if s.Unit == queries.Respondents { // weighted
				part.Estimate = queries.Missing[queries.Estimate](queries.NotAsked)
			}
			a.rate(fmt.Sprint(at, " part ", i), part)
			those = append(those, fmt.Sprint(at, " part ", i, " those"))
			if i == 0 || s.Stacked {
				a.same(fmt.Sprint(at, " part ", i, " all"), at+" n all")
			}
		}
		if s.Stacked {
			a.sum(at+" n all", those...)
		}
	}
	row(name+" whole", s.Whole)
	var n []string
	parts := make([][]string, len(s.Parts))
	for i, r := range s.Rows {
		at := fmt.Sprint(name, " row ", i)
		row(at, r)
		n = append(n, at+" n all")
		for p := range r.Parts {
			parts[p] = append(parts[p], fmt.Sprint(at, " part ", p, " those"))
		}
		if i < len(s.Grid.Cells) {
			var across, first []string
			for j, cell := range s.Grid.Cells[i] {
				of := fmt.Sprint(name, " cell ", i, ",", j)
				if s.Metric.Money() || s.Choice.Measure == queries.MeasureGap || s.Choice.Measure == queries.MeasureStance {
					a.count(of+" all", cell.N) // no share of the count
				} else {
					a.figure(of, cell.N, cell.Figure)
					first = append(first, of+" those")
				}
				across = append(across, of+" all")
			}
			a.sum(at+" n all", across...)
			if len(first) > 0 && len(r.Parts) > 0 {
				a.sum(at+" part 0 those", first...)
			}
		}
	}
	if len(s.Rows) > 0 {
		a.sum(name+" whole n all", n...)
		for p := range parts {
			a.sum(fmt.Sprint(name, " whole part ", p, " those"), parts[p]...)
		}
	}
}

// steps are messages over time, which make up a whole.
func (a *attacker) steps(name, whole string, list []queries.EngagementStep) {
	var n, did, machines []string
	for i, s := range list {
		at := fmt.Sprint(name, " step ", i)
		a.rate(at, queries.Rate{Numerator: s.People, Denominator: s.N, Estimate: s.Figure})
		n, did, machines = append(n, at+" all"), append(did, at+" those"), append(machines, at+" machines")
		a.raw(at, s.N, s.Raw)
	}
	if len(list) > 0 { // the rest has no date
		a.sum(whole+" all", append(n, name+" undated all")...)
		a.sum(whole+" those", append(did, name+" undated those")...)
		a.sum(name+" undated all", name+" undated those", name+" undated others")
		a.sum(whole+" machines", append(machines, name+" undated machines")...)
	}
}

// raw takes in the share with machines: of those whom people did not count.
func (a *attacker) raw(name string, n queries.Count, raw queries.Figure[float64]) {
	share, there := raw.Value()
	of, shown := n.Value()
	if there && shown {
		a.known[a.at(name+" any")] = math.Round(share * float64(of))
	}
	a.sum(name+" any", name+" those", name+" machines")
	a.sum(name+" all", name+" any", name+" neither")
}

func (a *attacker) engagement(e queries.Engagement) {
	for _, f := range e.Figures {
		at := "figure " + string(f.Metric)
		a.rate(at, queries.Rate{Numerator: f.People, Denominator: f.N, Estimate: map[bool]queries.Figure[queries.Estimate]{true: queries.Missing[queries.Estimate](queries.NotAsked), false: f.Figure}[f.Metric.Money()]})
		if f.Metric == queries.HumanOpen || f.Metric == queries.HumanClick {
			a.raw(at, f.N, f.Raw)
		}
	}
	for _, c := range e.Changes.Rows { // the same figures again
		for _, f := range e.Figures {
			if string(f.Metric) == c.What && !c.Money {
				a.figure("figure "+c.What, f.N, c.Now)
				a.count("figure "+c.What+" all", c.N)
				a.figure("then "+c.What, c.ThenN, c.Then)
			}
		}
	}
	a.sum("then click those", "then click_to_open those", "then clicked, not opened")
	// Of those who clicked, some did so without having opened.
	a.sum("figure click those", "figure click_to_open those", "clicked, not opened")
	metric := e.Choice.Measure
	whole := "figure " + metric
	a.segments("groups", e.Groups)
	if e.Groups.Missing == "" {
		a.same("groups whole n all", whole+" all")
		if !queries.Metric(metric).Money() {
			a.same("groups whole part 0 those", whole+" those")
		}
	}
	if !queries.Metric(metric).Money() {
		a.steps("course", whole, e.Course.Steps)
	}
	a.steps("around", "figure click", e.Around.Clicks)
	var n, human, alone []string
	var placed []bool
	for _, r := range e.Machine.Rows {
		placed = append(placed, !r.Share.Why().Suppressed())
		at := "machines of " + r.Campaign
		a.rate(at+" human", r.Human)
		a.rate(at+" machine", r.Machine)
		a.count(at+" human all", r.N)
		a.same(at+" human all", at+" machine all")
		n, human, alone = append(n, at+" human all"), append(human, at+" human those"), append(alone, at+" machine those")
		a.sum(at+" human all", at+" human those", at+" machine those", at+" neither")
		// All messages of a shop's campaign have every outcome recorded.
		for i, g := range e.Groups.Rows {
			if e.Choice.By == queries.ByCampaign && g.Value == r.Campaign && metric != string(queries.ClickToOpen) {
				a.same(fmt.Sprint("groups row ", i, " n all"), at+" human all")
				if metric == string(e.Machine.Metric) {
					a.same(fmt.Sprint("groups row ", i, " part 0 those"), at+" human those")
				}
			}
		}
	}
	a.order("machines", placed...)
	if len(n) > 0 {
		of := "figure " + string(e.Machine.Metric)
		a.sum(of+" all", n...)
		a.sum(of+" those", human...)
		a.sum(of+" machines", alone...)
	}
	if len(e.Machine.Rows) == 1 { // one campaign: a message is a customer
		a.rate("reached", e.Reach.Customers)
		a.sum("reached those", "figure click all", "reached, and not over")
	}
	var clicks, of, leaves []string
	for i, r := range e.Fatigue.Rows {
		at := fmt.Sprint("fatigue ", i)
		a.rate(at+" clicks", r.Clicks)
		a.rate(at+" leaves", r.Unsubscribe)
		a.count(at+" customers", r.Customers)
		clicks, of, leaves = append(clicks, at+" clicks those"), append(of, at+" clicks all"), append(leaves, at+" leaves those")
	}
	if len(of) > 0 {
		a.sum("figure click all", append(of, "fatigue else all")...)
		a.sum("figure click those", append(clicks, "fatigue else those")...)
		a.sum("figure unsubscribe those", append(leaves, "fatigue else leaves")...)
	}
	n, human = nil, nil
	for i, c := range e.Moments.Cells {
		at := fmt.Sprint("moment ", i)
		a.rate(at, queries.Rate{Numerator: c.People, Denominator: c.N, Estimate: queries.Missing[queries.Estimate](queries.NotAsked)})
		n, human = append(n, at+" all"), append(human, at+" those")
	}
	if len(n) > 0 {
		a.rate("moments", queries.Rate{Numerator: e.Moments.People, Denominator: e.Moments.N, Estimate: queries.Missing[queries.Estimate](queries.NotAsked)})
		a.sum("moments all", n...)
		a.sum("moments those", human...)
		a.sum("figure "+string(e.Moments.Metric)+" all", "moments all", "moments else all")
		a.sum("figure "+string(e.Moments.Metric)+" those", "moments those", "moments else those")
	}
}
