package recall

import (
	"maps"
	"slices"
	"strings"
)

// matters are, by a word of a question, other words of the same matter. What somebody has said about his job need not have the word "job".
var matters = func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(`
		live living home based town city house flat apartment: home house flat apartment live living lived moved move town city based rent neighbours
		address: street road flat house moved postcode live
		work working job employer company profession career role boss firm: job work working works worked hired started boss office team shift company firm colleagues career role
		study studying course university college degree major school: studying study university uni college course degree school class lectures exam
		married husband wife spouse wedding marry: married husband wife wedding marriage divorce divorced anniversary
		partner girlfriend boyfriend dating seeing: girlfriend boyfriend partner dating seeing engaged together
		car drive driving vehicle: car drive driving bought garage mot insurance
		pet pets dog cat animal animals: dog cat pet pets puppy kitten vet
		phone number mobile: phone number mobile call ring text
		email mail: email mail address inbox
		diet eat food vegetarian vegan: eat eating diet vegetarian vegan meat fish food
		allergic allergy allergies: allergic allergy allergies reaction intolerant
		illness condition health ill diagnosed: diagnosed doctor condition disease hospital symptoms
		hobby hobbies sport sports fun: hobby play playing club lessons practice weekend
		language languages speak: speak speaking learning language fluent
		children child kids son daughter: son daughter kids baby children born
		name called surname: name called surname call
		birthday born age old: birthday born turned turning age
		doctor dentist gp therapist: doctor dentist appointment surgery clinic gp
		manager lead supervisor: manager boss report reports lead team`) {
		asked, said, _ := strings.Cut(line, ":")
		for word := range strings.FieldsSeq(asked) {
			m[word] = append(m[word], strings.Fields(said)...)
		}
	}
	return m
}()

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
