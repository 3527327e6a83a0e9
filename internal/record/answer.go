package record

import (
	"slices"
	"time"
)

// Answer is the stored answer of a write with an idempotency key. It refers to records by their ids and has no text, so that an answer that
// is given again shows nothing that was erased.
type Answer struct {
	ID      string    // "idempotency:…", made of the key and the writing principals
	Request []byte    // a hash of the request; nil for an erased answer
	At      time.Time // when the write was stored
	Until   time.Time // when the key may be used for another write
	Infer   string
	Session string
	Turns   []string
	Chunks  []string
	Trace   string
	Scopes  ScopeSet // of the write
	Changes []AnsweredChange
	Erased  bool // records of the write were erased; only Until is left
}

// AnsweredChange has the changes of one message.
type AnsweredChange struct {
	Turn         string
	Mentions     []AnsweredMention
	Created      []string // facts
	Instructions []string
	Questions    []string
	Reinforced   []string
	Closed       []string
	Ended        []string       // instructions
	Corrections  []Supersession // facts with their successors
}

// AnsweredMention is an entity that a message mentioned.
type AnsweredMention struct {
	In       string // id of the record that names it: an appearance, or a fact
	Object   bool   // it is the target of that fact
	Category Category
	New      bool
}

// Records returns the ids of the records that the answer names, sometimes more than once.
func (a *Answer) Records() []string {
	out := append(slices.Clone(a.Turns), a.Chunks...)
	for _, c := range a.Changes {
		out = append(out, slices.Concat(c.Created, c.Instructions, c.Questions, c.Reinforced, c.Closed, c.Ended)...)
		for _, m := range c.Mentions {
			out = append(out, m.In)
		}
		for _, s := range c.Corrections {
			out = append(out, s.Fact, s.By)
		}
	}
	return out
}
