package load

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"accord/queries/store"
)

// A described column is one of a relation's, with DuckDB's name of its type.
type described struct{ name, kind string }

// describe lists the columns that a SELECT yields.
func (b *builder) describe(ctx context.Context, query string) ([]described, error) {
	rows, err := b.conn.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE "+query+")")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cols []described
	for rows.Next() {
		var c described
		if err := rows.Scan(&c.name, &c.kind); err != nil {
			return nil, err
		}
		cols = append(cols, c)
	}
	return cols, rows.Err()
}

func columnIndex(cols []described, name string) int {
	return slices.IndexFunc(cols, func(c described) bool { return strings.EqualFold(c.name, name) })
}

// An expression is the SQL that a source has for a canonical column.
type expression struct {
	column Column
	sql    string
}

// expressions lists what the source gives of the canonical columns, with an
// error where required ones are missing.
func (s source) expressions(have []described) ([]expression, error) {
	out, missing := s.given(have)
	var required []string
	for _, c := range missing {
		if c.Required {
			required = append(required, c.Name)
		}
	}
	if len(required) > 0 {
		return nil, fmt.Errorf("no column %s; there are %s: rename columns or map them, `accord schema` describes them",
			strings.Join(required, ", "), listed(have))
	}
	return out, nil
}

// plain is the column that the expression is, "" where it is more than one.
func (e expression) plain() string {
	text := strings.Trim(e.sql, "( )")
	if name := strings.ReplaceAll(strings.Trim(text, `"`), `""`, `"`); store.Identifier(name) == text {
		return name
	}
	return ""
}

// given lists what the source gives of the canonical columns, and those of which
// it gives nothing: what the mapping says, or the column of the same name, or,
// where the mapping names no columns, one that is commonly called otherwise.
func (s source) given(have []described) (out []expression, missing []Column) {
	aliases := s.aliases(have)
	for _, c := range s.input.Columns {
		if mapped, ok := s.origin.Columns[c.Name]; ok {
			out = append(out, expression{c, "(" + mapped + ")"})
		} else if i := columnIndex(have, c.Name); i >= 0 {
			out = append(out, expression{c, store.Identifier(have[i].name)})
		} else if name, ok := aliases[c.Name]; ok {
			out = append(out, expression{c, store.Identifier(name)})
		} else {
			missing = append(missing, c)
		}
	}
	return out, missing
}

// listed names the first columns for an error, in one line of sane length.
func listed(have []described) string {
	const most, longest = 20, 40
	var names []string
	for _, h := range have[:min(len(have), most)] {
		if !likeName.MatchString(h.name) { // a first line of values, or a file that is none of ours: it may be personal
			names = append(names, "(no name)")
			continue
		}
		name := []rune(strings.Join(strings.Fields(h.name), " "))
		if len(name) > longest {
			name = append(name[:longest], '…')
		}
		names = append(names, string(name))
	}
	if more := len(have) - most; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}

// likeName matches what names columns, and no address, date or number.
var likeName = regexp.MustCompile(`^\s*[\p{L}_][\p{L}\p{M}\p{N}_ .()/#%-]*$`)

// A candidate is a column that may become a dimension.
type candidate struct {
	name       string
	expression string
	fixed      bool
	banded     bool // it was, before: numbers are known to two significant digits only
}

// direct matches the names of columns that identify a person directly. They
// are never read.
var direct = regexp.MustCompile(`(?i)^\s*((home|work|customer|client|contact|primary|secondary)[-_ ]?)?(` +
	`e[-_ ]?mail|courriel|mail|((mobile|cell)[-_ ]?)?phone|t[ée]l[ée]phone|tel|mobile|cell|fax|` +
	`name|nom([-_ ](de[-_ ])?famille)?|pr[ée]nom|(first|last|full|given|family|sur|middle|user)[-_ ]?name|` +
	`street|((e[-_ ]?mail|street|postal|ip|billing|shipping)[-_ ]?)?(address|adresse)|address[-_ ]?line|` +
	`ip|(optin|confirm)_ip|latitude|longitude|gps|ssn|nas|sin|birth[-_ ]?(date|day)|date[-_ ]?of[-_ ]?birth|dob|numero[-_ ].*)` +
	`([-_ ]?number)?[-_ ]?\d?\s*$`)

// reserved are the names that dimensions cannot have: columns of segments, and
// what questions group by beside dimensions.
var reserved = []string{"segment_id", "people", "opted_in", "assigned_at"}

// candidates lists the columns of the source that may become dimensions: those
// that the mapping names, or every column that is not canonical and stands for
// none. Those that identify a person directly are listed apart, and never read.
func (s source) candidates(have []described, taken []expression) (kept []candidate, refused []LeftOut) {
	if !s.input.Dimensions {
		return nil, nil
	}
	var all []candidate
	for name, expression := range s.origin.Dimensions {
		all = append(all, candidate{name: name, expression: "(" + expression + ")"})
	}
	slices.SortFunc(all, func(a, b candidate) int { return strings.Compare(a.name, b.name) })
	if len(all) == 0 {
		for _, h := range have {
			stands := slices.ContainsFunc(taken, func(e expression) bool { return e.plain() == h.name })
			if !s.input.has(strings.ToLower(h.name)) && !stands {
				all = append(all, candidate{name: h.name, expression: store.Identifier(h.name)})
			}
		}
	}
	for _, c := range all {
		c.fixed, c.banded = slices.Contains(s.origin.Fixed, c.name), slices.Contains(s.banded, c.name)
		switch {
		case direct.MatchString(c.name) || strings.Contains(c.name, "@"):
			refused = append(refused, LeftOut{s.input.Name, c.name, whyDirect})
		case slices.Contains(reserved, strings.ToLower(c.name)):
			refused = append(refused, LeftOut{s.input.Name, c.name, whyReserved})
		default:
			kept = append(kept, c)
		}
	}
	return kept, refused
}

// addCandidates adds the candidates of one branch to those of its input. The
// same column of another file is the same candidate.
func (b *builder) addCandidates(input string, dims []candidate, refused []LeftOut) {
	for _, d := range dims {
		if b.previous != nil && b.previous.refused[input+" "+strings.ToLower(d.name)] {
			refused = append(refused, LeftOut{input, d.name, whyBefore})
			continue
		}
		at := slices.IndexFunc(b.candidates[input], func(c candidate) bool { return strings.EqualFold(c.name, d.name) })
		if at < 0 {
			b.candidates[input] = append(b.candidates[input], d)
			continue
		}
		known := &b.candidates[input][at]
		known.banded, known.fixed = known.banded || d.banded, known.fixed || d.fixed
	}
	for _, r := range refused {
		if !slices.Contains(b.report.LeftOut, r) {
			b.report.LeftOut = append(b.report.LeftOut, r)
		}
	}
}
