package queries

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"math"
	"sync"

	"accord/queries/stats"
	"accord/queries/store"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// confidence is the level of every interval, power that of Detectable.
const (
	confidence = 0.95
	power      = 0.80
)

// DefaultMinCell is the usual k: figures about 1 to 10 people are suppressed,
// as in the practice of the US Centers for Medicare & Medicaid Services.
const DefaultMinCell = 11

// Options say how a store may be asked.
type Options struct {
	// MinCell is k: figures about 1 to k-1 people are suppressed. 0 means
	// DefaultMinCell, 1 suppresses nothing.
	MinCell int
	// Guarded is for managers and serving: MinCell cannot be below
	// DefaultMinCell, and nothing about single people can be asked.
	Guarded bool
}

// ErrGuarded is returned for what a guarded data set does not allow.
var ErrGuarded = errors.New("guarded: this needs an analyst's session without --guarded")

// A Dataset is an open store that can be asked questions. Its methods are safe
// for concurrent use, return when their context is cancelled, and can be
// called again after that.
type Dataset struct {
	store       *store.Store
	path        string // of the file
	options     Options
	policy      policy
	provenance  Provenance
	dimensions  []Dimension
	columns     map[string]map[string]bool // by segment table: its dimensions
	purposes    []string                   // of any consent, sorted
	mainPurpose string                     // that an answer is about where its filter names none; "" = there are no consents
	surveyed    bool                       // there are survey respondents
	campaigns   bool                       // there are campaigns

	mu    sync.Mutex
	picks map[string]selection
}

// Open opens the store at path for questions. Its errors say what is wrong
// with the file and what to do.
func Open(ctx context.Context, path string, o Options) (*Dataset, error) {
	if o.MinCell == 0 {
		o.MinCell = DefaultMinCell
	}
	if o.MinCell < 1 {
		return nil, fmt.Errorf("the smallest cell shown cannot be %d people: write 1 or more", o.MinCell)
	}
	if o.Guarded && o.MinCell < DefaultMinCell {
		return nil, fmt.Errorf("%w: cells of fewer than %d people cannot be shown", ErrGuarded, DefaultMinCell)
	}
	s, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	d := &Dataset{store: s, path: path, options: o, policy: policy{int64(o.MinCell)}, picks: map[string]selection{}}
	if err := d.describe(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), s.Close())
	}
	return d, nil
}

// Close closes the store.
func (d *Dataset) Close() error { return d.store.Close() }

// Provenance says what the data set is.
func (d *Dataset) Provenance() Provenance { return d.provenance }

// describe reads what every answer needs: provenance and dimensions.
func (d *Dataset) describe(ctx context.Context) error {
	d.columns = map[string]map[string]bool{"segments": {}, "survey_segments": {}}
	err := d.each(ctx, "columns", nil, func(rows *sql.Rows) error {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return err
		}
		d.columns[table][column] = true
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.each(ctx, "dimensions", nil, func(rows *sql.Rows) error {
		var dim Dimension
		if err := rows.Scan(&dim.Name, &dim.Fixed); err != nil {
			return err
		}
		d.dimensions = append(d.dimensions, dim)
		return nil
	}); err != nil {
		return err
	}
	for i := range d.dimensions {
		if err := d.describeValues(ctx, &d.dimensions[i]); err != nil {
			return err
		}
	}
	most := int64(-1)
	if err := d.each(ctx, "purposes", nil, func(rows *sql.Rows) error {
		var purpose string
		var people int64
		err := rows.Scan(&purpose, &people)
		d.purposes = append(d.purposes, purpose)
		if purpose == personalisation {
			people = math.MaxInt64 // before any other
		}
		if people > most {
			most, d.mainPurpose = people, purpose
		}
		return err
	}); err != nil {
		return err
	}
	var all, known, respondents, campaigns int64
	if err := d.each(ctx, "counts", nil, func(rows *sql.Rows) error {
		return rows.Scan(&all, &known, &respondents, &campaigns)
	}); err != nil {
		return err
	}
	d.surveyed, d.campaigns = respondents > 0, campaigns > 0
	customers := d.policy.count(all)
	if d.policy.small(all - known) {
		// Those who left would follow from the customers known, which rates show.
		customers = Missing[int64](Complement)
	}
	m := d.store.Meta
	d.provenance = Provenance{
		Title: m.Title, Synthetic: m.Synthetic, AsOf: Date(m.AsOf), Zone: m.Zone,
		Customers: customers, MinCell: d.options.MinCell, Guarded: d.options.Guarded,
		WindowDays: m.WindowDays, Version: m.BuiltBy,
	}
	return nil
}

func (d *Dataset) describeValues(ctx context.Context, dim *Dimension) error {
	rows, err := d.query(ctx, "values", fmt.Sprintf(`SELECT %[1]s, CAST(sum(people) AS BIGINT), CAST(sum(people - coalesce(known, 0)) AS BIGINT)
FROM segments LEFT JOIN (SELECT segment, sum(starts - ends) AS known FROM known_flow GROUP BY segment) ON segment = segment_id
GROUP BY %[1]s ORDER BY sum(people) DESC, %[1]s`, store.Identifier(dim.Name)))
	if err != nil {
		return err
	}
	defer rows.Close()
	var people []int64
	gone := false // those who left would follow from the customers known, which rates show
	for rows.Next() {
		var v string
		var all, unknown int64
		if err := rows.Scan(&v, &all, &unknown); err != nil {
			return err
		}
		dim.Values, people = append(dim.Values, v), append(people, all)
		gone = gone || d.policy.small(unknown)
	}
	for i, hidden := range d.policy.partition(people) {
		switch {
		case gone:
			dim.People = append(dim.People, Missing[int64](Complement))
		case hidden:
			dim.People = append(dim.People, Missing[int64](SmallCell))
		default:
			dim.People = append(dim.People, Known(people[i]))
		}
	}
	return rows.Err()
}

// each runs sql/<file>.sql with named arguments and calls scan for each row.
func (d *Dataset) each(ctx context.Context, file string, args []any, scan func(*sql.Rows) error) error {
	text, err := sqlFiles.ReadFile("sql/" + file + ".sql")
	if err != nil {
		return err
	}
	rows, err := d.query(ctx, file, string(text), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return asked(ctx, file, err)
		}
	}
	return asked(ctx, file, rows.Err())
}

// asked wraps an error of a query; a cancelled query's error is the context's.
func asked(ctx context.Context, file string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("asking the store (%s): %w", file, err)
}

// figureOf is a result of package stats as a figure.
func figureOf(r stats.Result) Figure[Estimate] {
	e, why := r.Estimate()
	if why != "" {
		return Missing[Estimate](Reason(why))
	}
	return Known(e)
}

// numberOf is a number of package stats as a figure.
func numberOf(x float64, why stats.Degenerate) Figure[float64] {
	if why != "" {
		return Missing[float64](Reason(why))
	}
	return Known(x)
}
