package load

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"accord/queries/store"
)

// Options say what to load, and where to.
type Options struct {
	Sources  []string // mapping files, folders, patterns, DuckDB files, or files that their names or columns tell
	Out      string   // the store; an existing one is replaced once the new one is whole
	Key      Key
	Timezone string // IANA name; overrides the mapping's
	AsOf     string // ISO date; overrides the mapping's
	// DateOrder is dmy or mdy; it overrides the mapping's, and what the files tell.
	DateOrder string
	// MaxRejects is the share of an input's rows, in [0, 1], that may be rejected;
	// nil = any.
	MaxRejects *float64
	// Erased are the pseudonyms of customers whose rows are rejected.
	Erased   []string
	Rejects  string // a CSV file to write the rejected rows to, as they are; "" = none
	Memory   string // to keep to, such as "8GB"; "" = DuckDB's choice, most of the machine's
	BuiltBy  string // version of accord
	Progress func(Progress)

	mostPaths int   // rows of the roll-up paths; 0 = mostPaths
	mostHeld  int64 // rows of an input that are held back; 0 = mostHeld
}

// mostPaths bounds the rows of the roll-up paths.
const mostPaths = 4_000_000

// Progress is how far a load is.
type Progress struct {
	Stage Phrase  // what it does now
	Done  float64 // share of the whole, in [0, 1]
	Rows  int64   // read so far
}

// A Report says what a load did.
type Report struct {
	Sources  []SourceReport `json:"sources"`
	LeftOut  []LeftOut      `json:"left_out"`
	Unread   []string       `json:"unread,omitempty"` // data files in a folder that are not recognised
	Segments int64          `json:"segments"`
	AsOf     string         `json:"as_of"`      // "" = undated
	New      int64          `json:"rows_new"`   // read of the sources, those of a store that is added to aside
	Added    int64          `json:"rows_added"` // that the store holds more than before
}

// A SourceReport counts the rows of one input: Read = Loaded + Rejected.
type SourceReport struct {
	Input    string       `json:"input"`
	Name     string       `json:"name"` // of the files
	Read     int64        `json:"rows_read"`
	Loaded   int64        `json:"rows_loaded"`
	Rejected int64        `json:"rows_rejected"`
	Held     int64        `json:"rows_held,omitempty"` // of Rejected: kept until what they name is delivered
	Rules    []RuleReport `json:"rules,omitempty"`     // most rows first
}

// A RuleReport counts the rows rejected under a rule.
type RuleReport struct {
	Rule   string `json:"rule"`
	Column string `json:"column,omitempty"`
	Rows   int64  `json:"rows"`
	// Examples are the places of the first such rows in each file.
	Examples []Place `json:"examples,omitempty"`
}

// LeftOut is a column that did not become a dimension.
type LeftOut struct {
	Input  string `json:"input"`
	Column string `json:"column"`
	Why    Phrase `json:"why"`
}

// Load builds the store o.Out from its sources. On any error, and when ctx is
// cancelled, what was at o.Out stays as it was and nothing else is left.
func Load(ctx context.Context, o Options) (Report, error) {
	p, err := o.plan()
	if err != nil {
		return Report{}, err
	}
	if err := mayReplace(ctx, o.Out, o.Key); err != nil {
		return Report{}, err
	}
	return o.build(ctx, p, false)
}

// build builds a store of the plan, and of the store that is there where again is
// set, and puts it in its place.
func (o Options) build(ctx context.Context, p plan, again bool) (report Report, err error) {
	out, err := filepath.Abs(o.Out)
	if err != nil {
		return Report{}, err
	}
	if strings.Contains(out, "?") {
		return Report{}, fmt.Errorf("%s: DuckDB cannot build a store under a path with a question mark: choose another", out)
	}
	if again {
		if err := p.mapping.settings(ctx, out); err != nil {
			return Report{}, err
		}
	}
	s, err := newScratch(filepath.Dir(out))
	if err != nil {
		return Report{}, fmt.Errorf("cannot build a store beside %s: %w", o.Out, err)
	}
	defer func() { err = errors.Join(err, s.remove()) }()

	b := newBuilder(o, p, s)
	if o.Rejects != "" {
		if b.rejects, err = newRejectsFile(o.Rejects); err != nil {
			return Report{}, err
		}
		defer func() {
			var many tooMany
			err = errors.Join(err, b.rejects.close(err == nil || errors.As(err, &many)))
		}()
	}
	if again {
		b.again, b.pseudonyms = out, "CAST(id AS UUID)"
	}
	if err := b.run(ctx); err != nil {
		if ctx.Err() != nil {
			return Report{}, ctx.Err()
		}
		return Report{}, err
	}
	if err := swapIn(s.path(builtName), out); err != nil {
		return Report{}, fmt.Errorf("the store is built but cannot be put in place: %w", err)
	}
	return b.report, nil
}

