package extract

import (
	"strings"
	"unicode"
)

// mention is a stretch of tokens that names something.
type mention struct {
	text     string
	from, to int
	titled   bool // "Dr", "Ms" stood before it
}

// quote is the text from token a up to token b, or "" when more than single spaces lies between them, so
// that a value never holds line breaks.
func (x *extractor) quote(a, b int) string {
	if a < 0 || a >= b || b > len(x.toks) {
		return ""
	}
	for i := a + 1; i < b; i++ {
		if !x.toks[i].joined {
			return ""
		}
	}
	return x.text[x.toks[a].start:x.toks[b-1].end]
}

// nameWord reports whether the token can be part of a name: capitalised, not shouted, not a time word.
func nameWord(t *token) bool {
	if t.kind != word || !t.upper || strings.ContainsAny(t.text, "@/_%+&:") {
		return false
	}
	_, day := weekdays[t.low]
	return !day && t.low != "i"
}

// personAt reads a person's name: capitalised words with particles, initials and a title before it.
func (x *extractor) personAt(i, end int) (mention, bool) {
	m := mention{}
	if i < end && titles[x.toks[i].low] && x.toks[i].upper {
		j := i + 1
		if j < end && x.toks[j].text == "." {
			j++
		}
		if j < end && nameWord(&x.toks[j]) {
			m.titled, i = true, j
		}
	}
	if i >= end || !nameWord(&x.toks[i]) || notNames[x.toks[i].low] && !(wordNames[x.toks[i].low] && i > 0 && (kin[x.toks[i-1].low] != "" || x.toks[i-1].is("called", "named"))) && !(m.titled && surnames[x.toks[i].low]) && !x.vocabPerson(x.toks[i].text) {
		return m, false
	}
	j := i + 1
	for j < end && j-i < 7 {
		t := &x.toks[j]
		if !t.joined {
			break
		}
		switch {
		case nameWord(t) && (!notNames[t.low] || months[t.low] == 0 && givenNames[t.low]) && months[t.low] == 0:
			j++
			continue
		case t.text == "." && len([]rune(x.toks[j-1].text)) == 1 && j+1 < end && nameWord(&x.toks[j+1]) && x.toks[j-1].upper:
			j++
			continue
		case nameParticles[t.low] && !t.upper:
			k := j
			for k < end && nameParticles[x.toks[k].low] {
				k++
			}
			if k < end && k-j <= 3 && nameWord(&x.toks[k]) && !notNames[x.toks[k].low] {
				j = k + 1
				continue
			}
		}
		break
	}
	m.from, m.to = i, j
	m.text = x.quote(i, j)
	for _, r := range m.text {
		if unicode.IsDigit(r) {
			return m, false
		}
	}
	// "MR SMITH" and "IMPORTANT" are shouting
	if shouted(m.text) {
		return m, false
	}
	return m, m.text != "" && j-i <= 6
}

// wordNames are given names among the words that are no names elsewhere.
var wordNames = set(`hope summer april may june autumn winter christian will mark happy sunday`)

// surnames are family names among the words that are no names without a title.
var surnames = set(`brown black white green young long short king prince pope rich good best wise strong sharp small moss friend summer
	winter spring day may march`)

// shouted reports whether s has no lower-case letter but at least three letters in a script with case.
func shouted(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) || unicode.IsLetter(r) && !unicode.IsUpper(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 2
}

