// Package llm extracts facts from conversations with a language model. It adds to what the rules of package extract found.
//
// Extract divides a conversation into windows (window.go), leaves out those without an unread message (settled.go), asks the model about each
// window (prompt.go, client.go), reads the answers (answer.go), and checks every item against the text (check.go): a quote that is not in the
// text, and a name or a value that the text does not have, is dropped and leaves an uncertainty. The answer of a model is never trusted.
package llm

import (
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Message is one message of a conversation.
type Message struct {
	Text    string
	Role    record.Role
	Speaker record.EntityRef // whom "I" means; zero: the user, whose name is unknown
	At      time.Time        // in the speaker's time zone
	Written bool             // it is a passage of a document, in which nobody speaks
	Read    bool             // whether facts are to be extracted from it; otherwise it only helps to understand the others
	Found   record.Extraction
}

// Input is a conversation, and what is known where it is going to be stored.
type Input struct {
	Messages   []Message
	PerMessage bool // asks about each message by itself, instead of about as many as fit
	Vocabulary Vocabulary
	Terms      Terms
}

// Limits of the vocabulary in a prompt.
const (
	MaxNames = 500
	MaxKeys  = 100
	MaxFacts = 60
)

// Vocabulary has the words that are in use in the scopes of a write, the most used first, and the stored facts that the conversation may
// change.
type Vocabulary struct {
	Names  []record.EntityRef // at most MaxNames
	Keys   []string           // of attributes, at most MaxKeys
	Labels []string           // of relations, at most MaxKeys
	Facts  []Fact             // at most MaxFacts
}

// Fact is a stored fact in short.
type Fact struct {
	Entity record.EntityRef
	Key    string // key or label
	Value  string // value, or name of the object
}

// Terms are the terms that the ontology of a Context declares. Only has the kinds of terms of which others are refused: "types", "keys" and
// "labels".
type Terms struct {
	Types  []Term   `json:"types,omitempty"`
	Keys   []Term   `json:"keys,omitempty"`
	Labels []Term   `json:"labels,omitempty"`
	Only   []string `json:"only_these,omitempty"`
}

// Term is a declared term. Of has the entity types of its subjects, To those of its objects; none: all.
type Term struct {
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Of          []string `json:"of,omitempty"`
	To          []string `json:"to,omitempty"`
}

// Output is what a model adds to the extractions of the rules.
type Output struct {
	Extractions []record.Extraction // one for each message; empty if the model added nothing
	// Failures has the reason for each message that the model should have read and did not; "" for all others.
	Failures []string
	Usage    Usage
}

// Usage says what the calls of a model have cost.
type Usage struct {
	Calls     int
	TokensIn  int
	TokensOut int
	Estimated bool          // whether some of the counts are estimates, because the provider did not report them
	Models    []string      // names of the models that were called, in the order of their first call
	Dropped   int           // items of answers that the text does not support
	Waited    time.Duration // from the first call to the last answer
}
