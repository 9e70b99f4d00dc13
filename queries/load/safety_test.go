package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"accord/queries/store"
)

// childOut, when set, makes the test binary load childSource into the file that
// it names; a line on standard output says that the load has begun.
const (
	childOut    = "ACCORD_TEST_LOAD"
	childSource = "ACCORD_TEST_SOURCE"
)

func loadAsChild(out string) int {
	var begun sync.Once
	_, err := Load(context.Background(), Options{Sources: []string{os.Getenv(childSource)}, Out: out, Key: testKey, Progress: func(Progress) {
		begun.Do(func() { fmt.Println("begun") })
	}})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// history is a data set that takes long enough to load to be interrupted.
func history(t testing.TB, customers int) files {
	t.Helper()
	return files{
		"customers.parquet": parquet(t, fmt.Sprintf("SELECT range AS customer_id, if(range %% 2 = 0, 'ON', 'QC') AS region FROM range(%d)", customers)),
		"consents.parquet": parquet(t, fmt.Sprintf(`SELECT range AS customer_id, 'news' AS purpose, unnest(['given', 'withdrawn', 'given']) AS state,
			unnest([TIMESTAMP '2018-01-01', TIMESTAMP '2018-02-01', TIMESTAMP '2018-03-01']) + to_hours(range %% 5000) AS occurred_at, 'email' AS channel FROM range(%d)`, customers)),
		"campaigns.csv": "campaign_id,channel\nc,email\n",
		"arms.csv":      "campaign_id,arm,purposes\nc,a,news\nc,b,news\n",
		"assignments.csv.gz": gzipped(t, copied(t, fmt.Sprintf(`SELECT 'c' AS campaign_id, range AS customer_id, if(range %% 3 = 0, 'a', 'b') AS arm, TIMESTAMP '2018-01-15' AS assigned_at,
			range %% 7 AS clicked, range %% 11 AS revenue FROM range(%d) WHERE range %% 7 < 2`, customers), "FORMAT csv")),
	}
}

// oldStore puts a store of one customer into a folder of its own, and returns
// its path and its bytes.
func oldStore(t testing.TB) (path, bytes string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "store.duckdb")
	load(t, Options{Sources: []string{files{"customers.csv": "customer_id\nold\n"}.in(t, t.TempDir())}, Out: path}).db.Close()
	return path, read(t, path)
}

