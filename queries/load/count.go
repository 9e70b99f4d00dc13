package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// countStaged counts what an input had and what was rejected so far.
func (b *builder) countStaged(ctx context.Context, in Input, branches []branch) error {
	r := SourceReport{Input: in.Name, Name: namesOfSources(branches)}
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf("SELECT coalesce(reject, 0), count(*), count(CASE WHEN %s THEN 1 END) FROM %s_in WHERE reject IS DISTINCT FROM %d GROUP BY 1 ORDER BY 1", ofStore(partsOf(branches)), in.Name, aside))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var rule int
		var n, old int64
		if err := rows.Scan(&rule, &n, &old); err != nil {
			return err
		}
		r.Read += n
		if b.previous != nil {
			b.previous.read[in.Name] += old
		}
		if rule > 0 {
			if b.previous != nil {
				b.previous.rejected[in.Name] += old
			}
			broken := b.rules[in.Name][rule-1]
			r.reject(broken.Rule, broken.Column, n)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if hasLines(filesOf(branches)) {
		bad, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT DISTINCT file_path, line FROM %[1]s_bad_lines JOIN %[1]s_bad_scans USING (scan_id, file_id))", in.Name))
		if err != nil {
			return err
		}
		r.Read += bad
		r.reject(ruleMalformed, "", bad)
	}
	r.Loaded = r.Read - r.Rejected
	b.report.Sources = append(b.report.Sources, r)
	return nil
}

// ofStore is the SQL for whether a staged row is of a store that is read again.
func ofStore(parts []part) string {
	for i, p := range parts { // there is one at most
		if p.branch.again && len(parts) == 1 {
			return "true"
		} else if p.branch.again {
			return fmt.Sprint("part = ", i)
		}
	}
	return "false"
}

// namesOfSources names what the branches read, each once.
func namesOfSources(branches []branch) string {
	var names []string
	for _, s := range branches {
		if !slices.Contains(names, s.name) || len(s.files) == 0 {
			names = append(names, s.name)
		}
	}
	return strings.Join(names, ", ")
}

// stagedColumns lists the columns of <input>_in with their types.
func stagedColumns(in Input) []string {
	var cols []string
	for _, c := range in.Columns {
		if l, ok := lookups[c.Refers]; ok {
			_, number, _ := strings.Cut(l.number, ".")
			cols = append(cols, number+" INTEGER")
			continue
		}
		cols = append(cols, store.Identifier(c.Name)+" "+sqlTypes[c.Type])
		if c.Type == Truth {
			cols = append(cols, store.Identifier(c.Name+"_time")+" TIMESTAMP")
		}
	}
	return cols
}

// reject counts n more rejected rows of the source.
func (r *SourceReport) reject(rule, column string, n int64) {
	if n == 0 {
		return
	}
	r.Rejected += n
	for i := range r.Rules {
		if r.Rules[i].Rule == rule && r.Rules[i].Column == column {
			r.Rules[i].Rows += n
			return
		}
	}
	r.Rules = append(r.Rules, RuleReport{Rule: rule, Column: column, Rows: n})
}

// source returns the report on an input, nil where it has no source.
func (r *Report) source(input string) *SourceReport {
	i := slices.IndexFunc(r.Sources, func(s SourceReport) bool { return s.Input == input })
	if i < 0 {
		return nil
	}
	return &r.Sources[i]
}
