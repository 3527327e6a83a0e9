package conformance

import (
	"context"
	"slices"
	"strings"

	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// probes is how many texts of its own a Manager asks an embedder about, once.
const probes = 3

// Vectors of an embedder from the options are searched by meaning, and stored: it is asked once about each text,
// whatever is opened again.
func vectorsAreKept(s *trial) {
	embedder := &spectrontest.Embedder{Synonyms: map[string]string{"automobile": "car"}}
	s.opts.Embedder = embedder
	const text = "Grandma bought an automobile."
	s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
	if got := embedder.Calls(); got != 1+probes {
		s.Errorf("asked about %d texts to store one", got)
	}
	s.tell("Bob lives in Oslo. Always answer in verse.")
	s.close()
	before := embedder.Calls()
	h := s.main()
	same(s, "lives in", h.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Oslo"})
	same(s, "said", h.said("automobile"), []string{text})
	if got := embedder.Calls(); got != before {
		s.Errorf("after opening it was asked about %d texts that it knows", got-before)
	}
	h.recall(spectron.RecallRequest{Query: "car", Mode: spectron.ModeVector})
	for mode, finds := range map[spectron.Mode]bool{spectron.ModeBM25: false, spectron.ModeVector: true, spectron.ModeHybrid: true, "": true} {
		asked := embedder.Calls()
		r := h.recall(spectron.RecallRequest{Query: "car", Mode: mode, K: 1})
		if got := len(r.Hits) == 1 && r.Hits[0].Text == text; got != finds || r.Trace.Vectors != "embedder" {
			s.Errorf("mode %q finds %+v, trace %+v", mode, r.Hits, r.Trace)
		}
		if got := embedder.Calls() - asked; got > 1 || finds != (got == 1) {
			s.Errorf("mode %q: asked about %d texts for one question", mode, got)
		}
	}
	if got, err := s.mgr.Health(s.Context()); err != nil || got.VectorsFrom != "embedder" || got.Dimension != 64 || len(got.OtherVectors) > 0 {
		s.Errorf("health %+v (%v)", got, err)
	}
}

// mirrored is another embedder of the same dimension.
type mirrored struct{ spectrontest.Embedder }

func (m *mirrored) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	out, err := m.Embedder.EmbedDocuments(ctx, texts)
	for _, v := range out {
		slices.Reverse(v)
	}
	return out, err
}

func (m *mirrored) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	out, err := m.EmbedDocuments(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// otherEmbedders are embedders whose vectors are not those of an Embedder without options.
func otherEmbedders() map[string]embeddings.Embedder {
	return map[string]embeddings.Embedder{"of the same dimension": &mirrored{}, "of another dimension": &spectrontest.Embedder{Dimension: 8}, "none": nil}
}

// conflict checks that an error says what to do about an embedder.
func conflict(s *trial, what string, err error) {
	s.Helper()
	refused(s, what, err, spectron.ErrConflict, "Options.Embedder")
	if err != nil && !strings.Contains(err.Error(), "ReembedContext") {
		s.Errorf("%s: %v does not say what to do", what, err)
	}
}

// byWords checks that a Context whose vectors are another embedder's is searched by words, says so, and takes nothing.
func (s *trial) byWords(h handle, word, text string) {
	s.Helper()
	for _, mode := range []spectron.Mode{"", spectron.ModeBM25} {
		r := h.recall(spectron.RecallRequest{Query: word, Mode: mode})
		if len(r.Hits) == 0 || r.Hits[0].Text != text {
			s.Errorf("mode %q finds %+v", mode, r.Hits)
		}
		if said := strings.Contains(r.Trace.Conflict, "ReembedContext"); said != (mode == "") || said != (r.Trace.Vectors == "none") {
			s.Errorf("mode %q says %+v", mode, r.Trace)
		}
	}
	for _, mode := range []spectron.Mode{spectron.ModeHybrid, spectron.ModeVector} {
		conflict(s, string(mode), second(h.Memory().Recall(s.Context(), spectron.RecallRequest{Query: word, Mode: mode})))
	}
	for _, req := range []spectron.RememberRequest{
		{Text: "I live in Zanzibar."}, {Text: "Zanzibar", Infer: spectron.InferNone}, {Text: "I live in Zanzibar.", Infer: spectron.InferPreview},
		{Infer: spectron.InferTriples, Triples: []spectron.Triple{{Entity: person("Bob"), Key: "role", Value: "Zanzibar"}}},
	} {
		conflict(s, string(req.Infer), second(h.Memory().Remember(s.Context(), req)))
	}
	conflict(s, "many", second(h.Memory().RememberMany(s.Context(), spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "I live in Zanzibar."}}})))
}

// byMeaning checks that vectors are searched: there are no words in common.
func (s *trial) byMeaning(h handle, query, text string) {
	s.Helper()
	r := h.recall(spectron.RecallRequest{Query: query, Mode: spectron.ModeVector})
	if len(r.Hits) == 0 || r.Hits[0].Text != text || r.Trace.Conflict != "" {
		s.Errorf("%q finds %+v (%+v)", query, r.Hits, r.Trace)
	}
}

