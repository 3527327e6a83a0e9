package index_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// imageTexts are of many kinds: long ones, of many scripts, with identifiers, and without a word.
var imageTexts = []string{
	"", "…", "Running dogs ran. Does Müller run MLWK3LL/A?", "東京タワーは高い。 한국어를 배워요 والكتاب", strings.Repeat("tea ", 300),
	"She met Ann O'Brien on 3 May 2019 at 10:30 and paid 1,000.50 EUR for v1.2.3 of parseURL, wasn't it? 👩‍🚀 naïve ﬁne +41-44-668-1800",
	strings.Repeat("A long statement of many words that are not the same 4711 Berlin. ", 9),
}

// entryAtRandom has something in every field now and then.
func entryAtRandom(r *rand.Rand, n int) index.Entry {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	at := func() time.Time {
		if r.IntN(3) == 0 {
			return time.Time{}
		}
		return time.Date(2000+r.IntN(40), 5, 1, 2, 3, 4, r.IntN(2)*r.IntN(1e9), time.UTC)
	}
	e := index.Entry{
		ID: fmt.Sprintf("%s:%04d", pick("memory_chunk", "attribute"), n), Text: imageTexts[r.IntN(len(imageTexts))] + pick("", " and tea", fmt.Sprint(" word", r.IntN(99))),
		Kind: record.Kind(pick("memory_chunk", "attribute")), Category: record.Category(pick("identity", "context")), Source: record.SourceKind(pick("turn", "document")),
		Scopes:  []record.ScopeSet{{{"/"}}, {{"org/a"}, {"org/b", "org/c"}}, {{"org/b"}}, {{fmt.Sprint("org/", r.IntN(20))}}}[r.IntN(4)],
		Session: pick("", "session:1", "session:2"), Known: record.Interval{From: at()}, Occurred: at(), Importance: float64(r.IntN(5)) / 4,
		Asks: r.IntN(2) == 0, Asking: r.IntN(2) == 0, Gives: index.Answers(r.IntN(8)), Named: r.IntN(2) == 0,
	}
	if r.IntN(2) == 0 {
		e.Known.From = e.Occurred
	}
	if e.Session != "" && r.IntN(4) > 0 {
		e.Turn, e.Seq, e.Start, e.Role, e.Speaker = fmt.Sprint("turn:", n), r.IntN(500)-5, r.IntN(2)*30, record.Role(pick("user", "assistant")), pick("", "Ann", "Ann O'Brien")
	}
	if r.IntN(4) == 0 {
		e.Labels, e.Valid, e.Known.Until = []string{"a=b", "c"}[:r.IntN(3)], record.Interval{From: at(), Until: at()}, at()
		e.Labels = append([]string(nil), e.Labels...)
	}
	if r.IntN(4) == 0 {
		e.Location = &record.Location{Lat: r.Float64()*180 - 90, Lng: r.Float64()*360 - 180}
	}
	if r.IntN(3) > 0 {
		e.Vector = make([]float32, 19)
		for i := range e.Vector {
			e.Vector[i] = float32(r.IntN(3)) * (r.Float32() - 0.5)
		}
	}
	return e
}

// imageOf is a copy of the pages of an image.
func imageOf(ix *index.Index) (pages [][]byte) {
	for p := range ix.Image("test") {
		pages = append(pages, bytes.Clone(p))
	}
	return pages
}

