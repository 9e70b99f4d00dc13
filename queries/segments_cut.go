package queries

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"accord/queries/store"
)

// As many values as there is room for; the others are pooled.
const (
	mostRows    = 12
	mostColumns = 8
)

// groups say which cell of rows and columns each segment falls into.
type groups struct {
	rows, columns             []string // "" = pooled, the last
	pooledRows, pooledColumns int      // values pooled
	segments, cells           []int32  // cell = row * width + column
}

// width is the number of columns, one where there is no second dimension.
func (g groups) width() int { return max(len(g.columns), 1) }

func (g groups) args() []any {
	return []any{sql.Named("segments", g.segments), sql.Named("cells", g.cells)}
}

// group divides the picked segments of a table by two dimensions; across may be
// "". Values that have no room are pooled, those of the fewest people.
func (d *Dataset) group(ctx context.Context, table string, picked selection, by, across string) (groups, error) {
	second := "''"
	if across != "" {
		second = store.Identifier(across)
	}
	type segment struct {
		id int32
		of [2]string
	}
	var list []segment
	people := [2]map[string]int64{{}, {}}
	in := map[int32]bool{}
	for _, id := range picked.segments {
		in[id] = true
	}
	rows, err := d.query(ctx, table, fmt.Sprintf("SELECT segment_id, %s, %s, people FROM %s ORDER BY segment_id", store.Identifier(by), second, table))
	if err != nil {
		return groups{}, err
	}
	defer rows.Close()
	for rows.Next() {
		var s segment
		var n int64
		if err := rows.Scan(&s.id, &s.of[0], &s.of[1], &n); err != nil {
			return groups{}, err
		}
		if !picked.everyone && !in[s.id] {
			continue
		}
		list = append(list, s)
		for i := range people {
			people[i][s.of[i]] += n
		}
	}
	if err := rows.Err(); err != nil {
		return groups{}, asked(ctx, table, err)
	}
	var g groups
	var row, column map[string]int
	g.rows, g.pooledRows, row = mostPeople(people[0], mostRows)
	g.columns, g.pooledColumns, column = mostPeople(people[1], mostColumns)
	if across == "" {
		g.columns = nil
	}
	for _, s := range list {
		g.segments = append(g.segments, s.id)
		g.cells = append(g.cells, int32(row[s.of[0]]*g.width()+column[s.of[1]]))
	}
	return g, nil
}

// mostPeople lists the values of most people in the order of their names, and
// pools the others in a last one, "".
func mostPeople(people map[string]int64, most int) (names []string, pooled int, index map[string]int) {
	for v := range people {
		names = append(names, v)
	}
	slices.SortFunc(names, func(a, b string) int {
		if people[a] != people[b] {
			return int(min(max(people[b]-people[a], -1), 1))
		}
		if a < b {
			return -1
		}
		return 1
	})
	index = map[string]int{}
	if len(names) > most+1 {
		for _, v := range names[most:] {
			index[v] = most
		}
		pooled = len(names) - most
		names = names[:most]
	}
	slices.Sort(names)
	for i, v := range names {
		index[v] = i
	}
	if pooled > 0 {
		names = append(names, "")
	}
	return names, pooled, index
}

// A segmentQuestion is one measure of the customers picked.
type segmentQuestion struct {
	f      Filter
	picked selection
	choice Choice
	inputs segmentInputs
	rest   bool // picked is what f leaves out
	groups groups
}

// A grouping is a measure by cell.
type grouping struct {
	missing          Reason
	input, purpose   string
	at, since, until Date
	unit             Unit
	metric           Metric
	parts            []string
	stacked          bool
	figure           func(t groupTally, level float64) result
	contrast         func(r int) func(level float64) result // of a row with the others; nil = of their figures
	cells            []groupTally                           // by groups.cells
	whole            *groupTally                            // of all cells, where these share people; nil = they add up
	steps            []step                                 // of the trend, in order
	unsafe           []bool                                 // rows of which at differs from a day that others show by few people; nil = none
}

