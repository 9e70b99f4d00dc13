// Package report writes answers where there is no terminal: for mail, pages,
// files and other programs. It asks what the dashboard asks and lays the answers
// out as the same panels, so that the two cannot disagree; package export has
// the forms that the dashboard writes too.
//
// The text is for reading: what was found, in words; then a picture; then the
// figures, each with what it is a share of and its interval. It holds no
// escape codes and fits the width asked for.
//
// The JSON is for programs. Its form is stable; "report" is its version and
// grows when a field changes its meaning or goes. One screen is written as
//
//	{
//	  "report": 1,
//	  "screen": "overview",
//	  "provenance": {"title", "synthetic", "as_of", "zone", "customers",
//	    "min_cell", "guarded", "window_days", "version"},
//	  "filter": "region=QC",
//	  "answer": {...}
//	}
//
// and several as the same with "screens": [{"screen", "answer"}, ...] in place
// of "screen" and "answer". The answer has the fields of the screen's type in
// package queries. Numbers are not rounded; shares are fractions of one. A
// figure that is withheld is {"suppressed": reason} and one that does not
// exist {"undefined": reason}. Lists are never null, an open or unknown date
// is "", a field that does not apply is left out, and characters that could
// disturb a terminal are escaped.
//
// The package must not know how answers are computed, nor of interactive
// programs: a test says that it reaches no Bubble Tea.
package report
