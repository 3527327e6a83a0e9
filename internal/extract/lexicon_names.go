package extract

// moreNames are given names beside those of [givenNames], of many languages. Names that are also ordinary words are not here.
const moreNames = `
	aaliya aart abdelkader abdulrahman abeba abeer abhijit abhishek abigayle abla achille adaobi
	addison adelina adetokunbo adewale adham adhiambo adjoa adolfo adriano adrienne
	adunni afia afnan afolabi aftab agapi agathe agostinho agripina agustin aharon aiman aime aine ainsley
	akihiro akiko akram alanna albane aldo aldous aled alemayehu alessia
	alexandros alexei alexey alfons alfonso algot alia alicja aliette alisa alistair aliya almaz alok alon alondra alrun alwin alyona alyson amabel
	amaia ambra amias amilcar amjad ammar amna ampofo ana-maria anabelle anais anatoli
	anatoly aneela anfisa angelika anjana anna-maria annabeth annalisa annalise annamaria
	anne-marie anne-sophie annemarie anshul ansley antoinette antoni antonietta anuj
	aphrodite apiyo aqsa araceli arantxa areej arianna ariella arina arjan arkadi
	armin arnaud arrigo arshad artyom asbjorn ashish ashlee ashleigh ashlyn asim
	aslaug aspasia assaf asta athena atsushi aurelie aurelien avner
	avraham awuor axton ayala ayaz aysegul azhar azzurra baaba
	badr balduin baltazar bamidele barasa barbel bartolomeo baruch basilis basma bastian
	bayan beata begona benedetta benedetto benedicte benedikt benito benjy benoit bente bento bernadine
	bernardete bernardo bernhard bernhilde bertie bertrand bessie beulah beverley bhavana bhavesh binyamin
	birthe blaine blair bobbie bogna bogumil bogumila boguslaw bolanle boleslaw borje boyd bozena bozidar braden
	brandi branimir bratislav braxton breanna bret brianna brice brita brodie brody bronislaw bronislawa bronson bronte bruna
	bryson byung camilla camryn candace cansu caradog caris
	carita carleton carlota carlton carol-ann cassidy cassie cayetano cecil cecile
	cecylia cerith chandan chanel charalambos chebet chema
	chenxi chepkemoi cherono chibuike chidiebere chie chiemeka chigozie chihiro chijioke chikezie chima
	chinasa chinenye chinyere chisom chizoba christiane christie christophe christy chukwudi chul
	cida ciro claas claudette clayton clementina clinton clyde coenraad
	colleen collin conceicao constantine cory courtney cristiana cristiano
	cristobal cyrille czeslaw dafna dahlia daiki dalal dalibor damir damon dani daniil danit danni
	dapo darnell darya dashiell davor dawei dawid dawood debora deena
	deji delfina delroy demola demyan denis denzel derrick desiderio desislava dewayne
	dianne diederik dimitar dimitrios dinesh diogo dion dipo dipti djalma dmitriy
	dobrin domenico dominika dong-hyun donnell dragica drago dries dror duane
	dusan ebere ebuka eckart edouard efrain
	egwu eiko eithne ekaterina elad elana eleri
	elettra elfed eliane eliezer eline eliot elisabet elisabete elisha elisheva elizaveta elmar eloi
	eloisa elroy elsbeth elske elvin elvis elzbieta emanuel emanuela emelie emeline emery emiliana emiliano
	emlyn emmanuelle encarnacion enda enno enrica enver enza erez erich
	ermanno ernesta ernst esbjorn esmond esosa estefania estevao ethelbert etienne
	eugenie eugenio eun-ji eva-lena evandro evangelina evelina everton evgeni
	evgenia evgeny ewald ewen eyob ezinne fabricio facundo fadumo fahd faheem
	fariha farrukh fatema fausto fauzia fazal felice felicie felicja
	ferit fermin fernande fernao ferruccio fikre filipe finbarr finlay fiorenza firas flaminia
	flavia flavien fletcher florencia franca francisca francoise frauke
	freddy frederic frederique freja friederike fritjof frits fulvia fungai funke fyodor gabby
	gabriella gaelle gaetan gaia gail ganesh garbine garfield gaspard gathoni gauthier gavril gbenga
	geeta gena genaro genet genowefa georgiy gerardo gerry gertrud
	giacomo giancarlo gianna gilson giorgia
	giovanna gisele gitta gittan giuditta giuliana giuliano giuseppina glauco gleb gokhan gorka
	graca graeme granville grazia graziana grazyna gregoire gregorio grete griffin grigori grigory
	gruffydd guadalupe gudmund guido guinevere gulay gulsen gunnel gunter guus gwenaelle
	gwendal gwendolyn gwyn haakon habib hadassah hadeel hae-won hagit hailey haitham haleema
	halil hanin hannes hans-jurgen hans-peter hansi hardik hareem
	harjit harley harrison harsha hashim hayato hazem heba hee-jin heidemarie
	heimo hein helle heloisa hend henk henrike henryka
	herb heribert heriberto hernan herve hesham hideaki hikari hiroaki hiroyuki hirut
	hoai hodan hong hongmei honorine hrvoje huan humayun humberto huseyin
	husna hussam huub huyen hyacinthe hyun-woo hyunjin hywel iara ibtihal ibtisam idowu ifrah ifunanya ignacy
	ignat ihsan ijaz ikenna ilda ilene ilker ilya in-ho inacio inaki inam inari
	indigo inez inger ingvar iniobong iona ippolito
	iqra iracema iratxe irena irum isak isaura iselin ishaq isidro issac
	ittai itzik ivano ivica ivonne iyabo izzy jabeen jaber jabulani jacek jaco
	jacobo jacobus jacopo jacqui jada jaden jair jamil jan-willem janine jarl
	jaroslaw jasmina jatin javeria javi jawad jayesh jayne jean-baptiste jean-claude jean-marc jean-michel jean-paul
	jefferson jenni jennie jepkosgei jermaine jeronimo jess jessamine ji-min
	ji-yeon jiahui jianing jin-ho jiri jitendra jiyeon joakim
	jocelyne jodi joelle joep jokin jomo joni joon-ho jordyn jorg jorgina jorid jorma
	jorrit jose-maria josefa joseline joslyn jost josu josue jovita jozef juana jude judicael judyta
	julien julieta julio jumoke jurriaan jussara kacper kaden kaede
	kainat kajsa kaleb kalina kalliope kamene kamran karina karita
	karl-heinz karlheinz karol karoline karsten kartik kasper katell kathrin katia katya kayden kaylee
	keanu keegan keely keerthi keita kelli kellie kemi kenny
	kenzie ketan khadra khaldoun khanyi kian kiera kimberley kimiko kinneret kiptoo kiril kirill kirsteen
	kirti kjetil klavdia klementyna kobby kobina kodjo kohei kolade komal
	kornelia kostya kotaro krasimir krishnan kristi kristie kristiina kristijan kriti kuba
	kuno kuuku kwadwo kylie laetitia laiba lais landon lanh
	larisa lars-erik lata latasha laurel laurenz lauretta lavanya layal lazar leanna lebo lee-ann
	leigh leland lennart lenz leokadia leonid leora lester lev levi lexi licia
	lidiane lilia liliane lilianna liliya lillemor lilli lillie liron
	liwei llewellyn llyr lodewijk lodovico loic lora lorella loren lorenz lorenza
	louis-philippe lourdes lourenco lubomir lucero luciene
	lucilia lucjan lucrecia lucrezia ludger ludwik luigia luis-filipe luiz
	lungile lupita lyla lyn lynsey lyudmila maartje machiko
	mackenzie macy maddison madiha mael maelle mafalda magdalini maggie magne maher mahmood mahnoor
	maike maitane maj majed majida malachi malgorzata maliha malin mallory manabu manal
	manju manjula manny manoel manpreet mansoor maqsood marcella marcy
	margie margret maria-theresia mariangela mariano maricarmen marie-claire marie-france marie-jeanne
	marie-therese mariella marielle marietta marigold marija marijana marilia mariola marios marissa marita maritza
	marjan marjolaine marlon marshall martial martim martine marty martyna maryann
	maryla masaki masao masashi mateja matheus mathew mats matthijs mattie
	matvei maura mawuli maxim maxime maybelle mayra maysoon mazen mbugua mebrat
	meenakshi meg megan meghan mei-ling meinhard melis menahem mendel
	mensah mervyn meurig mi-kyung micaela micha mick mickey midori mieczyslaw miguel-angelo
	mihir mikey mikolaj miku milind milos miloslava milton
	mireia mirko miro miroslaw miroslawa mirta misha miyuki mizuki mobolaji moe moeen
	mohannad mohsin montserrat moriah mudassar
	mujtaba mukul murali murtaza mushtaq mutua muzammil mwende myrddin
	myrtle nabeel nadege nader nadir nadya nael nagore naheed nahla naho najam najla naliaka nalini namrata nandi
	naren narendra naseem nasimiyu nasir natasa natsumi navin nawaz nayef nazario
	nazli ndidi neide nekane nelleke ngozichukwu nicanor nichola nicoletta
	nicolo nighat nihat nii nika nikolay nikoletta nikolina nilesh nilton nivedita njal njambi
	njoki nkiru nkosana nnenna nobuko nobuo noemie noga nolwenn norah norberto
	nosheen noura nur nuriel nusrat nyasha nyla nyokabi oceane ochieng octavia oddny
	odhiambo odion ohene okechukwu okello oladele olakunle olanrewaju olegario
	oleksiy olesya oliwia ololade olufemi olufunke olusegun oluwatobi omaima omair omondi
	ondine onome onyinye oonagh opeyemi ophelie orazio oreste orianne orietta oriol
	osamu osaze osian oswaldo otavio otmar ozan ozge ozgur ozlem paige
	pallavi panagiota panagiotis parth parvati pascual patricio patrizio patrycja patryk
	patti pavan pavlina pavlo pawel payton peretz pernilla pertti petr
	petunia piedad pierangelo piergiorgio pierpaolo pierre-yves piet pinar
	polina pontus porfirio prabhu pramod praveen prerna priti priyanka przemek przemyslaw qais
	qudsia quique raanan rachael rachamim radoslaw radu rafaela rafal rafik raghad
	raghu rahat raheel rahim rainer raisa raissa rajani ramya ramzi
	ratko raveena ravit rawan razan rebeca recep reema reese regine regis rehan
	reid reidar reilly remi remy renan renato reuven rex
	riaz ricarda riitta risto ritu robby robyn rodolfo
	rogier roisin roksana roksolana rolande romain romane romeu rosalba rosalia
	rosangela rosaura roseanne rosendo rossana rostislav rotimi rotraud roxane
	ruchi rudiger rufaro rula runar ruslan rustem ruvimbo ryoko
	saadia sabato sabeen sabelo sabino sabir sadao sadhana safia sagal sagheer sagi sahil sajida
	salah salahuddin saleem salome sameh samer samina samiya sammy samson sandile sang-hoon
	sapna saqib sarita satomi satoru sayuri
	sebastien segolene segundo sehrish seiji selamawit semyon senait senga seo-jun seonghyeon serafima
	serge sergiy serwaa setsuko seung-ho severine severino shabbir shagufta shahbaz shahida shahnaz shahzad
	shakeel shakil shamim shanti sharad sharif shatha shaukat shawna shayla shea
	sheheryar shelley sherrie sheryl shingo shinichi shinobu shireen shiv shizuka
	shoaib shola shota shuang shulamit shumaila shweta sibylle sierra sifiso
	sigfrid sigmund signe sigvald silvestre silvestro silvina simcha simphiwe sinem siphiwe
	sizwe skyler slawomir smadar smriti snezana so-yeon sofiya soha solene
	somnath sonali soo-min sooyoung sophieke spiros srikanth stacie stanislaw
	stanislawa stanko steffen stellan stepan stephane stian sualeha suchitra
	suely sukhdev sulekha suleyman sullivan sumera sumeyye sun-hee sundus sung-min supriya suraj
	surendra surya susana susete sushil sushma suzan sveinung sveta svyatoslav
	sylwester sylwia synnove tabassum tadesse tae-hyun tage tais taisia taiwo takahiro takako
	takao takeo takudzwa takumi talitha tanaka tanveer tanvir taqi tareq
	tarik tawanda tayyab tebogo tecla tegwen tehila tehmina
	teresinha terrell terrence terri thais thamer thanos tharwat theano
	theofilos theophile therese theresia thorbjorn thuli
	tijana tijmen timmy timofei timur tinashe tingting tiril titilayo tobenna
	tochi toini tokunbo tolani tolu toma tomomi tomoya tonya tope torben torbjorn torhild torill
	torkel torleif torun tosca toshio tovah tracie trefor trevon tshepo tsila
	tsipora tsubasa tsuyoshi tsvetan tsvetelina tudur tugba tulay tullia tumelo tuvia twila tymoteusz tzvi ubiratan
	ugochi ugonna ujwala ulyana ulysse unathi unax unn urban uriah urmila ursel
	utkarsh uzair uzoma vadim valentino valeri valerio valeriy valery vanderlei varvara
	vasili vasilisa vaughn vegard venkat venkatesh venus vered verica vianney
	vicki vickie vigdis vikrant vilhelm vilja vimal vipul
	vitali vitaliy viveka vladislava vsevolod wafula
	wahab wahid waithera wajid walburga wangari wangui waqas warsame wasim waweru
	waylon weiwei wencke wendelin wendell wenjing weronika wessel whitney wiera wiesia wieslaw wieslawa wilbert
	wiley wilhelmine willi wilson wincenty winona witold wladyslaw wladyslawa wlodzimierz wojtek
	xabi xabier xanthi xaver xiao xiaoli xinyu xiu xolani yakira yakov
	yanfei yann yannik yaqoub yardena yared yarik yasin yasmeen yasuo yating yegor yehoshua
	yehudit yelda yelena yeong yetunde yevgenia yiftach yigit yildiz yilmaz yisrael yngvar
	yoel yonas yoni yoo-jin yoon yoshio yotam youko young-hee young-ho yousef yrsa
	yuji yujie yukio yuko yury yusra yutaka yuuki yuxuan yvo
	zafeiris zahava zaheer zaher zahid zahida zaid zain zakaria zaki zandile zarina zdenko zdzislaw zeenat
	zelia zephyrine zev zhanna zhi zhihao zilla zinaida zinhle zino ziyi zoey
	zohra zosia zuriñe zuzanna `
