package queries_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accord/queries"
)

// unevenShop is a shop with values of few people, few messages of one campaign in
// some months, some that nobody knows when they were sent, and few who unsubscribe.
func unevenShop(t *testing.T, seed uint64, n int) *queries.Dataset {
	t.Helper()
	s := newShop(seed, n)
	for i := range s.customers {
		switch {
		case i < 7:
			s.customers[i].region = "NT"
		case i < 19:
			s.customers[i].region = "YT"
		}
		if i%11 == 3 && s.customers[i].region == "QC" {
			s.customers[i].age = "75+"
		}
	}
	late := int(seed % 2 * 40) // of some shops, one campaign is of few
	kept := s.assigned[:0]
	for _, a := range s.assigned {
		if a.campaign == "spring" && a.customer%43 == 1 {
			continue // a few were sent nothing
		}
		if a.campaign == "spring" || late == 0 || a.customer < late {
			kept = append(kept, a)
		}
	}
	s.assigned = kept
	dir := t.TempDir()
	s.write(t, dir)
	expiring(t, dir)
	list := s.letters(seed)
	for i := range list {
		if i%97 == 5 {
			list[i].sent = time.Time{}
		}
		if i%13 == 0 && list[i].human { // pictures were not loaded
			list[i].opened = false
		}
	}
	writeLetters(t, dir, list)
	return opened(t, dir, queries.Options{MinCell: 11})
}

// expiring gives consents an end after the as-of date: for e-mail many, for
// personalisation a few.
func expiring(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "consents.csv")
	b, err := os.ReadFile(path)
	must(t, err)
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	for i, line := range lines {
		switch {
		case i == 0:
			lines[i] += ",expires_at"
		case strings.Contains(line, ",email,given") || strings.Contains(line, ",personalisation,given") && i%7 == 0:
			lines[i] += fmt.Sprintf(",2018-07-%02d", 5+i%24)
		default:
			lines[i] += ","
		}
	}
	must(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600))
}

// What is shown on a screen tells nobody of fewer than k people, whatever its
// panels say together.
func TestAttackOneAnswer(t *testing.T) {
	t.Parallel()
	filters := []string{"", "region=QC", "age_band!=55+ since=2018-03-01 until=2018-05-31", "since=2018-04-01 vs=previous", "region=ON,QC vs=rest", "since=2018-04-01 until=2018-04-30"}
	ctx := context.Background()
	asked := 0
	for _, shop := range []struct {
		seed uint64
		n    int
	}{{3, 130}, {4, 260}, {9, 420}} {
		d := unevenShop(t, shop.seed, shop.n)
		for i, text := range filters { // each with some of the ways to cut, all of them together
			f := mustParse(t, text)
			attack := func(screen string, err error, read func(*attacker)) {
				place := fmt.Sprintf("shop %d, %s, %q", shop.seed, screen, text)
				if refused := (*queries.RefusedError)(nil); errors.As(err, &refused) {
					return
				}
				must(t, err)
				asked++
				a := newAttacker(11, place)
				read(a)
				for _, found := range a.found() {
					t.Error(found)
				}
			}
			o, err := d.Overview(ctx, f)
			attack("overview", err, func(a *attacker) { a.overview(o) })
			for _, by := range []string{"", []string{"region", queries.ByChannel}[i%2]} {
				c, err := d.Consent(ctx, f, queries.Choice{By: by})
				attack("consent by "+by, err, func(a *attacker) { a.consent(c) })
			}
			for j, by := range []string{"region", "age_band"} {
				x, err := d.Trust(ctx, f, queries.Choice{By: by})
				attack("trust by "+by, err, func(a *attacker) { a.trust(x) })
				l, err := d.Lift(ctx, f, queries.Choice{By: by, Measure: string(queries.HumanClick)})
				attack("lift by "+by, err, func(a *attacker) { a.lift(l) })
				for _, measure := range []string{queries.MeasureStates, []string{queries.MeasureEngagement, queries.MeasureRevenue, queries.MeasureStance}[(i+j)%3]} {
					s, err := d.Segments(ctx, f, queries.Choice{By: by, Across: map[string]string{"region": "age_band", "age_band": "region"}[by], Measure: measure})
					attack("segments "+measure+" by "+by, err, func(a *attacker) {
						a.segments("rows", s)
						var given []bool
						for _, r := range s.Reasons.Rows {
							given = append(given, r.Rate.Estimate.Why() == "")
						}
						a.order("reasons", given...)
					})
				}
			}
			for j, by := range []string{queries.ByContent, queries.ByCampaign, queries.ByOptedIn, "region"} {
				measure := []queries.Metric{queries.HumanOpen, queries.ClickToOpen, queries.Unsubscribe}[(i+j)%3]
				e, err := d.Engagement(ctx, f, queries.Choice{By: by, Measure: string(measure)})
				attack(fmt.Sprint("engagement ", measure, " by ", by), err, func(a *attacker) { a.engagement(e) })
			}
		}
	}
	if asked < 200 {
		t.Errorf("only %d answers were attacked", asked)
	}
}
