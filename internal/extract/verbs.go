package extract

import "strings"

// form is a set of verb forms: some spellings are several at once ("quit", "worked").
type form uint8

const (
	baseForm form = 1 << iota
	thirdForm
	pastForm
	participle
	ingForm
)

type verbForm struct {
	lemma string
	forms form
}

// verbs is the lexicon: base, third person, past, participle and -ing form of every verb that a rule reads.
var verbs = conjugations(`
	work works worked worked working
	live lives lived lived living
	reside resides resided resided residing
	join joins joined joined joining
	start starts started started starting
	begin begins began begun beginning
	get gets got gotten getting
	get gets got got getting
	land lands landed landed landing
	accept accepts accepted accepted accepting
	leave leaves left left leaving
	quit quits quit quit quitting
	resign resigns resigned resigned resigning
	retire retires retired retired retiring
	lay lays laid laid laying
	fire fires fired fired firing
	promote promotes promoted promoted promoting
	hire hires hired hired hiring
	employ employs employed employed employing
	appoint appoints appointed appointed appointing
	become becomes became become becoming
	come comes came come coming
	take takes took taken taking
	move moves moved moved moving
	relocate relocates relocated relocated relocating
	locate locates located located locating
	headquarter headquarters headquartered headquartered headquartering
	base bases based based basing
	grow grows grew grown growing
	bear bears bore born bearing
	raise raises raised raised raising
	report reports reported reported reporting
	found founds founded founded founding
	cofound cofounds cofounded cofounded cofounding
	co-found co-founds co-founded co-founded co-founding
	acquire acquires acquired acquired acquiring
	buy buys bought bought buying
	manage manages managed managed managing
	lead leads led led leading
	marry marries married married marrying
	like likes liked liked liking
	love loves loved loved loving
	enjoy enjoys enjoyed enjoyed enjoying
	adore adores adored adored adoring
	prefer prefers preferred preferred preferring
	hate hates hated hated hating
	dislike dislikes disliked disliked disliking
	detest detests detested detested detesting
	loathe loathes loathed loathed loathing
	despise despises despised despised despising
	stand stands stood stood standing
	switch switches switched switched switching
	stop stops stopped stopped stopping
	give gives gave given giving
	cancel cancels cancelled cancelled cancelling
	cancel cancels canceled canceled canceling
	drive drives drove driven driving
	speak speaks spoke spoken speaking
	study studies studied studied studying
	graduate graduates graduated graduated graduating
	have has had had having
	turn turns turned turned turning
	adopt adopts adopted adopted adopting
	name names named named naming
	call calls called called calling
	eat eats ate eaten eating
	drink drinks drank drunk drinking
	smoke smokes smoked smoked smoking
	major majors majored majored majoring
	own owns owned owned owning
	play plays played played playing
	divorce divorces divorced divorced divorcing
	separate separates separated separated separating
	split splits split split splitting
	break breaks broke broken breaking
	lose loses lost lost losing
	sell sells sold sold selling
	swap swaps swapped swapped swapping
	trade trades traded traded trading
	drop drops dropped dropped dropping
	diagnose diagnoses diagnosed diagnosed diagnosing
	die dies died died dying
	pass passes passed passed passing
	settle settles settled settled settling
	run runs ran run running
	make makes made made making
	do does did done doing
	suffer suffers suffered suffered suffering
	change changes changed changed changing
	go goes went gone going
	hand hands handed handed handing
	rehome rehomes rehomed rehomed rehoming
	put puts put put putting
	see sees saw seen seeing
	date dates dated dated dating
	bring brings brought brought bringing
	hail hails hailed hailed hailing
	qualify qualifies qualified qualified qualifying
	learn learns learned learned learning
	learn learns learnt learnt learning
	collect collects collected collected collecting
	pick picks picked picked picking
	hit hits hit hit hitting
	set sets set set setting
	share shares shared shared sharing
	finish finishes finished finished finishing
	freelance freelances freelanced freelanced freelancing
	teach teaches taught taught teaching
	intern interns interned interned interning
	let lets let let letting
	replace replaces replaced replaced replacing
	scrap scraps scrapped scrapped scrapping
	paint paints painted painted painting
	dance dances danced danced dancing
	practise practises practised practised practising
	practice practices practiced practiced practicing
	keep keeps kept kept keeping
	spend spends spent spent spending
	cook cooks cooked cooked cooking
	clean cleans cleaned cleaned cleaning
	deliver delivers delivered delivered delivering
	code codes coded coded coding
	sign signs signed signed signing
	read reads read read reading
	train trains trained trained training
	supervise supervises supervised supervised supervising
	pack packs packed packed packing
	tie ties tied tied tying
	identify identifies identified identified identifying
	belong belongs belonged belonged belonging
	carry carries carried carried carrying
	stack stacks stacked stacked stacking
	handle handles handled handled handling
	serve serves served served serving
	clock clocks clocked clocked clocking
	temp temps temped temped temping
	consult consults consulted consulted consulting
	contract contracts contracted contracted contracting
	earn earns earned earned earning
	recruit recruits recruited recruited recruiting
	jump jumps jumped jumped jumping
	chuck chucks chucked chucked chucking
	walk walks walked walked walking
	part parts parted parted parting
	bump bumps bumped bumped bumping
	step steps stepped stepped stepping
	retrain retrains retrained retrained retraining
	answer answers answered answered answering
	sit sits sat sat sitting
	rent rents rented rented renting
	lodge lodges lodged lodged lodging
	emigrate emigrates emigrated emigrated emigrating
	migrate migrates migrated migrated migrating
	decamp decamps decamped decamped decamping
	up ups upped upped upping
	elope elopes eloped eloped eloping
	exchange exchanges exchanged exchanged exchanging
	wed weds wedded wedded wedding
	follow follows followed followed following
	react reacts reacted reacted reacting
	understand understands understood understood understanding
	know knows knew known knowing
	attend attends attended attended attending
	use uses used used using
	wear wears wore worn wearing
	absorb absorbs absorbed absorbed absorbing
	purchase purchases purchased purchased purchasing
	launch launches launched launched launching
	chair chairs chaired chaired chairing
	head heads headed headed heading
	diagnose diagnoses diagnosed diagnosed diagnosing
	find finds found found finding
	stay stays stayed stayed staying
	end ends ended ended ending
	write writes wrote written writing
	wait waits waited waited waiting
	wash washes washed washed washing
	pull pulls pulled pulled pulling
	look looks looked looked looking
	maintain maintains maintained maintained maintaining
	fix fixes fixed fixed fixing
	design designs designed designed designing
	build builds built built building
	test tests tested tested testing
	fly flies flew flown flying
	lecture lectures lectured lectured lecturing
	transfer transfers transferred transferred transferring
	secure secures secured secured securing
	rescue rescues rescued rescued rescuing
	win wins won won winning
	enrol enrols enrolled enrolled enrolling
	enrol enrolls enrolled enrolled enrolling
	establish establishes established established establishing
	snap snaps snapped snapped snapping
	open opens opened opened opening
	pay pays paid paid paying
	commute commutes commuted commuted commuting
	swallow swallows swallowed swallowed swallowing
	dump dumps dumped dumped dumping
	swell swells swelled swollen swelling
	sing sings sang sung singing
	flatshare flatshares flatshared flatshared flatsharing
	talk talks talked talked talking
	chat chats chatted chatted chatting
	pray prays prayed prayed praying
	struggle struggles struggled struggled struggling
	battle battles battled battled battling
	cope copes coped coped coping
	develop develops developed developed developing
`)

