package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// The meanings of what changes.
var (
	divorced  = meaning{key: Spouse, blank: true, sets: true, also: []string{Partner, EngagedTo}}
	parted    = meaning{key: Partner, blank: true, also: []string{Spouse, EngagedTo, "fiance"}}
	calledOff = meaning{key: EngagedTo, blank: true, also: []string{"fiance"}}
	jobless   = meaning{key: WorksAt, blank: true}
	hobby     = meaning{key: Hobby, category: record.Knowledge}
	ill       = meaning{key: Condition, category: record.Identity}
	drives    = meaning{key: Car, category: record.Knowledge, value: true}
	petGone   = meaning{key: Pet, blank: true}
	carGone   = meaning{key: Car, blank: true, value: true}
	studies   = meaning{key: Major, category: record.Identity, value: true}
)

// changeRules say what ends, and what begins with it.
var changeRules = []rule{
	{verb: "divorce", pattern: "from? {person}?", mode: ending, meaning: divorced},
	{verb: "divorce", pattern: "from? {person}?", mode: passiveState, meaning: divorced},
	{verb: "get", pattern: "a? divorced|divorce from? {person}?", mode: ending, meaning: divorced},
	{verb: "separate", pattern: "from? {person}?", mode: ending, meaning: divorced},
	{verb: "separate", pattern: "from? {person}?", mode: passiveState, meaning: divorced},
	{verb: "split", pattern: "up with? {person}?", mode: ending, meaning: parted},
	{verb: "split", pattern: "from|with {person}", mode: ending, meaning: parted},
	{verb: "break", pattern: "up with? {person}?", mode: ending, meaning: parted},
	{verb: "break", pattern: "off the|our|my engagement with|to? {person}?", mode: ending, meaning: calledOff},
	{verb: "call", pattern: "off the|our|my engagement|wedding with|to? {person}?", mode: ending, meaning: calledOff},
	{verb: "call", pattern: "the|our|my engagement|wedding off", mode: ending, meaning: calledOff},
	{verb: "call", pattern: "it|things off with {person}", mode: ending, meaning: parted},
	{verb: "end", pattern: "things with {person}", mode: ending, meaning: parted},

	{verb: "get", pattern: "married to {person}", mode: state, meaning: meaning{key: EngagedTo, category: record.Identity, personal: true}},
	{verb: "be", pattern: "in a relationship with {person}", mode: state, meaning: meaning{key: Partner, category: record.Identity}},
	{verb: "have", pattern: "the|my|our|a {animal}", mode: state, meaning: petGone},
	{verb: "be", pattern: "a|an widow|widower|divorcee|divorcé|divorcée", mode: state, meaning: meaning{key: Spouse, blank: true, over: true, sets: true}},
	{verb: "be", pattern: "with {named}", mode: state, meaning: parted},
	{verb: "split", pattern: "", mode: ending, meaning: parted},
	{verb: "quit", pattern: "my|the old? job", mode: ending, meaning: jobless},
	{verb: "leave", pattern: "my|the old? job", mode: ending, meaning: jobless},
	{verb: "lose", pattern: "my|his|her job at|with? {org}?", mode: ending, meaning: jobless},
	{verb: "hand", pattern: "in my notice at|with|to? {org}?", mode: ending, meaning: jobless},
	{verb: "give", pattern: "notice at|with|to? {org}?", mode: ending, meaning: jobless},
	{verb: "drop", pattern: "out of {org}", mode: ending, meaning: studiedAt},
	{verb: "give", pattern: "away my|our|the old? {animal}", mode: ending, meaning: petGone},
	{verb: "rehome", pattern: "my|our|the old? {animal}", mode: ending, meaning: petGone},
	{verb: "lose", pattern: "my|our old? {animal}", mode: ending, meaning: petGone},
	{verb: "put", pattern: "down my|our old? {animal}", mode: ending, meaning: petGone},
	{verb: "put", pattern: "my|our old? {animal} down|to", mode: ending, meaning: petGone},
	{verb: "resign", pattern: "", mode: ending, meaning: jobless},
	{verb: "work", pattern: "there|here", mode: state, meaning: jobless},
	{verb: "live", pattern: "there|here", mode: state, meaning: meaning{key: LivesIn, blank: true}},
	{verb: "be", pattern: "together|married|engaged", mode: state, meaning: parted},
	{verb: "retire", pattern: "", mode: ending, meaning: jobless},
	{verb: "get", pattern: "fired|sacked from|by? {org}?", mode: ending, meaning: jobless},
	{verb: "get", pattern: "laid off from|by? {org}?", mode: ending, meaning: jobless},
	{verb: "get", pattern: "made redundant from|by|at? {org}?", mode: ending, meaning: jobless},
	{verb: "lay", pattern: "off", mode: passiveEnd, meaning: jobless},
	{verb: "make", pattern: "redundant from|by|at? {org}?", mode: passiveEnd, meaning: jobless},

	{verb: "sell", pattern: "my|the|our old? {car}", mode: ending, meaning: carGone},
	{verb: "sell", pattern: "my|the|our old? car", mode: ending, meaning: carGone},
	{verb: "get", pattern: "rid of my|the|our old? car? {car}?", mode: ending, meaning: carGone},
	{verb: "drive", pattern: "a|an|my|the old|little|tiny|red|blue|black|white|green|grey|silver|battered|second-hand|used|new? {car}", mode: state, meaning: drives},
	{verb: "own", pattern: "a|an {car}", mode: state, meaning: drives},
	{verb: "have", pattern: "a|an new|old|little|lovely|used|red|blue|black|white|green|grey|silver? {car}", mode: state, meaning: drives},
	{verb: "get", pattern: "a|an|my new|used? car? ,? a|an? {car}", mode: event, meaning: drives},
	{verb: "buy", pattern: "a|an|my new|used|second-hand? car? ,? a|an? {car}", mode: event, meaning: drives},
	{verb: "buy", pattern: "a|an|myself|ourselves a|an|new? new|used|second-hand? {car}", mode: event, meaning: drives},

	{verb: "qualify", pattern: "as {role}", mode: event, meaning: hasRole},
	{verb: "bear", pattern: "and bred in {place}", mode: bygone, meaning: bornIn},
	{verb: "play", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "go", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "start", pattern: "{hobby}", mode: event, meaning: hobby},
	{verb: "paint", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "dance", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "practise", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "practice", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "start", pattern: "learning|doing|playing to? play? {hobby}", mode: event, meaning: hobby},
	{verb: "learn", pattern: "to? play? {hobby}", mode: state, meaning: hobby},
	{verb: "collect", pattern: "{thing}", mode: state, meaning: hobby},
	{verb: "run", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "stop", pattern: "playing|doing|going {hobby}", mode: ending, meaning: hobby},
	{verb: "pick", pattern: "up {activity}", mode: event, meaning: hobby},
	{verb: "get", pattern: "back? into {activity}", mode: event, meaning: hobby},
	{verb: "go", pattern: "right|completely|totally? off {thing}", mode: ending, meaning: meaning{key: Likes, category: record.Knowledge}},
	{verb: "grow", pattern: "up speaking {language}", mode: bygone, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{verb: "take", pattern: "up {activity}", mode: event, meaning: hobby},
	{verb: "do", pattern: "{hobby}", mode: state, meaning: hobby},
	{verb: "give", pattern: "up {activity}", mode: ending, meaning: hobby},
	{verb: "quit", pattern: "{hobby}", mode: ending, meaning: hobby},
	{verb: "pack", pattern: "in {activity}", mode: ending, meaning: hobby},
	{verb: "drop", pattern: "{hobby}", mode: ending, meaning: hobby},

	{verb: "diagnose", pattern: "with {disease}", mode: passiveEvent, meaning: ill},
	{verb: "get", pattern: "diagnosed with {disease}", mode: event, meaning: ill},
	{verb: "have", pattern: "{disease}", mode: state, meaning: ill},
	{verb: "live", pattern: "with {disease}", mode: state, meaning: ill},
	{verb: "suffer", pattern: "from {disease}", mode: state, meaning: ill},

	{verb: "live", pattern: "with {company} in {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "in a|an|my|our|the {noun} in|near {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "just outside of? {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "outside of? {place}", mode: state, meaning: livesIn},
	{verb: "live", pattern: "over|out|up|down|back? here? in {place}", mode: state, meaning: livesIn},
	{verb: "move", pattern: "in|into to? a|an|our|my|the {noun} in {place}", mode: event, meaning: movesTo},
	{verb: "move", pattern: "house|home|cities|flat to {place}", mode: event, meaning: movesTo},
	{verb: "swap", pattern: "{place} for {place}", mode: event, meaning: movesTo},
	{verb: "trade", pattern: "{place} for {place}", mode: event, meaning: movesTo},
	{verb: "bring", pattern: "up in {place}", mode: bygone, meaning: grewUpIn},
	{verb: "hail", pattern: "from {place}", mode: state, meaning: meaning{key: From, category: record.Identity, personal: true}},
	{verb: "make", pattern: "{role}", mode: passiveEvent, meaning: hasRole},
	{verb: "name", pattern: "{role}", mode: passiveEvent, meaning: hasRole},
	{verb: "work", pattern: "nights|days|shifts|weekends|evenings|mornings at|for {org}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "over|out|down? at the {noun} at|of {org}", mode: state, meaning: worksAt},
	{verb: "see", pattern: "someone|somebody called|named {person}", mode: state, meaning: meaning{key: Partner, category: record.Identity}},
	{verb: "see", pattern: "a|an guy|girl|man|woman|lad|bloke called|named {person}", mode: state, meaning: meaning{key: Partner, category: record.Identity}},
	{verb: "date", pattern: "a|an {noun} called|named {person}", mode: state, meaning: meaning{key: Partner, category: record.Identity}},
	{verb: "date", pattern: "someone|somebody? called|named? {person}", mode: state, meaning: meaning{key: Partner, category: record.Identity}},
	{verb: "put", pattern: "{person} down", mode: ending, meaning: meaning{key: Pet, blank: true}},
	{verb: "freelance", pattern: "at|for {org}", mode: state, meaning: worksAt},
	{verb: "teach", pattern: "at {org}", mode: state, meaning: worksAt},
	{verb: "teach", pattern: "{noun} at {org}", mode: state, meaning: worksAt},
	{verb: "intern", pattern: "at|for|with {org}", mode: state, meaning: worksAt},
	{verb: "let", pattern: "go by|from|at? {org}?", mode: passiveEnd, meaning: jobless},
	{verb: "get", pattern: "let go by|from|at? {org}?", mode: ending, meaning: jobless},
	{verb: "base", pattern: "out of {place}", mode: passiveState, meaning: livesIn},
	{verb: "move", pattern: "back? in with {company} in {place}", mode: event, meaning: movesTo},
	{verb: "live", pattern: "on the? {island}", mode: state, meaning: livesIn},
	{verb: "swap", pattern: "my|the|our old? {car} for a|an|my? {car}", mode: event, meaning: drives},
	{verb: "trade", pattern: "in? my|the|our old? {car} in? for a|an {car}", mode: event, meaning: drives},
	{verb: "replace", pattern: "my|the|our old? {car} with a|an {car}", mode: event, meaning: drives},
	{verb: "trade", pattern: "in my|the|our old? {car}", mode: ending, meaning: carGone},
	{verb: "scrap", pattern: "my|the|our old? {car}", mode: ending, meaning: carGone},
	{verb: "switch", pattern: "over? to {taste}", mode: event, meaning: meaning{key: Prefers, category: record.Knowledge}},
	{verb: "have", pattern: "a|an soft|real? spot|weakness|thing|passion for {thing}", mode: state, meaning: meaning{key: Likes, category: record.Knowledge}},
	{verb: "spend", pattern: "my childhood in {place}", mode: bygone, meaning: grewUpIn},
	{verb: "drive", pattern: "for {org}", mode: state, meaning: worksAt},
	{verb: "cook", pattern: "at|for {org}", mode: state, meaning: worksAt},
	{verb: "clean", pattern: "at|for {org}", mode: state, meaning: worksAt},
	{verb: "deliver", pattern: "for {org}", mode: state, meaning: worksAt},
	{verb: "code", pattern: "at|for {org}", mode: state, meaning: worksAt},
	{verb: "sign", pattern: "with|for {org}", mode: event, meaning: worksAt},
	{verb: "land", pattern: "a|an|the {noun} at|with {org}", mode: event, meaning: worksAt},
	{verb: "read", pattern: "{field} at {org}", mode: state, meaning: studiedAt},
	{verb: "train", pattern: "at {school}", mode: bygone, meaning: studiedAt},
	{verb: "start", pattern: "at {school}", mode: event, meaning: studiedAt},
	{verb: "get", pattern: "into {school}", mode: event, meaning: studiedAt},
	{verb: "be", pattern: "a|an graduate|alumnus|alumna|alum of {org}", mode: state, meaning: studiedAt},
	{verb: "be", pattern: "{noun} into my|a new? job|role|contract at|with {org}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "at|in a|an {noun} for {org}", mode: state, meaning: worksAt},
	{verb: "work", pattern: "part|full time at|for {org}", mode: state, meaning: worksAt},
	{verb: "do", pattern: "nights|days|shifts|weekends|evenings at|for {org}", mode: state, meaning: worksAt},
	{verb: "supervise", pattern: "{person}", mode: state, meaning: manages},
	{verb: "have", pattern: "a|an {noun} , a|an {car}", mode: state, meaning: drives},
	{verb: "drive", pattern: "a|an {noun} , a|an {car}", mode: state, meaning: drives},
	{verb: "buy", pattern: "a|an {noun} , a|an {car}", mode: event, meaning: drives},
	{verb: "settle", pattern: "down? in {place}", mode: event, meaning: movesTo},
	{verb: "run", pattern: "{org}", mode: state, meaning: manages},
	{verb: "own", pattern: "{org}", mode: state, meaning: meaning{key: Owns, category: record.Knowledge}},
	{verb: "acquire", pattern: "by {org}", mode: passiveEvent, meaning: meaning{key: Acquired, category: record.Knowledge, org: true, inverse: true}},
	{verb: "buy", pattern: "by {org}", mode: passiveEvent, meaning: meaning{key: Acquired, category: record.Knowledge, org: true, inverse: true}},
	{verb: "set", pattern: "up a|an my? {noun} called|named {org}", mode: bygone, meaning: founded},
	{verb: "start", pattern: "a|an|my own? {noun} called|named {org}", mode: bygone, meaning: founded},
	{verb: "set", pattern: "up {org}", mode: bygone, meaning: founded},
	{verb: "run", pattern: "by {person}", mode: passiveState, meaning: meaning{key: Manages, category: record.Knowledge, org: true, inverse: true}},
	{verb: "own", pattern: "by {person}", mode: passiveState, meaning: meaning{key: Owns, category: record.Knowledge, org: true, inverse: true}},
	{verb: "found", pattern: "by {person}", mode: passiveEvent, meaning: meaning{key: Founded, category: record.Knowledge, org: true, inverse: true}},
	{verb: "run", pattern: "a|an|my|our own? {noun} called|named {org}", mode: state, meaning: manages},
	{verb: "be", pattern: "a|an native {language} speaker", mode: state, meaning: meaning{key: "native_language", category: record.Identity, value: true}},
	{verb: "be", pattern: "a|an native speaker of {language}", mode: state, meaning: meaning{key: "native_language", category: record.Identity, value: true}},
	{verb: "be", pattern: "a|an {language} speaker", mode: state, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{verb: "get", pattern: "by in {language}", mode: state, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{verb: "grow", pattern: "up with {language}", mode: bygone, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{verb: "work", pattern: "alongside|beside {person}", mode: state, meaning: worksWith},
	{verb: "work", pattern: "under {person}", mode: state, meaning: reportsTo},
	{verb: "own", pattern: "by {org}", mode: passiveState, meaning: meaning{key: Owns, category: record.Knowledge, org: true, inverse: true}},
	{verb: "take", pattern: "over by {org}", mode: passiveEvent, meaning: meaning{key: Acquired, category: record.Knowledge, org: true, inverse: true}},
	{verb: "take", pattern: "over {org}", mode: event, meaning: acquired},
	{verb: "share", pattern: "an|a|the|my office|desk|room with {person}", mode: state, meaning: worksWith},
	{verb: "share", pattern: "an|a|the|my|our flat|house|apartment with {person}", mode: state, meaning: meaning{key: "roommate", category: record.Knowledge}},
	{verb: "do", pattern: "my|a|an {degree} at {org}", mode: bygone, meaning: studiedAt},
	{verb: "do", pattern: "my|a|an {degree} at {org}", mode: state, meaning: studiedAt},
	{verb: "take", pattern: "my|a|an {degree} at {org}", mode: bygone, meaning: studiedAt},
	{verb: "finish", pattern: "my|a|an {degree} at {org}", mode: bygone, meaning: studiedAt},
	{verb: "get", pattern: "my|a|an {degree} from|at {org}", mode: bygone, meaning: studiedAt},
	{verb: "have", pattern: "my|a|an {degree} from|at {org}", mode: state, meaning: studiedAt},
	{verb: "have", pattern: "my|a|an {degree}", mode: state, meaning: meaning{key: Degree, category: record.Identity, value: true}},
	{verb: "do", pattern: "my|a|an {degree}", mode: state, meaning: meaning{key: Degree, category: record.Identity, value: true}},
	{verb: "go", pattern: "to school|college|university|uni at|in? {org}", mode: bygone, meaning: studiedAt},
	{verb: "be", pattern: "in my|the first|second|third|fourth|final|last year at {org}", mode: state, meaning: studiedAt},
	{verb: "study", pattern: "at {org}", mode: bygone, meaning: studiedAt},
	{verb: "study", pattern: "{noun} at {org}", mode: bygone, meaning: studiedAt},
	{verb: "study", pattern: "{field}", mode: bygone, meaning: meaning{key: Major, category: record.Identity, value: true}},
	{verb: "study", pattern: "{field}", mode: state, meaning: meaning{key: Major, category: record.Identity, value: true}},
}

// ends emits what a rule ends: the captured one, the companion of "Tom and I", or whatever the key has.
func (c *clause) ends(r rule, got []captured, to int) bool {
	x := c.x
	if r.mode == passiveState && !c.v.plain() {
		return false
	}
	if !x.endsWell(to, c.end) || x.takenBack(to, c.end) {
		return c.stop(r.meaning.key, notFollowed, to+1)
	}
	if len(got) == 0 && c.from > 0 && x.toks[c.from-1].is("after", "before", "since", "when", "until", "till") {
		return false // "I took up pottery after I retired" tells of the pottery
	}
	f := fact{subject: c.subj, key: r.meaning.key, category: r.meaning.category, conf: c.strength(), from: c.from, to: max(to, c.v.end)}
	switch {
	case len(got) > 0 && r.meaning.value:
		f.value = got[0].text
	case len(got) > 0:
		f.object = got[len(got)-1].party
		if r.meaning.key == Pet {
			f.object.ref.Type = record.TypeOther
		}
	case c.companion.ref.Name != "" && r.meaning.key != WorksAt:
		f.object, f.from = c.companion, min(c.from, c.companion.from)
	}
	at := c.endDate(to)
	if r.meaning.sets {
		for i := c.from; i < f.to; i++ {
			if x.toks[i].is("divorced", "separated", "widow", "widower", "widowed") {
				x.attribute(fact{subject: c.subj, key: MaritalStatus, value: x.toks[i].text, category: identity, conf: f.conf, from: c.from, to: f.to})
			}
		}
	}
	known := func(key string) bool {
		return len(x.kin[key]) > 0 && (f.object.ref.Name == "" || among(x.kin[key], f.object.ref))
	}
	emitted := false
	for _, key := range r.meaning.also {
		if c.subj.speaker && known(key) {
			g := f
			g.key = key
			emitted = x.invalidate(g, at)
		}
	}
	if emitted && !known(f.key) && f.object.ref.Name != "" {
		return true
	}
	return x.invalidate(f, at)
}

// hobbies are what people do for pleasure and say with "do", "take up" and "give up".
var hobbies = set(`choir quizzing ceilidh cosplay jousting falconry taiko djing beatboxing bodybuilding callisthenics calisthenics barre aquafit canyoning
	gliding paragliding skydiving hang-gliding wakeboarding waterskiing rugby-league gaelic shinty dressmaking candle-making soapmaking
	jewellery-making bellringing morris-dancing upholstery glassblowing printmaking linocut lino-printing lettering bookbinding scrapbooking
	miniatures warhammer dnd d&d larping larp speedcubing puzzling jigsaws crosswording numismatics philately campanology bassoon oboe
	mandolin fiddle bagpipes bodhran sitar tabla piccolo keyboard synths songwriting busking orchestra volunteering foraging fermenting
	pickling smoking-meats bouldering canicross agility dressage showjumping eventing gymkhana tobogganing bobsleigh luge sledding
	snowshoeing five-a-side dominoes mahjong backgammon croquet bowls petanque boules ultimate frisbee skittles netball korfball hurling
	camogie cross-stitch needlepoint felting tatting lace-making watercolour oils journaling journalling letterpress bonsai caving potholing
	abseiling mountaineering rambling fell-running parkrun trampolining breakdancing flamenco bachata zumba capoeira krav-maga wrestling
	sumo kendo curling biathlon ice-skating rollerblading unicycling motocross karting birdspotting trainspotting metal-detecting pottery
	yoga pilates karate judo taekwondo aikido jiu-jitsu bjj boxing kickboxing fencing archery climbing hiking running jogging cycling
	swimming rowing sailing surfing skiing snowboarding skating skateboarding gymnastics ballet dancing salsa tango improv acting singing
	painting drawing sketching watercolours watercolors calligraphy origami knitting crochet crocheting sewing quilting embroidery weaving
	woodwork woodworking carving whittling gardening beekeeping birdwatching birding fishing angling hunting photography filmmaking blogging
	baking cooking brewing homebrewing chess bridge poker golf tennis squash badminton football soccer rugby cricket basketball volleyball
	hockey baseball softball padel pickleball darts snooker billiards bowling crossfit weightlifting powerlifting triathlon triathlons
	marathons parkour kayaking canoeing paddleboarding diving scuba snorkelling kitesurfing windsurfing orienteering geocaching astronomy
	stargazing genealogy juggling magic guitar piano violin cello drums flute saxophone trumpet ukulele banjo harp trombone clarinet
	accordion bass taxidermy metalwork welding blacksmithing leatherwork ceramics macramé macrame lego gaming boardgames scrabble sudoku
	crosswords meditation spinning aerobics tai_chi lacrosse handball polo`)

// chores are hobbies that are work with "the" before them: "I do the cooking".
var chores = set(`cooking baking gardening sewing painting decorating singing shopping cleaning driving washing ironing running catering knitting`)

// hobbyEndings are endings of the names of hobbies.
var hobbyEndings = []string{"turning", "watching", "keeping", "spotting", "walling", "climbing", "swimming", "dancing", "collecting", "surfing", "boarding", "diving", "making", "carving", "folding", "throwing"}

// hobbyPhrases are hobbies of several words whose last is none by itself.
var hobbyPhrases = phrases("metal detecting", "amateur dramatics", "am dram", "model trains", "model railways", "model railway", "model making", "board games", "video games", "tabletop games", "bell ringing", "tai chi", "krav maga", "jiu jitsu", "dungeons and dragons", "card games", "stand up", "stand-up comedy", "stand up comedy",
	"family history", "local history", "bird watching", "people watching", "star gazing", "train spotting", "plane spotting", "dry stone walling", "crown green bowls", "lawn bowls", "table tennis", "ultimate frisbee", "five a side", "cross stitch", "hot yoga", "ham radio", "amateur radio", "wood turning", "stained glass",
	"flower arranging", "dog agility", "dog shows", "wine tasting", "wine making", "home brewing", "cheese making", "bread making", "jewellery making", "jewelry making", "candle making", "soap making", "dress making", "furniture restoration", "restoring furniture", "rock climbing", "hill walking", "fell running", "trail running", "wild swimming",
	"open water swimming", "cold water swimming", "sea swimming", "sea kayaking", "paddle boarding", "roller derby", "roller skating", "ice skating", "ice hockey", "field hockey", "horse riding", "mountain biking", "long distance cycling", "bell-ringing", "dragon boat racing", "sound engineering", "pub quizzes", "creative writing", "life drawing", "jam making", "bonsai trees", "mushroom foraging", "vinyl collecting", "coin collecting", "stamp collecting", "record collecting")

// hobbyAt reads a hobby of one word, with "the" before an instrument, or of two whose second is one: "wild swimming".
func (x *extractor) hobbyAt(i, end int) (captured, int, bool) {
	c := captured{name: "hobby"}
	if i < end && x.toks[i].is("the") {
		if i++; i < end && chores[x.toks[i].low] {
			return c, i, false
		}
	}
	n := 0
	switch {
	case x.phraseOf(i, end, hobbyPhrases) > 0:
		n = x.phraseOf(i, end, hobbyPhrases)
	case i+1 < end && hobbies[x.toks[i].low] && x.toks[i+1].joined && hobbies[x.toks[i+1].low] && gerund(x.toks[i+1].low):
		n = 2 // "ceilidh dancing"
	case i < end && (hobbies[x.toks[i].low] || x.toks[i].kind == word && endsIn(x.toks[i].low, hobbyEndings, 3)):
		n = 1
	case i+1 < end && x.toks[i].kind == word && x.toks[i+1].joined && hobbies[x.toks[i+1].low] && !emptyThings[x.toks[i].low] && !softAdverbs[x.toks[i].low] && !x.toks[i].is("learning", "doing", "playing", "to", "my", "some", "a", "of"):
		n = 2
	default:
		return c, i, false
	}
	m := mention{text: x.quote(i, i+n), from: i, to: i + n}
	c.text, c.party = m.text, x.topic(m)
	return c, i + n, true
}

// animalAt reads a pet: "budgie", "dog Rex", "Rex".
func (x *extractor) animalAt(i, end int) (captured, int, bool) {
	c := captured{name: "animal"}
	label, n := x.kinWord(i, end)
	if label != "pet" {
		return c, i, false
	}
	c.party = party{ref: record.EntityRef{Type: record.TypeOther, Name: x.quote(n-1, n)}, from: n - 1, to: n, conf: 1}
	if n+1 < end && x.toks[n].is(",") {
		if m, ok := x.namedAt(n+1, end, label); ok && (m.to >= end || x.toks[m.to].is(",")) {
			c.party = x.pet(m)
			return c, m.to, true // "the rabbit, Flopsy"
		}
	}
	if m, ok := x.personAt(n, end); ok && m.from == n {
		c.party = x.pet(m)
		n = m.to
	}
	return c, n, true
}

// diseaseEndings are endings of names of illnesses.
var diseaseEndings = []string{"itis", "emia", "aemia", "algia", "philia", "plegia", "sclerosis"}

// diseaseAt reads a lasting illness of the list, or one that its words tell: "type 2 diabetes", "Crohn's disease", "arthritis".
func (x *extractor) diseaseAt(i, end int) (captured, int, bool) {
	c := captured{name: "disease"}
	for i < end && x.toks[i].is("a", "an", "the", "severe", "mild", "bad", "really", "very", "terrible", "awful", "pretty", "my", "horrible") {
		i++
	}
	if i+1 < end && x.toks[i].is("chronic", "acute") && x.toks[i+1].joined {
		if d, n, ok := x.diseaseAt(i+1, end); ok && d.party.from == i+1 && d.text != "" {
			d.text = x.quote(i, n)
			d.party.from, d.party.ref.Name = i, d.text
			return d, n, d.text != ""
		}
	}
	for n := min(4, end-i); n >= 1; n-- {
		last := &x.toks[i+n-1]
		if last.kind != word || x.quote(i, i+n) == "" {
			continue
		}
		low := last.low
		if next := i + n; last.text == "MS" && next < end && (x.toks[next].upper && !x.toks[next].is("i") || x.toks[next].is("in", "degree", "paint", "office")) {
			continue // "MS Word", "an MS in biology"
		}
		ok := diseases[low] || low == "'s" && n == 2 && namedDiseases[x.toks[i].low] || n > 1 && (low == "disease" || low == "syndrome" || low == "disorder" || low == "palsy" || low == "sclerosis")
		ok = ok || endsIn(low, diseaseEndings, 3)
		ok = ok || n == 3 && lower(x.quote(i, i+n)) == "high blood pressure" || n == 2 && twoWordIlls[lower(x.quote(i, i+n))] || n == 3 && twoWordIlls[lower(x.quote(i, i+n))]
		if n > 1 && ok && !x.toks[i].is("type") {
			for j := i; j < i+n-1; j++ {
				ok = ok && (diseaseWords[x.toks[j].low] || namedDiseases[x.toks[j].low] || x.toks[j].low == "'s")
			}
		}
		if ok {
			c.party = party{ref: record.EntityRef{Type: record.TypeTopic, Name: x.quote(i, i+n)}, from: i, to: i + n, conf: 1}
			c.text = c.party.ref.Name
			return c, i + n, true
		}
	}
	return c, i, false
}

// twoWordIlls are illnesses whose noun is none by itself.
var twoWordIlls = phraseSet(`long_covid sleep_apnoea sleep_apnea hay_fever back_pain chronic_pain chronic_fatigue brain_fog tennis_elbow carpal_tunnel frozen_shoulder slipped_disc high_cholesterol low_blood_pressure heart_failure heart_murmur bad_back bad_knees
	chronic_back_pain acid_reflux panic_attacks bipolar_ii bipolar_2 me/cfs multiple_sclerosis macular_degeneration hearing_loss memory_loss kidney_stones`)

// diseaseWords stand before the noun of an illness.
var diseaseWords = set(`type rheumatoid multiple bipolar irritable bowel restless leg legs high blood pressure heart kidney liver lung celiac coeliac
	cystic sickle cell atrial ulcerative long chronic obstructive pulmonary psoriatic gestational post-traumatic stress obsessive compulsive
	attention deficit polycystic ovary fatty motor neurone down autoimmune thyroid skin autism anxiety panic eating personality sleep
	inflammatory tourette cushing addison meniere 1 2`)

// namedDiseases are those called after somebody.
var namedDiseases = set(`parkinson crohn alzheimer hodgkin huntington hashimoto graves raynaud`)

// makes are makers of cars.
var makes = set(`toyota honda ford chevrolet chevy nissan hyundai kia mazda subaru volkswagen vw bmw mercedes mercedes-benz audi porsche volvo saab skoda
	škoda seat cupra opel vauxhall peugeot renault citroën citroen dacia fiat alfa lancia ferrari lamborghini maserati tesla polestar
	rivian lucid jeep dodge chrysler ram gmc cadillac buick lincoln lexus acura infiniti mitsubishi suzuki isuzu daihatsu mini jaguar rover
	bentley rolls-royce aston lotus mclaren mg byd nio geely lada tata smart genesis prius corolla civic golf polo passat fabia octavia
	yaris fiesta beetle niro sportage picanto tucson kona ioniq fiat500 panda punto tipo doblo duster sandero megane scenic kangoo captur
	kadjar twizy laguna espace c1 c3 c4 berlingo xsara picasso ds3 tiguan touareg touran sharan id.3 id.4 id.buzz t-roc t-cross scirocco
	jetta transporter caddy ibiza arosa ateca formentor kodiaq karoq yeti kamiq citigo mondeo kuga s-max ecosport mustang bronco f-150
	insignia mokka zafira meriva vectra vivaro antara crossland grandland qashqai juke x-trail navara leaf almera primera jazz cr-v hr-v
	odyssey auris aygo avensis rav4 hilux highlander tacoma tundra 4runner camry c-hr landcruiser mx-5 cx-5 cx-3 cx-30 mazda2 mazda3 mazda6
	impreza crosstrek vitara ignis celerio baleno wagonr ertiga brezza nexon tiago thar bolero defender discovery freelander evoque velar
	xc40 xc60 xc90 v40 v50 v60 v70 v90 s60 cayenne macan boxster cayman wrangler renegade lancer l200 asx micra focus astra corsa clio
	twingo zoe jimny forester outback`)

// wordMakes are makes of cars that are words: "got a seat at last".
var wordMakes = set(`seat smart mini jaguar lincoln focus jazz golf beetle`)

// carAt reads a car: a maker with the capitalised words and figures around it, or whatever is capitalised like a model.
func (x *extractor) carAt(i, end int) (captured, int, bool) {
	c := captured{name: "car"}
	j, made := i, false
	for j < end && j-i < 6 && x.toks[j].kind == word && (j == i || x.toks[j].joined) {
		t := &x.toks[j]
		low := t.low
		if !t.upper && !makes[low] && !strings.ContainsAny(t.text, "0123456789") || t.is("i") || months[low] != 0 {
			break
		}
		made = made || makes[low]
		j++
	}
	if !made || j == i || j == i+1 && x.toks[i].text == x.toks[i].low && wordMakes[x.toks[i].low] {
		return c, i, false
	}
	c.text, c.party = x.quote(i, j), party{from: i, to: j, conf: 1}
	return c, j, c.text != ""
}
