package words

// Feeds says which files and columns a panel takes beside those that the first one
// of the screen names; "" where it takes no others.
func (p *Printer) Feeds(panel string) string {
	switch panel {
	case "groups", "course":
		return p.Say("Takes assignments too, by arms, campaigns and customers.")
	case "moments":
		return p.Say("Takes assignments with clicked, opened and the time of delivered_at.")
	case "machines":
		return p.Say("Takes assignments with opened_by_machine and clicked_by_machine.")
	case "fatigue":
		return p.Say("Takes assignments with delivered_at and clicked.")
	case "around":
		return p.Say("A notices, campaigns or factors file would mark days here, beside what the first panel takes.")
	case "moves", "matrix":
		return p.Say("Takes consents of several months: occurred_at.")
	case "funnel":
		return p.Say("Takes consents with the state requested, notice_version and method.")
	case "lasting":
		return p.Say("Takes consents of basis express, and their ends: withdrawn, expired.")
	case "expiring":
		return p.Say("Takes consents with expires_at, or of basis implied.")
	case "mix":
		return p.Say("Takes consents, and dimensions in customers such as region.")
	case "steps":
		return p.Say("Takes consents to several purposes.")
	case "won":
		return p.Say("Takes assignments, arms with content and campaigns, beside consents.")
	case "stated", "gaps":
		return p.Say("Takes a survey with customer_id and stance, beside consents.")
	case "index":
		return p.Say("Takes consents renewed and withdrawn, and complained in assignments.")
	case "reasons":
		return p.Say("Takes consents, assignments with delivered_at, and arms with purposes.")
	case "proof":
		return p.Say("Takes consents with notice_version, method, source and proof.")
	case "effort":
		return p.Say("Takes consents with received_at and method, and method_steps in the mapping.")
	}
	return ""
}
