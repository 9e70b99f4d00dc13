package words

import (
	"errors"

	"accord/queries"
)

// FilterMistake says what is wrong with a filter and what to write.
func (p *Printer) FilterMistake(e *queries.FilterError) string {
	return p.Translate(string(e.Problem), e.Args...)
}

// Refused says why a filter may not be used.
func (p *Printer) Refused(e *queries.RefusedError) string {
	k := p.Int(int64(e.MinCell))
	switch {
	case e.Value != "":
		return p.Say("The filter names %[1]s, which fewer than %[2]s of these people have: they would be seen by leaving it out.", e.Value, k)
	case e.Removes != "":
		return p.Say("The term on %[1]s removes fewer than %[2]s people, who would be seen by comparing.", e.Removes, k)
	}
	return p.Say("The filter keeps fewer than %s people.", k)
}

// Failure says that a question could not be answered, and why.
func (p *Printer) Failure(err error) (title, why string) {
	var mistake *queries.FilterError
	var refused *queries.RefusedError
	switch {
	case errors.As(err, &refused):
		return p.Say("The filter was refused"), p.Refused(refused)
	case errors.As(err, &mistake):
		return p.Say("The filter cannot be used"), p.FilterMistake(mistake)
	}
	var statement *queries.MistakeError
	if errors.As(err, &statement) {
		return p.Say("The question could not be answered"), p.Translate(string(statement.Why), statement.Of...)
	}
	return p.Say("The question could not be answered"), err.Error()
}
