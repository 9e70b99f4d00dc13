package load

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// locate takes a second look at the files of an input that have rejected rows,
// finds the places of those that are kept, and writes them out where that is
// asked for. It fails where there are more than the options allow.
func (b *builder) locate(ctx context.Context, input string) error {
	r := b.report.source(input)
	if r == nil || r.Rejected == 0 {
		return nil
	}
	for i, p := range b.parts[input] {
		if err := b.locatePart(ctx, input, r, i, p); err != nil {
			return err
		}
	}
	read, rejected := r.Read, r.Rejected
	if b.previous != nil { // its rows are not what is judged
		read, rejected = read-b.previous.read[input], rejected-b.previous.rejected[input]
	}
	if b.options.MaxRejects != nil && float64(rejected) > *b.options.MaxRejects*float64(read) {
		first := r.Rules[max(slices.IndexFunc(r.Rules, func(x RuleReport) bool { return len(x.Examples) > 0 }), 0)]
		where := ""
		if len(first.Examples) > 0 {
			where = ", " + first.Examples[0].String()
		}
		return tooMany{fmt.Errorf("%s: %d of %d rows were rejected, more than the %s %% allowed; such as %s%s",
			input, rejected, read, strconv.FormatFloat(*b.options.MaxRejects*100, 'f', -1, 64), strings.TrimSpace(first.Column+" "+strings.ReplaceAll(first.Rule, "_", " ")), where)}
	}
	return nil
}

func (b *builder) locatePart(ctx context.Context, input string, r *SourceReport, at int, p part) error {
	if p.branch.again {
		return nil // rows of a store are nowhere to be mended
	}
	lined := p.file != nil && (p.file.format == formatCSV || p.file.format == formatNDJSON)
	malformed := map[int64]bool{}
	if lined {
		var err error
		if malformed, err = b.malformed(ctx, input, p.file); err != nil {
			return err
		}
	}
	rows, err := b.conn.QueryContext(ctx, "SELECT place, min(rule) FROM rejected_rows WHERE input = ? AND part = ? GROUP BY place ORDER BY place", input, at)
	if err != nil {
		return err
	}
	defer rows.Close()
	var wanted []rejectedRow
	for rows.Next() {
		var w rejectedRow
		if err := rows.Scan(&w.row, &w.rule); err != nil {
			return err
		}
		wanted = append(wanted, w)
	}
	if err := rows.Err(); err != nil || len(wanted)+len(malformed) == 0 {
		return err
	}
	if lined {
		// Of several parts that read one file, the first tells of malformed lines.
		again := slices.ContainsFunc(b.parts[input][:at], func(o part) bool { return o.file != nil && o.file.path == p.file.path })
		known, err := b.locateLines(ctx, input, r, p, malformed, wanted, again)
		if known || err != nil {
			return err
		}
	}
	return b.locateRows(ctx, input, r, at, p, wanted)
}

// A rejectedRow is a row of a part, from 0, and the rule that it broke.
type rejectedRow struct {
	row  int64
	rule int
}

// malformed lists the numbers of the records of a file that are no rows.
func (b *builder) malformed(ctx context.Context, input string, f *file) (map[int64]bool, error) {
	found := map[int64]bool{}
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf("SELECT DISTINCT line FROM %[1]s_bad_lines JOIN %[1]s_bad_scans USING (scan_id, file_id) WHERE file_path = %[2]s", input, store.Literal(f.plain)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		found[n] = true
	}
	return found, rows.Err()
}

