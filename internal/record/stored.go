package record

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Session is a conversation: turns in order.
type Session struct {
	ID        string // "session:…"
	Scopes    ScopeSet
	Metadata  map[string]any
	Turns     int      // how many it has had
	Speakers  []string // who has said "I" in it, in the order in which they were first heard; at most MaxSpeakers
	CreatedAt time.Time
	MovedAt   time.Time // when it was written to last; zero: not since MovedAt is kept
	// Closed says that a part of the session was erased: for those who may write where the rest belongs, and not read there, it
	// is gone.
	Closed bool
}

// MaxSpeakers is how many speakers a session lists. Whoever comes after them is on record with each turn.
const MaxSpeakers = 100

// Speaker is who says "I" in the session when nothing else tells; "" while nobody is known, and once there are several.
func (s *Session) Speaker() string {
	if len(s.Speakers) == 1 {
		return s.Speakers[0]
	}
	return ""
}

// Turn is one message of a session, word for word.
type Turn struct {
	ID         string // "turn:…"
	Session    string
	Seq        int // position in the session, from 0
	Role       Role
	Speaker    string // name of who said it; "" while unknown
	Content    string
	SpokenAt   time.Time
	RecordedAt time.Time
	Scopes     ScopeSet
	Labels     []string
}

// Chunk is a piece of a turn's text as search sees it: all of a short turn, a part of a long one. When it was recorded,
// and where it stands in its session, its turn says.
type Chunk struct {
	ID         string // "memory_chunk:…"
	Turn       string
	Session    string
	Role       Role
	Speaker    string // of the turn
	Text       string
	Seq        int // of the turn in its session; 0 also for chunks of versions that did not say
	Start      int // where in the turn, in code points
	SpokenAt   time.Time
	KnownFrom  time.Time
	RecordedAt time.Time // of the turn
	Scopes     ScopeSet
	Labels     []string
	Category   Category
	Vector     []float32
}

// Entity is a thing that facts are about, as it is known in one scope set: nothing of that shows in another one. What makes it
// the same thing in all of them is its key alone.
type Entity struct {
	ID string // "appearance:…"
	EntityRef
	Category   Category
	Importance float64
	Scopes     ScopeSet
	CreatedAt  time.Time
	UpdatedAt  time.Time
	// RetiredAt is when it was deleted; zero: it was not. The facts of that time stay, closed. Whoever writes of the entity again makes
	// another row.
	RetiredAt time.Time
}

// Fact is an attribute or a relation: an entity has a value for a key, or stands in a relation to another.
// It is live until it is closed; a closed fact stays, with who took its place.
type Fact struct {
	ID         string // "attribute:…" or "relation:…"
	Kind       Kind   // KindAttribute or KindRelation
	Entity     EntityRef
	Key        string    // attribute key or relation label
	Value      string    // the value, or the object's name as it was written
	Object     EntityRef // the other end of a relation
	Many       bool      // whether the slot holds one live fact for each value
	Past       bool      // whether it was told as something that had ended
	Beside     bool      // whether it was told as another one beside what a key of one value holds: a second job
	By         Teller    // whether its subject told it
	Category   Category
	Scopes     ScopeSet
	Labels     []string
	Source     Source
	Quote      string // the words it was taken from; "" for triples
	Confidence float64
	Importance float64
	Valid      Interval // when it held in the world, as far as known
	Known      Interval // when it was believed; open while live
	RecordedAt time.Time
	RetiredAt  time.Time // zero while live
	// ToldUntil is the end of Valid as it was told with the fact; Valid.Until may have been learned when it was
	// closed.
	ToldUntil time.Time
	// Seq is the number of the fact in the order in which the Context took facts in, from 1; 0 for those of versions that did
	// not count.
	Seq int64
	// Spoken is when it was said.
	Spoken time.Time
	// BegunBy is the end of the period in which it is said to have begun ("in 2020"); zero where Valid.From is when it began,
	// or nothing is known of that.
	BegunBy time.Time
	// Again are the times, in order, at which it was said to hold once more. They are kept for keys of one value.
	Again []time.Time
	// Yielded says that another fact took the place of this one without its having ended: it was corrected, or goes on as the
	// other one. It held at no time of its own.
	Yielded bool
	// EndedBy is what said that it ended, where nothing took its place: the id of a turn, or of the trace of a write; "" else.
	EndedBy string
	// Reason is what a caller gave who closed or corrected it.
	Reason string
	// Pinned says that its importance stays as it is.
	Pinned bool

	Supersedes   string
	SupersededBy string
	Vector       []float32
}

