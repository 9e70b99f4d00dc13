package load

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"accord/queries/store"
)

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
