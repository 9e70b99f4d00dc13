package main

import (
	"fmt"
	"html"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The colours of the terminal that pictures are taken of.
const (
	pictureInk    = "#d9d9d9"
	pictureGround = "#1e1e1e"
)

// The size of a cell, in pixels.
const cellWidth, cellHeight = 8, 17

// TestPictures makes the README's pictures of the dashboard and of a report, in
// the folder that ACCORD_PICTURES names, with the Chromium that ACCORD_BROWSER
// names.
func TestPictures(t *testing.T) {
	folder, browser := os.Getenv("ACCORD_PICTURES"), os.Getenv("ACCORD_BROWSER")
	if folder == "" || browser == "" {
		t.Skip("ACCORD_PICTURES does not name the folder for pictures, or ACCORD_BROWSER no Chromium")
	}
	must(t, os.MkdirAll(folder, 0o755))
	x := start{args: []string{"--theme", "dark"}, width: 120, height: 36}.on(t)
	x.sees("open tracking", "Needs attention", "? help   q quit")
	page := filepath.Join(t.TempDir(), "dashboard.html")
	must(t, os.WriteFile(page, []byte(x.picture()), 0o600))
	photograph(t, browser, page, filepath.Join(folder, "dashboard.png"), 120*cellWidth, 36*cellHeight)
	x.press("q")
	x.ends()

	run, err := x.home.run("report", "--screen", "overview", "--format", "html")
	must(t, err)
	report, err := run.Output()
	must(t, err)
	page = filepath.Join(t.TempDir(), "report.html")
	must(t, os.WriteFile(page, report, 0o600))
	photograph(t, browser, page, filepath.Join(folder, "report.png"), 900, 1150)
}

func photograph(t *testing.T, browser, page, picture string, width, height int) {
	t.Helper()
	run := exec.Command(browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5",
		"--user-data-dir="+t.TempDir(), fmt.Sprintf("--window-size=%d,%d", width, height), "--screenshot="+picture, "file://"+page)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// picture is the screen as a page: each character stands in its cell.
func (x *terminal) picture() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	hex := func(c color.Color, usual string) string {
		if c == nil {
			return usual
		}
		r, g, b, _ := c.RGBA()
		return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><meta charset="utf-8"><body style="margin:0;background:%s"><svg width="%d" height="%d" style="display:block;font:13px 'DejaVu Sans Mono',monospace;white-space:pre">`,
		pictureGround, x.screen.Width()*cellWidth, x.screen.Height()*cellHeight)
	for row := range x.screen.Height() {
		for column := range x.screen.Width() {
			c := x.screen.CellAt(column, row)
			if c == nil {
				continue
			}
			if c.Style.Bg != nil {
				fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, column*cellWidth, row*cellHeight, cellWidth, cellHeight, hex(c.Style.Bg, pictureGround))
			}
			if strings.TrimSpace(c.Content) == "" {
				continue
			}
			weight := ""
			if c.Style.Attrs&1 != 0 {
				weight = ` font-weight="bold"`
			}
			fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s"%s>%s</text>`, column*cellWidth, row*cellHeight+13, hex(c.Style.Fg, pictureInk), weight, html.EscapeString(c.Content))
		}
	}
	return b.String() + "</svg>"
}
