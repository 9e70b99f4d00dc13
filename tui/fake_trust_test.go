package tui

import (
	"context"

	"accord/queries"
)

func (q fakeQuestions) Trust(ctx context.Context, f queries.Filter, c queries.Choice) (queries.Trust, error) {
	if q.before != nil {
		if err := q.before(ctx, f); err != nil {
			return queries.Trust{}, err
		}
	}
	a := q.trust
	if c.By != "" {
		a.Choice.By = c.By
	}
	return a, nil
}

func (q fakeQuestions) Audit(ctx context.Context, f queries.Filter) (queries.Audit, error) {
	if q.before != nil {
		if err := q.before(ctx, f); err != nil {
			return queries.Audit{}, err
		}
	}
	return q.audit, nil
}
