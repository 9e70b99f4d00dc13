package queries

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
)

// Audit answers what records show of how permission was kept, for the customers
// that f picks; its messages are those of the campaigns that started in f's
// period, its other parts whatever is on record.
func (d *Dataset) Audit(ctx context.Context, f Filter) (Audit, error) {
	var out Audit
	out.Sent.Campaigns, out.Sent.Reasons = []SentCampaign{}, []SentReason{}
	out.Proof.Fields, out.Proof.Sources = []ProofField{}, []ProofSource{}
	out.Effort.Give, out.Effort.Withdraw = noAct(NobodyThere), noAct(NobodyThere)
	out.Retention.Kinds = []RetentionOf{}
	picked, err := d.pick(ctx, f)
	if err != nil {
		return out, err
	}
	if err := d.sent(about(ctx, "sent", "reasons"), f, picked, &out.Sent); err != nil {
		return out, err
	}
	args := []any{sql.Named("segments", picked.segments)}
	if err := d.proof(about(ctx, "proof"), args, &out.Proof); err != nil {
		return out, err
	}
	if err := d.effort(about(ctx, "effort"), args, &out.Effort); err != nil {
		return out, err
	}
	if err := d.retention(about(ctx, "retention"), args, &out.Retention); err != nil {
		return out, err
	}
	out.Changes, err = d.changes(ctx, f, picked, within, d.kept)
	return out, err
}

// What Audit compares: shares of messages, and of consents.
const (
	SentWithout   = "without" // messages without a valid consent
	SentInGrace   = "grace"   // messages in the grace after a withdrawal
	ProofComplete = "proof"   // consents with every field of proof on record
)

