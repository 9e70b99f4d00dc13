// Package queries is what can be asked of a store: one method a question, each
// taking a context and a [Filter] and returning a typed answer.
//
// Answers never hold rows of the data and never a bare number that might be
// misread: a rate carries its numerator and denominator, an estimate its
// interval, and a figure that is withheld or does not exist says why. Small
// cells are suppressed here, once per answer, before anyone can print, export
// or total them.
//
// The package knows nothing of terminals, languages or output formats.
package queries
