package extract

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// ToForget is a request in a turn that something be forgotten: "Please forget that Tom is allergic to nuts."
type ToForget struct {
	What string // the description of it: "that Tom is allergic to nuts"; "" if the words only sound like a request
	Span record.Span
}

// maxToForget limits the requests that are read of one text.
const maxToForget = 8

var (
	// politely are words before the verb of such a request, in all languages.
	politely = set(`please pls plz just ok okay hey hi so and actually now oh well can could would will you kindly bitte kannst könntest würdest du mal also und ach
		por favor porfa puedes podrías puede y bueno s'il stp svp te vous plaît plait peux-tu peux tu pourrais-tu pourrais pouvez-vous et alors`)
	// forgettingVerbs ask to forget.
	forgettingVerbs = set(`forget vergiss vergesst vergessen olvida olvide olvidar olvídate oublie oubliez oublier`)
	// erasingVerbs ask to forget what was said, but only that: "delete that paragraph" is about a text.
	erasingVerbs = set(`delete erase wipe remove lösche lösch streich streiche borra elimina efface supprime`)
	// notForgetting are words after the verb that turn it round: "vergiss nicht", "oublie pas".
	notForgetting = set(`not nicht nie no pas jamais never`)
	// forgetsNothing are what a request names that names nothing: "forget it".
	forgetsNothing = set(`it that this them him her me us you everything all anything es das dies ihn sie alles mich uns eso esto lo todo ello ça cela ce tout moi le la les`)
	// besideForgetting are words between the verb and the description.
	besideForgetting = set(`please pls , bitte mal einfach wieder about por favor porfa de s'il te plaît plait stp svp sie du`)
	// describing are the words with which a description in a turn begins. "Forget Exeter" changes the subject.
	describing = set(`that what everything all anything my our the where when how who dass daß was alles mein meine meinen meinem meiner unser unsere wo wann wie der die das den
		que lo todo mi mis nuestro nuestra el la los las dónde donde ce tout mon ma mes notre où le les`)
	// endsForgetting begin what does not belong to the description.
	endsForgetting = set(`; - – — ( because since cause weil denn porque car parce as but aber pero mais`)
	// teasing are words that make a threat or a joke of it: "forget my birthday again and …".
	teasing = set(`again if unless ever nochmal wieder wenn falls otra si encore`)
	// toldWords say that the description is of what was said.
	toldWords = set(`said told mentioned know gesagt erzählt weißt weisst dije conté sabes dit raconté sais memory gedächtnis memoria mémoire`)
)

// Forgettings returns the requests of a user's turn that something be forgotten. Quoted words request nothing, nor does what somebody else
// said, nor a story.
func Forgettings(text string, role record.Role) (out []ToForget) {
	if role != record.User || !mayForget(text) {
		return nil
	}
	x := newExtractor(Input{Text: text})
	all := sentences(x.toks)
	for i, s := range all {
		if len(out) == maxToForget || x.aside(s) {
			break
		}
		if i+1 < len(all) && x.retracts(all[i+1]) || s.from > 0 && x.toks[s.from-1].is(":") || x.jests(s) {
			continue
		}
		if f, ok := x.forgetting(s); ok {
			out = append(out, f)
		}
	}
	return out
}

// mayForget reports whether a text has a verb of such a request. It spares all other texts the reading.
func mayForget(text string) bool {
	low := strings.ToLower(Head(text))
	return slices.ContainsFunc([]string{"forget", "vergiss", "vergess", "olvid", "olvíd", "oubli", "delete", "erase", "wipe", "remove", "lösch", "streich", "borra", "elimina", "efface", "supprime"},
		func(verb string) bool { return strings.Contains(low, verb) })
}

// forgetting reads a sentence that requests something to be forgotten.
func (x *extractor) forgetting(s sentence) (out ToForget, ok bool) {
	i := s.from
	for i < s.to && (x.toks[i].kind == word && politely[x.toks[i].low] || x.toks[i].is(",") || x.toks[i].kind == newline) {
		i++
	}
	if i+1 >= s.to || x.toks[i].kind != word {
		return out, false
	}
	erases := erasingVerbs[x.toks[i].low]
	if !erases && !forgettingVerbs[x.toks[i].low] {
		return out, false
	}
	from := i
	for i++; i < s.to && besideForgetting[x.toks[i].low]; i++ {
	}
	if i >= s.to || x.toks[i].kind != word || !describing[x.toks[i].low] && !dropsVowel(x.toks[i].low) && !x.possessor(i, s.to) {
		return out, false
	}
	to := i + 1
	for to < s.to && !endsForgetting[x.toks[to].low] && x.toks[to].kind != newline && x.toks[to].kind != quoted {
		if x.toks[to].is(",") && !(to+1 < s.to && to <= i+2 && x.toks[to+1].is("was", "dass", "daß", "que")) {
			break
		}
		to++
	}
	if to < s.to && x.toks[to].kind == quoted {
		return out, false
	}
	told := false
	tease := false
	for k := from + 1; k < s.to; k++ {
		if notForgetting[x.toks[k].low] && k < i+2 {
			return out, false
		}
		tease = tease || teasing[x.toks[k].low] && k > i
		told = told || toldWords[x.toks[k].low]
	}
	for to > i && (besideForgetting[x.toks[to-1].low] || x.toks[to-1].is("now", "too", "thanks", "jetzt", "danke", "ahora", "gracias", "maintenant", "merci")) {
		to--
	}
	if to <= i+1 && forgetsNothing[x.toks[i].low] || to <= i || erases && !told {
		return out, false
	}
	out.Span = x.span(s.from, to)
	if !tease {
		out.What = strings.TrimSpace(x.text[x.toks[i].start:x.toks[to-1].end])
	}
	return out, true
}

// dropsVowel reports a word that begins with a French "que" or article without its vowel: "qu'il", "l'adresse".
func dropsVowel(word string) bool {
	word = strings.ReplaceAll(word, "’", "'")
	return strings.HasPrefix(word, "qu'") || strings.HasPrefix(word, "l'")
}

// possessor reports a name with "'s" at a token: "forget Tom's birthday".
func (x *extractor) possessor(i, end int) bool {
	for k := i + 1; k < min(i+4, end); k++ {
		if x.toks[k].is("'s") {
			return true
		}
	}
	return false
}
