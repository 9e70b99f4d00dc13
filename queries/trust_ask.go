package queries

import (
	"context"
	"database/sql"
	"slices"
)

// Trust answers how far customers trust with their data and what moves it, for
// the customers and the period that f picks.
func (d *Dataset) Trust(ctx context.Context, f Filter, c Choice) (Trust, error) {
	out := Trust{Ladder: Ladder{Rungs: []Rung{}}, Matrix: Matrix{Rows: []MatrixRow{}}, Won: Won{Rows: []WonRow{}}, Stated: Stated{Groups: []StatedGroup{}}, Index: Index{Parts: []IndexPart{}}}
	for _, dim := range d.dimensions {
		out.Choices.By = append(out.Choices.By, dim.Name)
	}
	var err error
	if out.Choice, err = out.Choices.settle(c); err != nil {
		return out, err
	}
	picked, err := d.pick(ctx, f)
	if err != nil {
		return out, err
	}
	if why := d.undated(); why != "" {
		out.Choices = Choices{} // there is nothing to choose
		out.Missing, out.Ladder.Missing, out.Matrix.Missing, out.Won.Missing, out.Stated.Missing, out.Index.Missing = why, why, why, why, why, why
		out.blank(why)
		return out, nil
	}
	out.Purpose = d.mainPurposeOf(f)
	days, err := d.pathDays(about(ctx, "ladder", "steps", "matrix", "index"), picked)
	if err != nil {
		return out, err
	}
	from, until, there := periodOf(f, days)
	if !there {
		out.Ladder.Missing, out.Matrix.Missing, out.Index.Missing = NothingInPeriod, NothingInPeriod, NothingInPeriod
		out.blank(NothingInPeriod)
	} else {
		out.From, out.Until = days[from].day, days[until].day
	}
	err = concurrently(ctx,
		func(ctx context.Context) error {
			// Every campaign once: the index sets those of two periods beside each other.
			experiments, _, err := d.experimentsFrom(about(ctx, "won", "index"), liftOnConsents, Filter{Terms: f.Terms}, picked)
			if err == nil && there {
				err = d.index(about(ctx, "index"), f, picked, days, from, until, experiments, &out)
			}
			if err != nil {
				return err
			}
			return d.won(about(ctx, "won"), f, picked, experiments, &out)
		},
		func(ctx context.Context) error {
			if there {
				if err := d.ladder(about(ctx, "ladder", "steps"), picked, &out); err != nil {
					return err
				}
				if err := d.matrix(about(ctx, "matrix"), picked, days[from].place, days[until].place, &out); err != nil {
					return err
				}
			}
			return d.stated(about(ctx, "stated", "gaps"), f, picked, &out)
		})
	if err != nil {
		return out, err
	}
	out.Changes, err = d.changes(ctx, f, picked, atTheEnd, d.shared)
	return out, err
}

// undated says why nothing can be said about consents over time, "" if it can.
func (d *Dataset) undated() Reason {
	switch {
	case len(d.purposes) == 0:
		return NoInput
	case d.provenance.AsOf == "":
		return NoDates
	}
	return ""
}

// blank gives every figure that was not computed its reason.
func (t *Trust) blank(why Reason) {
	none := Missing[int64](why)
	t.Ladder.Known, t.Ladder.Before, t.Ladder.Up, t.Ladder.Down, t.Ladder.Third = none, none, none, none, noRate(why)
	t.Matrix.Kept, t.Matrix.Moved, t.Matrix.Both = noRate(why), none, none
	t.Index.Value = Missing[Estimate](why)
	if t.Missing != "" {
		t.Stated.blank(why)
	}
}

// A pathDay is a day on which states are known, and its digit in a path.
type pathDay struct {
	place int
	day   Date
}

func (d *Dataset) pathDays(ctx context.Context, picked selection) ([]pathDay, error) {
	var days []pathDay
	err := d.each(ctx, "path_days", []any{sql.Named("everyone", picked.everyone)}, func(rows *sql.Rows) error {
		var p pathDay
		err := rows.Scan(&p.place, &p.day)
		days = append(days, p)
		return err
	})
	return days, err
}

