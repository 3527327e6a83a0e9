package extract

// lifeRules are verbs of home, work and studies, as people use them in passing.
var lifeRules = []rule{
	// home
	{verb: "own", pattern: "a|an|our|my|the {home} in|near {place}", mode: state, meaning: livesIn},
	{verb: "rent", pattern: "a|an|our|my|the {home} in|near {place}", mode: state, meaning: livesIn},
	{verb: "share", pattern: "a|an|our|my|the {home} in|near {place}", mode: state, meaning: livesIn},
	{verb: "have", pattern: "a|an|our|my {home} in|near {place}", mode: state, meaning: livesIn},
	{verb: "buy", pattern: "a|an|our|my|the first|own? {home} in|near {place}", mode: event, meaning: movesTo},
	{verb: "find", pattern: "a|an|our|my {home} in|near {place}", mode: event, meaning: movesTo},
	{verb: "get", pattern: "a|an|our|my|the|keys to? a|an|our|my|the? {home} in|near {place}", mode: event, meaning: movesTo},
	{verb: "move", pattern: "in|into to? a|an|our|my|the {home} in|near {place}", mode: event, meaning: movesTo},
	{verb: "move", pattern: "out|in|over|across|back here? to {place}", mode: event, meaning: movesTo},
	{verb: "settle", pattern: "down|back? in {place}", mode: state, meaning: livesIn},
	{verb: "stay", pattern: "in {place} ,? =near|close|with", mode: state, meaning: livesIn},
	{verb: "live", pattern: "with|near|by {company} ,? in {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "right|just? by|near|opposite|beside|behind|off {noun} in {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "right|just|smack near|outside|round|around {place}", mode: state, meaning: livesIn},
	{verb: "grow", pattern: "up near|outside|around|between {place}", mode: bygone, meaning: grewUpIn},
	{verb: "grow", pattern: "up on a|an|the {noun} in|near|outside {place}", mode: bygone, meaning: grewUpIn},
	{verb: "grow", pattern: "up in a|an|the {noun} in|near|outside|called {place}", mode: bygone, meaning: grewUpIn},
	{verb: "raise", pattern: "on a|an|the|by|in {noun} in|near|outside {place}", mode: bygone, meaning: grewUpIn},
	{verb: "end", pattern: "up living|settling|staying? in {place} !for|instead|hospital|by", mode: event, meaning: movesTo},
}
