package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// aside marks rows of a source that are not of the input: they are neither
// loaded nor rejected, and not counted.
const aside = 255

// A branch is a part of a source that is read by one SELECT: a relation, or
// files that follow each other and have the same columns.
type branch struct {
	source
	have     []described
	relation string   // that is staged, and collects malformed lines
	glance   string   // the same to look at beforehand
	marks    []string // columns beside those of the source
}

// branches opens the source's files and splits it.
func (b *builder) branches(ctx context.Context, s source) (out []branch, err error) {
	if s.relation != "" {
		have, err := b.describe(ctx, "SELECT * FROM "+s.relation)
		return []branch{{source: s, have: have, relation: s.relation, glance: s.relation}}, s.explain(err)
	}
	key := func(f *file) string {
		names := make([]string, len(f.columns))
		for i, c := range f.columns {
			names[i] = fmt.Sprintf("%q %s", strings.ToLower(c.name), c.kind)
		}
		slices.Sort(names)
		return string(f.format) + strings.Join(names, ",")
	}
	for _, f := range s.files {
		if err := b.open(ctx, f); err != nil {
			return nil, s.explain(err)
		}
		if f.format == formatDuckDB {
			if f.columns, err = b.describe(ctx, "SELECT * FROM "+f.table(s)); err != nil {
				return nil, s.explain(err)
			}
		}
		part := s
		part.files = []*file{f}
		if last := len(out) - 1; last >= 0 && key(out[last].files[0]) == key(f) {
			out[last].files = append(out[last].files, f)
			continue
		}
		out = append(out, branch{source: part, have: f.columns})
	}
	for i := range out {
		p := &out[i]
		if p.files[0].format != formatDuckDB {
			p.name = namesOf(p.files)
		}
		reads, glances := make([]string, len(p.files)), make([]string, len(p.files))
		for j, f := range p.files {
			reads[j], glances[j] = f.relation(s.input.Name), f.relation("")
			if f.format == formatDuckDB {
				reads[j], glances[j] = f.table(s), f.table(s)
			}
		}
		p.relation, p.glance = together(reads), together(glances)
	}
	return out, nil
}

// table is the SQL of the table of a DuckDB file that is the source's.
func (f *file) table(s source) string {
	return f.database + ".main." + store.Identifier(s.table())
}

func (s source) table() string {
	if s.origin.Table != "" {
		return s.origin.Table
	}
	return s.input.Name
}

// together is the SQL of several relations put together by the names of their
// columns, so that their order may differ.
func together(reads []string) string {
	if len(reads) == 1 {
		return reads[0]
	}
	return "(FROM " + strings.Join(reads, " UNION ALL BY NAME FROM ") + ")"
}
