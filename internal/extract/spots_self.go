package extract

// pronounsAre are the speaker's pronouns.
var pronounsAre = meaning{key: "pronouns", category: identity, value: true}

// bloodIs is the speaker's blood group.
var bloodIs = meaning{key: "blood_type", category: identity, value: true}

// selfSpots are further ways to tell of one's name, languages and how one is reached.
var selfSpots = []spot{
	{pattern: "myself {self} =,|from|working|here|and", flags: opens | called},
	{pattern: "name is|'s {self} =.|,|and|btw|by|from", flags: opens | alone | called},
	{pattern: "book|reserve|order it|that|one|this under the name? of? {self} =.|,|please|and", flags: called},
	{pattern: "back to being|plain {self} =.|,|lol|again|and|now", flags: called},
	{pattern: "my married name is|'s now? {self} =.|,|and|but", flags: called},
	{pattern: "{pronouns} please|pls =.|,|and|thanks", mode: bygone, meaning: pronounsAre, flags: opens | alone},
	{pattern: "{pronouns} for me", mode: bygone, meaning: pronounsAre, flags: opens},
	{pattern: "{pronouns} here =.|,|and", mode: bygone, meaning: pronounsAre, flags: opens | alone},
	// languages
	{pattern: "at home {language} , at =work|school|uni|the", mode: bygone, meaning: speaksIt, flags: opens | alone},
	{pattern: "at work|school|uni {language} =.|,|and|so", mode: bygone, meaning: speaksIt},
	{pattern: "first|native language|tongue is|:|'s? {language}", mode: bygone, meaning: native, flags: opens | alone},
	{pattern: "i have picked up some|enough {language}", mode: bygone, meaning: speaksIt},
	{pattern: "i have picked up a bit|little of? {language}", mode: bygone, meaning: speaksIt},
	{pattern: "i have a|an bit|smattering|little|decent|fair amount? of {language}", mode: bygone, meaning: speaksIt},
	{pattern: "i talk|speak|chat to|with the|our kids|children|dog|baby|cat|twins in {language} =.|,|and|but|so", mode: bygone, meaning: speaksIt},
	{pattern: "i dream|count|swear|pray|think in {language} =.|,|and|but|so", mode: bygone, meaning: speaksIt},
	{pattern: "i translate|interpret from|to|into|between {language}", mode: bygone, meaning: speaksIt},
	{pattern: "passable|decent|rusty|ok|okay|conversational in {language} =.|,|and", mode: bygone, meaning: speaksIt, flags: opens | alone},
	{pattern: "fluent in {language} =.|,|and", mode: bygone, meaning: speaksIt, flags: opens | alone},
	// contact and the like
	{pattern: "i have a|an new email|e-mail|mail address? ,|:|- {mail}", mode: bygone, meaning: mailIs},
	{pattern: "email|e-mail : {mail}", mode: bygone, meaning: mailIs, flags: alone},
	{pattern: "my shoe size , {number} =,", mode: bygone, meaning: shoesAre},
	{pattern: "{digits} is|'s my landline|house-phone", mode: bygone, meaning: phoneIs},
	{pattern: "home|postal|full|delivery|new address is|:|'s? {street}", mode: bygone, meaning: addressIs, flags: opens | alone},
	{pattern: "address is|:|'s {street}", mode: bygone, meaning: addressIs, flags: opens | alone},
	{pattern: "to {street} , that is|'s my|our =address|place|house|flat|home", mode: bygone, meaning: addressIs},
	{pattern: "shoe size is|'s|:|a? {number} =.|,|and", mode: bygone, meaning: shoesAre, flags: opens | alone},
	{pattern: "size {number} feet =.|,|and|here|so", mode: bygone, meaning: shoesAre, flags: opens | alone},
	{pattern: "blood type|group is|'s|:? {blood}", mode: bygone, meaning: bloodIs, flags: opens | alone},
	{pattern: "the {car} is|'s mine|ours =.|,|and|but", mode: state, meaning: drives},
}

// pronounsBeside reads "I'm Rhiannon, they/them" at the pronouns: the speaker has said a name, and speaks of nobody else.
func (x *extractor) pronounsBeside(i int, s sentence) bool {
	if !x.named || !x.pronounsAt(i) || i == s.from || !x.toks[i-1].is(",", "(", "-", "–", "—") || i+1 < s.to && x.toks[i+1].kind == word {
		return false
	}
	for j := 0; j < i; j++ {
		if t := &x.toks[j]; kin[t.low] != "" || kinPlural[t.low] != "" || t.is("he", "she", "his", "her") {
			return false
		}
	}
	return x.attribute(fact{subject: x.me(), key: "pronouns", value: x.toks[i].text, category: identity, conf: likely, from: i, to: i + 1})
}
