package queries_test

import (
	"cmp"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"accord/queries"
)

// The hours of the week equal the messages of the campaign that was spread, each
// beside the campaign's own rate.
func TestMomentsReconciled(t *testing.T) {
	s := newShop(12, 900)
	dir := t.TempDir()
	s.write(t, dir)
	list := s.letters(12)
	writeLetters(t, dir, list)
	d := opened(t, dir, queries.Options{MinCell: 1})
	for _, f := range filters {
		a := engagementOf(t, d, f.text, queries.Choice{Measure: "open"})
		m := a.Moments
		type place struct{ weekday, hour int }
		n, did, all, acts := map[place]int64{}, map[place]int64{}, 0.0, 0.0
		for _, l := range list {
			if !f.keep(s.customers[l.customer]) || !l.counts() || l.campaign != "late" {
				continue
			}
			at := place{(int(l.sent.Weekday())+6)%7 + 1, l.sent.Hour() / m.Hours * m.Hours}
			n[at]++
			all++
			if l.opener {
				did[at]++
				acts++
			}
		}
		if !m.Spread || len(m.Cells) != len(n) {
			t.Fatalf("%q: spread %t, %d cells, want %d", f.text, m.Spread, len(m.Cells), len(n))
		}
		best := -1.0
		for i, c := range m.Cells {
			at := place{c.Weekday, c.Hour}
			got, _ := c.N.Value()
			people, _ := c.People.Value()
			rate, _ := c.Rate.Value()
			shrunk, _ := c.Shrunk.Value()
			mean, crude := acts/all, float64(did[at])/float64(n[at])
			if got != n[at] || people != did[at] || math.Abs(rate-crude) > 1e-3 {
				t.Errorf("%q %v: %d of %d, %v; want %d of %d", f.text, at, people, got, rate, did[at], n[at])
			}
			if shrunk < min(crude, mean)-1e-3 || shrunk > max(crude, mean)+1e-3 {
				t.Errorf("%q %v: drawn to %v, from %v towards %v", f.text, at, shrunk, crude, mean)
			}
			if shrunk > best+1e-12 {
				best = shrunk
			} else if i == m.Best {
				t.Errorf("%q: %v is the best and is not", f.text, at)
			}
		}
	}
	// The other campaign alone came at one hour: nothing was spread.
	var spring []letter
	for _, l := range list {
		if l.campaign == "spring" {
			spring = append(spring, l)
		}
	}
	dir = t.TempDir()
	s.write(t, dir)
	writeLetters(t, dir, spring)
	if m := engagementOf(t, opened(t, dir, queries.Options{MinCell: 1}), "", queries.Choice{}).Moments; m.Spread || len(m.Cells) == 0 || len(m.Balanced)+len(m.Uneven) > 0 {
		t.Errorf("a campaign at one hour: %+v", m)
	}
}

// Before and after a mark are the weeks on either side of its week.
func TestTurnsReconciled(t *testing.T) {
	s := newShop(13, 800)
	dir := t.TempDir()
	s.write(t, dir)
	list := s.letters(13)
	for i := range list { // a third campaign, later, for how campaigns differ
		if i%3 == 0 && list[i].campaign == "spring" {
			list[i].campaign, list[i].at, list[i].sent = "may", list[i].at.AddDate(0, 0, 28), list[i].sent.AddDate(0, 0, 28)
			list[i].clickedAt = list[i].clickedAt.AddDate(0, 0, 28)
		}
	}
	for i := range list {
		l := &list[i]
		l.human = l.clicked && !l.machine && l.clickedAt.Before(l.at.AddDate(0, 0, 14)) && !l.clickedAt.Before(l.at)
	}
	writeLetters(t, dir, list)
	appendTo(t, filepath.Join(dir, "campaigns.csv"), "may,May,email,2018-05-01,generic\n")
	appendTo(t, filepath.Join(dir, "arms.csv"), "may,generic,generic,email,0.3333\nmay,personalised,personalised,email,0.6667\n")
	if err := os.WriteFile(filepath.Join(dir, "factors.csv"), []byte("day,kind,label,region,value\n2018-05-02,news,Something,,\n2018-05-03,weather,warm,,12.5\n2018-05-04,weather,warm,,13.5\n2018-05-01,holiday,Labour Day,,\n2018-05-21,holiday,Victoria Day,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := opened(t, dir, queries.Options{MinCell: 1})
	a := engagementOf(t, d, "", queries.Choice{})
	if len(a.Around.Turns) != 3 || a.Around.Compared != 3 {
		t.Fatalf("%d turns, want opens, clicks and clicks to opens around one mark", len(a.Around.Turns))
	}
	// The week of the mark begins on Monday 30 April.
	turn := time.Date(2018, 4, 30, 0, 0, 0, 0, time.UTC)
	for _, x := range a.Around.Turns {
		var before, after [2]int64
		for _, l := range list {
			yes, of := l.did(x.Metric)
			if !of || !l.counts() {
				continue
			}
			sides := &before
			if !l.sent.Before(turn) {
				sides = &after
			}
			if l.sent.Before(turn.AddDate(0, 0, -28)) || !l.sent.Before(turn.AddDate(0, 0, 28)) {
				continue
			}
			sides[1]++
			if yes {
				sides[0]++
			}
		}
		for side, r := range map[*[2]int64]queries.Rate{&before: x.Before, &after: x.After} {
			did, _ := r.Numerator.Value()
			n, _ := r.Denominator.Value()
			if did != side[0] || n != side[1] {
				t.Errorf("%s: %d of %d, want %v", x.Metric, did, n, *side)
			}
		}
		e, _ := x.Change.Value()
		p, _ := x.P.Value()
		if want := float64(after[0])/float64(after[1]) - float64(before[0])/float64(before[1]); !near(e.Value, want) || e.ExcludesZero() != (p < 0.05) {
			t.Errorf("%s: change %+v, p %v, want %v", x.Metric, e, p, want)
		}
	}
	if v := a.Around.Values; len(v) > 0 && (len(v[0].Points) != 1 || v[0].Points[0].Value != 13) {
		t.Errorf("weather %+v", v)
	}
	if w := a.Around.Weeks; len(w) != 1 || w[0].Kind != "holiday" || len(w[0].Points) != 2 || w[0].Points[0].At != "2018-05-06" {
		t.Errorf("weeks with holidays %+v; news is a mark", w)
	}
	if a.Factors.Missing != queries.TooFewToMeasure {
		t.Errorf("associations of a few weeks: %q", a.Factors.Missing)
	}
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString(text)
		err = cmp.Or(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}
