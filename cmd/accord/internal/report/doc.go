// Package report writes answers where there is no terminal: for mail, pages,
// files and other programs. It asks what the dashboard asks and lays the answers
// out as the same panels, so that the two cannot disagree; package handout has
// the forms that the dashboard writes too.
//
// The text is for reading: what was found, in words; then a picture; then the
// figures, each with what it is a share of and its interval. It holds no
// escape codes and fits the width asked for.
//
// The JSON is for programs. Its form is stable, and documented by [Schema]: made
// of the types of the answers in package queries and of what is said of them
// there.
//
// The package must not know how answers are computed, nor of interactive
// programs: a test says that it reaches no Bubble Tea.
package report
