package report

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"accord/cmd/accord/internal/svg"
	"accord/tui/chart"
	"accord/tui/handout"
	"accord/tui/panel"
	"accord/tui/words"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
)

// shownRows is how many rows of figures a page shows without being asked: more
// are folded, as their picture tells it.
const shownRows = 30

// The parts of a page, as its template has them.
type (
	webPage struct {
		Lang, Title, Heading, Synthetic, Provenance, Filter, Contents string
		Light, Dark, Style                                            template.CSS
		Screens                                                       []webScreen
		Sources                                                       []string
	}
	webScreen struct {
		ID, Title string
		Panels    []webPanel
	}
	webPanel struct {
		ID, Title, Period, Finding string
		Picture                    template.HTML
		List                       []string
		All                        string // of a table that is folded: what opens it
		Columns                    []webColumn
		Rows                       [][]webCell
		Notes                      []string
	}
	webColumn struct {
		Text   string
		Number bool
	}
	webCell struct {
		Text, Class string
		Head        bool
	}
)

// writeHTML writes one page that needs nothing else: no network, no script. Of
// each panel it has the finding in words, then the picture, then the figures.
func writeHTML(d handout.Document, w io.Writer, _ Options) error {
	p := d.Words
	out := webPage{
		Lang: p.Language().String(), Heading: chart.Clean(d.From.Title), Provenance: chart.Clean(p.Provenance(d.From)), Filter: chart.Clean(p.Filter(d.Filter)),
		Contents: p.Say("Contents"), Style: template.CSS(pageCSS),
		Light: template.CSS(svg.Variables(chart.Light(), "#ffffff")), Dark: template.CSS(svg.Variables(chart.Dark(), "#1e1e1e")),
	}
	if out.Heading == "" {
		out.Heading = "accord"
	}
	if d.From.Synthetic {
		out.Synthetic = p.Say("Synthetic data")
	}
	var titles []string
	for _, s := range d.Screens {
		titles = append(titles, s.Title)
		x := webScreen{ID: s.Name, Title: s.Title}
		for _, a := range panel.Once(p, s.Panels) {
			x.Panels = append(x.Panels, webPanelOf(p, s.Name+"-"+a.Name, a))
		}
		out.Screens = append(out.Screens, x)
	}
	if out.Title = out.Heading; len(titles) == 1 {
		out.Title = titles[0] + " – " + out.Heading
	}
	for _, text := range d.Sources() {
		out.Sources = append(out.Sources, chart.Clean(text))
	}
	var b strings.Builder
	if err := pageTemplate.Execute(&b, out); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// webPanelOf is a panel as a page has it.
func webPanelOf(p *words.Printer, id string, x panel.Panel) webPanel {
	out := webPanel{ID: id, Title: chart.Clean(x.Title), Period: chart.Clean(x.Period), Finding: chart.Clean(x.Finding)}
	if x.Picture != nil && !x.Tabular {
		label := p.Say("Picture: %s The figures are in the table below.", x.Finding)
		if drawing, ok := svg.Draw(x.Picture.Chart(svg.Columns, chart.Theme{ASCII: p.ASCII}), label); ok {
			out.Picture = template.HTML(drawing) // its texts are escaped, see package svg
		}
	}
	for _, note := range x.Notes {
		out.Notes = append(out.Notes, chart.Clean(note))
	}
	t := handout.Figures(x)
	if handout.List(t) {
		for _, row := range t.Rows {
			out.List = append(out.List, chart.Clean(row[0].Text))
		}
		return out
	}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, webColumn{chart.Clean(c.Title), c.Align == chart.Right})
	}
	for _, row := range t.Rows {
		cells := make([]webCell, len(t.Columns))
		for i := range cells {
			var classes []string
			if t.Columns[i].Align == chart.Right {
				classes = append(classes, "number")
			}
			if i < len(row) {
				cells[i].Text = chart.Clean(row[i].Text)
				cells[i].Head = i == 0 && cells[i].Text != "" // nothing heads a row that continues the one above
				if class := toneClasses[row[i].Tone]; class != "" {
					classes = append(classes, class)
				}
			}
			cells[i].Class = strings.Join(classes, " ")
		}
		out.Rows = append(out.Rows, cells)
	}
	if n := len(out.Rows); n > shownRows && out.Picture != "" {
		out.All = p.Say("All %s rows of figures", p.Int(int64(n)))
	}
	return out
}

// toneClasses are the classes of the tones that cells have.
var toneClasses = map[chart.Tone]string{
	chart.Muted: "muted", chart.Title: "strong", chart.Accent: "strong", chart.Good: "good", chart.Bad: "bad", chart.Warning: "warning",
}
