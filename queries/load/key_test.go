package load

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"accord/queries/store"
)

// childKey, when set, makes the test binary print the user's key.
const childKey = "ACCORD_TEST_KEY"

func keyAsChild() int {
	key, err := UserKey()
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(string(key))
	return 0
}

// Pseudonyms are the first 128 bits of HMAC-SHA-256 (RFC 2104), by keys shorter
// and longer than its block, of identifiers in any writing.
func TestPseudonyms(t *testing.T) {
	t.Parallel()
	// RFC 4231, test case 2.
	if got := pseudonym(Key("Jefe"), "what do ya want for nothing?"); got != "5bdcc146-bf60-754e-6a04-2426089575c7" {
		t.Fatalf("the test's own HMAC is wrong: %s", got)
	}
	ids := []string{"1", "0001", "É 都市", "what do ya want for nothing?", strings.Repeat("x", 200), "a'b;c", "\x1b"}
	f := files{"customers.csv": "customer_id\n\"" + strings.Join(ids, "\"\n\"") + "\"\n"}
	for _, key := range []Key{Key("Jefe"), Key(strings.Repeat("k", 64)), Key(strings.Repeat("long key ", 30)), Key("bytes \x00\xff'\"\\")} {
		out := filepath.Join(t.TempDir(), "store.duckdb")
		if _, err := Load(context.Background(), Options{Sources: []string{f.in(t, t.TempDir())}, Out: out, Key: key}); err != nil {
			t.Fatal(err)
		}
		db := open(t, out)
		got := map[string]bool{}
		for _, row := range rows(t, db, "SELECT pseudonym FROM customers") {
			got[row] = true
		}
		for _, id := range ids {
			if !got[pseudonym(key, id)] {
				t.Errorf("key %q: %q has not the pseudonym %s", key, id, pseudonym(key, id))
			}
		}
		// Numbers follow the pseudonyms, and so tell nothing of the identifiers.
		if n := rows(t, db, "SELECT count(*) FROM (SELECT customer, row_number() OVER (ORDER BY pseudonym) - 1 AS place FROM customers) WHERE customer <> place"); n[0] != "0" {
			t.Errorf("key %q: %s customers are not numbered by their pseudonyms", key, n[0])
		}
	}
}

// A store is replaced by the key that it was made with, whatever its version,
// and by no other.
func TestKeyOfStore(t *testing.T) {
	t.Parallel()
	folder := files{"customers.csv": "customer_id\n1\n"}.in(t, t.TempDir())
	out := filepath.Join(t.TempDir(), "store.duckdb")
	o := Options{Sources: []string{folder}, Out: out, Key: testKey}
	if _, err := Load(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if s.Meta.KeyCheck == "" || strings.Contains(string(testKey), s.Meta.KeyCheck) {
		t.Errorf("the check value of the key is %q", s.Meta.KeyCheck)
	}
	for _, version := range []int{store.Version, store.Version + 1} {
		db := memory(t)
		for _, statement := range []string{"ATTACH " + store.Literal(out) + " AS old", fmt.Sprintf("UPDATE old.meta SET value = '%d' WHERE name = 'version'", version), "DETACH old"} {
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		before := read(t, out)
		o.Key = Key("another key for tests")
		_, err := Load(context.Background(), o)
		checkError(t, err, out, "another key", "ACCORD_KEY")
		if read(t, out) != before {
			t.Error("the store changed")
		}
		o.Key = testKey
		if _, err := Load(context.Background(), o); err != nil {
			t.Errorf("version %d: %v", version, err)
		}
	}
	o.Key = nil
	_, err = Load(context.Background(), o)
	checkError(t, err, "key")
	checkFolder(t, filepath.Dir(out), "store.duckdb")
}

func TestKeyFromEnvironment(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	t.Setenv("ACCORD_KEY", "  sixteen letters.\n")
	if key, err := UserKey(); err != nil || string(key) != "sixteen letters." {
		t.Errorf("%q, %v", key, err)
	}
	t.Setenv("ACCORD_KEY", "fifteen letters")
	_, err := UserKey()
	checkError(t, err, "ACCORD_KEY", "16")
	if strings.Contains(err.Error(), "fifteen") {
		t.Errorf("the error shows the key: %s", err)
	}
	config, _ := os.UserConfigDir()
	if _, err := os.Stat(filepath.Join(config, "accord")); err == nil {
		t.Error("a key file was made although the environment has the key")
	}
}

func TestKeyFile(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	t.Setenv("ACCORD_KEY", "")
	first, err := UserKey()
	if err != nil {
		t.Fatal(err)
	}
	second, err := UserKey()
	if err != nil || string(first) != string(second) || len(first) != 64 {
		t.Errorf("first %q, then %q, %v", first, second, err)
	}
	config, _ := os.UserConfigDir()
	path := filepath.Join(config, "accord", "key")
	for name, mode := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700 | os.ModeDir} {
		if info, err := os.Stat(name); err != nil || info.Mode() != mode {
			t.Errorf("%s has mode %v, want %v (%v)", name, info.Mode(), mode, err)
		}
	}
	checkFolder(t, filepath.Dir(path), "key")
	for _, damaged := range []string{"", "\n", "short", "               x"} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := UserKey()
		checkError(t, err, path, "damaged")
		if read(t, path) != damaged {
			t.Error("the damaged key was overwritten")
		}
	}
	os.Remove(path)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = UserKey()
	checkError(t, err, path)
}

// Of several processes that start at once, all have the same key.
func TestKeyRace(t *testing.T) {
	t.Parallel()
	config := t.TempDir()
	var children []*exec.Cmd
	var outputs []*strings.Builder
	for range 4 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), childKey+"=1", "ACCORD_KEY=", "XDG_CONFIG_HOME="+config, "HOME="+config)
		out := &strings.Builder{}
		c.Stdout = out
		children, outputs = append(children, c), append(outputs, out)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range children {
		if err := c.Wait(); err != nil {
			t.Errorf("%v: %s", err, outputs[i])
		}
		if outputs[i].String() != outputs[0].String() || len(strings.TrimSpace(outputs[i].String())) != 64 {
			t.Errorf("process %d has the key %q, the first %q", i, outputs[i], outputs[0])
		}
	}
}
