package extract

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// concerned are those of whom words of change from i up to end tell: their subject, which is what stands nearest before them, and the
// speaker, where he is the object ("they let me go"), or where there is no subject ("Sold the Skoda").
func (x *extractor) concerned(s sentence, c cue, i, end int, prev topic, u *utterance) (out []record.EntityRef) {
	add := func(refs ...record.EntityRef) {
		for _, e := range refs {
			if e.Name != "" && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	if u != nil { // whose verbs stand elsewhere
		if u.ofSpeaker() || x.anyOf(s.from, s.to, ownForms) {
			add(x.speaker)
		}
		for j := s.from; j < s.to; j++ {
			if x.toks[j].upper {
				add(x.bearers(x.toks[j].text)...)
			}
		}
		return out
	}
	for j := i; j < min(s.to, end+2+nearby) && !c.states; j++ {
		if x.toks[j].kind == punct && j >= end && len(c.tail) == 0 {
			break
		}
		if objects[x.toks[j].low] {
			add(x.speaker)
		}
	}
	found, joined := false, false
	for j := i - 1; j >= s.from; j-- {
		t := &x.toks[j]
		switch owner := x.ownerOf(j, s.from); {
		case t.kind != word:
			if found || !x.insertion(j, s.from) {
				j = s.from
			}
		case owner >= 0:
			add(x.owned(owner, j, s.to)...)
			found, j = true, owner
		case firstPersons[t.low]:
			add(x.speaker)
			found = true
		case thirdPersons[t.low]:
			if prev.ok {
				add(prev.person.ref)
			}
			found = true
		case t.is("and") && found: // "Petra and I"
			joined = true
		case t.is("and", "then", "but") && j > s.from: // "We got the keys and moved"
			if of, ok := x.subjectFrom(s, j, prev); ok {
				add(of...)
				found, j = true, s.from
			}
		case found && !joined:
			j = s.from
		case passing[t.low] || softAdverbs[t.low] || fillers[t.low] || verbLike(t):
		default: // a name, or a thing that changes
			named, first := x.knownEnding(j, s.from)
			add(named...)
			found, joined, j = true, false, first
		}
	}
	if first := x.skipFillers(s.from, s.to); !found || first < i && verbLike(&x.toks[first]) { // "gave Rupert the ring back"
		add(x.speaker)
	}
	return out
}

// owned are whom the noun phrase is about whose "my" is at owner, and whose last word is at last.
func (x *extractor) owned(owner, last, end int) []record.EntityRef {
	if label, n := x.kinWord(owner+1, end); label != "" && label != "pet" && n >= last {
		return slices.Concat(x.kin[label], x.heard[label])
	}
	return []record.EntityRef{x.speaker}
}

// subjectFrom finds whom the clause up to token end is about: what its first pronoun, name or "my" says.
func (x *extractor) subjectFrom(s sentence, end int, prev topic) ([]record.EntityRef, bool) {
	for j := s.from; j < end; j++ {
		t := &x.toks[j]
		switch {
		case t.kind != word:
		case firstPersons[t.low]:
			return []record.EntityRef{x.speaker}, true
		case thirdPersons[t.low]:
			return []record.EntityRef{prev.person.ref}, prev.ok
		case ownWords[t.low]:
			return x.owned(j, j+1, end), true
		case t.upper:
			if named := x.bearers(t.text); len(named) > 0 {
				return named, true
			}
		}
	}
	return nil, false
}

// knownEnding are the persons whose name ends with token i, in full or as a first name, and where the name begins.
func (x *extractor) knownEnding(i, from int) (found []record.EntityRef, first int) {
	for first = max(from, i-maxNameWords+1); first < i; first++ {
		if name := x.quote(first, i+1); name != "" && x.toks[first].kind == word {
			if found := x.bearers(name); len(found) > 0 {
				return found, first
			}
		}
	}
	return x.bearers(x.toks[i].text), i
}

// maxNameWords is how many words of a name are looked for.
const maxNameWords = 4

// insertion reports whether the mark at i closes what is put in between: "My manager, Odette, left".
func (x *extractor) insertion(i, from int) bool {
	for j := i - 1; x.toks[i].is(",") && j > from && j > i-5; j-- {
		if x.toks[j].is(",") {
			return true
		}
	}
	return false
}

// ownerOf finds the "my" of the noun phrase that ends with token i; -1: there is none.
func (x *extractor) ownerOf(i, from int) int {
	for j := i; j >= from && j > i-4 && x.toks[j].kind == word; j-- {
		if ownWords[x.toks[j].low] {
			return j
		}
		if verbLike(&x.toks[j]) || firstPersons[x.toks[j].low] || passing[x.toks[j].low] {
			return -1
		}
	}
	return -1
}

// bearers are the persons that a name can mean: the one who has it in full, or else all who have it as their first name.
func (x *extractor) bearers(name string) (found []record.EntityRef) {
	for _, e := range x.vocab.Entities {
		switch {
		case record.EntityType(e.Type) != record.TypePerson || e == record.UserEntity || !begins(e.Name, name):
		case len(e.Name) == len(name):
			return []record.EntityRef{e}
		default:
			found = append(found, e)
		}
	}
	return found
}
