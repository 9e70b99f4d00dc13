package tui

import (
	"math"
	"strings"
	"time"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/words"
)

// day is a date on the time axis, in days.
func day(d queries.Date) float64 { return float64(d.Time().Unix() / 86400) }

// date is the inverse of day.
func date(x float64) queries.Date {
	return queries.DateOf(time.Unix(int64(math.Round(x))*86400, 0).UTC())
}

// shortDate writes the start of a month by its month and other days whole.
func (l *look) shortDate(x float64) string {
	return strings.TrimSuffix(l.words.Date(date(x)), "-01")
}

// axisShare writes a share on an axis.
func (l *look) axisShare(x float64) string {
	return l.words.Say("%s %%", l.axisNumber(x*100))
}

// axisNumber writes a round number without needless decimals.
func (l *look) axisNumber(x float64) string {
	digits := 0
	for scaled := x; digits < 4 && math.Abs(scaled-math.Round(scaled)) > 1e-6; digits++ {
		scaled *= 10
	}
	return l.words.Number(x, digits)
}

// monthStarts are the first days of months between two days.
func monthStarts(from, to float64) []float64 {
	t := date(from).Time()
	t = time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	var starts []float64
	for ; day(queries.DateOf(t)) <= to; t = t.AddDate(0, 1, 0) {
		if x := day(queries.DateOf(t)); x >= from {
			starts = append(starts, x)
		}
	}
	return starts
}

// leastRange is the least that an axis of shares covers: on a finer one a
// change of no weight would look like a collapse.
const leastRange = 0.05

// axisRange is the axis for points: around them, and of some extent.
func axisRange(points []chart.Point) *chart.Interval {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range points {
		if !math.IsNaN(p.Y) {
			low, high = min(low, p.Y), max(high, p.Y)
		}
	}
	if low > high || high-low >= leastRange {
		return nil
	}
	low = max(0, min((low+high-leastRange)/2, 1-leastRange))
	return &chart.Interval{Low: low, High: low + leastRange}
}

// pointReadout says what the trend is at a point.
func (o *overview) pointReadout(i int) string {
	p, point := o.words, o.answer.Trend.Points[i]
	return p.Say("%[1]s: %[2]s; %[3]s entries, %[4]s exits", p.Date(point.At), p.Rate(point.Rate), p.Count(point.Entries), p.Count(point.Exits))
}

// trendContent draws the line, with a mark at the point under the cursor.
func (o *overview) trendContent(width, height, selected int) content {
	p, t := o.words, o.answer.Trend
	const enough = 10 // lines of a plot
	headline := o.headline(p.TrendHeadline(t), p.TrendShort(t), width, height-enough)
	summary, known := words.SummariseTrend(t)
	if t.Missing != "" || !known {
		return arrange(height, o.text(chart.Text, p.TrendHeadline(t), width), o.text(chart.Muted, p.TrendNote(t), width))
	}
	series := chart.TimeSeries{
		Lines:   []chart.Line{{Tone: chart.Series1}},
		FormatX: o.shortDate,
		FormatY: o.axisShare,
	}
	for _, point := range t.Points {
		y := math.NaN()
		if e, ok := point.Rate.Estimate.Value(); ok {
			y = e.Value
		}
		series.Lines[0].Points = append(series.Lines[0].Points, chart.Point{X: day(point.At), Y: y})
	}
	series.YRange = axisRange(series.Lines[0].Points)
	first, last := t.Points[0], t.Points[len(t.Points)-1]
	if starts := monthStarts(day(first.At), day(last.At)); len(starts) > 1 {
		series.XTicks = starts
	}
	if summary.StepTo.At != "" && summary.Step() != 0 {
		series.Marks = append(series.Marks, chart.Mark{At: day(summary.StepTo.At), Label: p.LargestStep(summary)})
	}
	if selected >= 0 && selected < len(t.Points) {
		series.Marks = append(series.Marks, chart.Mark{At: day(t.Points[selected].At)})
	}
	note := o.text(chart.Muted, p.TrendNote(t), width)
	room := height - len(headline.lines)
	if n := len(note.lines); n > 0 && room > enough+n {
		room -= n + 1
	}
	if room > enough { // a blank line before a plot that is tall enough
		room--
	}
	drawing := series.Render(width-margin, max(room, 0), o.theme)
	return arrange(height, headline, content{lines: indent(strings.Split(drawing, "\n"))}, note)
}
