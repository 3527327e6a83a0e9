package question

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/geo"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

const (
	maxBytes = 16 << 10
	// maxK is the maximum number of hits of a page, and maxDepth that of all pages of a question. A listing has no maxDepth.
	maxK     = 50
	maxDepth = index.MaxK
)

// Request is a question as a caller asks it. RecallRequest of package spectron documents the fields. Its JSON is bound to cursors: see bound.
type Request struct {
	Text                    string   `json:",omitzero"`
	K                       int      `json:",omitzero"`
	Mode                    string   `json:",omitzero"`
	Session, ExcludeSession string   `json:",omitzero"`
	ExcludeTurns            []string `json:",omitzero"` // ids of turns whose words are not found
	// Said is set if Text is said in a turn that is not stored yet. The trace of the question then has no text: it would outlive that turn.
	Said                 bool            `json:",omitzero"`
	Speaker              string          `json:",omitzero"`
	Lens                 [][]string      `json:",omitzero"`
	Labels               []string        `json:",omitzero"`
	Kinds                []record.Kind   `json:",omitzero"`
	Category             record.Category `json:",omitzero"`
	At                   recall.Point    `json:",omitzero"`
	Closed               bool            `json:",omitzero"`
	GroupBy              string          `json:",omitzero"`
	AllHits, Weak, Whole bool            `json:",omitzero"`
	MinRelevance         float64         `json:",omitzero"`
	Words, Vectors       float64         `json:",omitzero"`
	Without              []string        `json:",omitzero"`

	Source                record.SourceKind `json:",omitzero"`
	Role                  record.Role       `json:",omitzero"`
	SaidBy                string            `json:",omitzero"`
	SaidAfter, SaidBefore time.Time         `json:",omitzero"`
	Near                  geo.Near          `json:",omitzero"`
	Within                string            `json:",omitzero"`
	ScopeView             string            `json:",omitzero"`
	Hops                  int               `json:",omitzero"`
	Cursor                string            `json:",omitzero"`
	Beside                bool              `json:"-"` // the answer of the first page also has what is beside its hits
}

// signals are the signals that a request may leave out, by name.
var signals = map[string]index.Signal{
	"neighbours": index.Neighbours, "utterances": index.Utterances, "speaker": index.Speaker, "dates": index.Dates,
	"questions": index.Questions, "verbosity": index.Verbosity, "facts": index.Facts,
}

// Signals returns the names of the signals, sorted.
func Signals() []string { return slices.Sorted(maps.Keys(signals)) }

// Query validates the request and returns the query, limited to what the caller may see.
func (r Request) Query(ctx context.Context, by *gate.Call) (q recall.Query, err error) {
	q = recall.Query{
		Text: strings.TrimSpace(r.Text), K: r.K, Now: by.Live.Now(), AllHits: r.AllHits, Semantic: by.Live.Core.StoresVectors,
		Words: r.Words, Vectors: r.Vectors, MinRelevance: r.MinRelevance, Weak: r.Weak, Whole: r.Whole, Subject: by.Subject(), Importance: by.Live.Importance, Reads: by.Visible(),
		Seen: func(scopes record.ScopeSet) bool { return len(by.Seen(scopes)) > 0 },
	}
	if err := input.Text("Query", q.Text, maxBytes); err != nil {
		return q, err
	}
	if q.Without, err = r.ranking(); err != nil {
		return q, err
	}
	q.Listed = record.Blank(q.Text)
	switch {
	case q.Listed && !r.narrows():
		return q, fault.Bad("Query", "empty, and so are all filters")
	case r.K < 0 || r.K > maxK:
		return q, fault.Bad("K", "%d is not between 1 and %d", r.K, maxK)
	case r.Hops < 0 || r.Hops > recall.MaxHops:
		return q, fault.Bad("Hops", "%d is not between 1 and %d", r.Hops, recall.MaxHops)
	case r.Hops > 0 && r.Mode != graph:
		return q, fault.Bad("Hops", "only ModeGraph reads the graph step by step")
	}
	at, err := r.At.Checked("")
	if err != nil {
		return q, err
	}
	q.StoredAt = at.StoredAt
	if q.Mode, q.Any, err = r.mode(); err != nil {
		return q, err
	}
	if err := r.combines(&q); err != nil {
		return q, err
	}
	if q.Listed && len(r.Kinds) > 0 && !recall.Remembers(r.Kinds) {
		return q, fault.Bad("Kinds", "without a Query, what is remembered is listed; Documents().List lists documents, and Chunks what they say")
	}
	q.Graph, q.Hops = r.Mode == graph, r.Hops
	if q.Told, err = r.told(); err != nil {
		return q, err
	}
	switch r.GroupBy {
	case "":
	case "session":
		q.Sessions = q.Seen
	default:
		return q, fault.Bad("GroupBy", "unknown grouping %q; the only grouping is session", r.GroupBy)
	}
	if q.Speaker, err = input.Speaker("Speaker", r.Speaker); err != nil {
		return q, err
	}
	if q.Filter, err = r.filter(ctx, by, at); err == nil && !by.Reaches(q.Filter.Lens) {
		q.Mode = index.Lexical // this caller can find nothing, so the question is not embedded
	}
	return q, err
}

