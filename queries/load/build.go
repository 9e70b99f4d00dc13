package load

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"accord/queries/store"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// A stage is one step of a load. Weights are measured shares of the time of a
// large load; they only move the progress bar.
type stage struct {
	name   Phrase
	weight float64
	needs  string // the input without which there is nothing to do, "" = none
	run    func(context.Context) error
}

// stages lists the steps of the load in order: every input is read and taken,
// and then what follows from them is derived.
func (b *builder) stages() []stage {
	weights := map[string]float64{"customers": 2, "consents": 12, "assignments": 30, "engagements": 10, "purchases": 4, "interactions": 1}
	var out []stage
	for _, in := range Inputs() {
		out = append(out, stage{stageReading, max(weights[in.Name], 0.2), "", func(ctx context.Context) error { return b.readInput(ctx, in) }},
			stage{stageMatching, max(weights[in.Name], 0.2) / 2, "", func(ctx context.Context) error { return b.take(ctx, in.Name) }})
	}
	for _, f := range []struct {
		file   string
		stage  Phrase
		weight float64
		needs  string
	}{
		{"as_of", stageMatching, 0.5, ""},
		{"customers", stagePeople, 1, ""},
		{"spells", stageSpells, 10, ""},
		{"states", stageSpells, 6, ""},
		{"consent_states", stageRollUps, 2, ""},
		{"outcomes", stageOutcomes, 12, ""},
		{"lift", stageRollUps, 8, "assignments"},
		{"split_days", stageRollUps, 1, "assignments"},
		{"consent_flow", stageRollUps, 5, "consents"},
		{"known_flow", stageRollUps, 0.5, ""},
		{"funnel", stageRollUps, 5, "consents"},
		{"duration", stageRollUps, 1, "consents"},
		{"expiring", stageRollUps, 1, "consents"},
		{"spending", stageRollUps, 1, ""},
		{"clustering", stageRollUps, 1, ""},
		{"engagement", stageRollUps, 8, "assignments"},
		{"moments", stageRollUps, 3, "assignments"},
		{"fatigue", stageRollUps, 6, "assignments"},
		{"reach", stageRollUps, 4, "assignments"},
		{"paths", stageRollUps, 4, ""},
		{"ladder", stageRollUps, 2, ""},
		{"pulse", stageRollUps, 1, ""},
		{"stated", stageRollUps, 1, ""},
		{"won_kept", stageRollUps, 1, "consents"},
		{"sent", stageRollUps, 6, "assignments"},
		{"proof", stageRollUps, 1, "consents"},
		{"retention", stageRollUps, 2, ""},
	} {
		out = append(out, stage{f.stage, f.weight, f.needs, func(ctx context.Context) error { return b.runFile(ctx, f.file) }})
	}
	return append(out, stage{stageRollUps, 0.5, "", b.addUpSplits}, stage{stageWriting, 2, "", b.finish})
}

// take turns a staged input into what the rest of the load reads.
func (b *builder) take(ctx context.Context, input string) error {
	var err error
	switch input {
	case "customers":
		err = b.takeCustomers(ctx)
	case "survey":
		err = b.takeSurvey(ctx)
	case "assignments":
		return nil // with the engagements, which are folded onto them
	case "engagements":
		if err := b.takeAssignments(ctx); err != nil {
			return err
		}
		err = b.locate(ctx, "assignments")
	default:
		err = b.runFile(ctx, input)
	}
	if err != nil {
		return err
	}
	return b.locate(ctx, input)
}

// runFile runs the statements of sql/<name>.sql.
func (b *builder) runFile(ctx context.Context, name string) error {
	text, err := sqlFiles.ReadFile("sql/" + name + ".sql")
	if err != nil {
		return err
	}
	if err := b.exec(ctx, string(text)); err != nil {
		return fmt.Errorf("building the store (%s): %w", name, firstLine(err))
	}
	return nil
}

