package extract

import (
	"strings"
	"time"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// valueKind says what the value of a key looks like; a value of another shape is left out.
type valueKind uint8

const (
	emailValue valueKind = iota
	phoneValue
	calendarValue // a day without need of a year
	plannedValue  // a date of an event to come
	roleValue
	employerValue
	placeValue
	languageValue
	nationalityValue
	pronounsValue
	bloodValue
	numberValue
	addressValue
	zoneValue
	thingValue
	listValue
)

// possessions are the things that "my X is Y" is read for.
var possessions = map[string]struct {
	key  string
	kind valueKind
}{
	"email": {"email", emailValue}, "email address": {"email", emailValue}, "e-mail": {"email", emailValue},
	"e-mail address": {"email", emailValue}, "work email": {"work_email", emailValue},
	"phone": {"phone", phoneValue}, "phone number": {"phone", phoneValue}, "mobile number": {"phone", phoneValue},
	"cell number": {"phone", phoneValue}, "telephone number": {"phone", phoneValue}, "number": {"phone", phoneValue},
	"birthday": {Birthday, calendarValue}, "date of birth": {Birthday, calendarValue}, "birth date": {Birthday, calendarValue},
	"anniversary": {"anniversary", calendarValue}, "wedding anniversary": {"anniversary", calendarValue},
	"flight": {"flight", plannedValue}, "exam": {"exam", plannedValue}, "interview": {"interview", plannedValue},
	"job interview": {"job_interview", plannedValue}, "appointment": {Appointment, plannedValue},
	"wedding": {"wedding", plannedValue}, "surgery": {"surgery", plannedValue}, "graduation": {"graduation", plannedValue},
	"dentist appointment": {"dentist_appointment", plannedValue}, "deadline": {"deadline", plannedValue},
	"doctor's appointment": {"doctors_appointment", plannedValue}, "train": {"train", plannedValue},
	"job title": {Role, roleValue}, "title": {Role, roleValue}, "role": {Role, roleValue}, "new role": {Role, roleValue},
	"current role": {Role, roleValue}, "job": {Role, roleValue}, "new job": {Role, roleValue}, "position": {Role, roleValue},
	"occupation": {Role, roleValue}, "profession": {Role, roleValue},
	"company": {WorksAt, employerValue}, "employer": {WorksAt, employerValue}, "new employer": {WorksAt, employerValue},
	"hometown": {From, placeValue}, "home town": {From, placeValue},
	"native language": {"native_language", languageValue}, "mother tongue": {"native_language", languageValue},
	"first language": {"native_language", languageValue}, "nationality": {Nationality, nationalityValue},
	"pronouns": {"pronouns", pronounsValue}, "blood type": {"blood_type", bloodValue}, "shoe size": {"shoe_size", numberValue},
	"address": {"address", addressValue}, "home address": {"address", addressValue}, "new address": {"address", addressValue},
	"timezone": {"timezone", zoneValue}, "time zone": {"timezone", zoneValue}, "hobby": {"hobby", listValue}, "hobbies": {"hobby", listValue},
	"major": {"major", thingValue}, "star sign": {"star_sign", thingValue}, "zodiac sign": {"star_sign", thingValue},
}

// possessive reads "my X is Y", "Anna's X is Y" and facts whose subject is "my sister Anna".
func (x *extractor) possessive(c *clause, i int) bool {
	if x.toks[i].is("my") {
		if x.kinOwner(c, i) {
			return true
		}
		if x.kinSubject(c, i) {
			return c.read()
		}
		c.subj = x.me()
		return c.owns(i + 1)
	}
	m, ok := x.personAt(i, c.end)
	if !ok || m.to >= c.end || !x.toks[m.to].is("'s") || x.people.evidence(m, true) != strongEvidence {
		return false
	}
	subj := x.people.resolve(m)
	keep := c.subj
	c.subj = subj
	if c.owns(m.to + 1) {
		return true
	}
	c.subj = keep
	return false
}

// kinOwner reads "my sister's birthday is 3 March" and "my sister Anna's birthday is 3 March".
func (x *extractor) kinOwner(c *clause, i int) bool {
	label, n := x.kinWord(i+1, c.end)
	if label == "" || label == "pet" {
		return false
	}
	var p party
	if m, ok := x.personAt(n, c.end); ok && x.kinName(m, label, false) {
		p, n = x.resolveKin(m, label), m.to
	} else if p, n, ok = x.relativeAt(i, c.end); !ok {
		return false
	}
	if n >= c.end || !x.toks[n].is("'s") {
		return false
	}
	c.subj = p
	return c.owns(n + 1)
}

// kinSubject reads "my sister Anna", or "my sister" when it is known who that is, with its verb group as the
// subject of the clause. Pets are no subjects.
func (x *extractor) kinSubject(c *clause, i int) bool {
	label, n := x.kinWord(i+1, c.end)
	if label == "" || label == "pet" {
		return false
	}
	comma := n < c.end && x.toks[n].is(",")
	if comma {
		n++
	}
	m, ok := x.personAt(n, c.end)
	to := m.to
	if comma {
		to++
	}
	if ok && x.kinName(m, label, false) && (!comma || m.to < c.end && x.toks[m.to].is(",")) {
		c.subj = x.resolveKin(m, label)
	} else if c.subj, to, ok = x.relativeAt(i, c.end); !ok {
		return false
	}
	v, ok := x.verbGroupAt(x.pastInserted(to, c.end), c.end)
	if !ok {
		return false
	}
	c.v = v
	return true
}

// owns reads "birthday is March 3rd" after a possessor.
func (c *clause) owns(i int) bool {
	x := c.x
	if i < c.end && x.toks[i].is("favourite", "favorite") {
		return c.favourite(i)
	}
	for n := 3; n >= 1; n-- {
		if i+n >= c.end {
			continue
		}
		p, ok := possessions[lower(x.quote(i, i+n))]
		if !ok {
			continue
		}
		j := i + n
		if !x.toks[j].is("is", "'s", "are", ":", "include", "includes") {
			return false
		}
		j++
		if j < c.end && x.toks[j].is("now", "currently", "actually", "still") {
			j++
		}
		return c.value(p.key, p.kind, j) || x.specific(j, c.end) && c.stop(p.key, notObject, j+1)
	}
	return false
}

// value reads a value of the kind and emits it.
func (c *clause) value(key string, kind valueKind, i int) bool {
	x := c.x
	if i >= c.end || x.toks[i].kind != word {
		return false
	}
	t := &x.toks[i]
	f := fact{subject: c.subj, key: key, category: identity, conf: sure, from: c.from}
	to := i
	switch kind {
	case emailValue:
		at := strings.IndexByte(t.text, '@')
		if at < 1 || !strings.Contains(t.text[at:], ".") || strings.Count(t.text, "@") != 1 {
			return false
		}
		to = i + 1
	case phoneValue:
		to = x.phoneEnd(i, c.end)
	case calendarValue:
		if t.is("on", "the") {
			i++
		}
		to = x.calendarEnd(i, c.end)
	case plannedValue:
		return c.planned(key, i)
	case roleValue:
		text, from, end := x.roleAt(i, c.end)
		if text == "" {
			return false
		}
		return c.holdsRole(captured{name: "role", text: text, party: party{from: from, to: end, conf: 1}}, false)
	case employerValue, placeValue:
		capture := map[valueKind]string{employerValue: "org", placeValue: "place"}[kind]
		g, n, ok := x.capture(capture, i, c.end)
		if !ok || !x.endsWell(n, c.end) || x.takenBack(n, c.end) {
			return false
		}
		f.object, f.to, f.conf = g.party, n, likely
		if kind == employerValue {
			f.category = knowledge
		}
		return x.relation(f)
	case languageValue:
		if languages[t.low] {
			to = i + 1
		}
	case nationalityValue:
		if demonyms[t.low] {
			to = i + 1
		}
	case pronounsValue:
		if strings.Contains(t.text, "/") && oneOf(firstOf(t.low, "/"), []string{"he", "she", "they", "ze", "xe", "it"}) {
			to = i + 1
		}
	case bloodValue:
		to = x.bloodEnd(i, c.end)
	case numberValue:
		if t.text[0] >= '0' && t.text[0] <= '9' {
			to = i + 1
		}
	case addressValue:
		to = x.addressEnd(i, c.end)
	case zoneValue:
		to = x.zoneEnd(i, c.end)
	case thingValue:
		m, ok := x.thingAt(i, c.end)
		if !ok || m.to-m.from > 4 {
			return false
		}
		to, f.category, f.conf = m.to, knowledge, direct
	case listValue:
		return c.topics("hobby", knowledge, i)
	}
	if to == i || kind != emailValue && kind != addressValue && !x.endsWell(to, c.end) || x.takenBack(to, c.end) {
		return false
	}
	f.value, f.to = x.quote(i, to), to
	return x.attribute(f)
}

func firstOf(s, sep string) string {
	a, _, _ := strings.Cut(s, sep)
	return a
}

// phoneEnd gives the end of a phone number: digits and their separators, seven to fifteen digits.
func (x *extractor) phoneEnd(i, end int) int {
	n, j := 0, i
	for j < end && (x.toks[j].kind == word || x.toks[j].is("(", ")", "-", "+")) {
		t := &x.toks[j]
		if strings.ContainsFunc(t.text, unicode.IsLetter) || j > i && !t.joined {
			break
		}
		for _, r := range t.text {
			if r >= '0' && r <= '9' {
				n++
			}
		}
		j++
	}
	if n < 7 || n > 15 {
		return i
	}
	return j
}

// calendarEnd gives the end of a day and month, with or without year, that the calendar has.
func (x *extractor) calendarEnd(i, end int) int {
	probe := extractor{text: x.text, toks: x.toks}
	if i >= end {
		return i
	}
	if iv, ok := isoDate(x.toks[i].low); ok && len(x.toks[i].low) == 10 && iv.Until.Sub(iv.From).Hours() <= 24 {
		return i + 1
	}
	_, n, ok := probe.calendar(i, end, backward, false)
	if !ok {
		return i
	}
	day, month, year := 0, 0, 2000
	for j := i; j < n; j++ {
		t := &x.toks[j]
		if m, _ := x.monthAt(j, end); m != 0 {
			month = int(m)
		} else if IsYear(t.low) {
			year = int(t.low[0]-'0')*1000 + int(t.low[1]-'0')*100 + int(t.low[2]-'0')*10 + int(t.low[3]-'0')
		} else if d := dayNumber(t.low); d > 0 {
			day = d
		}
	}
	if day == 0 || month == 0 || dayIn(year, time.Month(month), day) == (record.Interval{}) {
		return i
	}
	return n
}

func (x *extractor) bloodEnd(i, end int) int {
	t := &x.toks[i]
	if !oneOf(strings.Trim(t.low, "+"), []string{"a", "b", "ab", "o"}) {
		return i
	}
	if i+1 < end && x.toks[i+1].is("positive", "negative", "-") {
		return i + 2
	}
	return i + 1
}

// addressEnd takes an address to the end of the sentence; it must hold a number and begin with it or a
// capital.
func (x *extractor) addressEnd(i, end int) int {
	digits := false
	j := i
	for ; j < end && j-i < 16; j++ {
		t := &x.toks[j]
		if t.kind == newline || t.kind == quoted || t.is("and", "but", "so", "because") {
			break
		}
		digits = digits || t.text[0] >= '0' && t.text[0] <= '9'
	}
	for j > i && x.toks[j-1].kind != word {
		j--
	}
	first := &x.toks[i]
	if !digits || j-i < 2 || !first.upper && (first.text[0] < '0' || first.text[0] > '9') || strings.Contains(x.toks[i].text, ".") || strings.Contains(x.toks[i].text, "@") {
		return i
	}
	return j
}

// zoneEnd reads "CET", "UTC+2", "Europe/Berlin", "Pacific Time".
func (x *extractor) zoneEnd(i, end int) int {
	t := &x.toks[i]
	switch {
	case strings.Contains(t.text, "/"), strings.HasPrefix(t.low, "utc"), strings.HasPrefix(t.low, "gmt"):
		return i + 1
	case t.is("cet", "cest", "est", "edt", "pst", "pdt", "cst", "cdt", "mst", "mdt", "bst", "ist", "jst", "eet", "wet", "aest"):
		return i + 1
	case t.is("pacific", "eastern", "central", "mountain") && i+1 < end && x.toks[i+1].is("time", "standard"):
		if i+2 < end && x.toks[i+2].is("time") {
			return i + 3
		}
		return i + 2
	}
	return i
}

// planned reads the date of an event to come.
func (c *clause) planned(key string, i int) bool {
	x := c.x
	w, ok := x.whenAt(i, c.end, forward)
	if !ok || !w.known() || w.kind != onDate || !x.endsWell(w.end, c.end) || x.takenBack(w.end, c.end) {
		return false
	}
	from := i
	if x.toks[i].is("on", "in") {
		from++
	}
	return x.attribute(fact{
		subject: c.subj, key: key, value: x.quote(from, w.end), category: momentary, conf: direct,
		from: c.from, to: w.end, valid: w.interval,
	})
}

// favourite reads "favourite colour is blue".
func (c *clause) favourite(i int) bool {
	x := c.x
	j := i + 1
	for j < c.end && j < i+5 && !x.toks[j].is("is", "are", "'s") {
		if x.toks[j].kind != word || emptyThings[x.toks[j].low] && !x.toks[j].is("thing", "person") {
			return false
		}
		j++
	}
	if j == i+1 || j+1 >= c.end || j > i+4 || !x.toks[j].is("is", "are", "'s") {
		return false
	}
	head := x.toks[j-1].low
	if oneOf(head, []string{"thing", "things", "part", "parts", "one", "ones", "way", "ways", "memory", "moment"}) {
		return false
	}
	key := CanonicalKey("favourite " + singular(x.quote(i+1, j)))
	k := j + 1
	for k < c.end && x.toks[k].is("probably", "definitely", "still", "now", "currently", "actually", "also") {
		if x.toks[k].is("probably") {
			return false
		}
		k++
	}
	f := fact{subject: c.subj, key: key, category: knowledge, conf: sure, from: c.from}
	if k < c.end && x.toks[k].kind == quoted {
		text := strings.Trim(x.toks[k].text, "\"“”„«»`'‘’ ")
		if text == "" || strings.ContainsAny(text, "\n") || len(text) > 80 || !x.endsWell(k+1, c.end) {
			return false
		}
		f.value, f.to = text, k+1
		return x.attribute(f)
	}
	if k < c.end && x.toks[k].is("the", "a", "an") && !x.toks[k].upper {
		k++
	}
	if k < c.end && x.toks[k-1].is("a", "an", "the") && x.toks[k].is("mess", "secret", "classic", "mystery", "tie", "toss-up", "disaster",
		"joke", "hit", "same", "best", "one", "latest", "bit") {
		return false
	}
	m, ok := x.titleAt(k, c.end)
	if !ok {
		if m, ok = x.thingAt(k, c.end); !ok || x.takenBack(m.to, c.end) {
			return false
		}
		if m.to < c.end && x.toks[m.to].is("and", "&") && !x.newStatement(m.to+1, c.end) {
			return false // two values for a key that has one
		}
	}
	f.value, f.to = m.text, m.to
	return x.attribute(f)
}

// titleAt reads a capitalised title with its small words: "The Lord of the Rings".
func (x *extractor) titleAt(i, end int) (mention, bool) {
	if i >= end || !x.toks[i].upper || x.toks[i].is("i") {
		return mention{}, false
	}
	j := i + 1
	for j < end && j-i < 10 && x.toks[j].joined && x.toks[j].kind == word {
		if x.toks[j].upper || x.toks[j].text[0] >= '0' && x.toks[j].text[0] <= '9' {
			j++
			continue
		}
		k := j
		for k < end && x.toks[k].is("of", "the", "and", "in", "to", "a", "for", "on", "at", "'s") && k-j < 3 {
			k++
		}
		if k > j && k < end && x.toks[k].upper && x.toks[k].joined && !x.toks[k].is("i", "my") && !(x.toks[j].is("and") && x.newClause(k, end)) {
			j = k + 1
			continue
		}
		break
	}
	m := mention{text: x.quote(i, j), from: i, to: j}
	return m, m.text != "" && x.endsWell(j, end)
}

// singular drops the s of a simple plural, so that "favourite colours" and "favourite colour" are one key.
func singular(s string) string {
	if strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "us") && !strings.HasSuffix(s, "ies") &&
		!strings.HasSuffix(s, "series") && len(s) > 3 {
		return s[:len(s)-1]
	}
	return s
}
