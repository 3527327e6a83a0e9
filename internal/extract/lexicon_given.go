package extract

// namesAbroad are given names that are common in some part of the world, beside those that are common in many. None is a word of English, a
// place or a brand.
const namesAbroad = `
	aaditi aafke aamir aarav aarne abbas abby abdi abdulkadir abebe abena abeni abida abimbola abiola achieng achilleas achim adaeze adalberto adaora addie
	adebayo adebola adeel adel adela adelaida adelheid adeline adelle adem adeola adesuwa adeyemi adina aditi aditya adnan adomas adorján adriaan adrien adwoa
	afaf afonso afra afroditi afua afzal agata agatha agathi aggie agnese agneta agnetha agnė agustinus ahlam ahmet ahsan aida aija ailbhe aileen ailsa aimée
	ainara ainhoa aini aino ainslie aishah aisling aivars ajay akari akash akbar akemi akhil akihiko akinyi akio akosua aksel akshay akua akwasi alaa aladár
	alain alastair alba alban albertina albrecht alcides aldona aleida alejandrina aleksej aleksi alemu alena alenka alessio alexandru alf alfie alfio alfonsina
	algernon algirdas alise alix alkis allegra almudena alois aloisia alojz alper alphonse alun alva alvin alya amadeu amaka amal amandine amanuel amare amarjit
	amaury ambika ambroise ambrose amedeo ameena ameer amin amira amita amitabh amos amparo amrita anabela analyn anand ananya anas anastasios anatole anaïs
	anca ander andreea andres andris andrás andrée anele anestis aneta anete anette aneurin anežka angelito angharad angélique aniket anikó anil anirudh anisah
	anish anke ankit ankita annabella annabelle annegret anneke anneli annelies anneliese annelore anniina annis anoop anouk anselm ansgar antal anthea antigone
	antje antonella antonin antonis antonín antti anuoluwapo anupam anuradha anushka anwar anwen aoife aparna apolline apolonija apostolos araminta arav archana
	archibald arda arend ari ariadne ariane arif aristea aristides aritz arja arkadiusz arlene arlo armand armando armelle arnav arne arnie arno aroha arooj
	arpita artem arto arun aruna arvid arvind arvydas arya aryani arzu asad asami asbjørn asena asep asger ashenafi asher ashok ashwin asier asif asli aslı asma
	asmaa assunta asuka ata athanasios athina atieno atif atsuko atticus attila aubrey aude auden audra augustin aulia aurel aurelia aurelio aurore aurélie
	austėja averil avi aviana avigail avinash avital aviva axel axelle aya ayaan ayaka ayako ayana ayanda ayelet ayhan aylin ayman ayodele ayomide ayse aysel
	aysun ayten ayu ayumi aziza azlan azman azucena babajide babar babatunde babs bagus baiba balázs bambang banu baozhai baptiste barak baraka baris barnaby
	barnabás barney bartholomew barthélemy bartimaeus bartosz bartłomiej barış basak bashir bassam bastiaan bastien batya bayani baz beate beatrix becca begoña
	bekele belen belinda belén bence benedita bengt beniamino benilda benkt benno berat berhane berit berk berkay berna bernadette berthold bertram beryl bess
	beste bethan betsy bettany bettie bettina betül bev beyza bhaskar bhavna bheki bich biddy bilge billie bilqis bina birger birgitta birte biruk birutė bisi
	biyu bjarne blaise blanche blandine blanka blodwen blythe boaz bodo bogdan boglárka bogumiła bohdan bohumil bola bolaji bongani bonnie bora borbála borislav
	božena božidar bram branislav branko branwen bree breixo brenna brenton bridie brigid britt britta bronagh bronisław bronisława bronwen brunella brunhilde
	bryant bryce bryn bryony budi buhle bukola bunty burak burcu burkhard bushra busisiwe byron bálint bärbel béla bénédicte bérengère bérénice bülent büşra
	caden caetano caitlyn calista callie callista calogero calum camelia canan candela candice caoilfhionn caoimhe capucine carina carlotta carly carmela
	carmelo carmine carole carolien carsten carwyn caspar casper caspian catalin caterina cathal cathaoir cathleen catrin catrina catriona cecilie celeste
	celestine celestino celina celso cem cemal cemile cengiz ceren ceri cerys cesare ceyda cezar cezary chaim chana chandrika changmin chantal chantelle chao
	charalampos charis charlene charley charlène charmaine chau chavela chaya cherie chetan chiaki chiamaka chibuzo chidi chidinma chieko chiho chika chike
	chimamanda chinedu chinonso chinwe chioma chipo chitra chrissie christabel christel christelle christos chrysa chrysanthi chukwuemeka chunhua cian ciara
	ciaran cihan cinzia ciprian citra clarence clarice clarinda clarissa clelia clem clement cleo clint clive clodagh clotilde clovis clémence clément codrin
	codruța coen coline colm colombe conall conceição concepción concetta connie conor constantin coralie cordelia cordula corentin corina corinna corinne
	cormac cornelis cornelius corrina cosima cosimo cosme cosmin cosmo costanza covadonga crina crisanto crispin cristian csaba csilla cuong custódio cuthbert
	cveta cyril cyrus czesław cécile célia călin daan dace daehyun dafydd dagmar dagmara dagny daichi dainis daiva daiyu dalisay dalit damaris damiano damjan
	damla danette danica danilo danish danièle danuta dao daphna daragh darby darcey darcy dariusz darla darma darrell darryl darshan daryl davi davina dayo
	dearbhla debbie declan deepa deepika defne deidre dejan dele delia delilah delores delphine delyth demi denisa deniz dennie denny dermot derya desiree
	despina desta detlef devika devrim dewey dewi dex dexter dezső dganit dhruv diamantis diarmuid dickie didem didier diep dietlinde dietmar dietrich dieuwke
	dilara dilek dilwyn dilys dimas dimitra dimitris dinah dinh dinis dionne dionysis dirkje divina divya divyansh dixie diya diyana dmytro dobromir domenica
	donal donatella donato donella dongwook donncha donnie donovan dorcas doreen dorian dorin dorinda dorota dorothea dorottya dottie dougal dougie dov doğan
	dragan dragana dragoș drahomíra drusilla duarte dulcie dulcinea dumisani dumitru duong dušan duško dvora dwayne dwi dzhamila débora dénes dóra eamon ebba
	ebele ebenezer eberhard ebru ecaterina ece eckhard edda edeltraud edgardo edgars edie edina edna edoardo edson edurne eduvigis edwina edyta eefje eero eeva
	efe effie efraim efren efstathios eftychia efua egil eglė egon ehsan eider eija eiji eileithyia eilidh eilis eimear einar eino eira eirik eirini eirlys
	eitan eivind ejike eka ekene ekkehard ekow ekrem elaina elbert eldon eldora elefteria eleftheria eleftherios elen eleonora elfriede eliana elin elina elinor
	elio elisabetta elita eliyahu eliška elke elli ellie ellinor ellis ellsworth elmer elodie eloise elouan eloy elpida elsebeth elspeth elton eluned elva
	elvira elwood elza eléonore elīna elżbieta emanuele emanuil embla emeka emer emese emiko emile emilija emine emir emmeline emmett emmie emrah emrys
	emőke encarna endang endre eneko engelbert engin enid enikő eniola enitan ennio enoch enzo eoghan eoin ephraim eran ercan erdem erdoğan erhan erhard erkan
	erkki erland erlinda erling erna ernestas ernestina ernie erol errol ersin erwan erwin erzsébet esen esha esi esin eskil esko esma esme esmeralda esmé espen
	esra estela estelle esti estrellita eszter ethel etsuko etta ettore euan eudes eugenia eugeniusz eugénie eula eulalie eunice eunji eunjung euphemia eurig
	eusebio evadne evangelia evangeline evangelos evaristo everett evert evie evita evren ewan ewart ewelina eyal eylül eyvind ezekiel ezgi ezra fabiana fabien
	fabienne fabiola fabrice fabrizio fadi fadime fahad faisal faiza faizal falk famke farai farhan farhana farida faris farooq farrah faten fatih fatimah fatin
	faustina faustine fawad faye fedele federica federico fedor feliciano felicity femke fenella feng fenna ferdinand ferenc fergal fergie fergus ferhat feride
	fermín fernão feyza ffion fiadh fidel fidelia figen fikru filippo filiz finbar fintan fionn fionnuala fiorella firmin fitri fitz flavie flavio fleur flo
	flora florent florentina florentine florica florin florine floris florrie floyd flávia folake folasade fotini fotis fouad francine franciszek franjo frankie
	franziska françoise fraser freda fredrik fridolin frieda friedel friedhelm frode fryda frøya fuat fulvio fumiko fumio funda funmi funmilayo furkan félicie
	gabi gabrijela gadi gaetano galina galit gamze garrett garry garth gaspar gaston gaurav gauri gayatri gayle gaynor gaëtan gede gediminas geert geir
	genevieve geneviève gennady gennaro genoveva georges georgette georgi georgiana georgie georgios geraint geraldine gerda gergely geri gerlinde germaine
	gernot gerrit gertie gertrude gesa gethin ghada ghassan ghazala gheorghe ghislain ghislaine giada giang gianluca giedrė giesela gijs gil gila gilad gilberto
	gilda giles gilles gillian ginette ginny gino gintaras gintarė gioacchino giordano giorgos girish girma girts gisela gisèle gitte giulietta giulio gizella
	gizem gladwin glenda glenys glynis godfrey gonzalo gopal goran gordana gorm gottfried gottlieb govind gracie graciela grady grainne grayson graziella graça
	grażyna greer greger gretchen grigore griselda gro grover gráinne grégoire guang gudrun guglielmo guilherme gundula gunhild gunilla gunn gunnar guntis
	gunvor guowei gurpreet gustaf gwenaëlle gwenda gwendolen gwendoline gwenllian gwennie gwilym gwyneth gwynfor gyula györgy gábor géraldine géza gönül gül
	gülay gülşen günter gürkan habiba hadar hadas hadi haejin haf hafiz hafizah hafsa haider haile haim haizea hajnalka hakan hala haldun haley halfdan halima
	halina hallie haluk halvard hamish hamza hanan hande haneul hani hanna hanne hanneke hannele hannelore hannu haoran haralambos hardeep hari haris harish
	harland harmon haroon harpreet harri harro hartmut haruka haruko hasan haslina hatem hatice hattie havva haya hayden haydn hayley hayoon hayriye hazel hedda
	hedvika hedwig hege heike heikki heiko heiner heitor helder heledd heleen helenka helge heli helmut hema hemant hemi hendra hendrik henning henrietta
	henriette henriqueta henryk herbie hermine hervé hester hettie hetty hezekiah hicham hideki hideo hieu hikaru hila hilal hilda hilde hildegard hilkka
	hillary hilma hiltrud hina hind hine hinemoa hinrich hiram hiroko hiromi hitomi hiwot hjalmar hoa hoang hobart holger homer honoré horace horacio horatio
	horațiu horia hortense hortensia houda howell hristo hubertus hubie huda hugues hui huiling humaira humphrey huong huw huy hye-jin hyejin hynek hyun hyunwoo
	hélio hülya hüseyin iacob iain iarla iason idan ido idun idwal ieuan ieva ifan ifeanyi ifeoma iftikhar iggy igna ignatius iida ike ikechukwu iker ila ilan
	ilana ilaria ildikó ileana ilhan ilias ilija ilinca ilja ilka ilkay ilkka ilona ilze iman imants imelda imke immacolata imogen imre imtiaz inbal inci indah
	indira ineke inese inge ingeborg ingegerd ingmar ingo ingram ingvild ingūna inka inmaculada inna innes intan inès ioan ioana ioane ioanna ioannis iolanda
	iolo ion ione ionela ionuț iordanis iorwerth ipek iqbal irem irenka irfan iria irja irma irmgard irmtraud irvin irving irénée isabeau isadora isagani isamu
	isaure ishaan ishan ishita isidore iskandar isla isobel isolde israa issy istván itai italo itamar itsuki itzhak itziar iuliana iva ivanka ivar ivars ivaylo
	iveta ivo ivone ivor ivy iwan iwona izabela izaskun izzat iñaki jaakko jaan jaap jacinda jacinta jacinthe jacinto jacklyn jadranka jadvyga jadwiga jae
	jaehyun jagdish jagger jagoda jalal jamesina jamila jandira janek janelle janete janette janey jani janis janna janne janneke jannik janusz jaqueline jari
	jarkko jarle jarmila jarmo jaromír jaroslav jarvis jasleen jasna jasper jaspreet javed jaya jayant jean-luc jean-pierre jeanie jeanne jeannette jeannie
	jeannine jeb jed jejomar jelani jelica jelle jeltje jemima jena jennelyn jenson jenő jeppe jeremiah jeri jericho jerilyn jeroen jerri jerrold jerzy jesper
	jethro jette ji-eun ji-hoon ji-woo jia jiahao jianguo jianhua jiayi jide jieun jihad jihoon jihye jillian jimbo jimena jimin jing jingyi jinhua jinwoo jip
	jisoo jitka jiwon jiwoo jiřina joachim joanie joann joanne joaquim jobst jocasta jocelyn jodie joellen johnnie jojo joko jolanta jolene jolie jolán jonna
	jonny jonty jools joon joost jordão joris jorn jorunn jory josefina joselito josephina josette josiah josiane josip josselin jostein josué jouni jovan
	jovana jovelyn jozefina joël joëlle judd judicaël judit juha juhani jukka julen juliann julianna juliette julita juma junaid junho junichi junjie junko juno
	jurema jurga jurgis juris jurre jussi justinas justine jutta jyoti jános józef józsef jüri jānis kaan kaare kaarel kaarina kabir kadek kadir kahu kaija
	kaimana kaiming kaisa kaitlin kaitlyn kaito kaja kajal kalev kalle kalliopi kalpana kamala kamarul kamau kamila kanchan kaori kapka kara karan kareem karel
	kari karianne karine karis kariuki karlene karolína karthik karyn kasey kashif kaspar kaspars kata katalin katelijne katerina kateřina kath kathi kathie
	kati katri katrien katsumi kauko kavita kavya kayleigh kayley kayode kazimierz kazuki kazuko kazuo kebede keeley kees kehinde keiichi keira keisha kekoa
	kelechi kelvin kemal kendall kendra kendrick kenelm kenna kenta keoni keren kerensa kerim kerri kersti kerttu keshav keshia ketil ketut kev kezia khairul
	khaled khalil khanh khoa khurram kiara kidane kieran killian kimmo kinga kipchoge kiprop kiri kirk kirsi kirsti kirsty kishore kiyoshi kjell kjersti klaas
	klara klaudia kleio klára knox knud knut koen koichi koji kojo kolbjørn koldo komang konstantin konstantina konstantinos korbinian kornel kosmas kostas
	krešimir krishna krista kristaps kristian kristine kristoffer kristy krisztina kritika krystian krystyna ksenia ksenija kudzai kulsoom kumiko kunal
	kunigunda kunigunde kunle kurnia květa kwabena kwaku kwasi kweku kwesi kyllikki kyoko kyra kyran kyriaki kyriakos kyung kálmán kármen käthe kåre kübra külli
	kęstutis kıvanç lacey lachlan ladislas ladislav laima laimis lajos lalita lambert lamberto lamia lamont lan lancelot lanie lanre lanying lapo larysa
	lashonda lasse latanya latifa latonya latrice laure laurențiu laurette lauri laurie laverne lavinia laís leander leandra leandro leann leanne leberecht lech
	leela leelo leena lefteris leif leilani leire lekan lela lembit lemlem lemuel lene lenka lennie lennon lennox lenny lenora leola leona leonidas leopold
	leota lerato lesley lestari leszek leta letha letizia lettie levana levent levente lex leyla lia libby libuše liddy lidia lidija lieke liepa liesel
	lieselotte lieve lieven ligaya lihua liis liisa lijuan lilian liliana lilias lilijana liling lilith lilla lillian linas lindiwe linnea linnéa lionel lior
	liora lisandro lisbet lisbeth lise lisette lital liudas liv livia liviu livvy lixin lizzie ljiljana ljubica ljubomir lleucu llew llinos llio loes lonneke
	lonnie loraine lorcan loredana lorelei lorena lorene lori lorna lorne lothar lotta lotte lottie louane louella louie louison loukas lourenço lowell lowri
	loyd loïs lualhati luana luanne lubna lubomír luc lucette lucian luciano lucie lucienne lucille lucinda lucius lucretia lucyna ludivine ludmila ludovic
	ludovica ludovico ludvig luella luise luiza lulu luma luminița luningning lupe luther lutz luuk luzviminda lwazi lyle lyman lynda lyndon lynette lynne
	lynnette lyra lysander lyubov lászló lígia lívia lóránt maaike maarit maarja maarten maayan mable mabli macarena machteld maciej macsen maddalena maddie
	maddox madelyn madge madhav madhavi madhu mae maeve magali magdalene magdaleno magdolna magnhild magsaysay maha maheen mahesh maija mair mairead mairi
	mairéad maisie maisy maite majid makana makeda makena maki makis makoto maksim maksym malachy malak malia malinda malini malka malwina mamie manaia mandla
	manish manisha manjit manlio manoj manolis manon mansour marceau marcelle marcello marcie mared mareike marek maren margarete margaux marge margery
	margherita margit margo margot margrethe margriet marguerite margus mari mariah marianne mariarosa maricel maricela marieke marijke mariko marilena marin
	maris marit marites mariusz marivic marja marjatta marketa markku marko markéta marla marleen marley marlies marloes marlowe marmaduke marnie marquis marte
	marthe martxel martynas marva marwa marwan marwane maryanne marzena marília masako masaru masato massimo matan matej mateusz mathijs mathilda mathis mathéo
	mati matija matilda matilde matti mattia maud maude maudie mauri maurine maurits maurizio mauro mavis maxence maxine maxwell maylene maylin maysa mayumi
	maël maëlle maëlys małgosia mbali mckenna mckenzie mechthild meelis meena meera mega megha megumi mehreen mehwish meifeng meike meiling meinir meir meirion
	meixiang mel melba melchor mele melek meleri melike melitta mellie meltem melva melvyn menachem menna menno meral merav meredydd merel mererid merete merike
	merja merle merlene merlin meron merrick merrill mert merve mervi meryem meryl mesut mette michalis michela michiko micky mieczysław mieke mieko miep
	miguelina mihaela mihai mihail mihi mihály mijin mikael mikel mikkel mikko miklós milada miladin milica miljana millard millicent millie milly milorad miloš
	miltiadis mim mimi mimmo min-ji min-jun minas mindaugas mindy minerva minghao mingyu minho minji minjun minna minnie minoru minseo minsoo mirabel mircea
	mireille mirela mirella miriana mirja mirjam mirjami mirjana mirona miroslava mirosław misaki mithun mitsuko mitzi mladen moacir mohit mojisola mollie
	momoko momčilo monroe monty morag mordecai mordechai morenike morgane morris morten mortimer morven moshe moti mounir mourad mpho mubashir muhammet muireann
	mukesh mulugeta muna mungo munir murat murdo murilo murray mustapha muthoni mwangi myfanwy mylene myles myriam myrna myron myrto myung márcio mária márta
	mátyás máté mélanie mélina mélodie mónika müge māris naama nabeela nabil nadav nadeem nadim nadzirah nadège naeem naftali nagwa nahia naila naima najwa
	nalan nalani naledi nandini nanette nanna naoki naoko naoto narayan naresh nargis nasreen nasser nat natalija nataliya natalya natan nate nathanaël natsuki
	natália naveed nawal nazan nazia nazlı neal neasa necati nechama ned neda neelam neema neeraj neeta nefeli nektarios nela nelda nele nell nellie nello nelly
	nenad nenita nerea nergis nerina neringa nerissa nermin nerys nesrin nestor nettie neuza nevena neville nga ngaire ngan ngoc nguyet nhi nhung niamh nianzu
	nicolae nicoleta nicolette nicolò nida nienke nieves nigella nihal niilo niina nikau nikodem nikolaos nikoleta nilay nilgün nimisha ninon nir nira niraj
	nirmala nisha nishant nitin nitzan nizar njeri njoroge nkechi nkem nnamdi nneka noa noam noboru noelani noelia noemi nokuthula nola nolan nomsa nomvula nona
	nonso noor noora noortje noreen norene noriko normunds norris nosipho noëlle ntombi nuala nuno nunzia nura nurain nuray nuri nuria nurit nurul nyambura nye
	nyoman nándor nóra oana oberon obi obinna oby octave octavian octavio oda oddvar odell odete odette odhran odile odysseas ofelia ofer ofir ofra ogechi
	ognjen oihana oili oisin oisín ojars okan ola olabisi olaf olamide olav olavi olayinka oldřich oleh oleksandr olena olha olivier olli ollie olof oluchi oluf
	olumide oluwaseun olwen olympia ombeline omer omolara omran omri ondrej onni onur onyeka ophelia ophélie ora orestis orhan oriane orit orla orlaith orly
	ornella orsola orsolya orson ortrud orval orville osagie osama osas osbert osborne oshrat osman osric osvaldo oswald othman otieno otis otso ottar ottavio
	ottilie ottmar ottoline outi ovidiu owain oğuz paal paavo padma padraig paivi palesa palle palmira pam pamella pania pankaj pantelis paraskevi parker
	parrish parul parveen pascale pascaline pascoe pasi pasquale patrice patrina patrizia patsy pattie paulette pauls pavla pavlos pavlína paxton payal peadar
	pearlie peder peeter peg pekka pelagia pelin pelle peng pengfei penny pentti percival perdita peregrine perlita pernell pernille perpetua perrine perry
	persephone pesach petar petras petri petronella petros petru petter petya peyton phelim philippa philomena phineas phuong phyllida piera pierce pierluigi
	piero pierrick pieter pim pina pinchas pippa piret pirjo pirkko piroska piyush plamen pollyanna polyxeni poonam porsha portia prabha pradeep pragya pranjal
	prasad prashant pratik preben predrag prem presley priit priscila prithvi proinsias przemysław pushpa putra putri pádraig pál pálma päivi pål pérola péter
	pınar qasim qiang qing qingyun quang queenie quiana quincy quintin quitéria quoc quyen rabab rabia rachid rachna rada radek radha radhika radka radmila
	radomir radosław radovan raed rafał rafe raffaele raffaella rafferty rafiq raghav ragna ragnar ragnhild rahayu raheela rahul raija raimo raimonds raimundo
	raivo rajan rajeev rajendra rajeshwari rajiv rakesh rallou rama raman ramazan rami ramiro ramsey ramūnas rana randa randall randi randolph rangi ranjit
	raphaella raphaël raphaëlle rasa rasha rashidah rashmi rasmus rastus ratna ravindra rawiri raya raymonde reba reece reem reena refilwe reggie regiane
	reginald rehana rehema rehman reidun reijo reika rein reina reiner reinhold reinier reino rekha renaud renske renu renzo renáta renārs reshma retno reuben
	reut reva reyhan reynaldo rezső rhea rhett rhian rhiannon rhoda rhodri rhona rhys rianne richie ricki rie rigoberto riikka riina rik rika rikke riku riley
	rima rimantas rina rinaldo rini ritika rituparna ritva rivka riyad rizalina rizki rizwan roald rocco rochelle roddy rodel roderick rodney rodolphe roel
	rogan rogelio rogério rohini rohit rolando rollo romina romolo romulo roméo rona ronaldo ronan rong roni ronit roopa roos rory rosalind rosalinde rosalyn
	rosalía rosamund rosana rosanne rosaria rosario roscoe rosella roselle roselyn roselyne rosemarie roshan rosie rosina rosine roslan roslyn rosmah rossella
	roswitha rowan rowena roxana roxie royston rozalia ruairi ruairidh ruaridh ruba rubin rubina rudo rueben rufino rufus ruggero rukhsana rukmini rumbidzai
	rumen rumena ruolan rupa ruprecht ruqayya rutger ruthann ruthie ruud ruxandra ryder ryker ryota ryszard régine régis réka róbert rózsa róża rüdiger răzvan
	rıza rūta růžena saad saara saba sabah sabatino sabri sabrine sachiko sachin sadaf sade sadia saeed safa sagar sahar saima sajid sakari salih sallie salman
	salomé salvatore samara sameer samet sami samia samuele sana sanda sander sandhya sandrine sandro sangeeta sangwoo sania sanja sanjana sanjeev sanne sanni
	santa santeri santina santosh saoirse saori sapir saraswati sarfraz sarika sarit saroj saskia satish satoko satu saulė saurabh sava saverio savita sawsan
	scarlett seamus seda sedat seema sefa segun seija selam selda selim selin selina selwyn selçuk semhar semih semra senan seo-yeon seohyun seojun seongmin
	seoyeon seppo septimus serafina serap seraphina serdar serenella sergej sergii serkan setiawan settimio seun seungho sevda sevgi sevil sevim seyhan seymour
	seán shabana shadi shafiq shafiqah shahid shai shaima shaista shaked shalini shalom shana shania shankar shanna shanta shante sharda shari sharifah sharla
	sharlene sharmila shashi shaul shauna shay shazia sheela sheena sheri sheridan sherif sherman sherri shifra shigeru shilpa shimon shinji shiori shirl
	shivani shlomi shlomit shlomo shmuel shobha shona shonda shreyas shruti shubham shufen shun shunsuke sian sibel sibusiso sibyl sidonie sidra siebe siegbert
	sieglinde siegmund sigal sigbjørn sigita sigitas sigrun sigurd silas sile silja silje silke silvana silvester simeon simisola simonetta simran simão sina
	sinan sinclair sini sinikka sinéad siobhán sione sioned sipho sirje sirkka sirpa sisko sissel siti siv sivan siwan sixten sixtine siyabonga siyu siân sjaak
	sjoerd skaidrite slamet slavica slavko slobodan smita sneha snežana sobia sofus sohail soham sohee sointu soji solange soline solveig solène sonal sonny
	sonya soo-jin soojin sophronia soraya sorcha sorin sorley sotiria sotiris spas spencer spyridon spyros sri srinivas srđan stacia stamatis stanimir stanka
	stathis stefanie stefanos steffan steffi stein steinar stelios stevie stig stijn stine stojan stoyan stratos struan sture ståle suat subhash sudha sudhir
	suha suhail suhaila sujata sujin sukarno sukie sulaiman sumaira suman sumiko sumin sumit sunhee sunita sunniva surabhi suryani susann susanna susannah
	sushila susie susilo susumu suzanna suzette suzie svante svatopluk svein svend svenja svetoslav swantje swati syafiq sybil sybille sylvain sylvaine
	sylvester sylvie synne synnøve szabolcs szilvia szymon sándor sára séamus ségolène séraphine séverine sönke süleyman sławomir taavi tabatha tabitha tadas
	tadashi tadeo tadeu tadhg taehyung tafadzwa taha tahir tahira taina tainá takis talal talha tali talia tallulah tamar tamati tamer tamika tamir tammie
	tamsin tamás tancredi tane tanel taner tanguy tanisha tanvi tao tapani tapio tapiwa taras tarja tarquin tarun tasha tasneem tasos tatenda tatjana tatsuya
	tatum tauseef tavish taylan taylor tayo teemu tegan teguh tejas teleri telma temi temitope tendai tendayi teodor teodora teodorico teodoro terence tereza
	terhi teri terje tero terrance tesfaye tessie tetsuya teun tevita thabiso thabo thaddeus thalia tham thanasis thandeka thandiwe thanh thao thaís thekla
	thelma themba themis theobald theodor theodora theodoros theodosia thi thiago thibault thibaut thierry thijs thilo thisbe thodoris thoko thokozile thora
	thorben thorbjørn thorfinn thorvald thulani thurston thuy thyra théodore thérèse tia tian tiana tiberiu tibor tien tiernan tigist tihomir tiina tiit tiiu
	tijn tilda tilly tilman timo timothée tineke tirza tisha titouan tiziana tiziano tjeerd toan tobi tobiah tobiloba toby todor toivo tolga tomasa tomislav
	tommaso tommie tomohiro tomos tomé tonia tonje toomas topi tora torbjørn tord tore torfinn torgeir tori toril tormod torstein torsten torvald toshi toshiko
	toussaint tova toyin tracey traian trang traudl traute trent trev tricia triin trina trine trinh tris trish trista tristan trixie troels trond trude trudie
	trudy trygve tsegaye tsepo tsvi tudor tuija tullio tulsi tuncay tunde tuomas tuomo turgut tuula tuulikki tuva tuyet tuğba tuğçe tvrtko tyra tyrell tyson
	tyyne tzipora tziporah tímea tõnu tülay tülin tünde ubaldo ubirajara uche uchenna uday udo ufuk ugo ujjwal uju uldis ulf uli ulises ulrika ulysses umair
	umberto umut unai unni urbain urho uri uriel urmas urpo ursule urszula urve usman utami ute utku uxía uzma uğur vaclav vada vaida vaishali vaiva valarie
	valda valdemar valdir valdis valentin valentyna valeriano valeriu valters valtteri valérie vandana vangelis vanja varsha varun vasil vasile vasiliki vasilis
	vassilis vasudha vasyl vaughan vebjørn veena veera veerle veijo veikko veit velda veli velimir vello velma venetia verla verna vernita vesa vesela veselin
	veslemøy vibeke vic vicenta vicente victoire vidar vidya viet viggo vijaya vikas viktoria viktorija viktória vilde vilho viliam viljo vilma vilmos vilém
	vimala vinay vince vincenza vineet vinh vinita vinnie violaine violeta viorel viorica virgie virgil virgile virgilio virginie virginio virág vishal vitor
	vittoria vittorio vitória viv vivek viviana vivien vivienne vlad vladan vladislav vlado vlasta vojin vojislav vojtěch volkan volkmar volodymyr vuk vusi
	vytas vytautas väinö véronique vít vėja věra wacław wael wafa wagner wahyu waimarie wairimu waldek waldir wale waleed walid wallace wally walt waltraud
	wambui wanjiku wanjiru waqar waseem wassim wati wayan weiling weimin wenche wenzel whetu wibke widad widya wiebke wiebren wieke wieland wiesław wiesława
	wietse wiktor wiktoria wilbur wilda wilf wilfred wilfredo wilfried wilhelmina willa willard willemijn willis wilmer wim winfred winfried winifred winnie
	wioletta wiremu wolfram woodrow woojin wouter wulan wyatt wyn wynne wytze władysław włodzimierz xander xanthe xavi xavière xenia xenophon xia xiang xiaodan
	xiaofeng xiaoling xiaoming xiaoyan ximena xinyi xiulan xiuying xoan xueqin yaa yaakov yadira yaffa yago yahya yair yakup yalçın yamini yana yang yaniv
	yanmei yannick yanti yarden yaron yaroslav yasemin yash yasir yassin yasuko yavuz yaw yağmur yehuda yeji yejun yeliz yemi yesenia yewande yeşim yiannis
	yichen yifan yigal yiming ying yingying yinka yiorgos yishai yitzhak yiğit yke ylva yngve yoann yoav yochanan yogesh yohan yohannes yoichi yolande yonatan
	yong yoona yordan yordanka yorgos yorick yoshi yoshiko yossi yosuke younghee younis youssef yrjö yudi yue yuhan yuichi yuka yukari yukiko yulia yuliya yumi
	yumiko yun yuna yuni yuriy yusuke yuta yuting yuto yutong yuval yvaine yvan yveline yıldız yılmaz zac zachariah zacharias zacharie zack zadie zafar zainabu
	zainal zak zaleha zamfira zander zane zanele zawadi zbyněk zdenka zdzisław zebedee zeeshan zeev zehra zeina zeke zeki zelda zeliha zella zelma zena zeno
	zenon zenta zerrin zhen zheng zhiwei zhong zihan zimo zita ziva zixuan ziyad zlata zlatan zlatko zodwa zohar zoi zoila zola zoltán zoran zorica zoya zsolt
	zsombor zsuzsa zsuzsanna zsófia zubair zuberi zuleika zulema zulfiqar zulkifli zvi zvonimir zygmunt zélia zélie zübeyde ágnes ágota ákos árpád åke åse édith
	édouard éliane élise élodie éloïse éléonore émeline émile émilie éric étiennette évelyne ömer özcan özlem øystein øyvind úna ülkü ümit łucja śnieżana şahin
	şebnem şenay şeyma žarko željka željko živko žydrūnas žygimantas ștefan ștefania
`
