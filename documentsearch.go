package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/documents"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/recall"
)

// DocumentQuery is a question to documents.
type DocumentQuery struct {
	Query string // at most 16 KiB
	K     int    // maximum number of hits; 0: 10, at most 50
	// Mode is ModeHybrid, ModeBM25, ModeVector or ModeHybridGraph. "": hybrid, or words alone if the vectors of the Context come from another embedder, which
	// DocumentHits.Fallbacks says.
	Mode Mode
	// Threshold drops hits with a lower Relevance, 0 to 1. 0 drops none.
	Threshold float64
	Weights   Weights // of words and vectors in hybrid search: see RecallRequest.Weights
	// DocumentIDs keeps chunks of these documents; at most 1,000. Empty: all. MIMETypes keeps documents of these types; at most 32.
	DocumentIDs []string
	MIMETypes   []string
	Labels      []string // keeps documents that have all of these; at most 16
	Lens        Scopes   // keeps documents that belong to these scopes or to scopes above them
	// IncludeDuplicates returns nearly identical chunks as separate hits.
	IncludeDuplicates bool
	// GraphAlpha is the weight of the graph in ModeHybridGraph, 0 to 1. 0: 0.3. The score of a hit is 1-GraphAlpha times the score of its words and
	// vectors, plus GraphAlpha times the best score of a hit in a document that is connected to its own, times the weight of the edge.
	GraphAlpha float64
	GraphEdges []EdgeKind // the edges that count; empty: all
	// Neighbours adds as many chunks before and after each hit to its Around, up to 5. Section adds the other chunks of its section, up to 20.
	Neighbours int
	Section    bool
	// UseHyDE also embeds a passage that could answer the question, which the model of StageResponse writes (Gao et al. 2022, "Precise Zero-Shot Dense
	// Retrieval without Relevance Labels"). It helps where questions use other words than documents, and needs an embedder that knows meaning. It
	// cannot be combined with ModeBM25.
	UseHyDE bool
	// DecomposeQuery lets the model of StageResponse divide the question into up to four, and searches for each. A hit has the best of its scores, and
	// the best hit of each question is among the hits.
	DecomposeQuery bool
	// UseReranker orders the best 3 K hits, at least 30 and at most 100, by Options.Reranker.
	UseReranker bool
}

// ModeHybridGraph is a mode of DocumentQuery: hybrid search, whose hits support each other if their documents are connected.
const ModeHybridGraph Mode = "hybrid_graph"

// EdgeKind is a kind of connection between documents.
type EdgeKind string

// The kinds. The weight of a link is 1, that of a common keyword 1 divided by the number of other documents that have it, up to 20.
const (
	EdgeLink    = EdgeKind(documents.EdgeLink)    // one links to the other
	EdgeKeyword = EdgeKind(documents.EdgeKeyword) // both have a keyword
	EdgeSection = EdgeKind(recall.SameSection)    // of a ContextHit only: the same document
)

// GraphEvidence is a connection of a hit with another hit.
type GraphEvidence struct {
	EdgeKind       EdgeKind `json:"edgeKind"`
	Label          string   `json:"label"` // the target of the link, or the keyword
	NeighbourID    string   `json:"neighbourId"`
	NeighbourLabel string   `json:"neighbourLabel"` // the title of the other document
	Weight         float64  `json:"weight"`
}

// DocumentHits is the answer to a DocumentQuery.
type DocumentHits struct {
	Hits    []DocumentHit `json:"hits"`              // best first
	TraceID string        `json:"traceId,omitempty"` // of its stored trace: see Traces.Get; "" if the question leaves none
	// Questions are those that DecomposeQuery has divided the question into.
	Questions []string `json:"questions,omitempty"`
	// Fallbacks are the steps that failed, and without which the search went on.
	Fallbacks []SearchFallback `json:"fallbacks,omitempty"`
}

// SearchFallback says that a search went on without one of its steps, and why.
type SearchFallback struct {
	Step SearchStep `json:"step"`
	// Code and Reason are those of the error: CodeUnsupported without a model or reranker, CodeModel if one fails, CodeConflict for vectors.
	Code   Code   `json:"code"`
	Reason string `json:"reason"`
}

// SearchStep is a step of a search that it can do without.
type SearchStep string

// The steps.
const (
	StepVectors   = SearchStep(documents.StepVectors)   // the vectors of the Context come from another embedder, and no Mode needs them
	StepHyDE      = SearchStep(documents.StepHyDE)      // DocumentQuery.UseHyDE
	StepDecompose = SearchStep(documents.StepDecompose) // DocumentQuery.DecomposeQuery
	StepRerank    = SearchStep(documents.StepRerank)    // DocumentQuery.UseReranker
)

