package sorted_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/spectron-go/spectron/internal/sorted"
)

func place(l *sorted.List[int], v int) (sorted.Place, bool) {
	return l.Search(func(e *int) int { return *e - v })
}

func values(l *sorted.List[int]) []int {
	out := []int{}
	for e := range l.All() {
		out = append(out, *e)
	}
	return out
}

// TestListIsASortedSlice compares a list with a slice, while it grows over many blocks, is thinned out and grows again.
func TestListIsASortedSlice(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 1))
		var list sorted.List[int]
		model := []int{}
		for step := range 12_000 {
			v := random.IntN(4000)
			if seed == 0 && step < 3000 {
				v = step // in order
			}
			i, had := slices.BinarySearch(model, v)
			at, found := place(&list, v)
			if found != had {
				t.Fatalf("seed %d, step %d: found %d: %v, want %v", seed, step, v, found, had)
			}
			switch remove := step/3000%2 == 1; {
			case !had && !remove:
				list.Insert(at, v)
				model = slices.Insert(model, i, v)
			case had && remove:
				if got := *list.At(at); got != v {
					t.Fatalf("At the place of %d: %d", v, got)
				}
				list.Delete(at)
				model = slices.Delete(model, i, i+1)
			}
			if list.Len() != len(model) {
				t.Fatalf("Len() = %d, want %d", list.Len(), len(model))
			}
			if step%500 != 0 {
				continue
			}
			if got := values(&list); !slices.Equal(got, model) {
				t.Fatalf("seed %d, step %d: %v, want %v", seed, step, got, model)
			}
			at, _ = place(&list, v)
			first, from := at, []int{}
			for e := list.At(at); e != nil && len(from) < 300; e = list.At(at) {
				from, at = append(from, *e), list.Next(at)
			}
			i, _ = slices.BinarySearch(model, v)
			if want := model[i:min(len(model), i+300)]; !slices.Equal(from, want) {
				t.Fatalf("from %d: %v, want %v", v, from, want)
			}
			back := []int{}
			for at, ok := list.Previous(first); ok && len(back) < 300; at, ok = list.Previous(at) {
				back = append(back, *list.At(at))
			}
			slices.Reverse(back)
			if want := model[max(0, i-300):i]; !slices.Equal(back, want) {
				t.Fatalf("back from %d: %v, want %v", v, back, want)
			}
		}
		for _, v := range model {
			at, _ := place(&list, v)
			list.Delete(at)
		}
		if got := values(&list); len(got)+list.Len() != 0 {
			t.Errorf("emptied: %v", got)
		}
	}
}

// BenchmarkInsert puts values into a list of so many, out of order.
func BenchmarkInsert(b *testing.B) {
	for _, size := range []int{1000, 50_000, 1_000_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			var list sorted.List[int]
			for v := range size {
				at, _ := place(&list, 2*v)
				list.Insert(at, 2*v)
			}
			random := rand.New(rand.NewPCG(1, 2))
			for b.Loop() {
				v := 2*random.IntN(size) + 1
				at, found := place(&list, v)
				if !found {
					list.Insert(at, v)
					at, _ = place(&list, v)
				}
				list.Delete(at)
			}
		})
	}
}
