package kv

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// checkTree checks the invariants of a tree and returns its records.
func checkTree(t testing.TB, tr *tree) map[string]string {
	t.Helper()
	got := map[string]string{}
	depth := -1
	var walk func(n *node, lo, hi []byte, level int)
	walk = func(n *node, lo, hi []byte, level int) {
		if n.fill() > maxFill {
			t.Fatalf("node of %d", n.fill())
		}
		if n.leaf() {
			if depth == -1 {
				depth = level
			}
			if level != depth || len(n.records) == 0 {
				t.Fatalf("leaf of %d at level %d of %d", len(n.records), level, depth)
			}
			for _, r := range n.records {
				if bytes.Compare(r.key, lo) < 0 || !below(r.key, hi) {
					t.Fatalf("key %q outside [%q, %q)", r.key, lo, hi)
				}
				got[string(r.key)] = string(r.value)
				lo = append(bytes.Clone(r.key), 0)
			}
			return
		}
		if len(n.kids) < 2 || len(n.seps) != len(n.kids)-1 || n.records != nil {
			t.Fatalf("inner node of %d children, %d separators, %d records", len(n.kids), len(n.seps), len(n.records))
		}
		for i, kid := range n.kids {
			kidHi := hi
			if i < len(n.seps) {
				kidHi = n.seps[i]
			}
			walk(kid, lo, kidHi, level+1)
			lo = kidHi
		}
	}
	if tr.root != nil {
		walk(tr.root, nil, nil, 0)
	}
	return got
}

func TestTreeAgainstMap(t *testing.T) {
	t.Parallel()
	orders := map[string]func(r *rand.Rand, i int) int{
		"ascending":  func(_ *rand.Rand, i int) int { return i },
		"descending": func(_ *rand.Rand, i int) int { return 1<<20>>1 - i },
		"random":     func(r *rand.Rand, _ int) int { return r.IntN(6000) },
		"clustered":  func(r *rand.Rand, i int) int { return r.IntN(40)*1000 + i/100 },
	}
	for name, order := range orders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, 11))
			want := map[string]string{}
			newest := tree{}
			type version struct {
				tree tree
				want map[string]string
			}
			var versions []version
			for i := range 9000 {
				key := fmt.Sprintf("%07d", order(r, i))
				if r.IntN(3) == 0 {
					// Grows for a third, shrinks for a third, then empties.
					newest.delete([]byte(key))
					delete(want, key)
				} else {
					old, replaced := newest.put(record{[]byte(key), []byte(fmt.Sprint(i))})
					if before, had := want[key]; had != replaced || string(old) != before {
						t.Fatalf("put %s: replaced %q %v, want %q %v", key, old, replaced, before, had)
					}
					want[key] = fmt.Sprint(i)
				}
				if i%700 == 0 {
					versions = append(versions, version{newest, maps.Clone(want)})
					newest.edit++
				}
			}
			versions = append(versions, version{newest, maps.Clone(want)})
			newest.edit++
			keys := slices.Sorted(maps.Keys(want))
			r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
			for i, key := range keys {
				newest.delete([]byte(key))
				delete(want, key)
				if i%50 == 0 && !maps.Equal(checkTree(t, &newest), want) {
					t.Fatalf("differs after %d deletions", i+1)
				}
			}
			if newest.root != nil {
				t.Fatal("the emptied tree has a root")
			}
			for i, v := range versions {
				if !maps.Equal(checkTree(t, &v.tree), v.want) {
					t.Fatalf("version %d has changed", i)
				}
			}
		})
	}
}

func TestPositionSteps(t *testing.T) {
	t.Parallel()
	const n = 5000
	var tr tree
	key := func(i int) []byte { return []byte(fmt.Sprintf("%05d", i)) }
	for i := range n {
		tr.put(record{key(2*i + 1), []byte{}})
	}
	r := rand.New(rand.NewPCG(3, 5))
	for range 300 {
		at := r.IntN(2*n + 2) // The gap before the records from number at/2 on.
		gap := at / 2
		var p position
		p.before(&tr, key(at))
		for range 200 {
			forward := r.IntN(2) == 0
			if forward && gap == n || !forward && gap == 0 {
				break // Stepping off an end is final.
			}
			var got record
			var ok bool
			var want []byte
			if forward {
				got, ok = p.next()
				want = key(2*gap + 1)
				gap++
			} else {
				got, ok = p.previous()
				gap--
				want = key(2*gap + 1)
			}
			if !ok || !bytes.Equal(got.key, want) {
				t.Fatalf("step forward %v: got %q %v, want %q", forward, got.key, ok, want)
			}
		}
	}
	for _, step := range []func(p *position) (record, bool){(*position).next, (*position).previous} {
		var p position
		p.before(&tr, key(n))
		for ok := true; ok; {
			_, ok = step(&p)
		}
		if r, ok := step(&p); ok {
			t.Fatalf("past the end: %q", r.key)
		}
	}
}

func TestSeparator(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b, want string }{
		{"a", "b", "b"}, {"a", "ab", "ab"}, {"abc", "abdef", "abd"}, {"ab", "ab\x00\x00", "ab\x00"}, {"a\xff", "b", "b"},
	} {
		got := separator([]byte(c.a), []byte(c.b))
		if string(got) != c.want || c.a >= string(got) || string(got) > c.b {
			t.Errorf("between %q and %q: got %q, want %q", c.a, c.b, got, c.want)
		}
	}
}
