package queries

import (
	"cmp"
	"slices"
	"strings"
)

// A Choice says how an answer is cut, beside the Filter, which says whom and
// when it is about. The zero Choice leaves everything to the question. Answers
// carry the Choice that they were given under, with nothing left open, and the
// [Choices] there are.
type Choice struct {
	By      string `json:"by,omitempty" toml:"by,omitempty"`           // the dimension of the rows
	Across  string `json:"across,omitempty" toml:"across,omitempty"`   // a second dimension, of the columns
	Measure string `json:"measure,omitempty" toml:"measure,omitempty"` // what is measured
	Channel string `json:"channel,omitempty" toml:"channel,omitempty"` // of consent or of messages
	// Of comparisons: the one in full, the order of all, and when one may look.
	Campaign string `json:"campaign,omitempty" toml:"campaign,omitempty"` // its id
	Arm      string `json:"arm,omitempty" toml:"arm,omitempty"`
	Sort     string `json:"sort,omitempty" toml:"sort,omitempty"`
	Policy   string `json:"policy,omitempty" toml:"policy,omitempty"`
	// Of single customers: whose life, by the pseudonym.
	Customer string `json:"customer,omitempty" toml:"customer,omitempty"`
	// Of a person's own SQL: what is run.
	Statement string `json:"statement,omitempty" toml:"statement,omitempty"`
}

// Choices lists what each part of a Choice can be, in the order in which they
// are offered; a part that an answer does not have is empty.
type Choices struct {
	By       []string `json:"by,omitempty"`
	Across   []string `json:"across,omitempty"` // "" = no second dimension
	Measures []string `json:"measures,omitempty"`
	Channels []string `json:"channels,omitempty"`
	Sorts    []string `json:"sorts,omitempty"`
	Policies []string `json:"policies,omitempty"`
}

// String is the canonical text form, which serves as a key: `by=region`.
func (c Choice) String() string {
	var words []string
	for _, kv := range [][2]string{{"by", c.By}, {"across", c.Across}, {"measure", c.Measure}, {"channel", c.Channel},
		{"campaign", c.Campaign}, {"arm", c.Arm}, {"sort", c.Sort}, {"policy", c.Policy}, {"customer", c.Customer}, {"statement", c.Statement}} {
		if kv[1] != "" {
			words = append(words, kv[0]+"="+quoteWord(kv[1]))
		}
	}
	return strings.Join(words, " ")
}

// ofCustomers tells a dimension apart from what else an answer is cut by under
// its name: the channel of campaigns and the "channel of customers".
const ofCustomers = " of customers"

// ownCuts are the names of cuts by no dimension, of any answer.
var ownCuts = []string{ByPurpose, ByChannel, ByContent, ByCampaign, ByOptedIn}

// cuts lists the ways to cut an answer: those by no dimension, then dimensions.
func (d *Dataset) cuts(own ...string) []string {
	list := own
	for _, dim := range d.dimensions {
		name := dim.Name
		if slices.Contains(ownCuts, name) {
			name += ofCustomers
		}
		list = append(list, name)
	}
	return list
}

// DimensionOf is the dimension by which Choice.By cuts a Consent or an
// Engagement, "" for none.
func DimensionOf(by string) string {
	if slices.Contains(ownCuts, by) {
		return ""
	}
	if name, told := strings.CutSuffix(by, ofCustomers); told && slices.Contains(ownCuts, name) {
		return name
	}
	return by
}

// Why choices are refused.
const (
	noChoice      Mistake = "%s=%s: this screen has nothing of the kind to choose"
	unknownChoice Mistake = "%s=%s is not known: choose one of %s"
)

// settle fills in what c leaves open with the first of what there is, and
// refuses what there is not. The error is for people.
func (c Choices) settle(asked Choice) (Choice, error) {
	var err error
	pick := func(part, asked string, from []string) string {
		switch {
		case asked == "" && len(from) > 0:
			return from[0]
		case asked == "" || slices.Contains(from, asked):
			return asked
		case len(from) == 0:
			err = &MistakeError{noChoice, []any{part, asked}}
		default:
			err = &MistakeError{unknownChoice, []any{part, asked, strings.Join(slices.DeleteFunc(slices.Clone(from), func(s string) bool { return s == "" }), ", ")}}
		}
		return ""
	}
	return Choice{
		By:      pick("by", asked.By, c.By),
		Across:  pick("across", asked.Across, c.Across),
		Measure: pick("measure", asked.Measure, c.Measures),
		Channel: pick("channel", asked.Channel, c.Channels),
		Sort:    pick("sort", asked.Sort, c.Sorts),
		Policy:  pick("policy", asked.Policy, c.Policies),
	}, err
}

// With is f with one term more: rows of an answer narrow the filter by it.
// A term on the same dimension and of the same sign is replaced.
func (f Filter) With(t Term) Filter {
	out := f
	out.Terms = slices.DeleteFunc(slices.Clone(f.Terms), func(have Term) bool {
		return have.Dimension == t.Dimension && have.Not == t.Not
	})
	out.Terms = append(out.Terms, t)
	slices.SortFunc(out.Terms, compareTerms)
	return out
}

// Narrowed is f with what n says besides.
func (f Filter) Narrowed(n Filter) Filter {
	for _, t := range n.Terms {
		f = f.With(t)
	}
	f.Purpose, f.Since, f.Until = cmp.Or(n.Purpose, f.Purpose), cmp.Or(n.Since, f.Since), cmp.Or(n.Until, f.Until)
	f.Versus = cmp.Or(n.Versus, f.Versus)
	return f
}
