package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// Rules under which rows are rejected. They are stored, and translated where
// they are shown.
const (
	ruleMalformed = "malformed_line"    // not a line of CSV with the header's number of columns
	ruleMissing   = "missing"           // a required value is not there
	ruleUnread    = "unreadable"        // not of the column's type
	ruleUnknown   = "unknown_word"      // not one of the words that the column takes
	ruleTooLong   = "too_long"          // more than maxText characters
	ruleDate      = "date_out_of_range" // outside 1990-2100
	ruleNegative  = "negative"          // an amount below zero
	ruleDuplicate = "duplicate"         // its key was there before
	ruleReference = "not_found"         // names a customer, campaign or arm that was not loaded
	ruleOrder     = "ends_before_start" // left before created
	ruleRepeated  = "repeated"          // an event that an earlier row tells of
	ruleErased    = "erased"            // of a customer who was erased
)

// A reading is the SQL of one column on its way from the source to its type.
// Each level of the staging SELECT is computed once and used by the next:
// text or another type as the source has it (raw_X), typed (X, and for times
// X_naive: that it has no offset yet), and in UTC.
type reading struct {
	column Column
	raw    string // name of raw_X, quoted
	kind   string // DuckDB's type of raw_X
}

func (r reading) name(suffix string) string { return store.Identifier(r.column.Name + suffix) }

// text reports whether the source has text.
func (r reading) text() bool { return r.kind == "VARCHAR" }

// dated reports whether the column is, or may be, a time.
func (r reading) dated() bool {
	return r.column.Type == Time || (r.column.Type == Truth && r.kind != "BOOLEAN" && !integers[r.kind])
}

// integers are the types of 0 and 1 in sources that have types.
var integers = map[string]bool{"TINYINT": true, "SMALLINT": true, "INTEGER": true, "BIGINT": true, "UTINYINT": true, "HUGEINT": true, "DOUBLE": true, "FLOAT": true}

// typed lists the SQL that reads raw_X. Values that cannot be read are NULL.
func (r reading) typed() []string {
	out := []string{r.raw}
	text := r.raw
	if !r.text() {
		text = "CAST(" + r.raw + " AS VARCHAR)"
	}
	if r.dated() {
		at, naive := r.time()
		suffix := ""
		if r.column.Type == Truth {
			suffix = "_time"
		}
		out = append(out, at+" AS "+r.name(suffix), naive+" AS "+r.name("_naive"))
	}
	value := text
	number := r.raw
	if r.text() {
		number = "decimal_point(" + r.raw + ")"
	}
	switch r.column.Type {
	case Time:
		return out
	case Truth, Bool:
		switch {
		case r.kind == "BOOLEAN":
			value = r.raw
		case integers[r.kind]:
			value = fmt.Sprintf("CASE %s WHEN 1 THEN true WHEN 0 THEN false END", r.raw)
		case r.dated() && !r.text(): // a time is no truth value, and writing it as text to see is slow
			value = "CAST(NULL AS BOOLEAN)"
		default:
			value = truth(text)
		}
	case Money:
		value = fmt.Sprintf("TRY(CAST(round(try_cast(%s AS DECIMAL(18, 4)) * 100) AS BIGINT))", number)
	case Weight:
		value = fmt.Sprintf("CASE WHEN try_cast(%[1]s AS DECIMAL(18, 6)) > 0 THEN try_cast(%[1]s AS DECIMAL(18, 6)) END", number)
	case Part:
		value = fmt.Sprintf("CASE WHEN try_cast(%[1]s AS DOUBLE) BETWEEN 0 AND 1 THEN try_cast(%[1]s AS DOUBLE) END", number)
	case Word:
		words := make([]string, len(r.column.Words))
		for i, w := range r.column.Words {
			words[i] = store.Literal(w)
		}
		value = fmt.Sprintf("CASE WHEN lower(%[1]s) IN (%[2]s) THEN lower(%[1]s) END", text, strings.Join(words, ", "))
	case Number:
		value = fmt.Sprintf("CASE WHEN isfinite(try_cast(%[1]s AS DOUBLE)) THEN try_cast(%[1]s AS DOUBLE) END", number)
	case List:
		if r.text() {
			text = fmt.Sprintf("CASE WHEN prefix(%[1]s, '[') THEN coalesce(array_to_string(TRY(CAST(CAST(%[1]s AS JSON) AS VARCHAR[])), ';'), %[1]s) ELSE %[1]s END", text)
		} else if r.kind == "VARCHAR[]" {
			text = "array_to_string(" + r.raw + ", ';')"
		}
		value = fmt.Sprintf("list_sort(list_distinct(list_filter(list_transform(string_split(%s, ';'), lambda x: trim(x)), lambda x: x <> '')))", text)
	}
	return append(out, value+" AS "+r.name(""))
}

