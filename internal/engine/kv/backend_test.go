package kv

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// testBackend is what every backend has to pass. open returns an empty one,
// and cleans up after the test what Close leaves behind.
func testBackend(t *testing.T, open func(tb testing.TB) Backend) {
	tests := map[string]func(t *testing.T, b Backend){
		"snapshots stand still":        testSnapshots,
		"iteration":                    testIteration,
		"large values":                 testLargeRecords,
		"apply under live snapshots":   testApplyUnderSnapshots,
		"closed backend":               testClosedBackend,
		"cursor sees own writes":       testCursorOwnWrites,
		"bank transfers":               testBankTransfers,
		"write skew":                   testWriteSkew,
		"phantom":                      testPhantom,
		"concurrent histories":         testHistories,
		"close ends open transactions": testCloseEndsTransactions,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t)
			t.Cleanup(func() { _ = b.Close() })
			test(t, b)
		})
	}
	seeds := []uint64{1, 2, 3, 4, 5, uint64(time.Now().UnixNano())}
	for _, seed := range seeds {
		t.Run(fmt.Sprintf("model/%d", seed), func(t *testing.T) {
			t.Parallel()
			t.Logf("seed %d", seed)
			counts := runProgram(t, &strict{Backend: open(t), t: t}, randomProgram(seed, 40_000))
			for _, what := range []string{"commit", "conflict", "rollback", "next", "delete range"} {
				if counts[what] < 50 {
					t.Errorf("%s happened only %d times", what, counts[what])
				}
			}
		})
	}
}

func TestMemory(t *testing.T) {
	t.Parallel()
	testBackend(t, openMemory)
}

func openMemory(testing.TB) Backend { return NewMemory() }

// overBackends runs a test over each kind of backend.
func overBackends(t *testing.T, test func(t *testing.T, open func(testing.TB) Backend)) {
	for name, open := range map[string]func(testing.TB) Backend{"memory": openMemory, "file": openTemporary} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open)
		})
	}
}

// strict is a backend that fails the test if its caller breaks a promise: to
// release every snapshot once and before Close, to use none after that, to use
// each in one goroutine at a time, to hand over batches one by one and in order.
type strict struct {
	Backend
	t        testing.TB
	live     atomic.Int64
	applying atomic.Int64
	atApply  int64 // snapshots that were live during the latest Apply
}

func (b *strict) Snapshot() (Snapshot, error) {
	s, err := b.Backend.Snapshot()
	if err != nil {
		return nil, err
	}
	b.live.Add(1)
	return &strictSnapshot{Snapshot: s, backend: b}, nil
}

func (b *strict) Apply(batch []Write) error {
	if b.applying.Add(1) != 1 {
		b.t.Error("two batches at a time")
	}
	defer b.applying.Add(-1)
	runtime.Gosched() // Whoever may come between does.
	b.atApply = b.live.Load()
	for i, w := range batch {
		if len(w.Key) == 0 || len(w.Key) > MaxKeySize || i > 0 && bytes.Compare(batch[i-1].Key, w.Key) >= 0 {
			b.t.Errorf("write %d of %d has key %q", i, len(batch), w.Key)
		}
	}
	return b.Backend.Apply(batch)
}

func (b *strict) Close() error {
	if n := b.live.Load(); n != 0 {
		b.t.Errorf("closed under %d snapshots", n)
	}
	return b.Backend.Close()
}

type strictSnapshot struct {
	Snapshot
	backend  *strict
	released bool // not guarded: the race detector sees who forgets a lock
}

func (s *strictSnapshot) check() {
	if s.released {
		s.backend.t.Error("a snapshot is used after its release")
	}
}

func (s *strictSnapshot) Get(key []byte) ([]byte, bool, error) {
	s.check()
	return s.Snapshot.Get(key)
}

func (s *strictSnapshot) Iterate(lo, hi []byte, dir Direction) Iterator {
	s.check()
	return strictIterator{s.Snapshot.Iterate(lo, hi, dir), s}
}

func (s *strictSnapshot) Release() {
	s.check()
	s.released = true
	s.backend.live.Add(-1)
	s.Snapshot.Release()
}

type strictIterator struct {
	Iterator
	snapshot *strictSnapshot
}

func (it strictIterator) Next() ([]byte, []byte, error) {
	it.snapshot.check()
	return it.Iterator.Next()
}

func TestMemorySnapshotRelease(t *testing.T) {
	t.Parallel()
	b := NewMemory()
	require.NoError(t, b.Apply([]Write{{Key: []byte("a"), Value: []byte("1")}}))
	s := snapshotOf(t, b).(*memorySnapshot)
	s.Release()
	if s.tree.root != nil {
		t.Error("a released snapshot keeps its records alive")
	}
}

// collect returns the keys of a range, and checks that the end is final.
func collect(t *testing.T, s Snapshot, lo, hi []byte, dir Direction) []string {
	t.Helper()
	keys := []string{}
	it := s.Iterate(lo, hi, dir)
	for {
		key, value, err := it.Next()
		require.NoError(t, err)
		if key == nil {
			key, _, err = it.Next()
			require.NoError(t, err)
			require.Nil(t, key)
			return keys
		}
		require.NotNil(t, value)
		keys = append(keys, string(key))
	}
}

func snapshotOf(t *testing.T, b Backend) Snapshot {
	t.Helper()
	s, err := b.Snapshot()
	require.NoError(t, err)
	return s
}

