package recall

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// The graph has only what was understood. Later words that were not understood may have changed it. So an answer about the present is
// compared with them. If later words name the value, or tell of a change in what the question asks for, the graph does not answer alone:
// its answer leads that of a search.

// retellings limits how many passages are examined for words that were said later.
const retellings = 50

// askGraph answers a question from the graph, if the answer is certain. Otherwise the answer of the graph is to lead that of the search.
func (v *View) askGraph(q *Query, out Result, rest []string) (Result, error) {
	said := v.direct(*q, out.Seeds, rest)
	if len(said.hits) == 0 {
		return out, nil
	}
	sure, err := said.whole, error(nil)
	switch f := said.hits[0].Fact; {
	case f != nil && f.Source.Kind.Derived(): // nobody said it
		sure = false
	case !sure || !said.now:
	case f == nil && said.about != nil: // the words of a change lead
		err = v.overtake(q, &said, said.about, said.hits[0].Chunk.SpokenAt)
	case f != nil && f.Source.Kind == record.FromTurn:
		sure, err = v.confirm(q, &said, f)
	}
	if q.reason = said.reason; sure {
		out.Hits, out.Reason, out.Confident = said.hits, said.reason, true
	} else {
		q.lead = said.hits
	}
	return out, err
}

// confirm reports whether nothing that was said later may be about the fact that leads an answer. The newest words that tell of another
// value, or deny this one, are put before that fact.
func (v *View) confirm(q *Query, said *answer, f *record.Fact) (bool, error) {
	sure := !v.mistaken(*q, f)
	var newest *Hit
	err := v.retellings(q, f, lastSaid(f, q.Filter.AsOf), nil, func(h *Hit, r retelling) {
		sure = sure && !r.names && !r.tells
		if (r.tells && !f.Many || r.denies) && (newest == nil || h.Chunk.SpokenAt.After(newest.Chunk.SpokenAt)) {
			newest = h
		}
	})
	if newest != nil {
		newest.Score, newest.Relevance = 1, 1
		said.hits = lead(*q, said.hits, *newest)
	}
	return sure, err
}

// overtake puts words that tell of a later change before the words of the change that leads an answer: first he moved out, then the divorce
// was final.
func (v *View) overtake(q *Query, said *answer, f *record.Fact, since time.Time) error {
	var newest *Hit
	also := q.ofMatter()
	if worksAt(f) {
		also = append(slices.Clone(also), slices.Sorted(maps.Keys(beginning))...)
	}
	err := v.retellings(q, f, since, also, func(h *Hit, r retelling) {
		if (r.tells || r.states) && (newest == nil || h.Chunk.SpokenAt.After(newest.Chunk.SpokenAt)) {
			newest = h
		}
	})
	if newest != nil {
		newest.Score, newest.Relevance = 1, 1
		said.hits = lead(*q, said.hits, *newest)
	}
	return err
}

// retellings calls yield with what was said after a time and not understood as a statement about the key of a fact. also are more words to
// search for.
func (v *View) retellings(q *Query, f *record.Fact, since time.Time, also []string, yield func(*Hit, retelling)) error {
	search := v.query(q)
	search.Text, search.Terms, search.Beside = strings.Join(slices.Concat([]string{f.Value}, q.beside, q.changes, also), " "), nil, ""
	search.Mode, search.K, search.All, search.MinRelevance = index.Lexical, retellings, true, 0
	search.Filter.Kinds = []record.Kind{record.KindMemoryChunk}
	found, err := v.index.Search(search)
	if err != nil {
		return err
	}
	value, hits := q.spelt(f.Value), v.hits(found)
	for i := range hits {
		if h := &hits[i]; saidSince(h, since) && h.Chunk.Scopes.Equal(f.Scopes) && !v.understood(*q, h.Chunk.Turn, f) {
			yield(h, v.retells(q, h, f, value))
		}
	}
	return nil
}

// mistaken reports whether the words since a fact may be about another person of the same name.
func (v *View) mistaken(q Query, f *record.Fact) bool {
	return slices.ContainsFunc(v.known.asked.find(f.Scopes, record.Normalise(f.Entity.Name)), func(id string) bool {
		return openAt(v.known.questions[id], q.Filter.AsOf)
	})
}

// saidSince reports whether a hit was said by a user after a time.
func saidSince(h *Hit, t time.Time) bool {
	if h.Chunk == nil || h.Chunk.Role != record.User {
		return false
	}
	return h.Chunk.SpokenAt.After(t) || slices.ContainsFunc(h.Turns, func(turn Turn) bool { return turn.SpokenAt.After(t) })
}

// understood reports whether a fact about the key was extracted from a turn, or the turn ended a value of the key. Then the graph already
// has what the turn says.
func (v *View) understood(q Query, turn string, f *record.Fact) bool {
	return len(v.known.about(q.by, []string{f.Entity.Key()}, nil, under(f.Key), func(o *record.Fact) bool {
		return o.Source.Ref == turn || o.EndedBy == turn
	})) > 0
}

// changing are words that may say that the value next to them no longer holds, or never did.
var changing = wordSet(`not never no longer anymore out over off done gone finished left leaving leave quit stopped ended ex former formerly used instead
	swapped switched switching new changed changing change moved moving back sold lost broke broken split scrap scrapped wrong meant mistake correction corrected typo actually dropped cancelled
	canceled replaced gave giving ended enough rather previous previously old last goodbye bye farewell
	nicht nie mehr weg aus vorbei ehemalig frueher statt neu neue neuer neues gewechselt aufgehort verlassen falsch
	adios adieu tschuss no nunca ya dejo deje deja ex antes nuevo nueva cambie cambio cambiado termino mal
	pas jamais plus fini finie ex avant ancien ancienne nouveau nouvelle change quitte arrete faux`)

