package extract

import "regexp"

// namedDays are days of the year that have a name and always the same date.
var namedDays = phrases("christmas day", "christmas eve", "boxing day", "new year 's day", "new year 's eve", "new years day", "new years eve", "valentine 's day", "valentines day", "halloween", "st patrick 's day", "saint patrick 's day", "st andrew 's day", "st george 's day", "bonfire night", "guy fawkes night",
	"midsummer 's day", "leap day", "bastille day", "canada day", "anzac day", "australia day", "st david 's day", "hogmanay", "burns night", "april fools day", "april fool 's day", "independence day", "the fourth of july")

// figureDate is a date in figures with its year.
var figureDate = regexp.MustCompile(`^(\d{1,2}[./-]\d{1,2}[./-](19|20)\d\d|(19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})$`)

// ageSpots are ways to tell how old one is and when one was born.
var ageSpots = []spot{
	// birthday
	{pattern: "i was|am born on? the? {birthdate}", mode: bygone, meaning: bornOn},
	{pattern: "i was|am born on {day} =,|.|and|so|which|in|at|but", mode: bygone, meaning: bornOn},
	{pattern: "born on? the? {birthdate}", mode: bygone, meaning: bornOn, flags: opens | alone},
	{pattern: "my? date of birth|birthday is|'s|:|? the? {birthdate}", mode: bygone, meaning: bornOn, flags: opens | alone},
	{pattern: "i will be turning {number} on the? {day}", mode: bygone, meaning: bornOn},
	{pattern: "my 18th|21st|30th|40th|50th|60th|70th|80th is|'s on? the? {day} =.|,|and|so|but|which", mode: bygone, meaning: bornOn},
	{pattern: "it is|'s my 18th|21st|30th|40th|50th|60th|70th|80th on the? {day} =.|,|and|so|but|which", mode: bygone, meaning: bornOn},
	{pattern: "i am a|an leap|leap-day|leap-year day|year? baby|kid|child , on? the? {day}", mode: bygone, meaning: bornOn},
	{pattern: "i have got? the same birthday as my? {gap} , {day}", mode: bygone, meaning: bornOn},
	{pattern: "same birthday as my? {gap} , {day}", mode: bygone, meaning: bornOn, flags: opens | alone},
	{pattern: "i share a|my|the birthday ,|:|-|(|: on? the? {day}", mode: bygone, meaning: bornOn},
	{pattern: "i share a|my|the birthday with my? own? {gap} ,|(|:|- fun? fact? ,? {day}", mode: bygone, meaning: bornOn},
	{pattern: "i were born on the same day , {day}", mode: bygone, meaning: bornOn},
	{pattern: "{person} and i share a|the birthday ,|:|-|( on? the? {day}", mode: bygone, meaning: bornOn, flags: ofFirst},
	{pattern: "{person} and i were born on the same day , {day}", mode: bygone, meaning: bornOn, flags: ofFirst},
	{pattern: "{day} is|'s|was {person} 's birthday =.|,|and|so|but", mode: bygone, meaning: bornOn, flags: ofFirst | inverted},
	{pattern: "my birthday|bday is not until|till|before the? {day}", mode: bygone, meaning: bornOn},
	{pattern: "put|add|save|note {day} in|down? as my birthday", mode: bygone, meaning: bornOn},
	{pattern: "mine is|'s the? {day} , born", mode: bygone, meaning: bornOn},
	{pattern: "i have our|my birthday on the? {day}", mode: bygone, meaning: bornOn},
	{pattern: "{day} , that|which is|'s when i turn|was|turned =born|forty|fifty|sixty|thirty|40|50|60|30|18|21|.", mode: bygone, meaning: bornOn},
	{pattern: "{day} i will be|turn|am turning? {age}", mode: bygone, meaning: bornOn, flags: firstOf},
	{pattern: "me on|is|'s the? {day} and", mode: bygone, meaning: bornOn},
	{pattern: "i came into this|the world on the? {day}", mode: bygone, meaning: bornOn},
	{pattern: "i arrived|appeared|landed in this|the world on the? {day}", mode: bygone, meaning: bornOn},
	// age
	{pattern: "because|cos|since|now|that i am {age} =they|i|we|my|the|everyone|people|nobody|it", mode: state, meaning: agedIs, flags: asked},
	{pattern: "i am {age} ,? you|mind|remember =know|see|.|,", mode: state, meaning: agedIs},
	{pattern: "{age} and still =can|not|do|have|scared|afraid|learning", mode: state, meaning: agedIs, flags: opens | alone},
	{pattern: "i am a|an {noun} , {age} , =and|so|with|but|living|from|in|i", mode: state, meaning: agedIs},
	{pattern: "i am a|an {noun} , aged {age} =.|living|looking|from|with", mode: state, meaning: agedIs},
	{pattern: "can not|hardly|barely believe i am {age} =.|,|already|and|now|next", mode: state, meaning: agedIs},
	{pattern: "you are talking|speaking|dealing to|with a|an {yearold} =here|.|,|who|and|with", mode: state, meaning: agedIs, flags: asked},
	{pattern: "age {age} =.", mode: state, meaning: agedIs, flags: opens | alone},
	{pattern: "{age} years|yrs old and|, =i|my|single|divorced|still", mode: state, meaning: agedIs, flags: opens | alone},
	{pattern: "{age} and =single|divorced|unemployed|pregnant|widowed|skint|menopausal|perimenopausal", mode: state, meaning: agedIs, flags: opens | alone},
	{pattern: "{age} years|yrs old|young today =.|,|and", mode: state, meaning: agedIs, flags: opens | alone},
	{pattern: "back|going to school|uni|university|college|work at {age} =.|,|and", mode: state, meaning: agedIs, flags: alone},
}

