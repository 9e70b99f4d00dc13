package queries

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// No count of few people is in a matrix, nor does one follow along its rows or
// down its columns, whose sums are known, or from the number of those who moved.
func TestMatrixWithholdsFewPeople(t *testing.T) {
	p := policy{11}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int64{0, 0, 1, 4, 10, 11, 15, 40, 300})
		counts := make([][]int64, 7)
		for r := range counts {
			for c := range 7 {
				counts[r] = append(counts[r], n.Draw(t, fmt.Sprint(r, c)))
			}
		}
		counts[6][6] = 0
		var out Trust
		p.fillMatrix(counts, &out)
		line := func(name string, cells []Count, of []int64) {
			var hidden int64
			for i, cell := range cells {
				if x, there := cell.Value(); there && (x != of[i] || p.small(x)) {
					t.Fatalf("%s: %d is shown for %d", name, x, of[i])
				} else if !there {
					hidden += of[i]
				}
			}
			// A line of few people altogether hides all it can.
			all := int64(0)
			for _, x := range of {
				all += x
			}
			if p.small(hidden) && hidden != all {
				t.Fatalf("%s: %d hidden people follow", name, hidden)
			}
		}
		var unseen int64
		for r, row := range out.Matrix.Rows {
			line(fmt.Sprint("row ", r), row.To, counts[r])
			for c := range 6 {
				if _, there := row.To[c].Value(); !there && r < 6 && r != c {
					unseen += counts[r][c]
				}
			}
		}
		for c := range 7 {
			var cells []Count
			var of []int64
			for r, row := range out.Matrix.Rows {
				cells, of = append(cells, row.To[c]), append(of, counts[r][c])
			}
			line(fmt.Sprint("column ", c), cells, of)
		}
		if _, there := out.Matrix.Moved.Value(); there && p.small(unseen) {
			t.Fatalf("%d who moved follow from their sum", unseen)
		}
		for r, row := range out.Matrix.Rows {
			if x, there := row.N.Value(); there && p.small(x) {
				t.Fatalf("row %d is of %d", r, x)
			}
		}
	})
}

// The ladder shows no small number, and none that follows from the known.
func TestLadderWithholdsFewPeople(t *testing.T) {
	p := policy{11}
	rapid.Check(t, func(t *rapid.T) {
		var steps []ladderStep
		n := rapid.SampledFrom([]int64{1, 5, 10, 12, 30, 200})
		for rung := range rapid.IntRange(1, 6).Draw(t, "height") {
			steps = append(steps, ladderStep{"2017-12-31", -1, rung, n.Draw(t, "known")})
		}
		for range rapid.IntRange(0, 12).Draw(t, "moves") {
			from := rapid.IntRange(-1, 5).Draw(t, "from")
			steps = append(steps, ladderStep{"2018-01-31", from, from + rapid.SampledFrom([]int{-1, 1, 2}).Draw(t, "by"), 1})
		}
		kept := steps[:0]
		for _, s := range steps {
			if s.before >= 0 && stocks(kept, "2018-12-31")[min(s.before, len(stocks(kept, "2018-12-31"))-1)] < s.n || s.before >= len(stocks(kept, "2018-12-31")) || s.after < -1 {
				continue // nobody is there to step
			}
			kept = append(kept, s)
		}
		out := Trust{From: "2017-12-31", Until: "2018-12-31"}
		p.fillLadder(kept, &out)
		for _, of := range []func(Rung) Count{func(r Rung) Count { return r.Now.Numerator }, func(r Rung) Count { return r.Before.Numerator }, func(r Rung) Count { return r.Up }, func(r Rung) Count { return r.Down }} {
			hidden := 0
			for _, r := range out.Ladder.Rungs {
				x, there := of(r).Value()
				if there && p.small(x) {
					t.Fatalf("%d is shown: %+v", x, out.Ladder)
				}
				if !there {
					hidden++
				}
			}
			if hidden == 1 && len(out.Ladder.Rungs) > 2 {
				if _, there := out.Ladder.Known.Value(); there {
					nonzero := 0
					for _, r := range out.Ladder.Rungs {
						if x, there := of(r).Value(); there && x > 0 {
							nonzero++
						}
					}
					if nonzero > 0 {
						t.Fatalf("one of %d is hidden, and follows: %+v", len(out.Ladder.Rungs), out.Ladder)
					}
				}
			}
		}
	})
}
