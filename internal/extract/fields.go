package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// Notes about oneself are often lines of a label and a value: "Name: Ada Moreau", "City: Leeds", "fav colour: burnt orange".

// fieldKeys are the labels beside those of [possessions] and the words for relatives.
var fieldKeys = map[string]func(c *clause, i int) bool{
	"name": named, "full name": named, "my name": named,
	"city": placed(LivesIn), "location": placed(LivesIn), "lives in": placed(LivesIn), "based in": placed(LivesIn), "home city": placed(LivesIn), "home": placed(LivesIn),
	"residence": placed(LivesIn), "town": placed(LivesIn), "current city": placed(LivesIn), "born in": placed(BornIn), "birthplace": placed(BornIn),
	"allergies": listedAs(AllergicTo), "allergy": listedAs(AllergicTo), "allergic to": listedAs(AllergicTo), "likes": listedAs(Likes), "dislikes": listedAs(Dislikes),
	"interests": listedAs(Likes), "hobbies": listedAs(Hobby), "hobby": listedAs(Hobby), "birthday": birthField, "date of birth": birthField, "dob": birthField, "bday": birthField, "birth date": birthField, "born": birthField, "languages": (*clause).tongues, "speaks": (*clause).tongues, "diet": (*clause).closedValue, "dietary needs": (*clause).closedValue,
	"marital status": (*clause).closedValue, "relationship status": (*clause).closedValue, "age": (*clause).ageField,
	"car": (*clause).carField, "drives": (*clause).carField, "medical conditions": listedAs(Condition), "conditions": listedAs(Condition), "condition": listedAs(Condition),
}

func named(c *clause, i int) bool { return c.x.introduce(c.from, i, c.end, sure) }

func placed(key string) func(*clause, int) bool {
	return func(c *clause, i int) bool {
		p, n, ok := c.x.capture("place", i, c.end)
		return ok && n >= c.end && c.x.relation(fact{subject: c.subj, key: key, object: p.party, category: knowledge, conf: direct, from: c.from, to: n})
	}
}

func listedAs(key string) func(*clause, int) bool {
	return func(c *clause, i int) bool {
		category := knowledge
		if key == AllergicTo || key == Condition {
			category = identity
		}
		return c.listing(key, category, i)
	}
}

// listing emits a relation for each of the things listed at i, however unlike they are.
func (c *clause) listing(key string, category record.Category, i int) bool {
	x := c.x
	read := false
	for i < c.end && !x.toks[i].is("none", "no", "nil", "n/a") {
		m, ok := x.thingAt(i, c.end)
		if !ok || m.to < c.end && x.toks[m.to].kind == word && !x.toks[m.to].is("and") && !x.ends(m.to, c.end) {
			return read
		}
		read = x.relation(fact{subject: c.subj, key: key, object: x.topic(m), category: category, conf: direct, from: c.from, to: m.to}) || read
		i = m.to
		for i < c.end && (x.toks[i].is(",", "and", "&", "/") || x.toks[i].kind == newline || x.toks[i].is("-", "*", "•", "–") && x.toks[i-1].kind == newline) {
			i++
		}
		if i < c.end && (i == m.to || x.newStatement(i, c.end)) {
			return read
		}
	}
	return read
}

// birthField takes any date in figures as it stands: who writes "03/04/1990" knows which is the month.
func birthField(c *clause, i int) bool {
	to := i + 1
	if strings.Count(c.x.toks[i].text, "/") != 2 && strings.Count(c.x.toks[i].text, ".") != 2 && strings.Count(c.x.toks[i].text, "-") != 2 {
		to = c.x.calendarEnd(i, c.end)
	}
	return to > i && to >= c.end && c.x.attribute(fact{subject: c.subj, key: Birthday, value: c.x.quote(i, to), category: identity, conf: sure, from: c.from, to: to})
}

func (c *clause) carField(i int) bool {
	p, n, ok := c.x.capture("car", i, c.end)
	return ok && n >= c.end && c.x.attribute(fact{subject: c.subj, key: Car, value: p.text, category: knowledge, conf: direct, from: c.from, to: n})
}

