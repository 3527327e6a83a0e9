package extract

import (
	"maps"
	"strings"
)

// kin maps what people call somebody close to the label of the relation between them.
var kin = map[string]string{
	"sister": "sister", "brother": "brother", "sibling": "sibling", "mother": "mother", "mom": "mother", "mum": "mother",
	"father": "father", "dad": "father", "son": "son", "daughter": "daughter", "child": "child", "kid": "child",
	"wife": "spouse", "husband": "spouse", "spouse": "spouse", "partner": "partner", "girlfriend": "partner",
	"boyfriend": "partner", "fiancé": "fiance", "fiancée": "fiance", "fiance": "fiance", "fiancee": "fiance",
	"boss": "manager", "manager": "manager", "supervisor": "manager", "colleague": "colleague", "coworker": "colleague",
	"co-worker": "colleague", "teammate": "colleague", "friend": "friend", "buddy": "friend", "roommate": "roommate",
	"flatmate": "roommate", "housemate": "roommate", "neighbor": "neighbour", "neighbour": "neighbour",
	"cousin": "cousin", "aunt": "aunt", "uncle": "uncle", "niece": "niece", "nephew": "nephew",
	"grandmother": "grandmother", "grandma": "grandmother", "granny": "grandmother", "grandfather": "grandfather",
	"grandpa": "grandfather", "grandson": "grandson", "granddaughter": "granddaughter", "stepmother": "stepmother",
	"stepfather": "stepfather", "stepson": "stepson", "stepdaughter": "stepdaughter", "stepsister": "stepsister",
	"stepbrother": "stepbrother", "godmother": "godmother", "godfather": "godfather", "godson": "godson",
	"goddaughter": "goddaughter", "mother-in-law": "mother_in_law", "father-in-law": "father_in_law",
	"sister-in-law": "sister_in_law", "brother-in-law": "brother_in_law", "son-in-law": "son_in_law",
	"daughter-in-law": "daughter_in_law", "mentor": "mentor", "therapist": "therapist", "doctor": "doctor",
	"dentist": "dentist", "landlord": "landlord", "landlady": "landlord", "coach": "coach", "assistant": "assistant",
	"dog": "pet", "cat": "pet", "puppy": "pet", "kitten": "pet", "parrot": "pet", "rabbit": "pet", "hamster": "pet",
	"horse": "pet", "pet": "pet", "turtle": "pet", "tortoise": "pet", "goldfish": "pet", "bunny": "pet",
	"guinea-pig": "pet", "bird": "pet", "lizard": "pet", "snake": "pet", "ferret": "pet", "pony": "pet",
	"retriever": "pet", "labrador": "pet", "poodle": "pet", "beagle": "pet", "corgi": "pet", "terrier": "pet", "bulldog": "pet",
	"husky": "pet", "dachshund": "pet", "chihuahua": "pet", "collie": "pet", "spaniel": "pet", "pug": "pet", "tabby": "pet",
	"parakeet": "pet", "budgie": "pet", "gecko": "pet", "greyhound": "pet", "whippet": "pet", "lurcher": "pet", "cockapoo": "pet", "cocker": "pet", "setter": "pet",
	"schnauzer": "pet", "shepherd": "pet", "alsatian": "pet", "mastiff": "pet", "rottweiler": "pet", "doberman": "pet", "boxer": "pet", "spitz": "pet", "samoyed": "pet", "shiba": "pet", "akita": "pet",
	"pointer": "pet", "vizsla": "pet", "weimaraner": "pet", "mutt": "pet", "mongrel": "pet", "hound": "pet", "pup": "pet", "doggo": "pet", "kitty": "pet", "moggy": "pet", "tomcat": "pet", "siamese": "pet", "ragdoll": "pet",
	"cockatiel": "pet", "cockatoo": "pet", "canary": "pet", "finch": "pet", "macaw": "pet", "donkey": "pet", "goat": "pet", "mare": "pet", "gelding": "pet", "gerbil": "pet", "rat": "pet", "chinchilla": "pet", "hedgehog": "pet",
	"iguana": "pet", "python": "pet", "tarantula": "pet", "axolotl": "pet", "hen": "pet", "chicken": "pet", "rooster": "pet", "duck": "pet", "lovebird": "pet", "dane": "pet", "newfoundland": "pet", "bernese": "pet",
	"mam": "mother", "mama": "mother", "mamma": "mother", "momma": "mother", "mummy": "mother", "mommy": "mother", "papa": "father", "daddy": "father", "pa": "father",
	"sis": "sister", "bro": "brother", "nan": "grandmother", "nana": "grandmother", "nanna": "grandmother", "gran": "grandmother", "gramps": "grandfather", "grandad": "grandfather", "granddad": "grandfather",
	"hubby": "spouse", "missus": "spouse", "bf": "partner", "gf": "partner", "fella": "partner", "mate": "friend", "pal": "friend", "bestie": "friend", "stepmum": "stepmother", "stepmom": "stepmother", "stepdad": "stepfather",
	"auntie": "aunt", "aunty": "aunt", "toddler": "child", "baby": "child", "lad": "son", "counsellor": "therapist", "gp": "doctor", "gaffer": "manager", "workmate": "colleague",
	"teamlead": "manager", "deskmate": "colleague", "officemate": "colleague", "cofounder": "colleague", "wifey": "spouse", "wifie": "spouse", "hubs": "spouse", "grandpop": "grandfather", "grandfather-in-law": "grandfather", "pops": "father", "da": "father", "ma": "mother",
	"twin": "twin", "teacher": "teacher", "tutor": "tutor", "accountant": "accountant", "solicitor": "solicitor", "lawyer": "lawyer", "hairdresser": "hairdresser", "barber": "barber", "nanny": "nanny", "childminder": "childminder", "babysitter": "babysitter", "physio": "physio", "trainer": "trainer", "vet": "vet",
	"midwife": "midwife", "optician": "optician", "psychologist": "therapist", "psychiatrist": "psychiatrist", "counselor": "therapist", "osteopath": "osteopath", "chiropractor": "chiropractor", "godparent": "godparent", "grandparent": "grandparent", "grandchild": "grandchild", "stepchild": "stepchild", "halfsister": "half_sister", "deputy": "deputy",
	"staffy": "pet", "staffie": "pet", "frenchie": "pet", "westie": "pet", "yorkie": "pet", "cavalier": "pet", "malamute": "pet", "basset": "pet", "saluki": "pet", "borzoi": "pet", "pekingese": "pet", "pomeranian": "pet", "maltese": "pet", "shih-tzu": "pet", "bichon": "pet", "havanese": "pet", "ridgeback": "pet", "wolfhound": "pet", "deerhound": "pet", "springer": "pet", "jackdaw": "pet", "cob": "pet", "llama": "pet", "alpaca": "pet", "sheepdog": "pet", "lab": "pet", "rescue-dog": "pet", "bulldogge": "pet", "labradoodle": "pet", "cavapoo": "pet", "stick-insect": "pet", "chameleon": "pet", "newt": "pet", "terrapin": "pet", "cavy": "pet", "degu": "pet",
}

