// Package words is every sentence, number and date a person reads, in English
// and in French, and the verdicts that typed answers allow one to state.
//
// It turns the types of package queries into text, and is the only place that
// does: a screen and a report that show the same figure say the same thing. A
// figure that is withheld or does not exist becomes words that say why.
//
// The package must not know of terminals, styles or widths. Names that come
// from data pass through unchanged and may be hostile: whoever draws the text
// cleans it.
//
// Texts are keyed by their English form. A test reads the source of the whole
// module and fails on a text that has no French, and on French nobody uses.
package words
