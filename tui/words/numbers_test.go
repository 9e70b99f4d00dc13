package words

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"accord/queries"
)

// nb writes expected French with ~ for the no-break space.
func nb(s string) string { return strings.ReplaceAll(s, "~", noBreak) }

// printers are one Printer a language, with the usual k.
func printers() (english, french *Printer) {
	english, french = New(English), New(French)
	english.MinCell, french.MinCell = 11, 11
	return english, french
}

func TestNumbers(t *testing.T) {
	en, fr := printers()
	for _, c := range []struct {
		write           func(*Printer) string
		english, quebec string
	}{
		{func(p *Printer) string { return p.Int(21306) }, "21,306", "21~306"},
		{func(p *Printer) string { return p.Int(-5) }, "−5", "−5"},
		{func(p *Printer) string { return p.Share(0.531) }, "53.1 %", "53,1~%"},
		{func(p *Printer) string { return p.Share(0) }, "0.0 %", "0,0~%"},
		{func(p *Printer) string { return p.Share(1) }, "100.0 %", "100,0~%"},
		{func(p *Printer) string { return p.Share(0.00572) }, "0.57 %", "0,57~%"},
		{func(p *Printer) string { return p.Share(0.9997) }, "99.97 %", "99,97~%"},
		{func(p *Printer) string { return p.Points(0.0766) }, "+7.66 pp", "+7,66~pp"},
		{func(p *Printer) string { return p.Points(-0.0766) }, "−7.66 pp", "−7,66~pp"},
		{func(p *Printer) string { return p.Points(0) }, "0.00 pp", "0,00~pp"},
		{func(p *Printer) string { return p.Points(0.00001) }, "+0.0010 pp", "+0,0010~pp"},
		{func(p *Printer) string { return p.Relative(0.7215) }, "+72.2 %", "+72,2~%"},
		{func(p *Printer) string { return p.Relative(-0.2) }, "−20.0 %", "−20,0~%"},
		{func(p *Printer) string { return p.Money(0.7698) }, "0.77", "0,77"},
		{func(p *Printer) string { return p.Money(0.00456) }, "0.0046", "0,0046"},
		{func(p *Printer) string { return p.Money(13908.33) }, "13,908.33", "13~908,33"},
		{func(p *Printer) string { return p.P(0.0000001) }, "p < 0.001", "p~<~0,001"},
		{func(p *Printer) string { return p.P(0.037) }, "p = 0.037", "p~=~0,037"},
		{func(p *Printer) string { return p.P(0.0497) }, "p = 0.0497", "p~=~0,0497"},
		{func(p *Printer) string { return p.P(0.0502) }, "p = 0.0502", "p~=~0,0502"},
		{func(p *Printer) string { return p.P(0.9999) }, "p > 0.999", "p~>~0,999"},
		{func(p *Printer) string { return p.P(1) }, "p = 1.000", "p~=~1,000"},
		{func(p *Printer) string { return p.AxisShare(0.4) }, "40 %", "40~%"},
		{func(p *Printer) string { return p.AxisShare(0.0725) }, "7.25 %", "7,25~%"},
		{func(p *Printer) string { return p.AxisPoints(-0.025) }, "−2.5", "−2,5"},
		{func(p *Printer) string { return p.AxisPoints(0) }, "0 pp", "0~pp"},
		{func(p *Printer) string { return p.Level(0.95) }, "95 %", "95~%"},
		{func(p *Printer) string { return p.Level(0.999) }, "99.9 %", "99,9~%"},
		{func(p *Printer) string { return p.Number(math.Inf(-1), 1) }, "−∞", "−∞"},
		{func(p *Printer) string { return p.Number(math.NaN(), 1) }, "undefined", "indéfini"},
		{func(p *Printer) string { return p.Days(1) }, "1 day", "1 jour"},
		{func(p *Printer) string { return p.Days(0) }, "0 days", "0 jour"},
		{func(p *Printer) string { return p.Days(14) }, "14 days", "14 jours"},
		{func(p *Printer) string { return p.Date("") }, "undated", "sans date"},
		{func(p *Printer) string { return p.Date("2018-03-17") }, "2018-03-17", "2018-03-17"},
		{func(p *Printer) string { return p.Period("2018-01-01", "") }, "since 2018-01-01", "depuis le 2018-01-01"},
		{func(p *Printer) string { return p.Period("2018-01-01", "2018-03-17") }, "2018-01-01 to 2018-03-17", "du 2018-01-01 au 2018-03-17"},
	} {
		if got := c.write(en); got != c.english {
			t.Errorf("English %q, want %q", got, c.english)
		}
		if got, want := c.write(fr), nb(c.quebec); got != want {
			t.Errorf("French %q, want %q", got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	en, fr := printers()
	for _, c := range []struct {
		write           func(*Printer, queries.Estimate) Span
		v, lo, hi       float64
		english, quebec string
	}{
		{(*Printer).ShareSpan, 0.53, 0.521, 0.539, "53.0 % [52.1, 53.9]", "53,0~% [52,1; 53,9]"},
		{(*Printer).ShareSpan, 0.4, 0.12, 0.77, "40 % [12, 77]", "40~% [12; 77]"},
		{(*Printer).ShareSpan, 0.00573, 0.0048, 0.0068, "0.57 % [0.48, 0.68]", "0,57~% [0,48; 0,68]"},
		{(*Printer).ShareSpan, 0, 0, 0.03, "0 % [0, 3]", "0~% [0; 3]"},
		{(*Printer).ShareSpan, 0, 0, 0.0002, "0.00 % [0.00, 0.02]", "0,00~% [0,00; 0,02]"},
		{(*Printer).ShareSpan, 0.1062, 0.1021, 0.1104, "10.6 % [10.2, 11.0]", "10,6~% [10,2; 11,0]"},
		{(*Printer).PointsSpan, 0.0765931, 0.0699533, 0.0832267, "+7.66 pp [+7.00, +8.32]", "+7,66~pp [+7,00; +8,32]"},
		// an end beyond zero never looks like zero
		{(*Printer).PointsSpan, 0.13, 0.003, 0.25, "+13.0 pp [+0.3, +25.0]", "+13,0~pp [+0,3; +25,0]"},
		{(*Printer).PointsSpan, -0.02, -0.03998, -0.00002, "−2.000 pp [−3.998, −0.002]", "−2,000~pp [−3,998; −0,002]"},
		// ends that differ do not look the same
		{(*Printer).ShareSpan, 0.53, 0.529999, 0.530001, "53.0000 % [52.9999, 53.0001]", "53,0000~% [52,9999; 53,0001]"},
		{(*Printer).RelativeSpan, 0.7215, 0.640392, 0.806417, "+72.2 % [+64.0, +80.6]", "+72,2~% [+64,0; +80,6]"},
		{(*Printer).SignedMoneySpan, 0.7698, 0.4851, 1.0545, "+0.77 [+0.49, +1.05]", "+0,77 [+0,49; +1,05]"},
		{(*Printer).MoneySpan, 0.6528, 0.52, 0.78, "0.65 [0.52, 0.78]", "0,65 [0,52; 0,78]"},
	} {
		e := queries.Estimate{Value: c.v, Low: c.lo, High: c.hi, Level: 0.95}
		if got := c.write(en, e).String(); got != c.english {
			t.Errorf("English %q, want %q", got, c.english)
		}
		if got, want := c.write(fr, e).String(), nb(c.quebec); got != want {
			t.Errorf("French %q, want %q", got, want)
		}
	}
}

// Whatever a difference's interval says of zero, its text says too.
func TestDifferenceTextAgreesOnZero(t *testing.T) {
	p := New(English)
	p.ASCII = true
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1, 1).Draw(t, "value")
		lo := v - rapid.Float64Range(1e-6, 1).Draw(t, "below")
		hi := v + rapid.Float64Range(1e-6, 1).Draw(t, "above")
		if math.Abs(lo) < 1e-7 || math.Abs(hi) < 1e-7 || math.Abs(v) < 1e-7 {
			t.Skip("beyond the digits that are written")
		}
		s := p.PointsSpan(queries.Estimate{Value: v, Low: lo, High: hi})
		a, b, _ := strings.Cut(strings.Trim(s.Interval, "[]"), ", ")
		excluded := lo > 0 || hi < 0
		said := strings.HasPrefix(a, "+") || strings.HasPrefix(b, "-")
		if excluded != said {
			t.Fatalf("[%g, %g] is written %s", lo, hi, s)
		}
	})
}

