package kv

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// A footprint answers for every key as the reads do one by one.
func TestFootprint(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 8))
	bound := func() []byte {
		switch r.IntN(8) {
		case 0:
			return nil
		case 1:
			return []byte{}
		default:
			return []byte(universe[r.IntN(len(universe))])
		}
	}
	for range 3000 {
		var read reads
		for range r.IntN(6) {
			read.addKey([]byte(universe[r.IntN(len(universe))]))
		}
		var open []span
		for range r.IntN(8) {
			s := span{bound(), bound()}
			if r.IntN(2) == 0 {
				open = append(open, s)
			} else {
				read.spans = append(read.spans, s)
			}
		}
		f := read.footprint(open)
		all := slices.Concat(read.spans, open)
		for _, k := range universe {
			want := false
			start := 0
			for _, end := range read.ends {
				want = want || string(read.keys[start:end]) == k
				start = end
			}
			for _, s := range all {
				want = want || k >= string(s.lo) && (s.hi == nil || k < string(s.hi))
			}
			if got := f.contains([]byte(k)); got != want {
				t.Fatalf("%q in keys %q, spans %q: got %v, want %v", k, f.keys, all, got, want)
			}
		}
	}
}
