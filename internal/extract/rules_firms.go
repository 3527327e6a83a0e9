package extract

import "github.com/spectron-go/spectron/internal/record"

// The meanings of what is said of firms.
var (
	runs      = meaning{key: Manages, category: record.Knowledge, personal: true}
	ownsFirm  = meaning{key: Owns, category: record.Knowledge}
	boughtBy  = meaning{key: Acquired, category: record.Knowledge, org: true, inverse: true}
	foundedBy = meaning{key: Founded, category: record.Knowledge, org: true, inverse: true}
	runBy     = meaning{key: Manages, category: record.Knowledge, org: true, inverse: true}
	ownedBy   = meaning{key: Owns, category: record.Knowledge, org: true, inverse: true}
	heads     = meaning{key: Manages, category: record.Knowledge}
	firmIn    = meaning{key: LivesIn, category: record.Knowledge, org: true}
)

// firmRules are verbs of founding, running, buying and selling firms.
var firmRules = []rule{
	{verb: "start", pattern: "by {person}", mode: passiveEvent, meaning: foundedBy},
	{verb: "set", pattern: "up by {person}", mode: passiveEvent, meaning: foundedBy},
	{verb: "launch", pattern: "by {person}", mode: passiveEvent, meaning: foundedBy},
	{verb: "establish", pattern: "by {person}", mode: passiveEvent, meaning: foundedBy},
	{verb: "cofound", pattern: "by {person}", mode: passiveEvent, meaning: foundedBy},
	{verb: "head", pattern: "by {person}", mode: passiveState, meaning: runBy},
	{verb: "lead", pattern: "by {person}", mode: passiveState, meaning: runBy},
	{verb: "manage", pattern: "by {person}", mode: passiveState, meaning: runBy},
	{verb: "base", pattern: "in {place}", mode: passiveState, meaning: firmIn},
	{verb: "locate", pattern: "in {place}", mode: passiveState, meaning: firmIn},
	{verb: "headquarter", pattern: "in {place}", mode: passiveState, meaning: firmIn},
	{verb: "belong", pattern: "to {person}", mode: state, meaning: ownedBy},
	{verb: "absorb", pattern: "by {org}", mode: passiveEvent, meaning: boughtBy},
	{verb: "purchase", pattern: "by {org}", mode: passiveEvent, meaning: boughtBy},
	{verb: "get", pattern: "taken|bought|acquired|snapped|swallowed|gobbled over|out|up? by {org}", mode: event, meaning: boughtBy},
	{verb: "snap", pattern: "up by {org}", mode: passiveEvent, meaning: boughtBy},
	{verb: "snap", pattern: "up {org}", mode: event, meaning: acquired},
	{verb: "swallow", pattern: "up? {org}", mode: event, meaning: acquired},
	{verb: "buy", pattern: "out|up {org}", mode: event, meaning: acquired},
	{verb: "buy", pattern: "our|my|the {noun} ,|called|named {org}", mode: event, meaning: acquired},
	{verb: "acquire", pattern: "a|an|the|some|our|my {noun} ,|called|named {org}", mode: event, meaning: acquired},
	{verb: "run", pattern: "a|an|my|our|the {noun} , {firm}", mode: state, meaning: manages},
	{verb: "run", pattern: "the whole of {org}", mode: state, meaning: runs},
	{verb: "head", pattern: "up? {firm}", mode: state, meaning: runs},
	{verb: "own", pattern: "a|an|the|our|my {outfit} ,|called|named {org}", mode: state, meaning: ownsFirm},
	{verb: "start", pattern: "a|an|my|our|his|her|their own? {noun} , {org}", mode: bygone, meaning: founded},
	{verb: "found", pattern: "a|an|my|our|his|her|their own? {outfit} ,|called|named {org}", mode: bygone, meaning: founded},
	{verb: "set", pattern: "up a|an|my|our|his|her|their own? {noun} , {org}", mode: bygone, meaning: founded},
	{verb: "launch", pattern: "a|an|my|our|his|her|their own? {outfit} ,|called|named {org}", mode: bygone, meaning: founded},
	{verb: "launch", pattern: "{firm}", mode: bygone, meaning: founded},
	{verb: "establish", pattern: "{firm}", mode: bygone, meaning: founded},
	{verb: "start", pattern: "{firm}", mode: bygone, meaning: founded},
	{verb: "open", pattern: "a|an|my|our|his|her|their own? {outfit} ,|called|named {org}", mode: bygone, meaning: founded},
}

