package svg

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"accord/tui/chart"
)

// parsed fails where a drawing is not well-formed, and returns its texts.
func parsed(t interface{ Fatalf(string, ...any) }, drawing string) string {
	var texts strings.Builder
	for d := xml.NewDecoder(strings.NewReader(drawing)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts.String()
		}
		if err != nil {
			t.Fatalf("%v in %s", err, drawing)
		}
		if chars, ok := token.(xml.CharData); ok {
			texts.Write(chars)
		}
	}
}

// some are one chart of each kind.
func some() map[string]any {
	nan := math.NaN()
	return map[string]any{
		"bars": chart.Bars{Rows: []chart.Bar{
			{Label: "personalisation", Value: 0.41, Text: "41 %", Interval: &chart.Interval{Low: 0.4, High: 0.42}}, {Label: "location", Withheld: "withheld"},
		}},
		"forest": chart.Forest{Columns: []chart.Column{{Title: "Arm"}, {Title: "Effect", Align: chart.Right}}, Caption: [2]string{"lower", "higher"}, Rows: []chart.Effect{
			{Label: "Black Friday", Cells: []chart.Cell{{Text: "personalised"}, {Text: "+2.5 pp"}}, Estimate: 0.02, Low: 0.01, High: 0.03, Verdict: chart.Cell{Text: "▲ better", Tone: chart.Good}},
			{Label: "open", Estimate: -0.01, Low: math.Inf(-1), High: math.Inf(1)}, {Label: "group", Heading: true}, {Label: "all", Estimate: 0.01, Low: 0, High: 0.02, Summary: true}, {Label: "none", Withheld: "split"},
		}},
		"stack": chart.Stack{Parts: []chart.Segment{{Label: "willing"}, {Label: "sceptical"}}, Reference: &chart.Mark{At: 0.53, Label: "CROP"}, Rows: []chart.StackRow{
			{Label: "QC", Shares: []float64{0.5, 0.5}, Interval: &chart.Interval{Low: 0.4, High: 0.6}}, {Label: "ON", Shares: []float64{0.5, nan}}, {Label: "PE", Withheld: "few"},
		}},
		"share": chart.ShareBar{Segments: []chart.Segment{{Label: "willing", Text: "53 %", Share: 0.53}, {Label: "not", Share: 0.47}}, Interval: &chart.Interval{Low: 0.5, High: 0.55}, Reference: &chart.Mark{At: 0.9, Label: "CROP"}},
		"heat":  chart.Heat{Columns: []string{"18-24", "a very long name of a column that does not fit at all"}, Rows: []chart.HeatRow{{Label: "QC", Cells: []chart.HeatCell{{Value: 0.5, Text: "50 %"}, {Value: nan, Text: "–"}}}}},
		"series": chart.TimeSeries{Lines: []chart.Line{{Label: "was", Points: []chart.Point{{X: 1, Y: 0.4}, {X: 2, Y: nan}, {X: 3, Y: 0.5}, {X: 9, Y: 0.6}}}, {Label: "is", Points: []chart.Point{{X: 1, Y: 0.3}}}},
			Marks: []chart.Mark{{At: 2, Label: "notice"}, {At: 2.1, Label: "law"}, {At: 99, Label: "out of sight"}}},
	}
}

