// Package load turns the files that a retailer has into a store.
//
// The road is: find the files of each input, map their columns to the
// canonical ones, stage them typed and checked in a scratch database, build
// the store's tables and roll-ups in a new file beside the target, and swap it
// in by rename. Original identifiers exist in the scratch database only.
//
// The package writes stores and never asks them anything; it knows nothing of
// terminals or languages.
package load
