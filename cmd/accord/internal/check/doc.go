// Package check holds rules against the figures of a store, for schedulers: a
// rule holds, or it does not, or it cannot be evaluated, which is an error and
// never a pass.
//
// A rule compares a figure with a bound, such as
//
//	opt_in_rate{purpose="personalisation"} >= 40 %
//	withdrawals{period="7d"} <= 1.5 x previous
//
// The figures are those of the typed answers of package queries, under the same
// guard: one that is withheld as too small is known to be 1 to k-1, and a rule is
// evaluated where that is enough.
//
// The package must not know how answers are computed, nor of terminals.
package check
