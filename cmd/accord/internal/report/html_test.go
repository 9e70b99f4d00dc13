package report

import (
	"strings"
	"testing"

	"accord/tui/words"
)

// The page needs nothing but itself, and obeys no name in it.
func TestPageStandsAlone(t *testing.T) {
	for name, page := range pages(t) {
		for _, bad := range []string{"<script", "src=", "url(", "@import", "http:", "https:", "<link", "<img", "<b>", "javascript:", "\x1b", "\u202e"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		for _, good := range []string{"<!doctype html>", "default-src 'none'", "prefers-color-scheme: dark", "@media print", "</html>"} {
			if !strings.Contains(page, good) {
				t.Errorf("%s lacks %q", name, good)
			}
		}
	}
}

// Of each panel the finding comes first, then the picture, then the figures; the
// page says at both ends what it is about.
func TestPageOrder(t *testing.T) {
	for _, c := range []struct {
		language                           words.Language
		lang, finding, synthetic, contents string
	}{
		{words.English, `<html lang="en">`, "say they are willing", "Synthetic data", "Contents"},
		{words.French, `<html lang="fr">`, "se disent prêts", "Données synthétiques", "Table des matières"},
	} {
		page := write(t, rich(), Options{Format: "html", Printer: words.New(c.language), Version: "9.9"})
		at := 0
		for _, part := range []string{
			c.lang, `<p class="synthetic">` + c.synthetic, "<h1>Boréal</h1>", "2018-12-31", c.contents, `<section id="overview"`,
			`<article id="overview-stance">`, c.finding, `<svg class="plot"`, "<table>", `class="notes"`,
			`<article id="overview-opt_in">`, `<svg class="plot"`, "<table>", `<section id="lift"`, "<footer>", "accord 9.9", c.synthetic, "2018-12-31",
		} {
			i := strings.Index(page[at:], part)
			if i < 0 {
				t.Fatalf("%v: no %q after byte %d", c.language, part, at)
			}
			at += i
		}
	}
	if page := write(t, rich(), Options{Format: "html", Screen: "lift"}); strings.Contains(page, "<nav") || !strings.Contains(page, "<title>Lift – Boréal</title>") {
		t.Error("a page of one screen has contents, or another title")
	}
}
