package tui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"accord/queries"
	"accord/tui/chart"
	"accord/tui/export"
	"accord/tui/words"
)

// formats is the one table of formats of export, by the end of the file's name.
var formats = []struct {
	end   string
	name  string
	write func(io.Writer, export.Document) error // nil for Parquet, which is no text
}{
	{".csv", "CSV", export.CSV},
	{".json", "JSON", export.JSON},
	{".md", "Markdown", export.Markdown},
	{".parquet", "Parquet", nil},
}

// exportHeight is the lines that the export prompt takes: title, name, what
// will be written, the formats, and what is wrong.
const exportHeight = 6

// An exportPrompt asks what to export, as what and to where.
type exportPrompt struct {
	*look
	input    *inputLine
	document export.Document // of all panels
	focus    int             // the panel under the cursor
	whole    bool            // the whole screen
	title    string          // of the screen
	problem  string
	writing  bool
}

// document is what the page shown holds, with its footer.
func (a *app) document() (d export.Document, focus int) {
	p := a.pages[a.shown] // its filter, which is not the one in force while the next answer is under way
	d.Sheets, focus = p.Sheets()
	d.Notes = a.words.Footer(p.filter, a.provenance, a.config.Source)
	if slices.Contains(analysts, p.Name()) {
		d.Notes = a.words.AnalystFooter(p.filter, p.settled(), a.provenance, a.config.Source)
	}
	d.Filter, d.Source, d.Provenance = p.filter.String(), a.config.Source, a.provenance
	d.DecimalComma = a.words.Language() == words.French
	return d, focus
}

// only is a document of one of its sheets.
func only(d export.Document, i int) export.Document {
	d.Sheets = d.Sheets[i : i+1]
	return d
}

func newExportPrompt(a *app) *exportPrompt {
	d, focus := a.document()
	p := &exportPrompt{look: a.look, document: d, focus: focus, title: a.pages[a.shown].Title()}
	p.input = newInputLine("> ", "accord-"+a.pages[a.shown].Name()+"-"+d.Sheets[focus].Name+".csv")
	return p
}

// exportedMsg says what became of an export.
type exportedMsg struct {
	prompt *exportPrompt
	path   string
	err    error
}

// Height implements overlay.
func (p *exportPrompt) Height(int) int { return exportHeight }

func (p *exportPrompt) line() *inputLine { return p.input }

func (p *exportPrompt) handleEdit() { p.problem = "" }

func (p *exportPrompt) hints(*app) []hint {
	return []hint{{drill, writeHint}, {back, closeHint}, {nextPane, wholeHint}, {down, formatHint}}
}

// format is the index of the format that the name asks for, -1 for none.
func (p *exportPrompt) format() int {
	for i, f := range formats {
		if strings.HasSuffix(strings.ToLower(p.input.Value()), f.end) {
			return i
		}
	}
	return -1
}

func (p *exportPrompt) handleKey(a *app, m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "esc":
		a.close()
	case "tab":
		p.whole, p.problem = !p.whole, ""
	case "up", "down":
		step := 1
		if m.String() == "up" {
			step = len(formats) - 1
		}
		at, name := p.format(), p.input.Value()
		if at >= 0 {
			name = name[:len(name)-len(formats[at].end)]
		}
		p.input.SetValue(name + formats[(at+step+len(formats))%len(formats)].end)
		p.input.CursorEnd()
		p.problem = ""
	case "enter":
		return p.write(a)
	default:
		p.input.edit(m)
		p.problem = ""
	}
	return nil
}

// write is the command that writes the file.
func (p *exportPrompt) write(a *app) tea.Cmd {
	d, at := p.document, p.format()
	if !p.whole {
		d = only(d, p.focus)
	}
	switch {
	case p.writing:
		return nil
	case at < 0:
		p.problem = p.words.Say("The name has to end in one of %s.", ends())
		return nil
	case formats[at].write == nil && len(d.Sheets) > 1:
		p.problem = p.words.Say("A Parquet file holds one table: export the panel.")
		return nil
	}
	p.writing = true
	path, ctx := atHome(p.input.Value()), a.ctx
	return a.work.do(func() tea.Msg {
		return exportedMsg{p, path, writeNew(path, func(temporary string) error {
			if formats[at].write == nil {
				return writeParquet(ctx, temporary, d)
			}
			f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE, 0o600)
			if err != nil {
				return err
			}
			return errors.Join(formats[at].write(f, d), f.Close())
		})}
	})
}

