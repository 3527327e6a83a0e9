package recall

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/sorted"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// rowsOfFacts has the rows that a fact store should have, by id.
type rowsOfFacts struct {
	facts        map[string]*record.Fact
	instructions map[string]*record.Instruction
	questions    map[string]*record.OpenQuestion
	entities     map[string]record.Entity
}

func (r rowsOfFacts) ids() []string {
	return slices.Concat(slices.Collect(maps.Keys(r.facts)), slices.Collect(maps.Keys(r.instructions)), slices.Collect(maps.Keys(r.questions)),
		slices.Collect(maps.Keys(r.entities)))
}

func (r rowsOfFacts) erase(id string) {
	delete(r.facts, id)
	delete(r.instructions, id)
	delete(r.questions, id)
	delete(r.entities, id)
}

// anew builds a store from the rows alone, one by one or as a load does.
func (r rowsOfFacts) anew(loading bool) *factStore {
	s := newFactStore()
	s.loading = loading
	for _, id := range slices.Sorted(maps.Keys(r.entities)) {
		s.putEntity(r.entities[id])
	}
	for _, id := range slices.Sorted(maps.Keys(r.facts)) {
		s.put(r.facts[id])
	}
	for _, i := range r.instructions {
		s.putInstruction(i)
	}
	for _, q := range r.questions {
		s.putQuestion(q)
	}
	s.loaded()
	return s
}

// TestFactStoreIndexes makes writes of every kind. After each it compares all indexes with those of a store that is built from the rows
// alone.
func TestFactStoreIndexes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(testsize.Of(20)) {
		random := rand.New(rand.NewPCG(seed, 7))
		w := writer{random: random, rows: rowsOfFacts{map[string]*record.Fact{}, map[string]*record.Instruction{}, map[string]*record.OpenQuestion{}, map[string]record.Entity{}}}
		s := newFactStore()
		for step := range 120 {
			w.step(s)
			got := dump(t, s)
			for _, loading := range []bool{false, true} {
				require.Equal(t, dump(t, w.rows.anew(loading)), got, "seed %d, step %d", seed, step)
			}
		}
		s.erase(w.rows.ids())
		require.Empty(t, dump(t, s), "seed %d: nothing is left", seed)
	}
}

// writer makes random writes to a store, and makes the same changes to rows.
type writer struct {
	random *rand.Rand
	rows   rowsOfFacts
	made   int
}

func one[T any](random *rand.Rand, of []T) T { return of[random.IntN(len(of))] }

func (w *writer) scopes() record.ScopeSet {
	return one(w.random, []record.ScopeSet{{{"/"}}, {{"org/a"}}, {{"org/a"}, {"org/b"}}, {{"org/a", "org/b"}}})
}

func (w *writer) entity() record.EntityRef {
	return record.EntityRef{Type: one(w.random, []string{record.TypePerson, record.TypeTopic}), Name: one(w.random, []string{"Ana", "Ana Lima", "Bob", "user", "anA"})}
}

// id returns a new id or an existing one.
func id[T any](w *writer, table string, rows map[string]T) string {
	if len(rows) > 0 && w.random.IntN(2) == 0 {
		return one(w.random, slices.Sorted(maps.Keys(rows)))
	}
	w.made++
	return fmt.Sprintf("%s:%04d", table, w.made)
}

func (w *writer) step(s *factStore) {
	switch at := time.Unix(int64(w.made), 0); w.random.IntN(10) {
	case 0, 1, 2, 3, 4, 5:
		facts := make([]*record.Fact, 1+w.random.IntN(4))
		for i := range facts {
			facts[i] = w.fact(at)
			w.rows.facts[facts[i].ID] = facts[i]
		}
		s.put(facts...)
	case 6:
		i := &record.Instruction{ID: id(w, "instruction", w.rows.instructions), Description: one(w.random, []string{"Always answer in French", "Never answer in French", "Be brief"}),
			Scopes: w.scopes(), Active: w.random.IntN(3) > 0}
		w.rows.instructions[i.ID] = i
		s.putInstruction(i)
	case 7:
		q := &record.OpenQuestion{ID: id(w, "uncertainty", w.rows.questions), About: one(w.random, []string{"Ana", "Bob"}), Scopes: w.scopes(), Resolved: w.random.IntN(3) == 0}
		for range w.random.IntN(3) {
			q.Facts = append(q.Facts, id(w, "attribute", w.rows.facts))
		}
		w.rows.questions[q.ID] = q
		s.putQuestion(q)
	case 8:
		e := record.Entity{EntityRef: w.entity(), ID: id(w, "appearance", w.rows.entities), Scopes: w.scopes(), CreatedAt: time.Unix(w.random.Int64N(3), 0),
			Category: one(w.random, []record.Category{record.Identity, record.Knowledge, record.Context}), Importance: w.random.Float64()}
		w.rows.entities[e.ID] = e
		s.putEntity(e)
	default:
		var gone []string
		for _, id := range w.rows.ids() {
			if w.random.IntN(4) == 0 {
				gone = append(gone, id)
				w.rows.erase(id)
			}
		}
		s.erase(append(gone, "attribute:none"))
	}
}