// Each kind has a drawing that is well-formed, named, says its texts, has no
// colour of its own, and is the same every time.
func TestDraw(t *testing.T) {
	t.Parallel()
	says := map[string][]string{
		"bars": {"personalisation", "41 %", "withheld"}, "forest": {"Black Friday, personalised", "+2.5 pp", "▲ better", "◂ lower", "split"},
		"stack": {"willing", "QC", "CROP", "few"}, "share": {"willing 53 %", "CROP"}, "heat": {"QC", "50 %", "18-24"}, "series": {"was", "is", "notice", "law"},
	}
	for kind, c := range some() {
		drawing, ok := Draw(c, `a "finding" <b>`)
		if !ok {
			t.Fatalf("no drawing of %s", kind)
		}
		texts := parsed(t, drawing)
		for _, want := range says[kind] {
			if !strings.Contains(texts, want) {
				t.Errorf("%s does not say %q: %q", kind, want, texts)
			}
		}
		if again, _ := Draw(c, `a "finding" <b>`); again != drawing {
			t.Errorf("%s is drawn another way the second time", kind)
		}
		if colour := regexp.MustCompile(`#[0-9A-Fa-f]{6}`).FindString(drawing); colour != "" {
			t.Errorf("%s has the colour %s, whatever the theme", kind, colour)
		}
		if !strings.HasPrefix(drawing, `<svg class="plot"`) || !strings.Contains(drawing, `role="img" aria-label="a &#34;finding&#34; &lt;b&gt;"`) || strings.Contains(texts, "out of sight") {
			t.Errorf("%s: %.300s", kind, drawing)
		}
	}
	if _, ok := Draw(chart.Table{}, ""); ok {
		t.Error("a table has a drawing")
	}
	for _, empty := range []any{chart.Bars{}, chart.Forest{}, chart.TimeSeries{}, chart.Heat{}} {
		if _, ok := Draw(empty, ""); ok {
			t.Errorf("%T without rows has a drawing", empty)
		}
	}
}

// Whatever the numbers and names are, the drawing is well-formed and finite.
func TestDrawAnything(t *testing.T) {
	t.Parallel()
	bad := regexp.MustCompile(`NaN|Inf`)
	number := rapid.OneOf(rapid.Float64Range(-3, 3), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1, -1, 1e300, -1e300}))
	rapid.Check(t, func(r *rapid.T) {
		n := func() float64 { return number.Draw(r, "n") }
		s := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"<script>", "\x1b[31m", "\u202e", "顧客", ""})).Draw(r, "s")
		iv := func() *chart.Interval { return &chart.Interval{Low: n(), High: n()} }
		for _, c := range []any{
			chart.Bars{Rows: []chart.Bar{{Label: s, Value: n(), Text: s, Interval: iv()}, {Label: s, Value: n()}}},
			chart.Forest{Zero: 0, Rows: []chart.Effect{{Label: s, Estimate: n(), Low: n(), High: n()}, {Label: s, Withheld: s + "x"}}},
			chart.Stack{Parts: []chart.Segment{{Label: s}, {}}, Rows: []chart.StackRow{{Label: s, Shares: []float64{n(), n()}, Interval: iv()}}, Reference: &chart.Mark{At: n(), Label: s}},
			chart.ShareBar{Segments: []chart.Segment{{Label: s, Share: n()}, {Share: n()}}, Interval: iv(), Reference: &chart.Mark{At: n(), Label: s}},
			chart.Heat{Columns: []string{s, s}, Rows: []chart.HeatRow{{Label: s, Cells: []chart.HeatCell{{Value: n(), Text: s}}}}},
			chart.TimeSeries{Lines: []chart.Line{{Label: s, Points: []chart.Point{{X: n(), Y: n()}, {X: n(), Y: n()}}}}, Marks: []chart.Mark{{At: n(), Label: s}}},
		} {
			drawing, _ := Draw(c, s)
			texts := parsed(r, drawing)
			if !strings.Contains(texts, "Inf") && !strings.Contains(s, "Inf") && !strings.Contains(s, "NaN") && bad.MatchString(drawing) {
				r.Fatalf("%T: %s", c, drawing)
			}
		}
	})
}

func TestVariables(t *testing.T) {
	t.Parallel()
	for _, theme := range []chart.Theme{chart.Light(), chart.Dark()} {
		text := Variables(theme, "#ffffff")
		for _, name := range names {
			if !strings.Contains(text, "--"+name+":#") {
				t.Errorf("no %s in %s", name, text)
			}
		}
	}
}