// ranking validates the fields of the request for the ranking, and returns the signals to leave out.
func (r Request) ranking() (without []index.Signal, err error) {
	for _, w := range []struct {
		field string
		value float64
	}{{"Weights.Words", r.Words}, {"Weights.Vectors", r.Vectors}} {
		if !(w.value >= 0 && w.value <= index.MaxWeight) { // the negated form also refuses NaN
			return nil, fault.Bad(w.field, "%v is not between 0 and %d", w.value, index.MaxWeight)
		}
	}
	if !(r.MinRelevance >= 0 && r.MinRelevance <= 1) {
		return nil, fault.Bad("MinRelevance", "%v is not between 0 and 1", r.MinRelevance)
	}
	for _, name := range r.Without {
		signal, ok := signals[name]
		if !ok {
			return nil, fault.Bad("Without", "unknown signal %q; Signals lists them", name)
		}
		without = append(without, signal)
	}
	return without, nil
}

// mode returns the requested mode, and whether none was requested.
func (r Request) mode() (mode index.Mode, unset bool, err error) {
	switch r.Mode {
	case "":
		return index.Hybrid, true, nil
	case "hybrid":
		return index.Hybrid, false, nil
	case "bm25":
		return index.Lexical, false, nil
	case "vector":
		return index.Vector, false, nil
	case graph:
		return index.Lexical, true, nil
	}
	return 0, false, fault.Bad("Mode", "unknown mode %q; the modes are hybrid, bm25, vector and graph", r.Mode)
}

const graph = "graph"

// narrows reports whether the request has a condition on records, so that it means something without a question.
func (r Request) narrows() bool {
	return r.Session != "" || r.ExcludeSession != "" || len(r.Lens)+len(r.Labels)+len(r.Kinds) > 0 || r.Category != "" || r.At != (recall.Point{}) ||
		r.Source != "" || r.Role != "" || r.SaidBy != "" || !r.SaidAfter.IsZero() || !r.SaidBefore.IsZero() || r.Near != (geo.Near{}) || r.Within != ""
}

// combines refuses fields that mean nothing together.
func (r Request) combines(q *recall.Query) error {
	switch {
	case q.Listed && r.Mode != "":
		return fault.Bad("Mode", "it says how to search, but the Query is empty")
	case q.Listed && r.GroupBy != "":
		return fault.Bad("GroupBy", "a list without a Query cannot be grouped")
	case q.Listed && r.MinRelevance > 0:
		return fault.Bad("MinRelevance", "without a Query nothing is relevant")
	case r.Mode == graph && r.GroupBy != "":
		return fault.Bad("GroupBy", "ModeGraph finds facts, not sessions")
	case r.Mode == graph && !r.At.StoredAt.IsZero():
		return fault.Bad("StoredAt", "ModeGraph reads what is stored now; AsOf works")
	}
	return nil
}