// fact returns a new fact, or another state of an existing fact: changed, closed, open again, in other scopes or of another entity.
func (w *writer) fact(at time.Time) *record.Fact {
	f := &record.Fact{
		ID: id(w, "attribute", w.rows.facts), Kind: record.KindAttribute, Entity: w.entity(), Key: one(w.random, []string{"k1", "k2"}),
		Value: fmt.Sprint("v", w.random.IntN(60)), Scopes: w.scopes(), RecordedAt: at, Seq: int64(w.made),
	}
	if w.random.IntN(2) == 0 {
		f.Kind, f.Object = record.KindRelation, w.entity()
	}
	if old := w.rows.facts[f.ID]; old != nil && w.random.IntN(3) > 0 {
		same := *old
		same.Value, same.Object, same.Seq = f.Value, f.Object, f.Seq
		if same.Kind == record.KindAttribute || w.random.IntN(2) == 0 {
			same.Object = old.Object
		}
		f = &same
	}
	f.RetiredAt = time.Time{}
	if w.random.IntN(3) == 0 {
		f.RetiredAt = at
	}
	return f
}

// collected returns the rows of a list.
func collected[T any](list *sorted.List[T]) (out []T) {
	for row := range list.All() {
		out = append(out, *row)
	}
	return out
}

// dump returns every index of a store as lines. It fails if a part of an index does not follow from the rest.
func dump(t *testing.T, s *factStore) (lines []string) {
	t.Helper()
	add := func(format string, of ...any) { lines = append(lines, fmt.Sprintf(format, of...)) }
	states := func(facts []*record.Fact) (out []string) {
		for _, f := range facts {
			if s.facts[f.ID] != f {
				t.Errorf("an index has an earlier state of %s", f.ID)
			}
			out = append(out, f.ID)
		}
		return out
	}
	inOrder := func(ids []string) []string { return slices.Sorted(slices.Values(ids)) }
	for key, catalog := range s.entities {
		for set, p := range catalog.Visible(scope.Reach{}) {
			at := key + " in " + scope.Key(set)
			var rows []string
			for _, r := range p.rows {
				rows = append(rows, r.ID)
			}
			add("%s: row %+v of %v, %d live, object of %v, kin %v", at, p.row, inOrder(rows), p.live, inOrder(p.object), inOrder(states(p.subject.kin)))
			for _, of := range p.subject.keys {
				add("%s: %s %s live %v closed %v", at, of.kind, of.key, inOrder(states(of.live)), states(of.closed))
				listed := 0
				for value, facts := range of.byValue {
					for _, f := range facts {
						if listed++; f.SameAs() != value || !slices.Contains(of.live, f) {
							t.Errorf("%s: %s under %s", at, f.ID, value)
						}
					}
				}
				if of.unsorted || of.byValue != nil && listed != len(of.live) {
					t.Errorf("%s: %s has %d of %d values, unsorted %v", at, of.key, listed, len(of.live), of.unsorted)
				}
			}
		}
	}
	for id, p := range s.appearances {
		add("appearance %s: %s in %s", id, p.rowOf(id).Key(), scope.Key(p.row.Scopes))
		if got := s.in(p.row.Scopes, p.row.Key()); got != p {
			t.Errorf("%s is elsewhere", id)
		}
	}
	for word, catalog := range s.names {
		for set, n := range catalog.Visible(scope.Reach{}) {
			add("name %s in %s: %v", word, scope.Key(set), inOrder(n.keys))
		}
	}
	for kind, lists := range map[string]pending{"doubts": s.doubts, "orders": s.orders, "asked": s.asked, "topics": s.topics} {
		for key, ids := range lists {
			add("%s %q: %v", kind, key, ids)
		}
	}
	for id, by := range s.cited {
		add("cited %s: %v", id, by)
	}
	for id, by := range s.conclusions {
		add("concluded from %s: %v", id, by)
	}
	listings := func(name string, o *order[*record.Fact]) {
		all := collected(&o.all)
		add("%s: %v", name, states(all))
		count := 0
		for set, list := range o.in.Visible(scope.Reach{}) {
			own := collected(list)
			count += len(own)
			add("%s in %s: %v", name, scope.Key(set), states(own))
		}
		if count != len(all) {
			t.Errorf("%s: %d of %d", name, count, len(all))
		}
	}
	listings("live", &s.listed.live)
	listings("closed", &s.listed.closed)
	for key, list := range s.listed.byKey {
		add("%s: live %v closed %v", key, states(collected(&list.live)), states(collected(&list.closed)))
	}
	add("entities: %v", collected(&s.known.all))
	for set, list := range s.known.in.Visible(scope.Reach{}) {
		add("entities in %s: %v", scope.Key(set), collected(list))
	}
	for _, i := range collected(&s.ordered.all) {
		add("instruction %s", i.ID)
	}
	for _, q := range collected(&s.questioned.all) {
		add("question %s", q.ID)
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.HasSuffix(line, ": []") }) // lists that exist even when they are empty
	for id, f := range s.facts {
		add("fact %s: %s", id, strings.TrimSpace(f.Text()))
	}
	slices.Sort(lines)
	return lines
}