// Teller says who told a fact.
type Teller string

// The tellers. "" is for facts that nobody said, such as those of documents, and for those of versions that took no note of it.
const (
	BySubject Teller = "subject" // who the fact is about
	ByOther   Teller = "other"   // somebody else
)

// Contested reports whether a fact of a key of one value stands beside the head because the two contradict.
func (f *Fact) Contested() bool { return f.Many && !f.Beside && f.Category != Context }

// Live reports whether the fact has not been closed.
func (f *Fact) Live() bool { return f.RetiredAt.IsZero() }

// ValidAsOf is when the fact held in the world, as far as that was known at t; the zero time is now.
func (f *Fact) ValidAsOf(t time.Time) Interval {
	if t.IsZero() || f.Known.Until.IsZero() || !t.Before(f.Known.Until) {
		return f.Valid
	}
	return Interval{From: f.Valid.From, Until: f.ToldUntil}
}

// Position is where the fact has its place in the order in which the values of its key held: when it began, or the first time
// at which it is known to have held. It stays the same when the beginning is worked out from what preceded it.
func (f *Fact) Position() time.Time {
	switch {
	case !f.BegunBy.IsZero():
		at := f.Spoken
		if f.BegunBy.Before(at) {
			at = f.BegunBy
		}
		if at.Before(f.Valid.From) {
			at = f.Valid.From
		}
		return at
	case !f.Valid.From.IsZero():
		return f.Valid.From
	}
	return f.Spoken
}

// CompareInTime orders the facts of a key by their positions, and those of one position by the order in which they were taken in.
func CompareInTime(a, b *Fact) int {
	return cmp.Or(a.Position().Compare(b.Position()), cmp.Compare(a.Seq, b.Seq), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID))
}

// slotSeparator cannot occur in normalised names, and scope keys do not use it.
const slotSeparator = "\x1d"

// Slot is the place that the fact fills while it is live: entity, key and scope set, and the value as well
// where the key holds several live facts or the fact speaks of the past. scopeKey is scope.Key of its scope set.
func (f *Fact) Slot(scopeKey string) string {
	parts := []string{string(f.Kind), f.Entity.Key(), f.Key, scopeKey}
	if f.Many {
		parts = append(parts, f.SameAs())
	}
	if f.Past {
		parts = append(parts, f.SameAs(), f.Valid.From.UTC().Format(time.DateOnly), f.Valid.Until.UTC().Format(time.DateOnly))
	}
	return slot(parts...)
}

// maxSlot bounds a slot in bytes: it is the key of a unique index.
const maxSlot = 512