func given(pages [][]byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, p := range pages {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// What is restored is the index that the image is of, and one that was filled with the same entries: it holds the same, answers the
// same to the bit, and goes on as the other does.
func TestImage(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	ix := index.New()
	var ids []string
	change := func(by *rand.Rand, all ...*index.Index) {
		for range 300 {
			e := entryAtRandom(by, by.IntN(2000))
			gone := entryAtRandom(by, by.IntN(2000)).ID
			for _, ix := range all {
				require.NoError(t, ix.Put(e))
				ix.Delete(gone)
			}
			ids = append(ids, e.ID)
		}
	}
	same := func(a, b *index.Index) {
		t.Helper()
		require.Equal(t, a.Stats(), b.Stats())
		for _, id := range ids {
			want, ok := a.Get(id)
			got, there := b.Get(id)
			if ok != there || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: got\n%+v, not\n%+v", id, got, want)
			}
			if !slices.Equal(a.Vector(id), b.Vector(id)) {
				t.Fatalf("%s: another vector", id)
			}
		}
		for _, f := range []index.Filter{{}, {Visible: func(s record.ScopeSet) bool { return s[0][0] == "org/a" }}, {AsOf: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}} {
			for _, q := range []index.Query{{Text: "Does Ann run?"}, {Text: "tea word7", Vector: entryAtRandom(rand.New(rand.NewPCG(1, 9)), 1).Vector}, {Text: "東京 4711 parseURL"}} {
				q.Filter, q.K, q.All = f, 50, true
				want, err := a.Search(q)
				require.NoError(t, err)
				got, err := b.Search(q)
				require.NoError(t, err)
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("%q: got\n%+v, not\n%+v", q.Text, got, want)
				}
			}
		}
	}
	for round := range uint64(4) {
		change(r, ix)
		image := imageOf(ix)
		restored, err := index.Restore("test", given(image))
		require.NoError(t, err)
		same(ix, restored)
		put, filled, again := index.New(), index.New(), index.New()
		fill := func(into *index.Index, twice int) func() error {
			return func() error {
				for n, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
					e, ok := ix.Get(id)
					if !ok {
						continue
					}
					if n == twice {
						require.NoError(t, into.Put(index.Entry{ID: id, Text: "Something else."}))
					}
					e.Vector = ix.Vector(id)
					require.NoError(t, into.Put(e))
				}
				return nil
			}
		}
		require.NoError(t, fill(put, -1)())
		require.NoError(t, filled.Fill(fill(filled, -1)))
		require.NoError(t, again.Fill(fill(again, 70))) // which has an id twice
		same(ix, filled)
		same(ix, again)
		for name, other := range map[string]*index.Index{"restored": restored, "put": put, "filled": filled, "again": again} {
			if !reflect.DeepEqual(imageOf(other), image) {
				t.Errorf("the image of the %s one is another", name)
			}
		}
		change(rand.New(rand.NewPCG(7, round)), ix, restored)
		same(ix, restored)
	}
}

// An image holds nothing of what was deleted.
func TestImagesForget(t *testing.T) {
	t.Parallel()
	ix := index.New()
	e := index.Entry{ID: "a", Text: "The code is zq4711.", Session: "session:zq4711", Turn: "turn:1", Speaker: "zq4711", Scopes: record.ScopeSet{{"org/zq4711"}}, Labels: []string{"zq4711"}}
	require.NoError(t, ix.Put(e, index.Entry{ID: "b", Text: "The code is another one."}))
	for _, deleted := range []bool{false, true} {
		if deleted {
			ix.Delete("a")
		}
		if there := bytes.Contains(bytes.Join(imageOf(ix), nil), []byte("zq4711")); there == deleted {
			t.Errorf("deleted %v, there %v", deleted, there)
		}
	}
}

