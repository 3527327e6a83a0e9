package extract

import (
	"slices"
	"strings"
)

// Texts that tell a story, play a part or give an example say so anywhere: "Ich heiße Lola und wohne am Hafen. So fängt mein Roman an."

// framed reports that the text as a whole is of a story, a play, a game or an exercise: the words that tell so may stand before or
// after what it says.
func (x *extractor) framed(l *tongue) bool {
	if len(l.frames) == 0 {
		return false
	}
	if l.nouns {
		return l.anywhere(l.frames, x.toks)
	}
	u := &utterance{x: x, l: l}
	u.cut(sentence{from: 0, to: len(x.toks)})
	if i := u.opening(); u.is(i, "es") && IsYear(u.wordOf(i+1)) || u.is(i+1, "en") && IsYear(u.wordOf(i+2)) && u.is(i, "estamos") || u.is(i, "on", "nous") && u.is(i+2, "en") && IsYear(u.wordOf(i+3)) && u.is(i+1, "est", "sommes") {
		return true // "es 1998. Tengo diecinueve años"
	}
	for i := 0; i < u.end; i++ {
		if n := u.phraseAt(i, l.frames); n > 0 && !u.at(i+n, l.favourite) { // not "mi personaje favorito"
			return true
		}
	}
	return false
}

// tells reports that the text tells of a film, a series or a book, so that what it says of others may be of that story.
func (l *tongue) tells(toks []token) bool { return l.anywhere(l.tales, toks) }

// anywhere reports one of the phrases in the text.
func (l *tongue) anywhere(ps phraseTable, toks []token) bool {
	if len(ps) == 0 {
		return false
	}
	low := make([]string, 0, len(toks))
	for i := range toks {
		t := &toks[i]
		switch {
		case t.kind == word && i > 0 && toks[i-1].kind == word && toks[i-1].end == t.start: // "im", cut as English has it
			low[len(low)-1] += l.fold(lower(t.text))
		case t.kind == word && strings.Contains(t.text, "-"): // "Pen-and-Paper-Runde"
			low = append(low, strings.Split(l.fold(lower(t.text)), "-")...)
		case t.kind == word || t.kind == punct:
			low = append(low, l.fold(lower(t.text)))
		default:
			low = append(low, "")
		}
	}
	for i, w := range low {
		for _, p := range ps[w] {
			if i+len(p) <= len(low) && slices.Equal(p, low[i:i+len(p)]) {
				return true
			}
		}
	}
	return false
}
