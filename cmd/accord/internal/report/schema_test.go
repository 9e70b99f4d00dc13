package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"accord/queries"
	"accord/tui/handout"
)

// documented are the packages whose types the JSON is made of.
var documented = map[string]string{"queries": "../../../../queries", "stats": "../../../../queries/stats", "handout": "../../../../tui/handout"}

// A source is what the documentation of the types says: of "queries.Trend", of
// "queries.Trend.Points", and the words that a named type of strings has.
type source struct {
	says  map[string]string
	words map[string][]string
}

func readSource(t *testing.T) source {
	t.Helper()
	s := source{map[string]string{}, map[string][]string{}}
	for name, folder := range documented {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				if g, ok := d.(*ast.GenDecl); ok {
					s.read(name, g)
				}
			}
		}
	}
	return s
}

func (s source) read(pkg string, g *ast.GenDecl) {
	for _, spec := range g.Specs {
		switch x := spec.(type) {
		case *ast.TypeSpec:
			about := x.Doc
			if about == nil {
				about = g.Doc
			}
			s.says[pkg+"."+x.Name.Name] = plain(about.Text())
			fields, ok := x.Type.(*ast.StructType)
			if !ok {
				continue
			}
			before := "" // a comment above several fields is of the first
			for _, f := range fields.Fields.List {
				if before = f.Doc.Text(); before == "" {
					before = f.Comment.Text()
				}
				for _, n := range f.Names {
					s.says[pkg+"."+x.Name.Name+"."+n.Name] = plain(before)
				}
			}
		case *ast.ValueSpec:
			named, ok := x.Type.(*ast.Ident)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, v := range x.Values {
				if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil && text != "" {
						if text != string(queries.Complement) { // JSON has another in its place
							s.words[pkg+"."+named.Name] = append(s.words[pkg+"."+named.Name], text)
						}
					}
				}
			}
		}
	}
}

// plain is a comment as one line, without the brackets of links.
func plain(text string) string {
	var p comment.Parser
	var printer comment.Printer
	printer.TextWidth = -1
	return strings.Join(strings.Fields(string(printer.Text(p.Parse(text)))), " ")
}

type object = map[string]any

// A schemer makes the schema of types.
type schemer struct {
	source
	defs object
}

