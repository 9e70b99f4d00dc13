package words

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/number"

	"accord/queries"
)

// A Span is a value and its interval as text. The unit is said once, with the
// value: "+7.66 pp" and "[+7.00, +8.32]".
type Span struct{ Value, Interval string }

// String is both, side by side.
func (s Span) String() string { return s.Value + " " + s.Interval }

// Int writes a whole number in groups of three digits: "21,306".
func (p *Printer) Int(n int64) string {
	return p.signs(p.message.Sprint(number.Decimal(n)))
}

// Share writes a share in [0, 1] as a percentage: "53.1 %". A small one keeps
// two significant digits, and one just below all does not become "100.0 %".
func (p *Printer) Share(x float64) string {
	x *= 100
	digits := bareDigits(x, 1)
	for digits < maxDigits && x < 100 && rounded(x, digits) == 100 {
		digits++
	}
	return p.Say("%s %%", p.decimal(x, digits))
}

// Points writes a difference of two shares in percentage points, with its
// sign: "+7.66 pp".
func (p *Printer) Points(x float64) string {
	x *= 100
	return p.Say("%s pp", p.signed(x, bareDigits(x, 2)))
}

// Relative writes a ratio less one as a percentage with its sign: 0.722 is
// "+72.2 %".
func (p *Printer) Relative(x float64) string {
	x *= 100
	return p.Say("%s %%", p.signed(x, bareDigits(x, 1)))
}

// Money writes an amount, whose currency is not known, with at least two
// decimals: "13,908.33", "0.0046".
func (p *Printer) Money(x float64) string { return p.decimal(x, bareDigits(x, 2)) }

// Level writes the confidence of an interval: "95 %".
func (p *Printer) Level(x float64) string {
	digits := 0
	for digits < 3 && math.Abs(rounded(x*100, digits)-x*100) > 1e-9 {
		digits++
	}
	return p.Say("%s %%", p.decimal(x*100, digits))
}

// Number writes a number with so many decimals, for test statistics.
func (p *Printer) Number(x float64, decimals int) string { return p.decimal(x, decimals) }

// AxisNumber writes a round number without needless decimals, for an axis.
func (p *Printer) AxisNumber(x float64) string {
	digits := 0
	for digits < maxDigits && math.Abs(rounded(x, digits)-x) > 1e-9 {
		digits++
	}
	return p.decimal(x, digits)
}

// AxisShare writes a round share as a percentage: "40 %".
func (p *Printer) AxisShare(x float64) string { return p.Say("%s %%", p.AxisNumber(x*100)) }

// AxisPoints writes a round difference of shares; the unit stands at zero.
func (p *Printer) AxisPoints(x float64) string {
	if math.Abs(x) < 1e-9 {
		return p.Say("%s pp", "0")
	}
	return p.AxisNumber(x * 100)
}

// P writes a p-value: "p = 0.037", "p < 0.001". One near 0.05 keeps the digits
// that tell on which side it lies.
func (p *Printer) P(x float64) string {
	if x < 0.001 {
		return p.Say("p < %s", p.decimal(0.001, 3))
	}
	digits := 3
	for digits < 6 && x != 0.05 && rounded(x, digits) == 0.05 {
		digits++
	}
	if rounded(x, digits) >= 1 && x < 1 {
		return p.Say("p > %s", p.decimal(0.999, 3))
	}
	return p.Say("p = %s", p.decimal(x, digits))
}

// Date writes a day in ISO form, as both languages do in Canada; an empty one
// is "undated".
func (p *Printer) Date(d queries.Date) string {
	if d == "" {
		return p.Say("undated")
	}
	return string(d)
}

// Period writes the days from since to until, either of which may be open.
func (p *Printer) Period(since, until queries.Date) string {
	switch {
	case since == "" && until == "":
		return p.Say("all dates")
	case since == until:
		return string(since)
	case since == "":
		return p.Say("until %s", string(until))
	case until == "":
		return p.Say("since %s", string(since))
	}
	return p.Say("%s to %s", string(since), string(until))
}

// ShareSpan writes a share with its interval: "53.0 %", "[52.1, 53.9]".
func (p *Printer) ShareSpan(e queries.Estimate) Span {
	v, i := p.span(e, 100, 0, false)
	return Span{p.Say("%s %%", v), i}
}

