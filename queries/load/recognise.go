package load

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// recognise opens the files found and makes sources of them: by the header of
// an export that accord knows, else by their names.
func (b *builder) recognise(ctx context.Context) error {
	p := &b.plan
	for _, found := range p.found {
		if err := b.recogniseFile(ctx, found); err != nil {
			return err
		}
	}
	for _, s := range p.sources {
		for _, f := range s.files {
			if f.format == formatDuckDB {
				if err := b.open(ctx, f); err != nil {
					return s.explain(err)
				}
			}
		}
	}
	p.sort()
	slices.Sort(p.unread)
	return nil
}

// sort puts the sources in the order of Inputs.
func (p *plan) sort() {
	order := func(s source) int {
		return slices.IndexFunc(Inputs(), func(in Input) bool { return in.Name == s.input.Name })
	}
	slices.SortStableFunc(p.sources, func(a, b source) int { return order(a) - order(b) })
}

func (b *builder) recogniseFile(ctx context.Context, found found) error {
	p := &b.plan
	stranger := fmt.Errorf("%s: neither its name nor its columns tell what it holds: name it after an input (%s), or write a mapping file for it", found.path, inputNames())
	f, err := newFile(found.path)
	if err != nil {
		return err
	}
	in, named := inputNamed(found.input)
	s := source{input: in, name: f.name(), files: []*file{f}}
	if !named && !found.asked && !dataFile.MatchString(found.path) {
		return stranger
	}
	if err := b.open(ctx, f); err != nil {
		switch {
		case named:
			return s.explain(err)
		case ctx.Err() != nil:
			return err
		case found.asked && dataFile.MatchString(found.path):
			return fmt.Errorf("%s: %w", found.path, firstLine(err))
		case found.asked:
			return stranger
		}
		p.unread = append(p.unread, f.name())
		return nil
	}
	if f.format == formatDuckDB {
		return b.recogniseTables(ctx, f)
	}
	if known := recognised(f); known != nil {
		for input, origins := range known.origins(columnsOf{f}) {
			in, _ := inputNamed(input)
			for _, o := range origins {
				o.From, o.Fixed = f.path, p.fixed(input)
				p.sources = append(p.sources, source{input: in, origin: o, name: f.name(), files: []*file{f}, preset: known.name})
			}
		}
		return nil
	}
	switch {
	case named:
		s.origin = Origin{From: f.path, Fixed: p.fixed(in.Name)}
		// Files of one input that follow each other are one source.
		if at := slices.IndexFunc(p.sources, func(o source) bool { return o.input.Name == in.Name && o.preset == "" && o.relation == "" }); at >= 0 {
			o := &p.sources[at]
			o.files = append(o.files, f)
			o.name = namesOf(o.files)
			return nil
		}
		p.sources = append(p.sources, s)
	case found.asked:
		return stranger
	default:
		p.unread = append(p.unread, f.name())
	}
	return nil
}

// fixed are the dimensions that the mapping says are fixed of the files found.
func (p *plan) fixed(input string) []string {
	for i, in := range Inputs() {
		if in.Name == input && len(*p.mapping.origins()[i]) > 0 {
			return (*p.mapping.origins()[i])[0].Fixed
		}
	}
	return nil
}

// recogniseTables makes sources of a DuckDB file's tables named after inputs.
func (b *builder) recogniseTables(ctx context.Context, f *file) error {
	tables, err := b.tables(ctx, f)
	if err != nil {
		return err
	}
	if slices.Contains(tables, "meta") && slices.Contains(tables, "roll_ups") {
		return fmt.Errorf("%s is a store already: open it, or name what it was loaded from", f.path)
	}
	taken := false
	for _, table := range tables {
		in, ok := inputNamed(inputCalled(table))
		if !ok {
			b.plan.unread = append(b.plan.unread, f.name()+": "+table)
			continue
		}
		taken = true
		b.plan.sources = append(b.plan.sources, source{input: in, origin: Origin{From: f.path, Table: table, Fixed: b.plan.fixed(in.Name)}, name: f.name() + ": " + table, files: []*file{f}})
	}
	if !taken {
		return fmt.Errorf("%s: no table is named after an input (%s); there are %s: write a mapping file for it", f.path, inputNames(), strings.Join(tables, ", "))
	}
	return nil
}
