package queries_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"accord/queries"
)

// An attacker reads one answer and knows how its counts add up. He puts what is
// shown into equations and solves for what is not: totals less parts, shares times
// denominators, complements, what is left of the first so many, both sides of a
// comparison. He has found people where a count, or the sum of some, must be of 1
// to k-1.
type attacker struct {
	k      float64
	place  string
	index  map[string]int
	names  []string
	known  map[int]float64
	system []map[int]float64 // coefficients of equations that sum to zero
	placed []string          // what the order of rows tells
}

func newAttacker(k int, place string) *attacker {
	return &attacker{k: float64(k), place: place, index: map[string]int{}, known: map[int]float64{}}
}

func (a *attacker) at(name string) int {
	i, ok := a.index[name]
	if !ok {
		i = len(a.names)
		a.index[name], a.names = i, append(a.names, name)
	}
	return i
}

// count takes in a count as the answer has it.
func (a *attacker) count(name string, c queries.Count) {
	i := a.at(name)
	if n, there := c.Value(); there {
		a.known[i] = float64(n)
	}
}

// sum says that a total is its parts.
func (a *attacker) sum(total string, parts ...string) {
	row := map[int]float64{a.at(total): -1}
	for _, p := range parts {
		row[a.at(p)]++
	}
	a.system = append(a.system, row)
}

// same says that two counts are of the same people.
func (a *attacker) same(x, y string) { a.sum(x, y) }

// rate takes in a rate, whose share tells its numerator, and those not in it.
func (a *attacker) rate(name string, r queries.Rate) {
	n, of, not := name+" those", name+" all", name+" others"
	a.count(n, r.Numerator)
	a.count(of, r.Denominator)
	a.sum(of, n, not)
	e, there := r.Estimate.Value()
	if d, shown := r.Denominator.Value(); there && shown {
		a.known[a.at(n)] = math.Round(e.Value * float64(d))
	}
}

// figure takes in a share of a count.
func (a *attacker) figure(name string, n queries.Count, share queries.Figure[queries.Estimate]) {
	a.rate(name, queries.Rate{Numerator: queries.Missing[int64](queries.NotAsked), Denominator: n, Estimate: share})
}

// order takes in how rows are sorted: those withheld come last, so that those
// around them tell nothing of their size.
func (a *attacker) order(name string, shown ...bool) {
	for i := 1; i < len(shown); i++ {
		if shown[i] && !shown[i-1] {
			a.placed = append(a.placed, fmt.Sprintf("%s: %s %d is withheld, and its place says how large it is", a.place, name, i-1))
		}
	}
}

// found lists the people he has found.
func (a *attacker) found() []string {
	out := slices.Clone(a.placed)
	for i, n := range a.known {
		if n > 0.5 && n < a.k-0.5 {
			out = append(out, fmt.Sprintf("%s: %s is shown: %.0f", a.place, a.names[i], n))
		}
	}
	var columns []int // what he does not know
	for i := range a.names {
		if _, there := a.known[i]; !there {
			columns = append(columns, i)
		}
	}
	last := len(columns)
	var rows [][]float64
	for _, equation := range a.system {
		row := make([]float64, last+1)
		for i, c := range equation {
			if n, there := a.known[i]; there {
				row[last] -= c * n
			} else {
				row[slices.Index(columns, i)] += c
			}
		}
		rows = append(rows, row)
	}
	judge := func(row []float64) {
		var of []string
		sign := 0.0
		for c, x := range row[:last] {
			if math.Abs(x) < 1e-9 {
				continue
			}
			if sign*x < 0 {
				return // a difference, which tells no size
			}
			sign = x / math.Abs(x)
			of = append(of, a.names[columns[c]])
		}
		n := row[last] * sign
		if len(of) > 0 && n > 0.5 && n < a.k-0.5 {
			out = append(out, fmt.Sprintf("%s: %s is %.0f", a.place, strings.Join(of, " + "), n))
		}
	}
	for _, row := range rows {
		judge(row)
	}
	solve(rows, last)
	for _, row := range rows {
		judge(row)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// solve brings equations to reduced form (Gauss and Jordan).
func solve(rows [][]float64, width int) {
	at := 0
	for c := 0; c < width && at < len(rows); c++ {
		best := at
		for r := at; r < len(rows); r++ {
			if math.Abs(rows[r][c]) > math.Abs(rows[best][c]) {
				best = r
			}
		}
		if math.Abs(rows[best][c]) < 1e-9 {
			continue
		}
		rows[at], rows[best] = rows[best], rows[at]
		lead := rows[at][c]
		for i := range rows[at] {
			rows[at][i] /= lead
		}
		for r := range rows {
			if f := rows[r][c]; r != at && math.Abs(f) > 1e-12 {
				for i := range rows[r] {
					rows[r][i] -= f * rows[at][i]
				}
			}
		}
		at++
	}
}

// names makes one name for each of n parts.
func names(of string, n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprint(of, " ", i))
	}
	return out
}

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
			}
		}
	}
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
	type day struct{ n, of, contactable []string }
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

