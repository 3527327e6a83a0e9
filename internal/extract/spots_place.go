package extract

// placeSpots are further ways to tell where one lives.
var placeSpots = []spot{
	{pattern: "{place} has|'s been home|good =for|since|to", mode: state, meaning: livesIn},
	{pattern: "{years} in {town} and =i|we|still|counting|never", mode: state, meaning: livesIn, flags: opens | alone},
	{pattern: "{years} in {town} this =month|week|year|june|july|august|september|spring|summer|autumn|winter", mode: state, meaning: livesIn, flags: opens | alone},
	{pattern: "i|we have been|lived in {place} {years} =.|,|and|now|but|this", mode: state, meaning: livesIn},
	{pattern: "been living in {place} going|coming|nearly|almost|about|over on? {years}", mode: state, meaning: livesIn, flags: opens},
	{pattern: "i|we have called {place} home", mode: state, meaning: livesIn},
	{pattern: "home base is {place}", mode: state, meaning: livesIn, flags: opens},
	{pattern: "from {place} , my =home|adopted", mode: state, meaning: livesIn},
	{pattern: "i am {basedin} =.|,|and|so|now|these|but|if", mode: state, meaning: livesIn},
	{pattern: "{basedin} =.|here|and|so|,", mode: state, meaning: livesIn, flags: opens | alone},
	{pattern: "as|being a|an resident|inhabitant of {place}", mode: state, meaning: livesIn, flags: opens},
	{pattern: "my|our rent|council-tax|landlord|landlady|council|street|allotment in {town} =is|went|has|keeps|says|will|costs|are|floods|just", mode: state, meaning: livesIn},
	{pattern: "my neighbours|neighbors|street|garden|allotment|local|road|flat|building|landlord here|over|up|down in {place} =are|is|have|has|,|.", mode: state, meaning: livesIn},
	{pattern: "signed the|a|our lease|contract|papers|tenancy on|for a|an|the|our {home} in {place}", mode: event, meaning: livesIn},
	{pattern: "i|we have put down roots in {place}", mode: state, meaning: livesIn},
	{pattern: "i|we put down roots in {place}", mode: state, meaning: livesIn},
	{pattern: "i hang my hat in {place}", mode: state, meaning: livesIn},
	{pattern: "{place} is|'s where i hang my hat", mode: state, meaning: livesIn},
	{pattern: "my|the job|work|company|employer|firm|office moved|relocated|transferred|posted me|us to {town} =.|,|and|last|in|this", mode: event, meaning: livesIn},
	{pattern: "work moved|relocated|transferred|posted me|us to {town} =.|,|and|last|in|this", mode: event, meaning: livesIn, flags: opens},
	{pattern: "where i|we live , {place} =,", mode: state, meaning: livesIn, flags: asked},
	{pattern: "where i|we live ( {place} =)", mode: state, meaning: livesIn, flags: asked},
	{pattern: "where i|we live ,? in {place} =,|.|there|we|i|it|the|you|nobody|they|everyone|is", mode: state, meaning: livesIn, flags: asked},
	{pattern: "my town|city|village|suburb , {place} =,", mode: state, meaning: livesIn, flags: asked},
	{pattern: "living|life in {place} =suits|agrees", mode: state, meaning: livesIn, flags: opens},
	{pattern: "i|we love|hate|like|enjoy|adore living in {place}", mode: state, meaning: livesIn},
	{pattern: "i|we am|are enjoying|loving|hating life|living|it here? in {place}", mode: state, meaning: livesIn},
	{pattern: "my commute in? from {place} =is|takes|has|was", mode: state, meaning: livesIn},
	{pattern: "i commute in? from {place} =to|into|every|daily|by|on|,|.", mode: state, meaning: livesIn},
	{pattern: "i|we pay a fortune|bomb|packet for a|an|this|our {home} in {place}", mode: state, meaning: livesIn},
	{pattern: "i|we pay £|$|€? {amount} a|per month|week for a|an|this|our {home} in {place}", mode: state, meaning: livesIn},
	{pattern: "i|we pay £|$|€? {amount} a|per month|week for a|an|this|our shoebox|cupboard|box in {place}", mode: state, meaning: livesIn},
	{pattern: "rest of me|us is|lives in {place}", mode: state, meaning: livesIn},
	{pattern: "my|our first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth winter|summer|spring|autumn|christmas|year living|renting in {place}", mode: state, meaning: livesIn},
	{pattern: "my|our first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth winter|summer|spring|autumn|christmas|year in this|my|our|a|the {home} in {place}", mode: state, meaning: livesIn},
	{pattern: "at|in|outside my|our place|flat|house|studio|apartment|gaff in {town} =today|tonight|this|right|,|.|now|and", mode: state, meaning: livesIn},
	{pattern: "am|are staying|remaining|stopping put? in {place} after all", mode: state, meaning: livesIn},

	{pattern: "my|our car , it is|'s a|an old|new|little? {car}", mode: state, meaning: drives},
	{pattern: "it has been {town} for the? last|past? {years}", mode: state, meaning: livesIn},
	{pattern: "{place} is|'s where i|we have ended|settled up? =.|,|and|of|so|for", mode: state, meaning: livesIn},
	{pattern: "i|we have been in {town} since the =spring|summer|autumn|winter|divorce|wedding|new", mode: state, meaning: livesIn},
	{pattern: "before the|our {gap} i|we lived in {place}", mode: ending, meaning: livesIn, flags: opens},
}

