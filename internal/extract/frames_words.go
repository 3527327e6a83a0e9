package extract

// The words of frames, see frames.go.

// acted are keys of what a part in a play, a game or an exercise has of its own. Of relatives see closeKin.
var acted = set(`role age birthday birth_year marital_status spouse partner engaged_to lives_in from born_in grew_up_in works_at has_condition allergic_to nationality pet speaks native_language diet studied_at status address email phone
	major degree manages name car`)

// closeKin are relatives that a part has; friends and colleagues are told of the play itself.
var closeKin = set(`manager landlord teacher wife husband sister brother mother father son daughter child twin mother_in_law father_in_law sister_in_law brother_in_law aunt uncle grandmother grandfather`)

// staging are words of acting, of games, of exercises and of dreams: what is said of the speaker may be said of a part.
var staging = phrases("page one of", "first page of", "opening number", "opening paragraph", "opening scene", "good dream", "bad dream last night", "great dream", "lovely dream", "awful dream",
	"horrible dream", "mad dream", "bloke i am playing", "guy i am playing", "man i am playing", "woman i am playing", "girl i am playing", "part i am playing", "role i am playing", "end of episode",
	"patient role", "my role today", "the girl in the reel", "baker street and my flatmate", "the rest is songs", "killed off", "my guy in", "my build", "let 's do the job interview",
	"let 's do the interview", "for practice", "practise the call", "practice the call", "practise my", "practice my", "we rehearse", "simulate", "for this chat i am", "in this chat i am", "be my date",
	"draft a bio", "like that up", "interview me as", "this is a test", "fake fact", "fake facts", "test your memory", "testing your memory", "dry run", "mock call", "mock pitch",
	"for the sake of argument", "in this scenario", "let 's practise", "let 's practice", "let us practise", "let us practice", "let 's rehearse", "let 's roleplay", "let 's role-play", "let 's play",
	"you are the interviewer", "you are the customer", "you are the patient", "you are the judge", "you are the receptionist", "you are the waiter", "you are the doctor", "you are the landlord",
	"you are the boss", "you are my boss", "you be the", "you be my", "you play the", "you play my", "made-up", "i will be the", "another timeline", "other timeline", "this timeline", "dream scenario",
	"ideal world", "cut to me", "cut to :", "fast forward", "rewind to", "flashback", "flash back", "picture it", "my twenties in", "my teens in", "my first memory", "in walks my", "in walks the",
	"subtitle reads", "the subtitle", "write as", "written as", "caption it", "sms from", "text from unknown", "unknown number", "voicemail from", "i got the part", "got the part", "my part",
	"the part of", "my lines", "cast list", "audition piece", "dress run", "tech run", "we open on", "act one", "act two", "act three", "act four", "act 1", "act 2", "act 3", "background extra",
	"an extra in", "cover story", "cover stories", "role reversal", "training scenario", "test data", "dummy data", "sample data", "fake data", "test form", "fake profile", "test account",
	"demo account", "dummy account", "my sim", "baldur 's gate", "gran turismo", "crusader kings", "rimworld", "disco elysium", "mass effect", "red dead", "save file", "playthrough", "my avatar",
	"weird dream", "strange dream", "those dreams", "the dream", "a dream", "chapter one", "chapter two", "chapter three", "chapter four", "chapter five", "chapter six", "chapter seven", "last chapter",
	"final chapter", "my narrator", "my hero", "my heroine", "my protagonist", "my character", "our characters", "character sheet", "dungeon master", "game master", "scammer", "the scammers",
	"playing house", "dressed up", "crew member on", "second life", "past life", "past lives", "previous life", "another life", "parallel universe", "my scene", "the scene", "reading for the part",
	"story i am writing", "my story", "draft two", "example sentence", "example sentences", "two truths and a lie", "mock patient", "simulated patient", "patient actor", "standardised patient",
	"as someone else", "as somebody else", "playing shops", "playing schools", "playing doctors", "playing families", "playing mums and dads", "murder weekend", "everyone lies", "the game :",
	"insists on", "copy pasted", "copy-pasted", "copied from", "the ad break", "insurance example", "for the example", "future self", "younger self", "answers my phone", "poster copy", "for the poster",
	"name swap", "name swaps", "swapped names", "swap names", "swapping names", "picture this", "picture the scene", "the year is", "time machine", "alternate history")

