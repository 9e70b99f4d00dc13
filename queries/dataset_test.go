package queries_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"accord/queries"
)

// A filter that keeps, or of which a term removes, 1 to k-1 people is refused;
// by default k is 11.
func TestFilterRefused(t *testing.T) {
	s := newShop(7, 300)
	for i := range s.customers {
		s.customers[i].region = "QC"
		if i < 5 {
			s.customers[i].region = "NT"
		}
	}
	d := s.open(t, queries.Options{})
	for text, refused := range map[string]bool{
		"":                       false,
		"region=QC":              true, // removes five
		"region=NT":              true, // keeps five
		"region=NT,QC":           true, // without NT, five fewer
		"region!=NT":             true,
		"age_band=55+":           false,
		"age_band=55+ region=QC": true, // of those, removes one or two
	} {
		_, err := d.Lift(context.Background(), mustParse(t, text), queries.Choice{})
		var why *queries.RefusedError
		if errors.As(err, &why) != refused || (!refused && err != nil) {
			t.Errorf("%q: %v; want refused %t", text, err, refused)
		}
	}
	if d := s.open(t, queries.Options{MinCell: 1}); d != nil {
		if _, err := d.Lift(context.Background(), mustParse(t, "region=NT"), queries.Choice{}); err != nil {
			t.Errorf("at k = 1: %v", err)
		}
	}
}

// Two terms that single five people out together are refused behind any number of
// others that remove nobody.
func TestFilterOfManyTermsRefused(t *testing.T) {
	const dimensions = 18
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("customer_id")
	for i := range dimensions {
		fmt.Fprintf(&rows, ",d%d", i)
	}
	for n := range 200 {
		fmt.Fprintf(&rows, "\nC%d", n)
		for i := range dimensions {
			value := "ab"[n%2 : n%2+1]
			if i < 2 { // five have b in both
				value = "a"
				if n < 5 {
					value = "b"
				}
			}
			rows.WriteString("," + value)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "customers.csv"), []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	d := opened(t, dir, queries.Options{})
	for _, test := range []struct {
		from, terms   int
		refused, many bool
	}{
		{0, 2, true, false}, {0, 13, true, false}, {0, 16, true, false}, {0, 17, true, true},
		{2, 13, false, false}, {2, 16, false, false},
	} {
		var text []string
		for i := test.from; i < test.from+test.terms; i++ {
			values := "a,b"
			if i < 2 {
				values = "a"
			}
			text = append(text, fmt.Sprintf("d%d=%s", i, values))
		}
		_, err := d.Overview(context.Background(), mustParse(t, strings.Join(text, " ")))
		var why *queries.RefusedError
		if errors.As(err, &why) != test.refused || (!test.refused && err != nil) || (test.refused && why.Many != test.many) {
			t.Errorf("%s: %v; want refused %t", text, err, test.refused)
		}
	}
}

func TestFilterNamesWhatIsThere(t *testing.T) {
	d := newShop(3, 300).open(t, queries.Options{})
	for text, want := range map[string]string{
		"regoin=QC":        "write region",
		"region=QX":        "write QC",
		"age_band=55+ a=1": "column 1",
	} {
		_, err := d.Overview(context.Background(), mustParse(t, text))
		var mistake *queries.FilterError
		if !errors.As(err, &mistake) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want it to say %q", text, err, want)
		}
	}
}

// With few people, nothing small is shown anywhere in an answer.
func TestSmallCellsWithheld(t *testing.T) {
	d := newShop(5, 60).open(t, queries.Options{})
	lift, err := d.Lift(context.Background(), queries.Filter{}, queries.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	withheld := 0
	for _, c := range lift.Campaigns {
		for _, a := range c.Arms {
			for _, o := range a.Outcomes {
				n, thereN := o.N.Value()
				people, there := o.People.Value()
				if there && (people > 0 && people < 11 || thereN && n-people > 0 && n-people < 11) {
					t.Errorf("%s %s %s: %d of %d is shown", c.Campaign, a.Arm, o.Metric, people, n)
				}
				if _, shown := o.Value.Value(); shown && !there {
					t.Errorf("%s %s %s: a rate without its numerator", c.Campaign, a.Arm, o.Metric)
				}
				if o.Value.Why().Suppressed() {
					withheld++
				}
			}
		}
		for _, x := range lift.Comparisons {
			if x.Verdict == queries.Withheld && !x.Difference.Why().Suppressed() {
				t.Errorf("%s %s: a difference that gives a withheld rate away", c.Campaign, x.Arm)
			}
		}
	}
	if withheld == 0 {
		t.Error("nothing is withheld: the test tests nothing")
	}
}

func TestGuarded(t *testing.T) {
	if _, err := queries.Open(context.Background(), "nowhere", queries.Options{Guarded: true, MinCell: 5}); !errors.Is(err, queries.ErrGuarded) {
		t.Errorf("%v, want ErrGuarded", err)
	}
}

// A cancelled question returns, and the data set can be asked again; many can
// ask at once.
func TestCancelAndConcurrency(t *testing.T) {
	d := newShop(2, 200).open(t, queries.Options{})
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.Overview(cancelled, queries.Filter{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			if i%4 == 0 {
				go cancel()
			}
			defer cancel()
			if _, err := d.Overview(ctx, mustParse(t, "region=QC")); err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if _, err := d.Overview(context.Background(), queries.Filter{}); err != nil {
		t.Error(err)
	}
}
