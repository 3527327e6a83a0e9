package extract

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// The meanings of the verb rules.
var (
	worksAt   = meaning{key: WorksAt, category: record.Knowledge, personal: true}
	joined    = meaning{key: WorksAt, category: record.Knowledge}
	hasRole   = meaning{key: Role, category: record.Knowledge, role: true, personal: true}
	livesIn   = meaning{key: LivesIn, category: record.Knowledge, personal: true}
	movesTo   = meaning{key: LivesIn, category: record.Knowledge}
	bornIn    = meaning{key: BornIn, category: record.Identity, personal: true}
	grewUpIn  = meaning{key: GrewUpIn, category: record.Identity, personal: true}
	marriedTo = meaning{key: Spouse, category: record.Identity, personal: true}
	reportsTo = meaning{key: ReportsTo, category: record.Knowledge, personal: true}
	worksWith = meaning{key: WorksWith, category: record.Knowledge, personal: true}
	founded   = meaning{key: Founded, category: record.Knowledge, personal: true}
	acquired  = meaning{key: Acquired, category: record.Knowledge, org: true}
	manages   = meaning{key: Manages, category: record.Knowledge}
	studiedAt = meaning{key: StudiedAt, category: record.Knowledge, personal: true}
)

// verbRules are the patterns by verb, tried in this order. What follows the verb is matched whole: a rule
// whose last capture is followed by something unexpected does not apply.
var verbRules = compile(append([]rule{
	{verb: "work", pattern: "as {role}", mode: state, meaning: hasRole},
	{verb: "work", pattern: "full-time|part-time|remotely? at|for {org}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "in sales|marketing|engineering|product|finance|hr|operations|design|support|research|accounting|it|logistics|security at|for {org}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "at|for a|an {noun} called|named {org}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "closely? with {person}", mode: state, meaning: worksWith},
	{verb: "employ", pattern: "at|by {org}", mode: passiveState, meaning: worksAt},
	{verb: "hire", pattern: "by {org}", mode: passiveEvent, meaning: worksAt},
	{verb: "hire", pattern: "as {role}", mode: passiveEvent, meaning: hasRole},
	{verb: "join", pattern: "{org}", mode: event, meaning: joined},
	{verb: "start", pattern: "working at|for {org}", mode: event, meaning: worksAt},
	{verb: "start", pattern: "at {org}", mode: event, meaning: joined},
	{verb: "start", pattern: "my|his|her|a? new? job|position|role at|with {org}", mode: event, meaning: worksAt},
	{verb: "start", pattern: "my|his|her|a? new? job|position|role as {role}", mode: event, meaning: hasRole},
	{verb: "start", pattern: "as {role}", mode: event, meaning: hasRole},
	{verb: "start", pattern: "working as {role}", mode: event, meaning: hasRole},
	{verb: "begin", pattern: "working at|for {org}", mode: event, meaning: worksAt},
	{verb: "begin", pattern: "working as {role}", mode: event, meaning: hasRole},
	{verb: "get", pattern: "a|the new? job|position at|with {org}", mode: event, meaning: worksAt},
	{verb: "get", pattern: "a|the new? job|position as {role}", mode: event, meaning: hasRole},
	{verb: "get", pattern: "hired by|at {org}", mode: event, meaning: worksAt},
	{verb: "get", pattern: "hired as {role}", mode: event, meaning: hasRole},
	{verb: "get", pattern: "promoted to {role}", mode: event, meaning: hasRole},
	{verb: "get", pattern: "laid off|fired from|by {org}", mode: ending, meaning: worksAt},
	{verb: "get", pattern: "laid off from|by|at {org}", mode: ending, meaning: worksAt},
	{verb: "get", pattern: "married to {person}", mode: event, meaning: marriedTo},
	{verb: "get", pattern: "engaged to {person}", mode: event, meaning: meaning{key: EngagedTo, category: record.Identity, personal: true}},
	{verb: "land", pattern: "a|the new? job|position|role at|with {org}", mode: event, meaning: worksAt},
	{verb: "accept", pattern: "a|the new? job|position|role at|with {org}", mode: event, meaning: worksAt},
	{verb: "take", pattern: "a|the new? job|position|role at|with {org}", mode: event, meaning: worksAt},
	{verb: "promote", pattern: "to {role}", mode: passiveEvent, meaning: hasRole},
	{verb: "appoint", pattern: "as? {role}", mode: passiveEvent, meaning: hasRole},
	{verb: "become", pattern: "{role}", mode: event, meaning: hasRole},
	{verb: "leave", pattern: "my|his|her job|position|role at|with {org}", mode: ending, meaning: worksAt},
	{verb: "leave", pattern: "{org}", mode: ending, meaning: joined},
	{verb: "quit", pattern: "my|his|her job|position|role at|with {org}", mode: ending, meaning: worksAt},
	{verb: "quit", pattern: "{org}", mode: ending, meaning: joined},
	{verb: "resign", pattern: "from {org}", mode: ending, meaning: worksAt},
	{verb: "retire", pattern: "from {org}", mode: ending, meaning: worksAt},
	{verb: "lay", pattern: "off from|by|at {org}", mode: passiveEnd, meaning: worksAt},
	{verb: "fire", pattern: "from|by {org}", mode: passiveEnd, meaning: worksAt},

	{verb: "live", pattern: "in {place}", mode: state, meaning: livesIn},
	{verb: "reside", pattern: "in {place}", mode: state, meaning: livesIn},
	{verb: "base", pattern: "in|out {place}", mode: passiveState, meaning: livesIn},
	{verb: "move", pattern: "out of {place}", mode: ending, meaning: movesTo},
	{verb: "move", pattern: "away from {place}", mode: ending, meaning: movesTo},
	{verb: "move", pattern: "from {place} to {place}", mode: event, meaning: movesTo},
	{verb: "move", pattern: "back|over|down|up|here? to {place}", mode: event, meaning: movesTo},
	{verb: "relocate", pattern: "from {place} to {place}", mode: event, meaning: movesTo},
	{verb: "relocate", pattern: "to {place}", mode: event, meaning: movesTo},
	{verb: "be", pattern: "originally? from {place}", mode: state, meaning: meaning{key: From, category: record.Identity, personal: true}},
	{verb: "come", pattern: "originally? from {place}", mode: state, meaning: meaning{key: From, category: record.Identity, personal: true}},
	{verb: "grow", pattern: "up in {place}", mode: bygone, meaning: grewUpIn},
	{verb: "raise", pattern: "in {place}", mode: bygone, meaning: grewUpIn},
	{verb: "bear", pattern: "and raised in {place}", mode: bygone, meaning: bornIn},
	{verb: "bear", pattern: "in {place}", mode: bygone, meaning: bornIn},

	{verb: "marry", pattern: "to {person}", mode: passiveState, meaning: marriedTo},
	{verb: "marry", pattern: "{person}", mode: event, meaning: marriedTo},
	{verb: "report", pattern: "directly? to {person}", mode: state, meaning: reportsTo},
	{verb: "found", pattern: "{org}", mode: bygone, meaning: founded},
	{verb: "cofound", pattern: "{org}", mode: bygone, meaning: founded},
	{verb: "co-found", pattern: "{org}", mode: bygone, meaning: founded},
	{verb: "acquire", pattern: "{org}", mode: event, meaning: acquired},
	{verb: "buy", pattern: "{org}", mode: event, meaning: acquired},
	{verb: "manage", pattern: "{project}", mode: state, meaning: manages},
	{verb: "lead", pattern: "{project}", mode: state, meaning: manages},
	{verb: "manage", pattern: "{person}", mode: state, meaning: manages},

	{verb: "study", pattern: "at {org}", mode: state, meaning: studiedAt},
	{verb: "study", pattern: "{noun} at {org}", mode: state, meaning: studiedAt},
	{verb: "graduate", pattern: "from {org}", mode: bygone, meaning: studiedAt},
}, slices.Concat(changeRules, dailyRules, lifeRules, firmRules, homeRules, workToldRules, placeRules)...))