func conjugations(table string) map[string]verbForm {
	m := map[string]verbForm{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		for i, w := range f {
			v := m[w]
			if v.lemma != "" && v.lemma != f[0] {
				continue // the first verb of the table keeps a shared spelling
			}
			m[w] = verbForm{lemma: f[0], forms: v.forms | 1<<i}
		}
	}
	return m
}

// tense is what a verb group says about when.
type tense uint8

const (
	present     tense = iota // "work", "works"
	past                     // "worked", "did work"
	perfect                  // "have worked"
	progressive              // "am working"
	perfectProg              // "have been working"
	pastProg                 // "was working"
)

// verbGroup is a subject's verb with its auxiliaries and adverbs.
type verbGroup struct {
	lemma    string // "be" for a copula
	tense    tense
	passive  bool
	negated  bool // not
	never    bool // it never was so; negated as well
	nolonger bool // no longer, any more
	usedTo   bool
	stopped  bool // stopped, quit, gave up doing
	always   bool
	end      int // the token after the group
}

// ended reports whether the group says that something held and holds no longer.
func (v verbGroup) ended() bool { return v.nolonger || v.usedTo || v.stopped }

// plain reports whether the group asserts, without negation, something that holds or happened.
func (v verbGroup) plain() bool { return !v.negated && !v.ended() }

// softAdverbs may stand inside a verb group and change nothing that rules read.
var softAdverbs = set(`just recently now currently also still actually finally officially already then really
	absolutely totally truly simply happily mostly definitely both genuinely personally kinda quite always
	even either honestly especially particularly usually generally presently eventually ultimately legit literally
	only sincerely proudly very much too super so`)

