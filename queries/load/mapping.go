package load

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// A Mapping says what a data set is and where each input comes from. It is
// read from a TOML file; every path in it is relative to that file.
type Mapping struct {
	Title       string `toml:"title"`        // shown on every screen
	Synthetic   bool   `toml:"synthetic"`    // made-up data is labelled so everywhere
	Timezone    string `toml:"timezone"`     // IANA name; of times without an offset, and of the calendar
	AsOf        string `toml:"as_of"`        // "now"; the day of the last event without it
	WindowDays  int    `toml:"window_days"`  // of outcomes after an assignment; 14 without it
	ImpliedDays int    `toml:"implied_days"` // an implied consent lasts this long; 730 without it
	DateOrder   string `toml:"date_order"`   // dmy or mdy, of dates such as 03/04/2018 where the files do not tell

	// What the audit counts by. Retention periods are nobody's to assume: without
	// them nothing is past one.
	GraceBusinessDays   int            `toml:"grace_business_days"`   // after a withdrawal; 10 without it
	RetainCustomersDays int            `toml:"retain_customers_days"` // after a customer left or last did anything
	RetainConsentsDays  int            `toml:"retain_consents_days"`  // after a consent ended
	MethodSteps         map[string]int `toml:"method_steps"`          // how many steps a method of giving or withdrawing takes

	Customers    Origins `toml:"customers"`
	Consents     Origins `toml:"consents"`
	Campaigns    Origins `toml:"campaigns"`
	Arms         Origins `toml:"arms"`
	Assignments  Origins `toml:"assignments"`
	Engagements  Origins `toml:"engagements"`
	Purchases    Origins `toml:"purchases"`
	Survey       Origins `toml:"survey"`
	Notices      Origins `toml:"notices"`
	Factors      Origins `toml:"factors"`
	Interactions Origins `toml:"interactions"`

	folder string // that paths are relative to
}

// Origins are where the rows of an input come from: one table of the mapping,
// or an array of tables whose rows are put together in that order.
type Origins []Origin

// An Origin is where rows of an input come from.
type Origin struct {
	// From is a path, a glob, or any relation that DuckDB can read, such as
	// `(SELECT ... FROM 'file.csv')`. CSV and JSON columns are text: cast to
	// compute.
	From string `toml:"from"`
	// Table is the table to read where From is a DuckDB file; without it, the
	// one named after the input.
	Table string `toml:"table"`
	// Where is a SQL condition over From: other rows are not of this input, and
	// are not counted.
	Where string `toml:"where"`
	// Columns maps canonical columns to SQL expressions over From. Columns
	// that are not named map to the column of the same name, if there is one.
	Columns map[string]string `toml:"columns"`
	// Dimensions maps names to SQL expressions. Without it, every other column
	// of customers and survey is a candidate.
	Dimensions map[string]string `toml:"dimensions"`
	// Fixed lists dimensions that cannot change after an assignment.
	Fixed []string `toml:"fixed"`

	problem string // with how it is written; it does not know its input
}

// UnmarshalTOML reads a table or an array of tables.
func (o *Origins) UnmarshalTOML(data any) error {
	tables, several := data.([]map[string]any)
	if !several {
		table, ok := data.(map[string]any)
		if !ok {
			*o = Origins{{problem: " is a table with from, columns, dimensions, ..."}}
			return nil
		}
		tables = []map[string]any{table}
	}
	for _, table := range tables {
		var text strings.Builder
		if err := toml.NewEncoder(&text).Encode(table); err != nil {
			return err
		}
		var one Origin
		meta, err := toml.Decode(text.String(), &one)
		if err != nil {
			one.problem = ": " + err.Error()
		}
		if keys := meta.Undecoded(); len(keys) > 0 {
			one.problem = "." + keys[0].String() + meansNothing
		}
		*o = append(*o, one)
	}
	return nil
}

// origins lists m's origins by the name of their input, in the order of Inputs.
func (m *Mapping) origins() []*Origins {
	return []*Origins{&m.Customers, &m.Consents, &m.Campaigns, &m.Arms, &m.Assignments, &m.Engagements, &m.Purchases, &m.Survey, &m.Notices, &m.Factors, &m.Interactions}
}

// defaults for what a mapping leaves out.
const (
	defaultWindowDays  = 14
	defaultImpliedDays = 730 // 24 months, CASL's period after a purchase
	consentDays        = 30  // of outcomes that are consents
	defaultGraceDays   = 10  // business days, as in CASL
	defaultZone        = "UTC"
	maxSteps           = 1000   // of a method; more are a slip
	maxDays            = 36_500 // of a period; a longer one is a slip
)

