package extract

import "strings"

// tenureSpots are ways to tell of one's employer by how long one has been there.
var tenureSpots = []spot{
	{pattern: "been here|up|over|there at|with {firm} =since|for|nearly|almost|over|about", mode: state, meaning: worksAt, flags: opens},
	{pattern: "i have been here|up|over? at|with {firm} going|coming|nearly|almost|about|close on|up? {years}", mode: state, meaning: worksAt},
	{pattern: "coming|going|getting|closing up|on|in on|to? {years} at|with {firm} =,|.|and|now|in|this|next|,|;|-|!", mode: state, meaning: worksAt, flags: opens},
	{pattern: "{years} at {firm} and|, they? =not|still|counting|never|have", mode: state, meaning: worksAt, flags: opens},
	{pattern: "i am {years} in|into at|with {firm}", mode: state, meaning: worksAt},
	{pattern: "i am {years} into my|the|a|this new? job|role|post|position|contract at|with {org}", mode: state, meaning: worksAt},
	{pattern: "i am coming|getting|closing|going up|on|in on|to? {years} at|with {firm}", mode: state, meaning: worksAt},
	{pattern: "celebrated|celebrating|celebrate|marked|marking|hit|clocked|reached|completed|notched up? {years} at|with {firm}", mode: state, meaning: worksAt},
	{pattern: "my {years} at|with {firm} have|has =taught|shown|given|made", mode: state, meaning: worksAt},
	{pattern: "after {years} at|with {firm} i|we =still", mode: state, meaning: worksAt},
	{pattern: "i have spent the past|last {years} at|with {firm}", mode: state, meaning: worksAt},
	{pattern: "i have spent {years} of my life working at|with|for {org}", mode: state, meaning: worksAt},
	{pattern: "i have given {years} of my life? to {firm}", mode: state, meaning: worksAt},
	{pattern: "{years} i have given to {firm}", mode: state, meaning: worksAt},
	{pattern: "given {years} of my life to {firm}", mode: state, meaning: worksAt, flags: opens},
	{pattern: "first|second|third|fourth week|month|shift at|with {firm} =,|.|done|today|!|and|-|over", mode: state, meaning: worksAt, flags: opens},
	{pattern: "first day at|with {firm} =,|.|done|today|!|and|-|over|tomorrow", mode: event, meaning: worksAt, flags: opens},
	{pattern: "first day|week|shift with {org} today|yesterday|done|over|,|!|.", mode: event, meaning: worksAt, flags: opens | alone},
	{pattern: "i have been|am with|at the same {noun} , {firm} =,|since|for|.", mode: state, meaning: worksAt},
	{pattern: "first|second|third|fourth day|week|month|shift done|over|down|complete|finished|survived at|with {org} =.|!|,|;|-|and|today|yesterday", mode: state, meaning: worksAt, flags: opens | alone},
	{pattern: "today|yesterday was|is|'s my first day|shift at|with {org}", mode: event, meaning: worksAt},
	{pattern: "my first day|shift at|with {org} was|is today|yesterday|monday|tuesday|wednesday|thursday|friday|great|good|fine|lovely|mad|chaos|brilliant", mode: event, meaning: worksAt},
}

