package extract

// moreNames are given names beside those of [givenNames], of many languages. Names that are also ordinary words are not here.
const moreNames = `
	aaliya aamir aarav aart abbas abdelkader abdi abdulrahman abeba abeer abena abhijit abhishek abida abigayle abimbola abla achieng achille achim adaeze adalberto adaobi
	addison adebayo adebola adeel adela adelheid adelina adeola adesuwa adetokunbo adewale adham adhiambo adina aditi aditya adjoa adnan adolfo adriaan adriano adrienne
	adunni adwoa afia afnan afolabi afonso aftab afua afzal agapi agata agathe agneta agostinho agripina agustin aharon ahlam ahsan aileen ailsa aiman aime aine aino ainsley
	aisling ajay akash akbar akihiro akiko akinyi akio akosua akram aksel akshay akua alanna alastair albane albrecht alcides aldo aldous aled alemayehu alena alessia
	alexandros alexei alexey alfie alfons alfonso algot alia alicja aliette alisa alistair alix aliya allegra almaz alok alon alondra alrun alun alwin alyona alyson amabel
	amaia amaka amal amaury ambra ambroise amedeo amias amilcar amin amitabh amjad ammar amna ampofo amrita ana-maria anabelle anais anand ananya anastasios anatole anatoli
	anatoly ander aneela anele aneta anette aneurin anfisa angelika angharad aniket anil anirudh anjana ankit ankita anna-maria annabeth annalisa annalise annamaria
	anne-marie anne-sophie annegret anneke anneli anneliese annelore annemarie anoop anouk ansgar anshul ansley antje antoinette antonella antoni antonietta anuj anuoluwapo
	anupam anuradha anushka anwar aoife aparna aphrodite apiyo apolline aqsa araceli arantxa archana areej arianna ariella arif arina aritz arjan arkadi arlene arlo armando
	armelle armin arnaud arnav arne arnie arno arpita arrigo arshad artem artyom aruna arvid arvind asad asami asbjorn ashish ashlee ashleigh ashlyn ashok ashwin asif asim
	aslaug aspasia assaf asta athanasios athena athina atieno atif atsushi aubrey aude audra aurelia aurelie aurelien aurelio aurore avi avigail avinash avital aviva avner
	avraham awuor axel axelle axton ayaan ayaka ayako ayala ayanda ayaz ayelet aylin ayman ayodele ayomide ayse aysegul ayumi azhar aziza azucena azzurra baaba babajide
	babar babatunde badr balduin baltazar bamidele baptiste barasa barbel baris barnaby barney bartolomeo bartosz baruch bashir basilis basma bassam bastian bastien batya
	bayan beata beate beatrix becca begona bekele belen belinda benedetta benedetto benedicte benedikt bengt benito benjy benoit bente bento berit berk bernadette bernadine
	bernardete bernardo bernhard bernhilde bertie bertram bertrand bessie bethan betsy bettie bettina beulah beverley bhaskar bhavana bhavesh billie binyamin birger birgitta
	birthe bisi bjarne blaine blair blandine boaz bobbie bodo bogdan bogna bogumil bogumila boguslaw bola bolanle boleslaw bongani borislav borje boyd bozena bozidar braden
	bram brandi branimir branko bratislav braxton breanna brenna bret brianna brice brita britt britta brodie brody bronagh bronislaw bronislawa bronson bronte bronwen bruna
	brunella bryce bryn bryony bryson buhle bukola burak burkhard bushra busisiwe byron byung caetano callie calum camilla camryn candace candice cansu caoimhe caradog caris
	carita carleton carlota carlotta carlton carly carmela carmelo carmine carol-ann carole carsten casper cassidy cassie caterina catrin catriona cayetano cecil cecile
	cecilie cecylia celeste celestine celso ceren cerith cerys cesare cezary chaim chana chandan chanel chantal chantelle charalambos charlene charley chaya chebet chema
	chenxi chepkemoi cherie cherono chetan chiamaka chibuike chibuzo chidi chidiebere chidinma chie chiemeka chigozie chihiro chijioke chika chike chikezie chima chimamanda
	chinasa chinedu chinenye chinwe chinyere chioma chisom chizoba christel christelle christiane christie christophe christos christy chukwudi chukwuemeka chul chunhua
	ciara cida cinzia ciro claas clarence clarice clarissa claudette clayton clelia clement clementina cleo clint clinton clive clodagh clotilde clyde coen coenraad coline
	colleen collin colm conceicao connie conor constantine cordelia cordula corentin corinna corinne cormac cornelius cory cosimo courtney cristian cristiana cristiano
	cristobal cyril cyrille cyrus czeslaw daan dafna dafydd dagmar dagmara dagny dahlia daichi daiki dalal dalibor damiano damir damon dani danica daniil danilo danit danni
	danuta dapo darcy dariusz darla darnell darrell darryl darshan darya daryl dashiell davi davina davor dawei dawid dawood dayo dearbhla debbie debora declan deena deepa
	deepika defne deji delfina delia delilah delphine delroy demi demola demyan denis deniz denny denzel derrick derya desiderio desiree desislava detlef devika dewayne dewi
	dexter dhruv dianne diarmuid didier diederik diep dietmar dietrich dilys dimitar dimitra dimitrios dimitris dinah dinesh diogo dion dipo dipti divya djalma dmitriy
	dobrin domenico dominika donal donatella donato dong-hyun donnell donnie doreen dorian dorota dorothea dougal dov dragan dragana dragica drago dries dror duane duarte
	dumisani dusan dvora dwayne eamon ebba ebele ebenezer ebere eberhard ebru ebuka eckart edeltraud edna edoardo edouard edson edwina edyta effie efraim efrain eftychia
	efua egil egon egwu ehsan eiji eiko eilidh eilis einar eino eirik eirini eirlys eitan eithne ejike ekaterina ekene ekow elad elana eldon eleftheria eleonora eleri
	elettra elfed elfriede eliane eliezer elin eline elio eliot elisabet elisabete elisabetta elisha elisheva eliyahu elizaveta elke ellie ellis elmar elmer elodie eloi
	eloisa eloise elpida elroy elsbeth elske elspeth elton eluned elvin elvira elvis elzbieta emanuel emanuela emanuele emeka emelie emeline emery emile emiliana emiliano
	emlyn emmanuelle emmett emrys encarnacion enda endre eneko engelbert enid eniola enitan enno enoch enrica enver enza enzo eoin ephraim erdem erez erhard erich erkan
	erland erling ermanno erna ernesta ernie ernst errol erwin esbjorn eskil esme esmeralda esmond esosa espen esra estefania estela estelle estevao ethel ethelbert etienne
	etsuko ettore euan eugenia eugenie eugenio eulalie eun-ji eunice eunji eusebio eva-lena evandro evangelia evangelina evangeline evangelos evelina everett everton evgeni
	evgenia evgeny ewald ewan ewart ewelina ewen eyob ezekiel ezinne ezra fabiana fabienne fabiola fabrice fabricio fabrizio facundo fadi fadumo fahad fahd faheem faisal
	faiza farai farhan farida fariha farooq farrukh fatema faten fatih faustine fausto fauzia faye fazal federica federico fedor felice felicie felicity felicja femke
	ferdinand fergus feride ferit fermin fernande fernao ferruccio ffion figen fikre filipe filippo finbarr finlay fintan fionn fionnuala fiorella fiorenza firas flaminia
	flavia flavien flavio fletcher flora florencia florent floris floyd folake folasade fotini fotis franca francine francisca franciszek francoise franziska fraser frauke
	freda freddy frederic frederique fredrik freja friedel friederike friedhelm fritjof frits fulvia fulvio fumiko fumio fungai funke funmi funmilayo fyodor gabby gabi
	gabriella gaelle gaetan gaetano gaia gail galina galit gamze ganesh garbine garfield garrett garth gaspar gaspard gathoni gaurav gauri gauthier gavril gayle gbenga geert
	geeta geir gena genaro genet genevieve gennady gennaro genowefa georgette georgi georgie georgiy geraint geraldine gerardo gerda gerlinde germaine gerrit gerry gertrud
	gertrude gethin ghada ghassan ghazala ghislain ghislaine giacomo giada giancarlo gianluca gianna gijs gila gilad gilberto giles gilles gillian gilson ginny giorgia
	giorgos giovanna girish gisela gisele gitta gittan giuditta giuliana giuliano giulio giuseppina gizem glauco gleb glenda godfrey gokhan gonzalo gopal goran gordana gorka
	gottfried govind graca graciela grady graeme grainne granville grazia graziana graziella grazyna greger gregoire gregorio gretchen grete griffin grigori grigory griselda
	gruffydd guadalupe guang gudmund gudrun guido guilherme guinevere gulay gulsen gundula gunhild gunilla gunn gunnar gunnel gunter gunvor gurpreet gustaf guus gwenaelle
	gwenda gwendal gwendolyn gwilym gwyn gwyneth haakon habib habiba hadas hadassah hadeel hae-won haejin haf hafsa hagit haider hailey haim haitham hakan haleema haley
	halil halima halina halvard hamish hamza hanan hande hanin hanna hanne hanneke hannelore hannes hannu hans-jurgen hans-peter hansi haoran hardik hareem haris harish
	harjit harley haroon harpreet harrison harsha hartmut haruka haruko hasan hashim hatem hatice hattie hayato hayden hayley hazem heba hedda hedwig hee-jin hege heidemarie
	heike heikki heiko heimo hein heiner heitor helder heledd helge helle helmut heloisa hema hemant hend hendrik henk henning henrietta henriette henrike henryk henryka
	herb heribert heriberto hernan herve hesham hester hettie hideaki hideki hideo hikari hila hilda hilde hildegard hilma hiltrud hiram hiroaki hiroko hiromi hiroyuki hirut
	hitomi hjalmar hoai hoang hodan holger homer hong hongmei honorine horace horacio hortense hristo hrvoje huan huda hugues humaira humayun humberto humphrey huong huseyin
	husna hussam huub huw huyen hyacinthe hye-jin hyejin hyun hyun-woo hyunjin hywel iain iara ibtihal ibtisam idowu ieuan ifan ifeanyi ifeoma ifrah iftikhar ifunanya ignacy
	ignat ihsan ijaz ike ikechukwu ikenna iker ilan ilana ilaria ilda ilene ilker ilkka ilona ilya iman imelda imke immacolata imogen imtiaz in-ho inacio inaki inam inari
	inbal indigo indira inez inge ingeborg ingegerd inger ingmar ingo ingvar ingvild iniobong inmaculada inna innes ioana ioanna ioannis iolo iona iordanis ipek ippolito
	iqbal iqra iracema iratxe irena irfan irma irmgard irmtraud irum irvin irving isak isamu isaura iselin ishaan ishaq ishita isidro isla isobel isolde issac itai itamar
	itsuki ittai itziar itzik ivanka ivano ivar ivica ivo ivone ivonne iwan iwona iyabo izabela izzy iñaki jaakko jaap jabeen jaber jabulani jacek jacinta jacinto jaco
	jacobo jacobus jacopo jacqui jada jaden jadranka jadwiga jagdish jair jalal jamil jamila jan-willem janelle janine janne janneke jannik janusz jari jarl jarmo jaroslav
	jaroslaw jarvis jasmina jasna jasper jaspreet jatin javed javeria javi jawad jaya jayant jayesh jayne jean-baptiste jean-claude jean-luc jean-marc jean-michel jean-paul
	jean-pierre jeanie jeanne jeannie jeannine jefferson jemima jenni jennie jepkosgei jeremiah jermaine jeroen jeronimo jerzy jess jessamine jethro ji-eun ji-hoon ji-min
	ji-woo ji-yeon jiahui jianguo jianhua jianing jiayi jide jihad jihoon jihye jillian jimena jimin jin-ho jingyi jiri jitendra jiwoo jiyeon joachim joakim joann joanne
	joaquim jocelyn jocelyne jodi jodie joelle joep jojo jokin jolanta jolene jolie jomo joni jonna jonny joon joon-ho joost jordyn jorg jorgina jorid joris jorma jorn
	jorrit jorunn jose-maria josefa josefina joseline josette josiah josiane josip joslyn jost jostein josu josue jovan jovana jovita jozef juana jude judicael judyta juhani
	jukka julianna julien julieta juliette julio jumoke junaid junho junjie junko jurriaan jussara justine jutta jyoti kaan kaare kaarina kabir kacper kaden kadir kaede
	kainat kaisa kaitlin kaitlyn kaito kajal kajsa kaleb kalina kalle kalliope kalpana kamala kamau kamene kamila kamran kaori kara kareem karel kari karina karine karita
	kariuki karl-heinz karlheinz karol karoline karsten karthik kartik kasey kashif kaspar kasper katell katerina kathrin katia katsumi katya kavita kavya kayden kaylee
	kayode kazimierz kazuki kazuko kazuo keanu keegan keely keerthi kees kehinde keira keita kelechi kelli kellie kelvin kemal kemi kendall kendra kendrick kenny kenta
	kenzie kerri ketan khadra khaldoun khalil khanyi khurram kian kidane kiera kieran kimberley kimiko kinga kinneret kipchoge kiprop kiptoo kiril kirill kirk kirsi kirsteen
	kirsty kirti kjell kjersti kjetil klaas klara klaudia klavdia klementyna knut kobby kobina kodjo koen kohei koji kojo kolade koldo komal konstantin konstantina
	konstantinos kornelia kostas kostya kotaro krasimir krishna krishnan kristi kristian kristie kristiina kristijan kristoffer kriti krystian krystyna ksenia kuba kudzai
	kulsoom kumiko kunal kunle kuno kuuku kwabena kwadwo kwaku kwasi kweku kylie kyoko kyriaki kyriakos kyung lacey lachlan laetitia laiba lais lalita lamia landon lanh
	lanre lapo larisa lars-erik lasse lata latasha laurel laurenz lauretta laurie lavanya lavinia layal lazar leander leandro leanna leanne lebo lech lee-ann leela lefteris
	leigh leire lekan leland lemlem lennart lenny lenz leokadia leona leonid leonidas leopold leora lerato lester leszek letizia lettie lev levi lexi leyla libby licia lidia
	lidiane lidija lieke lieselotte lihua liisa lijuan lilia liliana liliane lilianna liling liliya lillemor lilli lillian lillie lindiwe linnea lionel lior liora liron
	lisbet livia liwei lizzie ljiljana ljubica ljubomir llewellyn llinos llyr lodewijk lodovico loic lonnie lora loraine lorcan lorella loren lorena lorenz lorenza lori
	lorna lothar lotta lotte lottie louane louie louis-philippe loukas lourdes lourenco lowri luana luanne lubna lubomir lucero lucette lucian luciano lucie luciene lucienne
	lucilia lucille lucinda lucius lucjan lucrecia lucrezia lucyna ludger ludivine ludmila ludovic ludovica ludovico ludvig ludwik luella luigia luis-filipe luiz luiza
	lungile lupita luther lutz lwazi lyla lyle lyn lynda lyndon lynette lynne lynsey lyra lyubov lyudmila maarit maarten maartje maayan mable machiko machteld maciej
	mackenzie macy maddalena maddie maddison madge madhav madhavi madhu madiha mael maelle maeve mafalda magali magdalini maggie magne magnhild maher mahesh mahmood mahnoor
	maike mair mairead mairi maisie maisy maitane maite maj majed majid majida makena makoto maksim malachi malgorzata maliha malin malini malka mallory malwina manabu manal
	mandla manish manisha manju manjula manlio manny manoel manoj manolis manon manpreet mansoor maqsood marceau marcella marcelle marcie marcy mared mareike marek margarete
	margaux marge margery margie margit margo margot margret maria-theresia mariah mariangela marianne mariano maricarmen marie-claire marie-france marie-jeanne
	marie-therese marieke mariella marielle marietta marigold marija marijana marijke mariko marilena marilia mariola marios marissa marit marita maritza mariusz marja
	marjan marjatta marjolaine markku marko marla marleen marley marlies marlon marshall marte marthe martial martim martine marty martyna marva marwa marwan maryann
	maryanne maryla marzena masaki masako masao masashi masato massimo matej mateja mateusz matheus mathew mathijs mathis matilda matilde mats matthijs matti mattia mattie
	matvei maud maude maura maurizio mauro mavis mawuli maxence maxim maxime maxine maxwell maybelle mayra maysoon mayumi mazen mbali mbugua mckenzie mebrat mechthild meena
	meenakshi meera meg megan megha meghan megumi mehreen mehwish mei-ling meike meiling meinhard meir meirion melba melek melike melis meltem melvyn menachem menahem mendel
	menna mensah merel merete merle meron merrill merve mervyn mesut mette meurig mi-kyung micaela micha michalis michiko mick mickey midori mieczyslaw mieke miguel-angelo
	mihai mihail mihir mikael mikel mikey mikkel mikko mikolaj miku milica milind millicent millie milly milos miloslava milton min-ji min-jun mindy minho minji minjun minna
	minnie minoru minseo mireia mireille mirella mirjam mirjana mirko miro miroslaw miroslawa mirta misaki misha mitsuko miyuki mizuki mladen moacir mobolaji moe moeen
	mohannad mohit mohsin mollie momoko montserrat monty morag mordechai morenike morgane moriah morris morten mortimer morven moshe mounir mourad mubashir mudassar muireann
	mujtaba mukesh mukul mulugeta muna munir murali murat murdo murilo murray murtaza mushtaq muthoni mutua muzammil mwangi mwende myfanwy myles myrddin myriam myrna myron
	myrtle myrto naama nabeel nabil nadeem nadege nader nadir nadya naeem nael naftali nagore naheed nahla naho naila najam najla najwa naledi naliaka nalini namrata nandi
	nandini nanette nanna naoki naoko naren narendra naseem nasimiyu nasir nasreen nasser natalya natasa nate natsuki natsumi naveed navin nawal nawaz nayef nazario nazia
	nazli ndidi neal ned neelam neema neeraj neide nekane nektarios nell nelleke nellie nenad nerea nerys nettie nevena neville ngozichukwu niamh nicanor nichola nicoletta
	nicolette nicolo nida nighat nihat nii niilo nika nikolaos nikolay nikoletta nikolina nilay nilesh nilton nimisha ninon nira nirmala nisha nitin nivedita njal njambi
	njeri njoki nkechi nkem nkiru nkosana nnamdi nneka nnenna noa nobuko nobuo noelia noemi noemie noga nolan nolwenn nomsa nomvula nonso norah norberto noreen noriko norris
	nosheen nosipho noura ntombi nuala nuno nunzia nur nuria nuriel nurit nusrat nyambura nyasha nyla nyokabi obinna oceane ochieng octavia octavio oddny oddvar odete odette
	odhiambo odile odion odysseas ofelia ofer ofir ofra ogechi ognjen ohene oisin okan okechukwu okello olabisi oladele olaf olakunle olamide olanrewaju olav olegario
	oleksandr oleksiy olena olesya olivier oliwia ollie olof ololade oluchi olufemi olufunke olumide olusegun oluwaseun oluwatobi olwen omaima omair omer omolara omondi omri
	ondine ondrej onome onur onyeka onyinye oonagh opeyemi ophelia ophelie orazio oreste orhan orianne orietta oriol orit orla orlaith orly ornella orville osagie osama
	osamu osaze osborne osian osman osvaldo oswald oswaldo otavio otieno otis otmar ottar ottavio ottilie ottoline outi owain ozan ozge ozgur ozlem paavo padma padraig paige
	palesa pallavi palle palmira pam panagiota panagiotis pankaj paraskevi parth parvati parveen pascale pascual pasquale patrice patricio patrizia patrizio patrycja patryk
	patsy patti paulette pavan pavlina pavlo pavlos pawel payal payton pekka pelagia pelin pelle percival peretz pernilla perrine perry persephone pertti pesach petar petr
	petronella petros petru petunia peyton philippa piedad piera pierangelo piergiorgio pierluigi piero pierpaolo pierre-yves piet pieter pim pinar pippa pirjo pirkko plamen
	polina polyxeni pontus porfirio prabhu pradeep pramod prasad prashant pratik praveen preben predrag prerna priscila priti priyanka przemek przemyslaw qais qasim qiang
	qudsia quincy quique raanan rabab rabia rachael rachamim rada radek radha radhika radmila radoslaw radovan radu rafaela rafal raffaele raffaella rafik rafiq raghad
	raghav raghu ragna ragnar ragnhild rahat raheel rahim rahul raimundo rainer raisa raissa rajani rajeev rajendra rajiv rakesh rami ramiro ramya ramzi randall randolph
	ranjit rasha rashmi rasmus ratko ratna raveena ravit rawan raymonde razan rebeca recep reece reema reese refilwe reggie regiane reginald regine regis rehan rehana rehema
	reid reidar reidun reijo reilly reiner reinhold reinier rekha remi remy renan renato renaud renske renu reshma reuben reut reuven rex reynaldo rhea rhett rhian rhiannon
	rhoda rhodri rhona rhys riaz ricarda richie rigoberto riitta rikke riley rinaldo risto ritika ritu rivka rizwan roald robby robyn rocco rochelle roderick rodney rodolfo
	rodolphe roel rogelio rogier rohini rohit roisin roksana roksolana rolande romain romane romeu romina romolo ronaldo ronan roni ronit roopa rory rosalba rosalia rosalind
	rosalyn rosamund rosangela rosanne rosaura roscoe roseanne rosella roselyne rosemarie rosendo roslyn rossana rossella rostislav roswitha rotimi rotraud roxana roxane
	roxie ruairi ruaridh rubin rubina ruchi rudiger rudo rufaro rufino rufus rukhsana rula runar rupa ruprecht ruslan rustem rutger ruthie ruud ruvimbo ryoko ryota ryszard
	saad saadia saara sabah sabato sabeen sabelo sabino sabir sachiko sachin sadaf sadao sadhana sadia saeed safia sagal sagheer sagi sahar sahil saima sajid sajida sakari
	salah salahuddin saleem sallie salman salome salvatore sameer sameh samer sami samina samiya sammy samson samuele sander sandile sandrine sandro sang-hoon sangeeta sanja
	sanjana sanjeev sanne santina santosh saoirse sapna saqib sarfraz sarit sarita saroj saskia satish satoko satomi satoru satu sava saverio savita sawsan sayuri scarlett
	seamus sebastien seda seema segolene segun segundo sehrish seiji selam selamawit selin selina semra semyon senait senga seo-jun seo-yeon seojun seonghyeon seppo serafima
	serdar serge sergiy serkan serwaa setsuko seun seung-ho severine severino sevgi sevil shabana shabbir shadi shafiq shagufta shahbaz shahid shahida shahnaz shahzad shaima
	shaista shakeel shakil shalini shamim shana shania shankar shanti sharad shari sharif sharlene sharmila shashi shatha shaukat shaul shauna shawna shayla shazia shea
	sheela sheena sheheryar shelley sheri sherif sherman sherri sherrie sheryl shigeru shilpa shimon shingo shinichi shinji shinobu shiori shireen shiv shivani shizuka
	shlomit shlomo shmuel shoaib shobha shola shota shruti shuang shubham shulamit shumaila shunsuke shweta sian sibusiso sibylle sidra sieglinde siegmund sierra sifiso
	sigfrid sigmund signe sigurd sigvald silas silje silke silvana silvester silvestre silvestro silvina simcha simisola simonetta simphiwe simran sinan sinem sioned siphiwe
	sipho siv sivan siyabonga siyu sizwe sjoerd skyler slavica slavko slawomir slobodan smadar smita smriti sneha snezana so-yeon sofiya soha sohail solange solene soline
	solveig somnath sonal sonali soo-jin soo-min soojin sooyoung sophieke sorcha sotiria sotiris spas spiros spyros srikanth srinivas stacie stamatis stanimir stanislaw
	stanislawa stanka stanko steffen steffi steinar stelios stellan stepan stephane stevie stian stig stijn stoyan stratos struan sture sualeha subhash suchitra sudha sudhir
	suely suha sujata sukhdev sulaiman sulekha suleyman sullivan sumaira suman sumera sumeyye sumiko sumin sumit sun-hee sundus sung-min sunita sunniva supriya suraj
	surendra surya susana susanna susete sushil sushma susie susumu suzan suzette suzie sveinung svenja sveta svetoslav svyatoslav swantje sybil sylvain sylvaine sylvester
	sylvie sylwester sylwia synne synnove szymon tabassum tabitha tadashi tadesse tadeu tadhg tae-hyun taehyung tafadzwa tage tahir tahira tais taisia taiwo takahiro takako
	takao takeo takudzwa takumi talal talha talia talitha tamer tamika tammie tamsin tanaka tancredi tanguy tanisha tanveer tanvi tanvir tapani tapio tapiwa taqi taras tareq
	tarik tarja tarun tasha tatenda tatjana tatsuya tawanda tayo tayyab tebogo tecla teemu tegan tegwen tehila tehmina tejas telma temitope tendai teodor teodora
	teodoro teresinha terhi teri terje terrance terrell terrence terri tesfaye tetsuya thabiso thabo thaddeus thais thamer thanasis thandeka thandiwe thanos tharwat theano
	thekla thelma themba theodora theodoros theofilos theophile therese theresia thiago thibault thibaut thierry thijs thilo thodoris thorbjorn thulani thuli tiana tigist
	tihomir tiina tijana tijmen tijn tilda tilly tilman timmy timo timofei timur tinashe tineke tingting tiril tirza titilayo titouan tiziana tiziano tjeerd tobenna tobi
	toby tochi todor toini tokunbo tolani tolga tolu toma tomislav tommaso tommie tomomi tomos tomoya tonia tonya tope tora torben torbjorn torgeir torhild toril torill
	torkel torleif torstein torsten torun tosca toshio tova tovah tracey tracie traudl traute trefor trevon tricia trina trine trish tristan trond trudy trygve tshepo tsila
	tsipora tsubasa tsuyoshi tsvetan tsvetelina tudur tugba tuija tulay tullia tumelo tuncay tunde tuomas turgut tuula tuva tuvia twila tymoteusz tyra tyrell tzvi ubiratan
	uche uchenna uday udo ugo ugochi ugonna ujwala ulf uli ulises ulrika ulyana ulysse ulysses umberto umut unai unathi unax unn unni urban urho uriah uriel urmila ursel
	urszula utkarsh uzair uzma uzoma vadim vaishali valarie valdir valentin valentino valeri valerio valeriy valery vandana vanderlei vangelis vanja varsha varun varvara
	vasil vasile vasili vasiliki vasilis vasilisa vasudha vasyl vaughn vegard veikko veli velimir velma venkat venkatesh venus vered verica verna vesa vianney vicenta
	vicente vicki vickie victoire vidya vigdis viggo vikas vikrant viktoria viktorija vilde vilhelm vilja vilma vimal vinay vince vincenza vineet violaine violeta vipul
	virginie vitali vitaliy vittoria vittorio vivek viveka viviana vivienne vlad vladan vladislav vladislava vojislav volkan volkmar volodymyr vsevolod vuk vusi wael wafula
	wagner wahab wahid wairimu waithera wajid walburga wale waleed walid wallace wally waltraud wambui wangari wangui wanjiku wanjiru waqar waqas warsame waseem wasim waweru
	waylon weiwei wencke wendelin wendell wenjing wenzel weronika wessel whitney wibke widad wiebke wieland wiera wiesia wieslaw wieslawa wiktor wiktoria wilbert wilbur
	wiley wilfredo wilfried wilhelmine willard willemijn willi wilson wim wincenty winfried winifred winnie winona witold wladyslaw wladyslawa wlodzimierz wojtek wolfram
	woojin wouter wyatt xabi xabier xander xanthi xaver xenia xiang xiao xiaoli xiaoming ximena xinyi xinyu xiu xiuying xolani yaa yaakov yadira yair yakira yakov yamini
	yana yanfei yaniv yann yannick yannik yaqoub yarden yardena yared yarik yaroslav yasemin yash yasin yasir yasmeen yassin yasuko yasuo yating yaw yegor yehoshua yehuda
	yehudit yelda yelena yemi yeong yesenia yetunde yevgenia yewande yiannis yichen yifan yiftach yigal yigit yildiz yilmaz ying yiorgos yishai yisrael yitzhak yngvar yngve
	yoann yochanan yoel yogesh yoichi yolande yonas yonatan yong yoni yoo-jin yoon yoshiko yoshio yossi yosuke yotam youko young-hee young-ho younis yousef youssef yrsa
	yuichi yuji yujie yuka yukari yukiko yukio yuko yulia yuliya yumi yumiko yuna yuriy yury yusra yusuke yuta yutaka yuting yuto yuuki yuval yuxuan yvan yvo zac zachariah
	zacharias zack zadie zafar zafeiris zahava zaheer zaher zahid zahida zaid zain zakaria zaki zandile zane zanele zarina zawadi zdenka zdenko zdzislaw zeenat zeeshan zehra
	zeina zeke zelda zelia zena zeno zenon zephyrine zerrin zev zhanna zheng zhi zhihao zihan zilla zinaida zinhle zino ziva ziyad ziyi zlata zlatan zlatko zodwa zoey zohar
	zohra zoran zorica zosia zoya zubair zulema zulfiqar zuriñe zuzanna zvonimir zygmunt`
