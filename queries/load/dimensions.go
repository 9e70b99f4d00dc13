package load

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"accord/queries/store"
)

// Bounds on what becomes a dimension.
const (
	maxValues   = 50     // different values; a column with more is not a dimension
	maxNumbers  = 12     // different numbers that stay as they are; more are banded
	maxLength   = 60     // characters of a value; longer is free text
	maxSegments = 20_000 // combinations; each roll-up holds a row for each that occurs

	maxCandidates = 500 // columns that are looked at; a file with more is refused
)

// unknown stands for a dimension's value where the data has none.
const unknown = "unknown"

// A dimension is a chosen candidate with the SQL for its value.
type dimension struct {
	name  string
	fixed bool
	value string
	kept  string // the SQL of what value is of, where segments do not hold it; "" = they do
}

// choose picks the dimensions of an input among its candidates, in their order
// and within the bounds, looking at the people in table. What it leaves out
// goes into the report.
func (b *builder) choose(ctx context.Context, input, table string) ([]dimension, error) {
	var fit []dimension
	for _, c := range b.candidates[input] {
		d, why, err := b.consider(ctx, c, table)
		if err != nil {
			return nil, firstLine(err)
		}
		if why != "" && why != whyEmpty {
			if err := b.exec(ctx, "INSERT INTO store.kept_columns VALUES (?, NULL, ?, NULL, NULL)", input, c.name); err != nil {
				return nil, err
			}
		}
		if why != "" {
			b.report.LeftOut = append(b.report.LeftOut, LeftOut{input, c.name, why})
			continue
		}
		fit = append(fit, d)
	}
	chosen, err := b.within(ctx, input, table, fit)
	if err != nil {
		return nil, err
	}
	return chosen, b.keep(ctx, input, table, fit, chosen)
}

// within takes dimensions in their order as long as they do not make too many
// segments.
func (b *builder) within(ctx context.Context, input, table string, fit []dimension) ([]dimension, error) {
	if n, err := b.combinations(ctx, table, fit); err != nil || n <= maxSegments {
		return fit, err
	}
	var chosen []dimension
	for _, d := range fit {
		n, err := b.combinations(ctx, table, append(chosen, d))
		if err != nil {
			return nil, err
		}
		if n > maxSegments {
			b.report.LeftOut = append(b.report.LeftOut, LeftOut{input, d.name, whySegments})
			continue
		}
		chosen = append(chosen, d)
	}
	return chosen, nil
}

