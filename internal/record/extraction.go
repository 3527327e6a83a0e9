package record

import "time"

// Extraction is what was understood from one text. Everything in it quotes the text through its span;
// names, keys and values are as the text has them, not yet reconciled with what is stored.
type Extraction struct {
	// Speaker is set when the text says who is speaking ("my name is Alice").
	Speaker       EntityRef
	Entities      []ExtractedEntity
	Attributes    []ExtractedAttribute
	Relations     []ExtractedRelation
	Instructions  []ExtractedInstruction
	Uncertainties []Uncertainty
	Invalidations []Invalidation
	// Doubts are statements that may change what is known.
	Doubts []Doubt
}

// Empty reports whether nothing was understood.
func (x Extraction) Empty() bool {
	return x.Speaker == (EntityRef{}) && len(x.Entities)+len(x.Attributes)+len(x.Relations)+
		len(x.Instructions)+len(x.Uncertainties)+len(x.Invalidations)+len(x.Doubts) == 0
}

// ExtractedEntity is a thing that the text names.
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
	Valid      Interval // when it held in the world, as far as the text says
	// BegunBy is the end of the period that the text names for the beginning: 2021 begins where "in 2020" ends. Zero where
	// Valid.From is the beginning itself ("since 2020"), or unknown.
	BegunBy time.Time
	// Beside says that the text tells of another one beside what there may be ("I also work at …", "a second job as …"): it takes
	// the place of nothing.
	Beside bool
}

// ExtractedRelation says that one entity stands in a relation to another.
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

// ExtractedInstruction is a standing order to the agent ("always answer in German").
type ExtractedInstruction struct {
	Label       string
	Description string
	Confidence  float64
	Span        Span
}

// Uncertainty is something that was not stored as a fact, and why.
type Uncertainty struct {
	About  string
	Reason string
	Span   Span
	// Entity and Key say what a statement would have been about of which a part was not understood. About is then how it was
	// said. Key is "" for any other uncertainty.
	Entity EntityRef
	Key    string
	// Changes says that the statement tells of a change, so that it puts the live facts of the key in doubt.
	Changes bool
}

// Invalidation says that something no longer holds. It closes the live facts that it matches.
type Invalidation struct {
	Entity EntityRef
	Key    string // attribute key or relation label; never empty
	Value  string // the value or object name that ended; "" ends whatever is live for the key
	At     time.Time
	Span   Span
}

// Doubt is a statement that tells of a change and may not have been understood. The live facts that it may concern are no longer certain:
// those of the entities that have one of the keys, or whose value is named near the words of the change. A plan that says anything about one of the keys has understood it.
type Doubt struct {
	Entities []EntityRef
	Keys     []string // keys and labels
	Other    bool     // it states a value of the keys: only facts of other values are in doubt
	Named    bool     // only facts of the keys whose value is named near the words of the change
	Sole     bool     // also the only value of a key of which people have many
	Back     bool     // only facts that the message before brought: those of the keys, or all if there are none
	Near     string   // the text around the words of the change
	Text     string   // the statement
	Span     Span
	Words    Span // the words of the change, within Span
}

// Vocabulary is what is already known where a text is about to be written, most used first. It tells which of
// several people a first name can mean, and keeps names from drifting apart.
type Vocabulary struct {
	Entities []EntityRef
}
