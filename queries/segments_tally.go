package queries

import (
	"slices"

	"accord/queries/stats"
)

type result = stats.Result

// A groupTally is what a measure counts in a cell. Tallies of different people add
// up.
type groupTally struct {
	n       int64   // as the grouping's unit says
	parts   []int64 // of n
	weights []float64
	weight  float64 // of n
	squares float64 // of weights, or n times a design effect

	// people is the least number of different people behind the parts or the
	// money, where n is not people.
	people int64

	money, spread float64 // Σ and Σ² of single amounts
	factor        float64 // design effect of the amounts
	ofItems       bool    // n counts the amounts, and not people who had any number of them

	beside       bool // customers are set beside respondents:
	opted, known int64
}

func newTallies(n, parts int) []groupTally {
	out := make([]groupTally, n)
	for i := range out {
		out[i].parts, out[i].weights = make([]int64, parts), make([]float64, parts)
	}
	return out
}

// add adds the tally of other people.
func (t *groupTally) add(o groupTally) {
	t.n, t.weight, t.squares, t.people = t.n+o.n, t.weight+o.weight, t.squares+o.squares, t.people+o.people
	t.money, t.spread, t.factor, t.ofItems = t.money+o.money, t.spread+o.spread, max(t.factor, o.factor), t.ofItems || o.ofItems
	t.beside, t.opted, t.known = t.beside || o.beside, t.opted+o.opted, t.known+o.known
	for i := range o.parts {
		t.parts[i] += o.parts[i]
		t.weights[i] += o.weights[i]
	}
}

// less is t without the people of o, who are among t's.
func (t groupTally) less(o groupTally) groupTally {
	out := t
	out.n, out.weight, out.squares, out.people = t.n-o.n, t.weight-o.weight, t.squares-o.squares, t.people-o.people
	out.money, out.spread = t.money-o.money, t.spread-o.spread
	out.opted, out.known = t.opted-o.opted, t.known-o.known
	out.parts, out.weights = slices.Clone(t.parts), slices.Clone(t.weights)
	for i := range o.parts {
		out.parts[i] -= o.parts[i]
		out.weights[i] -= o.weights[i]
	}
	return out
}

// setStates makes t of the customers known and of those in each state.
func (t *groupTally) setStates(in map[string]int64) {
	t.n = in["known"]
	t.weight, t.squares = float64(t.n), float64(t.n)
	never := t.n
	for i, state := range ConsentStates() {
		if state != NeverAsked {
			t.parts[i] = in[state]
			never -= in[state]
		} else {
			t.parts[i] = never
		}
		t.weights[i] = float64(t.parts[i])
	}
}

// join sets customers beside t's respondents.
func (t *groupTally) join(states groupTally) {
	t.opted += states.parts[0]
	t.known += states.n
}

func total(cells []groupTally) groupTally {
	var parts int
	if len(cells) > 0 {
		parts = len(cells[0].parts)
	}
	sum := newTallies(1, parts)[0]
	for _, c := range cells {
		sum.add(c)
	}
	return sum
}

// rowsOf adds up the cells of each row.
func rowsOf(cells []groupTally, width int) []groupTally {
	var out []groupTally
	for i := 0; i < len(cells); i += width {
		out = append(out, total(cells[i:i+width]))
	}
	return out
}

// shareFigure is the weighted share of the first part, by Wilson for the
// effective number.
func shareFigure(t groupTally, level float64) result {
	if t.n == 0 || t.weight <= 0 {
		return stats.Undefined(stats.EmptyArm)
	}
	return stats.WeightedShare(max(0, min(t.weights[0]/t.weight, 1)), t.weight, t.squares, level)
}

// gapFigure is the share willing less the opt-in rate of the same group. Both
// errors are in its interval.
func gapFigure(t groupTally, level float64) result {
	return stats.Difference(shareFigure(t, level), stats.Share(stats.Proportion{Successes: t.opted, N: t.known}, level))
}

// meanFigure is money per customer, or per assignment, by Student. The
// variance of a sum of any number of amounts is their sum of squares (compound
// Poisson), and where each customer's are alike, larger by the design effect.
func meanFigure(t groupTally, level float64) result {
	if t.n == 0 {
		return stats.Undefined(stats.EmptyArm)
	}
	variance := t.spread
	if t.ofItems {
		variance -= t.money * t.money / float64(t.n)
	}
	n := float64(t.n)
	return stats.MeanInterval(stats.Moments{N: t.n, Mean: t.money / n, Variance: max(variance, 0) * max(t.factor, 1) / max(n-1, 1)}, level)
}
