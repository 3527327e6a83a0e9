package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// respelling is what a short form of chat stands for: "jsuis" for "je suis". cut is how many bytes of it the first of two words
// has; 0: it stands for one word, the second.
type respelling struct {
	cut           int
	first, second string
}

// respellings reads units such as "jsuis 1 je suis" and "pr pour".
func respellings(table string) map[string]respelling {
	m := map[string]respelling{}
	for u := range strings.SplitSeq(table, ",") {
		switch f := strings.Fields(u); len(f) {
		case 2:
			m[f[0]] = respelling{second: f[1]}
		case 4:
			m[f[0]] = respelling{cut: int(f[1][0] - '0'), first: f[2], second: f[3]}
		}
	}
	return m
}

// respells reports whether the word is a short form of chat, of two words, that no other language has.
func (l *tongue) respells(low string) bool {
	_, _, ok := l.respell(token{low: low, text: low})
	return ok
}

// respell cuts a short form of chat into its two words.
func (l *tongue) respell(t token) (head, tail token, ok bool) {
	r, known := l.respelt[t.low]
	switch {
	case known && r.cut > 0 && r.cut < len(t.text):
	case known || !l.elides || len(t.low) < 3 || t.low[0] != 'j' || len(t.text) != len(t.low):
		return head, tail, false
	case strings.HasPrefix(t.low, "jm'") || strings.HasPrefix(t.low, "jl'") || strings.HasPrefix(t.low, "jt'") || strings.HasPrefix(t.low, "jn'"):
		r = respelling{cut: 1, first: "je", second: t.low[1:]}
	default: // "jhabite"
		if !l.firstPerson(t.low[1:]) && l.respelt[t.low[1:]].first != "m'" || l.verbs[t.low] != nil {
			return head, tail, false
		}
		r = respelling{cut: 1, first: "je", second: t.low[1:]}
	}
	head, tail = t, t
	head.text, head.end, head.low = t.text[:r.cut], t.start+r.cut, r.first
	head.rune1 = t.rune0 + utf8.RuneCountInString(head.text)
	tail.text, tail.start, tail.rune0, tail.joined, tail.upper, tail.low = t.text[r.cut:], head.end, head.rune1, true, false, r.second
	return head, tail, true
}

// firstPerson reports a form of a verb that "I" has.
func (l *tongue) firstPerson(low string) bool {
	for _, s := range l.verbs[low] {
		if s.kind <= finitePast && s.persons&first != 0 {
			return true
		}
	}
	return false
}

// spellOut spells out the word classes that forms are written with.
func spellOut(table string) string { return formClasses.Replace(table) }

var formClasses = strings.NewReplacer("@IN", "à|en|au|aux|dans|sur", "@AT", "chez|pour|à|au|aux", "@DE", "de|d'|du|des", "@TO", "à|au|aux|l'",
	"@JE", "je|j'|on|nous", "@BE", "suis|est|sommes", "@MY", "mon|ma|mes|notre|nos")

// interjections stand where a comma could: "j'habite à Lyon mdr".
var interjections = set(`lol mdr mdrr ptdr xd haha hahaha hihi hein quoi stp svp bref ouais wesh lool ahah`)

// fillings are phrases that carry nothing and stand where a comma could.
var fillings = phrases("en fait", "en vrai", "au fait", "du coup", "pour info", "pour information", "à vrai dire", "pour tout dire", "de toute façon", "de toutes façons", "pour rappel", "donc bon",
	"alors bon", "enfin bref", "en gros", "en passant", "par ailleurs", "entre nous", "pour ma part", "à propos", "en plus", "tu vois", "tu sais", "vous savez", "voilà voilà", "d' ailleurs", "figure-toi", "il faut dire", "faut dire",
	"je t' avoue", "j' avoue", "je vous avoue", "pour la petite histoire", "comme tu sais", "comme tu le sais", "comme vous le savez", "comme je disais", "comme je te disais", "au passage", "bon ben", "eh ben", "eh bien")

// breathe makes commas of what only fills a sentence.
func (u *utterance) breathe(toks []token) {
	comma := func(t *token) { t.kind, t.text, t.low, t.upper = punct, ",", ",", false }
	for i := 0; i < len(toks); i++ {
		t := &toks[i]
		if t.kind != word {
			continue
		}
		if t.low == "ne" && i+2 < len(toks) && toks[i+1].is("le", "en", "un") && toks[i+2].low != "" && toks[i+2].low[0] >= '0' && toks[i+2].low[0] <= '9' {
			t.low = "né" // "ne le 12 aout"
		}
		if interjections[t.low] && i > 1 && !(t.low == "quoi" && i+1 < len(toks) && toks[i+1].kind == word) {
			comma(t)
			continue
		}
		for _, p := range fillings[t.low] {
			if i+len(p) <= len(toks) && !slices.ContainsFunc(toks[i:i+len(p)], func(t token) bool { return t.kind != word }) && sameLow(p, toks[i:]) &&
				!(i+len(p) < len(toks) && (toks[i+len(p)].is("que", "qu'") || p[0] == "tu" || p[0] == "vous") && i > 0) {
				for k := range p {
					comma(&toks[i+k])
				}
				i += len(p) - 1
				break
			}
		}
	}
}

func sameLow(words []string, toks []token) bool {
	for k, w := range words {
		if toks[k].low != w {
			return false
		}
	}
	return true
}
