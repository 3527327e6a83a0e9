package extract

// jobs are nouns that name somebody's work, as the head of a role.
var jobs = set(`
	accountant actor actress actuary administrator advisor adviser agent agronomist analyst anesthetist animator anthropologist
	archaeologist archeologist architect archivist artist assistant astronaut astronomer astrophysicist athlete attorney auditor author
	baker banker barber barista barrister bartender beautician biochemist biologist bookkeeper botanist bouncer brewer bricklayer broker
	builder butcher buyer captain caregiver carer caretaker carpenter cartographer cashier caterer chairman chairperson chairwoman chef
	chemist chiropractor choreographer cinematographer cleaner clerk coach coder comedian composer conductor consultant contractor
	coordinator copywriter coroner counselor counsellor courier curator cyclist dancer dealer decorator demonstrator dentist dermatologist
	designer detective developer dietician dietitian diplomat director dispatcher diver doctor draftsman driver ecologist economist editor
	educator electrician engineer entomologist entrepreneur epidemiologist ethicist executive farmer filmmaker firefighter fireman fisherman
	florist founder co-founder cofounder freelancer gardener geneticist geographer geologist glazier goldsmith grocer guard guide
	gynecologist gynaecologist hairdresser handyman historian housekeeper illustrator immunologist inspector instructor interpreter intern
	internist inventor investigator investor janitor jeweler jeweller joiner journalist judge laborer labourer lawyer lecturer librarian
	lifeguard linguist lobbyist locksmith logistician machinist magician mason masseuse mathematician mechanic mediator metallurgist
	meteorologist microbiologist midwife miner minister model musician naturalist neurologist neuroscientist neurosurgeon novelist nurse
	nutritionist obstetrician oceanographer officer oncologist operator ophthalmologist optician optometrist orthodontist osteopath painter
	paralegal paramedic pastor pathologist pediatrician paediatrician pharmacist philosopher photographer physician physicist physiologist
	physiotherapist pianist pilot plasterer plumber podiatrist poet policeman policewoman politician porter postdoc potter priest principal
	printer producer professor programmer proofreader psychiatrist psychologist psychotherapist publicist rabbi radiographer radiologist
	realtor receptionist recruiter referee reporter researcher retailer roofer sailor salesman salesperson saleswoman scientist scholar
	screenwriter sculptor seamstress secretary senator shepherd shopkeeper singer sociologist soldier solicitor songwriter sommelier
	statistician stockbroker stylist sub-editor superintendent surgeon surveyor tailor teacher technician technologist teller therapist
	tiler trader trainer translator trucker tutor typist upholsterer underwriter usher valet vet veterinarian violinist waiter waitress
	warden weaver webmaster welder woodworker writer zoologist zookeeper bassist drummer guitarist cellist ranger student undergraduate
	postgraduate apprentice trainee sysadmin devops tester strategist planner ceo cto cfo coo cmo cio ciso president owner co-owner manager
	supervisor lead head vp partner treasurer foreman postman postwoman postie milkman binman fisherwoman camerawoman cameraman stagehand
	roadie busker comic croupier jockey groom blacksmith stonemason thatcher shepherdess beekeeper gamekeeper groundsman groundskeeper
	landscaper arborist forester lumberjack logger bellhop bellboy concierge steward stewardess chauffeur cabbie taxi-driver dustman nanny
	babysitter childminder au-pair governess dinner-lady headteacher headmaster headmistress dean provost registrar bursar proctor
	invigilator genealogist conservator restorer framer gilder engraver bookbinder typesetter subeditor columnist correspondent newsreader
	presenter broadcaster announcer subtitler lexicographer copyeditor ghostwriter playwright dramatist lyricist arranger organist harpist
	flautist oboist trumpeter saxophonist dj cobbler milliner dressmaker knitter ceramicist glassblower jewellery-maker carver luthier
	piano-tuner watchmaker clockmaker butler maid cook pastry-chef chocolatier cheesemaker winemaker vintner distiller roaster barkeep
	barmaid barman sous-chef keeper understudy ambulance-driver phlebotomist anaesthetist anesthesiologist cardiologist urologist
	haematologist rheumatologist geriatrician gp doula audiologist hygienist dental-nurse prosthetist embalmer undertaker mortician
	funeral-director magistrate bailiff notary conveyancer constable sergeant sheriff marshal trooper coastguard firewoman marine sniper
	corporal lieutenant colonel major admiral submariner deckhand skipper ferryman bargee docker stevedore crane-operator signalman
	train-driver tram-driver bus-driver lorry-driver rigger roustabout driller geophysicist hydrologist volcanologist seismologist estimator
	quantity-surveyor scaffolder cabinetmaker gasfitter paver fitter turner toolmaker millwright boilermaker pipefitter lineman assembler
	packer picker storeman forklift-driver data-scientist loss-adjuster adjuster quant payroll-clerk estate-agent letting-agent merchandiser
	visagist make-up-artist manicurist hairstylist tattooist masseur yoga-teacher leader childcarer cartoonist printmaker photojournalist
	videographer colourist gaffer projectionist usherette missionary nun monk vicar curate bishop deacon chaplain imam verger sexton
	choirmaster conservationist kennel-hand dog-walker farrier handler falconer governor councillor councilor alderman mayor mp congressman
	congresswoman ambassador envoy attache glassmaker tanner cooper wheelwright saddler furrier hatter cordwainer silversmith
	swimming-teacher lollipop-lady crossing-guard teaching-assistant sendco senco ta playworker youth-worker caseworker careworker keyworker
	bricky brickie sparky chippy barback doorman chambermaid valeter shelf-stacker greengrocer fishmonger ironmonger newsagent stallholder
	shopfitter kitchen-fitter carpet-fitter chimney-sweep pest-controller exterminator groundworker digger-driver banksman draughtsman
	draughtswoman dramaturg repetiteur costumier wigmaker puppeteer juggler acrobat stuntman stuntwoman clown hypnotist medium astrologer
	reflexologist acupuncturist homeopath herbalist orthoptist perfusionist sonographer radiotherapist toxicologist virologist
	pharmacologist biostatistician bioinformatician mycologist ornithologist palaeontologist paleontologist egyptologist musicologist
	philologist theologian criminologist demographer psephologist econometrician horticulturist horticulturalist viticulturist
	silviculturist ghillie gillie crofter smallholder rancher cowboy shearer milker trapper fisher trawlerman oysterman lobsterman
	fabricator sheet-metal-worker coppersmith clocksmith gunsmith telemarketer telephonist switchboard-operator scheduler expediter
	steeplejack lineworker linesman fettler trackman signaller bosun boatswain helmsman coxswain purser navigator aviator airman cadet
	recruit medic orderly almoner matron sister vaccinator evangelist youtuber streamer blogger podcaster vlogger marketer specialist
	representative rep scrum_master physio taxidermist worker housewife househusband homemaker
	groomer sorter sweeper stitcher cutter presser riveter moulder caster grinder polisher sander sprayer dresser
	finisher binder loader haulier drayman stablehand stableman greenkeeper headhunter trichologist perfumer celebrant cataloguer indexer
	transcriber captioner fundraiser canvasser valuer auctioneer assessor examiner verderer cheesemonger tractor-driver delivery-driver van-driver coach-driver
	hydrographer patissier commis bottle-washer bellringer steelworker ironworker woodturner cabinet-maker signwriter sign-writer letterer
	stenographer dramatherapist sommelière audiotypist bookmaker pawnbroker salesgirl shopgirl storekeeper stockist wholesaler importer exporter hotelier
	restaurateur publican innkeeper confectioner miller maltster ethnographer sinologist cryptographer pentester sre webdesigner scriptwriter showrunner
	dramaturge choreologist répétiteur lutenist violist trombonist tubist percussionist neonatologist pulmonologist nephrologist endocrinologist gastroenterologist hepatologist
	intensivist hospitalist chiropodist hypnotherapist swim-teacher ski-instructor scuba-instructor climbing-instructor personal-trainer pe-teacher nursery-nurse school-nurse district-nurse health-visitor
	lollipop-man boatbuilder sailmaker shipwright harbourmaster lighthouse-keeper trackworker train-guard
`)

