package load

import (
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
// no further than this, but for those of rows that may be held back.
// Those of customers who were erased go first.
func (r *ruleBook) refer(in Input, rows string, erasing, holding bool) string {
	var names, numbers, joins, rules, unknown string
	var kept []Column
	for _, c := range in.Columns {
		l, ok := lookups[c.Refers]
		if !ok {
			continue
		}
		names += ", " + store.Identifier(c.Name)
		numbers += ", " + l.number
		unknown += " OR " + l.number + " IS NULL"
		if holding {
			kept = append(kept, c)
		}
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
	for _, c := range kept {
		numbers += fmt.Sprintf(", CASE WHEN %s THEN r.%s END AS %s", strings.TrimPrefix(unknown, " OR "), store.Identifier(c.Name), heldName(c.Name))
	}
	reject := "r.reject"
	if rules != "" {
		reject = "CAST(CASE WHEN r.reject IS NOT NULL THEN r.reject" + rules + " END AS UTINYINT)"
	}
	return fmt.Sprintf("SELECT r.* EXCLUDE (%s, reject)%s, %s AS reject FROM (%s) r%s", names[2:], numbers, reject, rows, joins)
}
