package reconcile

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// parsedOrder is a parsed instruction: what it asks for, and whether always or never.
type parsedOrder struct {
	text string // record.SameOrder of the description
	deed string // record.Deed
	sign int    // 1 always, -1 never, 0 neither or both
}

func readOrder(description string) parsedOrder {
	o := parsedOrder{text: record.SameOrder(description), deed: record.Deed(description)}
	words := strings.Split(o.text, "-")
	always, never := slices.Contains(words, "always"), slices.Contains(words, "never")
	switch {
	case always && !never:
		o.sign = 1
	case never && !always:
		o.sign = -1
	}
	return o
}

// opposes reports whether one order forbids what the other asks for.
func (o parsedOrder) opposes(other parsedOrder) bool {
	return o.sign*other.sign < 0 && o.deed == other.deed
}

// instruct files the instructions: the same order is reinforced, the opposite one closed by the later. Of two
// opposite orders in one text the last is taken and a question names both.
func (p *planner) instruct() {
	coming := slices.Clone(p.in.Extraction.Instructions)
	slices.SortStableFunc(coming, func(a, b record.ExtractedInstruction) int { return a.Span.Start - b.Span.Start })
	orders := make([]parsedOrder, len(coming))
	for i := range coming {
		orders[i] = readOrder(coming[i].Description)
	}
	for i, x := range coming {
		x.Description = strings.TrimSpace(x.Description)
		switch {
		case orders[i].text == "":
			p.ask("Instruction: "+x.Label, "it says nothing to do", x.Span)
		case !(x.Confidence >= p.in.Floor):
			p.doubt(aboutOrder(&x), x.Description, x.Confidence, x.Span)
		case p.overtaken(coming, orders, i):
		default:
			p.instructOne(x, orders[i])
		}
	}
}

// overtaken reports whether the same text repeats the order or takes it back further on.
func (p *planner) overtaken(coming []record.ExtractedInstruction, orders []parsedOrder, i int) bool {
	for j := i + 1; j < len(coming); j++ {
		if !(coming[j].Confidence >= p.in.Floor) {
			continue
		}
		if orders[j].text == orders[i].text {
			return true
		}
		if orders[j].opposes(orders[i]) {
			p.ask(aboutOrder(&coming[j]), quoted(coming[i].Description)+" was said at once with its opposite, which was kept", coming[i].Span)
			return true
		}
	}
	return false
}

func (p *planner) instructOne(x record.ExtractedInstruction, o parsedOrder) {
	var opposed []*record.Instruction
	known := p.in.instructions(o.deed)
	for i := range known {
		live := &known[i]
		if !live.Active || !live.RetiredAt.IsZero() || !live.Scopes.Equal(p.in.Scopes) {
			continue
		}
		other := readOrder(live.Description)
		switch {
		case other.text == o.text:
			p.again(live.ID)
			p.markOrderAnswered(&x)
			return
		case !other.opposes(o):
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
	n.Quote = n.Source.Span.Quote(p.in.Text)
	p.markOrderAnswered(&x)
	p.plan.Instructions = append(p.plan.Instructions, n)
	for _, live := range opposed {
		p.plan.CloseInstructions = append(p.plan.CloseInstructions, Closing{
			ID: live.ID, Slot: live.Slot(p.in.ScopeKey), KnownUntil: p.in.Observed, RetiredAt: p.in.Now, SupersededBy: n.ID,
		})
	}
}
