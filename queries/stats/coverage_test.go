package stats

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

const samples = 2000

// covers fails unless the 95 % intervals of 2,000 samples hold the truth in
// 93 % to 97 % of them.
func covers(t *testing.T, truth float64, sample func(r *rand.Rand) Result) {
	t.Helper()
	happens(t, 0.93, 0.97, func(r *rand.Rand) bool {
		e := estimateOf(t, sample(r))
		return e.Low <= truth && truth <= e.High
	})
}

func happens(t *testing.T, least, most float64, event func(r *rand.Rand) bool) {
	t.Helper()
	r := seeded(1)
	n := 0
	for range samples {
		if event(r) {
			n++
		}
	}
	share := float64(n) / samples
	t.Logf("%.4f", share)
	if share < least || share > most {
		t.Errorf("in %.4f of the samples, want %g to %g", share, least, most)
	}
}

// revenue is what a shop sees: nothing from most, a skewed amount from some.
func revenue(r *rand.Rand, n int, buyers, mean float64) []float64 {
	values := make([]float64, n)
	for i := range values {
		if r.Float64() < buyers {
			values[i] = r.ExpFloat64() * mean / buyers
		}
	}
	return values
}

// poisson counts the events in a time in which so many are expected.
func poisson(r *rand.Rand, mean float64) (n int64) {
	for at := r.ExpFloat64(); at < mean; at += r.ExpFloat64() {
		n++
	}
	return n
}

// months compares rates over so many months, with about so many events before in each
// and a quarter as many after: a tenth less, on average over the events.
func months(r *rand.Rand, n int, usual, differ float64) Result {
	var after, before []EventRate
	for range n {
		expected := usual * (0.5 + r.Float64())
		change := 0.9 * math.Exp(differ*r.NormFloat64()-differ*differ/2)
		before = append(before, EventRate{poisson(r, expected), expected, 0})
		after = append(after, EventRate{poisson(r, expected/4*change), expected / 4, 0})
	}
	return PeriodsRateRatio(after, before, 0.95)
}

func TestCoverage(t *testing.T) {
	for name, c := range map[string]struct {
		truth  float64
		sample func(r *rand.Rand) Result
	}{
		"wilson":           {0.3, func(r *rand.Rand) Result { return Share(binomial(r, 300, 0.3), 0.95) }},
		"wilson, rare":     {0.02, func(r *rand.Rand) Result { return Share(binomial(r, 400, 0.02), 0.95) }},
		"wilson, weighted": {0.53, weightedSurvey},
		"newcombe": {0.05, func(r *rand.Rand) Result {
			return ShareDifference(binomial(r, 250, 0.25), binomial(r, 350, 0.20), 0.95)
		}},
		"rate ratio, months that differ":           {-0.1, func(r *rand.Rand) Result { return months(r, 12, 150, 0.3) }},
		"rate ratio, months that differ, few":      {-0.1, func(r *rand.Rand) Result { return months(r, 24, 20, 0.3) }},
		"rate ratio, months that do not, very few": {-0.1, func(r *rand.Rand) Result { return months(r, 24, 8, 0) }},
		"mover-r": {0.25, func(r *rand.Rand) Result {
			return ShareRatio(binomial(r, 250, 0.25), binomial(r, 350, 0.20), 0.95)
		}},
		"mover": {0.12, func(r *rand.Rand) Result {
			return Difference(weightedSurvey(r), Share(binomial(r, 500, 0.41), 0.95))
		}},
		"student": {2, func(r *rand.Rand) Result {
			return MeanInterval(momentsOfValues(normals(r, 12, 2, 3)), 0.95)
		}},
		"welch": {0.5, func(r *rand.Rand) Result {
			return MeanDifference(momentsOfValues(normals(r, 8, 2, 1)), momentsOfValues(normals(r, 15, 1.5, 4)), 0.95)
		}},
		"welch, revenue": {0.2, func(r *rand.Rand) Result {
			return MeanDifference(momentsOfValues(revenue(r, 400, 0.3, 1.2)), momentsOfValues(revenue(r, 400, 0.3, 1)), 0.95)
		}},
		"fieller, revenue": {0.2, func(r *rand.Rand) Result {
			return MeanRatio(momentsOfValues(revenue(r, 400, 0.3, 1.2)), momentsOfValues(revenue(r, 400, 0.3, 1)), 0.95)
		}},
		"delta, revenue": {0.2, func(r *rand.Rand) Result {
			return DeltaRatio(momentsOfValues(revenue(r, 400, 0.3, 1.2)), momentsOfValues(revenue(r, 400, 0.3, 1)), 0.95)
		}},
		"cuped":                 {0.4, func(r *rand.Rand) Result { return cupedSample(t, r).Difference(1, 0, 0.95) }},
		"cuped, ratio":          {0.2, func(r *rand.Rand) Result { return cupedSample(t, r).Ratio(1, 0, 0.95) }},
		"mantel-haenszel":       {0.06, func(r *rand.Rand) Result { return MantelHaenszel(fewLargeStrata(r), 0.95) }},
		"mantel-haenszel, fine": {0.2, func(r *rand.Rand) Result { return MantelHaenszel(manySmallStrata(r), 0.95) }},
		"inverse variance": {0.06, func(r *rand.Rand) Result {
			return InverseVariance(strataEffects(t, fewLargeStrata(r)), 0.95)
		}},
		"random effects": {0.05, func(r *rand.Rand) Result { return campaigns(t, r).Mean }},
		"shared control": {0.3, func(r *rand.Rand) Result {
			arms := []Moments{momentsOfValues(normals(r, 60, 1.3, 1)), momentsOfValues(normals(r, 40, 1.3, 2)), momentsOfValues(normals(r, 50, 1.3, 1))}
			e := must[Effect](t)(SharedControl(arms, momentsOfValues(normals(r, 50, 1, 1))))
			return e.intervalAt(normalCritical(0.05), 0.95, MethodInverseVariance)
		}},
		"greenwood, log-log": {math.Exp(-0.6), func(r *rand.Rand) Result {
			points := must[[]SurvivalPoint](t)(KaplanMeier(lifetimes(r, 120, 1), 0.95))
			band := Undefined(NotReached)
			for _, p := range points {
				if p.Time > 0.6 {
					break
				}
				band = p.Band
			}
			return band
		}},
		"median": {math.Ln2, func(r *rand.Rand) Result {
			return MedianSurvival(must[[]SurvivalPoint](t)(KaplanMeier(lifetimes(r, 120, 1), 0.95)))
		}},
	} {
		t.Run(name, func(t *testing.T) { covers(t, c.truth, c.sample) })
	}
}

