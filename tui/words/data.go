package words

import "accord/queries"

// SourcesHeadline says how much of what was read was loaded.
func (p *Printer) SourcesHeadline(a queries.Data) string {
	if len(a.Sources) == 0 {
		return p.Say("Nothing was loaded.")
	}
	var rejected int64
	for _, s := range a.Sources {
		rejected += s.Rejected
	}
	n := int64(len(a.Sources))
	if rejected == 0 {
		return p.Plural(n, "%s input was loaded, every row of it.", "%s inputs were loaded, every row of them.", p.Int(n))
	}
	return p.Plural(n, "%[1]s input was loaded; %[2]s of its rows were rejected and are in no figure.",
		"%[1]s inputs were loaded; %[2]s of their rows were rejected and are in no figure.", p.Int(n), p.Int(rejected))
}

// RejectedHeadline says which rule cost most rows.
func (p *Printer) RejectedHeadline(a queries.Data) string {
	var most queries.Rejects
	var input string
	for _, s := range a.Sources {
		for _, r := range s.Rules {
			if r.Rows > most.Rows {
				most, input = r, s.Input
			}
		}
	}
	if most.Rows == 0 {
		return p.Say("No row was rejected.")
	}
	return p.Say("Most of them, %[1]s rows of the file %[2]s: %[3]s.", p.Int(most.Rows), p.Input(input), p.Rule(most.Rule, most.Column))
}

// HeldBack says what becomes of rows that are held back.
func (p *Printer) HeldBack(n int64) string {
	return p.Plural(n, "%s row is held back, pseudonymised, until a delivery brings what it names.", "%s rows are held back, pseudonymised, until a delivery brings what they name.", p.Int(n))
}

// HoldingsHeadline says how much the store holds.
func (p *Printer) HoldingsHeadline(a queries.Data) string {
	rows := map[string]queries.Count{}
	for _, t := range a.Tables {
		rows[t.Name] = t.Rows
	}
	return p.Say("%[1]s customers, %[2]s consent events, %[3]s assignments.", p.Count(rows["customers"]), p.Count(rows["consents"]), p.Count(rows["assignments"]))
}
