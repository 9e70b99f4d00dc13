package panel

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

func statedCells(p *words.Printer, a queries.Trust) Panel {
	s := a.Stated
	out := Panel{Name: "stated", Title: titled(p.Say("What they say and what they do: %s", p.Name(a.Purpose))), Main: 3, Finding: p.StatedHeadline(a), Short: p.StatedShort(a)}
	if s.Missing != "" {
		if a.Purpose == "" {
			out.Title = p.Say("What they say and what they do")
		}
		return out
	}
	out.Period = p.Period(s.Since, s.Until)
	out.Table.Columns = []chart.Column{
		{Title: p.Say("They say")}, {Title: p.Say("Answers"), Align: chart.Right}, {Title: p.Say("Opted in"), Align: chart.Right}, {Title: p.Say("Of those who say so"), Align: chart.Right},
		{Title: p.Level(0.95), Drop: 2}, {Title: p.Say("Of all"), Align: chart.Right, Drop: 3}, {Title: p.Say("Not opted in"), Align: chart.Right, Drop: 1}, {Title: p.Say("Of all"), Align: chart.Right, Drop: 3},
	}
	bars := chart.Stack{Title: p.Say("They say"), Format: p.AxisShare, Columns: []chart.Column{{Title: p.Say("Answers"), Align: chart.Right, Drop: 2}, {Title: p.Say("Opted in"), Align: chart.Right}, {Title: p.Level(0.95), Align: chart.Right, Drop: 1}}}
	bars.Parts = []chart.Segment{{Label: p.Say("opted in")}, {Label: p.Say("not opted in")}}
	for _, r := range []struct {
		name        string
		in, out, of queries.Rate
	}{{p.Name("willing"), s.WillingIn, s.WillingOut, s.Willing}, {p.Say("not willing"), s.OthersIn, s.OthersOut, s.Others}} {
		share := p.ShareFigure(r.of.Estimate)
		row := chart.StackRow{Label: r.name, Cells: []chart.Cell{{Text: p.Count(r.of.Denominator)}, {Text: share.Value}, {Text: share.Interval}}}
		if e, ok := r.of.Estimate.Value(); ok {
			row.Shares, row.Interval = []float64{e.Value, 1 - e.Value}, &chart.Interval{Low: e.Low, High: e.High}
		} else {
			row.Withheld, row.Cells = p.Reason(r.of.Estimate.Why()), row.Cells[:1]
		}
		bars.Rows = append(bars.Rows, row)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: r.name}, {Text: p.Count(r.of.Denominator)}, {Text: p.Count(r.in.Numerator)}, {Text: share.Value}, {Text: share.Interval, Tone: chart.Muted},
			{Text: p.ShareFigure(r.in.Estimate).Value}, {Text: p.Count(r.out.Numerator)}, {Text: p.ShareFigure(r.out.Estimate).Value}})
	}
	out.Picture = stack(bars)
	out.Notes = p.StatedNotes(a)
	return out
}

func statedGaps(p *words.Printer, a queries.Trust) Panel {
	out := Panel{Name: "gaps", Title: p.Say("The paradox"), Main: 2, Finding: p.GapsHeadline(a), Short: p.GapsShort(a)}
	if a.Stated.Missing != "" || len(a.Stated.Groups) == 0 {
		return out
	}
	by := p.Name(a.Choice.By)
	out.Title, out.Period = p.Say("The paradox by %s", by), p.Period(a.Stated.Since, a.Stated.Until)
	columns := []chart.Column{{Title: p.Say("willing, not in"), Align: chart.Right, Drop: 2}, {Title: p.Say("in, not willing"), Align: chart.Right, Drop: 3}}
	out.Table.Columns = []chart.Column{{Title: by}, {Title: p.Say("Answers"), Align: chart.Right}, {Title: p.Say("Gap"), Align: chart.Right}, {Title: p.Say("95 %% interval"), Drop: 1},
		{Title: p.Say("Willing, not opted in"), Align: chart.Right}, {Title: p.Say("Interval"), Drop: 2}, {Title: p.Say("Opted in, not willing"), Align: chart.Right}, {Title: p.Say("Interval"), Drop: 3}}
	f := chart.Forest{Title: by, Format: p.AxisPoints, Columns: append([]chart.Column{{Title: "n", Align: chart.Right, Drop: 1}}, columns...), Caption: [2]string{p.Say("do more"), p.Say("say more")}}
	pooled := 0
	for _, g := range a.Stated.Groups {
		name := g.Value
		if name == "" {
			name, pooled = p.Say("the others"), pooled+1
		}
		gap, says, does := p.PointsEstimate(g.Gap), p.ShareFigure(g.Says.Estimate), p.ShareFigure(g.Does.Estimate)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: name}, {Text: p.Count(g.N)}, {Text: gap.Value}, {Text: gap.Interval, Tone: chart.Muted},
			{Text: says.Value}, {Text: says.Interval, Tone: chart.Muted}, {Text: does.Value}, {Text: does.Interval, Tone: chart.Muted}})
		out.Terms = append(out.Terms, termOf(a.Choice.By, g.Value))
		x := chart.Effect{Label: name, Cells: []chart.Cell{{Text: p.Count(g.N)}, {Text: says.Value}, {Text: does.Value}}}
		if e, ok := g.Gap.Value(); ok {
			x.Estimate, x.Low, x.High = e.Value, e.Low, e.High
			x.Verdict = chart.Cell{Text: gap.Value, Tone: chart.Neutral}
		} else {
			x.Withheld = p.ReasonShort(g.Gap.Why())
		}
		f.Rows = append(f.Rows, x)
	}
	out.Picture = Forest(f)
	out.Notes = []string{p.Say("The gap is the share willing less the share opted in, among linked answers: those who say more less those who do more. Intervals are taken alone.")}
	return out
}

