package extract

import (
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

// TestFrameTraps: what a message is about makes something else of its statements.
func TestFrameTraps(t *testing.T) {
	t.Parallel()
	for _, text := range frameTraps {
		if x := Rules(Input{Text: text, Role: record.User, At: said}); len(render(x))+len(x.Entities) > 0 {
			t.Errorf("%q: got %s", text, strings.Join(render(x), " | "))
		}
	}
}

// TestBesideFrames: the same words beside statements in earnest take nothing away.
func TestBesideFrames(t *testing.T) {
	t.Parallel()
	for text, want := range besideFrames {
		if got := strings.Join(render(Rules(Input{Text: text, Role: record.User, At: said})), " | "); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

var frameTraps = []string{
	// fiction: stage
	"Second week of rehearsals for the village panto. From seven till ten I'm a widow from Cork with three sons",
	"Dress run tonight. By act two I'm a surgeon in Vienna and I've got a wife called Margarethe",
	"We open on Friday. In the second half I'm the landlord, I live in Dublin and I drink too much gin",
	"our drama group is doing An Inspector Calls. most evenings i'm a police inspector, the rest of the time i'm knackered",
	"LARP weekend coming up. I'm a blacksmith, my name is Torvald and I'm allergic to iron",
	"D&D night was great. I'm a half-elf ranger, I'm 140 years old and I have a wolf called Fang",
	"We're shooting the short film on Sunday. I'm the taxi driver and I live in a caravan in Margate",
	"am dram update: cast list is up. i'm married to Brian, i work at a bank and i die in act three",
	"Playing Stardew again. I've moved to Pelican Town, I'm married to Abigail and I've got a cow called Bess",
	"My sim just got promoted. I'm a surgeon now and I live in Willow Creek",
	"Baldur's Gate has eaten my weekend. I'm a cleric, I'm in love with Shadowheart",
	"In the escape room we all got cover stories. I'm a chemist from Leipzig, Jo is my daughter",
	"For the training exercise I'm Mr Henderson, I'm 78, I have diabetes and I live alone in Fife",
	"Test data for the form: name Bob Smith, age 44, lives in Leeds, works at Acme",
	"Fill the demo with something. I'm Jane Doe, I live in Springfield, I'm 30",
	"We did a role reversal in class. I'm the headmaster, I'm 55",
	"Language class homework. My name is Pablo, I live in Madrid and I have two brothers, Juan and Luis",
	"Duolingo has me saying: I am a boy, I live in Paris, I have a dog",
	"Chapter six is done. I'm a lighthouse keeper now and my daughter Isolde has gone missing",
	"Writing in first person is hard. I'm a 19 year old soldier, I'm from Alabama, my mother is dead",
	"Karaoke tonight. My name is Luka, I live on the second floor",
	"my audition piece: I'm Blanche, I teach English and I've lost the house",
	// fiction: plot
	"Rosie married Jack and moved to Glasgow. I did not see that coming, season three is wild",
	"Tom got a job at the Ministry and Anna is pregnant, then the credits rolled",
	"Marcus is divorced, lives in Baltimore and works for the FBI. The first episode is slow but stick with it",
	"Elena moved to Naples and married Stefano. Finished the second volume last night",
	"Nora is a detective in Oslo and her partner Erik has been shot. I binged the lot on Sunday",
	"Carla left Peter, who works at the factory now. Corrie was good tonight",
	"Lena is a lawyer in Hamburg. She's allergic to bees, which turns out to be how she dies. Great film",
	"Jim works at a paper company in Scranton and he's engaged to Pam. I've watched it nine times",
	"Ruth lives in Alaska and hates her father. It's on Netflix",
	"Just read the blurb: Martha is 40, a writer, and her husband Patrick has left her",
	// figurative jobs
	"I'm the chef, the taxi and the cash machine in this house",
	"At home I'm the plumber, the electrician and the therapist",
	"In this family I'm the accountant",
	"I'm the cook, the cleaner and the bottle washer here",
	"with three kids i'm a chauffeur, a referee and a nurse before 8am",
	"Since the boiler went I'm a plumber, thanks to YouTube",
	"I'm a doctor, a vet and a zookeeper all before breakfast",
	"I'm head chef in our kitchen and chief bottle opener",
	"so now I'm a bricklayer as well as everything else, the garden wall came down",
	"I'm a therapist to all my friends",
	// visits
	"Went to Harvard on Saturday. The yard is lovely and we had chowder after",
	"I went to Oxford. Punting, ice cream, sunburn, the lot",
	"we went to Stanford, took pictures of the tower and drove back to the motel",
	"Finally went to Yale! The library is stunning, we stayed two nights",
	"went to MIT last week for a conference",
	// sarcasm
	"I absolutely love roadworks. Forty minutes to do two miles",
	"oh I love delayed trains, me. Two hours at Crewe",
	"really love cold showers. Boiler's gone again",
	"love a surprise invoice",
	"I love wasps so much. Third sting this week",
	"Don't you just love bank holidays on the M25. I love queues",
	"I simply adore potholes. New tyre, £140",
	"I love parking fines, they make my week",
	"I really enjoy root canals, can you tell",
	// personified
	"My colleague Brenda, the coffee machine, has died again",
	"My best friend Henry is a hoover",
	"My flatmate Gerald is a spider",
	"My roommate Steve, a cactus, is the only one who listens",
	"Meet my new friend Roomba",
	"My boss, Mr Whiskers, wants breakfast",
	"Our neighbour Geoffrey is a fox who does the bins",
	"my friend Vera is aloe vera",
	"My best mate is Jack Daniels",
	"my personal trainer is called Stairs",
	// weighing
	"Weighed in today, I'm 74",
	"I'm 91, was 97 in January, so the diet's working",
	"I'm 68, target is 62",
	"I've lost half a stone. I'm 76 now",
	"I'm 64 today, down from 66, thanks to the running",
	"My fever's up. I'm 39 now",
	"Bench press: I'm 85 and aiming for 100",
	"darts night: I'm 60 and need a double",
	"Scored my test: I'm 71, pass mark is 70",
	"I'm 38, EU size, so get the small one",
	"cholesterol back, I'm 55",
	"Level up! I'm 62 now and I've got the dragon",
	"bingo, I'm 22, two little ducks",
	"my zwift level: i'm 28 now",
	"I'm 63 and the machine says 21 percent fat. I want to see 58",
	// business partners
	"My partner at the firm, Gideon, is suing us",
	"my partner in the bakery, Noor, does the books",
	"my partner at work, Ellie, has got the flu",
	"My partner at Deloitte, Simon, signed off the audit",
	"me and my partner Jo run the agency, purely business",
	// hired and borrowed
	"Picked up a Corsa at Faro airport",
	"We've got a Fiat 500 for the trip, hire desk gave us an upgrade",
	"I have a Tesla this weekend, courtesy of the garage",
	"driving a Golf while mine is in the shop",
	"I got a Mustang at LAX, the kids are thrilled",
	"I've got a Zoe on loan till Friday",
	"I drive a BMW in Gran Turismo",
	"I've got an Audi until they fix the Skoda",
	"got a Prius through the car share app",
	"I've a labrador called Sam here, owner's in Spain",
	// adjectives in series
	"I prefer small, family run, cheap hotels",
	// professionals
	"I finished with Henrik, my knee feels better",
	"finished with Petra, she says my core is weak",
	"I dumped Kev, he was a useless plumber",
	// name
	"Just call me Cinderella, home by ten",
	"call me Ishmael. great opening line isn't it, never got past page nine",
	// age
	"Inside I'm 17, my knees disagree",
	"You're only as old as you feel so I'm 22",
	// origin
	"I was in Denmark for a week and now I'm basically Danish",
	"I'm Swiss on this one, leave me out of it",
	"Born in the USA came on and the whole bus sang",
	// residence
	"staying in Brighton with the girls till Sunday, send aspirin",
	"moved to the Leeds coach at Sheffield and got a seat at last",
	"I live in Bristol, or so the electoral roll believes, they keep sending cards",
	// employer
	"I'm with British Gas and they've double charged me",
	"I work at Greggs in spirit",
	"I resigned from the PTA WhatsApp group",
	// role
	"I'm a cook in the sense that I own a pan",
	"I'm the DJ on this road trip and nobody gets a vote",
	"I'm a driver tonight so no wine for me",
	"Today I'm a decorator. tomorrow I'll be a patient",
	"I'm the photographer at my cousin's wedding on Saturday because she's too tight to hire one",
	"I'm the lead singer in the shower",
	"my mum's a dentist so I'm a dentist by association",
	// studies
	"I'm majoring in procrastination",
	"I've a master's in overthinking",
	"I went to Oxford Street and regretted it",
	// marriage
	"I told the scammer my husband Igor was ex KGB",
	// partner
	"my boyfriend pillow",
	// kin
	"my daughter's Barbie, Stacey, lives in the sink",
	// friends and colleagues
	"my teacher voice came out and the whole bus sat down",
	"our landlord Wetherspoon kicked us out at 11",
	// pets
	"my pet peeve is loud chewing",
	// hobby
	"I collect parking tickets",
	"my hobby is losing keys",
	// likes
	"can't stand up since leg day",
	"I'm fond of saying no",
	"I like Anna but not like that",
	// diet
	"I'm vegan until the bacon comes out",
	"Teetotal till Friday, me",
	// allergies
	"I'm allergic to idiots",
	// conditions
	"I have PTSD from that wedding",
	// languages
	"I speak Italian with my hands only",
	// favourites
	"my favourite chair is broken",
	"my favourite excuse is traffic",
	"My favourite band is the elastic one",
	"my favourite position is CEO",
	// possessions and contact
	"I drive my sister's Yaris when it rains",
	"I own a Picasso, a poster",
	"they think my email is info@acme.example, it's the company one",
	"My Ford broke down in the Lego set",
	// moves
	"Moved to Oslo. That was the plan. Then 2020",
	// endings
	"I left Microsoft on read",
	"we broke up for Easter",
	"I retired at ten with a hot water bottle",
	// orders
	"no emojis in the Bible",
	"no jokes in the eulogy please",
	// lists
	"my week: Monday dentist for Dad, Tuesday bins, Wednesday nothing",
	// second clauses
	"I have a degree in shouting and a dog who agrees",
	"the kids are at Nan's so I'm single for the night",
	// we
	"We bought a Kia in the end no wait we walked away",
	"We lost our dog for ten minutes, longest of my life",
	// frames in another sentence
	"hey! so this week's homework for my Spanish group was to introduce ourselves as someone else. I'm Carmen, I'm 71, I was born in Seville and I have nine grandchildren. everyone laughed at my accent",
	"Long day. The kids had me playing shops for two hours, so I'm the baker, my name is Mrs Bun and I live at number 3 Sofa Street. Send wine",
	"my brother wrote a dating profile for me as a joke. Apparently I'm 29, I'm a neurosurgeon, I live in Monaco and I love long walks. I am none of these things",
	"Improv warmup yesterday was fun. You have to agree with everything. Yes, I'm a beekeeper. Yes, I live in a lighthouse. Yes, my wife is called Sandra",
	"For the murder weekend everyone gets an envelope. I'm Dr Black, I'm married to Scarlet and I have gambling debts. Who do I think did it?",
	"Watched three in a row. Mae is engaged to Henrik now but still lives with Otis in Malmo, and her sister works at the clinic where it all started. No spoilers please",
	"Found my old diary. I'm 14, I hate my mum, I love Gareth from 10B and I'm never eating meat again. Oh dear",
	"Got cast! I'm the wicked aunt, I'm from Romania and I've poisoned two husbands. Rehearsals start in May",
	"reading to my niece, who insists on \"i\": I am a bear, I live in a cave, I like honey. Forty times",
	"copy pasted from the job ad: I'm a team player, I live in London and I speak German, that sort of thing. do I sound like a robot",
	"For the insurance example let's assume I'm 45, I smoke and I drive a Golf. What would it cost?",
	"my nephew's school project is him as a Viking: I am Erik, I am 30, I have a longship and I come from Norway",
	"so on the plane this man goes on and on. I'm a dentist, I've got a place in Marbella, my wife left me, all before the trolley came",
	"the exercise in my self help book: write as your future self. I'm 60, I live by the sea, I'm happily married and I paint",
	"my sister is doing that thing where she answers my phone. Hi, I'm Leo, I'm a massive nerd and I'm in love with my boss. thanks Kit",
	"telling my therapist about the dream. I'm in Paris, I'm pregnant, the baby's called Kevin, I wake up sweating",
	"Mum's a medium, don't ask. Last night: I'm Albert, I died in 1943, I'm looking for Doris",
	"Poster copy for the charity run. I'm Sam and I have cystic fibrosis. Is that too blunt, should we start with the numbers?",
	"New run in Crusader Kings and I'm already married to my cousin, I've got the plague and my son Bjorn wants me dead",
	"I made an account for mum to test the app. Name: Testy McTestface. Born 1 January 1900. Lives in: Testville. It worked",
	"typing class: my name is Anna and I live in Oslo my name is Anna and I live in Oslo. 43 words a minute",
	"in the escape room I was the spy, i.e. I'm from Moscow, I speak Russian and I have the key. I did not have the key",
	"the census form from 1911 is wild. I am the head of the household, I'm a wheelwright, I have eleven children",
	"We had a works do with name swaps. So I'm Bob from finance all night and Bob is me",
	// more figurative, sarcasm, personified, chats
	"oh brilliant, another webinar, I love webinars",
	"my new colleague Otter is a plush toy HR gave us",
	"my only friend Bob is made of sponge and lives in a pineapple",
	"My boss Clippy has asked if I'm writing a letter",
	"Say hi to my coworker Toast, who is a tabby and sits on the keyboard",
	"My manager Linda, a cat, walked across the quarterly numbers",
	"my flatmate Gus (he's a gecko) doesn't pay rent",
	"my trainer Bob is a bluetooth speaker",
	"Wilson, my best friend, is a volleyball",
	"my lawyer, Google, says I'm fine",
	// visits, borrowed, temporary
	"We're based in Inverness this week for the ferries",
	"house sitting in Bath, the cat's called Nelson and the Aga is terrifying",
	"They put me in a B&B in Whitby and I live there now, mentally",
	"I'm a vegan this week for Lou's sake",
	"The kids and I are gluten free this month as an experiment",
	// hired
	"While the Volvo's in for its service I've got a Micra",
	"got a BMW for the wedding",
	"got a Dacia at Edinburgh airport, how do I turn off the beeping",
	"we've a Fiat Panda in Sicily, tiny roads, horns everywhere",
	"got a Renault at the airport and they want a 900 deposit",
	"i've got a ford focus at the airport, where do i fill up before drop off",
	"got a Skoda at arrivals, is there a toll on the A7?",
	// personified colleague
	"My colleague Gary is back from repair, the toner leak's fixed",
	"My favourite colleague is called Kevin. Kevin makes coffee at 92 degrees and needs descaling",
	"My coworker Bob has four legs and sheds",
	"my workmate Doris hums all day. Doris is the server in the cupboard",
	"We named the office hoover Henry so technically Henry is my colleague",
	"My best colleague, Marvin, never speaks, needs watering on Fridays",
	"My colleague Steve, a 1998 HP LaserJet, passed away this morning",
	"A colleague of mine, Priscilla, ran out of ink",
	"my colleague Hugo, and by that I mean the lift, is stuck again",
	"my colleague Pepper doesn't eat, doesn't sleep and runs on batteries",
	"my mate Dave the ladder fell on me",
	"I share an office with Colin. Colin is a yucca",
	"My flatmate Ralph turned out to be a raccoon",
	"my neighbour Boris barks at bins",
	"my best friend Snowy has fleas",
	// sarcastic likes
	"I just love it when the bus drives past. Love getting soaked too",
	"The kids found the recorder. I simply adore recorder practice at six in the morning",
	"So the neighbours got drums. I really do love drums at midnight",
	"Thrilled. I love airport security and I love taking my shoes off for strangers",
	"I do love a nice long queue, two hours at the post office today and I'm no nearer",
	"Nothing but cold calls today and I do so love cold calls",
	"honestly love wet socks, 10 out of 10, thanks for the puddle",
	"Lovely, more snow. I love snow. I've shovelled the drive four times today",
	"I'm a huge fan of surprise fire drills in January, in my towel",
	"I'm so fond of passive aggressive post-its, our kitchen has eleven now",
	"what a treat, I love cold pizza base with no topping, cheers deliveroo",
	// hypothetical without if
	"Another word out of you and I'm a vegetarian",
	"Give me a lottery win and I'm living in Sorrento with nine dogs",
	"my five year plan: I'm a partner at the firm, I live in Notting Hill, I have a whippet",
	"in another timeline I'm married to Greg and we have a boat",
	// past and over, told as now
	"So it's 2004, I'm living in Cardiff, I'm with this lad Gethin, we've got a ferret",
	"Cut to me, 22, working at Blockbuster, thinking I know everything",
	"1987. I'm a bus conductor in Bradford and I've never seen an avocado",
	"my twenties in a nutshell: I'm in a band, I'm vegan, I live in a squat",
	"So I'm at this party, I'm single, and in walks my future ex husband",
	// copied, quoted, translated
	"subtitle reads I'm pregnant, Carlos!",
	"The prompt was: You are Dr Smith, a therapist in Boston",
	"caption it for me: Two years sober, married to my best friend, living in Devon. It's for my sister's insta",
	"write as my dog: I'm Rufus, I'm four, I hate the postman",
	"sms from unknown number: hi it's Lara, I've moved to Basingstoke, call me",
	// negation, correction
	"Contrary to rumours I don't live in Dubai and never have",
	"It isn't true that I left Monzo",
	// somebody else
	"My neighbour's on about her knees again. Diabetic, 70, still smokes",
	"Bumped into Carl. Divorced, living in Slough, selling vapes",
	"Our Lyft driver was great. Studied law in Lagos, lives in Hackney now, three kids",
	"New lodger arrives Monday. Vegetarian, works nights, has a snake",
	"The cat's been to the vet. Allergic to chicken, overweight, nine years old",
	"Interviewed a lad today. 24, speaks four languages, left Google after a month, allergic to early starts",
	"Update on Priya: left Deloitte, moved to Goa, sells candles",
	"Saw my old boss. Retired to Portugal, plays golf, married again",
	"a friend of my sister's, Nils, has MS and he's the funniest man alive",
	// we of firms and teams
	"We're based in Leeds and deliver nationwide, use code SPRING10",
	"we've been in Bristol since 1987 and serve over 300 clients",
	"we started at Euston and finished in Crewe",
	"we live at number 10 on the waiting list",
	// numbers and dates
	"I'm 28 and counting, press-ups that is",
	// homographs
	"Pat the dog for me",
	"I've got a Polish in my bag, nail",
	"bought a Jaguar toy for the boy",
	"I drive a Golf ball 200 yards",
	"I've a Mini problem",
	// mixed subtle
	"I've applied to do nursing at Salford, waiting to hear",
	// agent role play
	"be my date for practice. I'm 35, I'm from Cork and I love sailing. be nice",
	"can we rehearse the phone call? Hello, my name is Joy, I'm calling about the flat. I'm a nurse, no pets",
	"I'll be the patient and you be the doctor: I'm 60, I smoke and I've had chest pain since Monday",
	"simulate an argument with my ex. I am Dan. I cheated, I moved to Leeds and I want the dog",
	"for this chat i'm a pirate called redbeard and i hate parrots",
	"you are Bob and I am Alice. I live in Paris, you live in Rome, now flirt",
	"interview me as though I'd won the Nobel. I'm humbled, I live simply, I thank my wife Inga",
	"I want to test your memory. My name is Xerxes. I live on the moon. What's my name?",
	"hello this is a test, I work at Test Corp",
	"Remember this fake fact: I have a dog named Zorg",
	"an icebreaker for Monday: two truths one lie. I've met the Pope, I speak Finnish, I have six toes",
	// teens, US, Indian, Nigerian, slang
	"bruh im literally 80 years old after leg day",
	"Even I am vegetarian today, it's Tuesday na",
	"Papa wants me to do MBA from Symbiosis, I want to do nothing from home",
	"Auntie Bisi, who is not my aunt, has found me a husband, one Engineer Kunle",
	"Waiting on a callback for a role: Stacy, 34, realtor, two kids, allergic to shellfish",
	// frame after
	"I'm a widow of thirty, my name is Ruth and I sleep with a knife. That's page one of the novel, thoughts?",
	"I work for MI6. I'm married to a countess. I can fly. It was a good dream until the bins",
	"I live in a castle in Wales and I keep wolves. Nah, it's the new season of that game with the wolves",
	"my husband left me for a dentist and I've moved to Malta. Act one, basically. The rest is songs",
	"I quit my job at the bank, sold the flat and moved to Bali. Said the girl in the reel, I'm still on the 7.14",
	"I'm 90, I've outlived three wives and I own the hotel. That's the bloke I'm playing",
	"I'm a dentist from Ohio and I've killed a lion. Anyway that was my icebreaker lie and they believed me",
	"I'm pregnant, I'm leaving Alan and I've taken the job in Milan. End of episode four!!",
	"I've got four wives and a goat named Plum. Crusader Kings is ruining me",
	"I live at 221B Baker Street and my flatmate plays the violin",
	"I moved to Middlemarch in chapter one and I'm still there in chapter forty",
	"I'm head of sales at Globex, I've got 200 reps and zero patience. It's a case study, the question is what I should do in Q3",
	"My patient role today was Mr Hall: I'm 58, I've had a stroke, I live with my sister June",
	// friends, kin, pets
	"The barista knows me as Uncle Pete and I've never corrected her",
	// work and studies
	"we study the form at Aintree",
	// wrong cuts and subjects in real statements
	"We divorced in 2018, married again in 2020, don't ask",
	"I paint, by which I mean fences",
}

var besideFrames = map[string]string{
	"I'm a nurse in Leeds and on Fridays my quiz team meets":                   "user.role=nurse",
	"We hired a van for the move. I drive a Skoda Octavia, is it insured too?": "user.car=Skoda Octavia",
	"My partner Gideon runs a bakery":                                          "user partner Gideon",
	"I went to Harvard for undergrad and then law school":                      "user studied_at Harvard",
	"I love Sundays, no alarm":                                                 "-user dislikes Sundays | user likes Sundays",
	"my colleague Brenda, the accountant, has left":                            "Brenda.role=accountant | user colleague Brenda",
	"my friend Henry is a plumber":                                             "Henry.role=plumber | user friend Henry",
	"Anna from work moved to Oslo, her sister Bea too":                         "Anna lives_in Oslo",
	"My sister Ana watches that show on Netflix. She lives in Leeds":           "Ana lives_in Leeds | user sister Ana",
	"I'm the caretaker at the primary school":                                  "user.role=caretaker",
	"I left Acme in March":                                                     "-user works_at Acme @2026-03-01",
	"I'm allergic to cats, and I own a hoover":                                 "user allergic_to cats",
	"I broke up with Henrik, we'd been together two years":                     "-user partner Henrik",
	"I got a dog called Rex and the owner of the shop loves him":               "user pet Rex",
	"I love quiet, empty beaches":                                              "-user dislikes quiet, empty beaches | user likes quiet, empty beaches",
	"My birthday is 3 March":                                                   "user.birthday=3 March",
	"I live in Leeds. At least I have a garden.":                               "user lives_in Leeds",
	"I studied law at Leeds":                                                   "user studied_at Leeds | user.major=law",
	"I work at Tesco, on the tills":                                            "user works_at Tesco",
	"We have a cat named Olive and I'm looking for a vet":                      "user pet Olive",
	"I really love hiking, thanks for asking!":                                 "-user dislikes hiking | user likes hiking",
	"I absolutely love sushi, there's a great place near the office":           "-user dislikes sushi | user likes sushi",
	"I just love old churches, went to my third this week":                     "-user dislikes old churches | user likes old churches",
	"I'm 34 and my son is at level 3 in judo":                                  "user.age=34",
	"I'm 41, work in a bakery and want to get to know people":                  "user.age=41",
	"I'm 29. What size rucksack do I need?":                                    "user.age=29",
	"I live in Leeds, three weeks in and loving it":                            "user lives_in Leeds",
	"My wife Anna works with me in the shop":                                   "user spouse Anna",
	"My partner Tom and I live in Bristol":                                     "user lives_in Bristol | user partner Tom",
	"my partner in life, Joanna, and I run a café":                             "user partner Joanna",
	"I work at Costa and have done since March":                                "user works_at Costa",
	"I joined Tesco in 2019":                                                   "user works_at Tesco [2019-01-01,)",
	"I started at IKEA last month":                                             "user works_at IKEA [2026-04-01,)",
	"My brother Tom is an actor, he's in a play at the moment":                 "user brother Tom",
	"My sister Freya lives in Oslo. We watched a film last night":              "Freya lives_in Oslo | user sister Freya",
	"I have a dog called Bess. She's on holiday with us":                       "user pet Bess",
	"I drive a Golf. Can I take it to the airport?":                            "user.car=Golf",
	"I got a Honda Jazz in March, love it":                                     "user.car=Honda Jazz [2026-03-01,)",
	"my car's a Fiat 500, bought at auction in Leeds":                          "user.car=Fiat 500",
	"My friend Vera is a vet":                                                  "Vera.role=vet | user friend Vera",
	"my roommate Steve is a plant scientist":                                   "Steve.role=plant scientist | user roommate Steve",
	"my colleague Hank works in the printer shop":                              "user colleague Hank",
	"I'm a doctor at St Mary's and my wife Kate is a nurse":                    "Kate.role=nurse | user spouse Kate | user works_at St Mary's | user.role=doctor",
	"I'm a mum, a teacher and a very bad cook":                                 "user.role=teacher",
	"I'm the head chef at the Ivy":                                             "user.role=head chef",
	"I went to Oxford, read history":                                           "user studied_at Oxford",
	"I went to Yale and my brother went to Brown":                              "user studied_at Yale",
	"I'm a teacher and we're doing a school play this week":                    "user.role=teacher",
	"my daughter Mia is in the panto, she's 9":                                 "Mia.age=9 | user daughter Mia",
	"I work at the Globe theatre as a costume maker":                           "user works_at Globe",
	"I'm a game designer in Dundee":                                            "user.role=game designer",
	"I play D&D every Friday with my mate Theo":                                "user friend Theo | user hobby D&D",
	"My name is Ben and I write novels":                                        "speaker Ben",
	"Hi, I'm Marta. I need help with my homework":                              "speaker Marta",
	"My name is Ana, I'm from Porto and I'm learning English with Duolingo":    "Ana from Porto | speaker Ana",
	"I'm Kofi, 31, from Accra, and I need ideas for a Halloween costume":       "Kofi.age=31 | speaker Kofi",
	"I have asthma and I have a speaking exam tomorrow":                        "user has_condition asthma | user.appointment=speaking exam [2026-05-15,2026-05-16)",
	"I'm married to Dan. We met at a murder mystery party":                     "user spouse Dan",
	"I'm vegan and I'm cooking for a movie night":                              "user.diet=vegan",
	"My husband Rob is a stunt man in films":                                   "user spouse Rob",
	"I live in Cardiff and I need a monologue for my audition":                 "user lives_in Cardiff",
	"I moved to Berlin this week":                                              "user lives_in Berlin [2026-05-11,)",
	"I'm single this year and loving it":                                       "user.marital_status=single",
	"I hate traffic":                                                           "-user likes traffic | user dislikes traffic",
	"I love spreadsheets":                                                      "-user dislikes spreadsheets | user likes spreadsheets",
	"I have two kids, Mia and Leo, and they want a bedtime story":              "user child Leo | user child Mia",
	"I finished with Sam last month":                                           "-user partner Sam @2026-04-01",
	"I broke up with Tom in May":                                               "-user partner Tom @2026-05-01",
	"my trainer is called Bex":                                                 "user trainer Bex",
	"I studied nursing at Leeds":                                               "user studied_at Leeds | user.major=nursing",
	"I've got a masters in teaching":                                           "user.degree=masters",
	"I speak Italian with my mother":                                           "user speaks Italian",
}