func testSnapshots(t *testing.T, b Backend) {
	empty := snapshotOf(t, b)
	defer empty.Release()
	require.NoError(t, b.Apply([]Write{{Key: []byte("a"), Value: []byte("1")}, {Key: []byte("b"), Value: []byte{}}}))
	first := snapshotOf(t, b)
	defer first.Release()
	require.NoError(t, b.Apply([]Write{{Key: []byte("a"), Value: []byte("2")}, {Key: []byte("b")}, {Key: []byte("missing")}}))
	second := snapshotOf(t, b)
	defer second.Release()

	for _, c := range []struct {
		name string
		s    Snapshot
		want map[string]string
	}{
		{"empty", empty, map[string]string{}},
		{"first", first, map[string]string{"a": "1", "b": ""}},
		{"second", second, map[string]string{"a": "2"}},
	} {
		for _, key := range []string{"a", "b", "c"} {
			got, ok, err := c.s.Get([]byte(key))
			require.NoError(t, err)
			want, wantOK := c.want[key]
			if ok != wantOK || string(got) != want || ok != (got != nil) {
				t.Errorf("%s: %s is %q %v, want %q %v", c.name, key, got, ok, want, wantOK)
			}
		}
	}
}

func testIteration(t *testing.T, b Backend) {
	all := []string{"\x00", "a", "a\x00", "a\x00\x00", "aa", "b", "ba", "b\xff", "b\xff\xff", "c", "\xff", "\xff\xff"}
	slices.Sort(all)
	var batch []Write
	for _, k := range all {
		batch = append(batch, Write{Key: []byte(k), Value: []byte{}})
	}
	require.NoError(t, b.Apply(batch))
	s := snapshotOf(t, b)
	defer s.Release()
	ranges := []struct{ lo, hi []byte }{
		{nil, nil}, {[]byte{}, nil}, {nil, []byte{}}, {[]byte("a"), nil}, {nil, []byte("a")},
		{[]byte("a"), []byte("b")}, {[]byte("a"), []byte("a")}, {[]byte("b"), []byte("a")},
		{[]byte("a"), []byte("a\x00")}, {[]byte("a\x00"), []byte("aa")}, {[]byte("ab"), []byte("az")},
		{[]byte("b"), []byte("b\xff")}, {[]byte("b\xff"), []byte("c")}, {[]byte("\xff"), nil},
		{[]byte("\xff\xff\xff"), nil}, {nil, []byte("\x00")}, {[]byte("d"), []byte("e")},
	}
	for _, r := range ranges {
		want := []string{}
		for _, k := range all {
			if k >= string(r.lo) && (r.hi == nil || k < string(r.hi)) {
				want = append(want, k)
			}
		}
		if got := collect(t, s, r.lo, r.hi, Forward); !slices.Equal(got, want) {
			t.Errorf("[%q, %q) forward: got %q, want %q", r.lo, r.hi, got, want)
		}
		slices.Reverse(want)
		if got := collect(t, s, r.lo, r.hi, Backward); !slices.Equal(got, want) {
			t.Errorf("[%q, %q) backward: got %q, want %q", r.lo, r.hi, got, want)
		}
	}
}

func testLargeRecords(t *testing.T, b Backend) {
	key := bytes.Repeat([]byte{'k'}, MaxKeySize)
	value := bytes.Repeat([]byte{'v'}, 8<<20)
	require.NoError(t, b.Apply([]Write{{Key: key, Value: bytes.Clone(value)}}))
	s := snapshotOf(t, b)
	defer s.Release()
	got, ok, err := s.Get(key)
	require.NoError(t, err)
	if !ok || !bytes.Equal(got, value) {
		t.Errorf("got %d bytes, %v", len(got), ok)
	}
}

// testApplyUnderSnapshots grows the store many times over while a snapshot is
// held by the same goroutine. A backend that waits for it never returns.
func testApplyUnderSnapshots(t *testing.T, b Backend) {
	require.NoError(t, b.Apply([]Write{{Key: []byte("a"), Value: []byte("old")}}))
	old := snapshotOf(t, b)
	defer old.Release()
	r := rand.NewChaCha8([32]byte{1})
	for i := range 64 {
		value := make([]byte, 256<<10)
		_, _ = r.Read(value) // Never fails.
		key := []byte(fmt.Sprintf("k%03d", i))
		require.NoError(t, b.Apply([]Write{{Key: []byte("a"), Value: key}, {Key: key, Value: bytes.Clone(value)}}))
		s := snapshotOf(t, b)
		got, _, err := s.Get(key)
		require.NoError(t, err)
		if !bytes.Equal(got, value) {
			t.Errorf("value %d differs", i)
		}
		s.Release()
	}
	got, _, err := old.Get([]byte("a"))
	require.NoError(t, err)
	if string(got) != "old" {
		t.Errorf("the old snapshot has %q", got)
	}
	if keys := collect(t, old, nil, nil, Forward); !slices.Equal(keys, []string{"a"}) {
		t.Errorf("the old snapshot has %q", keys)
	}
}

func testClosedBackend(t *testing.T, b Backend) {
	require.NoError(t, b.Close())
	require.NoError(t, b.Close())
	if _, err := b.Snapshot(); !errors.Is(err, ErrClosed) {
		t.Errorf("snapshot: %v", err)
	}
	if err := b.Apply([]Write{{Key: []byte("a"), Value: []byte("1")}}); !errors.Is(err, ErrClosed) {
		t.Errorf("apply: %v", err)
	}
}
