package load

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"accord/queries/store"
)

// examples is how many rejected rows of a rule a report points to.
const examples = 3

// A Place is where a rejected row stands.
type Place struct {
	File string `json:"file"`
	Line int64  `json:"line,omitempty"` // from 1; 0 where the file has no lines
	Row  int64  `json:"row,omitempty"`  // from 1; where it has none. Both are 0 where neither can be told
}

func (p Place) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s line %d", p.File, p.Line)
	case p.Row > 0:
		return fmt.Sprintf("%s row %d", p.File, p.Row)
	}
	return p.File
}

// A tooMany error says that more rows were rejected than may be.
type tooMany struct{ error }

// A part is the rows of one file or relation within a staged table.
type part struct {
	branch branch
	file   *file // nil of a relation
	first  int64 // rowid
	rows   int64
}

// allRejects reports whether every rejected row is wanted, and not examples only.
func (b *builder) allRejects() bool { return b.options.Rejects != "" }

// partsOf lists the parts of a staged table in order, without their rows.
func partsOf(branches []branch) (parts []part) {
	for _, s := range branches {
		for _, f := range s.files {
			parts = append(parts, part{branch: s, file: f})
		}
		if len(s.files) == 0 {
			parts = append(parts, part{branch: s})
		}
	}
	return parts
}

// numberRejected reads an input with rejected rows a second time, to know which
// rows of its files they are, unless the order of the staged rows tells.
func (b *builder) numberRejected(ctx context.Context, in Input, branches []branch) error {
	n, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM %s_in WHERE reject < %d", in.Name, aside))
	if err != nil || n == 0 || !slices.ContainsFunc(in.Columns, func(c Column) bool { return c.Refers != "" }) {
		return err
	}
	files := filesOf(branches)
	if err := b.forgetLines(ctx, in, files); err != nil {
		return err
	}
	if err := b.stage(ctx, in, branches, true); err != nil {
		return source{input: in, name: namesOfSources(branches), files: files}.explain(err)
	}
	b.numbered[in.Name] = true
	return b.rejectRepeated(ctx, in, len(partsOf(branches)))
}

// forgetLines forgets malformed lines of files, which another look will find again.
func (b *builder) forgetLines(ctx context.Context, in Input, files []*file) error {
	if !hasLines(files) {
		return nil
	}
	return b.exec(ctx, fmt.Sprintf("DELETE FROM %[1]s_bad_lines; DELETE FROM %[1]s_bad_scans;", in.Name))
}

// remember keeps which rows of a staged input were rejected, and where each part
// of it begins.
func (b *builder) remember(ctx context.Context, in Input, branches []branch) error {
	parts := partsOf(branches)
	b.parts[in.Name] = parts
	late := in.Name == "engagements" || in.Name == "assignments" // some are rejected later
	if b.report.source(in.Name).Rejected == 0 && !late {
		return nil
	}
	if len(parts) == 1 && !b.numbered[in.Name] {
		var err error
		if parts[0].rows, err = b.count(ctx, "SELECT count(*) FROM "+in.Name+"_in"); err != nil {
			return err
		}
	} else if err := b.placeParts(ctx, in, parts); err != nil {
		return err
	}
	return b.rejected(ctx, in.Name, fmt.Sprintf("(SELECT *, rowid AS line, reject AS rule FROM %s_in WHERE reject < %d)", in.Name, aside))
}

// placeParts finds out where each part of a staged table begins, and how many
// rows its file has: where they are numbered, several staged rows may be of one.
func (b *builder) placeParts(ctx context.Context, in Input, parts []part) error {
	rowsOf := "count(*)"
	if b.numbered[in.Name] {
		rowsOf = "max(place) + 1"
	}
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf("SELECT part, min(rowid), %s FROM %s_in GROUP BY part", rowsOf, in.Name))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at int
		var first, n int64
		if err := rows.Scan(&at, &first, &n); err != nil {
			return err
		}
		parts[at].first, parts[at].rows = first, n
	}
	return rows.Err()
}

// rejected keeps the rows of a relation of staged rows with line, their rowid, and
// rule, the place in the input's rules.
func (b *builder) rejected(ctx context.Context, input, relation string) error {
	part, place := "0", "line"
	if len(b.parts[input]) > 1 || b.numbered[input] {
		part = "part"
	}
	if b.numbered[input] {
		place = "place"
	} else if len(b.parts[input]) > 1 {
		var firsts []string
		for _, p := range b.parts[input] {
			firsts = append(firsts, strconv.FormatInt(p.first, 10))
		}
		place = "line - [" + strings.Join(firsts, ", ") + "][part + 1]"
	}
	most := ""
	if !b.allRejects() {
		most = fmt.Sprintf(" QUALIFY row_number() OVER (PARTITION BY rule, part ORDER BY place) <= %d", examples)
	}
	return b.exec(ctx, fmt.Sprintf("INSERT INTO rejected_rows SELECT %s, %s AS part, %s AS place, rule FROM %s%s", store.Literal(input), part, place, relation, most))
}

// rule is the place of a rule in the input's rules.
func (b *builder) rule(input, rule, column string) int {
	rules := b.rules[input]
	at := rules.place(rule, column)
	b.rules[input] = rules
	return at
}