// topical are words of the same that people also just talk of: they make parts of what is said of the speaker behind them.
var topical = phrases("five year plan", "ten year plan", "five-year plan", "best case", "worst case", "plan b", "the narrator", "callback", "for a role", "panto", "pantomime", "nativity play",
	"school play", "larp", "larping", "murder mystery", "d & d", "d&d", "dnd", "d and d", "dungeons and dragons", "dungeons & dragons", "pathfinder", "improv", "audition", "auditioned", "auditions",
	"dress rehearsal", "opening night", "the script", "monologue", "short film", "student film", "film set", "escape room", "role plays", "roleplaying", "role-playing", "training exercise",
	"the scenario", "mock interview", "mock trial", "placeholder", "the demo", "user test", "usability test", "duolingo", "language class", "language course", "textbook", "phrasebook", "the sims",
	"sims 4", "stardew", "skyrim", "minecraft", "animal crossing", "zelda", "fallout", "elden ring", "witcher", "pokemon", "world of warcraft", "cyberpunk", "gta", "football manager", "roblox",
	"fortnite", "final fantasy", "in game", "in-game", "npc", "halloween", "fancy dress", "costume party", "cosplay", "costume", "dreamt", "dreamed", "had a nightmare", "nightmare about", "bad dream",
	"that game with", "new season of that", "night 's sleep", "first person", "first-person", "my novel", "a novel", "the novel", "the campaign", "our campaign", "karaoke", "song is stuck", "the lyrics",
	"the chorus", "audio drama", "voice acting", "reenactment", "re-enactment", "medieval fair", "renaissance fair", "undercover", "make believe", "make-believe", "dressing up", "dress up", "monopoly",
	"game of life", "the game of", "board game night", "werewolf", "among us", "mafia night", "vr game", "vrchat", "hypnosis", "regression", "screenplay", "our play", "the play", "this play",
	"curtain call", "matinee", "matinée", "understudy", "the musical", "our musical", "puppet", "puppets", "storytelling", "story time", "bedtime story", "short story", "fanfic", "nanowrimo",
	"the draft", "flash fiction", "creative writing", "writing prompt", "writing group", "writing exercise", "writing course", "cue cards", "flashcards", "speaking exam", "oral exam",
	"listening exercise", "dialogue", "mad libs", "two truths", "cards against humanity", "charades", "persona", "personas", "user story", "user stories", "case study", "vignette", "osce",
	"first aid course", "homework", "old diary", "my diary", "teenage diary", "job ad", "the advert", "school project", "self help book", "a medium", "the medium", "psychic", "séance", "seance",
	"test the app", "testing the app", "test the form", "testing the form", "typing class", "typing test", "census", "went on and on", "goes on and on", "that sort of thing", "negotiation exercise",
	"board game", "on the board", "roll the dice", "best man 's speech", "eulogy", "opening line", "first line", "team building", "team-building", "icebreaker")

// untruths say of what was said that it is not so.
var untruths = phrases("none of these things", "none of this is true", "none of that is true", "none of it is true", "none of it was true", "neither is true", "neither 's true",
	"neither of which is true", "not a word of it", "all made up", "made it all up", "i made that up", "made it up", "all lies", "a pack of lies", "pure fiction", "total fiction", "complete fiction",
	"for a joke", "april fool", "april fools", "april fool 's", "pulling your leg", "just messing", "only messing", "winding you up", "had you there", "had you going", "gotcha", "just testing you",
	"trick question")

// rehearsing are words of the same that people use of other things as well.
var rehearsing = phrases("rehearsal", "rehearsals", "rehearsing", "rehearse", "rehearsed", "am dram", "am-dram", "amateur dramatics", "drama group", "drama club", "drama class", "theatre group",
	"theatre company", "youth theatre")

