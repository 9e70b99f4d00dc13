package tui

import (
	"fmt"
	"testing"
)

// BenchmarkView draws each screen whole; BenchmarkKey presses a key and draws.
// Both must stay well under a frame of 8 ms.
func BenchmarkView(b *testing.B) {
	for _, size := range sizes[2:] {
		for i, name := range Screens() {
			b.Run(fmt.Sprintf("%s-%dx%d", name, size.X, size.Y), func(b *testing.B) {
				a := openApp(b, richQuestions(), size.X, size.Y)
				press(a, fmt.Sprint(i+1))
				b.ReportAllocs()
				for b.Loop() {
					a.View()
				}
			})
		}
	}
}

func BenchmarkKey(b *testing.B) {
	for _, size := range sizes[2:] {
		for i, name := range Screens() {
			b.Run(fmt.Sprintf("%s-%dx%d", name, size.X, size.Y), func(b *testing.B) {
				a := openApp(b, richQuestions(), size.X, size.Y)
				press(a, fmt.Sprint(i+1), "tab")
				keys := []string{"down", "up"}
				n := 0
				b.ReportAllocs()
				for b.Loop() {
					a.Update(keyPress(keys[n%2]))
					a.View()
					n++
				}
			})
		}
	}
}
