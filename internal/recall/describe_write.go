package recall

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// Around is where a description in a turn looks: the facts of one scope set, with those of the write itself.
type Around struct {
	Speaker record.EntityRef // who says "I"; zero: unknown
	// Named returns what bears a normalised name, and the persons whose first name it is, as every reader of the scope set knows them.
	Named func(name string) (itself, first []record.EntityRef)
	// About returns the live facts about some entities, and the live relations to them.
	About func(entities []record.EntityRef) []*record.Fact
	// Orders returns the active instructions.
	Orders func() []*record.Instruction
	Now    time.Time
}

// Sense is what a description in a turn means.
type Sense struct {
	Facts  []*record.Fact
	Orders []*record.Instruction
	// Unclear says that these fit, and that the description does not say which is meant.
	Unclear bool
}

// Sense finds what a description in a turn means. Nothing else of the view takes part than what around returns.
func (s *State) Sense(text string, around Around) (out Sense) {
	said := describes(text)
	q := Query{Text: said.topic, Mode: index.Vector, Now: around.Now}
	if said.empty() {
		return out
	}
	q.wording = s.view.wordingOf(&q)
	if len(q.lower) > maxDescription {
		return out
	}
	in := sphere{
		now:      around.Now,
		named:    func(name []byte) (itself, first []record.EntityRef) { return around.Named(string(name)) },
		about:    around.About,
		readable: func(*record.Fact) bool { return true },
		orders:   around.Orders,
		animal: func(f *record.Fact, kind string) bool {
			if said := animalsIn(f.Quote); len(said) > 0 {
				return slices.Contains(said, kind)
			}
			defer s.enter()()
			return s.view.isAnimal(f, kind)
		},
	}
	if around.Speaker.Name != "" {
		in.selves = []record.EntityRef{around.Speaker}
	}
	found := in.sense(said, &q.wording)
	if found.unclear {
		return out
	}
	out.Facts, out.Orders = found.facts, found.orders
	if len(out.Facts)+len(out.Orders) == 0 {
		out.Facts, out.Orders = found.fitting, found.maybeOrders
		out.Unclear = true
	}
	out.Unclear = out.Unclear || len(out.Facts)+len(out.Orders) > 1
	return out
}
