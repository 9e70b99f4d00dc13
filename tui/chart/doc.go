// Package chart draws data as text: tables, bars, time series and forest
// plots, each from a plain struct, a width in cells and a [Theme].
//
// Every drawing is a rectangle: each line is exactly the asked width as
// counted by x/ansi, for any width from 0, and the number of lines is known
// beforehand. Lines are joined by "\n" with none at the end. A negative width
// or height counts as 0.
//
// Text given to this package may be hostile; it passes [Clean] before it is
// drawn. Values may be anything: what is not a finite number is left out or
// drawn as running off the scale, never guessed.
//
// The package must not know where data comes from, what it means, what
// language it is in, how a number is written, what time it is or that a
// terminal program exists: numbers arrive as finished text, and axes get a
// function that formats them.
package chart
