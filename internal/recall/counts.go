package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// counts are, by a word, the keys of what it counts.
var counts = map[string][]string{
	"children": {"child", "son", "daughter"}, "kids": {"child", "son", "daughter"},
	"sons": {"son"}, "daughters": {"daughter"}, "sisters": {"sister"}, "brothers": {"brother"}, "siblings": {"sister", "brother"},
	"pets": {extract.Pet},
}

// ones are words before one of a kind, and other words before a further one. Both are written without accents.
var (
	ones   = wordSet("my our a an one mein meine meinen meiner meinem unser unsere unseren ein eine einen mi nuestro nuestra un una mon ma notre une his her seine ihre su son sa")
	others = wordSet("another new second third more neue neuer neuen neues zweite zweiter zweiten noch otro otra nuevo nueva segundo segunda autre nouveau nouvelle deuxieme second")
)

// numbers are the written-out numbers of all languages, without accents.
var numbers = func() map[string]int {
	m := map[string]int{}
	for i, words := range []string{
		"one", "two zwei dos deux", "three drei tres trois", "four vier cuatro quatre", "five funf fuenf cinco cinq", "six sechs seis",
		"seven sieben siete sept", "eight acht ocho huit", "nine neun nueve neuf", "ten zehn diez dix",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = i + 1
		}
		m[string(rune('0'+(i+1)%10))] = i + 1
	}
	delete(m, "0")
	m["10"] = 10
	return m
}()

// counted answers a question for a number with the facts to count, if the words that told of them say that there are no others.
func (v *View) counted(q Query, seeds []record.EntityRef, rest []string) (out answer, ok bool) {
	noun := ""
	for _, w := range rest {
		switch {
		case w == "many" || filler[w] || w == "got":
		case noun != "":
			return out, false
		default:
			noun = w
		}
	}
	r := reading{seeds: seeds, named: seeds}
	r.keys, r.animal = counts[noun], animals[noun]
	if r.animal != "" {
		r.keys = []string{extract.Pet}
	}
	if len(r.keys) == 0 || q.former || asksPast(rest, r.keys) || timed(q.Filter) || q.Filter.Closed || v.namesMore(&q, r) || q.boundElsewhere(r) ||
		!slices.ContainsFunc(rest, func(w string) bool { return owning[w] }) {
		return out, false
	}
	facts := v.known.about(q.by, keysOf(seeds), nil, under(r.keys...), func(f *record.Fact) bool {
		return names(seeds, f.Entity) && q.holds(f) && (r.animal == "" || v.isAnimal(f, r.animal))
	})
	if len(facts) == 0 {
		return out, false
	}
	out = v.listed(q, facts, "the question names "+seeds[0].Name+" and "+strings.Join(r.keys, ", "))
	out.whole = out.whole && v.complete(&q, facts, kindsOf(noun, r))
	return out, true
}

// kindsOf returns the words, in English and the singular, of what a question counts.
func kindsOf(noun string, r reading) map[string]bool {
	m := map[string]bool{}
	switch {
	case r.animal != "":
		m[r.animal] = true
	case noun == "pets":
		for _, kind := range animals {
			m[kind] = true
		}
		m["pet"] = true
	default:
		for _, key := range r.keys {
			m[key] = true
		}
	}
	return m
}

// complete reports whether the turns that told of facts counted them, and no other turn speaks of further ones.
func (v *View) complete(q *Query, facts []*record.Fact, kinds map[string]bool) bool {
	told := map[string]int{}
	for _, f := range facts {
		told[f.Source.Ref]++
	}
	for turn, n := range told {
		text := ""
		for _, id := range v.said.chunksOfTurn(turn) {
			if c := v.chunk(id); c != nil {
				text += " " + c.Text
			}
		}
		if counted, _ := countIn(text, kinds); counted != n {
			return false
		}
	}
	var forms []string
	for kind := range kinds {
		forms = append(forms, kind, kind+"s")
		for _, t := range append([]*tongue{english}, tongues...) {
			forms = append(append(forms, t.forms[kind]...), t.forms[kind+"s"]...)
		}
	}
	for w, kind := range animals {
		if kinds[kind] {
			forms = append(forms, w)
		}
	}
	for _, id := range v.index.Mentions(facts[0].Scopes, time.Time{}, retellings, index.Mention{forms}) {
		c := v.chunk(id)
		if c == nil || !finds(q.Filter, c) || told[c.Turn] > 0 || endsAsking(c.Text) {
			continue
		}
		if n, further := countIn(c.Text, kinds); n > 1 || further {
			return false
		}
	}
	return true
}

// countIn returns how many of some kinds a text tells of: "two dogs" are two, and so are "my son" and "my daughter". further says that it
// tells of a further one: "a new dog", "a dog".
func countIn(text string, kinds map[string]bool) (n int, further bool) {
	said := words(plain(strings.ToLower(text)))
	most := map[string]int{}
	for i, w := range said {
		kind, several := kindOf(w, kinds)
		if kind == "" {
			continue
		}
		stated := 0
		for j := i - 1; j >= max(0, i-2) && stated == 0; j-- {
			switch number := numbers[said[j]]; {
			case others[said[j]]:
				further = true
			case several && number > 0:
				stated = number
			case !several && (ones[said[j]]):
				stated = 1
			}
		}
		if several && stated == 0 {
			stated = listedAfter(text, w)
		}
		further = further || i > 0 && (said[i-1] == "a" || said[i-1] == "ein" || said[i-1] == "un")
		most[kind] = max(most[kind], stated)
	}
	for _, stated := range most {
		n += stated
	}
	return n, further
}

// listedAfter counts the capitalized names right after a word in the plural: "our dogs Bello and Frieda".
func listedAfter(text, noun string) (n int) {
	said := words(text)
	at := slices.IndexFunc(said, func(w string) bool { return plain(strings.ToLower(w)) == noun })
	for _, w := range said[at+1:] {
		lower := strings.ToLower(w)
		switch {
		case w != lower:
			n++
		case n > 0 && lower != "and" && lower != "und" && lower != "y" && lower != "e" && lower != "et":
			return n
		}
	}
	return n
}

// kindOf returns the kind that a word of any language names, and whether it is in the plural.
func kindOf(w string, kinds map[string]bool) (kind string, several bool) {
	meanings := []string{w}
	for _, t := range tongues {
		for _, p := range t.phrases[w] {
			if len(p.after) == 0 && len(p.says) == 1 {
				meanings = append(meanings, p.says[0])
			}
		}
	}
	for _, m := range meanings {
		one := animals[m]
		if one == "" {
			one = extract.LabelNamed(m)
		}
		if kinds[one] {
			return one, m != one && (strings.HasSuffix(m, "s") || m == "children" || m == "puppies")
		}
	}
	return "", false
}
