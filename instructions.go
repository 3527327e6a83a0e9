package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Instructions are the lasting instructions to the agent: "Always answer in French".
type Instructions struct {
	context *contextHandle
}

// Instructions returns the Context's instructions.
func (c *Context) Instructions() *Instructions { return &Instructions{&c.contextHandle} }

// Instruction is a lasting instruction to the agent.
type Instruction struct {
	ID          string    `json:"id"`          // "instruction:…"
	Label       string    `json:"label"`       // short name
	Description string    `json:"description"` // the instruction
	Active      bool      `json:"active"`      // whether it is in force
	Labels      []string  `json:"labels,omitempty"`
	Scopes      Scopes    `json:"scopes,omitempty"`    // where it belongs: the clauses that the caller may read
	Confidence  float64   `json:"confidence"`          // 0 to 1
	KnownFrom   time.Time `json:"knownFrom,omitzero"`  // when it became known
	KnownUntil  time.Time `json:"knownUntil,omitzero"` // zero while it is active
	RecordedAt  time.Time `json:"recordedAt,omitzero"` // when the store recorded it
	RetiredAt   time.Time `json:"retiredAt,omitzero"`  // zero while it is active
	Source      Source    `json:"source,omitzero"`
}

// InstructionQuery selects a page of instructions. Its last four fields are those of PageRequest.
type InstructionQuery struct {
	// Active selects instructions that are in force, and Ended selects those that have ended. Both, or neither, select all.
	Active, Ended bool

	Cursor    string // Page.NextCursor of the page before; "" from the start
	Limit     int    // 0: 100, at most 500
	Offset    int    // as in PageRequest
	WithTotal bool   // counts all matching instructions
}

// List lists the instructions that the caller may read, ordered by RecordedAt, the newest first. CodeInvalid and CodeTooLarge with the
// Field.
func (i *Instructions) List(ctx context.Context, q InstructionQuery) (Page[Instruction], error) {
	return callMemory(ctx, i.context, "list instructions", func(_ context.Context, by *gate.Call) (Page[Instruction], error) {
		return page(instructionsOf(by))(ingest.ListInstructions(by, paging.Request(q.page()),
			func(row *record.Instruction) bool { return q.Active == q.Ended || q.Active == row.Active }))
	})
}

// All iterates over the instructions, starting at the requested page. It stops after the first error: see PageRequest.
func (i *Instructions) All(ctx context.Context, q InstructionQuery) iter.Seq2[Instruction, error] {
	return all(ctx, q, i.List)
}

// Get returns an instruction, active or ended. ErrNotFound: no instruction with that id is visible to the caller.
func (i *Instructions) Get(ctx context.Context, id string) (*Instruction, error) {
	return callMemory(ctx, i.context, "get instruction", func(_ context.Context, by *gate.Call) (*Instruction, error) {
		return one(instructionsOf(by))(ingest.FindInstruction(by, id))
	})
}

// Revoke ends an instruction. It stays in the history. Codes: CodeNotFound; CodeForbidden without memory:write over all scopes of the
// instruction; CodeConflict if it has already ended.
func (i *Instructions) Revoke(ctx context.Context, id string) error {
	return doMemory(ctx, i.context, "revoke instruction", func(ctx context.Context, by *gate.Call) error { return ingest.RevokeInstruction(ctx, by, id) })
}

func (q InstructionQuery) page() PageRequest {
	return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal}
}

func (q InstructionQuery) at(p PageRequest) InstructionQuery {
	return InstructionQuery{q.Active, q.Ended, p.Cursor, p.Limit, p.Offset, p.WithTotal}
}

// instructionsOf converts instructions for a caller.
func instructionsOf(by *gate.Call) func(recall.Hit) Instruction {
	return func(h recall.Hit) Instruction {
		i := h.Instruction
		return Instruction{
			ID: i.ID, Label: i.Label, Description: i.Description, Active: i.Active, Labels: append([]string(nil), i.Labels...), Scopes: newScopes(by.Seen(i.Scopes)),
			Confidence: i.Confidence, KnownFrom: i.Known.From, KnownUntil: i.Known.Until, RecordedAt: i.RecordedAt, RetiredAt: i.RetiredAt,
			Source: sourceOf(&h, &i.Source, i.Quote),
		}
	}
}
