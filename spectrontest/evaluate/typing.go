package evaluate

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// shortForms are what people type for words when they chat.
var shortForms = map[string]string{
	"you": "u", "your": "ur", "because": "bc", "tomorrow": "tmrw", "probably": "prob", "though": "tho", "please": "pls",
	"really": "rly", "about": "abt", "right now": "rn", "okay": "ok", "people": "ppl", "thanks": "thx", "minutes": "min",
	"something": "smth", "tonight": "tonite", "going to": "gonna", "with": "w", "and": "n", "see": "c",
}

// tails are put behind messages.
var tails = []string{" 😂", " 🙈", " lol", " haha", " ❤️", "!!", "...", " 😅", " 🎉", " tbh", " 👍", " omg", " ugh"}

// typed makes a message look as if it were typed on a telephone: small letters, short forms, slips and emoji. Names, numbers
// and codes stay.
func typed(rng *rand.Rand, s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if short, ok := shortForms[strings.ToLower(w)]; ok && rng.Float64() < .35 {
			words[i] = short
			continue
		}
		if len(w) >= 5 && plain(w) && rng.Float64() < .04 {
			words[i] = slip(rng, w)
		}
	}
	s = strings.Join(words, " ")
	if first := []rune(s); len(first) > 1 && unicode.IsUpper(first[0]) && unicode.IsLower(first[1]) && rng.Float64() < .7 && common(words[0]) {
		first[0] = unicode.ToLower(first[0])
		s = string(first)
	}
	s = strings.TrimSuffix(s, ".")
	if rng.Float64() < .12 {
		s += tails[rng.IntN(len(tails))]
	}
	return s
}

// plain reports whether a word is made of small letters alone: no name, no code.
func plain(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// common reports whether a word that begins a sentence is not a name.
func common(w string) bool { return starters[strings.ToLower(strings.Trim(w, ",.!?'"))] }

var starters = wordSet(`a an the i i'm i've i'll it it's its he she they we we're we've you your my our this that there what
	when where who why how did do does are is was were have has had yes no not and but so oh ok okay well just also can could
	would should maybe perhaps then now still got went had said says told bought found took made apparently anyway btw hey hi
	any all some one two three she's he's they're that's there's don't didn't can't couldn't wasn't isn't sounds wait guess
	remember never always after before because if in on at to from for with every last next finally turns`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// slip makes a typing error.
func slip(rng *rand.Rand, w string) string {
	i := 1 + rng.IntN(len(w)-2)
	switch rng.IntN(3) {
	case 0:
		return w[:i] + w[i+1:] // a letter is missing
	case 1:
		return w[:i] + w[i:i+1] + w[i:] // a letter is doubled
	default:
		return w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:] // two are exchanged
	}
}
