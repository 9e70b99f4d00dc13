package sampledata

import (
	"math"
	"math/rand/v2"
	"slices"
)

// dice draws numbers. Each customer has dice of their own, seeded from the sample's seed and the
// customer's number, so that a customer is the same whoever draws them and in whatever order.
type dice struct{ source *rand.PCG }

func newDice() dice { return dice{rand.NewPCG(0, 0)} }

// of starts the sequence of one subject.
func (d dice) of(seed, subject uint64) {
	d.source.Seed(scramble(seed^0x5bd1e995), scramble(seed+subject*0x9e3779b97f4a7c15))
}

// scramble is the finaliser of SplitMix64: neighbours become unrelated.
func scramble(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// unit is uniform in [0, 1).
func (d dice) unit() float64 { return float64(d.source.Uint64()>>11) / (1 << 53) }

// below is uniform in 0..n-1.
func (d dice) below(n int64) int64 { return int64(d.unit() * float64(n)) }

// between is uniform in [low, high).
func (d dice) between(low, high int64) int64 { return low + d.below(high-low) }

func (d dice) chance(p float64) bool { return d.unit() < p }

// exponential has mean 1.
func (d dice) exponential() float64 { return -math.Log(1 - d.unit()) }

// normal has mean 0 and deviation 1.
func (d dice) normal() float64 {
	return math.Sqrt(-2*math.Log(1-d.unit())) * math.Cos(2*math.Pi*d.unit())
}

// count is Poisson.
func (d dice) count(mean float64) int {
	n := 0
	for product, limit := d.unit(), math.Exp(-mean); product > limit; product *= d.unit() {
		n++
	}
	return n
}

// wheel picks an index with given weights.
type wheel []float64

func newWheel(weights ...float64) wheel {
	w := make(wheel, len(weights))
	sum := 0.0
	for i, x := range weights {
		sum += x
		w[i] = sum
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

// wheelOf weighs items by a function of each.
func wheelOf[T any](items []T, weight func(T) float64) wheel {
	weights := make([]float64, len(items))
	for i, item := range items {
		weights[i] = weight(item)
	}
	return newWheel(weights...)
}

// share is the chance of an index.
func (w wheel) share(i int) float64 {
	if i == 0 {
		return w[0]
	}
	return w[i] - w[i-1]
}

func (d dice) spin(w wheel) int {
	u := d.unit()
	if len(w) > 16 {
		i, _ := slices.BinarySearch(w, u)
		return min(i, len(w)-1)
	}
	for i, edge := range w {
		if u < edge {
			return i
		}
	}
	return len(w) - 1
}