// plan finds the sources. What the options say goes before what a mapping says.
func (o Options) plan() (plan, error) {
	p, err := find(o.Sources)
	if err != nil {
		return p, err
	}
	if o.Timezone != "" {
		p.mapping.Timezone = o.Timezone
	}
	if o.AsOf != "" {
		p.mapping.AsOf = o.AsOf
	}
	if o.DateOrder != "" {
		p.mapping.DateOrder = o.DateOrder
	}
	return p, p.mapping.check()
}

// mayReplace reports why the file at path must not be replaced, if so.
func mayReplace(ctx context.Context, path string, key Key) error {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fmt.Errorf("%s is a folder: name a file for the store", path)
	}
	values, err := metaOf(ctx, path)
	check, known := values["key_check"]
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil || !known:
		return fmt.Errorf("%s exists and is not an accord store: it is not replaced; name another file or remove it", path)
	case check != key.check():
		return fmt.Errorf("%s was made with another key, so its pseudonyms would change: use that key (ACCORD_KEY), or name another file", path)
	}
	return nil
}

// metaOf reads what the store at path, of whatever version, says about itself.
func metaOf(ctx context.Context, path string) (map[string]string, error) {
	values := map[string]string{}
	err := eachOf(ctx, path, "SELECT name, value FROM old.meta", func(rows *sql.Rows) error {
		var name, value string
		err := rows.Scan(&name, &value)
		values[name] = value
		return err
	})
	return values, err
}

// eachOf calls each with the rows of a query on the store at path, of whatever
// version, which is attached as old.
func eachOf(ctx context.Context, path, query string, each func(*sql.Rows) error) (err error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "ATTACH "+store.Literal(path)+" AS old (READ_ONLY)"); err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// builtName is the new store in the scratch folder.
const builtName = "store.duckdb"

// A builder is one load at work: a connection to the scratch database, which
// is in memory and spills into the scratch folder, with the new store attached
// as "store".
type builder struct {
	options    Options
	plan       plan
	scratch    *scratch
	conn       *sql.Conn
	candidates map[string][]candidate // by input: columns staged as dim_X
	rules      map[string]ruleBook    // by input
	dimensions []dimension            // of customers, chosen
	report     Report
	attached   int               // DuckDB files
	again      string            // the store to read again, "" = none
	previous   *previous         // what that store says of itself
	pseudonyms string            // the SQL of the pseudonym of id
	dateOrders map[string]string // by input: how its dates are read
	parts      map[string][]part // by input
	numbered   map[string]bool   // by input: the staged rows have their place
	rejects    *rejectsFile      // nil = not wanted
}

func newBuilder(o Options, p plan, s *scratch) *builder {
	return &builder{pseudonyms: "keyed_hash(id)", options: o, plan: p, scratch: s, candidates: map[string][]candidate{}, rules: map[string]ruleBook{}, dateOrders: map[string]string{}, parts: map[string][]part{}, numbered: map[string]bool{}}
}

// run builds the store: it runs every stage.
func (b *builder) run(ctx context.Context) error {
	return b.connected(ctx, func() error {
		if err := b.plan.complete(); err != nil {
			return err
		}
		b.report.Unread = b.plan.unread
		stages := b.stages()
		total, done := 0.0, 0.0
		for _, s := range stages {
			total += s.weight
		}
		for _, s := range stages {
			if b.options.Progress != nil {
				b.options.Progress(Progress{s.name, done / total, b.rowsRead()})
			}
			if s.needs == "" || b.report.source(s.needs) != nil {
				if err := s.run(ctx); err != nil {
					return err
				}
			}
			done += s.weight
		}
		return nil
	})
}

// rowsRead counts the rows read so far.
func (b *builder) rowsRead() (n int64) {
	for _, s := range b.report.Sources {
		n += s.Read
	}
	return n
}

// connected opens the databases, recognises the files, works and closes the
// databases again.
func (b *builder) connected(ctx context.Context, work func() error) (err error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	if b.conn, err = db.Conn(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.conn.Close()) }()
	if err := b.prepare(ctx); err != nil {
		return err
	}
	if err := b.vet(ctx); err != nil {
		return err
	}
	if err := b.recognise(ctx); err != nil {
		return err
	}
	if b.again != "" {
		if err := b.readAgain(ctx, b.again); err != nil {
			return err
		}
		b.plan.sort()
	}
	return work()
}

func (b *builder) exec(ctx context.Context, statements string, args ...any) error {
	_, err := b.conn.ExecContext(ctx, statements, args...)
	return err
}

// count runs a query for one number.
func (b *builder) count(ctx context.Context, query string) (int64, error) {
	var n int64
	err := b.conn.QueryRowContext(ctx, query).Scan(&n)
	return n, err
}
