package queries

import (
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"accord/queries/store"
)

// A selection is the segments that a filter's terms pick. It holds only
// store.Everyone, the roll-ups' total, where there are no terms.
type selection struct {
	segments []int32
	everyone bool
	asked    Statement // that found them
}

var everyone = selection{segments: []int32{store.Everyone}, everyone: true}

// A RefusedError says why a filter may not be used: its answers would be about
// too few people.
type RefusedError struct {
	Filter  Filter
	MinCell int
	Removes string // the dimension whose term removes too few people; "" = it does not
	Value   string // the value whose customers are too few; "" = not one value
	Of      string // the dimension of Value
	Many    bool   // there are too many terms to tell whom they single out together
}

func (e *RefusedError) Error() string {
	switch {
	case e.Value != "":
		return fmt.Sprintf("filter refused: it names %s, which fewer than %d of these people have: they would be seen by leaving it out", e.Value, e.MinCell)
	case e.Many:
		return fmt.Sprintf("filter refused: of more than %d terms it cannot be told whom they single out together", mostSubsets)
	case e.Removes != "":
		return fmt.Sprintf("filter refused: its term on %s removes fewer than %d people, who would be seen by comparing", e.Removes, e.MinCell)
	}
	return fmt.Sprintf("filter refused: it keeps fewer than %d people", e.MinCell)
}

// Mark says where in the text of the filter the term stands that is refused;
// its problem is the refusal's own.
func (e *RefusedError) Mark() *FilterError {
	text := e.Filter.String()
	m := &FilterError{Text: text, Column: 1, Width: utf8.RuneCountInString(text)}
	_, said, err := parseFilter(text)
	if err != nil {
		return m
	}
	for _, t := range said {
		if t.name.word == e.Removes && !t.name.keyword {
			m.Column, m.Width = t.name.column, t.name.width
		}
		for _, v := range t.values {
			if e.Value != "" && v.word == e.Value && t.name.word == e.Of {
				m.Column, m.Width = v.column, v.width
			}
		}
	}
	return m
}

// pick finds the segments of customers that f keeps. It refuses a filter that
// keeps, or of which any one term removes, or in which any one value stands for,
// 1 to k-1 people, and one that names what is not there.
func (d *Dataset) pick(ctx context.Context, f Filter) (selection, error) {
	if _, err := d.Vocabulary().Parse(f.String()); err != nil {
		return selection{}, err
	}
	return d.pickFrom(ctx, "segments", f)
}

// leftOut is the segments of customers that a selection leaves out.
func (d *Dataset) leftOut(ctx context.Context, picked selection) (selection, error) {
	return d.leftOutOf(ctx, "segments", picked)
}

func (d *Dataset) leftOutOf(ctx context.Context, table string, picked selection) (selection, error) {
	rest := selection{segments: []int32{}}
	rows, err := d.query(ctx, table, "SELECT segment_id FROM "+table+" ORDER BY segment_id")
	if err != nil {
		return rest, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int32
		if err := rows.Scan(&id); err != nil {
			return rest, err
		}
		if _, in := slices.BinarySearch(picked.segments, id); !in {
			rest.segments = append(rest.segments, id)
		}
	}
	return rest, asked(ctx, table, rows.Err())
}

// pickSurvey finds the segments of survey respondents. ok is false where the
// survey lacks a dimension of the filter.
func (d *Dataset) pickSurvey(ctx context.Context, f Filter) (s selection, ok bool, err error) {
	for _, t := range f.Terms {
		if !d.columns["survey_segments"][t.Dimension] {
			return selection{}, false, nil
		}
	}
	s, err = d.pickFrom(ctx, "survey_segments", f)
	return s, true, err
}

func (d *Dataset) pickFrom(ctx context.Context, table string, f Filter) (selection, error) {
	if len(f.Terms) == 0 {
		return everyone, nil
	}
	key := table + " " + Filter{Terms: f.Terms}.String()
	d.mu.Lock()
	s, ok := d.picks[key]
	d.mu.Unlock()
	if ok {
		record(ctx, s.asked) // it is behind this answer, too
		return s, nil
	}
	s, err := d.pickNow(ctx, table, f)
	if err == nil {
		d.mu.Lock()
		d.picks[key] = s
		d.mu.Unlock()
	}
	return s, err
}