func ends() string {
	var list []string
	for _, f := range formats {
		list = append(list, f.end)
	}
	return strings.Join(list, " ")
}

// writeNew writes a file that is not there yet, whole or not at all: beside its
// place first.
func writeNew(path string, write func(temporary string) error) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), ".accord-") // 0700
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	temporary := filepath.Join(folder, "file")
	if err := write(temporary); err != nil {
		return err
	}
	if err := os.Chmod(temporary, 0o600); err != nil {
		return err
	}
	if err := os.Link(temporary, path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(temporary, path) // where there are no links
}

// writeParquet writes the one sheet of a document. A text that stands in a
// number's place has a column of its own.
func writeParquet(ctx context.Context, path string, d export.Document) error {
	var columns []queries.ParquetColumn
	used := map[string]bool{}
	add := func(c queries.ParquetColumn) {
		for name, n := c.Name, 2; used[strings.ToLower(c.Name)]; n++ {
			c.Name = fmt.Sprintf("%s %d", name, n)
		}
		used[strings.ToLower(c.Name)] = true
		columns = append(columns, c)
	}
	for _, c := range d.Sheets[0].Columns(d.DecimalComma) {
		name := c.Title
		if c.Unit != "" {
			name += " (" + c.Unit + ")"
		}
		var numbers []queries.Figure[float64]
		texts, said := make([]string, len(c.Cells)), false
		for i, cell := range c.Cells {
			texts[i] = cell.Text
			if cell.Is {
				numbers = append(numbers, queries.Known(cell.Number))
				continue
			}
			numbers = append(numbers, queries.Missing[float64](queries.NotAsked))
			said = said || cell.Text != ""
		}
		if !c.Numeric() {
			add(queries.ParquetColumn{Name: name, Texts: texts})
			continue
		}
		add(queries.ParquetColumn{Name: name, Numbers: numbers})
		if said {
			add(queries.ParquetColumn{Name: name + ", note", Texts: texts})
		}
	}
	from, err := json.Marshal(d.Provenance)
	if err != nil {
		return err
	}
	s := d.Sheets[0]
	return queries.WriteParquet(ctx, path, columns, map[string]string{
		"title": chart.Clean(s.Title), "period": chart.Clean(s.Period), "filter": d.Filter, "source": chart.Clean(d.Source),
		"provenance": string(from), "notes": chart.Clean(strings.Join(d.Notes, " / ")),
	})
}

// handleExported says what became of an export.
func (a *app) handleExported(m exportedMsg) {
	m.prompt.writing = false
	if m.err == nil {
		if a.over == overlay(m.prompt) {
			a.close()
		}
		a.status = a.words.Say("Written to %s", m.path)
		return
	}
	m.prompt.problem = unwritten(a.words, m.path, m.err)
	if a.over != overlay(m.prompt) {
		a.status = m.prompt.problem
	}
}

// View implements overlay.
func (p *exportPrompt) View(width, _ int) []string {
	what := p.words.Say("Export the panel: %s", p.document.Sheets[p.focus].Title)
	if p.whole {
		what = p.words.Say("Export the whole screen: %s", p.title)
	}
	var list []candidate
	for _, f := range formats {
		list = append(list, candidate{text: f.name})
	}
	lines := []string{p.overlayHead(chart.Clean(what), width), p.input.draw(p.look, width), ""}
	lines = append(lines, indent(p.listed("", list, p.format(), width-margin, 1))...)
	if p.problem != "" {
		return append(lines, indent(p.gloss(chart.Warning, p.problem, width-margin, 2))...)
	}
	notes := p.words.Say("With a footer: %s", strings.Join(p.document.Notes, p.glyph(" · ", " | ")))
	return append(lines, indent(p.gloss(chart.Muted, notes, width-margin, 2))...)
}
