package queries

import (
	"cmp"
	"slices"

	"accord/queries/stats"
)

// A policy withholds figures about few people. It is disclosure control for
// what is shown or handed over. Zero is always shown.
type policy struct {
	k int64 // cells of 1 to k-1 people are suppressed
}

// small reports whether n people are too few to be shown.
func (p policy) small(n int64) bool { return n > 0 && n < p.k }

// count is n, suppressed if small.
func (p policy) count(n int64) Count {
	if p.small(n) {
		return Missing[int64](SmallCell)
	}
	return Known(n)
}

// rate is n among d with Wilson's interval. The numerator is suppressed where
// it or the rest is small, and everything where the denominator is.
func (p policy) rate(n, d int64) Rate {
	if d == 0 {
		return Rate{Known(n), Known(d), Missing[Estimate](NobodyThere)}
	}
	share := figureOf(stats.Share(stats.Proportion{Successes: n, N: d}, confidence))
	return p.rateOf(n, d, share)
}

// rateOf is rate with an estimate of the caller's.
func (p policy) rateOf(n, d int64, share Figure[Estimate]) Rate {
	switch {
	case p.small(d):
		return noRate(SmallCell)
	case p.small(n):
		return Rate{Missing[int64](SmallCell), Known(d), Missing[Estimate](SmallCell)}
	case p.small(d - n):
		return Rate{Missing[int64](Complement), Known(d), Missing[Estimate](Complement)}
	}
	return Rate{Known(n), Known(d), share}
}

// noRate is the rate that is not there for the given reason.
func noRate(why Reason) Rate {
	return Rate{Missing[int64](why), Missing[int64](why), Missing[Estimate](why)}
}

// withhold suppresses the numerator of r, if it is still there.
func (r *Rate) withhold() {
	if _, there := r.Numerator.Value(); there {
		r.Numerator = Missing[int64](Complement)
		r.Estimate = Missing[Estimate](Complement)
	}
}

// partition decides which cells of a partition to suppress when its total is
// shown: the small ones, and then the smallest of the others until at least
// two are suppressed and together number k or more, so that none follows from
// the total and the rest. Cells of nobody are shown and do not help.
func (p policy) partition(cells []int64) []bool {
	hidden := make([]bool, len(cells))
	var sum int64
	n := 0
	hide := func(i int) { hidden[i], sum, n = true, sum+cells[i], n+1 }
	for i, c := range cells {
		if p.small(c) {
			hide(i)
		}
	}
	order := make([]int, 0, len(cells))
	for i, c := range cells {
		if !hidden[i] && c > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cells[a], cells[b]) })
	for _, i := range order {
		if n == 0 || (n > 1 && sum >= p.k) {
			break
		}
		hide(i)
	}
	return hidden
}
