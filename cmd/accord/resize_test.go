package main

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// sizes are swept there and back: tiny, below the minimum in one direction, the
// smallest that can be used, and all that a person may come by.
var sizes = [][2]int{
	{20, 5}, {1, 1}, {59, 20}, {200, 10}, {60, 20}, {80, 24}, {100, 30}, {61, 60}, {120, 36}, {133, 24}, {200, 60}, {250, 70},
}

// TestResize sweeps sizes, on every screen. The picture at a size does not
// depend on the sizes before it: whatever another one left behind would show.
func TestResize(t *testing.T) {
	// What each key brings is waited for: coming late, it would be another picture.
	for keys, brings := range map[string]string{"": "Stance", "2": "▸ Lift on", "?": "next pane", "/": "Filter ━"} {
		t.Run("after "+keys, func(t *testing.T) {
			t.Parallel()
			x := start{}.on(t)
			x.sees(overview...)
			x.press(keys)
			x.sees(brings)
			x.settled()
			pictures := map[[2]int]string{}
			for _, size := range sizes {
				pictures[size] = x.at(size)
			}
			for i := range sizes {
				size := sizes[len(sizes)-1-(i*5+3)%len(sizes)]
				if got := x.at(size); got != pictures[size] {
					t.Errorf("at %v it was\n%s\n\nand is now\n%s", size, pictures[size], got)
				}
			}
		})
	}
}

// at resizes the terminal, waits for the frame of that size and returns it. A
// frame that never comes to fit fails the test.
func (x *terminal) at(size [2]int) string {
	x.t.Helper()
	width, height := size[0], size[1]
	x.resize(width, height)
	if width < 20 {
		x.settled()
		return "" // no room to say anything
	}
	x.until(fmt.Sprintf("frame of %d by %d", width, height), func(picture string) bool {
		if width < 60 || height < 20 {
			said := strings.Join(strings.Fields(picture), " ")
			return said == fmt.Sprintf("accord needs a terminal of at least 60×20. This one has %d×%d. q quits.", width, height)
		}
		lines := strings.Split(picture, "\n")
		header, rule, footer := lines[0], lines[1], lines[height-1]
		return strings.HasPrefix(header, " accord ") && strings.HasSuffix(header, "SYNTHETIC DATA") &&
			utf8.RuneCountInString(rule) == width && strings.Trim(rule, "─━") == "" &&
			(strings.HasPrefix(footer, " ? help   q quit") || strings.HasPrefix(footer, " esc close") || strings.HasPrefix(footer, " enter apply"))
	})
	return x.settled() // more than one frame may draw it
}
