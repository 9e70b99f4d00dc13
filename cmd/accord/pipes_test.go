package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// shop is a command line in the folder of a user who has the small shop of
// testdata there, loaded.
func shop(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	loaded, err := loadedShop()
	must(t, err)
	h := home(t.TempDir())
	for _, name := range []string{"shop.toml", "shop.duckdb"} {
		must(t, os.Link(filepath.Join(loaded, name), filepath.Join(string(h), name)))
	}
	run, err := h.run(args...)
	must(t, err)
	run.Env = append(run.Env, shopKey)
	return run
}

// shopKey is the key of the small shop's pseudonyms.
const shopKey = "ACCORD_KEY=only the tests of accord know it"

// loadedShop is a folder with the small shop of testdata and its store.
var loadedShop = sync.OnceValues(func() (string, error) {
	h := home(filepath.Join(scratch, "shop"))
	run, err := h.run("load", "shop.toml", "-o", "shop.duckdb")
	if err != nil {
		return "", err
	}
	mapping, err := os.ReadFile(filepath.Join("testdata", "shop.toml"))
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(run.Dir, "shop.toml"), mapping, 0o600); err != nil {
		return "", err
	}
	run.Env = append(run.Env, shopKey)
	if out, err := run.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return run.Dir, nil
})

// TestBrokenPipe writes to a reader that has gone, as `accord report | head`
// does: the program ends without a word.
func TestBrokenPipe(t *testing.T) {
	for _, line := range []string{"report shop.duckdb", "report shop.duckdb --format json", "report shop.duckdb --format html", "report shop.duckdb --format csv", "completion bash", "man", "shop.duckdb", "--help", "schema", "load shop.toml -o new.duckdb"} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			run := shop(t, strings.Fields(line)...)
			reader, writer, err := os.Pipe()
			must(t, err)
			must(t, reader.Close())
			var stderr bytes.Buffer
			run.Stdout, run.Stderr = writer, &stderr
			must(t, run.Start())
			must(t, writer.Close())
			_ = run.Wait()
			status := run.ProcessState.Sys().(syscall.WaitStatus)
			if stderr.Len() > 0 || status.Signal() != syscall.SIGPIPE && status.ExitStatus() != exitFailed {
				t.Errorf("%v, with %q on stderr", run.ProcessState, stderr.String())
			}
		})
	}
}

// TestFullDisk writes to a device without room: that is an error, and said.
func TestFullDisk(t *testing.T) {
	for _, line := range []string{"report shop.duckdb", "report shop.duckdb --format json", "report shop.duckdb --format html", "report shop.duckdb --format csv", "completion bash", "man", "--help", "--version", "schema", "load shop.toml -o new.duckdb"} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			if err != nil {
				t.Skip("there is no device that is always full: ", err)
			}
			defer full.Close()
			run := shop(t, strings.Fields(line)...)
			var stderr bytes.Buffer
			run.Stdout, run.Stderr = full, &stderr
			_ = run.Run()
			if code := run.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(stderr.String(), "no space left on device") {
				t.Errorf("exit code %d, with %q on stderr", code, stderr.String())
			}
		})
	}
}

// TestInterruptedLoad stops a load half-way: the store that was there stays, and
// nothing else does.
func TestInterruptedLoad(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			run := shop(t, "load", "large.toml", "-o", "shop.duckdb")
			must(t, os.WriteFile(filepath.Join(run.Dir, "large.toml"), []byte(large), 0o600))
			before, err := os.ReadFile(filepath.Join(run.Dir, "shop.duckdb"))
			must(t, err)
			var stdout, stderr bytes.Buffer
			run.Stdout, run.Stderr = &stdout, &stderr
			must(t, run.Start())
			scratch := filepath.Join(run.Dir, ".accord-load-*")
			for began := time.Now(); time.Since(began) < limit; time.Sleep(5 * time.Millisecond) {
				if folders, _ := filepath.Glob(scratch); len(folders) > 0 {
					break
				}
			}
			must(t, run.Process.Signal(signal))
			_ = run.Wait()
			if code := run.ProcessState.ExitCode(); code != exitFailed || stdout.Len() > 0 || stderr.String() != "accord: interrupted; nothing was changed\n" {
				t.Errorf("exit code %d, %q on stdout, %q on stderr", code, stdout.String(), stderr.String())
			}
			after, err := os.ReadFile(filepath.Join(run.Dir, "shop.duckdb"))
			must(t, err)
			if !bytes.Equal(before, after) {
				t.Error("the store has changed")
			}
			if left, _ := filepath.Glob(scratch); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
