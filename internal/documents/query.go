package documents

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/tracing"
)

// Limits of a search.
const (
	maxQuestion  = 16 << 10 // bytes
	maxK         = 50
	maxDocuments = 1000 // ids in a filter
	maxTypes     = 32

	maxNeighbours = 5
	defaultAlpha  = 0.3
	graphPool     = 3 // times K hits are reordered by the graph
)

// Search is a question to documents. DocumentQuery of package spectron documents the fields.
type Search struct {
	Text           string
	K              int
	Mode           string
	Threshold      float64
	Words, Vectors float64
	Documents      []string
	MediaTypes     []string
	Labels         []string
	Lens           [][]string
	AllHits        bool
	Alpha          float64  // weight of the graph in the mode hybrid_graph; 0: defaultAlpha
	Edges          []string // kinds; empty: all
	Neighbours     int
	Section        bool
	HyDE           bool // search by the vector of a passage that could answer the question
	Decompose      bool // search for the questions that the question is made of
	Rerank         bool
}

// Hit is a passage that was found.
type Hit struct {
	recall.PassageHit
	Evidence []Evidence
	Reranked *float64         // the score of the reranker; nil: it gave none
	First    bool             // it is the best one of a question that was divided
	Around   []record.Passage // see Search.Neighbours and Search.Section, in the order of the document
}

// Evidence is an edge between the document of a hit and that of another hit.
type Evidence struct {
	Kind, Label string
	ID, Title   string // of the other document
	Weight      float64
}

// Found is the answer to a search.
type Found struct {
	Hits  []Hit
	Trace string // id of the trace of the question; "": it leaves none
	// Questions are those that the question was divided into; nil: it was not.
	Questions []string
	Fallbacks []Fallback

	candidates int
}

// Query searches the passages that the caller may read.
func Query(ctx context.Context, by *gate.Call, s Search) (Found, error) {
	started := time.Now()
	out, err := s.find(ctx, by)
	if err == nil {
		out.Trace = s.note(by, &out, time.Since(started))
	}
	return out, err
}

// note leaves the trace of a search, and returns its id; "": it leaves none.
func (s Search) note(by *gate.Call, found *Found, took time.Duration) string {
	r := record.Retrieval{At: by.Now(), Text: s.Text, Mode: s.Mode, Lens: s.Lens, Tier: string(recall.Hybrid), Reason: "searched documents", Latency: took}
	for _, h := range found.Hits {
		r.Confident = r.Confident || h.Relevance >= recall.Confident
		r.Hits = append(r.Hits, record.Returned{ID: h.ID, Score: h.Score, Relevance: h.Relevance, Signals: record.Signals(h.Why)})
	}
	r.Candidates = max(found.candidates, len(found.Hits))
	return tracing.Leave(by, r)
}

func (s Search) find(ctx context.Context, by *gate.Call) (out Found, err error) {
	q, err := s.query(ctx, by)
	if err != nil {
		return out, err
	}
	k := q.K
	switch {
	case s.Rerank:
		q.K = min(max(rerankPool*k, leastReranked), mostReranked)
	case s.Mode == hybridGraph:
		q.K = min(graphPool*k, index.MaxK)
	}
	questions := []string{s.Text}
	if s.Decompose && by.Reaches(q.Filter.Lens) {
		all, err := parts(ctx, by, s.Text)
		switch {
		case ctx.Err() != nil:
			return out, ctx.Err()
		case err != nil:
			out.without(StepDecompose, err)
		default:
			questions, out.Questions = all, all
		}
	}
	var lists [][]Hit
	for _, text := range questions {
		q.Text = text
		list, err := s.search(ctx, by, q, &out)
		if err != nil {
			return out, err
		}
		lists = append(lists, list)
	}
	out.Hits = merged(lists, s.AllHits)
	if s.Mode == hybridGraph {
		s.connect(by, out.Hits)
	}
	if s.Rerank {
		ranked, err := s.rerank(ctx, by, out.Hits)
		switch {
		case ctx.Err() != nil:
			return out, ctx.Err()
		case err != nil:
			out.without(StepRerank, err)
		}
		out.Hits = ranked
	}
	if s.Rerank || s.Decompose { // it has waited for a model since it has found something
		if out.Hits, err = still(ctx, by, out.Hits); err != nil {
			return out, err
		}
	}
	out.Hits = best(out.Hits, k)
	view := by.Live.View.Load()
	for i := range out.Hits {
		h := &out.Hits[i]
		h.Around = view.PassagesAround(h.ID, s.Neighbours, s.Section)
	}
	return out, nil
}

// search searches the passages for one question.
func (s Search) search(ctx context.Context, by *gate.Call, q recall.PassageQuery, out *Found) (hits []Hit, err error) {
	if q.Mode != index.Lexical && by.Reaches(q.Filter.Lens) {
		if q.Vector, err = s.vector(ctx, by, q.Text, out); err != nil {
			return nil, err
		}
	}
	if len(q.Vector) == 0 {
		if q.Mode == index.Vector {
			return nil, nil // nothing that the caller may read
		}
		q.Mode = index.Lexical
	}
	candidates := 0
	q.Candidates = &candidates
	found, err := by.Live.View.Load().SearchPassages(ctx, q)
	if errors.Is(err, index.ErrDimension) {
		err = live.FailEmbedding(ctx, err)
	}
	out.candidates += candidates
	for _, h := range found {
		hits = append(hits, Hit{PassageHit: h})
	}
	return hits, err
}

