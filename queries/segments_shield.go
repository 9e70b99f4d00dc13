package queries

// A veil says what of a row may not be shown, and why: all of it, or parts.
type veil struct {
	all   Reason
	parts []Reason // by part; of a gap: willing, opted in
}

// veils are those of a table of rows and of their whole.
type veils struct {
	whole veil
	rows  []veil
}

// shield decides what a table of rows shows when the whole is shown too: no
// count of few people, and none that follows from others, neither along a row
// nor down a column. unsafe rows are withheld in any case.
func (p policy) shield(rows []groupTally, whole groupTally, unsafe []bool) veils {
	out := veils{whole: p.veilOf(whole), rows: make([]veil, len(rows))}
	forced := make([]bool, len(rows))
	sizes := make([]int64, len(rows))
	for r, t := range rows {
		sizes[r] = t.n
		forced[r] = (unsafe != nil && unsafe[r]) || p.small(t.people) || p.small(t.known)
	}
	all := p.line(sizes, forced)
	// What money a few brought follows from the rest, however many are beside them:
	// those behind the figure count as well as those whom it is of.
	buyers := make([]int64, len(rows))
	for r, t := range rows {
		buyers[r] = t.people
	}
	for n := -1; n != hiddenOf(all); {
		n = hiddenOf(all)
		all = p.line(sizes, p.line(buyers, all))
	}
	columns := partCounts(whole)
	hidden := make([][]bool, len(rows))
	counts := make([][]int64, len(rows))
	for r, t := range rows {
		counts[r] = partCounts(t)
		hidden[r] = make([]bool, len(columns))
		for i := range hidden[r] {
			hidden[r][i] = all[r]
		}
	}
	p.protect(counts, hidden, groupsOf(whole))
	for r, t := range rows {
		out.rows[r] = veil{parts: make([]Reason, visibleParts(t))}
		if all[r] {
			out.rows[r].all = p.cellReason(t.n, t.people, t.known)
			if unsafe != nil && unsafe[r] {
				out.rows[r].all = SmallCell
			}
			continue
		}
		for i := range out.rows[r].parts {
			if at := partAt(t, i); hidden[r][at] {
				out.rows[r].parts[i] = p.cellReason(counts[r][at])
			}
		}
	}
	return out
}

// hiddenOf counts what is hidden.
func hiddenOf(list []bool) (n int) {
	for _, hidden := range list {
		if hidden {
			n++
		}
	}
	return n
}

// veilOf is the veil of a tally on its own.
func (p policy) veilOf(t groupTally) veil {
	v := veil{parts: make([]Reason, visibleParts(t))}
	if p.small(t.n) || p.small(t.people) || p.small(t.known) {
		v.all = SmallCell
		return v
	}
	counts := partCounts(t)
	hidden := [][]bool{make([]bool, len(counts))}
	p.protect([][]int64{counts}, hidden, groupsOf(t))
	for i := range v.parts {
		if at := partAt(t, i); hidden[0][at] {
			v.parts[i] = p.cellReason(counts[at])
		}
	}
	return v
}

// partCounts are the people in each part; of a gap, four: willing and the
// other respondents, opted in and the other customers.
func partCounts(t groupTally) []int64 {
	if !t.beside {
		return t.parts
	}
	return []int64{t.parts[0], t.n - t.parts[0], t.opted, t.known - t.opted}
}

// groupsOf says which counts make up a whole together: all, or, of a gap, two
// and two.
func groupsOf(t groupTally) [][2]int {
	if !t.beside {
		return [][2]int{{0, len(t.parts)}}
	}
	return [][2]int{{0, 2}, {2, 4}}
}

// visibleParts is how many parts of a tally are shown, and partAt which count
// each is.
func visibleParts(t groupTally) int {
	if !t.beside {
		return len(t.parts)
	}
	return 2
}

func partAt(t groupTally, i int) int {
	if !t.beside {
		return i
	}
	return 2 * i
}

// protect hides cells until none that is hidden follows from the sums along its
// row, over the given groups of columns, and down its column. Hiding more never
// uncovers any, so that it comes to an end.
func (p policy) protect(counts [][]int64, hidden [][]bool, along [][2]int) (did bool) {
	for changed := len(counts) > 0; changed; {
		changed = false
		apply := func(cells []int64, was []bool, set func(i int)) {
			for i, h := range p.line(cells, was) {
				if h && !was[i] {
					set(i)
					changed, did = true, true
				}
			}
		}
		for r := range counts {
			for _, g := range along {
				apply(counts[r][g[0]:g[1]], hidden[r][g[0]:g[1]], func(i int) { hidden[r][g[0]+i] = true })
			}
		}
		for c := range counts[0] {
			if len(counts) == 1 {
				break
			}
			cells, was := make([]int64, len(counts)), make([]bool, len(counts))
			for r := range counts {
				cells[r], was[r] = counts[r][c], hidden[r][c]
			}
			apply(cells, was, func(r int) { hidden[r][c] = true })
		}
	}
	return did
}

// line is partition with cells that are hidden already.
func (p policy) line(cells []int64, was []bool) []bool {
	hidden := make([]bool, len(cells))
	var sum int64
	n := 0
	for i, c := range cells {
		if was[i] || p.small(c) {
			hidden[i] = true
			if c > 0 {
				sum, n = sum+c, n+1
			}
		}
	}
	for n > 0 && (n < 2 || sum < p.k) {
		next := -1
		for i, c := range cells {
			if !hidden[i] && c > 0 && (next < 0 || c < cells[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		hidden[next], sum, n = true, sum+cells[next], n+1
	}
	return hidden
}

// shieldGrid decides which cells of a grid are withheld beside its rows, whose
// sums are shown, and its columns, whose sums another question shows.
func (p policy) shieldGrid(cells []groupTally, width int, v veils) [][]Reason {
	height := len(cells) / width
	out := make([][]Reason, height)
	hidden := make([][]bool, height)
	counts := map[string][][]int64{}
	for r := range height {
		out[r], hidden[r] = make([]Reason, width), make([]bool, width)
		for c := range width {
			t := cells[r*width+c]
			hidden[r][c] = v.rows[r].all != "" || (len(v.rows[r].parts) > 0 && v.rows[r].parts[0] != "") || p.small(t.people)
		}
	}
	kinds := map[string]func(groupTally) int64{
		"n": func(t groupTally) int64 { return t.n }, "first": func(t groupTally) int64 { return first(t.parts, t.people) },
		"not first": func(t groupTally) int64 { return t.n - first(t.parts, t.n) },
		"opted":     func(t groupTally) int64 { return t.opted }, "not opted": func(t groupTally) int64 { return t.known - t.opted },
	}
	for kind, of := range kinds {
		counts[kind] = make([][]int64, height)
		for r := range height {
			for c := range width {
				counts[kind][r] = append(counts[kind][r], of(cells[r*width+c]))
			}
		}
	}
	for changed := true; changed; { // what one kind hides, the others have to bear
		changed = false
		for _, kind := range []string{"n", "first", "not first", "opted", "not opted"} {
			changed = p.protect(counts[kind], hidden, [][2]int{{0, width}}) || changed
		}
	}
	for r := range height {
		for c := range width {
			if hidden[r][c] {
				t := cells[r*width+c]
				out[r][c] = p.cellReason(t.n, first(t.parts, t.people), t.n-first(t.parts, t.n), t.opted, t.known-t.opted)
			}
		}
	}
	return out
}

// first is the first part, or the number given where there are none.
func first(parts []int64, otherwise int64) int64 {
	if len(parts) == 0 {
		return otherwise
	}
	return parts[0]
}
