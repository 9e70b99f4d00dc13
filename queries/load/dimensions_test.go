package load

import (
	"fmt"
	"strings"
	"testing"
)

// Which columns become dimensions, with which values, of 60 customers; %d is
// the customer's number, from 0.
func TestDimensions(t *testing.T) {
	t.Parallel()
	const people = 60
	tests := []struct {
		name  string
		value func(i int) string
		want  string // values with people, or why it is left out
	}{
		{"few words", func(i int) string { return []string{"a", "b", "c"}[i%3] }, "a|20 b|20 c|20"},
		{"with gaps", func(i int) string { return []string{"a", "", "  "}[i%3] }, "a|20 unknown|40"},
		{"nothing", func(int) string { return "" }, string(whyEmpty)},
		{"too many words", func(i int) string { return fmt.Sprintf("w%d", i%51) }, string(whyManyValues)},
		{"nearly all differ", func(i int) string { return fmt.Sprintf("w%d", i%31) }, string(whyNearlyAll)},
		{"free text", func(i int) string { return strings.Repeat("blah ", 12+i%2) + "end" }, string(whyFreeText)},
		{"serial numbers", func(i int) string { return fmt.Sprintf("%013d", 1000000000000+i*7919) }, string(whyIdentifier)},
		{"few numbers", func(i int) string { return fmt.Sprint(i % 3) }, "0|20 1|20 2|20"},
		{"many numbers", func(i int) string { return fmt.Sprint(i) }, "11 to under 23|12 23 to under 35|12 35 to under 47|12 47 and over|13 under 11|11"},
		{"large numbers", func(i int) string { return fmt.Sprint(i * 1_000_000) }, "11000000 to under 23000000|12 23000000 to under 35000000|12 35000000 to under 47000000|12 47000000 and over|13 under 11000000|11"},
		{"small numbers", func(i int) string { return fmt.Sprint(float64(i) / 1000) }, "0.011 to under 0.023|12 0.023 to under 0.035|12 0.035 to under 0.047|12 0.047 and over|13 under 0.011|11"},
		{"numbers with gaps", func(i int) string { return []string{fmt.Sprint(i), "NaN", "inf", "-Infinity", ""}[min(i%15, 4)] }, ""},
		{"no number at all", func(i int) string {
			return strings.Repeat("+", i%2) + []string{"nan", "NaN", "NAN", "Nan", "nAn", "naN", "NaN ", "inf", "Inf", "INF", "infinity", "Infinity"}[i%12]
		}, ""},
		{"extreme numbers", func(i int) string {
			return []string{"1e308", "-1e308", "1e-300", "0", "1e999"}[i%5] + strings.Repeat("0", i%2) + fmt.Sprint(i%3)
		}, ""},
	}
	var csv strings.Builder
	csv.WriteString("customer_id")
	for _, test := range tests {
		csv.WriteString("," + test.name)
	}
	for i := range people {
		fmt.Fprintf(&csv, "\n%d", i)
		for _, test := range tests {
			csv.WriteString("," + test.value(i))
		}
	}
	b := files{"customers.csv": csv.String()}.load(t)
	left := map[string]string{}
	for _, l := range b.LeftOut {
		left[l.Column] = string(l.Why)
	}
	for _, test := range tests {
		got := left[test.name]
		if got == "" {
			got = strings.Join(rows(t, b.db, `SELECT "`+test.name+`", sum(people) FROM segments GROUP BY ALL ORDER BY ALL`), " ")
		}
		if test.want != "" && got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		for _, word := range []string{"NaN", "nan", "inf", "Inf"} {
			if strings.Contains(got, "under "+word) {
				t.Errorf("%s: a band that ends at no number: %s", test.name, got)
			}
		}
	}
	b.check(t, "SELECT count(*), sum(people) FROM segments WHERE segment_id >= 0", fmt.Sprintf("%d|%d", b.Segments, people))
	b.check(t, "SELECT count(*) FROM customers JOIN segments ON segment = segment_id", fmt.Sprint(people))
}

// A column may have any name: those that the load uses itself, quotes,
// punctuation, another language.
func TestNamesOfDimensions(t *testing.T) {
	t.Parallel()
	names := []string{"customer", "person", "segment", "everyone", "dim_customer", "raw_customer_id", "reject", "p", "s", "v0", "select", "a b", "x;--", "%s%d", "'quoted'", "都市"}
	header, row := "customer_id", ""
	for i, n := range names {
		header += ",\"" + strings.ReplaceAll(n, "\"", "\"\"") + "\""
		row += fmt.Sprintf(",v%d", i)
	}
	b := files{
		"customers.csv": header + ",people,Segment_ID,\u00a0,,opted_in\n" + numbered(1, 4, "%d"+row+",x,y,nbsp,nothing,z\n"),
		"survey.csv":    "respondent_id,stance,respondent,person,people\n1,willing,a,b,c\n2,willing,a,b,c\n3,willing,a,b,c\n",
	}.load(t)
	for i, n := range names {
		b.check(t, "SELECT \""+n+"\" FROM segments", fmt.Sprintf("v%d", i))
	}
	b.check(t, "SELECT column19, column20 FROM segments", "nbsp|nothing") // those without a name
	b.check(t, "SELECT respondent, person FROM survey_segments", "a|b")
	b.check(t, "SELECT segment, count(*) FROM customers GROUP BY ALL", "0|4")
	var reserved []string
	for _, l := range b.LeftOut {
		if l.Why == whyReserved {
			reserved = append(reserved, l.Input+" "+l.Column)
		}
	}
	if got := strings.Join(reserved, ", "); got != "customers people, customers Segment_ID, customers opted_in, survey people" {
		t.Errorf("reserved are %s", got)
	}
}

// Columns are taken in their order until they would make too many segments.
func TestTooManySegments(t *testing.T) {
	t.Parallel()
	const people = 25_000
	var csv strings.Builder
	csv.WriteString("customer_id,a,b,c,d\n")
	for i := range people {
		fmt.Fprintf(&csv, "%d,a%d,b%d,c%d,d%d\n", i, i%40, i/40%40, i/1600%40, i%2)
	}
	b := files{"customers.csv": csv.String()}.load(t)
	b.check(t, "SELECT name FROM dimensions ORDER BY position", "a\nb\nd")
	if b.Segments != 1600 || len(b.LeftOut) != 1 || b.LeftOut[0] != (LeftOut{"customers", "c", whySegments}) {
		t.Errorf("%d segments, left out %v", b.Segments, b.LeftOut)
	}
}