func (d *Dataset) pickNow(ctx context.Context, table string, f Filter) (selection, error) {
	conditions, args := conditions(f.Terms)
	values := make([]string, len(f.Terms))
	for i, t := range f.Terms {
		values[i] = store.Identifier(t.Dimension)
	}
	// failed is how many terms a segment fails, term which one if only one, and
	// fails a bit for each.
	query := fmt.Sprintf("SELECT segment_id, people, %s AS failed, %s AS term, %s AS fails, [%s] AS of_terms FROM %s ORDER BY segment_id",
		"CAST("+strings.Join(conditions, " + ")+" AS INTEGER)", termOf(conditions), failsOf(conditions), strings.Join(values, ", "), table)
	statement := statementOf(table, query, args)
	rows, err := d.query(ctx, table, query, args...)
	if err != nil {
		return selection{}, err
	}
	defer rows.Close()
	s := selection{segments: []int32{}, asked: statement}
	var kept int64
	removed := make([]int64, len(f.Terms))
	lost := map[int64]int64{}                       // people by the terms that they fail
	named := make([]map[string]int64, len(f.Terms)) // people of each value that a term names
	for i := range named {
		named[i] = map[string]int64{}
	}
	for rows.Next() {
		var id, failed, term int32
		var people, fails int64
		var of []any
		if err := rows.Scan(&id, &people, &failed, &term, &fails, &of); err != nil {
			return selection{}, err
		}
		lost[fails] += people
		if failed > 1 {
			continue
		}
		if failed > 0 {
			removed[term] += people
		} else {
			s.segments = append(s.segments, id)
			kept += people
		}
		for i, t := range f.Terms {
			if (failed == 0 && !t.Not) || (failed > 0 && t.Not && int(term) == i) {
				named[i][fmt.Sprint(of[i])] += people
			}
		}
	}
	if err := rows.Err(); err != nil {
		return selection{}, asked(ctx, "segments", err)
	}
	if d.policy.small(kept) {
		return selection{}, &RefusedError{Filter: f, MinCell: d.options.MinCell}
	}
	for i, n := range removed {
		if d.policy.small(n) {
			return selection{}, &RefusedError{Filter: f, MinCell: d.options.MinCell, Removes: f.Terms[i].Dimension}
		}
		for value, n := range named[i] {
			if d.policy.small(n) && len(f.Terms[i].Values) > 1 {
				return selection{}, &RefusedError{Filter: f, MinCell: d.options.MinCell, Value: value, Of: f.Terms[i].Dimension}
			}
		}
	}
	// Several terms together may single out those whom none does alone.
	if len(f.Terms) > mostSubsets {
		if d.policy.k > 1 {
			return selection{}, &RefusedError{Filter: f, MinCell: d.options.MinCell, Many: true}
		}
		return s, nil
	}
	people := make([]int64, 1<<len(f.Terms)) // by subset of terms: who fails these and no other
	for fails, n := range lost {
		people[fails] = n
	}
	people[0] = 0 // who fails none is kept
	for i := range f.Terms {
		for terms := range people {
			if terms&(1<<i) != 0 {
				people[terms] += people[terms&^(1<<i)]
			}
		}
	}
	for terms, n := range people { // by now: who fails some of these and no other
		if d.policy.small(n) {
			return selection{}, &RefusedError{Filter: f, MinCell: d.options.MinCell, Removes: f.Terms[bits.TrailingZeros64(uint64(terms))].Dimension}
		}
	}
	return s, nil
}

// mostSubsets is of how many terms every subset is looked at; more, which people
// do not ask for, are refused.
const mostSubsets = 16

// failsOf is the SQL for a bit for each term that a segment fails.
func failsOf(conditions []string) string {
	list := make([]string, len(conditions))
	for i, c := range conditions {
		list[i] = fmt.Sprintf("CAST(%s AS BIGINT) * %d", c, int64(1)<<i)
	}
	return strings.Join(list, " + ")
}

// conditions is one SQL expression a term, 1 where a segment fails it, with
// the values to bind.
func conditions(terms []Term) (list []string, args []any) {
	for _, t := range terms {
		in := "NOT IN"
		if t.Not {
			in = "IN"
		}
		var marks []string
		for _, v := range t.Values {
			name := fmt.Sprintf("v%d", len(args)+1)
			marks, args = append(marks, "$"+name), append(args, sql.Named(name, v))
		}
		list = append(list, fmt.Sprintf("CAST(%s %s (%s) AS INTEGER)", store.Identifier(t.Dimension), in, strings.Join(marks, ", ")))
	}
	return list, args
}

// termOf is the SQL for the index of the term that a segment fails.
func termOf(conditions []string) string {
	var b strings.Builder
	b.WriteString("CASE")
	for i, c := range conditions {
		fmt.Fprintf(&b, " WHEN %s = 1 THEN %d", c, i)
	}
	return b.String() + " ELSE 0 END"
}
