// Package sampledata is the bundled sample of accord: "Boréal", an invented Canadian retailer, over 2017
// and 2018. It says what is true of the sample (truths.toml), generates its input files at any size, and
// holds those of the bundled size. Everything in it is synthetic.
//
// The package knows the formats of the input files and nothing of how they are loaded, asked or shown.
package sampledata

import (
	"embed"
	"io/fs"
)

//go:generate go run ./generate

// Version changes with the content of the sample; a store built from another version is out of date.
const Version = 1

//go:embed boreal dirty
var bundled embed.FS

// Boreal returns the input files of the bundled sample: 20,000 customers.
func Boreal() fs.FS { return folder("boreal") }

// Dirty returns the input files of a small sample with every kind of bad row, listed in damage.toml.
func Dirty() fs.FS { return folder("dirty") }

func folder(name string) fs.FS {
	files, err := fs.Sub(bundled, name)
	if err != nil {
		panic(err) // only if the name is not a valid path
	}
	return files
}
