package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func lines(s string) []string { return strings.Split(s, "\n") }

func TestSharePartsFillTheBar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shares := rapid.SliceOfN(rapid.Float64Range(0, 10), 1, 8).Draw(t, "shares")
		width := rapid.IntRange(0, 200).Draw(t, "width")
		var b ShareBar
		sum, seen := 0.0, 0
		for _, v := range shares {
			b.Segments = append(b.Segments, Segment{Share: v})
			sum += v
			if v > 0 {
				seen++
			}
		}
		parts := b.parts(width)
		total := 0
		for i, n := range parts {
			total += n
			if exact := shares[i] / sum * float64(width); sum > 0 && math.Abs(float64(n)-exact) > float64(seen)+1 {
				t.Fatalf("part %d of %v at %d has %d cells, %.1f is its share", i, shares, width, n, exact)
			}
			if width >= 8*(len(shares)+1) && shares[i] > 0 && n == 0 {
				t.Fatalf("part %d of %v at %d vanished", i, shares, width)
			}
		}
		if sum > 0 && total != width {
			t.Fatalf("parts of %v at %d fill %d cells", shares, width, total)
		}
	})
}

func TestShareBarMarksSitOnTheirShares(t *testing.T) {
	b := ShareBar{
		Segments: []Segment{{Share: .5}, {Share: .5}},
		Interval: &Interval{.4, .6}, Reference: &Mark{.5, "half"},
	}
	got := strings.Join(lines(b.Render(21, Plain()))[:3], "\n") // above the legend
	want := strings.Join([]string{
		"           ▾ half    ",
		"███████████▓▓▓▓▓▓▓▓▓▓",
		"        ├────┤       ",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestShareBarWithheld(t *testing.T) {
	b := sample().share
	b.Withheld = "suppressed"
	if got := lines(b.Render(120, Plain())); len(got) != 2 || !strings.HasPrefix(got[0], "suppressed ") {
		t.Errorf("got %q", got)
	}
}

func TestBarsKeepProportion(t *testing.T) {
	b := Bars{Rows: []Bar{{Value: 1}, {Value: .5}, {Value: .0625}, {Value: 0}, {Value: 1e-9}, {Value: -1}, {Value: math.NaN()}, {Value: 2}}, Max: 1}
	got := lines(b.Render(18, Plain()))
	want := []string{
		"  ████████████████", "  ████████        ", "  █               ", "                  ",
		"  ▏               ", "  ◀               ", "                  ", "  ███████████████▶",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestBarsShowIntervalsAndReasons(t *testing.T) {
	nan := math.NaN()
	b := Bars{Rows: []Bar{
		{Value: .5, Interval: &Interval{.25, .75}},
		{Withheld: "too few", Value: 1},
		{Value: .5, Interval: &Interval{nan, nan}},
	}, Max: 1}
	got := lines(b.Render(18, Plain()))
	if want := "  ████████        "; got[2] != want {
		t.Errorf("got %q, want %q", got[2], want)
	}
	if want := "  ████▒▒▒▒───┤    "; got[0] != want {
		t.Errorf("got %q, want %q", got[0], want)
	}
	if want := "  too few         "; got[1] != want {
		t.Errorf("got %q, want %q", got[1], want)
	}
}

func TestSparkline(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		s    Sparkline
		want string
	}{
		{Sparkline{Values: []float64{0, 1, 2, 3, 4, 5, 6, 7}}, "▁▂▃▄▅▆▇█  "},
		{Sparkline{Values: []float64{0, nan, 7, math.Inf(1)}}, "▁ █       "},
		{Sparkline{Values: []float64{0, 10}, Range: &Interval{0, 20}}, "▁▅        "},
		{Sparkline{Values: []float64{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, nan, 30, nan, nan, 34, 36}}, "▁▂▃▃▄▅▆▇ █"},
		{Sparkline{}, "          "},
	} {
		if got := c.s.Render(10, Plain()); got != c.want {
			t.Errorf("%v: got %q, want %q", c.s.Values, got, c.want)
		}
	}
}

func TestTimeSeriesLeavesGaps(t *testing.T) {
	c := TimeSeries{Lines: []Line{{Points: []Point{{0, 1}, {10, 1}, {20, math.NaN()}, {30, 1}, {40, 1}}}}}
	got := lines(c.Render(41, 3, Plain()))
	if pieces := strings.Fields(strings.Map(brailleOrBlank, got[1])); len(pieces) != 2 {
		t.Errorf("%d pieces in\n%s", len(pieces), strings.Join(got, "\n"))
	}
	alone := TimeSeries{Lines: []Line{{Points: []Point{{0, 0}, {10, math.NaN()}, {20, 1}, {30, math.NaN()}, {40, 0}}}}}
	if pieces := strings.Fields(strings.Map(brailleOrBlank, alone.Render(41, 3, Plain()))); len(pieces) != 3 {
		t.Errorf("%d of 3 points without neighbours are drawn", len(pieces))
	}
}

func brailleOrBlank(r rune) rune {
	if r > 0x2800 && r <= 0x28ff {
		return r
	}
	return ' '
}

func TestTimeSeriesSaysWhereItsAxisStarts(t *testing.T) {
	c := TimeSeries{Lines: []Line{{Points: []Point{{0, 40}, {10, 45}}}}, FormatY: points}
	if got := c.Render(40, 10, Plain()); !strings.Contains(got, "≈") || !strings.Contains(got, "+40") {
		t.Errorf("the broken foot or its label is missing:\n%s", got)
	}
	c.FromZero = true
	if got := c.Render(40, 10, Plain()); !strings.Contains(got, "└") || !strings.Contains(got, " 0 ┤") {
		t.Errorf("zero is missing:\n%s", got)
	}
}

func TestTimeSeriesTicksStandOnTheirValues(t *testing.T) {
	for height := 5; height < 40; height++ {
		c := TimeSeries{Lines: []Line{{Points: []Point{{0, 20}, {10, 20}}}}, YRange: &Interval{0, 40}, FormatY: points}
		out := c.Render(60, height, Plain())
		for _, l := range lines(out) {
			drawn := strings.TrimSpace(strings.Map(brailleOrBlank, l)) != ""
			if drawn && strings.Contains(out, "+20") && !strings.Contains(l, "+20 ┤") {
				t.Errorf("at height %d the line at 20 is drawn on %q", height, l)
			}
		}
	}
}

func TestTimeSeriesEmpty(t *testing.T) {
	c := TimeSeries{Lines: []Line{{Label: "x", Points: []Point{{0, math.NaN()}}}}, Empty: "no survey"}
	if got := lines(c.Render(15, 3, Plain())); !slices.Equal(got, []string{blank(15), "   no survey   ", blank(15)}) {
		t.Errorf("got %q", got)
	}
}

// TestForestNeverContradictsItsNumbers: what excludes zero is drawn beside the
// line of zero, what includes it on the line.
func TestForestNeverContradictsItsNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-5, 5).Draw(t, "low")
		high := low + rapid.Float64Range(0, 5).Draw(t, "width")
		row := Effect{Low: low, High: high, Estimate: (low + high) / 2}
		f := Forest{Rows: []Effect{row}, Range: &Interval{-6, 11}}
		s := f.scale(rapid.IntRange(16, 150).Draw(t, "plot"))
		tr := f.marks(row, s, Plain())
		untouched := tr[s.cell(0)].glyph == "│" && tr[s.cell(0)].tone == Border
		if excludes := low > 0 || high < 0; excludes != untouched {
			t.Fatalf("[%g, %g] on %d cells: zero untouched is %v", low, high, s.cells, untouched)
		}
	})
}

