package queries

import (
	"context"
	"database/sql"
)

// Unconsented are the messages that were sent without a valid consent, by
// campaign. Its counts are exempt from suppression, as those of all that has to be
// looked into are.
type Unconsented struct {
	Missing   Reason                `json:"missing,omitempty"` // "" = there are messages that need consent
	Campaigns []UnconsentedCampaign `json:"campaigns"`         // latest first, undated last
}

// An UnconsentedCampaign is the messages of one campaign that were delivered, of
// arms that need consent and say what for.
type UnconsentedCampaign struct {
	Campaign string `json:"campaign"`
	Name     string `json:"name"`
	Started  Date   `json:"started"` // empty = undated
	Messages int64  `json:"messages"`
	// Without counts those for which one of the purposes had no valid consent, on
	// any basis, when they were sent, unless it had been withdrawn fewer than 10
	// business days before (CASL, section 11(3)).
	Without int64 `json:"without"`
}

// graceBusinessDays is how long a withdrawal may take to have effect.
const graceBusinessDays = 10

// Unconsented counts the messages sent without a valid consent by the campaigns
// that started in the period, to the customers that f picks.
func (d *Dataset) Unconsented(ctx context.Context, f Filter) (Unconsented, error) {
	out := Unconsented{Campaigns: []UnconsentedCampaign{}}
	picked, err := d.pick(ctx, f)
	if err != nil {
		return out, err
	}
	if !d.campaigns || len(d.purposes) == 0 {
		out.Missing = NoInput
		return out, nil
	}
	args := []any{
		sql.Named("everyone", picked.everyone), sql.Named("segments", picked.segments), sql.Named("grace", graceBusinessDays), sql.Named("zone", d.provenance.Zone),
		sql.Named("since", optional(f.Since)), sql.Named("until", optional(f.Until)),
	}
	err = d.each(ctx, "unconsented", args, func(rows *sql.Rows) error {
		var c UnconsentedCampaign
		err := rows.Scan(&c.Campaign, &c.Name, &c.Started, &c.Messages, &c.Without)
		out.Campaigns = append(out.Campaigns, c)
		return err
	})
	if err == nil && len(out.Campaigns) == 0 {
		out.Missing = NothingInPeriod
	}
	return out, err
}
