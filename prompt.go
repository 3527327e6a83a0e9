package spectron

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/question"
	"github.com/spectron-go/spectron/internal/reading"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// ContextFormat is the form of a context block.
type ContextFormat string

// The forms.
const (
	ContextMarkdown ContextFormat = "markdown" // sections with a heading and a list; the default
	ContextJSON     ContextFormat = "json"     // an object with a list of objects for each section
)

// MaxContextTokens is the largest budget of a context block, in tokens.
const MaxContextTokens = 1_000_000

const (
	contextTokens = 2000 // the default budget
	sessionTokens = 4000 // of Sessions.Context, which adds up to 8,000 characters of the session
	leastTokens   = 40   // a quarter of the budget has room for one fact in so many tokens of the budget
)

// ContextRequest asks for a context block.
type ContextRequest struct {
	Query string // at most 16 KiB
	// SessionID, K, Speaker, Lens and Labels are those of RecallRequest. Labels apply to the profile and the instructions too; SessionID does
	// not: it restricts the search, and its speaker is the person of the profile.
	SessionID string
	K         int
	Speaker   string
	Lens      Scopes
	Labels    []string
	// MaxTokens is the budget: the block has at most that many tokens, by an estimate that fits common tokenisers for English and is a little
	// too high. 0: 2,000. ErrInvalid below 0, ErrTooLarge over MaxContextTokens.
	MaxTokens int
	Format    ContextFormat // "": ContextMarkdown
}

// ContextBlock is a text for the prompt of a model. Its sections are Profile (facts about the person who asks, see Profile), Instructions,
// Facts and Passages (the hits of the question), and for Sessions.Context the Conversation. Each item is a line: its date in UTC, who said it
// and remarks in parentheses, and its text. A remark says that a fact is in doubt, that it has ended, or that its source has low trust (0.5 or
// less, such as a message with a Finding).
//
// The text of a record is data: it cannot pass for a heading, another item, a section, a tag or a code fence. Its white space is folded,
// invisible characters are dropped, and marks that would break the frame are escaped. An item in which the scan for prompt injections finds
// something is withheld: see Finding. Uncertainties are not shown.
//
// An item is shown completely or not at all. Items are taken until the budget is used up, each once: instructions, newest first, up to a
// quarter of the budget; the conversation from its end, up to half of it; the hits, best first; the profile, up to a quarter; then what
// exceeded a quarter or a half. If Confident is false, the profile comes before the hits. A long passage is an excerpt, as with
// RecallRequest.Excerpts. The same memory, request and time give the same text.
type ContextBlock struct {
	Text      string   `json:"text"`               // "" if there is nothing to show, or if nothing fits: then Dropped is not 0
	IDs       []string `json:"ids"`                // of the records that it shows: facts, instructions, turns, and the pieces of turns
	Tokens    int      `json:"tokens"`             // an estimate for Text
	Dropped   int      `json:"dropped"`            // items that did not fit
	Withheld  []string `json:"withheld,omitempty"` // ids of the items that would be shown, but look like prompt injections
	Tier      Tier     `json:"tier"`               // as in Recalled
	Confident bool     `json:"confident"`          // as in Recalled
	Trace     Trace    `json:"trace"`              // as in Recalled
}

// QueryContext returns what memory has for a question, as a block of text for the prompt of a model. It needs no model. Codes: those of
// Recall; CodeInvalid for an unknown Format.
func (m *Memory) QueryContext(ctx context.Context, req ContextRequest) (*ContextBlock, error) {
	started := time.Now()
	return callMemory(ctx, m.context, "query context", func(ctx context.Context, by *gate.Call) (*ContextBlock, error) {
		return gate.Read(ctx, by, func(ctx context.Context, by *gate.Call) (*ContextBlock, error) {
			return contextOf(ctx, by, req, digest.Parts{}, started)
		})
	})
}

// Context returns a context block for a session: its last turns (10 at most, with 8,000 characters together), and what memory has on the
// query outside of them. "I" in the query is the speaker of the session, if there is only one. The budget is 4,000 tokens. Codes: those of
// Recall; CodeNotFound for a session that the caller may not read; CodeForbidden for a strict key, whose reads need a Lens.
func (s *Sessions) Context(ctx context.Context, id, query string) (*ContextBlock, error) {
	started := time.Now()
	return callMemory(ctx, s.context, "session context", func(ctx context.Context, by *gate.Call) (*ContextBlock, error) {
		return gate.Read(ctx, by, func(ctx context.Context, by *gate.Call) (*ContextBlock, error) {
			row, turns, err := reading.Last(ctx, by, id)
			if err != nil {
				return nil, err
			}
			return contextOf(ctx, by, ContextRequest{Query: query, Speaker: row.Speaker(), MaxTokens: sessionTokens}, digest.Parts{
				Conversation: append([]digest.Entry{}, each(turns, func(t record.Turn) digest.Entry {
					return digest.Entry{Item: digest.Item{ID: t.ID, Kind: record.KindMemoryChunk, Text: t.Content, At: t.SpokenAt, Speaker: t.Speaker, Role: t.Role, Session: t.Session}}
				})...),
			}, started)
		})
	})
}