// workerKinds are words before "worker" that make it an occupation.
var workerKinds = set(`social care support key youth factory warehouse shop bar steel metal farm dock rail railway postal council community outreach hospital hospice nursery kitchen retail construction
	building site mill oil relief aid development case charity church health maintenance production assembly foundry shipyard laundry hotel restaurant canteen catering domestic residential agency forestry
	sanitation utility transport transit airport play sheet conservation welfare sex`)

// roleBreakers are words before a job's noun that make it no job, or one that is not held now.
var roleBreakers = set(`former ex retired aspiring wannabe future would-be bad terrible good great better best decent pretty
	big huge fake failed amateur worse worst awful lousy excellent real natural born people secret
	bit kind sort lot certain potential prospective lucky fellow careful fast slow safe total complete regular
	horrible mediocre poor not no supportive patient model role budding hopeful so-called self-proclaimed armchair
	designated backseat back-seat keen avid double silent frequent heavy light active passive control home hopeless
	my your his her our their its terrific fantastic capable competent strict tough cool nice amazing wonderful
	glorified unofficial honorary resident temporary stand-in makeshift unpaid self-appointed reluctant household accidental occasional
	fictional imaginary virtual digital helpful ai`)

// rolePadding are words between the article and the role that say nothing about the role.
var rolePadding = set(`busy proud happy tired full-time part-time young licensed certified qualified local professional
	new newly passionate dedicated experienced seasoned hard-working hardworking trained fellow simple humble
	30-year-old`)