// reallySo says that a statement is meant in earnest all the same.
var reallySo = phrases("in real life", "irl", "real name", "day job", "by day", "off stage", "offstage", "for real", "outside the game", "in actual fact", "really am", "actually am", "real job", "as for me", "out of character")

// plots are words of films, series and books: what is said of people without a tie to the speaker is said of their plot.
var plots = phrases("season one", "season two", "season three", "season four", "season five", "season six", "season 1", "season 2", "season 3", "season 4", "season 5", "season 6", "season 7",
	"series one", "series two", "series three", "series 1", "series 2", "series 3", "first season", "second season", "third season", "last season", "final season", "new season", "first series",
	"second series", "new series", "last series", "the series", "this series", "that series",
	"episode", "episodes", "ep 1", "finale", "cliffhanger", "spoiler", "spoilers", "the credits", "plot", "the plot", "sequel", "prequel", "trilogy", "novel", "novels", "audiobook", "audiobooks",
	"on audible", "on kindle", "blurb", "paperback", "binged", "bingeing", "binging", "binge", "on netflix", "netflix series", "netflix show", "on hbo", "on iplayer", "on disney", "on prime", "box set",
	"boxset", "soap", "soaps", "corrie", "coronation street", "eastenders", "emmerdale", "hollyoaks", "the archers", "great film", "good film", "great movie", "good movie", "the film", "that film",
	"this film", "the movie", "that movie", "this movie", "a film", "a movie",
	"film night", "movie night", "first volume", "second volume", "third volume", "last volume", "book two", "book one", "book three", "telenovela", "anime", "manga", "k-drama", "kdrama", "sitcom",
	"miniseries", "protagonist", "the ending", "the villain", "the heroine", "book club", "bookclub", "screenplay", "musical", "opera", "rewatch", "rewatched", "rewatching", "watched it", "watching it",
	"re-watching", "re-reading", "rereading", "whodunnit", "whodunit", "thriller", "true crime", "documentary", "docuseries", "biopic", "romcom", "rom-com", "storyline", "the author", "the writer",
	"the script", "the comic", "graphic novel", "chapter one", "chapter two", "chapter three", "chapter four", "chapter five", "chapter six", "chapter seven", "last chapter", "final chapter",
	"the narrator", "fan fiction", "fanfic", "the podcast", "this podcast", "a podcast",
	"the play", "the show", "this show", "that show", "the trailer", "on telly", "on tv", "on the telly", "subtitles", "the cast", "the lead", "plays the", "character", "characters",
	"based on a true story", "page turner", "halfway through the book", "the book", "this book", "that book", "finished reading", "the game", "this game", "visual novel", "the campaign", "the quest",
	"npc", "tv drama", "crime drama", "period drama", "nordic noir", "love island", "bake off", "reality show", "dating show", "married at first sight", "the quiz", "quiz question", "riddle",
	"logic puzzle", "word problem", "maths problem", "math problem", "the exercise says", "the example", "sample sentence", "test question")

// unmeasured are words around a number that is the speaker's age all the same.
var unmeasured = set(`years year old yo y/o age aged birthday turned turning turn young`)

