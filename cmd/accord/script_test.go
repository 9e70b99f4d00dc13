package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what scripts compare outputs with")

// TestScripts runs the command line as its users do: testdata/script holds one
// story a file. Beside testscript's own, the scripts have these commands:
//
//	accord ARG...          runs the program, which must succeed and say nothing on stderr
//	fails CODE ARG...      runs it; it must exit with CODE, and say why in one line on stderr alone
//	exits CODE ARG...      runs it; it must exit with CODE
//	json PATH WANT         checks a value in the JSON that was printed last, see [lookUp]
//	at PATH                where the paths of json begin, until accord runs again
//	duckdb FILE SQL        runs SQL on a DuckDB file, new or old, and prints the rows
//	mode WANT PATH         checks the permissions of a file or folder
//	hostile FOLDER         writes files that would disturb a terminal
//	cached-sample          puts the sample's store into the cache
//
// Nothing that the program prints here may hold an escape or another control
// character, nor one that reorders text: no script has a terminal.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		WorkdirRoot:        t.TempDir(),
		RequireUniqueNames: true,
		UpdateScripts:      *update,
		Setup: func(e *testscript.Env) error {
			h := home(filepath.Join(e.WorkDir, "home"))
			env, err := h.env()
			e.Vars = append(e.Vars, env...)
			e.Setenv("CONFIG", h.config())
			e.Setenv("CACHE", h.cache())
			for name, path := range map[string]string{"ROOT": filepath.Join("..", ".."), "HILLSTROM": hillstromData} {
				if path, err = filepath.Abs(path); err == nil {
					e.Setenv(name, path)
				}
			}
			return err
		},
		Condition: func(name string) (bool, error) {
			if name != "hillstrom" {
				return false, fmt.Errorf("there is no condition %s", name)
			}
			_, err := os.Stat(hillstromData)
			return err == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"accord": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg {
					ts.Fatalf("write: fails CODE ARG...")
				}
				if code, _, stderr := runAccord(ts, args); code != exitDone || stderr != "" {
					ts.Fatalf("exit code %d, with %q on stderr", code, stderr)
				}
			},
			"fails": func(ts *testscript.TestScript, _ bool, args []string) {
				code, stdout, stderr := runAccord(ts, args[1:])
				said, isLine := strings.CutPrefix(stderr, "accord: ")
				said, whole := strings.CutSuffix(said, "\n")
				if strconv.Itoa(code) != args[0] || stdout != "" || !isLine || !whole || said == "" || strings.Contains(said, "\n") {
					ts.Fatalf("exit code %d, want %s with one line on stderr and nothing on stdout", code, args[0])
				}
			},
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				if code, _, _ := runAccord(ts, args[1:]); strconv.Itoa(code) != args[0] {
					ts.Fatalf("exit code %d, want %s", code, args[0])
				}
			},
			"json": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(checkJSON(ts.ReadFile("stdout"), path.Join(ts.Getenv("AT"), args[0]), args[1]))
			},
			"at": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Setenv("AT", path.Join(args...))
			},
			"hostile": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(writeHostile(ts.MkAbs(args[0])))
			},
			"duckdb": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(queryDuckDB(ts, ts.MkAbs(args[0]), args[1]))
			},
			"mode": func(ts *testscript.TestScript, _ bool, args []string) {
				info, err := os.Stat(ts.MkAbs(args[1]))
				ts.Check(err)
				if got := fmt.Sprintf("%03o", info.Mode().Perm()); got != args[0] {
					ts.Fatalf("%s has the permissions %s, not %s", args[1], got, args[0])
				}
			},
			"cached-sample": func(ts *testscript.TestScript, _ bool, _ []string) {
				ts.Check(home(ts.Getenv("HOME")).withSample())
			},
		},
	})
}

// TestFirstStart looks at what the very first start leaves: the sample's store,
// for the user's eyes only, and nothing else.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	store, err := sample()
	must(t, err)
	for path, want := range map[string]os.FileMode{store: 0o600, filepath.Dir(store): os.ModeDir | 0o700} {
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode() != want {
			t.Errorf("%s is %v, not %v", path, info.Mode(), want)
		}
	}
	var files []string
	must(t, filepath.WalkDir(firstStart(), func(path string, e os.DirEntry, err error) error {
		if !e.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	if len(files) != 1 || files[0] != store {
		t.Errorf("the first start left %v", files)
	}
}

// hillstromData is the MineThatData e-mail challenge, which is not bundled.
var hillstromData = filepath.Join("..", "..", "..", "shared", "data", "hillstrom.csv")

// runAccord runs the program. What it prints is there for the commands that
// follow.
func runAccord(ts *testscript.TestScript, args []string) (code int, stdout, stderr string) {
	ts.Setenv("AT", "")
	err := ts.Exec("accord", args...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	stdout, stderr = ts.ReadFile("stdout"), ts.ReadFile("stderr")
	for _, r := range stdout + stderr {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			ts.Fatalf("%q was printed: %q", r, stdout+stderr)
		}
	}
	return code, stdout, stderr
}

// checkJSON compares a value with what is wanted of it.
func checkJSON(text, at, want string) error {
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return err
	}
	value, err := lookUp(document, at)
	if err != nil {
		return err
	}
	if got := written(value, want); got != want {
		return fmt.Errorf("%s is %s, not %s", at, got, want)
	}
	return nil
}

// written is a value as it would be wanted: a text without quotes, a number
// with as many digits as the wanted one, an estimate as "0.5 [0.4, 0.6]" and
// anything else as JSON.
func written(value any, want string) string {
	switch v := value.(type) {
	case string:
		return v
	case float64:
		mantissa, _, scientific := strings.Cut(want, "e")
		_, decimals, _ := strings.Cut(mantissa, ".")
		if scientific {
			return strconv.FormatFloat(v, 'e', len(decimals), 64)
		}
		return strconv.FormatFloat(v, 'f', len(decimals), 64)
	case map[string]any:
		if first, _, ok := strings.Cut(want, " ["); ok && v["low"] != nil {
			return written(v["value"], first) + " [" + written(v["low"], first) + ", " + written(v["high"], first) + "]"
		}
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// lookUp follows a path such as answer/opt_in/purpose=profiling/opted_in: names
// of fields, and of the items of a list the fields that tell one, with commas.
func lookUp(value any, path string) (any, error) {
	for step := range strings.SplitSeq(path, "/") {
		var next any
		switch v := value.(type) {
		case map[string]any:
			next = v[step]
		case []any:
			for _, item := range v {
				if fits(item, step) {
					next = item
				}
			}
			if step == "length" {
				next = float64(len(v))
			}
		}
		if next == nil {
			return nil, fmt.Errorf("%s: there is no %s", path, step)
		}
		value = next
	}
	return value, nil
}

func fits(item any, terms string) bool {
	fields, ok := item.(map[string]any)
	for term := range strings.SplitSeq(terms, ",") {
		name, want, _ := strings.Cut(term, "=")
		ok = ok && fields[name] == want
	}
	return ok
}

func queryDuckDB(ts *testscript.TestScript, path, query string) error {
	db, err := sql.Open("duckdb", path)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		fmt.Fprintln(ts.Stdout(), values...)
	}
	return rows.Err()
}
