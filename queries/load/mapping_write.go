package load

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// WriteMapping writes the outline as a mapping file that loads the same, to be
// edited. A file that is there is not replaced.
func (o Outline) WriteMapping(path string) error {
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("# What each input is read from. `accord schema` describes the inputs and their columns; every column\n# here is a SQL expression over the columns of its file, which are text unless the file has types.\n")
	setting := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s = %s\n", name, tomlText(value))
		}
	}
	m := o.mapping
	setting("title", m.Title)
	if m.Synthetic {
		b.WriteString("synthetic = true\n")
	}
	setting("timezone", m.Timezone)
	setting("as_of", m.AsOf)
	setting("date_order", m.DateOrder)
	fmt.Fprintf(&b, "window_days = %d\nimplied_days = %d\n", m.WindowDays, m.ImpliedDays)
	for _, in := range Inputs() {
		for _, s := range o.Sources {
			if s.Input != in.Name {
				continue
			}
			for _, origin := range s.origins {
				fmt.Fprintf(&b, "\n[[%s]]\n", in.Name)
				writeOrigin(&b, in, origin, s, folder)
			}
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: it may have been edited; name another file, or remove it", path)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(b.String())
	return errors.Join(err, f.Close())
}

func writeOrigin(b *strings.Builder, in Input, o Origin, s SourceOutline, folder string) {
	from := o.From
	if !isRelation(from) {
		if relative, err := filepath.Rel(folder, from); err == nil && filepath.IsLocal(relative) {
			from = relative
		}
	}
	for _, setting := range [][2]string{{"from", from}, {"table", o.Table}, {"where", o.Where}} {
		if setting[1] != "" {
			fmt.Fprintf(b, "%s = %s\n", setting[0], tomlText(setting[1]))
		}
	}
	if len(o.Fixed) > 0 {
		names := make([]string, len(o.Fixed))
		for i, name := range o.Fixed {
			names[i] = tomlText(name)
		}
		fmt.Fprintf(b, "fixed = [%s]\n", strings.Join(names, ", "))
	}
	var missing, others []string
	for _, c := range s.Missing {
		missing = append(missing, c.Name)
	}
	for _, c := range s.Columns {
		if c.May {
			others = append(others, c.From)
		}
	}
	comment := func(what string, names []string) {
		if len(names) > 0 {
			fmt.Fprintf(b, "# %s: %s\n", what, strings.Join(strings.Fields(strings.Join(names, ", ")), " "))
		}
	}
	comment("Not given", missing)
	if len(o.Dimensions) == 0 && in.Dimensions {
		comment("Candidate dimensions, as every other column is", others)
	}
	if len(o.Columns) > 0 {
		fmt.Fprintf(b, "[%s.columns]\n", in.Name)
		for _, c := range in.Columns {
			if expression, ok := o.Columns[c.Name]; ok {
				fmt.Fprintf(b, "%s = %s\n", c.Name, tomlText(expression))
			}
		}
	}
	if len(o.Dimensions) > 0 {
		fmt.Fprintf(b, "[%s.dimensions]\n", in.Name)
		names := make([]string, 0, len(o.Dimensions))
		for name := range o.Dimensions {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			fmt.Fprintf(b, "%s = %s\n", tomlText(name), tomlText(o.Dimensions[name]))
		}
	}
}

// tomlText is a text as TOML writes it, quoted so that it reads best.
func tomlText(text string) string {
	if !strings.ContainsAny(text, "'\n\r\t") && strings.Contains(text, `"`) && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		return "'" + text + "'"
	}
	var b strings.Builder
	_ = toml.NewEncoder(&b).Encode(map[string]string{"x": text}) // into memory: nothing to fail
	return strings.TrimSpace(strings.TrimPrefix(b.String(), "x = "))
}
