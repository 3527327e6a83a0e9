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
	carValue
	postValue // letters in capitals and figures
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
	"pronouns": {"pronouns", pronounsValue}, "blood type": {"blood_type", bloodValue}, "shoe size": {"shoe_size", numberValue}, "blood group": {"blood_type", bloodValue}, "dob": {Birthday, calendarValue}, "postcode": {"postcode", postValue}, "post code": {"postcode", postValue}, "zip code": {"postcode", postValue}, "zip": {"postcode", postValue},
	"contact number": {"phone", phoneValue}, "firm": {WorksAt, employerValue}, "birthplace": {BornIn, placeValue}, "contact email": {"email", emailValue}, "best email": {"email", emailValue}, "best number": {"phone", phoneValue},
	"address": {"address", addressValue}, "home address": {"address", addressValue}, "new address": {"address", addressValue},
	"timezone": {"timezone", zoneValue}, "time zone": {"timezone", zoneValue}, "hobby": {"hobby", listValue}, "hobbies": {"hobby", listValue},
	"car": {Car, carValue}, "mobile": {"phone", phoneValue}, "cell": {"phone", phoneValue}, "cell phone": {"phone", phoneValue}, "phone no": {"phone", phoneValue}, "tel": {"phone", phoneValue}, "telephone": {"phone", phoneValue},
	"work number": {"work_phone", phoneValue}, "home number": {"home_phone", phoneValue}, "landline": {"home_phone", phoneValue}, "mail": {"email", emailValue}, "mail address": {"email", emailValue}, "personal email": {"email", emailValue},
	"workplace": {WorksAt, employerValue}, "place of work": {WorksAt, employerValue}, "day job": {Role, roleValue}, "bday": {Birthday, calendarValue}, "language": {"native_language", languageValue},
	"height": {"height", numberValue}, "weight": {"weight", numberValue}, "postal address": {"address", addressValue}, "delivery address": {"address", addressValue},
	"major": {"major", thingValue}, "star sign": {"star_sign", thingValue}, "zodiac sign": {"star_sign", thingValue},
}

