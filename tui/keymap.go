package tui

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"

	"accord/tui/chart"
)

// A Keymap says which keys do what. The zero Keymap is the usual one.
type Keymap struct{ table []binding }

// specialKeys are the keys that have names and can be chosen.
var specialKeys = []string{
	"tab", "shift+tab", "enter", "space", "backspace", "delete", "insert", "pgup", "pgdown", "home", "end", "up", "down", "left", "right",
	"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
}

// NewKeymap is the usual keymap with other keys for some actions, which have the
// names that the English help gives them. Keys of movement, enter and esc stay,
// as they also serve where a text is written. An error says what cannot be.
func NewKeymap(changes map[string][]string) (Keymap, error) {
	table := slices.Clone(bindings)
	var names []string
	for name := range changes {
		names = append(names, name)
	}
	slices.Sort(names) // so that of several mistakes the same one is told
	for _, name := range names {
		i := slices.IndexFunc(table, func(b binding) bool { return strings.EqualFold(b.does, name) })
		switch {
		case i < 0:
			return Keymap{}, fmt.Errorf("keys: there is no action %q: the help names them (accord --lang en, then ?)", name)
		case table[i].fixed():
			return Keymap{}, fmt.Errorf("keys: %q keeps its key %s", table[i].does, table[i].keys[0])
		case len(changes[name]) == 0:
			return Keymap{}, fmt.Errorf("keys: %q needs a key", table[i].does)
		}
		for _, k := range changes[name] {
			if utf8.RuneCountInString(k) != 1 && !slices.Contains(specialKeys, k) || chart.Clean(k) != k || k == " " {
				return Keymap{}, fmt.Errorf("keys: %q = %q is not a key: write one character, or one of %s", table[i].does, k, strings.Join(specialKeys, ", "))
			}
		}
		table[i].keys = slices.Clone(changes[name])
		table[i].label, table[i].ascii = strings.Join(changes[name], " "), ""
	}
	owner := map[string]string{}
	for _, b := range table {
		for _, k := range b.keys {
			if other, taken := owner[k]; taken {
				return Keymap{}, fmt.Errorf("keys: %q is the key of both %q and %q: give one of them another", k, other, b.does)
			}
			owner[k] = b.does
		}
	}
	return Keymap{table}, nil
}

// fixed reports whether the keys of an action cannot be chosen.
func (b binding) fixed() bool { return b.action < goFirst && b.group == moving }

// bindings is the table in force.
func (k Keymap) bindings() []binding {
	if k.table == nil {
		return bindings
	}
	return k.table
}

// action is the action of a key by its Bubble Tea name.
func (k Keymap) action(name string) action {
	if name == "ctrl+c" {
		return quit
	}
	for _, b := range k.bindings() {
		if slices.Contains(b.keys, name) {
			return b.action
		}
	}
	return noAction
}

// bound is the row of an action.
func (l *look) bound(x action) binding {
	for _, b := range l.keys.bindings() {
		if b.action == x {
			if l.theme.ASCII && b.ascii != "" {
				b.label = b.ascii
			}
			return b
		}
	}
	return binding{}
}

// keyOf is how the key of an action is written.
func (l *look) keyOf(x action) string { return l.bound(x).label }

// keyBinding is a row of the table as the help widget wants it, with what it
// does in a key of package words.
func (l *look) keyBinding(x action, does string) key.Binding {
	b := l.bound(x)
	return key.NewBinding(key.WithKeys(b.keys...), key.WithHelp(b.label, l.words.Translate(does)))
}
