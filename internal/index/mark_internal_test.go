package index

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestMark(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var scores [windowSize]float64
		least := []float64{math.SmallestNonzeroFloat64, 0.25, 1}[rng.IntN(3)]
		var want [windowSize / 64]uint64
		for i := range scores {
			switch rng.IntN(4) {
			case 0:
				scores[i] = rng.Float64()
			case 1:
				scores[i] = least
			case 2:
				scores[i] = math.Nextafter(least, 0)
			}
			if scores[i] >= least {
				want[i/64] |= 1 << (i % 64)
			}
		}
		for name, f := range map[string]func(*[windowSize]float64, float64, *[windowSize / 64]uint64){"mark": mark, "loop": markLoop} {
			got := [windowSize / 64]uint64{1: 7}
			if f(&scores, least, &got); got != want {
				t.Fatalf("%s: %x, want %x", name, got, want)
			}
		}
	}
}