func TestForestArrows(t *testing.T) {
	f := Forest{Range: &Interval{-2, 2}}
	s := f.scale(17)
	for _, c := range []struct {
		low, est, high float64
		want           string
	}{
		{-1, 0, 1, "    ├───●───┤    "},
		{.1, 1, math.Inf(1), "        │├──●───▶"},
		{math.Inf(-1), 0, 9, "◀───────●───────▶"},
		{3, 4, 5, "        │       ▶"},
		{-9, -5, -3, "◀       │        "},
		{math.NaN(), 0, 1, "        │        "},
	} {
		br := newBrush(Plain(), 17)
		br.begin(false)
		br.track(f.marks(Effect{Low: c.low, Estimate: c.est, High: c.high}, s, Plain()))
		if got := br.String(); got != c.want {
			t.Errorf("[%g, %g]: got %q, want %q", c.low, c.high, got, c.want)
		}
	}
}

func TestForestScaleIsNotFlattenedByOneRow(t *testing.T) {
	f := Forest{Rows: []Effect{{Low: 1, High: 3, Estimate: 2}, {Low: 0, High: 2, Estimate: 1}, {Low: -90, High: 95, Estimate: 2}}}
	if s := f.scale(40); s.low < -2 || s.high > 5 {
		t.Errorf("the scale is %g to %g", s.low, s.high)
	}
}

