package words

import (
	"strings"

	"accord/queries"
)

// between stands between the parts of a line.
const between = " · "

// Provenance is the line that every screen, report and export shows: whether
// the data is made up, its title, its last day, its size, its small-cell rule.
func (p *Printer) Provenance(v queries.Provenance) string {
	return p.plain(strings.Join(p.ProvenanceParts(v), between))
}

// ProvenanceShort is Provenance for a narrow terminal. It keeps the label of
// made-up data.
func (p *Printer) ProvenanceShort(v queries.Provenance) string {
	parts := []string{}
	if v.Synthetic {
		parts = append(parts, p.Say("Synthetic"))
	}
	if v.Title != "" {
		parts = append(parts, v.Title)
	}
	return p.plain(strings.Join(append(parts, p.Date(v.AsOf)), between))
}

// ProvenanceParts are the parts of Provenance, the most needed first, for
// whoever must leave some out.
func (p *Printer) ProvenanceParts(v queries.Provenance) []string {
	var parts []string
	if v.Synthetic {
		parts = append(parts, p.Say("Synthetic data"))
	}
	if v.Title != "" {
		parts = append(parts, v.Title)
	}
	if v.AsOf == "" {
		parts = append(parts, p.Say("undated"))
	} else {
		parts = append(parts, p.Say("as of %s", string(v.AsOf)))
	}
	if n, ok := v.Customers.Value(); ok {
		parts = append(parts, p.Customers(n))
	}
	if v.MinCell > 1 {
		parts = append(parts, p.Say("figures on fewer than %s people withheld", p.Int(int64(v.MinCell))))
	}
	return parts
}

// Footer is what an export says below its figures: the filter, what the data is
// and how few people are shown, and the file they come from.
func (p *Printer) Footer(f queries.Filter, v queries.Provenance, source string) []string {
	lines := []string{p.Filter(f), p.Provenance(v)}
	if source != "" {
		lines = append(lines, p.Say("Source: %s", source))
	}
	if v.Version != "" {
		lines = append(lines, p.Say("Built by accord %s", v.Version))
	}
	return lines
}

// AnalystFooter is Footer where nothing is withheld: where SQL shows figures, it
// takes the place of the filter, which does not apply.
func (p *Printer) AnalystFooter(f queries.Filter, c queries.Choice, v queries.Provenance, source string) []string {
	v.MinCell = 1
	lines := p.Footer(f, v, source)
	if c.Statement != "" {
		lines[0] = "SQL: " + c.Statement
	}
	return append(lines, p.Say("Figures about few people are not withheld here."))
}

// Customers writes a number of customers: "20,000 customers".
func (p *Printer) Customers(n int64) string {
	return p.Plural(n, "%s customer", "%s customers", p.Int(n))
}

// Days writes a number of days: "14 days".
func (p *Printer) Days(n int) string {
	return p.Plural(int64(n), "%s day", "%s days", p.Int(int64(n)))
}

// Window says which outcomes count.
func (p *Printer) Window(v queries.Provenance) string {
	return p.Say("Outcomes within %s of the assignment, of all customers assigned, whether reached or not.", p.Days(v.WindowDays))
}

// Filter says who and when figures are about. The filter keeps its canonical
// form, which can be typed back.
func (p *Printer) Filter(f queries.Filter) string {
	if text := f.String(); text != "" {
		return p.Say("Filter: %s", text)
	}
	return p.Say("No filter: everyone, all dates")
}
