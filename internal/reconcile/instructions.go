package reconcile

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// instruct plans the instructions. A repeated order is reinforced, and the opposite order is superseded. Of two opposite orders in one
// text, the last counts and a question names both.
func (p *planner) instruct() {
	coming := slices.Clone(p.in.Extraction.Instructions)
	slices.SortStableFunc(coming, func(a, b record.ExtractedInstruction) int { return a.Span.Start - b.Span.Start })
	orders := make([]record.Order, len(coming))
	for i := range coming {
		orders[i] = record.ReadOrder(coming[i].Description)
	}
	for i, x := range coming {
		x.Description = strings.TrimSpace(x.Description)
		switch {
		case orders[i].Text == "":
			p.ask("Instruction: "+x.Label, "it says nothing to do", x.Span)
		case !(x.Confidence >= p.in.Floor):
			p.doubt(aboutOrder(&x), x.Description, x.Confidence, x.Span)
		case p.overtaken(coming, orders, i):
		default:
			p.instructOne(x, orders[i])
		}
	}
}

// overtaken reports whether the text repeats or revokes the order further on.
func (p *planner) overtaken(coming []record.ExtractedInstruction, orders []record.Order, i int) bool {
	for j := i + 1; j < len(coming); j++ {
		if !(coming[j].Confidence >= p.in.Floor) {
			continue
		}
		if orders[j].Text == orders[i].Text {
			return true
		}
		if orders[j].Excludes(orders[i]) {
			p.ask(aboutOrder(&coming[j]), quoted(coming[i].Description)+" was said at once with its opposite, which was kept", coming[i].Span)
			return true
		}
	}
	return false
}

func (p *planner) instructOne(x record.ExtractedInstruction, o record.Order) {
	var opposed []*record.Instruction
	known := p.in.instructions(o.Deed)
	for i := range known {
		live := &known[i]
		if !live.Active || !live.RetiredAt.IsZero() || !live.Scopes.Equal(p.in.Scopes) {
			continue
		}
		other := record.ReadOrder(live.Description)
		switch {
		case other.Text == o.Text:
			p.again(live.ID)
			p.markOrderAnswered(&x)
			return
		case !o.Excludes(other):
		case rank(live.Source.Kind) > p.rank, p.in.Observed.Before(live.Known.From):
			p.ask(aboutOrder(&x), quoted(live.Description)+" says the opposite and stays", x.Span)
			return
		default:
			opposed = append(opposed, live)
		}
	}
	n := record.Instruction{
		ID: p.in.NewID(string(record.KindInstruction)), Label: strings.TrimSpace(x.Label), Description: x.Description, Active: true,
		Scopes: p.in.Scopes, Labels: p.in.Labels, Source: p.source(x.Span), Confidence: min(x.Confidence, 1),
		Known: record.Interval{From: p.in.Observed}, RecordedAt: p.in.Now,
	}
	n.Quote = x.Span.Quote(p.in.Text)
	p.markOrderAnswered(&x)
	p.plan.Instructions = append(p.plan.Instructions, n)
	for _, live := range opposed {
		p.plan.CloseInstructions = append(p.plan.CloseInstructions, Closing{
			ID: live.ID, Slot: live.Slot(p.in.ScopeKey), KnownUntil: p.in.Observed, RetiredAt: p.in.Now, SupersededBy: n.ID,
		})
	}
}

// revoke plans the end of the instructions that the speaker takes back. An instruction of a source with higher rank, or that was learned later,
// stays, and a question says so.
func (p *planner) revoke() {
	for i := range p.in.Revoked {
		live := &p.in.Revoked[i]
		closed := slices.ContainsFunc(p.plan.CloseInstructions, func(c Closing) bool { return c.ID == live.ID })
		switch {
		case closed, !live.Active, !live.RetiredAt.IsZero(), !live.Scopes.Equal(p.in.Scopes):
		case rank(live.Source.Kind) > p.rank, p.in.Observed.Before(live.Known.From):
			p.ask("Instruction: "+live.Description, quoted(live.Description)+" was taken back and stays", live.By)
		default:
			p.plan.CloseInstructions = append(p.plan.CloseInstructions, Closing{
				ID: live.ID, Slot: live.Slot(p.in.ScopeKey), KnownUntil: p.in.Observed, RetiredAt: p.in.Now, EndedBy: p.in.Source.Ref,
				Forgotten: true,
			})
		}
	}
}
