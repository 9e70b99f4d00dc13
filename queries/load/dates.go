package load

import (
	"context"
	"fmt"
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
	for order, slashed := range map[string]string{
		"dmy": dmy, "mdy": mdy,
		// Where both can be read they have to agree.
		"any": fmt.Sprintf("CASE WHEN %[1]s IS NULL THEN %[2]s WHEN %[2]s IS NULL OR %[1]s = %[2]s THEN %[1]s END", dmy, mdy),
	} {
		fmt.Fprintf(&b, `CREATE TEMP MACRO shaped_%s(t) AS CASE
	WHEN regexp_matches(t, '^[0-9]{10}$') THEN CAST(make_timestamp(CAST(t AS BIGINT) * 1000000) AS VARCHAR) || 'Z'
	WHEN regexp_matches(t, '^[0-9]{13}$') THEN CAST(make_timestamp(CAST(t AS BIGINT) * 1000) AS VARCHAR) || 'Z'
	WHEN regexp_matches(t, '^[0-9]{8}$') THEN CAST(try_strptime(t, '%%Y%%m%%d') AS VARCHAR)
	WHEN regexp_matches(t, '^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}') THEN CAST(%s AS VARCHAR)
	WHEN regexp_matches(t, '^[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') THEN CAST(%s AS VARCHAR)
	WHEN regexp_matches(t, '[A-Za-z]{3}') THEN CAST(%s AS VARCHAR) END;
CREATE TEMP MACRO dated_%s(t) AS CASE WHEN length(t) < 8 OR regexp_matches(t, '^[0-9]{4}[-/]') THEN t ELSE coalesce(shaped_%s(t), t) END;
`, order, parsed("t", "%d.%m.%Y"), slashed, parsed("t", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y"), order, order)
	}
	b.WriteString(`CREATE TEMP MACRO decimal_point(t) AS CASE WHEN NOT contains(t, ',') THEN t
	WHEN regexp_matches(t, '^[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})$') OR regexp_matches(t, '^[+-]?0,[0-9]+$') THEN replace(t, ',', '.')
	WHEN regexp_matches(t, '^[+-]?[0-9]{1,3}([ .\x{a0}\x{202f}][0-9]{3})+,[0-9]+$') THEN replace(regexp_replace(t, '[ .\x{a0}\x{202f}]', '', 'g'), ',', '.')
	ELSE t END;
`)
	return b.String()
}

// glanced is how many rows of each file are looked at to see whether it writes
// dates with slashes.
const glanced = 2048

// dateOrder tells whether dates with slashes put the day or the month first:
// "dmy", "mdy", or "any" where no such date was seen or both orders were. The
// columns of an input are of one mind: any date that can be read in one way only
// decides for all. Where most dates of a column have slashes and none decides, it
// has to be said; a few of them among others are rows that cannot be read.
func (b *builder) dateOrder(ctx context.Context, branches []branch) (string, error) {
	if b.plan.mapping.DateOrder != "" {
		return b.plan.mapping.DateOrder, nil
	}
	var dayFirst, monthFirst bool
	var unclear string
	for _, s := range branches {
		expressions, err := s.expressions(s.have)
		if err != nil {
			return "any", s.explain(err)
		}
		for _, e := range expressions {
			if e.column.Type != Time && e.column.Type != Truth {
				continue
			}
			var day, month, most bool
			query := "SELECT coalesce(bool_or(day), false), coalesce(bool_or(month), false), coalesce(sum(slashed::INTEGER), 0) * 2 > count(nullif(v, '')) FROM (SELECT" +
				" regexp_matches(v, '^(1[3-9]|2[0-9]|3[01])[/-](0?[1-9]|1[0-2])[/-][0-9]{4}') AS day, regexp_matches(v, '^(0?[1-9]|1[0-2])[/-](1[3-9]|2[0-9]|3[01])[/-][0-9]{4}') AS month," +
				" regexp_matches(v, '^[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') AS slashed, v FROM (SELECT trim(CAST(" + e.sql + " AS VARCHAR)) AS v FROM " + s.glance
			if err := b.conn.QueryRowContext(ctx, fmt.Sprint(query, " LIMIT ", glanced, "))")).Scan(&day, &month, &most); err != nil {
				return "any", s.explain(err)
			}
			if most && !day && !month {
				if err := b.conn.QueryRowContext(ctx, query+"))").Scan(&day, &month, &most); err != nil {
					return "any", s.explain(err)
				}
			}
			if most {
				unclear = e.column.Name
			}
			dayFirst, monthFirst = dayFirst || day, monthFirst || month
		}
	}
	switch {
	case dayFirst && monthFirst:
		return "any", nil
	case dayFirst:
		return "dmy", nil
	case monthFirst:
		return "mdy", nil
	case unclear == "":
		return "any", nil
	}
	return "any", fmt.Errorf("the dates of %s, such as 03/04/2018, do not tell whether the day or the month comes first: say so by --date-order dmy or mdy", unclear)
}