// Prompt returns the hits as a Markdown block of at most maxTokens tokens, like the sections Instructions, Facts and Passages of a
// ContextBlock. 0: 2,000. More than MaxContextTokens counts as that. It returns "" if nothing fits.
func (r *Recalled) Prompt(maxTokens int) string {
	if maxTokens == 0 {
		maxTokens = contextTokens
	}
	parts := digest.Parts{Hits: each(r.Hits, entryOf), Confident: r.Confident}
	return parts.Compose(min(maxTokens, MaxContextTokens), digest.Markdown).Text
}

// contextOf composes a context block.
func contextOf(ctx context.Context, by *gate.Call, req ContextRequest, parts digest.Parts, started time.Time) (*ContextBlock, error) {
	format, err := req.checked()
	if err != nil {
		return nil, err
	}
	asked := RecallRequest{Query: req.Query, K: req.K, SessionID: req.SessionID, Speaker: req.Speaker, Lens: req.Lens, Labels: req.Labels, Excerpts: true}
	found, err := one(recalledOf(by, recall.Point{}, started))(question.Ask(ctx, by, asked.inner()))
	if err != nil {
		return nil, err
	}
	// The search has checked that the caller may know the session.
	profile, err := reading.Profile(ctx, by, reading.Person{
		Speaker: req.Speaker, Session: req.SessionID, Lens: req.Lens, Labels: req.Labels, Limit: min(20+req.MaxTokens/leastTokens, reading.MaxProfile),
	})
	if err != nil {
		return nil, err
	}
	parts.Confident, parts.Hits = found.Confident, each(outside(found.Hits, parts.Conversation), entryOf)
	parts.Instructions, parts.Profile = reading.Entries(profile.Instructions), reading.ByCategory(profile.Facts)
	block := parts.Compose(req.MaxTokens, format)
	found.Trace.Duration = time.Since(started)
	return &ContextBlock{
		Text: block.Text, IDs: append([]string{}, block.Shown...), Tokens: block.Tokens, Dropped: block.Left, Withheld: block.Withheld,
		Tier: found.Tier, Confident: found.Confident, Trace: found.Trace,
	}, nil
}

// checked validates what Recall does not know, and sets the default budget.
func (r *ContextRequest) checked() (digest.Format, error) {
	switch {
	case record.Blank(r.Query):
		return "", fault.Bad("Query", "empty; Profile and State need no question")
	case r.MaxTokens < 0:
		return "", fault.Bad("MaxTokens", "%d is below 0", r.MaxTokens)
	case r.MaxTokens > MaxContextTokens:
		return "", fault.Over("MaxTokens", r.MaxTokens, MaxContextTokens, "tokens")
	case r.MaxTokens == 0:
		r.MaxTokens = contextTokens
	}
	switch r.Format {
	case "", ContextMarkdown:
		return digest.Markdown, nil
	case ContextJSON:
		return digest.JSON, nil
	}
	return "", fault.Bad("Format", "unknown format %q; the formats are markdown and json", r.Format)
}

// outside returns hits without the turns that a conversation shows already.
func outside(hits []Hit, shown []digest.Entry) (out []Hit) {
	has := func(t HitTurn) bool {
		return slices.ContainsFunc(shown, func(e digest.Entry) bool { return e.ID == t.ID })
	}
	for _, h := range hits {
		if left := slices.DeleteFunc(slices.Clone(h.Turns), has); len(left) < len(h.Turns) {
			h.Turns, h.Text = left, strings.Join(each(left, func(t HitTurn) string { return t.Text }), "\n")
			if len(left) == 0 {
				continue
			}
			h.Source.TurnID = left[0].ID
		}
		if h.Kind != KindMemoryChunk || !has(HitTurn{ID: h.Source.TurnID}) {
			out = append(out, h)
		}
	}
	return out
}

// entryOf returns a hit as blocks show it.
func entryOf(h Hit) digest.Entry {
	e := digest.Entry{Item: digest.Item{
		ID: h.ID, Kind: record.Kind(h.Kind), Text: h.Text, At: h.OccurredAt, Speaker: h.Speaker, Role: record.Role(h.Source.Role), Session: h.Source.SessionID,
	}}
	if d := h.Source.Document; d != nil && (h.Kind == KindChunk || h.Kind == KindSection) {
		e.Speaker = strings.Join(slices.DeleteFunc([]string{d.Title, d.Section}, func(s string) bool { return s == "" }), record.SectionSeparator)
	}
	if h.Kind == KindMemoryChunk {
		for _, t := range h.Turns {
			e.Also = append(e.Also, t.ID)
		}
		if len(e.Also) == 0 && h.Source.TurnID != "" && !h.Partial {
			e.Also = []string{h.Source.TurnID}
		}
		return e
	}
	remarks := digest.Remarks{Source: record.SourceKind(h.Source.Kind), Trust: h.Source.Trust}
	if f := h.Fact; f != nil {
		remarks.Until, remarks.Ended, remarks.Doubted = f.ValidUntil, !f.KnownUntil.IsZero(), f.Doubt != ""
	}
	e.Remark(remarks)
	return e
}
