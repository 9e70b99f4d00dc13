package queries_test

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"accord/queries"
)

// An attacker reads one answer and knows how its counts add up. He puts what is
// shown into equations and solves for what is not: totals less parts, shares times
// denominators, complements, what is left of the first so many, both sides of a
// comparison. He has found people where a count, or the sum of some, must be of 1
// to k-1.
type attacker struct {
	k      float64
	place  string
	index  map[string]int
	names  []string
	known  map[int]float64
	system []map[int]float64 // coefficients of equations that sum to zero
	placed []string          // what the order of rows tells
}

func newAttacker(k int, place string) *attacker {
	return &attacker{k: float64(k), place: place, index: map[string]int{}, known: map[int]float64{}}
}

func (a *attacker) at(name string) int {
	i, ok := a.index[name]
	if !ok {
		i = len(a.names)
		a.index[name], a.names = i, append(a.names, name)
	}
	return i
}

// count takes in a count as the answer has it.
func (a *attacker) count(name string, c queries.Count) {
	i := a.at(name)
	if n, there := c.Value(); there {
		a.known[i] = float64(n)
	}
}

// sum says that a total is its parts.
func (a *attacker) sum(total string, parts ...string) {
	row := map[int]float64{a.at(total): -1}
	for _, p := range parts {
		row[a.at(p)]++
	}
	a.system = append(a.system, row)
}

// same says that two counts are of the same people.
func (a *attacker) same(x, y string) { a.sum(x, y) }

// rate takes in a rate, whose share tells its numerator, and those not in it.
func (a *attacker) rate(name string, r queries.Rate) {
	n, of, not := name+" those", name+" all", name+" others"
	a.count(n, r.Numerator)
	a.count(of, r.Denominator)
	a.sum(of, n, not)
	e, there := r.Estimate.Value()
	if d, shown := r.Denominator.Value(); there && shown {
		a.known[a.at(n)] = math.Round(e.Value * float64(d))
	}
}

// figure takes in a share of a count.
func (a *attacker) figure(name string, n queries.Count, share queries.Figure[queries.Estimate]) {
	a.rate(name, queries.Rate{Numerator: queries.Missing[int64](queries.NotAsked), Denominator: n, Estimate: share})
}

// order takes in how rows are sorted: those withheld come last, so that those
// around them tell nothing of their size.
func (a *attacker) order(name string, shown ...bool) {
	for i := 1; i < len(shown); i++ {
		if shown[i] && !shown[i-1] {
			a.placed = append(a.placed, fmt.Sprintf("%s: %s %d is withheld, and its place says how large it is", a.place, name, i-1))
		}
	}
}

// found lists the people he has found.
func (a *attacker) found() []string {
	out := slices.Clone(a.placed)
	for i, n := range a.known {
		if n > 0.5 && n < a.k-0.5 {
			out = append(out, fmt.Sprintf("%s: %s is shown: %.0f", a.place, a.names[i], n))
		}
	}
	var columns []int // what he does not know
	for i := range a.names {
		if _, there := a.known[i]; !there {
			columns = append(columns, i)
		}
	}
	last := len(columns)
	var rows [][]float64
	for _, equation := range a.system {
		row := make([]float64, last+1)
		for i, c := range equation {
			if n, there := a.known[i]; there {
				row[last] -= c * n
			} else {
				row[slices.Index(columns, i)] += c
			}
		}
		rows = append(rows, row)
	}
	judge := func(row []float64) {
		var of []string
		sign := 0.0
		for c, x := range row[:last] {
			if math.Abs(x) < 1e-9 {
				continue
			}
			if sign*x < 0 {
				return // a difference, which tells no size
			}
			sign = x / math.Abs(x)
			of = append(of, a.names[columns[c]])
		}
		n := row[last] * sign
		if len(of) > 0 && n > 0.5 && n < a.k-0.5 {
			out = append(out, fmt.Sprintf("%s: %s is %.0f", a.place, strings.Join(of, " + "), n))
		}
	}
	for _, row := range rows {
		judge(row)
	}
	solve(rows, last)
	for _, row := range rows {
		judge(row)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// solve brings equations to reduced form (Gauss and Jordan).
func solve(rows [][]float64, width int) {
	at := 0
	for c := 0; c < width && at < len(rows); c++ {
		best := at
		for r := at; r < len(rows); r++ {
			if math.Abs(rows[r][c]) > math.Abs(rows[best][c]) {
				best = r
			}
		}
		if math.Abs(rows[best][c]) < 1e-9 {
			continue
		}
		rows[at], rows[best] = rows[best], rows[at]
		lead := rows[at][c]
		for i := range rows[at] {
			rows[at][i] /= lead
		}
		for r := range rows {
			if f := rows[r][c]; r != at && math.Abs(f) > 1e-12 {
				for i := range rows[r] {
					rows[r][i] -= f * rows[at][i]
				}
			}
		}
		at++
	}
}
