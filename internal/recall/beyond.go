package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// A question may say more than the form that it matches: "Where do I live with Anna?", "What is in my car?". Its filler words and names then
// have a meaning that the form does not know, so the graph does not answer it alone.

// The words of Query.shape that stand for names.
const (
	anAsker = "@i"  // "I"
	anOwner = "@my" // "my"
	aName   = "@"
)

// The verb "do" that is no auxiliary: the last one in "What does Dora do?" asks for an occupation. "What did Dora do?" asks for something
// else.
const (
	mainDo  = "?do"
	mainDid = "?did"
)

// mainVerb replaces the second "do" of an English question.
func (q *Query) mainVerb(rest []string) []string {
	if q.tongue != nil || !slices.Contains(rest, "what") {
		return rest
	}
	i := slices.IndexFunc(rest, func(w string) bool { return w == "do" || w == "does" || w == "did" })
	if i < 0 {
		return rest
	}
	verb := mainDo
	if rest[i] == "did" && !slices.Contains(rest, "living") && !slices.Contains(rest, "work") {
		verb = mainDid
	}
	if j := slices.Index(rest[i+1:], "do"); j >= 0 {
		rest[i+1+j] = verb
	}
	return rest
}

// binding are filler words that bind a part of a question to the rest of it.
var binding = wordSet("in on with at for to have has had")

// owning are the words of possession among them.
var owning = wordSet("have has had")

// kinKeys are keys whose values are persons. "What does my wife have?" does not ask for her name.
var kinKeys = wordSet("spouse partner engaged_to fiance manager reports_to doctor gp child son daughter")

// saysMore reports whether a question has words or names with a meaning that its form does not know. rest are its words without names and
// times.
func (v *View) saysMore(q *Query, r reading, rest []string) bool {
	return q.asksTwice(rest) || q.boundElsewhere(r) || v.namesMore(q, r)
}

// asksTwice reports whether a question asks for two things, or asks the assistant about itself.
func (q *Query) asksTwice(rest []string) bool {
	asked, you := "", false
	for _, w := range rest {
		switch {
		case w == "you":
			you = true
		case !questionWords[w] || q.tongue != nil && asked == "what":
		case asked != "" && asked != w:
			return true
		default:
			asked = w
		}
	}
	return you && !slices.ContainsFunc(rest, func(w string) bool { return w == "know" || w == "remember" || w == "tell" })
}

// boundElsewhere reports whether a filler word binds something that the form does not have: "in" in "What is in my car?", "with" in "Who
// was my wife with?"
func (q *Query) boundElsewhere(r reading) bool {
	word := func(i, step int) string { // the next word in a direction that is not an article
		for i += step; i >= 0 && i < len(q.shape); i += step {
			if w := q.shape[i]; w != "the" && w != "a" && w != "an" {
				return w
			}
		}
		return ""
	}
	for i, w := range q.shape {
		switch next := word(i, 1); {
		case !binding[w]:
		case owning[w]:
			if !q.owned(r, word(i, -1), next) {
				return true
			}
		case r.form != nil && r.form.has(w), questionWords[next], next == aName: // names are checked by namesMore
		case w == "to" && i > 0 && (q.shape[i-1] == "use" || q.shape[i-1] == "used"):
		case timeNames[next], extract.IsYear(next), isDay(next), nowWords[next]:
		default:
			return true
		}
	}
	return false
}

// owned reports whether "have", between two words, belongs to the subject of a question: "What car do I have?", but not "What does my car
// have?"
func (q *Query) owned(r reading, last, next string) bool {
	subject := func(w string) bool { return w == anAsker || w == aName }
	if subject(last) || subject(next) {
		return true
	}
	kin := slices.ContainsFunc(r.keys, func(key string) bool { return kinKeys[key] })
	return r.relative && !kin && (kinWords[last] || next == anOwner)
}

// namesMore reports whether a question names somebody or something that its form does not ask about.
func (v *View) namesMore(q *Query, r reading) bool {
	subjects, others, self := 0, 0, 0
	for _, e := range r.named {
		switch {
		case names(q.selves, e):
			self = 1
		case e.Type == record.TypePerson:
			subjects++
		default:
			others++
		}
	}
	subjects += self
	switch {
	case q.namesake && (!r.relative || self == 0): // it may be about somebody else of that name; "my sister Anna" is not
		return true
	case r.polar: // "Am I married to Tom?", but not "Do I live with Tom?"
		return subjects > 1 && !slices.ContainsFunc(r.keys, func(key string) bool { return kinKeys[key] })
	case r.held:
		return false
	case r.relative:
		return others > 0 && !v.roleThere(q, r)
	case subjects <= 1 && others == 0, subjects == 0 && others == 1:
		return false
	case q.former && slices.Contains(q.shape, "before"): // the values before the one that it names
		return len(r.after) == 0 && len(v.known.about(q.by, keysOf(r.seeds), nil, under(r.keys...), r.follows)) == 0
	}
	return subjects != 1 || !v.roleThere(q, r)
}

// roleThere reports whether a question asks for the role of a person at the organisation where that person works: "What is my job at Acme?"
func (v *View) roleThere(q *Query, r reading) bool {
	return slices.Equal(r.keys, []string{extract.Role}) && len(v.known.about(q.by, keysOf(r.seeds), nil, under(extract.WorksAt), func(f *record.Fact) bool {
		return q.holds(f) && names(r.seeds, f.Entity) && names(r.named, f.Object)
	})) == 1
}