func (c *clause) ageField(i int) bool { return i+1 >= c.end && c.age(i) }

// fieldAt gives the label that begins at i, in lower case, and the token of its value; "" when a line of label and value does not.
func (x *extractor) fieldAt(i, end int) (string, int) {
	for i < end && x.toks[i].is("my", "*", "-", "•", "new", "current") {
		i++
	}
	for n := 1; n <= 3 && i+n+1 <= end; n++ {
		if x.toks[i+n-1].kind != word {
			return "", i
		}
		if i+n < end && x.toks[i+n].is(":", "=") {
			return lower(x.quote(i, i+n)), i + n + 1
		}
	}
	return "", i
}

// isField reports whether the label of a line is one that is read.
func isField(label string) bool {
	if _, ok := possessions[label]; ok {
		return true
	}
	if _, ok := fieldKeys[label]; ok {
		return true
	}
	first := firstWord(label)
	return kin[label] != "" || kinPlural[label] != "" || favourites[first] && first != label
}

// fields reads the lines of label and value of a sentence.
func (x *extractor) fields(s sentence) bool {
	read := false
	for i := s.from; i < s.to; i++ {
		if i > s.from && x.toks[i-1].kind != newline && !x.toks[i-1].is(",", ";", "|", "/") {
			continue
		}
		label, value := x.fieldAt(i, s.to)
		if n := x.bulleted(value, s.to); label != "" && n > value && isField(label) {
			c := clause{x: x, subj: x.me(), from: i, end: n}
			read = c.field(label, value+2) || read
			i = n - 1
			continue
		}
		if label == "" || value >= s.to || !isField(label) || x.toks[value].kind == newline {
			continue
		}
		to := value
		for to < s.to && x.toks[to].kind != newline && !x.toks[to].is(";", "|") && !(x.toks[to].is("/") && x.toks[to].start > x.toks[to-1].end) {
			to++
		}
		for j := value + 1; j < to; j++ { // "Name: Ada, City: Leeds"
			if next, _ := x.fieldAt(j+1, to); x.toks[j].is(",") && next != "" && isField(next) {
				to = j
			}
		}
		c := clause{x: x, subj: x.me(), from: i, end: to}
		read = c.field(label, value) || read
		i = to - 1
	}
	return read
}

// bulleted gives the end of the bulleted lines that begin at token i with a line break; i if there are none.
func (x *extractor) bulleted(i, end int) int {
	to := i
	for j := i; j+2 < end && x.toks[j].kind == newline && x.toks[j+1].is("-", "*", "•", "–"); {
		for j += 2; j < end && x.toks[j].kind != newline; j++ {
		}
		to = j
	}
	return to
}

// field reads the value at i of a label.
func (c *clause) field(label string, i int) bool {
	x := c.x
	if f, ok := fieldKeys[label]; ok {
		return f(c, i)
	}
	if p, ok := possessions[label]; ok {
		return c.value(p.key, p.kind, i)
	}
	if first := firstWord(label); favourites[first] {
		f := fact{subject: c.subj, key: CanonicalKey("favourite " + singular(strings.TrimPrefix(label, first+" "))), category: knowledge, conf: direct, from: c.from}
		m, ok := x.titleAt(i, c.end)
		if !ok {
			m, ok = x.thingAt(i, c.end)
		}
		if !ok || m.to < c.end {
			return false
		}
		f.value, f.to = m.text, m.to
		return x.attribute(f)
	}
	if label := kinPlural[label]; label != "" {
		var persons []party
		n := len(x.out.Relations)
		if m, ok := x.namedAt(i, c.end, label); ok && m.to >= c.end {
			x.kinFact(label, c.from, m, &persons)
			return true
		}
		x.listing = true
		x.kinList(label, c.from, i, c.end, &persons)
		x.listing = false
		return len(x.out.Relations) > n
	}
	if label := kin[label]; label != "" && label != "pet" {
		m, ok := x.personAt(i, c.end)
		if !ok || m.to < c.end || !x.kinName(m, label, true) {
			return false
		}
		var persons []party
		x.kinFact(label, c.from, m, &persons)
		return true
	}
	return false
}
