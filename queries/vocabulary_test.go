package queries_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"accord/queries"
)

// The counts of values are those of a plain computation, none of them small,
// and none that is small follows from the others.
func TestVocabularyCountsCustomers(t *testing.T) {
	s := newShop(6, 400)
	for i := range s.customers {
		s.customers[i].left = time.Time{}
		if i < 5 {
			s.customers[i].region = "NT"
		}
	}
	plain := map[string]int64{}
	for _, c := range s.customers {
		plain[c.region]++
	}
	region := dimensionOf(t, s.open(t, queries.Options{}), "region")
	hidden := int64(0)
	for i, value := range region.Values {
		n, there := region.People[i].Value()
		switch {
		case there && n != plain[value]:
			t.Errorf("%s: %d customers, want %d", value, n, plain[value])
		case there && n > 0 && n < queries.DefaultMinCell:
			t.Errorf("%s: %d customers are shown", value, n)
		case !there:
			hidden += plain[value]
		}
	}
	if hidden < queries.DefaultMinCell {
		t.Errorf("%d customers follow from the total", hidden)
	}
}

// Where few have left, their number would follow from rates of those known.
func TestVocabularyDoesNotCountThoseWhoLeft(t *testing.T) {
	s := newShop(6, 400)
	for i := range s.customers {
		s.customers[i].left = time.Time{}
	}
	s.customers[0].left = s.customers[0].created.AddDate(0, 0, 30)
	for i, n := range dimensionOf(t, s.open(t, queries.Options{}), "region").People {
		if _, there := n.Value(); there {
			t.Errorf("value %d is counted", i)
		}
	}
}

func dimensionOf(t *testing.T, d *queries.Dataset, name string) queries.Dimension {
	t.Helper()
	for _, dim := range d.Vocabulary().Dimensions {
		if dim.Name == name {
			return dim
		}
	}
	t.Fatalf("no dimension %s", name)
	return queries.Dimension{}
}

// A mistake is marked where it stands in the text as it was written, with what
// may have been meant.
func TestVocabularyMarksMistakes(t *testing.T) {
	_, d := oneShop()
	for text, want := range map[string]queries.FilterError{
		"age_band=55+  regoin=QC":          {Column: 15, Width: 6, Nearest: "region"},
		`region=QC,"New Brunswik"`:         {Column: 11, Width: 14, Nearest: `"New Brunswick"`},
		"since=2018-01-01 purpose=persona": {Column: 26, Width: 7, Nearest: "personalisation"},
	} {
		_, err := d.Vocabulary().Parse(text)
		var e *queries.FilterError
		if !errors.As(err, &e) || e.Column != want.Column || e.Width != want.Width || e.Nearest != want.Nearest {
			t.Errorf("%q: %+v, want %+v", text, e, want)
		}
		if _, err := d.Overview(context.Background(), mustParse(t, text)); !errors.As(err, &e) {
			t.Errorf("%q: a question answers with %v", text, err)
		}
	}
}
