package extract

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// People tell of a change by what they do with the things of their life: "My lanyard went in the bin, and I've had my induction." One such
// sign says little. Something that ends and something that begins, of one part of life and close together, put its facts in doubt.

// signKind says what a sign tells: that something ends, that something begins, or both.
type signKind uint8

const (
	endingSign signKind = 1 << iota
	beginningSign
	anyEnding    // of any part of life; counts beside a beginning of one part
	anyBeginning // of any part of life; counts beside an ending of one part
)

// sign is one row of a table of signs: places that stand near each other in one sentence, in any order.
type sign struct {
	kind    signKind
	group   string // the part of life; "" for one of any
	places  []int
	whoever bool // whoever is the subject: "my nephew has the keys"
	denied  bool // it has a word of denial of its own
}

// signWord is a word, or the first word of several, of some places.
type signWord struct {
	rest  []string
	place int
}

// signTable has the signs of one language, by the first of their places.
type signTable struct {
	words, stems map[string][]signWord
	signs        map[int][]*sign
	keeps        map[string]int // the places of words with which a sentence tells of no change, by the part of life; "": of any
	places       map[string]int
}

// signReach is how many words may stand between two of a sign, signBeside how far apart the sentences of two signs are at most, signsKept how many
// signs are compared with the next.
const (
	signReach  = 8
	signBeside = 2
	signsKept  = 16
)

// signGroups are the parts of life, with the keys that a change of them puts in doubt, the labels of those who belong to them, and whether
// somebody who is not named is such a person.
var signGroups = map[string]struct {
	keys   []string
	people []string
	strict bool // a sign of any part of life does not count beside its own: there are many harmless ones
}{
	"work":     {keys: []string{"works_at", "role"}, strict: true},
	"role":     {keys: []string{"role"}, strict: true},
	"home":     {keys: []string{"lives_in", "address"}, strict: true},
	"couple":   {keys: []string{"spouse", "partner", "engaged_to", "fiance", "marital_status"}, people: []string{"spouse", "partner", "fiance"}, strict: true},
	"wedding":  {keys: []string{"wedding_date", "wedding"}, people: []string{"fiance"}},
	"pet":      {keys: []string{"pet"}, people: []string{"pet"}},
	"car":      {keys: []string{"car"}},
	"phone":    {keys: []string{"phone"}},
	"email":    {keys: []string{"email"}},
	"diet":     {keys: []string{"diet"}},
	"allergy":  {keys: []string{"allergic_to"}},
	"health":   {keys: []string{"has_condition"}},
	"studies":  {keys: []string{"studied_at", "major", "degree"}, strict: true},
	"leisure":  {keys: []string{"hobby", "plays"}},
	"doctor":   {keys: []string{"doctor", "dentist", "therapist"}, people: []string{"doctor", "dentist", "therapist"}},
	"manager":  {keys: []string{"manager", "reports_to"}, people: []string{"manager"}},
	"landlord": {keys: []string{"landlord"}, people: []string{"landlord"}},
	"roommate": {keys: []string{"roommate"}, people: []string{"roommate"}},
	"visit":    {keys: []string{"appointment", "dentist_appointment", "doctors_appointment"}},
}

// signTables are the tables of all languages. A sentence that does not tell its language is read with each.
var signTables = map[*tongue]*signTable{
	nil: newSignTable(englishSigns), tongues[0]: newSignTable(germanSigns), tongues[1]: newSignTable(spanishSigns), tongues[2]: newSignTable(frenchSigns),
}

// newSignTable reads a table. Its rows:
//
//	@name: words          a list for the rows behind it
//	work keeps: words     with which a sentence tells of no change, of any part of life for "any"; those of "undone" take back what was told before
//	work -: a b, c        signs of an end: "a" near "b", or "c"
//	work +: ...           signs of a beginning
//	work =: ...           signs that are enough alone
//	any -: ... any +: ... signs that count beside one of the other kind of a part of life
//
// A place is "a/b" for one of several words, "ab*" for words that begin so, "a_b" for words in this order, "@name" for a list, "^" before a
// sign says that anybody may do it, "!" that it denies something.
func newSignTable(table string) *signTable {
	t := &signTable{words: map[string][]signWord{}, stems: map[string][]signWord{}, signs: map[int][]*sign{}, places: map[string]int{}, keeps: map[string]int{}}
	lists := map[string]string{}
	for _, row := range rows(table) {
		head, items, _ := strings.Cut(row, ":")
		if name, ok := strings.CutPrefix(head, "@"); ok {
			lists[name] = strings.Join(strings.Fields(items), "/")
			continue
		}
		group, kinds, _ := strings.Cut(head, " ")
		if kinds == "keeps" {
			t.keeps[strings.TrimPrefix(group, "any")] = t.place(strings.Join(strings.Fields(items), "/"), lists)
			continue
		}
		kind := map[string]signKind{"-": endingSign, "+": beginningSign, "=": endingSign | beginningSign}[kinds]
		if group == "any" {
			group, kind = "", kind<<2
		}
		for item := range strings.SplitSeq(items, ",") {
			s := &sign{kind: kind, group: group}
			for _, place := range strings.Fields(item) {
				switch place {
				case "^":
					s.whoever = true
				case "!":
					s.denied = true
				default:
					s.places = append(s.places, t.place(place, lists))
				}
			}
			if len(s.places) > 0 {
				t.signs[s.places[0]] = append(t.signs[s.places[0]], s)
			}
		}
	}
	return t
}

