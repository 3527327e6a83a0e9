package extract

// takeovers reads what firms did to firms: "Siemens hat den Wettbewerber Brünig übernommen", "die Brauerei Kolb wurde von Oettinger gekauft".
func (u *utterance) takeovers() {
	if !u.l.nouns || u.at(u.opening(), u.l.me) {
		return
	}
	if at, _ := u.find(u.l.wishes, u.from, u.end); at >= 0 || u.doubted(u.from) {
		return
	}
	begin := u.opening()
	for i := u.from + 1; i < u.end; i++ {
		if u.x.toks[i].kind != word || u.at(i, u.l.joins) && !u.x.toks[i].is("&") {
			begin = i + 1
			continue
		}
		switch {
		case u.at(i, u.l.deny):
			return
		case u.is(i, "hat", "haben", "kauft", "ubernimmt", "schluckt"):
			end := u.end
			if u.is(i, "hat", "haben") {
				if end = u.bought(i + 1); end == 0 {
					continue
				}
			}
			if u.buys(begin, i, i+1, end) {
				return
			}
			for k := i + 2; k < end && u.is(i, "hat", "haben"); k++ { // "letztes Jahr hat Oettinger die Brauerei Kolb gekauft"
				if u.at(k, u.l.articles) && u.buys(i+1, k, k, end) {
					return
				}
			}
		case u.is(i, "wurde", "ist", "wird"):
			end := u.bought(i + 1)
			if end == 0 {
				continue
			}
			for k := i + 1; k < end; k++ {
				if u.is(k, "von", "vom") && u.buys(k+1, end, begin, i) {
					return
				}
			}
		}
	}
}

// bought gives the participle of buying behind token i in the same part of the sentence, or 0.
func (u *utterance) bought(i int) int {
	for ; i < u.end && u.x.toks[i].kind == word; i++ {
		if u.is(i, "gekauft", "aufgekauft", "ubernommen", "geschluckt", "erworben") {
			return i
		}
	}
	return 0
}

// buys emits the buyer between the first two tokens and what it bought between the others.
func (u *utterance) buys(a, b, from, to int) bool {
	buyer, _, ok := u.firmAt(a, b)
	if !ok {
		return false
	}
	firm, sure, ok := u.firmAt(from, to)
	if !ok || !sure {
		return false
	}
	return u.x.relation(fact{subject: buyer, key: Acquired, object: firm, category: knowledge, conf: likely, from: min(a, from), to: max(b, to)})
}

// tradesmen are words for firms that are no part of their names, and tradeNames those that are.
var (
	tradesmen  = set(`konzern kette wettbewerber wettbewerberin konkurrent konkurrenten konkurrentin handler hersteller rivale rivalen rivalin zulieferer zulieferin betrieb unternehmen firma startup start-up anbieter discounter marke mitbewerber branchenriese riese platzhirsch nachbarbetrieb mutterkonzern softwarehaus`)
	tradeNames = set(`spedition backerei tischlerei schreinerei braurei verlag druckerei agentur reederei molkerei apotheke metzgerei konditorei gartnerei schlosserei kanzlei buchhandlung werft fleischerei glaserei weberei muhle gartencenter hotel gasthof autohaus mobelhaus modehaus kaufhaus brennerei rosterei kaffeerosterei pension kelterei zimmerei klinik`)
)

// firmAt reads a firm that is all there is between the tokens, dates and adverbs apart. It reports as well whether the words say that it is one.
func (u *utterance) firmAt(i, end int) (party, bool, bool) {
	c := langClause{utterance: u, from: i, to: end, marks: make([]markKind, u.end+1)}
	c.dates()
	skip := func() {
		for i < end && (c.marks[i] != markNone || u.at(i, u.l.adverbs) && !u.x.toks[i].upper) {
			i++
		}
	}
	skip()
	article := u.at(i, u.l.articles)
	if article {
		i++
	}
	for i < end && inflected(u.low[i]) && !u.x.toks[i].upper && (tradesmen[u.wordOf(i+1)] || tradeNames[u.wordOf(i+1)]) {
		i++
	}
	sure := tradesmen[u.wordOf(i)] || endsIn(u.wordOf(i), []string{"kette", "konzern", "handler", "hersteller", "anbieter", "riese", "konkurrent", "konkurrenten", "unternehmen"}, 3)
	if sure {
		i++
	}
	from := i
	if tradeNames[u.wordOf(i)] || !sure && endsIn(u.wordOf(i), []string{"erei", "handlung", "verlag", "werke", "werk", "bank", "apotheke", "agentur"}, 2) {
		if i++; i >= end {
			return party{}, false, false // "die Bäckerei"
		}
		sure = true
	}
	name := i
	for i < end && i < from+4 && u.x.toks[i].kind == word && c.marks[i] == markNone && (u.x.toks[i].upper || u.casual && !u.at(i, u.l.prepositions) && !u.at(i, u.l.adverbs)) {
		w := u.low[i]
		if u.l.kin[w] != "" || u.l.me[w] || u.l.they[w] || u.l.plain[w] || u.l.isJob(w) && !sure || u.l.demonyms[w] || u.l.mine[w] || u.at(i, u.l.articles) {
			return party{}, false, false
		}
		i++
	}
	n := i
	skip()
	if n == name || i < end && u.x.toks[i].kind == word {
		return party{}, false, false
	}
	low := u.l.fold(lower(u.x.quote(from, n)))
	if authorities[u.low[name]] || authorities[u.low[n-1]] {
		return party{}, false, false
	}
	branded := u.l.brands[low] || u.l.brands[u.low[name]] || institutional(u.low[n-1])
	sure = sure || branded && !u.l.plain[low]
	for k := name; k < n; k++ {
		article = article && n-name > 1 && !u.l.casualNames[u.low[k]] && !givenNames[u.x.toks[k].low] && !u.l.titles[u.low[k]]
	}
	if !sure && (article && n-name < 2 || u.l.casualNames[u.low[name]] || givenNames[u.x.toks[name].low] || u.common(low) || u.casual && n-name < 2 || n-name > 3) {
		return party{}, false, false
	}
	p, ok := u.x.organisation(mention{text: u.x.quote(from, n), from: from, to: n})
	return p, sure, (ok || sure || u.x.toks[name].upper && !u.casual) && p.ref.Name != ""
}

// authorities take over what is no firm.
var authorities = set(`polizei feurwehr stadt gemeinde bund staat land landkreis regierung kripo zoll kirche gericht staatsanwaltschaft jugendamt finanzamt versicherung krankenkasse`)
