package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"accord/queries/store"
)

// keyed are the staged columns that tell the rows of an input apart: of rows
// with the same the first holds. The last of them is the one to blame.
var keyed = map[string][]string{
	"customers": {"customer_id"}, "campaigns": {"campaign_id"}, "arms": {"campaign", "arm"},
	"survey": {"respondent_id"}, "notices": {"notice_version"},
}

// An event is told by what happened to whom and when; whether it is the same as
// another shows by all that is told of it but when and how it was received.
//
// A row that is in two files is one event delivered twice. Within a file a
// purchase or a contact may well occur twice on one day, and both count; a
// consent or a reaction that is told twice is one.
var events = map[string]struct {
	when        string // few rows share these columns with another
	twiceInFile bool
}{
	"consents": {"customer, occurred_at", false}, "engagements": {"customer, occurred_at", false}, "factors": {"day, kind", false},
	"purchases": {"customer, occurred_at", true}, "interactions": {"customer, occurred_at", true},
}

// notOfEvent are columns that two deliveries of an event may differ in.
var notOfEvent = []string{"received_at", "proof"}

// rejectRepeated marks the staged rows of an input that repeat an earlier one.
func (b *builder) rejectRepeated(ctx context.Context, in Input, parts int) error {
	if columns, ok := keyed[in.Name]; ok {
		rule := b.rule(in.Name, ruleDuplicate, columns[len(columns)-1])
		return b.rejectBehindFirst(ctx, in, strings.Join(columns, ", "), strings.Join(columns, ", "), ", 1", rule)
	}
	event, ok := events[in.Name]
	if !ok || event.twiceInFile && parts < 2 {
		return nil
	}
	var all []string
	for _, column := range stagedColumns(in) {
		name, _, _ := strings.Cut(column, " ")
		if !slices.Contains(notOfEvent, strings.Trim(name, `"`)) {
			all = append(all, name)
		}
	}
	copies := ", 1"
	if event.twiceInFile {
		copies = fmt.Sprintf(", row_number() OVER (PARTITION BY %s, part ORDER BY rowid)", strings.Join(all, ", "))
	}
	return b.rejectBehindFirst(ctx, in, event.when, strings.Join(all, ", "), copies, b.rule(in.Name, ruleRepeated, ""))
}

// erasing reports whether anyone was erased.
func (b *builder) erasing() bool { return len(b.options.Erased) > 0 }

// rejectErased marks the staged customers who were erased, and keeps who they are
// so that what else is told of them is counted with them.
func (b *builder) rejectErased(ctx context.Context, in Input) error {
	if in.Name == "survey" && b.erasing() { // who answers under the customer's own identifier
		return b.exec(ctx, fmt.Sprintf("UPDATE survey_in SET reject = %d WHERE reject IS NULL AND pseudonym_of(respondent_id) IN (SELECT pseudonym FROM erased)", b.rule("survey", ruleErased, "")))
	}
	if in.Name != "customers" || !b.erasing() {
		return nil
	}
	if err := b.exec(ctx, "CREATE TEMP TABLE erased (pseudonym UUID)"); err != nil {
		return err
	}
	for chunk := range slices.Chunk(b.options.Erased, 1000) {
		if err := b.exec(ctx, "INSERT INTO erased VALUES (CAST('"+strings.Join(chunk, "' AS UUID)), (CAST('")+"' AS UUID))"); err != nil {
			return err
		}
	}
	return b.exec(ctx, fmt.Sprintf(`CREATE TABLE erased_people AS SELECT DISTINCT customer_id FROM customers_in WHERE reject IS NULL AND pseudonym_of(customer_id) IN (SELECT pseudonym FROM erased);
UPDATE customers_in SET reject = %d WHERE reject IS NULL AND customer_id IN (SELECT customer_id FROM erased_people);`, b.rule("customers", ruleErased, "")))
}

// rejectBehindFirst marks the rows of an input that have the same columns as an
// earlier one, and the same number among copies. Few rows are crowded: those
// that share the first columns with another; the others are not looked at.
func (b *builder) rejectBehindFirst(ctx context.Context, in Input, crowded, same, copies string, rule int) error {
	table := store.Identifier(in.Name + "_in")
	if err := b.exec(ctx, fmt.Sprintf("CREATE OR REPLACE TEMP TABLE crowded AS SELECT %s FROM %s WHERE reject IS NULL GROUP BY ALL HAVING count(*) > 1", crowded, table)); err != nil {
		return err
	}
	if n, err := b.count(ctx, "SELECT count(*) FROM crowded"); err != nil || n == 0 {
		return err
	}
	return b.exec(ctx, fmt.Sprintf(`UPDATE %[1]s SET reject = %[2]d WHERE rowid IN (
	SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY %[3]s, copy ORDER BY line) AS place
		FROM (SELECT i.*, i.rowid AS line%[4]s AS copy FROM %[1]s i SEMI JOIN crowded USING (%[5]s) WHERE reject IS NULL)) WHERE place > 1)`,
		table, rule, same, copies, crowded))
}