// place gives the number of a place, and notes its words if it is new.
func (t *signTable) place(text string, lists map[string]string) int {
	if n, ok := t.places[text]; ok {
		return n
	}
	n := len(t.places) + 1
	t.places[text] = n
	for word := range strings.SplitSeq(text, "/") {
		if name, ok := strings.CutPrefix(word, "@"); ok {
			for w := range strings.SplitSeq(lists[name], "/") {
				t.word(w, n)
			}
			continue
		}
		t.word(word, n)
	}
	return n
}

func (t *signTable) word(text string, place int) {
	stem, begins := strings.CutSuffix(text, "*")
	all := foldedWords(tokenise(strings.ReplaceAll(stem, "_", " ")))
	if strings.HasPrefix(stem, "'") { // it stands behind another word
		all = foldedWords(tokenise("x" + stem))[1:]
	}
	if begins {
		t.stems[all[0]] = append(t.stems[all[0]], signWord{nil, place})
		return
	}
	t.words[all[0]] = append(t.words[all[0]], signWord{all[1:], place})
}

// signAt is a place, or a sign, that stands in a sentence.
type signAt struct {
	place    int
	from, to int
}

// minStem is how many letters the beginning of a word has at least that a table has.
const minStem = 3

// foundIn gives the places that stand in the sentence, in its order.
func (t *signTable) foundIn(low []string) (found []signAt) {
	at := func(i int, list []signWord) {
		for _, w := range list {
			if to := i + 1 + len(w.rest); to <= len(low) && slices.Equal(low[i+1:to], w.rest) {
				found = append(found, signAt{w.place, i, to})
			}
		}
	}
	for i, w := range low {
		at(i, t.words[w])
		for n := minStem; n <= min(len(w), signStem); n++ {
			at(i, t.stems[w[:n]])
		}
	}
	return found
}

// signStem is how many letters such a beginning has at most.
const signStem = 20

// signalled is a sign that a text has.
type signalled struct {
	*sign
	of       []record.EntityRef // whom it is about
	sentence int
	from, to int
}

// signs notes the signs of a sentence, the n-th of the text, and doubts what they put in doubt. prev is whom the sentence before is about.
func (x *extractor) signs(s sentence, n int, u *utterance, prev topic) {
	if s.question || x.stopped || x.story || x.written {
		return
	}
	low := foldedWords(x.toks[s.from:s.to])
	for _, l := range [...]*tongue{nil, tongues[0], tongues[1], tongues[2]} {
		if u == nil || u.l == l {
			x.signsOf(signTables[l], s, n, low, prev)
		}
	}
}

// foldedWords are the words of a sentence as the tables of signs have them: without accents and elided articles.
func foldedWords(toks []token) []string {
	low := make([]string, len(toks))
	for i := range toks {
		if t := &toks[i]; t.kind == word {
			low[i] = accents.Replace(t.low)
			if j := strings.IndexByte(low[i], '\''); j > 0 && elided(low[i]) {
				low[i] = low[i][j+1:]
			}
		}
	}
	return low
}

// signsOf does so with the table of a language.
func (x *extractor) signsOf(t *signTable, s sentence, n int, low []string, prev topic) {
	found := t.foundIn(low)
	if undone := t.keeps["undone"]; slices.ContainsFunc(found, func(f signAt) bool { return f.place == undone }) {
		x.signalled = nil
		x.out.Doubts = slices.DeleteFunc(x.out.Doubts, func(d record.Doubt) bool { return d.Sole })
		return
	}
	for k, f := range found {
		for _, g := range t.signs[f.place] {
			from, to, ok := g.spans(found, k)
			if !ok || t.kept(g, found) || x.unlikely(g, s, s.from+from, s.from+to) {
				continue
			}
			if of, ok := x.signOf(g, s, s.from+from, s.from+to, prev); ok {
				x.signal(signalled{g, of, n, s.from + from, s.from + to}, s)
			}
		}
	}
}

