package spectron

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
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
)

// Tier says how an answer was found, cheapest first.
type Tier string

// The tiers.
const (
	TierDirect      Tier = "direct"       // read from the graph, without a search
	TierHybrid      Tier = "hybrid"       // found by hybrid search
	TierFullContext Tier = "full_context" // found by a second, wider search, because the first was weak
)

// RecallRequest is a question to memory.
type RecallRequest struct {
	Query string // at most 16 KiB; a search by words uses the first 256 different words
	K     int    // maximum number of hits; 0: 10, at most 50
	Mode  Mode
	// SessionID restricts the search to one session. ExcludeSessionID leaves one session out.
	SessionID        string
	ExcludeSessionID string
	// Speaker names the person who asks: "I" and "my" in the question mean this person. It is a name given as Message.Speaker or by
	// the person. Empty: the speaker of SessionID, or the Subject of the caller's principal, or the speakers in the scopes of the question.
	Speaker string
	// Lens keeps records that belong to these scopes or to scopes above them. Empty: everything the caller may read.
	Lens Scopes
	// Labels keeps records that have all of these labels.
	Labels []string
	// Kinds keeps hits of these kinds; empty: all.
	Kinds    []Kind
	Category Category
	// AsOf asks what was believed at that time. Records that became known later are hidden, and values that have been
	// superseded since are visible again. Zero: now.
	AsOf time.Time
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

// GroupBy selects what forms one hit.
type GroupBy string

// GroupBySession returns one hit per session. With "" each record is a hit, and so are consecutive turns of one speaker.
const GroupBySession GroupBy = "session"

// Weights has the weights of words and vectors in hybrid search, each from 0 to 1000. The scores of both legs are added in
// standard deviations over the compared rows, so only the ratio of the weights matters. A leg of weight 0 is skipped if the
// other has a weight.
type Weights struct {
	Words   float64
	Vectors float64
}

// Signal is a part of the ranking of hybrid search, beside words and vectors.
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

var signals = map[Signal]index.Signal{
	SignalNeighbours: index.Neighbours, SignalUtterances: index.Utterances, SignalSpeaker: index.Speaker, SignalDates: index.Dates,
	SignalQuestions: index.Questions, SignalVerbosity: index.Verbosity,
	SignalFacts: index.Facts,
}

// Signals returns all signals, sorted by name.
func Signals() []Signal { return slices.Sorted(maps.Keys(signals)) }

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
	ID       string    `json:"id"`
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
	Trace Trace       `json:"trace"`
}