// truth is the SQL that reads a text as true or false.
func truth(text string) string {
	return fmt.Sprintf("CASE WHEN lower(%[1]s) IN ('1', 'true', 't', 'yes', 'y', 'oui', 'o', '1.0') THEN true WHEN lower(%[1]s) IN ('0', 'false', 'f', 'no', 'n', 'non', '0.0') THEN false END", text)
}

// time is the SQL for a time as if in UTC, and for whether it still needs the
// data's zone. Casting text to TIMESTAMP ignores an offset, casting it to
// TIMESTAMPTZ applies it. Names of zones are refused, as TIMESTAMP does: after
// one, the other cast reads the rows behind it in that zone.
func (r reading) time() (at, naive string) {
	switch {
	case r.kind == "TIMESTAMP WITH TIME ZONE":
		return fmt.Sprintf("make_timestamp(epoch_us(%s))", r.raw), "false"
	case strings.HasPrefix(r.kind, "TIMESTAMP"), r.kind == "DATE":
		return fmt.Sprintf("try_cast(%s AS TIMESTAMP)", r.raw), "true"
	case !r.text():
		return "CAST(NULL AS TIMESTAMP)", "false"
	}
	naive = fmt.Sprintf("NOT regexp_matches(%s, ':[0-9.]+( ?([zZ]|[+-][0-9:]+)| (?i:utc))$')", r.raw)
	return fmt.Sprintf("CASE WHEN %[2]s THEN try_cast(%[1]s AS TIMESTAMP) WHEN try_cast(%[1]s AS TIMESTAMP) IS NOT NULL THEN make_timestamp(epoch_us(try_cast(%[1]s AS TIMESTAMPTZ))) END", r.raw, naive), naive
}

// utc is the SQL of the typed time under that name in UTC.
func (r reading) utc(name string) string {
	return fmt.Sprintf("CASE WHEN %[2]s THEN TRY(utc_of(%[1]s)) ELSE %[1]s END", name, r.name("_naive"))
}

// final lists the SQL of the staged columns of X. A Truth column also has the
// time at which it became true, NULL where the source has a mere truth value.
func (r reading) final() []string {
	switch {
	case r.column.Type == Time:
		return []string{r.utc(r.name("")) + " AS " + r.name("")}
	case r.dated():
		return []string{fmt.Sprintf("CASE WHEN %[1]s IS NOT NULL THEN true ELSE %[2]s END AS %[2]s", r.name("_time"), r.name("")), r.utc(r.name("_time")) + " AS " + r.name("_time")}
	case r.column.Type == Truth:
		return []string{r.name(""), "CAST(NULL AS TIMESTAMP) AS " + r.name("_time")}
	}
	return []string{r.name("")}
}

// A ruleBook lists the rules that rows of an input can break. A row's reject is
// the place of its rule, from 1, which takes less room than its name.
type ruleBook []RuleReport

// when is the SQL of one rule.
func (r *ruleBook) when(condition, rule, column string) string {
	return fmt.Sprintf(" WHEN %s THEN %d", condition, r.place(rule, column))
}

// place is the place of a rule, from 1.
func (r *ruleBook) place(rule, column string) int {
	at := slices.IndexFunc(*r, func(other RuleReport) bool { return other.Rule == rule && other.Column == column })
	if at < 0 {
		at = len(*r)
		*r = append(*r, RuleReport{Rule: rule, Column: column})
	}
	return at + 1
}

