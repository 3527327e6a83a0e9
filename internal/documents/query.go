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
)

// Limits of a search.
const (
	maxQuestion  = 16 << 10 // bytes
	maxK         = 50
	maxDocuments = 1000 // ids in a filter
	maxTypes     = 32

	maxNeighbours = 5
	maxAround     = 20 // passages of a section
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
}

// Hit is a passage that was found.
type Hit struct {
	recall.PassageHit
	Evidence []Evidence
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
	Hits []Hit
	// Conflict says why the search used words alone although no mode asked for that; nil: it did not.
	Conflict error
	Took     time.Duration
}

// Query searches the passages that the caller may read.
func Query(ctx context.Context, by *gate.Call, s Search) (out Found, err error) {
	began := time.Now()
	q, anyMode, err := s.query(ctx, by)
	if err != nil {
		return out, err
	}
	view := by.Live.View.Load()
	if q.Mode != index.Lexical && by.Reaches(q.Filter.Lens) {
		embed := func() ([]float32, error) { return by.Live.Core.EmbedQuery(ctx, by.Live, s.Text) }
		if by.Live.Core.StoresVectors { // a model may ignore ctx
			q.Vector, err = live.Await(ctx, by.Live, embed)
		} else {
			q.Vector, err = embed()
		}
		switch {
		case anyMode && fault.Is(err, fault.Conflict):
			out.Conflict = err
		case err != nil:
			return out, live.FailEmbedding(ctx, err)
		}
	}
	if len(q.Vector) == 0 {
		if q.Mode == index.Vector {
			return out, nil // nothing that the caller may read
		}
		q.Mode = index.Lexical
	}
	k := q.K
	if s.Mode == hybridGraph {
		q.K = min(graphPool*k, index.MaxK)
	}
	found, err := view.SearchPassages(ctx, q)
	for _, h := range found {
		out.Hits = append(out.Hits, Hit{PassageHit: h})
	}
	if s.Mode == hybridGraph {
		s.connect(by, out.Hits)
	}
	out.Hits = out.Hits[:min(k, len(out.Hits))]
	for i := range out.Hits {
		h := &out.Hits[i]
		most := 0
		if s.Section {
			most = maxAround
		}
		h.Around = view.PassagesAround(h.ID, s.Neighbours, most)
	}
	if errors.Is(err, index.ErrDimension) {
		err = live.FailEmbedding(ctx, err)
	}
	out.Took = time.Since(began)
	return out, err
}

// query validates the search.
func (s Search) query(ctx context.Context, by *gate.Call) (q recall.PassageQuery, anyMode bool, err error) {
	if err := input.Text("Query", s.Text, maxQuestion); err != nil {
		return q, false, err
	}
	if record.Blank(s.Text) {
		return q, false, fault.Bad("Query", "empty")
	}
	if s.K < 0 || s.K > maxK {
		return q, false, fault.Bad("K", "%d is not between 1 and %d", s.K, maxK)
	}
	for field, value := range map[string]float64{"Weights.Words": s.Words, "Weights.Vectors": s.Vectors} {
		if !(value >= 0 && value <= index.MaxWeight) { // the negated form also refuses NaN
			return q, false, fault.Bad(field, "%v is not between 0 and %d", value, index.MaxWeight)
		}
	}
	if !(s.Threshold >= 0 && s.Threshold <= 1) {
		return q, false, fault.Bad("Threshold", "%v is not between 0 and 1", s.Threshold)
	}
	mode := index.Hybrid
	switch s.Mode {
	case "":
		anyMode = true
	case "hybrid", hybridGraph:
	case "bm25":
		mode = index.Lexical
	case "vector":
		mode = index.Vector
	default:
		return q, false, fault.Bad("Mode", "unknown mode %q; the modes are hybrid, bm25, vector and hybrid_graph", s.Mode)
	}
	switch {
	case !(s.Alpha >= 0 && s.Alpha <= 1):
		return q, false, fault.Bad("GraphAlpha", "%v is not between 0 and 1", s.Alpha)
	case s.Neighbours < 0 || s.Neighbours > maxNeighbours:
		return q, false, fault.Bad("Neighbours", "%d is not between 0 and %d", s.Neighbours, maxNeighbours)
	}
	for _, kind := range s.Edges {
		if kind != EdgeLink && kind != EdgeKeyword {
			return q, false, fault.Bad("GraphEdges", "unknown kind %q; the kinds are link and keyword", kind)
		}
	}
	labels, err := input.Labels("Labels", s.Labels)
	if err != nil {
		return q, false, err
	}
	lens, err := by.Lens(ctx, s.Lens)
	if err != nil {
		return q, false, err
	}
	switch {
	case len(s.Documents) > maxDocuments:
		return q, false, fault.Over("DocumentIDs", len(s.Documents), maxDocuments, "ids")
	case len(s.MediaTypes) > maxTypes:
		return q, false, fault.Over("MIMETypes", len(s.MediaTypes), maxTypes, "types")
	}
	if len(s.Documents) > 0 {
		q.Documents = make(map[string]bool, len(s.Documents))
		for _, id := range s.Documents {
			if err := input.ID("DocumentIDs", id); err != nil {
				return q, false, err
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
	return q, anyMode, nil
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
