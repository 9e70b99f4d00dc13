package words

// Rule says why rows were rejected when they were loaded. Rule is package
// load's name of the rule, column the one that broke it.
func (p *Printer) Rule(rule, column string) string {
	switch rule {
	case "malformed_line":
		return p.Say("not a line of the file's columns")
	case "missing":
		return p.Say("%s is missing", column)
	case "unreadable":
		return p.Say("%s cannot be read", column)
	case "unknown_word":
		return p.Say("%s is none of its words", column)
	case "too_long":
		return p.Say("%s is too long", column)
	case "date_out_of_range":
		return p.Say("%s lies outside 1990 to 2100", column)
	case "negative":
		return p.Say("%s is below zero", column)
	case "duplicate":
		return p.Say("%s was there before", column)
	case "not_found":
		return p.Say("%s was not loaded", column)
	case "repeated":
		return p.Say("the same event as in an earlier row")
	case "erased":
		return p.Say("of a customer who was erased")
	case "ends_before_start":
		return p.Say("%s lies before the start", column)
	}
	return rule
}
