package question

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

const maxBytes = 16 << 10

// Request is a question as a caller asks it. RecallRequest of package spectron documents the fields.
type Request struct {
	Text                    string
	K                       int
	Mode                    string
	Session, ExcludeSession string
	ExcludeTurns            []string // ids of turns whose words are not found
	Speaker                 string
	Lens                    [][]string
	Labels                  []string
	Kinds                   []record.Kind
	Category                record.Category
	At                      recall.Point
	Closed                  bool
	GroupBy                 string
	AllHits, Weak, Whole    bool
	MinRelevance            float64
	Words, Vectors          float64
	Without                 []string
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
		Words: r.Words, Vectors: r.Vectors, MinRelevance: r.MinRelevance, Weak: r.Weak, Whole: r.Whole, Subject: by.Subject(), Reads: by.Visible(),
		Seen: func(scopes record.ScopeSet) bool { return len(by.Seen(scopes)) > 0 },
	}
	if err := input.Text("Query", q.Text, maxBytes); err != nil {
		return q, err
	}
	if q.Without, err = r.ranking(); err != nil {
		return q, err
	}
	switch {
	case record.Blank(q.Text):
		return q, fault.Bad("Query", "empty")
	case r.K < 0 || r.K > index.MaxK:
		return q, fault.Bad("K", "%d is not between 1 and %d", r.K, index.MaxK)
	}
	at, err := r.At.Checked("")
	if err != nil {
		return q, err
	}
	q.StoredAt = at.StoredAt
	if q.Mode, q.Any, err = r.mode(); err != nil {
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
	}
	return 0, false, fault.Bad("Mode", "unknown mode %q; the modes are hybrid, bm25 and vector", r.Mode)
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
		ValidFrom: at.ValidFrom, ValidUntil: at.ValidUntil, Closed: r.Closed, Category: r.Category, Kinds: r.Kinds,
	}
	switch r.Category {
	case "", record.Identity, record.Knowledge, record.Context:
	default:
		return f, fault.Bad("Category", "unknown category %q; the categories are identity, knowledge and context", r.Category)
	}
	for _, k := range r.Kinds {
		switch k {
		case record.KindMemoryChunk, record.KindAttribute, record.KindRelation, record.KindInstruction:
		default:
			return f, fault.Bad("Kinds", "unknown kind %q", k)
		}
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
