package tui

import (
	"context"

	"accord/queries"
	"accord/tui/panel"
	"accord/tui/words"
)

// segmentsSubject compares the groups of a dimension.
var segmentsSubject = subject{
	name: "segments", title: words.Key("Segments"),
	ask: func(ctx context.Context, q Questions, f queries.Filter, c queries.Choice) (answered, error) {
		answer, err := q.Segments(ctx, f, c)
		return answered{
			panels: func(l *look) []panel.Panel { return panel.Segments(l.words, answer) },
			choice: answer.Choice, choices: answer.Choices,
		}, err
	},
}
