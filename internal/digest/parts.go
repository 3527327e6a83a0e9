package digest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Parts are the contents of a context block. Each list begins with what counts most, except that the Conversation is in its order.
type Parts struct {
	Instructions []Entry
	Profile      []Entry
	Conversation []Entry // the last turns of a session, oldest first
	Hits         []Entry // of the question
	Confident    bool    // whether the hits are likely about the question
}

// Compose makes a context block of at most budget tokens. Entries are taken in this order: instructions, up to a quarter of the budget; the
// conversation from its end, up to half of it; the hits; the profile, up to a quarter; then what these shares left out, in the same order. If
// the hits are not likely about the question, the profile comes before them.
func (p Parts) Compose(budget int, format Format) Block {
	const profile, instructions, facts, passages, conversation = 0, 1, 2, 3, 4
	sections := []Section{
		profile:      {Name: "profile", Title: "Profile", Share: budget / 4, Entries: p.Profile},
		instructions: {Name: "instructions", Title: "Instructions", Share: budget / 4, Entries: slices.Clip(p.Instructions)},
		facts:        {Name: "facts", Title: "Facts"},
		passages:     {Name: "passages", Title: "Passages"},
	}
	if p.Conversation != nil {
		sections = append(sections, Section{Name: "conversation", Title: "Conversation", Share: budget / 2, Entries: p.Conversation})
	}
	queue := make([]place, 0, len(p.Instructions)+len(p.Conversation)+len(p.Hits)+len(p.Profile))
	list := func(section int, entries []Entry) {
		for i := range entries {
			queue = append(queue, place{section: section, index: i})
		}
	}
	list(instructions, p.Instructions)
	list(conversation, p.Conversation)
	slices.Reverse(queue[len(p.Instructions):])
	if !p.Confident {
		list(profile, p.Profile)
	}
	for _, e := range p.Hits {
		in := facts
		switch e.Kind {
		case record.KindInstruction:
			in = instructions
		case record.KindMemoryChunk, record.KindChunk, record.KindSection:
			in = passages
		}
		queue = append(queue, place{section: in, index: len(sections[in].Entries)})
		sections[in].Entries = append(sections[in].Entries, e)
	}
	if p.Confident {
		list(profile, p.Profile)
	}
	return compose(sections, queue, budget, format)
}

// Conversation describes a session for Summarise.
type Conversation struct {
	From, Until  time.Time
	Turns        int
	Speakers     []Speaker
	Topics       []string
	Instructions []Entry
	Facts        []Entry
	Open         []Entry // uncertainties
	More         bool    // there are more facts, instructions or uncertainties
}

// Speaker says how many turns somebody spoke.
type Speaker struct {
	Name  string // "": unknown
	Role  record.Role
	Turns int
}

// Summarise returns a conversation in Markdown: who spoke when and of what, and what memory has of it, with at most budget tokens of the latter.
func Summarise(c Conversation, budget int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s", c.Turns, plural(c.Turns, "turn", "turns"))
	if !c.From.IsZero() {
		from, until := c.From.UTC().Format(time.DateOnly), c.Until.UTC().Format(time.DateOnly)
		b.WriteString(" on " + from)
		if until != from {
			b.WriteString(" to " + until)
		}
	}
	for i, s := range c.Speakers {
		b.WriteString([]string{": ", ", "}[min(i, 1)])
		who := name(s.Name)
		if who == "" {
			who = string(s.Role)
		}
		fmt.Fprintf(&b, "%s (%d)", who, s.Turns)
	}
	b.WriteString(".\n")
	var topics []string
	for _, t := range c.Topics {
		topics = append(topics, name(t))
	}
	if len(topics) > 0 {
		b.WriteString("Topics: " + strings.Join(topics, ", ") + ".\n")
	}
	block := Compose([]Section{
		{Name: "instructions", Title: "Instructions", Entries: c.Instructions},
		{Name: "facts", Title: "Facts", Entries: c.Facts},
		{Name: "questions", Title: "Open questions", Entries: c.Open},
	}, budget, Markdown)
	if block.Text != "" {
		b.WriteString("\n" + block.Text)
	}
	if c.More || block.Left > 0 {
		b.WriteString("\nThere is more.\n")
	}
	return b.String()
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