func (s schemer) of(t reflect.Type) object {
	if value, ok := t.MethodByName("Value"); ok && strings.HasPrefix(t.Name(), "Figure[") {
		return object{"anyOf": []any{s.of(value.Type.Out(0)), object{"$ref": "#/$defs/suppressed"}, object{"$ref": "#/$defs/undefined"}}}
	}
	switch t.Kind() {
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Array:
		return object{"type": "array", "items": s.of(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.String:
		if t.PkgPath() == "" {
			return object{"type": "string"}
		}
		return s.ref(t, func() object { return object{"type": "string"} })
	case reflect.Struct:
		return s.ref(t, func() object { return s.fields(t) })
	}
	panic(fmt.Sprintf("the JSON has a %v: say what it is there", t))
}

// ref is a reference to a named type, which it describes once.
func (s schemer) ref(t reflect.Type, describe func() object) object {
	if _, there := s.defs[t.Name()]; !there {
		s.defs[t.Name()] = true // a type may hold itself
		d := describe()
		says := s.says[t.String()]
		if words := s.words[t.String()]; len(words) > 0 {
			says = strings.TrimSpace(says + " Among others: " + strings.Join(words, ", ") + ".")
		}
		if says != "" {
			d["description"] = says
		}
		s.defs[t.Name()] = d
	}
	return object{"$ref": "#/$defs/" + t.Name()}
}

func (s schemer) fields(t reflect.Type) object {
	properties, required := object{}, []any{}
	for f := range fieldsOf(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			panic(fmt.Sprintf("%v.%s has no name in JSON", t, f.Name))
		}
		p := s.of(f.Type)
		if says := s.says[t.String()+"."+f.Name]; says != "" {
			p["description"] = says
		}
		properties[name] = p
		if options == "" {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if t.Field(i).IsExported() && !yield(t.Field(i)) {
				return
			}
		}
	}
}

// made is the schema that schema.json has to be.
func made(t *testing.T) object {
	t.Helper()
	s := schemer{readSource(t), object{
		"suppressed": object{"type": "object", "properties": object{"suppressed": object{"$ref": "#/$defs/Reason"}}, "required": []any{"suppressed"},
			"description": "The figure exists, and is withheld: it is about few people, or such a figure would follow from it."},
		"undefined": object{"type": "object", "properties": object{"undefined": object{"$ref": "#/$defs/Reason"}}, "required": []any{"undefined"},
			"description": "The figure does not exist, and why."},
	}}
	s.of(reflect.TypeFor[queries.Reason]())
	envelope := s.fields(reflect.TypeFor[envelopeOf]())
	envelope["properties"].(object)["report"].(object)["const"] = handout.Version
	of := func(name string) object {
		return object{"properties": object{"screen": object{"const": name}, "answer": s.of(answerTypes(t)[name])}, "required": []any{"screen", "answer"}}
	}
	var one []any
	for _, name := range Screens() {
		one = append(one, of(name))
	}
	several := object{"properties": object{"screens": object{"type": "array", "items": object{"$ref": "#/$defs/screen"}}}, "required": []any{"screens"}}
	s.defs["screen"] = object{"type": "object", "description": "A screen and its answer.", "oneOf": one}
	maps.Copy(envelope, object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "accord report --format json",
		"description": "Answers for programs: of one screen as screen and answer, of several as screens. Numbers are not rounded, shares are fractions of one, money is in the currency's unit, days are ISO 8601 and \"\" where open or unknown. " +
			"Lists are never null. A field that does not apply is left out. report is the version of the form: it grows when a field changes its meaning or goes; fields and words may be added without.",
		"oneOf": []any{object{"$ref": "#/$defs/screen"}, several},
		"$defs": s.defs,
	})
	return envelope
}

// envelopeOf is handout.Envelope without the answers, which have types of their
// own.
type envelopeOf struct {
	Report     int                `json:"report"`
	Provenance queries.Provenance `json:"provenance"`
	Filter     string             `json:"filter"`
}

// answerTypes are the types of the answers, by screen.
func answerTypes(t *testing.T) map[string]reflect.Type {
	t.Helper()
	types := map[string]reflect.Type{}
	for _, x := range screens {
		got, err := x.ask(context.Background(), rich(), queries.Filter{}, queries.Choice{})
		if err != nil {
			t.Fatal(err)
		}
		types[x.name] = reflect.TypeOf(got.answer)
	}
	return types
}

// The documentation is that of the types, word by word.
func TestSchemaIsMadeOfTheTypes(t *testing.T) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(made(t)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.json", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != Schema() {
		t.Error("schema.json is not that of the types: run the test with -update and look at it; a field that changed its meaning or went needs a new version")
	}
}

// All JSON is as documented, and has no field that is not.
func TestJSONIsAsDocumented(t *testing.T) {
	strict := made(t)
	for _, d := range strict["$defs"].(object) {
		if d := d.(object); d["properties"] != nil {
			d["additionalProperties"] = false
		}
	}
	b, err := json.Marshal(strict)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"documented": Schema(), "strict": string(b)} {
		schema, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource("report.json", schema); err != nil {
			t.Fatal(err)
		}
		compiled, err := compiler.Compile("report.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fakes {
			for _, screen := range append(Screens(), "") {
				x, err := jsonschema.UnmarshalJSON(strings.NewReader(write(t, f.make(), Options{Format: "json", Screen: screen})))
				if err != nil {
					t.Fatal(err)
				}
				if err := compiled.Validate(x); err != nil {
					t.Errorf("%s: %s %q: %v", name, f.name, screen, err)
				}
			}
		}
		for _, bad := range []string{`{}`, `{"report": 1}`, `{"report": 0, "provenance": {}, "filter": "", "screens": []}`} {
			x, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
			if err != nil {
				t.Fatal(err)
			}
			if compiled.Validate(x) == nil {
				t.Errorf("%s: %s is no report", name, bad)
			}
		}
	}
}