// checks is the SQL that tells the first rule that a row breaks, NULL for none.
// Where before is set, what is wrong before that counts first.
func (r *ruleBook) checks(readings []reading, before bool) string {
	var b strings.Builder
	if before {
		fmt.Fprintf(&b, " WHEN %[1]s IS NOT NULL THEN %[1]s", beforeName)
	}
	when := func(condition, rule, column string) { b.WriteString(r.when(condition, rule, column)) }
	utc := map[string]string{}
	for _, r := range readings {
		c, col := r.column, r.name("")
		utc[c.Name] = r.utc(col)
		if c.Required {
			when(r.raw+" IS NULL", ruleMissing, c.Name)
		}
		switch c.Type {
		case Text, Note:
			most := maxText
			if c.Type == Note {
				most = maxNote
			}
			when(fmt.Sprintf("length(%s) > %d", col, most), ruleTooLong, c.Name)
			continue
		case Word:
			when(fmt.Sprintf("%s IS NULL AND %s IS NOT NULL", col, r.raw), ruleUnknown, c.Name)
			continue
		case List:
			when(fmt.Sprintf("length(CAST(%s AS VARCHAR)) > %d", r.raw, 10*maxText), ruleTooLong, c.Name)
			continue
		}
		unread := fmt.Sprintf("%s IS NULL AND %s IS NOT NULL", col, r.raw)
		if c.Type == Truth && r.dated() {
			unread += " AND " + r.name("_time") + " IS NULL"
		}
		when(unread, ruleUnread, c.Name)
		switch {
		case c.Type == Time:
			when(outOfRange(col), ruleDate, c.Name)
		case r.dated():
			when(outOfRange(r.name("_time")), ruleDate, c.Name)
		case c.Type == Money && !c.Negative:
			when(col+" < 0", ruleNegative, c.Name)
		}
	}
	if created, left := utc["created_at"], utc["left_at"]; created != "" && left != "" {
		when(left+" < "+created, ruleOrder, "left_at")
	}
	if b.Len() == 0 {
		return "NULL::UTINYINT"
	}
	return "CAST(CASE" + b.String() + " END AS UTINYINT)"
}

func outOfRange(col string) string {
	return fmt.Sprintf("(%[1]s < TIMESTAMP '1990-01-01' OR %[1]s >= TIMESTAMP '2101-01-01')", col)
}

// A lookup is how a column that refers to another input is turned into that
// input's number.
type lookup struct{ from, on, number string }

// lookups are by what a column refers to.
var lookups = map[string]lookup{
	"customers": {"(SELECT customer_id, customer FROM people) p", "p.customer_id = r.customer_id", "p.customer"},
	"campaigns": {"store.campaigns c", "c.campaign_id = r.campaign_id", "c.campaign"},
	"arms":      {"arm_places m", "m.campaign = c.campaign AND m.arm = r.arm", "m.arm_place"},
}

// refer is the SQL that replaces the columns of s that refer to other inputs by
// numbers, and rejects rows whose required ones are not there: identifiers go
// no further than this.
// Those of customers who were erased go first.
func (r *ruleBook) refer(in Input, rows string, erasing bool) string {
	var names, numbers, joins, rules string
	for _, c := range in.Columns {
		l, ok := lookups[c.Refers]
		if !ok {
			continue
		}
		names += ", " + store.Identifier(c.Name)
		numbers += ", " + l.number
		from := l.from
		if erasing && c.Refers == "customers" {
			from = "(SELECT customer_id, customer FROM people UNION ALL SELECT customer_id, -1 FROM erased_people) p"
			rules += r.when(l.number+" = -1", ruleErased, "")
		}
		joins += " LEFT JOIN " + from + " ON " + l.on
		if c.Required {
			rules += r.when(l.number+" IS NULL", ruleReference, c.Name)
		}
	}
	if names == "" {
		return rows
	}
	reject := "r.reject"
	if rules != "" {
		reject = "CAST(CASE WHEN r.reject IS NOT NULL THEN r.reject" + rules + " END AS UTINYINT)"
	}
	return fmt.Sprintf("SELECT r.* EXCLUDE (%s, reject)%s, %s AS reject FROM (%s) r%s", names[2:], numbers, reject, rows, joins)
}

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

