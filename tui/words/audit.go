package words

import (
	"strings"

	"accord/queries"
)

// SentHeadline says how many messages had no valid consent on record.
func (p *Printer) SentHeadline(a queries.Sent) string {
	switch a.Missing {
	case queries.NoInput:
		return p.NothingToAudit()
	case queries.NotRecorded:
		return p.Say("The data does not say which messages were delivered, so that none can be looked at: delivered_at in assignments would.")
	case "":
	default:
		text, _ := p.absent(a.Missing, "campaigns")
		return text
	}
	if a.Without+a.Grace == 0 {
		return p.Say("Records show a valid consent for each of %s messages at the time of sending.", p.Int(a.Messages))
	}
	text := p.Say("Records show no valid consent at the time of sending for %[1]s of %[2]s messages (%[3]s)", p.Int(a.Without), p.Int(a.Messages), p.Share(a.Share()))
	var parts []string
	for _, r := range a.Reasons {
		if r.Reason != queries.SentGrace {
			parts = append(parts, p.Say("%[1]s %[2]s", p.Int(r.Messages), p.SentReason(r.Reason)))
		}
	}
	if len(parts) > 0 {
		text = p.Say("%[1]s: %[2]s", text, strings.Join(parts, ", "))
	}
	if a.Grace > 0 {
		return p.Say("%[1]s. Another %[2]s were sent under %[3]s business days after a withdrawal.", text, p.Int(a.Grace), p.Int(int64(a.GraceDays)))
	}
	return p.Say("%s.", text)
}

// SentShort is SentHeadline for little room.
func (p *Printer) SentShort(a queries.Sent) string {
	if a.Missing != "" {
		return p.SentHeadline(a)
	}
	return p.Say("%[1]s of %[2]s without a valid consent on record (%[3]s)", p.Int(a.Without), p.Int(a.Messages), p.Share(a.Share()))
}

// NothingToAudit says what an audit takes.
func (p *Printer) NothingToAudit() string {
	return p.Say("Nothing to audit: that takes consents, campaigns, arms with purposes, and assignments with delivered_at.")
}

// SentNotes say what was looked at and what was not.
func (p *Printer) SentNotes(a queries.Sent) []string {
	notes := []string{
		p.Say("A consent on any basis for each purpose of what arrived, on the campaign's channel, as of when the message was delivered. Audit counts are never withheld."),
		p.Say("A refusal that names no basis ends consent on every basis, an implied one too: who says no is not written to."),
		p.Say("Messages under %s business days (Mondays to Fridays) after a withdrawal stand apart.", p.Int(int64(a.GraceDays))),
	}
	for _, x := range []struct {
		n         int64
		one, many string
	}{
		{a.Transactional, p.Say("%s message needed no consent and is not among them.", p.Int(a.Transactional)), p.Say("%s messages needed no consent and are not among them.", p.Int(a.Transactional))},
		{a.Unnamed, p.Say("%s message is of an arm that names no purpose.", p.Int(a.Unnamed)), p.Say("%s messages are of arms that name no purpose.", p.Int(a.Unnamed))},
		{a.Undated, p.Say("%s message has no date.", p.Int(a.Undated)), p.Say("%s messages have no date.", p.Int(a.Undated))},
		{a.Unknown, p.Say("%s assignment has no record of a delivery.", p.Int(a.Unknown)), p.Say("%s assignments have no record of a delivery.", p.Int(a.Unknown))},
	} {
		switch {
		case x.n == 1:
			notes = append(notes, x.one)
		case x.n > 1:
			notes = append(notes, x.many)
		}
	}
	return notes
}

// SentReason says in a few words why no consent was valid.
func (p *Printer) SentReason(reason string) string {
	switch reason {
	case queries.SentWithdrawn:
		return p.Say("after a withdrawal")
	case queries.SentRefused:
		return p.Say("after a refusal")
	case queries.SentLeft:
		return p.Say("after the customer left")
	case queries.SentInvalidated:
		return p.Say("after an invalidation")
	case queries.SentExpired:
		return p.Say("after an expiry")
	case queries.SentNever:
		return p.Say("without any on record")
	case queries.SentGrace:
		return p.Say("within the grace")
	}
	return Slug(reason)
}

// AuditAge names an age of what made a consent invalid.
func (p *Printer) AuditAge(i int) string {
	ages := queries.AuditAges
	if i+1 < len(ages) {
		return p.Say("%[1]s to %[2]s days", p.Int(int64(ages[i])), p.Int(int64(ages[i+1]-1)))
	}
	return p.Say("%s days +", p.Int(int64(ages[i])))
}

