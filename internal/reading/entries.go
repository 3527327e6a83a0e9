package reading

import (
	"slices"

	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Entries returns facts and instructions as blocks show them, in their order.
func Entries(hits []recall.Hit) []digest.Entry {
	out := make([]digest.Entry, len(hits))
	for i := range hits {
		fill(&out[i], &hits[i])
	}
	return out
}

// ByCategory returns facts as blocks show them: those of the most lasting category first, and otherwise in their order.
func ByCategory(facts []recall.Hit) []digest.Entry {
	var weights []float64 // of the categories
	for i := range facts {
		if w := facts[i].Fact.Category.Importance(); !slices.Contains(weights, w) {
			weights = append(weights, w)
		}
	}
	slices.Sort(weights)
	slices.Reverse(weights)
	out := make([]digest.Entry, 0, len(facts))
	for _, w := range weights {
		for i := range facts {
			if facts[i].Fact.Category.Importance() == w {
				out = append(out, digest.Entry{})
				fill(&out[len(out)-1], &facts[i])
			}
		}
	}
	return out
}

// fill sets an entry to a fact or an instruction. It shows no session and no turn that the caller may not know.
func fill(e *digest.Entry, h *recall.Hit) {
	e.ID, e.Kind, e.Text = h.ID, h.Kind, h.Text
	var source *record.Source
	var remarks digest.Remarks
	if f := h.Fact; f != nil {
		e.Text, e.At, source = f.Text(), ingest.FirstTime(f.Valid.From, f.Known.From).UTC(), &f.Source
		remarks = digest.Remarks{Until: f.Valid.Until, Ended: !f.Known.Until.IsZero(), Doubted: h.Doubt != ""}
	} else {
		e.At, source = h.Instruction.Known.From, &h.Instruction.Source
	}
	if h.Spoken != nil && !h.NoTurn {
		e.Role, e.Speaker = h.Spoken.Role, h.Spoken.Speaker
	}
	if !h.NoSession {
		e.Session = source.Session
	}
	remarks.Source, remarks.Trust = source.Kind, source.Trust
	e.Remark(remarks)
}
