package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/handout"
)

// csvRows are the rows of a CSV file. All have as many cells; one table comes
// without its title, so that the file is a table to other programs from its
// first line on.
func (d Document) csvRows() [][]string {
	var rows [][]string
	for i, s := range d.Sheets {
		if len(d.Sheets) > 1 {
			if i > 0 {
				rows = append(rows, nil)
			}
			rows = append(rows, []string{handout.Defuse(s.heading())})
		}
		columns := s.Columns(d.DecimalComma)
		head := make([]string, len(columns))
		for i, c := range columns {
			head[i] = handout.Defuse(c.heading())
		}
		rows = append(rows, head)
		for y := range s.Table.Rows {
			row := make([]string, len(columns))
			for i, c := range columns {
				row[i] = c.Cells[y].csv()
			}
			rows = append(rows, row)
		}
	}
	rows = append(rows, nil)
	if len(d.Sheets) == 1 {
		rows = append(rows, []string{handout.Defuse(d.Sheets[0].heading())})
	}
	for _, note := range d.Notes {
		rows = append(rows, []string{handout.Defuse(note)})
	}
	width := 1
	for _, row := range rows {
		width = max(width, len(row))
	}
	for i, row := range rows {
		rows[i] = append(row, make([]string, width-len(row))...)
	}
	return rows
}

// csv is a cell that a spreadsheet shows and does not run.
func (c Cell) csv() string {
	if c.Is {
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	}
	return handout.Defuse(c.Text)
}

// CSV writes the document as CSV, safe to open in a spreadsheet. It begins with
// the mark by which spreadsheets know UTF-8.
func CSV(w io.Writer, d Document) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	if err := c.WriteAll(d.csvRows()); err != nil {
		return err
	}
	return c.Error()
}

// TSV writes tables as they are read on screen, for a clipboard.
func TSV(w io.Writer, d Document) error {
	var b strings.Builder
	for _, s := range d.Sheets {
		line := func(cells []string) {
			for i, c := range cells {
				if i > 0 {
					b.WriteByte('\t')
				}
				b.WriteString(handout.Defuse(c))
			}
			b.WriteByte('\n')
		}
		titles := make([]string, len(s.Table.Columns))
		for i, c := range s.Table.Columns {
			titles[i] = c.Title
		}
		line(titles)
		for _, row := range s.Table.Rows {
			texts := make([]string, len(row))
			for i, c := range row {
				texts[i] = c.Text
			}
			line(texts)
		}
		line(nil)
		line([]string{s.heading()})
	}
	for _, note := range d.Notes {
		b.WriteString(handout.Defuse(note) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// The outermost object of JSON, and what is in it.
type (
	jsonDocument struct {
		Export     int                `json:"export"` // version of the form
		Panels     []jsonSheet        `json:"panels"`
		Filter     string             `json:"filter"`
		Source     string             `json:"source,omitempty"`
		Provenance queries.Provenance `json:"provenance"`
		Notes      []string           `json:"notes"`
	}
	jsonSheet struct {
		Name    string       `json:"name"`
		Title   string       `json:"title"`
		Period  string       `json:"period,omitempty"`
		Finding string       `json:"finding,omitempty"`
		Columns []jsonColumn `json:"columns"`
		Rows    [][]any      `json:"rows"` // by column: a number, or a text
		Notes   []string     `json:"notes"`
	}
	jsonColumn struct {
		Title string `json:"title"`
		Unit  string `json:"unit,omitempty"`
	}
)

// JSON writes the document as one object.
func JSON(w io.Writer, d Document) error {
	out := jsonDocument{Export: 1, Panels: []jsonSheet{}, Filter: d.Filter, Source: chart.Clean(d.Source), Provenance: d.Provenance, Notes: clean(d.Notes)}
	out.Provenance.Title = chart.Clean(out.Provenance.Title)
	for _, s := range d.Sheets {
		x := jsonSheet{Name: s.Name, Title: chart.Clean(s.Title), Period: chart.Clean(s.Period), Finding: chart.Clean(s.Finding), Columns: []jsonColumn{}, Rows: [][]any{}, Notes: clean(s.Notes)}
		columns := s.Columns(d.DecimalComma)
		for _, c := range columns {
			x.Columns = append(x.Columns, jsonColumn{c.Title, c.Unit})
		}
		for y := range s.Table.Rows {
			row := make([]any, len(columns))
			for i, c := range columns {
				row[i] = c.Cells[y].Text
				if c.Cells[y].Is {
					row[i] = c.Cells[y].Number
				}
			}
			x.Rows = append(x.Rows, row)
		}
		out.Panels = append(out.Panels, x)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func clean(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = chart.Clean(s)
	}
	return out
}

// literally keeps a text from being read as Markdown or HTML.
var literally = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`,
)

// Markdown writes the document as Markdown.
func Markdown(w io.Writer, d Document) error {
	var b strings.Builder
	text := func(s string) string { return literally.Replace(chart.Clean(s)) }
	for _, s := range d.Sheets {
		b.WriteString("## " + text(s.heading()) + "\n\n")
		if s.Finding != "" {
			b.WriteString(text(s.Finding) + "\n\n")
		}
		if len(s.Table.Columns) > 0 {
			marks := "|"
			for _, c := range s.Table.Columns {
				b.WriteString("| " + text(c.Title) + " ")
				if c.Align == chart.Right {
					marks += " ---: |"
				} else {
					marks += " --- |"
				}
			}
			b.WriteString("|\n" + marks + "\n")
			for _, row := range s.Table.Rows {
				for i := range s.Table.Columns {
					cell := ""
					if i < len(row) {
						cell = row[i].Text
					}
					b.WriteString("| " + text(cell) + " ")
				}
				b.WriteString("|\n")
			}
			b.WriteString("\n")
		}
		for _, note := range s.Notes {
			b.WriteString(text(note) + "\n\n")
		}
	}
	b.WriteString("---\n\n")
	for _, note := range d.Notes {
		b.WriteString("- " + text(note) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