// DocumentHit is a chunk that was found.
type DocumentHit struct {
	ChunkID    string `json:"chunkId"` // "chunk:…"
	DocumentID string `json:"documentId"`
	Title      string `json:"title"`
	Source     string `json:"source,omitempty"`
	Section    string `json:"section,omitempty"` // the headings above the chunk, "Orders > Returns"
	// SectionPath are the same headings, outermost first.
	SectionPath []string `json:"sectionPath,omitempty"`
	Columns     string   `json:"columns,omitempty"` // see Chunk
	Page        int      `json:"page,omitempty"`
	Position    int      `json:"position"`  // of the chunk in the document
	CharStart   int      `json:"charStart"` // in the text of the document, in code points
	CharEnd     int      `json:"charEnd"`
	Text        string   `json:"text"`
	RerankScore *float64 `json:"rerankScore,omitempty"` // by which the hits are ordered; nil: they were not reranked
	Score       float64  `json:"score"`                 // 0 to 1: the Relevance of the best hit; other hits in proportion
	Relevance   float64  `json:"relevance"`             // 0 to 1: how much of the question the chunk answers
	Why         Why      `json:"why"`
	// Duplicates are the ids of chunks with nearly the same text, best first.
	Duplicates []string `json:"duplicates,omitempty"`
	// Injections are the kinds of prompt injections that the chunk looks like. Show it to no model.
	Injections    []InjectionKind `json:"injections,omitempty"`
	GraphEvidence []GraphEvidence `json:"graphEvidence,omitempty"` // of ModeHybridGraph, the strongest 8
	Around        []Chunk         `json:"around,omitempty"`        // see DocumentQuery.Neighbours, in the order of the document
}

// Query searches the chunks of the documents that the caller may read. A chunk is found by its own words, the headings above it, the title of
// its document and the names of the columns of a table that it continues. ErrInvalid and ErrTooLarge with the Field; ErrModel if the embedder fails;
// ErrConflict if the Mode needs vectors and those of the Context come from another embedder.
func (d *Documents) Query(ctx context.Context, q DocumentQuery) (*DocumentHits, error) {
	return callMemory(ctx, d.context, "query documents", func(ctx context.Context, by *gate.Call) (*DocumentHits, error) {
		return gate.Read(ctx, by, func(ctx context.Context, by *gate.Call) (*DocumentHits, error) {
			return one(newDocumentHits)(documents.Query(ctx, by, q.inner()))
		})
	})
}

func (q DocumentQuery) inner() documents.Search {
	return documents.Search{
		Text: q.Query, K: q.K, Mode: string(q.Mode), Threshold: q.Threshold, Words: q.Weights.Words, Vectors: q.Weights.Vectors,
		Documents: q.DocumentIDs, MediaTypes: q.MIMETypes, Labels: q.Labels, Lens: q.Lens, AllHits: q.IncludeDuplicates,
		Alpha: q.GraphAlpha, Edges: each(q.GraphEdges, func(k EdgeKind) string { return string(k) }), Neighbours: q.Neighbours, Section: q.Section,
		HyDE: q.UseHyDE, Decompose: q.DecomposeQuery, Rerank: q.UseReranker,
	}
}

func newDocumentHits(f documents.Found) DocumentHits {
	return DocumentHits{
		Hits: append([]DocumentHit{}, each(f.Hits, newDocumentHit)...), TraceID: f.Trace, Questions: f.Questions,
		Fallbacks: each(f.Fallbacks, func(f documents.Fallback) SearchFallback {
			return SearchFallback{SearchStep(f.Step), Code(f.Why.Code), f.Why.Error()}
		}),
	}
}

func newDocumentHit(h documents.Hit) DocumentHit {
	return DocumentHit{
		ChunkID: h.ID, DocumentID: h.Source.ID, Title: h.Source.Title, Source: h.Source.Source, Section: sectionText(h.Section), SectionPath: h.Section,
		Columns: h.Columns, Page: h.Page, Position: h.Position, CharStart: h.Start, CharEnd: h.End, Text: h.Text, RerankScore: h.Reranked, Score: h.Score, Relevance: h.Relevance, Why: Why(h.Why), Duplicates: h.Duplicates,
		Injections: each(h.Findings, func(kind string) InjectionKind { return InjectionKind(kind) }), Around: each(h.Around, newChunk),
		GraphEvidence: each(h.Evidence, func(e documents.Evidence) GraphEvidence {
			return GraphEvidence{EdgeKind(e.Kind), e.Label, e.ID, e.Title, e.Weight}
		}),
	}
}

// LinkCount is the result of RecomputeLinks.
type LinkCount struct {
	LinksEmitted int `json:"linksEmitted"` // links that lead from one document to another
}

// RecomputeLinks finds which links lead from one document that the caller may read to another: to the Source of a document, to its Name, or to the end
// of its Name if no other document has it. Links are found anew for each question that uses them, so calling it changes nothing.
func (d *Documents) RecomputeLinks(ctx context.Context) (*LinkCount, error) {
	return callMemory(ctx, d.context, "recompute links", func(_ context.Context, by *gate.Call) (*LinkCount, error) {
		return &LinkCount{documents.Links(by)}, nil
	})
}
