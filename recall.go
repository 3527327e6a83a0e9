package spectron

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Mode says how to search.
type Mode string

// The modes. With "" the question itself decides: one that names an entity and one of its keys is answered
// from the graph, every other by hybrid search, which widens when it finds nothing convincing.
const (
	ModeHybrid Mode = "hybrid" // words and vectors, fused
	ModeBM25   Mode = "bm25"   // words alone
	ModeVector Mode = "vector" // vectors alone
)

// Tier says how an answer was found, cheapest first.
type Tier string

// The tiers.
const (
	TierDirect      Tier = "direct"       // read from the graph, no search
	TierHybrid      Tier = "hybrid"       // searched
	TierFullContext Tier = "full_context" // searched again, wider, because the first search was weak
)

// RecallRequest is a question to memory.
type RecallRequest struct {
	Query string // at most 16 KiB; of words alone the first 256 different ones count
	K     int    // hits wanted; 0: 10, at most 50
	Mode  Mode
	// SessionID keeps to one session, ExcludeSessionID leaves one out.
	SessionID        string
	ExcludeSessionID string
	// Lens keeps what belongs to these scopes or to one above them; empty: everything the caller may read.
	Lens Scopes
	// Labels keeps what has all of these.
	Labels []string
	// Kinds keeps hits of these kinds; empty: all.
	Kinds    []Kind
	Category Category
	// AsOf asks what was believed at that time: nothing that became known later shows, and what has been
	// superseded since shows again. Zero: now.
	AsOf time.Time
	// ValidAt keeps facts that held at that time, ValidFrom and ValidUntil those that held at some time between
	// them, also facts that have ended since; values that were corrected never held. A key of one value has one at each
	// time. A fact of which nothing is known but that it held once passes for the time before, unless another value is known
	// to have come before it; words that were said always pass.
	ValidAt    time.Time
	ValidFrom  time.Time
	ValidUntil time.Time
	// IncludeClosed finds facts that have ended as well: superseded ones, and those that no longer hold. Their
	// Fact.KnownUntil and SupersededBy say so. AsOf decides by itself.
	IncludeClosed bool
	// GroupBy GroupBySession gives one hit for each session: the best of it, in the order of what whole sessions have of the question.
	// It gives up to K, as IncludeWeak does.
	// What belongs to no session, or to one that the caller may not read, is a hit by itself. The graph is not asked then.
	GroupBy GroupBy
	// IncludeDuplicates gives near-identical texts a place each, and a fact beside the words that it was taken from.
	IncludeDuplicates bool
	// MinRelevance leaves out hits whose Relevance is less, 0 to 1; 0: none. From 0.3 on a hit is likely about the question; what is
	// said in other words than those of the question has less, unless an embedder knows that they mean the same.
	MinRelevance float64
	// IncludeWeak gives up to K hits, however far they are behind the best. Otherwise a hit of hybrid search has at least a fifth
	// of the best Score and of the best Relevance; and where the best hit is a fact or a note of at most 25 words, others like it have
	// up to four fifths of its Score, the more the more of the question it answers: few hits where one fact is meant, many where several
	// say as much. What leads by words, or by vectors where they weigh more, is a hit in any case where K is 2 or more, if MinRelevance
	// lets it through.
	IncludeWeak bool
	// Excerpts shows of a long hit the sentences that matter to the question alone, as Hit.Partial says: about a quarter fewer tokens for a
	// model to read, and one answer in thirty is in what is left out. ModeVector gives whole texts in any case.
	Excerpts bool
	// Weights say how much words and vectors count in hybrid search. The zero value gives none and leaves it to the store: words 1, and
	// vectors 0.4 for an embedder of Options.Embedder. The built-in one knows of spelling alone and counts as far as nothing has the
	// words of the question.
	Weights Weights
	// Without leaves signals out of the ranking of hybrid search, to see what they are worth.
	Without []Signal
}

// GroupBy says what is one hit.
type GroupBy string

// GroupBySession makes one hit of each session. With "" each record is one, and what a speaker types in a row.
const GroupBySession GroupBy = "session"

// Weights are those of words and of vectors in hybrid search, each from 0 to 1000: their scores are added in standard deviations
// over what is compared. Only their ratio matters. A leg of weight 0 does not take part when the other has one.
type Weights struct {
	Words   float64
	Vectors float64
}

// Signal is a part of the ranking of hybrid search beside words and vectors.
type Signal string