const meansNothing = " means nothing in a mapping: a mapping has title, synthetic, timezone, as_of, window_days, implied_days, grace_business_days, retain_customers_days, retain_consents_days, method_steps, date_order, and the inputs of `accord schema`, each with from, table, where, columns, dimensions, fixed"

// ReadMapping reads and checks a mapping file. Its errors name the file and,
// where they can, the line.
func ReadMapping(path string) (Mapping, error) {
	var m Mapping
	text, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	meta, err := toml.Decode(string(text), &m)
	if err != nil {
		var parse toml.ParseError
		if errors.As(err, &parse) {
			return m, fmt.Errorf("%s, line %d: %s", path, parse.Position.Line, brief(parse.Message))
		}
		return m, fmt.Errorf("%s: %s", path, brief(err.Error()))
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return m, fmt.Errorf("%s: %s%s", path, brief(unknown[0].String()), meansNothing)
	}
	m.folder = filepath.Dir(path)
	if err := m.check(); err != nil {
		return m, fmt.Errorf("%s: %s", path, brief(err.Error()))
	}
	return m, nil
}

// brief makes one line of sane length of a message that quotes the file, which
// may hold anything.
func brief(message string) string {
	const longest = 300
	letters := []rune(strings.Join(strings.Fields(message), " "))
	if len(letters) > longest {
		return string(letters[:longest]) + "…"
	}
	return string(letters)
}

func (m *Mapping) check() error {
	if _, err := time.LoadLocation(m.Timezone); err != nil || m.Timezone == "Local" {
		return fmt.Errorf("timezone %q is not known: write an IANA name such as America/Toronto", m.Timezone)
	}
	if m.AsOf != "" {
		if _, err := time.Parse(time.DateOnly, m.AsOf); err != nil {
			return fmt.Errorf("as_of %q is not a date: write it as 2018-12-31", m.AsOf)
		}
	}
	if min(m.WindowDays, m.ImpliedDays) < 0 || max(m.WindowDays, m.ImpliedDays) > maxDays {
		return fmt.Errorf("window_days and implied_days count days: they lie between 0 and %d", maxDays)
	}
	if m.DateOrder != "" && m.DateOrder != "dmy" && m.DateOrder != "mdy" {
		return fmt.Errorf("date_order %q: write dmy (31/12/2018) or mdy (12/31/2018)", m.DateOrder)
	}
	for _, period := range []int{m.GraceBusinessDays, m.RetainCustomersDays, m.RetainConsentsDays} {
		if period < 0 || period > maxDays {
			return fmt.Errorf("grace_business_days, retain_customers_days and retain_consents_days count days: they lie between 0 and %d", maxDays)
		}
	}
	for method, steps := range m.MethodSteps {
		if steps < 0 || steps > maxSteps {
			return fmt.Errorf("method_steps: %s takes %d steps: write a number between 0 and %d", method, steps, maxSteps)
		}
	}
	for i, in := range Inputs() {
		for _, o := range *m.origins()[i] {
			if err := o.check(in); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *Origin) check(in Input) error {
	if o.problem != "" {
		return errors.New(in.Name + o.problem)
	}
	for name := range o.Columns {
		if !in.has(name) {
			return fmt.Errorf("%s.columns: %s has no column %q; `accord schema` lists them", in.Name, in.Name, name)
		}
	}
	if len(o.Dimensions) > 0 && !in.Dimensions {
		return fmt.Errorf("%s.dimensions: only customers and survey have dimensions", in.Name)
	}
	folded := map[string]string{}
	for name := range o.Dimensions {
		if other, twice := folded[strings.ToLower(name)]; twice {
			return fmt.Errorf("%s.dimensions: %s and %s are one name to a database: rename one", in.Name, min(name, other), max(name, other))
		}
		folded[strings.ToLower(name)] = name
	}
	if o.From == "" && (len(o.Columns)+len(o.Dimensions) > 0 || o.Table+o.Where != "") {
		return fmt.Errorf("%s: from is missing: write the file or relation that its columns come from", in.Name)
	}
	return nil
}

// empty reports whether no input has an origin.
func (m *Mapping) empty() bool {
	return !slices.ContainsFunc(m.origins(), func(o *Origins) bool {
		return slices.ContainsFunc(*o, func(o Origin) bool { return o.From != "" })
	})
}

// isRelation reports whether from is SQL and not a path.
func isRelation(from string) bool {
	trimmed := strings.TrimSpace(from)
	return isQuery(from) || strings.HasPrefix(trimmed, "(") || (strings.HasSuffix(trimmed, ")") && strings.Contains(trimmed, "("))
}

// isQuery reports whether from is a SELECT that wants parentheses to be read
// from.
func isQuery(from string) bool {
	words := strings.Fields(strings.ToLower(from))
	return len(words) > 1 && slices.Contains([]string{"select", "from", "with"}, words[0])
}
