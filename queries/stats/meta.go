package stats

import "math"

// Synthesis is what several campaigns say together.
type Synthesis struct {
	// Mean is the average effect over campaigns such as these.
	Mean Result `json:"mean"`
	// Prediction is where the effect of one more such campaign is expected.
	Prediction Result `json:"prediction"`
	// Tau2 is the variance of the true effects between campaigns, at least 0,
	// in the squared unit of the effects.
	Tau2 float64 `json:"tau2"`
	// I2 is the share of the variation between the campaigns that is more
	// than chance, in [0, 1): (Q - df)/Q, or 0.
	I2 float64 `json:"i2"`
	// Heterogeneity is Cochran's Q.
	Heterogeneity ChiSquared `json:"heterogeneity"`
}

// RandomEffects pools the effects of campaigns whose true effects differ. The
// variance between them is that of R. C. Paule and J. Mandel (J. Res. Natl.
// Bur. Stand. 87, 1982); the interval for the mean is that of Hartung and
// Knapp, and Sidik and Jonkman, at Student's t with k - 1 degrees of freedom,
// its variance never below the one of known weights (C. Röver, G. Knapp and T.
// Friede, BMC Med Res Methodol 15, 2015); I² is that of J. P. T. Higgins and
// S. G. Thompson (Statistics in Medicine 21, 2002). The prediction interval,
// mean ± t·√(tau² + SE²) with k - 2 degrees of freedom (J. P. T. Higgins, S. G.
// Thompson and D. J. Spiegelhalter, JRSS A 172, 2009), wants three campaigns.
// Where true effects vary by less than their standard errors, tau² is often
// estimated as 0 and the prediction is too narrow.
//
// The effects must be independent: the arms of one campaign that share a
// control become one effect by [SharedControl] first.
func RandomEffects(effects []Effect, level float64) (Synthesis, Degenerate) {
	alpha, badLevel := significance(level)
	if reason := worstReason(checkEffects(effects), badLevel); reason != "" {
		return Synthesis{}, reason
	}
	if len(effects) < 2 {
		return Synthesis{}, TooFew
	}
	q, reason := CochranQ(effects)
	if reason != "" {
		return Synthesis{}, reason
	}
	df := float64(q.DF)
	tau2 := pauleMandel(effects)
	pooled, spread := pool(effects, tau2)
	pooled.StandardError *= math.Sqrt(max(spread/df, 1))
	s := Synthesis{
		Mean:          pooled.intervalAt(studentCritical(alpha, df), level, MethodRandomEffects),
		Prediction:    Undefined(TooFew),
		Tau2:          tau2,
		Heterogeneity: q,
	}
	if q.Statistic > df {
		s.I2 = (q.Statistic - df) / q.Statistic
	}
	if len(effects) >= 3 {
		next := Effect{pooled.Value, math.Hypot(math.Sqrt(tau2), pooled.StandardError)}
		s.Prediction = next.intervalAt(studentCritical(alpha, df-1), level, MethodPrediction)
	}
	return s, ""
}

// pauleMandel solves Σ(e - pooled)²/(SE² + tau²) = k - 1 for tau², or returns
// 0 where even tau² = 0 leaves no more than that. The sum falls as tau² grows.
func pauleMandel(effects []Effect) float64 {
	df := float64(len(effects) - 1)
	tooSmall := func(tau2 float64) bool {
		_, q := pool(effects, tau2)
		return q > df
	}
	if !tooSmall(0) {
		return 0
	}
	// At the sum of squares about any point, the sum is 1 or less.
	var squares float64
	for _, e := range effects {
		squares += (e.Value - effects[0].Value) * (e.Value - effects[0].Value)
	}
	return last(0, 2*squares, tooSmall)
}

// SharedControl makes one effect of a campaign's treated arms, all compared
// with the same control: the treated means weighted by the inverse of their
// squared standard errors, minus the control's. It is the generalised
// least-squares estimate under the correlation that the control brings, whose
// variance is counted once (L. J. Gleser and I. Olkin, in The Handbook of
// Research Synthesis, 1994). The unit is that of the measure. For shares, use
// the moments of the proportions.
func SharedControl(treated []Moments, control Moments) (Effect, Degenerate) {
	if len(treated) == 0 {
		return Effect{}, TooFew
	}
	reasons := []Degenerate{control.check()}
	arms := make([]Effect, len(treated))
	for i, m := range treated {
		reasons = append(reasons, m.check())
		arms[i] = Effect{m.Mean - control.Mean, math.Sqrt(m.meanVariance())}
	}
	if reason := worstReason(reasons...); reason != "" {
		return Effect{}, reason
	}
	if reason := checkEffects(arms); reason != "" {
		return Effect{}, reason
	}
	pooled, _ := pool(arms, 0)
	return effect(pooled.Value, pooled.StandardError*pooled.StandardError+control.meanVariance())
}

// RandomEffectsP is the two-sided p-value in [0, 1] that inverts the interval of
// [RandomEffects] for the mean.
func RandomEffectsP(effects []Effect) (float64, Degenerate) {
	const alpha = 0.05 // any will do
	s, reason := RandomEffects(effects, 1-alpha)
	if reason != "" {
		return 0, reason
	}
	mean, reason := s.Mean.Estimate()
	if reason != "" {
		return 0, reason
	}
	df := float64(s.Heterogeneity.DF)
	pooled := Effect{mean.Value, (mean.High - mean.Low) / 2 / studentCritical(alpha, df)}
	return invert(func(alpha float64) bool { return pooled.excludesZero(studentCritical(alpha, df)) }), ""
}
