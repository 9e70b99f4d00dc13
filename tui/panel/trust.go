package panel

import (
	"math"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// Trust lays out how far customers trust with their data, and what moves it.
func Trust(p *words.Printer, a queries.Trust) []Panel {
	panels := []Panel{ladder(p, a), steps(p, a), matrix(p, a), won(p, a), statedCells(p, a), statedGaps(p, a), index(p, a)}
	return compared(p, a.Changes, panels, func(c queries.Change) string { return p.SharedName(c.What) })
}

func ladder(p *words.Printer, a queries.Trust) Panel {
	l := a.Ladder
	out := Panel{Name: "ladder", Title: p.Say("The ladder: how many purposes customers share for"), Main: 1, Finding: p.LadderHeadline(a), Short: p.LadderShort(a)}
	if l.Missing != "" {
		return out
	}
	out.Period = p.Period(a.From, a.Until)
	out.Table.Columns = []chart.Column{{Title: p.Say("At")}, {Title: p.Say("Known"), Align: chart.Right, Drop: 1}}
	bars := chart.Stack{Title: p.Say("Purposes, shares of %s", p.Date(a.Until)), Format: p.AxisShare}
	for i, r := range l.Rungs {
		name := p.RungName(r)
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: name, Align: chart.Right}, chart.Column{Title: p.Say("Share"), Align: chart.Right, Drop: 2 + i})
		bars.Parts = append(bars.Parts, chart.Segment{Label: name, Text: p.WholeShare(r.Now.Estimate)})
	}
	add := func(day queries.Date, known queries.Count, of func(queries.Rung) queries.Rate) {
		row := chart.StackRow{Label: p.Date(day)}
		cells := []chart.Cell{{Text: p.Date(day)}, {Text: p.Count(known)}}
		for _, r := range l.Rungs {
			rate := of(r)
			row.Shares = append(row.Shares, shareOr(rate, math.NaN()))
			cells = append(cells, chart.Cell{Text: p.Count(rate.Numerator)}, chart.Cell{Text: p.ShareFigure(rate.Estimate).Value, Tone: chart.Muted})
		}
		bars.Rows, out.Table.Rows = append(bars.Rows, row), append(out.Table.Rows, cells)
	}
	add(a.From, l.Before, func(r queries.Rung) queries.Rate { return r.Before })
	add(a.Until, l.Known, func(r queries.Rung) queries.Rate { return r.Now })
	out.Picture = stack(bars)
	out.Notes = []string{p.LadderNote()}
	return out
}

// steps is the panel of steps up and down, both on one scale.
func steps(p *words.Printer, a queries.Trust) Panel {
	l := a.Ladder
	out := Panel{Name: "steps", Title: p.Say("Steps up and down"), Main: 1, Finding: p.StepsHeadline(a), Short: p.StepsShort(a)}
	if l.Missing != "" {
		return out
	}
	out.Period = p.Period(a.From.AddDays(1), a.Until)
	out.Table.Columns = []chart.Column{{Title: p.Say("Step")}, {Title: p.Say("Number"), Align: chart.Right}}
	var bars chart.Bars
	for _, r := range l.Rungs {
		if r.Purposes == 0 {
			continue // below none there is no line
		}
		name := p.RungName(r)
		bars.Rows = append(bars.Rows,
			countBar(p, sign(p, "▲ ", "^ ")+p.Say("up to %s", name), r.Up, chart.Good),
			countBar(p, sign(p, "▼ ", "v ")+p.Say("down from %s", name), r.Down, chart.Bad))
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{{Text: p.Say("up to %s", name)}, {Text: p.Count(r.Up)}}, []chart.Cell{{Text: p.Say("down from %s", name)}, {Text: p.Count(r.Down)}})
	}
	if len(bars.Rows) > 0 {
		out.Picture = Bars(bars)
	}
	out.Notes = p.StepsNotes()
	return out
}

// shareOr is a rate's share, or what stands for one that is not shown.
func shareOr(r queries.Rate, otherwise float64) float64 {
	if e, ok := r.Estimate.Value(); ok {
		return e.Value
	}
	return otherwise
}

// countBar is a bar as long as a count.
func countBar(p *words.Printer, label string, n queries.Count, tone chart.Tone) chart.Bar {
	bar := chart.Bar{Label: label, Tone: tone}
	if x, ok := n.Value(); ok {
		bar.Value, bar.Text = float64(x), p.Int(x)
	} else {
		bar.Withheld = p.ReasonShort(n.Why())
	}
	return bar
}

