package llm

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"github.com/spectron-go/spectron/internal/record"
)

// leftover is how many words of a sentence may remain unread beside what rules read in it.
const leftover = 2

// settled reports whether a model has nothing to add to what the rules found in a message. That is so if each of its sentences is a question,
// is small talk, or was read by the rules but for a few words.
func settled(m *Message) bool {
	x := &m.Found
	var read, unread []record.Span
	for _, a := range x.Attributes {
		read = append(read, a.Span)
	}
	for _, r := range x.Relations {
		read = append(read, r.Span)
	}
	for _, i := range x.Instructions {
		read = append(read, i.Span)
	}
	for _, i := range x.Invalidations {
		read = append(read, i.Span)
	}
	for _, u := range x.Uncertainties {
		unread = append(unread, u.Span)
	}
	for _, d := range x.Doubts {
		if !overlaps(read, d.Span) {
			unread = append(unread, d.Span)
		}
	}
	start := 0
	for iter := sentences.FromString(m.Text); iter.Next(); {
		sentence := iter.Value()
		at := record.Span{Start: start, End: start + utf8.RuneCountInString(sentence)}
		start = at.End
		if overlaps(unread, at) {
			return false
		}
		if strings.HasSuffix(strings.TrimRight(sentence, " \t\r\n\"'”’)"), "?") {
			continue
		}
		if n := remaining(sentence, at.Start, read); overlaps(read, at) && n > leftover || !overlaps(read, at) && n > 0 {
			return false
		}
	}
	return true
}

func overlaps(spans []record.Span, with record.Span) bool {
	return slices.ContainsFunc(spans, with.Overlaps)
}

// remaining counts the words of a sentence that are neither small talk nor within a span. start is the place of the sentence in the text.
func remaining(sentence string, start int, read []record.Span) (n int) {
	bytes, runes := 0, start
	for _, t := range tokensOf(sentence) {
		runes += utf8.RuneCountInString(sentence[bytes:t.start])
		bytes = t.start
		at := record.Span{Start: runes, End: runes + 1}
		if !smallTalk[t.word] && !overlaps(read, at) && len(t.word) > 1 {
			n++
		}
	}
	return n
}

// smallTalk are the words that state nothing by themselves, in four languages: greetings, thanks, agreement, and function words.
var smallTalk = func() map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(`
a an the and or but so too also just then now well oh ah hm hmm um uh wow yeah yep yes yup no nope nah ok okay sure right fine good great nice
cool perfect awesome lovely amazing super true exactly indeed agreed absolutely definitely certainly of course please thanks thank thx cheers ta
sorry hi hello hey bye goodbye welcome morning afternoon evening night day again soon later see you your yours me my mine i im we us our it its
that this these those there here is are was were be been am s t re ll ve d m do does did have has had will would can could should may might much
very really so for to in on at by with from as if what which who how why when got it get let lets lot lots all any some more most not don know
tell said say think guess mean look help need want ask asked question answer

der die das ein eine einen und oder aber auch nur noch schon ja nein doch gut sehr super toll prima klar genau stimmt danke bitte vielen dank
hallo hi tschüss morgen guten abend tag nacht ich du er sie es wir ihr mir mich dir dich uns mein meine dein ist sind war bin bist hat habe mal
na ach so okay alles nichts was wie wo wer warum nicht

el la los las un una y o pero también solo ya sí si no bien muy mucho muchas muchos gracias por favor hola adiós buenos buenas días tardes noches claro vale perfecto
genial de nada yo tú él ella nosotros me te se mi tu su es son era soy eres está estoy que qué cómo

le les un une et ou mais aussi seulement déjà oui non bien très merci beaucoup s'il vous plaît bonjour salut au revoir bonsoir d'accord parfait
super génial je tu il elle on nous vous me te se mon ma ta sa est sont était suis es ça c ce que quoi comment pas de du des`) {
		for _, t := range tokensOf(word) {
			out[t.word] = true
		}
	}
	return out
}()
