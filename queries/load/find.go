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

// A source is one input with the relation that it is read from.
type source struct {
	input    Input
	origin   Origin
	name     string   // for people: the files' base names, or "(query)"
	relation string   // SQL to select from, where from is no file
	files    []string // absolute paths; all CSV or all Parquet
	csv      bool
}

// A plan is what a load will do.
type plan struct {
	mapping Mapping
	sources []source // in the order of Inputs
	unread  []string // names of data files in folders that no input is named like
}

// dataFile matches the names that folders are searched for, such as
// customers.csv, consents.csv.gz, assignments-2018.parquet.
var dataFile = regexp.MustCompile(`(?is)^([a-z]+)([-_.].*)?\.(csv(\.gz|\.zst)?|parquet)$`)

// IsDataFile reports whether a file of that name would be taken from a folder.
func IsDataFile(name string) bool { return inputOf(name) != "" }

// inputOf is the input that a file's name announces, "" for none.
func inputOf(name string) string {
	m := dataFile.FindStringSubmatch(filepath.Base(name))
	if m == nil {
		return ""
	}
	in, _ := inputNamed(strings.ToLower(m[1]))
	return in.Name
}

// find plans the load of paths: mapping files, folders, or files named after
// their input.
func find(paths []string) (plan, error) {
	var p plan
	files := map[string][]string{}
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
			return p.addFolder(m.folder, files)
		}
		return nil
	}
	for _, path := range paths {
		info, err := os.Stat(path)
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
			} else if err := p.addFolder(path, files); err != nil {
				return p, err
			}
		case strings.EqualFold(filepath.Ext(path), ".toml"):
			if err := useMapping(path); err != nil {
				return p, err
			}
		case inputOf(path) != "":
			files[inputOf(path)] = append(files[inputOf(path)], path)
		default:
			return p, fmt.Errorf("%s: the name does not tell what it holds: name it after an input (%s), or write a mapping file for it", path, inputNames())
		}
	}
	return p, p.resolve(files)
}

func inputNames() string {
	var names []string
	for _, in := range Inputs() {
		names = append(names, in.Name)
	}
	return strings.Join(names, ", ")
}

// addFolder adds the data files directly in folder to files, those named after
// no input to p.unread.
func (p *plan) addFolder(folder string, files map[string][]string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		if in := inputOf(e.Name()); in != "" {
			files[in] = append(files[in], filepath.Join(folder, e.Name()))
		} else if dataFile.MatchString(e.Name()) {
			p.unread = append(p.unread, e.Name())
		}
	}
	return nil
}

// resolve turns origins and found files into sources.
func (p *plan) resolve(files map[string][]string) error {
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
	for i, in := range Inputs() {
		o := *m.origins()[i]
		s := source{input: in, origin: o}
		found := files[in.Name]
		switch {
		case o.From != "" && len(found) > 0:
			return fmt.Errorf("%s: the mapping and the file %s both give it", in.Name, found[0])
		case isRelation(o.From):
			s.name, s.relation = "(query)", o.From
			if isQuery(o.From) {
				s.relation = "(" + o.From + "\n)" // behind a comment, if it ends with one
			}
			p.sources = append(p.sources, s)
			continue
		case o.From != "":
			matches, err := m.match(o.From)
			if err != nil {
				return fmt.Errorf("%s.from: %w", in.Name, err)
			}
			found = matches
		case len(found) == 0:
			continue
		}
		if err := s.read(found); err != nil {
			return err
		}
		p.sources = append(p.sources, s)
	}
	if len(p.sources) == 0 {
		return fmt.Errorf("%w: no file is named after an input (%s); `accord schema` describes them", ErrNothingToLoad, inputNames())
	}
	if p.sources[0].input.Name != "customers" {
		return fmt.Errorf("%w without customers: add a file named customers.csv or customers.parquet, or map one; `accord schema` describes it", ErrNothingToLoad)
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

// read makes s read the given files, all CSV or all Parquet.
func (s *source) read(files []string) error {
	slices.Sort(files)
	names := make([]string, len(files))
	for i, f := range files {
		info, err := os.Stat(f)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%s: the link leads nowhere", f)
		case err != nil:
			return err
		case !info.Mode().IsRegular():
			return fmt.Errorf("%s: not a file", f)
		}
		abs, err := filepath.Abs(f)
		if err != nil {
			return err
		}
		s.files = append(s.files, abs)
		names[i] = filepath.Base(f)
		csv := !strings.EqualFold(filepath.Ext(f), ".parquet")
		if i > 0 && csv != s.csv {
			return fmt.Errorf("%s: %s and %s are of two formats: convert one, or load them apart", s.input.Name, names[0], names[i])
		}
		s.csv = csv
	}
	s.name = strings.Join(names, ", ")
	return nil
}
