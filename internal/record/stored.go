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

// Session is a conversation: a sequence of turns.
type Session struct {
	ID        string // "session:…"
	Scopes    ScopeSet
	Metadata  map[string]any
	Turns     int      // number of turns ever stored in it
	Speakers  []string // speakers who have said "I" in it, in the order of their first statement; at most MaxSpeakers
	CreatedAt time.Time
	MovedAt   time.Time // time of the last write to it; zero: none since MovedAt is recorded
	// Closed is set once a part of the session was erased. For a caller that may write to the scopes of the rest but not read them, the
	// session no longer exists.
	Closed bool
}

// MaxSpeakers is the maximum number of speakers that a session lists. Later speakers are recorded with their turns only.
const MaxSpeakers = 100

// Speaker returns the speaker whom "I" means by default in the session; "" if no speaker is known, or several are.
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
	Speaker    string // name of the speaker; "" while unknown
	Content    string
	Location   *Location // where it was said; nil while unknown
	SpokenAt   time.Time
	RecordedAt time.Time
	Scopes     ScopeSet
	Labels     []string
	// ForgottenAt is when it was forgotten without being erased; zero: it was not. It is not stored with the turn but with its chunks.
	ForgottenAt time.Time
}

// Chunk is a piece of a turn's text for search: the whole text of a short turn, or a part of a long one. Seq and RecordedAt come from the
// turn.
type Chunk struct {
	ID         string // "memory_chunk:…"
	Turn       string
	Session    string
	Role       Role
	Speaker    string // of the turn
	Text       string
	Seq        int       // of the turn in its session; 0 also for chunks of versions that did not store it
	Start      int       // position in the turn, in code points
	Location   *Location // of the turn
	SpokenAt   time.Time
	KnownFrom  time.Time
	KnownUntil time.Time // when it was forgotten without being erased; zero: it was not
	RecordedAt time.Time // of the turn
	Scopes     ScopeSet
	Labels     []string
	Category   Category
	Vector     []float32
}

// Entity is an entity as it is known in one scope set. It shows nothing of what other scope sets know of the same entity. The rows of an
// entity in different scope sets share only the key.
type Entity struct {
	ID string // "appearance:…"
	EntityRef
	Category   Category
	Importance float64
	Scopes     ScopeSet
	CreatedAt  time.Time
	UpdatedAt  time.Time
	// RetiredAt is when it was deleted; zero: it was not. Its facts stay, closed. A later write about the entity creates another row.
	RetiredAt time.Time
}

// Fact is an attribute or a relation: an entity has a value for a key, or a relation to another entity. It is live until it is closed. A
// closed fact is kept, with the fact that superseded it.
type Fact struct {
	ID         string // "attribute:…" or "relation:…"
	Kind       Kind   // KindAttribute or KindRelation
	Entity     EntityRef
	Key        string    // attribute key or relation label
	Value      string    // the value, or the name of the object as it was written
	Object     EntityRef // the target of a relation
	Many       bool      // whether the key may have several live facts, one for each value
	Past       bool      // whether it was stated as something that had already ended
	Beside     bool      // whether it was stated as a further value beside that of a single-valued key, such as a second job
	By         Teller    // who stated it
	Category   Category
	Scopes     ScopeSet
	Labels     []string
	Source     Source
	Quote      string // the words that it was extracted from; "" for triples
	Confidence float64
	Importance float64  // on the day ImportanceOf: see Faded
	Valid      Interval // valid time: when it held in the world, as far as known
	Known      Interval // transaction time: when it was believed; open while live
	RecordedAt time.Time
	RetiredAt  time.Time // zero while live
	// ToldUntil is the end of Valid as it was stated with the fact. Valid.Until may have become known later, when the fact was closed.
	ToldUntil time.Time
	// Seq numbers the facts of the Context in the order in which they were stored, from 1; 0 for facts of versions that did not number
	// them.
	Seq int64
	// Spoken is when it was stated.
	Spoken time.Time
	// BegunBy is the end of the period in which it is said to have begun ("in 2020"). It is zero if Valid.From is the beginning itself, or
	// if nothing is known.
	BegunBy time.Time
	// Again has the times, in order, at which it was stated again. They are kept for single-valued keys.
	Again []time.Time
	// Yielded is set if another fact replaced this one although it had not ended: it was corrected, or the other fact continues it. Such a
	// fact was never valid by itself.
	Yielded bool
	// EndedBy is the id of the turn, the document or the decision trace that ended it without a successor; "" otherwise.
	EndedBy string
	// Reason is the reason of the caller that closed or corrected it.
	Reason string
	// ImportanceOf is the day to which Importance belongs, as Day numbers it; 0: the day of RecordedAt.
	ImportanceOf int64
	// UsedAt is when it was last told again, or returned by the first question of a later day; zero: not since that is recorded.
	UsedAt time.Time
	// Pinned is set if its importance must not fade.
	Pinned bool
	// Retold has the turns in which users told it again, and the documents that do, oldest first.
	Retold []string
	// Proofs is the number of proofs of a conclusion, and the number of tellings of a value that is an observation; 0: it is neither.
	Proofs int

	Supersedes   string
	SupersededBy string
	Vector       []float32
}