func TestForestColumnsDropBeforeThePlot(t *testing.T) {
	f := sample().forest
	shown := func(width int) string {
		head := lines(f.Render(width, Plain()))[0]
		out := ""
		for _, title := range []string{"95 %", " n ", "Lift, pp"} {
			if strings.Contains(head, title) {
				out += title
			}
		}
		return out
	}
	if got := shown(120); got != "95 % n Lift, pp" {
		t.Errorf("at 120: %q", got)
	}
	if got := shown(70); got != " n Lift, pp" {
		t.Errorf("at 70: %q", got)
	}
	for width := 40; width <= 200; width++ {
		axis := lines(f.Render(width, Plain()))[f.Height()-2]
		if plot := len([]rune(strings.TrimSpace(axis))); plot < forestPlot {
			t.Errorf("at %d the plot is %d wide", width, plot)
		}
	}
}

func TestTableDropsColumnsInOrder(t *testing.T) {
	b := sample().table
	order := []string{}
	seen := map[string]bool{}
	for width := 120; width >= 30; width-- {
		head := lines(b.Render(width, Plain()))[0]
		for _, c := range b.Columns {
			if !strings.Contains(head, c.Title) && !seen[c.Title] {
				seen[c.Title] = true
				order = append(order, c.Title)
			}
		}
	}
	if want := []string{"Customers", "Note", "Change"}; !slices.Equal(order, want) {
		t.Errorf("columns went in the order %q, want %q", order, want)
	}
}

func TestTableNeverCutsNumbers(t *testing.T) {
	b := Table{Columns: []Column{{"Name", Left, 0}, {"A", Right, 0}, {"B", Right, 0}}, Rows: [][]Cell{row("British Columbia", "1,234,567", "7,654,321")}}
	for width := range 60 {
		got := lines(b.Render(width, Plain()))[2]
		for _, field := range strings.Fields(got) {
			if strings.ContainsAny(field, "0123456789") && field != "1,234,567" && field != "7,654,321" {
				t.Errorf("at %d: %q", width, got)
			}
		}
	}
}

func TestScrollingKeepsTheSelectedRowInView(t *testing.T) {
	var b Table
	b.Columns, b.Interactive = []Column{{Title: "row"}}, true
	for i := range 100 {
		b.Rows = append(b.Rows, row(fmt.Sprint(i)))
	}
	for b.MaxHeight = 1; b.MaxHeight < 20; b.MaxHeight++ {
		for b.Selected = range b.Rows {
			out := lines(b.Render(20, Plain()))
			if len(out) > b.MaxHeight {
				t.Fatalf("%d lines of %d", len(out), b.MaxHeight)
			}
			at := slices.IndexFunc(out, func(l string) bool { return strings.HasPrefix(l, "▸") })
			if at < 0 || b.RowAt(at) != b.Selected || !strings.Contains(out[at], fmt.Sprint(b.Selected)) {
				t.Fatalf("row %d in %d lines: marked at line %d, which is row %d\n%s", b.Selected, b.MaxHeight, at, b.RowAt(at), strings.Join(out, "\n"))
			}
		}
	}
	for _, line := range []int{-1, 1000} {
		if got := b.RowAt(line); got != -1 {
			t.Errorf("RowAt(%d) = %d", line, got)
		}
	}
}

