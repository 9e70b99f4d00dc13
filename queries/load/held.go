package load

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// Rows that name a customer, campaign or arm which no delivery has brought so far
// are rejected, and held back in the store, so that a later delivery of what they
// name makes the store that a load of everything at once would have made. They
// name customers by pseudonym, and are in no figure.

// mostHeld is how many rows of an input are held back. Where there are more, they
// are not of people who are about to become customers, and none is kept.
const mostHeld = 1_000_000

// personalText is a pattern of DuckDB's for addresses and telephone numbers.
const personalText = `@|\d[\d ().-]{9,}$|^\d{1,3}(\.\d{1,3}){3}$`

// heldTable is the store's table of the rows of an input that are held back, with
// missing, the column that names what was not found. Of the survey it is the
// links of respondents to customers who are not there.
func heldTable(input string) string { return "held_" + input }

// heldName is the staged column of what a referring column named, where the row
// refers to something that was not found.
func heldName(column string) string { return store.Identifier("held " + column) }

// holds reports whether the staged rows of an input keep what they named and was
// not found: at the second look, which is taken where rows are rejected, and of
// the survey, whose answers count without the customer that they name.
func holds(in Input, numbered bool) bool { return numbered || in.Name == "survey" }

// hold puts the staged rows of an input that wait for another delivery into the
// store, but for those of customers who were erased.
func (b *builder) hold(ctx context.Context, in Input) error {
	if !holds(in, b.numbered[in.Name]) {
		return nil
	}
	which, columns := b.waiting(in)
	for _, c := range in.Columns {
		if c.Type != Text || c.Refers == "customers" || c.Name == "proof" || in.Name == "survey" {
			continue
		}
		// In a row whose columns slipped, an identifier may stand where another name should.
		text := store.Identifier(c.Name)
		if c.Refers != "" {
			text = heldName(c.Name)
		}
		which += fmt.Sprintf(" AND NOT coalesce(regexp_matches(%s, '%s'), false)", text, personalText)
		if b.erasing() {
			which += fmt.Sprintf(" AND (%[1]s IS NULL OR keyed_hash(%[1]s) NOT IN (SELECT pseudonym FROM erased))", text)
		}
	}
	if refersTo(in, "customers") {
		who := heldName("customer_id")
		which += " AND " + who + " IS NOT NULL"
		if b.erasing() {
			which += " AND pseudonym_of(" + who + ") NOT IN (SELECT pseudonym FROM erased)"
		}
	}
	from := fmt.Sprintf("FROM %s_in WHERE %s", in.Name, which)
	if n, err := b.count(ctx, "SELECT count(*) "+from); err != nil || n == 0 || n > cmp.Or(b.options.mostHeld, mostHeld) {
		return err
	}
	rows := "SELECT " + strings.Join(columns, ", ") + " " + from
	if events[in.Name].twiceInFile {
		// What is in two files is one event, what is twice in a file may be two.
		var names []string
		for _, c := range in.Columns {
			names = append(names, store.Identifier(c.Name))
		}
		rows = fmt.Sprintf("SELECT DISTINCT * EXCLUDE (part) FROM (SELECT *, row_number() OVER (PARTITION BY %s, part) AS copy FROM (SELECT part, %s))",
			strings.Join(names, ", "), strings.TrimPrefix(rows, "SELECT "))
	}
	table := "store." + heldTable(in.Name)
	if err := b.exec(ctx, "CREATE TABLE "+table+" AS "+rows); err != nil {
		return err
	}
	if in.Name == "survey" {
		return nil // the answers were loaded
	}
	return b.exec(ctx, fmt.Sprintf("INSERT INTO store.held SELECT %s, missing, count(*) FROM %s GROUP BY missing ORDER BY missing", store.Literal(in.Name), table))
}

// addHeld says of each input how many rows are held back.
func (b *builder) addHeld(ctx context.Context) error {
	return b.eachHeld(ctx, "store", func(input, _ string, n int64) {
		if r := b.report.source(input); r != nil {
			r.Held += n
		}
	})
}

