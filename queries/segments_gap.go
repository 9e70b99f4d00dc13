package queries

import (
	"context"
	"slices"
)

// cutGap sets the survey's stances beside the states of consent of the same
// groups at the end of the survey.
func (d *Dataset) cutGap(ctx context.Context, q *segmentQuestion) (grouping, error) {
	says, err := d.cutStance(ctx, q)
	if err != nil || says.missing != "" {
		return says, err
	}
	survey := q.groups
	if q.f.Until == "" {
		q.f.Until = says.until
	}
	of := *q
	if of.groups, err = d.group(ctx, "segments", q.picked, q.choice.By, q.choice.Across); err != nil {
		return grouping{}, err
	}
	of.choice.Channel = anyChannel
	does, err := d.cutStates(ctx, &of)
	if err != nil || does.missing != "" {
		return does, err
	}
	u := grouping{purpose: does.purpose, at: does.at, since: says.since, until: says.until, unit: Respondents, parts: []string{"willing", OptedIn}, figure: gapFigure}
	// What is pooled is of the same values where all the others are.
	alike := len(survey.columns) == len(of.groups.columns) && !slices.ContainsFunc(survey.columns, func(c string) bool { return !slices.Contains(of.groups.columns, c) })
	// Rows of the survey, with the customers of the same value.
	u.cells = says.cells
	customers := make([]int, len(survey.rows)) // their row, -1 = none
	for r, value := range survey.rows {
		from := slices.Index(of.groups.rows, value)
		if value == "" && survey.pooledRows > 0 {
			from = -1
		}
		customers[r] = from
		for c := range survey.width() {
			cell := &u.cells[r*survey.width()+c]
			cell.beside = true
			if from < 0 {
				continue
			}
			if len(survey.columns) == 0 {
				for k := range of.groups.width() {
					cell.join(does.cells[from*of.groups.width()+k])
				}
			} else if k := slices.Index(of.groups.columns, survey.columns[c]); k >= 0 && (alike || survey.columns[c] != "" || survey.pooledColumns == 0) {
				cell.join(does.cells[from*of.groups.width()+k])
			}
		}
	}
	q.groups = survey
	if does.unsafe != nil {
		u.unsafe = make([]bool, len(survey.rows))
		for r, i := range customers {
			u.unsafe[r] = i >= 0 && does.unsafe[i]
		}
	}
	u.steps = gapSteps(says.steps, does.steps, customers)
	return u, nil
}

// gapSteps sets beside the respondents of a month the customers of the same rows at
// its end or, where that is not told of, at the end of the month before.
func gapSteps(says, does []step, customers []int) []step {
	var out []step
	for _, s := range says {
		for _, d := range slices.Backward(does) {
			if d.at > s.at || d.at < s.at.AddDays(-31) {
				continue
			}
			s.partial = d.partial
			for r := range s.rows {
				s.rows[r].beside = true
				if i := customers[r]; i >= 0 {
					s.rows[r].join(d.rows[i])
				} else {
					s.partial = true
				}
			}
			out = append(out, s)
			break
		}
	}
	return out
}
