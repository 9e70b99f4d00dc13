package tui

import (
	"context"

	"accord/queries"
	"accord/tui/panel"
	"accord/tui/words"
)

// engagementSubject is what people did with messages.
var engagementSubject = subject{
	name: "engagement", title: words.Key("Engagement"),
	ask: func(ctx context.Context, q Questions, f queries.Filter, c queries.Choice) (answered, error) {
		answer, err := q.Engagement(ctx, f, c)
		return answered{
			panels: func(l *look) []panel.Panel { return panel.Engagement(l.words, f, answer) },
			choice: answer.Choice, choices: answer.Choices,
		}, err
	},
}