// vector returns the vector of a question; nil: the search uses words alone.
func (s Search) vector(ctx context.Context, by *gate.Call, text string, out *Found) (vector []float32, err error) {
	if s.HyDE {
		passage, err := hypothetical(ctx, by, text)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			text += "\n" + passage
		default:
			out.without(StepHyDE, err)
		}
	}
	vector, err = by.Live.EmbedQuestion(ctx, text)
	switch {
	case s.Mode == "" && fault.Is(err, fault.Conflict):
		out.without(StepVectors, err)
		return nil, nil
	case err != nil:
		return nil, live.FailEmbedding(ctx, err)
	}
	return vector, nil
}

// query validates the search.
func (s Search) query(ctx context.Context, by *gate.Call) (q recall.PassageQuery, err error) {
	if err := input.Text("Query", s.Text, maxQuestion); err != nil {
		return q, err
	}
	if record.Blank(s.Text) {
		return q, fault.Bad("Query", "empty")
	}
	if s.K < 0 || s.K > maxK {
		return q, fault.Bad("K", "%d is not between 1 and %d", s.K, maxK)
	}
	for field, value := range map[string]float64{"Weights.Words": s.Words, "Weights.Vectors": s.Vectors} {
		if !(value >= 0 && value <= index.MaxWeight) { // the negated form also refuses NaN
			return q, fault.Bad(field, "%v is not between 0 and %d", value, index.MaxWeight)
		}
	}
	if !(s.Threshold >= 0 && s.Threshold <= 1) {
		return q, fault.Bad("Threshold", "%v is not between 0 and 1", s.Threshold)
	}
	mode := index.Hybrid
	switch s.Mode {
	case "", "hybrid", hybridGraph:
	case "bm25":
		mode = index.Lexical
	case "vector":
		mode = index.Vector
	default:
		return q, fault.Bad("Mode", "unknown mode %q; the modes are hybrid, bm25, vector and hybrid_graph", s.Mode)
	}
	switch {
	case s.HyDE && mode == index.Lexical:
		return q, fault.Bad("UseHyDE", "it makes a vector, and the mode bm25 uses none")
	case !(s.Alpha >= 0 && s.Alpha <= 1):
		return q, fault.Bad("GraphAlpha", "%v is not between 0 and 1", s.Alpha)
	case s.Neighbours < 0 || s.Neighbours > maxNeighbours:
		return q, fault.Bad("Neighbours", "%d is not between 0 and %d", s.Neighbours, maxNeighbours)
	}
	for _, kind := range s.Edges {
		if kind != EdgeLink && kind != EdgeKeyword {
			return q, fault.Bad("GraphEdges", "unknown kind %q; the kinds are link and keyword", kind)
		}
	}
	labels, err := input.Labels("Labels", s.Labels)
	if err != nil {
		return q, err
	}
	lens, err := by.Lens(ctx, s.Lens)
	if err != nil {
		return q, err
	}
	switch {
	case len(s.Documents) > maxDocuments:
		return q, fault.Over("DocumentIDs", len(s.Documents), maxDocuments, "ids")
	case len(s.MediaTypes) > maxTypes:
		return q, fault.Over("MIMETypes", len(s.MediaTypes), maxTypes, "types")
	}
	if len(s.Documents) > 0 {
		q.Documents = make(map[string]bool, len(s.Documents))
		for _, id := range s.Documents {
			if err := input.ID("DocumentIDs", id); err != nil {
				return q, err
			}
			q.Documents[DocumentID(id)] = true
		}
	}
	if len(s.MediaTypes) > 0 {
		q.MediaTypes = s.MediaTypes
	}
	k := s.K
	if k == 0 {
		k = index.DefaultK
	}
	q.Query = index.Query{
		Text: s.Text, K: k, Mode: mode, Now: by.Now(), Words: s.Words, Vectors: s.Vectors, Semantic: by.Live.Core.StoresVectors, MinRelevance: s.Threshold,
		All: true, Whole: true, IncludeDuplicates: s.AllHits,
		Filter: index.Filter{Visible: by.Through(recall.Through(lens)), Within: by.Within(), Lens: lens, Labels: labels},
	}
	return q, nil
}

const hybridGraph = "hybrid_graph"

// connect raises the hits whose documents have edges to documents of other hits. The new score is (1-alpha) times the score, plus alpha times the best
// score of a hit in a connected document, times the weight of the edge.
func (s Search) connect(by *gate.Call, hits []Hit) {
	alpha := s.Alpha
	if alpha == 0 {
		alpha = defaultAlpha
	}
	best := map[string]float64{} // by document
	for _, h := range hits {
		best[h.Source.ID] = max(best[h.Source.ID], h.Score)
	}
	g := newGraph(by)
	for i := range hits {
		h := &hits[i]
		boost := 0.0
		for _, e := range g.edges[h.Source.ID] {
			if best[e.to] == 0 || len(s.Edges) > 0 && !slices.Contains(s.Edges, e.kind) {
				continue
			}
			boost = max(boost, best[e.to]*e.weight)
			h.Evidence = append(h.Evidence, Evidence{e.kind, e.label, e.to, g.documents[e.to].Title, e.weight})
		}
		slices.SortFunc(h.Evidence, func(a, b Evidence) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(b.Kind, a.Kind), strings.Compare(a.Label, b.Label), strings.Compare(a.ID, b.ID))
		})
		h.Evidence = h.Evidence[:min(len(h.Evidence), maxEvidence)]
		h.Score = (1-alpha)*h.Score + alpha*boost
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
}

// maxEvidence is the number of edges that are shown of a hit.
const maxEvidence = 8
