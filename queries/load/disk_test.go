package load

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"accord/queries/store"
)

// On a full disk a load fails in one line, leaves the old store and no litter,
// and the next one succeeds once there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=8m"); err != nil {
		t.Skip("mounting a small disk needs a right that this user has not: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	out := filepath.Join(disk, "store.duckdb")
	small := files{"customers.csv": "customer_id\nold\n"}.in(t, t.TempDir())
	load(t, Options{Sources: []string{small}, Out: out}).db.Close()
	before := read(t, out)
	large := history(t, 40_000).in(t, t.TempDir())
	_, err := Load(context.Background(), Options{Sources: []string{large}, Out: out, Key: testKey})
	checkError(t, err, "space")
	if read(t, out) != before {
		t.Error("the store changed")
	}
	checkFolder(t, disk, "store.duckdb")
	s, err := store.Open(context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	load(t, Options{Sources: []string{small}, Out: out}).check(t, "SELECT count(*) FROM customers", "1")
	checkFolder(t, disk, "store.duckdb")
}

// A file that is still being written is not taken for whole.
func TestChangingFile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"customers.csv", "customers.ndjson"} {
		folder := files{name: strings.Repeat("{\"customer_id\": 1}\n", 3)}.in(t, t.TempDir())
		if name == "customers.csv" {
			files{name: "customer_id\n1\n"}.in(t, folder)
		}
		path, out := filepath.Join(folder, name), filepath.Join(t.TempDir(), "store.duckdb")
		grown := false
		_, err := Load(context.Background(), Options{Sources: []string{folder}, Out: out, Key: testKey, Progress: func(Progress) {
			if grown {
				return
			}
			grown = true
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Error(err)
				return
			}
			f.WriteString("2\n")
			f.Close()
		}})
		checkError(t, err, name+" changed while it was read")
		checkFolder(t, filepath.Dir(out))
	}
}
