package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"

	"accord/tui"
)

// A config is the user's config.toml.
type config struct {
	Keys map[string]keys `toml:"keys"`
}

// keys are one key or several.
type keys []string

// UnmarshalTOML implements toml.Unmarshaler.
func (k *keys) UnmarshalTOML(value any) error {
	switch v := value.(type) {
	case string:
		*k = keys{v}
		return nil
	case []any:
		*k = keys{}
		for _, one := range v {
			s, ok := one.(string)
			if !ok {
				return fmt.Errorf("%v is not a key: write it in quotes", one)
			}
			*k = append(*k, s)
		}
		return nil
	}
	return fmt.Errorf("%v is not a key: write it in quotes", value)
}

// configFolder is where accord keeps what is the user's own; "" where the
// system has no place for that.
func configFolder() string {
	folder, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "accord")
}

// viewsFolder is where saved views are; "" where there is no place for them.
func viewsFolder() string {
	folder := configFolder()
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "views")
}

// readKeymap reads the keys that the user has chosen. Mistakes are errors that
// name the file.
func readKeymap() (tui.Keymap, error) {
	folder := configFolder()
	if folder == "" {
		return tui.Keymap{}, nil
	}
	path := filepath.Join(folder, "config.toml")
	var c config
	meta, err := toml.DecodeFile(path, &c)
	if errors.Is(err, fs.ErrNotExist) {
		return tui.Keymap{}, nil
	}
	if err != nil {
		return tui.Keymap{}, fmt.Errorf("%s: %w", path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return tui.Keymap{}, fmt.Errorf("%s: there is no setting %s: write [keys]", path, strings.Join(unknown[0], "."))
	}
	changes := map[string][]string{}
	for name, k := range c.Keys {
		changes[name] = k
	}
	keymap, err := tui.NewKeymap(changes)
	if err != nil {
		return tui.Keymap{}, fmt.Errorf("%s: %w", path, err)
	}
	return keymap, nil
}

// welcomes reports whether this is the user's first start, and remembers it.
// Where that cannot be remembered it is none, so that nothing is said each time.
func welcomes() bool {
	folder := configFolder()
	if folder == "" || os.MkdirAll(folder, 0o700) != nil {
		return false
	}
	f, err := os.OpenFile(filepath.Join(folder, "welcomed"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return false
	}
	return f.Close() == nil
}
