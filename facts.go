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

// Facts are the attributes and relations of a Context, live and closed.
type Facts struct {
	context *contextHandle
}

// Facts returns the Context's facts.
func (c *Context) Facts() *Facts { return &Facts{&c.contextHandle} }

// Fact is an attribute or a relation, with its history.
type Fact struct {
	ID         string    `json:"id"`              // "attribute:…" or "relation:…"
	Kind       Kind      `json:"kind"`            // KindAttribute or KindRelation
	Entity     EntityRef `json:"entity"`          // what the fact is about
	Key        string    `json:"key"`             // attribute key or relation label
	Value      string    `json:"value"`           // the value, or the name of Target
	Target     EntityRef `json:"target,omitzero"` // for relations
	Category   Category  `json:"category,omitempty"`
	Labels     []string  `json:"labels,omitempty"`
	Scopes     Scopes    `json:"scopes,omitempty"`    // where it belongs: the clauses that the caller may read
	Confidence float64   `json:"confidence"`          // 0 to 1
	Importance float64   `json:"importance"`          // 0 to 1
	Pinned     bool      `json:"pinned,omitempty"`    // see Facts.Pin
	ValidFrom  time.Time `json:"validFrom,omitzero"`  // valid time: when it began to hold in the world; zero: unknown
	ValidUntil time.Time `json:"validUntil,omitzero"` // valid time: when it ceased to hold; zero: unknown, or it still holds
	KnownFrom  time.Time `json:"knownFrom,omitzero"`  // transaction time: when it was first believed
	KnownUntil time.Time `json:"knownUntil,omitzero"` // transaction time: until when it was believed; zero while it is believed
	RecordedAt time.Time `json:"recordedAt,omitzero"` // when the store recorded it
	RetiredAt  time.Time `json:"retiredAt,omitzero"`  // when the store closed it; zero while it is live
	Reason     string    `json:"reason,omitempty"`    // the reason given to Facts.Close; "expired": see Lifecycle.Expire; "" for facts that ended in another way, except conclusions that lost their evidence

	// Proofs and Evidence are for observations and conclusions. Evidence is empty in Hit.Fact. An observation is a value that was told again
	// and again: see Memory.Consolidate. A conclusion is a fact from SourceReflect, SourceElaboration or SourceConsolidation, which nobody
	// said: see Memory.Elaborate. Proofs is the number of its proofs. Evidence has the ids of the facts and turns that it rests on, as far as
	// the caller may read them. A conclusion is closed as soon as one of these facts is closed, is in doubt while one of them is in doubt, and is
	// erased when one of them is erased. What is said about its key supersedes it, and it is never stored against what was said.
	Proofs   int      `json:"proofs,omitempty"`
	Evidence []string `json:"evidence,omitempty"`

	Supersedes   string `json:"supersedes,omitempty"`   // id of the fact that it superseded
	SupersededBy string `json:"supersededBy,omitempty"` // id of the fact that superseded it
	// Doubt is the reason of the open uncertainty that puts the fact in doubt: a later statement tells of a change but was not understood.
	// Such a fact never leads an answer. A later clear statement settles the doubt. "": the fact is not in doubt.
	Doubt string `json:"doubt,omitempty"`
	// Source says where the fact came from. It is empty in Hit.Fact, because Hit.Source says the same.
	Source Source `json:"source,omitzero"`
}

// PointInTime is a point in time at which the graph is read. All fields that are set must apply. The zero value is now. Times are between
// the years 1 and 9999.
type PointInTime struct {
	// AsOf asks what was believed at that time (transaction time). Facts that became known later are hidden, and facts that have been
	// superseded since are visible again.
	AsOf time.Time
	// StoredAt asks what the store held at that time (system time), whenever it was believed. Together with AsOf it asks what the store, at
	// StoredAt, said was believed at AsOf. The set of facts, and which of them had ended, is exact. If a later statement has changed the
	// times of a fact, the fact has its current times.
	StoredAt time.Time
	// ValidAt keeps facts that held in the world at that time. ValidFrom and ValidUntil keep facts that held at some time between them.
	// Both include facts that have ended since, as in RecallRequest. ValidAt cannot be combined with ValidFrom and ValidUntil.
	ValidAt, ValidFrom, ValidUntil time.Time
}

