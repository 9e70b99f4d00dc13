package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"accord/tui/words"
)

// browser is the Chromium that ACCORD_BROWSER names. Without it tests of pages
// in a browser are skipped; .ci/run installs one.
func browser(t *testing.T) string {
	t.Helper()
	path := os.Getenv("ACCORD_BROWSER")
	if path == "" {
		t.Skip("ACCORD_BROWSER does not name a Chromium to look at pages with")
	}
	return path
}

// visit opens a page in the browser and returns what it prints and what it says
// in its log.
func visit(t *testing.T, page string, flags ...string) (stdout, stderr string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	flags = append([]string{"--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--user-data-dir=" + t.TempDir()}, flags...)
	run := exec.CommandContext(ctx, browser(t), append(flags, "file://"+path)...)
	var out, log bytes.Buffer
	run.Stdout, run.Stderr = &out, &log
	if err := run.Run(); err != nil {
		t.Fatalf("%v: %s", err, log.String())
	}
	return out.String(), log.String()
}

// pages are the pages looked at: of rich data, of none, and of hostile names.
func pages(t *testing.T) map[string]string {
	out := map[string]string{}
	for _, f := range fakes {
		for _, l := range []words.Language{words.English, words.French} {
			out[fmt.Sprintf("%s-%v", f.name, l)] = write(t, f.make(), Options{Format: "html", Printer: words.New(l)})
		}
	}
	return out
}

// The browser has nothing to complain of.
func TestPageInBrowser(t *testing.T) {
	browser(t)
	for name, page := range pages(t) {
		_, log := visit(t, page, "--dump-dom")
		for line := range strings.SplitSeq(log, "\n") {
			if strings.Contains(line, "CONSOLE") {
				t.Errorf("%s: %s", name, line)
			}
		}
	}
}

// axe-core, which ACCORD_AXE names, finds no barrier in light or dark.
func TestPageIsAccessible(t *testing.T) {
	browser(t)
	axe, err := os.ReadFile(os.Getenv("ACCORD_AXE"))
	if err != nil {
		t.Skip("ACCORD_AXE does not name axe-core's axe.min.js")
	}
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	for name, page := range pages(t) {
		for _, dark := range []bool{false, true} {
			// The page as it is but for the script that looks at it.
			page := policy.ReplaceAllString(page, "")
			page = strings.ReplaceAll(page, "<details>", "<details open>")
			if dark {
				page = strings.Replace(page, "@media screen and (prefers-color-scheme: dark)", "@media screen", 1)
			}
			page = strings.Replace(page, "</body>", "<script>"+string(axe)+`</script><script>
axe.run(document).then(r => { const p = document.createElement("pre"); p.id = "axe";
p.textContent = JSON.stringify({passes: r.passes.length, violations: r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html + " " + (n.any[0] ? n.any[0].message : "")).join(" | "))});
document.body.append(p); });</script></body>`, 1)
			dom, log := visit(t, page, "--virtual-time-budget=60000", "--dump-dom")
			_, rest, found := strings.Cut(dom, `<pre id="axe">`)
			text, _, _ := strings.Cut(rest, "</pre>")
			var got struct {
				Passes     int
				Violations []string
			}
			if err := json.Unmarshal([]byte(html.UnescapeString(text)), &got); err != nil || !found {
				t.Fatalf("%s: axe said nothing (%v): %s", name, err, log)
			}
			if len(got.Violations) > 0 || got.Passes < 10 {
				t.Errorf("%s, dark %v: %d passes, %s", name, dark, got.Passes, strings.Join(got.Violations, "\n"))
			}
		}
	}
}

// A page prints on as many sheets as its content takes, and no wider than one.
func TestPageIsPrinted(t *testing.T) {
	browser(t)
	sheet := regexp.MustCompile(`/Type\s*/Page\b[^s]`)
	for size, most := range map[string]int{"A4": 3, "Letter": 3} {
		page := write(t, rich(), Options{Format: "html", Screen: "overview"})
		page = strings.Replace(page, "@page {", "@page { size: "+size+";", 1)
		pdf := filepath.Join(t.TempDir(), "page.pdf")
		visit(t, page, "--no-pdf-header-footer", "--print-to-pdf="+pdf)
		b, err := os.ReadFile(pdf)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(sheet.FindAll(b, -1)); n < 1 || n > most {
			t.Errorf("the overview takes %d sheets of %s, not 1 to %d", n, size, most)
		}
	}
}
