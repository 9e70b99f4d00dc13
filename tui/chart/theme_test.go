package chart

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.Color) float64 {
	r, g, b := linear(c)
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// linear returns the channels of a colour without gamma, 0..1.
func linear(c color.Color) (r, g, b float64) {
	channel := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	cr, cg, cb, _ := c.RGBA()
	return channel(cr), channel(cg), channel(cb)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	for name, c := range map[string]struct {
		theme       Theme
		backgrounds []string
	}{
		"dark":  {Dark(), []string{"#1e1e1e", "#000000"}},
		"light": {Light(), []string{"#ffffff"}},
	} {
		backgrounds := map[string]color.Color{"the selected row": c.theme.palette.selected}
		for _, hex := range c.backgrounds {
			backgrounds[hex] = lipgloss.Color(hex)
		}
		for tone := range toneCount {
			fg := c.theme.Color(tone)
			if fg == nil {
				t.Errorf("%s: tone %d has no colour", name, tone)
				continue
			}
			for on, bg := range backgrounds {
				if got := contrast(fg, bg); got < 4.5 {
					t.Errorf("%s: tone %d on %s: contrast %.2f", name, tone, on, got)
				}
			}
		}
	}
}

func TestContrastKnownValues(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#0000ff", "#ffffff", 8.59}} {
		if got := contrast(lipgloss.Color(c.a), lipgloss.Color(c.b)); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s on %s: %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// seenBy are projections of linear RGB for eyes without one kind of cone
// (Viénot, Brettel & Mollon 1999), and for full colour vision.
var seenBy = map[string][3][3]float64{
	"all":          {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopes":   {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}},
	"deuteranopes": {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}},
}

// lab returns CIE L*a*b* as a kind of eye sees a colour.
func lab(c color.Color, eye [3][3]float64) [3]float64 {
	r, g, b := linear(c)
	var in [3]float64
	for i, m := range eye {
		in[i] = max(0, m[0]*r+m[1]*g+m[2]*b)
	}
	f := func(v float64) float64 {
		if v > 0.008856 {
			return math.Cbrt(v)
		}
		return 7.787*v + 16.0/116
	}
	x := f((0.4124*in[0] + 0.3576*in[1] + 0.1805*in[2]) / 0.9505)
	y := f(0.2126*in[0] + 0.7152*in[1] + 0.0722*in[2])
	z := f((0.0193*in[0] + 0.1192*in[1] + 0.9505*in[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b [3]float64) float64 {
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}

func TestColoursAreToldApartByAnyEye(t *testing.T) {
	for name, theme := range map[string]Theme{"dark": Dark(), "light": Light()} {
		for who, eye := range seenBy {
			if d := distance(lab(theme.Color(Good), eye), lab(theme.Color(Bad), eye)); d < 40 {
				t.Errorf("%s: good and bad are %.0f apart to %s", name, d, who)
			}
			for i := range seriesCount {
				for j := range i {
					if d := distance(lab(theme.Color(Series(i)), eye), lab(theme.Color(Series(j)), eye)); d < 15 {
						t.Errorf("%s: series %d and %d are %.0f apart to %s", name, j+1, i+1, d, who)
					}
				}
			}
		}
	}
}

func TestFillsDiffer(t *testing.T) {
	for _, theme := range []Theme{{}, {ASCII: true}} {
		seen := map[string]Tone{}
		for i := range seriesCount {
			fill := theme.Fill(Series(i))
			if other, ok := seen[fill]; ok {
				t.Errorf("tones %d and %d share the fill %q", other, Series(i), fill)
			}
			seen[fill] = Series(i)
		}
	}
}

func TestSeriesRepeats(t *testing.T) {
	for i, want := range map[int]Tone{0: Series1, 5: Series6, 6: Series1, -1: Series6} {
		if got := Series(i); got != want {
			t.Errorf("Series(%d) = %d, want %d", i, got, want)
		}
	}
}

func TestPlainHasNoSequences(t *testing.T) {
	s := sample()
	for _, d := range drawings(s) {
		if out := d.render(80, Plain()); strings.Contains(out, "\x1b") {
			t.Errorf("%s has an escape sequence: %q", d.name, out)
		}
	}
	if got := Plain().Paint(Bad, "loss\x1b"); got != `loss\x1b` {
		t.Errorf("Paint = %q", got)
	}
	if got := Plain().Style(Title).Render("x"); got != "x" {
		t.Errorf("Style = %q", got)
	}
}

func TestPaintAgreesWithStyle(t *testing.T) {
	for _, theme := range []Theme{Dark(), Light()} {
		for tone := range toneCount {
			painted, styled := theme.Paint(tone, "x"), theme.Style(tone).Render("x")
			for _, s := range []string{painted, styled} {
				if !strings.HasPrefix(s, "\x1b[") || !strings.HasSuffix(s, "x\x1b[m") {
					t.Errorf("tone %d: %q", tone, s)
				}
			}
			if parameters(painted) != parameters(styled) {
				t.Errorf("tone %d is painted %q and styled %q", tone, painted, styled)
			}
		}
	}
}

// parameters returns the set of SGR parameters as a comparable value; the order
// in which attributes are set does not matter.
func parameters(s string) [2]int {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "\x1b["), "mx\x1b[m")
	sum, count := 0, 0
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' }) {
		for _, r := range p {
			sum = sum + int(r)*len(p)
		}
		count++
	}
	return [2]int{sum, count}
}