// previousHeld reads what the store that is read again holds back.
func (b *builder) previousHeld(ctx context.Context) error {
	for _, in := range Inputs() {
		n, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM duckdb_tables() WHERE database_name = '%s' AND table_name = '%s'", oldName, heldTable(in.Name)))
		if err != nil {
			return err
		}
		b.previous.holds[in.Name] = n > 0
	}
	return b.eachHeld(ctx, oldName, func(input, column string, n int64) {
		if b.previous.held[input] == nil {
			b.previous.held[input] = map[string]int64{}
		}
		b.previous.held[input][column] += n
	})
}

// eachHeld calls each with the rows that a store holds back.
func (b *builder) eachHeld(ctx context.Context, database string, each func(input, column string, n int64)) error {
	rows, err := b.conn.QueryContext(ctx, "SELECT input, column_name, rows FROM "+database+".held")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var input, column string
		var n int64
		if err := rows.Scan(&input, &column, &n); err != nil {
			return err
		}
		each(input, column, n)
	}
	return rows.Err()
}

// waiting is the SQL of the staged rows of an input that wait for another
// delivery, and of their columns in the store.
func (b *builder) waiting(in Input) (which string, columns []string) {
	if in.Name == "survey" {
		return "reject IS NULL", []string{"pseudonym_of(respondent_id) AS respondent_id", "pseudonym_of(" + heldName("customer_id") + ") AS customer_id"}
	}
	missing, rules := "CASE reject", "-1"
	for i, r := range b.rules[in.Name] {
		if r.Rule == ruleReference && !(r.Column == "arm" && b.hasLog()) {
			missing += fmt.Sprintf(" WHEN %d THEN %s", i+1, store.Literal(r.Column))
			rules += fmt.Sprintf(", %d", i+1)
		}
	}
	columns = []string{missing + " END AS missing"}
	for _, c := range in.Columns {
		name := store.Identifier(c.Name)
		switch {
		case c.Refers == "customers":
			columns = append(columns, "pseudonym_of("+heldName(c.Name)+") AS "+name)
		case c.Refers != "":
			columns = append(columns, heldName(c.Name)+" AS "+name)
		case c.Name == "proof":
			columns = append(columns, "CASE WHEN proof IS NOT NULL THEN 'kept' END AS proof")
		case c.Type == Truth:
			columns = append(columns, name, store.Identifier(c.Name+"_time"))
		default:
			columns = append(columns, name)
		}
	}
	return "reject IN (" + rules + ")", columns
}

// hasLog reports whether there is a log of engagements, or was in the store that is
// read again. Its events are folded onto the assignments that are there, so that
// one that came later, with its arm, would miss some.
func (b *builder) hasLog() bool {
	return slices.ContainsFunc(b.plan.sources, func(s source) bool { return s.input.Name == "engagements" }) || b.previous != nil && b.previous.hadLog()
}

// refersTo reports whether rows of an input name rows of another.
func refersTo(in Input, other string) bool {
	return slices.ContainsFunc(in.Columns, func(c Column) bool { return c.Refers == other })
}

// oldHeld is the SQL of the rows that the store held back, as an input.
func oldHeld(in Input) string {
	var columns []string
	for _, c := range in.Columns {
		name := store.Identifier(c.Name)
		value := name
		switch {
		case c.Refers == "customers":
			value = "CAST(" + name + " AS VARCHAR)"
		case c.Type == Time:
			value = "timezone('UTC', " + name + ")"
		case c.Type == Truth:
			value = fmt.Sprintf("CASE WHEN %[1]s IS NOT NULL THEN CAST(%[1]s AS VARCHAR) || 'Z' ELSE CAST(%[2]s AS VARCHAR) END", store.Identifier(c.Name+"_time"), name)
		case c.Type == Money:
			value = name + " * 0.01"
		}
		columns = append(columns, value+" AS "+name)
	}
	return fmt.Sprintf("(SELECT %s FROM %s.%s)", strings.Join(columns, ", "), oldName, heldTable(in.Name))
}