// supposed are words of wishes, plans and conditions. A sentence with such a word tells of no change.
var supposed = wordSet(`if unless might maybe perhaps wish suppose imagine wenn falls vielleicht si quiza quizas ojala peut-etre`)

// denying are the words of change that say of a value next to them that it does not hold.
var denying = wordSet(`not never no longer anymore wrong mistake over nicht nie mehr kein keine falsch nunca ya pas jamais plus`)

// beginning are words that tell of a new job, once it is known that the old one has ended.
var beginning = wordSet(`started starts starting joined joins joining began hired erster ersten angefangen premier primer empece empezo commence`)

// worksAt reports whether a fact names an employer or a job.
func worksAt(f *record.Fact) bool { return f.Key == extract.WorksAt || f.Key == extract.Role }

// retelling is what a hit may tell of a fact. names says that it may tell that the fact no longer holds. tells says that a sentence tells of
// a change in what the question asks for, denies that a sentence denies the value.
// states says that a sentence speaks of what the question asks for, and says that it is so now.
type retelling struct{ names, tells, denies, states bool }

// retells reads a hit. It may tell that a fact no longer holds if a sentence names the value, or what the question asks for, and the same
// sentence or the one next to it has a word of change.
func (v *View) retells(q *Query, h *Hit, f *record.Fact, value string) (r retelling) {
	text, own := plain(strings.ToLower(h.Text)), names(q.selves, f.Entity)
	named, changed := -2, -2 // the last sentence with the value, and the last with a word of change
	for i, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?\n", r) }) {
		said := q.cues().split(words(sentence))
		has := func(forms []string) bool {
			return slices.ContainsFunc(forms, func(form string) bool { return slices.Contains(said, form) })
		}
		concerned := v.concerns(*q, h, said, f)
		if slices.ContainsFunc(said, func(w string) bool { return supposed[w] }) || !concerned && !own {
			continue
		}
		r.tells = r.tells || concerned && has(q.changes) && !endsAsking(text)
		if strings.Contains(" "+strings.Join(said, " ")+" ", value) || q.tongue != nil && has(q.beside) {
			named = i
		}
		if has(q.changes) || slices.ContainsFunc(said, func(w string) bool { return changing[w] && !strings.Contains(value, " "+w+" ") }) {
			changed = i
		}
		r.names = r.names || named >= 0 && changed >= 0 && max(named, changed)-min(named, changed) <= 1
		r.states = r.states || concerned && !endsAsking(text) && (own && q.saysNow(sentence) && has(q.ofMatter()) ||
			worksAt(f) && slices.ContainsFunc(said, func(w string) bool { return beginning[w] }))
		r.denies = r.denies || concerned && strings.Contains(" "+strings.Join(said, " ")+" ", value) &&
			slices.ContainsFunc(said, func(w string) bool { return denying[w] && !strings.Contains(value, " "+w+" ") })
	}
	r.names = r.names || r.tells
	return r
}

// spelt returns a text in the form in which words are compared, between blanks.
func (q Query) spelt(text string) string {
	return " " + strings.Join(q.cues().split(words(plain(strings.ToLower(text)))), " ") + " "
}

// otherwise reports whether a text names the subject of a fact as another relative than the question does: "colleague Priya" is not "my
// sister Priya".
func (q Query) otherwise(said []string, subject record.EntityRef) bool {
	first, _, _ := strings.Cut(plain(strings.ToLower(subject.Name)), " ")
	i := slices.Index(said, first)
	return i > 0 && kinWords[said[i-1]] && !slices.Contains(q.english, said[i-1]) &&
		slices.ContainsFunc(q.english, func(w string) bool { return kinWords[w] })
}

// concerns reports whether a text may be about the subject of a fact. It is if it names that person, or the relation that the question
// names, or if the asker said it and it names nobody else.
func (v *View) concerns(q Query, h *Hit, said []string, f *record.Fact) bool {
	subject := f.Entity
	if !names(q.selves, subject) {
		if q.otherwise(words(plain(strings.ToLower(h.Text))), subject) {
			return false
		}
		return strings.Contains(plain(strings.ToLower(h.Text)), plain(strings.ToLower(subject.Name))) ||
			slices.ContainsFunc(q.english, func(w string) bool {
				return kinWords[w] && slices.ContainsFunc(q.cues().forms[w], func(form string) bool { return slices.Contains(said, form) })
			})
	}
	if by := h.Chunk.Speaker; by != "" && subject != record.UserEntity && !names(q.selves, record.EntityRef{Type: record.TypePerson, Name: by}) {
		return false
	}
	return !slices.ContainsFunc(said, func(w string) bool {
		others := v.lookup(&q, []byte(record.Normalise(w)))
		return slices.ContainsFunc(others, func(e record.EntityRef) bool {
			return e.Type == record.TypePerson && !names(q.selves, e) && e.Key() != f.Object.Key()
		}) ||
			slices.ContainsFunc(q.cues().phrases[w], func(p phrase) bool {
				return len(p.after) == 0 && len(p.says) == 1 && kinWords[p.says[0]]
			})
	})
}
