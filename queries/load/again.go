package load

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"accord/queries/store"
)

// A store is derived again from what it holds: its facts are read as any other
// source is, with pseudonyms in place of identifiers. What is added comes before
// it, so that of two rows with one key the new one holds.

// oldName is what the store that is read again is attached as.
const oldName = "old"

// A previous is a store that is read again.
type previous struct {
	path    string
	sources []SourceReport
	refused map[string]bool             // input and column, that were no dimension
	holds   map[string]bool             // inputs of which rows are held back, or links of respondents
	held    map[string]map[string]int64 // by input and column, the rows that are held back

	read, rejected map[string]int64 // by input, its rows that were read again, and of these rejected
}

// hadLog reports whether the store was made with a log of engagements.
func (p *previous) hadLog() bool {
	return slices.ContainsFunc(p.sources, func(s SourceReport) bool { return s.Input == "engagements" })
}

// readAgain makes the plan read the store at path behind its own sources.
func (b *builder) readAgain(ctx context.Context, path string) error {
	if err := b.exec(ctx, "ATTACH "+store.Literal(path)+" AS "+oldName+" (READ_ONLY)"); err != nil {
		return firstLine(err)
	}
	if n, err := b.count(ctx, "SELECT count(*) FROM duckdb_tables() WHERE database_name = '"+oldName+"' AND table_name = 'deliveries'"); err != nil || n == 0 {
		return errors.Join(err, fmt.Errorf("%s was made by an accord that did not keep what this needs: load its sources again", path))
	}
	b.previous = &previous{path: path, refused: map[string]bool{}, holds: map[string]bool{}, held: map[string]map[string]int64{},
		read: map[string]int64{}, rejected: map[string]int64{}}
	if err := b.previousSources(ctx); err != nil {
		return err
	}
	if err := b.previousHeld(ctx); err != nil {
		return err
	}
	if at := slices.IndexFunc(b.plan.sources, func(s source) bool { return s.input.Name == "engagements" || s.input.Name == "assignments" }); at >= 0 && b.previous.hadLog() {
		return fmt.Errorf("%s was made with a log of engagements, of which it holds only what became of assignments: %s cannot be added to it; load everything again", path, b.plan.sources[at].input.Name)
	}
	columns := map[string][]candidate{}
	rows, err := b.conn.QueryContext(ctx, "SELECT input, name, coalesce(position, -1), coalesce(fixed, false), coalesce(banded, false) FROM old.kept_columns ORDER BY input, position")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var input string
		var position int
		var c candidate
		if err := rows.Scan(&input, &c.name, &position, &c.fixed, &c.banded); err != nil {
			return err
		}
		if position < 0 {
			b.previous.refused[input+" "+strings.ToLower(c.name)] = true
			continue
		}
		columns[input] = append(columns[input], c)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, in := range Inputs() {
		s, err := b.oldSource(ctx, in, columns[in.Name])
		if err != nil {
			return err
		}
		if s.relation != "" {
			b.plan.sources = append(b.plan.sources, s)
		}
	}
	return nil
}

// previousSources reads what the store says of its sources.
func (b *builder) previousSources(ctx context.Context) error {
	rows, err := b.conn.QueryContext(ctx, "SELECT s.input, s.name, rows_read, rows_loaded, rows_rejected, rule, column_name, rows FROM old.sources s LEFT JOIN old.rejects r ON r.input = s.input ORDER BY s.rowid, r.rowid")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s SourceReport
		var rule, column sql.NullString
		var n sql.NullInt64
		if err := rows.Scan(&s.Input, &s.Name, &s.Read, &s.Loaded, &s.Rejected, &rule, &column, &n); err != nil {
			return err
		}
		list := &b.previous.sources
		if len(*list) == 0 || (*list)[len(*list)-1].Input != s.Input {
			*list = append(*list, s)
		}
		if last := &(*list)[len(*list)-1]; rule.Valid {
			last.Rules = append(last.Rules, RuleReport{Rule: rule.String, Column: column.String, Rows: n.Int64})
		}
	}
	return rows.Err()
}