// The signals.
const (
	SignalNeighbours Signal = "neighbours" // the words of the turns around one
	SignalUtterances Signal = "utterances" // the turns that one speaker types in a row are one
	SignalSpeaker    Signal = "speaker"    // the question names who said it
	SignalDates      Signal = "dates"      // the question names when it was said, or asks when
	SignalQuestions  Signal = "questions"  // a turn that only asks answers nothing
	SignalVerbosity  Signal = "verbosity"  // what is said at length has the words by chance
	SignalFacts      Signal = "facts"      // facts and the turns that tell them support each other, and outdated values are behind
)

var signals = map[Signal]index.Signal{
	SignalNeighbours: index.Neighbours, SignalUtterances: index.Utterances, SignalSpeaker: index.Speaker, SignalDates: index.Dates,
	SignalQuestions: index.Questions, SignalVerbosity: index.Verbosity,
	SignalFacts: index.Facts,
}

// Signals returns all signals, by name.
func Signals() []Signal { return slices.Sorted(maps.Keys(signals)) }

// Why says what the score of a hit is made of: what each signal adds, all in the same measure. Their sum is the score before it is
// brought to between 0 and 1. All are 0 for hits that were read from the graph.
type Why struct {
	Words      float64 `json:"words"`      // BM25 of the words of the hit itself
	Neighbours float64 `json:"neighbours"` // words of the turns around it
	Speaker    float64 `json:"speaker"`    // who said it
	Dates      float64 `json:"dates"`      // when it was said, or that it says when
	Questions  float64 `json:"questions"`  // below 0: it only asks
	Verbosity  float64 `json:"verbosity"`  // below 0: its role talks at length; above 0: less than others
	Facts      float64 `json:"facts"`      // below 0: it tells a value in whose place another one is now
	Vectors    float64 `json:"vectors"`
	Prior      float64 `json:"prior"` // importance and recency, which decide between equals
}

// HitTurn is one of the turns that a hit consists of.
type HitTurn struct {
	ID       string    `json:"id"`
	Text     string    `json:"text"`  // what of the turn matters to the question
	Start    int       `json:"start"` // where Text stands in the turn, in code points
	SpokenAt time.Time `json:"spokenAt,omitzero"`
}

// Recalled is the answer to a question.
type Recalled struct {
	Hits []Hit `json:"hits"` // best first
	// Confident says that a hit is likely about what is asked: it was read from the graph, or has a Relevance of at least 0.3. Where it
	// is false, memory has rather nothing to say; hits are there all the same unless MinRelevance leaves them out. It tells questions
	// about another world from those that can be answered. A question about something that was talked of, for a detail that nobody
	// gave, has the words of what was said: half of such questions are answered with confidence.
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
	TopScores []float64     `json:"topScores,omitempty"` // of the first hits, at most 5
	Vectors   string        `json:"vectors,omitempty"`   // "lexical" for the built-in embedder, "embedder" for one from the options, "none" with a Conflict
	// Conflict says why words alone were searched although no mode asked for that: the vectors of the Context are of another
	// embedder. The other modes fail with ErrConflict then.
	Conflict string `json:"conflict,omitempty"`
}

// Hit is a record that was found.
type Hit struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// Text is the words as they were said, or the fact as a sentence. With RecallRequest.Excerpts it may be a part of them: see Partial.
	Text string `json:"text"`
	// Partial says that Text is a part of what was said: a passage of the turn, of which Source.Start and End say where it stands, or some
	// of the turns in a row, and passages of them. A turn of more than 1,200 characters is always found in pieces. Sessions.Turns gives any
	// turn.
	Partial bool `json:"partial,omitempty"`
	// Score is 0 to 1: that of the best hit is its Relevance, and those behind it are in proportion. 1 is a fact read from the graph.
	Score float64 `json:"score"`
	// Relevance is how much of the question the hit answers, 0 to 1, and compares between questions and stores: the part of its words,
	// by how rare they are, that the hit has, or half of that for words that stand in the turns around it; or how far its vector
	// stands out from those of other texts, whichever is more. Words that nothing has count fully, the names of those who speak and
	// common words little. A fact read from the graph has 1, and so have the words that it was taken from.
	Relevance float64 `json:"relevance"`
	// OccurredAt is when it was said, or from when a fact holds as far as known.
	OccurredAt time.Time `json:"occurredAt,omitzero"`
	Speaker    string    `json:"speaker,omitempty"` // who said it, where that is known: the Speaker of Source
	Source     Source    `json:"source,omitzero"`
	Fact       *Fact     `json:"fact,omitempty"` // set for attributes and relations
	// Turns are those that the hit consists of, in their order, where a speaker typed several in a row: Text is theirs, one a line,
	// and ID, Quote and the rest of Source are of the one that fits best. Empty where it is one turn, or a piece of one.
	Turns []HitTurn `json:"turns,omitempty"`
	Why   Why       `json:"why,omitzero"`
	// Duplicates are the ids of records that this one stands for: those with nearly the same words, and of a fact and the words that
	// it was taken from the one that has less of the question.
	Duplicates []string `json:"duplicates,omitempty"`
}

