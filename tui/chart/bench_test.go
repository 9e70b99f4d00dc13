package chart

import "testing"

// A frame draws several charts, so each is to stay well under a millisecond at
// 200 columns.
func BenchmarkRender(b *testing.B) {
	s := sample()
	for _, d := range []drawing{
		{"ShareBar", nil, s.share.Render},
		{"Stack", nil, s.stack.Render},
		{"Bars", nil, s.bars.Render},
		{"Sparkline", nil, s.spark.Render},
		{"Forest", nil, s.forest.Render},
		{"Table", nil, s.table.Render},
		{"Heat", nil, s.heat.Render},
		{"TimeSeries", nil, func(width int, t Theme) string { return s.time.Render(width, 40, t) }},
	} {
		b.Run(d.name, func(b *testing.B) {
			theme := Dark()
			b.ReportAllocs()
			for b.Loop() {
				d.render(200, theme)
			}
		})
	}
}

func BenchmarkTableOf50Rows(b *testing.B) {
	s := sample()
	table := s.table
	for len(table.Rows) < 50 {
		table.Rows = append(table.Rows, s.table.Rows...)
	}
	table.MaxHeight = 0
	theme := Dark()
	b.ReportAllocs()
	for b.Loop() {
		table.Render(200, theme)
	}
}

func BenchmarkClean(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Clean("Été à Montréal, 北海道")
	}
}