// periodOf snaps the filter's period to days on which states are known: the last
// one up to its end, and the last one before its beginning, a year before the end
// where it has none.
func periodOf(f Filter, days []pathDay) (from, until int, there bool) {
	from, until = -1, -1
	for i, p := range days {
		if f.Until == "" || p.day <= f.Until {
			until = i
		}
	}
	if until < 1 {
		return 0, 0, false
	}
	before := DateOf(days[until].day.Time().AddDate(-1, 0, 0))
	if f.Since != "" {
		before = f.Since.AddDays(-1)
	}
	for i, p := range days[:until] {
		if p.day <= before {
			from = i
		}
	}
	return max(from, 0), until, true
}

// The digits of a path, by state.
var pathStates = map[int]string{1: NeverAsked, 2: Unanswered, 3: Refused, 4: Lapsed, 5: Contactable, 6: OptedIn}

// matrix fills in from which state customers came to which.
func (d *Dataset) matrix(ctx context.Context, picked selection, first, last int, out *Trust) error {
	states := ConsentStates()
	size := len(states) + 1 // not known at first, not known at last
	counts := make([][]int64, size)
	for i := range counts {
		counts[i] = make([]int64, size)
	}
	at := func(digit int) int {
		if state, known := pathStates[digit]; known {
			return slices.Index(states, state)
		}
		return size - 1
	}
	never := slices.Index(states, NeverAsked)
	args := []any{sql.Named("segments", picked.segments), sql.Named("purpose", out.Purpose), sql.Named("first", first), sql.Named("last", last)}
	err := d.each(ctx, "transitions", args, func(rows *sql.Rows) error {
		var purpose string
		var before, after int
		var n int64
		if err := rows.Scan(&purpose, &before, &after, &n); err != nil {
			return err
		}
		r, c := at(before), at(after)
		if purpose == "" { // everyone known, of whom those with events are taken off below
			counts[r][c] += n
			return nil
		}
		counts[r][c] += n
		if before > 0 {
			r = never
		}
		if after > 0 {
			c = never
		}
		counts[r][c] -= n
		return nil
	})
	if err != nil {
		return err
	}
	counts[size-1][size-1] = 0 // known neither then nor now
	d.policy.fillMatrix(counts, out)
	return nil
}

// fillMatrix applies the policy: no cell of few people is shown, nor one that
// follows along its row or down its column, whose sums other answers show.
func (p policy) fillMatrix(counts [][]int64, out *Trust) {
	states := ConsentStates()
	last := len(states)
	hidden := make([][]bool, len(counts))
	sums := make([]int64, len(counts))
	for r, row := range counts {
		hidden[r] = make([]bool, len(row))
		for _, n := range row {
			sums[r] += n
		}
	}
	p.protect(counts, hidden, [][2]int{{0, last + 1}})
	lines := p.line(sums, make([]bool, len(sums)))
	var both, moved, unseen int64 // unseen: hidden cells of those who moved
	for r, row := range counts {
		x := MatrixRow{N: p.count(sums[r]), To: []Count{}}
		if r < last {
			x.State = states[r]
		}
		if lines[r] {
			x.N = Missing[int64](p.cellReason(sums[r]))
		}
		for c, n := range row {
			cell := Known(n)
			if hidden[r][c] {
				cell = Missing[int64](p.cellReason(n))
			}
			x.To = append(x.To, cell)
			if r < last && c < last {
				both += n
				if r != c {
					moved += n
					if hidden[r][c] {
						unseen += n
					}
				}
			}
		}
		out.Matrix.Rows = append(out.Matrix.Rows, x)
	}
	out.Matrix.Both, out.Matrix.Moved = p.count(both), p.count(moved)
	if p.small(unseen) || p.small(both-moved) {
		out.Matrix.Moved = Missing[int64](Complement)
	}
	kept, of := counts[0][0], sums[0]-counts[0][last]
	out.Matrix.Kept = p.rate(kept, of)
	if hidden[0][0] || hidden[0][last] || lines[0] {
		out.Matrix.Kept.withhold()
	}
	if both == 0 {
		out.Matrix.Missing = NobodyThere
	}
}