// takeCustomers makes the scratch table people: who is who, and chooses the
// dimensions.
func (b *builder) takeCustomers(ctx context.Context) error {
	if err := b.runFile(ctx, "people"); err != nil {
		return err
	}
	dims, err := b.choose(ctx, "customers", "people")
	if err != nil {
		return err
	}
	b.dimensions = dims
	if b.report.Segments, err = b.makeSegments(ctx, "segments", "people", dims); err != nil {
		return err
	}
	for i, d := range dims {
		if err := b.exec(ctx, "INSERT INTO store.dimensions VALUES (?, ?, ?)", i, d.name, d.fixed); err != nil {
			return err
		}
	}
	return nil
}

// bitsAtMost bounds the room that finding who is assigned twice by bits takes.
const bitsAtMost = 1 << 33

// takeAssignments folds engagements onto the assignments and finds who is
// assigned more than once.
func (b *builder) takeAssignments(ctx context.Context) error {
	if b.report.source("engagements") != nil {
		if err := b.runFile(ctx, "engagements"); err != nil {
			return err
		}
		if err := b.rejectLater(ctx, "engagements", "loose", "i.rowid", ruleReference, "assignment"); err != nil {
			return err
		}
		if err := b.exec(ctx, "DROP TABLE engagements_in"); err != nil {
			return err
		}
	}
	people, err := b.count(ctx, "SELECT count(*) FROM people")
	if err != nil {
		return err
	}
	campaigns, err := b.count(ctx, "SELECT count(*) FROM store.campaigns")
	if err != nil {
		return err
	}
	// A bit a customer finds the campaigns that hold anyone twice, which most do
	// not, without grouping every assignment.
	suspect := "FROM store.campaigns"
	if people > 0 && people*campaigns < bitsAtMost {
		suspect = fmt.Sprintf("FROM assignments_in WHERE reject IS NULL GROUP BY campaign HAVING count(*) > bit_count(bitstring_agg(customer, 0, %d))", people-1)
	}
	if err := b.exec(ctx, "CREATE TABLE suspect AS SELECT campaign "+suspect); err != nil {
		return err
	}
	if err := b.runFile(ctx, "assignments"); err != nil {
		return err
	}
	line := "i.rowid"
	if b.report.source("engagements") != nil {
		line = "i.before"
	}
	return b.rejectLater(ctx, "assignments", "assigned_again", line, ruleDuplicate, "customer_id")
}

// rejectLater counts and keeps the rows of an input that a scratch table lists,
// which were not rejected so far.
func (b *builder) rejectLater(ctx context.Context, input, table, line, rule, column string) error {
	r := b.report.source(input)
	n, err := b.count(ctx, "SELECT count(*) FROM "+table)
	if err != nil || n == 0 || r == nil {
		return err
	}
	if b.previous != nil {
		old, err := b.count(ctx, fmt.Sprintf("SELECT count(*) FROM %s_in WHERE rowid IN (SELECT line FROM %s) AND %s", input, table, ofStore(b.parts[input])))
		if err != nil {
			return err
		}
		b.previous.rejected[input] += old
	}
	r.reject(rule, column, n)
	r.Loaded -= n
	// Where they were merged with others, the rows still know what they were.
	return b.rejected(ctx, input, fmt.Sprintf("(SELECT i.*, %s AS line, %d AS rule FROM %s_in i JOIN %s l ON l.line = i.rowid)", line, b.rule(input, rule, column), input, table))
}

// takeSurvey makes the scratch table respondents and the store's survey, with
// dimensions of its own.
func (b *builder) takeSurvey(ctx context.Context) error {
	if err := b.runFile(ctx, "respondents"); err != nil {
		return err
	}
	dims, err := b.choose(ctx, "survey", "respondents")
	if err != nil {
		return err
	}
	if _, err := b.makeSegments(ctx, "survey_segments", "respondents", dims); err != nil {
		return err
	}
	return b.runFile(ctx, "survey")
}