// measuring are words of measures: after them "I'm 82" is no age.
var measuring = phrases("weigh", "weighed", "weighing", "weighs", "weigh-in", "weight", "scale", "scales", "kilo", "kilos", "kg", "kgs", "stone", "lb", "lbs", "pounds", "bmi", "fat", "the diet",
	"target", "my goal", "goal is", "goal weight", "down from", "up from", "down to", "want to be under", "fever", "temperature", "thermometer", "bench", "bench press", "deadlift", "deadlifting",
	"squat", "squats", "pass mark", "scored", "score", "level", "levelled", "leveled", "lvl", "size", "trousers", "jeans", "cholesterol", "blood pressure", "bingo", "darts",
	"handicap", "bpm", "heart rate", "pulse", "watts", "zwift", "calories", "reps", "aiming for", "pages", "the queue", "waiting list", "slimming world", "weight watchers", "percent", "per cent",
	"waist", "cm", "inches", "shoes", "shoe", "jacket", "wordle", "streak", "ranked", "elo", "rating", "rank", "points", "xp", "mph", "km/h", "kmh", "speed", "degrees", "celsius", "hcp", "bib", "raffle",
	"room number", "in room", "locker", "lot number", "leaderboard", "vo2", "blood sugar", "glucose", "ferritin", "lost another", "gained", "minutes away", "volts", "decibels", "iq", "out of 100",
	"questions in", "km in", "miles in", "k in", "laps in", "lengths in", "not out", "runs", "overs", "frames", "chess.com", "lichess", "duolingo", "mmr", "and counting")

// lent are words of cars that are not the speaker's own.
var lent = phrases("hire", "hired", "hiring", "hire car", "rental", "rented", "renting", "rent", "on loan", "loan", "loaner", "loan car", "lent", "lend", "borrowed", "borrow", "borrowing", "courtesy",
	"courtesy car", "car share", "carshare", "car-share", "car club", "while mine", "while ours", "while my", "while the", "in the shop", "in the garage", "at the garage", "being fixed",
	"being repaired", "until they", "till they", "until mine", "till mine", "for the week", "for the weekend", "for a week", "for the trip", "for the day", "for the month", "for two weeks",
	"for three days", "for ten days",
	"this weekend", "test drove", "test drive", "test-drove", "test driving", "gran turismo", "forza", "need for speed", "gta", "mario kart", "simulator", "sim racing", "sixt", "hertz", "avis",
	"europcar", "enterprise", "zipcar", "turo", "budget desk", "airport", "on holiday", "upgrade", "upgraded us", "valet", "arrivals", "for the wedding", "pick-up desk", "hire desk", "drop off",
	"drop-off", "the depot", "one way", "full to full", "deposit", "excess", "holiday let", "customer 's", "client 's", "replacement vehicle", "replacement car", "showroom", "brochure", "lego",
	"scalextric", "poster", "toy", "model kit", "hot wheels", "raffle")

// petSitting are words of animals that are not the speaker's own.
var petSitting = phrases("looking after", "look after", "dog sitting", "cat sitting", "dog-sitting", "cat-sitting", "pet sitting", "house sitting", "house-sitting", "minding", "sitting for",
	"fostering", "owner 's", "owner is", "owners are", "belongs to", "for the weekend", "for the week", "till sunday", "until sunday", "until monday", "till monday", "till friday", "until friday",
	"until they are back", "while they are away", "while she is away", "while he is away", "while her owners", "while his owners", "boarding", "in our care")

// firmTies are what makes a partner one in business, in sport or at work.
var firmTies = set(`firm practice company business office surgery bakery shop agency studio restaurant cafe café salon garage clinic law work school lab force patrol station team squad startup start-up venture chambers gallery pub bar farm vineyard brewery consultancy
	dealership court club gym crime class project group store workshop case beat ring ride duo band act stall market stand podcast channel label partnership`)

// lawfulOnly say the same of a partner anywhere near.
var lawfulOnly = phrases("purely business", "strictly business", "business only", "business-wise", "business wise", "in business", "business partner", "not romantic", "not romantically",
	"not that kind", "not like that", "purely professional", "strictly professional", "strictly platonic", "platonic", "co-founder", "cofounder", "co-owner", "law firm", "doubles partner",
	"on the court", "dance competition", "lab report")

