package queries

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"accord/queries/store"
)

// A Statement is what a question asked the store.
type Statement struct {
	Name       string // of the file that holds it, or what it reads
	SQL        string
	Parameters []Parameter
	// About is the parts of the answer that it was asked for, by the names that
	// their panels have; none = all of them.
	About []string
}

// A Parameter is a value that a statement is asked with.
type Parameter struct {
	Name  string // without its $
	Value any
}

// A Trace collects the statements of questions, in their order. It is safe for
// concurrent use.
type Trace struct {
	mu         sync.Mutex
	statements []Statement
}

type traceKey struct{}

type partsKey struct{}

// about is a context whose statements are asked for some parts of an answer.
func about(ctx context.Context, parts ...string) context.Context {
	return context.WithValue(ctx, partsKey{}, parts)
}

// Traced is a context whose questions are collected.
func Traced(ctx context.Context) (context.Context, *Trace) {
	t := &Trace{}
	return context.WithValue(ctx, traceKey{}, t), t
}

// Statements are those collected so far, each once.
func (t *Trace) Statements() []Statement {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]Statement(nil), t.statements...)
}

// record adds statements to the trace of a context, if it has one. Where they do not
// say what they are about, the context does.
func record(ctx context.Context, statements ...Statement) {
	t, ok := ctx.Value(traceKey{}).(*Trace)
	if !ok {
		return
	}
	asked, _ := ctx.Value(partsKey{}).([]string)
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range statements {
		parts := s.About
		if len(parts) == 0 {
			parts = asked
		}
		at := slices.IndexFunc(t.statements, func(have Statement) bool {
			return have.SQL == s.SQL && have.Name == s.Name && reflect.DeepEqual(have.Parameters, s.Parameters)
		})
		if at < 0 {
			s.About = parts
			t.statements = append(t.statements, s)
			continue
		}
		known := &t.statements[at]
		if len(known.About) == 0 || len(parts) == 0 {
			known.About = nil
			continue
		}
		for _, part := range parts {
			if !slices.Contains(known.About, part) {
				known.About = append(slices.Clone(known.About), part)
			}
		}
	}
}

// StatementsOf are those of the statements that a part of the answer stands on; all
// where none is its own.
func StatementsOf(statements []Statement, part string) []Statement {
	var out []Statement
	own := false
	for _, s := range statements {
		mine := slices.Contains(s.About, part)
		if own = own || mine; mine || len(s.About) == 0 {
			out = append(out, s)
		}
	}
	if !own {
		return statements
	}
	return out
}

// query is the one place where a question asks the store. Arguments are named.
func (d *Dataset) query(ctx context.Context, name, text string, args ...any) (*sql.Rows, error) {
	record(ctx, statementOf(name, text, args))
	rows, err := d.store.DB.QueryContext(ctx, text, asText(args)...)
	if err != nil {
		return nil, asked(ctx, name, err)
	}
	return rows, nil
}

// asText writes lists of numbers as one text each, which a statement casts back:
// binding thousands of numbers one by one takes longer than many a statement.
func asText(args []any) []any {
	out := slices.Clone(args)
	for i, a := range args {
		if n, ok := a.(sql.NamedArg); ok {
			if list, ok := n.Value.([]int32); ok {
				out[i] = sql.Named(n.Name, LiteralOf(list))
			}
		}
	}
	return out
}

func statementOf(name, text string, args []any) Statement {
	s := Statement{Name: name, SQL: text}
	for _, a := range args {
		if n, ok := a.(sql.NamedArg); ok {
			s.Parameters = append(s.Parameters, Parameter{n.Name, n.Value})
		}
	}
	return s
}

// Runnable is the statement with its values in place of its parameters, as any
// DuckDB client runs it.
func (s Statement) Runnable() string {
	var b strings.Builder
	text := s.SQL
	for text != "" {
		n := span(text)
		piece := text[:n]
		text = text[n:]
		if name, ok := strings.CutPrefix(piece, "$"); ok {
			for _, p := range s.Parameters {
				if p.Name == name {
					piece = LiteralOf(p.Value)
				}
			}
		}
		b.WriteString(piece)
	}
	return b.String()
}

// span is the length of what text begins with: a string, an identifier in
// quotes, a comment, a parameter, or one byte.
func span(text string) int {
	until := func(mark string) int {
		if i := strings.Index(text[1:], mark); i >= 0 {
			return 1 + i + len(mark)
		}
		return len(text)
	}
	switch {
	case text[0] == '\'':
		return until("'") // a doubled quote is two strings
	case text[0] == '"':
		return until(`"`)
	case strings.HasPrefix(text, "--"):
		return until("\n")
	case text[0] == '$':
		n := 1
		for n < len(text) && (text[n] == '_' || text[n] >= 'a' && text[n] <= 'z' || text[n] >= '0' && text[n] <= '9') {
			n++
		}
		return n
	}
	return 1
}

// LiteralOf writes a value of a parameter in SQL.
func LiteralOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return "TIMESTAMP " + store.Literal(v.UTC().Format("2006-01-02 15:04:05.999999"))
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return store.Literal(r.String())
	case reflect.Slice:
		list := make([]string, r.Len())
		for i := range list {
			list[i] = LiteralOf(r.Index(i).Interface())
		}
		return "[" + strings.Join(list, ", ") + "]"
	}
	return fmt.Sprint(v)
}
