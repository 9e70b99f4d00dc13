package queries

import (
	"testing"

	"pgregory.net/rapid"
)

// What an attacker can do with a table and its margins is subtract: along every
// row and down every column, the cells withheld are none, or two or more that
// together number k or more, or all that are not empty.
func TestShieldHidesSmallCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policy{rapid.Int64Range(1, 20).Draw(t, "k")}
		height, width := rapid.IntRange(1, 6).Draw(t, "rows"), rapid.IntRange(1, 6).Draw(t, "parts")
		rows := newTallies(height, width)
		for r := range rows {
			for i := range width {
				rows[r].parts[i] = rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Range(0, 1000)).Draw(t, "cell")
				rows[r].n += rows[r].parts[i]
			}
		}
		v := p.shield(rows, total(rows), nil)
		hidden := func(r, i int) bool { return v.rows[r].all != "" || v.rows[r].parts[i] != "" }
		check := func(what string, cells []int64, hides []bool) {
			var n, others int
			var sum int64
			for i, c := range cells {
				switch {
				case hides[i] && c > 0:
					n, sum = n+1, sum+c
				case c > 0:
					others++
					if p.small(c) {
						t.Fatalf("%s: a cell of %d is shown at k = %d", what, c, p.k)
					}
				}
			}
			if n > 0 && others > 0 && (n < 2 || sum < p.k) {
				t.Fatalf("%s: k = %d, cells %v, hidden %v: %d people follow by subtraction", what, p.k, cells, hides, sum)
			}
		}
		for r := range rows {
			hides := make([]bool, width)
			for i := range hides {
				hides[i] = hidden(r, i)
			}
			check("row", rows[r].parts, hides)
		}
		for i := range width {
			cells, hides := make([]int64, height), make([]bool, height)
			for r := range rows {
				cells[r], hides[r] = rows[r].parts[i], hidden(r, i)
			}
			check("column", cells, hides)
		}
		sizes, hides := make([]int64, height), make([]bool, height)
		for r := range rows {
			sizes[r], hides[r] = rows[r].n, v.rows[r].all != ""
		}
		check("sizes", sizes, hides)
	})
}

// Between two days of a row that are shown, nobody or k people have changed.
func TestSafeStepsHideSmallChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policy{rapid.Int64Range(1, 20).Draw(t, "k")}
		var days []Date
		var at [][]groupTally
		for i := range rapid.IntRange(1, 24).Draw(t, "months") {
			row := newTallies(1, 1)
			row[0].parts[0] = rapid.Int64Range(0, 60).Draw(t, "opted in")
			row[0].n = row[0].parts[0] + rapid.Int64Range(0, 60).Draw(t, "others")
			days, at = append(days, Date("2018-01-31").AddDays(30*i)), append(at, row)
		}
		last := groupTally{parts: []int64{0}}
		for i, day := range days {
			safe := safeSteps(p, days, func(i int) []groupTally { return at[i] }, 0)
			for _, s := range safe {
				if s != day {
					continue
				}
				now := at[i][0]
				for _, n := range []int64{now.n - last.n, now.parts[0] - last.parts[0]} {
					if p.small(max(n, -n)) {
						t.Fatalf("a change of %d is shown at k = %d", n, p.k)
					}
				}
				last = now
			}
		}
	})
}

// The trend of all together tells no row's figure that is withheld, or left out of the
// month: those number none, or two or more of k people.
func TestTrendOfAllHidesRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policy{rapid.Int64Range(2, 20).Draw(t, "k")}
		height := rapid.IntRange(1, 5).Draw(t, "rows")
		rows, month := newTallies(height, 2), newTallies(height, 2)
		count := func(t *groupTally, part int, n int64) {
			t.parts[part], t.weights[part], t.n = n, float64(n), t.n+n
			t.weight, t.squares = float64(t.n), float64(t.n)
		}
		for r := range rows {
			for i := range 2 {
				n := rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Range(0, 1000)).Draw(t, "cell")
				count(&month[r], i, n)
				count(&rows[r], i, n+rapid.Int64Range(0, 100).Draw(t, "of other months"))
			}
		}
		u := grouping{figure: shareFigure, parts: []string{"a", "b"}, cells: rows, steps: []step{{at: "2018-01-31", rows: month}}}
		v := p.shield(rows, total(rows), nil)
		all := p.trendOfAll(u, v)
		if len(all) == 0 {
			return
		}
		if _, shown := all[0].Value.Value(); !shown {
			return
		}
		var hidden, people, shown int64
		for r, t := range month {
			trend := p.trendOf(u, r, v.rows[r])
			if t.n == 0 {
				continue
			}
			if len(trend) > 0 {
				if _, there := trend[0].Value.Value(); there {
					shown++
					continue
				}
			}
			hidden, people = hidden+1, people+t.n
		}
		if hidden > 0 && shown > 0 && (hidden < 2 || people < p.k) {
			t.Fatalf("k = %d: %d rows of %d people follow from the trend of all", p.k, hidden, people)
		}
	})
}
