package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Vectors of two embedders cannot be compared, even if they have the same length: a search would return arbitrary rows. So a Context with
// stored vectors also stores its embedder's vectors of a few probe texts. An embedder that gives other vectors for these texts may
// neither read nor write vectors there.

// ProbeTexts are the texts that distinguish embedders. They are stored with their vectors, so that later versions can change them.
var ProbeTexts = []string{
	"The harbour is closed on Monday because of the storm.",
	"invoice 4711, total amount due",
	"My sister plays the cello in an orchestra in Prague.",
}

// sameEmbedder is the cosine from which two vectors of one text come from the same embedder. A provider's repeated vectors agree up to
// rounding, some 0.9999; the vectors of two embedders are almost orthogonal.
const sameEmbedder = 0.99

// Vectors is the state of a Context's vectors, and the result of comparing their embedder with the store's.
type Vectors struct {
	by     record.Embedder
	stored bool // by is stored in the database; otherwise by has some stored texts with their vectors
	// judged is set once the embedders were compared: true if they differ.
	judged atomic.Pointer[bool]
}

// judge stores the result of the comparison, unless there is one already. It reports whether it stored it.
func (v *Vectors) judge(other bool) bool { return v.judged.CompareAndSwap(nil, &other) }

// EmbedderField is the Field of errors about an embedder that differs from the Context's.
const EmbedderField = "Options.Embedder"

// Agree returns fault.Conflict if the vectors of a Context do not come from this store's embedder. The first call embeds the probe texts
// and returns the embedder's error.
func (m *Store) Agree(ctx context.Context, state *Context) error {
	v := state.Vectors.Load()
	if v == nil {
		return nil // no vectors are stored
	}
	if v.judged.Load() == nil {
		other := v.by.Unfinished || !m.StoresVectors
		if !other {
			made, err := m.probe(ctx, v.by.Probes)
			if err != nil {
				return FailEmbedding(ctx, err)
			}
			other = !slices.EqualFunc(made, v.by.Probes, func(a []float32, b record.Probe) bool { return alike(a, b.Vector) })
		}
		if v.judge(other) && other {
			state.Log(ctx, slog.LevelWarn, "Vectors are of another embedder and words alone are searched", slog.Bool("unfinished", v.by.Unfinished),
				slog.Int("stored_dimension", v.by.Dimension), slog.String("stored_embedder", v.by.Name), slog.String("embedder", m.embedderName()))
		}
	}
	if !*v.judged.Load() {
		return nil
	}
	e := fault.New(fault.Conflict, EmbedderField, "the vectors of the Context %q come from %s, but this store has %s: open it with "+
		"that embedder, or call Manager.ReembedContext to recompute all vectors; until then only words are searched (ModeBM25)", state.ID, described(v.by.Name, v.by.Dimension), m.embedderText())
	if v.by.Unfinished {
		e.Detail = fmt.Sprintf("a recomputation of the vectors of the Context %q is running or was interrupted: call Manager.ReembedContext; until then only words are searched (ModeBM25)", state.ID)
	}
	return e
}

// embedderText describes the store's embedder.
func (m *Store) embedderText() string {
	if !m.StoresVectors {
		return "the built-in embedder"
	}
	dimension := 0
	if known := m.fingerprint.Load(); known != nil {
		dimension = known.Dimension
	}
	return described(m.embedderName(), dimension)
}

func described(name string, dimension int) string {
	out := "an embedder without a name"
	if name != "" {
		out = fmt.Sprintf("the embedder %q", name)
	}
	if dimension > 0 {
		out += fmt.Sprintf(" (%d dimensions)", dimension)
	}
	return out
}

// embedderName returns the embedder's name for people.
func (m *Store) embedderName() string {
	if named, ok := m.Embed.(interface{ EmbedderName() string }); ok && m.Opts.EmbedderName == "" {
		return clipName(named.EmbedderName())
	}
	return m.Opts.EmbedderName
}

// maxEmbedderName is the maximum length of an embedder's name, in bytes.
const maxEmbedderName = 512

// clipName returns an embedder's name, or "" if it cannot be stored.
func clipName(name string) string {
	if len(name) > maxEmbedderName || !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
		return ""
	}
	return name
}

