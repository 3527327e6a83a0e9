package ingest

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// ReplaceInstruction ends an instruction and puts another one in its place, in one transaction. It returns the id of the new one.
func ReplaceInstruction(ctx context.Context, by *gate.Call, id, text string) (replaced string, err error) {
	if err := input.Text("text", text, MaxValueBytes); err != nil {
		return "", err
	}
	if text = strings.TrimSpace(text); record.Blank(text) || record.SameOrder(text) == "" {
		return "", fault.Bad("text", "empty")
	}
	text = redactorFor(by).text(text)
	if found := guard.Scan(text); len(found) > 0 {
		return "", fault.Bad("text", "it looks like a prompt injection (%s), which does not become an instruction", found[0].Kind)
	}
	err = change(ctx, by, record.EditCorrect, edit{creates: true, plan: func(ctx context.Context, e *editing) error {
		p, i, err := e.instruction(ctx, id, "replace the instruction that is in force, or remember the text")
		if err != nil {
			return err
		}
		switch {
		case i.Description == text:
			return fault.Bad("text", "the instruction has this text already")
		case slices.ContainsFunc(e.view.Orders(i.Scopes, record.Deed(text)), func(o record.Instruction) bool {
			return o.ID != i.ID && record.SameOrder(o.Description) == record.SameOrder(text)
		}):
			return fault.New(fault.Conflict, "text", "another instruction in force has this text; revoke this one instead")
		}
		n := *i
		n.ID, n.Description, n.Quote, n.Vector, n.Confidence = p.newID(string(record.KindInstruction)), text, "", nil, 1
		n.Source = record.Source{Kind: record.FromUpsert, Ref: p.decision.ID, Trust: trustOperator}
		end := p.revocation(i)
		n.Known, n.RecordedAt, n.RetiredAt = record.Interval{From: end.KnownUntil}, p.now, time.Time{}
		end.SupersededBy = n.ID
		replaced = n.ID
		p.addPlan(reconcile.Plan{Instructions: []record.Instruction{n}, CloseInstructions: []reconcile.Closing{end}})
		e.take(p)
		return nil
	}})
	return replaced, err
}

// instruction finds an active instruction that the caller may change, and returns a planner for its scopes. otherwise is the advice in the
// error for one that has ended.
func (e *editing) instruction(ctx context.Context, id, otherwise string) (*planner, *record.Instruction, error) {
	i, ok := e.view.Instruction(id)
	if !ok || !e.sees(i.Scopes) {
		return nil, nil, fault.New(fault.NotFound, "id", "no such instruction")
	}
	if err := e.mustWrite(ctx, "id", "instruction", i.Scopes); err != nil {
		return nil, nil, err
	}
	if !i.Active {
		return nil, nil, fault.New(fault.Conflict, "id", "the instruction has ended already; %s", otherwise)
	}
	return e.in(i.Scopes), i, nil
}

// Exchange is a message of a user with the answer of an assistant. At least one of them has a text.
type Exchange struct {
	User, Assistant string
	Request         // without messages
	Speaker         string
	At              time.Time
}

// RememberExchange stores an exchange in one transaction, as RememberMany does.
func RememberExchange(ctx context.Context, by *gate.Call, x Exchange) (*Stored, error) {
	opts := &by.Live.Core.Opts
	if record.Blank(x.User) && record.Blank(x.Assistant) {
		return nil, fault.Bad("User", "empty, and so is Assistant")
	}
	if err := input.Time("At", x.At); err != nil {
		return nil, err
	}
	if _, err := input.Speaker("Speaker", x.Speaker); err != nil {
		return nil, err
	}
	for _, m := range []struct {
		field   string
		message Message
	}{{"User", Message{Role: record.User, Text: x.User, Speaker: x.Speaker, At: x.At}}, {"Assistant", Message{Role: record.Assistant, Text: x.Assistant, At: x.At}}} {
		if err := input.Text(m.field, m.message.Text, opts.MaxText); err != nil {
			return nil, err
		}
		if !record.Blank(m.message.Text) {
			x.Messages = append(x.Messages, m.message)
		}
	}
	d, err := many(x.Request, opts.MaxText, max(opts.MaxBatch, len(x.Messages)))
	if err == nil {
		err = d.withKey(x.Key, true)
	}
	if err != nil {
		return nil, err
	}
	return d.run(ctx, by)
}
