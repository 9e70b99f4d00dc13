package queries

import (
	"context"
	"database/sql"

	"accord/queries/stats"
)

// saidDone counts answers by what was said and what was done: willing and opted
// in, willing and not, the others and opted in, and not.
type saidDone struct {
	n                [4]int64
	weight           [4]float64
	squares          [4]float64
	people           int64
	weights, squared float64
}

func (s *saidDone) add(at int, n int64, weight, squares float64) {
	s.n[at], s.weight[at], s.squares[at] = s.n[at]+n, s.weight[at]+weight, s.squares[at]+squares
	s.people, s.weights, s.squared = s.people+n, s.weights+weight, s.squared+squares
}

// stated fills in what linked respondents said beside what they did.
func (d *Dataset) stated(ctx context.Context, f Filter, picked selection, out *Trust) error {
	s := &out.Stated
	if !d.surveyed {
		s.blank(NoInput)
		return nil
	}
	g := groups{rows: []string{""}}
	if out.Choice.By != "" {
		var err error
		if g, err = d.group(ctx, "segments", picked, out.Choice.By, ""); err != nil {
			return err
		}
	}
	parts := make([]saidDone, len(g.rows))
	args := []any{sql.Named("segments", g.segments), sql.Named("groups", g.cells), sql.Named("everyone", out.Choice.By == ""),
		sql.Named("purpose", out.Purpose), sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until))}
	var whole saidDone
	err := d.each(ctx, "stated", args, func(rows *sql.Rows) error {
		var value int
		var stance, first, last string
		var opted bool
		var n int64
		var weight, squares float64
		if err := rows.Scan(&value, &stance, &opted, &n, &weight, &squares, &first, &last); err != nil {
			return err
		}
		at := 0
		if stance != "willing" {
			at = 2
		}
		if !opted {
			at++
		}
		parts[value].add(at, n, weight, squares)
		whole.add(at, n, weight, squares)
		if first != "" && (s.Since == "" || Date(first) < s.Since) {
			s.Since = Date(first)
		}
		s.Until = max(s.Until, min(Date(last), d.provenance.AsOf))
		return nil
	})
	if err != nil {
		return err
	}
	if whole.people == 0 {
		s.blank(NobodyThere)
		return nil
	}
	s.Differ = Missing[float64](TooFewToMeasure)
	if d.policy.small(whole.people) {
		s.blank(SmallCell)
		return nil
	}
	d.policy.fillStated(s, whole)
	if out.Choice.By != "" {
		d.policy.fillStatedGroups(s, g.rows, parts)
	}
	return nil
}

// blank says that nothing is there, and why.
func (s *Stated) blank(why Reason) {
	none := noRate(why)
	*s = Stated{Missing: why, N: Missing[int64](why), EffectiveN: Missing[float64](why), Differ: Missing[float64](why), Difference: Missing[Estimate](why), Groups: []StatedGroup{},
		WillingIn: none, WillingOut: none, OthersIn: none, OthersOut: none, Willing: none, Others: none}
}

// share is the weighted share of some of the cells among some others.
func (s saidDone) share(of, among []int) stats.Result {
	var part, weight, squares float64
	for _, i := range among {
		weight, squares = weight+s.weight[i], squares+s.squares[i]
	}
	for _, i := range of {
		part += s.weight[i]
	}
	if weight == 0 {
		return stats.Undefined(stats.EmptyArm)
	}
	return stats.WeightedShare(min(part/weight, 1), weight, squares, confidence)
}

var everyCell = []int{0, 1, 2, 3}