func matrix(p *words.Printer, a queries.Trust) Panel {
	out := Panel{Name: "matrix", Title: titled(p.Say("From which state to which: %s", p.Name(a.Purpose))), Main: 2, Finding: p.MatrixHeadline(a), Short: p.MatrixShort(a)}
	if a.Matrix.Missing != "" {
		if a.Purpose == "" {
			out.Title = p.Say("From which state to which")
		}
		return out
	}
	out.Period = p.Period(a.From, a.Until)
	states := queries.ConsentStates()
	out.Table.Columns = []chart.Column{{Title: p.Say("State before")}, {Title: p.Say("Customers"), Align: chart.Right}}
	var h chart.Heat
	for _, s := range states {
		h.Columns = append(h.Columns, p.PartShort(s))
		out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Part(s), Align: chart.Right})
	}
	out.Table.Columns = append(out.Table.Columns, chart.Column{Title: p.Say("who left"), Align: chart.Right})
	for _, r := range a.Matrix.Rows {
		row := chart.HeatRow{Label: p.FromState(r.State)}
		cells := []chart.Cell{{Text: row.Label}, {Text: p.Count(r.N)}}
		n, counted := r.N.Value()
		left, also := r.To[len(states)].Value()
		for i, c := range r.To {
			cells = append(cells, chart.Cell{Text: p.Count(c)})
			if i == len(states) {
				continue
			}
			x, there := c.Value()
			switch {
			case counted && n == 0: // a share of nobody
				row.Cells = append(row.Cells, chart.HeatCell{Value: math.NaN()})
			case there && counted && also && n > left:
				share := float64(x) / float64(n-left)
				row.Cells = append(row.Cells, chart.HeatCell{Value: share, Text: p.Say("%s %%", p.Number(share*100, 0))})
			case there && x == 0:
				row.Cells = append(row.Cells, chart.HeatCell{Text: p.Say("%s %%", p.Int(0))})
			default:
				row.Cells = append(row.Cells, chart.HeatCell{Value: math.NaN(), Text: sign(p, "–", "-")})
			}
		}
		h.Rows = append(h.Rows, row)
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	out.Picture = Heat(h, nil)
	out.Notes = append(p.MatrixNotes(a), p.WithheldNote())
	return out
}

// ofThem is a share and of how many, so that few are seen to be few.
func ofThem(p *words.Printer, r queries.Rate) string {
	if _, ok := r.Estimate.Value(); !ok {
		return p.ShareFigure(r.Estimate).Value
	}
	return p.Say("%s of %s", p.ShareFigure(r.Estimate).Value, p.Count(r.Denominator))
}

func won(p *words.Printer, a queries.Trust) Panel {
	out := Panel{Name: "won", Title: p.Say("Which content wins consents"), Main: 4, Finding: p.WonHeadline(a), Short: p.WonShort(a)}
	if a.Won.Missing != "" {
		return out
	}
	out.Table.Columns = []chart.Column{
		{Title: p.Say("Content")}, {Title: p.Say("Against"), Drop: 2}, {Title: p.Say("By"), Drop: 1}, {Title: p.Say("Campaigns"), Align: chart.Right, Drop: 8},
		{Title: p.Say("Consents won"), Align: chart.Right}, {Title: p.WonLevel(a.Won), Drop: 3},
		{Title: p.Say("Arm"), Align: chart.Right, Drop: 9}, {Title: p.Say("Control"), Align: chart.Right, Drop: 9},
		{Title: p.Say("Withdrawn"), Align: chart.Right, Drop: 5}, {Title: p.Say("Interval"), Drop: 7},
		{Title: p.Say("Withdrawn again"), Align: chart.Right, Drop: 4}, {Title: p.Say("Sceptics"), Align: chart.Right, Drop: 1}, {Title: p.Say("Interval"), Drop: 6},
	}
	f := chart.Forest{Title: p.Say("Content"), Format: p.AxisPoints, Caption: [2]string{p.Say("fewer"), p.Say("more")},
		Columns: []chart.Column{{Title: p.Say("won"), Align: chart.Right, Drop: 3}, {Title: p.Say("withdrawn again"), Align: chart.Right, Drop: 2}, {Title: p.Say("sceptics"), Align: chart.Right, Drop: 1}}}
	for _, r := range a.Won.Rows {
		won, withdrawn, sceptics := p.PointsEstimate(r.Won), p.PointsEstimate(r.Withdrawn), p.PointsEstimate(r.ScepticsWon)
		again := p.ShareFigure(r.Again.Estimate)
		out.Table.Rows = append(out.Table.Rows, []chart.Cell{
			{Text: p.Name(r.Content)}, {Text: p.Against(r)}, {Text: p.Allotted(r)}, {Text: p.Int(int64(len(r.Campaigns)))},
			{Text: won.Value}, {Text: won.Interval, Tone: chart.Muted}, {Text: p.Fraction(r.Arm)}, {Text: p.Fraction(r.Against)},
			{Text: withdrawn.Value}, {Text: withdrawn.Interval, Tone: chart.Muted}, {Text: again.Value}, {Text: sceptics.Value}, {Text: sceptics.Interval, Tone: chart.Muted},
		})
		x := chart.Effect{Label: p.WonName(r), Cells: []chart.Cell{{Text: p.ShareFigure(r.Arm.Estimate).Value}, {Text: ofThem(p, r.Again)}, {Text: sceptics.String()}}}
		if e, ok := r.Won.Value(); ok {
			x.Estimate, x.Low, x.High = e.Value, e.Low, e.High
			x.Verdict = chart.Cell{Text: won.Value, Tone: chart.Neutral}
			switch {
			case !r.Randomised:
				x.Verdict.Tone = chart.Muted
			case e.Low > 0:
				x.Verdict = chart.Cell{Text: sign(p, "▲ ", "^ ") + won.Value, Tone: chart.Good}
			case e.High < 0:
				x.Verdict = chart.Cell{Text: sign(p, "▼ ", "v ") + won.Value, Tone: chart.Bad}
			}
		} else {
			x.Withheld = p.ReasonShort(r.Won.Why())
		}
		f.Rows = append(f.Rows, x)
	}
	out.Picture = Forest(f)
	out.Notes = p.WonNotes(a.Won)
	return out
}