// unevenShop is a shop with values of few people, few messages of one campaign in
// some months, some that nobody knows when they were sent, and few who unsubscribe.
func unevenShop(t *testing.T, seed uint64, n int) *queries.Dataset {
	t.Helper()
	s := newShop(seed, n)
	for i := range s.customers {
		switch {
		case i < 7:
			s.customers[i].region = "NT"
		case i < 19:
			s.customers[i].region = "YT"
		}
		if i%11 == 3 && s.customers[i].region == "QC" {
			s.customers[i].age = "75+"
		}
	}
	late := int(seed % 2 * 40) // of some shops, one campaign is of few
	kept := s.assigned[:0]
	for _, a := range s.assigned {
		if a.campaign == "spring" && a.customer%43 == 1 {
			continue // a few were sent nothing
		}
		if a.campaign == "spring" || late == 0 || a.customer < late {
			kept = append(kept, a)
		}
	}
	s.assigned = kept
	dir := t.TempDir()
	s.write(t, dir)
	expiring(t, dir)
	list := s.letters(seed)
	for i := range list {
		if i%97 == 5 {
			list[i].sent = time.Time{}
		}
		if i%13 == 0 && list[i].human { // pictures were not loaded
			list[i].opened = false
		}
	}
	writeLetters(t, dir, list)
	return opened(t, dir, queries.Options{MinCell: 11})
}

// expiring gives consents an end after the as-of date: for e-mail many, for
// personalisation a few.
func expiring(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "consents.csv")
	b, err := os.ReadFile(path)
	must(t, err)
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	for i, line := range lines {
		switch {
		case i == 0:
			lines[i] += ",expires_at"
		case strings.Contains(line, ",email,given") || strings.Contains(line, ",personalisation,given") && i%7 == 0:
			lines[i] += fmt.Sprintf(",2018-07-%02d", 5+i%24)
		default:
			lines[i] += ","
		}
	}
	must(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600))
}

// What is shown on a screen tells nobody of fewer than k people, whatever its
// panels say together.
func TestAttackOneAnswer(t *testing.T) {
	t.Parallel()
	filters := []string{"", "region=QC", "age_band!=55+ since=2018-03-01 until=2018-05-31", "since=2018-04-01 vs=previous", "region=ON,QC vs=rest", "since=2018-04-01 until=2018-04-30"}
	ctx := context.Background()
	asked := 0
	for _, shop := range []struct {
		seed uint64
		n    int
	}{{3, 130}, {4, 260}, {9, 420}} {
		d := unevenShop(t, shop.seed, shop.n)
		for i, text := range filters { // each with some of the ways to cut, all of them together
			f := mustParse(t, text)
			attack := func(screen string, err error, read func(*attacker)) {
				place := fmt.Sprintf("shop %d, %s, %q", shop.seed, screen, text)
				if _, refused := err.(*queries.RefusedError); refused {
					return
				}
				must(t, err)
				asked++
				a := newAttacker(11, place)
				read(a)
				for _, found := range a.found() {
					t.Error(found)
				}
			}
			o, err := d.Overview(ctx, f)
			attack("overview", err, func(a *attacker) { a.overview(o) })
			for _, by := range []string{"", []string{"region", queries.ByChannel}[i%2]} {
				c, err := d.Consent(ctx, f, queries.Choice{By: by})
				attack("consent by "+by, err, func(a *attacker) { a.consent(c) })
			}
			for j, by := range []string{"region", "age_band"} {
				x, err := d.Trust(ctx, f, queries.Choice{By: by})
				attack("trust by "+by, err, func(a *attacker) { a.trust(x) })
				l, err := d.Lift(ctx, f, queries.Choice{By: by, Measure: string(queries.HumanClick)})
				attack("lift by "+by, err, func(a *attacker) { a.lift(l) })
				for _, measure := range []string{queries.MeasureStates, []string{queries.MeasureEngagement, queries.MeasureRevenue, queries.MeasureStance}[(i+j)%3]} {
					s, err := d.Segments(ctx, f, queries.Choice{By: by, Across: map[string]string{"region": "age_band", "age_band": "region"}[by], Measure: measure})
					attack("segments "+measure+" by "+by, err, func(a *attacker) {
						a.segments("rows", s)
						var given []bool
						for _, r := range s.Reasons.Rows {
							given = append(given, r.Rate.Estimate.Why() == "")
						}
						a.order("reasons", given...)
					})
				}
			}
			for j, by := range []string{queries.ByContent, queries.ByCampaign, queries.ByOptedIn, "region"} {
				measure := []queries.Metric{queries.HumanOpen, queries.ClickToOpen, queries.Unsubscribe}[(i+j)%3]
				e, err := d.Engagement(ctx, f, queries.Choice{By: by, Measure: string(measure)})
				attack(fmt.Sprint("engagement ", measure, " by ", by), err, func(a *attacker) { a.engagement(e) })
			}
		}
	}
	if asked < 200 {
		t.Errorf("only %d answers were attacked", asked)
	}
}
