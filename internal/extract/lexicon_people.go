package extract

import (
	"maps"
	"strings"
)

// givenNames are common given names of many languages, in lower case. A capitalised word at the start of a
// sentence counts as a person only with such evidence; names that are also ordinary words are not here.
var givenNames = set(namesAbroad + `
aaliyah aaron abdul abdullah abel abigail abraham adam adele adrian adriana agnes agnieszka ahmad ahmed aidan aiden aiko
aisha akira alan alana albert alberto alec alejandra alejandro aleksander aleksandra alessandra alessandro alex alexa
alexander alexandra alexandre alexis alfred alfredo ali alice alicia alina alison allison alma alonso alvaro alyssa amanda
amar amelia amelie amina amir amit amy ana anastasia anders andre andrea andreas andrei andrew andrey andy angela angelina
angelo angus anika anita anja anjali ann anna annabel anne annette annie ansel anthony antoine antonia antonio anton anya
arabella archie ariana ariel arjun arnold arthur artur arturo asha ashley astrid audrey august augusta aurora ava avery
ayesha aziz barbara barry bartek basil beatrice beatriz becky ben benedict benjamin bernard bernd bernice bert bertha beth
bethany betty beverly bianca birgit bjorn blake bob bobby boris brad bradley brandon brenda brendan brent brett brian
bridget brigitte britney brittany bruce bruno bryan caitlin caleb calvin cameron camila camille carl carla carlo carlos
carmen carol carolina caroline carolyn carrie casey cassandra catalina catherine cathy cecilia cedric celia celine cesar
chad chandra charles charlie charlotte chelsea cheryl chiara chloe chris christa christina christine christoph christopher
cindy claire clara clark claude claudia claudio claus clemens cody colette colin connor constance cora corey cornelia craig
cristina curtis cynthia daisuke dale damian damien dan dana daniel daniela daniele danielle danny daphne daria dario darius
darren dave david davide dean deborah debra deepak deirdre demetrius denise dennis derek desmond devin diana diane diego
dieter dilip dimitri dina dirk dmitri dmitry dolores dominic dominik dominique don donald donna dora doris dorothy doug
douglas duncan dustin dwight dylan earl eddie edgar edith edmund eduardo edward edwin eileen elaine eleanor elena eli elias
elif elijah elisa elisabeth elise eliza elizabeth ella ellen elliot elliott elsa elsie emil emilia emilie emilio emily emma
emmanuel enrico enrique eric erica erik erika erin ernest ernesto esteban esther ethan eugene eva evan eve evelyn ewa fabian
fabio farah farid fatima fatma felicia felipe felix fernanda fernando filip finn fiona florian frances francesca francesco
francis francisco franco francois frank franz fred freddie frederick frederik freya frida friedrich fritz gabriel gabriela
gabriele gabrielle gareth gary gavin gemma geoff geoffrey george georgina gerald gerard gerd gerhard gianni gideon gilbert
gina giorgio giovanni giulia giuseppe gladys glen glenn gloria gordon graham greg gregor gregory greta guillaume guillermo
gunther gus gustav gustavo guy gwen hamid hana hank hannah hans harald harold harriet harry haruki haruto harvey hassan
heather hector heidi heinrich heinz helen helena helene helga henri henrik henry herbert herman hermann hilary hiro hiroshi
holly horst howard hubert hugh hugo hussein ian ibrahim ida ignacio igor ilse imani imran inga ingrid ines irene irina iris
isaac isabel isabella isabelle isaiah ismail ivan ivana jack jackie jackson jacob jacqueline jacques jaime jake jakob jakub
james jamie jan jana jane janet janice janina jared jasmin jasmine jason javier jay jayden jean jeanette jeff jeffrey jen
jenna jennifer jenny jens jeremy jerome jerry jesse jessica jessie jill jim jimmy jin joan joanna joao joaquin jochen jody
joe joel joey johan johann johanna johannes john johnny jon jonah jonas jonathan jordan jorge jose josef joseph josephine
josh joshua josie joyce juan juanita judith judy jules julia julian juliana julie juliet julius june jun jurgen justin
justyna kai kamal kamil karen karim karin karl karla karolina kasia kate katarina katarzyna katharina katherine
kathleen kathryn kathy katie katja katrin katrina kay kayla keiko keith kelly kelsey ken kenji kenneth kent kenzo kerry
kerstin kevin khadija khalid kim kimberly kira kiran kirsten klaus konrad kris kristen kristin kristina krzysztof kumar kurt
kyle laila lana lara larissa larry lars latoya laura lauren laurence laurent lawrence layla lea leah lee leila lena leo leon
leonard leonardo leonie leroy leslie lewis liam liang lila lily lin lina linda lindsay lindsey ling linh linus lisa liz
lloyd logan lois lola lorenzo loretta lorraine lou louis louisa louise luca lucas lucia luciana lucien lucy ludwig luigi luis
luisa luka lukas lukasz luke luna lydia lynn mabel mack madeleine madeline magda magdalena magnus mahmoud maja malcolm malik
malte mandy manfred manuel manuela mara marc marcel marcela marcelo marcia marcin marco marcos marcus margaret margarita
maria mariam marian mariana marie marilyn marina mario marion marisol marius marjorie markus marlene marsha marta martha
martin martina marvin mary maryam masha mateo mateus mathias mathieu mathilde matt matteo matthew matthias maureen maurice
mauricio max maximilian maya mehmet mei melanie melinda melissa melody melvin meredith mia micah michael michaela
michal michel michele michelle miguel mika mike mikhail milan mildred milena milo mina ming minh mira miranda miriam mitch
mitchell mohamed mohammad mohammed moira molly mona monica monika monique morgan moritz moses muhammad muriel mustafa myra
nadia nadine nancy naomi natalia natalie natasha nathalie nathan nathaniel neha neil nelson nia niall nicholas nick nicky
nico nicola nicolas nicole niels nigel nikhil nikita nikki niklas nikola nikolai nils nina noah noel noelle nora norbert
norma norman nour oleg olga oliver olivia omar oscar oskar otto owen pablo paloma pamela paola paolo pascal pat patricia
patrick patty paul paula paulina pauline paulo pavel pedro peggy penelope percy pete peter petra phil philip philipp
philippe phillip phoebe phyllis pierre pietro piotr polly pooja prakash pranav preeti priya quentin quinn rachel rafael raj
rajesh ralf ralph ramon ramona randy raphael raquel rashid raul ravi raymond rebecca regina reiko reinhard renata renate rene
rhonda ricardo riccardo richard rick ricky rita rob robbie robert roberta roberto robin rocio rodrigo roger rohan roland rolf
roman romeo ron ronald ronnie rosa rosalie rosanna rosemary ross roxanne roy ruben rudolf rudy rupert russ russell ruth ryan
sabine sabrina sadie said sakura salim sally salma sam samantha samir samuel sandeep sandra sandy sanjay santiago sara sarah
sasha satoshi saul scott sean sebastian selena selma serena sergei sergey sergio seth shane shannon sharon shaun shawn sheila
shelly sherry shirley shreya sid sidney siegfried sigrid silvia silvio simon simona simone sofia sofie sonia sonja sophia
sophie stacey stacy stan stanislav stanley stefan stefania stefano stella stephan stephanie stephen steve steven stewart
stuart sue sunil suresh susan susanne suzanne sven sviatlana svetlana sylvia tadeusz takashi takeshi tamara tammy tania tanja
tanya tara tariq tatiana ted teresa terry tess tessa thea theo theodore theresa thomas thorsten tiffany tim timothy tina
tobias todd tom tomas tomasz tommy toni tony tracy travis trevor trisha troy tyler ulrich ulrike umar uma ursula uwe valentina
valeria valerie vanessa vasily vera verena vernon veronica veronika vicky victor victoria vijay vikram viktor vincent
vincenzo viola violet virginia vivian viviane vladimir volker waldemar walter wanda warren wayne wendy werner wesley wilhelm
willem william willie willow wilma winston wolfgang xavier xin yan yara yasmin yasmine yosef yoko yolanda yuki yuri yusuf yves
yvette yvonne zach zachary zahra zainab zara zoe zofia zuzana josé maría jürgen łukasz sofía andré rené chloé zoë andrés jörg
björn günther müller søren åsa céline françois inés mónica óscar ángel álvaro raúl jesús martín sébastien hélène amélie
noémie irène óskar bjørn håkon lærke zoé léa théo jérôme étienne dalia darlene dawit ebony eleni femi gita idris jamal jelena
kofi kwame lakshmi lamar latisha leticia maribel marisa miroslav mohan nadezhda nanami naveen ngozi nikos oksana olu omari
oren ottavia panos parisa pilar priscilla ramesh rania rashida renee ryo samira sanna sayaka shanice shira shoshana siddharth
sinead siobhan soren sota stavros tariku tarek tatyana thandi tiago tomoko tuan tyrone ulla usha vesna vinod wei xiomara
yael yannis yejin zeynep ziad alasdair amara annika ayla bilal brooke caio callum camilo carys cillian cole
inês joão antónio antônio luís gonçalo sérgio cláudia tânia vânia patrícia márcia fábio júlia letícia flávio cecília lúcia mário
rúben íris catarina vasco leonor joana filipa henrique lucía sebastián nicolás adrián iván julián tomás verónica hernán joaquín
valentín benjamín germán rocío michał paweł małgorzata stanisław wojciech jarosław zbigniew andrzej grzegorz jiří tomáš lukáš ondřej
václav zdeněk ayşe çağla özge gökhan kerem emre jonáš štěpán matěj žofia agnès gaëlle loïc benoît cédric frédéric gérard
` + moreNames)

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
	beloved lovely wonderful amazing sweet long-time longtime childhood dearest closest adorable cute loving
	middle only first second two three four five old-time favourite favorite direct line rescue golden`)

// personal are the kin labels whose relation is a matter of who somebody is.
var personal = set(`twin sister brother sibling mother father son daughter child spouse partner fiance cousin aunt uncle niece
	nephew grandmother grandfather grandson granddaughter stepmother stepfather stepson stepdaughter stepsister
	stepbrother godmother godfather godson goddaughter mother_in_law father_in_law sister_in_law brother_in_law
	son_in_law daughter_in_law parent grandparent half_sister half_brother`)

// notNames are capitalised words that are no person's name: what sentences start with, days, titles of kin.
var notNames = set(`
meet introducing adopted rescued
i a an the this that these those he she it we they you who what when where why how which whose whom my your his her its
our their mine yours hers ours theirs me him us them someone somebody everyone everybody anyone anybody nobody no-one none
all some any both each either neither every many most few several one two three four five six seven eight nine ten other
others another such same and or but so because since although though while if unless until after before whenever as than
then there here now today tomorrow yesterday tonight always never often sometimes usually maybe perhaps probably really very
just only even also too still yet already again once twice not no yes ok okay please thanks thank sorry hello hi hey bye well
oh wow great good nice cool awesome happy sad glad late early busy tired sick fine free sure right wrong true false new old little saint
young big small long short high low hot cold warm full empty open closed ready done back home away out in on at by for from
with without to of off up down over under about into onto through during between among against near far like unlike let
 do does did is are was were be been being am have has had can could will would shall should may might must get got go