// PointsSpan writes a difference of two shares with its interval.
func (p *Printer) PointsSpan(e queries.Estimate) Span {
	v, i := p.span(e, 100, 0, true)
	return Span{p.Say("%s pp", v), i}
}

// RelativeSpan writes a ratio less one with its interval.
func (p *Printer) RelativeSpan(e queries.Estimate) Span {
	v, i := p.span(e, 100, 0, true)
	return Span{p.Say("%s %%", v), i}
}

// MoneySpan writes an amount per customer with its interval.
func (p *Printer) MoneySpan(e queries.Estimate) Span {
	v, i := p.span(e, 1, 2, false)
	return Span{v, i}
}

// SignedMoneySpan writes a difference of two amounts with its interval.
func (p *Printer) SignedMoneySpan(e queries.Estimate) Span {
	v, i := p.span(e, 1, 2, true)
	return Span{v, i}
}

func (p *Printer) span(e queries.Estimate, scale float64, least int, signed bool) (value, interval string) {
	v, lo, hi := e.Value*scale, e.Low*scale, e.High*scale
	d := max(least, spanDigits(v, lo, hi, signed))
	write := p.decimal
	if signed {
		write = p.signed
	}
	return write(v, d), p.Say("[%s, %s]", write(lo, d), write(hi, d))
}

// maxDigits is the most decimals ever written.
const maxDigits = 6

// spanDigits is how many decimals an estimate supports: two digits of its
// interval's width, of half of it for a difference; at most two decimals where
// the value is one or more, and one for a share of a tenth or more. There are
// more where fewer would mislead: a value that is not zero and looks it, an end
// of a difference likewise, ends that differ and look the same.
func spanDigits(v, lo, hi float64, signed bool) int {
	width := hi - lo
	if !(width > 0) || math.IsInf(width, 1) {
		return bareDigits(v, 1)
	}
	if signed {
		width /= 2
	}
	most := maxDigits
	switch {
	case v == 0 && !signed:
		most = max(-magnitude(width), 0)
	case v >= 10 && !signed:
		most = 1
	case math.Abs(v) >= 1:
		most = 2
	}
	misread := func(d int) bool {
		ends := signed && (vanishes(lo, d) || vanishes(hi, d))
		return ends || vanishes(v, d) || rounded(lo, d) == rounded(hi, d)
	}
	d := min(max(1-magnitude(width), 0), most)
	for d < maxDigits && misread(d) {
		d++
	}
	return d
}

// bareDigits is how many decimals a value without an interval gets: usual, or
// what shows two significant digits where it is small.
func bareDigits(v float64, usual int) int {
	v = math.Abs(v)
	if !(v > 0 && v < 1) {
		return usual
	}
	return min(max(1-magnitude(v), usual), maxDigits)
}

// magnitude is the power of ten of a positive number's first digit.
func magnitude(x float64) int { return int(math.Floor(math.Log10(x))) }

// vanishes reports whether x looks like zero with d decimals and is not.
func vanishes(x float64, d int) bool { return x != 0 && rounded(x, d) == 0 }

func rounded(x float64, d int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', d, 64), 64)
	if err != nil {
		return x
	}
	return r
}

func (p *Printer) decimal(x float64, d int) string {
	if math.IsNaN(x) {
		return p.Say("undefined")
	}
	if math.IsInf(x, 0) {
		return p.signs(strings.TrimPrefix(strconv.FormatFloat(x, 'f', -1, 64), "+"))
	}
	r := rounded(x, d)
	if r == 0 {
		r = 0 // not minus zero
	}
	return p.signs(p.message.Sprint(number.Decimal(r, number.Scale(d))))
}

func (p *Printer) signed(x float64, d int) string {
	if rounded(x, d) > 0 {
		return "+" + p.decimal(x, d)
	}
	return p.decimal(x, d)
}

// signs replaces what formatting leaves in ASCII by the true signs, or the
// other way round.
func (p *Printer) signs(s string) string {
	return p.plain(strings.ReplaceAll(strings.ReplaceAll(s, "-", minus), "Inf", "∞"))
}