// weighing are words of what is measured: a bare number in their sentence is no age.
var weighing = set(`kg kilo kilos kgs lb lbs pounds stone weigh weighs weighed weighing scales scale weight bmi waist slimming calories diet lose losing lost minutes seconds
	points score scored ranked rank ranking handicap wpm bpm temperature fever degrees mph speed rating level squat bench deadlift followers subscribers questions percent`)

// measures reports a sentence about something that is measured.
func (x *extractor) measures(s sentence) bool { return x.anyOf(s.from, s.to, weighing) }

// othersBefore reports whether the text before token i speaks of somebody or something else that what follows without a subject may be about.
func (x *extractor) othersBefore(i int) bool {
	for j := max(0, i-60); j < i; j++ {
		t := &x.toks[j]
		if t.is("he", "she", "his", "her", "him", "they", "their", "it", "its", "hers") || kin[t.low] != "" || kinPlural[t.low] != "" || somebody[t.low] || givenNames[t.low] && t.upper || makes[t.low] || t.is("car", "house", "whisky", "wine", "building", "laptop", "boiler", "tree", "phone") {
			return true
		}
	}
	return false
}

// birthdayMine reads "we're nearly birthday twins! Mine's the 9th of November" at "mine".
func (x *extractor) birthdayMine(i int, s sentence) bool {
	if !x.toks[i].is("mine") || i+3 > s.to || !x.toks[i+1].is("is", "'s", "was", "falls") || i > s.from && x.toks[i-1].kind == word && !x.toks[i-1].is("so", "and", "but") {
		return false
	}
	a := x.pastWords(i+2, s.to, "on", "the", "also", "actually")
	n := x.calendarEnd(a, s.to)
	if n <= a || x.takenBack(n, s.to) {
		return false
	}
	told := false
	for j := max(0, i-25); j < min(len(x.toks), n+8); j++ {
		t := &x.toks[j]
		if t.is("appointment", "exam", "wedding", "interview", "deadline", "slot", "flight", "anniversary", "test") {
			return false
		}
		told = told || t.is("birthday", "birthdays", "bday", "birth", "born")
	}
	return told && x.attribute(fact{subject: x.me(), key: Birthday, value: x.quote(a, n), category: identity, conf: likely, from: i, to: n})
}
