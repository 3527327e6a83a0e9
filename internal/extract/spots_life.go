package extract

// lifeSpots are ways to tell one's age, birthday, origin and home in passing.
var lifeSpots = []spot{
	// age
	{pattern: "here is|'s me|i at|, {age}", mode: state, meaning: agedIs},
	{pattern: "me at {age}", mode: state, meaning: agedIs},
	{pattern: "me , {age} ,", mode: state, meaning: agedIs},
	{pattern: "my age is|'s|,|:|? {age}", mode: state, meaning: agedIs, flags: asked},
	{pattern: "i am|'m aged {age}", mode: state, meaning: agedIs},
	{pattern: "my age , {age}", mode: state, meaning: agedIs, flags: asked},
	{pattern: "my age ( {age} )", mode: state, meaning: agedIs, flags: asked},
	{pattern: "i , a|an {yearold}", mode: state, meaning: agedIs},
	{pattern: "i am|'m still|only|just? a|an {yearold}", mode: state, meaning: agedIs},
	{pattern: "me being|, a|an {yearold}", mode: state, meaning: agedIs},
	// birthday
	{pattern: "my own? birthday|bday|b-day is|'s|falls|was|lands|, on? the? {day}", mode: bygone, meaning: bornOn, flags: asked},
	{pattern: "my own? birthday|bday|b-day on {day}", mode: bygone, meaning: bornOn, flags: asked},
	{pattern: "my own? birthday|bday|b-day ( {day}", mode: bygone, meaning: bornOn, flags: asked},
	{pattern: "my own? birthday|bday|b-day {gap}? , the? {day}", mode: bygone, meaning: bornOn, flags: asked},
	{pattern: "my own? birthday|bday|b-day is|'s {gap} , the? {day}", mode: bygone, meaning: bornOn},
	{pattern: "it is|'s|was my birthday on|, {day}", mode: bygone, meaning: bornOn},
	{pattern: "i share a|my|the birthday {gap}? with {gap}? my? own? {gap}? , fun? fact? ,? {day}", mode: bygone, meaning: bornOn},
	{pattern: "i celebrate my birthday {gap}? on {day}", mode: bygone, meaning: bornOn},
	{pattern: "{day} , my {gap}? birthday", mode: bygone, meaning: bornOn, flags: asked},
	{pattern: "{day} , which|that|it is|'s my {gap}? birthday", mode: bygone, meaning: bornOn},
	{pattern: "{day} is|'s|was|will be? my actual|real|own|40th|30th|50th|60th|18th|21st? birthday", mode: bygone, meaning: bornOn},
	{pattern: "{day} for my 18th|21st|30th|40th|50th|60th|own? birthday|bday", mode: bygone, meaning: bornOn, flags: asked},
	{pattern: "{day} because|cos|since|as it is|'s my birthday", mode: bygone, meaning: bornOn},
	{pattern: "{day} ( my birthday", mode: bygone, meaning: bornOn, flags: asked},
	// origin
	{pattern: "i am|'m a|an {place} girl|boy|lad|lass|native|man|woman|kid born|through|by|and|at|,? {gap}?", mode: bygone, meaning: isFrom},
}

// workSpots are ways to tell of one's work and studies in passing.
var workSpots = []spot{
	{pattern: "my job|position|post|role|placement|internship|apprenticeship|contract|shift|shifts at|with {org}", mode: state, meaning: worksAt},
}

// contactSpots are ways to tell how one is reached.
var contactSpots = []spot{}
