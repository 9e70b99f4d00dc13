// Package svg draws the charts of package chart as SVG to stand in a page.
//
// gonum.org/v1/plot draws them: its canvas takes marks of one's own, which
// intervals on a forest plot, withheld cells and patterned areas need, and
// go-analyze/charts has fixed kinds of charts without them. Axes, ticks, grids
// and text are the library's; the marks are here.
//
// Colours are CSS variables named after the tones of package chart, such as
// var(--series1), so that one drawing serves light, dark and paper; [Variables]
// gives them values. Nothing is told by colour alone. Text is Liberation Sans,
// which Arial and Helvetica have the widths of. The same chart gives the same
// bytes.
//
// The package must not know what charts mean, nor of pages, files or languages.
package svg
