package words

import (
	"regexp"
	"strings"
)

// What the Printers write: a sign, digits in groups, decimals, and the unit of a
// share or of a difference of shares.
var (
	english = regexp.MustCompile(`^([+\-−]?)(\d{1,3}(?:,\d{3})*)(\.\d+)?(?: (%|pp))?$`)
	french  = regexp.MustCompile(`^([+\-−]?)(\d{1,3}(?:[\x{a0}\x{202f} ]\d{3})*)(,\d+)?(?:[\x{a0} ](%|pp))?$`)
	plain   = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
)

// IsNumber reports whether s is a number in the form of programs: "-1234.5".
func IsNumber(s string) bool { return plain.MatchString(s) }

// ReadNumber reads a number that the Printer wrote, with its unit if it has one,
// and returns it in the form of programs: "−1,234.5 pp" is "-1234.5" and "pp".
// It is false for any other text.
func (p *Printer) ReadNumber(text string) (n, unit string, ok bool) {
	form := english
	if p.language == French {
		form = french
	}
	m := form.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	n = strings.NewReplacer(",", "", "\u00a0", "", "\u202f", "", " ", "").Replace(m[2]) + strings.Replace(m[3], ",", ".", 1)
	if m[1] == "-" || m[1] == minus {
		n = "-" + n
	}
	return n, m[4], true
}

// ReadInterval reads the interval of a [Span] as two numbers, "" for an end that
// is open. It is false for any other text.
func (p *Printer) ReadInterval(text string) (low, high string, ok bool) {
	inside, opens := strings.CutPrefix(text, "[")
	inside, closes := strings.CutSuffix(inside, "]")
	between := p.Say("[%s, %s]", "", "")
	first, second, two := strings.Cut(inside, strings.Trim(between, "[]"))
	if !opens || !closes || !two {
		return "", "", false
	}
	end := func(s string) (string, bool) {
		if strings.TrimLeft(s, "+-"+minus) == p.plain("∞") {
			return "", true
		}
		n, _, ok := p.ReadNumber(s)
		return n, ok
	}
	low, lowOK := end(first)
	high, highOK := end(second)
	return low, high, lowOK && highOK
}
