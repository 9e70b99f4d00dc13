package load

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"accord/queries/store"
)

// dateMacros is the SQL of functions that turn a time as people and programs
// write it into ISO 8601, and leave what they do not know as it is:
// 31/12/2018, 12/31/2018, 31.12.2018, 31 Dec 2018, Dec 31, 2018, with or
// without a time of day; 20181231; seconds and milliseconds since 1970. Day and
// month of dates such as 03/04/2018 are told by the function: dated_dmy,
// dated_mdy, or dated_any, which does not guess. decimal_point turns a decimal
// comma into a point, unless it may be a mark of thousands.
func dateMacros() string {
	formats := func(days ...string) string {
		var all []string
		for _, day := range days {
			for _, clock := range []string{"", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"} {
				all = append(all, store.Literal(day+clock))
			}
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	parsed := func(text string, days ...string) string {
		return fmt.Sprintf("try_strptime(%s, %s)", text, formats(days...))
	}
	slashes := "replace(t, '-', '/')"
	dmy, mdy := parsed(slashes, "%d/%m/%Y"), parsed(slashes, "%m/%d/%Y")
	var b strings.Builder
	// What is shorter than a date is no date of any kind.
	b.WriteString("CREATE TEMP MACRO is_iso(t) AS length(t) < 8 OR regexp_matches(t, '^[0-9]{4}[-/]');\n")
	for order, slashed := range map[string]string{
		"dmy": dmy, "mdy": mdy,
		// Where both can be read they have to agree.
		"any": fmt.Sprintf("CASE WHEN (%[1]s = %[2]s) IS NOT FALSE THEN coalesce(%[1]s, %[2]s) END", dmy, mdy),
	} {
		fmt.Fprintf(&b, `CREATE TEMP MACRO shaped_%s(t) AS CASE
	WHEN regexp_matches(t, '^[0-9]{10}$') THEN CAST(make_timestamp(CAST(t AS BIGINT) * 1000000) AS VARCHAR) || 'Z'
	WHEN regexp_matches(t, '^[0-9]{13}$') THEN CAST(make_timestamp(CAST(t AS BIGINT) * 1000) AS VARCHAR) || 'Z'
	WHEN regexp_matches(t, '^[0-9]{8}$') THEN CAST(try_strptime(t, '%%Y%%m%%d') AS VARCHAR)
	WHEN regexp_matches(t, '^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}') THEN CAST(%s AS VARCHAR)
	WHEN regexp_matches(t, '^[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') THEN CAST(%s AS VARCHAR)
	WHEN regexp_matches(t, '[A-Za-z]{3}') THEN CAST(%s AS VARCHAR) END;
CREATE TEMP MACRO dated_%s(t) AS CASE WHEN is_iso(t) THEN t ELSE coalesce(shaped_%s(t), t) END;
`, order, parsed("t", "%d.%m.%Y"), slashed, parsed("t", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y"), order, order)
	}
	b.WriteString(`CREATE TEMP MACRO decimal_point(t) AS CASE WHEN NOT contains(t, ',') THEN t
	WHEN regexp_matches(t, '^[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})$') OR regexp_matches(t, '^[+-]?0,[0-9]+$') THEN replace(t, ',', '.')
	WHEN regexp_matches(t, '^[+-]?[0-9]{1,3}([ .\x{a0}\x{202f}][0-9]{3})+,[0-9]+$') THEN replace(regexp_replace(t, '[ .\x{a0}\x{202f}]', '', 'g'), ',', '.')
	ELSE t END;
`)
	return b.String()
}

// glanced is how many rows of each file are looked at to see how it writes dates.
const glanced = 2048

// orderISO is how dates are read where those looked at are all in ISO 8601, which
// spares most of the SQL of others.
const orderISO = "iso"

// dateOrder tells how dates are read: orderISO where all are so written; else whether
// those with slashes put the day or the month first, "dmy" or "mdy", or "any" where none
// tells or both orders were seen. The columns of an input are of one mind: any date that
// can be read in one way only decides for all. Where most dates of a column have slashes
// and none decides, it has to be said; a few of them among others are rows that cannot
// be read.
func (b *builder) dateOrder(ctx context.Context, branches []branch) (string, error) {
	if b.plan.mapping.DateOrder != "" {
		return b.plan.mapping.DateOrder, nil
	}
	var dayFirst, monthFirst, other bool
	var unclear string
	for _, s := range branches {
		expressions, err := s.expressions(s.have)
		if err != nil {
			return "any", s.explain(err)
		}
		expressions = slices.DeleteFunc(expressions, func(e expression) bool { return e.column.Type != Time && e.column.Type != Truth })
		seen, err := b.lookAtDates(ctx, s, expressions, fmt.Sprint(" LIMIT ", glanced))
		if err != nil {
			return "any", err
		}
		for i, e := range expressions {
			c := seen[i]
			if c.most && !c.day && !c.month {
				all, err := b.lookAtDates(ctx, s, expressions[i:i+1], "")
				if err != nil {
					return "any", err
				}
				c = all[0]
			}
			if c.most {
				unclear = e.column.Name
			}
			dayFirst, monthFirst, other = dayFirst || c.day, monthFirst || c.month, other || c.other
		}
	}
	switch {
	case dayFirst && monthFirst:
		return "any", nil
	case dayFirst:
		return "dmy", nil
	case monthFirst:
		return "mdy", nil
	case unclear == "" && !other:
		return orderISO, nil
	case unclear == "":
		return "any", nil
	}
	return "any", fmt.Errorf("the dates of %s, such as 03/04/2018, do not tell whether the day or the month comes first: say so by --date-order dmy or mdy", unclear)
}

// otherDates tells whether an input that was read as ISO 8601 has dates that are
// none, and has them read as any.
func (b *builder) otherDates(ctx context.Context, in Input, files []*file) (bool, error) {
	if b.dateOrders[in.Name] != orderISO {
		return false, nil
	}
	var unread []string
	for i, r := range b.rules[in.Name] {
		if at := slices.IndexFunc(in.Columns, func(c Column) bool { return c.Name == r.Column }); r.Rule == ruleUnread && (in.Columns[at].Type == Time || in.Columns[at].Type == Truth) {
			unread = append(unread, strconv.Itoa(i+1))
		}
	}
	if len(unread) == 0 {
		return false, nil
	}
	n, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM %s_in WHERE reject IN (%s)", in.Name, strings.Join(unread, ", ")))
	if err != nil || n == 0 {
		return false, err
	}
	b.dateOrders[in.Name] = "any"
	return true, b.forgetLines(ctx, in, files)
}

// A seenDates says what dates a column has: with slashes such that can only put the
// day first, or only the month, and whether most of its values have slashes; and
// any that is not in ISO 8601.
type seenDates struct{ day, month, most, other bool }

// lookAtDates looks at the dates in columns of a branch, in its rows up to limit,
// which is SQL.
func (b *builder) lookAtDates(ctx context.Context, s branch, columns []expression, limit string) ([]seenDates, error) {
	if len(columns) == 0 {
		return nil, nil
	}
	out := make([]seenDates, len(columns))
	var values, found []string
	var to []any
	for i, e := range columns {
		v := fmt.Sprint("v", i)
		values = append(values, fmt.Sprintf("trim(CAST(%s AS VARCHAR)) AS %s", e.sql, v))
		found = append(found, fmt.Sprintf("coalesce(bool_or(regexp_matches(%[1]s, '^(1[3-9]|2[0-9]|3[01])[/-](0?[1-9]|1[0-2])[/-][0-9]{4}')), false), "+
			"coalesce(bool_or(regexp_matches(%[1]s, '^(0?[1-9]|1[0-2])[/-](1[3-9]|2[0-9]|3[01])[/-][0-9]{4}')), false), "+
			"count(CASE WHEN regexp_matches(%[1]s, '^[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') THEN 1 END) * 2 > count(nullif(%[1]s, '')), "+
			"coalesce(bool_or(NOT is_iso(%[1]s)), false)", v))
		to = append(to, &out[i].day, &out[i].month, &out[i].most, &out[i].other)
	}
	query := "SELECT " + strings.Join(found, ", ") + " FROM (SELECT " + strings.Join(values, ", ") + " FROM " + s.glance + limit + ")"
	return out, s.explain(b.conn.QueryRowContext(ctx, query).Scan(to...))
}
