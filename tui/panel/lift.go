package panel

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Lift lays out every campaign's comparison on one metric, one arm in full, for
// whom it works, and all campaigns together. looked counts the cuts looked at so
// far; 0 where nobody counts.
func Lift(p *words.Printer, from queries.Provenance, l queries.Lift, looked int) []Panel {
	first := experiments(p, from, l)
	if l.Missing != "" {
		return []Panel{first}
	}
	return compared(p, l.Changes, []Panel{first, inFull(p, from, l), forWhom(p, l, looked), together(p, l)}, armName(p, l))
}

func experiments(p *words.Printer, from queries.Provenance, l queries.Lift) Panel {
	m := queries.Metric(l.Choice.Measure)
	out := Panel{Name: "comparisons", Title: p.Say("Lift: every campaign"), Finding: p.Comparisons(l), Short: p.ComparisonsShort(l), Main: 5, At: -1}
	if l.Missing != "" {
		return out
	}
	if m != "" {
		out.Title = p.Say("Lift on %s", p.MetricRate(m))
	}
	out.Period = p.SortName(l.Choice.Sort) + ", " + p.PolicyName(l.Choice.Policy)
	out.Notes = []string{p.LiftRule(l.Rule), p.Policy(l.Choice.Policy), p.Window(from)}
	if note := p.MetricNote(m); note != "" {
		out.Notes = append([]string{note}, out.Notes...)
	}
	out.Picture = Fitted(func(width int, t chart.Theme) any { return Comparisons(p, t, width, l.Comparisons) }, nil)
	out.Table.Columns = append([]chart.Column{
		{Title: p.Say("Campaign")},
		{Title: p.Say("Started"), Align: chart.Right, Drop: 6},
		{Title: p.Say("Arm")},
		{Title: p.Say("Control"), Drop: 8},
		{Title: "n", Align: chart.Right, Drop: 1},
	}, ComparisonColumns(p, l.Rule.Level)...)
	out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Say("Detectable"), Align: chart.Right, Drop: 7})
	for i, c := range l.Comparisons {
		n := queries.Missing[int64](c.Difference.Why())
		if o, ok := outcomeOf(l, c, c.Arm); ok {
			n = o.N
		}
		out.Table.Rows = append(out.Table.Rows, append(append([]chart.Cell{
			{Text: c.Name}, {Text: p.Date(c.Started), Tone: chart.Muted}, {Text: p.Name(c.Arm)}, {Text: p.Name(c.Control), Tone: chart.Muted}, {Text: p.Count(n)},
		}, ComparisonCells(p, c)...), chart.Cell{Text: detectable(p, c)}))
		out.Opens = append(out.Opens, queries.Choice{Campaign: c.Campaign, Arm: c.Arm})
		if c.Campaign == l.Choice.Campaign && c.Arm == l.Choice.Arm {
			out.At = i
		}
		if c.Arm == "" {
			out.Opens[i] = queries.Choice{}
		}
	}
	return out
}

