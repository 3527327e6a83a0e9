package spectron

import (
	"context"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/geo"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/question"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Mode selects how to search.
type Mode string

// The modes. With "" the question decides. A question that names an entity and one of its keys is answered from the
// graph. Every other question is answered by hybrid search, which widens when it finds nothing convincing.
const (
	ModeHybrid Mode = "hybrid" // words and vectors, fused
	ModeBM25   Mode = "bm25"   // words only
	ModeVector Mode = "vector" // vectors only
	// ModeGraph reads the graph and makes no search: the answer that the graph has, and then the facts about the entities that the question
	// names, as far as RecallRequest.Hops says. A question that names no known entity gets no hits.
	ModeGraph Mode = "graph"
)

// Tier says how an answer was found, cheapest first.
type Tier string

// The tiers.
const (
	TierDirect      Tier = "direct"       // read from the graph or listed, without a search
	TierCache       Tier = "cache"        // an earlier answer to the same question was used again, which Recall itself never does
	TierHybrid      Tier = "hybrid"       // found by hybrid search
	TierFullContext Tier = "full_context" // found by a second, wider search, because the first was weak
)

// RecallRequest is a question to memory.
type RecallRequest struct {
	// Query is the question, of at most 16 KiB. A search by words uses its first 256 different words. An empty Query lists all records that
	// pass the filters, the newest first by Hit.OccurredAt, with near-duplicates. It needs at least one filter, and no Mode.
	Query string
	K     int // maximum number of hits; 0: 10, at most 50
	Mode  Mode
	// Hops is for ModeGraph: 1 (0) reads facts about the entities that the question names, 2 also facts about the entities that these facts
	// link them to.
	Hops int
	// Cursor is the NextCursor of the previous page of the same request. Only K may differ. It works for the same caller only. Permissions
	// are checked anew for each page.
	Cursor string
	// SessionID restricts the search to one session. ExcludeSessionID leaves one session out.
	SessionID        string
	ExcludeSessionID string
	// Speaker names the person who asks, not who said what is found (see SaidBy): "I" and "my" in the question mean this person. It is a name given as Message.Speaker or by
	// the person. Empty: the speaker of SessionID, or the Subject of the caller's principal, or the speakers in the scopes of the question.
	Speaker string
	// Lens keeps records that belong to these scopes or to scopes above them. Empty: everything the caller may read.
	Lens Scopes
	// Labels keeps records that have all of these labels; at most 16.
	Labels []string
	// ScopeView is part of the wire contract. All views are strict: they show what the caller may read.
	ScopeView ScopeView
	// Kinds keeps hits of these kinds; empty: all but KindSection, which finds whole sections of documents in place of chunks. KindFacts and KindPassages stand for several kinds: they are what the wire contract calls
	// include. Category keeps records of this category; "": all.
	Kinds    []Kind
	Category Category
	// Source keeps records that were made from sources of this kind; "": all.
	Source SourceKind
	// Documents are searched together with memory, unless a filter leaves them out: they belong to no session, nobody said them, and they have no
	// Location. ModeGraph, GroupBy and questions that the graph answers leave them out too. A chunk is known, for AsOf and StoredAt, since its version of the
	// document was processed.
	//
	// Role keeps what was said in this role; "": all. SaidBy keeps what this person said; "": all. It is the full name of a speaker, or
	// another name that the caller knows for the same person. SaidAfter and SaidBefore keep what was said from the first time on and before
	// the second; zero: at any time. Location keeps what belongs to a place.
	//
	// A fact or an instruction is judged by the turn that it was taken from, which its Source shows. If there is no turn that the caller may
	// read, it was said by nobody, nowhere, at the time when it became known.
	Role                  Role
	SaidBy                string
	SaidAfter, SaidBefore time.Time
	Location              LocationFilter
	// AsOf asks what was believed at that time (transaction time). Records that became known later are hidden, and values that have been
	// superseded since are visible again. Zero: now.
	AsOf time.Time
	// StoredAt asks what the store held at that time (system time); it may be combined with AsOf: see PointInTime. Such questions are
	// answered by search, never directly from the graph. Erased sessions do not come back. Zero: now.
	StoredAt time.Time
	// ValidAt keeps facts that held at that time. ValidFrom and ValidUntil keep facts that held at some time between them.
	// Both include facts that have ended since. A corrected value counts as never valid. A single-valued key has one value at
	// each time. A fact with an unknown start also matches earlier times, unless an earlier value is known. Turns always match.
	ValidAt    time.Time
	ValidFrom  time.Time
	ValidUntil time.Time
	// IncludeClosed also finds closed facts: superseded facts, and facts that no longer hold. Fact.KnownUntil and
	// SupersededBy mark them. With AsOf, the point in time alone decides which facts are closed.
	IncludeClosed bool
	// GroupBy set to GroupBySession returns the best hit of each session. Sessions are ordered by how much of the question the
	// whole session answers. Up to K sessions are returned, however weak, as with IncludeWeak. A record without a session, or
	// with a session that the caller may not read, is a hit by itself. The graph is not read in this case.
	GroupBy GroupBy
	// IncludeDuplicates returns near-identical texts as separate hits, and a fact beside the words that it was taken from.
	IncludeDuplicates bool
	// MinRelevance drops hits with a lower Relevance, 0 to 1. 0 drops none. A hit of 0.3 or more is likely about the question.
	// A text that uses other words than the question has a lower Relevance, unless the embedder knows that they mean the same.
	MinRelevance float64
	// IncludeWeak returns up to K hits, however far they are behind the best one. Without it, a hit of hybrid search needs at
	// least a fifth of the best Score and of the best Relevance. If the best hit is a fact or a note of at most 25 words, other
	// facts and short notes need more, up to four fifths of its Score: the limit rises with the part of the question that the
	// best hit answers. So a question about one fact gets few hits, and a question that many facts answer equally gets many.
	// If K is 2 or more, the best hit by words (by vectors if they weigh more) is always returned, unless MinRelevance drops it.
	IncludeWeak bool
	// Excerpts shortens long hits to the sentences that matter to the question and sets Hit.Partial. This saves a model about a
	// quarter of the tokens; one answer in thirty is in the omitted part. ModeVector always returns whole texts.
	Excerpts bool
	// Weights sets how much words and vectors count in hybrid search. The zero value selects the default: words 1, and vectors
	// 0.4 with Options.Embedder. The built-in embedder knows only spelling, so its vectors count only where no record has the
	// words of the question.
	Weights Weights
	// Without leaves signals out of the ranking of hybrid search, to measure their effect.
	Without []Signal
}

// LocationFilter keeps what belongs to a place: turns that were said there (RememberRequest.Location), the facts that were taken from them,
// and facts about an entity, or a relation to one, whose attribute "location" has a value of the form "lat,lng" there. With both fields
// set, the place must lie in both. The zero value keeps everything.
type LocationFilter struct {
	Near Near // zero: anywhere
	// Within is a POLYGON or a MULTIPOLYGON in WKT, with corners as longitude and latitude in degrees: at most 64 KiB and 1,000 corners. Its
	// edges are straight on a map of longitude and latitude, so it cannot cross the 180th meridian. "": anywhere.
	Within string
}

// Near is a circle on the earth, in degrees and kilometres. Distances are those of a sphere, with an error of up to half a per cent.
type Near struct {
	Lat, Lng, RadiusKm float64 // RadiusKm is above 0 and at most 20,038
}

// ScopeView selects how scopes are combined.
type ScopeView string

// The views. All mean the same today: see RecallRequest.ScopeView.
const (
	ScopeViewStrict    ScopeView = "strict"
	ScopeViewMerged    ScopeView = "merged"
	ScopeViewCrossTeam ScopeView = "crossTeam"
)

// GroupBy selects what forms one hit.
type GroupBy string

// GroupBySession returns one hit per session. With "" each record is a hit, and so are consecutive turns of one speaker.
const GroupBySession GroupBy = "session"

// Weights has the weights of words and vectors in hybrid search, each from 0 to 1000. The scores of words and of vectors are each expressed
// in standard deviations over the compared rows and then added, so only the ratio of the weights matters. If one weight is 0 and the other
// is not, its search is skipped.
type Weights struct {
	Words   float64
	Vectors float64
}

// Signal is a component of the ranking of hybrid search, beside words and vectors.
type Signal string

// The signals.
const (
	SignalNeighbours Signal = "neighbours" // words of the surrounding turns count as well
	SignalUtterances Signal = "utterances" // consecutive turns of one speaker count as one turn
	SignalSpeaker    Signal = "speaker"    // the question names the speaker
	SignalDates      Signal = "dates"      // the question names the time of the turn, or asks for a time
	SignalQuestions  Signal = "questions"  // turns that only ask rank lower
	SignalVerbosity  Signal = "verbosity"  // roles that talk at length match words by chance, so they rank lower
	SignalFacts      Signal = "facts"      // facts and the turns that tell them support each other; superseded values rank lower
)

// Signals returns all signals, sorted by name.
func Signals() []Signal {
	return each(question.Signals(), func(name string) Signal { return Signal(name) })
}

// Why explains the score of a hit: the contribution of each signal, in one unit. The sum is the score before it is scaled to
// between 0 and 1. All fields are 0 for hits that were read from the graph.
type Why struct {
	Words      float64 `json:"words"`      // BM25 of the hit's own words
	Neighbours float64 `json:"neighbours"` // words of the surrounding turns
	Speaker    float64 `json:"speaker"`    // the speaker of the turn
	Dates      float64 `json:"dates"`      // the time of the turn, or a time in its text
	Questions  float64 `json:"questions"`  // below 0: the turn only asks
	Verbosity  float64 `json:"verbosity"`  // below 0: its role talks at length; above 0: its role talks less than others
	Facts      float64 `json:"facts"`      // below 0: it tells a superseded value
	Vectors    float64 `json:"vectors"`
	Prior      float64 `json:"prior"` // importance and recency, which break ties
}

// HitTurn is one of the turns that form a hit.
type HitTurn struct {
	ID       string    `json:"id"`    // "turn:…"
	Text     string    `json:"text"`  // the part of the turn that matters to the question
	Start    int       `json:"start"` // position of Text in the turn, in code points
	SpokenAt time.Time `json:"spokenAt,omitzero"`
}

// Recalled is the answer to a question.
type Recalled struct {
	Hits []Hit `json:"hits"` // best first
	// Confident reports whether a hit is likely about the question: a hit was read from the graph, or has a Relevance of at
	// least 0.3. If it is false, memory probably has no answer; weak hits are still returned unless MinRelevance drops them.
	// Confident is reliable for questions about topics that memory does not have. A question about a missing detail of a known
	// topic shares its words with the stored texts: half of these questions are answered with Confident set.
	Confident bool `json:"confident"`
	Tier      Tier `json:"tier"`
	// Seeds are the entities that the question names.
	Seeds []EntityRef `json:"seeds,omitempty"`
	// ContextHits are up to nine chunks of documents beside the first three hits that are chunks or sections. They are not among the K, and later pages have
	// none.
	ContextHits []ContextHit `json:"contextHits,omitempty"`
	Trace       Trace        `json:"trace"`
	// NextCursor is for RecallRequest.Cursor. It is set if the page is full: the next page may be empty. The pages of a question have at most
	// 500 hits in all. No hit comes twice. What is stored meanwhile appears where it ranks, if that is not on an earlier page. In a list it
	// appears only if it is older than the last hit.
	NextCursor string `json:"nextCursor,omitempty"`
}

// ContextHit is a chunk beside a hit. A chunk that looks like a prompt injection is none.
type ContextHit struct {
	Hit
	HitID string `json:"hitId"` // of the hit
	// EdgeKind is EdgeSection: it is the next or the previous chunk, in the same section; or EdgeKeyword: its document has a keyword in common with that
	// of the hit, and it is the chunk that has most of the words of the keyword. Its Score and Relevance are 0.
	EdgeKind EdgeKind `json:"edgeKind"`
	Label    string   `json:"label,omitempty"` // the path of the section, or the keyword
}

// Trace says how an answer was found.
type Trace struct {
	ID        string        `json:"id,omitempty"` // of its stored trace: see Traces.Get; "" if the question leaves none
	Duration  time.Duration `json:"durationNs"`   // of the whole call, in nanoseconds in JSON
	Tier      Tier          `json:"tier"`
	Reason    string        `json:"reason,omitempty"`    // why this tier
	TopScores []float64     `json:"topScores,omitempty"` // scores of the first hits, at most 5
	Vectors   string        `json:"vectors,omitempty"`   // "lexical" for the built-in embedder, "embedder" for Options.Embedder, "none" with a Conflict
	// Conflict says why the search used words alone although no mode asked for that: the vectors of the Context come from
	// another embedder. ModeHybrid and ModeVector fail with ErrConflict in this case.
	Conflict string `json:"conflict,omitempty"`
}

// Hit is a record that was found.
type Hit struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Text has the words as they were said, the fact as a sentence, or the text of a chunk or section. With RecallRequest.Excerpts what was said may be
	// shortened (see Partial).
	Text string `json:"text"`
	// Partial reports whether Text is only a part of what was said: a passage of one turn, at Source.Start to Source.End, or
	// some of several consecutive turns, or passages of them. A turn of more than 1,200 characters is always found in pieces.
	// Sessions.Turns returns whole turns.
	Partial bool `json:"partial,omitempty"`
	// Score is 0 to 1. The score of the best hit is its Relevance, the others are in proportion. A fact read from the graph has 1.
	Score float64 `json:"score"`
	// Relevance says how much of the question the hit answers, 0 to 1. It can be compared between questions and stores. It is the
	// larger of two values: the share of the question's words that the hit has, weighted by rarity (words of the surrounding turns
	// count half), and how far the hit's vector stands out from those of other texts. Words of the question that no record has count
	// fully; speakers' names and common words count little. A fact read from the graph has 1, and so do the words it was taken from.
	Relevance float64 `json:"relevance"`
	// OccurredAt is when the words were said, or when the fact began to hold, as far as known. Of a document it is ObservedAt, or when it was uploaded.
	OccurredAt time.Time `json:"occurredAt,omitzero"`
	Speaker    string    `json:"speaker,omitempty"` // the Speaker of Source; "" if unknown
	Source     Source    `json:"source,omitzero"`
	Fact       *Fact     `json:"fact,omitempty"` // set for attributes and relations
	// Turns has the turns of the hit in their order, if a speaker typed several in a row. Text has their texts, one per line. ID,
	// Quote and the rest of Source belong to the best matching turn. Turns is empty if the hit is one turn, or a piece of one.
	Turns []HitTurn `json:"turns,omitempty"`
	Why   Why       `json:"why,omitzero"`
	// Duplicates has the ids of records that this hit represents: records with nearly the same words, and, of a fact and the
	// words that it was taken from, the record that answers less of the question.
	Duplicates []string `json:"duplicates,omitempty"`
}