// ReasonsAuditHeadline says which reason is most frequent, and how old.
func (p *Printer) ReasonsAuditHeadline(a queries.Sent) string {
	if a.Missing != "" || len(a.Reasons) == 0 {
		return p.SentHeadline(a)
	}
	r := a.Reasons[0]
	old := r.Ages[2] + r.Ages[3]
	if r.Messages == r.Ages[0]+r.Ages[1]+old {
		return p.Say("Most were sent %[1]s: %[2]s messages, %[3]s of them 90 days or more after it.", p.SentReason(r.Reason), p.Int(r.Messages), p.Int(old))
	}
	return p.Say("Most were sent %[1]s: %[2]s messages.", p.SentReason(r.Reason), p.Int(r.Messages))
}

// ReasonsAuditShort is ReasonsAuditHeadline for little room.
func (p *Printer) ReasonsAuditShort(a queries.Sent) string {
	if a.Missing != "" || len(a.Reasons) == 0 {
		return p.SentHeadline(a)
	}
	return p.Say("mostly %[1]s: %[2]s messages", p.SentReason(a.Reasons[0].Reason), p.Int(a.Reasons[0].Messages))
}

// ReasonsAuditNotes say how a message with several reasons counts.
func (p *Printer) ReasonsAuditNotes(queries.Sent) []string {
	return []string{p.Say("Days from what made the consent end to the message. A message that lacks several consents counts once: withdrawn before refused, left, invalidated, expired, none on record.")}
}

// ProofHeadline says how many records are complete, and what most lack.
func (p *Printer) ProofHeadline(a queries.Proof) string {
	if text, absent := p.absent(a.Missing, "consents"); absent {
		return text
	}
	text := p.Say("Records show every field for %[1]s of %[2]s consents given or renewed (%[3]s).", p.Int(a.Complete), p.Int(a.Grants), p.Share(a.Share()))
	worst := queries.ProofField{}
	for _, f := range a.Fields {
		if f.Missing > worst.Missing {
			worst = f
		}
	}
	if worst.Missing == 0 {
		return text
	}
	text = p.Say("%[1]s Most often missing: %[2]s (%[3]s).", text, p.ProofField(worst.Field), p.Int(worst.Missing))
	if low := a.Sources[0]; len(a.Sources) > 1 {
		return p.Say("%[1]s Least complete: %[2]s, %[3]s.", text, p.SourceName(low.Source), p.Share(low.Share()))
	}
	return text
}

// ProofShort is ProofHeadline for little room.
func (p *Printer) ProofShort(a queries.Proof) string {
	if a.Missing != "" {
		return p.ProofHeadline(a)
	}
	return p.Say("%[1]s of %[2]s records have every field", p.Share(a.Share()), p.Int(a.Grants))
}

// ProofNotes say which fields are looked for, and which nobody can give.
func (p *Printer) ProofNotes(a queries.Proof) []string {
	var names, full []string
	for _, f := range a.Fields {
		if f.Missing == 0 {
			full = append(full, p.ProofField(f.Field))
		}
	}
	for _, field := range queries.UncarriedFields() {
		names = append(names, p.ProofField(field))
	}
	notes := []string{p.Say("Fields of a consent record by ISO/IEC TS 27560 (2023). Who, what for, what happened and when are on every row; an express consent needs no end.")}
	if len(full) > 0 {
		notes = append(notes, p.Say("On every row too: %s.", strings.Join(full, ", ")))
	}
	return append(notes, p.Say("No input carries: %s. That they are not here says nothing of whether they are kept elsewhere.", strings.Join(names, ", ")))
}

// SourceName names where a consent was collected.
func (p *Printer) SourceName(source string) string {
	if source == "" {
		return p.Say("not recorded")
	}
	return p.Name(source)
}

// ProofField names a field of a consent record.
func (p *Printer) ProofField(field string) string {
	switch field {
	case "notice":
		return p.Say("notice")
	case "language":
		return p.Say("language of the notice")
	case "basis":
		return p.Say("basis")
	case "method":
		return p.Say("method")
	case "expiry":
		return p.Say("end")
	case "channel":
		return p.Say("channel")
	case "source":
		return p.Say("source")
	case "proof":
		return p.Say("proof")
	case "record_id":
		return p.Say("record identifier")
	case "controller":
		return p.Say("controller")
	case "data_types":
		return p.Say("kinds of data")
	case "recipients":
		return p.Say("recipients")
	case "storage":
		return p.Say("place of storage")
	case "jurisdiction":
		return p.Say("jurisdiction")
	case "withdrawal_method":
		return p.Say("way to withdraw")
	}
	return Slug(field)
}