// stage reads the sources of an input into the scratch table <input>_in: every
// canonical column typed (NULL where a source has none), numbers in place of
// what refers to other inputs, the candidate dimensions as text (dim_X), and
// reject.
//
// With numbered it also has the place of each row in its file, which nothing else
// tells: joins put rows that find no partner behind their neighbours.
func (b *builder) stage(ctx context.Context, in Input, branches []branch, numbered bool) error {
	order, err := b.dateOrder(ctx, branches)
	if err != nil {
		return err
	}
	b.candidates[in.Name], b.rules[in.Name] = nil, nil
	var selects []string
	first, parts := 0, len(partsOf(branches))
	for _, s := range branches {
		if parts > 1 || numbered {
			s.number(first, numbered)
		}
		first += max(len(s.files), 1)
		rows, err := b.staging(ctx, s, order)
		if err != nil {
			return s.explain(err)
		}
		selects = append(selects, rows)
	}
	if n := len(b.candidates[in.Name]); n > maxCandidates {
		return fmt.Errorf("%s from %s: %d columns could be dimensions, more than %d: name those that matter in a mapping file", in.Name, branches[0].name, n, maxCandidates)
	}
	// With the source on the probing side of every join its rows keep their
	// order, by which the first of two rows with one key is told.
	return b.exec(ctx, "SET disabled_optimizers = 'join_order,build_side_probe_side'; CREATE OR REPLACE TABLE "+in.Name+"_in AS "+strings.Join(selects, " UNION ALL BY NAME ")+"; RESET disabled_optimizers;")
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
func (b *builder) staging(ctx context.Context, s branch, order string) (string, error) {
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
	first := fmt.Sprintf("SELECT %s FROM %s", strings.Join(raw, ", "), s.relation)
	kinds, err := b.describe(ctx, first)
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
	first = fmt.Sprintf("SELECT %s FROM %s", strings.Join(raw, ", "), s.relation)
	trimmed := make([]string, len(kinds))
	var readings []reading
	var typed, final []string
	for i, k := range kinds {
		trimmed[i] = store.Identifier(k.name)
		if i >= len(expressions) {
			typed, final = append(typed, trimmed[i]), append(final, trimmed[i])
			continue
		}
		r := reading{expressions[i].column, trimmed[i], k.kind}
		if r.text() {
			neat := "neat(" + r.raw + ")"
			if r.dated() {
				neat = "dated_" + order + "(" + neat + ")"
			}
			trimmed[i] = neat + " AS " + r.raw
		}
		readings = append(readings, r)
		typed = append(typed, r.typed()...)
		if c := r.column; !s.again && (c.Refers == "customers" || c.Name == "customer_id" || c.Name == "respondent_id") {
			final = append(final, b.identifier(r.name(""))+" AS "+r.name(""))
		} else {
			final = append(final, r.final()...)
		}
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
	rows := fmt.Sprintf("SELECT %s, %s AS reject FROM (SELECT %s FROM (SELECT %s FROM (%s)))",
		strings.Join(final, ", "), rules.checks(readings, before != ""), strings.Join(typed, ", "), strings.Join(trimmed, ", "), first)
	rows = rules.refer(s.input, rows, b.erasing())
	b.rules[s.input.Name] = rules
	return rows, nil
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

// sqlTypes are the types that typed yields.
var sqlTypes = map[Type]string{
	Text: "VARCHAR", Time: "TIMESTAMP", Truth: "BOOLEAN", Bool: "BOOLEAN", Money: "BIGINT",
	Weight: "DECIMAL(18, 6)", Part: "DOUBLE", Number: "DOUBLE", Note: "VARCHAR", Word: "VARCHAR", List: "VARCHAR[]",
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
