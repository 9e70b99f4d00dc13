package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// stage reads the sources of an input into the scratch table <input>_in: every
// canonical column typed (NULL where a source has none), numbers in place of
// what refers to other inputs, the candidate dimensions as text (dim_X), and
// reject.
//
// With numbered it also has the place of each row in its file, which nothing else
// tells: joins put rows that find no partner behind their neighbours.
func (b *builder) stage(ctx context.Context, in Input, branches []branch, numbered bool) error {
	b.candidates[in.Name], b.rules[in.Name] = nil, nil
	var selects []string
	first, parts := 0, len(partsOf(branches))
	for _, s := range branches {
		if parts > 1 || numbered {
			s.number(first, numbered)
		}
		first += max(len(s.files), 1)
		rows, err := b.staging(ctx, s)
		if err != nil {
			return s.explain(err)
		}
		selects = append(selects, rows)
	}
	if n := len(b.candidates[in.Name]); n > maxCandidates {
		return fmt.Errorf("%s from %s: %d columns could be dimensions, more than %d: name those that matter in a mapping file", in.Name, branches[0].name, n, maxCandidates)
	}
	// With the source on the probing side of every join its rows keep their
	// order, by which the first of two rows with one key is told. Little is said twice
	// in this SQL, and to look for it would take as long as all other planning.
	return b.exec(ctx, "SET disabled_optimizers = 'join_order,build_side_probe_side,common_subexpressions'; CREATE OR REPLACE TABLE "+in.Name+"_in AS "+strings.Join(selects, " UNION ALL BY NAME ")+"; RESET disabled_optimizers;")
}

// number makes the branch say from which part of the input a row is, counting
// its own from first, and the row's place in it.
func (s *branch) number(first int, places bool) {
	s.marks = []string{partName}
	place := ""
	if places {
		s.marks = append(s.marks, placeName)
		place = ", row_number() OVER () - 1 AS " + placeName
	}
	reads := make([]string, max(len(s.files), 1))
	for i := range reads {
		from := s.relation
		if len(s.files) > 1 {
			from = s.files[i].relation(s.input.Name)
		}
		reads[i] = fmt.Sprintf("(SELECT *, CAST(%d AS USMALLINT) AS %s%s FROM %s)", first+i, partName, place, from)
	}
	s.relation = together(reads)
}

// staging is the SELECT that stages a branch.
func (b *builder) staging(ctx context.Context, s branch) (string, error) {
	expressions, err := s.expressions(s.have)
	if err != nil {
		return "", err
	}
	dims, refused := s.candidates(s.have, expressions)
	b.addCandidates(s.input.Name, dims, refused)

	var raw []string
	for _, e := range expressions {
		raw = append(raw, fmt.Sprintf("%s AS %s", e.sql, store.Identifier("raw_"+e.column.Name)))
	}
	for _, d := range dims {
		raw = append(raw, fmt.Sprintf("neat(CAST(%s AS VARCHAR)) AS %s", d.expression, store.Identifier("dim_"+d.name)))
	}
	kinds, err := b.kinds(ctx, s, expressions)
	if err != nil {
		return "", err
	}
	rules := b.rules[s.input.Name]
	before := s.before(&rules)
	var marks []string
	if before != "" {
		raw, marks = append(raw, fmt.Sprintf("CAST(CASE%s END AS UTINYINT) AS %s", before, beforeName)), append(marks, beforeName)
	}
	raw, marks = append(raw, s.marks...), append(marks, s.marks...)
	var readings []reading
	var trimmed, typed, final []string
	naive := []string{"*"}
	for i, e := range expressions {
		r := reading{e.column, store.Identifier("raw_" + e.column.Name), kinds[i]}
		text := r.raw
		if r.text() {
			text = "neat(" + text + ")"
		}
		if r.dated() {
			naive = append(naive, r.naive()+" AS "+r.name("_naive"))
			if order := b.dateOrders[s.input.Name]; r.text() && order != orderISO {
				text = "dated_" + order + "(" + text + ")"
			}
		}
		trimmed = append(trimmed, text+" AS "+r.raw)
		readings = append(readings, r)
		typed = append(typed, r.typed()...)
		if c := r.column; !s.again && (c.Refers == "customers" || c.Name == "customer_id" || c.Name == "respondent_id") {
			final = append(final, b.identifier(r.name(""))+" AS "+r.name(""))
		} else {
			final = append(final, r.final()...)
		}
	}
	for _, d := range dims {
		dim := store.Identifier("dim_" + d.name)
		trimmed, typed, final = append(trimmed, dim), append(typed, dim), append(final, dim)
	}
	for _, c := range s.input.Columns {
		if slices.ContainsFunc(readings, func(r reading) bool { return r.column.Name == c.Name }) {
			continue
		}
		final = append(final, fmt.Sprintf("CAST(NULL AS %s) AS %s", sqlTypes[c.Type], store.Identifier(c.Name)))
		if c.Type == Truth {
			final = append(final, "CAST(NULL AS TIMESTAMP) AS "+store.Identifier(c.Name+"_time"))
		}
	}
	trimmed, typed = append(trimmed, marks...), append(typed, marks...)
	for _, mark := range s.marks {
		final = append(final, mark+" AS "+strings.ReplaceAll(mark, " ", ""))
	}
	list := func(columns []string) string { return strings.Join(columns, ", ") }
	rows := fmt.Sprintf("SELECT %s, %s AS reject FROM (SELECT %s FROM (SELECT %s FROM (SELECT %s FROM (SELECT %s FROM %s))))",
		list(final), rules.checks(readings, before != ""), list(typed), list(naive), list(trimmed), list(raw), s.relation)
	rows = rules.refer(s.input, rows, b.erasing(), holds(s.input, slices.Contains(s.marks, placeName)))
	b.rules[s.input.Name] = rules
	return rows, nil
}

