package report

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"accord/queries"
	"accord/tui/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

var fakes = []struct {
	name string
	make func() fake
}{{"rich", rich}, {"empty", bare}, {"few", few}, {"hostile", hostile}}

func write(t *testing.T, a Answers, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(context.Background(), &b, a, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run the test with -update and look at it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if that is meant:\n%s", path, diff)
	}
}

func TestTextGoldens(t *testing.T) {
	filter, err := queries.ParseFilter("region=QC since=2017-01-01")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fakes {
		for _, l := range []words.Language{words.English, words.French} {
			for _, width := range []int{60, 80, 120} {
				if f.name != "rich" && width != 80 {
					continue
				}
				o := Options{Width: width, Printer: words.New(l)}
				if f.name == "rich" {
					o.Filter = filter
				}
				for _, o.Screen = range Screens() {
					golden(t, fmt.Sprintf("%s/%s-%v-%d.txt", o.Screen, f.name, l, width), write(t, f.make(), o))
				}
			}
		}
	}
	golden(t, "overview/rich-ascii.txt", write(t, rich(), Options{Screen: "overview", ASCII: true}))
}

// Every line fits, and holds nothing but visible text, whatever the names are.
func TestTextFits(t *testing.T) {
	for _, f := range fakes {
		for _, l := range []words.Language{words.English, words.French} {
			for _, width := range []int{0, 1, 60, 61, 73, 80, 100, 120, 200} {
				want := max(width, leastWidth)
				if width == 0 {
					want = usualWidth
				}
				for i, line := range strings.Split(write(t, f.make(), Options{Width: width, Printer: words.New(l)}), "\n") {
					if got := ansi.StringWidth(line); got > want {
						t.Errorf("%s %v at %d: line %d has %d cells: %q", f.name, l, width, i+1, got, line)
					}
					if strings.IndexFunc(line, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) || hides(r) }) >= 0 {
						t.Errorf("%s %v at %d: line %d could disturb a terminal: %q", f.name, l, width, i+1, line)
					}
					if strings.HasSuffix(line, " ") {
						t.Errorf("%s %v at %d: line %d ends with a space: %q", f.name, l, width, i+1, line)
					}
				}
			}
		}
	}
}

// hides reports whether a rune reorders or hides text; the joiner inside an
// emoji does neither.
func hides(r rune) bool { return unicode.Is(unicode.Cf, r) && r != '\u200d' }

func TestASCIIText(t *testing.T) {
	f := rich()
	f.provenance.Title = "Boreal"
	for i, r := range write(t, f, Options{ASCII: true}) {
		if r > '~' {
			t.Fatalf("%q at byte %d", r, i)
		}
	}
}

// The label of made-up data, its last day, k and the filter open and close
// every text, and the JSON holds them.
func TestProvenanceIsEverywhere(t *testing.T) {
	filter := queries.Filter{Until: "2018-06-30"}
	for _, screen := range append(Screens(), "") {
		text := write(t, rich(), Options{Screen: screen, Filter: filter, Width: 200})
		lines := strings.Split(strings.TrimSpace(text), "\n")
		head, foot := strings.Join(lines[:2], " "), lines[len(lines)-1]
		for _, part := range []string{"Synthetic data", "Boréal", "2018-12-31", "fewer than 11", "until=2018-06-30"} {
			if !strings.Contains(head, part) || !strings.Contains(foot, part) {
				t.Errorf("screen %q: no %q in %q and in %q", screen, part, head, foot)
			}
		}
		var e struct {
			Filter     string
			Provenance struct {
				Synthetic bool
				AsOf      string `json:"as_of"`
				MinCell   int    `json:"min_cell"`
			}
		}
		if err := json.Unmarshal([]byte(write(t, rich(), Options{Screen: screen, Format: "json", Filter: filter})), &e); err != nil {
			t.Fatal(err)
		}
		if !e.Provenance.Synthetic || e.Provenance.AsOf != "2018-12-31" || e.Provenance.MinCell != 11 || e.Filter != "until=2018-06-30" {
			t.Errorf("screen %q: %+v", screen, e)
		}
	}
}

// Where the split went wrong no difference is shown that could be read as a
// verdict.
func TestNoDifferenceWithoutVerdict(t *testing.T) {
	f := rich()
	f.campaigns = f.campaigns[1:2]
	text := write(t, f, Options{Screen: "lift"})
	for _, bad := range []string{"pp [", "higher", "lower", "▲"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q in a campaign whose split went wrong:\n%s", bad, text)
		}
	}
}

func TestUnknownNames(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Screen: "lifts"}, `"lifts" is not a screen: write ` + choices(Screens()) + `, or none for all`},
		{Options{Format: "pdf"}, `"pdf" is not a format: write ` + choices(Formats())},
	} {
		var b bytes.Buffer
		err := Write(context.Background(), &b, rich(), c.o)
		if err == nil || err.Error() != c.want || b.Len() > 0 {
			t.Errorf("got %v and %d bytes, want %s", err, b.Len(), c.want)
		}
	}
}

func TestErrorsOfQuestionsArePassedOn(t *testing.T) {
	failed := errors.New("the store is gone")
	var b bytes.Buffer
	for _, screen := range append(Screens(), "") {
		for _, format := range Formats() {
			err := Write(context.Background(), &b, fake{err: failed}, Options{Screen: screen, Format: format})
			if !errors.Is(err, failed) || b.Len() > 0 {
				t.Errorf("screen %q as %s: %v and %d bytes", screen, format, err, b.Len())
			}
		}
	}
}

// The options belong to the caller.
func TestWriteLeavesThePrinterAlone(t *testing.T) {
	p := words.New(words.French)
	before := *p
	write(t, rich(), Options{Printer: p, ASCII: true})
	if *p != before {
		t.Errorf("the printer is now %+v", *p)
	}
}

func TestKnowsNothingOfBubbleTea(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range strings.FieldsSeq(string(out)) {
		if strings.Contains(pkg, "bubbletea") || strings.Contains(pkg, "/bubbles") || pkg == "accord/tui" {
			t.Errorf("reaches %s", pkg)
		}
	}
}

// The forms that people read in other programs, as they are.
func TestExportGoldens(t *testing.T) {
	for _, format := range []string{"markdown", "csv"} {
		golden(t, "overview/rich."+format, write(t, rich(), Options{Screen: "overview", Format: format}))
		golden(t, "lift/few-fr."+format, write(t, few(), Options{Screen: "lift", Format: format, Printer: words.New(words.French)}))
	}
}
