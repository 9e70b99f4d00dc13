package queries

import (
	"slices"
	"strings"
)

// A Mistake is what is wrong with a filter, in English with verbs as in package
// fmt. It is a key of package words, which lies above this package.
type Mistake string

// The mistakes of filters.
const (
	noName             Mistake = "expected the name of a dimension"
	noValue            Mistake = "expected a value for %s"
	noSign             Mistake = "expected = or != after %s"
	needsQuotes        Mistake = "unexpected %q: put a value that holds it in double quotes"
	notText            Mistake = "this is not valid UTF-8"
	neverClosed        Mistake = "this double quote is never closed"
	endsBeforeItBegins Mistake = "the period ends (%[1]s) before it begins (%[2]s)"
	dimensionTwice     Mistake = "%s is there twice: write its values once, with commas"
	keywordTwice       Mistake = "%s is there twice"
	oneValue           Mistake = "%s takes one value after ="
	noDate             Mistake = "%q is not a date: write one between 1990 and 2100 as 2018-03-17"
	noComparison       Mistake = "vs=%s is not a comparison: write vs=previous, vs=year or vs=rest"
	nothingLeftOut     Mistake = "vs=rest needs a term that leaves somebody out, such as region=QC"
	noDimensions       Mistake = "there is no dimension %s: this data set has none"
	noDimension        Mistake = "there is no dimension %[1]s: write %[2]s"
	noSuchValue        Mistake = "%[1]s has no value %[2]s: write %[3]s"
	noPurpose          Mistake = "there are no consents for the purpose %[1]s: write %[2]s"
)

// A Vocabulary is what filters on a data set can name.
type Vocabulary struct {
	Dimensions []Dimension
	Purposes   []string // of consents, sorted; none where there are no consents
}

// Vocabulary lists what filters can name.
func (d *Dataset) Vocabulary() Vocabulary { return Vocabulary{d.dimensions, d.purposes} }

// Parse reads the text form of a filter, which may only name what there is. The
// error is a *FilterError.
func (v Vocabulary) Parse(text string) (Filter, error) {
	f, said, err := parseFilter(text)
	if err != nil {
		return Filter{}, err
	}
	for _, t := range said {
		if err := v.check(text, t); err != nil {
			return Filter{}, err
		}
	}
	return f, nil
}

// check reports a term that names a dimension, value or purpose that is not
// there.
func (v Vocabulary) check(text string, t placed) error {
	fail := func(at token, problem Mistake, names []string, args ...any) error {
		e := &FilterError{Text: text, Column: at.column, Width: at.width, Problem: problem, Args: args}
		if near := nearest(at.word, names); len(near) > 0 {
			e.Nearest = quoteWord(near[0])
			e.Args = append(e.Args, few(near))
		}
		return e
	}
	if t.name.keyword {
		if t.name.word == "purpose" && !slices.Contains(v.Purposes, t.values[0].word) && len(v.Purposes) > 0 {
			return fail(t.values[0], noPurpose, v.Purposes, t.values[0].word)
		}
		return nil
	}
	i := slices.IndexFunc(v.Dimensions, func(d Dimension) bool { return d.Name == t.name.word })
	if i < 0 {
		names := make([]string, len(v.Dimensions))
		for j, d := range v.Dimensions {
			names[j] = d.Name
		}
		if len(names) == 0 {
			return fail(t.name, noDimensions, nil, t.name.word)
		}
		return fail(t.name, noDimension, names, t.name.word)
	}
	for _, value := range t.values {
		if !slices.Contains(v.Dimensions[i].Values, value.word) {
			return fail(value, noSuchValue, v.Dimensions[i].Values, t.name.word, value.word)
		}
	}
	return nil
}

// nearest sorts names by how much they are like word, the most alike first.
func nearest(word string, names []string) []string {
	sorted := slices.Clone(names)
	slices.SortStableFunc(sorted, func(a, b string) int { return unlike(word, a) - unlike(word, b) })
	return sorted
}

// unlike is how far a word is from a name, or from the beginning of one.
func unlike(word, name string) int {
	beginning := []rune(name)
	beginning = beginning[:min(len([]rune(word)), len(beginning))]
	return min(distance(word, name), distance(word, string(beginning))+1)
}

// few lists the first five names.
func few(names []string) string {
	if len(names) > 5 {
		return strings.Join(names[:5], ", ") + ", ..."
	}
	return strings.Join(names, ", ")
}

// distance is the number of letters to insert, remove or change to turn a into
// b, case aside (Levenshtein 1966).
func distance(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range y {
			change := diagonal
			if r != s {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