// organisationAt reads the name of an organisation: "Acme", "the University of Leeds", "Johnson & Johnson".
func (x *extractor) organisationAt(i, end int) (mention, bool) {
	m := mention{}
	i = x.firmNamed(i, end)
	if i < end && x.toks[i].is("the") {
		i++
	}
	if i+2 < end && x.toks[i].is("uni", "university", "college") && x.toks[i+1].is("of") && orgWord(&x.toks[i+2]) { // "uni of Leeds"
		return mention{text: x.quote(i, i+3), from: i, to: i + 3}, x.quote(i, i+3) != ""
	}
	if i+1 < end && x.toks[i].text == "Home" && x.toks[i+1].text == "Office" {
		return mention{text: x.quote(i, i+2), from: i, to: i + 2}, x.quote(i, i+2) != ""
	}
	if i >= end || !orgWord(&x.toks[i]) || notEmployers[x.toks[i].low] || pronounLike[x.toks[i].low] {
		return m, false
	}
	j := i + 1
	for j < end && j-i < 8 {
		t := &x.toks[j]
		if !t.joined {
			break
		}
		if orgWord(t) && weekdays[t.low] == 0 && t.low != "sunday" && months[t.low] == 0 && t.low != "i" && (!pronounLike[t.low] || t.is("home") && t.upper && x.toks[j-1].is("care", "nursing", "retirement", "funeral")) {
			j++
			continue
		}
		if t.low == "'s" && (j+1 >= end || x.toks[j+1].kind != word || followers[x.toks[j+1].low] || x.toks[j+1].is("finishes", "starts", "ends", "is", "was", "has", "keeps", "closes", "opens", "pays", "wants", "says", "never", "will", "anymore", "any") && !x.toks[j+1].upper) {
			j++ // "Pemberton's"
			break
		}
		if j+1 < end && x.toks[j+1].joined && x.toks[j+1].upper && (t.low == "'s" || t.text == "." && x.toks[j-1].is("st", "mt", "dr")) {
			j += 2 // "St. Mary's Hospital"
			continue
		}
		if t.is("of", "&", "for") && j+1 < end && x.toks[j+1].joined {
			k := j + 1
			if x.toks[k].is("the") && k+1 < end {
				k++
			}
			if orgWord(&x.toks[k]) && months[x.toks[k].low] == 0 && x.toks[k].low != "i" &&
				(!t.is("for") || x.toks[j-1].is("doctors", "teach", "institute", "centre", "center")) {
				j = k + 1
				continue
			}
		}
		if t.is("head") && j+1 < end && x.toks[j+1].is("office", "offices") && j-i <= 3 {
			j += 2
			break
		}
		if t.is(",") && j+1 < end && x.toks[j+1].is("inc", "ltd", "llc", "gmbh", "corp") {
			j += 2
		}
		break
	}
	m.from, m.to, m.text = i, j, x.quote(i, j)
	return m, m.text != "" && !x.inside(i, j)
}

// units are words that, with those of [departments], name a part of a firm: "Internal Audit", "Human Resources".
var units = set(`internal external audit resources affairs relations services investor public corporate management office front back risk
	treasury controlling payroll purchasing production quality assurance planning reporting client the and of & first second third line`)

// inside reports whether the words name a part of a firm and not one.
func (x *extractor) inside(i, j int) bool {
	for k := i; k < j; k++ {
		if low := x.toks[k].low; !departments[low] && !units[low] {
			return false
		}
	}
	return true
}

// pronounLike are words that are capitalised for other reasons than being a name.
var pronounLike = set(`i me my it this that these those he she they we you what which who the a an home`)

// orgWord accepts capitalised words and brands such as "eBay" or "3M".
func orgWord(t *token) bool {
	if t.kind != word || strings.ContainsAny(t.text, "@_%:/") {
		return false
	}
	if t.upper {
		return true
	}
	letters := false
	for i, r := range t.text {
		if i > 0 && unicode.IsUpper(r) {
			letters = true
		}
	}
	return letters
}

// placeAt reads a place: "Berlin", "New York City", "Portland, Oregon", "the Netherlands". Well-known
// cities and countries are read in lower case too.
func (x *extractor) placeAt(i, end int) (mention, bool) {
	m := mention{}
	if i+2 < end && x.toks[i].is("a", "an") {
		for j := i + 1; j < min(i+6, end-1); j++ { // "a tiny place called Vik"
			if x.toks[j].is("called", "named") && settlements[x.toks[j-1].low] {
				i = j + 1
				break
			}
		}
	}
	for i < end && x.toks[i].is("the", "downtown", "central", "nearby", "sunny", "beautiful", "rainy", "lovely", "rural", "suburban") {
		i++
	}
	if i >= end || x.toks[i].kind != word {
		return m, false
	}
	j := x.gazetteer(i, end)
	if j == 0 {
		j = x.placeName(i, end)
	}
	if j == 0 {
		return m, false
	}
	m.from, m.to = i, j
	// "Portland, Oregon"
	if j+1 < end && x.toks[j].is(",") && x.toks[j].joined && x.toks[j+1].joined && x.toks[j+1].upper {
		for k := min(j+4, end); k > j+1; k-- {
			if low := lower(x.quote(j+1, k)); (regions[low] || cities[low] && x.gazetteer(i, j) != j) && !(k < end && (verbLike(&x.toks[k]) || x.toks[k].is("and", ",") || nameWord(&x.toks[k]))) || regions[low] && !(k < end && verbLike(&x.toks[k])) {
				m.to = k
				break
			}
		}
	}
	m.text = x.quote(m.from, m.to)
	return m, m.text != ""
}

