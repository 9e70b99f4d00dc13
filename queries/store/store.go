// Package store is the file that accord keeps what it knows in: one DuckDB
// database, opened read-only and locked down. It knows the schema, its version
// and how to quote an identifier; it asks no questions of its own (package
// queries does) and fills nothing (package load does).
package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// Version is the version of the schema. A store of another version is refused:
// it is built again from its sources, never migrated.
const Version = 7

// Schema creates the tables of an empty store.
//
//go:embed sql/schema.sql
var Schema string

// Everyone is the segment of roll-up rows that hold the total of all segments.
const Everyone = -1

// A Store is an open store. Its methods are safe for concurrent use.
type Store struct {
	DB   *sql.DB
	Meta Meta
}

// Meta is what a store says about itself.
type Meta struct {
	Title      string
	Synthetic  bool
	AsOf       string // ISO date of the last event; "" = the data holds no dates
	Zone       string // IANA name
	WindowDays int    // of outcomes after an assignment
	KeyCheck   string // tells whether a key is the one that the pseudonyms were made with
	BuiltBy    string // version of accord

	GraceDays           int // business days after a withdrawal in which messages are counted apart
	RetainCustomersDays int // that customers are kept after they left or last did anything; 0 = not configured
	RetainConsentsDays  int // that consents are kept after they ended; 0 = not configured
}

// ErrNotAStore is wrapped by the errors of Open about files that are not stores.
var ErrNotAStore = errors.New("not an accord store")

// Open opens the store at path read-only. No statement on it can write, read
// other files, load extensions, or change settings.
func Open(ctx context.Context, path string) (*Store, error) {
	if info, err := os.Stat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: there is no such file", path)
		}
		return nil, err
	} else if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, %w", path, ErrNotAStore)
	}
	connector, err := duckdb.NewConnector(path+"?access_mode=read_only", nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w, or damaged (%s)", path, ErrNotAStore, firstLine(err))
	}
	s := &Store{DB: sql.OpenDB(connector)}
	if err := s.prepare(ctx); err != nil {
		_ = s.DB.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context) error {
	rows, err := s.DB.QueryContext(ctx, "SELECT name, value FROM meta")
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("a DuckDB file, but %w: build one with `accord load SOURCE -o FILE`", ErrNotAStore)
	}
	defer rows.Close()
	values := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return err
		}
		values[name] = value
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if v := values["version"]; v != strconv.Itoa(Version) {
		return fmt.Errorf("this store has version %s (built by accord %s), this accord reads version %d: load its sources again with `accord load`",
			v, values["built_by"], Version)
	}
	s.Meta = metaFrom(values)
	_, err = s.DB.ExecContext(ctx, lockDown)
	return err
}

// lockDown leaves reading the attached store as the only thing to do. The
// memory limit is a ceiling, not a reservation.
var lockDown = fmt.Sprintf(`SET threads = %d; SET memory_limit = '4GB'; SET TimeZone = 'UTC';
SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;
SET enable_external_access = false; SET lock_configuration = true;`, runtime.GOMAXPROCS(0))

// Close closes the store.
func (s *Store) Close() error { return s.DB.Close() }

func metaFrom(values map[string]string) Meta {
	number := func(name string) int {
		n, _ := strconv.Atoi(values[name])
		return n
	}
	return Meta{
		Title:      values["title"],
		Synthetic:  values["synthetic"] == "true",
		AsOf:       values["as_of"],
		Zone:       values["zone"],
		WindowDays: number("window_days"),
		KeyCheck:   values["key_check"],
		BuiltBy:    values["built_by"],

		GraceDays:           number("grace_business_days"),
		RetainCustomersDays: number("retain_customers_days"),
		RetainConsentsDays:  number("retain_consents_days"),
	}
}

// Values is m as the names and values of the meta table, the version included.
func (m Meta) Values() map[string]string {
	return map[string]string{
		"version":     strconv.Itoa(Version),
		"title":       m.Title,
		"synthetic":   strconv.FormatBool(m.Synthetic),
		"as_of":       m.AsOf,
		"zone":        m.Zone,
		"window_days": strconv.Itoa(m.WindowDays),
		"key_check":   m.KeyCheck,
		"built_by":    m.BuiltBy,

		"grace_business_days":   strconv.Itoa(m.GraceDays),
		"retain_customers_days": strconv.Itoa(m.RetainCustomersDays),
		"retain_consents_days":  strconv.Itoa(m.RetainConsentsDays),
	}
}

// Identifier quotes the name of a column or table for SQL.
func Identifier(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// Literal quotes a text for SQL. Values that are not known before a statement
// is written are bound instead; this serves file names and settings.
func Literal(text string) string {
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
