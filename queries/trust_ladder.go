package queries

import (
	"context"
	"database/sql"
	"slices"
)

// A ladderStep is customers who came from sharing for one number of purposes to
// another by a month end; -1 = not known.
type ladderStep struct {
	day           Date
	before, after int
	n             int64
}

// ladder fills in how many purposes customers share for, and the steps between.
func (d *Dataset) ladder(ctx context.Context, picked selection, out *Trust) error {
	var steps []ladderStep
	err := d.each(ctx, "ladder", []any{sql.Named("segments", picked.segments)}, func(rows *sql.Rows) error {
		var s ladderStep
		err := rows.Scan(&s.day, &s.before, &s.after, &s.n)
		steps = append(steps, s)
		return err
	})
	if err == nil {
		d.policy.fillLadder(steps, out)
	}
	return err
}

// thirdPurpose is where the ladder asks whether a second purpose came before.
const thirdPurpose = 3

func (p policy) fillLadder(steps []ladderStep, out *Trust) {
	l := &out.Ladder
	before, now := stocks(steps, out.From), stocks(steps, out.Until)
	height := max(len(before), len(now))
	at := func(list []int64, r int) int64 {
		if r < len(list) {
			return list[r]
		}
		return 0
	}
	// Up and down over the line below each number.
	up, down := make([]int64, height), make([]int64, height)
	var ups, downs, third, stepwise int64
	for _, s := range steps {
		if s.day <= out.From || s.day > out.Until || s.before < 0 || s.after < 0 {
			continue
		}
		for r := max(s.before, s.after); r > min(s.before, s.after); r-- {
			if r >= height {
				continue
			}
			if s.after > s.before {
				up[r] += s.n
			} else {
				down[r] += s.n
			}
		}
		if s.after > s.before {
			ups += s.n
		} else {
			downs += s.n
		}
		if s.before < thirdPurpose && s.after >= thirdPurpose {
			third += s.n
			if s.before == thirdPurpose-1 {
				stepwise += s.n
			}
		}
	}
	var known, knownBefore int64
	for r := range height {
		known, knownBefore = known+at(now, r), knownBefore+at(before, r)
	}
	l.Known, l.Before, l.Up, l.Down, l.Third = p.count(known), p.count(knownBefore), p.count(ups), p.count(downs), p.rate(stepwise, third)
	if known == 0 && knownBefore == 0 {
		l.Missing = NobodyThere
		return
	}
	// The highest numbers together, until they are of enough people.
	lonely := func() bool {
		for r := 2; r < height; r++ {
			if p.small(at(now, r)) || p.small(at(before, r)) {
				return true
			}
		}
		return at(now, height-1) == 0 && at(before, height-1) == 0
	}
	for height > 2 && lonely() {
		height--
		now, before = pooledAt(now, height-1), pooledAt(before, height-1)
	}
	more := height < len(up)
	hiddenNow, hiddenBefore := p.line(padded(now, height), make([]bool, height)), p.line(padded(before, height), make([]bool, height))
	hiddenUp, hiddenDown := p.line(up[:height], make([]bool, height)), p.line(down[:height], make([]bool, height))
	// What the stocks on both days leave of one flow over a line is the other.
	for r := range height {
		if hiddenUp[r] || hiddenDown[r] || p.small(up[r]) || p.small(down[r]) {
			hiddenUp[r], hiddenDown[r] = true, true
		}
	}
	if slices.Contains(hiddenUp, true) {
		l.Up, l.Third = Missing[int64](Complement), noRate(Complement)
	}
	if slices.Contains(hiddenDown, true) {
		l.Down = Missing[int64](Complement)
	}
	l.Rungs = []Rung{}
	for r := range height {
		x := Rung{Purposes: r, More: more && r == height-1, Now: p.rate(at(now, r), known), Before: p.rate(at(before, r), knownBefore), Up: Known(up[r]), Down: Known(down[r])}
		if hiddenNow[r] {
			x.Now.withhold()
		}
		if hiddenBefore[r] {
			x.Before.withhold()
		}
		if hiddenUp[r] {
			x.Up = Missing[int64](p.cellReason(up[r]))
		}
		if hiddenDown[r] {
			x.Down = Missing[int64](p.cellReason(down[r]))
		}
		l.Rungs = append(l.Rungs, x)
	}
}

// stocks are the customers at the end of a day by their number of purposes.
func stocks(steps []ladderStep, day Date) []int64 {
	var out []int64
	for _, s := range steps {
		if s.day > day {
			continue
		}
		for _, x := range []struct {
			rung int
			n    int64
		}{{s.before, -s.n}, {s.after, s.n}} {
			if x.rung < 0 {
				continue
			}
			for len(out) <= x.rung {
				out = append(out, 0)
			}
			out[x.rung] += x.n
		}
	}
	return out
}

// pooledAt adds what lies above a place to it.
func pooledAt(list []int64, place int) []int64 {
	if len(list) <= place {
		return list
	}
	out := append([]int64(nil), list[:place+1]...)
	for _, n := range list[place+1:] {
		out[place] += n
	}
	return out
}

// padded is list with zeros up to a length.
func padded(list []int64, length int) []int64 {
	return append(append([]int64(nil), list...), make([]int64, max(0, length-len(list)))...)[:length]
}