// sent fills in the messages.
func (d *Dataset) sent(ctx context.Context, f Filter, picked selection, s *Sent) error {
	s.GraceDays = d.store.Meta.GraceDays
	if !d.campaigns || len(d.purposes) == 0 {
		s.Missing = NoInput
		return nil
	}
	campaigns, order := map[int32]*SentCampaign{}, []int32{}
	args := []any{sql.Named("segments", picked.segments), sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until))}
	err := d.each(ctx, "delivered", args, func(rows *sql.Rows) error {
		var key int32
		var content string
		var assigned int64
		var delivered sql.NullInt64
		c := SentCampaign{Reasons: []SentReason{}}
		if err := rows.Scan(&key, &c.Campaign, &c.Name, &c.Started, &content, &assigned, &delivered); err != nil {
			return err
		}
		if campaigns[key] == nil {
			campaigns[key], order = &c, append(order, key)
		}
		if delivered.Valid {
			campaigns[key].Messages += delivered.Int64
		} else if content != holdout {
			s.Unknown += assigned
		}
		if c.Started != "" && (s.Since == "" || c.Started < s.Since) {
			s.Since = c.Started
		}
		s.Until = max(s.Until, c.Started)
		return nil
	})
	if err != nil {
		return err
	}
	if len(order) == 0 {
		s.Missing = NothingInPeriod
		return nil
	}
	err = d.each(ctx, "sent", []any{sql.Named("segments", picked.segments)}, func(rows *sql.Rows) error {
		var key int32
		var reason string
		var age int
		var n int64
		if err := rows.Scan(&key, &reason, &age, &n); err != nil {
			return err
		}
		c, asked := campaigns[key]
		if !asked {
			return nil
		}
		switch reason {
		case "transactional":
			s.Transactional, c.Messages = s.Transactional+n, c.Messages-n
			return nil
		case "unnamed":
			s.Unnamed, c.Messages = s.Unnamed+n, c.Messages-n
			return nil
		case "undated":
			s.Undated, c.Messages = s.Undated+n, c.Messages-n
			return nil
		case SentGrace:
			s.Grace, c.Grace = s.Grace+n, c.Grace+n
		default:
			s.Without, c.Without = s.Without+n, c.Without+n
		}
		c.Reasons, s.Reasons = counted(c.Reasons, reason, age, n), counted(s.Reasons, reason, age, n)
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range order {
		c := campaigns[key]
		s.Messages += c.Messages
		sortReasons(c.Reasons)
		s.Campaigns = append(s.Campaigns, *c)
	}
	sortReasons(s.Reasons)
	slices.SortStableFunc(s.Campaigns, func(a, b SentCampaign) int {
		return cmp.Or(cmp.Compare(b.Without, a.Without), cmp.Compare(b.Grace, a.Grace), cmp.Compare(b.Started, a.Started))
	})
	if s.Messages == 0 {
		s.Missing = NotRecorded
		if s.Transactional+s.Unnamed+s.Undated > 0 {
			s.Missing = NobodyThere
		}
	}
	return nil
}

// counted adds messages to the reason of that name.
func counted(list []SentReason, reason string, age int, n int64) []SentReason {
	i := slices.IndexFunc(list, func(r SentReason) bool { return r.Reason == reason })
	if i < 0 {
		i, list = len(list), append(list, SentReason{Reason: reason})
	}
	list[i].Messages += n
	if at := slices.Index(AuditAges[:], age); at >= 0 {
		list[i].Ages[at] += n
	}
	return list
}

func sortReasons(list []SentReason) {
	slices.SortStableFunc(list, func(a, b SentReason) int {
		if (a.Reason == SentGrace) != (b.Reason == SentGrace) {
			return map[bool]int{true: 1, false: -1}[a.Reason == SentGrace]
		}
		return cmp.Compare(b.Messages, a.Messages)
	})
}

// proof fills in how complete the records are.
func (d *Dataset) proof(ctx context.Context, args []any, p *Proof) error {
	if len(d.purposes) == 0 {
		p.Missing = NoInput
		return nil
	}
	for _, field := range ProofFields() {
		p.Fields = append(p.Fields, ProofField{Field: field})
	}
	err := d.each(ctx, "proof", args, func(rows *sql.Rows) error {
		var s ProofSource
		with := make([]int64, len(p.Fields))
		to := []any{&s.Source, &s.Grants}
		for i := range with {
			to = append(to, &with[i])
		}
		if err := rows.Scan(append(to, &s.Complete)...); err != nil {
			return err
		}
		for i, n := range with {
			s.Missing = append(s.Missing, s.Grants-n)
			p.Fields[i].Missing += s.Grants - n
		}
		p.Grants, p.Complete = p.Grants+s.Grants, p.Complete+s.Complete
		p.Sources = append(p.Sources, s)
		return nil
	})
	if err == nil && p.Grants == 0 {
		p.Missing = NobodyThere
	}
	slices.SortStableFunc(p.Sources, func(a, b ProofSource) int { return cmp.Compare(a.Share(), b.Share()) })
	return err
}

func noAct(why Reason) EffortAct {
	return EffortAct{Days: Missing[float64](why), Steps: Missing[float64](why), Methods: []EffortMethod{}}
}

// effort fills in what giving and withdrawing take.
func (d *Dataset) effort(ctx context.Context, args []any, e *Effort) error {
	e.GraceDays = d.store.Meta.GraceDays
	if len(d.purposes) == 0 {
		e.Missing = NoInput
		return nil
	}
	sums := map[*EffortAct][2]int64{} // days and steps in all
	err := d.each(ctx, "effort", args, func(rows *sql.Rows) error {
		var act string
		var m EffortMethod
		var steps sql.NullInt64
		var inGrace, days int64
		if err := rows.Scan(&act, &m.Method, &steps, &m.Acts, &m.Timed, &m.SameDay, &inGrace, &days); err != nil {
			return err
		}
		m.Days, m.Steps = mean(days, m.Timed), Missing[int64](NotRecorded)
		a := &e.Give
		if act == "withdraw" {
			a = &e.Withdraw
		}
		sum := sums[a]
		sum[0] += days
		if steps.Valid {
			m.Steps = Known(steps.Int64)
			a.Stepped += m.Acts
			sum[1] += m.Acts * steps.Int64
		}
		sums[a] = sum
		a.Acts, a.Timed, a.SameDay, a.InGrace = a.Acts+m.Acts, a.Timed+m.Timed, a.SameDay+m.SameDay, a.InGrace+inGrace
		a.Methods = append(a.Methods, m)
		return nil
	})
	for a, sum := range sums {
		a.Days, a.Steps = mean(sum[0], a.Timed), mean(sum[1], a.Stepped)
	}
	if err == nil && e.Give.Acts+e.Withdraw.Acts == 0 {
		e.Missing = NobodyThere
	}
	return err
}

// mean is a sum over n, which may be none.
func mean(sum, n int64) Figure[float64] {
	if n == 0 {
		return Missing[float64](NotRecorded)
	}
	return Known(float64(sum) / float64(n))
}

// retention fills in what is kept for how long.
func (d *Dataset) retention(ctx context.Context, args []any, r *Retention) error {
	r.At, r.CustomersDays, r.ConsentsDays = d.provenance.AsOf, d.store.Meta.RetainCustomersDays, d.store.Meta.RetainConsentsDays
	if r.At == "" {
		r.Missing = NoDates
		return nil
	}
	for _, kind := range []string{RetainLeft, RetainInactive, RetainEnded} {
		x := RetentionOf{Kind: kind, Period: r.CustomersDays, Past: Missing[int64](NotRecorded)}
		if kind == RetainEnded {
			x.Period = r.ConsentsDays
		}
		if x.Period > 0 {
			x.Past = Known[int64](0)
		}
		r.Kinds = append(r.Kinds, x)
	}
	return d.each(ctx, "retention", args, func(rows *sql.Rows) error {
		var kind string
		var years int
		var n, past int64
		if err := rows.Scan(&kind, &years, &n, &past); err != nil {
			return err
		}
		for i := range r.Kinds {
			if x := &r.Kinds[i]; x.Kind == kind {
				x.Records += n
				x.Years[years] += n
				if before, configured := x.Past.Value(); configured {
					x.Past = Known(before + past)
				}
			}
		}
		return nil
	})
}