// kept reports whether words beside those of a sign say that nothing changes.
func (t *signTable) kept(g *sign, found []signAt) bool {
	return slices.ContainsFunc(found, func(f signAt) bool {
		return (f.place == t.keeps[""] || f.place == t.keeps[g.group]) && !slices.ContainsFunc(found, func(o signAt) bool {
			return o.from <= f.from && f.to <= o.to && slices.Contains(g.places, o.place)
		})
	})
}

// spans reports whether the places of a sign stand near the first of them, which is the k-th of those found, and from where to where.
func (g *sign) spans(found []signAt, k int) (from, to int, ok bool) {
	from, to = found[k].from, found[k].to
	for _, place := range g.places[1:] {
		best := -1
		near := func(i int) bool {
			f := &found[i]
			if f.place == place && (f.from >= found[k].to || f.to <= found[k].from) && (best < 0 || distance(f, &found[k]) < distance(&found[best], &found[k])) {
				best = i
			}
			return distance(f, &found[k]) <= signReach
		}
		for i := k; i >= 0 && near(i); i-- {
		}
		for i := k + 1; i < len(found) && near(i); i++ {
		}
		if best < 0 || distance(&found[best], &found[k]) > signReach {
			return 0, 0, false
		}
		from, to = min(from, found[best].from), max(to, found[best].to)
	}
	return from, to, true
}

func distance(a, b *signAt) int { return max(a.from-b.to, b.from-a.to, 0) }

// unlikely reports whether what a sign tells is denied or supposed.
func (x *extractor) unlikely(g *sign, s sentence, from, to int) bool {
	if x.supposes(s.from, from) {
		return true
	}
	for i := from; i < to && !g.denied; i++ {
		if signDenials[x.toks[i].low] {
			return true
		}
	}
	for i := from - 1; i >= s.from && x.toks[i].kind == word && !g.denied; i-- {
		if signDenials[x.toks[i].low] {
			return true
		}
	}
	return !g.denied && to < s.to && signDenials[x.toks[to].low]
}

// signOf is whom a sign is about that stands from one token to another; false: nobody whose facts it could change.
func (x *extractor) signOf(g *sign, s sentence, from, to int, prev topic) ([]record.EntityRef, bool) {
	speaker := []record.EntityRef{x.speaker}
	people := signGroups[g.group].people
	if g.group == "" || g.whoever {
		return speaker, true
	}
	for i := max(s.from, from-2); i < to && len(people) == 0; i++ {
		if signOwners[x.toks[i].low] {
			return nil, false
		}
	}
	for i := to - 1; i >= s.from; i-- {
		t := &x.toks[i]
		label := kin[t.low]
		if label == "" {
			label = kinPlural[t.low]
		}
		if label == "" {
			label = foreignKin(t.low)
		}
		switch {
		case t.kind != word:
		case signFirsts[t.low]:
			return speaker, true
		case i >= from && !thirdPersons[t.low]:
		case thirdPersons[t.low], signThirds[t.low]:
			switch {
			case t.is("they"), len(people) > 0 && !prev.ok:
				return speaker, true
			case len(people) > 0:
				return speaker, slices.ContainsFunc(people, func(p string) bool { return slices.Contains(x.kin[p], prev.person.ref) })
			case prev.ok:
				return []record.EntityRef{prev.person.ref}, true
			}
			return nil, false
		case label != "" && slices.Contains(people, label), label == "pet":
		case (label != "" || strangers[t.low] || signStrangers[t.low] || foreignOthers[t.low]) && !(i > s.from && signPrepositions[x.toks[i-1].low] || i > s.from+1 && signPrepositions[x.toks[i-2].low]):
			if x.anyOf(s.from, i, signSubjects) || x.anyOf(s.from, s.to, objects) {
				return speaker, true
			}
			if owner := x.ownerOf(i, s.from); owner >= 0 {
				of := x.owned(owner, i, s.to)
				return of, len(of) > 0 && len(people) == 0
			}
			return nil, false
		case t.upper && !(i > s.from && signPrepositions[x.toks[i-1].low]):
			if of := x.bearers(t.text); len(of) > 0 {
				if len(people) > 0 {
					return speaker, slices.ContainsFunc(people, func(p string) bool { return overlapRefs(x.kin[p], of) })
				}
				return of, true
			}
			if givenNames[t.low] && g.group != "pet" {
				return nil, false
			}
		}
	}
	return speaker, true
}