// addUpSplits counts each arm's customers, the messages of each hour of the week,
// and what came and went of consents and customers, by the values of each
// dimension.
func (b *builder) addUpSplits(ctx context.Context) error {
	for _, d := range b.dimensions {
		if err := b.exec(ctx, fmt.Sprintf(`INSERT INTO store.split
SELECT l.campaign, l.arm, %[1]s, s.%[2]s, sum(l.assigned) FROM store.lift l JOIN store.segments s ON s.segment_id = l.segment GROUP BY ALL ORDER BY ALL;
INSERT INTO store.moment_split
SELECT m.channel, m.weekday, m.hour, %[1]s, s.%[2]s, sum(greatest(m.open_seen, m.click_seen, m.conversion_seen)) FROM store.moments m JOIN store.segments s ON s.segment_id = m.segment WHERE m.spread GROUP BY ALL ORDER BY ALL;
INSERT INTO store.value_flow
SELECT f.last_day, %[1]s, s.%[2]s, f.purpose, f.basis, sum(f.starts), sum(f.ends)
FROM store.consent_flow f JOIN store.segments s ON s.segment_id = f.segment WHERE f.channel = 'any' GROUP BY ALL ORDER BY f.purpose, s.%[2]s, f.basis, f.last_day;
INSERT INTO store.value_flow
SELECT k.last_day, %[1]s, s.%[2]s, '', '', sum(k.starts), sum(k.ends) FROM store.known_flow k JOIN store.segments s ON s.segment_id = k.segment GROUP BY ALL ORDER BY s.%[2]s, k.last_day`,
			store.Literal(d.name), store.Identifier(d.name))); err != nil {
			return err
		}
	}
	return nil
}

// finish writes what the store says about itself and closes it for good.
func (b *builder) finish(ctx context.Context) error {
	var asOf string
	if err := b.conn.QueryRowContext(ctx, "SELECT coalesce(CAST(getvariable('as_of') AS VARCHAR), '')").Scan(&asOf); err != nil {
		return err
	}
	b.report.AsOf = asOf
	meta := store.Meta{
		Title: b.plan.mapping.Title, Synthetic: b.plan.mapping.Synthetic, AsOf: asOf,
		Zone: b.plan.mapping.Timezone, WindowDays: b.plan.mapping.WindowDays,
		KeyCheck: b.options.Key.check(), BuiltBy: b.options.BuiltBy,
		GraceDays: b.plan.mapping.GraceBusinessDays, RetainCustomersDays: b.plan.mapping.RetainCustomersDays, RetainConsentsDays: b.plan.mapping.RetainConsentsDays,
	}
	for method, steps := range b.plan.mapping.MethodSteps {
		if err := b.exec(ctx, "INSERT INTO store.method_steps VALUES (?, ?)", method, steps); err != nil {
			return err
		}
	}
	values := meta.Values()
	values["as_of_given"], values["implied_days"] = b.plan.mapping.AsOf, strconv.Itoa(b.plan.mapping.ImpliedDays)
	if len(b.plan.mapping.MethodSteps) > 0 { // for a store that is derived again
		steps, err := json.Marshal(b.plan.mapping.MethodSteps)
		if err != nil {
			return err
		}
		values["method_steps"] = string(steps)
	}
	if err := b.addHeld(ctx); err != nil {
		return err
	}
	b.addPrevious()
	b.countAdded()
	if err := b.addDeliveries(ctx); err != nil {
		return err
	}
	for name, value := range values {
		if err := b.exec(ctx, "INSERT INTO store.meta VALUES (?, ?)", name, value); err != nil {
			return err
		}
	}
	for i := range b.report.Sources {
		r := &b.report.Sources[i]
		slices.SortStableFunc(r.Rules, func(x, y RuleReport) int { return int(y.Rows - x.Rows) })
		if err := b.exec(ctx, "INSERT INTO store.sources VALUES (?, ?, ?, ?, ?)", r.Input, r.Name, r.Read, r.Loaded, r.Rejected); err != nil {
			return err
		}
		for _, rule := range r.Rules {
			if err := b.exec(ctx, "INSERT INTO store.rejects VALUES (?, ?, ?, ?)", r.Input, rule.Rule, rule.Column, rule.Rows); err != nil {
				return err
			}
		}
	}
	return b.exec(ctx, "CHECKPOINT store; DETACH store;")
}
