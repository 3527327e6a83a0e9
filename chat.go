package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/answers"
	"github.com/spectron-go/spectron/internal/chat"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/settings"
)

// ChatRequest is a message to answer.
type ChatRequest struct {
	Message string // at most 64 KiB; the search reads the first 8 KiB
	// SessionID is the conversation that the message continues. "" begins a new one.
	SessionID string
	// Speaker is the person who says "I" in the message, as in RememberRequest. "": the speaker of the session.
	Speaker string
	// Scopes says where the exchange is stored, as in RememberRequest.
	Scopes Scopes
	// Labels are set on the stored exchange, and only records with all of them are searched.
	Labels []string
	// Lens narrows what is read, as in RecallRequest.
	Lens Scopes
	// K is the maximum number of records that the model is shown, beside the last turns of the session; 0: 10, at most 50.
	K int
	// Model is the model that answers; zero: that of StageResponse. Another one needs Options.Models.
	Model Model
	// BypassCache asks the model even if the question was answered before. Its answer takes the place of that one.
	BypassCache bool
}

// ChatReply is an answer.
type ChatReply struct {
	Reply     string `json:"reply"` // with a mark such as [S1] behind what a record supports
	SessionID string `json:"sessionId"`
	TraceID   string `json:"traceId,omitempty"` // of the response trace; "" if the answer leaves none
	// TurnIDs are the stored turns: the message and the answer.
	TurnIDs []string `json:"turnIds,omitempty"`
	// Citations are the records whose marks are in Reply, in the order of their first mark.
	Citations []Citation `json:"citations,omitempty"`
	// Updates has the facts that were extracted from the message. It is nil if the caller may write to the scopes but not read them.
	Updates *Extraction `json:"updates,omitempty"`
	// Tier says how the records were found, or is TierCache.
	Tier Tier `json:"tier"`
	// Cached is set if the answer was given before. ReusedFrom is the trace of that answer.
	Cached     bool   `json:"cached,omitempty"`
	ReusedFrom string `json:"reusedFrom,omitempty"`
	// Model says what models did, for the answer and for the extraction together.
	Model *ModelUse `json:"model,omitempty"`
}

// Citation is a record that an answer cites.
type Citation struct {
	Marker     string    `json:"marker"` // "S1", in brackets in the answer
	ID         string    `json:"id"`
	Kind       Kind      `json:"kind"`
	Snippet    string    `json:"snippet"` // the text, at most 300 characters of it
	Score      float64   `json:"score"`   // as in Hit
	OccurredAt time.Time `json:"occurredAt,omitzero"`
	Role       Role      `json:"role,omitempty"` // of a turn
}

// ChatChunk is a part of a streamed answer.
type ChatChunk struct {
	Delta string `json:"delta,omitempty"` // text that follows the previous one
	// Reply is set in the last chunk, which has no Delta. It has the whole answer.
	Reply *ChatReply `json:"reply,omitempty"`
	// SessionID is set in the last chunk, and beside an error if the message was stored.
	SessionID string `json:"sessionId,omitempty"`
}

// Chat answers a message with a model, from what the caller may read, and stores both.
//
// The model is shown the records that Recall finds for the message, the last 10 turns of the session (at most 8,000 characters), and the
// active instructions that the caller may read. Texts of memory are data for it: texts that look like prompt injections are left out, and
// facts from such texts are marked. The answer cites only records that it was shown; other marks are removed.
//
// Then the message is stored as Remember does with InferFull, and the answer with InferNone, so that nothing that a model wrote becomes a
// fact. The answer is stored in the scopes of the message, and with those of the records that the model was shown: only who may read these may
// read the answer. If two calls answer in one session at the same time, their turns may alternate.
//
// The answer to nearly the same question is given again for an hour, without the model: to the same principal with the same grants,
// instructions and request, outside of a conversation, as long as the same search finds the same records unchanged. See
// Config.ResponseCache.
//
// Codes: those of Recall and of Remember; CodeUnsupported with the Field Options.Model if there is no model; CodeBlocked while
// EnforcementBlocked is set, and once Config.TokenLimit is used up; CodeModel if the model fails, or its answer is empty, over 64 KiB or cut
// off; CodeConflict if the caller's permissions changed while the model was awaited, or records that it was shown were erased. After
// an error before the model has answered, nothing is stored. Rate limits are waited for as in Remember.
func (m *Memory) Chat(ctx context.Context, req ChatRequest) (*ChatReply, error) {
	return callMemory(ctx, m.context, "chat", func(ctx context.Context, by *gate.Call) (*ChatReply, error) {
		reply, _, err := chat.Ask(ctx, by, req.inner(), nil)
		return one(newChatReply)(reply, err)
	})
}

// ChatStream is Chat with an answer that is yielded as it is written. The last chunk has the ChatReply. Each range over the result is a call.
//
// An error ends the stream. If the loop is left early, or the model breaks off after the first chunk, the call of the model ends, and the
// message is stored without an answer: half an answer is never stored. Before the first chunk, an error stores nothing. When ctx ends, usually
// nothing is stored. The body of the loop may call the store, except for Close.
func (m *Memory) ChatStream(ctx context.Context, req ChatRequest) iter.Seq2[ChatChunk, error] {
	return func(yield func(ChatChunk, error) bool) {
		left, session := false, ""
		reply, err := callMemory(ctx, m.context, "chat stream", func(ctx context.Context, by *gate.Call) (*ChatReply, error) {
			reply, stored, err := chat.Ask(ctx, by, req.inner(), func(delta string) error {
				if left = !yield(ChatChunk{Delta: delta}, nil); left {
					return chat.ErrLeft
				}
				return nil
			})
			if stored != nil {
				session = stored.Session
			}
			if left { // an error says that the message could not be stored
				return nil, err
			}
			return one(newChatReply)(reply, err)
		})
		switch {
		case left: // the reader gets nothing more; the Observer gets the error
		case err != nil:
			yield(ChatChunk{SessionID: session}, err)
		default:
			yield(ChatChunk{Reply: reply, SessionID: reply.SessionID}, nil)
		}
	}
}

func (r ChatRequest) inner() chat.Request {
	return chat.Request{
		Message: r.Message, Session: r.SessionID, Speaker: r.Speaker, Scopes: r.Scopes, Lens: r.Lens, Labels: r.Labels, K: r.K,
		Model: settings.Model(r.Model), BypassCache: r.BypassCache,
	}
}

func newChatReply(r *chat.Reply) ChatReply {
	out := ChatReply{
		Reply: r.Text, SessionID: r.Asked.Session, TraceID: r.Trace, TurnIDs: append(r.Asked.Turns, r.Answered.Turns...), Citations: each(r.Citations, newCitation),
		Tier: Tier(r.Tier), Cached: r.Cached, ReusedFrom: r.Reused,
	}
	if len(r.Asked.Changes) > 0 {
		x := newExtraction(r.Asked.Changes[0])
		out.Updates = &x
	}
	spent := ingest.Asked{Usage: r.Usage}
	if r.Asked.Asked != nil {
		spent = ingest.Asked{Usage: llm.Sum(r.Usage, r.Asked.Asked.Usage), Failures: r.Asked.Asked.Failures}
	}
	out.Model = newModelUse(&spent)
	return out
}

func newCitation(c answers.Citation) Citation {
	return Citation{c.Marker, c.ID, Kind(c.Kind), c.Snippet, c.Score, c.At, Role(c.Role)}
}