// Source is where a record came from.
type Source struct {
	Kind      string    `json:"kind"`             // turn, document, upsert, reflect, elaboration or consolidation
	TurnID    string    `json:"turnId,omitempty"` // "" for facts that no turn gave
	SessionID string    `json:"sessionId,omitempty"`
	Role      Role      `json:"role,omitempty"`    // of the turn
	Speaker   string    `json:"speaker,omitempty"` // of the turn; "" where nobody knows who said it
	SpokenAt  time.Time `json:"spokenAt,omitzero"`
	Quote     string    `json:"quote,omitempty"` // the words that the record was taken from
	Start     int       `json:"start"`           // where Quote stands in the turn, in code points
	End       int       `json:"end"`
	Trust     float64   `json:"trust"` // 0 to 1
}

// Fact is an attribute or a relation, with its history.
type Fact struct {
	Entity     EntityRef `json:"entity"`
	Key        string    `json:"key"`             // attribute key or relation label
	Value      string    `json:"value"`           // the value, or the name of Target
	Target     EntityRef `json:"target,omitzero"` // of a relation
	Category   Category  `json:"category,omitempty"`
	Confidence float64   `json:"confidence"`
	Importance float64   `json:"importance"`
	ValidFrom  time.Time `json:"validFrom,omitzero"` // when it held in the world; zero: unknown or open
	ValidUntil time.Time `json:"validUntil,omitzero"`
	KnownFrom  time.Time `json:"knownFrom,omitzero"`  // when it was believed
	KnownUntil time.Time `json:"knownUntil,omitzero"` // zero while it is
	RecordedAt time.Time `json:"recordedAt,omitzero"` // when the store took it in
	RetiredAt  time.Time `json:"retiredAt,omitzero"`  // and when it closed it; zero while live

	Supersedes   string `json:"supersedes,omitempty"` // id of the fact whose place it took
	SupersededBy string `json:"supersededBy,omitempty"`
	// Doubt says why the fact may no longer hold: the open uncertainty about it. Something was said later that tells of a change and was not
	// understood. Such a fact never leads an answer; a later clear statement settles it. "": there is none.
	Doubt string `json:"doubt,omitempty"`
}

