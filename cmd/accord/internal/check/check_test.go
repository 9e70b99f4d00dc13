package check

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"accord/queries"
	"accord/tui/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fake answers with what it holds.
type fake struct {
	Answers // what is not faked is not asked
	consent queries.Consent
	lift    queries.Lift
	data    queries.Data
	sent    queries.Sent
	people  []queries.Count // who withdrew, the latest period first
	err     error
}

func (f fake) Provenance() queries.Provenance {
	return queries.Provenance{Title: "Shop", AsOf: "2018-06-30", MinCell: 11, Customers: queries.Known(int64(200)), Guarded: true}
}

func (f fake) Consent(_ context.Context, _ queries.Filter, c queries.Choice) (queries.Consent, error) {
	return f.consent, f.err
}

func (f fake) Lift(context.Context, queries.Filter, queries.Choice) (queries.Lift, error) {
	return f.lift, f.err
}

func (f fake) Audit(context.Context, queries.Filter) (queries.Audit, error) {
	return queries.Audit{Sent: f.sent}, f.err
}

func (f fake) Data(context.Context) (queries.Data, error) { return f.data, f.err }

func (f fake) Withdrawals(_ context.Context, _ queries.Filter, days int) (queries.Withdrawals, error) {
	w := queries.Withdrawals{Days: days}
	for i, n := range f.people {
		until := queries.Date("2018-06-30").AddDays(-i * days)
		w.Periods = append(w.Periods, queries.WithdrawalPeriod{Since: until.AddDays(1 - days), Until: until, People: n})
	}
	if f.people == nil {
		w.Missing = queries.NoInput
	}
	return w, f.err
}

func shares(list ...float64) queries.Consent {
	c := queries.Consent{Purpose: "personalisation", Over: []queries.ConsentGroup{{Name: "personalisation"}, {Name: "profiling", Why: queries.SmallCell}}}
	for i, x := range list {
		c.Over[0].Points = append(c.Over[0].Points, queries.ConsentPoint{
			At: queries.Date("2018-06-02").AddDays(7 * i), Rate: queries.Rate{Estimate: queries.Known(queries.Estimate{Value: x})},
		})
	}
	return c
}

func counts(list ...int64) (out []queries.Count) {
	for _, n := range list {
		if n < 0 {
			out = append(out, queries.Missing[int64](queries.SmallCell))
			continue
		}
		out = append(out, queries.Known(n))
	}
	return out
}

func some() fake {
	return fake{
		consent: shares(0.42, 0.39, 0.40, 0.38, 0.37), people: counts(40, 20, -1, 30),
		lift: queries.Lift{Campaigns: []queries.CampaignLift{
			{Campaign: "spring", Name: "Spring", Started: "2018-04-01", SampleRatio: queries.Known(queries.SampleRatio{P: 2e-8})},
			{Campaign: "late", Name: "Late\x1b[31m", Started: "2018-06-10", SampleRatio: queries.Known(queries.SampleRatio{P: 0.4})},
		}},
		sent: queries.Sent{Campaigns: []queries.SentCampaign{{Campaign: "spring", Name: "Spring", Started: "2018-04-01", Messages: 100, Without: 3}, {Campaign: "late", Name: "Late", Started: "2018-06-10", Messages: 90}}},
		data: queries.Data{Sources: []queries.Source{{Input: "customers", Read: queries.Known(int64(200)), Rejected: 1}, {Input: "consents", Read: queries.Known(int64(1000)), Rejected: 20}}},
	}
}

func rule(t *testing.T, text string) Rule {
	t.Helper()
	e, err := parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return Rule{expression: e}
}

func TestRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule   string
		status Status
		since  queries.Date // of the first that does not hold
	}{
		{`opt_in_rate >= 37 %`, Held, ""},
		{`opt_in_rate{purpose="personalisation"} >= 0.40`, Failed, "2018-06-23"},
		{`opt_in_rate >= 0.395`, Failed, "2018-06-23"},
		{`opt_in_rate > 50 %`, Failed, "2018-06-02"},
		{`opt_in_rate{period="3w"} >= 0.9 x previous`, Held, ""},
		{`opt_in_rate{period="3w"} >= 0.98 x previous`, Failed, "2018-06-23"},
		{`opt_in_rate{period="300d"} >= 0.98 x previous`, Broken, ""}, // nothing so far back
		{`opt_in_rate{purpose="profiling"} >= 0`, Broken, ""},         // withheld
		{`opt_in_rate{purpose="post"} >= 0`, Broken, ""},              // not there
		{`contactable_rate >= 0`, Broken, ""},                         // never computed
		{`withdrawals <= 40`, Held, ""},
		{`withdrawals{period="7d"} <= 1.5 x previous`, Failed, "2018-06-17"},
		{`withdrawals <= 2 x previous`, Held, ""},
		{`srm p >= 0.001`, Failed, "2018-04-01"},
		{`srm{campaign="late"} p >= 0.001`, Held, ""},
		{`srm{campaign="none"} >= 0.001`, Broken, ""},
		{`rejected <= 1 %`, Failed, "2018-06-30"},
		{`rejected{input="customers"} <= 1 %`, Held, ""},
		{`rejected{input="survey"} <= 1 %`, Broken, ""},
		{`sent_without_consent == 0`, Failed, "2018-04-01"},
		{`sent_without_consent{campaign="late"} == 0`, Held, ""},
		{`sent_without_consent{campaign="none"} == 0`, Broken, ""},
		{`lift{campaign="spring"} > 0`, Broken, ""},
		{`lift{campaign="spring", arm="x", metric="revenue"} > 0`, Broken, ""},
	} {
		got, err := Run(t.Context(), some(), []Rule{rule(t, c.rule)})
		if err != nil {
			t.Fatal(err)
		}
		x := got[0]
		var since queries.Date
		for _, f := range x.Found {
			if f.Status == Failed {
				since = f.Since
			}
		}
		if x.Status != c.status || since != c.since {
			t.Errorf("%s: %s since %q, want %s since %q (%+v)", c.rule, x.Status, since, c.status, c.since, x)
		}
		if x.Status == Held && len(x.Found) == 0 {
			t.Errorf("%s holds of nothing", c.rule)
		}
	}
}