// locateLines finds rejected rows in a file that is read line by line. Which
// record is which row shows by counting both: unless they agree it says so, and
// nothing is reported. Nor are malformed lines where told says that they were.
func (b *builder) locateLines(ctx context.Context, input string, r *SourceReport, p part, malformed map[int64]bool, wanted []rejectedRow, told bool) (known bool, err error) {
	var found []rejectedLine
	malformedRule := b.rule(input, ruleMalformed, "")
	walk := func(hit func(rejectedLine) error) (int64, error) {
		row, next := int64(0), 0
		err := p.file.records(ctx, func(rec record) error {
			header := p.file.format == formatCSV && rec.number <= p.file.dialect.skip+1
			switch {
			case header:
				return nil
			case malformed[rec.number] && told:
				return nil
			case malformed[rec.number]:
				return hit(rejectedLine{rec.line, malformedRule, string(rec.text)})
			case p.file.format == formatCSV && rec.blank() && len(p.file.columns) > 1:
				return nil
			}
			row++
			if next < len(wanted) && wanted[next].row == row-1 {
				next++
				return hit(rejectedLine{rec.line, wanted[next-1].rule, string(rec.text)})
			}
			return nil
		})
		return row, err
	}
	counts := map[int]int{}
	rows, err := walk(func(l rejectedLine) error {
		if counts[l.rule]++; counts[l.rule] <= examples {
			found = append(found, l)
		}
		return nil
	})
	if err != nil || p.rows != rows {
		return false, err
	}
	for _, l := range found {
		r.example(b.rules[input][l.rule-1], Place{File: p.file.name(), Line: l.line})
	}
	if !b.allRejects() {
		return true, nil
	}
	_, err = walk(func(l rejectedLine) error {
		return b.writeReject(input, b.rules[input][l.rule-1], Place{File: p.file.name(), Line: l.line}, l.text)
	})
	return true, err
}

type rejectedLine struct {
	line int64
	rule int
	text string
}

// locateRows finds rejected rows by their place among the rows of the source.
func (b *builder) locateRows(ctx context.Context, input string, r *SourceReport, at int, p part, wanted []rejectedRow) error {
	place := func(w rejectedRow) Place {
		if p.file != nil && (p.file.format == formatCSV || p.file.format == formatNDJSON) {
			return Place{File: p.file.name()}
		}
		if p.file != nil {
			return Place{File: p.file.name(), Row: w.row + 1}
		}
		return Place{File: p.branch.name, Row: w.row + 1}
	}
	for _, w := range wanted {
		r.example(b.rules[input][w.rule-1], place(w))
	}
	if !b.allRejects() || len(wanted) == 0 {
		return nil
	}
	relation := p.branch.glance
	if p.file != nil && p.file.format != formatDuckDB {
		relation = p.file.relation("")
	}
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf("SELECT n, CAST(to_json(t) AS VARCHAR) FROM (SELECT row_number() OVER () - 1 AS n, t FROM (FROM %s) AS t) WHERE n IN (SELECT place FROM rejected_rows WHERE input = %s AND part = %d) ORDER BY n",
		relation, store.Literal(input), at))
	if err != nil {
		return err
	}
	defer rows.Close()
	texts := map[int64]string{}
	for rows.Next() {
		var n int64
		var text sql.NullString
		if err := rows.Scan(&n, &text); err != nil {
			return err
		}
		texts[n] = text.String
	}
	for _, w := range wanted {
		if err := b.writeReject(input, b.rules[input][w.rule-1], place(w), texts[w.row]); err != nil {
			return err
		}
	}
	return rows.Err()
}

// example adds a place to the rule's examples, unless there are enough.
func (r *SourceReport) example(broken RuleReport, p Place) {
	for i := range r.Rules {
		if r.Rules[i].Rule == broken.Rule && r.Rules[i].Column == broken.Column && len(r.Rules[i].Examples) < examples && !slices.Contains(r.Rules[i].Examples, p) {
			r.Rules[i].Examples = append(r.Rules[i].Examples, p)
		}
	}
}

// A rejectsFile is written beside its place and put there at the end, where the load
// succeeds or fails for too many rejected rows.
type rejectsFile struct {
	path string
	f    *os.File
	csv  *csv.Writer
}

// newRejectsFile begins a file (0600) of rejected rows.
func newRejectsFile(path string) (*rejectsFile, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".accord-rejects-*") // 0600
	if err != nil {
		return nil, fmt.Errorf("--rejects: %w", err)
	}
	r := &rejectsFile{path, f, csv.NewWriter(f)}
	return r, r.csv.Write([]string{"input", "file", "line", "rule", "column", "row"})
}

func (b *builder) writeReject(input string, broken RuleReport, p Place, text string) error {
	at := ""
	if n := p.Line + p.Row; n > 0 {
		at = strconv.FormatInt(n, 10)
	}
	return b.rejects.csv.Write([]string{input, p.File, at, broken.Rule, broken.Column, text})
}

// close puts the file in its place, or removes it.
func (r *rejectsFile) close(keep bool) error {
	r.csv.Flush()
	err := errors.Join(r.csv.Error(), r.f.Close())
	if !keep || err != nil {
		return errors.Join(err, os.Remove(r.f.Name()))
	}
	return os.Rename(r.f.Name(), r.path)
}
