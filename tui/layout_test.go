package tui

import (
	"fmt"
	"image"
	"strings"
	"testing"
)

// picture draws named rectangles as letters on dots.
func picture(width, height int, names string, at []image.Rectangle) string {
	lines := make([][]byte, height)
	for y := range lines {
		lines[y] = []byte(strings.Repeat(".", width))
	}
	for i, r := range at {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				lines[y][x] = names[i]
			}
		}
	}
	var b strings.Builder
	for _, line := range lines {
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func TestLayoutPictures(t *testing.T) {
	for _, size := range []image.Point{{60, 20}, {80, 24}, {90, 70}, {120, 36}, {200, 30}, {200, 60}} {
		f := frameOf(size.X, size.Y)
		width, height := f.body.Dx(), f.body.Dy()
		o := layOutOverview(width, height, liftsPane)
		l, _ := layOutPanels(width, height, 0, 4)
		text := picture(size.X, size.Y, "HBSF", []image.Rectangle{f.header, f.body, f.status, f.footer}) + "\n" +
			picture(width, height, "soTla", o.at[:]) + "\n" + picture(width, height, "cafp", l)
		golden(t, fmt.Sprintf("layout/%dx%d.txt", size.X, size.Y), text)
	}
}

func TestLayoutsFitAtEverySize(t *testing.T) {
	check := func(what string, width, height int, at []image.Rectangle) {
		t.Helper()
		for i, r := range at {
			if !r.In(image.Rect(0, 0, width, height)) || r.Empty() {
				t.Fatalf("%s at %dx%d: %d is %v", what, width, height, i, r)
			}
			for j := range i {
				if r.Overlaps(at[j]) {
					t.Fatalf("%s at %dx%d: %v and %v overlap", what, width, height, r, at[j])
				}
			}
		}
	}
	for width := range 251 {
		for height := range 81 {
			f := frameOf(width, height)
			if f.tooSmall != (width < minWidth || height < minHeight) {
				t.Fatalf("%dx%d: too small is %v", width, height, f.tooSmall)
			}
			if f.tooSmall {
				continue
			}
			check("frame", width, height, []image.Rectangle{f.header, f.body, f.status, f.footer})
			for focus := range overviewPaneCount {
				o := layOutOverview(f.body.Dx(), f.body.Dy(), focus)
				check("overview", f.body.Dx(), f.body.Dy(), o.at[:])
			}
			for n := range 7 {
				for focus := range n {
					at, _ := layOutPanels(f.body.Dx(), f.body.Dy(), focus, n)
					check("board", f.body.Dx(), f.body.Dy(), at)
				}
			}
		}
	}
}

// TestViewFillsEverySize walks from no terminal at all to a very large one.
func TestViewFillsEverySize(t *testing.T) {
	for name, q := range map[string]fakeQuestions{
		"rich": richQuestions(), "empty": emptyQuestions(), "suppressed": suppressedQuestions(), "tiny": tinyQuestions(), "hostile": hostileQuestions(),
	} {
		t.Run(name, func(t *testing.T) {
			a := openApp(t, q, 0, 0)
			step := 0
			for width := 0; width <= 250; width += 7 {
				for height := 0; height <= 80; height += 9 {
					a.resize(width, height)
					wellFormed(t, a, width, height)
					// Every pane, table and overlay gets its turn.
					step++
					press(a, []string{"tab", "2", "t", "?", "?", "1", "/", "esc"}[step%8])
				}
			}
			if name != "rich" && name != "hostile" {
				return
			}
			for _, width := range []int{59, 60, 61, 79, 80, 105, 106, 161, 162, 163} {
				for _, height := range []int{19, 20, 21, 23, 24, 27, 28, 31, 32, 33, 48, 49, 63, 64} {
					for _, key := range []string{"1", "2", "tab"} {
						a.resize(width, height)
						press(a, key)
						wellFormed(t, a, width, height)
					}
				}
			}
		})
	}
}

func TestTooSmallSaysWhatIsNeeded(t *testing.T) {
	a := openApp(t, richQuestions(), 50, 12)
	mustSay(t, strings.Join(strings.Fields(screenText(a)), " "), "at least 60×20", "has 50×12")
}