// kinds lists DuckDB's types of what the branch gives of the canonical columns.
func (b *builder) kinds(ctx context.Context, s branch, given []expression) ([]string, error) {
	kinds, selected := make([]string, len(given)), make([]string, len(given))
	known := true
	for i, e := range given {
		selected[i] = e.sql
		if at := columnIndex(s.have, e.plain()); at >= 0 && e.plain() != "" {
			kinds[i] = s.have[at].kind
		} else {
			known = false
		}
	}
	if known {
		return kinds, nil
	}
	columns, err := b.describe(ctx, fmt.Sprintf("SELECT %s FROM %s", strings.Join(selected, ", "), s.relation))
	for i, c := range columns {
		kinds[i] = c.kind
	}
	return kinds, err
}

// beforeName is the column of what is wrong with a row before its values are
// looked at.
const beforeName = `" before"`

// Columns of the part that a row is from, and of its place in it, from 0.
const (
	partName  = `" part"`
	placeName = `" place"`
)

// before is the SQL of cases in which a row is not one of the input.
func (s branch) before(rules *ruleBook) (cases string) {
	if len(s.files) > 0 && (s.files[0].format == formatJSON || s.files[0].format == formatNDJSON) {
		cases = fmt.Sprintf(" WHEN trim(coalesce(%s, '')) = '' THEN %d", store.Identifier(lineOfJSON), aside) +
			rules.when(store.Identifier(objectOfJSON)+" IS NULL", ruleMalformed, "")
	}
	if s.origin.Where != "" {
		cases += fmt.Sprintf(" WHEN (%s\n) IS NOT TRUE THEN %d", s.origin.Where, aside)
	}
	return cases
}

// explain wraps an error of DuckDB about s for people.
func (s source) explain(err error) error {
	if err == nil || errors.Is(err, errExplained) {
		return err
	}
	if len(s.files) > 0 {
		err = s.files[0].plainError(err)
	}
	return explained{fmt.Errorf("%s from %s: %w", s.input.Name, s.name, firstLine(err))}
}

// errExplained is wrapped by errors that say which source they are about.
var errExplained = errors.New("explained")

type explained struct{ error }

func (explained) Is(target error) bool { return target == errExplained }
func (e explained) Unwrap() error      { return e.error }

// firstLine leaves out what DuckDB adds to its messages: the statement, hints.
func firstLine(err error) error {
	if line, _, more := strings.Cut(err.Error(), "\n"); more {
		return errors.New(line)
	}
	return err
}
