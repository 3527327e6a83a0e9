package extract

import (
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// toldCapture reads the captures of rows in spots_*.go, beside those of [extractor.spotCapture].
func (x *extractor) toldCapture(kind string, i, end int) (captured, int, bool) {
	c := captured{name: kind}
	take := func(from, to int) (captured, int, bool) {
		c.text, c.party = x.quote(from, to), party{from: from, to: to, conf: 1}
		return c, to, c.text != ""
	}
	switch kind {
	case "birthdate": // "14.02.1990", "1990-02-14"
		if i < end && figureDate.MatchString(x.toks[i].text) {
			return take(i, i+1)
		}
		if n := x.calendarEnd(i, end); n > i && IsYear(x.toks[n-1].low) {
			return take(i, n)
		}
	case "petkind": // "three-legged cat"
		for j := i; j < min(i+5, end) && x.toks[j].kind == word && !x.toks[j].upper; j++ {
			if kin[x.toks[j].low] == "pet" {
				c.name = "gap"
				return c, j + 1, true
			}
			if verbLike(&x.toks[j]) || kin[x.toks[j].low] != "" {
				break
			}
		}
	case "petcall": // any name of an animal
		if i < end && nameWord(&x.toks[i]) && x.toks[i].upper && !demonyms[x.toks[i].low] && !languages[x.toks[i].low] && kin[x.toks[i].low] == "" && !cities[x.toks[i].low] && months[x.toks[i].low] == 0 && weekdays[x.toks[i].low] == 0 && !(i+1 < end && x.toks[i+1].upper) {
			c.party = x.pet(mention{text: x.toks[i].text, from: i, to: i + 1})
			return c, i + 1, true
		}
	case "borntown": // "Oslo-born"
		if i < end && x.toks[i].upper {
			if name, ok := strings.CutSuffix(x.toks[i].text, "-born"); ok && (cities[lower(name)] || towns[lower(name)] || towns[name]) {
				c.text = name
				c.party = party{ref: record.EntityRef{Type: record.TypeLocation, Name: name}, from: i, to: i + 1, conf: 1}
				return c, i + 1, true
			}
		}
	case "peoples": // "Norwegians" as what one of them is
		if i < end && x.toks[i].upper && demonyms[strings.TrimSuffix(x.toks[i].low, "s")] && strings.HasSuffix(x.toks[i].low, "s") {
			c.text, c.party = strings.TrimSuffix(x.toks[i].text, "s"), party{from: i, to: i + 1, conf: 1}
			return c, i + 1, true
		}
	case "chronic": // an illness that lasts
		c, n, ok := x.capture("disease", i, end)
		if !ok {
			c, n, ok = x.capture("ailment", i, end)
		}
		return c, n, ok && !passingIlls[lower(lastWord(c.text))]
	case "pick": // what is weighed against something after "over"
		j := i
		for j < end && j-i < 4 && x.toks[j].kind == word && !x.toks[j].is("over", "any", "every", "always", "the", "my", "it", "that", "this", "you", "option", "version") {
			j++
		}
		if j == i || emptyThings[x.toks[i].low] {
			return c, i, false
		}
		m := mention{text: x.quote(i, j), from: i, to: j}
		c.text, c.party = m.text, x.topic(m)
		return c, j, m.text != ""
	case "edible":
		if i < end && edibles[x.toks[i].low] {
			m := mention{text: x.quote(i, i+1), from: i, to: i + 1}
			c.text, c.party = m.text, x.topic(m)
			return c, i + 1, true
		}
	case "mister": // a person with the title that the text gives
		m, ok := x.personAt(x.somebodyNamed(i, end), end)
		if !ok || x.people.evidence(m, false) == noEvidence {
			return c, i, false
		}
		c.party = x.titled(x.people.resolve(m), m)
		return c, m.to, true
	case "titled": // "Mr Petrakis"
		m, ok := x.personAt(i, end)
		if !ok || !m.titled {
			return c, i, false
		}
		c.party = x.titled(x.people.resolve(m), m)
		return c, m.to, true
	case "amount":
		if i < end && unicode.IsDigit(rune(x.toks[i].text[0])) {
			return captured{name: "gap"}, i + 1, true
		}
	case "date": // said in passing
		if w, ok := x.whenAt(i, end, backward); ok {
			return captured{name: "gap"}, w.end, true
		}
	case "town": // a place that is known to be one
		c, n, ok := x.capture("place", i, end)
		return c, n, ok && c.party.conf == 1
	case "basedin": // "Porto-based"
		if name, ok := strings.CutSuffix(x.toks[min(i, end-1)].text, "-based"); ok && i < end && x.toks[i].upper && (cities[lower(name)] || towns[lower(name)] || towns[name]) {
			c.text = name
			c.party = party{ref: record.EntityRef{Type: record.TypeLocation, Name: name}, from: i, to: i + 1, conf: 1}
			return c, i + 1, true
		}
	case "roles": // "primary teachers" as what one of them is
		return x.rolesAt(i, end)
	}
	return c, i, false
}
