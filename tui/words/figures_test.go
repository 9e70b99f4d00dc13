package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accord/queries"
)

func TestFigures(t *testing.T) {
	en, fr := printers()
	small, complement := queries.Missing[int64](queries.SmallCell), queries.Missing[int64](queries.Complement)
	hidden := queries.Missing[queries.Estimate](queries.SmallCell)
	anonymous := New(English)
	for _, c := range [][2]string{
		{en.Count(queries.Known[int64](7812)), "7,812"},
		{en.Count(queries.Known[int64](0)), "0"},
		{en.Count(small), "withheld"},
		{anonymous.Count(small), "withheld"},
		{en.Count(complement), "withheld"},
		{fr.Count(complement), "masqué"},
		{en.Count(queries.Count{}), "n/a"},
		{en.Fraction(rate(7812, 19034, 0.007)), "7,812 of 19,034"},
		{fr.Fraction(rate(7812, 19034, 0.007)), nb("7~812 sur 19~034")},
		{en.Rate(rate(7812, 19034, 0.007)), "41.0 % [40.3, 41.7] (7,812 of 19,034)"},
		{en.Rate(queries.Rate{Numerator: small, Estimate: hidden}), "withheld (to protect fewer than 11 people)"},
		{anonymous.Rate(queries.Rate{Estimate: hidden}), "withheld (to protect very few people)"},
		// a share about few people must not read as a percentage below eleven
		{en.ShareFigure(hidden).Value, "withheld"},
		{en.ShareFigure(estimate(0.41, 0.4, 0.42)).String(), "41.0 % [40.0, 42.0]"},
		{en.ValueFigure(queries.Revenue, estimate(0.65, 0.5, 0.8)).String(), "0.65 [0.50, 0.80]"},
		{en.ValueFigure(queries.Visit, estimate(0.65, 0.5, 0.8)).String(), "65 % [50, 80]"},
		{en.DifferenceFigure(queries.Revenue, estimate(0.65, 0.5, 0.8)).String(), "+0.65 [+0.50, +0.80]"},
		{en.RelativeFigure(queries.Missing[queries.Estimate](queries.UnboundedRatio)).Value, "unbounded"},
		{en.TotalFigure(queries.Revenue, queries.Known(13908.33)), "13,908.33"},
		{en.TotalFigure(queries.Visit, queries.Known(2262.0)), "2,262"},
		{en.TotalFigure(queries.Visit, queries.Missing[float64](queries.SmallCell)), "withheld"},
		{en.TotalFigure(queries.Revenue, queries.Missing[float64](queries.SmallCell)), "withheld"},
		{en.PFigure(queries.Missing[float64](queries.OutcomeMissing)), "missing"},
		{en.PointsFigure(queries.Known(0.01)), "+1.00 pp"},
		{en.Detectable(queries.Visit, 0.0084), "0.84 pp"},
		{en.Detectable(queries.Revenue, 0.43), "0.43"},
		{en.MetricShort(queries.Revenue), "Mean revenue"},
		{en.MetricShort(queries.Visit), "Visits"},
		{en.Name("email_marketing"), "e-mail marketing"},
		{fr.Name("email_marketing"), "marketing par courriel"},
		{fr.Name("gold_tier 100%"), "gold tier 100%"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}

// constants are the values of the constants of a type in a package's source.
func constants(t *testing.T, dir, typ string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(module, dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source in %s: %v", dir, err)
	}
	var values []string
	for _, path := range files {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != typ {
				return true
			}
			for _, v := range spec.Values {
				if s, ok := literal(v); ok {
					values = append(values, s)
				}
			}
			return true
		})
	}
	return values
}

// Every reason, verdict, metric and kind that a query can give has words.
func TestEveryConstantHasWords(t *testing.T) {
	en, fr := printers()
	reasons := slices.Concat(constants(t, "queries", "Reason"), constants(t, "queries/stats", "Degenerate"))
	if len(reasons) < 20 {
		t.Fatalf("only %d reasons found", len(reasons))
	}
	for _, r := range reasons {
		if text := en.Reason(queries.Reason(r)); strings.HasPrefix(text, "not available") {
			t.Errorf("reason %s has no words", r)
		}
		if text := en.ReasonShort(queries.Reason(r)); text == "" || len(text) > 12 {
			t.Errorf("reason %s is %q in short", r, text)
		}
	}
	if text := en.Reason("new_reason"); text != "not available (new reason)" {
		t.Errorf("a reason nobody knows is %q", text)
	}
	for _, m := range constants(t, "queries", "Metric") {
		for _, p := range []*Printer{en, fr} {
			if p.Metric(queries.Metric(m)) == m || p.MetricRate(queries.Metric(m)) == m {
				t.Errorf("metric %s has no name", m)
			}
		}
	}
	for _, v := range constants(t, "queries", "Verdict") {
		c := mens()
		c.Verdict = queries.Verdict(v)
		if v != string(queries.CannotCompute) && en.VerdictShort(c) == "no estimate" {
			t.Errorf("verdict %s has no words", v)
		}
	}
	for _, k := range constants(t, "queries", "AttentionKind") {
		if strings.HasPrefix(en.Attention(queries.Attention{Kind: queries.AttentionKind(k)}), "Needs attention") {
			t.Errorf("attention %s has no words", k)
		}
	}
}

func TestWellKnownNamesAreSlugs(t *testing.T) {
	for _, slug := range slices.Sorted(maps.Keys(wellKnown)) {
		if slug != strings.ToLower(slug) || strings.ContainsAny(slug, " -") {
			t.Errorf("%q is not written as data writes it", slug)
		}
	}
}