// A Context knows what its vectors were made by: with another embedder nothing is lost, nothing is mixed, and what to do is
// said; ReembedContext does it.
func otherEmbeddersAreNoticed(s *trial) {
	const text = "Grandma bought a car."
	first := &spectrontest.Embedder{}
	s.opts.Embedder, s.opts.EmbedderName = first, "the first"
	s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
	s.tell("Bob lives in Oslo. Always answer in verse.")
	before := s.rows()
	for name, other := range otherEmbedders() {
		s.close()
		s.opts.Embedder, s.opts.EmbedderName = other, ""
		h := s.main()
		s.byWords(h, "Grandma", text)
		if _, err := h.Memory().Recall(s.Context(), spectron.RecallRequest{Query: "Grandma", Mode: spectron.ModeVector}); err == nil || !strings.Contains(err.Error(), `"the first" (64 dimensions)`) {
			s.Errorf("%s: %v does not name the embedder", name, err)
		}
		// Words stand in for vectors where they count, and not for vectors alone.
		weighed := spectron.RecallRequest{Query: "Grandma", Weights: spectron.Weights{Words: 0.1, Vectors: 1}}
		if r := h.recall(weighed); len(r.Hits) == 0 || r.Trace.Conflict == "" {
			s.Errorf("%s: %+v", name, r)
		}
		weighed.Weights.Words = 0
		refused(s, name, second(h.Memory().Recall(s.Context(), weighed)), spectron.ErrConflict, "Options.Embedder")
		same(s, "lives in, with "+name, h.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Oslo"})
		health, err := s.mgr.Health(s.Context())
		if err != nil || !slices.Equal(health.OtherVectors, []string{mainContext}) {
			s.Errorf("%s: health %+v (%v)", name, health, err)
		}
		same(s, "rows, with "+name, s.rows(), before)
	}
	s.close()
	s.opts.Embedder = first
	asked := first.Calls()
	h := s.main()
	s.byMeaning(h, text, text)
	if got := first.Calls() - asked; got != 1+probes {
		s.Errorf("asked about %d texts", got)
	}
	same(s, "rows, with the first again", s.rows(), before)

	s.close()
	second := &mirrored{}
	s.opts.Embedder, s.opts.EmbedderName = second, "the second"
	s.main()
	done, err := s.mgr.ReembedContext(s.Context(), mainContext)
	if err != nil || done.Texts < 4 {
		s.Fatalf("made anew: %+v, %v", done, err)
	}
	h = s.main()
	s.byMeaning(h, text, text)
	h.tell("Carol lives in Rome.")
	s.close()
	asked = second.Calls()
	h = s.main()
	s.byMeaning(h, "Carol lives in Rome.", "Carol lives in Rome") // the fact
	if got := second.Calls() - asked; got != 1+probes {
		s.Errorf("asked about %d texts that it knows", got)
	}
	s.close()
	s.opts.Embedder = first
	s.byWords(s.main(), "Grandma", text)
	s.close()

	// Without vectors any embedder will do.
	s.opts.Embedder, s.opts.EmbedderName = nil, ""
	s.main()
	if done, err := s.mgr.ReembedContext(s.Context(), mainContext); err != nil || done.Texts != 0 {
		s.Fatalf("without an embedder: %+v, %v", done, err)
	}
	for _, row := range s.rows() {
		if strings.Contains(row, "vector:") && !strings.Contains(row, "vector: NONE") {
			s.Errorf("a vector is left: %s", row)
		}
	}
	s.main().tell("Dave lives in Bern.")
	s.close()
	s.opts.Embedder = first
	h = s.main()
	s.byMeaning(h, text, text)
	h.tell("Erin lives in Ulm.")
	refused(s, "no such Context", secondOf(s.mgr.ReembedContext(s.Context(), "none")), spectron.ErrNotFound, "ID")
}

func secondOf(_ *spectron.Reembedded, err error) error { return err }

// The vectors of an export are those of its embedder, wherever it is imported.
func vectorsMoveWithTheirEmbedder(s *trial) {
	const text = "Grandma bought a car."
	s.opts.Embedder = &spectrontest.Embedder{}
	s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
	s.main()
	exported := export(s.T, s.mgr, mainContext)
	opts := s.opts
	opts.Embedder = &spectrontest.Embedder{Dimension: 8}
	other, err := spectron.Open(s.Context(), "mem://", &opts)
	if err != nil {
		s.Fatalf("open: %v", err)
	}
	s.Cleanup(func() { closeStore(s.T, other) })
	h := s.imported(other, "copy", spectron.ContextSpec{}, exported)
	s.byWords(h, "Grandma", text)
	if done, err := other.ReembedContext(s.Context(), "copy"); err != nil || done.Texts != 1 {
		s.Fatalf("made anew: %+v, %v", done, err)
	}
	s.byMeaning(h, text, text)
	h.tell("Carol lives in Rome.")
	s.imported(other, "again", spectron.ContextSpec{}, export(s.T, other, "copy")).tell("Dave lives in Bern.")
}

// Of two processes with two embedders, the one that comes second is told, whichever it is.
func embeddersOfOthersAreNoticed(s *trial) {
	const text = "Grandma bought a car."
	opts := s.opts
	opts.Embedder = &mirrored{}
	b := s.opened(opts)
	other := s.mainOf(b)
	s.opts.Embedder = &spectrontest.Embedder{}
	mine := s.main()
	mine.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
	s.byWords(other, "Grandma", text)
	if done, err := b.ReembedContext(s.Context(), mainContext); err != nil || done.Texts != 1 {
		s.Fatalf("made anew: %+v, %v", done, err)
	}
	s.byMeaning(other, text, text)
	s.byWords(mine, "Grandma", text)
	other.tell("Carol lives in Rome.")
	s.byWords(mine, "Carol Rome", "Carol lives in Rome")
}
