package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// relative is a person whom a question names by relations, and what the question asks about that person.
type relative struct {
	request
	person record.EntityRef
	path   string // "Nora's sister Anna"
}

// maxSteps limits the length of a chain of relations: "my sister's husband's boss".
const maxSteps = 3

// relative resolves "my sister", "Bob's manager" and "my sister's husband". If several people have a first name ("my sister Anna"), the
// relation selects one of them. If several people match, there is no relative.
func (v *View) relative(q Query, seeds []record.EntityRef, rest []string) (relative, bool) {
	// "My sister Tom" is not about Tom's sister: with "my", the relation belongs to the speaker.
	owners := seeds
	if self := slices.DeleteFunc(slices.Clone(seeds), func(e record.EntityRef) bool { return !names(q.selves, e) }); len(self) > 0 {
		owners = self
	}
	// Another name in the question, like "Anna" in "my sister Anna", must be the name of the person asked about.
	named := slices.DeleteFunc(slices.Clone(seeds), func(e record.EntityRef) bool {
		return e.Type != record.TypePerson || names(owners, e)
	})
	if len(owners) == len(seeds) {
		named = nil
	}
	return v.step(q, owners, named, seeds, rest, owners[0].Name, maxSteps)
}

// step resolves the first relation of some owners, and continues from the person that it finds.
func (v *View) step(q Query, owners, named, seeds []record.EntityRef, rest []string, path string, steps int) (out relative, ok bool) {
	i := q.firstKin(rest)
	found := 0
	for j, w := range rest {
		if filler[w] || i >= 0 && j != i {
			continue
		}
		for _, f := range v.known.about(q.by, keysOf(owners), nil, under(extract.CanonicalLabel(w)), func(f *record.Fact) bool {
			return f.Kind == record.KindRelation && f.Object.Type == record.TypePerson && names(owners, f.Entity) && q.holds(f)
		}) {
			// Of two people in the question, as in "Tom's sister Anna", one is the owner and the other is the person asked about.
			others := named
			if others == nil {
				others = slices.DeleteFunc(slices.Clone(seeds), func(e record.EntityRef) bool {
					return e.Type != record.TypePerson || e.Key() == f.Entity.Key() || names(q.selves, e)
				})
			}
			after := slices.Delete(slices.Clone(rest), j, j+1)
			to := relative{person: f.Object, path: path + "'s " + strings.ReplaceAll(f.Key, "_", " ") + " " + f.Object.Name}
			to.request = v.requested(q, []record.EntityRef{f.Object}, after)
			switch fits := len(others) == 0 || names(others, f.Object); {
			case fits && len(to.keys) > 0:
			case steps > 1 && i >= 0:
				next, ok := v.step(q, []record.EntityRef{f.Object}, others, nil, after, to.path, steps-1)
				if !ok {
					continue
				}
				to = next
			default:
				continue
			}
			out = to
			found++
		}
	}
	return out, found == 1
}

// firstKin returns the position of the first relation of a chain, or -1. It is the first in "my sister's husband". It is the last in "the
// husband of my sister" and in other languages.
func (q Query) firstKin(rest []string) int {
	last := -1
	for i, w := range rest {
		if !kinWords[w] {
			continue
		}
		if last = i; q.tongue == nil && !slices.Contains(rest[i+1:], "of") {
			return i
		}
	}
	return last
}

// holder finds the one person who has a role at an organisation: "Who is head of production at Acme?"
func (v *View) holder(q Query, seeds []record.EntityRef, rest []string) (person record.EntityRef, ok bool) {
	if len(seeds) != 1 || seeds[0].Type != record.TypeOrganisation || !slices.Contains(rest, "who") {
		return person, false
	}
	var role []string
	for _, w := range rest {
		if !filler[w] {
			role = append(role, w)
		}
	}
	found := 0
	for _, at := range v.known.about(q.by, nil, keysOf(seeds), under(extract.WorksAt), q.holds) {
		has := v.known.about(q.by, []string{at.Entity.Key()}, nil, under(extract.Role), func(f *record.Fact) bool {
			said := words(strings.ToLower(f.Value))
			return q.holds(f) && !slices.ContainsFunc(role, func(w string) bool { return !slices.Contains(said, w) })
		})
		if len(has) > 0 && len(role) > 0 && person != at.Entity {
			person = at.Entity
			found++
		}
	}
	return person, found == 1
}

// requested returns what a question asks for, given its words without names.
func (v *View) requested(q Query, seeds []record.EntityRef, rest []string) request {
	if form := match(questions, rest); form != nil {
		return form.request()
	}
	if animal := animalAsked(rest); animal != "" {
		return request{keys: []string{extract.Pet}, animal: animal}
	}
	return request{keys: v.keysNamed(q, seeds, rest)}
}

// animalAsked returns the kind of pet that a question asks for: "What is my dog called?" It returns "" if there is none.
func animalAsked(rest []string) (animal string) {
	asks := false
	for _, w := range rest {
		asks = asks || w == "what" || w == "which" || w == "who"
		switch kind := animals[w]; {
		case kind != "" && (animal == "" || animal == kind):
			animal = kind
		case kind != "" || !filler[w] && !namingWords[w]:
			return ""
		}
	}
	if !asks {
		return ""
	}
	return animal
}

// isAnimal reports whether a pet is of a kind. The turn that told of the pet names the kind: the last kind before the name of the pet
// counts, or else the first after it.
func (v *View) isAnimal(f *record.Fact, kind string) bool {
	text := ""
	for _, id := range v.said.chunksOfTurn(f.Source.Ref) {
		if c := v.chunk(id); c != nil {
			text += " " + c.Text
		}
	}
	before, after, _ := strings.Cut(text, f.Value)
	if said := animalsIn(before); len(said) > 0 {
		return said[len(said)-1] == kind
	}
	said := animalsIn(after)
	return len(said) > 0 && said[0] == kind
}

// animalsIn returns the kinds of pets that a text names, in all languages.
func animalsIn(text string) (found []string) {
	for _, w := range words(text) {
		w = plain(strings.ToLower(w))
		if kind := animals[w]; kind != "" {
			found = append(found, kind)
			continue
		}
		for _, t := range tongues {
			for _, p := range t.phrases[w] {
				if len(p.after) == 0 && len(p.says) == 1 && animals[p.says[0]] != "" {
					found = append(found, animals[p.says[0]])
				}
			}
		}
	}
	return found
}

// keysNamed finds keys of the seeds that the question spells out: "what is Bob's favourite colour". It requires a "what", "which", "who" or
// "when".
func (v *View) keysNamed(q Query, seeds []record.EntityRef, rest []string) []string {
	if !slices.ContainsFunc(rest, func(w string) bool { return w == "what" || w == "which" || w == "who" || w == "when" }) {
		return nil
	}
	var named []string
	for _, w := range rest {
		if !filler[w] && !namingWords[w] {
			named = append(named, w)
		}
	}
	if len(named) == 0 {
		return nil
	}
	said := strings.Join(named, " ")
	label := extract.LabelNamed(said)
	if label == extract.Pet && said != "pet" && said != "pets" {
		return nil // a question for a dog is not answered with a cat
	}
	spelt := under(extract.CanonicalKey(said), extract.CanonicalLabel(said), label)
	var keys []string
	for _, f := range v.known.about(q.by, keysOf(seeds), nil, spelt, func(f *record.Fact) bool { return readable(f, q.Filter) }) {
		if !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}
