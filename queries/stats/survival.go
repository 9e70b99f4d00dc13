package stats

import (
	"cmp"
	"math"
	"slices"
)

// MethodMedianLow names an interval of [MedianSurvival]'s kind that is limited from below
// alone: its High is the last time seen, and no limit.
const MethodMedianLow = "brookmeyer-crowley-lower"

// Lifetime is a row of a life table: how many were seen for exactly Time, in
// the caller's unit from each one's start, until the event (Events) or until
// nothing more is known of them (Censored). Where both happen at one time, the
// events come first.
type Lifetime struct {
	Time     float64 `json:"time"`
	Events   int64   `json:"events"`
	Censored int64   `json:"censored"`
}

// SurvivalPoint is the survival curve just after one time of the table.
type SurvivalPoint struct {
	Time     float64 `json:"time"`
	AtRisk   int64   `json:"at_risk"` // seen up to Time, just before it
	Events   int64   `json:"events"`
	Censored int64   `json:"censored"`
	Survival float64 `json:"survival"` // in [0, 1]
	// Band is the pointwise interval about Survival. It is [ZeroVariance]
	// where survival is 1 or 0.
	Band Result `json:"band"`
}

// KaplanMeier is the survival curve (E. L. Kaplan and P. Meier, JASA 53, 1958)
// with Greenwood's variance on the log-log scale, which keeps the band in
// [0, 1]. There is one point for each time of the table, in order; rows may
// come in any order and share times.
func KaplanMeier(table []Lifetime, level float64) ([]SurvivalPoint, Degenerate) {
	return survival(table, level, func(float64) float64 { return 0 })
}

// Actuarial is [KaplanMeier] where times are known to the step alone that ends at
// Time: those censored within a step count as at risk through half of it (S. J.
// Cutler and F. Ederer, Journal of Chronic Diseases 8, 1958). Counting them through
// all of it would find survival too high.
func Actuarial(table []Lifetime, level float64) ([]SurvivalPoint, Degenerate) {
	return survival(table, level, func(float64) float64 { return 0.5 })
}

// ActuarialWithin brackets the [Actuarial] curve of a finer table of which only some
// merged steps are known, those that end where merged holds: within one, all the
// censored may have gone before the first event (lowest) or after the last (highest).
// Where nothing was merged both are the curve itself.
func ActuarialWithin(table []Lifetime, level float64, merged func(end float64) bool) (lowest, highest []SurvivalPoint, reason Degenerate) {
	within := func(unseen float64) func(float64) float64 {
		return func(end float64) float64 {
			if merged(end) {
				return unseen
			}
			return 0.5
		}
	}
	if lowest, reason = survival(table, level, within(1)); reason != "" {
		return nil, nil, reason
	}
	highest, reason = survival(table, level, within(0))
	return lowest, highest, reason
}

// survival takes a share of those censored at a time off those at risk then.
func survival(table []Lifetime, level float64, unseen func(time float64) float64) ([]SurvivalPoint, Degenerate) {
	alpha, badLevel := significance(level)
	rows, total, reason := ordered(table)
	if reason := worstReason(reason, badLevel); reason != "" {
		return nil, reason
	}
	z := normalCritical(alpha)
	points := make([]SurvivalPoint, 0, len(rows))
	atRisk, holds := total, 1.0
	var logSurvival, greenwood float64
	for _, row := range rows {
		n, d := float64(atRisk)-unseen(row.Time)*float64(row.Censored), float64(row.Events)
		if d > 0 { // otherwise n may be 0 as well
			holds *= (n - d) / n
			logSurvival += math.Log1p(-d / n)
			greenwood += d / n / (n - d)
		}
		points = append(points, SurvivalPoint{
			Time: row.Time, AtRisk: atRisk, Events: row.Events, Censored: row.Censored,
			Survival: holds, Band: logLogBand(holds, logSurvival, greenwood, z, level),
		})
		atRisk -= row.Events + row.Censored
	}
	return points, ""
}

// logLogBand is survival to the powers exp(±z·√greenwood/|ln survival|).
func logLogBand(survival, logSurvival, greenwood, z, level float64) Result {
	if logSurvival == 0 || math.IsInf(logSurvival, -1) {
		return Undefined(ZeroVariance)
	}
	factor := math.Exp(z * math.Sqrt(greenwood) / -logSurvival)
	return interval(survival, math.Exp(logSurvival*factor), math.Exp(logSurvival/factor), level, MethodLogLog)
}

