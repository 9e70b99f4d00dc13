package check

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/BurntSushi/toml"

	"accord/queries"
)

// A Rule is a figure and its bound, for the customers and the period of a filter.
type Rule struct {
	Name   string // as it was given; "" = none
	Filter queries.Filter
	expression
}

// String is the rule in its canonical form, which reads back as the same rule.
func (r Rule) String() string { return r.text }

// The form of a file of rules.
type ruleFile struct {
	Filter string     `toml:"filter"`
	Rules  []ruleText `toml:"rule"`
}

type ruleText struct {
	Name   string  `toml:"name"`
	Check  string  `toml:"check"`
	Filter *string `toml:"filter"`
}

// starter is a file of rules that explains itself.
//
//go:embed starter.toml
var starter string

// Starter is a commented file of rules to begin with.
func Starter() string { return starter }

// Read reads a file of rules. Its errors say where what is wrong.
func Read(path string) ([]Rule, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rules, err := parseFile(string(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rules, nil
}

func parseFile(text string) ([]Rule, error) {
	var file ruleFile
	meta, err := toml.Decode(text, &file)
	var wrong toml.ParseError
	switch {
	case errors.As(err, &wrong):
		return nil, fmt.Errorf("line %d: %s", wrong.Position.Line, wrong.Message)
	case err != nil:
		return nil, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("%s is not known: a file of rules has filter, and [[rule]] with name, check and filter", unknown[0])
	}
	if len(file.Rules) == 0 {
		return nil, errors.New("there is no [[rule]] in it: `accord check --init` writes a file with some")
	}
	var rules []Rule
	for i, r := range file.Rules {
		fail := func(key string, err error) error { return fmt.Errorf("rule %d, %s: %w", i+1, key, err) }
		if strings.TrimSpace(r.Check) == "" {
			return nil, fail("check", errors.New(`it is missing: write check = 'opt_in_rate >= 40 %'`))
		}
		e, err := parse(r.Check)
		if err != nil {
			return nil, fail("check", err)
		}
		text := file.Filter
		if r.Filter != nil {
			text = *r.Filter
		}
		f, err := queries.ParseFilter(text)
		if err != nil {
			return nil, fail("filter", err)
		}
		rules = append(rules, Rule{r.Name, f, e})
	}
	return rules, nil
}