// Trace says how an answer was found.
type Trace struct {
	Duration  time.Duration `json:"durationNs"`
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
	// Text has the words as they were said, or the fact as a sentence. With RecallRequest.Excerpts it may be shortened (see Partial).
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
	// OccurredAt is when the words were said, or when the fact began to hold, as far as known.
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

// Source says where a record came from.
type Source struct {
	Kind      string    `json:"kind"`             // turn, document, upsert, reflect, elaboration or consolidation
	TurnID    string    `json:"turnId,omitempty"` // "" for facts that came from no turn
	SessionID string    `json:"sessionId,omitempty"`
	Role      Role      `json:"role,omitempty"`    // role of the turn
	Speaker   string    `json:"speaker,omitempty"` // speaker of the turn; "" if unknown
	SpokenAt  time.Time `json:"spokenAt,omitzero"`
	Quote     string    `json:"quote,omitempty"` // the words that the record was taken from
	Start     int       `json:"start"`           // position of Quote in the turn, in code points
	End       int       `json:"end"`
	Trust     float64   `json:"trust"` // 0 to 1
}

// Recall answers a question with the records that match it best. It finds the result of every Remember that has returned.
// Vector search always finds a nearest record, so a query without an answer may still return hits. Their Relevance is low then,
// and Confident is false. An empty result is not an error.
//
// The caller gets only records that it may read. A Lens outside of its grants finds nothing.
//
// Codes: CodeInvalid and CodeTooLarge name the field; CodeModel with the Field Options.Embedder if the embedder fails or returns
// an invalid vector; CodeConflict for ModeHybrid, ModeVector and Weights without Words if the vectors of the Context come from
// another embedder (see Options.Embedder); CodeForbidden for a strict key without a Lens, or with one beyond its grants.
func (m *Memory) Recall(ctx context.Context, req RecallRequest) (*Recalled, error) {
	const op = "recall"
	started := time.Now()
	answer := func(ctx context.Context, s *gate.Call) (*Recalled, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		q, err := m.query(ctx, op, s, req)
		if err != nil {
			return nil, err
		}
		core := m.context.state.Core
		var embedding, conflict error
		if !s.Reaches(q.Filter.Lens) {
			q.Mode = index.Lexical // this caller can find nothing, so the question is not embedded
		}
		if q.Mode != index.Lexical {
			embed := func() ([]float32, error) { return core.EmbedQuery(ctx, m.context.state, q.Text) }
			q.Quick = !core.StoresVectors
			q.Embed = func() (vector []float32, err error) {
				if core.StoresVectors { // a model may ignore ctx; the built-in embedder takes microseconds
					vector, err = live.Await(ctx, m.context.state, embed)
				} else {
					vector, err = embed()
				}
				if q.Any && fault.Is(err, fault.Conflict) && (q.Words > 0 || q.Vectors == 0) {
					conflict = err // search by words alone, and report it in the Trace
					return nil, nil
				}
				embedding = err
				return vector, err
			}
		}
		found, err := m.context.state.View.Load().Recall(ctx, q)
		switch {
		case embedding != nil:
			return nil, live.FailEmbedding(ctx, embedding)
		case errors.Is(err, index.ErrDimension):
			return nil, live.FailEmbedding(ctx, err)
		case err != nil:
			return nil, fail(op, err)
		}
		out := &Recalled{Hits: make([]Hit, 0, len(found.Hits)), Confident: found.Confident, Tier: Tier(found.Tier), Trace: Trace{Tier: Tier(found.Tier), Reason: found.Reason, Vectors: vectorsLexical}}
		switch {
		case conflict != nil:
			out.Trace.Vectors, out.Trace.Conflict = vectorsNone, conflict.Error()
		case core.StoresVectors:
			out.Trace.Vectors = vectorsEmbedder
		}
		for _, e := range found.Seeds {
			out.Seeds = append(out.Seeds, EntityRef(e))
		}
		for _, h := range found.Hits {
			out.Hits = append(out.Hits, newHit(h, req.AsOf.UTC(), s))
			if len(out.Trace.TopScores) < 5 {
				out.Trace.TopScores = append(out.Trace.TopScores, h.Score)
			}
		}
		out.Trace.Duration = time.Since(started)
		return out, nil
	}
	return callMemory(ctx, m.context, op, func(ctx context.Context, s *gate.Call) (*Recalled, error) { return gate.Read(ctx, s, answer) })
}

// query checks a request.
func (m *Memory) query(ctx context.Context, op string, s *gate.Call, req RecallRequest) (recall.Query, error) {
	q := recall.Query{Text: strings.TrimSpace(req.Query), K: req.K, Now: m.context.state.Now(), AllHits: req.IncludeDuplicates}
	if err := input.Text("Query", q.Text, maxQueryBytes); err != nil {
		return q, err
	}
	for _, w := range []struct {
		field string
		value float64
	}{{"Weights.Words", req.Weights.Words}, {"Weights.Vectors", req.Weights.Vectors}} {
		if !(w.value >= 0 && w.value <= index.MaxWeight) {
			return q, invalid(op, w.field, "%v is not between 0 and %d", w.value, index.MaxWeight)
		}
	}
	if !(req.MinRelevance >= 0 && req.MinRelevance <= 1) {
		return q, invalid(op, "MinRelevance", "%v is not between 0 and 1", req.MinRelevance)
	}
	q.Words, q.Vectors, q.Semantic = req.Weights.Words, req.Weights.Vectors, m.context.state.Core.StoresVectors
	q.Seen = func(scopes record.ScopeSet) bool { return len(s.Seen(scopes)) > 0 }
	q.MinRelevance, q.Weak, q.Whole = req.MinRelevance, req.IncludeWeak, !req.Excerpts
	for _, name := range req.Without {
		signal, ok := signals[name]
		if !ok {
			return q, invalid(op, "Without", "unknown signal %q; Signals lists them", name)
		}
		q.Without = append(q.Without, signal)
	}
	switch {
	case record.Blank(q.Text):
		return q, invalid(op, "Query", "empty")
	case req.K < 0 || req.K > index.MaxK:
		return q, invalid(op, "K", "%d is not between 1 and %d", req.K, index.MaxK)
	}
	at, err := recall.Point{AsOf: req.AsOf, ValidAt: req.ValidAt, ValidFrom: req.ValidFrom, ValidUntil: req.ValidUntil}.Checked("")
	if err != nil {
		return q, err
	}
	switch req.Mode {
	case "":
		q.Any = true
	case ModeHybrid:
	case ModeBM25:
		q.Mode = index.Lexical
	case ModeVector:
		q.Mode = index.Vector
	default:
		return q, invalid(op, "Mode", "unknown mode %q; the modes are hybrid, bm25 and vector", req.Mode)
	}
	switch req.GroupBy {
	case "":
	case GroupBySession:
		q.Sessions = q.Seen
	default:
		return q, invalid(op, "GroupBy", "unknown grouping %q; the only grouping is session", req.GroupBy)
	}
	if q.Speaker, err = input.Speaker("Speaker", req.Speaker); err != nil {
		return q, err
	}
	q.Subject = s.Subject()
	labels, err := input.Labels("Labels", req.Labels)
	if err != nil {
		return q, err
	}
	lens, err := s.Lens(ctx, req.Lens)
	if err != nil {
		return q, err
	}
	q.Reads = s.Visible()
	q.Filter = index.Filter{
		Visible: s.Through(recall.Through(lens)), Within: s.Within(), Lens: lens, Labels: labels, AsOf: at.AsOf, At: at.ValidAt,
		ValidFrom: at.ValidFrom, ValidUntil: at.ValidUntil, Closed: req.IncludeClosed,
	}
	switch req.Category {
	case "", CategoryIdentity, CategoryKnowledge, CategoryContext:
		q.Filter.Category = record.Category(req.Category)
	default:
		return q, invalid(op, "Category", "unknown category %q; the categories are identity, knowledge and context", req.Category)
	}
	for _, k := range req.Kinds {
		switch k {
		case KindMemoryChunk, KindAttribute, KindRelation, KindInstruction:
			q.Filter.Kinds = append(q.Filter.Kinds, record.Kind(k))
		default:
			return q, invalid(op, "Kinds", "unknown kind %q", k)
		}
	}
	if req.SessionID != "" {
		q.Filter.Session = ingest.SessionID(req.SessionID)
	}
	if req.ExcludeSessionID != "" {
		q.Filter.ExcludeSession = ingest.SessionID(req.ExcludeSessionID)
	}
	return q, nil
}

// newHit is a hit as it was at asOf: nothing learned later shows, nor the session and the turn that the caller may not read.
func newHit(h recall.Hit, asOf time.Time, by *gate.Call) Hit {
	out := Hit{ID: h.ID, Kind: Kind(h.Kind), Text: h.Text, Score: h.Score, Duplicates: h.Duplicates, Relevance: h.Relevance, Why: Why(h.Why), Partial: h.Partial}
	if len(h.Turns) > 1 {
		lines := make([]string, len(h.Turns))
		for i, t := range h.Turns {
			out.Turns, lines[i] = append(out.Turns, HitTurn{ID: t.ID, Text: t.Text, Start: t.Start, SpokenAt: t.SpokenAt}), t.Text
		}
		out.Text = strings.Join(lines, "\n")
	}
	switch {
	case h.Chunk != nil:
		c := h.Chunk
		out.OccurredAt = c.SpokenAt
		out.Source = Source{
			Kind: string(record.FromTurn), TurnID: c.Turn, SessionID: c.Session, Role: Role(c.Role), Speaker: c.Speaker, SpokenAt: c.SpokenAt,
			Quote: h.Text, Start: h.Start, End: h.Start + utf8.RuneCountInString(h.Text), Trust: ingest.Trust(c.Role),
		}
	case h.Fact != nil:
		f := h.Fact
		out.OccurredAt = ingest.FirstTime(f.Valid.From, f.Known.From).UTC()
		out.Source = sourceOf(h, f.Source, f.Quote)
		if then := (recall.Point{AsOf: asOf}).Fact(f); then != nil {
			h.Fact = then
		}
		fact := newFact(h, by)
		out.Fact = &fact
	case h.Instruction != nil:
		i := h.Instruction
		out.OccurredAt = i.Known.From
		out.Source = sourceOf(h, i.Source, i.Quote)
	}
	out.Source = veiled(out.Source, h)
	out.Speaker = out.Source.Speaker
	return out
}
