package extract

// A statement about the speaker begins at "I" or "we" in the middle of a sentence too, without a mark: "on top of that I've started at
// Acme", "the year we moved to Leeds". It is none where the words before make it a guess, somebody's words or half of a relative clause.

// subordinating are the words after which what "I" says need not be so, or lacks its object.
var subordinating = set(`that which who whom whose what where when how why whether if unless than as like once whenever wherever whatever whichever
	until till lest though_if the a an my your his her their our its this these those of about for with from in on at to into by do did does am is are was were be been
	have has had can could would should will may might must shall not never sure unsure case feel feels felt feeling seem seems bet pray prayed
	think thought say said wish hope guess believe reckon suppose imagine figured figure hear tell told says thinks swear decide decided
	or nor without before after while because and but so since also except then plus cos coz bc cause although though whereas
	provided providing assuming supposing pretend let make makes made saw see seen watch watched heard`)

// uncertain are the nouns of what need not be so: "the idea I'm vegan".
var uncertain = set(`way forgot forget idea rumour rumor thought chance chances possibility feeling impression assumption belief odds suspicion sense theory hunch notion suggestion
	claim fear proof sign illusion delusion dream story lie joke myth worry condition news word version world universe life timeline scenario person people someone
	somebody anyone one thing things something anything everything nothing stuff all bit part lot reason_if only moment`)

// moments are nouns of times; what "I" does then has to be past to be so.
var moments = set(`day minute second time times week month year years morning evening night summer winter spring autumn weekend instant hour date weekends days`)

// closing are verbs of ends, which are told as history after "the year": "born the year I got divorced".
var closing = set(`get leave quit lose divorce split separate break resign retire stop give sell drop lay fire end finish`)

// midway reports whether a statement of the speaker begins at the "I" or "we" at i, without a mark or a conjunction before it.
func (x *extractor) midway(i int) bool {
	t := &x.toks[i-1]
	if t.kind != word || !x.toks[i].joined || hedges[t.low] {
		return false
	}
	if t.is("why", "how") { // "that's why I moved to Leeds"
		if i < 2 || !x.toks[i-2].is("'s", "is", "was", "reason") {
			return false
		}
	} else if t.is("that") {
		if i < 2 || !x.toks[i-2].is("of", "all", "after", "before", "than", "besides", "reason", "fact", "so") || x.toks[i-2].is("all") {
			return false
		}
	} else if t.is("sure") && i > 1 && x.toks[i-2].is("not", "make", "making", "so", "am") || subordinating[t.low] && !t.is("sure") || uncertain[t.low] && !t.is("all") {
		return false
	}
	v, ok := x.verbGroupAt(i+1, len(x.toks))
	if !ok {
		return false
	}
	return !moments[t.low] || (v.tense == past || v.tense == perfect) && x.pastOnly(v.end-1) && !closing[v.lemma]
}

// goesOn reports a verb that hands over to somebody else's words without quotation marks: "He goes, I'm vegetarian now".
func (x *extractor) goesOn(i, end int) bool {
	t := &x.toks[i]
	if i == 0 || i+1 >= end || !t.is("goes", "go", "went", "like", "all") || !x.toks[i+1].is(",", ":", "-", "–", "—") {
		return false
	}
	j := i - 1
	if t.is("all") && !(x.toks[j].is("'s", "is", "was", "were", "are") && j > 0 && x.toks[j-1].is("he", "she", "they", "mate", "mum", "dad")) {
		return false
	}
	if t.is("like") {
		if !x.toks[j].is("was", "were", "is", "'s", "am", "are", "all", "just", "be") {
			return false
		}
	}
	for ; j >= 0 && j >= i-4 && x.toks[j].kind == word; j-- {
		if x.toks[j].is("i", "we", "it", "as", "this", "that", "things") {
			return false
		}
	}
	return true
}

// providers are firms that most people are customers of: "I'm with Barclays", "I moved to Lloyds".
var providers = set(`barclays santander lloyds natwest hsbc nationwide monzo starling revolut chase citi citibank amex vodafone ee o2 three bt sky virgin giffgaff talktalk plusnet tesco
	verizon comcast xfinity at&t t-mobile sprint cox spectrum octopus bulb eon edf ovo aviva geico allstate progressive axa allianz bupa aetna cigna kaiser netflix spotify
	disney hulu audible wise paypal klarna gym puregym airtel jio mtn glo safaricom telstra optus vodacom rogers bell telus`)

// uncertainBefore reports a noun of what need not be so among the words before token i: "the rumour is that I'm leaving".
func (x *extractor) uncertainBefore(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if t := &x.toks[j]; t.kind != word || uncertain[t.low] && !t.is("thing", "news") || t.is("not", "it", "this", "point") {
			return true
		}
	}
	return false
}

// products are what one runs, owns, starts or sets up without there being a firm of one's own.
var products = set(`windows linux ubuntu macos ios android excel word powerpoint outlook office adobe photoshop zoom teams slack netflix duolingo spotify youtube facebook instagram tiktok twitter whatsapp telegram
	chrome firefox safari edge python java javascript docker kubernetes postgres mysql minecraft fortnite roblox steam playstation xbox nintendo wordle monopoly scrabble alexa siri apple google
	microsoft amazon tesla bitcoin ethereum crossfit pilates zumba parkrun disney harry star monty game lego marvel ikea kindle strava fitbit garmin`)
