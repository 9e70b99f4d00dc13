package queries

// Provenance says where an answer comes from. Every screen, report and export
// shows it.
type Provenance struct {
	Title      string `json:"title"`       // of the data set; may be empty
	Synthetic  bool   `json:"synthetic"`   // made up: must be said wherever figures are shown
	AsOf       Date   `json:"as_of"`       // "now": the day of the last event; empty = undated
	Zone       string `json:"zone"`        // IANA name of the calendar's time zone
	Customers  Count  `json:"customers"`   // in the whole store
	MinCell    int    `json:"min_cell"`    // k: figures about 1 to k-1 people are suppressed
	Guarded    bool   `json:"guarded"`     // for managers and serving: k cannot be lowered, no drill to people
	WindowDays int    `json:"window_days"` // of outcomes after an assignment
	Version    string `json:"version"`     // of accord that built the store
}

// A Dimension is a column that segments differ by.
type Dimension struct {
	Name  string `json:"name"`
	Fixed bool   `json:"fixed"` // cannot change after an assignment
	// Values in order of their number of customers, most first.
	Values []string `json:"values"`
	// People are the customers of each value.
	People []Count `json:"people"`
}
