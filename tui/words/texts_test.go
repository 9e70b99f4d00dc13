package words

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the root of the module from this package.
const module = "../.."

// speaking are the functions whose arguments are texts, and which ones are.
var speaking = map[string][]int{"Say": {0}, "Key": {0}, "Plural": {1, 2}}

// A text is a literal given to a speaking function, and where.
type text struct {
	key   string
	where string
	args  int // given beside the key; -1 where not known
}

// textsOf collects the texts of one file and what is wrong with its calls.
func textsOf(files *token.FileSet, file *ast.File) (texts []text, wrong []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if field, ok := n.(*ast.KeyValueExpr); ok && file.Name.Name == "load" {
			if key, ok := meaning(field); ok {
				texts = append(texts, text{key, files.Position(field.Pos()).String(), -1})
			}
		}
		for _, key := range phrases(file, n) {
			texts = append(texts, text{key, files.Position(n.Pos()).String(), -1})
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		var name string
		switch fun := call.Fun.(type) {
		case *ast.SelectorExpr:
			name = fun.Sel.Name
		case *ast.Ident:
			name = fun.Name
		}
		at := speaking[name]
		// Another package's Key or Say with other arguments is not ours.
		if at == nil || name == "Key" && !isWordsKey(file, call) || len(call.Args) <= at[len(at)-1] {
			return true
		}
		where := files.Position(call.Pos()).String()
		for _, i := range at {
			key, ok := literal(call.Args[i])
			if !ok {
				wrong = append(wrong, fmt.Sprintf("%s: %s takes a literal", where, name))
				continue
			}
			args := len(call.Args) - at[len(at)-1] - 1
			if name == "Key" || call.Ellipsis.IsValid() {
				args = -1
			}
			texts = append(texts, text{key, where, args})
		}
		return true
	})
	return texts, wrong
}

// meaning is the text of a field of package load's tables that is translated:
// load lies below this package and cannot mark it with Key.
func meaning(field *ast.KeyValueExpr) (string, bool) {
	if name, ok := field.Key.(*ast.Ident); !ok || name.Name != "Meaning" {
		return "", false
	}
	return literal(field.Value)
}

// phrases are the texts of constants of package load's types Phrase and Type,
// and of package queries' type Mistake.
func phrases(file *ast.File, n ast.Node) []string {
	spec, ok := n.(*ast.ValueSpec)
	if !ok {
		return nil
	}
	name, ok := spec.Type.(*ast.Ident)
	if !ok || !slices.Contains([]string{"load.Phrase", "load.Type", "queries.Mistake"}, file.Name.Name+"."+name.Name) {
		return nil
	}
	var out []string
	for _, v := range spec.Values {
		if key, ok := literal(v); ok {
			out = append(out, key)
		}
	}
	return out
}

// isWordsKey reports whether a call to a function named Key is to this
// package's: words.Key, or Key alone inside this package.
func isWordsKey(file *ast.File, call *ast.CallExpr) bool {
	switch fun := call.Fun.(type) {
	case *ast.SelectorExpr:
		x, ok := fun.X.(*ast.Ident)
		return ok && x.Name == "words"
	case *ast.Ident:
		return file.Name.Name == "words"
	}
	return false
}

// literal is the value of a string literal, or of several joined by +.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		x, okX := literal(e.X)
		y, okY := literal(e.Y)
		return x + y, okX && okY && e.Op == token.ADD
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return "", false
}

