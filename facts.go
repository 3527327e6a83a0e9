package spectron

import (
	"context"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Facts are the attributes and relations of a Context: what is known, and what was known before.
type Facts struct {
	context *contextHandle
}

// Facts returns the Context's facts.
func (c *Context) Facts() *Facts { return &Facts{&c.contextHandle} }

// Fact is an attribute or a relation, with its history.
type Fact struct {
	ID         string    `json:"id"`
	Kind       Kind      `json:"kind"` // KindAttribute or KindRelation
	Entity     EntityRef `json:"entity"`
	Key        string    `json:"key"`             // attribute key or relation label
	Value      string    `json:"value"`           // the value, or the name of Target
	Target     EntityRef `json:"target,omitzero"` // for relations
	Category   Category  `json:"category,omitempty"`
	Labels     []string  `json:"labels,omitempty"`
	Scopes     Scopes    `json:"scopes,omitempty"` // where it belongs, as far as the caller may know
	Confidence float64   `json:"confidence"`
	Importance float64   `json:"importance"`
	Pinned     bool      `json:"pinned,omitempty"`    // see Facts.Pin
	ValidFrom  time.Time `json:"validFrom,omitzero"`  // valid time: when it began to hold in the world; zero: unknown
	ValidUntil time.Time `json:"validUntil,omitzero"` // valid time: when it ceased to hold; zero: unknown, or it still holds
	KnownFrom  time.Time `json:"knownFrom,omitzero"`  // transaction time: when it was first believed
	KnownUntil time.Time `json:"knownUntil,omitzero"` // transaction time: until when it was believed; zero while it is
	RecordedAt time.Time `json:"recordedAt,omitzero"` // when the store recorded it
	RetiredAt  time.Time `json:"retiredAt,omitzero"`  // when the store closed it; zero while live
	Reason     string    `json:"reason,omitempty"`    // the reason given to Facts.Close; "" for facts that ended otherwise

	Supersedes   string `json:"supersedes,omitempty"` // id of the fact that it superseded
	SupersededBy string `json:"supersededBy,omitempty"`
	// Doubt says why the fact may no longer hold: the open uncertainty about it. Something was said later that tells of a change and was not
	// understood. Such a fact never leads an answer; a later clear statement settles it. "": there is none.
	Doubt string `json:"doubt,omitempty"`
	// Source says where it came from. In a Hit it is empty: Hit.Source says the same.
	Source Source `json:"source,omitzero"`
}

// PointInTime is a point in time at which the graph is read. All that is set must apply. The zero value is now. Times are between the
// years 1 and 9999.
type PointInTime struct {
	// AsOf asks what was believed at that time (transaction time): what became known later does not show, and what has been superseded
	// since is there again.
	AsOf time.Time
	// StoredAt asks what the store held at that time (system time), whenever it was believed. With AsOf it asks what the store said then
	// of what was believed. Which facts there were, and which of them had ended, is exact; the times of a fact that a later statement
	// has moved are those of now.
	StoredAt time.Time
	// ValidAt keeps facts that held in the world at that time, ValidFrom and ValidUntil those that held at some time between them, also if
	// they have ended since: as in RecallRequest. ValidAt goes without the two others.
	ValidAt, ValidFrom, ValidUntil time.Time
}

// FactQuery says which facts to list. The zero value lists all of them.
type FactQuery struct {
	Entity     EntityRef  // whom they are about, by any of its names; zero: anybody
	Key        string     // attribute key or relation label, in any spelling that Triple.Key takes; "": any
	Category   Category   // "": any
	Labels     []string   // all of these
	Lens       Scopes     // as in RecallRequest
	SourceKind SourceKind // what they were made from; "": any
	SessionID  string     // of the session that they came from; "": any
	// Live lists the facts that are live, Closed those that have ended; both, or neither, lists all of them. With At, what was live or
	// closed then.
	Live, Closed bool
	// At lists facts as they were at a point in time.
	At PointInTime

	Cursor    string // Page.NextCursor of the page before; "" from the start
	Limit     int    // 0: 100, at most 500
	Offset    int    // as in PageRequest
	WithTotal bool   // counts all of them: at once where only Live, Closed, Entity and Key narrow, else by reading all of them
}

// List lists facts that the caller may read, newest first: by when the store recorded them. A fact that is recorded meanwhile comes
// before the first page. An entity that nobody knows has no facts. Codes: CodeInvalid and CodeTooLarge with the Field; CodeNotFound for
// a session that the caller may not read; CodeForbidden for a strict key without a Lens.
func (f *Facts) List(ctx context.Context, q FactQuery) (Page[Fact], error) {
	return callMemory(ctx, f.context, "list facts", func(ctx context.Context, by *gate.Call) (Page[Fact], error) {
		return page(factsOf(by))(ingest.ListFacts(ctx, by, q.inner()))
	})
}

// All iterates over the facts, starting at the requested page. It stops after the first error: see PageRequest.
func (f *Facts) All(ctx context.Context, q FactQuery) iter.Seq2[Fact, error] {
	return all(ctx, q, f.List)
}

// Get returns a fact, live or closed. ErrNotFound: there is none of that id that the caller may read.
func (f *Facts) Get(ctx context.Context, id string) (*Fact, error) {
	return callMemory(ctx, f.context, "get fact", func(ctx context.Context, by *gate.Call) (*Fact, error) {
		return one(factsOf(by))(ingest.FindFact(by, id))
	})
}

// Close ends a fact that holds no longer, without a successor. It stays in the history, and in answers as of before; the reason is shown
// with it. Uncertainties about it are resolved. Codes: CodeNotFound; CodeForbidden without memory:write over all scopes of the fact, also
// those that the caller may not read; CodeConflict if it was closed already; CodeTooLarge for a reason of more than 1,000 bytes.
func (f *Facts) Close(ctx context.Context, id, reason string) error {
	return doMemory(ctx, f.context, "close fact", func(ctx context.Context, by *gate.Call) error { return ingest.CloseFact(ctx, by, id, reason) })
}

// Correct replaces the value of a live fact that was never true, and returns the fact with the right one: the name of the other end for a
// relation, which keeps its type. The new fact holds when the old one was said to, comes from the caller (Source.Kind SourceUpsert), and
// outweighs what is only said. The old one is kept, closed, and counts as never valid. For a value that has changed, remember the new
// value instead. Codes: as of Close; CodeConflict for a fact that was closed, and where another live fact has the value; CodeInvalid for
// an empty value, and the one that it has.
func (f *Facts) Correct(ctx context.Context, id, value string) (*Fact, error) {
	return callMemory(ctx, f.context, "correct fact", func(ctx context.Context, by *gate.Call) (*Fact, error) {
		corrected, err := ingest.CorrectFact(ctx, by, id, value)
		if err != nil {
			return nil, err
		}
		return one(factsOf(by))(ingest.FindFact(by, corrected))
	})
}

// Pin marks a live fact as pinned, which Fact.Pinned shows; pinned false removes the mark. The mark is for facts that fade: the importance
// of a pinned fact stays as it is. In this version nothing fades or expires by itself, so the mark has no other effect yet. A pinned fact
// is superseded, corrected and closed like any other. Codes: those of Close.
func (f *Facts) Pin(ctx context.Context, id string, pinned bool) error {
	return doMemory(ctx, f.context, "pin fact", func(ctx context.Context, by *gate.Call) error { return ingest.PinFact(ctx, by, id, pinned) })
}

func (q FactQuery) inner() ingest.FactQuery {
	return ingest.FactQuery{
		Entity: record.EntityRef(q.Entity), Key: q.Key, Category: record.Category(q.Category), Labels: q.Labels, Lens: q.Lens,
		Source: record.SourceKind(q.SourceKind), Session: q.SessionID, Live: q.Live, Closed: q.Closed, At: recall.Point(q.At),
		Page: paging.Request(q.page()),
	}
}

func (q FactQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q FactQuery) at(p PageRequest) FactQuery {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

// factsOf converts facts for a caller.
func factsOf(by *gate.Call) func(recall.Hit) Fact {
	return func(h recall.Hit) Fact {
		out := newFact(h, by)
		out.Source = sourceOf(h, h.Fact.Source, h.Fact.Quote)
		return out
	}
}

// newFact is a fact without its source.
func newFact(h recall.Hit, by *gate.Call) Fact {
	f := h.Fact
	return Fact{
		ID: f.ID, Kind: Kind(f.Kind), Entity: EntityRef(f.Entity), Key: f.Key, Value: f.Value, Target: EntityRef(f.Object), Category: Category(f.Category),
		Labels: append([]string(nil), f.Labels...), Scopes: newScopes(by.Seen(f.Scopes)), Confidence: f.Confidence, Importance: f.Importance, Pinned: f.Pinned,
		ValidFrom: f.Valid.From, ValidUntil: f.Valid.Until, KnownFrom: f.Known.From, KnownUntil: f.Known.Until, RecordedAt: f.RecordedAt, RetiredAt: f.RetiredAt,
		Reason: f.Reason, Supersedes: f.Supersedes, SupersededBy: f.SupersededBy, Doubt: h.Doubt,
	}
}

// sourceOf is where a record came from, without the session and the turn that the caller may not read.
func sourceOf(h recall.Hit, s record.Source, quote string) Source {
	out := Source{Kind: SourceKind(s.Kind), SessionID: s.Session, Quote: quote, Start: s.Span.Start, End: s.Span.End, Trust: s.Trust}
	if strings.HasPrefix(s.Ref, "turn:") {
		out.TurnID = s.Ref
	}
	if h.Spoken != nil {
		out.Role, out.Speaker, out.SpokenAt = Role(h.Spoken.Role), h.Spoken.Speaker, h.Spoken.SpokenAt
	}
	return veiled(out, h)
}

// sourceOfWords is where a hit of words came from.
func sourceOfWords(h recall.Hit) Source {
	c := h.Chunk
	return veiled(Source{
		Kind: SourceTurn, TurnID: c.Turn, SessionID: c.Session, Role: Role(c.Role), Speaker: c.Speaker, SpokenAt: c.SpokenAt,
		Quote: h.Text, Start: h.Start, End: h.Start + utf8.RuneCountInString(h.Text), Trust: ingest.Trust(c.Role),
	}, h)
}

// veiled is a source without what of it the caller may not know.
func veiled(out Source, h recall.Hit) Source {
	if h.NoSession {
		out.SessionID = ""
	}
	if h.NoTurn {
		out.TurnID, out.Role, out.Speaker, out.SpokenAt = "", "", "", time.Time{}
	}
	return out
}
