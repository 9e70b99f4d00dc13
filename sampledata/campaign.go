package sampledata

import (
	"fmt"
	"slices"
)

// campaign is a campaign made ready for drawing.
type campaign struct {
	Campaign
	permission uint8    // the purpose without which the channel may not be used
	arms       []*Arm   // beside the shares
	armIndex   []int32  // of each arm in truths.toml
	split      [2]wheel // by language where the split depended on it, else twice the same
	click      [2]float64
	pick       float64 // the chance of a customer to be chosen
}

func (m *model) setCampaigns() error {
	all := slices.Clone(m.Truths.Campaigns)
	if m.full {
		all = append(all, m.newsletters()...)
	}
	slices.SortStableFunc(all, func(a, b Campaign) int { return int(a.Starts - b.Starts) })
	for _, c := range all {
		ready := &campaign{Campaign: c, pick: c.Reach, click: [2]float64{c.Click, c.Click}}
		switch c.Channel {
		case "email":
			ready.permission = email
		case "sms":
			ready.permission = sms
		case "app":
			ready.permission = app
		default:
			return fmt.Errorf("truths.toml: campaign %s: channel %q is not known", c.ID, c.Channel)
		}
		if c.Size > 0 {
			ready.pick = float64(c.Size) / (c.Eligible * float64(m.customers))
		}
		split := c.Split
		if split == nil {
			split = c.Arms
		}
		for _, s := range split {
			i := slices.IndexFunc(m.Truths.Arms, func(a Arm) bool { return a.Arm == s.Arm })
			if i < 0 {
				return fmt.Errorf("truths.toml: campaign %s: arm %q is not known", c.ID, s.Arm)
			}
			ready.arms, ready.armIndex = append(ready.arms, &m.Truths.Arms[i]), append(ready.armIndex, int32(i))
		}
		ready.setSplit(m, split)
		m.campaigns = append(m.campaigns, ready)
	}
	return nil
}

// setSplit compiles the shares of the arms, which may have differed by language.
func (c *campaign) setSplit(m *model, split []ArmShare) {
	whole := wheelOf(split, func(s ArmShare) float64 { return s.Share })
	c.split = [2]wheel{whole, whole}
	for language, g := range m.Languages {
		for _, v := range c.ClickByLanguage {
			if v.Value == g.Value {
				c.click[language] = v.Click
			}
		}
		for _, v := range c.SplitByLanguage {
			if v.Value == g.Value {
				c.split[language] = wheelOf(split, func(s ArmShare) float64 {
					if s.Arm == v.Arm {
						return v.Share
					}
					return (1 - v.Share) / float64(len(split)-1)
				})
			}
		}
	}
}

// newsletters are the weekly mailings, numbered through the period.
func (m *model) newsletters() []Campaign {
	n := &m.Newsletter
	var out []Campaign
	for day := m.FirstDay; day <= m.LastDay; day++ {
		if day.weekday() != n.Weekday {
			continue
		}
		out = append(out, Campaign{ID: "infolettre-" + day.String(), Name: fmt.Sprintf("%s %s", n.Name, day), Channel: "email",
			Starts: day, Hour: 12, Reach: n.Reach, Open: n.Open, Click: n.Click, unsubscribed: n.Unsubscribed, Arms: n.Arms})
	}
	return out
}

// starts is when a campaign's first message is due.
func (c *campaign) starts() int64 { return c.Starts.at(int64(c.Hour) * hourSeconds) }

// planCampaigns draws which campaigns choose a customer and when. Most go out in batches within an hour
// and a half; a spread one takes any hour of a week by chance, so that the best moment can be estimated.
func (l *life) planCampaigns() {
	for i, c := range l.campaigns {
		if !l.chance(c.pick) {
			continue
		}
		at := c.starts() + l.below(18)*300
		if c.Spread {
			at = (c.Starts + Day(l.below(7))).at(int64(c.Hour)*hourSeconds + l.below(15*60)*60)
		}
		l.plan(moment{at: at, what: mailed, index: int32(i)})
	}
}

// mayReceive tells whether the list of a campaign holds a customer. The list is some days old when it is
// used, so that a few who have just withdrawn are written to all the same.
func (l *life) mayReceive(c *campaign, at int64) bool {
	listed := at - l.Response.ListAgeHours*hourSeconds
	if l.created > listed || c.Target == "not_opted_in" && l.optedIn(personalisation, at) {
		return false
	}
	held := &l.consents[c.permission]
	switch {
	case held.valid(at):
		return held.renewed <= listed
	case held.basis == none:
		return held.withdrawn > listed
	case c.ToLapsed > 0 && held.until == l.Implied.OlderLapseOn.at(0):
		return l.chance(c.ToLapsed)
	default:
		return held.until > listed
	}
}

func (m *model) writeCampaigns(campaigns, arms *sheet) {
	for _, c := range m.campaigns {
		campaigns.text(c.ID).text(c.Name).text(c.Channel).instant(c.starts()).text("generic")
		for i, a := range c.arms {
			purposes := purposeNames[c.permission]
			for _, p := range a.Purposes {
				purposes += ";" + p
			}
			if a.Arm == "holdout" {
				purposes = ""
			}
			arms.text(c.ID).text(a.Arm).text(a.Content).text(purposes).flag(a.Arm != "holdout").number(int64(c.Campaign.Arms[i].Share*1e4 + 0.5))
		}
	}
}