// placeRules are verbs of home beside the others.
var placeRules = []rule{
	{verb: "stay", pattern: "in {place} with my|our family|wife|husband|kids|children|parents|wife|in-laws", mode: state, meaning: livesIn},
	{verb: "stay", pattern: "put? in {place} after all", mode: state, meaning: livesIn},
	{verb: "live", pattern: "alone|together|happily|quietly|locally|nearby ,? in {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "right? on|at|in the outskirts|edge|middle|centre|center|heart|suburbs|fringes|border of {place}", mode: state, meaning: livesIn},
	{verb: "rent", pattern: "a|an|the room|flat|place|studio above|over|behind|opposite|near a|an|the {noun} in {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "out in the sticks|country|countryside|wilds|hills near|outside|by|above {place}", mode: state, meaning: livesIn},
	{verb: "be", pattern: "back living in {place}", mode: state, meaning: livesIn},
	{verb: "be", pattern: "living back in {place}", mode: state, meaning: livesIn},
	{verb: "move", pattern: "back home to {place}", mode: event, meaning: movesTo},
	{verb: "transfer", pattern: "to {town} =.|,|and|last|in|this", mode: passiveEvent, meaning: movesTo},
}

// stayedOn say that somebody is where they came to.
var stayedOn = phrases("i have stayed", "i have stayed put", "never left", "never looked back", "never went home", "never went back", "still here", "been here ever since", "been here since", "have not left since", "not left since", "stayed for good", "ended up staying")

// neverLeft reads "came to Porto for a weekend in 2012 and never left" at the words of staying.
func (x *extractor) neverLeft(i int, s sentence) bool {
	n := x.phraseOf(i, s.to, stayedOn)
	if n == 0 || i+n < s.to && x.toks[i+n].kind == word && !followers[x.toks[i+n].low] {
		return false
	}
	came, mine, found := false, x.toks[x.skipFillers(s.from, i)].is("came", "landed", "arrived", "moved"), captured{}
	for j := s.from; j < i; j++ {
		t := &x.toks[j]
		switch {
		case t.kind == quoted || t.is("he", "she", "they", "who", "his", "her", "almost", "nearly") || kin[t.low] != "" && !(j > s.from && x.toks[j-1].is("with")) || hedges[t.low]:
			return false
		case t.is("i", "we", "me", "us"):
			mine = true
		case t.is("came", "landed", "arrived", "moved", "went", "sent", "visited", "washed", "followed", "took", "brought"):
			came = true
		case t.is("to", "in", "at") && came || t.is("visited"):
			c, to, ok := x.spotCapture("town", j+1, i)
			if !ok || months[lower(c.party.ref.Name)] != 0 {
				continue
			}
			if found.party.ref.Name != "" {
				return false
			}
			found, j = c, to-1
		}
	}
	return mine && came && found.party.ref.Name != "" && x.relation(fact{subject: x.me(), key: LivesIn, object: found.party, category: knowledge, conf: likely, from: found.party.from, to: i + n})
}
