package load

import (
	"context"
	"fmt"
	"strings"

	"accord/queries/store"
)

// keep writes down which columns fit as dimensions, and the values of those that
// segments do not hold as they are, so that a store can be derived again from
// itself. Of numbers it keeps no more than their bands need.
func (b *builder) keep(ctx context.Context, input, table string, fit, chosen []dimension) error {
	who := map[string]string{"people": "customer", "respondents": "respondent"}[table]
	taken := map[string]bool{}
	for _, d := range chosen {
		taken[d.name] = true
	}
	columns := []string{who}
	if input == "survey" {
		columns = append(columns, "respondent_key") // tells an answer that is delivered again
	}
	for i, d := range fit {
		if err := b.exec(ctx, "INSERT INTO store.kept_columns VALUES (?, ?, ?, ?, ?)", input, i, d.name, d.fixed, d.kept != ""); err != nil {
			return err
		}
		switch {
		case d.kept != "":
			columns = append(columns, fmt.Sprintf("CAST(%s AS VARCHAR) AS %s", d.kept, store.Identifier("dim_"+d.name)))
		case !taken[d.name]:
			columns = append(columns, store.Identifier("dim_"+d.name))
		}
	}
	return b.exec(ctx, fmt.Sprintf("CREATE TABLE store.kept_%s AS SELECT %s FROM %s ORDER BY %s", input, strings.Join(columns, ", "), table, who))
}
