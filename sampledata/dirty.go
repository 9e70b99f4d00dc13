package sampledata

import (
	"bufio"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed damage.toml
var damageFile string

// Damage is one thing that is wrong with the dirty sample.
type Damage struct {
	File   string
	Row    int
	Like   int
	Set    map[string]string
	Line   *string
	Latin1 bool
	Why    string
}

// damages is damage.toml, where each field is explained.
type damages struct {
	Customers int64
	Survey    int
	Factors   int
	Damage    []Damage
}

func readDamages() (damages, error) {
	var d damages
	meta, err := toml.Decode(damageFile, &d)
	if err != nil {
		return damages{}, fmt.Errorf("damage.toml: %w", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return damages{}, fmt.Errorf("damage.toml: %s is not known", unknown[0])
	}
	return d, nil
}

// dirtyFile is a file as lines of cells, with lines that are no rows at the end.
type dirtyFile struct {
	header []string
	rows   [][]string
	lines  []string
}

// writeDirty writes a small sample and damages it as damage.toml says.
func writeDirty(dir string, seed uint64) error {
	damages, err := readDamages()
	if err != nil {
		return err
	}
	m, err := newModel(seed, damages.Customers, false)
	if err != nil {
		return err
	}
	files := m.dirtyFiles(damages)
	for i, d := range damages.Damage {
		file := files[d.File]
		if file == nil {
			return fmt.Errorf("damage.toml: damage %d: there is no file %q", i+1, d.File)
		}
		if err := file.damage(d); err != nil {
			return fmt.Errorf("damage.toml: damage %d, to %s (%s): %w", i+1, d.File, d.Why, err)
		}
	}
	for _, t := range tables {
		if err := files[t.name].write(filepath.Join(dir, t.name+".csv")); err != nil {
			return err
		}
	}
	return nil
}

func (m *model) dirtyFiles(d damages) map[string]*dirtyFile {
	all := m.references()
	l := newLife(m, newSheets(len(m.campaigns)))
	for number := int64(1); number <= m.customers; number++ {
		l.live(number)
	}
	for _, file := range l.out.files() {
		all = append(all, file...)
	}
	files := map[string]*dirtyFile{}
	for _, s := range all {
		file := files[s.name]
		if file == nil {
			file = &dirtyFile{}
			for _, c := range s.columns {
				file.header = append(file.header, c.name)
			}
			files[s.name] = file
		}
		for i := range s.rows {
			row := make([]string, len(s.columns))
			for column := range s.columns {
				row[column] = string(s.appendCell(nil, column, s.row(i)))
			}
			file.rows = append(file.rows, row)
		}
	}
	files["survey"].rows = files["survey"].rows[:d.Survey]
	files["factors"].rows = files["factors"].rows[:d.Factors]
	// An address, so that dropping what identifies a person can be seen to happen.
	people := files["customers"]
	people.header = append(people.header, "email")
	for i, row := range people.rows {
		people.rows[i] = append(row, strings.ToLower(strings.Replace(row[0], "-", "", 1))+"@example.com")
	}
	return files
}

func (f *dirtyFile) damage(d Damage) error {
	if d.Line != nil {
		line := *d.Line
		if d.Latin1 {
			line = latin1(line)
		}
		f.lines = append(f.lines, line)
		return nil
	}
	number := d.Row + d.Like
	if number < 1 || number > len(f.rows) {
		return fmt.Errorf("there is no row %d", number)
	}
	row := f.rows[number-1]
	if d.Like > 0 {
		row = slices.Clone(row)
		f.rows = append(f.rows, row)
	}
	for column, value := range d.Set {
		i := slices.Index(f.header, column)
		if i < 0 {
			return fmt.Errorf("there is no column %q", column)
		}
		row[i] = value
	}
	return nil
}

// latin1 writes text one byte a character, as old programs do.
func latin1(text string) string {
	var b []byte
	for _, r := range text {
		b = append(b, byte(r))
	}
	return string(b)
}

func (f *dirtyFile) write(path string) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	for _, row := range append([][]string{f.header}, f.rows...) {
		for i, cell := range row {
			if i > 0 {
				w.WriteByte(',')
			}
			writeQuoted(w, []byte(cell))
		}
		w.WriteByte('\n')
	}
	for _, line := range f.lines {
		w.WriteString(line + "\n")
	}
	if err := w.Flush(); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
