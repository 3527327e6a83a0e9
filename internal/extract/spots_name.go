package extract

// The meanings of what is said of oneself.
var (
	agedIs   = meaning{key: Age, category: identity, value: true}
	bornOn   = meaning{key: Birthday, category: identity, value: true}
	isPeople = meaning{key: Nationality, category: identity, value: true}
)

// nameSpots are ways to give one's name in passing.
var nameSpots = []spot{
	{pattern: "i am|was really|actually|properly|officially|legally|formally? called|named|christened|baptised|baptized {given}", flags: called},
	{pattern: "my parents|mum|mom|mam|dad|mother|father|folks|gran|nan|grandmother named|called|christened me {self}", flags: called},
	{pattern: "they|she|he named|christened me {given}", flags: called},
	{pattern: "i am {self} , {self} =for", flags: nicked},
	{pattern: "i am known as {self} =to|by", flags: nicked},
	{pattern: "i am|was given? the name {self}", flags: called},
	{pattern: "{self} is|'s my real|actual|full|given|first|birth|proper|christian|legal? name", flags: called},
	{pattern: "{given} on my passport|licence|license|birth", flags: called},
	{pattern: "put me down|in under|as {self}", flags: called},
	{pattern: "put it|that|this down? under|in? the? name? of? {self}", flags: called},
	{pattern: "my booking|reservation|table|order|account|room|appointment|parcel|package is|'s|will booked|be? under|in the? name? of? {self}", flags: called},
	{pattern: "sign it|this|that|them off? as|from {self}", flags: called},
	{pattern: "signed , {self}", flags: called},
	{pattern: "from me , {self}", flags: called},
	{pattern: "only|just me , {given}", flags: called | opens},
	{pattern: "in real life|irl i am {given}", flags: called},
	{pattern: "in real life|irl it is|'s {self}", flags: called},
	{pattern: "but really|actually|officially|legally i am {given}", flags: called},
	{pattern: "(|, first|given|christian|full name is|'s|:|,? {self}", flags: called},
	{pattern: "first|given|christian|full name is|'s|:|,? {self}", flags: called | opens},
	{pattern: "addressed|registered|listed|filed|saved to|under|as me , {self}", flags: called},
	{pattern: "my name , {self}", flags: called},
	{pattern: "my name down? as|like {self}", flags: called},
	{pattern: "my name on it|this|that|there? as|: {self}", flags: called},
	{pattern: "everyone|everybody|people|ppl|friends|mates|colleagues|family|folk|folks|kids|students|customers|they|lads|girls|everyone's|pals {gap}? at? work|home|school|uni? {gap}? call|calls me {self}", flags: nicked},
	{pattern: "the name {gap}? on the|it|there|my {gap}? should be|read|say {self}", flags: called},
	{pattern: "my name should be|read|say|appear as? {self}", flags: called},
	{pattern: "{given} speaking =,|.|and|from", flags: called | opens},
	{pattern: "{self} is|'s the name", flags: called},
	{pattern: "it is|'s me , {self} =,|.|again|from|here|back", flags: called},
	{pattern: "i have been {given} all|since|my =my|whole|life|i", flags: called},
	{pattern: "introduce|announce|address|list|register|refer me to? as {self}", flags: called},
	{pattern: "sign off|it with|as|from just|simply? {self}", flags: called},
	{pattern: "for my|the name badge|tag|label|sign|plate|place-card : {self}", flags: called},
	{pattern: "my|the passport|licence|license|birth certificate says {self}", flags: called},
	{pattern: "put|write|print|have {given} on the|my label|badge|card|envelope|order|form|cup|cake|booking|tag , that is|'s me", flags: called},
	{pattern: "for the form|record|records|invoice|invite|certificate|ticket|passport it is|'s {self}", flags: called | asked},
	{pattern: "i|am , {given} , =am|have|need|want|will|hereby|would|being|is", flags: called},
	{pattern: "name|names is|'s {self} by the way", flags: called | opens},
	{pattern: "my friends|mum|mom|wife|husband|boss|gran|sister|brother|dad|kids always? calls|call me {given}", flags: nicked},
	{pattern: "christened|baptised|baptized|born {given} =but|,|and|.", flags: called | opens},
	{pattern: "i was christened|baptised|baptized {self}", flags: called},
	{pattern: "i am|was named|called {self} =after", flags: called},
	{pattern: "i|we spell it {self} =,|.|with|not", flags: called},
	{pattern: "my name spelled|spelt|written as? {self} =,|.|with|not", flags: called},
	{pattern: "my full|whole|real|proper name is|'s a mouthful , {self}", flags: called},
	{pattern: "so here i am , {given}", flags: called},
}