// FactQuery selects a page of facts. The zero value lists all of them. Its last four fields are those of PageRequest.
type FactQuery struct {
	Entity     EntityRef  // the entity that they are about, by any of its names; zero: any
	Key        string     // attribute key or relation label, in any spelling that Triple.Key takes; "": any
	Category   Category   // "": any
	Labels     []string   // only facts with all of these labels
	Lens       Scopes     // as in RecallRequest
	SourceKind SourceKind // kind of their source; "": any
	SessionID  string     // the session that they came from; "": any
	// Live selects live facts, and Closed selects facts that have ended. Both, or neither, select all. With At, the state at that time
	// counts.
	Live, Closed bool
	// At lists the facts as they were at a point in time.
	At PointInTime

	Cursor    string // Page.NextCursor of the page before; "" from the start
	Limit     int    // 0: 100, at most 500
	Offset    int    // as in PageRequest
	WithTotal bool   // counts all matching facts: without extra reads if only Live, Closed, Entity and Key are set, otherwise by reading all of them
}

// List lists the facts that the caller may read, ordered by RecordedAt, the newest first. A fact that is recorded meanwhile appears before
// the first page. An unknown entity has no facts. Codes: CodeInvalid and CodeTooLarge with the Field; CodeNotFound for a session that the
// caller may not read; CodeForbidden for a strict key without a Lens, or with one beyond its grants.
func (f *Facts) List(ctx context.Context, q FactQuery) (Page[Fact], error) {
	return callMemory(ctx, f.context, "list facts", func(ctx context.Context, by *gate.Call) (Page[Fact], error) {
		return page(factsOf(by))(ingest.ListFacts(ctx, by, q.inner()))
	})
}

// All iterates over the facts, starting at the requested page. It stops after the first error: see PageRequest.
func (f *Facts) All(ctx context.Context, q FactQuery) iter.Seq2[Fact, error] {
	return all(ctx, q, f.List)
}

// Get returns a fact, live or closed. ErrNotFound: no fact with that id is visible to the caller.
func (f *Facts) Get(ctx context.Context, id string) (*Fact, error) {
	return callMemory(ctx, f.context, "get fact", func(ctx context.Context, by *gate.Call) (*Fact, error) {
		return one(factsOf(by))(ingest.FindFact(by, id))
	})
}

// Close ends a fact that no longer holds, without a successor. The fact stays in the history and in answers as of earlier times.
// Fact.Reason shows the reason. Uncertainties about the fact are resolved. Codes: CodeNotFound; CodeForbidden without memory:write over all
// scopes of the fact, also those that the caller may not read; CodeConflict if the fact was closed before; CodeInvalid and CodeTooLarge
// with the Field: a reason has at most 1,000 bytes.
func (f *Facts) Close(ctx context.Context, id, reason string) error {
	return doMemory(ctx, f.context, "close fact", func(ctx context.Context, by *gate.Call) error { return ingest.CloseFact(ctx, by, id, reason) })
}

// Correct replaces the value of a live fact if that value was never true, and returns the fact with the right value. For a relation, value
// is the name of the new target, which keeps its type. The new fact has the valid time of the old one, comes from the caller
// (SourceUpsert), and has more weight than extracted facts. The old fact is kept, closed, and counts as never valid. If a value has
// changed, remember the new value instead.
//
// Codes: those of Close; CodeConflict if the fact was closed before, or if another live fact has the value; CodeInvalid for an empty value,
// and for the value that the fact already has; CodeTooLarge for a value of more than 16 KiB.
func (f *Facts) Correct(ctx context.Context, id, value string) (*Fact, error) {
	return callMemory(ctx, f.context, "correct fact", func(ctx context.Context, by *gate.Call) (*Fact, error) {
		corrected, err := ingest.CorrectFact(ctx, by, id, value)
		if err != nil {
			return nil, err
		}
		return one(factsOf(by))(ingest.FindFact(by, corrected))
	})
}