// SourceKind says what a record was made from.
type SourceKind string

// The kinds of sources.
const (
	SourceTurn          SourceKind = "turn"          // the words of a turn
	SourceDocument      SourceKind = "document"      // a document
	SourceUpsert        SourceKind = "upsert"        // a caller gave it: a triple, or a correction
	SourceReflect       SourceKind = "reflect"       // a conclusion from other facts
	SourceElaboration   SourceKind = "elaboration"   // a completion of other facts
	SourceConsolidation SourceKind = "consolidation" // a summary of other facts
)

// Source says where a record came from.
type Source struct {
	Kind      SourceKind   `json:"kind"`
	TurnID    string       `json:"turnId,omitempty"`  // "" for facts that came from no turn
	TraceID   string       `json:"traceId,omitempty"` // trace of the write, for facts from triples without a text and from edits: see Traces.Get
	SessionID string       `json:"sessionId,omitempty"`
	Role      Role         `json:"role,omitempty"`     // role of the turn
	Speaker   string       `json:"speaker,omitempty"`  // speaker of the turn; "" if unknown
	SpokenAt  time.Time    `json:"spokenAt,omitzero"`  // when the turn was said
	Location  string       `json:"location,omitempty"` // where the turn was said, "lat,lng"; "" if unknown
	Document  *DocumentRef `json:"document,omitempty"` // for SourceDocument
	Quote     string       `json:"quote,omitempty"`    // the words that the record was taken from
	Start     int          `json:"start"`              // position of Quote in the turn or in the text of the document, in code points
	End       int          `json:"end"`
	Trust     float64      `json:"trust"` // 0 to 1
}

