package report

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"accord/queries"
	"accord/tui/words"
)

func TestJSONGoldens(t *testing.T) {
	small := rich()
	small.overview.Trend.Points = small.overview.Trend.Points[:2]
	small.campaigns = small.campaigns[:1]
	for name, f := range map[string]fake{"rich": small, "empty": bare(), "few": few()} {
		for _, screen := range Screens() {
			golden(t, screen+"/"+name+".json", write(t, f, Options{Format: "json", Screen: screen}))
		}
	}
}

func TestJSONEnvelope(t *testing.T) {
	filter, err := queries.ParseFilter("region=QC,ON")
	if err != nil {
		t.Fatal(err)
	}
	var one, all map[string]json.RawMessage
	text := write(t, rich(), Options{Format: "json", Screen: "lift", Filter: filter})
	if !strings.HasSuffix(text, "}\n") || strings.HasSuffix(text, "\n\n") {
		t.Errorf("ends with %q", text[len(text)-3:])
	}
	if err := json.Unmarshal([]byte(text), &one); err != nil {
		t.Fatal(err)
	}
	if string(one["report"]) != "1" || string(one["screen"]) != `"lift"` || string(one["filter"]) != `"region=ON,QC"` || one["answer"] == nil || one["screens"] != nil {
		t.Errorf("envelope of one screen: report %s, screen %s, filter %s, screens %s", one["report"], one["screen"], one["filter"], one["screens"])
	}
	if err := json.Unmarshal([]byte(write(t, rich(), Options{Format: "json"})), &all); err != nil {
		t.Fatal(err)
	}
	var screens []struct {
		Screen string
		Answer json.RawMessage
	}
	if err := json.Unmarshal(all["screens"], &screens); err != nil {
		t.Fatal(err)
	}
	if all["answer"] != nil || all["screen"] != nil || len(screens) != len(Screens()) || screens[0].Screen != "overview" || screens[1].Screen != "lift" || screens[1].Answer == nil {
		t.Errorf("envelope of all screens: %v", screens)
	}
}

// Numbers are as they are, and lists are lists, whatever the language.
func TestJSONValues(t *testing.T) {
	text := write(t, rich(), Options{Format: "json", Printer: words.New(words.French)})
	var e struct {
		Screens []struct {
			Answer struct {
				OptIn []struct {
					Rate struct {
						Numerator any
						Share     struct{ Value float64 }
					} `json:"opted_in"`
				} `json:"opt_in"`
			}
		}
	}
	// The third purpose is withheld: its share has no value and reads as 0.
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	rates := e.Screens[0].Answer.OptIn
	if got, want := rates[0].Rate.Share.Value, round(11002.0/19034); got != want {
		t.Errorf("share %v, want %v", got, want)
	}
	if m, ok := rates[2].Rate.Numerator.(map[string]any); !ok || m["suppressed"] != "small_cell" {
		t.Errorf("a withheld numerator is %v", rates[2].Rate.Numerator)
	}
	for _, f := range fakes {
		if text := write(t, f.make(), Options{Format: "json"}); strings.Contains(text, "null") {
			t.Errorf("%s: null in %s", f.name, text)
		}
	}
}

// No character of a name can disturb a terminal, and none is lost.
func TestJSONIsHarmless(t *testing.T) {
	f := hostile()
	text := write(t, f, Options{Format: "json"})
	if !utf8.ValidString(text) {
		t.Error("not UTF-8")
	}
	for i, r := range text {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Fatalf("%U at byte %d", r, i)
		}
	}
	var e struct {
		Provenance struct{ Title string }
	}
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	if want := strings.ToValidUTF8(nasty, "\ufffd"); e.Provenance.Title != want {
		t.Errorf("title %q, want %q", e.Provenance.Title, want)
	}
	if !strings.Contains(text, "<b>&") {
		t.Error("escaped for HTML")
	}
}