// Whenever a load is cancelled, what was there stays, and nothing else.
func TestCancelled(t *testing.T) {
	t.Parallel()
	source := history(t, 3000).in(t, t.TempDir())
	out, before := oldStore(t)
	check := func(name string, err error) {
		t.Helper()
		if !errors.Is(err, context.Canceled) || err.Error() != context.Canceled.Error() {
			t.Errorf("%s: %v", name, err)
		}
		if read(t, out) != before {
			t.Fatalf("%s: the store changed", name)
		}
		checkFolder(t, filepath.Dir(out), "store.duckdb")
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Load(cancelled, Options{Sources: []string{source}, Out: out, Key: testKey})
	check("before it begins", err)
	for at := 2; at < 24; at += 4 {
		ctx, cancel := context.WithCancel(context.Background())
		calls := 0
		_, err := Load(ctx, Options{Sources: []string{source}, Out: out, Key: testKey, Progress: func(p Progress) {
			if calls++; calls == at {
				time.AfterFunc(rand.N(10*time.Millisecond), cancel)
				if p.Done < 0 || p.Done > 1 {
					t.Errorf("done is %v", p.Done)
				}
			}
		}})
		cancel()
		if calls < at {
			break // the load was over
		}
		if err != nil { // the last stages may be over before the call
			check(fmt.Sprintf("at stage %d", at), err)
		}
	}
}

// A load that is killed at random moments, ACCORD_TEST_KILLS of them (4), leaves
// the old store whole, or the new one; the next load removes the litter.
func TestKilled(t *testing.T) {
	t.Parallel()
	const customers = 3000
	kills := 4
	if text := os.Getenv("ACCORD_TEST_KILLS"); text != "" {
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatal("ACCORD_TEST_KILLS is a number: ", err)
		}
	}
	source := history(t, customers).in(t, t.TempDir())
	whole := loadInChild(t, source, filepath.Join(t.TempDir(), "measure.duckdb"), time.Minute)
	out, _ := oldStore(t)
	litter := 0
	for i := 0; i < kills || litter == 0 && i < kills+10; i++ {
		patience := rand.N(whole)
		if i == 0 {
			patience = whole / 2
		}
		if lived := loadInChild(t, source, out, patience); lived < patience {
			whole = lived // it was measured while the machine had more to do
		}
		found, _ := filepath.Glob(filepath.Join(filepath.Dir(out), scratchPattern))
		litter += len(found)
		s, err := store.Open(context.Background(), out)
		if err != nil {
			t.Fatalf("killed after %v of %v: %v", patience, whole, err)
		}
		s.Close()
		db := open(t, out)
		if n := rows(t, db, "SELECT (SELECT count(*) FROM customers), (SELECT sum(people) FROM segments), (SELECT sum(rows_loaded) FROM sources WHERE input = 'customers')")[0]; n != "1|1|1" && n != fmt.Sprintf("%[1]d|%[1]d|%[1]d", customers) {
			t.Errorf("killed after %v: the store has %s customers", patience, n)
		}
		db.Close()
	}
	if litter == 0 {
		t.Error("no load was killed at work")
	}
	load(t, Options{Sources: []string{source}, Out: out}).check(t, "SELECT count(*) FROM customers", fmt.Sprint(customers))
	checkFolder(t, filepath.Dir(out), "store.duckdb")
}

// loadInChild loads in a process that is killed when patience is over, counted
// from when the load has begun, and returns how long it lived.
func loadInChild(t *testing.T, source, out string, patience time.Duration) time.Duration {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childOut+"="+out, childSource+"="+source)
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); err != nil || line != "begun\n" {
		t.Fatalf("the child says %q, %v", line, err)
	}
	begun := time.Now()
	kill := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
	_ = c.Wait()
	kill.Stop()
	return time.Since(begun)
}

// Several loads to one target at once all succeed, and one of them stands; who
// reads the old store meanwhile goes on reading it.
func TestLoadsAtOnce(t *testing.T) {
	t.Parallel()
	out, _ := oldStore(t)
	reader := open(t, out)
	var all sync.WaitGroup
	for i := range 4 {
		source := files{"customers.csv": "customer_id\n" + numbered(1, 100+i, "%d\n")}.in(t, t.TempDir())
		all.Go(func() {
			if _, err := Load(context.Background(), Options{Sources: []string{source}, Out: out, Key: testKey}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	checkFolder(t, filepath.Dir(out), "store.duckdb")
	if n := rows(t, reader, "SELECT count(*) FROM customers")[0]; n != "1" {
		t.Errorf("the reader of the old store now reads %s customers", n)
	}
	built{path: out, db: open(t, out)}.check(t, "SELECT count(*) BETWEEN 100 AND 105, count(*) = (SELECT rows_loaded FROM sources) FROM customers GROUP BY ALL", "true|true")
}

// Litter is what no load holds: folders of living loads, and things that only
// have such a name, stay.
func TestSweep(t *testing.T) {
	t.Parallel()
	folder := files{".accord-load-1/spill/x": "", ".accord-load-2/store.duckdb": "", ".accord-load-file": "", "other/x": ""}.in(t, t.TempDir())
	alive, err := newScratch(folder)
	if err != nil {
		t.Fatal(err)
	}
	next, err := newScratch(folder)
	if err != nil {
		t.Fatal(err)
	}
	checkFolder(t, folder, sorted(".accord-load-file", filepath.Base(alive.folder), filepath.Base(next.folder), "other")...)
	if err := errors.Join(alive.remove(), next.remove()); err != nil {
		t.Error(err)
	}
	checkFolder(t, folder, ".accord-load-file", "other")
}