// identity returns the probe vectors of the store's embedder. It embeds them once.
func (m *Store) identity(ctx context.Context) (*record.Embedder, error) {
	if known := m.fingerprint.Load(); known != nil {
		return known, nil
	}
	made, err := m.EmbedTexts(ctx, ProbeTexts)
	if err != nil {
		return nil, err
	}
	known := &record.Embedder{Name: m.embedderName(), Dimension: len(made[0])}
	for i, v := range made {
		if len(v) != known.Dimension {
			return nil, fmt.Errorf("the embedder returned vectors of %d and of %d components", known.Dimension, len(v))
		}
		known.Probes = append(known.Probes, record.Probe{Text: ProbeTexts[i], Vector: v})
	}
	m.fingerprint.Store(known)
	return known, nil
}

// probe returns the vectors that the store's embedder gives for the texts of probes.
func (m *Store) probe(ctx context.Context, probes []record.Probe) ([][]float32, error) {
	texts := make([]string, len(probes))
	for i, p := range probes {
		texts[i] = p.Text
	}
	if !slices.Equal(texts, ProbeTexts) {
		return m.EmbedTexts(ctx, texts)
	}
	known, err := m.identity(ctx)
	if err != nil {
		return nil, err
	}
	out := make([][]float32, len(known.Probes))
	for i, p := range known.Probes {
		out[i] = p.Vector
	}
	return out, nil
}

// alike reports whether two vectors of a text come from the same embedder.
func alike(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	var dot, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		dot, aa, bb = dot+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return aa == bb
	}
	return dot/math.Sqrt(aa*bb) >= sameEmbedder
}

// knowVectors reads the embedder that a Context has stored. The caller is about to load the Context.
func (m *Store) knowVectors(ctx context.Context, state *Context) error {
	by, err := state.Rows.Embedder(ctx)
	if err != nil {
		return err
	}
	var now *Vectors
	switch {
	case by != nil:
		now = &Vectors{by: *by, stored: true}
	case m.StoresVectors:
		// An earlier version of this library stored vectors without their embedder.
		if by, err = state.Rows.SampleVectors(ctx, len(ProbeTexts)); err != nil {
			return err
		}
		if by != nil {
			now = &Vectors{by: *by}
		}
	}
	state.Vectors.Store(now)
	return nil
}

// embedMissing embeds stored texts without vectors. It does nothing if the stored vectors come from another embedder.
func (m *Store) embedMissing(state *Context) recall.Embed {
	if !m.StoresVectors {
		return m.EmbedTexts
	}
	return func(ctx context.Context, texts []string) ([][]float32, error) {
		err := m.Agree(ctx, state)
		switch {
		case fault.Is(err, fault.Conflict):
			return make([][]float32, len(texts)), nil
		case err != nil:
			return nil, err
		}
		return m.EmbedTexts(ctx, texts)
	}
}

// Signed returns the embedder that a write has to store with its vectors; nil: the Context already records it. It may call the embedder.
func (m *Store) Signed(ctx context.Context, v *Vectors) (*record.Embedder, error) {
	if !m.StoresVectors || v != nil && v.stored {
		return nil, nil
	}
	return m.identity(ctx)
}

// FailEmbedding wraps the error of an embedder as fault.Model, unless it is a fault already or ctx has ended.
func FailEmbedding(ctx context.Context, err error) error {
	var e *fault.Error
	if ctx.Err() != nil || errors.As(err, &e) {
		return err
	}
	return &fault.Error{Code: fault.Model, Field: EmbedderField, Detail: "the embedder failed", Err: err}
}

// EmbedderState describes the embedder of a store.
type EmbedderState struct {
	Name      string
	Dimension int // dimension of its vectors; 0 before its first use, and for the built-in embedder
	// Others has the ids of the used Contexts whose vectors are known to come from another embedder, sorted.
	Others []string
}

// EmbedderState describes the store's embedder, and lists the Contexts whose vectors come from another embedder.
func (m *Store) EmbedderState() EmbedderState {
	m.mu.Lock()
	known := slices.Collect(maps.Values(m.contexts))
	m.mu.Unlock()
	out := EmbedderState{Name: m.embedderName()}
	if known := m.fingerprint.Load(); known != nil {
		out.Dimension = known.Dimension
	}
	for _, state := range known {
		if v := state.Vectors.Load(); v != nil {
			if judged := v.judged.Load(); judged != nil && *judged || v.by.Unfinished || !m.StoresVectors {
				out.Others = append(out.Others, state.ID)
			}
		}
	}
	slices.Sort(out.Others)
	return out
}

// Sign records in memory that the Context stores this store's embedder as the one of its vectors.
func (s *Context) Sign(by record.Embedder) {
	now := &Vectors{by: by, stored: true}
	now.judge(false)
	s.Vectors.Store(now)
}