// moduleTexts collects the texts of the whole module, tests apart.
func moduleTexts(t *testing.T) []text {
	t.Helper()
	files := token.NewFileSet()
	var texts []text
	err := filepath.WalkDir(module, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != module && (strings.HasPrefix(name, ".") || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		found, wrong := textsOf(files, file)
		for _, w := range wrong {
			t.Error(w)
		}
		texts = append(texts, found...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestEveryTextHasFrench(t *testing.T) {
	french := map[string]string{}
	for _, table := range frenchTables {
		for key, value := range table {
			if _, twice := french[key]; twice {
				t.Errorf("two tables translate %q", key)
			}
			french[key] = value
		}
	}
	used := map[string]bool{}
	for _, x := range moduleTexts(t) {
		used[x.key] = true
		if problem := check(x, french); problem != "" {
			t.Errorf("%s: %s", x.where, problem)
		}
	}
	for key := range french {
		if !used[key] {
			t.Errorf("nobody says %q: its French can go", key)
		}
	}
}

// check says what is wrong with a text, "" for nothing.
func check(x text, french map[string]string) string {
	value, ok := french[x.key]
	if !ok || value == "" {
		return fmt.Sprintf("no French for %q", x.key)
	}
	english, err := verbs(x.key)
	if err != nil {
		return fmt.Sprintf("%q: %v", x.key, err)
	}
	other, err := verbs(value)
	if err != nil {
		return fmt.Sprintf("%q: %v", value, err)
	}
	if !slices.Equal(english, other) {
		return fmt.Sprintf("%q takes %v and its French %v", x.key, english, other)
	}
	if takes := arguments(english); x.args >= 0 && x.args != takes {
		return fmt.Sprintf("%q takes %d arguments and gets %d", x.key, takes, x.args)
	}
	if bad := typography.FindString(value); bad != "" {
		return fmt.Sprintf("French typography: %q in %q", bad, value)
	}
	return ""
}

// typography finds an ordinary space or none where French wants a no-break
// space, and marks that are not French.
var typography = regexp.MustCompile(`[^\x{a0}](:|%%|»)|«[^\x{a0}]|[ \x{a0}];|\w'\w|\.\.\.`)

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?(.?)`)

// verbs lists a format's verbs by argument, each once: "1s", "2d".
func verbs(format string) ([]string, error) {
	var found []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		switch {
		case m[2] == "%" && m[1] == "":
			continue
		case !strings.Contains("sdqv", m[2]) || m[2] == "":
			return nil, fmt.Errorf("%q is no verb; a percent sign is written %%%%", m[0])
		case m[1] != "":
			n, err := strconv.Atoi(m[1])
			if err != nil {
				return nil, err
			}
			next = n
		}
		found = append(found, strconv.Itoa(next)+m[2])
		next++
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// arguments is how many arguments a format with these verbs takes: up to the
// last it names.
func arguments(verbs []string) int {
	n := 0
	for _, v := range verbs {
		if i, err := strconv.Atoi(v[:len(v)-1]); err == nil {
			n = max(n, i)
		}
	}
	return n
}

func TestCollectorFindsWhatIsWrong(t *testing.T) {
	source := `package x
func f(p *words.Printer, s string) {
	p.Say("good " + "text %s", s)
	p.Say(s)
	p.Plural(1, "%s thing", "%s things", s)
	words.Key("listed")
	words.Key(s)
	keys.Key(s)
	p.Translate(s)
}`
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "x.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	texts, wrong := textsOf(files, file)
	var keys []string
	for _, x := range texts {
		keys = append(keys, x.key)
	}
	if want := []string{"good text %s", "%s thing", "%s things", "listed"}; !slices.Equal(keys, want) {
		t.Errorf("found %q, want %q", keys, want)
	}
	if len(wrong) != 2 {
		t.Errorf("complaints %q, want two", wrong)
	}
	french := map[string]string{
		"a %s": "un %d", "b": "", "c %s": "c\u00a0: %s", "d": "d: d", "e": "5 %", "f %[1]s %[2]s": "f %[2]s %[1]s",
	}
	for _, c := range []struct {
		key  string
		args int
		bad  bool
	}{
		{"a %s", 1, true}, {"b", 0, true}, {"absent", 0, true}, {"c %s", 1, false}, {"c %s", 2, true},
		{"d", 0, true}, {"e", 0, true}, {"f %[1]s %[2]s", 2, false}, {"f %[1]s %[2]s", -1, false},
	} {
		if problem := check(text{c.key, "", c.args}, french); (problem != "") != c.bad {
			t.Errorf("check(%q, %d args) = %q", c.key, c.args, problem)
		}
	}
}
