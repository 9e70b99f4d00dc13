package sampledata

const mappingName = "accord.toml"

// mapping is the mapping file that goes with the inputs, so that whoever loads
// them, from wherever they were copied to, sees them labelled as made up.
const mapping = `# What the files in this folder are. They are synthetic: no such shop, no such people.
title = "Boréal"
synthetic = true
timezone = "America/Toronto"
as_of = "2018-12-31"

[customers]
fixed = ["region", "age_band", "language", "acquisition_source"]
`