// One more campaign falls where the prediction says.
func TestPredictionCovers(t *testing.T) {
	happens(t, 0.93, 0.97, func(r *rand.Rand) bool {
		e := estimateOf(t, campaigns(t, r).Prediction)
		next := 0.05 + 0.02*r.NormFloat64()
		return e.Low <= next && next <= e.High
	})
}

// Where nothing is the matter, a test at 5 % says so in 3 % to 7 %.
func TestFalseAlarms(t *testing.T) {
	type test func(r *rand.Rand) (ChiSquared, Degenerate)
	for name, c := range map[string]test{
		"sample ratio": func(r *rand.Rand) (ChiSquared, Degenerate) {
			observed := make([]int64, 3)
			for range 600 {
				switch u := r.Float64(); {
				case u < 0.5:
					observed[0]++
				case u < 0.75:
					observed[1]++
				default:
					observed[2]++
				}
			}
			return SampleRatio(observed, []float64{2, 1, 1})
		},
		"Cochran's Q": func(r *rand.Rand) (ChiSquared, Degenerate) {
			return CochranQ(strataEffects(t, fewLargeStrata(r)))
		},
		"log-rank": func(r *rand.Rand) (ChiSquared, Degenerate) {
			return LogRank([][]Lifetime{lifetimes(r, 60, 1), lifetimes(r, 40, 1), lifetimes(r, 50, 1)})
		},
	} {
		t.Run(name, func(t *testing.T) {
			happens(t, 0.03, 0.07, func(r *rand.Rand) bool { return must[ChiSquared](t)(c(r)).P < 0.05 })
		})
	}
	t.Run("two shares", func(t *testing.T) {
		happens(t, 0.03, 0.07, func(r *rand.Rand) bool {
			return must[float64](t)(ShareP(binomial(r, 300, 0.2), binomial(r, 200, 0.2))) < 0.05
		})
	})
	t.Run("two means", func(t *testing.T) {
		happens(t, 0.03, 0.07, func(r *rand.Rand) bool {
			return must[float64](t)(MeanP(momentsOfValues(normals(r, 90, 1, 1)), momentsOfValues(normals(r, 200, 1, 2)))) < 0.05
		})
	})
}

