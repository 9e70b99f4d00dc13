package export

import (
	"regexp"
	"strconv"
	"strings"

	"accord/tui/chart"
)

// A Column is a column as other programs read it.
type Column struct {
	Title string
	Unit  string // "%" or "pp" of numbers; "" = none
	Cells []Cell
}

// A Cell is a number, a text, or the text that stands in a number's place.
type Cell struct {
	Number float64
	Text   string // "" where Number is there
	Is     bool   // Number is there
}

// Numeric reports whether the column holds numbers.
func (c Column) Numeric() bool {
	for _, cell := range c.Cells {
		if cell.Is {
			return true
		}
	}
	return false
}

// heading is the title with the unit.
func (c Column) heading() string {
	if c.Unit == "" {
		return c.Title
	}
	return c.Title + " (" + c.Unit + ")"
}

// A reading is a text read as a number.
type reading struct {
	value float64
	unit  string
}

// Columns are the columns of a sheet. Those on the right whose numbers have one
// unit become numbers, intervals become two columns.
func (s Sheet) Columns(decimalComma bool) []Column {
	var out []Column
	unit := ""
	for i, head := range s.Table.Columns {
		texts := make([]string, len(s.Table.Rows))
		for y, row := range s.Table.Rows {
			if i < len(row) {
				texts[y] = chart.Clean(row[i].Text)
			}
		}
		title := chart.Clean(head.Title)
		if low, high, ok := bounds(texts, decimalComma); ok {
			out = append(out, Column{title + ", low", unit, low}, Column{title + ", high", unit, high})
			continue
		}
		c := Column{Title: title, Cells: make([]Cell, len(texts))}
		for y, text := range texts {
			c.Cells[y].Text = text
		}
		if head.Align == chart.Right {
			c.numbers(decimalComma)
		}
		unit = c.Unit
		out = append(out, c)
	}
	return out
}

// numbers turns texts into numbers, if all that are numbers have one unit.
func (c *Column) numbers(decimalComma bool) {
	read := make([]*reading, len(c.Cells))
	unit, found := "", false
	for i, cell := range c.Cells {
		r, ok := number(cell.Text, decimalComma)
		if !ok {
			continue
		}
		if found && r.unit != unit {
			return
		}
		unit, found, read[i] = r.unit, true, &r
	}
	c.Unit = unit
	for i, r := range read {
		if r != nil {
			c.Cells[i] = Cell{Number: r.value, Is: true}
		}
	}
}

// written is how numbers are written for people: a sign, digits in groups, and
// a unit.
var written = regexp.MustCompile(`^([-+−]?)([0-9][0-9., \x{a0}\x{202f}]*?)[ \x{a0}\x{202f}]*(%|pp)?$`)

// number reads a number that was written for people.
func number(text string, decimalComma bool) (reading, bool) {
	m := written.FindStringSubmatch(text)
	if m == nil {
		return reading{}, false
	}
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", "").Replace(m[2])
	if decimalComma {
		digits = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".").Replace(m[2])
	}
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return reading{}, false
	}
	if m[1] == "-" || m[1] == "−" {
		x = -x
	}
	return reading{x, m[3]}, true
}

// bounds splits a column of intervals. Texts that stand in an interval's place
// go into both.
func bounds(texts []string, decimalComma bool) (low, high []Cell, ok bool) {
	for _, text := range texts {
		a, b := Cell{Text: text}, Cell{Text: text}
		if m := between(text, decimalComma); m != nil {
			x, okX := number(m[0], decimalComma)
			y, okY := number(m[1], decimalComma)
			if okX && okY {
				a, b, ok = Cell{Number: x.value, Is: true}, Cell{Number: y.value, Is: true}, true
			}
		}
		low, high = append(low, a), append(high, b)
	}
	return low, high, ok
}

// between are the two ends of an interval, nil where the text is none.
func between(text string, decimalComma bool) []string {
	inside, ok := strings.CutPrefix(text, "[")
	inside, whole := strings.CutSuffix(inside, "]")
	mark := ", "
	if decimalComma {
		mark = "; "
	}
	ends := strings.Split(inside, mark)
	if !ok || !whole || len(ends) != 2 {
		return nil
	}
	return ends
}