// oldSource is the input as the store holds it; it has no relation where the
// store keeps no such facts.
func (b *builder) oldSource(ctx context.Context, in Input, columns []candidate) (source, error) {
	s := source{input: in, name: filepath.Base(b.previous.path), again: true}
	for _, c := range columns {
		if c.fixed {
			s.origin.Fixed = append(s.origin.Fixed, c.name)
		}
		if c.banded {
			s.banded = append(s.banded, c.name)
		}
	}
	if !in.Dimensions {
		var reads []string
		if facts := oldRelations[in.Name]; facts != "" {
			reads = append(reads, facts)
		}
		if b.previous.holds[in.Name] {
			reads = append(reads, oldHeld(in))
		}
		if len(reads) > 0 {
			s.relation = together(reads)
		}
		return s, nil
	}
	table, who := "kept_"+in.Name, map[string]string{"customers": "c.customer", "survey": "c.respondent"}[in.Name]
	kept, err := b.describe(ctx, "FROM old."+table)
	if err != nil {
		return s, err
	}
	dims := ""
	for _, c := range columns {
		from := fmt.Sprintf("nullif(s.%s, '%s')", store.Identifier(c.name), unknown)
		if columnIndex(kept, "dim_"+c.name) >= 0 {
			from = "k." + store.Identifier("dim_"+c.name)
		}
		dims += ", " + from + " AS " + store.Identifier(c.name)
	}
	if in.Name == "customers" {
		s.relation = fmt.Sprintf(`(SELECT CAST(c.pseudonym AS VARCHAR) AS customer_id, timezone('UTC', c.created_at) AS created_at, timezone('UTC', c.left_at) AS left_at%s
FROM old.customers c JOIN old.segments s ON s.segment_id = c.segment JOIN old.kept_customers k ON k.customer = %s ORDER BY c.customer)`, dims, who)
		return s, nil
	}
	linked, held := "p.pseudonym", ""
	if b.previous.holds[in.Name] {
		linked, held = "coalesce(p.pseudonym, h.customer_id)", " LEFT JOIN old.held_survey h ON h.respondent_id = k.respondent_key"
	}
	s.relation = fmt.Sprintf(`(SELECT CAST(k.respondent_key AS VARCHAR) AS respondent_id, c.stance, c.wave, c.answered AS answered_at, c.weight, c.reasons, CAST(%s AS VARCHAR) AS customer_id%s
FROM (SELECT * RENAME (answered_at AS answered) FROM old.survey) c JOIN old.survey_segments s ON s.segment_id = c.segment JOIN old.kept_survey k ON k.respondent = %s LEFT JOIN old.customers p ON p.customer = c.customer%s ORDER BY c.respondent)`, linked, dims, who, held)
	return s, nil
}

// oldRelations are what the facts of a store are as inputs. Times are instants;
// a truth value with a time is its time.
var oldRelations = map[string]string{
	"consents": `(SELECT CAST(c.pseudonym AS VARCHAR) AS customer_id, e.purpose, e.state, timezone('UTC', e.occurred_at) AS occurred_at, timezone('UTC', e.received_at) AS received_at, e.channel, e.basis,
timezone('UTC', e.expires_at) AS expires_at, e.notice_version, e.source, e.method, CASE WHEN e.has_proof THEN 'kept' END AS proof FROM old.consents e JOIN old.customers c USING (customer))`,
	"campaigns": `(SELECT campaign_id, name, channel, timezone('UTC', started_at) AS started_at, control_arm FROM old.campaigns ORDER BY campaign)`,
	"arms":      `(SELECT k.campaign_id, a.arm, a.content, a.purposes, a.requires_consent, a.planned_share FROM old.arms a JOIN old.campaigns k USING (campaign) ORDER BY a.rowid)`,
	"assignments": `(SELECT k.campaign_id, CAST(c.pseudonym AS VARCHAR) AS customer_id, a.arm, timezone('UTC', a.assigned_at) AS assigned_at, a.delivered_content,
` + givenTruth("delivered_at", "a.delivered_at", 0) + givenTruth("visited", "a.visited_at", 1) + givenTruth("opened", "a.opened_at", 2) + givenTruth("clicked", "a.clicked_at", 3) +
		givenTruth("converted", "a.converted_at", 4) + givenTruth("unsubscribed", "a.unsubscribed_at", 5) + givenTruth("complained", "a.complained_at", 6) +
		givenTruth("opened_by_machine", "NULL", 7) + givenTruth("clicked_by_machine", "NULL", 8) +
		`a.given_revenue * 0.01 AS revenue, a.pre_value * 0.01 AS pre_value FROM old.assignments a JOIN old.campaigns k USING (campaign) JOIN old.customers c USING (customer))`,
	"purchases":    `(SELECT CAST(c.pseudonym AS VARCHAR) AS customer_id, timezone('UTC', e.occurred_at) AS occurred_at, e.amount * 0.01 AS amount, e.category, e.channel FROM old.purchases e JOIN old.customers c USING (customer))`,
	"interactions": `(SELECT CAST(c.pseudonym AS VARCHAR) AS customer_id, timezone('UTC', e.occurred_at) AS occurred_at, e.channel, e.kind FROM old.interactions e JOIN old.customers c USING (customer))`,
	"notices":      `(SELECT notice_version, effective_from, mechanism, language, text FROM old.notices)`,
	"factors":      `(SELECT day, kind, label, region, value FROM old.factors)`,
}