// ProofFieldShort is ProofField in one word.
func (p *Printer) ProofFieldShort(field string) string {
	if field == "language" {
		return p.Say("lang.")
	}
	return p.ProofField(field)
}

// EffortHeadline sets withdrawing beside giving.
func (p *Printer) EffortHeadline(a queries.Effort) string {
	if text, absent := p.absent(a.Missing, "consents"); absent {
		return text
	}
	var parts []string
	give, ok := a.Give.Steps.Value()
	withdraw, also := a.Withdraw.Steps.Value()
	if ok && also {
		parts = append(parts, p.Say("Records show the methods, which take %[1]s steps on average to withdraw, %[2]s to give, as configured.", p.Number(withdraw, 1), p.Number(give, 1)))
	}
	give, ok = a.Give.Days.Value()
	withdraw, also = a.Withdraw.Days.Value()
	if ok && also {
		parts = append(parts, p.Say("A withdrawal was heard of after %[1]s days on average, a consent after %[2]s; %[3]s of withdrawals on the day itself, and %[4]s of them after %[5]s business days or more.",
			p.Number(withdraw, 2), p.Number(give, 2), p.Share(share(a.Withdraw.SameDay, a.Withdraw.Timed)), p.Int(a.Withdraw.Timed-a.Withdraw.InGrace), p.Int(int64(a.GraceDays))))
	}
	if len(parts) == 0 {
		return p.Say("Records do not show what withdrawing takes: received_at in consents would give the days, method_steps in the mapping the steps.")
	}
	return strings.Join(parts, " ")
}

func share(n, of int64) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// EffortShort is EffortHeadline for little room.
func (p *Printer) EffortShort(a queries.Effort) string {
	give, ok := a.Give.Days.Value()
	withdraw, also := a.Withdraw.Days.Value()
	if a.Missing != "" || !ok || !also {
		return p.EffortHeadline(a)
	}
	return p.Say("heard of after %[1]s days (withdrawn), %[2]s (given)", p.Number(withdraw, 2), p.Number(give, 2))
}

// EffortNotes say what steps and days are.
func (p *Printer) EffortNotes(a queries.Effort) []string {
	notes := []string{p.Say("Days from when it happened to when the system received it. Consents given expressly, against withdrawals.")}
	if a.Give.Stepped+a.Withdraw.Stepped == 0 {
		return append(notes, p.Say("How many steps a method takes is not configured: method_steps in the mapping says so."))
	}
	return append(notes, p.Say("Steps are those that the mapping gives each method; %s acts are by methods that it does not name.", p.Int(a.Give.Acts+a.Withdraw.Acts-a.Give.Stepped-a.Withdraw.Stepped)))
}

// RetentionHeadline says what is past the configured period.
func (p *Printer) RetentionHeadline(a queries.Retention) string {
	if a.Missing == queries.NoDates {
		return p.Say("Nothing is dated, so that nothing has an age: created_at in customers, or a consents file, would give it one.")
	}
	if text, absent := p.absent(a.Missing, "customers"); absent {
		return text
	}
	var parts []string
	for _, k := range a.Kinds {
		if past, ok := k.Past.Value(); ok {
			parts = append(parts, p.Say("%[1]s of %[2]s %[3]s (%[4]s days)", p.Int(past), p.Int(k.Records), p.Kept(k.Kind), p.Int(int64(k.Period))))
		}
	}
	if len(parts) == 0 {
		return p.Say("No period is configured, so that nothing is past one: retain_customers_days and retain_consents_days in the mapping set them.")
	}
	return p.Say("Kept past the configured period: %s.", strings.Join(parts, "; "))
}

// Kept names a kind of what is kept.
func (p *Printer) Kept(kind string) string {
	switch kind {
	case queries.RetainLeft:
		return p.Say("customers who left")
	case queries.RetainInactive:
		return p.Say("customers, by their last act")
	case queries.RetainEnded:
		return p.Say("consents ended")
	}
	return Slug(kind)
}

// RetentionNotes say from when the age counts.
func (p *Printer) RetentionNotes(queries.Retention) []string {
	return []string{p.Say("Age in whole years of 365 days on the as-of date: since leaving; since the last consent, refusal, purchase, contact, open, click or conversion of the others; since the last consent to a purpose ended. Whether a record has to be kept is not for accord to say.")}
}
