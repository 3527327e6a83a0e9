package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/reading"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// SessionSummary says what a session is about, by rules: the same session gives the same summary. It counts only what the caller may read. Its
// lists have at most 100 items.
type SessionSummary struct {
	SessionID string           `json:"sessionId"`
	Text      string           `json:"text"` // the summary in Markdown, of about 2,000 tokens at most, without what was forgotten, corrected or revoked; records are shown as in a ContextBlock
	Turns     int              `json:"turns"`
	From      time.Time        `json:"from,omitzero"`  // when the first turn was said
	Until     time.Time        `json:"until,omitzero"` // when the last turn was said
	Speakers  []SessionSpeaker `json:"speakers"`       // in the order in which they first spoke
	// Topics are the names of the entities that the facts are about, those with most facts first; at most 10, without the speakers.
	Topics        []string      `json:"topics"`
	Facts         []Fact        `json:"facts"` // that came from it, live and closed, in the order in which they were recorded
	Instructions  []Instruction `json:"instructions"`
	Uncertainties []Uncertainty `json:"uncertainties"` // open ones
	More          bool          `json:"more"`          // there are more facts, instructions or uncertainties
}

// SessionSpeaker says how many turns somebody spoke.
type SessionSpeaker struct {
	Speaker string `json:"speaker,omitempty"` // "": unknown
	Role    Role   `json:"role"`
	Turns   int    `json:"turns"`
}

// Summary summarises a session: who spoke and when, its topics, the facts and instructions that came from it, and its open questions. No model
// is asked. ErrNotFound: the session does not exist.
func (s *Sessions) Summary(ctx context.Context, id string) (*SessionSummary, error) {
	return callMemory(ctx, s.context, "session summary", func(_ context.Context, by *gate.Call) (*SessionSummary, error) {
		return one(summaryOf(by))(reading.Digest(by, id))
	})
}

// summaryOf converts the digest of a session for a caller.
func summaryOf(by *gate.Call) func(reading.Digested) SessionSummary {
	return func(d reading.Digested) SessionSummary {
		text := digest.Summarise(digest.Conversation{
			From: d.From, Until: d.Until, Turns: d.Turns, Topics: d.Topics, More: d.More, Facts: reading.Entries(reading.Believed(d.Facts)), Instructions: reading.Entries(reading.InForce(d.Instructions)),
			Speakers: each(d.Speakers, func(s recall.Spoke) digest.Speaker { return digest.Speaker{Name: s.Name, Role: s.Role, Turns: s.Turns} }),
			Open: each(reading.Harmless(d.Questions), func(q recall.Question) digest.Entry {
				return digest.Entry{Item: digest.Item{ID: q.ID, Kind: record.Kind(KindUncertainty), Text: q.About + ": " + q.Reason, At: q.RecordedAt}}
			}),
		}, contextTokens)
		return SessionSummary{
			SessionID: d.Session.ID, Text: text, Turns: d.Turns, From: d.From, Until: d.Until,
			Speakers: append([]SessionSpeaker{}, each(d.Speakers, func(s recall.Spoke) SessionSpeaker { return SessionSpeaker{s.Name, Role(s.Role), s.Turns} })...),
			Topics:   append([]string{}, d.Topics...), Facts: append([]Fact{}, each(d.Facts, factsOf(by))...),
			Instructions:  append([]Instruction{}, each(d.Instructions, instructionsOf(by))...),
			Uncertainties: append([]Uncertainty{}, each(d.Questions, uncertaintiesOf(by))...), More: d.More,
		}
	}
}