// A count of which only 1 to 10 is known decides a rule only where every such
// count would decide it alike, so that no rule tells more than the count does.
func TestWithheldCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		people []int64
		rule   string
		want   Status
	}{
		{[]int64{-1, 20}, "withdrawals <= 10", Held}, {[]int64{-1, 20}, "withdrawals < 10", Broken}, {[]int64{-1, 20}, "withdrawals <= 5", Broken},
		{[]int64{-1, 20}, "withdrawals >= 1", Held}, {[]int64{-1, 20}, "withdrawals > 0", Held}, {[]int64{-1, 20}, "withdrawals == 0", Failed},
		{[]int64{-1, 20}, "withdrawals == 5", Broken}, {[]int64{-1, 20}, "withdrawals != 5", Broken}, {[]int64{-1, 20}, "withdrawals == 11", Failed},
		{[]int64{-1, 20}, "withdrawals > 10", Failed}, {[]int64{-1, 20}, "withdrawals <= 1.5 x previous", Held}, {[]int64{-1, -1}, "withdrawals <= 1.5 x previous", Broken},
		{[]int64{20, -1}, "withdrawals <= 1.5 x previous", Failed}, {[]int64{12, -1}, "withdrawals <= 1.5 x previous", Broken}, {[]int64{0, -1}, "withdrawals <= 1.5 x previous", Held},
		{[]int64{0}, "withdrawals <= 1.5 x previous", Broken}, {nil, "withdrawals <= 5", Broken},
	} {
		f := fake{}
		if c.people != nil {
			f.people = counts(c.people...)
		}
		got, err := Run(t.Context(), f, []Rule{rule(t, c.rule)})
		if err != nil || got[0].Status != c.want {
			t.Errorf("%v: %s: %s, want %s", c.people, c.rule, got[0].Status, c.want)
		}
	}
}

