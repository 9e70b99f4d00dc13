package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// programs are what the test binary is when it is started under their names.
// So the tests run the real program without building it a second time.
var programs = map[string]func(){"accord": main, "panics": panics}

// scratch is a folder for all tests of a run.
var scratch string

func TestMain(m *testing.M) {
	if program, ok := programs[filepath.Base(os.Args[0])]; ok {
		program()
		return
	}
	var err error
	if scratch, err = os.MkdirTemp("", "accord-test-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(scratch)
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	for name := range programs {
		if err := os.Symlink(self, filepath.Join(scratch, name)); err != nil {
			panic(err)
		}
	}
	if err := os.Setenv("PATH", scratch+string(os.PathListSeparator)+os.Getenv("PATH")); err != nil {
		panic(err)
	}
	m.Run()
}

// A home is a user of the program, whose key, cache and temporary files lie in
// one folder.
type home string

func (h home) config() string {
	if runtime.GOOS == "darwin" {
		return filepath.Join(string(h), "Library", "Application Support")
	}
	return filepath.Join(string(h), "config")
}

func (h home) cache() string {
	if runtime.GOOS == "darwin" {
		return filepath.Join(string(h), "Library", "Caches")
	}
	return filepath.Join(string(h), "cache")
}

func (h home) temporary() string { return filepath.Join(string(h), "tmp") }

// env is the whole environment of a program that h starts. It also makes the
// folder for temporary files.
func (h home) env() ([]string, error) {
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + string(h),
		"XDG_CONFIG_HOME=" + h.config(),
		"XDG_CACHE_HOME=" + h.cache(),
		"TMPDIR=" + h.temporary(),
		"GOTRACEBACK=system",
	}
	if flag.Lookup("test.bench").Value.String() == "" {
		env = append(env, "GOMAXPROCS=1") // threads of small data would mostly wait for each other
	}
	return env, os.MkdirAll(h.temporary(), 0o700)
}

// run is a command line of the program in h's folder.
func (h home) run(args ...string) (*exec.Cmd, error) {
	env, err := h.env()
	cmd := exec.Command("accord", args...)
	cmd.Dir, cmd.Env = string(h), env
	return cmd, err
}

// withSample gives h the sample's store, as one has after the first start.
func (h home) withSample() error {
	store, err := sample()
	if err != nil {
		return err
	}
	folder := filepath.Join(h.cache(), "accord")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(h.config(), "accord"), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(h.config(), "accord", "welcomed"), nil, 0o600); err != nil {
		return err
	}
	return os.Link(store, filepath.Join(folder, filepath.Base(store)))
}

// firstStart is the user who starts the program for the first time.
func firstStart() string { return filepath.Join(scratch, "first start") }

// sample is the store that a first start leaves in the user's cache. Loading it
// takes seconds, so it is done once.
var sample = sync.OnceValues(func() (string, error) {
	h := home(firstStart())
	first, err := h.run("report")
	if err != nil {
		return "", err
	}
	if out, err := first.CombinedOutput(); err != nil {
		return "", fmt.Errorf("the first start: %w: %s", err, out)
	}
	stores, err := filepath.Glob(filepath.Join(h.cache(), "accord", "*.duckdb"))
	if err != nil || len(stores) != 1 {
		return "", fmt.Errorf("the first start left the stores %v: %w", stores, err)
	}
	return stores[0], nil
})
