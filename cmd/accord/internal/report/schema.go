package report

import _ "embed"

// schema is the JSON Schema of the JSON. A test makes it of the types of the
// answers and of what their documentation says, and fails where it is not that.
//
//go:embed schema.json
var schema string

// Schema is the documentation of the JSON, for people and programs: a JSON Schema
// (draft 2020-12).
func Schema() string { return schema }