// restricting are the adverbs that are what "not" denies: the rest may be true.
var restricting = set(`just only always usually both even simply generally especially particularly mostly`)

// verbGroupAt reads the verb group at i. It reports false for groups that assert nothing that a rule could
// use: modals, pluperfect, hedges and verbs outside the lexicon.
func (x *extractor) verbGroupAt(i, end int) (verbGroup, bool) {
	v := verbGroup{tense: present}
	aux := "" // the last auxiliary: do, have, be
	for ; i < end; i++ {
		t := &x.toks[i]
		if t.kind != word {
			return v, false
		}
		switch {
		case softAdverbs[t.low]:
			if v.negated && t.is("just", "only", "simply", "merely") && aux == "do" {
				v.negated = false // "I don't just work at Acme, I also …"
				continue
			}
			if v.negated && restricting[t.low] {
				return v, false // "I don't always work at Acme"
			}
			v.always = v.always || t.low == "always"
			continue
		case t.low == "not":
			v.negated = true
			continue
		case t.low == "never":
			v.negated, v.never = true, true
			continue
		case t.low == "no" && x.phrase(i, end, "no longer"):
			v.nolonger = true
			i++
			continue
		case (t.low == "do" || t.low == "does" || t.low == "did") && (aux == "" || aux == "to") && x.doesThings(i+1, end):
		case t.low == "do" || t.low == "does":
			aux = "do"
			continue
		case t.low == "did":
			aux, v.tense = "do", past
			continue
		case t.low == "used" && x.phrase(i, end, "used to") && aux == "":
			v.usedTo = true
			i++
			aux = "to"
			continue
		case v.never && aux == "" && copulas[t.low]:
			return v, false
		case t.low == "am" || t.low == "is" || t.low == "are" || t.low == "'s" && aux == "":
			if x.perfectAhead(t, i+1, end) {
				aux, v.tense = "have", perfect // "she's moved"
				continue
			}
			aux = "be"
			return x.copula(v, i+1, end)
		case t.low == "was" || t.low == "were":
			v.tense = past
			return x.copula(v, i+1, end)
		case t.low == "be" && (aux == "to" || aux == "do"):
			return x.copula(v, i+1, end)
		case t.low == "been" && aux == "have":
			v.tense = perfectProg
			return x.copula(v, i+1, end)
		case (t.low == "have" || t.low == "has") && aux == "" && x.participleAhead(i+1, end):
			aux, v.tense = "have", perfect
			continue
		}
		return x.mainVerb(v, aux, i, end)
	}
	return v, false
}

// doesThings reports whether "do" before token i is the verb itself: "I do pottery".
func (x *extractor) doesThings(i, end int) bool {
	return i < end && (hobbies[x.toks[i].low] || x.toks[i].is("the", "a", "some", "lots", "my") && i+1 < end && x.toks[i+1].kind == word || x.toks[i].is("nights", "shifts", "weekends", "evenings", "admin", "accounts", "payroll", "bookkeeping", "marketing", "sales", "reception", "it", "hr", "catering", "security", "deliveries") && i+1 < end && x.toks[i+1].is("for", "at") || x.toks[i].is("nights", "shifts", "weekends", "evenings") || i+2 < end && x.toks[i].is("my", "a", "an") && degrees[x.toks[i+1].low])
}

// copulas are the finite forms of be.
var copulas = set(`am is are 's was were`)

// perfectAhead tells "she's moved to Paris" (has) from "she's based in Paris" (is).
func (x *extractor) perfectAhead(t *token, i, end int) bool {
	if t.low != "'s" {
		return false
	}
	for i < end && softAdverbs[x.toks[i].low] {
		i++
	}
	if i >= end {
		return false
	}
	if x.toks[i].low == "been" {
		return true
	}
	switch v := verbs[x.toks[i].low]; v.lemma {
	case "move", "relocate", "join", "start", "quit", "become", "leave", "begin", "resign":
		return v.forms&participle != 0
	}
	return false
}

func (x *extractor) participleAhead(i, end int) bool {
	for i < end && (softAdverbs[x.toks[i].low] || x.toks[i].is("not", "never")) {
		i++
	}
	if i >= end {
		return false
	}
	if x.toks[i].low == "been" {
		return true
	}
	v, ok := verbs[x.toks[i].low]
	return ok && v.forms&participle != 0
}