// possessive reads "my X is Y", "Anna's X is Y" and facts whose subject is "my sister Anna".
func (x *extractor) possessive(c *clause, i int) bool {
	if x.toks[i].is("my", "our") {
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
	v, ok := x.verbGroupAt(x.pastCleft(x.pastInserted(to, c.end), c.end, i), c.end)
	if !ok && x.phrase(to, c.end, "can not") {
		v, ok = verbGroup{end: to}, true // "my partner Desmond can't abide coriander"
	}
	if !ok {
		return false
	}
	c.v = v
	return true
}

// owns reads "birthday is March 3rd" after a possessor.
func (c *clause) owns(i int) bool {
	x := c.x
	for j := i; j < min(i+4, c.end); j++ {
		if favourites[x.toks[j].low] {
			return c.favourite(j)
		}
		if !x.toks[j].is("all", "time", "all-time", "absolute", "new", "current", "old", "very") {
			break
		}
	}
	for i < c.end && (x.toks[i].is("new", "current", "own", "actual", "full", "correct") || x.toks[i].text[0] <= '9' && strings.HasSuffix(x.toks[i].low, "th")) {
		i++
	}
	for n := 3; n >= 1; n-- {
		if i+n >= c.end {
			continue
		}
		p, ok := possessions[lower(x.quote(i, i+n))]
		if !ok {
			continue
		}
		j := x.valueAt(i+n, c.end, p.kind)
		if j == 0 {
			return false
		}
		if j < c.end && x.toks[j].is("now", "currently", "actually", "still") {
			j++
		}
		return c.value(p.key, p.kind, j) || x.specific(j, c.end) && c.stop(p.key, notObject, j+1)
	}
	return false
}

// links stand between what is spoken of and its value.
var links = phrases("is", "'s", "are", ":", "include", "includes", "has changed to", "changed to", "changes to", "has been changed to", "is now", "is changing to", "has moved to", "will be", "=", "is still", "'s now", "is actually", "is currently")

// selfEvident are the kinds whose values are told from anything else, so that they need no verb before them.
var selfEvident = map[valueKind]bool{emailValue: true, phoneValue: true}

// valueAt finds where a value begins after the words for what it is of, which end before token i; 0 if none does.
func (x *extractor) valueAt(i, end int, kind valueKind) int {
	if n := x.phraseOf(i, end, links); n > 0 && i+n < end {
		return i + n
	}
	if kind == calendarValue && i+1 < end && x.toks[i].is(",", "on") && x.calendarEnd(i+1, end) > i+1 { // "my birthday, 21 June, is the solstice"
		return i + 1
	}
	if !selfEvident[kind] {
		return 0
	}
	j := x.skipFillers(i, min(end, i+8)) // "new number by the way, it's 07700 900416"
	if j > i && (x.phrase(j, end, "it 's") || x.phrase(j, end, "it is")) && j+2 < end {
		return j + 2
	}
	if j > i && j+1 < end && x.toks[j].is("its") {
		return j + 1
	}
	return 0
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
		for i < c.end && x.toks[i].is("on", "the") {
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
		if x.pronounsAt(i) {
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
	case carValue:
		for i < c.end && !x.toks[i].upper && x.toks[i].kind == word && i < to+4 && !makes[t.low] {
			i++
		}
		p, n, ok := x.capture("car", i, c.end)
		if !ok {
			return false
		}
		i, to, f.category = p.party.from, n, knowledge
	case postValue:
		for to < min(i+2, c.end) && x.toks[to].kind == word && strings.ContainsAny(x.toks[to].text, "0123456789") && x.toks[to].text == strings.ToUpper(x.toks[to].text) {
			to++
		}
	case listValue:
		return c.listing(Hobby, knowledge, i)
	}
	if to == i || kind != emailValue && kind != addressValue && !(selfEvident[kind] && to < c.end && x.toks[to].is("and", "but", "if", "so", "when")) && !x.endsWell(to, c.end) || x.takenBack(to, c.end) {
		return false
	}
	f.value, f.to = x.quote(i, to), to
	return x.attribute(f)
}

// pronounsAt reports pronouns such as "she/her" at i.
func (x *extractor) pronounsAt(i int) bool {
	head, _, ok := strings.Cut(x.toks[i].low, "/")
	return ok && pronounHeads[head]
}

var pronounHeads = set(`he she they ze xe it`)

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

var bloodGroups = set(`a b ab o`)

func (x *extractor) bloodEnd(i, end int) int {
	t := &x.toks[i]
	if !bloodGroups[strings.Trim(t.low, "+")] {
		return i
	}
	if i+1 < end && x.toks[i+1].is("positive", "negative", "neg", "pos", "-") {
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
		if t.kind == newline || t.kind == quoted || t.is("and", "but", "so", "because", "if", "please", "thanks", ";", "-", "–", "—") && (t.kind == word || !t.joined || t.text != "-") {
			break
		}
		if t.is(",") && !x.casual && j+1 < end && x.toks[j+1].kind == word && !x.toks[j+1].upper && x.toks[j+1].text[0] > '9' {
			break // "14 Tamarind Close, the gate's blue"
		}
		if !x.casual && j > i && streets[x.toks[j-1].low] && t.kind == word && !t.upper && t.text[0] > '9' {
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
	to := w.end
	if to+1 < c.end && x.toks[to].is("at") && x.toks[to+1].text[0] <= '9' {
		to += 2
		to = x.pastWords(to, c.end, "am", "pm", "o'clock")
	}
	return x.attribute(fact{
		subject: c.subj, key: key, value: x.quote(from, to), category: momentary, conf: direct,
		from: c.from, to: w.end, valid: w.interval,
	})
}
