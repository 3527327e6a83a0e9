// Package chat answers messages and draws conclusions with a model, from what the caller's memory has. A model is shown lines of memory as
// data (evidence.go), and its answer keeps only the marks of these lines (marks.go). The last answers are kept to be given again (reuse.go).
// The caller's permissions, and whether the lines still exist, are checked again after every wait for a model.
package chat

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/answers"
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/question"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

//go:embed prompts/chat.txt
var chatPrompt string

//go:embed prompts/wishes.txt
var wishesPrompt string

// Limits of a message, in bytes. A search reads only the beginning of a long message.
const (
	maxMessage  = 64 << 10
	maxQuestion = 8 << 10
)

// Request is a message. ChatRequest of package spectron documents the fields.
type Request struct {
	Message      string
	Session      string
	Speaker      string
	Scopes, Lens [][]string
	Labels       []string
	K            int
	Model        settings.Model
	BypassCache  bool
}

// Reply is the answer to a message.
type Reply struct {
	Text      string
	Trace     string
	Citations []answers.Citation
	Usage     llm.Usage      // of the answer; its Calls are 0 for an answer that was given before
	Asked     *ingest.Stored // the message as it was stored
	Answered  *ingest.Stored // the answer as it was stored
	Tier      recall.Tier
	Cached    bool
	Reused    string   // id of the trace of the answer that was given again
	from      []string // ids of the records from which that answer was made, and of the turns that stored it
}

// ErrLeft is the error of a reader of a stream that wants no more of it.
var ErrLeft = errors.New("the reader of the stream has left")

// exchange is a message on its way to an answer.
type exchange struct {
	by      *gate.Call
	req     Request
	begun   time.Time
	target  ingest.Target
	client  *llm.Client
	seen    *evidence
	prompt  llm.Prompt
	speaker string
	text    string // the message without personal data, if the Context redacts it
}

// Ask answers a message, and stores both. If each is not nil, it gets the answer in parts, as the model writes it.
//
// An error before the first part stores nothing. After it, the message is stored without an answer: stored is then the result together with an
// error. An error of each ends the call of the model and is returned as it is; after ErrLeft, err only says whether the message was stored.
func Ask(ctx context.Context, by *gate.Call, req Request, each func(part string) error) (reply *Reply, stored *ingest.Stored, err error) {
	x := &exchange{by: by, req: req, begun: time.Now()}
	if err := x.prepare(ctx); err != nil {
		return nil, nil, err
	}
	begun := false
	show := func(part string) error {
		if part == "" {
			return nil
		}
		if err := x.still(ctx); err != nil { // a caller that lost its rights gets nothing more
			return err
		}
		begun = true
		return each(part)
	}
	if each == nil {
		show = nil
	}
	reply, keep, err := x.answer(ctx, show)
	if err == nil {
		err = x.refreshed(ctx)
	}
	if err != nil && !begun {
		return nil, nil, err
	}
	asked, storing := ingest.Remember(ctx, by, x.message())
	if errors.Is(err, ErrLeft) {
		return nil, asked, storing
	}
	if err != nil || storing != nil {
		return nil, asked, cmp.Or(err, storing)
	}
	stats := by.Stored
	reply.Asked = asked
	if reply.Answered, err = ingest.Remember(ctx, by, x.said(asked, reply)); err == nil {
		err = x.refreshed(ctx) // reading the message may have taken a model some time
	}
	by.Stored.Turns, by.Stored.Chunks = by.Stored.Turns+stats.Turns, by.Stored.Chunks+stats.Chunks
	by.Stored.Facts, by.Stored.Closed = by.Stored.Facts+stats.Facts, by.Stored.Closed+stats.Closed
	if err != nil {
		return nil, asked, err
	}
	keep(append(asked.Turns, reply.Answered.Turns...))
	x.note(reply)
	return reply, nil, nil
}

