package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// samples is one of each chart.
type samples struct {
	share  ShareBar
	stack  Stack
	bars   Bars
	spark  Sparkline
	time   TimeSeries
	forest Forest
	table  Table
	heat   Heat
}

func percent(v float64) string { return fmt.Sprintf("%.0f %%", v*100) }

func points(v float64) string {
	if v == 0 {
		return "0"
	}
	return fmt.Sprintf("%+.0f", v)
}

func day(year, month, day int) float64 {
	return float64(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func monthName(v float64) string {
	return time.Unix(int64(v)*86400, 0).UTC().Format("Jan 2006")
}

func row(texts ...string) []Cell {
	var cells []Cell
	for _, s := range texts {
		cells = append(cells, Cell{Text: s})
	}
	return cells
}

// sample is what charts look like in use.
func sample() samples {
	gain, loss, open := Cell{"▲ gain", Good}, Cell{"▼ loss", Bad}, Cell{"· can't tell", Auto}
	s := samples{
		share: ShareBar{
			Segments: []Segment{
				{"Opted in", "41 %", .41, Auto}, {"Contactable", "17 %", .17, Auto}, {"Refused", "12 %", .12, Auto},
				{"Unanswered", "9 %", .09, Auto}, {"Lapsed", "6 %", .06, Auto}, {"Never asked", "15 %", .15, Auto},
			},
			Interval:  &Interval{.395, .425},
			Reference: &Mark{.53, "53 % said they were willing (2018)"},
		},
		stack: Stack{
			Title:   "Region",
			Parts:   []Segment{{"Willing", "53 %", 0, Auto}, {"Undecided", "14 %", 0, Auto}, {"Sceptical", "33 %", 0, Auto}},
			Columns: []Column{{"n", Right, 2}, {"Willing", Right, 0}, {"95 %", Right, 3}, {"From the others", Right, 1}},
			Rows: []StackRow{
				{Label: "Everyone", Cells: row("4,500", "53.0 %", "[51.5, 54.5]"), Shares: []float64{.53, .14, .33}, Interval: &Interval{.515, .545}, Trend: []float64{.52, .53, .54}, Whole: true},
				{Label: "Québec", Cells: row("1,257", "49.9 %", "[47.0, 52.7]", "▼ -4.1 pp"), Shares: []float64{.499, .155, .346}, Interval: &Interval{.47, .527}, Trend: []float64{.49, .51, .50}},
				{Label: "New Brunswick", Cells: row("94", "52.2 %", "[42.0, 62.3]", "·"), Shares: []float64{.522, math.NaN(), math.NaN()}, Interval: &Interval{.42, .623}},
				{Label: "All of it", Cells: row("31", "100 %"), Shares: []float64{1, 0, 0}, Interval: &Interval{.89, 1}, Trend: []float64{1, math.NaN(), 1}},
				{Label: "Yukon", Cells: row("<11"), Withheld: "withheld: fewer than 11 people"},
			},
			Reference: &Mark{.53, "53 % in a survey of 2018"}, TrendName: "by wave", Format: percent,
			Interactive: true, Selected: 1,
		},
		bars: Bars{
			Rows: []Bar{
				{Label: "Québec", Value: .43, Text: "43.1 %", Interval: &Interval{.41, .45}},
				{Label: "Ontario", Value: .41, Text: "41.0 %", Interval: &Interval{.395, .425}},
				{Label: "British Columbia", Value: .382, Text: "38.2 %", Interval: &Interval{.36, .41}},
				{Label: "Atlantic", Value: .294, Text: "29.4 %", Interval: &Interval{.21, .38}},
				{Label: "Elsewhere", Value: .127, Text: "12.7 %"},
				{Label: "Yukon", Text: "–", Withheld: "suppressed: fewer than 11 people"},
			},
			Interactive: true, Selected: 1,
		},
		forest: Forest{
			Title:   "Campaign",
			Columns: []Column{{"n", Right, 2}, {"Lift, pp", Right, 1}, {"95 %", Right, 3}},
			Rows: []Effect{
				{Label: "Opted in", Heading: true},
				{Label: "Spring welcome", Sub: "personalised", Cells: row("12,431", "+3.1", "+2.0 to +4.2"), Estimate: 3.1, Low: 2, High: 4.2, Verdict: gain},
				{Label: "Été à Montréal", Sub: "personalised", Cells: row("8,120", "+2.4", "+0.1 to +4.7"), Estimate: 2.4, Low: .1, High: 4.7, Verdict: gain},
				{Label: "Autumn reward", Sub: "reward", Cells: row("410", "+1.0", "-9.4 to +11.2"), Estimate: 1, Low: -9.4, High: 11.2, Verdict: open},
				{Label: "All campaigns", Cells: row("20,961", "+2.8", "+1.7 to +3.9"), Estimate: 2.8, Low: 1.7, High: 3.9, Verdict: gain, Summary: true},
				{Label: "Not opted in", Heading: true},
				{Label: "Spring welcome", Sub: "personalised", Cells: row("15,201", "+0.1", "-0.8 to +1.0"), Estimate: .1, Low: -.8, High: 1, Verdict: open},
				{Label: "Été à Montréal", Sub: "personalised", Cells: row("9,004", "-1.6", "-2.9 to -0.3"), Estimate: -1.6, Low: -2.9, High: -.3, Verdict: loss},
				{Label: "Holiday split", Sub: "values", Cells: row("4,233"), Withheld: "withheld: the split is not as planned"},
			},
			Format: points, Caption: [2]string{"generic better", "personalised better"},
			Interactive: true, Selected: 2,
		},
		table: Table{
			Columns: []Column{{"Segment", Left, 0}, {"Customers", Right, 3}, {"Opted in", Right, 0}, {"Share", Right, 0}, {"Change", Right, 1}, {"Note", Left, 2}},
			Rows: [][]Cell{
				row("Québec, 25–34", "12,431", "5,121", "41.2 %", "+1.2 pp", "notice v3 in force since May"),
				row("Ontario, 25–34", "22,010", "9,322", "42.4 %", "+0.4 pp"),
				{{"北海道 évasion", Auto}, {"31", Auto}, {"–", Muted}, {"–", Muted}, {"–", Muted}, {"suppressed", Muted}},
				{{"hostile\x1b[31m\u202e", Auto}, {"1,200", Auto}, {"312", Auto}, {"26.0 %", Auto}, {"-4.0 pp", Bad}, {"check the source", Warning}},
				row("Prairies", "9,110", "3,190", "35.0 %", "0.0 pp"),
				row("Atlantic", "4,220", "1,240", "29.4 %", "+2.1 pp"),
				row("North", "120", "29", "24.2 %", "+0.3 pp"),
			},
			Interactive: true, Selected: 3, MaxHeight: 7,
		},
	}
	for i := range 90 {
		v := math.Sin(float64(i)/9)*3 + float64(i)/20
		if i > 40 && i < 48 {
			v = math.NaN()
		}
		s.spark.Values = append(s.spark.Values, v)
	}
	s.time = TimeSeries{
		Lines: []Line{
			{Label: "E-mail", Points: weekly(.41, .02, true)},
			{Label: "SMS", Points: weekly(.31, .015, false)},
			{Label: "Call centre", Points: weekly(.25, .01, false)},
		},
		Marks:   []Mark{{day(2017, 7, 1), "CASL transition ends"}, {day(2018, 3, 17), "Cambridge Analytica"}, {day(2018, 5, 25), "GDPR"}},
		Rug:     []float64{day(2017, 7, 1), day(2018, 1, 1), day(2018, 7, 1), day(2030, 1, 1)},
		FormatX: monthName, FormatY: percent,
	}
	for m := range 25 {
		s.time.XTicks = append(s.time.XTicks, day(2017, 1+m, 1))
	}
	for i := range 24 {
		s.heat.Columns = append(s.heat.Columns, fmt.Sprintf("%02d", i))
	}
	for r, name := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		var cells []HeatCell
		for i := range 24 {
			v := math.Exp(-math.Pow(float64(i-19+r), 2)/30) * (1 - float64(r)/14)
			if r == 5 && i < 4 {
				v = math.NaN()
			}
			cells = append(cells, HeatCell{v, fmt.Sprintf("%.0f", v*30), Auto})
		}
		s.heat.Rows = append(s.heat.Rows, HeatRow{name, cells})
	}
	return s
}

// weekly is two years of a rate with a dip in March 2018 and a step in May.
func weekly(base, swing float64, missing bool) []Point {
	var out []Point
	for d := day(2017, 1, 1); d <= day(2018, 12, 31); d += 7 {
		y := base + swing*math.Sin((d-17000)/60)
		if d > day(2018, 3, 17) && d < day(2018, 4, 10) {
			y -= swing * 1.5
		}
		if d > day(2018, 5, 25) {
			y += swing
		}
		if missing && d > day(2017, 8, 1) && d < day(2017, 9, 20) {
			y = math.NaN()
		}
		out = append(out, Point{d, y})
	}
	return out
}

// relabelled returns a sample with every text passed through f.
func relabelled(s samples, f func(string) string) samples {
	cells := func(cs []Cell) []Cell {
		out := make([]Cell, len(cs))
		for i, c := range cs {
			out[i] = Cell{f(c.Text), c.Tone}
		}
		return out
	}
	format := func(g func(float64) string) func(float64) string {
		return func(v float64) string { return f(g(v)) }
	}
	for i := range s.share.Segments {
		s.share.Segments[i].Label, s.share.Segments[i].Text = f(s.share.Segments[i].Label), f(s.share.Segments[i].Text)
	}
	s.share.Reference.Label = f(s.share.Reference.Label)
	s.stack.Title, s.stack.TrendName, s.stack.Format = f(s.stack.Title), f(s.stack.TrendName), format(s.stack.Format)
	s.stack.Parts = slices.Clone(s.stack.Parts)
	for i := range s.stack.Parts {
		s.stack.Parts[i].Label, s.stack.Parts[i].Text = f(s.stack.Parts[i].Label), f(s.stack.Parts[i].Text)
	}
	for i := range s.stack.Columns {
		s.stack.Columns[i].Title = f(s.stack.Columns[i].Title)
	}
	for i := range s.stack.Rows {
		r := &s.stack.Rows[i]
		r.Label, r.Cells = f(r.Label), cells(r.Cells)
		if r.Withheld != "" {
			r.Withheld = f(r.Withheld)
		}
	}
	if s.stack.Reference != nil {
		s.stack.Reference = &Mark{s.stack.Reference.At, f(s.stack.Reference.Label)}
	}
	for i := range s.bars.Rows {
		r := &s.bars.Rows[i]
		r.Label, r.Text = f(r.Label), f(r.Text)
	}
	s.forest.Title, s.forest.Format = f(s.forest.Title), format(s.forest.Format)
	for i := range s.forest.Rows {
		r := &s.forest.Rows[i]
		r.Label, r.Sub, r.Verdict.Text, r.Cells = f(r.Label), f(r.Sub), f(r.Verdict.Text), cells(r.Cells)
		if r.Withheld != "" {
			r.Withheld = f(r.Withheld)
		}
	}
	for i := range s.forest.Caption {
		s.forest.Caption[i] = f(s.forest.Caption[i])
	}
	for i := range s.table.Columns {
		s.table.Columns[i].Title = f(s.table.Columns[i].Title)
	}
	for i := range s.table.Rows {
		s.table.Rows[i] = cells(s.table.Rows[i])
	}
	for i := range s.time.Lines {
		s.time.Lines[i].Label = f(s.time.Lines[i].Label)
	}
	for i := range s.time.Marks {
		s.time.Marks[i].Label = f(s.time.Marks[i].Label)
	}
	s.time.FormatX, s.time.FormatY = format(s.time.FormatX), format(s.time.FormatY)
	for i := range s.heat.Columns {
		s.heat.Columns[i] = f(s.heat.Columns[i])
	}
	for i := range s.heat.Rows {
		s.heat.Rows[i].Label = f(s.heat.Rows[i].Label)
		for j := range s.heat.Rows[i].Cells {
			s.heat.Rows[i].Cells[j].Text = f(s.heat.Rows[i].Cells[j].Text)
		}
	}
	return s
}

// hostileSample is a sample whose every text is one of the hostile ones.
func hostileSample() samples {
	n := 0
	return relabelled(sample(), func(string) string {
		n++
		return hostile[n%len(hostile)]
	})
}

// asciiOnly is a sample without text that is not ASCII.
func asciiOnly(s samples) samples {
	return relabelled(s, func(text string) string {
		return strings.Map(func(r rune) rune {
			if r > 126 {
				return '?'
			}
			return r
		}, text)
	})
}