func overlapRefs(a, b []record.EntityRef) bool {
	return slices.ContainsFunc(a, func(e record.EntityRef) bool { return slices.Contains(b, e) })
}

// foreignKin is the label of a word for a relative in another language.
func foreignKin(low string) string {
	for _, l := range tongues {
		if label := l.kin[accents.Replace(low)]; label != "" {
			return label
		}
	}
	return ""
}

// signal keeps a sign, and doubts the facts of its part of life if one of the other kind stands near it.
func (x *extractor) signal(g signalled, s sentence) {
	if g.kind == endingSign|beginningSign {
		x.doubtSigned(g, s)
		return
	}
	x.signalled = slices.DeleteFunc(x.signalled, func(o signalled) bool { return o.sentence+signBeside < g.sentence })
	for _, o := range x.signalled {
		switch {
		case o.sentence == g.sentence && o.from < g.to && g.from < o.to || !o.kind.completes(g.kind): // of the same words
		case (g.group == "" || o.group == "") && signGroups[g.group+o.group].strict:
		case g.group == "":
			o.from, o.to = g.from, g.to
			x.doubtSigned(o, s)
		case o.group == "" || o.group == g.group && slices.Equal(o.of, g.of):
			x.doubtSigned(g, s)
		}
	}
	if len(x.signalled) == signsKept {
		x.signalled = slices.Delete(x.signalled, 0, 1)
	}
	x.signalled = append(x.signalled, g)
}

// completes reports whether signs of two kinds are an end and a beginning, of which one is of a part of life.
func (k signKind) completes(o signKind) bool {
	switch k {
	case endingSign:
		return o != anyEnding
	case beginningSign:
		return o != anyBeginning
	case anyEnding:
		return o == beginningSign
	}
	return o == endingSign
}

// doubtSigned doubts the facts of the part of life of a sign.
func (x *extractor) doubtSigned(g signalled, s sentence) {
	text := x.text[x.toks[s.from].start:x.toks[s.to-1].end]
	doubt := record.Doubt{
		Entities: g.of, Keys: slices.Sorted(slices.Values(signGroups[g.group].keys)), Sole: true,
		Text: text, Near: text, Span: x.span(s.from, s.to), Words: x.span(g.from, g.to),
	}
	if len(x.out.Doubts) < MaxDoubts && !slices.ContainsFunc(x.out.Doubts, func(o record.Doubt) bool {
		return o.Sole && o.Text == doubt.Text && slices.Equal(o.Keys, doubt.Keys) && slices.Equal(o.Entities, doubt.Entities)
	}) {
		x.out.Doubts = append(x.out.Doubts, doubt)
	}
}

var (
	// signFirsts say that a thing or a doing is the speaker's, signThirds and signOwners that it is another's.
	signFirsts = set(`i we my our ich wir mein meine meinen meinem meiner unser unsere unseren unserem unserer yo nosotros nosotras mi mis nuestro nuestra nuestros nuestras
		je j'ai j'en j'y nous mon ma mes notre nos`)
	signSubjects = set(`i we ich wir yo nosotros nosotras je j'ai j'en nous`)
	signThirds   = set(`er sie él ella ellos ellas il elle ils elles`)
	signOwners   = set(`his her their your whose sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer deine dein su sus tu tus son sa ses leur leurs ton ta tes votre`)
	// signStrangers are words for people who are nobody of the speaker's.
	signStrangers = set(`guy bloke chap lad lads woman women man men lady girl girls boy boys couple student intern interns trainee trainees apprentices schoolmate flatmates lodger tenant tenants actor actress
		character hero heroine footballer player singer minister president bride groom bridesmaid somebody someone everyone everybody anyone others people folk folks half celebrity presenter
		typ kerl praktikant praktikantin azubi jemand alle leute mieter mieterin schauspieler paar
		tipo chico chica alguien todos gente becario becaria inquilino pareja mec quelqu'un gens stagiaire locataire`)
	// signPrepositions stand before somebody who is no subject.
	signPrepositions = set(`to from with for of by at than like beside über von mit für bei zu zum zur vom gegen a de con para por à avec pour chez au aux`)
	signDenials      = set(`not never no hardly barely nobody without neither nor nearly almost nicht kein keine keinen keinem keiner nie niemals ohne beinahe
		nunca jamás ni sin tampoco casi pas jamais sans presque n'ai n'est n'a`)
)
