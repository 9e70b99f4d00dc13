package export

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accord/queries"
	"accord/tui/chart"
)

func sheet(titles string, rows ...string) Sheet {
	s := Sheet{Name: "arms", Title: "Arms", Period: "2018"}
	for i, title := range strings.Split(titles, "|") {
		c := chart.Column{Title: title}
		if i > 0 {
			c.Align = chart.Right
		}
		s.Table.Columns = append(s.Table.Columns, c)
	}
	for _, row := range rows {
		var cells []chart.Cell
		for _, text := range strings.Split(row, "|") {
			cells = append(cells, chart.Cell{Text: text})
		}
		s.Table.Rows = append(s.Table.Rows, cells)
	}
	return s
}

func document(s ...Sheet) Document {
	return Document{Sheets: s, Notes: []string{"Filter: region=QC", "=cmd|' /C calc'!A0"}, Filter: "region=QC",
		Provenance: queries.Provenance{Title: "Boréal", Synthetic: true, AsOf: "2018-12-31", MinCell: 11}}
}

func TestColumnsBecomeNumbers(t *testing.T) {
	s := sheet("Code|Share|95 % interval|Effect|Mixed|People|On",
		"007|53.0 %|[51.5, 54.5]|−0.48 pp|1 %|12,345|2018-12-31",
		"8|withheld|withheld|+1.2 pp|2 pp|1,000,000|2018-12-30")
	var head []string
	for _, c := range s.Columns(false) {
		head = append(head, c.heading())
	}
	if diff := cmp.Diff([]string{"Code", "Share (%)", "95 % interval, low (%)", "95 % interval, high (%)", "Effect (pp)", "Mixed", "People", "On"}, head); diff != "" {
		t.Error(diff)
	}
	rows := document(s).csvRows()
	for i, want := range []string{"007,53,51.5,54.5,-0.48,1 %,12345,2018-12-31", "8,withheld,withheld,withheld,1.2,2 pp,1000000,2018-12-30"} {
		if got := strings.Join(rows[i+1], ","); got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
}

func TestFrenchNumbers(t *testing.T) {
	s := sheet("Code|Part|Intervalle|Gens", "a|53,0\u00a0%|[51,5; 54,5]|12\u00a0345,5")
	if got := strings.Join(document(s).csvRowsFrench()[1], "|"); got != "a|53|51.5|54.5|12345.5" {
		t.Error(got)
	}
}

func (d Document) csvRowsFrench() [][]string {
	d.DecimalComma = true
	return d.csvRows()
}

// CSV is safe to open in a spreadsheet, whatever names hold, and a table to any
// reader.
func TestCSVIsSafe(t *testing.T) {
	evil := []string{"=1+1", "+1.2 pp", "@SUM(A1)", "-2+3", "\t=1", "\r=1", "\x1b[2J", "a\"b,c", "=HYPERLINK(\"x\")", "−1"}
	s := sheet("=Name|Value", evil...)
	for i := range s.Table.Rows {
		s.Table.Rows[i] = append(s.Table.Rows[i], chart.Cell{Text: evil[i]})
	}
	for _, d := range []Document{document(s), document(s, s)} {
		var b strings.Builder
		if err := CSV(&b, d); err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(b.String(), "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll() // as many cells in every row
		if err != nil || !marked {
			t.Fatal(err, marked)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) || strings.HasPrefix(cell, "-2") || strings.ContainsAny(cell, "\x1b\x00") {
					t.Errorf("%q would be run", cell)
				}
			}
		}
		if !strings.Contains(text, "Filter: region=QC") {
			t.Error("no footer")
		}
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := JSON(&b, document(sheet("Code|Share", "a|53.0 %", "b|withheld"))); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Filter string
		Panels []struct {
			Columns []struct{ Title, Unit string }
			Rows    [][]any
		}
		Provenance struct{ Synthetic bool }
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]any{{"a", 53.0}, {"b", "withheld"}}, got.Panels[0].Rows); diff != "" || got.Panels[0].Columns[1].Unit != "%" || !got.Provenance.Synthetic || got.Filter != "region=QC" {
		t.Errorf("%s\n%s", diff, b.String())
	}
}

func TestMarkdown(t *testing.T) {
	s := sheet("Code|Share", "a|b|53.0 %", "<b>*x*</b>|withheld")
	s.Table.Rows[0] = []chart.Cell{{Text: "a|b"}, {Text: "53.0 %"}}
	s.Finding = "[link](http://x)"
	var b strings.Builder
	if err := Markdown(&b, document(s)); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"## Arms (2018)\n", "| Code | Share |\n| --- | ---: |\n| a\\|b | 53.0 % |\n", `&lt;b&gt;\*x\*&lt;/b&gt;`, `\[link\]`, "- Filter: region=QC\n"} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("no %q in:\n%s", part, b.String())
		}
	}
}