// workToldSpots are other ways to tell of one's employer or occupation in passing.
var workToldSpots = []spot{
	{pattern: "i got the {firm} job =.|,|!|and|;|-|)", mode: event, meaning: worksAt},
	{pattern: "i got it , the {firm} job", mode: event, meaning: worksAt},
	{pattern: "offered me the|a|that job|role|post|position|place at|with {org} and|,|so i? have? =said|accepted|took|start", mode: event, meaning: worksAt},
	{pattern: "{org} offered me the|a|that job|role|post|position and|, and|so? i have? =said|accepted|took|start", mode: event, meaning: worksAt},
	{pattern: "i have accepted|signed an|the|their job? offer|contract from|with {firm}", mode: event, meaning: worksAt},
	{pattern: "i accepted|signed an|the job? offer|contract from|with {firm}", mode: event, meaning: worksAt},
	{pattern: "{org} made|kept me permanent|full-time|staff", mode: event, meaning: worksAt},
	{pattern: "made|gone|went|kept permanent|full-time at {org}", mode: event, meaning: worksAt},
	{pattern: "spent my twenties|thirties|forties|fifties|youth working at|for {org}", mode: ending, meaning: worksAt, flags: opens | alone},
	{pattern: "i spent my twenties|thirties|forties|fifties|youth working at|for {org}", mode: ending, meaning: worksAt},
	{pattern: "been flat out|busy|swamped|run|rushed off? my? feet? at {firm}", mode: state, meaning: worksAt, flags: opens | alone},
	{pattern: "my shift|rota|team|desk|office|contract at {org} =ends|starts|begins|finishes|runs|got|have|has", mode: state, meaning: worksAt},
	{pattern: "my lanyard|payslip|payslips|contract from {firm}", mode: state, meaning: worksAt, flags: asked},
	{pattern: "we are hiring|recruiting|short-staffed|understaffed|swamped at {firm}", mode: state, meaning: worksAt},
	{pattern: "{org} took me on =in|last|as|.|,|and|when|straight", mode: event, meaning: worksAt},
	{pattern: "the {outfit} i work for|at|with is|'s called? {org}", mode: state, meaning: worksAt},
	{pattern: "got a job , at|with {firm}", mode: event, meaning: worksAt},
	{pattern: "still at {workplace} =,|.|and|but", mode: state, meaning: worksAt, flags: opens | alone},
	{pattern: "it is|'s a|an|this {outfit} called|named {org} that|which? i work for|at", mode: state, meaning: worksAt},
	{pattern: "where i work , {org} =,", mode: state, meaning: worksAt},
	{pattern: "place|firm|company|outfit|lot|crowd i work|joined|am 's|is|with|for|at is|'s? called {org}", mode: state, meaning: worksAt, flags: opens},
	{pattern: "the company|firm|outfit|studio|agency|charity|school|startup i joined is|'s|was called? {org}", mode: state, meaning: worksAt},
	{pattern: "the|my new|day|second|other|weekend|evening job|gig|role|post|position is|'s at|with {org}", mode: state, meaning: worksAt},
	{pattern: "new|second|day|weekend|evening|current job|gig|role|post|position|employer is|'s|: at|with? {org}", mode: state, meaning: worksAt, flags: opens},
	{pattern: "still at|with {org} , =in|for", mode: state, meaning: worksAt, flags: opens},
	{pattern: "have not changed|switched|moved jobs|job|employers|companies , still at|with {org}", mode: state, meaning: worksAt},
	{pattern: "i have landed at {firm}", mode: event, meaning: worksAt},
	{pattern: "i went back to work at {org}", mode: event, meaning: worksAt},
	{pattern: "i nurse at {org}", mode: state, meaning: worksAt},
	{pattern: "i tend bar at {org}", mode: state, meaning: worksAt},
	{pattern: "{org} , where i am a|an|the {role}", mode: state, meaning: worksAt, flags: firstOf | asked},
	{pattern: "{org} , that is|'s my employer|employers|work|company|firm", mode: state, meaning: worksAt},
	{pattern: "{org} , which is|'s where i work", mode: state, meaning: worksAt},
	{pattern: "at|for|in a|an|this {outfit} , {org} it|they is|'s|are called", mode: state, meaning: worksAt},
	{pattern: "i am at a|an {noun} , {org} it is|'s called", mode: state, meaning: worksAt},
	{pattern: "i am|work at|for|in|with a|an {outfit} now? ,? it|they is|'s|are called {org}", mode: state, meaning: worksAt},
	{pattern: "i have been a|an|the {role} at|with|for|in {org} !before|once|until", mode: state, meaning: worksAt},
}

// roleOpeners are words before a job without an article.
var roleOpeners = set(`newly freelance junior senior trainee lead chief deputy assistant staff locum agency contract part-time full-time qualified registered chartered primary secondary bus lorry taxi van train social
	care support key youth factory warehouse shop bar delivery call night security head retail dental veterinary software web graphic data project product marketing sales`)