// inFull is the chosen arm: what each arm did, and what that says.
func inFull(p *words.Printer, from queries.Provenance, l queries.Lift) Panel {
	c := l.Arm.Comparison
	out := Panel{Name: "arm", Title: p.Say("Arm: one comparison in full"), Main: 5}
	if c.Arm == "" {
		out.Finding = p.Say("No arm can be compared with a control.")
		out.Short = out.Finding
		return out
	}
	m, campaign := c.Metric, campaignOf(l, c.Campaign)
	out.Title = p.Say("Arm: %[1]s, %[2]s", p.Name(c.Arm), c.Name)
	out.Period = p.Date(c.Started)
	if campaign.Channel != "" {
		out.Period = p.Name(campaign.Channel) + ", " + out.Period
	}
	cost := p.Guardrails(l.Arm.Guardrails)
	out.Finding = p.Verdict(c)
	out.Short = p.Say("%[1]s, %[2]s: %[3]s", p.Name(c.Arm), c.Name, p.VerdictShort(c))
	if c.Difference.Why() == "" {
		out.Short = p.Say("%[1]s (%[2]s) %[3]s, %[4]s", p.DifferenceFigure(m, c.Difference).String(), p.VerdictShort(c), p.Name(c.Arm), c.Name)
		out.Finding += " " + cost
	}
	value := p.Say("Rate")
	if m.Money() {
		value = p.Say("Each")
	}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Arm")},
		{Title: p.Say("Assigned"), Align: chart.Right, Drop: 2},
		{Title: p.Say("Delivered"), Align: chart.Right, Drop: 3},
		{Title: p.Say("Mature"), Align: chart.Right},
		{Title: p.Say("Outcome"), Align: chart.Right, Drop: 1},
		{Title: value, Align: chart.Right},
		{Title: p.Say("Interval"), Align: chart.Right},
		{Title: p.Say("Note"), Drop: 4},
	}
	for _, a := range campaign.Arms {
		out.Table.Rows = append(out.Table.Rows, armRow(p, l, c, a))
	}
	fact := func(name string, span words.Span, note string, tone chart.Tone) {
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: name, Tone: chart.Muted}, {}, {}, {}, {}, {Text: span.Value, Tone: tone}, {Text: span.Interval, Tone: chart.Muted}, {Text: note, Tone: chart.Muted}})
	}
	if c.Difference.Why() == "" {
		fact(p.Say("Difference"), p.DifferenceFigure(m, c.Difference), p.VerdictShort(c), VerdictTone(c))
		fact(p.Say("Relative"), p.RelativeFigure(c.Relative), "", chart.Text)
		if x, ok := c.P.Value(); ok {
			fact(p.Say("p, taken alone"), words.Span{Value: bareP(p.P(x))}, "", chart.Text)
		}
		if x, ok := c.Adjusted.Value(); ok {
			fact(p.Say("p, adjusted"), words.Span{Value: bareP(p.P(x))}, p.Say("of %s", p.Int(int64(c.Among))), chart.Text)
		}
		if l.Arm.CUPED.Difference.Why() == "" {
			fact(p.Say("With CUPED"), p.DifferenceFigure(m, l.Arm.CUPED.Difference), "", chart.Text)
		}
		if m.Money() && l.Arm.Capped.Why() == "" {
			fact(p.Say("Capped at 99.9 %%"), p.DifferenceFigure(m, l.Arm.Capped), "", chart.Text)
		}
		fact(p.Say("Detectable"), words.Span{Value: detectable(p, c)}, p.Say("4 times in 5"), chart.Text)
		for _, g := range l.Arm.Guardrails {
			fact(p.Metric(g.Metric), p.DifferenceFigure(g.Metric, g.Difference), p.VerdictShort(g), VerdictTone(g))
		}
	}
	out.tabular()
	out.Notes = armNotes(p, from, l, campaign)
	return out
}

// armRow is what one arm did.
func armRow(p *words.Printer, l queries.Lift, c queries.Comparison, a queries.ArmOutcome) []chart.Cell {
	o, _ := outcomeOf(l, c, a.Arm)
	value := p.ValueFigure(c.Metric, o.Value)
	name, tone, content := p.Name(a.Arm), chart.Text, ""
	if a.Control {
		name = p.Say("%s (control)", name)
	}
	if a.Arm == c.Arm {
		tone = chart.Title
	}
	if a.Content != a.Arm {
		content = p.Name(a.Content)
	}
	return []chart.Cell{
		{Text: name, Tone: tone}, {Text: p.Count(a.Assigned)}, {Text: p.Count(a.Delivered)}, {Text: p.Count(o.N)},
		{Text: p.TotalFigure(c.Metric, o.Total)}, {Text: value.Value, Tone: tone}, {Text: value.Interval, Tone: chart.Muted}, {Text: content, Tone: chart.Muted},
	}
}

// armNotes are what else there is to know of a comparison.
func armNotes(p *words.Printer, from queries.Provenance, l queries.Lift, campaign queries.CampaignLift) []string {
	notes := []string{p.Split(campaign)}
	if n, ok := campaign.InTwoArms.Value(); ok && n > 0 {
		notes = append(notes, p.Plural(n, "%s customer was in two arms and is left out of both.", "%s customers were in two arms and are left out of both.", p.Int(n)))
	} else if !ok {
		notes = append(notes, p.Say("Customers in two arms, left out of both: %s.", p.Count(campaign.InTwoArms)))
	}
	if l.Arm.Comparison.Difference.Why() == "" {
		if text := p.CUPED(l.Arm.CUPED); text != "" {
			notes = append(notes, text)
		}
		notes = append(notes, p.Policy(l.Choice.Policy))
	}
	if len(l.Arm.Guardrails) > 0 && l.Arm.Comparison.Difference.Why() == "" {
		notes = append(notes, p.Say("Guardrails are taken alone, at 95 %%, so that a harm is not lost among comparisons; arms' own rates too."))
	}
	if o, ok := outcomeOf(l, l.Arm.Comparison, l.Arm.Comparison.Arm); ok {
		if text := p.Machines(o); text != "" {
			notes = append(notes, text)
		}
	}
	if note := p.MetricNote(l.Arm.Comparison.Metric); note != "" {
		notes = append(notes, note)
	}
	return append(notes, p.Window(from))
}