// givenTruth is the SQL of a truth value as it was given: its time, or what the
// two bits at a place say.
func givenTruth(name, moment string, place int) string {
	return fmt.Sprintf("CASE WHEN %[2]s IS NOT NULL THEN CAST(%[2]s AS VARCHAR) || 'Z' ELSE [NULL, 'false', 'true'][1 + ((a.given >> %[3]d) & 3)] END AS %[1]s, ", name, moment, 2*place)
}

// countAdded counts what is new, once [builder.addPrevious] made the report that
// of all that is in the store.
func (b *builder) countAdded() {
	count := func(sources []SourceReport, sign int64) {
		for _, s := range sources {
			b.report.New, b.report.Added = b.report.New+sign*s.Read, b.report.Added+sign*s.Loaded
		}
	}
	count(b.report.Sources, 1)
	if b.previous != nil {
		count(b.previous.sources, -1)
	}
}

// addPrevious puts what the store said of its sources together with what this
// load did to its rows and to those that are new.
func (b *builder) addPrevious() {
	if b.previous == nil {
		return
	}
	var all []SourceReport
	for _, in := range Inputs() {
		at := slices.IndexFunc(b.previous.sources, func(s SourceReport) bool { return s.Input == in.Name })
		now := b.report.source(in.Name)
		if now != nil {
			now.Name = strings.TrimSuffix(strings.TrimSuffix(now.Name, filepath.Base(b.previous.path)), ", ")
		}
		switch {
		case at < 0 && now == nil, at < 0 && now.Read == 0:
			continue
		case at < 0:
			all = append(all, *now)
			continue
		}
		total := b.previous.sources[at]
		if now != nil {
			if _, kept := oldRelations[in.Name]; kept || in.Dimensions {
				total.Read -= total.Loaded // they were read again
				total.Loaded = 0
			}
			total.Read, total.Loaded = total.Read+now.Read, total.Loaded+now.Loaded
			for column, n := range b.previous.held[in.Name] { // so were these
				total.reject(ruleReference, column, -n)
				total.Read -= n
			}
			total.Rules = slices.DeleteFunc(total.Rules, func(r RuleReport) bool { return r.Rows == 0 })
			for _, r := range now.Rules {
				total.reject(r.Rule, r.Column, r.Rows)
			}
			total.Held = now.Held
			total.addExamples(now.Rules)
			if now.Name != "" {
				total.Name += ", " + now.Name
			}
		}
		all = append(all, total)
	}
	b.report.Sources = all
}

func (r *SourceReport) addExamples(rules []RuleReport) {
	for _, rule := range rules {
		for _, p := range rule.Examples {
			r.example(rule, p)
		}
	}
}