// tiresomeThings are what that nobody likes: who says so is not serious.
var tiresomeThings = set(`roadworks queue queues queueing queuing pothole potholes fine fines delays delay traffic jams jam invoice invoices bill bills spam mondays monday tax taxes paperwork wasps wasp mosquitoes mosquito midges gnats ticks hangovers hangover bureaucracy admin
	mould mold damp puddles diversions diversion cancellations cancellation strikes layovers hold-music voicemail voicemails pop-ups popups ads adverts captcha captchas passwords updates update reboots reboot crashes crash outages outage downtime blackouts root-canals canals hayfever headaches headache migraines migraine toothache splinters
	blisters sunburn nits lice fleas cockroaches rats mice leaks leak floods flood drafts draughts callers telemarketers surveys meetings reminders deadlines overtime nightshifts commutes commute turbulence jetlag hecklers litter vandals burglars scammers scams parking rush-hour overdrafts fees surcharges penalties audits detention exams invigilation detours breakdowns punctures flat-tyres tyres gridlock smog hailstorms hail drizzle sleet slush mud
	hoovering descaling defrosting unblocking silverfish slugs nettles stings allergies sneezing snot vomit sick colds flu norovirus scabies colonoscopies smears needles injections dentists forms trolls bots glitches lag buffering timeouts errors bugs merge-conflicts conflicts regressions legacy-code standups stand-ups reorgs restructures redundancies layoffs micromanagement micromanagers jargon`)

// tiresome make a nuisance of what follows: the word before them: "delayed trains".
var tiresome = set(`wet passive airport delayed cancelled canceled late broken rude cold burnt soggy stale lost missing surprise unpaid unexpected sleepless last-minute early-morning crowded packed leaky leaking flat endless pointless passive-aggressive unsolicited screaming barking noisy`)

// complaints are words of trouble, grumbles those that are so beside a gushing word.
var (
	complaints = set(`broken broke delayed cancelled canceled stuck ruined soaked leaking leak burst flooded queue sting stung bloody ffs ugh sigh argh crashed frozen refund complaint complain ridiculous drilling screaming barking knackered useless awful hell nightmare puddle wet freezing
	woken shouted rained ignored lost fined overcharged midnight pothole traffic jam`)
	grumbles = set(`again late gone waiting waited hour hours minutes typical thanks cheers told dying exhausted flipping`)
)

// keenest are words that make a liking too great to be meant if there is trouble, gushing those that do so if there may be.
var (
	keenest = set(`absolutely just so really simply totally truly oh ah great wonderful brilliant fantastic lovely yay fab genuinely positively always honestly loving`)
	gushing = set(`just so simply oh ah great lovely brilliant fantastic yay`)
)

// lifeless are what is no person, whatever its name: devices, plants, animals, cars and games.
var lifeless = set(`toy plushie hoover vacuum printer machine cactus plant spider fox robot chatbot bot ai app kettle toaster fridge freezer laptop computer phone boiler dishwasher dryer washer mower lawnmower roomba starter sourdough sofa couch pillow blanket teddy bear doll puppet mannequin statue gnome scarecrow snowman tree bush fern ficus monstera orchid aloe vera succulent yucca bonsai
	car van bike bicycle motorbike scooter boat yacht caravan campervan tractor lorry bus truck volvo fiesta corsa golf mini beetle guitar bass cello violin piano ukulele drum saxophone seagull pigeon crow magpie robin blackbird squirrel rat mouse mole badger hedgehog frog toad slug snail bee wasp ghost imaginary avatar hologram voice assistant software program script server spreadsheet calculator satnav sat-nav gps
	alarm clock radio telly tv television xbox playstation console controller keyboard monitor mixer blender oven microwave cooker slow-cooker thermomix airfryer fryer crockpot coffee espresso bottle mug cup cushion chair desk lamp heater radiator fan umbrella suitcase backpack tent drill hammer shovel spade mop broom chainsaw strimmer pump elevator lift escalator photocopier copier scanner shredder projector whiteboard
	dog cat cow horse pony donkey goat sheep pig chicken hen duck goose parrot budgie hamster gerbil rabbit tortoise turtle snake lizard gecko goldfish fish ferret llama alpaca puppy kitten labrador terrier poodle collie beagle spaniel greyhound whippet dachshund tabby moggy
	pumpkin potato tomato cucumber balloon rock pebble treadmill rower rowing elliptical stairmaster kettlebell volleyball football character npc`)

