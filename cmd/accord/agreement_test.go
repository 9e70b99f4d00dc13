package main

import (
	"encoding/base64"
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"accord/cmd/accord/internal/report"
	"accord/tui"
	"accord/tui/handout"
	"accord/tui/words"
)

// copies are the texts that the program sent to the terminal's clipboard.
var copies = regexp.MustCompile("\x1b\\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\\\)")

// copied is the table in focus, as Y copies it.
func (x *terminal) copied() string {
	before := len(copies.FindAllString(x.written(), -1))
	x.press("Y")
	x.until("a copy", func(string) bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return len(copies.FindAll(x.raw, -1)) > before
	})
	all := copies.FindAllStringSubmatch(x.written(), -1)
	text, err := base64.StdEncoding.DecodeString(all[len(all)-1][1])
	must(x.t, err)
	return string(text)
}

// plainRow is a row as the report's CSV has it, without blanks and units.
func plainRow(p *words.Printer, cells []string) string {
	var out []string
	for _, s := range cells {
		if low, high, ok := p.ReadInterval(s); ok {
			out = append(out, low, high)
		} else if n, _, ok := p.ReadNumber(strings.TrimPrefix(s, "'")); ok {
			out = append(out, n)
		} else if s != "" {
			out = append(out, handout.Defuse(s))
		}
	}
	return strings.Join(out, "\x00")
}

// Every row of every table of the dashboard, as a person copies it there, is in
// the report, and the other way round.
func TestReportAgreesWithDashboard(t *testing.T) {
	t.Parallel()
	x := start{width: 160, height: 50}.on(t)
	x.sees("open tracking", "? help   q quit")
	run, err := x.home.run("report", "--format", "csv")
	must(t, err)
	out, err := run.Output()
	must(t, err)
	lines, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	must(t, err)
	p := words.New(words.English)
	reported := map[string]int{} // rows by screen
	titles := map[string][]string{"overview": {"Stance", "Opt-in", "Trend", "Lift", "Needs attention"}}
	rows := map[string]bool{}
	for _, line := range lines {
		if line[2] == "finding" && line[0] != "overview" { // which has titles of its own there
			titles[line[0]] = append(titles[line[0]], line[3])
		}
		if line[2] == "row" {
			reported[line[0]]++
			rows[line[0]+"\x00"+plainRow(p, line[3:])] = true
		}
	}
	for i, screen := range tui.Screens() {
		if !slices.Contains(report.Screens(), screen) {
			continue // single customers and SQL are an analyst's
		}
		x.press(strconv.Itoa(i + 1))
		shown := 0
		for _, title := range titles[screen] {
			x.sees("▸ " + string([]rune(title)[:min(len([]rune(title)), 20)]))
			table, _, _ := strings.Cut(x.copied(), "\n\n")
			for _, row := range strings.Split(table, "\n")[1:] {
				shown++
				cells := strings.Split(row, "\t")
				if !rows[screen+"\x00"+plainRow(p, cells)] {
					t.Errorf("%s shows a row that the report lacks: %q", screen, row)
				}
			}
			x.press("\t")
		}
		if shown != reported[screen] || shown == 0 {
			t.Errorf("%s shows %d rows, the report has %d", screen, shown, reported[screen])
		}
	}
	x.press("q")
	x.ends()
}
