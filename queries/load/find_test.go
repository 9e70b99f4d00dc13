package load

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A data file in a folder that is named after no input is not passed over in
// silence.
func TestUnreadFiles(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"customers.csv", "weather.csv", "orders.parquet", "notes.txt", "accord.md"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("customer_id\n1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := load(t, Options{Sources: []string{folder}})
	if want := []string{"orders.parquet", "weather.csv"}; !slices.Equal(p.Unread, want) {
		t.Errorf("unread %v, want %v", p.Unread, want)
	}
}
