package spectrontest

import (
	"context"
	_ "embed"
	"errors"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/tmc/langchaingo/embeddings"
)

// SynonymEmbedder replaces a semantic embedding model in tests. Texts are near each other if their words mean the same, even
// without a common word ("flat" and "apartment"). It knows some hundred groups of everyday and technical English words, so it
// finds less than a model does. It is deterministic and needs no network.
//
// The vector of a word is the vector of its group or groups, plus its own vector at half weight. Words are stemmed, and stop
// words like "the" and "did" are left out. The vector of a text is the sum of its words' vectors, normalised to length one. The
// zero value works. It is safe for concurrent use.
type SynonymEmbedder struct {
	Dimension int // 0: 384; at most 4,096

	mu    sync.Mutex
	words map[string][]float32 // by stem
}

var _ embeddings.Embedder = (*SynonymEmbedder)(nil)

const (
	defaultSynonymDimension = 384
	maxSynonymDimension     = 4096
	maxSynonymWords         = 1 << 16 // words in the cache
	// ownWeight is the weight of a word's own vector beside that of its group: the cosine of two words of one group is .8.
	ownWeight = 0.5
)

// EmbedderName names the embedder in errors and in Health.
func (e *SynonymEmbedder) EmbedderName() string { return "spectrontest-synonyms" }

// EmbedDocuments returns a vector of length one for each text. A text of stop words alone is treated as one word.
func (e *SynonymEmbedder) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	return embedEach(ctx, texts, e.EmbedQuery)
}

// EmbedQuery returns the vector of one text.
func (e *SynonymEmbedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	dimension := e.Dimension
	if dimension == 0 {
		dimension = defaultSynonymDimension
	}
	if dimension < 0 || dimension > maxSynonymDimension {
		return nil, errors.New("spectrontest: SynonymEmbedder.Dimension is not between 0 and 4096")
	}
	sum := make([]float64, dimension)
	e.mu.Lock()
	defer e.mu.Unlock()
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }) {
		if w = strings.Trim(w, "-"); w == "" || english.IsStopWord(w) {
			continue
		}
		for i, x := range e.word(english.Stem(w, false), dimension) {
			sum[i] += float64(x)
		}
	}
	if !slices.ContainsFunc(sum, func(x float64) bool { return x != 0 }) {
		for i, x := range e.word(text, dimension) {
			sum[i] = float64(x)
		}
	}
	length := 0.0
	for _, x := range sum {
		length += x * x
	}
	out := make([]float32, dimension)
	if length > 0 {
		for i, x := range sum {
			out[i] = float32(x / math.Sqrt(length))
		}
	}
	return out, nil
}

// word returns the vector of a stem. The caller holds the lock.
func (e *SynonymEmbedder) word(stem string, dimension int) []float32 {
	if v := e.words[stem]; len(v) == dimension {
		return v
	}
	v := make([]float32, dimension)
	groups := synonyms()[stem]
	own := float32(1)
	if len(groups) > 0 {
		own = ownWeight
	}
	addSigns(v, "word "+stem, own)
	for _, g := range groups {
		addSigns(v, g, 1/float32(len(groups)))
	}
	if e.words == nil || len(e.words) >= maxSynonymWords {
		e.words = map[string][]float32{}
	}
	e.words[stem] = v
	return v
}

// addSigns adds weight times a vector of ones and minus ones, which name determines. Two such vectors are almost orthogonal.
func addSigns(v []float32, name string, weight float32) {
	h := fnv.New64a()
	h.Write([]byte(name))
	rng := rand.NewPCG(h.Sum64(), 0)
	var bits uint64
	for i := range v {
		if i%64 == 0 {
			bits = rng.Uint64()
		}
		if bits>>(i%64)&1 == 0 {
			v[i] -= weight
		} else {
			v[i] += weight
		}
	}
}

//go:embed synonyms.txt
var synonymText string

// synonyms maps each stem to its groups; a group is named by its line.
var synonyms = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.SplitSeq(synonymText, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		seen := map[string]bool{}
		for w := range strings.FieldsSeq(line) {
			if stem := english.Stem(w, false); !seen[stem] {
				seen[stem] = true
				out[stem] = append(out[stem], line)
			}
		}
	}
	return out
})
