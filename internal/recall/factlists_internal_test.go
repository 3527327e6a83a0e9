package recall

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// TestFactListings compares listings with a scan of all facts. The entities have few or many facts, in one or many scope sets. Some facts
// were closed or erased. One reader sees everything, another a part.
func TestFactListings(t *testing.T) {
	t.Parallel()
	random, v, rows := rand.New(rand.NewPCG(1, 2)), NewView(), map[string]*record.Fact{}
	person := func(name string) record.EntityRef { return record.EntityRef{Type: record.TypePerson, Name: name} }
	made := 0
	add := func(name string, sets, count int) {
		for range count {
			made++
			f := &record.Fact{
				ID: fmt.Sprintf("attribute:%05d", made), Kind: record.KindAttribute, Entity: person(name), Key: fmt.Sprint("k", random.IntN(5)), Value: fmt.Sprint(made),
				Many: true, Scopes: record.ScopeSet{{fmt.Sprint("s/", random.IntN(sets))}}, RecordedAt: time.Unix(random.Int64N(500), 0).UTC(),
			}
			rows[f.ID] = f
			v.known.put(f)
		}
	}
	add("Few", 3, 20)
	add("Many", 2, 2*fewListed+300)
	add("Wide", 3*fewSets, 900)
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		switch random.IntN(4) {
		case 0:
			closed := *rows[id]
			closed.RetiredAt = time.Unix(600, 0)
			rows[id] = &closed
			v.known.put(&closed)
		case 1:
			delete(rows, id)
			v.known.erase([]string{id})
		}
	}
	if k := v.known; k.listed.byEntity["person/wide"] == nil || k.entities["person/many"].Len() != 2 || k.listed.byEntity["person/few"] != nil {
		t.Error("the entities are not of the sizes that are to be tested")
	}
	part := func(set record.ScopeSet) bool { return set[0][0] < "s/2" }
	for name, visible := range map[string]func(record.ScopeSet) bool{"everything": nil, "a part": part} {
		for _, entity := range []string{"", "Few", "Many", "Wide", "Nobody"} {
			for _, keys := range [][]string{nil, {"k1"}, {"k1", "k3", "none"}} {
				for state := range 3 {
					q := FactQuery{Keys: keys, Live: state == 1, Closed: state == 2}
					if entity != "" {
						q.Entity = person(entity)
					}
					var want []*record.Fact
					for _, f := range rows {
						if (entity == "" || f.Entity.Name == entity) && (keys == nil || slices.Contains(keys, f.Key)) && (visible == nil || visible(f.Scopes)) &&
							(state == 0 || f.Live() == (state == 1)) {
							want = append(want, f)
						}
					}
					slices.SortFunc(want, func(a, b *record.Fact) int { return compareFacts(b, a) })
					reader := Reader{Reach: scope.Reach{Visible: visible}}
					if n := v.CountFacts(reader, q); n != len(want) {
						t.Errorf("%s of %q %v, state %d: %d facts, want %d", name, entity, keys, state, n, len(want))
					}
					var place RowPlace
					for at := 0; at <= len(want); at += 70 {
						page := v.FactsBefore(reader, q, place, 0, 70)
						skipped := v.FactsBefore(reader, q, RowPlace{}, at, 70)
						part := want[at:min(at+70, len(want))]
						for i, f := range part {
							if len(page) != len(part) || len(skipped) != len(part) || page[i].Fact != f || skipped[i].Fact != f {
								t.Fatalf("%s of %q %v, state %d, at %d: other facts", name, entity, keys, state, at+i)
							}
						}
						if len(part) > 0 {
							place = RowPlace{part[len(part)-1].RecordedAt, part[len(part)-1].ID}
						}
					}
				}
			}
		}
	}
}