went gone come came see saw look looks make made take took give gave know knew think thought say said tell told ask asked
want wanted need needed love hate work works working live living feel feeling try trying use using find found keep kept
monday tuesday wednesday thursday friday saturday sunday january february march april july september october
november december christmas easter halloween thanksgiving hanukkah ramadan diwali spring summer autumn fall winter
morning evening night noon midnight weekend
mom mum mother mommy mummy dad daddy father grandma grandpa granny grandmother grandfather aunt auntie uncle sister brother
son daughter wife husband boss manager friend friends colleague doctor nurse teacher professor captain president king queen
prince princess lord lady sir madam god jesus allah buddha santa dr mr mrs ms prof miss
people person man woman guy girl boy kids children family team company management customer customers client
dear best regards cheers sincerely humans user assistant system admin alexa siri cortana chatgpt claude gemini
congrats congratulations welcome hope wish guess imagine suppose speaking reporting coming going
next last first second third finally recently currently lately honestly actually basically literally hopefully luckily
unfortunately apparently obviously seriously absolutely definitely exactly totally
hr pr ceo cto cfo coo cmo vp svp evp md phd mba usa uk eu un nasa fbi cia
vegan vegetarian pescatarian diabetic single married divorced engaged pregnant retired unemployed employed
christian muslim jewish catholic hindu buddhist atheist agnostic protestant sikh mormon orthodox
gay straight bi bisexual lesbian queer trans transgender nonbinary non-binary asexual
aries taurus cancer virgo libra scorpio sagittarius capricorn aquarius pisces
republican democrat liberal conservative libertarian socialist communist independent
black white brown asian latino latina hispanic arab african european american
male female introvert extrovert introverted extroverted autistic dyslexic bilingual
afraid angry annoyed anxious ashamed alone alive available aware awake bored broke calm certain clean clear confident
confused curious dead deaf blind depressed different disappointed drunk dumb excited exhausted famous fat fit frustrated
funny furious grateful guilty healthy homeless honest hopeful hungry ill innocent insane interested jealous lazy lonely
lost lucky mad miserable nervous numb obsessed offline online overwhelmed poor proud quiet rich safe scared serious shocked
shy sleepy smart sober sore speechless stressed stuck stupid surprised thankful thirsty thrilled torn unable unhappy upset
useless weak weird worried worse worth legit pro anti type gen batman superman spiderman beyond
nowhere somewhere everywhere anywhere something nothing everything anything groot legend
`)

// nameParticles are the particles inside family names.
var nameParticles = set(`van de von der den bin ibn al el la le di da del della dos das du ter ten zu zur y`)

var titles = set(`dr mr mrs ms prof miss sir madam doctor professor herr frau`)