// kinPlural maps the plurals, which a list of names may follow.
var kinPlural = func() map[string]string {
	m := maps.Clone(kinPlurals)
	for one, label := range kin {
		if label == "pet" && !strings.HasSuffix(one, "s") && one != "pet" {
			m[one+"s"] = label
			if stem, ok := strings.CutSuffix(one, "y"); ok {
				m[stem+"ies"] = label
			}
		}
	}
	return m
}()

// kinPlurals are the words for several, beside those of the animals of [kin].
var kinPlurals = map[string]string{
	"sisters": "sister", "brothers": "brother", "siblings": "sibling", "sons": "son", "daughters": "daughter",
	"kids": "child", "children": "child", "friends": "friend", "colleagues": "colleague", "coworkers": "colleague",
	"roommates": "roommate", "cousins": "cousin", "dogs": "pet", "cats": "pet", "pets": "pet", "puppies": "pet",
	"kittens": "pet", "twins": "child", "neighbours": "neighbour", "neighbors": "neighbour", "nieces": "niece",
	"nephews": "nephew", "parents": "parent", "rabbits": "pet", "hamsters": "pet", "parrots": "pet", "budgies": "pet", "chickens": "pet", "hens": "pet", "horses": "pet", "goats": "pet", "ducks": "pet", "tortoises": "pet", "gerbils": "pet", "rats": "pet", "goldfish": "pet", "ferrets": "pet", "greyhounds": "pet", "labradors": "pet",
	"boys": "son", "girls": "daughter", "grandchildren": "grandchild", "grandkids": "grandchild", "stepkids": "stepchild", "stepchildren": "stepchild", "flatmates": "roommate", "housemates": "roommate", "mates": "friend", "workmates": "colleague", "aunties": "aunt", "lads": "son", "babies": "child", "grandparents": "grandparent", "uncles": "uncle", "aunts": "aunt",
}