func forWhom(p *words.Printer, l queries.Lift, looked int) Panel {
	m, cut := queries.Metric(l.Choice.Measure), l.Cut
	out := Panel{Name: "cut", Title: p.Say("For whom: by %s", p.Dimension(cut.By)), Main: 5, Finding: p.ForWhom(cut, m), Short: p.ForWhomShort(cut, m)}
	if l.Arm.Comparison.Arm == "" {
		out.Title, out.Finding = p.Say("For whom it works"), p.Say("No arm can be compared with a control.")
		out.Short = out.Finding
		return out
	}
	out.Notes = p.CutNotes(cut, looked)
	if cut.After {
		out.Period = p.Say("measured after assignment")
	}
	if len(cut.Rows) == 0 {
		return out
	}
	out.Table.Columns = append([]chart.Column{
		{Title: p.Dimension(cut.By)},
		{Title: "n", Align: chart.Right},
		{Title: p.Say("Value"), Align: chart.Right, Drop: 4},
		{Title: p.Say("n, control"), Align: chart.Right, Drop: 1},
		{Title: p.Say("Control"), Align: chart.Right, Drop: 4},
	}, ComparisonColumns(p, cut.Rule.Level)...)
	list := make([]queries.Comparison, len(cut.Rows))
	for i, r := range cut.Rows {
		list[i] = r.Comparison
		list[i].Name, list[i].Arm = p.Value(cut.By, r.Value), ""
		out.Table.Rows = append(out.Table.Rows, append([]chart.Cell{
			{Text: list[i].Name}, {Text: p.Count(r.Treated.N)}, {Text: p.ValueFigure(m, r.Treated.Value).Value},
			{Text: p.Count(r.Control.N)}, {Text: p.ValueFigure(m, r.Control.Value).Value},
		}, ComparisonCells(p, r.Comparison)...))
		if cut.By != queries.ByOptedIn {
			out.Terms = append(out.Terms, queries.Term{Dimension: cut.By, Values: []string{r.Value}})
		}
	}
	if !cut.Single() {
		list = append(list, wholes(p, m, cut, &out.Table)...)
	}
	out.Picture = effects(p, p.Dimension(cut.By), list, len(cut.Rows))
	return out
}

// wholes are the cut's rows taken together, stratified and crude, which become the
// last rows of the table.
func wholes(p *words.Printer, m queries.Metric, cut queries.Cut, table *chart.Table) (list []queries.Comparison) {
	for _, whole := range []struct {
		name string
		f    queries.Figure[queries.Estimate]
	}{{p.Say("stratified"), cut.Stratified}, {p.Say("crude"), cut.Crude}} {
		list = append(list, queries.Comparison{Name: whole.name, Metric: m, Difference: whole.f})
		row := make([]chart.Cell, len(table.Columns))
		span := p.DifferenceFigure(m, whole.f)
		row[0], row[5], row[6] = chart.Cell{Text: whole.name, Tone: chart.Muted}, chart.Cell{Text: span.Value}, chart.Cell{Text: span.Interval, Tone: chart.Muted}
		table.Rows = append(table.Rows, row)
	}
	return list
}