// told validates the fields of the request about how records were told.
func (r Request) told() (out recall.Told, err error) {
	switch r.Role {
	case "", record.User, record.Assistant, record.System, record.Tool:
	default:
		return out, fault.Bad("Role", "unknown role %q; the roles are user, assistant, system and tool", r.Role)
	}
	if out.By, err = input.Speaker("SaidBy", r.SaidBy); err != nil {
		return out, err
	}
	if err := input.Time("SaidAfter", r.SaidAfter); err != nil {
		return out, err
	}
	if err := input.Time("SaidBefore", r.SaidBefore); err != nil {
		return out, err
	}
	out.Role, out.After, out.Before = r.Role, r.SaidAfter.UTC(), r.SaidBefore.UTC()
	if !out.Before.IsZero() && !out.After.Before(out.Before) {
		return out, fault.Bad("SaidBefore", "is not after SaidAfter")
	}
	area, err := geo.NewArea("Location.", r.Near, r.Within)
	if err == nil && area != nil {
		out.In = area.Contains
	}
	return out, err
}

// filter validates the fields of the request that select records, and returns the filter. It lets through only what the caller may see.
func (r Request) filter(ctx context.Context, by *gate.Call, at recall.Point) (f index.Filter, err error) {
	labels, err := input.Labels("Labels", r.Labels)
	if err != nil {
		return f, err
	}
	lens, err := by.Lens(ctx, r.Lens)
	if err != nil {
		return f, err
	}
	f = index.Filter{
		Visible: by.Through(recall.Through(lens)), Within: by.Within(), Lens: lens, Labels: labels, AsOf: at.AsOf, At: at.ValidAt,
		ValidFrom: at.ValidFrom, ValidUntil: at.ValidUntil, Closed: r.Closed, Category: r.Category, Source: r.Source,
	}
	switch r.Category {
	case "", record.Identity, record.Knowledge, record.Context:
	default:
		return f, fault.Bad("Category", "unknown category %q; the categories are identity, knowledge and context", r.Category)
	}
	if f.Kinds, err = r.kinds(); err != nil {
		return f, err
	}
	switch r.Source {
	case "", record.FromTurn, record.FromDocument, record.FromUpsert, record.FromReflect, record.FromElaboration, record.FromConsolidation:
	default:
		return f, fault.Bad("Source", "unknown kind of source %q", r.Source)
	}
	switch r.ScopeView {
	case "", "strict", "merged", "crossTeam":
	default:
		return f, fault.Bad("ScopeView", "unknown view %q; the views are strict, merged and crossTeam", r.ScopeView)
	}
	if r.Session != "" {
		f.Session = ingest.SessionID(r.Session)
	}
	if r.ExcludeSession != "" {
		f.ExcludeSession = ingest.SessionID(r.ExcludeSession)
	}
	if len(r.ExcludeTurns) > 0 {
		f.ExcludeIDs = by.Live.View.Load().ChunksOfTurns(r.ExcludeTurns)
	}
	return f, nil
}

// groups are names for several kinds.
var groups = map[record.Kind][]record.Kind{
	"facts":    {record.KindAttribute, record.KindRelation, record.KindInstruction},
	"passages": {record.KindMemoryChunk, record.KindChunk},
}

// maxKinds is the maximum number of kinds in a request.
const maxKinds = 16

// kinds returns the requested kinds of records, with those of groups.
func (r Request) kinds() (out []record.Kind, err error) {
	if len(r.Kinds) > maxKinds {
		return nil, fault.Over("Kinds", len(r.Kinds), maxKinds, "kinds")
	}
	for _, k := range r.Kinds {
		switch k {
		case record.KindMemoryChunk, record.KindAttribute, record.KindRelation, record.KindInstruction, record.KindChunk, record.KindSection:
			out = append(out, k)
			continue
		}
		if groups[k] == nil {
			return nil, fault.Bad("Kinds", "unknown kind %q", k)
		}
		out = append(out, groups[k]...)
	}
	return out, nil
}
