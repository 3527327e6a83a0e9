package recall

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/sorted"
)

// InUse has the words that the facts of one scope set use, the most used first.
type InUse struct {
	Entities []record.EntityRef
	Keys     []string // of attributes
	Labels   []string // of relations
}

// counted is how many facts InUse counts, the newest first, so that its cost does not grow with the Context.
const counted = 5_000

// InUse counts the words that the newest live facts of a scope set use. It returns at most the given numbers of names, and of keys and labels.
func (s *State) InUse(set record.ScopeSet, names, keys int) InUse {
	defer s.enter()()
	live := &s.view.known.listed.live
	own, ok := live.in.Get(set)
	if !ok {
		return InUse{}
	}
	entities, refs := map[string]int{}, map[string]record.EntityRef{}
	attributes, labels := map[string]int{}, map[string]int{}
	use := func(e record.EntityRef) {
		if e != record.UserEntity && e.Name != "" {
			key := e.Key()
			entities[key]++
			refs[key] = e
		}
	}
	n := 0
	for f := range mergeLists(live.compare, nil, func(yield func(*sorted.List[*record.Fact]) bool) { yield(own) }) {
		if n++; n > counted {
			break
		}
		use(f.Entity)
		if f.Kind == record.KindRelation {
			labels[f.Key]++
			use(f.Object)
		} else {
			attributes[f.Key]++
		}
	}
	out := InUse{Keys: mostUsed(attributes, keys), Labels: mostUsed(labels, keys)}
	for _, key := range mostUsed(entities, names) {
		out.Entities = append(out.Entities, refs[key])
	}
	return out
}

// mostUsed returns at most limit words, the most used first.
func mostUsed(uses map[string]int, limit int) []string {
	words := slices.SortedFunc(maps.Keys(uses), func(a, b string) int { return cmp.Or(uses[b]-uses[a], strings.Compare(a, b)) })
	return words[:min(len(words), limit)]
}
