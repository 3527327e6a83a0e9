package index_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// refEmbed is what the embedder computes, in the plainest way: it shares nothing with it but the tokens, of which
// index.Analyse says what kind they are.
func refEmbed(text string, dimension int) []float32 {
	type feature struct {
		hash   uint64
		weight float32
	}
	var features []feature
	for _, tok := range index.Analyse(text) {
		h := refMix(refHash(14695981039346656037, tok.Text))
		switch {
		case tok.Stop:
			features = append(features, feature{h, 0.15})
			continue
		case tok.Also:
			features = append(features, feature{h, 0.5})
			continue
		}
		features = append(features, feature{h, 1})
		var grams []feature
		if !index.Spaceless(tok.Text) {
			letters := strings.Split("<"+tok.Text+">", "")
			for size := 3; size <= 5; size++ {
				for i := 0; i+size <= len(letters); i++ {
					gram := strings.Join(letters[i:i+size], "")
					var seed uint64 = 14695981039346656037 ^ 0x9e3779b97f4a7c15
					grams = append(grams, feature{hash: refMix(refHash(seed, gram))})
				}
			}
		}
		for _, g := range grams {
			g.weight = float32(1 / math.Sqrt(float64(len(grams))))
			features = append(features, g)
		}
	}
	slices.SortFunc(features, func(a, b feature) int {
		switch {
		case a.hash != b.hash && a.hash < b.hash, a.hash == b.hash && a.weight > b.weight:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	out := make([]float32, dimension)
	for i := 0; i < len(features); {
		n := 1
		for i+n < len(features) && features[i+n].hash == features[i].hash {
			n++
		}
		w := features[i].weight * float32(1+math.Log(float64(n)))
		if features[i].hash>>63 == 1 {
			w = -w
		}
		out[features[i].hash%uint64(dimension)] += w
		i += n
	}
	var sum float64
	for _, x := range out {
		sum += float64(x) * float64(x)
	}
	if sum > 0 {
		for i, x := range out {
			out[i] = float32(float64(x) / math.Sqrt(sum))
		}
	}
	return out
}

func refHash(h uint64, s string) uint64 {
	for _, c := range []byte(s) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

func refMix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// oddTexts are of all scripts and shapes that the tokeniser tells apart.
var oddTexts = []string{
	"", " ", "...", "a", "A+", "C++ and C#", "the of and", "what's O'Brien’s", "parseURL(MLWK3LL/A) v1.2.3 1,000 +49-30-1234567",
	"Müller heißt Zoë, naïve café", "東京都に住んでいます。田中さん", "Заказ прибыл ёлка", "והספר الكتاب وبالكتاب", "안녕하세요 세계", "👩‍👩‍👧 ✅ 👍🏽",
	"ﬁne ２０２６ e\u0301", "bad \xff\xfe bytes", "US IT us it", strings.Repeat("long", 60), strings.Repeat("東", 90),
	strings.Repeat("word ", 500) + strings.Repeat("words ", 3), mixedText, englishText,
}

// someTexts are oddTexts, sentences, long texts, and mixtures of all of these.
func someTexts(seed uint64) []string {
	c := newCorpus(seed)
	texts := slices.Clone(oddTexts)
	for i := range 400 {
		words := strings.Fields(c.text(1 + c.rng.IntN(40)))
		for range c.rng.IntN(3) {
			words = append(words, oddTexts[c.rng.IntN(len(oddTexts))])
		}
		words = append(words, fmt.Sprintf("w%d %d.", i, c.rng.IntN(1000)))
		c.rng.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		texts = append(texts, strings.Join(words, " "))
	}
	return append(texts, c.text(9000), c.text(9000))
}

// The vectors are those of the definition to the last bit, whatever the embedder has seen before.
func TestVectorsAreThoseOfTheDefinition(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for _, dimension := range []int{1, 7, index.DefaultDimension, index.MaxDimension} {
		e, err := index.NewLexicalEmbedder(dimension)
		require.NoError(t, err)
		texts := someTexts(uint64(dimension))
		texts = append(texts, texts...) // by now all words are known
		rand.New(rand.NewPCG(3, uint64(dimension))).Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		got, err := e.EmbedDocuments(context.Background(), texts)
		require.NoError(t, err)
		for i, text := range texts {
			if want := refEmbed(text, dimension); !slices.Equal(bitsOf(got[i]), bitsOf(want)) {
				t.Fatalf("%d components of %.80q: got %v, want %v", dimension, text, got[i], want)
			}
		}
	}
}

func bitsOf(v []float32) []uint32 {
	out := make([]uint32, len(v))
	for i, x := range v {
		out[i] = math.Float32bits(x)
	}
	return out
}

// A Tokeniser that has seen many texts gives the tokens of one that has seen none.
func TestTokensDoNotDependOnTheTextsBefore(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	used := index.NewTokeniser()
	texts := someTexts(5)
	for range 2 {
		for _, text := range texts {
			if got, want := used.Append(nil, text), index.Tokenise(nil, text); !slices.Equal(got, want) {
				t.Fatalf("%.80q: got %q, want %q", text, got, want)
			}
		}
	}
	// More words than a Tokeniser remembers, and more than a text may have.
	var b strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&b, "x%d ", i)
	}
	if got, want := used.Append(nil, b.String()), index.Tokenise(nil, b.String()); !slices.Equal(got, want) || len(got) != index.MaxTokens {
		t.Errorf("%d tokens, want %d", len(got), len(want))
	}
	if got, want := used.Append(nil, texts[10]), index.Tokenise(nil, texts[10]); !slices.Equal(got, want) {
		t.Errorf("after that: got %q, want %q", got, want)
	}
}

func FuzzEmbed(f *testing.F) {
	for _, text := range oddTexts {
		f.Add(text)
	}
	e, err := index.NewLexicalEmbedder(0)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > index.MaxTextBytes || !utf8.ValidString(text) {
			return
		}
		got, err := e.EmbedQuery(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		if want := refEmbed(text, e.Dimension()); !slices.Equal(bitsOf(got), bitsOf(want)) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}