// brands are makers of things that people call friends.
var brands = set(`roomba alexa siri cortana netflix google dyson henry_hoover gin chatgpt claude gemini copilot excel spotify deliveroo youtube wikipedia webmd jack_daniels jim_beam johnnie_walker jameson guinness stairs caffeine coffee prozac clippy wetherspoon wetherspoons mr_whiskers mr_paws ben_and_jerry uber amazon tinder`)

// household are words of a home, a family or an evening, where occupations are a manner of speaking.
var household = phrases("in this house", "in our house", "in my house", "in this household", "in our household", "in this family", "in our family", "in my family", "of this house", "of this family",
	"of the house", "of the family", "of our family", "of this household", "in our kitchen", "in my kitchen", "in our flat", "in this flat", "round here", "around here", "around the house", "at ours",
	"on our street", "for the whole street", "before breakfast", "before 8am", "all before", "all in one", "all at once", "rolled into one", "all rolled into one",
	"as well as everything else", "thanks to youtube", "youtube university", "for my kids", "for the kids", "to my kids", "to my children", "to four children", "to three children", "to two children",
	"to two toddlers", "to a toddler", "to all my friends", "to my friends", "to my cat", "to my dog", "to the cat", "to the dog", "with three kids", "with two kids", "with four kids", "with a toddler",
	"with teenagers", "says my", "according to my", "unpaid", "unofficial", "resident", "apparently", "for the evening", "for the day", "for the night", "for the weekend", "for the afternoon",
	"for a day", "for one night",
	"in a past life", "in another life", "at heart", "of my own life", "wannabe", "in the making", "at bath time", "at bedtime", "to three teenagers", "in lockdown", "when the kids", "when my kids",
	"in the sense", "in the shower", "by association", "on this trip", "road trip", "on this road", "so no wine", "since the kids", "since the baby", "since the twins")

// outings are words of a visit, beside which "went to Harvard" is one.
var outings = phrases("on saturday", "on sunday", "on monday", "on tuesday", "on wednesday", "on thursday", "on friday", "yesterday", "today", "this morning", "this afternoon", "last week",
	"last weekend", "last month", "last night", "last summer", "the other day", "this week", "this weekend", "at the weekend", "over easter", "finally went", "conference", "trip", "day trip", "visit",
	"visited", "photo", "photos", "pictures", "selfie", "punting", "lunch", "dinner", "motel", "hotel", "gift shop", "tour", "wedding", "talk", "exhibition", "stayed", "drove", "train", "coach", "bus",
	"parking", "parked", "ice cream", "picnic", "museum", "with the kids", "for the day", "for the weekend",
	"rained", "sunburn", "cream tea", "match", "boat race", "concert", "interview", "open day", "for work", "meeting", "delivery", "to see", "to visit", "to meet", "to pick", "to collect", "to drop",
	"to look", "to watch", "to give", "for a", "punted", "the botanic", "botanic garden", "the market", "colleges", "cathedral", "chowder", "tourists", "queue", "souvenir", "sweatshirt", "hoodie",
	"jumper")

// lovers are words of couples, sessions those of appointments with professionals.
var (
	lovers = phrases("boyfriend", "girlfriend", "ex", "relationship", "together", "single", "dating", "dated", "love", "loved", "heart", "heartbroken", "cheated", "cheating", "moved out", "broke up",
		"break up", "split", "over between us", "romance", "kissed", "the one", "years", "months", "partner", "flat", "his stuff", "her stuff", "his things", "her things", "crying", "cried", "we were",
		"met someone", "somebody else", "someone else", "for good", "at last", "never liked", "toxic")
	sessions = phrases("physio", "plumber", "dentist", "hairdresser", "barber", "therapist", "trainer", "coach", "tutor", "surveyor", "accountant", "lawyer", "solicitor", "mechanic", "builder",
		"decorator", "electrician", "osteopath", "chiropractor", "session", "appointment", "my knee", "my back", "my core", "my teeth", "my shoulder", "my nails", "my hair", "the mop", "lesson", "at four",
		"at three", "at five", "for today", "pick you up", "the meeting", "the call", "the interview")
)

