package tui

import (
	"context"

	"accord/queries"
	"accord/tui/panel"
	"accord/tui/words"
)

// places is the one table of screens, in the order of their keys.
var places = []struct {
	name  string
	title string // a key of package words
	make  func(*look) screen
}{
	{overviewName, words.Key("Overview"), func(l *look) screen { return newOverview(l) }},
	{liftName, words.Key("Lift"), func(l *look) screen { return newBoard(l, liftSubject()) }},
	{"segments", words.Key("Segments"), func(l *look) screen { return newBoard(l, segmentsSubject) }},
	{"engagement", words.Key("Engagement"), func(l *look) screen { return newBoard(l, engagementSubject) }},
	{"consent", words.Key("Consent"), func(l *look) screen { return newBoard(l, consentSubject) }},
	{"trust", words.Key("Trust"), func(l *look) screen { return newBoard(l, trustSubject) }},
	{"audit", words.Key("Audit"), func(l *look) screen { return newBoard(l, auditSubject) }},
	{dataName, words.Key("Data"), func(l *look) screen { return newBoard(l, dataSubject) }},
	{peopleName, words.Key("Customers"), func(l *look) screen { return newBoard(l, peopleSubject) }},
	{sqlName, words.Key("SQL"), func(l *look) screen { return newBoard(l, sqlSubject) }},
}

// Screens lists the names that Config.Screen knows.
func Screens() []string {
	var names []string
	for _, p := range places {
		names = append(names, p.name)
	}
	return names
}

const liftName = "lift"

// liftSubject is every campaign's comparison of its arms with its control. It
// counts the cuts that were looked at while the program runs.
func liftSubject() subject {
	looked := map[string]bool{}
	return subject{
		name: liftName, title: words.Key("Lift"),
		ask: func(ctx context.Context, q Questions, f queries.Filter, c queries.Choice) (answered, error) {
			answer, err := q.Lift(ctx, f, c)
			from, of := q.Provenance(), answer.Choice
			of.Sort, of.Policy = "", "" // another order or policy is no other cut
			key := f.String() + " " + of.String()
			return answered{choice: answer.Choice, choices: answer.Choices, panels: func(l *look) []panel.Panel {
				if len(answer.Cut.Rows) > 0 {
					looked[key] = true
				}
				return panel.Lift(l.words, from, answer, len(looked))
			}}, err
		},
	}
}

const dataName = "data"

// dataSubject is what the store holds.
var dataSubject = subject{
	name: dataName, title: words.Key("Data"),
	ask: func(ctx context.Context, q Questions, _ queries.Filter, _ queries.Choice) (answered, error) {
		answer, err := q.Data(ctx)
		from := q.Provenance()
		return answered{panels: func(l *look) []panel.Panel { return panel.Data(l.words, from, answer) }}, err
	},
}

// consentSubject is how permission moves.
var consentSubject = subject{
	name: "consent", title: words.Key("Consent"),
	ask: func(ctx context.Context, q Questions, f queries.Filter, c queries.Choice) (answered, error) {
		answer, err := q.Consent(ctx, f, c)
		return answered{panels: func(l *look) []panel.Panel { return panel.Consent(l.words, answer) }, choice: answer.Choice, choices: answer.Choices}, err
	},
}

const sqlName = "sql"

// sqlSubject is what a person's own statement returns.
var sqlSubject = subject{
	name: sqlName, title: words.Key("SQL"),
	ask: func(ctx context.Context, q Questions, _ queries.Filter, c queries.Choice) (answered, error) {
		var answer queries.Rows
		var err error
		if c.Statement != "" {
			answer, err = q.Run(ctx, c.Statement)
		}
		return answered{panels: func(l *look) []panel.Panel { return panel.Rows(l.words, answer) }, choice: c}, err
	},
}

const peopleName = "people"

// peopleSubject is single customers, and the life of one.
var peopleSubject = subject{
	name: peopleName, title: words.Key("Customers"),
	ask: func(ctx context.Context, q Questions, f queries.Filter, c queries.Choice) (answered, error) {
		answer, err := q.People(ctx, f, c)
		dimensions := q.Vocabulary().Dimensions
		return answered{panels: func(l *look) []panel.Panel { return panel.People(l.words, dimensions, answer) }, choice: answer.Choice}, err
	},
}

// analysts are the screens that show single people and few of them.
var analysts = []string{peopleName, sqlName}

// trustSubject is how far customers trust with their data, and what moves it.
var trustSubject = subject{
	name: "trust", title: words.Key("Trust"),
	ask: func(ctx context.Context, q Questions, f queries.Filter, c queries.Choice) (answered, error) {
		answer, err := q.Trust(ctx, f, c)
		return answered{panels: func(l *look) []panel.Panel { return panel.Trust(l.words, answer) }, choice: answer.Choice, choices: answer.Choices}, err
	},
}

// auditSubject is what records show of how permission was kept.
var auditSubject = subject{
	name: "audit", title: words.Key("Audit"),
	ask: func(ctx context.Context, q Questions, f queries.Filter, _ queries.Choice) (answered, error) {
		answer, err := q.Audit(ctx, f)
		return answered{panels: func(l *look) []panel.Panel { return panel.Audit(l.words, answer) }}, err
	},
}