// Embed gives vectors to those alone that have none.
func TestEmbedGivesVectorsToThoseWithout(t *testing.T) {
	t.Parallel()
	ix := index.New()
	var want []string
	for i := range 50 {
		e := index.Entry{ID: fmt.Sprint(i), Text: fmt.Sprint("text ", i)}
		if i%3 == 0 {
			e.Vector = []float32{0, 1}
		} else {
			want = append(want, e.Text)
		}
		require.NoError(t, ix.Put(e))
	}
	var got []string
	embed := func(texts []string) ([][]float32, error) {
		got = append(got, texts...)
		return slices.Repeat([][]float32{{3, 4}}, len(texts)), nil
	}
	require.NoError(t, ix.Embed(7, embed))
	require.ElementsMatch(t, want, got)
	for i := range 50 {
		if v := ix.Vector(fmt.Sprint(i)); slices.Equal(v, []float32{0, 1}) != (i%3 == 0) || slices.Equal(v, []float32{0.6, 0.8}) != (i%3 != 0) {
			t.Errorf("%d: %v", i, v)
		}
	}
	require.NoError(t, ix.Put(index.Entry{ID: "more"}))
	require.ErrorIs(t, ix.Embed(7, func([]string) ([][]float32, error) { return [][]float32{{1}}, nil }), index.ErrDimension)
	require.ErrorIs(t, ix.Embed(7, func([]string) ([][]float32, error) { return nil, nil }), index.ErrInvalid)
	failed := errors.New("no embedder")
	require.ErrorIs(t, ix.Embed(7, func([]string) ([][]float32, error) { return nil, failed }), failed)
}

// What is no image is refused or gives another index, without a panic and without much memory.
func TestRestoreRefuses(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 8))
	ix := index.New()
	for n := range 12 {
		require.NoError(t, ix.Put(entryAtRandom(r, n)))
	}
	image := imageOf(ix)
	_, err := index.Restore("another", given(image))
	require.ErrorIs(t, err, index.ErrImage)
	_, err = index.Restore("test", given(nil))
	require.ErrorIs(t, err, index.ErrImage)
	_, err = index.Restore("test", given([][]byte{image[0], image[1], image[1]}))
	require.ErrorIs(t, err, index.ErrImage, "each id twice")
	broken := errors.New("cannot be read")
	_, err = index.Restore("test", func(yield func([]byte, error) bool) { yield(nil, broken) })
	require.ErrorIs(t, err, broken)
	for range 200 {
		n := r.IntN(len(image[1]))
		_, err := index.Restore("test", given([][]byte{image[0], image[1][:n]}))
		require.ErrorIs(t, err, index.ErrImage, "the first %d bytes", n)
		flipped := bytes.Clone(image[1])
		flipped[n] ^= 1 << r.IntN(8)
		if ix, err := index.Restore("test", given([][]byte{image[0], flipped})); err == nil {
			for range ix.Image("test") {
			}
		}
	}
}

func FuzzRestore(f *testing.F) {
	r := rand.New(rand.NewPCG(9, 9))
	ix := index.New()
	for n := range 5 {
		if err := ix.Put(entryAtRandom(r, n)); err != nil {
			f.Fatal(err)
		}
	}
	image := imageOf(ix)
	f.Add(image[1])
	f.Fuzz(func(t *testing.T, page []byte) {
		if ix, err := index.Restore("test", given([][]byte{image[0], page})); err == nil {
			for range ix.Image("test") {
			}
		}
	})
}

// TestImagesAreOfTheirForm fails when texts are taken apart in another way than before: then imageForm has to be raised, so that no
// index is read that was made of texts in the old way, and the sum below replaced.
func TestImagesAreOfTheirForm(t *testing.T) {
	t.Parallel()
	const want = "form 3: c89b97a389639263"
	ix := index.New()
	texts := append(strings.Fields(`generously national hopping happily relativity replacements controlled universities skies dying agreed
		singing conditional rationalise operators feudalism hopefulness electricity adjustable irritant dependent adoption communism
		activate angularity effective bowdlerise probation cease falling hissing troubled sized plastered conflated knew yours we're
		what's can't iPhone15 https://example.com/a/b?q=1 foo_bar-baz.go C++ RTX4090 ٢٠٢٦ Straße ΟΔΟΣ サーバー 서울에서 -5 50% R&D $3`), imageTexts...)
	for i, text := range texts {
		require.NoError(t, ix.Put(index.Entry{ID: fmt.Sprintf("row:%03d", i), Text: text}))
	}
	if got := index.FormAndSum(ix); got != want {
		t.Errorf("texts are taken apart in another way: raise imageForm, and put %q here", got)
	}
}