// DocumentRef says where in a document a record comes from.
type DocumentRef struct {
	ID          string   `json:"id"`
	ChunkID     string   `json:"chunkId,omitempty"` // of a section: its first one; of a fact: the one that has the Quote
	Title       string   `json:"title"`
	Source      string   `json:"source,omitempty"`
	Section     string   `json:"section,omitempty"` // the headings above it, "Orders > Returns"
	SectionPath []string `json:"sectionPath,omitempty"`
	Page        int      `json:"page,omitempty"` // from 1; 0 if the document has no pages
}

// Recall answers a question with the records that match it best. It finds the result of every Remember that has returned. Vector search
// always finds a nearest record, so a query without an answer may still return hits. Their Relevance is low then, and Confident is false.
// An empty result is not an error.
//
// The caller gets only records that it may read. A Lens outside of its grants finds nothing.
//
// A live fact that answers a question about the present becomes more important, at most once a day: from the next day on (UTC),
// Fact.Importance is multiplied by 1.1, up to 1. Importance decides ties. A pinned fact keeps its importance. A returned fact does not expire for
// Config.ContextExpiryDays (see Lifecycle). Recall writes nothing: the new importance is stored with a later write, or when the store is closed. Everybody who may read a fact sees its importance, and so may learn
// that somebody has found it.
//
// Codes: CodeInvalid and CodeTooLarge name the field; CodeModel with the Field Options.Embedder if the embedder fails or returns an invalid
// vector; CodeConflict for ModeHybrid, ModeVector and Weights without Words if the vectors of the Context come from another embedder (see
// Options.Embedder); CodeForbidden for a strict key without a Lens, or with a Lens beyond its grants.
func (m *Memory) Recall(ctx context.Context, req RecallRequest) (*Recalled, error) {
	started := time.Now()
	return callMemory(ctx, m.context, "recall", func(ctx context.Context, by *gate.Call) (*Recalled, error) {
		return gate.Read(ctx, by, func(ctx context.Context, by *gate.Call) (*Recalled, error) {
			asked := req.inner()
			asked.Beside = true
			return one(recalledOf(by, recall.Point{AsOf: req.AsOf.UTC(), StoredAt: req.StoredAt.UTC()}, started))(question.Ask(ctx, by, asked))
		})
	})
}

