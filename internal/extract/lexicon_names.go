package extract

// givenNames are common given names of many languages, in lower case. A capitalised word at the start of a
// sentence counts as a person only with such evidence; names that are also ordinary words are not here.
var givenNames = set(`
	aaditi aafke aaliya aaliyah aamir aarav aarne aaron aart abbas abby abdelkader abdi abdul abdulkadir abdullah abdulrahman abeba abebe abeer abel
	abena abeni abhijit abhishek abida abigail abigayle abimbola abiola abla abraham achieng achille achilleas achim adaeze adalberto adam adaobi
	adaora addie addison adebayo adebola adeel adel adela adelaida adele adelheid adelina adeline adelle adem adeola adesuwa adetokunbo adewale
	adeyemi adham adhiambo adina aditi aditya adjoa adnan adolfo adomas adorján adriaan adrian adriana adriano adrien adrienne adrián adunni adwoa
	afaf afia afnan afolabi afonso afra afroditi aftab afua afzal agapi agata agatha agathe agathi aggie agnes agnese agneta agnetha agnieszka agnès
	agnė agostinho agripina agustin agustinus aharon ahlam ahmad ahmed ahmet ahsan aida aidan aiden aija aiko ailbhe aileen ailsa aiman aime aimée
	ainara aine ainhoa aini aino ainsley ainslie aisha aishah aisling aivars ajay akari akash akbar akemi akhil akihiko akihiro akiko akinyi akio
	akira akosua akram aksel akshay akua akwasi alaa aladár alain alan alana alanna alasdair alastair alba alban albane albert albertina alberto
	albrecht alcides aldo aldona aldous alec aled aleida alejandra alejandrina alejandro aleksander aleksandra aleksej aleksi alemayehu alemu alena
	alenka alessandra alessandro alessia alessio alex alexa alexander alexandra alexandre alexandros alexandru alexei alexey alexis alf alfie alfio
	alfons alfonsina alfonso alfred alfredo algernon algirdas algot ali alia alice alicia alicja aliette alina alisa alise alison alistair alix
	aliya alkis allegra allison alma almaz almudena alois aloisia alojz alok alon alondra alonso alper alphonse alrun alun alva alvaro alvin alwin
	alya alyona alyson alyssa amabel amadeu amaia amaka amal amanda amandine amanuel amar amara amare amarjit amaury ambika ambra ambroise ambrose
	amedeo ameena ameer amelia amelie amias amilcar amin amina amir amira amit amita amitabh amjad ammar amna amos amparo ampofo amrita amy amélie
	ana ana-maria anabela anabelle anais analyn anand ananya anas anastasia anastasios anatole anatoli anatoly anaïs anca ander anders andre andrea
	andreas andreea andrei andres andrew andrey andris andrzej andrás andré andrée andrés andy aneela anele anestis aneta anete anette aneurin
	anežka anfisa angela angelika angelina angelito angelo angharad angus angélique anika aniket anikó anil anirudh anisah anish anita anja anjali
	anjana anke ankit ankita ann anna anna-maria annabel annabella annabelle annabeth annalisa annalise annamaria anne anne-marie anne-sophie
	annegret anneke anneli annelies anneliese annelore annemarie annette annie anniina annika annis anoop anouk ansel anselm ansgar anshul ansley
	antal anthea anthony antigone antje antoine antoinette anton antonella antoni antonia antonietta antonin antonio antonis antonín antti antónio
	antônio anuj anuoluwapo anupam anuradha anushka anwar anwen anya aoife aparna aphrodite apiyo apolline apolonija apostolos aqsa arabella araceli
	araminta arantxa arav archana archibald archie arda areej arend ari ariadne ariana ariane arianna ariel ariella arif arina aristea aristides
	aritz arja arjan arjun arkadi arkadiusz arlene arlo armand armando armelle armin arnaud arnav arne arnie arno arnold aroha arooj arpita arrigo
	arshad artem arthur arto artur arturo artyom arun aruna arvid arvind arvydas arya aryani arzu asad asami asbjorn asbjørn asena asep asger asha
	ashenafi asher ashish ashlee ashleigh ashley ashlyn ashok ashwin asier asif asim aslaug asli aslı asma asmaa aspasia assaf assunta asta astrid
	asuka ata athanasios athena athina atieno atif atsuko atsushi atticus attila aubrey aude auden audra audrey august augusta augustin aulia aurel
	aurelia aurelie aurelien aurelio aurora aurore aurélie austėja ava averil avery avi aviana avigail avinash avital aviva avner avraham awuor axel
	axelle axton aya ayaan ayaka ayako ayala ayana ayanda ayaz ayelet ayesha ayhan ayla aylin ayman ayodele ayomide ayse aysegul aysel aysun ayten
	ayu ayumi ayşe azhar aziz aziza azlan azman azucena azzurra baaba babajide babar babatunde babs badr bagus baiba balduin baltazar balázs bambang
	bamidele banu baozhai baptiste barak baraka barasa barbara barbel baris barnaby barnabás barney barry bartek bartholomew barthélemy bartimaeus
	bartolomeo bartosz bartłomiej baruch barış basak bashir basil basilis basma bassam bastiaan bastian bastien batya bayan bayani baz beata beate
	beatrice beatrix beatriz becca becky begona begoña bekele belen belinda belén ben bence benedetta benedetto benedict benedicte benedikt benedita
	bengt beniamino benilda benito benjamin benjamín benjy benkt benno benoit benoît bente bento berat berhane berit berk berkay berna bernadette
	bernadine bernard bernardete bernardo bernd bernhard bernhilde bernice bert bertha berthold bertie bertram bertrand beryl bess bessie beste beth
	bethan bethany betsy bettany bettie bettina betty betül beulah bev beverley beverly beyza bhaskar bhavana bhavesh bhavna bheki bianca bich biddy
	bilal bilge billie bilqis bina binyamin birger birgit birgitta birte birthe biruk birutė bisi biyu bjarne bjorn björn bjørn blaine blair blaise
	blake blanche blandine blanka blodwen blythe boaz bob bobbie bobby bodo bogdan boglárka bogna bogumil bogumila bogumiła boguslaw bohdan bohumil
	bola bolaji bolanle boleslaw bongani bonnie bora borbála boris borislav borje boyd bozena bozidar božena božidar brad braden bradley bram brandi
	brandon branimir branislav branko branwen bratislav braxton breanna bree breixo brenda brendan brenna brent brenton bret brett brian brianna
	brice bridget bridie brigid brigitte brita britney britt britta brittany brodie brody bronagh bronislaw bronislawa bronisław bronisława bronson
	bronte bronwen brooke bruce bruna brunella brunhilde bruno bryan bryant bryce bryn bryony bryson budi buhle bukola bunty burak burcu burkhard
	bushra busisiwe byron byung bálint bärbel béla bénédicte bérengère bérénice bülent büşra caden caetano caio caitlin caitlyn caleb calista callie
	callista callum calogero calum calvin camelia cameron camila camilla camille camilo camryn canan candace candela candice cansu caoilfhionn
	caoimhe capucine caradog carina caris carita carl carla carleton carlo carlos carlota carlotta carlton carly carmela carmelo carmen carmine
	carol carol-ann carole carolien carolina caroline carolyn carrie carsten carwyn carys casey caspar casper caspian cassandra cassidy cassie
	catalin catalina catarina caterina cathal cathaoir catherine cathleen cathy catrin catrina catriona cayetano cecil cecile cecilia cecilie
	cecylia cecília cedric celeste celestine celestino celia celina celine celso cem cemal cemile cengiz ceren ceri cerith cerys cesar cesare ceyda
	cezar cezary chad chaim chana chandan chandra chandrika chanel changmin chantal chantelle chao charalambos charalampos charis charlene charles
	charley charlie charlotte charlène charmaine chau chavela chaya chebet chelsea chema chenxi chepkemoi cherie cherono cheryl chetan chiaki
	chiamaka chiara chibuike chibuzo chidi chidiebere chidinma chie chieko chiemeka chigozie chihiro chiho chijioke chika chike chikezie chima
	chimamanda chinasa chinedu chinenye chinonso chinwe chinyere chioma chipo chisom chitra chizoba chloe chloé chris chrissie christa christabel
	christel christelle christiane christie christina christine christoph christophe christopher christos christy chrysa chrysanthi chukwudi
	chukwuemeka chul chunhua cian ciara ciaran cida cihan cillian cindy cinzia ciprian ciro citra claas claire clara clarence clarice clarinda
	clarissa clark claude claudette claudia claudio claus clayton clelia clem clemens clement clementina cleo clint clinton clive clodagh clotilde
	clovis clyde cláudia clémence clément codrin codruța cody coen coenraad cole colette colin coline colleen collin colm colombe conall conceicao
	conceição concepción concetta connie connor conor constance constantin constantine cora coralie cordelia cordula corentin corey corina corinna
	corinne cormac cornelia cornelis cornelius corrina cory cosima cosimo cosme cosmin cosmo costanza courtney covadonga craig crina crisanto
	crispin cristian cristiana cristiano cristina cristobal csaba csilla cuong curtis custódio cuthbert cveta cynthia cyril cyrille cyrus czeslaw
	czesław cécile cédric célia céline călin daan dace daehyun dafna dafydd dagmar dagmara dagny dahlia daichi daiki dainis daisuke daiva daiyu
	dalal dale dalia dalibor dalisay dalit damaris damian damiano damien damir damjan damla damon dan dana danette dani danica daniel daniela
	daniele danielle daniil danilo danish danit danièle danni danny danuta dao daphna daphne dapo daragh darby darcey darcy daria dario darius
	dariusz darla darlene darma darnell darrell darren darryl darshan darya daryl dashiell dave davi david davide davina davor dawei dawid dawit
	dawood dayo dean dearbhla debbie debora deborah debra declan deena deepa deepak deepika defne deidre deirdre dejan deji dele delfina delia
	delilah delores delphine delroy delyth demetrius demi demola demyan denis denisa denise deniz dennie dennis denny denzel derek dermot derrick
	derya desiderio desiree desislava desmond despina desta detlef devika devin devrim dewayne dewey dewi dex dexter dezső dganit dhruv diamantis
	diana diane dianne diarmuid dickie didem didier diederik diego diep dieter dietlinde dietmar dietrich dieuwke dilara dilek dilip dilwyn dilys
	dimas dimitar dimitra dimitri dimitrios dimitris dina dinah dinesh dinh dinis diogo dion dionne dionysis dipo dipti dirk dirkje divina divya
	divyansh dixie diya diyana djalma dmitri dmitriy dmitry dmytro dobrin dobromir dolores domenica domenico dominic dominik dominika dominique don
	donal donald donatella donato donella dong-hyun dongwook donna donncha donnell donnie donovan dora dorcas doreen dorian dorin dorinda doris
	dorota dorothea dorothy dorottya dottie doug dougal dougie douglas dov doğan dragan dragana dragica drago dragoș drahomíra dries dror drusilla
	duane duarte dulcie dulcinea dumisani dumitru duncan duong dusan dustin dušan duško dvora dwayne dwi dwight dylan dzhamila débora dénes dóra
	eamon earl ebba ebele ebenezer ebere eberhard ebony ebru ebuka ecaterina ece eckart eckhard edda eddie edeltraud edgar edgardo edgars edie edina
	edith edmund edna edoardo edouard edson eduardo edurne eduvigis edward edwin edwina edyta eefje eero eeva efe effie efraim efrain efren
	efstathios eftychia efua egil eglė egon egwu ehsan eider eija eiji eiko eileen eileithyia eilidh eilis eimear einar eino eira eirik eirini
	eirlys eitan eithne eivind ejike eka ekaterina ekene ekkehard ekow ekrem elad elaina elaine elana elbert eldon eldora eleanor elefteria
	eleftheria eleftherios elen elena eleni eleonora eleri elettra elfed elfriede eli eliana eliane elias eliezer elif elijah elin elina eline
	elinor elio eliot elisa elisabet elisabete elisabeth elisabetta elise elisha elisheva elita eliyahu eliza elizabeth elizaveta eliška elke ella
	ellen elli ellie ellinor elliot elliott ellis ellsworth elmar elmer elodie eloi eloisa eloise elouan eloy elpida elroy elsa elsbeth elsebeth
	elsie elske elspeth elton eluned elva elvin elvira elvis elwood elza elzbieta eléonore elīna elżbieta emanuel emanuela emanuele emanuil embla
	emeka emelie emeline emer emery emese emiko emil emile emilia emiliana emiliano emilie emilija emilio emily emine emir emlyn emma emmanuel
	emmanuelle emmeline emmett emmie emrah emre emrys emőke encarna encarnacion enda endang endre eneko engelbert engin enid enikő eniola enitan
	ennio enno enoch enrica enrico enrique enver enza enzo eoghan eoin ephraim eran ercan erdem erdoğan erez erhan erhard eric erica erich erik
	erika erin erkan erkki erland erlinda erling ermanno erna ernest ernesta ernestas ernestina ernesto ernie ernst erol errol ersin erwan erwin
	erzsébet esbjorn esen esha esi esin eskil esko esma esme esmeralda esmond esmé esosa espen esra esteban estefania estela estelle estevao esther
	esti estrellita eszter ethan ethel ethelbert etienne etsuko etta ettore euan eudes eugene eugenia eugenie eugenio eugeniusz eugénie eula eulalie
	eun-ji eunice eunji eunjung euphemia eurig eusebio eva eva-lena evadne evan evandro evangelia evangelina evangeline evangelos evaristo eve
	evelina evelyn everett evert everton evgeni evgenia evgeny evie evita evren ewa ewald ewan ewart ewelina ewen eyal eylül eyob eyvind ezekiel
	ezgi ezinne ezra fabian fabiana fabien fabienne fabio fabiola fabrice fabricio fabrizio facundo fadi fadime fadumo fahad fahd faheem faisal
	faiza faizal falk famke farah farai farhan farhana farid farida fariha faris farooq farrah farrukh fatema faten fatih fatima fatimah fatin fatma
	faustina faustine fausto fauzia fawad faye fazal fedele federica federico fedor felice felicia feliciano felicie felicity felicja felipe felix
	femi femke fenella feng fenna ferdinand ferenc fergal fergie fergus ferhat feride ferit fermin fermín fernanda fernande fernando fernao fernão
	ferruccio feyza ffion fiadh fidel fidelia figen fikre fikru filip filipa filipe filippo filiz finbar finbarr finlay finn fintan fiona fionn
	fionnuala fiorella fiorenza firas firmin fitri fitz flaminia flavia flavie flavien flavio fletcher fleur flo flora florencia florent florentina
	florentine florian florica florin florine floris florrie floyd flávia flávio folake folasade fotini fotis fouad franca frances francesca
	francesco francine francis francisca francisco franciszek franco francois francoise franjo frank frankie franz franziska françois françoise
	fraser frauke fred freda freddie freddy frederic frederick frederik frederique fredrik freja freya frida fridolin frieda friedel friederike
	friedhelm friedrich fritjof frits fritz frode fryda frédéric frøya fuat fulvia fulvio fumiko fumio funda fungai funke funmi funmilayo furkan
	fyodor fábio félicie gabby gabi gabriel gabriela gabriele gabriella gabrielle gabrijela gadi gaelle gaetan gaetano gaia gail galina galit gamze
	ganesh garbine gareth garfield garrett garry garth gary gaspar gaspard gaston gathoni gaurav gauri gauthier gavin gavril gayatri gayle gaynor
	gaëlle gaëtan gbenga gede gediminas geert geeta geir gemma gena genaro genet genevieve geneviève gennady gennaro genoveva genowefa geoff
	geoffrey george georges georgette georgi georgiana georgie georgina georgios georgiy geraint gerald geraldine gerard gerardo gerd gerda gergely
	gerhard geri gerlinde germaine germán gernot gerrit gerry gertie gertrud gertrude gesa gethin ghada ghassan ghazala gheorghe ghislain ghislaine
	giacomo giada giancarlo giang gianluca gianna gianni gideon giedrė giesela gijs gil gila gilad gilbert gilberto gilda giles gilles gillian
	gilson gina ginette ginny gino gintaras gintarė gioacchino giordano giorgia giorgio giorgos giovanna giovanni girish girma girts gisela gisele
	gisèle gita gitta gittan gitte giuditta giulia giuliana giuliano giulietta giulio giuseppe giuseppina gizella gizem gladwin gladys glauco gleb
	glen glenda glenn glenys gloria glynis godfrey gokhan gonzalo gonçalo gopal goran gordana gordon gorka gorm gottfried gottlieb govind graca
	gracie graciela grady graeme graham grainne granville grayson grazia graziana graziella grazyna graça grażyna greer greg greger gregoire gregor
	gregorio gregory greta gretchen grete griffin grigore grigori grigory griselda gro grover gruffydd grzegorz gráinne grégoire guadalupe guang
	gudmund gudrun guglielmo guido guilherme guillaume guillermo guinevere gulay gulsen gundula gunhild gunilla gunn gunnar gunnel gunter gunther
	guntis gunvor guowei gurpreet gus gustaf gustav gustavo guus guy gwen gwenaelle gwenaëlle gwenda gwendal gwendolen gwendoline gwendolyn
	gwenllian gwennie gwilym gwyn gwyneth gwynfor gyula györgy gábor géraldine gérard géza gökhan gönül gül gülay gülşen günter günther gürkan
	haakon habib habiba hadar hadas hadassah hadeel hadi hae-won haejin haf hafiz hafizah hafsa hagit haider haile hailey haim haitham haizea
	hajnalka hakan hala haldun haleema haley halfdan halil halima halina hallie haluk halvard hamid hamish hamza hana hanan hande haneul hani hanin
	hank hanna hannah hanne hanneke hannele hannelore hannes hannu hans hans-jurgen hans-peter hansi haoran haralambos harald hardeep hardik hareem
	hari haris harish harjit harland harley harmon harold haroon harpreet harri harriet harrison harro harry harsha hartmut haruka haruki haruko
	haruto harvey hasan hashim haslina hassan hatem hatice hattie havva haya hayato hayden haydn hayley hayoon hayriye hazel hazem heather heba
	hector hedda hedvika hedwig hee-jin hege heidemarie heidi heike heikki heiko heimo hein heiner heinrich heinz heitor helder heledd heleen helen
	helena helene helenka helga helge heli helle helmut heloisa hema hemant hemi hend hendra hendrik henk henning henri henrietta henriette henrik
	henrike henrique henriqueta henry henryk henryka herb herbert herbie heribert heriberto herman hermann hermine hernan hernán herve hervé hesham
	hester hettie hetty hezekiah hicham hideaki hideki hideo hieu hikari hikaru hila hilal hilary hilda hilde hildegard hilkka hillary hilma hiltrud
	hina hind hine hinemoa hinrich hiram hiro hiroaki hiroko hiromi hiroshi hiroyuki hirut hitomi hiwot hjalmar hoa hoai hoang hobart hodan holger
	holly homer hong hongmei honorine honoré horace horacio horatio horațiu horia horst hortense hortensia houda howard howell hristo hrvoje huan
	hubert hubertus hubie huda hugh hugo hugues hui huiling humaira humayun humberto humphrey huong huseyin husna hussam hussein huub huw huy huyen
	hyacinthe hye-jin hyejin hynek hyun hyun-woo hyunjin hyunwoo hywel håkon hélio hélène hülya hüseyin iacob iain ian iara iarla iason ibrahim
	ibtihal ibtisam ida idan ido idowu idris idun idwal ieuan ieva ifan ifeanyi ifeoma ifrah iftikhar ifunanya iggy igna ignacio ignacy ignat
	ignatius igor ihsan iida ijaz ike ikechukwu ikenna iker ila ilan ilana ilaria ilda ildikó ileana ilene ilhan ilias ilija ilinca ilja ilka ilkay
	ilker ilkka ilona ilse ilya ilze iman imani imants imelda imke immacolata imogen imran imre imtiaz in-ho inacio inaki inam inari inbal inci
	indah indigo indira ineke ines inese inez inga inge ingeborg ingegerd inger ingmar ingo ingram ingrid ingvar ingvild ingūna iniobong inka
	inmaculada inna innes intan inès inés inês ioan ioana ioane ioanna ioannis iolanda iolo ion iona ione ionela ionuț iordanis iorwerth ipek
	ippolito iqbal iqra iracema iratxe irem irena irene irenka irfan iria irina iris irja irma irmgard irmtraud irum irvin irving irène irénée isaac
	isabeau isabel isabella isabelle isadora isagani isaiah isak isamu isaura isaure iselin ishaan ishan ishaq ishita isidore isidro iskandar isla
	ismail isobel isolde israa issac issy istván itai italo itamar itsuki ittai itzhak itziar itzik iuliana iva ivan ivana ivanka ivano ivar ivars
	ivaylo iveta ivica ivo ivone ivonne ivor ivy iván iwan iwona iyabo izabela izaskun izzat izzy iñaki jaakko jaan jaap jabeen jaber jabulani jacek
	jacinda jacinta jacinthe jacinto jack jackie jacklyn jackson jaco jacob jacobo jacobus jacopo jacqueline jacques jacqui jada jaden jadranka
	jadvyga jadwiga jae jaehyun jagdish jagger jagoda jaime jair jake jakob jakub jalal jamal james jamesina jamie jamil jamila jan jan-willem jana
	jandira jane janek janelle janet janete janette janey jani janice janina janine janis janna janne janneke jannik janusz jaqueline jared jari
	jarkko jarl jarle jarmila jarmo jaromír jaroslav jaroslaw jarosław jarvis jasleen jasmin jasmina jasmine jasna jason jasper jaspreet jatin javed
	javeria javi javier jawad jay jaya jayant jayden jayesh jayne jean jean-baptiste jean-claude jean-luc jean-marc jean-michel jean-paul
	jean-pierre jeanette jeanie jeanne jeannette jeannie jeannine jeb jed jeff jefferson jeffrey jejomar jelani jelena jelica jelle jeltje jemima
	jen jena jenna jennelyn jenni jennie jennifer jenny jens jenson jenő jepkosgei jeppe jeremiah jeremy jeri jericho jerilyn jermaine jeroen jerome
	jeronimo jerri jerrold jerry jerzy jesper jess jessamine jesse jessica jessie jesús jethro jette ji-eun ji-hoon ji-min ji-woo ji-yeon jia jiahao
	jiahui jianguo jianhua jianing jiayi jide jieun jihad jihoon jihye jill jillian jim jimbo jimena jimin jimmy jin jin-ho jing jingyi jinhua
	jinwoo jip jiri jisoo jitendra jitka jiwon jiwoo jiyeon jiřina jiří joachim joakim joan joana joanie joann joanna joanne joao joaquim joaquin
	joaquín jobst jocasta jocelyn jocelyne jochen jodi jodie jody joe joel joelle joellen joep joey johan johann johanna johannes john johnnie
	johnny jojo jokin joko jolanta jolene jolie jolán jomo jon jonah jonas jonathan joni jonna jonny jonty jonáš jools joon joon-ho joost jordan
	jordyn jordão jorg jorge jorgina jorid joris jorma jorn jorrit jorunn jory jose jose-maria josef josefa josefina joseline joselito joseph
	josephina josephine josette josh joshua josiah josiane josie josip joslyn josselin jost jostein josu josue josué josé jouni jovan jovana jovelyn
	jovita joyce jozef jozefina joão joël joëlle juan juana juanita judd jude judicael judicaël judit judith judy judyta juha juhani jukka julen
	jules julia julian juliana juliann julianna julie julien juliet julieta juliette julio julita julius julián juma jumoke jun junaid june junho
	junichi junjie junko juno jurema jurga jurgen jurgis juris jurre jurriaan jussara jussi justin justinas justine justyna jutta jyoti jános jérôme
	józef józsef jörg júlia jürgen jüri jānis kaan kaare kaarel kaarina kabir kacper kadek kaden kadir kaede kahu kai kaija kaimana kaiming kainat
	kaisa kaitlin kaitlyn kaito kaja kajal kajsa kaleb kalev kalina kalle kalliope kalliopi kalpana kamal kamala kamarul kamau kamene kamil kamila
	kamran kanchan kaori kapka kara karan kareem karel karen kari karianne karim karin karina karine karis karita kariuki karl karl-heinz karla
	karlene karlheinz karol karolina karoline karolína karsten karthik kartik karyn kasey kashif kasia kaspar kaspars kasper kata katalin katarina
	katarzyna kate katelijne katell katerina kateřina kath katharina katherine kathi kathie kathleen kathrin kathryn kathy kati katia katie katja
	katri katrien katrin katrina katsumi katya kauko kavita kavya kay kayden kayla kaylee kayleigh kayley kayode kazimierz kazuki kazuko kazuo keanu
	kebede keegan keeley keely keerthi kees kehinde keiichi keiko keira keisha keita keith kekoa kelechi kelli kellie kelly kelsey kelvin kemal kemi
	ken kendall kendra kendrick kenelm kenji kenna kenneth kenny kent kenta kenzie kenzo keoni kerem keren kerensa kerim kerri kerry kersti kerstin
	kerttu keshav keshia ketan ketil ketut kev kevin kezia khadija khadra khairul khaldoun khaled khalid khalil khanh khanyi khoa khurram kian kiara
	kidane kiera kieran killian kim kimberley kimberly kimiko kimmo kinga kinneret kipchoge kiprop kiptoo kira kiran kiri kiril kirill kirk kirsi
	kirsteen kirsten kirsti kirsty kirti kishore kiyoshi kjell kjersti kjetil klaas klara klaudia klaus klavdia kleio klementyna klára knox knud
	knut kobby kobina kodjo koen kofi kohei koichi koji kojo kolade kolbjørn koldo komal komang konrad konstantin konstantina konstantinos korbinian
	kornel kornelia kosmas kostas kostya kotaro krasimir krešimir kris krishna krishnan krista kristaps kristen kristi kristian kristie kristiina
	kristijan kristin kristina kristine kristoffer kristy krisztina kriti kritika krystian krystyna krzysztof ksenia ksenija kuba kudzai kulsoom
	kumar kumiko kunal kunigunda kunigunde kunle kuno kurnia kurt kuuku květa kwabena kwadwo kwaku kwame kwasi kweku kwesi kyle kylie kyllikki kyoko
	kyra kyran kyriaki kyriakos kyung kálmán kármen käthe kåre kübra külli kęstutis kıvanç lacey lachlan ladislas ladislav laetitia laiba laila
	laima laimis lais lajos lakshmi lalita lamar lambert lamberto lamia lamont lan lana lancelot landon lanh lanie lanre lanying lapo lara larisa
	larissa larry lars lars-erik larysa lashonda lasse lata latanya latasha latifa latisha latonya latoya latrice laura laure laurel lauren laurence
	laurent laurenz laurențiu lauretta laurette lauri laurie lavanya laverne lavinia lawrence layal layla lazar laís lea leah leander leandra
	leandro leann leanna leanne leberecht lebo lech lee lee-ann leela leelo leena lefteris leif leigh leila leilani leire lekan lela leland lembit
	lemlem lemuel lena lene lenka lennart lennie lennon lennox lenny lenora lenz leo leokadia leola leon leona leonard leonardo leonid leonidas
	leonie leonor leopold leora leota lerato leroy lesley leslie lestari lester leszek leta letha leticia letizia lettie letícia lev levana levent
	levente levi lewis lex lexi leyla lia liam liang libby libuše licia liddy lidia lidiane lidija lieke liepa liesel lieselotte lieve lieven ligaya
	lihua liis liisa lijuan lila lilia lilian liliana liliane lilianna lilias lilijana liling lilith liliya lilla lillemor lilli lillian lillie lily
	lin lina linas linda lindiwe lindsay lindsey ling linh linnea linnéa linus lionel lior liora liron lisa lisandro lisbet lisbeth lise lisette
	lital liudas liv livia liviu livvy liwei lixin liz lizzie ljiljana ljubica ljubomir lleucu llew llewellyn llinos llio lloyd llyr lodewijk
	lodovico loes logan loic lois lola lonneke lonnie lora loraine lorcan loredana lorelei lorella loren lorena lorene lorenz lorenza lorenzo
	loretta lori lorna lorne lorraine lothar lotta lotte lottie lou louane louella louie louis louis-philippe louisa louise louison loukas lourdes
	lourenco lourenço lowell lowri loyd loïc loïs lualhati luana luanne lubna lubomir lubomír luc luca lucas lucero lucette lucia lucian luciana
	luciano lucie lucien luciene lucienne lucilia lucille lucinda lucius lucjan lucrecia lucretia lucrezia lucy lucyna lucía ludger ludivine ludmila
	ludovic ludovica ludovico ludvig ludwig ludwik luella luigi luigia luis luis-filipe luisa luise luiz luiza luka lukas lukasz luke lukáš lulu
	luma luminița luna lungile luningning lupe lupita luther lutz luuk luzviminda luís lwazi lydia lyla lyle lyman lyn lynda lyndon lynette lynn
	lynne lynnette lynsey lyra lysander lyubov lyudmila lászló lærke léa lígia lívia lóránt lúcia maaike maarit maarja maarten maartje maayan mabel
	mable mabli macarena machiko machteld maciej mack mackenzie macsen macy maddalena maddie maddison maddox madeleine madeline madelyn madge madhav
	madhavi madhu madiha mae mael maelle maeve mafalda magali magda magdalena magdalene magdaleno magdalini magdolna maggie magne magnhild magnus
	magsaysay maha maheen maher mahesh mahmood mahmoud mahnoor maija maike mair mairead mairi mairéad maisie maisy maitane maite maj maja majed
	majid majida makana makeda makena maki makis makoto maksim maksym malachi malachy malak malcolm malgorzata malia maliha malik malin malinda
	malini malka mallory malte malwina mamie manabu manaia manal mandla mandy manfred manish manisha manjit manju manjula manlio manny manoel manoj
	manolis manon manpreet mansoor mansour manuel manuela maqsood mara marc marceau marcel marcela marcella marcelle marcello marcelo marcia marcie
	marcin marco marcos marcus marcy mared mareike marek maren margaret margarete margarita margaux marge margery margherita margie margit margo
	margot margret margrethe margriet marguerite margus mari maria maria-theresia mariah mariam marian mariana mariangela marianne mariano mariarosa
	maribel maricarmen maricel maricela marie marie-claire marie-france marie-jeanne marie-therese marieke mariella marielle marietta marigold
	marija marijana marijke mariko marilena marilia marilyn marin marina mario mariola marion marios maris marisa marisol marissa marit marita
	marites maritza marius mariusz marivic marja marjan marjatta marjolaine marjorie marketa markku marko markus markéta marla marleen marlene
	marley marlies marloes marlon marlowe marmaduke marnie marquis marsha marshall marta marte martha marthe martial martim martin martina martine
	martxel marty martyna martynas martín marva marvin marwa marwan marwane mary maryam maryann maryanne maryla marzena maría marília masaki masako
	masao masaru masashi masato masha massimo matan matej mateja mateo mateus mateusz matheus mathew mathias mathieu mathijs mathilda mathilde
	mathis mathéo mati matija matilda matilde mats matt matteo matthew matthias matthijs matti mattia mattie matvei matěj maud maude maudie maura
	maureen mauri maurice mauricio maurine maurits maurizio mauro mavis mawuli max maxence maxim maxime maximilian maxine maxwell maya maybelle
	maylene maylin mayra maysa maysoon mayumi mazen maël maëlle maëlys małgorzata małgosia mbali mbugua mckenna mckenzie mebrat mechthild meelis
	meena meenakshi meera meg mega megan megha meghan megumi mehmet mehreen mehwish mei mei-ling meifeng meike meiling meinhard meinir meir meirion
	meixiang mel melanie melba melchor mele melek meleri melike melinda melis melissa melitta mellie melody meltem melva melvin melvyn menachem
	menahem mendel menna menno mensah meral merav meredith meredydd merel mererid merete merike merja merle merlene merlin meron merrick merrill
	mert merve mervi mervyn meryem meryl mesut mette meurig mi-kyung mia micaela micah micha michael michaela michal michalis michał michel michela
	michele michelle michiko mick mickey micky midori mieczyslaw mieczysław mieke mieko miep miguel miguel-angelo miguelina mihaela mihai mihail
	mihi mihir mihály mijin mika mikael mike mikel mikey mikhail mikkel mikko miklós mikolaj miku milada miladin milan mildred milena milica milind
	miljana millard millicent millie milly milo milorad milos miloslava miloš miltiadis milton mim mimi mimmo min-ji min-jun mina minas mindaugas
	mindy minerva ming minghao mingyu minh minho minji minjun minna minnie minoru minseo minsoo mira mirabel miranda mircea mireia mireille mirela
	mirella miriam miriana mirja mirjam mirjami mirjana mirko miro mirona miroslav miroslava miroslaw miroslawa mirosław mirta misaki misha mitch
	mitchell mithun mitsuko mitzi miyuki mizuki mladen moacir mobolaji moe moeen mohamed mohammad mohammed mohan mohannad mohit mohsin moira
	mojisola mollie molly momoko momčilo mona monica monika monique monroe montserrat monty morag mordecai mordechai morenike morgan morgane moriah
	moritz morris morten mortimer morven moses moshe moti mounir mourad mpho mubashir mudassar muhammad muhammet muireann mujtaba mukesh mukul
	mulugeta muna mungo munir murali murat murdo muriel murilo murray murtaza mushtaq mustafa mustapha muthoni mutua muzammil mwangi mwende myfanwy
	mylene myles myra myrddin myriam myrna myron myrtle myrto myung márcia márcio mária mário márta mátyás máté mélanie mélina mélodie mónica mónika
	müge müller māris naama nabeel nabeela nabil nadav nadeem nadege nader nadezhda nadia nadim nadine nadir nadya nadzirah nadège naeem nael
	naftali nagore nagwa naheed nahia nahla naho naila naima najam najla najwa nalan nalani naledi naliaka nalini namrata nanami nancy nandi nandini
	nanette nanna naoki naoko naomi naoto narayan naren narendra naresh nargis naseem nasimiyu nasir nasreen nasser nat natalia natalie natalija
	nataliya natalya natan natasa natasha nate nathalie nathan nathanaël nathaniel natsuki natsumi natália naveed naveen navin nawal nawaz nayef
	nazan nazario nazia nazli nazlı ndidi neal neasa necati nechama ned neda neelam neema neeraj neeta nefeli neha neide neil nekane nektarios nela
	nelda nele nell nelleke nellie nello nelly nelson nenad nenita nerea nergis nerina neringa nerissa nermin nerys nesrin nestor nettie neuza
	nevena neville nga ngaire ngan ngoc ngozi ngozichukwu nguyet nhi nhung nia niall niamh nianzu nicanor nichola nicholas nick nicky nico nicola
	nicolae nicolas nicole nicoleta nicoletta nicolette nicolo nicolás nicolò nida niels nienke nieves nigel nigella nighat nihal nihat nii niilo
	niina nika nikau nikhil nikita nikki niklas nikodem nikola nikolai nikolaos nikolay nikoleta nikoletta nikolina nikos nilay nilesh nilgün nils
	nilton nimisha nina ninon nir nira niraj nirmala nisha nishant nitin nitzan nivedita nizar njal njambi njeri njoki njoroge nkechi nkem nkiru
	nkosana nnamdi nneka nnenna noa noah noam noboru nobuko nobuo noel noelani noelia noelle noemi noemie noga nokuthula nola nolan nolwenn nomsa
	nomvula nona nonso noor noora noortje nora norah norbert norberto noreen norene noriko norma norman normunds norris nosheen nosipho nour noura
	noémie noëlle ntombi nuala nuno nunzia nur nura nurain nuray nuri nuria nuriel nurit nurul nusrat nyambura nyasha nye nyla nyokabi nyoman nándor
	nóra oana oberon obi obinna oby oceane ochieng octave octavia octavian octavio oda oddny oddvar odell odete odette odhiambo odhran odile odion
	odysseas ofelia ofer ofir ofra ogechi ognjen ohene oihana oili oisin oisín ojars okan okechukwu okello oksana ola olabisi oladele olaf olakunle
	olamide olanrewaju olav olavi olayinka oldřich oleg olegario oleh oleksandr oleksiy olena olesya olga olha oliver olivia olivier oliwia olli
	ollie olof ololade olu oluchi oluf olufemi olufunke olumide olusegun oluwaseun oluwatobi olwen olympia omaima omair omar omari ombeline omer
	omolara omondi omran omri ondine ondrej ondřej onni onome onur onyeka onyinye oonagh opeyemi ophelia ophelie ophélie ora orazio oren oreste
	orestis orhan oriane orianne orietta oriol orit orla orlaith orly ornella orsola orsolya orson ortrud orval orville osagie osama osamu osas
	osaze osbert osborne oscar oshrat osian oskar osman osric osvaldo oswald oswaldo otavio othman otieno otis otmar otso ottar ottavia ottavio
	ottilie ottmar otto ottoline outi ovidiu owain owen ozan ozge ozgur ozlem oğuz paal paavo pablo padma padraig paige paivi palesa pallavi palle
	palmira paloma pam pamela pamella panagiota panagiotis pania pankaj panos pantelis paola paolo paraskevi parisa parker parrish parth parul
	parvati parveen pascal pascale pascaline pascoe pascual pasi pasquale pat patrice patricia patricio patrick patrina patrizia patrizio patrycja
	patryk patrícia patsy patti pattie patty paul paula paulette paulina pauline paulo pauls pavan pavel pavla pavlina pavlo pavlos pavlína pawel
	paweł paxton payal payton peadar pearlie peder pedro peeter peg peggy pekka pelagia pelin pelle penelope peng pengfei penny pentti percival
	percy perdita peregrine peretz perlita pernell pernilla pernille perpetua perrine perry persephone pertti pesach petar pete peter petr petra
	petras petri petronella petros petru petter petunia petya peyton phelim phil philip philipp philippa philippe phillip philomena phineas phoebe
	phuong phyllida phyllis piedad piera pierangelo pierce piergiorgio pierluigi piero pierpaolo pierre pierre-yves pierrick piet pieter pietro
	pilar pim pina pinar pinchas piotr pippa piret pirjo pirkko piroska piyush plamen polina polly pollyanna polyxeni pontus pooja poonam porfirio
	porsha portia prabha prabhu pradeep pragya prakash pramod pranav pranjal prasad prashant pratik praveen preben predrag preeti prem prerna
	presley priit priscila priscilla prithvi priti priya priyanka proinsias przemek przemyslaw przemysław pushpa putra putri pádraig pál pálma päivi
	pål pérola péter pınar qais qasim qiang qing qingyun quang qudsia queenie quentin quiana quincy quinn quintin quique quitéria quoc quyen raanan
	rabab rabia rachael rachamim rachel rachid rachna rada radek radha radhika radka radmila radomir radoslaw radosław radovan radu raed rafael
	rafaela rafal rafał rafe raffaele raffaella rafferty rafik rafiq raghad raghav raghu ragna ragnar ragnhild rahat rahayu raheel raheela rahim
	rahul raija raimo raimonds raimundo rainer raisa raissa raivo raj rajan rajani rajeev rajendra rajesh rajeshwari rajiv rakesh ralf rallou ralph
	rama raman ramazan ramesh rami ramiro ramon ramona ramsey ramya ramzi ramūnas rana randa randall randi randolph randy rangi rania ranjit raphael
	raphaella raphaël raphaëlle raquel rasa rasha rashid rashida rashidah rashmi rasmus rastus ratko ratna raul raveena ravi ravindra ravit rawan
	rawiri raya raymond raymonde razan raúl reba rebeca rebecca recep reece reem reema reena reese refilwe reggie regiane regina reginald regine
	regis rehan rehana rehema rehman reid reidar reidun reijo reika reiko reilly rein reina reiner reinhard reinhold reinier reino rekha remi remy
	renan renata renate renato renaud rene renee renske renu renzo renáta rené renārs reshma retno reuben reut reuven reva rex reyhan reynaldo rezső
	rhea rhett rhian rhiannon rhoda rhodri rhona rhonda rhys rianne riaz ricarda ricardo riccardo richard richie rick ricki ricky rie rigoberto
	riikka riina riitta rik rika rikke riku riley rima rimantas rina rinaldo rini risto rita ritika ritu rituparna ritva rivka riyad rizalina rizki
	rizwan roald rob robbie robby robert roberta roberto robin robyn rocco rochelle rocio rocío roddy rodel roderick rodney rodolfo rodolphe rodrigo
	roel rogan rogelio roger rogier rogério rohan rohini rohit roisin roksana roksolana roland rolande rolando rolf rollo romain roman romane romeo
	romeu romina romolo romulo roméo ron rona ronald ronaldo ronan rong roni ronit ronnie roopa roos rory rosa rosalba rosalia rosalie rosalind
	rosalinde rosalyn rosalía rosamund rosana rosangela rosanna rosanne rosaria rosario rosaura roscoe roseanne rosella roselle roselyn roselyne
	rosemarie rosemary rosendo roshan rosie rosina rosine roslan roslyn rosmah ross rossana rossella rostislav roswitha rotimi rotraud rowan rowena
	roxana roxane roxanne roxie roy royston rozalia ruairi ruairidh ruaridh ruba ruben rubin rubina ruchi rudiger rudo rudolf rudy rueben rufaro
	rufino rufus ruggero rukhsana rukmini rula rumbidzai rumen rumena runar ruolan rupa rupert ruprecht ruqayya ruslan russ russell rustem rutger
	ruth ruthann ruthie ruud ruvimbo ruxandra ryan ryder ryker ryo ryoko ryota ryszard régine régis réka róbert rózsa róża rúben rüdiger răzvan rıza
	rūta růžena saad saadia saara saba sabah sabatino sabato sabeen sabelo sabine sabino sabir sabri sabrina sabrine sachiko sachin sadaf sadao sade
	sadhana sadia sadie saeed safa safia sagal sagar sagheer sagi sahar sahil said saima sajid sajida sakari sakura salah salahuddin saleem salih
	salim sallie sally salma salman salome salomé salvatore sam samantha samara sameer sameh samer samet sami samia samina samir samira samiya sammy
	samson samuel samuele sana sanda sandeep sander sandhya sandile sandra sandrine sandro sandy sang-hoon sangeeta sangwoo sania sanja sanjana
	sanjay sanjeev sanna sanne sanni santa santeri santiago santina santosh saoirse saori sapir sapna saqib sara sarah saraswati sarfraz sarika
	sarit sarita saroj sasha saskia satish satoko satomi satoru satoshi satu saul saulė saurabh sava saverio savita sawsan sayaka sayuri scarlett
	scott seamus sean sebastian sebastien sebastián seda sedat seema sefa segolene segun segundo sehrish seija seiji selam selamawit selda selena
	selim selin selina selma selwyn selçuk semhar semih semra semyon senait senan senga seo-jun seo-yeon seohyun seojun seonghyeon seongmin seoyeon
	seppo septimus serafima serafina serap seraphina serdar serena serenella serge sergei sergej sergey sergii sergio sergiy serkan serwaa seth
	setiawan setsuko settimio seun seung-ho seungho sevda severine severino sevgi sevil sevim seyhan seymour seán shabana shabbir shadi shafiq
	shafiqah shagufta shahbaz shahid shahida shahnaz shahzad shai shaima shaista shaked shakeel shakil shalini shalom shamim shana shane shania
	shanice shankar shanna shannon shanta shante shanti sharad sharda shari sharif sharifah sharla sharlene sharmila sharon shashi shatha shaukat
	shaul shaun shauna shawn shawna shay shayla shazia shea sheela sheena sheheryar sheila shelley shelly sheri sheridan sherif sherman sherri
	sherrie sherry sheryl shifra shigeru shilpa shimon shingo shinichi shinji shinobu shiori shira shireen shirl shirley shiv shivani shizuka shlomi
	shlomit shlomo shmuel shoaib shobha shola shona shonda shoshana shota shreya shreyas shruti shuang shubham shufen shulamit shumaila shun
	shunsuke shweta sian sibel sibusiso sibyl sibylle sid siddharth sidney sidonie sidra siebe siegbert siegfried sieglinde siegmund sierra sifiso
	sigal sigbjørn sigfrid sigita sigitas sigmund signe sigrid sigrun sigurd sigvald silas sile silja silje silke silvana silvester silvestre
	silvestro silvia silvina silvio simcha simeon simisola simon simona simone simonetta simphiwe simran simão sina sinan sinclair sinead sinem sini
	sinikka sinéad siobhan siobhán sione sioned siphiwe sipho sirje sirkka sirpa sisko sissel siti siv sivan siwan sixten sixtine siyabonga siyu
	sizwe siân sjaak sjoerd skaidrite skyler slamet slavica slavko slawomir slobodan smadar smita smriti sneha snezana snežana so-yeon sobia sofia
	sofie sofiya sofus sofía soha sohail soham sohee sointu soji solange solene soline solveig solène somnath sonal sonali sonia sonja sonny sonya
	soo-jin soo-min soojin sooyoung sophia sophie sophieke sophronia soraya sorcha soren sorin sorley sota sotiria sotiris spas spencer spiros
	spyridon spyros sri srikanth srinivas srđan stacey stacia stacie stacy stamatis stan stanimir stanislav stanislaw stanislawa stanisław stanka
	stanko stanley stathis stavros stefan stefania stefanie stefano stefanos steffan steffen steffi stein steinar stelios stella stellan stepan
	stephan stephane stephanie stephen steve steven stevie stewart stian stig stijn stine stojan stoyan stratos struan stuart sture ståle sualeha
	suat subhash suchitra sudha sudhir sue suely suha suhail suhaila sujata sujin sukarno sukhdev sukie sulaiman sulekha suleyman sullivan sumaira
	suman sumera sumeyye sumiko sumin sumit sun-hee sundus sung-min sunhee sunil sunita sunniva supriya surabhi suraj surendra suresh surya suryani
	susan susana susann susanna susannah susanne susete sushil sushila sushma susie susilo susumu suzan suzanna suzanne suzette suzie svante
	svatopluk svein sveinung sven svend svenja sveta svetlana svetoslav sviatlana svyatoslav swantje swati syafiq sybil sybille sylvain sylvaine
	sylvester sylvia sylvie sylwester sylwia synne synnove synnøve szabolcs szilvia szymon sándor sára séamus sébastien ségolène séraphine sérgio
	séverine sönke søren süleyman sławomir taavi tabassum tabatha tabitha tadas tadashi tadeo tadesse tadeu tadeusz tadhg tae-hyun taehyung tafadzwa
	tage taha tahir tahira taina tainá tais taisia taiwo takahiro takako takao takashi takeo takeshi takis takudzwa takumi talal talha tali talia
	talitha tallulah tamar tamara tamati tamer tamika tamir tammie tammy tamsin tamás tanaka tancredi tane tanel taner tanguy tania tanisha tanja
	tanveer tanvi tanvir tanya tao tapani tapio tapiwa taqi tara taras tarek tareq tarik tariku tariq tarja tarquin tarun tasha tasneem tasos
	tatenda tatiana tatjana tatsuya tatum tatyana tauseef tavish tawanda taylan taylor tayo tayyab tebogo tecla ted teemu tegan teguh tegwen tehila
	tehmina tejas teleri telma temi temitope tendai tendayi teodor teodora teodorico teodoro terence teresa teresinha tereza terhi teri terje tero
	terrance terrell terrence terri terry tesfaye tess tessa tessie tetsuya teun tevita thabiso thabo thaddeus thais thalia tham thamer thanasis
	thandeka thandi thandiwe thanh thanos thao tharwat thaís thea theano thekla thelma themba themis theo theobald theodor theodora theodore
	theodoros theodosia theofilos theophile theresa therese theresia thi thiago thibault thibaut thierry thijs thilo thisbe thodoris thoko thokozile
	thomas thora thorben thorbjorn thorbjørn thorfinn thorsten thorvald thulani thuli thurston thuy thyra théo théodore thérèse tia tiago tian tiana
	tiberiu tibor tien tiernan tiffany tigist tihomir tiina tiit tiiu tijana tijmen tijn tilda tilly tilman tim timmy timo timofei timothy timothée
	timur tina tinashe tineke tingting tiril tirza tisha titilayo titouan tiziana tiziano tjeerd toan tobenna tobi tobiah tobias tobiloba toby tochi
	todd todor toini toivo tokunbo tolani tolga tolu tom toma tomas tomasa tomasz tomislav tommaso tommie tommy tomohiro tomoko tomomi tomos tomoya
	tomás tomáš tomé toni tonia tonje tony tonya toomas tope topi tora torben torbjorn torbjørn tord tore torfinn torgeir torhild tori toril torill
	torkel torleif tormod torstein torsten torun torvald tosca toshi toshiko toshio toussaint tova tovah toyin tracey tracie tracy traian trang
	traudl traute travis trefor trent trev trevon trevor tricia triin trina trine trinh tris trish trisha trista tristan trixie troels trond troy
	trude trudie trudy trygve tsegaye tsepo tshepo tsila tsipora tsubasa tsuyoshi tsvetan tsvetelina tsvi tuan tudor tudur tugba tuija tulay tullia
	tullio tulsi tumelo tuncay tunde tuomas tuomo turgut tuula tuulikki tuva tuvia tuyet tuğba tuğçe tvrtko twila tyler tymoteusz tyra tyrell tyrone
	tyson tyyne tzipora tziporah tzvi tânia tímea tõnu tülay tülin tünde ubaldo ubirajara ubiratan uche uchenna uday udo ufuk ugo ugochi ugonna
	ujjwal uju ujwala uldis ulf uli ulises ulla ulrich ulrika ulrike ulyana ulysse ulysses uma umair umar umberto umut unai unathi unax unn unni
	urbain urban urho uri uriah uriel urmas urmila urpo ursel ursula ursule urszula urve usha usman utami ute utkarsh utku uwe uxía uzair uzma uzoma
	uğur vaclav vada vadim vaida vaishali vaiva valarie valda valdemar valdir valdis valentin valentina valentino valentyna valentín valeri valeria
	valeriano valerie valerio valeriu valeriy valery valters valtteri valérie vandana vanderlei vanessa vangelis vanja varsha varun varvara vasco
	vasil vasile vasili vasiliki vasilis vasilisa vasily vassilis vasudha vasyl vaughan vaughn vebjørn veena veera veerle vegard veijo veikko veit
	velda veli velimir vello velma venetia venkat venkatesh venus vera vered verena verica verla verna vernita vernon veronica veronika verónica
	vesa vesela veselin veslemøy vesna vianney vibeke vic vicenta vicente vicki vickie vicky victoire victor victoria vidar vidya viet vigdis viggo
	vijay vijaya vikas vikram vikrant viktor viktoria viktorija viktória vilde vilhelm vilho viliam vilja viljo vilma vilmos vilém vimal vimala
	vinay vince vincent vincenza vincenzo vineet vinh vinita vinnie vinod viola violaine violet violeta viorel viorica vipul virgie virgil virgile
	virgilio virginia virginie virginio virág vishal vitali vitaliy vitor vittoria vittorio vitória viv vivek viveka vivian viviana viviane vivien
	vivienne vlad vladan vladimir vladislav vladislava vlado vlasta vojin vojislav vojtěch volkan volker volkmar volodymyr vsevolod vuk vusi vytas
	vytautas václav vânia väinö véronique vít vėja věra wacław wael wafa wafula wagner wahab wahid wahyu waimarie wairimu waithera wajid walburga
	waldek waldemar waldir wale waleed walid wallace wally walt walter waltraud wambui wanda wangari wangui wanjiku wanjiru waqar waqas warren
	warsame waseem wasim wassim wati waweru wayan waylon wayne wei weiling weimin weiwei wenche wencke wendelin wendell wendy wenjing wenzel werner
	weronika wesley wessel whetu whitney wibke widad widya wiebke wiebren wieke wieland wiera wiesia wieslaw wieslawa wiesław wiesława wietse wiktor
	wiktoria wilbert wilbur wilda wiley wilf wilfred wilfredo wilfried wilhelm wilhelmina wilhelmine willa willard willem willemijn willi william
	willie willis willow wilma wilmer wilson wim wincenty winfred winfried winifred winnie winona winston wioletta wiremu witold wladyslaw
	wladyslawa wlodzimierz wojciech wojtek wolfgang wolfram woodrow woojin wouter wulan wyatt wyn wynne wytze władysław włodzimierz xabi xabier
	xander xanthe xanthi xaver xavi xavier xavière xenia xenophon xia xiang xiao xiaodan xiaofeng xiaoli xiaoling xiaoming xiaoyan ximena xin xinyi
	xinyu xiomara xiu xiulan xiuying xoan xolani xueqin yaa yaakov yadira yael yaffa yago yahya yair yakira yakov yakup yalçın yamini yan yana
	yanfei yang yaniv yanmei yann yannick yannik yannis yanti yaqoub yara yarden yardena yared yarik yaron yaroslav yasemin yash yasin yasir yasmeen
	yasmin yasmine yassin yasuko yasuo yating yavuz yaw yağmur yegor yehoshua yehuda yehudit yeji yejin yejun yelda yelena yeliz yemi yeong yesenia
	yetunde yevgenia yewande yeşim yiannis yichen yifan yiftach yigal yigit yildiz yilmaz yiming ying yingying yinka yiorgos yishai yisrael yitzhak
	yiğit yke ylva yngvar yngve yoann yoav yochanan yoel yogesh yohan yohannes yoichi yoko yolanda yolande yonas yonatan yong yoni yoo-jin yoon
	yoona yordan yordanka yorgos yorick yosef yoshi yoshiko yoshio yossi yosuke yotam youko young-hee young-ho younghee younis yousef youssef yrjö
	yrsa yudi yue yuhan yuichi yuji yujie yuka yukari yuki yukiko yukio yuko yulia yuliya yumi yumiko yun yuna yuni yuri yuriy yury yusra yusuf
	yusuke yuta yutaka yuting yuto yutong yuuki yuval yuxuan yvaine yvan yveline yves yvette yvo yvonne yıldız yılmaz zac zach zachariah zacharias
	zacharie zachary zack zadie zafar zafeiris zahava zaheer zaher zahid zahida zahra zaid zain zainab zainabu zainal zak zakaria zaki zaleha
	zamfira zander zandile zane zanele zara zarina zawadi zbigniew zbyněk zdenka zdenko zdeněk zdzislaw zdzisław zebedee zeenat zeeshan zeev zehra
	zeina zeke zeki zelda zelia zeliha zella zelma zena zeno zenon zenta zephyrine zerrin zev zeynep zhanna zhen zheng zhi zhihao zhiwei zhong ziad
	zihan zilla zimo zinaida zinhle zino zita ziva zixuan ziyad ziyi zlata zlatan zlatko zodwa zoe zoey zofia zohar zohra zoi zoila zola zoltán
	zoran zorica zosia zoya zoé zoë zsolt zsombor zsuzsa zsuzsanna zsófia zubair zuberi zuleika zulema zulfiqar zulkifli zuriñe zuzana zuzanna zvi
	zvonimir zygmunt zélia zélie zübeyde ágnes ágota ákos álvaro ángel árpád åke åsa åse çağla édith édouard éliane élise élodie éloïse éléonore
	émeline émile émilie éric étienne étiennette évelyne íris óscar óskar ömer özcan özge özlem øystein øyvind úna ülkü ümit łucja łukasz śnieżana
	şahin şebnem şenay şeyma štěpán žarko željka željko živko žofia žydrūnas žygimantas ștefan ștefania	ada teo cassius cressida della ferdi ferne ginevra jarek keziah ludo pia romilly safiya seren verity ysolde
	zora abebi aarti weijie zaynab esperanza concepcion ianto ilmari hakon stavroula
`)
