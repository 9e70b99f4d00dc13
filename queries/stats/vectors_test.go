package stats

import (
	"strconv"
	"testing"
)

// The figures against which other tools are checked; their source is named
// with each.

func growthBookArms(t *testing.T) (treated, control Moments) {
	make := must[Moments](t)
	return make(MomentsFromSums(3461, 2422.7, 134698.29)), make(MomentsFromSums(3407, 1396.87, 52377.9767))
}

func TestWelchVector(t *testing.T) { // GrowthBook
	b, a := growthBookArms(t)
	printedInterval(t, MeanDifference(b, a, 0.95), "0.29", "0.04538", "0.53462")
	printed(t, "p", must[float64](t)(MeanP(b, a)), "0.02016")
}

func TestDeltaVector(t *testing.T) { // GrowthBook
	b, a := growthBookArms(t)
	printedInterval(t, DeltaRatio(b, a, 0.95), "0.70732", "-0.03526", "1.44989")
	printed(t, "p", must[float64](t)(DeltaP(b, a)), "0.06191")
	printed(t, "standard error", must[Effect](t)(RelativeEffect(b, a)).StandardError, "0.37879")
}

func TestFiellerVector(t *testing.T) {
	b, a := growthBookArms(t)
	printedInterval(t, MeanRatio(b, a, 0.95), "0.70732", "0.0941", "1.7087")
	// At the normal quantile, computed with 30 digits.
	c, reason := compareMeans(b, a)
	if reason != "" {
		t.Fatal(reason)
	}
	normal := c.ratioAt(normalCritical(0.05), 0.95, MethodFieller)
	printedInterval(t, normal, "0.70732", "0.09416946315", "1.708403369")
}

func TestMOVERRatioVectors(t *testing.T) {
	for _, v := range []struct {
		treated, control Proportion
		low, high        string
	}{
		{Proportion{3894, 21307}, Proportion{2262, 21306}, "0.6403920", "0.8064170"}, // Hillstrom, Mens, visits
		{Proportion{7, 34}, Proportion{1, 34}, "0.1536687", "40.9762617"},
	} {
		printedInterval(t, ShareRatio(v.treated, v.control, 0.95), "", v.low, v.high)
	}
}

func TestSampleRatioVectors(t *testing.T) {
	for _, v := range []struct {
		observed     []int64
		statistic, p string
	}{
		{[]int64{2314, 2064}, "", "1.57871e-4"}, // GrowthBook
		{[]int64{66, 65}, "", "0.930377"},       // GrowthBook
		{[]int64{21306, 21307, 21387}, "0.20253", "0.9037"},
	} {
		planned := make([]float64, len(v.observed))
		for i := range planned {
			planned[i] = 0.3
		}
		test := must[ChiSquared](t)(SampleRatio(v.observed, planned))
		if v.statistic != "" {
			printed(t, "statistic", test.Statistic, v.statistic)
		}
		printed(t, "p", test.P, v.p)
		if test.DF != len(v.observed)-1 {
			t.Errorf("df is %d", test.DF)
		}
	}
}

func TestWilsonVectors(t *testing.T) { // R, by way of statsmodels
	printedInterval(t, Share(Proportion{100, 200}, 0.95), "0.5", "0.4313609", "0.5686391")
	printedInterval(t, Share(Proportion{18, 20}, 0.95), "0.9", "0.6989664", "0.9721335")
}

func TestNewcombeVectors(t *testing.T) {
	printedInterval(t, ShareDifference(Proportion{7, 34}, Proportion{1, 34}, 0.95), "", "0.0189214", "0.3403687") // statsmodels
	printedInterval(t, ShareDifference(Proportion{3894, 21307}, Proportion{2262, 21306}, 0.95), "0.07659", "0.0699533", "0.0832267")
}

func TestBenjaminiHochbergVector(t *testing.T) { // GrowthBook
	got := must[[]float64](t)(BenjaminiHochberg([]float64{.898, .138, .007, .964, .538, .006, .138}))
	printedAll(t, got, ".9640", ".2415", ".0245", ".9640", ".7532", ".0245", ".2415")
}

func TestHolmVector(t *testing.T) { // GrowthBook
	got := must[[]float64](t)(Holm([]float64{.01, .04, .03, .005, .55, .6}))
	printedAll(t, got, ".0500000000", ".1200000000", ".1200000000", ".0300000000", "1", "1")
}

func printedAll(t *testing.T, got []float64, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d figures, want %d", len(got), len(want))
	}
	for i := range want {
		printed(t, strconv.Itoa(i), got[i], want[i])
	}
}

func TestAlwaysValidVector(t *testing.T) { // GrowthBook
	a := must[Moments](t)(MomentsFromSums(3000, 1396.87, 52377.9767))
	b := must[Moments](t)(MomentsFromSums(3461, 2422.7, 134698.29))
	e := must[Effect](t)(RelativeEffect(b, a))
	printedInterval(t, AlwaysValid(e, a.N+b.N, 1000, 0.95), "0.50336", "-0.55844", "1.56516")
}