// MedianSurvival is the first time at which the curve is at one half or below,
// in the unit of the times, with the interval of R. Brookmeyer and J. Crowley
// (Biometrics 38, 1982): from where the band's lower edge reaches one half to
// where its upper edge does. It is [NotReached] where the curve stays above
// one half, and [Unbounded] where the upper edge does: the median is then the
// curve's, without an upper limit.
func MedianSurvival(points []SurvivalPoint) Result {
	if len(points) == 0 {
		return Undefined(EmptyArm)
	}
	low, value, high, level := math.NaN(), math.NaN(), math.NaN(), 0.0
	mark := func(at *float64, t float64) {
		if math.IsNaN(*at) {
			*at = t
		}
	}
	for _, p := range points {
		if p.Survival <= 0.5 {
			mark(&value, p.Time)
		}
		band, reason := p.Band.Estimate()
		if reason != "" {
			continue
		}
		level = band.Level
		if band.Low <= 0.5 {
			mark(&low, p.Time)
		}
		if band.High <= 0.5 {
			mark(&high, p.Time)
		}
	}
	switch {
	case math.IsNaN(value):
		return Undefined(NotReached)
	case level == 0:
		return Undefined(ZeroVariance)
	case math.IsNaN(low) || math.IsNaN(high):
		return Undefined(Unbounded)
	}
	return interval(value, low, high, level, MethodMedian)
}

// LogRank tests whether the groups share one survival curve, on one degree of
// freedom fewer than there are groups (N. Mantel, Cancer Chemotherapy Reports
// 50, 1966). Without an event it is [NoEvents]; where a group is never at risk
// when something happens, [ZeroVariance].
func LogRank(groups [][]Lifetime) (ChiSquared, Degenerate) {
	k := len(groups)
	if k < 2 {
		return ChiSquared{}, TooFew
	}
	rows := make([][]Lifetime, k)
	atRisk := make([]float64, k)
	reasons := make([]Degenerate, k)
	var times []float64
	for g, table := range groups {
		var total int64
		rows[g], total, reasons[g] = ordered(table)
		atRisk[g] = float64(total)
		for _, row := range rows[g] {
			times = append(times, row.Time)
		}
	}
	if reason := worstReason(reasons...); reason != "" {
		return ChiSquared{}, reason
	}
	slices.Sort(times)

	excess := make([]float64, k) // observed minus expected events
	covariance := make([][]float64, k)
	for g := range covariance {
		covariance[g] = make([]float64, k)
	}
	happened := false
	for _, t := range slices.Compact(times) {
		var n, d float64
		leaving := make([]float64, k)
		for g := range rows {
			n += atRisk[g]
			if len(rows[g]) > 0 && rows[g][0].Time == t {
				row := rows[g][0]
				rows[g] = rows[g][1:]
				d += float64(row.Events)
				excess[g] += float64(row.Events)
				leaving[g] = float64(row.Events) + float64(row.Censored)
			}
		}
		happened = happened || d > 0
		for g := range rows {
			share := atRisk[g] / n
			excess[g] -= d * share
			if n > 1 {
				scale := d * (n - d) / (n - 1) * share
				covariance[g][g] += scale
				for h := range rows {
					covariance[g][h] -= scale * atRisk[h] / n
				}
			}
		}
		for g := range atRisk {
			atRisk[g] -= leaving[g]
		}
	}
	if !happened {
		return ChiSquared{}, NoEvents
	}
	// The last group's excess follows from the others'.
	statistic, ok := quadraticForm(covariance, excess, k-1)
	if !ok {
		return ChiSquared{}, ZeroVariance
	}
	return chiSquared(statistic, k-1)
}

// quadraticForm is xᵀA⁻¹x for the leading n rows of a positive definite A, by
// its Cholesky factor. It is false where A is singular.
func quadraticForm(a [][]float64, x []float64, n int) (float64, bool) {
	factor := make([][]float64, n)
	y := make([]float64, n)
	var form float64
	for i := range n {
		factor[i] = make([]float64, i+1)
		y[i] = x[i]
		for j := range i + 1 {
			sum := a[i][j]
			for m := range j {
				sum -= factor[i][m] * factor[j][m]
			}
			if j < i {
				factor[i][j] = sum / factor[j][j]
				y[i] -= factor[i][j] * y[j]
				continue
			}
			if !(sum > 1e-12*a[i][i]) {
				return 0, false
			}
			factor[i][i] = math.Sqrt(sum)
		}
		y[i] /= factor[i][i]
		form += y[i] * y[i]
	}
	return form, true
}

// ordered merges the rows of a life table by time and counts everyone in it.
func ordered(table []Lifetime) (rows []Lifetime, total int64, reason Degenerate) {
	for _, row := range slices.SortedFunc(slices.Values(table), func(a, b Lifetime) int {
		return cmp.Compare(a.Time, b.Time)
	}) {
		if row.Events < 0 || row.Censored < 0 || row.Time < 0 || !finite(row.Time) {
			return nil, 0, Invalid
		}
		if row.Events == 0 && row.Censored == 0 {
			continue
		}
		total += row.Events + row.Censored
		if total < 0 {
			return nil, 0, Overflow
		}
		if last := len(rows) - 1; last >= 0 && rows[last].Time == row.Time {
			rows[last].Events += row.Events
			rows[last].Censored += row.Censored
			continue
		}
		rows = append(rows, row)
	}
	if total == 0 {
		return nil, 0, EmptyArm
	}
	return rows, total, ""
}
