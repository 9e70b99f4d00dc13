package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"accord/queries/store"
)

// An Outline says what a load would do, without doing it.
type Outline struct {
	Sources []SourceOutline
	Unread  []string // data files in a folder that are not recognised
	Absent  []string // inputs that no source gives
	mapping Mapping
}

// A SourceOutline is what a file, several of one shape, or a relation would
// become.
type SourceOutline struct {
	Input   string
	Name    string
	Format  string // such as "CSV ; Latin-1"; "" of a relation
	Preset  string // the system whose export it is, "" for none
	Columns []ColumnOutline
	Ignored []string // columns that are not read
	Missing []Column // canonical columns that it does not give

	origins []Origin
}

// A ColumnOutline is what becomes of a column.
type ColumnOutline struct {
	To      string   // canonical column, "" for none
	May     bool     // become a dimension
	From    string   // column or expression
	Why     Phrase   // how it came to that, or why it is not read
	Samples []string // up to three; what may identify a person is masked
	Masked  bool
}

// How columns come to be what they are.
const (
	howName      Phrase = "by its name"
	howAlias     Phrase = "by another name"
	howMapping   Phrase = "by the mapping"
	howPreset    Phrase = "by the preset"
	howDimension Phrase = "a candidate dimension"
)

// sampled is how many rows of each file are looked at for samples.
const sampled = 1000

// Inspect says what Load would do with the sources. Nothing is built.
func Inspect(ctx context.Context, o Options) (outline Outline, err error) {
	p, err := o.plan()
	if err != nil {
		return Outline{}, err
	}
	s, err := newScratch(os.TempDir())
	if err != nil {
		return Outline{}, err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	b := newBuilder(o, p, s)
	err = b.connected(ctx, func() error {
		if len(b.plan.sources) == 0 {
			return b.plan.complete()
		}
		for _, s := range b.plan.sources {
			parts, err := b.branches(ctx, s)
			if err != nil {
				return err
			}
			for _, part := range parts {
				one, err := b.outline(ctx, part)
				if err != nil {
					return part.explain(err)
				}
				outline.Sources = append(outline.Sources, one)
			}
		}
		return nil
	})
	if ctx.Err() != nil {
		return Outline{}, ctx.Err()
	}
	for _, in := range Inputs() {
		if !slices.ContainsFunc(outline.Sources, func(s SourceOutline) bool { return s.Input == in.Name }) {
			outline.Absent = append(outline.Absent, in.Name)
		}
	}
	outline.Unread, outline.mapping = b.plan.unread, b.plan.mapping
	return outline, err
}

// outline says what becomes of a branch.
func (b *builder) outline(ctx context.Context, s branch) (SourceOutline, error) {
	expressions, missing := s.given(s.have)
	out := SourceOutline{Input: s.input.Name, Name: s.name, Preset: s.preset, Missing: missing}
	if len(s.files) > 0 {
		out.Format = s.files[0].described()
	}
	used := map[string]bool{}
	for _, e := range expressions {
		mapped, named := s.origin.Columns[e.column.Name], e.plain()
		c := ColumnOutline{To: e.column.Name, From: mapped, Why: howAlias}
		if named != "" {
			c.From, used[named] = named, true
		}
		switch {
		case s.preset != "":
			c.Why = howPreset
		case mapped != "":
			c.Why = howMapping
		case strings.EqualFold(named, e.column.Name):
			c.Why = howName
		}
		if err := b.sample(ctx, s, e.sql, e.column.shows(), &c); err != nil {
			return out, err
		}
		out.Columns = append(out.Columns, c)
	}
	dims, refused := s.candidates(s.have, expressions)
	for _, d := range dims {
		c := ColumnOutline{From: d.name, May: true, Why: howDimension}
		used[expression{sql: d.expression}.plain()] = true
		if err := b.sample(ctx, s, d.expression, showRepeated, &c); err != nil {
			return out, err
		}
		out.Columns = append(out.Columns, c)
	}
	for _, r := range refused {
		out.Columns, used[r.Column] = append(out.Columns, ColumnOutline{From: r.Column, Why: r.Why}), true
	}
	for _, h := range s.have {
		if !used[h.name] && !slices.ContainsFunc(expressions, func(e expression) bool { return strings.Contains(e.sql, store.Identifier(h.name)) }) {
			out.Ignored = append(out.Ignored, h.name)
		}
	}
	for _, f := range s.files {
		o := s.origin
		o.From = f.path
		o.Columns = map[string]string{}
		for _, e := range expressions {
			o.Columns[e.column.Name] = strings.TrimSuffix(strings.TrimPrefix(e.sql, "("), ")")
		}
		out.origins = append(out.origins, o)
	}
	if s.relation == s.source.relation {
		out.origins = []Origin{s.origin}
	}
	return out, nil
}

// described says how the file is written.
func (f *file) described() string {
	text := string(f.format)
	if f.format == formatCSV && f.dialect.delimiter != "," {
		text += " " + strings.ReplaceAll(f.dialect.delimiter, "\t", "\\t")
	}
	if f.encoding != "" {
		text += " " + f.encoding
	}
	return text
}

// What of a column's values may be shown.
type showing int

const (
	showNone     showing = iota // it says who somebody is
	showRepeated                // values that several rows have
	showAll
)

// shows tells what of a canonical column's values may be shown.
func (c Column) shows() showing {
	if c.Refers == "customers" || slices.Contains([]string{"customer_id", "respondent_id", "proof"}, c.Name) {
		return showNone
	}
	return showAll
}

// sample looks for up to three values of an expression.
func (b *builder) sample(ctx context.Context, s branch, expression string, show showing, out *ColumnOutline) error {
	where := "true"
	if s.origin.Where != "" {
		where = "(" + s.origin.Where + "\n)"
	}
	query := fmt.Sprint("SELECT v, count(*) AS n FROM (SELECT row_number() OVER () AS place, trim(CAST(", expression, " AS VARCHAR)) AS v FROM ", s.glance, " WHERE ", where, " LIMIT ", sampled,
		") WHERE v <> '' GROUP BY v ORDER BY ", map[showing]string{showNone: "min(place)", showRepeated: "n DESC, min(place)", showAll: "min(place)"}[show], " LIMIT 3")
	rows, err := b.conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var value sql.NullString
		var n int64
		if err := rows.Scan(&value, &n); err != nil {
			return err
		}
		if show == showNone || show == showRepeated && n < 2 || personal.MatchString(value.String) {
			out.Masked = true
			value.String = mask(value.String)
		}
		out.Samples = append(out.Samples, shorten(value.String))
	}
	return rows.Err()
}

// personal matches what looks like e-mail addresses, and like numbers too long
// to be an amount.
var personal = regexp.MustCompile(`@|\d[\d ().-]{9,}$|^\d{1,3}(\.\d{1,3}){3}$`)

// mask shows the shape of a value and nothing else.
func mask(value string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '9'
		case unicode.IsUpper(r):
			return 'X'
		case unicode.IsLetter(r):
			return 'x'
		case r > unicode.MaxASCII:
			return '?'
		}
		return r
	}, value)
}

func shorten(value string) string {
	const longest = 24
	if letters := []rune(value); len(letters) > longest {
		return string(letters[:longest]) + "…"
	}
	return value
}
