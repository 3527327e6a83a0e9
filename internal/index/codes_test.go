package index

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The bound must never lie below the true cosine, or a row that belongs to the answer would be lost, and
// must be close to it, or it would save nothing.
func TestCodesBoundTheCosine(t *testing.T) {
	t.Parallel()
	if !coded() {
		t.Skip("no codes on this processor")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	random := func(dim, kind int) []float32 {
		v := make([]float32, dim)
		for i := range v {
			switch {
			case kind == 0:
				v[i] = float32(rng.NormFloat64())
			case kind == 1 && rng.IntN(20) == 0: // sparse, as hashed words are
				v[i] = float32(rng.IntN(5) - 2)
			case kind == 2: // one component far above the others
				v[i] = float32(rng.Float64() * 1e-4)
			}
		}
		v[rng.IntN(dim)] += 10.5
		u, err := unit("test", v)
		if err != nil || u == nil {
			t.Fatal(u, err)
		}
		return u
	}
	for _, dim := range []int{1, 2, 31, 32, 33, 100, 384, 1536, MaxDimension} {
		for n := range 300 {
			q, v := random(dim, n%3), random(dim, n/3%3)
			if n%10 == 0 {
				q = v // the largest sums there are
			}
			var exact float64
			for i := range q {
				exact += float64(q[i]) * float64(v[i])
			}
			codes := make([]int8, codeStride(dim))
			row := encode(codes, v)
			var cq codedQuery
			cq.set(q)
			single := float64(dotProduct()(q, v))
			low, high := cq.between(codes, row)
			least, most := float64(low), float64(high)
			if most < max(exact, single) || least > min(exact, single) || most-least > 0.2 {
				t.Fatalf("dimension %d: %v to %v, cosine %v", dim, least, most, exact)
			}
		}
	}
	var cq codedQuery // every code at its limit does not overflow
	ones := make([]float32, MaxDimension)
	for i := range ones {
		ones[i] = float32(1 / math.Sqrt(MaxDimension))
	}
	cq.set(ones)
	codes := make([]int8, codeStride(MaxDimension))
	if least, most := cq.between(codes, encode(codes, ones)); least > 1 || most < 1 || most-least > 0.01 {
		t.Fatal(least, most)
	}
}

func TestDotProductsAgree(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for n := 1; n < 200; n++ {
		x, y := make([]float32, n), make([]float32, n)
		var want float64
		for i := range x {
			x[i], y[i] = rng.Float32()-0.5, rng.Float32()-0.5
			want += float64(x[i]) * float64(y[i])
		}
		if a, b := dotProduct()(x, y), dotLoop(x, y); math.Abs(float64(a)-want) > 1e-5 || math.Abs(float64(b)-want) > 1e-5 {
			t.Fatalf("%d components: %v and %v, want %v", n, a, b, want)
		}
	}
}
