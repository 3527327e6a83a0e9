package recall

import (
	"slices"
	"strings"
)

// A description of something to forget begins with words that say how much of it is meant: "everything about my sister", "what I told you about
// my salary", "all my phone numbers", "that Tom is allergic to nuts". The rest is its topic.

// extent says how much of its topic a description means.
type extent int

const (
	oneThing   extent = iota // one fact or instruction
	allThings                // all that fit: "all my phone numbers"
	allTold                  // all that the asker told about it
	everything               // all that is known about it
)

// head is a form of the first words of a description: a word of lead, then any number of words of between, then a word of about, and any of
// after. needs is a word that between must have had; empty: none.
type head struct {
	means                       extent
	lead, between, about, after map[string]bool
	needs                       map[string]bool
	tail                        map[string]bool // words of the head that follow the topic: "was ich über sie gesagt habe"
}

func headOf(means extent, lead, between, needs, about, after, tail string) head {
	return head{means, wordSet(lead), wordSet(between + " " + needs), wordSet(about), wordSet(after), wordSet(needs), wordSet(tail)}
}

const (
	englishTold = `said told mentioned wrote shared explained`
	germanTold  = `gesagt erzahlt erzaehlt geschrieben erwahnt mitgeteilt sagte erzahlte`
	spanishTold = `dije conte dicho contado comente mencione escribi comentado`
	frenchTold  = `dit raconte ecrit mentionne confie`
)

// heads are the first words of descriptions in all languages, without accents.
var heads = []head{
	headOf(everything, "everything all anything whatever", `that the you we i've you've ve i have know knew remember remembered stored saved noted there is ever just to my me it
		information info facts fact data memories memory notes details stuff things still `+englishTold, "", "about on regarding concerning", "", ""),
	headOf(allTold, "what", "that i we i've we've ve have had you ever just once earlier yesterday before to about", englishTold, "about on regarding concerning", "", ""),
	headOf(allTold, "things stuff thing bit part", "that i we i've have had you ever just earlier to", englishTold, "about on regarding concerning", "", ""),
	headOf(everything, "alles samtliches", `was du ich wir dir euch ihr je jemals schon mal hier informationen infos fakten daten habe hab hast haben weisst gespeichert `+germanTold, "",
		"uber ueber zu zum zur bezuglich rund", "um", "weisst habe hab hast haben gespeichert gemerkt kennst "+germanTold),
	headOf(allTold, "was", "ich wir dir euch ihnen mal schon je gestern vorhin neulich heute habe hab", "", "uber ueber zu zum zur bezuglich", "", "habe hab hatte haben "+germanTold),
	headOf(everything, "todo toda todos", "lo la que sabes tienes te le os he informacion datos recuerdas guardado guardaste hay los "+spanishTold, "", "sobre acerca respecto de del", "de del a", ""),
	headOf(allTold, "lo", "que te le os he ya ayer antes", spanishTold, "sobre acerca respecto de del", "de del a", ""),
	headOf(everything, "tout toutes tous", "ce que tu sais as je j' t'ai j'ai ai te vous les infos informations donnees retenu a "+frenchTold, "", "sur concernant propos", "de du d'", ""),
	headOf(allTold, "ce", "que je j' t'ai j'ai ai te vous a", frenchTold, "sur concernant propos", "de du d'", ""),
}

// asksToForget are words before a description that ask for what it is for.
var asksToForget = wordSet(`please pls can could would you just forget delete erase remove wipe drop bitte kannst konntest du vergiss losche losch streich por favor puedes olvida borra
	elimina s'il te plait peux tu oublie efface supprime`)

// stating are words before a statement: "that I live in Bern".
var stating = wordSet("that dass daß que qu'")

// description is the text of a description, taken apart.
type description struct {
	means  extent
	states bool   // the topic is a statement
	topic  string // the words of the topic
}

// describes takes a description apart.
func describes(text string) (d description) {
	said := strings.Fields(quoting.Replace(text))
	low := make([]string, len(said))
	for i, w := range said {
		low[i] = plain(strings.ToLower(wordIn(strings.Trim(w, ",;!?\"()[]"))))
	}
	at := 0
	for at < len(low) && asksToForget[low[at]] {
		at++
	}
	if d.means, at = headAt(low, at, &said); d.means == oneThing {
		switch {
		case at+3 < len(said) && low[at] == "the" && low[at+1] == "fact" && low[at+2] == "that":
			d.states, at = true, at+3
		case at+1 < len(said) && stating[low[at]]:
			d.states, at = true, at+1
		case at < len(said) && strings.HasPrefix(low[at], "qu'") && len(low[at]) > len("qu'"):
			d.states = true
			_, said[at], _ = strings.Cut(strings.ReplaceAll(said[at], "’", "'"), "'")
		case at+1 < len(said) && (low[at] == "all" || low[at] == "alle" || low[at] == "todos" || low[at] == "todas" || low[at] == "tous" || low[at] == "toutes"):
			d.means, at = allThings, at+1
		}
	}
	d.topic = strings.Join(said[at:], " ")
	return d
}

// headAt finds the head of a description at a word. It returns its meaning and the first word of the topic, and cuts the words of the head
// behind the topic.
func headAt(low []string, from int, said *[]string) (extent, int) {
	for _, h := range heads {
		if from >= len(low) || !h.lead[low[from]] {
			continue
		}
		at, told := from+1, len(h.needs) == 0
		for at < len(low) && h.between[low[at]] && !(h.about[low[at]] && told) {
			told = told || h.needs[low[at]]
			at++
		}
		if !told || at >= len(low) || !h.about[low[at]] {
			continue
		}
		for at++; at < len(low) && h.after[low[at]]; at++ {
		}
		end := len(low)
		for end > at && h.tail[low[end-1]] {
			end--
		}
		if h.means == allTold && len(h.tail) > 0 && end == len(low) { // "was zum Teufel"
			continue
		}
		*said = (*said)[:end]
		return h.means, at
	}
	return oneThing, from
}

// empty reports whether a topic names nothing.
func (d *description) empty() bool {
	if d.means == everything && selfTopic[plain(strings.ToLower(d.topic))] {
		return false
	}
	return !slices.ContainsFunc(words(d.topic), func(w string) bool { return !emptyTopic[plain(strings.ToLower(w))] })
}

// selfTopic are the topics of "everything about me".
var selfTopic = wordSet("me myself us mich uns mir mi nosotros moi nous")

// emptyTopic are words that name nothing by themselves.
var emptyTopic = wordSet(`it that this everything all anything them these those of the a my our memory memories data things stuff information facts fact you know i me said told
	alles das dies es was todo eso esto lo tout ca cela ce people project projects person thing place name names number numbers`)
