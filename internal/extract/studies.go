package extract

// degrees are what one studies for.
var degrees = set(`degree msc bsc ba ma phd mba masters bachelors diploma doctorate beng meng llb llm mphil dphil undergrad undergraduate
	apprenticeship certificate pgce btec hnd foundation`)

// academic are subjects of study, or the last word of one: "marine biology".
var academic = set(`law medicine nursing history physics chemistry biology maths math mathematics economics engineering philosophy psychology sociology
	linguistics literature music art arts architecture geography politics science sciences theology archaeology anthropology astronomy geology zoology
	botany ecology genetics biochemistry neuroscience pharmacy dentistry veterinary midwifery education pedagogy journalism film theatre drama design
	fashion business management marketing accounting finance statistics informatics computing robotics mechatronics criminology classics latin
	relations studies logistics hospitality tourism agriculture forestry horticulture oceanography meteorology physiotherapy nutrition translation
	photography animation dance ceramics sculpture fine-art surveying planning administration kinesiology optometry radiography metallurgy`)

// fieldOfStudy reads "law", "marine biology", "soil science".
func (x *extractor) fieldOfStudy(i, end int) (captured, int, bool) {
	c := captured{name: "field"}
	for n := min(4, end-i); n >= 1; n-- {
		if !academic[x.toks[i+n-1].low] && !(n == 1 && languages[x.toks[i].low]) || x.quote(i, i+n) == "" {
			continue
		}
		ok := true
		for j := i; j < i+n; j++ {
			ok = ok && x.toks[j].kind == word && !emptyThings[x.toks[j].low] && !x.toks[j].is("at", "with", "some", "about", "this")
		}
		if ok {
			c.text, c.party = x.quote(i, i+n), party{from: i, to: i + n, conf: 1}
			return c, i + n, true
		}
	}
	return c, i, false
}

// degreeAt reads "PhD in medieval history", "part time msc in soil science", "degree". What is kept begins with the word for the degree.
func (x *extractor) degreeAt(i, end int) (captured, int, bool) {
	c := captured{name: "degree"}
	for i+1 < end && (degrees[x.toks[i+1].low]) && x.toks[i].kind == word && !degrees[x.toks[i].low] && !emptyThings[x.toks[i].low] {
		i++ // "cs degree"
	}
	for i < end && x.toks[i].is("part", "time", "part-time", "full-time", "full", "first", "second", "joint", "online", "honours", "taught", "university") {
		i++
	}
	j := i
	for j < end && j < i+3 && (degrees[x.toks[j].low] || j > i && x.toks[j].is("'s") || x.toks[j].is("bachelor", "master")) {
		j++
	}
	if j == i {
		return c, i, false
	}
	bare := j == i+1 && x.toks[i].is("degree")
	if j+1 < end && x.toks[j].is("in", "of") {
		k := j + 1
		for k < end && k < j+6 && x.toks[k].kind == word && x.toks[k].joined && !x.toks[k].is("at", "from", "in", "which", "so", "but", "with", "and", "that", "because", "where", "if", "on") && !emptyThings[x.toks[k].low] && !hedges[x.toks[k].low] && !verbLike(&x.toks[k]) && !x.toks[k].is("i", "btw", "lol", "to", "for", "now", "back", "here", "too") {
			k++
		}
		if k > j+1 {
			if bare {
				i = j + 1 // "a degree in law" is law
			}
			bare, j = false, k
		}
	}
	c.party = party{from: i, to: j, conf: 1}
	if !bare {
		c.text = x.quote(i, j)
	}
	return c, j, bare || c.text != ""
}