// Teller says who stated a fact.
type Teller string

// The tellers. "" is for facts that no person stated, such as those of documents, and for facts of versions that did not record it.
const (
	BySubject Teller = "subject" // the entity that the fact is about
	ByOther   Teller = "other"   // another person
)

// Contested reports whether a fact of a single-valued key is stored beside the live fact of the key because the two contradict each other.
func (f *Fact) Contested() bool { return f.Many && !f.Beside && f.Category != Context }

// Live reports whether the fact has not been closed.
func (f *Fact) Live() bool { return f.RetiredAt.IsZero() }

// ValidAsOf returns the valid time of the fact as it was known at t; the zero time is now.
func (f *Fact) ValidAsOf(t time.Time) Interval {
	if t.IsZero() || f.Known.Until.IsZero() || !t.Before(f.Known.Until) {
		return f.Valid
	}
	return Interval{From: f.Valid.From, Until: f.ToldUntil}
}

// Tellings returns the turns and documents that told the fact.
func (f *Fact) Tellings() []string {
	return append([]string{f.Source.Ref}, f.Retold...)
}

// Tell records that a turn or document told the fact again, and reports whether that is news.
func (f *Fact) Tell(turn string) bool {
	if f.Source.Ref == turn || slices.Contains(f.Retold, turn) {
		return false
	}
	most, document := MaxRetold, isDocument(turn)
	if document {
		most = MaxRetoldIn
	}
	told := 0
	for _, id := range f.Retold {
		if isDocument(id) == document {
			told++
		}
	}
	if told >= most {
		return false
	}
	f.Retold = append(slices.Clip(f.Retold), turn) // readers share the list
	return true
}

func isDocument(id string) bool { return strings.HasPrefix(id, "document:") }

// Position returns the time that orders the facts of a key by when they held: the beginning of the fact, or the first time at which it is
// known to have held. It does not change when the beginning is derived from the preceding fact.
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

// CompareInTime orders the facts of a key by their positions, and at equal positions by the order in which they were stored.
func CompareInTime(a, b *Fact) int {
	return cmp.Or(a.Position().Compare(b.Position()), cmp.Compare(a.Seq, b.Seq), a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID))
}

// slotSeparator does not occur in normalised names or in scope keys.
const slotSeparator = "\x1d"

// Slot returns the key of the unique index that a live fact occupies: entity, key and scope set. It also has the value if the key may have
// several live facts, or if the fact is about the past. A conclusion never takes the slot of what was said. scopeKey is scope.Key of its
// scope set.
func (f *Fact) Slot(scopeKey string) string {
	parts := []string{string(f.Kind), f.Entity.Key(), f.Key, scopeKey}
	if f.Source.Kind.Derived() {
		parts = append(parts, "derived")
	}
	if f.Many {
		parts = append(parts, f.SameAs())
	}
	if f.Past {
		parts = append(parts, f.SameAs(), f.Valid.From.UTC().Format(time.DateOnly), f.Valid.Until.UTC().Format(time.DateOnly))
	}
	return slot(parts...)
}

// maxSlot is the maximum length of a slot in bytes, because it is the key of an index.
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

// SameAs returns a string that is equal for facts with the same value: the object's key for a relation, SameValue for an attribute.
func (f *Fact) SameAs() string {
	if f.Kind == KindRelation {
		return f.Object.Key()
	}
	return SameValue(f.Value)
}

// SameValue folds an attribute value for comparison. It ignores case, the width of characters, white space, and ".", "," and ";" at the
// end. Other symbols count: -5 is not 5.
func SameValue(s string) string {
	value := strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
	if trimmed := strings.TrimRight(value, ".,;"); trimmed != "" {
		return trimmed
	}
	return value
}

