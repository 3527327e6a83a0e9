package recall

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// A turn is meant if it tells nothing else: if all facts that were taken from its words are meant. A description of a fact means the fact. Turns
// are meant besides only by "everything about" and "what I told you about", and if no fact fits.

// telling returns the pieces of turns that a description means, and those that it may mean.
func (v *View) telling(q *Query, d description, found *sense) (meant, maybe []*record.Chunk) {
	var turns []*record.Chunk
	sure := true
	switch {
	case len(found.entity) > 0 && found.own: // the turns that told what is meant
		for _, f := range found.facts {
			turns = append(turns, v.piecesOf(q, f)...)
		}
		if !names(q.selves, found.entity[0]) {
			turns = append(turns, v.turnsNaming(q, found.entity[0])...)
		}
	case len(found.entity) > 0:
		turns = v.turnsNaming(q, found.entity[0])
	case d.means == oneThing && len(found.facts)+len(found.maybe)+len(found.orders)+len(found.maybeOrders) > 0, d.means == allThings:
		return nil, nil
	default:
		topic := words(quoting.Replace(d.topic))
		if len(topic) > 0 && articles[strings.ToLower(topic[0])] {
			topic = topic[1:]
		}
		if len(topic) < 2 && d.means == oneThing {
			return nil, nil
		}
		turns = v.turnsWith(q, q.Filter, strings.Join(topic, " "))
		turns = slices.DeleteFunc(turns, func(c *record.Chunk) bool { return c.Role != record.User || found.own && !v.spokenBy(q, c) })
		sure = len(topic) > 1 && (d.means != oneThing || len(turns) == 1)
		for _, f := range found.facts {
			turns = append(turns, v.piecesOf(q, f)...)
		}
	}
	slices.SortFunc(turns, func(a, b *record.Chunk) int { return strings.Compare(a.ID, b.ID) })
	turns = slices.CompactFunc(turns, func(a, b *record.Chunk) bool { return a.ID == b.ID })
	beside := v.tellsBeside(q, turns, found)
	for _, c := range turns {
		if sure && !beside[c.ID] {
			meant = append(meant, c)
		} else {
			maybe = append(maybe, c)
		}
	}
	return meant, maybe
}

// articles are words before a topic that a turn does not need to have.
var articles = wordSet("the a an der die das den dem el la los las le les un una une")

// spokenBy reports whether the asker may have said a turn.
func (v *View) spokenBy(q *Query, c *record.Chunk) bool {
	return c.Speaker == "" || names(q.selves, record.EntityRef{Type: record.TypePerson, Name: c.Speaker})
}

// piecesOf returns the pieces of turns that a fact was taken from, if the question may find them.
func (v *View) piecesOf(q *Query, f *record.Fact) (out []*record.Chunk) {
	for _, id := range v.said.chunksOfTurn(f.Source.Ref) {
		if c := v.chunk(id); c != nil && finds(q.Filter, c) && within(f.Source.Span, c) {
			out = append(out, c)
		}
	}
	return out
}

// within reports whether a piece of a turn has the words that a span quotes. Every piece has those of an empty span.
func within(span record.Span, c *record.Chunk) bool {
	return span == (record.Span{}) || span.Start >= c.Start && span.Start < c.Start+utf8.RuneCountInString(c.Text)
}

// turnsWith returns the pieces of turns that have some words in a row and that pass a filter.
func (v *View) turnsWith(q *Query, f index.Filter, text string) (out []*record.Chunk) {
	phrase := record.Phrase(text)
	f.Kinds = []record.Kind{record.KindMemoryChunk}
	if len(q.Filter.Kinds) > 0 && !slices.Contains(q.Filter.Kinds, record.KindMemoryChunk) {
		return nil
	}
	for _, id := range v.index.Having(text, f) {
		if c := v.chunk(id); c != nil && strings.Contains(record.Phrase(c.Text), phrase) {
			out = append(out, c)
		}
	}
	return out
}

// turnsNaming returns the pieces of turns that name an entity, by its name or by a first name that nobody else has.
func (v *View) turnsNaming(q *Query, e record.EntityRef) (out []*record.Chunk) {
	seen := Query{Filter: index.Filter{Visible: q.Filter.Visible, Within: q.Filter.Within, Lens: q.Filter.Lens}, by: q.by}
	called := []string{e.Name}
	first := record.FirstWord(e.Name)
	if e.Type == record.TypePerson && first != record.Normalise(e.Name) {
		if itself, _ := v.bearers(&seen, []byte(first)); len(itself) == 0 && len(v.namesakes(&seen, []byte(first))) == 1 {
			called = append(called, first)
		}
	}
	for _, name := range called {
		phrase := record.Phrase(name)
		for _, c := range v.turnsWith(q, q.Filter, name) {
			// "Julia Moser" does not name Julia.
			text := record.Phrase(c.Text)
			for _, other := range v.namesakes(&seen, []byte(first)) {
				if record.Extends(name, other.Name) && other.Key() != e.Key() {
					text = strings.ReplaceAll(text, record.Phrase(other.Name), "--")
				}
			}
			if strings.Contains(text, phrase) {
				out = append(out, c)
			}
		}
	}
	return out
}

// tellsBeside finds the pieces of turns from which facts or instructions were taken that a description does not mean. It reads all live facts
// that the caller sees.
func (v *View) tellsBeside(q *Query, turns []*record.Chunk, found *sense) map[string]bool {
	if len(turns) == 0 {
		return nil
	}
	of := map[string][]*record.Chunk{} // by turn
	for _, c := range turns {
		of[c.Turn] = append(of[c.Turn], c)
	}
	meant := make(map[string]bool, len(found.facts)+len(found.orders))
	for _, f := range found.facts {
		meant[f.ID] = true
	}
	for _, i := range found.orders {
		meant[i.ID] = true
	}
	out := map[string]bool{}
	note := func(id string, from record.Source) {
		for _, c := range of[from.Ref] {
			if !meant[id] && within(from.Span, c) {
				out[c.ID] = true
			}
		}
	}
	for f := range mergeLists(compareFacts, nil, v.known.listed.live.lists(q.by.reach)) {
		note(f.ID, f.Source)
	}
	for i := range v.known.ordered.before(q.by.reach, nil) {
		if i.Active {
			note(i.ID, i.Source)
		}
	}
	return out
}
