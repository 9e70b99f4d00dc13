package sampledata

const mappingName = "accord.toml"

// mapping is the mapping file that goes with the inputs, so that whoever loads
// them, from wherever they were copied to, sees them labelled as made up.
const mapping = `# What the files in this folder are. They are synthetic: no such shop, no such people.
title = "Boréal"
synthetic = true
timezone = "America/Toronto"
as_of = "2018-12-31"
# What this shop has set itself; nothing follows from it for any other.
retain_customers_days = 1095
retain_consents_days = 1095

[method_steps]
checkbox = 2
form = 4
link = 1
spam_report = 1
toggle = 2
unsubscribe_link = 2
verbal = 3

[customers]
fixed = ["region", "age_band", "language", "acquisition_source"]
`