// A step of a trend: a month's tally of each row.
type step struct {
	at      Date
	rows    []groupTally
	partial bool // some rows are not told of at the time, so that rows do not add up
}

// grouping measures. It fills in q.groups.
func (d *Dataset) grouping(ctx context.Context, q *segmentQuestion) (grouping, error) {
	if there, input := d.measured(q.choice.Measure, q.inputs); !there {
		return grouping{missing: NoInput, input: input}, nil
	}
	var err error
	if q.groups, err = d.group(ctx, "segments", q.picked, q.choice.By, q.choice.Across); err != nil {
		return grouping{}, err
	}
	switch q.choice.Measure {
	case MeasureStance:
		return d.cutStance(ctx, q)
	case MeasureStates:
		return d.cutStates(ctx, q)
	case MeasureGap:
		return d.cutGap(ctx, q)
	case MeasureEngagement:
		return d.cutEngagement(ctx, q)
	}
	return d.cutRevenue(ctx, q)
}

// cutStance reads the survey, whose segments take the place of the customers'.
func (d *Dataset) cutStance(ctx context.Context, q *segmentQuestion) (grouping, error) {
	u := grouping{unit: Respondents, parts: []string{"willing", "undecided", "sceptical"}, stacked: true, figure: shareFigure, purpose: ""}
	picked, ok, err := d.pickSurvey(ctx, q.f)
	if err == nil && ok && q.rest {
		picked, err = d.leftOutOf(ctx, "survey_segments", picked)
	}
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		return grouping{missing: SmallCell}, nil
	case err != nil:
		return u, err
	case !ok || !d.columns["survey_segments"][q.choice.By]:
		return grouping{missing: NoSuchColumn, input: "survey"}, nil
	}
	across := q.choice.Across
	if !d.columns["survey_segments"][across] {
		across = ""
	}
	if q.groups, err = d.group(ctx, "survey_segments", picked, q.choice.By, across); err != nil {
		return u, err
	}
	u.cells = newTallies(len(q.groups.rows)*q.groups.width(), 3)
	months := map[Date]*step{}
	args := append(q.groups.args(), sql.Named("since", optional(q.f.Since)), sql.Named("until", optional(q.f.Until)))
	err = d.each(ctx, "segment_stances", args, func(rows *sql.Rows) error {
		var cell, n int64
		var stance, month, first, last string
		var w, w2 float64
		if err := rows.Scan(&cell, &stance, &month, &n, &w, &w2, &first, &last); err != nil {
			return err
		}
		t := newTallies(1, 3)[0]
		t.n, t.weight, t.squares = n, w, w2
		i := slices.Index(u.parts, stance)
		t.parts[i], t.weights[i] = n, w
		u.cells[cell].add(t)
		u.span(Date(first), Date(last))
		if month != "" {
			q.stepOf(months, Date(month), 3).rows[int(cell)/q.groups.width()].add(t)
		}
		return nil
	})
	u.steps = inTime(months)
	if err == nil && total(u.cells).n == 0 {
		u.missing = NothingInPeriod
	}
	return u, err
}

// span widens the period of the grouping by one that may be undated.
func (u *grouping) span(first, last Date) {
	if first != "" && (u.since == "" || first < u.since) {
		u.since = first
	}
	u.until = max(u.until, last)
}

// stepOf is the step of a month, made where it is not there.
func (q *segmentQuestion) stepOf(months map[Date]*step, at Date, parts int) *step {
	s := months[at]
	if s == nil {
		s = &step{at: at, rows: newTallies(len(q.groups.rows), parts)}
		months[at] = s
	}
	return s
}

func inTime(months map[Date]*step) []step {
	out := make([]step, 0, len(months))
	for _, s := range months {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b step) int {
		if a.at < b.at {
			return -1
		}
		return 1
	})
	return out
}