// noKin deny a relation that was named: "Aunt Gloria? She's nobody's aunt".
var noKin = phrases("nobody 's aunt", "nobody 's uncle", "nobody 's mother", "nobody 's mum", "nobody 's sister", "nobody 's brother", "nobody 's dad", "nobody 's father", "no one 's aunt",
	"no one 's uncle", "who is not my", "not my aunt", "not my uncle", "not really my", "not actually my", "not my real", "not my actual", "not a real", "no relation", "not related",
	"everyone called her that", "everyone called him that", "everybody calls her that", "everybody calls him that", "everyone calls her that", "everyone calls him that", "just what we call",
	"is what we call", "as we call", "not by blood", "does not exist", "imaginary", "made up", "made-up", "invented", "made of", "bluetooth", "plush toy", "soft toy", "stuffed toy")

// pining are what nobody adores doing: "adore standing in the rain".
var pining = set(`standing waiting queueing queuing paying losing chasing being refreshing rebooting unsubscribing explaining repeating apologising sitting`)

// stays are words of a stay for a time.
var stays = phrases("airbnb", "hotel", "hostel", "three weeks", "two weeks", "a week", "ten days", "a month", "two months", "three months", "six weeks", "back to real life", "back to reality",
	"the shoot", "until the", "till the", "while the", "house-sitting", "house sitting", "until we", "till we", "until i", "till i", "temporarily", "for now", "for the summer", "sublet",
	"out of a suitcase", "out of suitcases", "on assignment", "on location", "secondment", "house swap", "on tour", "for work")

// felt are words of an age that is a feeling: "inside I'm 17".
var felt = phrases("inside", "as old as you feel", "as you feel", "at heart", "mentally", "in spirit", "deep down", "in dog years", "in cat years", "in my head", "in my mind", "i feel", "feels like",
	"feel like", "in my heart", "body age", "fitness age", "metabolic age", "brain age", "biological age", "according to the watch", "according to my watch", "to the algorithm", "stuck at", "forever")

// billed are words of customers.
var billed = phrases("phone", "handset", "charged", "charge me", "bill", "bills", "billed", "billing", "tariff", "signal", "broadband", "wifi", "router", "policy", "premium", "premiums", "mortgage",
	"overdraft", "claim", "customer", "meter", "direct debit", "refund", "sim", "data plan", "account", "current account", "savings", "insurance", "insured", "app", "switch provider", "coverage",
	"roaming", "parcel", "parcels")

// shops are firms where most people are as customers, onShift are words of those who are not.
var (
	shops   = set(`aldi lidl tesco asda sainsburys morrisons waitrose ikea argos boots costco walmart target primark starbucks costa mcdonalds greggs b&q screwfix superdrug currys specsavers nandos kfc wetherspoons spoons pret subway dominos iceland co-op homebase wickes halfords decathlon zara h&m next matalan tk tkmaxx marks m&s kroger publix trader whole safeway wegmans targets walgreens cvs dunkin chipotle wendys popeyes rewe edeka carrefour mercadona leclerc auchan woolworths coles kmart bunnings wilko poundland hobbycraft waterstones smyths`)
	onShift = phrases("job", "jobs", "shift", "shifts", "manager", "boss", "contract", "notice", "redundancy", "redundant", "quit", "resigned", "hired", "rota", "on the till", "on the tills", "checkout",
		"years", "months", "promoted", "colleague", "colleagues", "staff", "employed", "work", "worked", "working", "works", "wage", "wages", "pay", "supervisor", "trainee", "warehouse", "uniform",
		"overtime", "interview", "career", "team", "part-time", "full-time", "part time", "full time", "since", "as a", "last day", "first day", "for good", "retired", "unemployed", "signed on")
)