// settlements are words for a place that is then named.
var settlements = set(`town village place city suburb hamlet island district neighbourhood neighborhood part area spot borough settlement parish township`)

func verbLike(t *token) bool {
	_, ok := verbs[t.low]
	return ok || t.is("is", "was", "has", "are", "'s", "will", "would")
}

// gazetteer gives the end of the longest known place at i, or 0.
func (x *extractor) gazetteer(i, end int) int {
	for k := min(i+4, end); k > i; k-- {
		if k-i > 1 && !x.toks[k-1].joined {
			continue
		}
		s := x.toks[i].low
		if k-i > 1 {
			s = lower(x.quote(i, k))
		}
		if cities[s] || towns[s] && (x.toks[i].upper || k-i > 1) || regions[s] && (len(s) > 3 || x.toks[i].upper && regionName[s]) {
			if !x.toks[i].upper && lowerOnly[s] {
				return 0
			}
			// a capitalised word more makes it another name: "Paris Street", "New Hampshire House"
			if x.toks[i].upper && k < end && nameWord(&x.toks[k]) && x.toks[k].joined && months[x.toks[k].low] == 0 {
				if x.toks[k].is("city", "state", "county") {
					return k + 1
				}
				return 0
			}
			return k
		}
	}
	return 0
}

// regionName are the short forms that people use alone.
var regionName = set(`uk usa uae us dc`)

// lowerOnly are places whose names are words when not capitalised.
var lowerOnly = set(`la turkey china jordan chad georgia nice bath reading mobile split cork orange victoria charlotte essen
	austin columbus hamilton sofia florence verona alexandria york valencia`)

// placeName reads a capitalised place that is not in the gazetteer.
func (x *extractor) placeName(i, end int) int {
	t := &x.toks[i]
	if !nameWord(t) || notPlaces[t.low] || months[t.low] != 0 || shouted(t.text) || pronounLike[t.low] || x.vocabPerson(t.text) {
		return 0
	}
	if len([]rune(t.text)) < 3 && !t.is("st") {
		return 0
	}
	j := i + 1
	for j < end && j-i < 5 && x.toks[j].joined {
		u := &x.toks[j]
		if u.text == "." && x.toks[j-1].is("st", "mt", "ft") && j+1 < end && nameWord(&x.toks[j+1]) {
			j++
			continue
		}
		if nameWord(u) && months[u.low] == 0 && !pronounLike[u.low] {
			j++
			continue
		}
		if u.is("of", "de", "la", "do", "del", "upon", "am", "an", "der", "le", "sur") && j+1 < end && nameWord(&x.toks[j+1]) &&
			months[x.toks[j+1].low] == 0 && x.toks[j+1].joined && !u.is("an") {
			j += 2
			continue
		}
		break
	}
	for k := i; k < j; k++ {
		if strings.ContainsFunc(x.toks[k].text, unicode.IsDigit) || jobs[x.toks[k].low] || demonyms[x.toks[k].low] && j-i == 1 {
			return 0
		}
		if innerUpper(x.toks[k].text) || notPlaces[x.toks[k].low] && k == j-1 {
			return 0
		}
	}
	if j < end && x.toks[j].joined && len(x.toks[j].text) < 4 && digits(x.toks[j].text) == len(x.toks[j].text) && (j+1 >= end || x.toks[j+1].kind != word) {
		j++ // "District 9"
	}
	return j
}

// innerUpper reports an upper-case letter that does not begin a part of a name.
func innerUpper(s string) bool {
	prev := rune('-')
	for _, r := range strings.TrimPrefix(s, "Mc") {
		if unicode.IsUpper(r) && (unicode.IsLower(prev) || unicode.IsUpper(prev)) {
			return true
		}
		prev = r
	}
	return false
}

// camel reports an upper-case letter inside a word, as brands have it.
func camel(s string) bool {
	prev := rune(0)
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(prev) {
			return true
		}
		prev = r
	}
	return false
}