// prepare validates the request and gathers what the model is shown. A request that could not be stored, or not be answered, is refused.
func (x *exchange) prepare(ctx context.Context) (err error) {
	by, req := x.by, x.req
	if record.Blank(req.Message) {
		return fault.Bad("Message", "empty")
	}
	if err := input.Text("Message", req.Message, min(maxMessage, by.Live.Core.Opts.MaxText)); err != nil {
		return err
	}
	if x.speaker, err = input.Speaker("Speaker", req.Speaker); err != nil {
		return err
	}
	if x.target, err = ingest.MayWrite(ctx, by, x.message()); err != nil {
		return err
	}
	if x.client, err = by.Live.Answerer(ctx, live.StageResponse, req.Model); err != nil {
		return err
	}
	x.text = ingest.Redact(by, req.Message)
	ask := question.Request{Text: prefix(x.text, maxQuestion), K: req.K, Speaker: x.speaker, Lens: req.Lens, Labels: req.Labels, Said: true}
	if s := x.target.Session; ask.Speaker == "" && s.ID != "" {
		if names := by.Live.View.Load().SpeakersOf(s.ID, by.Visible()); len(names) == 1 {
			ask.Speaker = names[0]
		}
	}
	if x.seen, err = gather(ctx, by, ask, x.target.Session, x.target.Scopes); err != nil {
		return err
	}
	x.prompt = llm.Prompt{
		System: x.seen.system(chatPrompt, by.Now()),
		Text:   x.seen.memory() + x.seen.conversation() + "\nThe message to answer:\n" + x.text,
	}
	return nil
}

// message returns the write of the message.
func (x *exchange) message() ingest.Request {
	return ingest.Request{
		Infer: ingest.Full, Session: x.req.Session, Scopes: x.req.Scopes, Labels: x.req.Labels,
		Messages: []ingest.Message{{Role: record.User, Text: x.req.Message, Speaker: x.req.Speaker}},
	}
}

// said returns the write of the answer. Whoever reads it there may also read everything that it was made from.
func (x *exchange) said(asked *ingest.Stored, reply *Reply) ingest.Request {
	out := ingest.Request{
		Infer: ingest.None, Session: asked.Session, Labels: x.req.Labels, With: x.seen.with, Basis: x.seen.basis,
		From:     append(slices.Clip(asked.Turns), reply.from...),
		Messages: []ingest.Message{{Role: record.Assistant, Text: reply.Text}},
	}
	for _, clause := range x.target.Scopes {
		out.Scopes = append(out.Scopes, clause)
	}
	return out
}

// answer answers the message, with an answer that was given before or with the model. keep is to be called with the turns that store the
// exchange.
func (x *exchange) answer(ctx context.Context, show func(string) error) (reply *Reply, keep func(turns []string), err error) {
	q, may := x.question()
	if may && !x.req.BypassCache {
		if old, used, ok := x.by.Live.Answers.Find(q, x.holds); ok {
			if show != nil {
				err = show(old.Text)
			}
			return &Reply{
				Text: old.Text, Citations: old.Citations, Tier: recall.Cache, Cached: true, Reused: old.Trace, from: old.Basis,
				Trace: x.by.Live.TraceID(store.TableResponse),
			}, used, err
		}
	}
	var told []string
	if may {
		told = x.told()
	}
	read := marks{sources: len(x.seen.sources)}
	var text strings.Builder
	take := func(part string) error {
		text.WriteString(part)
		if show == nil {
			return nil
		}
		return show(part)
	}
	var each func(string) error
	if show != nil {
		each = func(part string) error { return take(read.add(part)) }
	}
	limited, cancel := ingest.LeavingTime(ctx)
	defer cancel()
	whole, usage, err := x.client.Generate(limited, x.prompt, each)
	if err == nil {
		if each == nil {
			err = take(read.add(whole))
		}
		err = cmp.Or(err, take(read.end()))
	}
	if err == nil && record.Blank(text.String()) {
		err = fault.New(fault.Model, "Model", "the answer of the model is empty")
	}
	if most := x.by.Live.Core.Opts.MaxText; err == nil && text.Len() > most {
		err = fault.New(fault.Model, "Model", "the answer of the model has %d bytes, more than Options.MaxTextBytes (%d)", text.Len(), most)
	}
	if err != nil {
		return nil, nil, failed(ctx, err)
	}
	reply = &Reply{Text: text.String(), Citations: x.seen.cited(read.used), Usage: usage, Tier: x.seen.found.Tier, Trace: x.by.Live.TraceID(store.TableResponse)}
	return reply, func(turns []string) {
		if may && q.Era == x.by.Live.View.Load().Era() {
			x.by.Live.Answers.Put(q, answers.Answer{Trace: reply.Trace, Text: reply.Text, Citations: reply.Citations, Rows: x.seen.rows(), Turns: turns, Told: told,
				Basis: slices.Concat(x.seen.basis, turns)})
		}
	}, nil
}

