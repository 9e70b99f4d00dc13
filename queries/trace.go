package queries

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
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

// record adds statements to the trace of a context, if it has one.
func record(ctx context.Context, statements ...Statement) {
	t, ok := ctx.Value(traceKey{}).(*Trace)
	if !ok {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range statements {
		known := false
		for _, have := range t.statements {
			known = known || reflect.DeepEqual(have, s)
		}
		if !known {
			t.statements = append(t.statements, s)
		}
	}
}

// query is the one place where a question asks the store. Arguments are named.
func (d *Dataset) query(ctx context.Context, name, text string, args ...any) (*sql.Rows, error) {
	record(ctx, statementOf(name, text, args))
	rows, err := d.store.DB.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, asked(ctx, name, err)
	}
	return rows, nil
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
