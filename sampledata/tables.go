package sampledata

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// kind is how the cells of a column are kept and written.
type kind uint8

const (
	text     kind = iota
	customer      // a customer's number, written as BOR-0001234
	instant       // seconds since 1970
	date          // days since 1970
	decimal       // a whole number of 10^-scale
	truth         // 0 or 1
)

type column struct {
	name  string
	kind  kind
	scale int
}

// table is one input file; a small one is a few pages long.
type table struct {
	name    string
	small   bool
	columns []column
}

// blank is a missing cell.
const blank = math.MinInt64

var (
	customersTable = &table{name: "customers", columns: []column{
		{name: "customer_id", kind: customer}, {name: "created_at", kind: instant}, {name: "left_at", kind: instant},
		{name: "region"}, {name: "age_band"}, {name: "language"}, {name: "loyalty_tier"}, {name: "acquisition_source"}}}
	consentsTable = &table{name: "consents", columns: []column{
		{name: "customer_id", kind: customer}, {name: "purpose"}, {name: "state"}, {name: "occurred_at", kind: instant},
		{name: "received_at", kind: instant}, {name: "channel"}, {name: "basis"}, {name: "expires_at", kind: instant},
		{name: "notice_version"}, {name: "source"}, {name: "method"}, {name: "proof"}}}
	campaignsTable = &table{name: "campaigns", small: true, columns: []column{
		{name: "campaign_id"}, {name: "name"}, {name: "channel"}, {name: "started_at", kind: instant}, {name: "control_arm"}}}
	armsTable = &table{name: "arms", small: true, columns: []column{
		{name: "campaign_id"}, {name: "arm"}, {name: "content"}, {name: "purposes"}, {name: "requires_consent", kind: truth},
		{name: "planned_share", kind: decimal, scale: 4}}}
	assignmentsTable = &table{name: "assignments", columns: []column{
		{name: "campaign_id"}, {name: "customer_id", kind: customer}, {name: "arm"}, {name: "assigned_at", kind: instant},
		{name: "delivered_at", kind: instant}, {name: "delivered_content"}, {name: "visited", kind: instant},
		{name: "opened", kind: instant}, {name: "clicked", kind: instant}, {name: "converted", kind: instant},
		{name: "unsubscribed", kind: instant}, {name: "complained", kind: instant}, {name: "opened_by_machine", kind: truth},
		{name: "clicked_by_machine", kind: truth}, {name: "revenue", kind: decimal, scale: 2}, {name: "pre_value", kind: decimal, scale: 2}}}
	purchasesTable = &table{name: "purchases", columns: []column{
		{name: "customer_id", kind: customer}, {name: "occurred_at", kind: instant}, {name: "amount", kind: decimal, scale: 2},
		{name: "category"}, {name: "channel"}}}
	surveyTable = &table{name: "survey", columns: []column{
		{name: "respondent_id"}, {name: "stance"}, {name: "wave"}, {name: "answered_at", kind: instant},
		{name: "weight", kind: decimal, scale: 4}, {name: "reasons"}, {name: "customer_id", kind: customer},
		{name: "region"}, {name: "age_band"}, {name: "language"}}}
	noticesTable = &table{name: "notices", small: true, columns: []column{
		{name: "notice_version"}, {name: "effective_from", kind: date}, {name: "mechanism"}, {name: "language"}, {name: "text"}}}
	factorsTable = &table{name: "factors", columns: []column{
		{name: "day", kind: date}, {name: "kind"}, {name: "label"}, {name: "region"}, {name: "value", kind: decimal, scale: 1}}}
	interactionsTable = &table{name: "interactions", columns: []column{
		{name: "customer_id", kind: customer}, {name: "occurred_at", kind: instant}, {name: "channel"}, {name: "kind"}}}
)

var tables = []*table{customersTable, consentsTable, campaignsTable, armsTable, assignmentsTable,
	purchasesTable, surveyTable, noticesTable, factorsTable, interactionsTable}

// sheet holds rows of a table, a column at a time, until they are written. A row is filled from left to
// right, one call a cell.
type sheet struct {
	*table
	numbers [][]int64
	texts   [][]string
	next    int
	rows    int
	order   []int32 // of the rows, if not as they were added
}

func newSheet(t *table) *sheet {
	return &sheet{table: t, numbers: make([][]int64, len(t.columns)), texts: make([][]string, len(t.columns))}
}

func (s *sheet) text(value string) *sheet {
	s.texts[s.next] = append(s.texts[s.next], value)
	return s.advance()
}

func (s *sheet) number(value int64) *sheet {
	s.numbers[s.next] = append(s.numbers[s.next], value)
	return s.advance()
}

// instant adds a time; zero is blank.
func (s *sheet) instant(value int64) *sheet {
	if value == 0 {
		value = blank
	}
	return s.number(value)
}

func (s *sheet) flag(value bool) *sheet {
	if value {
		return s.number(1)
	}
	return s.number(0)
}

func (s *sheet) advance() *sheet {
	if s.next++; s.next == len(s.columns) {
		s.next = 0
		s.rows++
	}
	return s
}

func (s *sheet) reset() {
	for i := range s.columns {
		s.numbers[i], s.texts[i] = s.numbers[i][:0], s.texts[i][:0]
	}
	s.rows, s.order = 0, s.order[:0]
}

// sortBy puts the rows in the order of a column of numbers; equal ones stay as they were added.
func (s *sheet) sortBy(name string) {
	values := s.numbers[slices.IndexFunc(s.columns, func(c column) bool { return c.name == name })]
	for row := range s.rows {
		s.order = append(s.order, int32(row))
	}
	slices.SortStableFunc(s.order, func(a, b int32) int { return cmp.Compare(values[a], values[b]) })
}

// row is where the i-th row is kept.
func (s *sheet) row(i int) int {
	if len(s.order) > 0 {
		return int(s.order[i])
	}
	return i
}

// appendCell writes one cell as a person would read it, without quotes.
func (s *sheet) appendCell(b []byte, column, row int) []byte {
	c := s.columns[column]
	if c.kind == text {
		return append(b, s.texts[column][row]...)
	}
	value := s.numbers[column][row]
	if value == blank {
		return b
	}
	switch c.kind {
	case customer:
		return appendCustomer(b, value)
	case instant:
		return appendInstant(b, value)
	case date:
		return append(b, Day(value).String()...)
	case truth:
		return strconv.AppendBool(b, value == 1)
	default:
		return appendDecimal(b, value, c.scale)
	}
}

func appendCustomer(b []byte, number int64) []byte {
	b = append(b, "BOR-"...)
	for limit := int64(1e6); limit > number && limit > 1; limit /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, number, 10)
}

func appendDecimal(b []byte, value int64, scale int) []byte {
	if value < 0 {
		b, value = append(b, '-'), -value
	}
	unit := int64(math.Pow10(scale))
	b = append(strconv.AppendInt(b, value/unit, 10), '.')
	for limit := unit / 10; limit > value%unit && limit > 1; limit /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, value%unit, 10)
}
