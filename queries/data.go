package queries

import (
	"context"
	"database/sql"

	"accord/queries/store"
)

// Data is what the store holds and how it came to be: the answer to "what am I
// looking at". Its counts are of rows, not of people described, and are exempt
// from suppression, but for the number of customers where those who left would
// follow from it.
type Data struct {
	Sources      []Source       `json:"sources"`    // in the order of the inputs
	Tables       []StoreTable   `json:"tables"`     // facts first, then roll-ups
	Dimensions   []DimensionUse `json:"dimensions"` // in order
	Segments     int64          `json:"segments"`   // combinations of their values that customers have
	WindowDays   int            `json:"window_days"`
	StoreVersion int            `json:"store_version"`
	DuckDB       string         `json:"duckdb"` // version that reads it
}

// A Source is one input as it was loaded: Read = Loaded + Rejected.
type Source struct {
	Input    string    `json:"input"`
	Name     string    `json:"name"` // of the file, glob or relation
	Read     Count     `json:"rows_read"`
	Loaded   Count     `json:"rows_loaded"`
	Rejected int64     `json:"rows_rejected"`
	Rules    []Rejects `json:"rules"` // most rows first
}

// Rejects counts the rows rejected under one rule for one column, "" where the
// rule is about whole rows.
type Rejects struct {
	Rule   string `json:"rule"`
	Column string `json:"column,omitempty"`
	Rows   int64  `json:"rows"`
	// Held are those of the rows that the store holds back, to load them with a
	// delivery of what the column names.
	Held int64 `json:"rows_held"`
}

// A StoreTable is a table of the store.
type StoreTable struct {
	Name   string `json:"name"`
	RollUp bool   `json:"roll_up"` // sums keyed by segment, not facts
	Rows   Count  `json:"rows"`
}

// A DimensionUse is a dimension and how many values it has.
type DimensionUse struct {
	Name   string `json:"name"`
	Fixed  bool   `json:"fixed"`
	Values int    `json:"values"`
}

// Held counts the rejected rows that are held back.
func (d Data) Held() (n int64) {
	for _, s := range d.Sources {
		for _, r := range s.Rules {
			n += r.Held
		}
	}
	return n
}

// Data tells what the store holds. It is about the whole store, whatever the
// filter.
func (d *Dataset) Data(ctx context.Context) (Data, error) {
	out := Data{Sources: []Source{}, Tables: []StoreTable{}, Dimensions: []DimensionUse{}, WindowDays: d.provenance.WindowDays, StoreVersion: store.Version}
	rowsOf := func(n int64, ofCustomers bool) Count {
		if ofCustomers && d.provenance.Customers.Why() != "" {
			return Missing[int64](d.provenance.Customers.Why())
		}
		return Known(n)
	}
	at := map[string]int{}
	err := d.each(about(ctx, "sources"), "sources", nil, func(rows *sql.Rows) error {
		var s Source
		var read, loaded int64
		if err := rows.Scan(&s.Input, &s.Name, &read, &loaded, &s.Rejected); err != nil {
			return err
		}
		s.Read, s.Loaded, s.Rules = rowsOf(read, s.Input == "customers"), rowsOf(loaded, s.Input == "customers"), []Rejects{}
		at[s.Input] = len(out.Sources)
		out.Sources = append(out.Sources, s)
		return nil
	})
	if err != nil {
		return out, err
	}
	err = d.each(about(ctx, "rejected"), "rejects", nil, func(rows *sql.Rows) error {
		var input string
		var r Rejects
		if err := rows.Scan(&input, &r.Rule, &r.Column, &r.Rows, &r.Held); err != nil {
			return err
		}
		s := &out.Sources[at[input]]
		s.Rules = append(s.Rules, r)
		return nil
	})
	if err != nil {
		return out, err
	}
	err = d.each(about(ctx, "tables"), "tables", nil, func(rows *sql.Rows) error {
		var t StoreTable
		var n int64
		if err := rows.Scan(&t.Name, &t.RollUp, &n, &out.DuckDB); err != nil {
			return err
		}
		t.Rows = rowsOf(n, t.Name == "customers")
		if t.Name == "segments" {
			out.Segments = n
		}
		out.Tables = append(out.Tables, t)
		return nil
	})
	for _, dim := range d.dimensions {
		out.Dimensions = append(out.Dimensions, DimensionUse{dim.Name, dim.Fixed, len(dim.Values)})
	}
	return out, err
}