func (r RecallRequest) inner() question.Request {
	return question.Request{
		Text: r.Query, K: r.K, Mode: string(r.Mode), Session: r.SessionID, ExcludeSession: r.ExcludeSessionID, Speaker: r.Speaker, Lens: r.Lens, Labels: r.Labels,
		Kinds: each(r.Kinds, func(k Kind) record.Kind { return record.Kind(k) }), Category: record.Category(r.Category),
		At:     recall.Point{AsOf: r.AsOf, StoredAt: r.StoredAt, ValidAt: r.ValidAt, ValidFrom: r.ValidFrom, ValidUntil: r.ValidUntil},
		Closed: r.IncludeClosed, GroupBy: string(r.GroupBy), AllHits: r.IncludeDuplicates, Weak: r.IncludeWeak, Whole: !r.Excerpts,
		MinRelevance: r.MinRelevance, Words: r.Weights.Words, Vectors: r.Weights.Vectors,
		Without: each(r.Without, func(s Signal) string { return string(s) }),
		Source:  record.SourceKind(r.Source), Role: record.Role(r.Role), SaidBy: r.SaidBy, SaidAfter: r.SaidAfter, SaidBefore: r.SaidBefore,
		Near: geo.Near(r.Location.Near), Within: r.Location.Within, ScopeView: string(r.ScopeView), Hops: r.Hops, Cursor: r.Cursor,
	}
}

