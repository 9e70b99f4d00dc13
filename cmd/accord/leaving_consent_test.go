package main

import (
	"context"

	"accord/queries"
)

func (f faulty) Consent(context.Context, queries.Filter, queries.Choice) (queries.Consent, error) {
	return queries.Consent{}, nil
}

func (f faulty) Engagement(context.Context, queries.Filter, queries.Choice) (queries.Engagement, error) {
	f.panicIn("engagement")
	return queries.Engagement{}, nil
}

func (f faulty) Trust(context.Context, queries.Filter, queries.Choice) (queries.Trust, error) {
	return queries.Trust{}, nil
}

func (f faulty) Audit(context.Context, queries.Filter) (queries.Audit, error) {
	return queries.Audit{}, nil
}