// Pin marks a live fact as pinned, which Fact.Pinned shows. If pinned is false, it removes the mark. A pinned fact keeps the importance
// that it has then: it does not fade, does not gain, and does not expire (see Lifecycle). It can be superseded, corrected and closed like any
// other. Codes: CodeNotFound, CodeForbidden and CodeConflict as of Close.
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
	return func(h recall.Hit) (out Fact) {
		out.fill(&h, by)
		out.Source = sourceOf(&h, &h.Fact.Source, h.Fact.Quote)
		return out
	}
}

// fill sets all but the source.
func (out *Fact) fill(h *recall.Hit, by *gate.Call) {
	f := h.Fact
	out.ID, out.Kind, out.Entity, out.Key, out.Value, out.Target = f.ID, Kind(f.Kind), EntityRef(f.Entity), f.Key, f.Value, EntityRef(f.Object)
	out.Category, out.Labels, out.Scopes, out.Pinned = Category(f.Category), append([]string(nil), f.Labels...), newScopes(by.Seen(f.Scopes)), f.Pinned
	out.Confidence, out.Importance = f.Confidence, by.Live.Importance(f)
	out.ValidFrom, out.ValidUntil, out.KnownFrom, out.KnownUntil = f.Valid.From, f.Valid.Until, f.Known.From, f.Known.Until
	out.RecordedAt, out.RetiredAt, out.Reason, out.Supersedes, out.SupersededBy = f.RecordedAt, f.RetiredAt, f.Reason, f.Supersedes, f.SupersededBy
	out.Proofs, out.Evidence, out.Doubt = f.Proofs, h.Evidence, h.Doubt
}

// sourceOf returns the source of a record, without the session and the turn if the caller may not read them.
func sourceOf(h *recall.Hit, s *record.Source, quote string) Source {
	out := Source{Kind: SourceKind(s.Kind), SessionID: s.Session, Quote: quote, Start: s.Span.Start, End: s.Span.End, Trust: s.Trust}
	if strings.HasPrefix(s.Ref, "turn:") {
		out.TurnID = s.Ref
	}
	if strings.HasPrefix(s.Ref, "decision_trace:") {
		out.TraceID = s.Ref
	}
	if h.Spoken != nil {
		out.Role, out.Speaker, out.SpokenAt = Role(h.Spoken.Role), h.Spoken.Speaker, h.Spoken.SpokenAt
		out.Location = locationText(h.Spoken.Location)
	}
	if w := h.Written; w != nil {
		out.Document = newDocumentRef(&w.Passage, &w.Source)
	}
	return veiled(out, h)
}

// sourceOfWords returns the source of a hit that is a passage of a turn.
func sourceOfWords(h recall.Hit) Source {
	c := h.Chunk
	return veiled(Source{
		Kind: SourceTurn, TurnID: c.Turn, SessionID: c.Session, Role: Role(c.Role), Speaker: c.Speaker, SpokenAt: c.SpokenAt, Location: locationText(c.Location),
		Quote: h.Text, Start: h.Start, End: h.Start + utf8.RuneCountInString(h.Text), Trust: ingest.Trust(c.Role),
	}, &h)
}

// sourceOfPassage returns the source of a hit that is a part of a document.
func sourceOfPassage(q *recall.Quoted) Source {
	return Source{
		Kind: SourceDocument, Document: newDocumentRef(&q.Passage, &q.Source), Quote: q.Text, Start: q.Start, End: q.End, Trust: ingest.TrustIn(&q.Passage),
	}
}

func newDocumentRef(p *record.Passage, d *record.Document) *DocumentRef {
	return &DocumentRef{ID: d.ID, ChunkID: p.ID, Title: d.Title, Source: d.Source, Section: sectionText(p.Section), SectionPath: p.Section, Page: p.Page}
}

// veiled removes from a source what the caller may not know.
func veiled(out Source, h *recall.Hit) Source {
	if h.NoSession {
		out.SessionID = ""
	}
	if h.NoTurn {
		out.TurnID, out.Role, out.Speaker, out.SpokenAt, out.Location = "", "", "", time.Time{}, ""
	}
	return out
}

// locationText returns a location as "lat,lng"; "" if it is unknown.
func locationText(l *record.Location) string {
	if l == nil {
		return ""
	}
	return l.String()
}