// recalledOf converts answers for a caller.
func recalledOf(by *gate.Call, at recall.Point, started time.Time) func(question.Answer) Recalled {
	return func(a question.Answer) Recalled {
		out := Recalled{
			Hits: make([]Hit, len(a.Hits)), Confident: a.Confident, Tier: Tier(a.Tier), Seeds: each(a.Seeds, func(e record.EntityRef) EntityRef { return EntityRef(e) }),
			Trace:      Trace{ID: a.Trace, Tier: Tier(a.Tier), Reason: a.Reason, Vectors: vectorsFrom(by.Live.Core)},
			NextCursor: a.Cursor,
		}
		for i, h := range a.Hits {
			out.Hits[i] = newHit(h, at, by)
		}
		for _, b := range a.Beside {
			out.ContextHits = append(out.ContextHits, ContextHit{newHit(b.Hit, at, by), b.Of, EdgeKind(b.Why), b.Label})
		}
		for _, h := range a.Hits[:min(len(a.Hits), 5)] {
			out.Trace.TopScores = append(out.Trace.TopScores, h.Score)
		}
		if a.Conflict != nil {
			out.Trace.Vectors, out.Trace.Conflict = vectorsNone, a.Conflict.Error()
		}
		out.Trace.Duration = time.Since(started)
		return out
	}
}

