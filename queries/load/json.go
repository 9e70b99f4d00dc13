package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"accord/queries/store"
)

// keysOf tells an array of objects from an object a line, and lists the keys
// that any object has: the columns. All of them are text, as those of CSV are;
// what is within a value (an object, a list) stays JSON.
func (b *builder) keysOf(ctx context.Context, f *file) error {
	head, err := f.head(ctx)
	if err != nil {
		return err
	}
	head = bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(head) == 0:
		return errors.New("it is empty")
	case head[0] == '[':
		f.format = formatJSON
	}
	rows, err := b.conn.QueryContext(ctx, fmt.Sprintf(`SELECT key FROM (SELECT n, unnest(json_keys(object)) AS key FROM (SELECT row_number() OVER () AS n, object FROM %s) WHERE object IS NOT NULL)
		GROUP BY key ORDER BY min(n) LIMIT %d`, f.objects(""), 2*maxCandidates))
	if err != nil {
		return plainJSON(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return err
		}
		if columnIndex(f.columns, key) < 0 && key != "" && len(key) <= maxName {
			f.columns = append(f.columns, described{key, "VARCHAR"})
		}
	}
	if len(f.columns) == 0 && rows.Err() == nil {
		return errors.New("it does not read as JSON objects: write an array of objects, or an object a line")
	}
	return plainJSON(rows.Err())
}

// objects is the SQL of the file's objects in their order: the text that stands
// for one, and the object, NULL where the text is none.
func (f *file) objects(rejects string) string {
	from := fmt.Sprintf("(SELECT CAST(json AS VARCHAR) AS text FROM read_json_objects(%s, format = 'array', maximum_object_size = %d))", store.Literal(escapeGlob(f.plain)), maxLine)
	if f.format == formatNDJSON {
		// No JSON holds the character by which these columns are parted.
		from = fmt.Sprintf("read_csv(%s, auto_detect = false, delim = '\x01', quote = '', escape = '', header = false, strict_mode = false, columns = {'text': 'VARCHAR'}, %s, max_line_size = %d, buffer_size = %d)",
			store.Literal(escapeGlob(f.plain)), badLines(rejects), maxLine, buffered)
	}
	return "(SELECT text, CASE WHEN json_valid(text) THEN CASE WHEN json_type(text) = 'OBJECT' THEN text END END AS object FROM " + from + ")"
}

// readJSON is the SQL that reads a JSON file, each key as a column of text.
func (f *file) readJSON(rejects string) string {
	paths, columns := make([]string, len(f.columns)), make([]string, len(f.columns))
	for i, c := range f.columns {
		paths[i] = store.Literal(`$."` + strings.ReplaceAll(strings.ReplaceAll(c.name, `\`, `\\`), `"`, `\"`) + `"`)
		columns[i] = fmt.Sprintf("vals[%d] AS %s", i+1, store.Identifier(c.name))
	}
	return fmt.Sprintf("(SELECT text AS %s, object AS %s, %s FROM (SELECT text, object, json_extract_string(object, [%s]) AS vals FROM %s))",
		store.Identifier(lineOfJSON), store.Identifier(objectOfJSON), strings.Join(columns, ", "), strings.Join(paths, ", "), f.objects(rejects))
}

// Columns beside those of the keys.
const (
	lineOfJSON   = " line"
	objectOfJSON = " object"
)

// plainJSON puts what DuckDB says about a JSON file in plain words.
func plainJSON(err error) error {
	if err != nil && strings.Contains(err.Error(), "JSON") && !strings.Contains(err.Error(), "IO Error") {
		return errors.New("it does not read as JSON: check that it is complete, and an array of objects or an object a line")
	}
	return err
}