// settings makes the mapping what the store at path was made with, where the
// mapping says nothing else.
func (m *Mapping) settings(ctx context.Context, path string) error {
	values, err := metaOf(ctx, path)
	if err != nil {
		return err
	}
	m.Synthetic = m.Synthetic || values["synthetic"] == "true"
	for _, s := range []struct {
		to   *string
		name string
	}{{&m.Title, "title"}, {&m.AsOf, "as_of_given"}} {
		if *s.to == "" {
			*s.to = values[s.name]
		}
	}
	if m.Timezone == "" || m.Timezone == defaultZone {
		m.Timezone = values["zone"]
	}
	if zone := values["zone"]; m.Timezone != zone {
		return fmt.Errorf("%s has the time zone %s: days cannot be cut at another; load everything again", path, zone)
	}
	for _, s := range []struct {
		to        *int
		name      string
		otherwise int
	}{{&m.WindowDays, "window_days", defaultWindowDays}, {&m.ImpliedDays, "implied_days", defaultImpliedDays},
		{&m.GraceBusinessDays, "grace_business_days", defaultGraceDays}, {&m.RetainCustomersDays, "retain_customers_days", 0}, {&m.RetainConsentsDays, "retain_consents_days", 0}} {
		if n, err := strconv.Atoi(values[s.name]); err == nil && *s.to == s.otherwise {
			*s.to = n
		}
	}
	if text := values["method_steps"]; m.MethodSteps == nil && text != "" {
		return json.Unmarshal([]byte(text), &m.MethodSteps)
	}
	return nil
}

// Erase removes the customers that the files ids name from the store o.Out, as
// safely as a load replaces it, and returns the pseudonyms of all that were named.
// What is left is what a load without them would have made.
func Erase(ctx context.Context, o Options, ids []string, listed func(pseudonyms []string) error) (Report, error) {
	if len(ids) == 0 {
		return Report{}, errors.New("no file names the customers to erase")
	}
	if err := mustBeStore(ctx, o.Out, o.Key); err != nil {
		return Report{}, err
	}
	pseudonyms, err := o.pseudonymsOf(ctx, ids)
	if err != nil {
		return Report{}, err
	}
	if err := listed(pseudonyms); err != nil {
		return Report{}, err
	}
	o.Erased = append(slices.Clone(o.Erased), pseudonyms...)
	return o.build(ctx, plan{mapping: Mapping{Timezone: defaultZone, WindowDays: defaultWindowDays, ImpliedDays: defaultImpliedDays, GraceBusinessDays: defaultGraceDays}}, true)
}

// Append adds the sources to the store o.Out, as safely as a load replaces it:
// the store is then what a load of all of it would have made, the new files
// first. Events that it holds are recognised, customers are brought up to date.
func Append(ctx context.Context, o Options) (Report, error) {
	if err := mustBeStore(ctx, o.Out, o.Key); err != nil {
		return Report{}, err
	}
	p, err := o.plan()
	if err != nil {
		return Report{}, err
	}
	return o.build(ctx, p, true)
}

// mustBeStore reports that there is no store at path, or one of another key.
func mustBeStore(ctx context.Context, path string, key Key) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	return mayReplace(ctx, path, key)
}

// pseudonymsOf reads files with a column of customers and returns the pseudonyms
// of those. Addresses count in small letters as well, as presets write them.
func (o Options) pseudonymsOf(ctx context.Context, ids []string) (out []string, err error) {
	s, err := newScratch(os.TempDir())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	b := newBuilder(o, plan{mapping: Mapping{Timezone: defaultZone}}, s)
	in, _ := inputNamed("customers")
	err = b.connected(ctx, func() error {
		for _, path := range ids {
			f, err := newFile(path)
			if err != nil {
				return err
			}
			parts, err := b.branches(ctx, source{input: in, name: f.name(), files: []*file{f}})
			if err != nil {
				return err
			}
			given, err := parts[0].expressions(parts[0].have)
			if err != nil {
				return parts[0].explain(err)
			}
			rows, err := b.conn.QueryContext(ctx, fmt.Sprint("SELECT DISTINCT CAST(keyed_hash(unnest([id, CASE WHEN contains(id, '@') THEN lower(id) ELSE id END])) AS VARCHAR) FROM (SELECT neat(CAST(", given[0].sql, " AS VARCHAR)) AS id FROM ", parts[0].relation, ") WHERE id IS NOT NULL ORDER BY 1"))
			if err != nil {
				return parts[0].explain(err)
			}
			defer rows.Close()
			for rows.Next() {
				var p string
				if err := rows.Scan(&p); err != nil {
					return err
				}
				out = append(out, p)
			}
			if err := rows.Err(); err != nil {
				return parts[0].explain(err)
			}
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = errors.New("the files name no customer")
	}
	return out, err
}