// mainVerb finishes a group with the verb at i.
func (x *extractor) mainVerb(v verbGroup, aux string, i, end int) (verbGroup, bool) {
	f, ok := verbs[x.toks[i].low]
	if !ok {
		return v, false
	}
	switch aux {
	case "do", "to":
		if f.forms&baseForm == 0 {
			return v, false
		}
	case "have":
		if f.forms&participle == 0 {
			return v, false
		}
	case "":
		switch {
		case f.forms&(baseForm|thirdForm) != 0 && f.forms&pastForm == 0:
			v.tense = present
		case f.forms&pastForm != 0:
			v.tense = past
		default:
			return v, false
		}
	}
	if v.never && v.tense == present {
		return v, false // a habit, or a rule
	}
	v.lemma, v.end = f.lemma, i+1
	if x.toks[i].low == "got" && aux == "have" && x.hasGot(i+1, end) {
		v.lemma, v.tense = "have", present
	}
	if n, ok := x.quitting(f.lemma, i+1, end); ok && v.plain() && v.tense != present {
		g := verbs[x.toks[n].low]
		v.stopped, v.lemma, v.end = true, g.lemma, n+1
		if x.toks[n].is("being") {
			v.lemma = "be"
		}
	}
	return x.anyMore(v, end), true
}

// hasGot tells "we've got two kids" (have) from "I've got married".
func (x *extractor) hasGot(i, end int) bool {
	return i < end && (x.toks[i].is("a", "an", "no", "my") || numberWords[x.toks[i].low] > 0 || x.diseased(i, end)) && !(i+1 < end && x.toks[i+1].is("job", "new", "position"))
}

// diseased reports whether an illness is named at token i.
func (x *extractor) diseased(i, end int) bool {
	_, _, ok := x.diseaseAt(i, end)
	return ok
}

// quitting finds the verb that "stopped", "quit" or "gave up" ends: "I stopped working at Acme".
func (x *extractor) quitting(lemma string, i, end int) (int, bool) {
	switch lemma {
	case "stop", "quit":
	case "give":
		if i >= end || !x.toks[i].is("up") {
			return 0, false
		}
		i++
	default:
		return 0, false
	}
	if i >= end {
		return 0, false
	}
	if hobbies[x.toks[i].low] && (i+1 >= end || x.toks[i+1].kind != word || x.toks[i+1].is("because", "last", "after", "when", "since", "in", "for", "years", "ages", "and", "but", "so")) {
		return 0, false // "gave up running"
	}
	f, ok := verbs[x.toks[i].low]
	if lemma == "quit" && hobbies[x.toks[i].low] && (i+1 >= end || x.toks[i+1].kind != word) {
		return i, false // "I've quit running"
	}
	return i, ok && f.forms&ingForm != 0 || x.toks[i].is("being")
}

// copula finishes a group after a form of be: progressive, passive, or the copula itself.
func (x *extractor) copula(v verbGroup, i, end int) (verbGroup, bool) {
	for ; i < end; i++ {
		t := &x.toks[i]
		switch {
		case t.kind != word:
			return v, false
		case t.low == "not":
			v.negated = true
			continue
		case t.low == "no" && x.phrase(i, end, "no longer"):
			v.nolonger = true
			i++
			continue
		case softAdverbs[t.low]:
			if v.negated && restricting[t.low] {
				return v, false
			}
			v.always = v.always || t.low == "always"
			continue
		}
		if f, ok := verbs[t.low]; ok && !(t.upper && f.forms&(ingForm|participle) == 0) {
			switch {
			case f.forms&ingForm != 0:
				v.lemma, v.end = f.lemma, i+1
				switch v.tense {
				case present:
					v.tense = progressive
				case past:
					v.tense = pastProg
				}
				return x.anyMore(v, end), true
			case f.forms&participle != 0 && f.lemma != "become":
				v.lemma, v.end, v.passive = f.lemma, i+1, true
				return x.anyMore(v, end), true
			}
		}
		v.lemma, v.end = "be", i
		return x.anyMore(v, end), true
	}
	return v, false
}

// anyMore turns "not … any more" into "no longer".
func (x *extractor) anyMore(v verbGroup, end int) verbGroup {
	if !v.negated {
		return v
	}
	for i := v.end; i < min(end, v.end+12); i++ {
		t := &x.toks[i]
		if t.is(",", ";", "but", "because") || t.kind == newline {
			break
		}
		if t.is("anymore") || x.phrase(i, end, "any more") && !x.phrase(i, end, "any more than") || x.phrase(i, end, "any longer") {
			v.nolonger = true
		}
	}
	return v
}
