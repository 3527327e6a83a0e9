package extract

import "maps"

var weddingOnDay = meaning{key: WeddingDate, category: identity, value: true}

// telling are the words that can begin what says by itself what it is: a diet, an illness, an allergen, a hobby.
var telling = func() map[string]bool {
	m := maps.Clone(diseases)
	maps.Copy(m, hobbies)
	for p := range allergens {
		m[firstWord(p)] = true
	}
	for _, list := range []phraseList{diets, ailments} {
		for w := range list {
			m[w] = true
		}
	}
	return m
}()

// homeSpots are ways to tell in passing of one's languages, health, pets and tastes.
var homeSpots = []spot{
	// marriage
	{pattern: "tying the knot with? {person}? on the? {day}", mode: state, meaning: weddingOnDay, flags: opens},
	{pattern: "getting married|hitched|wed on the? {day}", mode: state, meaning: weddingOnDay, flags: opens},
	{pattern: "our|the|my wedding|nuptials {gap}? is|'s|will on|be|for? the|on? the? {day}", mode: state, meaning: weddingOnDay},
	{pattern: "the big day is|'s {gap}? on|,|it? the|is|'s? the? {day}", mode: state, meaning: weddingOnDay},
	{pattern: "mine and {person} 's wedding? anniversary", mode: state, meaning: wedTo, flags: asked},
	{pattern: "mine and {person} 's wedding|engagement", mode: state, meaning: engagedTo, flags: asked},
	{pattern: "being|been married to {person} !'s", mode: state, meaning: wedTo, flags: opens},
	{pattern: "our anniversary , mine and {person} 's", mode: state, meaning: wedTo, flags: asked},
	// friends
	{pattern: "me and {person} from work|payroll|accounts|finance|hr|it|reception|sales|marketing|dispatch|stores|admin !of", mode: state, meaning: colleague},
	{pattern: "i|we go|went way back with {person}", mode: state, meaning: friendOf},
	{pattern: "i have known {person} since|for", mode: state, meaning: friendOf},
	// languages
	{pattern: "better|worse|stronger than my {language}", mode: state, meaning: speaksIt},
	{pattern: "i|we teach|tutor {language}", mode: state, meaning: speaksIt},
	{pattern: "i translate|interpret {gap}? from|to|into|between|for {language}", mode: state, meaning: speaksIt},
	{pattern: "my {language} is|'s|isn't not? too|so|very|pretty|quite|really|fairly|just|about|getting|a? good|decent|fluent|passable|ok|okay|fine|basic|rusty|bad|shabby|better|bit|conversational|workable|serviceable|solid|perfect|native|strong|coming|improving !homework", mode: state, meaning: speaksIt},
	{pattern: "my {language} comes|came in|with|out|back|from !trouble", mode: state, meaning: speaksIt},
	{pattern: "as a|an native|fluent? {language} speaker", mode: state, meaning: speaksIt, flags: asked},
	{pattern: "i am a|an native|fluent|heritage? {language} speaker", mode: state, meaning: speaksIt},
	{pattern: "i understand|speak|know|read|write {language} perfectly|well|fluently|fine|ok|okay|badly|enough|better", mode: state, meaning: speaksIt},
	{pattern: "so|and|but {language} is|'s fine|ok|okay|easier|good with|by|for? me?", mode: state, meaning: speaksIt},
	{pattern: "write|talk|speak to? me? in {language} if|any|whenever", mode: state, meaning: speaksIt, flags: opens},
	{pattern: "i|we|us|me are|am|was|were|sit|sat|stood|under|there? {gap}? chatting|gossiping|nattering|arguing|swearing away? in {language}", mode: state, meaning: speaksIt},
	{pattern: "i was raised on|in|with|speaking {language}", mode: bygone, meaning: speaksIt},
	{pattern: "raised on|speaking {language}", mode: bygone, meaning: speaksIt, flags: opens},
	{pattern: "i have taught|been? teaching myself {language}", mode: bygone, meaning: speaksIt},
	{pattern: "taught myself {language}", mode: bygone, meaning: speaksIt},
	{pattern: "{language} , my mother|native|first tongue|language", mode: bygone, meaning: native},
	{pattern: "i|we was|were brought up bilingual|trilingual? ,|in|with|on|speaking {language}", mode: bygone, meaning: speaksIt},
	// health
	{pattern: "{disease} brain !scan", mode: state, meaning: ill, flags: opens},
	{pattern: "i have been told it is|'s {disease}", mode: state, meaning: ill, flags: asked},
	{pattern: "i have been told i have got? {disease}", mode: state, meaning: ill, flags: asked},
	{pattern: "i was told it is|was|'s {disease}", mode: state, meaning: ill, flags: asked},
	{pattern: "what with my|the {disease}", mode: state, meaning: ill, flags: asked},
	{pattern: "my {disease} {gap}? tablets|meds|medication|nurse|clinic|appointment|flare", mode: state, meaning: ill, flags: asked},
	{pattern: "the|my doctor|doctors|gp|physio|consultant|specialist|neurologist|rheumatologist|dermatologist|psychiatrist|hospital|clinic says|said|say|confirmed|confirms it is|was|'s {disease}", mode: state, meaning: ill, flags: asked},
	{pattern: "the|my doctor|doctors|gp|physio|consultant|specialist|neurologist|rheumatologist|dermatologist|psychiatrist|hospital|clinic says|said|confirmed that? i have got? {disease}", mode: state, meaning: ill, flags: asked},
	{pattern: "{disease} , at {age}", mode: state, meaning: ill, flags: opens},
	{pattern: "i got|had|have got? my|a diagnosis {gap}? ,|:|- {disease}", mode: state, meaning: ill},
	{pattern: "they|doctors|finally have? found|called|named it ,|:|- {disease}", mode: state, meaning: ill},
	{pattern: "gave it a name :|,|- it? is|'s? {disease}", mode: state, meaning: ill},
	{pattern: "newly|recently|late diagnosed with? {disease}", mode: state, meaning: ill, flags: opens},
	{pattern: "{ailment} brain|person|human|here|girl|guy|woman|man|gardener", mode: state, meaning: ill, flags: opens},
	{pattern: "i have {disease}", mode: state, meaning: ill},
	{pattern: "i have got? {disease}", mode: state, meaning: ill},
	{pattern: "i am on|taking tablets|meds|medication|insulin|statins for {disease}", mode: state, meaning: ill},
	{pattern: "i take tablets|meds|medication|insulin|statins for {disease}", mode: state, meaning: ill},
	// hobbies
	{pattern: "my {hobby} class|classes|lesson|lessons|group|club|practice|rehearsal|rehearsals|coach|teacher|instructor|buddy|circle|league", mode: state, meaning: hobby, flags: asked},
	{pattern: "i am {gap}? up a|the hill {hobby}", mode: state, meaning: hobby},
	{pattern: "that is|'s my? {hobby} night|day|practice|evening", mode: state, meaning: hobby},
	{pattern: "except mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays because|cos that is|'s my? {hobby}", mode: state, meaning: hobby},
	{pattern: "mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays is|are|'s my? {hobby}", mode: state, meaning: hobby},
	{pattern: "i go|do|play {hobby} on|every|most|at mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|week|weekend|weekends", mode: state, meaning: hobby},
	// pets
	{pattern: "i have a|an {petcalled}", mode: state, meaning: meaning{key: Pet, category: knowledge}},
	// tastes
	{pattern: "i have a|an terrible|real|bit|huge|serious|secret|massive|soft|slight|of|a|big? of? a? weakness|spot|thing|passion for {thing}", mode: state, meaning: likesIt},
	{pattern: "i am happiest with|doing a|an? {thing}", mode: state, meaning: likesIt},
	{pattern: "anything with {food} in it and i am !not", mode: state, meaning: likesIt},
	// diet
	{pattern: "i am the|our only|token|resident|one? {diet} =,|.|!|so|and|here|in|of|among", mode: state, meaning: dietIs},
	{pattern: "{diet} since !not", mode: state, meaning: dietIs, flags: opens},
	{pattern: "lapsed|former|recovering|ex|failed {diet} !restaurant", mode: ending, meaning: dietIs, flags: opens},
	// hobbies
	{pattern: "the only exercise|sport|hobby|fun i get|do|have is|'s {activity}", mode: state, meaning: hobby},
	{pattern: "ask me about my? {activity}", mode: state, meaning: hobby, flags: opens},
	// allergies
	{pattern: "{allergen} and me|i do|does not get|mix|agree on|along?", mode: state, meaning: allergy},
	{pattern: "i swell|blow|puff up like a|an {noun} with|from|if|when i? eat|have|touch? {allergen}", mode: state, meaning: allergy},
	{pattern: "my {allergen} allergy", mode: state, meaning: allergy, flags: asked},
	{pattern: "with my|a {allergen} allergy", mode: state, meaning: allergy},
	{pattern: "i am violently|badly|severely|really|properly|very|deathly|mildly|horribly? allergic to {allergen}", mode: state, meaning: allergy},
}