// Text renders the fact as a sentence, under which search finds it: "Alice works at Acme", "Alice's role is CTO".
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
	if f.Key == "lives_in" && f.Entity.Type == TypeOrganisation {
		key = "is based in"
	}
	if f.Past {
		key = "formerly " + key
	}
	return name + " " + key + " " + object
}

// phrases has the verb phrases for relation labels that are not verbs themselves.
var phrases = map[string]string{
	"from": "is from", "born_in": "was born in", "allergic_to": "is allergic to", "engaged_to": "is engaged to",
	"acquainted_with": "is acquainted with", "friends_with": "is friends with", Account: "speaks as", Alias: "is another name of",
}

// Account is the label of the relation from a name that a speaker gave to the name that the caller uses for the speaker. Both are one
// person, whose facts are stored under the second name.
const Account = "account"

// Alias is the label of the relation from a name to the entity that a caller has merged it into. Unlike Account it applies even if other
// facts about the name are known.
const Alias = "alias_of"

// kin has the relation labels that are nouns: "Alice's sister is Anna".
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

// Instruction is a lasting instruction to the agent.
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

// Slot returns the key of the unique index that an active instruction occupies: a scope set has each instruction only once.
func (i *Instruction) Slot(scopeKey string) string {
	return slot(SameOrder(i.Description), scopeKey)
}

// SameOrder folds an instruction for comparison: its normalised words without "please" and "kindly".
func SameOrder(description string) string {
	words := slices.DeleteFunc(strings.Split(Normalise(description), "-"), func(w string) bool { return w == "please" || w == "kindly" })
	return strings.Join(words, "-")
}

// Deed returns the part that instructions have in common if they may exclude each other: the kind of the requested value and where it
// applies, or otherwise the words of SameOrder without "always" and "never".
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
	// Facts has the ids of the live facts that it puts in doubt while it is open.
	Facts []string
	// ResolvedAt is when it was resolved; zero while it is open, and if an earlier version resolved it.
	ResolvedAt time.Time
	Note       string // the note of the caller that resolved it
}

// Decision is the decision trace of a write. Its lists have ids, in the order of the decisions.
type Decision struct {
	ID        string // "decision_trace:…"
	Session   string // "" for an edit
	Turns     []string
	Infer     string // or the kind of the edit
	Extractor string
	Model     string // provider and name of the model that extracted; "": none
	Spent     Tokens // by that model
	// Considered are live facts that were compared with what was told, at most MaxConsidered. Beyond is the number of others.
	Considered []string
	Beyond     int
	Created    []string
	Superseded []Supersession
	Closed     []string // closed without a successor; older rows list all closed records here
	Amended    []string // facts whose times, or whose pin, changed
	Reinforced []string
	Flagged    []string // new uncertainties
	Doubted    []string // facts that these put in doubt
	Resolved   []string // uncertainties
	Scopes     ScopeSet
	RecordedAt time.Time
	Latency    time.Duration // from the request to its transaction
	Principal  string        // principal of the caller
	OnBehalfOf string        // principal that the caller acted for; "": none
	Key        string        // key of the caller; "" for the operator
}

// MaxConsidered is the maximum number of considered facts that a Decision lists.
const MaxConsidered = 200

// Supersession is a fact with the fact that superseded it.
type Supersession struct{ Fact, By string }

// MaxRetold is the maximum number of turns that a fact lists as telling it again, and MaxRetoldIn that of documents.
const (
	MaxRetold   = 64
	MaxRetoldIn = 1000
)

// MaxProofs is the maximum number of proofs of a conclusion.
const MaxProofs = 1_000_000

// Unfounded is the Reason of a conclusion that was closed because its evidence no longer holds.
const Unfounded = "its evidence no longer holds"

// Expired is the Reason of a fact that was closed because nobody had told or found it for some time.
const Expired = "expired"

// The kinds of edits, with which a caller changes records without a new statement. They are the Infer of the Decision.
const (
	EditClose   = "close"
	EditCorrect = "correct"
	EditPin     = "pin"
	EditRevoke  = "revoke"
	EditResolve = "resolve"
	EditDelete  = "delete"
	EditMerge   = "merge"
	EditForget  = "forget"
	EditPurge   = "purge"
	EditExpire  = "expire"
	// EditDocument is the kind of the writes of what a document tells.
	EditDocument = "document"
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
