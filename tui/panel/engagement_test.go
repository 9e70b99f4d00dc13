package panel

import (
	"testing"

	"accord/queries"
	"accord/tui/chart"
)

// A column that no row fills is dropped; one that any row fills stays.
func TestBlankColumnIsDropped(t *testing.T) {
	for text, columns := range map[string]int{"": 1, "7 %": 2} {
		x := chart.Table{Columns: make([]chart.Column, 2), Rows: [][]chart.Cell{{{Text: "Clicks"}, {}}, {{Text: "Opens"}, {Text: text}}}}
		dropBlankLast(&x)
		if len(x.Columns) != columns || len(x.Rows[0]) != columns || len(x.Rows[1]) != columns {
			t.Errorf("%q: %d columns, want %d", text, len(x.Columns), columns)
		}
	}
}

// One month has no shape.
func TestTrendOfOneMonth(t *testing.T) {
	told, withheld := queries.TrendValue{Value: queries.Known(0.1)}, queries.TrendValue{Value: queries.Missing[float64](queries.SmallCell)}
	if x := monthly([]queries.TrendValue{withheld, told, withheld}); x != nil {
		t.Errorf("%v", x)
	}
	if x := monthly([]queries.TrendValue{told, withheld, told}); len(x) != 3 {
		t.Errorf("%v", x)
	}
}
