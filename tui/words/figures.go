package words

import "accord/queries"

// Count writes a number of people for a table cell: "7,812", or the
// short reason it is not there.
func (p *Printer) Count(c queries.Count) string {
	if n, ok := c.Value(); ok {
		return p.Int(n)
	}
	return p.ReasonShort(c.Why())
}

// Fraction writes a rate's numerator and denominator: "7,812 of 19,034".
func (p *Printer) Fraction(r queries.Rate) string {
	return p.Say("%s of %s", p.Count(r.Numerator), p.Count(r.Denominator))
}

// Rate writes a share with all that belongs to it, or why it is not there:
// "41.0 % [40.3, 41.7] (7,812 of 19,034)".
func (p *Printer) Rate(r queries.Rate) string {
	e, ok := r.Estimate.Value()
	if !ok {
		return p.Reason(r.Estimate.Why())
	}
	return p.Say("%s (%s)", p.ShareSpan(e).String(), p.Fraction(r))
}

// ShareFigure writes a share and its interval for two table cells; where it is
// not there the value is the short reason and the interval is empty.
func (p *Printer) ShareFigure(f queries.Figure[queries.Estimate]) Span {
	return p.spanOf(f, p.ShareSpan)
}

// ValueFigure is ShareFigure for an arm's value of a metric: a share, or money
// per customer.
func (p *Printer) ValueFigure(m queries.Metric, f queries.Figure[queries.Estimate]) Span {
	if m.Money() {
		return p.spanOf(f, p.MoneySpan)
	}
	return p.spanOf(f, p.ShareSpan)
}

// DifferenceFigure is ShareFigure for a difference between two arms on a
// metric: percentage points, or money per customer.
func (p *Printer) DifferenceFigure(m queries.Metric, f queries.Figure[queries.Estimate]) Span {
	if m.Money() {
		return p.spanOf(f, p.SignedMoneySpan)
	}
	return p.spanOf(f, p.PointsSpan)
}

// ChangeFigure writes a change of a share with its interval, where it has one.
func (p *Printer) ChangeFigure(change queries.Figure[float64], interval queries.Figure[queries.Estimate]) Span {
	if e, ok := interval.Value(); ok {
		return p.PointsSpan(e)
	}
	return Span{Value: p.PointsFigure(change)}
}

// RelativeFigure is ShareFigure for a relative difference.
func (p *Printer) RelativeFigure(f queries.Figure[queries.Estimate]) Span {
	return p.spanOf(f, p.RelativeSpan)
}

func (p *Printer) spanOf(f queries.Figure[queries.Estimate], write func(queries.Estimate) Span) Span {
	if e, ok := f.Value(); ok {
		return write(e)
	}
	return Span{Value: p.ReasonShort(f.Why())}
}

// TotalFigure writes what an arm's customers did altogether: people, or money.
func (p *Printer) TotalFigure(m queries.Metric, f queries.Figure[float64]) string {
	x, ok := f.Value()
	switch {
	case ok && m.Money():
		return p.Money(x)
	case ok:
		return p.Int(int64(x))
	case m.Money():
		return p.ReasonShort(f.Why())
	}
	return p.Count(queries.Missing[int64](f.Why()))
}

// PFigure writes a p-value or the short reason it is not there.
func (p *Printer) PFigure(f queries.Figure[float64]) string {
	if x, ok := f.Value(); ok {
		return p.P(x)
	}
	return p.ReasonShort(f.Why())
}

// PointsFigure writes a change of a share or the short reason it is not there.
func (p *Printer) PointsFigure(f queries.Figure[float64]) string {
	if x, ok := f.Value(); ok {
		return p.Points(x)
	}
	return p.ReasonShort(f.Why())
}

// Detectable writes the size of a difference on a metric, without a sign:
// "1.20 pp", or an amount.
func (p *Printer) Detectable(m queries.Metric, x float64) string {
	if m.Money() {
		return p.Money(x)
	}
	x *= 100
	return p.Say("%s pp", p.decimal(x, bareDigits(x, 2)))
}

// WithheldNote explains the marks that Count and the Figure methods leave for
// withheld figures.
func (p *Printer) WithheldNote() string {
	if p.MinCell > 0 {
		return p.Say("Withheld: a figure about fewer than %s people, or from which one would follow.", p.Int(int64(p.MinCell)))
	}
	return p.Say("Withheld: a figure about very few people, or from which one would follow.")
}

// IntervalNote explains the intervals beside figures.
func (p *Printer) IntervalNote() string {
	return p.Say("[ ] 95 %% confidence interval, each taken alone unless it says that it is adjusted.")
}

// PointsEstimate is ShareFigure for a difference of two shares.
func (p *Printer) PointsEstimate(f queries.Figure[queries.Estimate]) Span {
	return p.spanOf(f, p.PointsSpan)
}
