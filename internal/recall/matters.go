package recall

import (
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
)

// matters are, by a word of a question, the other words of its matter. What somebody has said about his job need not have the word "job".
var matters = func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(`
		live living home based town city house flat apartment lived moved move rent neighbours terrace cottage bungalow studio
		address street road flat house moved postcode live
		work working job employer company profession career role boss firm works worked hired started office team shift colleagues
		study studying course university college degree major school uni class lectures exam
		married husband wife spouse wedding marry marriage divorce divorced anniversary
		partner girlfriend boyfriend dating seeing engaged together
		car drive driving vehicle bought garage mot insurance
		pet pets dog cat animal animals puppy kitten vet
		phone number mobile call ring text
		email mail address inbox
		diet eat food vegetarian vegan eating meat fish
		allergic allergy allergies reaction intolerant
		illness condition health ill diagnosed doctor disease hospital symptoms
		hobby hobbies sport sports fun play playing club lessons practice weekend
		language languages speak speaking learning fluent
		children child kids son daughter baby born
		name called surname call
		birthday born age old turned turning
		doctor dentist gp therapist appointment surgery clinic
		manager lead supervisor boss report reports team`) {
		words := strings.Fields(line)
		for _, word := range words {
			m[word] = append(m[word], words...)
		}
	}
	return m
}()

// widened searches again, with the other words of the matter, for a question in English to which a search found nothing convincing. What that
// search found stays behind what is found now.
func (v *View) widened(q Query, search index.Query, found []index.Hit) ([]index.Hit, error) {
	more := q.matters()
	if more == "" {
		return found, nil
	}
	search.Beside, search.Weak = strings.TrimSpace(search.Beside+" "+more), nil
	nothing := len(found) == 0 && q.MinRelevance == 0
	search.All = search.All || nothing
	wider, err := v.index.Search(search)
	if err != nil {
		return nil, err
	}
	if nothing { // what merely looks alike is no answer
		wider = slices.DeleteFunc(wider, func(h index.Hit) bool { return h.Why.Words == 0 })
	}
	for _, h := range found {
		if !slices.ContainsFunc(wider, func(w index.Hit) bool { return w.ID == h.ID || slices.Contains(w.Rows, h.ID) }) {
			wider = append(wider, h)
		}
	}
	return first(q, wider), nil
}

// ofMatter returns the words that speak of what a question asks for.
func (q *Query) ofMatter() []string {
	if q.tongue != nil || q.matter != nil {
		return append(q.matter, q.beside...)
	}
	for _, w := range q.english {
		if !filler[w] {
			q.matter = append(q.matter, matters[w]...)
		}
	}
	return q.matter
}

// matters returns what to search for beside the words of an English question.
func (q Query) matters() string {
	also := map[string]bool{}
	for _, word := range q.english {
		for _, w := range matters[word] {
			also[w] = true
		}
		for _, w := range english.changes[word] {
			also[w] = true
		}
	}
	for _, word := range q.english {
		delete(also, word)
	}
	return strings.Join(slices.Sorted(maps.Keys(also)), " ")
}