func TestHeatScrollsToTheSelectedRow(t *testing.T) {
	h := Heat{Columns: []string{"a"}, Interactive: true, Column: 0}
	for i := range 10 {
		h.Rows = append(h.Rows, HeatRow{fmt.Sprint("r", i), []HeatCell{{Value: 1}}})
	}
	for h.MaxHeight = 1; h.MaxHeight < 12; h.MaxHeight++ {
		for h.Selected = range h.Rows {
			out := lines(h.Render(20, Plain()))
			at := slices.IndexFunc(out, func(l string) bool { return strings.HasPrefix(l, fmt.Sprint("▸ r", h.Selected)) })
			if len(out) > h.MaxHeight || at < 0 || h.RowAt(at) != h.Selected {
				t.Fatalf("row %d in %d lines:\n%s", h.Selected, h.MaxHeight, strings.Join(out, "\n"))
			}
			if cut := h.MaxHeight < 11; cut != strings.ContainsAny(out[at], "│┃") {
				t.Fatalf("rows left out at %d lines: %t\n%s", h.MaxHeight, cut, strings.Join(out, "\n"))
			}
		}
	}
}

func TestHeatTellsMissingFromNothing(t *testing.T) {
	h := Heat{Columns: []string{"a", "b", "c", "d"}, Rows: []HeatRow{{"r", []HeatCell{{Value: 0}, {Value: math.NaN()}, {Value: 1}}}}}
	got := lines(h.Render(30, Plain()))[1]
	if want := Fit("r  ·····     █████", 30, Left); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// One tick tells no scale: where round values are few, a finer step is taken.
func TestForestAxisTellsItsScale(t *testing.T) {
	f := Forest{Format: func(v float64) string { return fmt.Sprint(v) }, Rows: []Effect{{Label: "a", Estimate: 1.5, Low: -1.7, High: 4.6}}}
	for width := 20; width <= 120; width++ {
		out := lines(f.Render(width, Plain()))
		if labels := strings.Fields(out[len(out)-1]); len(labels) < 2 {
			t.Errorf("at %d: %q", width, labels)
		}
	}
}

func TestForestWithoutEstimates(t *testing.T) {
	nan := math.NaN()
	f := Forest{Title: "arm", Rows: []Effect{{Label: "a", Estimate: nan, Low: nan, High: nan, Verdict: Cell{Text: "? withheld"}}}}
	out := lines(f.Render(60, Plain()))
	if len(out) != f.Height() || strings.TrimSpace(strings.Join(out[2:], "")) != "" || strings.Contains(out[0]+out[1], "│") {
		t.Errorf("%q", out)
	}
}

func TestTicksAreRound(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		n         int
		want      []float64
	}{
		{0, 10, 5, []float64{0, 2, 4, 6, 8, 10}},
		{-3.3, 4.9, 4, []float64{-2, 0, 2, 4}},
		{0, 1, 2, []float64{0, .5, 1}},
		{1e16, 1e16 + 2, 5, nil},
	} {
		got := ticks(c.low, c.high, c.n)
		if c.want != nil && !slices.EqualFunc(got, c.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("ticks(%g, %g, %d) = %v, want %v", c.low, c.high, c.n, got, c.want)
		}
		if !slices.IsSorted(got) {
			t.Errorf("ticks(%g, %g, %d) = %v are not in order", c.low, c.high, c.n, got)
		}
	}
}
