package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// payloads are texts that a terminal would obey: they clear the screen, set its
// title, fill its clipboard, change colours, reorder the line, ring the bell
// and ask it to type. Each says EVIL, so that it can be found again.
var payloads = []string{
	"\x1b[2JEVIL", "\x1b]0;EVIL\x07", "\x1b]52;c;RVZJTA==\x07EVIL", "\x1b[31mEVIL", "\u202eEVIL",
	"\u009b31mEVIL", "EVIL\x07", "\x1b[6nEVIL", "EVIL\rLIVE", "\x1bPqEVIL\x1b\\",
}

// writeHostile writes the files of a shop whose every name is a payload: its
// title, dimension, values, purposes, campaigns, arms and contents.
func writeHostile(folder string) error {
	var customers, consents, assignments strings.Builder
	quote := func(s string) string { return `"` + s + `"` }
	customers.WriteString("customer_id," + quote("dim\x1b[31mEVIL") + ",region\n")
	consents.WriteString("customer_id,purpose,state,occurred_at\n")
	assignments.WriteString("campaign_id,customer_id,arm,assigned_at,clicked\n")
	campaigns := "campaign_id,name,started_at,control_arm\n"
	arms := "campaign_id,arm,content,planned_share\n"
	for i, p := range payloads {
		c := string(rune('a' + i))
		campaigns += c + "," + quote("campaign "+p) + ",2018-01-01," + quote("control "+p) + "\n"
		arms += c + "," + quote("control "+p) + "," + quote(p) + ",0.5\n" + c + "," + quote("arm "+p) + "," + quote(p) + ",0.5\n"
	}
	for i := range 400 {
		id := fmt.Sprint("c", i)
		p := payloads[i%len(payloads)]
		customers.WriteString(id + "," + quote(p) + "," + quote(payloads[i/200]) + "\n")
		consents.WriteString(id + "," + quote("purpose "+payloads[i%3]) + ",given,2018-02-01\n")
		arm, clicked := "control ", "0"
		if i/len(payloads)%2 == 0 {
			arm = "arm "
		}
		if i%3 == 0 || arm == "arm " {
			clicked = "1"
		}
		assignments.WriteString(string(rune('a'+i%len(payloads))) + "," + id + "," + quote(arm+p) + ",2018-01-02," + clicked + "\n")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"customers.csv": customers.String(), "consents.csv": consents.String(), "campaigns.csv": campaigns,
		"arms.csv": arms, "assignments.csv": assignments.String(),
		"accord.toml": `title = "shop \u001b]0;EVIL\u0007 \u009b31m"`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// TestHostileData shows data that would take the terminal over on every screen:
// it is there to be read, and nothing of it is obeyed.
func TestHostileData(t *testing.T) {
	t.Parallel()
	h := home(t.TempDir())
	must(t, writeHostile(filepath.Join(string(h), "shop")))
	x := start{home: h, args: []string{"shop", "--min-cell", "1"}, width: 160, height: 50}.on(t)
	x.sees("have opted in to", `shop \x1b]0;EVIL\x07 \u{9b}31m`)
	for _, step := range []struct{ keys, text string }{
		{"t", "EVIL"}, {"\t", "▸ Opt-in"}, {"2", "▸ Lift on the human click rate"}, {"t", "EVIL"}, {"s", "EVIL"}, {"1", "Opt-in"},
		{"/", "Filter"}, {"\x1b[200~region=\x1b[31mEVIL\x1b[201~", "region="}, {"\r", "EVIL"}, {"\x1b", "Opt-in"},
	} {
		x.press(step.keys)
		x.sees("EVIL", step.text)
		x.settled()
	}
	raw := x.written()
	for _, p := range payloads {
		if strings.Contains(raw, p) {
			t.Errorf("the terminal was sent %q", p)
		}
	}
	for _, part := range []string{"\u202e", "\u009b", "\x1b]0;", "\x1b]52;"} {
		if strings.Contains(raw, part) {
			t.Errorf("the terminal was sent a part of a payload, %q", part)
		}
	}
	x.press("q")
	if code := x.ends(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	x.isRestored()
}