// Looking forty times, the always-valid interval errs in at most 5 % of the
// samples, and the interval for one look in far more.
func TestAlwaysValidStandsPeeking(t *testing.T) {
	peek := func(look func(treated, control Moments) Result) func(r *rand.Rand) bool {
		return func(r *rand.Rand) bool {
			sum := make([]float64, 4)
			n := int64(0)
			for range 40 {
				for range 25 {
					y, x := r.NormFloat64(), r.NormFloat64()
					sum[0], sum[1], sum[2], sum[3] = sum[0]+y, sum[1]+y*y, sum[2]+x, sum[3]+x*x
					n++
				}
				e := estimateOf(t, look(must[Moments](t)(MomentsFromSums(n, sum[0], sum[1])), must[Moments](t)(MomentsFromSums(n, sum[2], sum[3]))))
				if e.ExcludesZero() {
					return true
				}
			}
			return false
		}
	}
	happens(t, 0, 0.05, peek(func(a, b Moments) Result { return AlwaysValidDifference(a, b, 500, 0.95) }))
	happens(t, 0.15, 1, peek(func(a, b Moments) Result { return MeanDifference(a, b, 0.95) }))
}

// At the detectable difference the test finds it as often as the power says.
func TestDetectableDifferenceHasItsPower(t *testing.T) {
	d := must[float64](t)(DetectableDifference(1, 300, 200, 0.95, 0.8))
	happens(t, 0.78, 0.82, func(r *rand.Rand) bool {
		return must[float64](t)(MeanP(momentsOfValues(normals(r, 300, d, 1)), momentsOfValues(normals(r, 200, 0, 1)))) < 0.05
	})
}

func normals(r *rand.Rand, n int, mean, sd float64) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = mean + sd*r.NormFloat64()
	}
	return values
}

func weightedSurvey(r *rand.Rand) Result {
	var willing, sum, sumSq float64
	for range 400 {
		w := 0.3 + 2*r.Float64()
		sum += w
		sumSq += w * w
		if r.Float64() < 0.53 {
			willing += w
		}
	}
	return WeightedShare(willing/sum, sum, sumSq, 0.95)
}

// cupedSample has 2.00 in control and 2.40 in treated, in cents, and a
// measure from before that explains half.
func cupedSample(t *testing.T, r *rand.Rand) Adjustment {
	arm := func(n int, mean float64) CrossSums {
		s := [5]int64{}
		for range n {
			before := r.NormFloat64()
			x, y := int64(math.Round(1000*before)), int64(math.Round(100*(mean+before+r.NormFloat64())))
			for i, v := range [5]int64{y, y * y, x, x * x, x * y} {
				s[i] += v
			}
		}
		return CrossSums{int64(n), big.NewInt(s[0]), big.NewInt(s[1]), big.NewInt(s[2]), big.NewInt(s[3]), big.NewInt(s[4])}
	}
	return must[Adjustment](t)(CUPED([]CrossSums{arm(150, 2), arm(120, 2.4)}, 100, 1000))
}

func fewLargeStrata(r *rand.Rand) []Stratum {
	return []Stratum{
		{binomial(r, 150, 0.16), binomial(r, 300, 0.10)},
		{binomial(r, 200, 0.36), binomial(r, 100, 0.30)},
		{binomial(r, 250, 0.66), binomial(r, 180, 0.60)},
	}
}

func manySmallStrata(r *rand.Rand) []Stratum {
	strata := make([]Stratum, 80)
	for i := range strata {
		base := 0.1 + 0.6*float64(i)/float64(len(strata))
		strata[i] = Stratum{binomial(r, int64(1+i%4), base+0.2), binomial(r, int64(1+i%3), base)}
	}
	return strata
}

func strataEffects(t *testing.T, strata []Stratum) []Effect {
	effects := make([]Effect, len(strata))
	for i, s := range strata {
		effects[i] = must[Effect](t)(ShareEffect(s.Treated, s.Control))
	}
	return effects
}

// campaigns are twelve whose lifts vary about 0.05 with a deviation of 0.02.
func campaigns(t *testing.T, r *rand.Rand) Synthesis {
	effects := make([]Effect, 12)
	for i := range effects {
		se := 0.005 + 0.001*float64(i)
		effects[i] = Effect{0.05 + 0.02*r.NormFloat64() + se*r.NormFloat64(), se}
	}
	return must[Synthesis](t)(RandomEffects(effects, 0.95))
}

// lifetimes are exponential, observed for between 0.2 and 4 units.
func lifetimes(r *rand.Rand, n int, rate float64) []Lifetime {
	table := make([]Lifetime, n)
	for i := range table {
		end, seen := r.ExpFloat64()/rate, 0.2+3.8*r.Float64()
		if end <= seen {
			table[i] = Lifetime{end, 1, 0}
		} else {
			table[i] = Lifetime{seen, 0, 1}
		}
	}
	return table
}
