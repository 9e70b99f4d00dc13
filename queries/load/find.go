package load

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// MappingName is the name of the mapping that a folder of files may hold.
const MappingName = "accord.toml"

// ErrNothingToLoad is wrapped by the error about sources that hold no input.
var ErrNothingToLoad = errors.New("nothing to load")

// A source is where rows of one input are read from: files, or a relation.
type source struct {
	input    Input
	origin   Origin
	name     string // for people: the files' base names, or "(query)"
	relation string // SQL to select from, where from is no file
	files    []*file
	preset   string   // that recognised the files, "" for none
	again    bool     // the relation is of the store that is read again: its identifiers are pseudonyms
	banded   []string // its dimensions that are known in bands only
}

// A plan is what a load will do.
type plan struct {
	mapping Mapping
	found   []found  // files that are to be recognised
	sources []source // in the order of Inputs
	unread  []string // names of data files in folders that are not recognised
}

// A found file is a data file that no mapping speaks of.
type found struct {
	path  string
	input string // that its name announces, "" for none
	asked bool   // named by the user, and not merely lying in a folder
}

// dataFile matches the names that folders are searched for.
var dataFile = regexp.MustCompile(`(?is)\.(csv|tsv|json|ndjson|jsonl)(\.gz|\.zst)?$|\.parquet$`)

// namedFile splits such a name before its first mark: customers.csv,
// consents.csv.gz, assignments-2018.parquet.
var namedFile = regexp.MustCompile(`(?is)^([\p{L}\p{M}]+)([-_.].*)?\.`)

// inputOf is the input that a file's name announces, in English or French, ""
// for none.
func inputOf(name string) string {
	base := filepath.Base(name)
	if !dataFile.MatchString(base) {
		return ""
	}
	m := namedFile.FindStringSubmatch(base)
	if m == nil {
		return ""
	}
	return inputCalled(m[1])
}

// inputCalled is the input of that name, in English or French, "" for none.
func inputCalled(name string) string {
	folded := fold(name)
	if in, ok := inputNamed(folded); ok {
		return in.Name
	}
	return inputAliases[folded]
}

// find lists what paths hold, in their order: mapping files, folders, patterns,
// DuckDB files, or data files. Which input a file is shows when it is opened.
func find(paths []string) (plan, error) {
	var p plan
	mapped := ""
	useMapping := func(path string) error {
		if mapped != "" {
			return fmt.Errorf("two mapping files (%s and %s): a store has one", mapped, path)
		}
		m, err := ReadMapping(path)
		if err != nil {
			return err
		}
		p.mapping, mapped = m, path
		if m.empty() {
			return p.addFolder(m.folder)
		}
		return nil
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) && patternMark.MatchString(path) {
			if err := p.addPattern(path); err != nil {
				return p, err
			}
			continue
		}
		if errors.Is(err, fs.ErrNotExist) {
			return p, fmt.Errorf("%s: there is no such file or folder", path)
		}
		if err != nil {
			return p, err
		}
		switch {
		case info.IsDir():
			inside := filepath.Join(path, MappingName)
			if _, err := os.Stat(inside); err == nil {
				err = useMapping(inside)
				if err != nil {
					return p, err
				}
			} else if err := p.addFolder(path); err != nil {
				return p, err
			}
		case strings.EqualFold(filepath.Ext(path), ".toml"):
			if err := useMapping(path); err != nil {
				return p, err
			}
		default:
			p.found = append(p.found, found{path, inputOf(path), true})
		}
	}
	return p, p.resolve()
}

func inputNames() string {
	var names []string
	for _, in := range Inputs() {
		names = append(names, in.Name)
	}
	return strings.Join(names, ", ")
}

// addFolder adds the data files directly in folder.
func (p *plan) addFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.IsDir() && dataFile.MatchString(e.Name()) {
			p.found = append(p.found, found{filepath.Join(folder, e.Name()), inputOf(e.Name()), false})
		} else if inputOf(e.Name()) != "" { // a folder that is named like a file is a mistake
			p.found = append(p.found, found{filepath.Join(folder, e.Name()), inputOf(e.Name()), false})
		}
	}
	return nil
}

// addPattern adds the files that a pattern of filepath.Match stands for.
func (p *plan) addPattern(pattern string) error {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return fmt.Errorf("%q is not a valid pattern: %w", pattern, err)
	}
	if len(paths) == 0 {
		return fmt.Errorf("no file matches %s", pattern)
	}
	for _, path := range paths {
		p.found = append(p.found, found{path, inputOf(path), true})
	}
	return nil
}

// resolve fills in what the mapping leaves out, and turns its origins into
// sources.
func (p *plan) resolve() error {
	m := &p.mapping
	if m.Timezone == "" {
		m.Timezone = defaultZone
	}
	if m.WindowDays == 0 {
		m.WindowDays = defaultWindowDays
	}
	if m.ImpliedDays == 0 {
		m.ImpliedDays = defaultImpliedDays
	}
	if m.GraceBusinessDays == 0 {
		m.GraceBusinessDays = defaultGraceDays
	}
	for i, in := range Inputs() {
		for _, o := range *m.origins()[i] {
			if o.From == "" {
				continue // settings for the files found
			}
			if at := slices.IndexFunc(p.found, func(f found) bool { return f.input == in.Name }); at >= 0 {
				return fmt.Errorf("%s: the mapping and the file %s both give it", in.Name, p.found[at].path)
			}
			s := source{input: in, origin: o}
			if isRelation(o.From) {
				s.name, s.relation = "(query)", o.From
				if isQuery(o.From) {
					s.relation = "(" + o.From + "\n)" // behind a comment, if it ends with one
				}
				p.sources = append(p.sources, s)
				continue
			}
			paths, err := m.match(o.From)
			if err != nil {
				return fmt.Errorf("%s.from: %w", in.Name, err)
			}
			slices.Sort(paths)
			for _, path := range paths {
				f, err := newFile(path)
				if err != nil {
					return err
				}
				s.files = append(s.files, f)
			}
			s.name = namesOf(s.files)
			if len(s.files) > 0 && s.files[0].format == formatDuckDB {
				s.name += ": " + s.table()
			}
			p.sources = append(p.sources, s)
		}
	}
	if len(p.sources) == 0 && len(p.found) == 0 {
		return p.complete()
	}
	return nil
}

// complete reports what a plan lacks to be a load.
func (p *plan) complete() error {
	if len(p.sources) == 0 {
		return fmt.Errorf("%w: no file is named after an input (%s), or is an export that accord knows; `accord schema` describes them", ErrNothingToLoad, inputNames())
	}
	if p.sources[0].input.Name != "customers" {
		return fmt.Errorf("%w without customers: add a file named customers.csv or customers.parquet, or map one; every rate is of the customers whom you know; `accord schema` describes them", ErrNothingToLoad)
	}
	return nil
}

// patternMark is what means something in a pattern for filepath.Glob.
var patternMark = regexp.MustCompile(`[*?[\\]`)

// match lists the files that from names, itself or as a pattern, in the
// mapping's folder.
func (m *Mapping) match(from string) ([]string, error) {
	path := from
	pattern := from
	if !filepath.IsAbs(from) {
		path = filepath.Join(m.folder, from)
		pattern = filepath.Join(patternMark.ReplaceAllString(m.folder, `\$0`), from)
	}
	if _, err := os.Stat(path); err == nil {
		return []string{path}, nil
	}
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%q is not a valid pattern: %w", from, err)
	}
	if len(matches) == 0 {
		return nil, fmt.Errorf("no file matches %s", path)
	}
	return matches, nil
}