func TestASCII(t *testing.T) {
	for _, l := range []Language{English, French} {
		p := New(l)
		p.ASCII = true
		v := queries.Provenance{Title: "T", Synthetic: true, Customers: queries.Known[int64](1234567), MinCell: 11}
		text := p.Points(-0.5) + p.Int(12345) + p.Provenance(v) + p.Split(queries.CampaignLift{SampleRatio: queries.Known(queries.SampleRatio{P: 0.5})}) + p.Say("Filter: %s", "x")
		for _, r := range text {
			if r > '~' && !strings.ContainsRune("éèêàçôûîÉ", r) {
				t.Errorf("%v: %q is not ASCII in %q", l, r, text)
			}
		}
	}
}

func TestLanguages(t *testing.T) {
	for text, want := range map[string]Language{"en": English, "EN_us": English, "fr": French, "fr_CA.UTF-8": French, "fr-CA": French, "Français": French} {
		if got, err := ParseLanguage(text); err != nil || got != want {
			t.Errorf("ParseLanguage(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "de", "friulian"} {
		if _, err := ParseLanguage(text); err == nil || !strings.Contains(err.Error(), "en or fr") {
			t.Errorf("ParseLanguage(%q): %v names no valid language", text, err)
		}
	}
	for _, c := range []struct {
		env  map[string]string
		want Language
	}{
		{nil, English},
		{map[string]string{"LANG": "fr_CA.UTF-8"}, French},
		{map[string]string{"LANG": "fr_CA.UTF-8", "LC_ALL": "C"}, English},
		{map[string]string{"LANG": "en_CA", "LC_MESSAGES": "fr_FR"}, French},
		{map[string]string{"LANG": "de_DE"}, English},
	} {
		if got := FromEnvironment(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("FromEnvironment(%v) = %v", c.env, got)
		}
	}
}