// newHit converts a hit as it was at a point in time. It shows nothing that became known later, and no session or turn that the caller may
// not read.
func newHit(h recall.Hit, at recall.Point, by *gate.Call) Hit {
	out := Hit{ID: h.ID, Kind: Kind(h.Kind), Text: h.Text, Score: h.Score, Duplicates: h.Duplicates, Relevance: h.Relevance, Why: Why(h.Why), Partial: h.Partial}
	if len(h.Turns) > 1 {
		out.Turns = each(h.Turns, func(t recall.Turn) HitTurn {
			return HitTurn{ID: t.ID, Text: t.Text, Start: t.Start, SpokenAt: t.SpokenAt}
		})
		out.Text = strings.Join(each(h.Turns, func(t recall.Turn) string { return t.Text }), "\n")
	}
	switch {
	case h.Chunk != nil:
		out.OccurredAt, out.Source = h.Chunk.SpokenAt, sourceOfWords(h)
	case h.Fact != nil:
		f := h.Fact
		out.OccurredAt, out.Source = ingest.FirstTime(f.Valid.From, f.Known.From).UTC(), sourceOf(&h, &f.Source, f.Quote)
		if then := at.Fact(f); then != nil {
			h.Fact = then
		}
		out.Fact = new(Fact)
		out.Fact.fill(&h, by)
	case h.Instruction != nil:
		i := h.Instruction
		out.OccurredAt, out.Source = i.Known.From, sourceOf(&h, &i.Source, i.Quote)
	case h.Quoted != nil:
		out.OccurredAt, out.Source = h.Quoted.Source.At(), sourceOfPassage(h.Quoted)
	}
	out.Speaker = out.Source.Speaker
	return out
}
