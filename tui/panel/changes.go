package panel

import (
	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// compared puts what the filter compares before the panels of an answer, where it
// compares. name names a figure as the other panels do.
func compared(p *words.Printer, x queries.Changes, panels []Panel, name func(queries.Change) string) []Panel {
	if x.Versus == queries.VersusNothing {
		return panels
	}
	out := Panel{Name: "changes", Title: p.Comparison(x.Versus), Main: 5, Finding: p.ChangesHeadline(x, name), Short: p.ChangesShort(x, name), Notes: p.ChangesNotes(x)}
	if x.Missing == "" {
		now, then := p.Say("Now"), p.Say("Then")
		if x.Versus == queries.VersusRest {
			now, then = p.Say("Picked"), p.Say("The rest")
		} else {
			out.Period = p.Period(x.Since, x.Until)
		}
		out.Table.Columns = []chart.Column{
			{Title: p.Say("Figure")}, {Title: now, Align: chart.Right}, {Title: p.Say("Of"), Align: chart.Right, Drop: 2}, {Title: then, Align: chart.Right}, {Title: p.Say("Of"), Align: chart.Right, Drop: 2}, {Title: p.Say("Change"), Align: chart.Right}, {Title: p.Say("Interval"), Align: chart.Right, Drop: 1},
		}
		for _, c := range x.Rows {
			change := p.ChangeOf(c)
			out.Table.Rows = append(out.Table.Rows, []chart.Cell{
				{Text: name(c)}, {Text: p.ChangeSide(c, c.Now).Value}, {Text: p.Count(c.N), Tone: chart.Muted}, {Text: p.ChangeSide(c, c.Then).Value}, {Text: p.Count(c.ThenN), Tone: chart.Muted}, {Text: change.Value, Tone: changeTone(c)}, {Text: change.Interval, Tone: chart.Muted},
			})
		}
		out.tabular()
	}
	return append([]Panel{out}, panels...)
}

// changeTone is quiet for what chance may have done.
func changeTone(c queries.Change) chart.Tone {
	if e, there := c.Change.Value(); there && e.ExcludesZero() {
		return chart.Text
	}
	return chart.Muted
}

// armName names a figure of a Lift's Changes: a campaign and its arm, or a content
// and what it was set against.
func armName(p *words.Printer, l queries.Lift) func(queries.Change) string {
	return func(c queries.Change) string {
		for _, x := range l.Comparisons {
			if l.Changes.Versus == queries.VersusRest && x.Campaign == c.Of && x.Arm == c.What {
				return p.Say("%[1]s, %[2]s", x.Name, p.Name(x.Arm))
			}
		}
		return p.Say("%[1]s against %[2]s", p.Name(c.What), p.Name(c.Of))
	}
}