// still returns an error if the caller has lost rights, or what the model was shown was erased.
func (x *exchange) still(ctx context.Context) error { return still(ctx, x.by, x.seen) }

func still(ctx context.Context, by *gate.Call, seen *evidence) error {
	if err := by.Recheck(ctx); err != nil {
		return err
	}
	if !by.Live.View.Load().State().Keeps(ingest.ReaderOf(by, nil), seen.basis) {
		return ingest.ErrErased
	}
	return nil
}

// refreshed is like still, with the changes of other processes.
func (x *exchange) refreshed(ctx context.Context) error { return refreshed(ctx, x.by, x.seen) }

func refreshed(ctx context.Context, by *gate.Call, seen *evidence) error {
	if err := by.Live.Refresh(ctx); err != nil {
		return err
	}
	return still(ctx, by, seen)
}

// note leaves the trace of the answer.
func (x *exchange) note(r *Reply) {
	n := response(x.by, record.ResponseChat, r.Trace, x.begun)
	n.Session, n.Message, n.Text, n.Cached, n.ReusedFrom, n.Model = r.Asked.Session, x.text, ingest.Redact(x.by, r.Text), r.Cached, r.Reused, strings.Join(r.Usage.Models, ", ")
	n.Spent = record.Tokens{In: r.Usage.TokensIn, Out: r.Usage.TokensOut}
	if t := x.seen.found.Trace; t != "" {
		n.Retrievals = []string{t}
	}
	for _, c := range r.Citations {
		n.Cited = append(n.Cited, c.ID)
	}
	// The trace is erased with what the model was shown, and with the turns, which have its texts.
	n.Given = slices.Concat(x.seen.basis, r.from, r.Asked.Turns, r.Asked.Chunks, r.Answered.Turns, r.Answered.Chunks)
	x.by.Live.NoteResponse(n)
}

// response begins the trace of an answer.
func response(by *gate.Call, source, id string, begun time.Time) record.Response {
	out := record.Response{
		ID: id, At: by.Now(), Source: source, Latency: time.Since(begun), Principal: by.Principal.ID, Region: by.Region(authz.MemoryRead).Written(),
	}
	if by.Behalf != nil {
		out.Behalf = by.Behalf.ID
	}
	if by.Key != nil {
		out.Key = by.Key.ID
	}
	return out
}

// failed converts the error of a model. Errors with a code, and those of the caller, pass through.
func failed(ctx context.Context, err error) error {
	var known *fault.Error
	if ctx.Err() != nil || errors.As(err, &known) || !llm.Failed(err) {
		return err
	}
	return &fault.Error{Code: fault.Model, Field: "Model", Detail: "the model failed", Err: err}
}

// prefix returns the beginning of a text, at most size bytes, without a part of a character at its end.
func prefix(text string, size int) string {
	if len(text) <= size {
		return text
	}
	return strings.ToValidUTF8(text[:size], "")
}