// firmSpots are ways to tell of firms in passing.
var firmSpots = []spot{
	{pattern: "{whoever} , the|a|an? founder|co-founder|cofounder of|behind {org}", mode: bygone, meaning: founded, flags: ofFirst},
	{pattern: "{whoever} is|was|, the? founder|co-founder|cofounder of {org}", mode: bygone, meaning: founded, flags: ofFirst},
	{pattern: "{whoever} founded|co-founded|started|established it in|with|back|after|,", mode: bygone, meaning: founded, flags: ofFirst},
	{pattern: "{whoever} , who|that runs|owns|manages|heads the whole of {org}", mode: state, meaning: heads, flags: ofFirst},
	{pattern: "{whoever} , who|that founded|started|established|launched {org}", mode: bygone, meaning: founded, flags: ofFirst},
	{pattern: "{whoever} , who|that runs|manages|heads {firm}", mode: state, meaning: heads, flags: ofFirst},
	{pattern: "{whoever} , who|that owns {firm}", mode: state, meaning: ownsFirm, flags: ofFirst},
	{pattern: "{whoever} runs|manages|heads {firm}", mode: state, meaning: heads, flags: ofFirst},
	{pattern: "{whoever} owns {firm}", mode: state, meaning: ownsFirm, flags: ofFirst},
	{pattern: "{whoever} took over as|at {gap}? head|boss|ceo|director|chief|manager|chair of|at {org}", mode: state, meaning: heads, flags: ofFirst},
	{pattern: "{org} , founded|started|established|set by|up by? {whoever}", mode: bygone, meaning: founded, flags: ofFirst | inverted},
	{pattern: "{org} , run|headed|led|managed by {whoever}", mode: state, meaning: heads, flags: ofFirst | inverted},
	{pattern: "{org} , owned by {whoever}", mode: state, meaning: ownsFirm, flags: ofFirst | inverted},
	{pattern: "{org} belongs to {whoever}", mode: state, meaning: ownsFirm, flags: ofFirst | inverted},
	{pattern: "founded|started|established by {whoever} , {org}", mode: bygone, meaning: founded, flags: ofFirst | opens},
	{pattern: "founder|co-founder|cofounder of|behind {org} is|'s|,|was {whoever}", mode: bygone, meaning: founded, flags: ofFirst | inverted},
	{pattern: "owner of {org} is|'s|, {whoever}", mode: state, meaning: ownsFirm, flags: ofFirst | inverted},
	{pattern: "{org} 's ceo|boss|head|director|chair|chairman|chairwoman|president ,|is {whoever}", mode: state, meaning: heads, flags: ofFirst | inverted},
	{pattern: "{org} 's founder|co-founder ,|is|was {whoever}", mode: bygone, meaning: founded, flags: ofFirst | inverted},
	{pattern: "{org} 's owner ,|is {whoever}", mode: state, meaning: ownsFirm, flags: ofFirst | inverted},
	{pattern: "{org} 's ceo|boss|director|chair|manager ,|is {whoever}", mode: state, meaning: heads, flags: ofFirst | inverted},
	{pattern: "{org} is|'s {whoever} 's company|firm|business|shop|bakery|studio|baby|brainchild|place", mode: state, meaning: ownsFirm, flags: ofFirst | inverted},
	{pattern: "{whoever} ( {org} 's founder|co-founder", mode: bygone, meaning: founded, flags: ofFirst},
	{pattern: "{whoever} is|'s in charge at|of {firm}", mode: state, meaning: heads, flags: ofFirst},
	{pattern: "ceo|boss|head|chief|director|chair|chairman|chairwoman|president of {org} is|'s|,|was {whoever}", mode: state, meaning: heads, flags: ofFirst | inverted},
	{pattern: "{org} bought|acquired|absorbed|swallowed our|my company|firm|employer|startup|agency|studio|shop , {org}", mode: event, meaning: acquired, flags: ofFirst},
	{pattern: "{org} , which|who|that just|recently? bought|acquired|absorbed|swallowed {org}", mode: event, meaning: acquired, flags: ofFirst},
	{pattern: "i|we bought|acquired {firm} off|from|in", mode: event, meaning: ownsFirm},
}
