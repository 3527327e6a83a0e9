package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// What is to be forgotten is named by other rows: a turn by what was told there, a fact by the fact that it replaced or that replaced it, and by the
// questions about it. The store files these rows under what they name, so that forgetting a record does not visit all of them.

// cited lists sorted ids of facts, instructions and questions, by the ids of the turns and facts that they name.
type cited map[string][]string

func (c cited) add(by string, ids ...string) {
	for _, id := range ids {
		if id == "" {
			continue
		}
		if i, filed := slices.BinarySearch(c[id], by); !filed {
			c[id] = slices.Insert(c[id], i, by)
		}
	}
}

func (c cited) remove(by string, ids ...string) {
	for _, id := range ids {
		list := c[id]
		switch i, filed := slices.BinarySearch(list, by); {
		case filed && len(list) == 1:
			delete(c, id)
		case filed:
			c[id] = slices.Delete(list, i, i+1)
		}
	}
}

// cites files a fact, in place of its earlier state.
func (c cited) cites(old, f *record.Fact) {
	if old != nil {
		if old.Source.Ref == f.Source.Ref && old.Supersedes == f.Supersedes && old.SupersededBy == f.SupersededBy && slices.Equal(old.Retold, f.Retold) {
			return
		}
		c.forgets(old)
	}
	c.add(f.ID, f.Source.Ref, f.Supersedes, f.SupersededBy)
	c.add(f.ID, DocumentsAmong(f.Retold)...)
}

// forgets undoes cites.
func (c cited) forgets(f *record.Fact) {
	c.remove(f.ID, f.Source.Ref, f.Supersedes, f.SupersededBy)
	c.remove(f.ID, DocumentsAmong(f.Retold)...)
}

// DocumentsAmong returns the documents among the turns and documents that told a fact.
func DocumentsAmong(retold []string) (ids []string) {
	for _, id := range retold {
		if strings.HasPrefix(id, store.TableDocument+":") {
			ids = append(ids, id)
		}
	}
	return ids
}

// Citing has the rows that name a turn, a document or a fact.
type Citing struct {
	Facts        []*record.Fact // told by the turn or document; or told again by the document; or the fact has replaced them, or they the fact
	Instructions []*record.Instruction
	Questions    []*record.OpenQuestion // raised by the turn, or about the fact
}

// Citing returns the rows that name a turn, a document or a fact, whoever may see them.
func (s *State) Citing(id string) (out Citing) {
	defer s.enter()()
	for _, by := range s.view.known.cited[id] {
		if f := s.view.known.facts[by]; f != nil {
			out.Facts = append(out.Facts, f)
		}
		if i := s.view.known.instructions[by]; i != nil {
			out.Instructions = append(out.Instructions, i)
		}
		if q := s.view.known.questions[by]; q != nil {
			out.Questions = append(out.Questions, q)
		}
	}
	return out
}

// Told returns the number of live facts of the scopes that a reader sees and that a document tells. visible is nil for a reader of all scopes.
func (v *View) Told(document string, visible func(record.ScopeSet) bool) int {
	return read(v, func() (n int) {
		for _, id := range v.known.cited[document] {
			if f := v.known.facts[id]; f != nil && f.Live() && slices.Contains(f.Tellings(), document) && (visible == nil || visible(f.Scopes)) {
				n++
			}
		}
		return n
	})
}

// Asking returns the questions of a scope set with a topic, open and resolved.
func (s *State) Asking(set record.ScopeSet, topic string) (out []*record.OpenQuestion) {
	defer s.enter()()
	for _, id := range s.view.known.topics[pendingKey{scope.Key(set), record.Normalise(topic)}] {
		out = append(out, s.view.known.questions[id])
	}
	return out
}

// Concluded returns the conclusions, live and closed, that rest on a record.
func (s *State) Concluded(evidence string) (out []*record.Fact) {
	defer s.enter()()
	for _, id := range s.view.known.conclusions[evidence] {
		out = append(out, s.view.known.facts[id])
	}
	return out
}