func together(p *words.Printer, l queries.Lift) Panel {
	m := queries.Metric(l.Choice.Measure)
	out := Panel{Name: "pool", Title: p.Say("Together: all campaigns by content"), Main: 3, Finding: p.Pooled(l), Short: p.PooledShort(l), Notes: p.PoolNotes(l)}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Content")},
		{Title: p.Say("Control"), Drop: 5},
		{Title: p.Say("Campaigns"), Align: chart.Right},
		{Title: p.Say("Average"), Align: chart.Right},
		{Title: p.Say("%s interval", p.Level(l.Pool.Rule.Level)), Align: chart.Right},
		{Title: p.Say("Adjusted p"), Align: chart.Right, Drop: 3},
		{Title: p.Say("Next campaign"), Align: chart.Right, Drop: 2},
		{Title: p.Say("I²"), Align: chart.Right, Drop: 4},
		{Title: p.Say("Stratified"), Align: chart.Right, Drop: 6},
		{Title: p.Say("Crude"), Align: chart.Right, Drop: 7},
	}
	var list []queries.Comparison
	for _, r := range l.Pool.Rows {
		mean := r.Mean
		mean.Name, mean.Arm = p.Say("%[1]s against %[2]s", p.Name(r.Content), p.Name(r.Control)), ""
		list = append(list, mean)
		span := p.DifferenceFigure(m, r.Mean.Difference)
		i2 := p.ReasonShort(r.I2.Why())
		if x, ok := r.I2.Value(); ok {
			i2 = p.Share(x)
		}
		next := p.ReasonShort(r.Prediction.Why())
		if r.Prediction.Why() == "" {
			next = p.DifferenceFigure(m, r.Prediction).Interval
		}
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.Name(r.Content)}, {Text: p.Name(r.Control), Tone: chart.Muted}, {Text: p.Int(int64(len(r.Campaigns)))},
			{Text: span.Value, Tone: VerdictTone(r.Mean)}, {Text: span.Interval, Tone: chart.Muted}, {Text: bareP(p.PFigure(r.Mean.Adjusted))},
			{Text: next}, {Text: i2}, {Text: p.DifferenceFigure(m, r.Stratified).String()}, {Text: p.DifferenceFigure(m, r.Crude).String()},
		})
	}
	for _, c := range list {
		if c.Difference.Why() == "" {
			out.Picture = effects(p, p.Say("Content"), list, len(list))
		}
	}
	return out
}

// effects plots comparisons that have names of their own; those from summary on
// sum the others up.
func effects(p *words.Printer, title string, list []queries.Comparison, summary int) Picture {
	return Fitted(func(width int, t chart.Theme) any {
		f := Comparisons(p, t, width, list)
		f.Title = title
		for i := range f.Columns {
			if f.Columns[i].Title == p.Say("Arm") {
				f.Columns[i].Title = ""
			}
		}
		for i := summary; i < len(f.Rows); i++ {
			f.Rows[i].Summary, f.Rows[i].Verdict = true, chart.Cell{}
		}
		return f
	}, nil)
}

// ComparisonColumns are the figures of a comparison, wherever one is a row, with
// intervals at a level.
func ComparisonColumns(p *words.Printer, level float64) []chart.Column {
	interval := p.Say("%s interval", p.Level(level))
	return []chart.Column{
		{Title: p.Say("Difference"), Align: chart.Right},
		{Title: interval, Align: chart.Right, Drop: 2},
		{Title: p.Say("Relative"), Align: chart.Right, Drop: 3},
		{Title: interval, Align: chart.Right, Drop: 5},
		{Title: p.Say("Adjusted p"), Align: chart.Right, Drop: 4},
		{Title: p.Say("Verdict")},
	}
}

// ComparisonCells fill ComparisonColumns.
func ComparisonCells(p *words.Printer, c queries.Comparison) []chart.Cell {
	difference, relative := p.DifferenceFigure(c.Metric, c.Difference), p.RelativeFigure(c.Relative)
	return []chart.Cell{
		{Text: difference.Value, Tone: chart.Title},
		{Text: difference.Interval, Tone: chart.Muted},
		{Text: relative.Value},
		{Text: relative.Interval, Tone: chart.Muted},
		{Text: bareP(p.PFigure(shownP(c)))},
		{Text: p.VerdictShort(c), Tone: VerdictTone(c)},
	}
}

// detectable is the smallest difference that could have been seen, for a cell.
func detectable(p *words.Printer, c queries.Comparison) string {
	x, ok := c.Detectable.Value()
	if !ok {
		return p.ReasonShort(c.Detectable.Why())
	}
	return p.Detectable(c.Metric, x)
}

func campaignOf(l queries.Lift, id string) queries.CampaignLift {
	for _, c := range l.Campaigns {
		if c.Campaign == id {
			return c
		}
	}
	return queries.CampaignLift{}
}

// outcomeOf is what an arm of a comparison's campaign did on its metric.
func outcomeOf(l queries.Lift, c queries.Comparison, arm string) (queries.Outcome, bool) {
	for _, a := range campaignOf(l, c.Campaign).Arms {
		for _, o := range a.Outcomes {
			if a.Arm == arm && o.Metric == c.Metric {
				return o, true
			}
		}
	}
	return queries.Outcome{}, false
}