// consider decides on one candidate by its values alone.
func (b *builder) consider(ctx context.Context, c candidate, table string) (d dimension, why Phrase, err error) {
	col := store.Identifier("dim_" + c.name)
	var people, filled, values, numbers, longest int64
	var personal, phones bool
	err = b.conn.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*), count(v), count(DISTINCT v), count(try_cast(v AS DOUBLE)), coalesce(max(length(v)), 0),
		coalesce(bool_or(regexp_matches(v, '[^@\s]+@[^@\s]+\.[^@\s]+|^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){4,7}$|^\+?[\d() .-]{10,}$')), false),
		coalesce(bool_or(regexp_matches(v, '^\+?\d{10,15}$')), false)
		FROM (SELECT %s AS v FROM %s)`, col, table)).Scan(&people, &filled, &values, &numbers, &longest, &personal, &phones)
	if err != nil {
		return d, "", err
	}
	d = dimension{name: c.name, fixed: c.fixed, value: fmt.Sprintf("coalesce(%s, '%s')", col, unknown)}
	numeric := filled > 0 && numbers == filled
	switch {
	case filled == 0:
		return d, whyEmpty, nil
	case c.banded && numeric:
		d.kept = twoDigits(col)
		d.value, err = b.band(ctx, col, table)
		return d, "", err
	case personal && !numeric, phones && values <= maxNumbers:
		return d, whyPersonal, nil
	case numeric && values*2 > people && values > maxValues && longest > 12:
		return d, whyIdentifier, nil
	case numeric && values > maxNumbers:
		d.kept = twoDigits(col)
		d.value, err = b.band(ctx, col, table)
		return d, "", err
	case longest > maxLength:
		return d, whyFreeText, nil
	case values > maxValues:
		return d, whyManyValues, nil
	case values > 2 && values*2 > people:
		return d, whyNearlyAll, nil
	case numeric: // numbers may equal identifiers by chance
		return d, "", nil
	}
	customers, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT DISTINCT %s AS customer_id FROM %s) SEMI JOIN people USING (customer_id)", b.identifier(col), table))
	if customers > 0 {
		why = whyIdentifier
	}
	return d, why, err
}

// identifier is the SQL of a text as identifiers are in the scratch database:
// as it is, or its pseudonym where those of a store are read again.
func (b *builder) identifier(text string) string {
	if b.previous != nil {
		return "CAST(keyed_hash(" + text + ") AS VARCHAR)"
	}
	return text
}

// twoDigits is the SQL of a column's number cut to two significant digits: the
// largest of those that is not above it. Of two such numbers, and of a number and
// such an edge, it tells which is larger as the numbers themselves do.
func twoDigits(col string) string {
	x := "try_cast(" + col + " AS DOUBLE)"
	places := "(1 - CAST(floor(log10(abs(" + x + "))) AS INTEGER))"
	rounded := "round(" + x + ", " + places + ")"
	return fmt.Sprintf("CASE WHEN NOT isfinite(%[1]s) THEN NULL WHEN %[1]s = 0 THEN 0 WHEN %[2]s <= %[1]s THEN %[2]s ELSE round(%[2]s - pow(10, -%[3]s), %[3]s) END", x, rounded, places)
}

// band is the SQL that puts a numeric column into at most five bands with about
// as many people in each. The edges have two significant digits.
func (b *builder) band(ctx context.Context, col, table string) (string, error) {
	number := fmt.Sprintf("CASE WHEN isfinite(try_cast(%[1]s AS DOUBLE)) THEN try_cast(%[1]s AS DOUBLE) END", col)
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf(`SELECT DISTINCT edge FROM (SELECT unnest(quantile_disc(%s, [0.2, 0.4, 0.6, 0.8])) AS edge FROM %s) WHERE edge IS NOT NULL ORDER BY edge`, twoDigits(col), table))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var edges []float64
	for rows.Next() {
		var e float64
		if err := rows.Scan(&e); err != nil {
			return "", err
		}
		edges = append(edges, e)
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	if len(edges) == 0 {
		return "'" + unknown + "'", nil
	}
	var s strings.Builder
	fmt.Fprintf(&s, "CASE WHEN %s IS NULL THEN '%s'", number, unknown)
	for i, e := range edges {
		label := "under " + edge(e)
		if i > 0 {
			label = edge(edges[i-1]) + " to " + label
		}
		fmt.Fprintf(&s, " WHEN %s < %v THEN '%s'", number, e, label)
	}
	fmt.Fprintf(&s, " ELSE '%s and over' END", edge(edges[len(edges)-1]))
	return s.String(), nil
}

// edge writes an edge as people do, without an exponent, unless it is out of
// all proportion.
func edge(e float64) string {
	if e != 0 && (math.Abs(e) < 1e-6 || math.Abs(e) >= 1e15) {
		return strconv.FormatFloat(e, 'g', -1, 64)
	}
	return strconv.FormatFloat(e, 'f', -1, 64)
}

// combinations counts the combinations of values that occur.
func (b *builder) combinations(ctx context.Context, table string, dims []dimension) (int64, error) {
	return b.count(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT DISTINCT %s FROM %s)", values(dims), table))
}

// values is the SELECT list of the dimensions' values under their names.
func values(dims []dimension) string {
	if len(dims) == 0 {
		return "true AS everyone"
	}
	list := make([]string, len(dims))
	for i, d := range dims {
		list[i] = d.value + " AS " + store.Identifier(d.name)
	}
	return strings.Join(list, ", ")
}

// makeSegments creates the store's table of segments and a scratch table
// <table>_segment that says which is whose.
func (b *builder) makeSegments(ctx context.Context, segments, table string, dims []dimension) (int64, error) {
	names := make([]string, 0, len(dims))
	// In the join values go by their position: a column may be called anything.
	positions, terms := []string{}, []string{"true"}
	for i, d := range dims {
		names = append(names, store.Identifier(d.name))
		positions = append(positions, fmt.Sprintf(", %s AS v%d", d.value, i))
		terms = append(terms, fmt.Sprintf("p.v%d = s.%s", i, names[i]))
	}
	order, keep := "1", ""
	if len(dims) > 0 {
		order = strings.Join(names, ", ")
		keep = ", " + order
	}
	err := b.exec(ctx, fmt.Sprintf(`CREATE TABLE store.%[1]s AS
SELECT CAST(row_number() OVER (ORDER BY %[3]s) - 1 AS INTEGER) AS segment_id%[4]s, people
FROM (SELECT %[5]s, count(*) AS people FROM %[2]s GROUP BY ALL) ORDER BY segment_id;
CREATE TABLE %[2]s_segment AS
SELECT p.person, s.segment_id AS segment FROM (SELECT %[6]s AS person%[7]s FROM %[2]s) p JOIN store.%[1]s s ON %[8]s;`,
		segments, table, order, keep, values(dims), map[string]string{"people": "customer", "respondents": "respondent"}[table],
		strings.Join(positions, ""), strings.Join(terms, " AND ")))
	if err != nil {
		return 0, err
	}
	return b.count(ctx, "SELECT count(*) FROM store."+segments)
}