// roleToldSpots are other ways to tell of one's occupation.
var roleToldSpots = []spot{
	{pattern: "i am coming|getting up|on to|for {years} as a|an {role}", mode: state, meaning: doesWork},
	{pattern: "{years} as a|an {role} and =i|we|have|still|never|it|nobody|not", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "{years} a|an {role} and|, =i|we|have|still|never|it|nobody|not", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "{years} a|an {role} =.", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "{role} for|of {years} ,? =.|so|and|i|now|never|still", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "{years} i have been a|an {role}", mode: state, meaning: doesWork, flags: opens},
	{pattern: "{role} by trade|profession =.|,|and|but", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "{role} by day , {role} by night =.", mode: state, meaning: doesWork, flags: opens | alone | firstOf},
	{pattern: "earning|making my|a crust|living|keep|money as a|an? {role}", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "i gave|left up? {study} to become|be a|an {role}", mode: state, meaning: doesWork},
	{pattern: "once a|an {role} , now a|an {role} =.", mode: state, meaning: doesWork, flags: opens | alone | asked},
	{pattern: "made|appointed me the|their|our? {role} =.|,|and|last|yesterday|today|at", mode: state, meaning: doesWork},
	{pattern: "you are looking|talking|speaking at|to the|a|your|our new|newest|latest|fully? qualified? {role} =.|,|and|of|at", mode: state, meaning: doesWork},
	{pattern: "i am one of the|two|three|four|five|six|only|our two|three|four|five|six? {roles} =at|in|on|here|.|,|and", mode: state, meaning: doesWork},
	{pattern: "i|we are both {roles} =.|,|and|so|but|by|in|at", mode: state, meaning: doesWork},
	{pattern: "first day|week|month|shift|term as a|an|the {role} =.|,|today|and|done|tomorrow", mode: event, meaning: doesWork, flags: opens | alone},
	{pattern: "my official|full|actual|exact|current|proper|job job? title is|'s|: {role}", mode: state, meaning: doesWork, flags: asked},
	{pattern: "{role} =since", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "now a|an {role} =.|,|and|so", mode: state, meaning: doesWork, flags: opens | alone},
	{pattern: "as|being the only {role} =in|on|at|here|around", mode: state, meaning: doesWork, flags: opens | asked},
	{pattern: "made me up to {role}", mode: state, meaning: doesWork},
	{pattern: "i have been made up to {role}", mode: state, meaning: doesWork},
	{pattern: "i am a|an mum|mom|dad|mother|father {gap} and a|an {role} =.|,|so", mode: state, meaning: doesWork},
	{pattern: "where i am a|an|the {role} =.|,|and|so|but", mode: state, meaning: doesWork},
	{pattern: "i meant {role} =,|.|not", mode: state, meaning: doesWork},
}

// rolesAt reads the plural of a role; what is kept is the singular.
func (x *extractor) rolesAt(i, end int) (captured, int, bool) {
	c := captured{name: "roles"}
	for j := i; j < min(i+4, end) && x.toks[j].kind == word && (j == i || x.toks[j].joined); j++ {
		one := singular(x.toks[j].low)
		if one != x.toks[j].low && jobs[one] && !loneHead[one] && x.roleWords(i, j) {
			head := x.toks[j].text[:min(len(one), len(x.toks[j].text))]
			c.text, c.party = one, party{from: i, to: j + 1, conf: 1}
			if strings.HasPrefix(x.toks[j].low, one) {
				c.text = head
			}
			if j > i {
				c.text = x.quote(i, j) + " " + c.text
			}
			return c, j + 1, true
		}
		if roleStops[x.toks[j].low] || roleBreakers[x.toks[j].low] {
			break
		}
	}
	return c, i, false
}

// workToldRules are verbs of work beside the others.
var workToldRules = []rule{
	{verb: "be", pattern: "here|up|over|down|back at|with {firm}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "here|there|late|early|saturdays|sundays|fridays|mondays at|for {org}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "nights|days|evenings|mornings|weekends|shifts|part-time|full-time|freelance|offshore|here|there as {role}", mode: state, meaning: hasRole},
	{verb: "swap", pattern: "{firm} for {firm}", mode: event, meaning: joined},
	{verb: "employ", pattern: "as {role}", mode: passiveState, meaning: hasRole},
	{verb: "freelance", pattern: "as {role}", mode: state, meaning: hasRole},
	{verb: "take", pattern: "over as {role} =.|,|and|last|this|since|from|of", mode: event, meaning: hasRole},
}