func index(p *words.Printer, a queries.Trust) Panel {
	x := a.Index
	out := Panel{Name: "index", Title: p.Say("Trust index"), Main: 5, Finding: p.IndexHeadline(a), Short: p.IndexShort(a)}
	if x.Missing != "" {
		return out
	}
	out.Period = p.Period(a.From.AddDays(1), a.Until)
	out.Table.Columns = []chart.Column{{Title: p.Say("Part")}, {Title: p.Say("Now"), Align: chart.Right}, {Title: p.Say("Before"), Align: chart.Right},
		{Title: p.Say("Rate now"), Align: chart.Right, Drop: 1}, {Title: p.Say("Rate before"), Align: chart.Right, Drop: 1}, {Title: p.Say("Index"), Align: chart.Right}, {Title: p.Say("95 %% interval"), Drop: 2}}
	f := chart.Forest{Title: p.Say("Part"), Zero: 1, Format: func(v float64) string { return p.Number(v*100, 0) }, Caption: [2]string{p.Say("less trust"), p.Say("more trust")},
		Columns: []chart.Column{{Title: p.Say("rate now"), Align: chart.Right, Drop: 2}, {Title: p.Say("before"), Align: chart.Right, Drop: 2}}}
	add := func(name string, v queries.Figure[queries.Estimate], summary bool, cells ...chart.Cell) {
		span := p.IndexFigure(v)
		row := chart.Effect{Label: name, Summary: summary, Cells: cells}
		if e, ok := v.Value(); ok {
			row.Estimate, row.Low, row.High = e.Value, e.Low, e.High
			row.Verdict = chart.Cell{Text: span.Value, Tone: chart.Neutral}
			switch {
			case e.Low > 1:
				row.Verdict = chart.Cell{Text: sign(p, "▲ ", "^ ") + span.Value, Tone: chart.Good}
			case e.High < 1:
				row.Verdict = chart.Cell{Text: sign(p, "▼ ", "v ") + span.Value, Tone: chart.Bad}
			}
		} else {
			row.Withheld = p.ReasonShort(v.Why())
		}
		f.Rows = append(f.Rows, row)
	}
	for _, part := range x.Parts {
		now, before, span := p.PerThousand(part.RateNow), p.PerThousand(part.RateBefore), p.IndexFigure(part.Value)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: p.PartName(part.Name)}, {Text: p.Count(part.Now)}, {Text: p.Count(part.Before)}, {Text: now}, {Text: before}, {Text: span.Value}, {Text: span.Interval, Tone: chart.Muted}})
		add(p.PartName(part.Name), part.Value, false, chart.Cell{Text: now}, chart.Cell{Text: before})
	}
	span := p.IndexFigure(x.Value)
	out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: p.Say("Trust index")}, {}, {}, {}, {}, {Text: span.Value}, {Text: span.Interval, Tone: chart.Muted}})
	add(p.Say("Trust index"), x.Value, true)
	out.Picture = Forest(f)
	out.Notes = p.IndexNotes()
	return out
}