// kinAdjectives may stand before a kinship word and leave the relation as it is. "Ex", "late", "former" and
// "future" are not among them.
var kinAdjectives = set(`older younger big little elder eldest youngest oldest twin baby dear best close good new current
	beloved lovely wonderful amazing sweet long-time longtime long-term longterm live-in long-suffering childhood dearest closest adorable cute loving
	middle only first second two three four five old-time favourite favorite direct line rescue golden`)

// personal are the kin labels whose relation is a matter of who somebody is.
var personal = set(`twin sister brother sibling mother father son daughter child spouse partner fiance cousin aunt uncle niece
	nephew grandmother grandfather grandson granddaughter stepmother stepfather stepson stepdaughter stepsister
	stepbrother godmother godfather godson goddaughter mother_in_law father_in_law sister_in_law brother_in_law
	son_in_law daughter_in_law parent grandparent half_sister half_brother`)

// notNames are capitalised words that are no person's name: what sentences start with, days, titles of kin.
var notNames = set(`
	meet introducing adopted rescued i a an the this that these those he she it we they you who what when where why how which whose whom my
	your his her its our their mine yours hers ours theirs me him us them someone somebody everyone everybody anyone anybody nobody no-one
	none all some any both each either neither every many most few several one two three four five six seven eight nine ten other others
	another such same and or but so because since although though while if unless until after before whenever as than then there here now
	today tomorrow yesterday tonight always never often sometimes usually maybe perhaps probably really very just only even also too still
	yet already again once twice not no yes ok okay please thanks thank sorry hello hi hey bye well oh wow great good nice cool awesome
	happy sad glad late early busy tired sick fine free sure right wrong true false new old little saint young big small long short high low
	hot cold warm full empty open closed ready done back home away out in on at by for from with without to of off up down over under about
	into onto through during between among against near far like unlike let do does did is are was were be been being am have has had can
	could will would shall should may might must get got go went gone come came see saw look looks make made take took give gave know knew
	think thought say said tell told ask asked want wanted need needed love hate work works working live living feel feeling try trying use
	using find found keep kept monday tuesday wednesday thursday friday saturday sunday january february march april july september october
	november december christmas easter halloween thanksgiving hanukkah ramadan diwali spring summer autumn fall winter morning evening night
	noon midnight weekend mom mum mother mommy mummy dad daddy father grandma grandpa granny grandmother grandfather aunt auntie uncle
	sister brother son daughter wife husband boss manager friend friends colleague doctor nurse teacher professor captain president king
	queen prince princess lord lady sir madam god jesus allah buddha santa dr mr mrs ms prof miss people person man woman guy girl boy kids
	children family team company management customer customers client dear best regards cheers sincerely humans user assistant system admin
	alexa siri cortana chatgpt claude gemini congrats congratulations welcome hope wish guess imagine suppose speaking reporting coming
	going next last first second third finally recently currently lately honestly actually basically literally hopefully luckily
	unfortunately apparently obviously seriously absolutely definitely exactly totally hr pr ceo cto cfo coo cmo vp svp evp md phd mba usa
	uk eu un nasa fbi cia vegan vegetarian pescatarian diabetic single married divorced engaged pregnant retired unemployed employed
	christian muslim jewish catholic hindu buddhist atheist agnostic protestant sikh mormon orthodox gay straight bi bisexual lesbian queer
	trans transgender nonbinary non-binary asexual aries taurus cancer virgo libra scorpio sagittarius capricorn aquarius pisces republican
	democrat liberal conservative libertarian socialist communist independent black white brown asian latino latina hispanic arab african
	european american male female introvert extrovert introverted extroverted autistic dyslexic bilingual afraid angry annoyed anxious
	ashamed alone alive available aware awake bored broke calm certain clean clear confident confused curious dead deaf blind depressed
	different disappointed drunk dumb excited exhausted famous fat fit frustrated funny furious grateful guilty healthy homeless honest
	hopeful hungry ill innocent insane interested jealous lazy lonely lost lucky mad miserable nervous numb obsessed offline online
	overwhelmed poor proud quiet rich safe scared serious shocked shy sleepy smart sober sore speechless stressed stuck stupid surprised
	thankful thirsty thrilled torn unable unhappy upset useless weak weird worried worse worth legit pro anti type gen batman superman
	spiderman beyond nowhere somewhere everywhere anywhere something nothing everything anything groot legend
`)

// nameParticles are the particles inside family names.
var nameParticles = set(`van de von der den bin ibn al el la le di da del della dos das du ter ten zu zur y`)

var titles = set(`dr mr mrs ms prof miss sir madam doctor professor herr frau`)
