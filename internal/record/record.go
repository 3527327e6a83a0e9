// Package record has the plain types of stored records: turns, chunks, facts and their sources, with their names and comparisons. It does
// no I/O, so that the pure packages (extract, reconcile, index, scope) can share it.
package record

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Role says who spoke a turn.
type Role string

// The four roles of a turn.
const (
	User      Role = "user"
	Assistant Role = "assistant"
	System    Role = "system"
	Tool      Role = "tool"
)

// Category is the kind of memory that a fact belongs to. It decides the initial importance of a fact and how fast it fades.
type Category string

// The three categories. Context facts are short-lived and may hold several live values for one key.
const (
	Identity  Category = "identity"
	Knowledge Category = "knowledge"
	Context   Category = "context"
)

// Importance returns the initial importance of a fact of the category, from 0 to 1.
func (c Category) Importance() float64 {
	switch c {
	case Identity:
		return 1.0
	case Context:
		return 0.5
	default:
		return 0.8
	}
}

// Kind is the kind of a stored record or of a search hit.
type Kind string

// The kinds. Search returns the first four.
const (
	KindMemoryChunk Kind = "memory_chunk"
	KindAttribute   Kind = "attribute"
	KindRelation    Kind = "relation"
	KindInstruction Kind = "instruction"
	KindEntity      Kind = "entity"
	KindChunk       Kind = "chunk"
	KindSection     Kind = "section"
	KindTurn        Kind = "turn"
	KindSession     Kind = "session"
	KindUncertainty Kind = "uncertainty"
)

// ScopeSet says where a record belongs: an OR of clauses, each an AND of scope paths. A stored record has at least one clause. The root
// alone is {{"/"}}.
type ScopeSet [][]string

// Span is the range [Start, End) of a quote in its origin, counted in Unicode code points.
type Span struct {
	Start int `cbor:"start" json:"start"`
	End   int `cbor:"end" json:"end"`
}

// Empty reports whether the span is empty.
func (s Span) Empty() bool { return s.End <= s.Start }

// Len returns the number of code points in the span.
func (s Span) Len() int { return max(0, s.End-s.Start) }

// Overlaps reports whether two spans share a code point.
func (s Span) Overlaps(other Span) bool { return s.Start < other.End && other.Start < s.End }

// Quote returns the part of text that the span covers; "" if the span does not lie inside the text.
func (s Span) Quote(text string) string {
	if s.Empty() || s.Start < 0 {
		return ""
	}
	start, end, n := -1, -1, 0
	for i := range text {
		if n == s.Start {
			start = i
		}
		if n == s.End {
			end = i
			break
		}
		n++
	}
	if end < 0 && utf8.RuneCountInString(text) == s.End {
		end = len(text)
	}
	if start < 0 || end < 0 {
		return ""
	}
	return text[start:end]
}

// SourceKind is the kind of the origin of a fact.
type SourceKind string

// The kinds of source.
const (
	FromTurn          SourceKind = "turn"
	FromDocument      SourceKind = "document"
	FromUpsert        SourceKind = "upsert"
	FromReflect       SourceKind = "reflect"
	FromElaboration   SourceKind = "elaboration"
	FromConsolidation SourceKind = "consolidation"
)

// Derived reports whether facts of the kind are conclusions: nobody said them.
func (k SourceKind) Derived() bool {
	return k == FromReflect || k == FromElaboration || k == FromConsolidation
}

// Source is the provenance of a fact. Every stored fact has one.
type Source struct {
	Kind        SourceKind
	Ref         string   // record id of the origin: "turn:…", "document:…"
	Session     string   // session id; "" if there is none
	Span        Span     // position of the quote in the origin; empty for facts that were given as triples
	Trust       float64  // 0 to 1
	DerivedFrom []string // ids of the facts and turns that this one was concluded from
	Shown       []string // ids of the other facts and turns that it may quote, because a model saw them when it wrote it
}

// Rests returns the ids of the facts and turns with which a conclusion is erased.
func (s *Source) Rests() []string { return slices.Concat(s.DerivedFrom, s.Shown) }

// entityTypes maps words to the closed set of entity types. Every other word becomes TypeOther.
var entityTypes = map[string]string{
	"person": "person", "people": "person", "human": "person", "user": "person",
	"organisation": "organisation", "organization": "organisation", "company": "organisation", "org": "organisation",
	"employer": "organisation", "team": "organisation", "institution": "organisation",
	"project": "project", "location": "location", "place": "location", "city": "location", "country": "location",
	"topic": "topic", "subject": "topic", "product": "product", "tool": "product", "software": "product",
	"policy": "policy", "rule": "policy", "concept": "concept", "idea": "concept", "event": "event", "meeting": "event",
	"agent": "agent", "assistant": "agent", "bot": "agent", "service": "service", "api": "service",
	"unknown": "unknown", "other": "other",
}

// The entity types that rules and reconciliation use by name.
const (
	TypePerson       = "person"
	TypeOrganisation = "organisation"
	TypeProject      = "project"
	TypeLocation     = "location"
	TypeTopic        = "topic"
	TypeProduct      = "product"
	TypeEvent        = "event"
	TypeUnknown      = "unknown"
	TypeOther        = "other"
)

// EntityType folds the type that a caller or a model gave into the closed set. Near-synonyms become one type (company, org and organization
// become organisation). An unknown word becomes "other".
func EntityType(s string) string {
	if t, ok := entityTypes[strings.ToLower(strings.TrimSpace(s))]; ok {
		return t
	}
	return TypeOther
}

// EntityTypes lists the closed set of types.
func EntityTypes() []string {
	return []string{
		TypePerson, TypeOrganisation, TypeProject, TypeLocation, TypeTopic, TypeProduct, "policy", "concept", TypeEvent,
		"agent", "service", TypeUnknown, TypeOther,
	}
}

// EntityRef names an entity by its type and its name, as they were written.
type EntityRef struct {
	Type string
	Name string
}

// Key is the identity of the entity: the folded type and the normalised name, "person/alice-smith".
func (e EntityRef) Key() string { return e.KeyAfter("") }

// KeyAfter returns the key with something before it.
func (e EntityRef) KeyAfter(prefix string) string {
	class := EntityType(e.Type)
	if !simple(e.Name) {
		return prefix + class + "/" + Normalise(e.Name)
	}
	var b strings.Builder
	b.Grow(len(prefix) + len(class) + 1 + len(e.Name))
	b.WriteString(prefix)
	b.WriteString(class)
	b.WriteByte('/')
	normaliseSimple(&b, e.Name)
	return b.String()
}

// UserEntity is the entity that "I" refers to until the speaker is named.
var UserEntity = EntityRef{Type: TypePerson, Name: "user"}

// Interval is a span of time from From up to, but not including, Until. A zero end is open.
type Interval struct {
	From  time.Time
	Until time.Time
}

// Contains reports whether t lies in [From, Until).
func (i Interval) Contains(t time.Time) bool {
	return (i.From.IsZero() || !t.Before(i.From)) && (i.Until.IsZero() || t.Before(i.Until))
}
