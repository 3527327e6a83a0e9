package extract

// isPet is an animal of the speaker's.
var isPet = meaning{key: Pet, category: knowledge}

// petSpots are further ways to name one's animals.
var petSpots = []spot{
	{pattern: "we|i got|bought|adopted|rescued a|an {petkind} and called|named|call him|her|it|them {petcall}", mode: state, meaning: isPet},
	{pattern: "i|we adopted|rescued|got|bought a|an|another {petkind} {date}? , answers|answering to {petcall}", mode: state, meaning: isPet},
	{pattern: "adopted|rescued|got|bought a|an|another {petkind} {date}? , answers|answering to {petcall}", mode: state, meaning: isPet, flags: opens | alone},
	{pattern: "i|we adopted|rescued a|an|another {petkind} {date}? , {petcall} =.|,|and|so|who|and", mode: state, meaning: isPet},
	{pattern: "i|we have adopted|rescued a|an|another {petkind} {date}? , {petcall} =.|,|and|so|who|and", mode: state, meaning: isPet},
	{pattern: "adopted|rescued a|an|another {petkind} {date}? , {petcall} =.|,|and|so|who|and", mode: state, meaning: isPet, flags: opens | alone},
	{pattern: "brought|fetched home a|our|my|the {petkind} {date}? , {petcall} =.|,|and|so", mode: state, meaning: isPet},
	{pattern: "brought|fetched a|our|my|the {petkind} home {date}? , {petcall} =.|,|and|so", mode: state, meaning: isPet},
	{pattern: "collected|fetched our|my {petkind} {date}? , {petcall} =.|,|and|so", mode: state, meaning: isPet},
	{pattern: "picked up our|my {petkind} {date}? , {petcall} =.|,|and|so", mode: state, meaning: isPet},
	{pattern: "adopted|rescued a|an {petkind} {date}? , we|i call|named|called him|her|it {petcall}", mode: state, meaning: isPet},
	{pattern: "my|our dog|cat|rabbit|hamster|parrot|tortoise|pony|horse|puppy|kitten is {petcall} =.|,|and|but", mode: state, meaning: isPet},
	{pattern: "dog|cat|rabbit|hamster|parrot|tortoise|puppy|kitten 's? name? is|'s|: {petcall} =.|,|and|(", mode: state, meaning: isPet, flags: opens | alone},
	{pattern: "dog|cat|fur|bunny mum|mom|dad|mama|parent to|of {petcall} =.|,|and", mode: state, meaning: isPet, flags: opens | alone},
	{pattern: "i am a|an? dog|cat|fur|bunny mum|mom|dad|mama|parent to|of {petcall} =.|,|and", mode: state, meaning: isPet},
}
