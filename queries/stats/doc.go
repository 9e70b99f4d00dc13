// Package stats turns sufficient statistics into shares, differences, ratios
// and the other figures accord shows, each with its uncertainty.
//
// Every function is pure: counts and sums go in, a figure or the named reason
// why there is none comes out. The package knows nothing of databases, files,
// clocks, words or screens, and keeps no state.
//
// A few conventions hold throughout:
//
//   - A share is a fraction of one (0.41, not 41). A difference of shares is a
//     fraction too: 0.03 is three percentage points.
//   - A ratio is given as the relative change of treated against control:
//     0.72 means 72 % more, 0 no change, -1 nothing left.
//   - level is the confidence of an interval, between 0 and 1, and alpha is
//     1 - level. A p-value is two-sided and is below alpha exactly where the
//     interval at that level excludes zero.
//   - No NaN and no infinity leaves the package. Where a figure does not exist
//     a [Degenerate] says why, and input that cannot be is [Invalid]: nothing
//     here panics.
package stats
