package load

import (
	"fmt"
	"strconv"
	"strings"

	"accord/queries/store"
)

// A reading is the SQL of one column on its way from the source to its type.
// Each level of the staging SELECT is computed once and used by the next:
// text or another type as the source has it (raw_X), whether a time has no offset
// yet (X_naive), typed (X), and in UTC.
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
		suffix := ""
		if r.column.Type == Truth {
			suffix = "_time"
		}
		out = append(out, r.time()+" AS "+r.name(suffix), r.name("_naive"))
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
		value = fmt.Sprintf("CASE WHEN try_cast(%[1]s AS DECIMAL(15, 6)) > 0 THEN try_cast(%[1]s AS DECIMAL(15, 6)) END", number)
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

// naive is the SQL for whether a time still needs the data's zone.
func (r reading) naive() string {
	if !r.text() {
		return strconv.FormatBool(strings.HasPrefix(r.kind, "TIMESTAMP") && r.kind != zoned || r.kind == "DATE")
	}
	return fmt.Sprintf("NOT regexp_matches(%s, ':[0-9.]+( ?([zZ]|[+-][0-9:]+)| (?i:utc))$')", r.raw)
}

// zoned is DuckDB's type of moments.
const zoned = "TIMESTAMP WITH TIME ZONE"

// time is the SQL for a time, as if in UTC where it is naive. Casting text to
// TIMESTAMP ignores an offset, casting it to TIMESTAMPTZ applies it. Names of zones
// are refused, as TIMESTAMP does: after one, the other cast reads the rows behind it
// in that zone.
func (r reading) time() string {
	switch {
	case r.kind == zoned:
		return fmt.Sprintf("make_timestamp(epoch_us(%s))", r.raw)
	case strings.HasPrefix(r.kind, "TIMESTAMP"), r.kind == "DATE":
		return fmt.Sprintf("try_cast(%s AS TIMESTAMP)", r.raw)
	case !r.text():
		return "CAST(NULL AS TIMESTAMP)"
	}
	return fmt.Sprintf("CASE WHEN %[2]s THEN try_cast(%[1]s AS TIMESTAMP) WHEN try_cast(%[1]s AS TIMESTAMP) IS NOT NULL THEN make_timestamp(epoch_us(try_cast(%[1]s AS TIMESTAMPTZ))) END", r.raw, r.name("_naive"))
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

// sqlTypes are the types that typed yields.
var sqlTypes = map[Type]string{
	Text: "VARCHAR", Time: "TIMESTAMP", Truth: "BOOLEAN", Bool: "BOOLEAN", Money: "BIGINT",
	Weight: "DECIMAL(18, 6)", Part: "DOUBLE", Number: "DOUBLE", Note: "VARCHAR", Word: "VARCHAR", List: "VARCHAR[]",
}