// Recall answers a question with the records that fit it best. It reads from memory; what a Remember that
// returned has stored is found. Vectors find something near in whatever there is, so that a query which nothing answers may give
// hits all the same: their Relevance is low then, and Confident is false. To find nothing is no error.
//
// The caller gets what it may read, and nothing shows of what it may not: a Lens beyond that finds nothing.
//
// Codes: CodeInvalid and CodeTooLarge name the field; CodeModel of Options.Embedder when the embedder fails or gives what is no
// vector; CodeConflict for ModeHybrid, ModeVector and Weights without Words when the vectors of the Context are of another embedder
// (see Options.Embedder); CodeForbidden for a strict key that does not say where.
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
			q.Mode = index.Lexical // whatever is there: nothing is embedded for a caller who finds nothing
		}
		if q.Mode != index.Lexical {
			embed := func() ([]float32, error) { return core.EmbedQuery(ctx, m.context.state, q.Text) }
			q.Quick = !core.StoresVectors
			q.Embed = func() (vector []float32, err error) {
				if core.StoresVectors { // a model may take no notice of ctx; the built-in embedder takes microseconds
					vector, err = live.Await(ctx, m.context.state, embed)
				} else {
					vector, err = embed()
				}
				if q.Any && fault.Is(err, fault.Conflict) && (q.Words > 0 || q.Vectors == 0) {
					conflict = err // words are searched, and the answer says so
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
			out.Hits = append(out.Hits, newHit(h, req.AsOf.UTC()))
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
	case !req.ValidAt.IsZero() && (!req.ValidFrom.IsZero() || !req.ValidUntil.IsZero()):
		return q, invalid(op, "ValidAt", "excludes ValidFrom and ValidUntil")
	case !req.ValidUntil.IsZero() && req.ValidUntil.Before(req.ValidFrom):
		return q, invalid(op, "ValidUntil", "before ValidFrom")
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
		return q, invalid(op, "Mode", "unknown mode %q; there are hybrid, bm25 and vector", req.Mode)
	}
	switch req.GroupBy {
	case "":
	case GroupBySession:
		q.Sessions = q.Seen
	default:
		return q, invalid(op, "GroupBy", "unknown group %q; there is session", req.GroupBy)
	}
	lens, err := scope.ParseSet(req.Lens)
	if err != nil {
		return q, &Error{Op: op, Code: CodeInvalid, Field: "Lens", Err: err}
	}
	labels, err := input.Labels("Labels", req.Labels)
	if err != nil {
		return q, err
	}
	if err := m.mustName(ctx, op, s, lens); err != nil {
		return q, err
	}
	q.Reads = s.Visible()
	q.Filter = index.Filter{
		Visible: s.Through(recall.Through(lens)), Within: s.Within(), Lens: lens, Labels: labels, AsOf: req.AsOf.UTC(), At: req.ValidAt.UTC(),
		ValidFrom: req.ValidFrom.UTC(), ValidUntil: req.ValidUntil.UTC(), Closed: req.IncludeClosed,
	}
	switch req.Category {
	case "", CategoryIdentity, CategoryKnowledge, CategoryContext:
		q.Filter.Category = record.Category(req.Category)
	default:
		return q, invalid(op, "Category", "unknown category %q; there are identity, knowledge and context", req.Category)
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

// mustName refuses a strict key that does not say where, or reaches beyond what it may read.
func (m *Memory) mustName(ctx context.Context, op string, s *gate.Call, lens record.ScopeSet) error {
	if !s.Strict() {
		return nil
	}
	if len(lens) == 0 {
		return s.Deny(ctx, gate.Denial{Field: "Lens", Verb: authz.MemoryRead, Detail: "a strict key has to say where: name a lens"})
	}
	return s.Require(ctx, "Lens", authz.MemoryRead, lens)
}

// newHit is a hit as it was at asOf: nothing learned later shows, nor the session and the turn that the caller may not read.
func newHit(h recall.Hit, asOf time.Time) Hit {
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
		out.Source = newSource(f.Source, f.Quote, h.Spoken)
		out.Fact = &Fact{
			Doubt:  h.Doubt,
			Entity: EntityRef(f.Entity), Key: f.Key, Value: f.Value, Target: EntityRef(f.Object), Category: Category(f.Category),
			Confidence: f.Confidence, Importance: f.Importance, ValidFrom: f.Valid.From, ValidUntil: f.ValidAsOf(asOf).Until,
			KnownFrom: f.Known.From, RecordedAt: f.RecordedAt, Supersedes: f.Supersedes,
		}
		if asOf.IsZero() || !asOf.Before(f.Known.Until) {
			out.Fact.KnownUntil, out.Fact.RetiredAt, out.Fact.SupersededBy = f.Known.Until, f.RetiredAt, f.SupersededBy
		}
	case h.Instruction != nil:
		i := h.Instruction
		out.OccurredAt = i.Known.From
		out.Source = newSource(i.Source, i.Quote, h.Spoken)
	}
	if h.NoSession {
		out.Source.SessionID = ""
	}
	if h.NoTurn {
		out.Source.TurnID, out.Source.Role, out.Source.Speaker, out.Source.SpokenAt = "", "", "", time.Time{}
	}
	out.Speaker = out.Source.Speaker
	return out
}

func newSource(s record.Source, quote string, spoken *record.Chunk) Source {
	out := Source{
		Kind: string(s.Kind), SessionID: s.Session, Quote: quote, Start: s.Span.Start, End: s.Span.End, Trust: s.Trust,
	}
	if strings.HasPrefix(s.Ref, "turn:") {
		out.TurnID = s.Ref
	}
	if spoken != nil {
		out.Role, out.Speaker, out.SpokenAt = Role(spoken.Role), spoken.Speaker, spoken.SpokenAt
	}
	return out
}
