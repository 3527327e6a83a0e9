package spectron

import (
	"context"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/reading"
)

// TurnRequest is an exchange to remember: what the user said, and what the assistant answered. At least one of them has a text.
type TurnRequest struct {
	User      string // at most Options.MaxTextBytes
	Assistant string // at most Options.MaxTextBytes; no facts are extracted from it
	SessionID string // as in RememberRequest, as are the following four
	Speaker   string // of User
	Scopes    Scopes
	Labels    []string
	// IdempotencyKey makes it safe to repeat the call.
	IdempotencyKey string
	At             time.Time // when it was said, in the speaker's time zone; zero: now
}

// Turn stores what the user said and what the assistant answered, in one transaction, in a new session: RememberedMany.SessionID. To continue
// a session, use RememberTurn. An empty text is left out; ErrInvalid if both are empty. The codes are those of Remember.
func (m *Memory) Turn(ctx context.Context, user, assistant string) (*RememberedMany, error) {
	return m.exchange(ctx, TurnRequest{User: user, Assistant: assistant})
}

// RememberTurn is like Turn, with a session and the other fields of a request.
func (m *Memory) RememberTurn(ctx context.Context, req TurnRequest) (*RememberedMany, error) {
	return m.exchange(ctx, req)
}

func (m *Memory) exchange(ctx context.Context, req TurnRequest) (*RememberedMany, error) {
	return callMemory(ctx, m.context, "turn", func(ctx context.Context, by *gate.Call) (*RememberedMany, error) {
		return one(newRememberedMany)(ingest.RememberExchange(ctx, by, ingest.Exchange{
			User: req.User, Assistant: req.Assistant, Speaker: req.Speaker, At: req.At,
			Request: ingest.Request{Session: req.SessionID, Scopes: req.Scopes, Labels: req.Labels, Key: req.IdempotencyKey},
		}))
	})
}

// Update replaces the text of a record and returns the record that takes its place. A fact gets another value, as by Facts.Correct. An
// instruction is superseded by another one: the old one has ended, and the new one comes from the caller. A text that looks like a prompt
// injection does not become an instruction (ErrInvalid). Turns cannot be updated, because they say what was said (ErrUnsupported): correct the
// facts that came from them, or remember what is right.
//
// Codes: CodeNotFound; CodeForbidden without memory:write over all scopes of the record; CodeConflict if it has ended, or if another one in
// force has the text; CodeInvalid for an empty text, and for the text that it has; CodeTooLarge for more than 16 KiB.
func (m *Memory) Update(ctx context.Context, id, text string) (*Record, error) {
	return callMemory(ctx, m.context, "update", func(ctx context.Context, by *gate.Call) (*Record, error) {
		var update func(context.Context, *gate.Call, string, string) (string, error)
		switch kind, _, _ := strings.Cut(id, ":"); Kind(kind) {
		case KindAttribute, KindRelation:
			update = ingest.CorrectFact
		case KindInstruction:
			update = ingest.ReplaceInstruction
		case KindTurn, KindMemoryChunk, KindSession, KindEntity, KindUncertainty:
			return nil, fault.New(fault.Unsupported, "id", "only facts and instructions have a text that can be replaced")
		default:
			return nil, fault.New(fault.NotFound, "id", "no such record")
		}
		updated, err := update(ctx, by, id, text)
		if err != nil {
			return nil, err
		}
		return one(recordOf(by))(reading.Find(ctx, by, updated))
	})
}
