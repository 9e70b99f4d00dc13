package handout

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/panel"
	"accord/tui/words"
)

// page is a document of one panel with a table.
func page(p *words.Printer, t chart.Table) Document {
	return Document{
		Words: p, From: queries.Provenance{Title: "Shop", MinCell: 11, Customers: queries.Known(int64(5))},
		Screens: []Screen{{Name: "lift", Title: "Lift", Panels: []panel.Panel{{Name: "comparisons", Title: "Comparisons", Finding: "=found", Table: t}}}},
	}
}

func written(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func rows(t *testing.T, text string) [][]string {
	t.Helper()
	out, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Numbers are numbers in both languages, with their unit in the title.
func TestCSVNumbers(t *testing.T) {
	t.Parallel()
	for _, language := range []words.Language{words.English, words.French} {
		p := words.New(language)
		e := queries.Known(queries.Estimate{Value: -0.0123, Low: -0.02, High: -0.005})
		span := p.DifferenceFigure(queries.HumanClick, e)
		table := chart.Table{
			Columns: []chart.Column{{Title: "Arm"}, {Title: "n"}, {Title: "Change"}, {Title: "Interval"}, {Title: "Mixed"}},
			Rows: [][]chart.Cell{
				{{Text: "a"}, {Text: p.Int(1234567)}, {Text: span.Value}, {Text: span.Interval}, {Text: p.Share(0.5)}},
				{{Text: "b"}, {Text: "<11"}, {Text: "withheld"}, {}, {Text: p.Points(-0.5)}},
			},
		}
		got := rows(t, written(t, func(b *bytes.Buffer) error { return page(p, table).CSV(b) }))
		columns, first, second := got[2], got[3], got[4]
		if columns[5] != "Change (pp)" || first[4] != "1234567" || first[5] != "-1.23" || first[6] != "-2.00" || first[7] != "-0.50" {
			t.Errorf("%v: %q, %q", language, columns, first)
		}
		if second[4] != "<11" || second[5] != "withheld" || second[6] != "" || first[8] != p.Share(0.5) {
			t.Errorf("%v: %q", language, second)
		}
	}
}

func TestDefuse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1+cmd|' /C calc'!A0": "'-1+cmd|' /C calc'!A0", "@SUM(A1)": "'@SUM(A1)", "＝1": "'＝1",
		"\t=1": `'\t=1`, "\r=1": `'\r=1`, "  =1": "'  =1", "-3": "-3", "-1.5": "-1.5", "- a": "'- a", "": "", "−1": "−1", "a=b": "a=b", "1e5": "1e5", "-1e5": "'-1e5",
	} {
		if got := Defuse(in); got != want {
			t.Errorf("Defuse(%q) = %q, want %q", in, got, want)
		}
	}
}

// Whatever the cells hold, the file is a rectangle, no cell is a formula, and
// nothing in it could disturb a terminal.
func TestCSVIsHarmless(t *testing.T) {
	t.Parallel()
	p := words.New(words.English)
	rapid.Check(t, func(r *rapid.T) {
		cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+\-@\t\r ][^\n]{0,5}`))
		table := chart.Table{Columns: []chart.Column{{Title: cell.Draw(r, "title")}, {Title: cell.Draw(r, "title")}}}
		for range rapid.IntRange(1, 4).Draw(r, "rows") {
			table.Rows = append(table.Rows, []chart.Cell{{Text: cell.Draw(r, "cell")}, {Text: cell.Draw(r, "cell")}})
		}
		var b bytes.Buffer
		if err := page(p, table).CSV(&b); err != nil {
			r.Fatal(err)
		}
		lines, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			r.Fatal(err)
		}
		for _, line := range lines {
			for _, s := range line {
				if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") && !words.IsNumber(s) {
					r.Fatalf("%q is a formula", s)
				}
				if strings.ContainsFunc(s, unicode.IsControl) {
					r.Fatalf("%q holds a control", s)
				}
			}
		}
	})
}

// No name is taken for markup.
func TestMarkdownIsHarmless(t *testing.T) {
	t.Parallel()
	nasty := "<script>|a|\n# *b* _c_ `d` d[e](http://f) www.g.h x@y.z ~~i~~ \x1b[31m"
	table := chart.Table{Columns: []chart.Column{{Title: nasty}, {Title: "n"}}, Rows: [][]chart.Cell{{{Text: nasty}, {Text: "1"}}}}
	text := written(t, func(b *bytes.Buffer) error { return page(words.New(words.English), table).Markdown(b) })
	for _, bad := range []string{"<script>", "\x1b", " *b*", "d[e](", "://", "www.", "x@y", "~~i"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q in %s", bad, text)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "| &lt;") && strings.Count(line, "|")-strings.Count(line, `\|`) != 3 {
			t.Errorf("a row of two cells: %s", line)
		}
	}
}

func TestMarkdownFence(t *testing.T) {
	t.Parallel()
	if got := fenced("a ``` b"); !strings.HasPrefix(got, "````text\n") {
		t.Errorf("a drawing ends its own block: %s", got)
	}
}
