package report

import (
	"context"
	"encoding/csv"
	"fmt"
	"html"
	"strings"
	"testing"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/handout"
	"accord/tui/panel"
	"accord/tui/words"
)

// The panels of the dashboard, which draws what these functions return.
func dashboard(f fake, p *words.Printer) map[string][]panel.Panel {
	lift, _ := f.Lift(context.Background(), queries.Filter{}, queries.Choice{})
	return map[string][]panel.Panel{
		"overview": panel.Overview(p, f.overview), "lift": panel.Lift(p, f.provenance, lift, 0), "consent": panel.Consent(p, f.consent),
		"segments": panel.Segments(p, f.segments), "data": panel.Data(p, f.provenance, f.data),
		"engagement": panel.Engagement(p, queries.Filter{}, f.engagement),
		"trust":      panel.Trust(p, f.trust), "audit": panel.Audit(p, f.audit),
	}
}

// squeezed is a text without the blanks that lay it out.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// Every figure of the dashboard is in every form of the report, cell by cell.
func TestFiguresAreTheDashboards(t *testing.T) {
	for _, f := range fakes {
		for _, l := range []words.Language{words.English, words.French} {
			if testing.Short() && l == words.French {
				continue
			}
			a, p := f.make(), words.New(l)
			p.MinCell = a.provenance.MinCell
			panels := dashboard(a, p)
			for _, screen := range Screens() {
				shown, ok := panels[screen]
				if !ok {
					t.Fatalf("what does the dashboard show on %s?", screen)
				}
				o := Options{Screen: screen, Printer: p, Width: 2000}
				got := map[string]string{}
				for _, o.Format = range Formats() {
					got[o.Format] = write(t, a, o)
				}
				text, page := squeezed(got["text"]), squeezed(html.UnescapeString(got["html"]))
				lines, err := csv.NewReader(strings.NewReader(got["csv"])).ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				for _, x := range panel.Once(p, shown) {
					where := fmt.Sprintf("%s %v %s %s", f.name, l, screen, x.Name)
					for _, row := range handout.Figures(x).Rows {
						var cells []string
						for _, c := range row {
							if c.Text != "" {
								cells = append(cells, squeezed(chart.Clean(c.Text)))
							}
						}
						if !handout.List(x.Table) && !strings.Contains(text, strings.Join(cells, " ")) {
							t.Errorf("%s: the text lacks %q", where, cells)
						}
						for _, c := range cells {
							if page != "" && !strings.Contains(page, ">"+c+"<") {
								t.Errorf("%s: the page lacks %q", where, c)
							}
						}
					}
					sameRows(t, where, p, x, lines)
					if x.Finding != "" && !strings.Contains(text, squeezed(chart.Clean(x.Finding))) {
						t.Errorf("%s: the text lacks the finding %q", where, x.Finding)
					}
				}
			}
		}
	}
}

// sameRows compares the rows of the CSV with the Table of a panel.
func sameRows(t *testing.T, where string, p *words.Printer, x panel.Panel, lines [][]string) {
	t.Helper()
	var rows [][]string
	for _, line := range lines {
		if line[1] == x.Name && line[2] == "row" {
			rows = append(rows, line[3:])
		}
	}
	if len(rows) != len(x.Table.Rows) {
		t.Errorf("%s: %d rows in the CSV, %d in the panel", where, len(rows), len(x.Table.Rows))
		return
	}
	for i, row := range x.Table.Rows {
		got := strings.Join(rows[i], "\x00") + "\x00"
		for _, c := range row {
			want := handout.Defuse(c.Text)
			if n, _, ok := p.ReadNumber(c.Text); ok && !strings.Contains(got, want+"\x00") {
				want = n
			}
			if low, high, ok := p.ReadInterval(c.Text); ok {
				want = low + "\x00" + high
			}
			if !strings.Contains(got, want+"\x00") {
				t.Errorf("%s: row %d of the CSV lacks %q: %q", where, i, want, rows[i])
			}
		}
	}
}

// Every form says that it is guarded and who wrote it.
func TestReportsAreGuardedInWords(t *testing.T) {
	f := rich()
	f.provenance.Guarded = true
	for _, format := range []string{"text", "markdown", "csv"} {
		if text := write(t, f, Options{Format: format, Screen: "overview", Version: "9.9"}); !strings.Contains(text, "Guarded: ") || !strings.Contains(text, "accord 9.9") {
			t.Errorf("%s does not say that it is guarded, and by what it was written", format)
		}
	}
}
