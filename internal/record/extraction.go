package record

import "time"

// Extraction has what was extracted from one text. Each item refers to its words in the text through its span. Names, keys and values are
// not yet reconciled with the stored facts.
type Extraction struct {
	// Speaker is set if the text says who is speaking ("my name is Alice").
	Speaker       EntityRef
	Entities      []ExtractedEntity
	Attributes    []ExtractedAttribute
	Relations     []ExtractedRelation
	Instructions  []ExtractedInstruction
	Uncertainties []Uncertainty
	Invalidations []Invalidation
	// Doubts are statements that may change stored facts.
	Doubts []Doubt
}

// Empty reports whether nothing was extracted.
func (x Extraction) Empty() bool {
	return x.Speaker == (EntityRef{}) && len(x.Entities)+len(x.Attributes)+len(x.Relations)+
		len(x.Instructions)+len(x.Uncertainties)+len(x.Invalidations)+len(x.Doubts) == 0
}

// ExtractedEntity is an entity that the text mentions.
type ExtractedEntity struct {
	EntityRef
	Category   Category
	Confidence float64
	Span       Span
}

// ExtractedAttribute says that an entity has a value for a key.
type ExtractedAttribute struct {
	Entity     EntityRef
	Key        string
	Value      string
	Category   Category
	Confidence float64
	Span       Span
	Valid      Interval // when it held in the world; a zero end: the text does not say
	// BegunBy is the end of the period that the text names for the beginning: after "in 2020" it is the start of 2021. It is zero if
	// Valid.From is the beginning itself ("since 2020"), or if nothing is known.
	BegunBy time.Time
	// Beside is set if the text tells of a further value beside existing ones ("I also work at …", "a second job as …"). Such a value
	// supersedes nothing.
	Beside bool
}

// ExtractedRelation says that one entity has a relation to another.
type ExtractedRelation struct {
	Subject    EntityRef
	Label      string
	Object     EntityRef
	Category   Category
	Confidence float64
	Span       Span
	Valid      Interval
	BegunBy    time.Time // as for attributes
	Beside     bool      // as for attributes
}

// ExtractedInstruction is a lasting instruction to the agent ("always answer in German").
type ExtractedInstruction struct {
	Label       string
	Description string
	Confidence  float64
	Span        Span
}

// Uncertainty is a statement that is not stored as a fact, with the reason.
type Uncertainty struct {
	About  string
	Reason string
	Span   Span
	// Entity and Key are set for a statement that was understood only in part: they are what the statement is about, and About has its
	// words. Key is "" for any other uncertainty.
	Entity EntityRef
	Key    string
	// Changes is set if the statement tells of a change. It then puts the live facts of the key in doubt.
	Changes bool
}

// Invalidation says that a fact no longer holds. It closes the live facts that it matches.
type Invalidation struct {
	Entity EntityRef
	Key    string // attribute key or relation label; never empty
	Value  string // the value or object name that ended; "" ends all live facts of the key
	At     time.Time
	Span   Span
	Forget bool // the speaker asks to forget it: what rests on it ends too
}

// Doubt is a statement that tells of a change and may not have been understood. It puts live facts of its entities in doubt: facts with one
// of the keys, and facts whose value is named near the words of the change. If the same plan makes another statement about one of the keys,
// the change was understood.
type Doubt struct {
	Entities []EntityRef
	Keys     []string // keys and labels
	Other    bool     // the statement has a value for the keys: only facts with other values are in doubt
	Named    bool     // only facts of the keys whose value is named near the words of the change are in doubt
	Sole     bool     // the only value of a key that can have many is in doubt too
	Back     bool     // only facts from the previous message are in doubt: those of the keys, or all if it has none of the keys
	Near     string   // the text around the words of the change
	Text     string   // the statement
	Span     Span
	Words    Span // the words of the change, within Span
}

// Vocabulary has the known entities in the scopes of a write, the most used first. With it, an extractor finds whom a first name can mean,
// and keeps the spelling of known names.
type Vocabulary struct {
	Entities []EntityRef
}