// slot joins the parts of a slot. A long one is replaced by its hash.
func slot(parts ...string) string {
	s := strings.Join(parts, slotSeparator)
	if len(s) <= maxSlot {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// SameAs is what the values of two facts are compared by: the object's identity for a relation, SameValue for an
// attribute.
func (f *Fact) SameAs() string {
	if f.Kind == KindRelation {
		return f.Object.Key()
	}
	return SameValue(f.Value)
}

// SameValue is what attribute values are compared by: without regard to case, the width of characters and white
// space, and without a full stop at the end. Other symbols count: -5 is not 5.
func SameValue(s string) string {
	value := strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
	if trimmed := strings.TrimRight(value, ".,;"); trimmed != "" {
		return trimmed
	}
	return value
}

// Text renders the fact as a sentence, which is what search finds it by: "Alice works at Acme",
// "Alice's role is CTO".
func (f *Fact) Text() string {
	name := displayName(f.Entity)
	key := strings.ReplaceAll(f.Key, "_", " ")
	if f.Kind == KindAttribute {
		verb := " is "
		if f.Past {
			verb = " was "
		}
		return name + "'s " + key + verb + f.Value
	}
	object := f.Value
	if f.Object == UserEntity {
		object = "the user"
	}
	if kin[f.Key] {
		return name + "'s " + key + " is " + object
	}
	if p, ok := phrases[f.Key]; ok {
		key = p
	}
	if f.Past {
		key = "formerly " + key
	}
	return name + " " + key + " " + object
}

// phrases are the verbs of relation labels that are not verbs themselves.
var phrases = map[string]string{
	"from": "is from", "born_in": "was born in", "allergic_to": "is allergic to", "engaged_to": "is engaged to",
	"acquainted_with": "is acquainted with", "friends_with": "is friends with", Account: "speaks as", Alias: "is another name of",
}

// Account is the label of the relation from a name that a speaker said to the one by which the caller calls her: both are one
// person, whose facts are filed under the second.
const Account = "account"

// Alias is the label of the relation from a name to the entity that a caller has merged it into. Unlike Account it counts whatever else
// is known under the name.
const Alias = "alias_of"

// kin are the relation labels that are nouns: "Alice's sister is Anna".
var kin = map[string]bool{
	"sister": true, "brother": true, "sibling": true, "mother": true, "father": true, "parent": true, "child": true,
	"son": true, "daughter": true, "spouse": true, "wife": true, "husband": true, "partner": true, "friend": true,
	"colleague": true, "boss": true, "manager": true, "neighbour": true, "roommate": true, "pet": true, "cousin": true,
	"aunt": true, "uncle": true, "grandmother": true, "grandfather": true, "niece": true, "nephew": true, "mentor": true,
	"doctor": true, "teacher": true, "girlfriend": true, "boyfriend": true, "fiance": true, "fiancee": true,
}

func displayName(e EntityRef) string {
	if e == UserEntity {
		return "The user"
	}
	return e.Name
}

// Instruction is a standing order to the agent.
type Instruction struct {
	ID          string // "instruction:…"
	Label       string
	Description string
	Active      bool
	Scopes      ScopeSet
	Labels      []string
	Source      Source
	Quote       string
	Confidence  float64
	Known       Interval
	RecordedAt  time.Time
	RetiredAt   time.Time
	Vector      []float32
}

// Slot is the place that an active instruction fills: the same order is not kept twice in a scope set.
func (i *Instruction) Slot(scopeKey string) string {
	return slot(SameOrder(i.Description), scopeKey)
}

// SameOrder is what instructions are compared by: the normalised words, without courtesies.
func SameOrder(description string) string {
	words := slices.DeleteFunc(strings.Split(Normalise(description), "-"), func(w string) bool { return w == "please" || w == "kindly" })
	return strings.Join(words, "-")
}

// Deed is what orders that may exclude each other have in common: the kind of what they ask for and where, or the deed that they
// ask for or forbid, which is what SameOrder gives without always and never.
func Deed(description string) string { return ReadOrder(description).Deed }

// OpenQuestion is a stored uncertainty.
type OpenQuestion struct {
	ID         string // "uncertainty:…"
	About      string
	Reason     string
	Resolved   bool
	Scopes     ScopeSet
	Source     Source
	RecordedAt time.Time
	// Facts are the ids of live facts that may no longer hold, as long as it is open.
	Facts []string
	// ResolvedAt is when it was resolved; zero while it is open, and for those that earlier versions resolved.
	ResolvedAt time.Time
	Note       string // what a caller gave who resolved it
}

// Decision is the trace of a write.
type Decision struct {
	ID         string // "decision_trace:…"
	Session    string // "" where a caller changed facts without saying anything
	Turns      []string
	Infer      string
	Extractor  string
	Created    []string
	Closed     []string
	Reinforced []string
	Uncertain  int
	Scopes     ScopeSet
	RecordedAt time.Time
	Principal  string // who wrote
	OnBehalfOf string // for whom, when somebody wrote for another
}

// What callers do to what is stored without saying anything: the Infer of its Decision.
const (
	EditClose   = "close"
	EditCorrect = "correct"
	EditPin     = "pin"
	EditRevoke  = "revoke"
	EditResolve = "resolve"
	EditDelete  = "delete"
	EditMerge   = "merge"
)

// Equal reports whether two canonical scope sets are the same.
func (s ScopeSet) Equal(other ScopeSet) bool { return slices.EqualFunc(s, other, slices.Equal) }

// With returns the union of two canonical scope sets, sorted, without repetition.
func (s ScopeSet) With(other ScopeSet) ScopeSet {
	out := slices.Clone(s)
	for _, clause := range other {
		if !slices.ContainsFunc(out, func(c []string) bool { return slices.Equal(c, clause) }) {
			out = append(out, clause)
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}