func (p policy) fillStated(s *Stated, x saidDone) {
	hidden := [][]bool{make([]bool, 2), make([]bool, 2)}
	p.protect([][]int64{x.n[:2], x.n[2:]}, hidden, [][2]int{{0, 2}})
	s.N, s.EffectiveN = Known(x.people), Known(x.weights*x.weights/x.squared)
	if small := p.line([]int64{x.n[0] + x.n[1], x.n[2] + x.n[3]}, make([]bool, 2)); small[0] || small[1] {
		hidden = [][]bool{{true, true}, {true, true}} // the other base would follow from its two cells
	}
	for i, cell := range []*Rate{&s.WillingIn, &s.WillingOut, &s.OthersIn, &s.OthersOut} {
		*cell = p.rateOf(x.n[i], x.people, figureOf(x.share([]int{i}, everyCell)))
		if hidden[i/2][i%2] {
			cell.withhold()
		}
	}
	willing, others := x.share([]int{0}, []int{0, 1}), x.share([]int{2}, []int{2, 3})
	s.Willing = p.rateOf(x.n[0], x.n[0]+x.n[1], figureOf(willing))
	s.Others = p.rateOf(x.n[2], x.n[2]+x.n[3], figureOf(others))
	s.Difference = figureOf(stats.Difference(willing, others))
	// A base of few follows from all and the other one.
	bases := p.line([]int64{x.n[0] + x.n[1], x.n[2] + x.n[3]}, make([]bool, 2))
	for i, r := range []*Rate{&s.Willing, &s.Others} {
		if hidden[i][0] || hidden[i][1] {
			r.withhold()
		}
		if bases[i] {
			*r = noRate(SmallCell)
		}
		if why := r.Estimate.Why(); why != "" {
			s.Difference = Missing[Estimate](why)
		}
	}
}

// fillStatedGroups is fillStated for each value of a dimension; the whole is shown
// beside them.
func (p policy) fillStatedGroups(s *Stated, names []string, parts []saidDone) {
	counts, hidden, sizes := make([][]int64, len(parts)), make([][]bool, len(parts)), make([]int64, len(parts))
	for i, x := range parts {
		counts[i], hidden[i], sizes[i] = []int64{x.n[1], x.n[2], x.n[0] + x.n[3]}, make([]bool, 3), x.people
	}
	for i, h := range p.line(sizes, make([]bool, len(sizes))) {
		hidden[i] = []bool{h, h, h}
	}
	all := make([]bool, len(parts))
	for i := range parts {
		all[i] = hidden[i][0]
	}
	p.protect(counts, hidden, [][2]int{{0, 3}})
	for i, x := range parts {
		g := StatedGroup{Value: names[i], N: Known(x.people)}
		says, does := x.share([]int{1}, everyCell), x.share([]int{2}, everyCell)
		g.Says, g.Does = p.rateOf(x.n[1], x.people, figureOf(says)), p.rateOf(x.n[2], x.people, figureOf(does))
		g.Gap = figureOf(stats.DifferenceWithin(says, does))
		switch {
		case x.people == 0:
			g.Says, g.Does, g.Gap = noRate(NobodyThere), noRate(NobodyThere), Missing[Estimate](NobodyThere)
		case all[i]:
			why := p.cellReason(x.people)
			g.N, g.Says, g.Does, g.Gap = Missing[int64](why), noRate(why), noRate(why), Missing[Estimate](why)
		default:
			if hidden[i][0] {
				g.Says.withhold()
			}
			if hidden[i][1] {
				g.Does.withhold()
			}
			for _, r := range []Rate{g.Says, g.Does} {
				if why := r.Estimate.Why(); why != "" {
					g.Gap = Missing[Estimate](why)
				}
			}
		}
		s.Groups = append(s.Groups, g)
	}
	var gaps []stats.Effect
	for _, g := range s.Groups {
		if e, there := g.Gap.Value(); there && e.High > e.Low {
			gaps = append(gaps, stats.Effect{Value: e.Value, StandardError: (e.High - e.Low) / 2 / widthOf95})
		}
	}
	q, why := stats.CochranQ(gaps)
	s.Differ = numberOf(q.P, why)
}

// widthOf95 is how many standard errors half an interval at 95 % has.
const widthOf95 = 1.959964