// foibles are what nobody has a degree in.
var foibles = set(`procrastination overthinking sarcasm napping moaning complaining disappointment chaos laziness bullshit anxiety regret nagging snacking lounging loafing worrying life worry wine gossip mischief dithering faffing shouting sleeping eating sulking swearing parking flirting waiting ignoring failing lying avoiding queueing`)

// rueful are verbs of what people do and do not choose to.
var rueful = set(`losing forgetting cancelling canceling moaning napping procrastinating crying worrying overthinking avoiding paying arguing apologising apologizing queueing waiting overspending oversleeping nagging dying`)

// dumbly are ways to speak a language without speaking it.
var dumbly = phrases("with my hands", "in my sleep", "in my dreams", "when drunk", "when i am drunk", "after two beers", "after two wines", "after a few", "after three pints", "to the dog",
	"to the cat", "to my dog", "to my cat", "for beginners")

// notSo say that a liking is another than it looks.
var notSo = phrases("but not like that", "but not in that way", "not like that", "not in that way", "but not that way")

// petWords make another thing of "pet" before them: "my pet peeve".
var petWords = set(`peeve hate project theory name insurance food sitter topic subject shop store`)

// theseDays are words behind a state that lasts no longer than they say.
var theseDays = phrases("this week", "this weekend", "this morning", "this afternoon", "this evening", "today", "tonight", "this month", "for the week", "for the weekend", "for the day",
	"for the night", "for the morning", "for the afternoon", "for half term", "for the half term", "for a bit", "for a few days", "for a fortnight", "for the fortnight", "for lent", "for january",
	"for the duration", "for the time being", "all week", "all weekend")

// creaturely are verbs of animals and devices, inhuman what else is said of them.
var (
	creaturely = set(`barks meows purrs sheds jams hums beeps buzzes growls chirps squawks moults molts hisses quacks clucks whirrs whirs leaks rattles squeaks reboots overheats`)
	inhuman    = phrases("toner", "descaling", "descale", "needs watering", "needs repotting", "out of ink", "four legs", "has fleas", "fleas", "on batteries", "by that i mean the", "by that i mean my",
		"by that i mean a", "by which i mean", "and by colleague", "laserjet", "paper jam", "firmware", "we named the", "i named the", "we call the", "so technically", "turned out to be a",
		"turns out to be a", "litter tray", "litter box", "needs charging", "needs plugging", "unplugged", "is back from repair", "hp laserjet", "the ladder", "the lift is", "on my keyboard", "two wheels",
		"four wheels", "kibble", "catnip")
)

// provisos open a condition without "if", denying a denial.
var (
	provisos = phrases("another word", "another", "one more", "give me", "offer me", "pay me", "any more of this", "a bit more", "five more minutes", "say the word", "buy me", "keep this up",
		"keep it up", "carry on", "two more", "a few more", "touch my", "win the lottery", "one lottery win", "throw in", "show me", "get me", "ask me nicely")
	denying = phrases("not true that", "not true", "untrue that", "not the case that", "a lie that", "a myth that", "no truth in the rumour that", "false that", "nonsense that", "rubbish that")
)

// trading are words of a firm that speaks of itself as "we", queued those of places in a list, mismade what makes of a car's name another thing.
var (
	trading = phrases("deliver", "delivers", "nationwide", "worldwide", "clients", "customers", "our products", "our shop", "use code", "order online", "orders", "bookings", "hiring", "team of", "serve",
		"founded", "est", "established", "opening hours", "stock", "stockists", "wholesale", "ship", "shipping", "suppliers", "b2b", "our software", "our app", "our servers")
	queued  = phrases("waiting list", "on the list", "in the queue", "on the waiting")
	mismade = set(`ball balls problem bag bags course club clubs shirt clubhouse cheddar eggs roll rolls toy poster keyring mug figurine cap jacket advert ad logo badge concert song`)
)

// again are words of a marriage after the one that ended.
var again = phrases("married again", "remarried", "back together", "got back together", "married each other again", "second time round")