// Whatever the question's error is, the rule is an error and never a pass.
func TestErrorsAreNoPass(t *testing.T) {
	t.Parallel()
	for _, f := range figures {
		if f.name == "willing" || f.name == "paradox_gap" {
			continue // of an answer that fake has not
		}
		text := f.name + " >= 0"
		if f.name == "lift" {
			text = `lift{campaign="a", arm="b"} >= 0`
		}
		got, err := Run(t.Context(), fake{err: errors.New("the store is gone")}, []Rule{rule(t, text)})
		if err != nil || got[0].Status != Broken || got[0].Err == nil {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
		got, err = Run(t.Context(), fake{}, []Rule{rule(t, text)})
		if err != nil || got[0].Status != Broken {
			t.Errorf("%s of nothing: %+v, %v", text, got, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, some(), []Rule{rule(t, "opt_in_rate > 0")}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`opt_in_rate>=40%`: `opt_in_rate >= 0.4`,
		` withdrawals { period = "7d" , purpose="a\"b" } <= 1.5 × previous `: `withdrawals{purpose="a\"b", period="7d"} <= 1.5 x previous`,
		`srm >= 1e-3`: `srm p >= 0.001`, `srm p>=0.01`: `srm p >= 0.01`, `srm p >= .001`: `srm p >= 0.001`, `paradox_gap < -5 pp`: `paradox_gap < -0.05`, `withdrawals == 0`: `withdrawals == 0`,
	} {
		e, err := parse(in)
		if err != nil || e.text != want {
			t.Errorf("%s is %s, %v; want %s", in, e.text, err, want)
			continue
		}
		if again, err := parse(e.text); err != nil || again.text != e.text {
			t.Errorf("%s reads back as %s, %v", e.text, again.text, err)
		}
	}
	for in, want := range map[string]string{
		`opted_in >= 1`:                 `column 1: there is no figure "opted_in": write one of opt_in_rate`,
		``:                              `column 1: there is no figure ""`,
		`opt_in_rate{country="CA"} > 1`: `column 13: opt_in_rate has no label "country": write one of purpose, channel, period`,
		`willing{a="b"} > 1`:            `column 9: willing has no labels`,
		`opt_in_rate{purpose=a} > 1`:    `column 21: expected a value in double quotes`,
		`opt_in_rate{purpose="a" > 1`:   `column 25: expected , or }`,
		`opt_in_rate{purpose="a",purpose="b"} > 1`: `column 25: purpose is there twice`,
		`opt_in_rate 40 %`:                         `column 13: expected one of <= >= == != < >`,
		`opt_in_rate >= forty`:                     `column 16: expected a number`,
		`opt_in_rate >= NaN`:                       `expected a number`,
		`opt_in_rate >= 1e999`:                     `expected a number`,
		`withdrawals <= 40 %`:                      `withdrawals is no share: write a number without a unit`,
		`srm >= 1 x previous`:                      `srm has no period`,
		`withdrawals <= 2 x`:                       `expected previous`,
		`withdrawals{period="1y"} <= 2`:            `write days or weeks up to a year`,
		`withdrawals{period="0d"} <= 2`:            `write days or weeks`,
		`withdrawals{period="53w"} <= 2`:           `write days or weeks`,
		`withdrawals <= 2 and more`:                `column 18: expected nothing more`,
	} {
		if _, err := parse(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`opt_in_rate{purpose="a"} >= 40 %`, `withdrawals{period="7d"} <= 1.5 x previous`, `srm p >= 0.001`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := parse(text)
		if err != nil {
			return
		}
		if again, err := parse(e.text); err != nil || again.text != e.text {
			t.Errorf("%q reads back as %q, %v", e.text, again.text, err)
		}
	})
}

func TestFiles(t *testing.T) {
	t.Parallel()
	rules, err := parseFile("filter = 'region=QC'\n[[rule]]\nname = 'a'\ncheck = 'willing > 0'\n[[rule]]\ncheck = 'willing > 0'\nfilter = ''\n")
	if err != nil || len(rules) != 2 || rules[0].Filter.String() != "region=QC" || rules[0].Name != "a" || rules[1].Filter.String() != "" {
		t.Errorf("%+v, %v", rules, err)
	}
	for text, want := range map[string]string{
		"":                                "there is no [[rule]] in it",
		"[[rule]\n":                       "line 2: ",
		"[[rule]]\nchek = 'willing > 0'":  "rule.chek is not known",
		"[[rule]]\nname = 'a'":            "rule 1, check: it is missing",
		"[[rule]]\ncheck = 'willing > x'": "rule 1, check: column 11: expected a number",
		"[[rule]]\ncheck = 'willing > 0'\nfilter = '='": `rule 1, filter: filter "="`,
	} {
		if _, err := parseFile(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	rules, err = parseFile(Starter())
	if err != nil || len(rules) < 5 {
		t.Errorf("the starter has %d rules, %v", len(rules), err)
	}
	for _, f := range figures {
		if !strings.Contains(Starter(), "#   "+f.name) {
			t.Errorf("the starter does not say what %s is", f.name)
		}
		for _, label := range f.labels {
			line := Starter()[strings.Index(Starter(), "#   "+f.name):]
			if line = line[:strings.Index(line, "\n")]; !strings.Contains(line, label) {
				t.Errorf("the starter does not say that %s has the label %s", f.name, label)
			}
		}
	}
}

// The outputs, looked at.
func TestGoldens(t *testing.T) {
	t.Parallel()
	filter, err := queries.ParseFilter("region=QC")
	if err != nil {
		t.Fatal(err)
	}
	rules := []Rule{rule(t, `opt_in_rate >= 37 %`), rule(t, `opt_in_rate >= 45 %`), rule(t, `withdrawals <= 1.5 x previous`), rule(t, `srm p >= 0.001`), rule(t, `rejected <= 3 %`), rule(t, `opt_in_rate{purpose="profiling"} > 0`), rule(t, `withdrawals{period="300d"} < 5`)}
	rules[0].Name, rules[1].Name, rules[1].Filter = "Enough <opted> in", "More\x1b[31m", filter
	f := some()
	results, err := Run(t.Context(), f, rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []words.Language{words.English, words.French} {
		p := words.New(l)
		p.MinCell = 11
		d := Document{Words: p, From: f.Provenance(), Results: results}
		for _, format := range Formats() {
			var b bytes.Buffer
			if err := d.Write(&b, format); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), "\x1b") {
				t.Errorf("%s holds an escape", format)
			}
			switch format {
			case "json":
				if !json.Valid(b.Bytes()) {
					t.Error("not JSON")
				}
			case "junit":
				if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
					t.Error(err)
				}
			}
			path := filepath.Join("testdata", format+"-"+l.String())
			if *update {
				if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(path, b.Bytes(), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("%s differs (-want +got):\n%s", path, diff)
			}
		}
	}
	if err := (Document{}).Write(nil, "pdf"); err == nil {
		t.Error("there is a format pdf")
	}
}