// executives are titles whose holder works for what follows "of".
var executives = set(`ceo cto cfo coo cmo cio ciso cpo cso chairman chairwoman chairperson founder co-founder cofounder president
	vice-president owner co-owner`)

// departments are what follows "head of" without being an employer.
var departments = set(`sales marketing engineering product finance hr legal operations design support research data it
	security accounting communications people growth platform infrastructure partnerships procurement logistics analytics
	strategy talent quality compliance development technology content customer digital science ai ml machine global
	human brand creative business north south east west europe emea apac americas`)

// notEmployers follow "work at", "work for" or "work in" without being one.
var notEmployers = set(`home night noon midnight free peanuts fun money least times once all it them him her you me us
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
	october november december christmas easter halloween thanksgiving lent ramadan carnival fulltime parttime mr mrs ms dr god jesus satan i this that these those my
	your his our their life people someone somebody anyone everyone myself yourself both large scale speed
	english french german spanish python java`)

// demonyms are nationalities.
var demonyms = set(`
afghan albanian algerian american argentinian argentine armenian australian austrian bangladeshi belarusian belgian bolivian
bosnian brazilian british bulgarian cambodian cameroonian canadian chilean chinese colombian croatian cuban czech danish
dutch ecuadorian egyptian english estonian ethiopian filipino finnish french georgian german ghanaian greek guatemalan
haitian hungarian icelandic indian indonesian iranian iraqi irish israeli italian jamaican japanese jordanian kazakh kenyan
korean kuwaiti latvian lebanese libyan lithuanian malaysian maltese mexican moldovan mongolian moroccan nepalese nepali
nigerian norwegian pakistani palestinian panamanian paraguayan peruvian polish portuguese romanian russian rwandan saudi
scottish senegalese serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese tanzanian
thai tunisian turkish ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh zambian zimbabwean
`)

// languages can be spoken.
var languages = set(`hausa tigre sylheti romani scots kurmanji sorani kurdish bhojpuri maithili rajasthani marwari santali manipuri dzongkha sepedi bemba luo kamba kalenjin efik ibibio tiv kanuri fulani mandinka krio pidgin creole chamorro waray hiligaynon kapampangan
minangkabau balinese tahitian nahuatl aymara yucatec ojibwe cherokee lakota greenlandic sami karelian chechen ossetian abkhaz chuvash bashkir corsican friulian neapolitan piedmontese valencian silesian sorbian auslan nzsl lsf libras makaton saraiki mirpuri pothwari pahari dogri bodo khasi mizo garo

afrikaans albanian amharic arabic armenian basque bengali bosnian bulgarian burmese cantonese catalan chinese croatian czech
danish dutch english esperanto estonian farsi finnish flemish french gaelic georgian german greek gujarati hebrew hindi
hungarian icelandic igbo indonesian irish italian japanese kannada kazakh khmer korean lao latin latvian lithuanian
macedonian malay malayalam maltese mandarin marathi mongolian nepali norwegian pashto persian polish portuguese punjabi
romanian russian serbian sinhala slovak slovenian somali spanish swahili swedish tagalog tamil telugu thai tibetan turkish
ukrainian urdu uzbek vietnamese welsh yiddish yoruba zulu
twi akan wolof quechua guarani maori māori fula shona xhosa tswana sotho luganda kinyarwanda lingala kikuyu oromo tigrinya faroese luxembourgish breton
sardinian sicilian galician asturian occitan romansh frisian tatar uyghur tajik turkmen azerbaijani azeri kyrgyz dari sindhi odia assamese kashmiri
konkani tulu cebuano ilocano javanese sundanese hmong hokkien hakka teochew shanghainese aramaic ladino manx cornish inuktitut cree navajo
hawaiian samoan tongan fijian patois bsl asl castilian moldovan belarusian chichewa malagasy ewe fon bambara ndebele swati tsonga venda
`)
