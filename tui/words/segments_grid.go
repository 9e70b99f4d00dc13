package words

import "accord/queries"

// GridHeadline says what the two dimensions together show.
func (p *Printer) GridHeadline(a queries.Segments) string {
	if a.Missing != "" {
		return p.noSegments(a)
	}
	if a.Grid.Missing != "" {
		return p.Say("There is no second dimension to compare by beside %[1]s: any further column of the file becomes one.", p.Name(a.Choice.By))
	}
	low, high := [2]int{-1, -1}, [2]int{-1, -1}
	shown, withheld := 0, 0
	for r, line := range a.Grid.Cells {
		for c, cell := range line {
			e, there := cell.Figure.Value()
			if !there {
				if cell.Figure.Why().Suppressed() {
					withheld++
				}
				continue
			}
			shown++
			if x := gridValue(a, low); low[0] < 0 || e.Value < x {
				low = [2]int{r, c}
			}
			if x := gridValue(a, high); high[0] < 0 || e.Value > x {
				high = [2]int{r, c}
			}
		}
	}
	by, across := p.Name(a.Choice.By), p.Name(a.Choice.Across)
	if shown == 0 {
		return p.Say("By %[1]s and %[2]s, no cell can be shown: %[3]s are withheld or empty.", by, across, p.Int(int64(withheld)))
	}
	text := p.Say("By %[1]s and %[2]s, %[3]s goes from %[4]s to %[5]s.", by, across, p.figureName(a), p.gridCell(a, low), p.gridCell(a, high))
	if withheld > 0 {
		text += " " + p.Plural(int64(withheld), "%s cell is withheld, and may be beyond.", "%s cells are withheld, and may be beyond.", p.Int(int64(withheld)))
	}
	return text
}

func gridValue(a queries.Segments, at [2]int) float64 {
	if at[0] < 0 {
		return 0
	}
	e, _ := a.Grid.Cells[at[0]][at[1]].Figure.Value()
	return e.Value
}

// gridCell names a cell with its figure.
func (p *Printer) gridCell(a queries.Segments, at [2]int) string {
	cell := a.Grid.Cells[at[0]][at[1]]
	return p.Say("%[1]s (%[2]s, %[3]s)", p.SegmentFigure(a.Choice.Measure, cell.Figure).String(), p.PooledGroups(a.Rows[at[0]].Value, a.Pooled), p.PooledGroups(a.Grid.Columns[at[1]], a.Grid.Pooled))
}

// PooledGroups is a value, or how many were pooled in its place.
func (p *Printer) PooledGroups(value string, pooled int) string {
	if value != "" {
		return p.SegmentName(value)
	}
	if pooled > 0 {
		return p.Plural(int64(pooled), "%s other", "%s others", p.Int(int64(pooled)))
	}
	return p.Say("(none)")
}

// ReasonsHeadline says why the sceptical are.
func (p *Printer) ReasonsHeadline(a queries.Reasons) string {
	switch {
	case a.Missing == queries.NoInput:
		return p.NoInput("survey")
	case a.Missing == queries.NotRecorded:
		return p.Say("No sceptic gave a reason. A column reasons in the survey file (several, with ; between) would show here why.")
	case a.Missing != "":
		return p.Say("Reasons of sceptics: %s.", p.Reason(a.Missing))
	}
	first, there := a.Rows[0].Rate.Estimate.Value()
	if !there {
		return p.Say("Reasons of sceptics: %s.", p.Reason(a.Rows[0].Rate.Estimate.Why()))
	}
	return p.Say("%[1]s of %[2]s sceptical respondents who gave a reason name this one: %[3]s.", p.ShareSpan(first).String(), p.Count(a.N), p.GivenReason(a.Rows[0].Reason))
}

// ReasonsShort is ReasonsHeadline for little room.
func (p *Printer) ReasonsShort(a queries.Reasons) string {
	if a.Missing != "" || a.Rows[0].Rate.Estimate.Why() != "" {
		return p.ReasonsHeadline(a)
	}
	e, _ := a.Rows[0].Rate.Estimate.Value()
	return p.Say("%[1]s of sceptics: %[2]s", p.ShareSpan(e).Value, p.GivenReason(a.Rows[0].Reason))
}

// ReasonsNote says what shares of reasons are of.
func (p *Printer) ReasonsNote(a queries.Reasons) string {
	return p.Say("The base is people: %[1]s of %[2]s sceptical respondents gave a reason. Each may give several, so shares do not sum to 100 %%. Shares are weighted as the answers are; counts are not.", p.Count(a.N), p.Count(a.Sceptical))
}

// GridUnits says what the bare numbers of a grid's cells are, "" where they say it.
func (p *Printer) GridUnits(a queries.Segments) string {
	switch a.Choice.Measure {
	case queries.MeasureStance, queries.MeasureStates, queries.MeasureEngagement:
		return p.Say("In the cells: %% %s.", p.figureName(a))
	case queries.MeasureGap:
		return p.Say("In the cells: percentage points.")
	}
	return ""
}
