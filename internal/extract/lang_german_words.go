package extract

// Word lists of German that grow: names, jobs, places and things.

// germanGiven are given names of the language area, and short forms of them.
const germanGiven = `aaron abdul achim ada adam adele adnan adrian agathe agnes ahmad ahmed aileen aisha ayse ayşe ajla alena alessandro alessia alex alexa alexander alexandra alexej alfons alfred ali alice
	alicia alina alisa alma alois aloisia alwin amadeus amalia amina amir amira amin anastasia andre andrea andreas andrej angela angelika angelina anisa anita anneliese annelie annelies
	annelore annemarie annette anni annina ansgar anton antonia antonio arda arian ariane armin arne arno arnold arthur artur arvid asli aslı aylin ayla aydin azra auguste aurelia axel
	babette bahar balthasar baptist bärbel barbora bartosz basti bastian beate beatrice beatrix bela benedikt benjamin benno berit berkan berta bertha berthold bianka bilal birger
	birgitta birte bjarne björn bodo bogdan boris bosse branka brigitte brigitta brunhilde bruno burak burkhard camille carina carl carlo carmen caroline caspar catharina cem
	cemal cenk charlotte chiara chris christian christin christina christoph christof christopher cilli claas clemens cleo constantin constanze cordula corinna cosima cyrill damian
	dana daniel daria darius david deborah denis deniz dennis derya detlev diana diego dietmar dietlinde dietrich dilara dirk djamila dobrinka dominik dominique dora dorian dorit doro
	dorothee dragan dursun ebru eckart eckhard eckhart eda edda edeltraud edgar edi edmund eduard egon ehrenfried eike eileen ekaterina eleonore elena elfi eli elif elina elisa
	elisabetta ella ellen elli elmar elsa elsbeth else elvira emely emilia emilie emily emine emir emre enes engelbert enya erdal ercan eric erich erik erkan ernestine esma esra esther
	estella etta eugenie evelin evelyn evi ewa fabian fabienne fabio fanny farid fatih fatima fatma fatou fabiola felicia felicitas felizitas ferdi ferdinand ferhat fiete filip filiz fine fiona
	flora florentine florian flori flo florin franca francesca francesco franka franziska franzi frederik frederike freya fridolin frida friedel frieder friedrich fritzi furkan gabor gabriel
	gabriela galina gebhard gereon gerald gerlinde gerold gero gerta gesa gesine gianna gina giovanni gisa gitta giulia giuseppe goran gottlieb götz gregor grete gretel gülay
	gülsen gunda gundula gunnar gustel hakan halil halina hamid hans hans-peter hans-jürgen hansjörg hannelore hannes hanne hanno harald harri hasan hassan hauke hayat hedi
	heidemarie heidi heidrun heino heinke heinrike hein helena helene helge hendrik hendrike henning henny henrik henrike heribert herma hermine herta hilda hildegunde hilke hilmar
	hinnerk hinrich hülya hussein husein ibrahim iga ignaz igor ilka ilona ilse-marie ilva imad immanuel ina inga ingeborg inka inken inna ioana irena irina irma isa isabel
	isabella isabelle ismail isolde ivan ivana ivo iwona jacek jacqueline jakub jamal james jamila jane jannes jaron jarosław jaroslaw jascha jasmin jasper jeanette jelena jenny
	jeremias jeremy jerome jill joana joao joel joelle johann johannes john jolanda jolanta jonah jonathan jonte josef josefa josefin joseph joshua
	josip jost jovana juan judit julian julius julika juri jürg justin justus kadir kai kaja kalle kamil karim karina karline karlheinz karolin karolina karoline kaspar kasper
	katarina katharine kathrein kati katinka katrina kay keanu kemal kenan kerem kerim kersten kevin khaled kiara kim kimberly kira klemens knut konni konsti kornelia kosta
	kristian kristina kristof krystyna krzysztof kübra ladislav laila lana lara larissa larisa laura laurenz leander leif leila leo leonard leonardo leonid leonora
	leopold leyla liana lilian liliane lilith lilli lilly lily linda linnea lio lisa-marie lisbeth lise lisette livia liv ljubica loki lola lore lorenz lorena loreley loris
	 louis louisa louise lovis luana lucas lucia lucie lucy ludger ludmila ludwiga luiz luka lukasz łukasz lutz luzia lydia maarten madeleine madita madleen mads magda magnus
	mahmoud mahir maja malak malte malina malika mara marc marcel marcin marco marek maren margarethe margarita margaretha margrethe mariam mariana marianna marieke marietta
	marija marijke marika marilena marina mario marit marius mariusz marko marla marlen marlene marlon marta marten martin marvin maryam massimo mateusz mathias mathis matilda
	mattes matthäus matthis mattis maurice maxim maximiliane maxl maya mehdi mehmet melek melike melina melinda melissa melitta memet merle mert merve meryem metin michail michel
	michele mick miguel mihaela mike mikael miko milena milica milosz minh minna mino mira miriam mirjana miroslav mirella mohamad mohamed mohammad mohammed
	moira momo mona monia monique murat mustafa myriam nabil nadia nadim nadin najib naomi natalia natalie natalija natascha nathalie nazan nedim nelly neo nermin nevin nico
	nick nicki nicola nicolas nicoletta niels niclas nikita niko nikola nikolai nikolaus nikolas nikole nils nilay nilufar nino noa noemi noor nora norah nour noura nurcan
	nurten okan oksana oktay oleg olena oleksandr oliver olivia omar ömer onur orhan orkan ortrud osman oswald otmar ottfried otilie ottilie ottmar özge özlem özgür pamela pascal
	pascale patric patricia patrick patrizia patryk paulchen paulina pawel pelin petar philippa philine philip phillip phil pierre pina piotr rabea radmila radovan rafał rahel raik raimund
	ralph ramazan ramona rania raphaela rebecca rebekka recep reda regula reik reinhild reinhilde renan rené renée resi resul rieke rico rika rita robert roberta roberto robin
	rocco rochus rosalie rosalinde rosi rosina roswitha roxana ruben rudi rudolf rufus runa rupert ruslan saban sabina sabri sabrina sadiq salim sally salma salome sam samantha
	samira sami samir sandeep sandro sanja sara sascha saskia satu seba sebahat sebi selim selin selina selma sema semra sergei sergej serhat serkan severin seyma sezen
	sharon shirin sibel sibylle siegmar siegrun sigi sigmund sigmar silas silja silvana silvester silvio simeon simona sina sinan sinem sofia solveig sönke sonia sophia soraya
	sören stanislav stefania stella steffen stephanie stine sükrü suleika susann susanna suse sven-erik swantje sybille sylke sylvia sylvie tabea tadeusz tahir
	taher tamer tammo tarek tarik tariq tasja tatjana tayfun ted teresa tessa thaddäus thekla theodor theresia thies thilda thomas thora thorben thore tibor tiffany tilman
	tilmann tilo timm timon timothy timur tine tizian tjorven tomasz tomislav tommi tommy tomma toni tonia tony torben tordis torge toralf tove traute tristan trude tugba
	tülay tuncay turgut uli ulla ulli ulrik umut undine urs ursel urszula ursina uta valentina valeria valerie valeska vali valerija vanja vasilis veit veli velten verona veronika vicky
	viktor vinzent vinzenz viola violetta vito vlad vladimir volkan vreni vroni wahid waldemar waltraut walther wanda wenke wenzel wibke wieland wilfriede
	wilhelmine wilma wim winfried winnie wissam wladimir wojciech wolfhard xenia yannick yannik yannis yara yasemin yasin yasmin yasmina yilmaz yılmaz yohannes yuki yunus
	yusuf yves zacharias zahra zainab zara zehra zeki zeynep zita zoe zofia zoltan zora zuzana anouk lian tarkan malaika ronny ricarda enrico jacob maik heinz-peter klaus-dieter hans-georg
	ernst-august karl-otto anna-lena anna-maria eva-maria marie-luise ann-kathrin lisa-maria sophie-charlotte jean-luc jean-pierre ruprecht pepe pippa bine moni gitti kalli kurti berti
	hansi heini olli oli andi andy wolle manni matze micha mischa norbi ralle stefi steff sanni sandy tini toffi tomek dani biggi conny conni gerti hanni hilli jule julchen
	käthe käte lieschen lili lissy lulu melly nadi nati nelli nini röschen rosel sabi sanne traudel trudi uschi vevi zenzi lenchen jockel jupp köbes pitter jan-hendrik kuddel
	onno ocke boje nahne keike telse reto hansruedi köbi röbi vreneli annegreth bethli heiri luzi gian flurin ladina seraina gion
	janosch ilja gesche agnieszka malgorzata małgorzata kasia zuzanna jagoda dorota renata beata aleksandra paweł grzegorz maciej stanislaw stanisław zbigniew andrzej wojtek kuba
	piotrek jurek radek darek jarek sylwia justyna weronika wiktoria oliwia zosia hania bożena božena jirka jiri jiří pavel petr vaclav zdenek zdeněk lenka jarmila vlasta tereza bohumil
	istvan laszlo ferenc attila zsolt balazs eszter reka piroska ionut andrei mihai cristina raluca stoyan ivanka desislava nikolay georgi dimitar dimitri dimitrios
	giorgos eleni katerina vasiliki stavros kostas panagiotis nikos sotiris despina sevda gamze buket tuğba tugce tuğçe bilge umay mehtap nilgün nurgül songül gül güler gülcan gülden hatice
	havva rabia ruken rojda rojin berivan zilan dilan dilek cansu ceren ceyda ezgi gizem irem irmak melisa nehir nisa pınar pinar selen tuana yaren alper baris barış batuhan berk bora bülent
	burhan cihan doruk emrah ender ensar eray erdem erhan ersin faruk ferit gökhan görkem harun hüseyin hüsnü ilker ilkay kaan koray levent mesut metehan muharrem nihat okay ozan polat rıza ruhi
	sefa serdar soner suat süleyman şükrü taner tayyip tolga ufuk uğur umit yasir yiğit yigit zafer ziya abdel abdullah achmed amr anas ayman bashar faisal farouk ghassan haitham hamza
	haytham hisham idris imran ismael jaber jamil kareem khalil laith majid malek marwan mazen mohanad moustafa munir nasser nizar qasim rami rashid riad saif salah samer tamim wael walid yahya
	yazan younes zaid zakaria amal asma aya basma dalal dina farah fadia ghada hanan hiba huda iman khadija lamia layla maha manal nada nahla najwa rasha rawan reem rima ruba saba safa sahar
	salwa samia shaimaa suad wafa yusra zeina thi linh huong duc tuan hung quang xiaoming wei ling hiroshi kenji aiko naoko akira minho soo-jin ji-woo arjun anjali priya rahul ravi sanjay
	sunita deepak kavita lakshmi neha pooja rohan shreya vikram amara chidi ifeanyi kwame kofi abena adjoa chiamaka ngozi oluwaseun tunde babajide funmi mamadou ousmane aminata mariama
	fatoumata ibrahima moussa sekou ndeye cheikh djibril pierre-yves jean-marc thibault clément mathieu maxime antoine baptiste hugo enzo manon chloé jeanne juliette
	océane élodie aurélie solène gaëlle maëlle lorenzo riccardo alessandra federica ginevra giada giorgia ilaria serena davide edoardo federico
	filippo giacomo mattia pietro stefano tommaso alejandro alvaro andres carlos fernando gonzalo hector ignacio javier jorge josé manuel pablo
	pedro raul ricardo rodrigo sergio ana-maria consuelo dolores esperanza guadalupe josefina maite montserrat paloma pilar rocio soledad ximena goncalo
	tiago thiago rui nuno vasco beatriz catarina mafalda rosario`

// germanJobs are more jobs; women's endings are added, and what is composed with jobTails needs no entry.
const germanJobs = `chemikant souschef spüler rezeptionist detektiv offizier matrose steuermann estrichleger geometer mta pta babysitter kürschner barbier tätowierer sysadmin landrat rabbiner mönch nonne mesner melker spengler rauchfangkehrer kaminfeger fräser klavierstimmer museumswärter mediator youtuber akrobat puppenspieler sachverständiger sachverständige solarteur gerber keramiker holzbildhauer korbflechter böttcher destillateur imbissbetreiber klärwärter schleusenwärter leuchtturmwärter möbelpacker kommissionierer näherin büglerin wäscherin modistin mannequin hostess callcenter-agent außendienstler lobbyist diplomat konsul botschafter sprechstundenhilfe zeichner verkehrsplaner pflegedirektor heimleiter stationsleiter leitstellendisponent pflegekraft küchenkraft lehrkraft bürokraft honorarkraft
	agraringenieur aktuar altenpflegehelfer amtsarzt anästhesist anlagenmechaniker antiquar apothekenhelfer arzthelfer arzthelferin artist artdirector astronom astronaut astrophysiker au-pair
	augenarzt augenoptiker automechaniker autolackierer autoverkäufer bademeister bäckereifachverkäuferin bäckerin baggerfahrer bahnschaffner balletttänzer bankangestellte bankangestellter
	banker bankberater barmann baumpfleger bauarbeiter bauleiter bauzeichner bauhelfer berufsfeuerwehrmann berufssoldat betriebswirt betriebsrat betriebsleiter bibliothekarin bierbrauer
	bildredakteur biochemiker bodenleger bogenbauer bootsbauer botaniker buchbinder buchhändler buchdrucker bühnenbildner bundespolizist bürgermeister busfahrerin büroleiter callcenteragent
	cellist chefarzt chefredakteur choreograf chorleiter clown comiczeichner controller cutter dachdeckermeister data-analyst datenanalyst datenschützer dekan dekorateur dermatologe
	diakon diätassistent dirigent disponentin dj dolmetscherin dompteur dramaturg drehbuchautor drechsler drucker drogist edelsteinschleifer einkäufer einzelhändler eisverkäufer
	elektroinstallateur elektroingenieur elektrotechniker entbindungspfleger ergotherapeutin ernährungsberater erzieherin ethnologe eventmanager fachinformatiker fachangestellte fachangestellter
	fachärztin facharzt fachverkäufer fahrlehrer fahrradkurier fahrradmechaniker fährmann feinmechaniker fensterputzer filialleiter filmemacher finanzbeamter finanzbeamtin finanzberater
	fischwirt fitnesstrainer fleischermeister fleischereifachverkäufer fluglotse fluglots flugkapitän flugbegleiterin forstwirt frauenarzt freelancer friedhofsgärtner frührentner
	frührentnerin fußballer fußballtrainer fußpfleger gabelstaplerfahrer gastronom gastwirt gebäudereiniger geigenbauer geigerin gefängniswärter geodät geograf geologin gerichtsvollzieher
	germanist gerüstbauer geschäftsfrau geschäftsmann gewerkschafter gewerkschaftssekretär glasbläser glaser glasermeister goldschmiedin graveur grundschullehrerin gutachter gynäkologe
	gynäkolog hafenarbeiter handwerker handelsvertreter hafenmeister hausärztin hausmeisterin hautarzt heilerziehungspfleger heilpraktiker heizungsbauer hno-arzt hochzeitsplaner hörakustiker
	hotelfachfrau hotelfachmann hotelier hundetrainer hundefriseur hufschmied illustrator imam immobilienkauffrau immobilienkaufmann industriemechaniker influencer informatikerin
	inklusionshelfer innenarchitekt innenarchitektin instrumentenbauer intensivpfleger intensivschwester internist it-administrator it-berater it-leiter it-spezialist justiziar
	justizvollzugsbeamter jugendarbeiter jugendleiter juwelier kabelträger kameramann kamerafrau kanalarbeiter kapitän kantor kardiologe kardiolog karosseriebauer kassenwart kellnerin
	kfz-mechaniker kfz-mechatroniker kfz-meister kieferorthopäde kieferorthopäd kinderpfleger kinderkrankenschwester kindergärtnerin kinderpsychologe kirchenmusiker kita-leiter klarinettist
	klavierbauer klavierlehrer klempnermeister kneipenwirt kommissar komiker konditormeister konditorin konstrukteur kosmetiker kostümbildner kraftfahrer krankengymnast kranführer
	kriminalbeamter kriminalbeamtin kriminalkommissar küchenchef küchenhilfe küchenhelfer kulturmanager kunsthistoriker kunstlehrer kurator kustos küster laborleiter lagerarbeiter
	lagerleiter landarzt landmaschinenmechaniker landschaftsarchitekt landschaftsgärtner landtagsabgeordnete lehramtsstudent lehrling leiharbeiter leitungswasserinstallateur
	literaturwissenschaftler logopädin lokführerin luftfahrtingenieur malermeister marketingleiter marktforscher marktleiter maskenbildner masseur mathematikerin mathelehrer
	mechatronikerin mediendesigner mediengestalter mediziner medizinstudent messebauer metallbauer meteorolog mikrobiologe milchbauer moderator modedesigner modellbauer müllmann münzhändler
	museumspädagoge museumspädagog musiklehrer musikpädagoge musikproduzent nachtportier nachtwächter netzwerkadministrator neurologe neurolog notarfachangestellte notarztsanitäter notarzt
	notfallsanitäterin oberarzt oberärztin oberkellner oberstudienrat obsthändler ökologe ökotrophologe ofenbauer optikerin organist orgelbauer ornithologe orthopäde orthopäd osteopath
	osteopathin paketbote paketzusteller parkettleger pathologe pathologin patentanwalt pensionist pensionistin personalchef personalleiter personalreferent personenschützer pferdewirt
	pflegehelfer pflegedienstleiter pflegeassistent pflegerin pförtner pharmazeut pharmareferent philosoph physiklehrer pilotin plattenleger podologe podolog politiker politikwissenschaftler
	polizeibeamter polizeibeamtin polizeihauptkommissar polizistin polsterer postbeamter postbotin polier portier privatdetektiv product-owner produktdesigner produktionshelfer produktionsleiter
	programmiererin prokurist propst prothesenbauer prozessingenieur pressesprecher pressereferent psychiater psychoanalytiker putzmann qualitätsprüfer radiologe radiolog radiomoderator
	raumausstatter raumpfleger rechtsanwaltsfachangestellte rechtspfleger referent regieassistent reiseleiter reiseverkehrskauffrau reitlehrer rektor religionslehrer requisiteur
	rettungsassistent rettungsschwimmer restauratorin richterin roadie rohrleger röntgenassistent sachbearbeiter sattler sargtischler schachtmeister schaffner schausteller schauspiellehrer
	schichtleiter schichtführer schiffsbauer schiffskoch schiedsrichter schlachter schlosserin schmied schneiderin schornsteinfegermeister schreinermeister schreinerin schriftführer
	schriftsetzer schulbegleiter schulleiter schulsozialarbeiter schwimmlehrer seelsorger seefahrer seemann sekretärin senner servicekraft sicherheitsmann skilehrer softwarearchitekt
	softwareingenieur sommelier sonderpädagoge sonderpädagog sonderschullehrer sounddesigner sozialassistent soziologe soziolog spediteur spediteurin speditionskaufmann speditionskauffrau
	spielplatzbauer sportlehrer sportreporter sprachlehrer sprecherzieher sprengmeister staatssekretär stadtführer stadtrat standesbeamter standesbeamtin statiker statistiker steinmetz
	steinsetzer stellwerker steuerfachangestellte steuerfachangestellter stillberaterin straßenbahnfahrer straßenbauer straßenmusiker streetworker stuckateur studienrat studienrätin
	synchronsprecher systemadministrator tagesvater taxifahrerin technikerin teamassistent teamchef telefonist tennislehrer terrassenbauer textilverkäufer texter theaterpädagoge theaterpädagog
	theologe theolog tierheilpraktiker tierpfleger tischlermeister tischlerin toningenieur tontechnikerin totengräber tourguide trambahnfahrer trainee trauerredner trockenbauer türsteher
	übersetzerin uhrmachermeister umweltingenieur umzugshelfer umschüler unfallchirurg unternehmerin urologe urolog ux-designer veranstaltungstechniker verfahrensmechaniker vergolder
	verkehrspilot verlagskauffrau verlagskaufmann verleger vermesser vermessungstechniker versicherungskauffrau versicherungskaufmann versicherungsvertreter verwaltungsfachangestellte
	verwaltungsfachangestellter verwaltungsbeamter verwaltungsbeamtin veterinär videojournalist viehhändler violinist virologe virolog volkswirt volontär vorarbeiter vorruheständler wachmann
	waldarbeiter weinbauer werbekauffrau werbekaufmann werbetexter werkzeugmacher werkzeugmechaniker werkstattleiter wirt wirtin wirtschaftsinformatiker wirtschaftsingenieur wirtschaftsprüfer
	wissenschaftsjournalist yogalehrer zahnarzthelferin zahntechniker zauberkünstler zauberer zeitsoldat zeitungszusteller zerspanungsmechaniker zimmerer zimmermädchen zivildienstleistender
	zollbeamter zollbeamtin zöllner zoologe zoolog zugbegleiter zugchef zugführer zweiradmechaniker bufdi auszubildene azubine hiwi fahrkartenkontrolleur kontrolleur hebammenschülerin
	rettungsflieger schulbusfahrer straßenkehrer stadtarchivar archivar standesbeamte bestatterin tatortreiniger`

const germanTowns = `aalen, aarau, ahaus, ahlen, ahrensburg, albstadt, altena, altenburg, altona, amberg, andernach, annaberg, ansbach, apolda, arnsberg, arnstadt, aschaffenburg, aschersleben, auerbach,
	augustusburg, aurich, backnang, bad aibling, bad bentheim, bad berleburg, bad doberan, bad dürkheim, bad ems, bad godesberg, bad hersfeld, bad homburg, bad honnef, bad ischl, bad kissingen,
	bad kreuznach, bad langensalza, bad mergentheim, bad nauheim, bad neuenahr, bad oeynhausen, bad oldesloe, bad orb, bad pyrmont, bad reichenhall, bad salzuflen, bad säckingen, bad segeberg,
	bad tölz, bad urach, bad vilbel, bad waldsee, bad wildbad, bad wörishofen, baden, baden-baden, balingen, bautzen, beckum, bensheim, bergheim, bergisch gladbach, bernau, bernburg, biberach,
	bingen, bitburg, bitterfeld, blankenburg, blankenese, blieskastel, bocholt, böblingen, borken, borkum, borna, bornheim, brandenburg an der havel, braunau, brilon, bruchsal, brühl, bruck,
	buchholz, bückeburg, bühl, burghausen, buxtehude, büsum, calw, castrop-rauxel, charlottenburg, cloppenburg, coesfeld, crailsheim, crimmitschau, dachau, daun, delbrück, delitzsch,
	delmenhorst, dessau, diepholz, dillenburg, dinslaken, donaueschingen, donauwörth, dormagen, dorsten, döbeln, dresden-neustadt, duderstadt, dülmen, düren, ebersberg, eberswalde, eckernförde,
	ehingen, eichstätt, eimsbüttel, eilenburg, einbeck, einsiedeln, eisenach, eisenhüttenstadt, ellwangen, elmshorn, eltville, emmendingen, emmerich, emsdetten, erbach, erding, erftstadt,
	erkelenz, erkner, eschborn, eschwege, eschweiler, esslingen, euskirchen, eutin, fehmarn, feldkirch, feucht, fellbach, finsterwalde, flörsheim, föhr, forchheim, frankenthal,
	frankfurt an der oder, frauenfeld, freiberg, freilassing, freising, freital, freudenstadt, friedberg, friedrichshain, fürstenfeldbruck, fürstenwalde, fürth, füssen, gaggenau, garbsen,
	garmisch-partenkirchen, geesthacht, geislingen, geldern, gelnhausen, gera, geretsried, germersheim, gernsbach, gevelsberg, gifhorn, gladbeck, glarus, glauchau, glückstadt, gmunden, goch,
	göppingen, goslar, gotha, grevenbroich, greiz, gronau, großenhain, grünheide, grünwald, gummersbach, gunzenhausen, günzburg, güstrow, haan, halberstadt, hallein, hallstatt, haltern, hameln,
	hamminkeln, haßloch, hattingen, havixbeck, heidenheim, heilbad heiligenstadt, heiligenhaus, hechingen, heppenheim, herborn, herdecke, herford, herne, herrenberg, hersbruck, herten,
	herzogenaurach, herzogenrath, hettstedt, hilden, hildburghausen, hockenheim, hohenems, höchst, höxter, homburg, hoyerswerda, hückelhoven, hürth, husum, ibbenbüren, idar-oberstein, idstein,
	ilmenau, ilsenburg, imst, ingelheim, iserlohn, ismaning, isny, itzehoe, jever, jüchen, jülich, juist, kaarst, kaiserswerth, kamenz, kamp-lintfort, kapfenberg, kappeln, karlsfeld, kaufbeuren,
	kehl, kelheim, kempen, kerpen, kevelaer, kirchheim, kitzbühel, kitzingen, kleve, klosterneuburg, köpenick, königs wusterhausen, königsberg, königstein, königswinter, korbach, kornwestheim,
	köthen, krems, kreuzberg, kreuzlingen, kronach, kronberg, kufstein, kulmbach, künzelsau, laatzen, lahr, landau, landsberg, langenfeld, langenhagen, lauenburg, lauterbach, lehrte, leimen,
	leinfelden, lemgo, lennestadt, leoben, leonberg, lichtenfels, liestal, limbach, limburg, lingen, lippstadt, löbau, locarno, lohmar, lohr, lörrach, lübben, lübbecke, luckenwalde, lüdenscheid,
	ludwigsburg, ludwigslust, lünen, lustenau, luckau, maintal, malchin, marktredwitz, marl, marzahn, mayen, mechernich, meerbusch, meiningen, meißen, meldorf, melle, memmingen,
	menden, merseburg, merzig, meschede, mettmann, metzingen, miesbach, mittenwald, mittweida, mödling, mölln, monheim, montabaur, montreux, moosburg, mosbach, mühlacker, mühldorf, mühlhausen,
	mülheim, müllheim, münden, murnau, nagold, naumburg, neckarsulm, nettetal, neubrandenburg, neuburg, neuchâtel, neukölln, neumarkt, neumünster, neunkirchen, neuruppin, neustadt,
	neustrelitz, neu-isenburg, neu-ulm, neuwied, nienburg, nordenham, norderney, norderstedt, nordhausen, nordhorn, nördlingen, northeim, nürtingen, oberammergau, oberstdorf, oberursel,
	oer-erkenschwick, offenburg, öhringen, olten, opladen, oranienburg, osterholz-scharmbeck, osterode, ottobrunn, oelde, papenburg, parchim, pasing, pfaffenhofen, pinneberg,
	pirmasens, pirna, plettenberg, plön, poing, prenzlau, prenzlauer berg, puchheim, pulheim, quedlinburg, quickborn, radebeul, radolfzell, rapperswil, rastatt, rathenow, ratzeburg,
	recklinghausen, reichenbach, reinbek, remagen, remscheid, rendsburg, rheda-wiedenbrück, rheinberg, rheine, rheinfelden, riesa, rinteln, rodgau, rottweil, rottenburg, rötha,
	rüsselsheim, rudolstadt, saalfeld, saarlouis, salzgitter, salzwedel, sangerhausen, sankt augustin, sankt pölten, st . pölten, sankt gallen, sankt pauli, st . pauli, schaffhausen, schkeuditz,
	schleswig, schlüchtern, schmalkalden, schneeberg, schönebeck, schongau, schopfheim, schorndorf, schramberg, schwabach, schwabing, schwäbisch gmünd, schwäbisch hall, schwalmstadt,
	schwarzenberg, schwedt, schweinfurt, schwelm, schwerte, schwetzingen, schwyz, seesen, selb, selm, senftenberg, siegburg, sigmaringen, simbach, sindelfingen, sinsheim, soest, sömmerda, soltau,
	sondershausen, sonneberg, sonthofen, spandau, spittal, spremberg, stade, stadthagen, starnberg, steglitz, stendal, stuhr, steyr, stolberg, straßkirchen, strausberg, suhl, sulzbach, sursee,
	syke, taucha, tegernsee, telgte, teltow, templin, tettnang, timmendorfer strand, thale, titisee-neustadt, torgau, traunreut, traunstein, travemünde, treptow, troisdorf, tuttlingen, uelzen,
	überlingen, uetersen, unna, unterhaching, usedom, uster, vaduz, varel, vechta, velen, verden, viersen, villingen, villingen-schwenningen, voerde, völklingen, waiblingen, waldkirch,
	waldkraiburg, waldshut, wallisellen, walsrode, wandsbek, warburg, waren, warendorf, warnemünde, warstein, wedel, weil am rhein, weilheim, weinheim, weinstadt, weißenburg, weißenfels,
	weißwasser, wendlingen, werder, werl, wermelskirchen, wernigerode, wertheim, wesseling, wettingen, wetzikon, wetzlar, wil, willich, wilmersdorf, winsen, winterberg, wipperfürth, wittenberg,
	wittenberge, wittlich, wittstock, witten, wolfenbüttel, wolfratshausen, wolfsberg, wolgast, wunstorf, würselen, wurzen, xanten, yverdon, zehlendorf, zeitz, zeulenroda, zell am see, zerbst,
	zinnowitz, zirndorf, zittau, zofingen, zossen, zweibrücken, zwettl, zwolle, altmark, bergisches land, bergstraße, bodensee, bodenseeregion, breisgau, chiemgau, dithmarschen, eichsfeld, eifel,
	emsland, erzgebirge, fichtelgebirge, fläming, harz, havelland, hohenlohe, holstein, hunsrück, kraichgau, lausitz, lüneburger heide, markgräflerland, mosel, mostviertel, mühlviertel,
	münsterland, niederbayern, niederrhein, nordfriesland, oberbayern, oberfranken, oberlausitz, oberpfalz, oberschwaben, odenwald, ostalb, osnabrücker land, pfalz, prignitz, rhön, sauerland,
	schwäbische alb, schwarzwald, siegerland, spessart, spreewald, südpfalz, taunus, teutoburger wald, uckermark, unterfranken, mittelfranken, vogtland, voralpenland, waldviertel, weinviertel,
	wendland, weserbergland, westerwald, westfalen, ostwestfalen, wetterau, salzkammergut, zillertal, pinzgau, pongau, innviertel, engadin, aargau, thurgau, appenzell, emmental, toggenburg,
	berner oberland, oberland, baselland, fribourg, solothurn, aleppo, damaskus, bagdad, teheran, kabul, beirut, izmir, antalya, bursa, adana, trabzon, diyarbakir, konya, sarajevo,
	mostar, tirana, pristina, skopje, rijeka, ljubljana, maribor, bratislava, breslau, posen, stettin, lodz, lublin, kattowitz, oppeln, krakow, wroclaw, vilnius, riga, tallinn, minsk, charkiw,
	odessa, lwiw, lemberg, sankt petersburg, nowosibirsk, omsk, tiflis, eriwan, baku, almaty, taschkent, tunis, algier, casablanca, rabat, kairo, addis abeba, asmara, nairobi, lagos, accra,
	dakar, kapstadt, johannesburg, windhoek, mumbai, delhi, bangalore, hanoi, saigon, bangkok, manila, jakarta, singapur, hongkong, shanghai, seoul, osaka, kyoto, sydney, melbourne, auckland,
	toronto, montreal, vancouver, boston, chicago, seattle, los angeles, san francisco, miami, mexiko-stadt, bogota, lima, quito, santiago, buenos aires, montevideo, kia rio, sao paulo, havanna,
	malmö, göteborg, uppsala, bergen, trondheim, aarhus, odense, reykjavik, tampere, turku, cork, galway, glasgow, cardiff, manchester, liverpool, birmingham, bristol, oxford, cambridge, brügge,
	lüttich, namur, eindhoven, groningen, maastricht, enschede, arnheim, nimwegen, haarlem, leiden, delft, metz, nancy, colmar, mülhausen, mulhouse, dijon, toulouse, bordeaux, nantes, lille,
	rennes, sevilla, valencia, malaga, granada, bilbao, palma, ibiza, fuerteventura, lanzarote, la palma, gomera, faro, coimbra, bologna, turin, genua, verona, padua, triest, pisa, siena,
	palermo, catania, sardinien, sizilien, korsika, kreta, korfu, rhodos, thessaloniki, patras, varna, temeswar, hermannstadt, kronstadt, klausenburg, brooklyn, manhattan, kalifornien,
	texas, florida, bali, goa, andalusien, katalonien, galicien, bretagne, normandie, provence, elsass, lothringen, burgund, toskana, umbrien, kampanien, apulien, lombardei, piemont, schottland,
	wales, cornwall, masuren, schlesien, oberschlesien, pommern, ostpreußen, siebenbürgen, banat, istrien, dalmatien, böhmen, mähren, anatolien, kurdistan, kaukasus, sibirien, jütland, schonen,
	lappland`

const germanAllergens = `haselnüssen, nüssen, erdnüssen, walnüssen, cashewkerne, cashewkernen, cashew, pistazien, paranüsse, macadamia, mandel, erdbeere, äpfeln, pollenflug, roggen, roggenpollen,
	beifuß, ambrosia, erlenpollen, haselpollen, blütenpollen, hausstaubmilbe, milbenkot, katzenhaar, hundehaar, pferdehaare, pferdehaar, kaninchen, meerschweinchen, hamster,
	vogelfedern, daunen, daunenfedern, insektengift, bienenstich, wespenstich, mückenstiche, mücken, krebstiere, krebstieren, schalentieren, krustentieren, meeresfrüchten, weichtiere,
	lachs, thunfisch, kabeljau, garnele, shrimps, hummer, austern, tintenfisch, kuhmilcheiweiß, milchprodukte, milchprodukten, milchzucker, lactose, fruktose, fructose, sojamilch, sojabohnen,
	weizenmehl, weizeneiweiß, dinkel, hafer, buchweizen, linsen, erbsen, kichererbsen, bohnen, lupine, sesamöl, senfkörner, mohn, sonnenblumenkerne, knoblauch, zwiebeln, zwiebel, paprika, chili,
	tomate, aubergine, sellerieknollen, karotte, möhren, petersilie, koriander, kümmel, zimt, vanille, banane, bananen, mango, papaya, melone, pfirsich, aprikosen, pflaumen, kirsche, weintrauben,
	orangen, zitronen, mandarinen, grapefruit, himbeeren, brombeeren, rhabarber, honig, kakao, rotwein, hefe, glutamat, farbstoffe, e-stoffe, zusatzstoffe, sulfit, silikon, chlor, chrom, kobalt,
	kupfer, amalgam, modeschmuck, pflaster, heftpflaster, latexhandschuhe, gummi, waschmittel, parfüms, duftstoffen, duftkerzen, lanolin, wollwachs, schurwolle,
	formaldehyd, teebaumöl, kamille, arnika, propolis, sonnencreme, sonnenlicht, schimmelpilzsporen, schimmelpilz, hefepilze, novalgin, paracetamol, diclofenac, codein, cortison, kortison,
	sulfonamide, cephalosporine, cefuroxim, tetracyclin, betäubungsmittel, lidocain, narkosemittel, jodhaltige kontrastmittel, tetanusimpfung, heparin, insulin, penizillin, schmerzmittel,
	acetylsalicylsäure, huhn, hühnchen, rindfleisch, schweinefleisch, eiklar, hühnerei, hühnereier, eigelb, quitten, sojaprodukte, nussnougat`

const germanDiseases = `typ-1-diabetes, typ-2-diabetes, diabetes typ 1, diabetes typ 2, pollenallergie, hausstauballergie, nussallergie, erdnussallergie, tierhaarallergie, katzenallergie,
	hundehaarallergie, penicillinallergie, bienengiftallergie, milchallergie, kuhmilchallergie, eiallergie, fischallergie, sojaallergie, kreuzallergie, kontaktallergie, nickelallergie,
	latexallergie, sonnenallergie, gräserallergie, birkenallergie, histaminintoleranz, fruktoseintoleranz, fructoseintoleranz, lactoseintoleranz, laktoseunverträglichkeit, glutenintoleranz, ein reizdarmsyndrom, reizdarmsyndrom, reizmagen, gastritis, reflux, sodbrennen, divertikulitis, colitis, fettleber, leberzirrhose, hepatitis b, hepatitis c, hiv, borreliose, rheumatoide arthritis, morbus bechterew, bechterew, kniearthrose, hüftarthrose, einen bandscheibenvorfall, ischias, karpaltunnelsyndrom,
	tennisarm, fersensporn, hohlkreuz, plattfüße, multipler sklerose, demenz, alzheimer, restless legs, clusterkopfschmerzen, chronische migräne,
	spannungskopfschmerzen, trigeminusneuralgie, tourette, tourette-syndrom, asperger, asperger-syndrom, lrs, dyskalkulie, dyslexie, depression, eine angststörung, angststörungen, panikattacken, panikstörung, eine zwangsstörung, zwangsstörung, ptbs, borderline, bipolare störung, burnout, burn-out, essstörung, bulimie,
	magersucht, schizophrenie, morbus basedow, unterfunktion der schilddrüse, niedrigen blutdruck,
	niedriger blutdruck, hypertonie, vorhofflimmern, herzinsuffizienz, herzfehler, einen herzfehler, einen herzschrittmacher, herzschrittmacher, krampfadern, thrombose, eisenmangel, blutarmut, faktor-v-leiden, von-willebrand-syndrom, sichelzellanämie, thalassämie, asthma bronchiale, chronische bronchitis,
	lungenfibrose, sarkoidose, nebenhöhlenentzündung, chronische sinusitis, morbus menière, hörsturz, schwerhörigkeit, grauen star, grüner star, grauer star,
	makuladegeneration, keratokonus, hornhautverkrümmung, kurzsichtigkeit, rot-grün-schwäche, farbenblindheit, retinitis pigmentosa, rosazea, rosacea,
	akne inversa, vitiligo, nesselsucht, urtikaria, raynaud, lipödem, lymphödem, pcos, pco-syndrom, myome, prostatakrebs, hautkrebs, leukämie, darmkrebs,
	lymphdrüsenkrebs, niereninsuffizienz, nierensteine, eine nierenschwäche, dialysepflichtig, blasenschwäche, inkontinenz, sklerodermie, sjögren-syndrom, mcas, me/cfs, cfs,
	post-covid, spastik, zerebralparese, querschnittlähmung, eine querschnittlähmung, muskelschwund, myasthenie, höhenangst, flugangst, spinnenphobie, klaustrophobie, platzangst`

const germanSports = ` kickboxen, ringen, jiu-jitsu, tai-chi, qigong, aerobic, wassergymnastik, aquafitness, gymnastik, bodybuilding, krafttraining, kraftsport,
	gewichtheben, spinning, triathlon, marathon, halbmarathon, trailrunning, trailrun, nordic walking, walken, walking, orientierungslauf, geocaching, geocachen, bergsteigen, bergwandern,
	alpinklettern, slackline, slacklinen, skitouren, skitourengehen, langlauf, skilanglauf, ski, skifahren, skilaufen, snowboard, snowboarden, snowboardfahren, rodeln,
	schlittschuhlaufen, eislaufen, eiskunstlauf, curling, eisstockschießen, eisbaden, tauchen, schnorcheln, apnoetauchen, segelfliegen, windsurfen, kitesurfen, wellenreiten,
	stand-up-paddling, kanu, kanufahren, kajak, kajakfahren, paddeln, rafting, gleitschirmfliegen, fallschirmspringen, motorradfahren, rennradfahren, rennrad, mountainbiken, mountainbike, bmx,
	gravelbiken, radfahren, fahrradfahren, radeln, inlineskaten, skaten, skateboarden, longboarden, rollschuhlaufen, voltigieren, dressurreiten, springreiten, polo, discgolf, cricket,
	baseball, softball, american football, football, lacrosse, feldhockey, inlinehockey, floorball, unihockey, federball, beachvolleyball, faustball, völkerball, futsal, kicken, boule, pétanque, boccia, bogenschießen, sportschießen, luftgewehr, bogensport, trampolin, akrobatik,
	jonglieren, zaubern, zauberei, cheerleading, hip-hop, breakdance, salsa, tango, standardtanz, walzer, swing, lindy hop, jazzdance, steppen, volkstanz, linedance, poledance,
	schuhplatteln, nähen, sticken, klöppeln, filzen, weben, makramee, patchwork, quilten, keramik, aquarellmalerei, ölmalerei, comics zeichnen,
	kalligrafie, kalligraphie, handlettering, basteln, origami, scrapbooking, modellbau, modelleisenbahn, modellbahn, modellflug, drohnenfliegen, holzarbeiten, schnitzen, drechseln, heimwerken,
	schreinern, restaurieren, gartenarbeit, garteln, imkern, imkerei, fliegenfischen, pilzesammeln, pilze sammeln, vögel beobachten, vogelbeobachtung, birding, sterne gucken,
	astronomie, sternegucken, fotografie, filmen, kochen, backen, brotbacken, bierbrauen, grillen, einkochen, whisky, schreiben, tagebuchschreiben, poetry slam, bloggen, podcasten,
	gaming, zocken, videospiele, computerspiele, rollenspiele, pen and paper, larp, brettspiele, kartenspiele, schafkopf, jassen, poker, rommé, canasta, backgammon,
	mahjong, dart, snooker, kicker, tischkicker, flippern, puzzeln, sudoku, kreuzworträtsel, rätseln, quizzen, sammeln, briefmarken, briefmarkensammeln,
	münzen sammeln, münzensammeln, singen, chorsingen, musizieren, e-gitarre, keyboard, ziehharmonika,
	blockflöte, oboe, fagott, tuba, waldhorn, alphorn, cajon, banjo, mandoline, zither, hackbrett,
	mundharmonika, dudelsack, djembe, theaterspielen, theater, improtheater, amateurtheater, spazierengehen,
	meditation, meditieren, reisen, camping, campen, zelten, trekking, reisefotografie`

const germanSubjects = `afrikanistik, agrarwissenschaften, agrarwissenschaft, ägyptologie, amerikanistik, angewandte informatik, anthropologie, arabistik, astronomie,
	astrophysik, bibliothekswissenschaft, bildungswissenschaften, biochemie, bioinformatik, biotechnologie,
	chemieingenieurwesen, computerlinguistik, data science, e-technik, energietechnik, erziehungswissenschaft, erziehungswissenschaften, ethnologie, europarecht,
	filmwissenschaft, gartenbau, geoinformatik, geophysik, gesundheitsmanagement, grafikdesign, grundschullehramt,
	hebammenwissenschaft, heilpädagogik, holztechnik, hotelmanagement, humanmedizin, indologie, informationstechnik, innenarchitektur, internationale beziehungen, islamwissenschaft, journalismus, judaistik, kartografie, kindheitspädagogik, klassische philologie, kommunikationsdesign, kommunikationswissenschaft, kulturwissenschaft,
	kulturwissenschaften, kunstpädagogik, landschaftsarchitektur, latein, lebensmittelchemie, lebensmitteltechnologie, literaturwissenschaft,
	logistik, luft - und raumfahrttechnik, mechatronik, mediendesign, medieninformatik, medienmanagement, medienwissenschaften,
	medizintechnik, meteorologie, mikrobiologie, modedesign, musikwissenschaft, nanotechnologie, oecotrophologie, ökotrophologie, orientalistik, ozeanografie, pflegemanagement,
	pflegewissenschaft, physiotherapie, politikwissenschaften, politologie, powi, raumplanung, rechtswissenschaft,
	rechtswissenschaften, religionswissenschaft, skandinavistik, slavistik, slawistik, sonderpädagogik, sozialarbeit, sozialpädagogik, sozialwissenschaften, sportwissenschaft, sportwissenschaften, stadtplanung, steuerrecht, theaterwissenschaft, tourismus, tourismusmanagement, touristik,
	umweltingenieurwesen, umweltwissenschaften, verfahrenstechnik, verkehrsingenieurwesen, vermessungstechnik, veterinärmedizin, volkswirtschaftslehre,
	werkstofftechnik, wirtschaftsingenieurwesen, wirtschaftsmathematik, wirtschaftspädagogik, wirtschaftspsychologie, wirtschaftsrecht, evangelische theologie,
	katholische theologie, public health, game design, molekularbiologie, geowissenschaften, fahrzeugtechnik, textiltechnik, weinbau, kunsttherapie`

const germanTongues = `aramäisch dari paschtu pashto tigrinya amharisch somali oromo wolof yoruba igbo hausa twi lingala bambara zulu xhosa berberisch tamazight kabylisch malayalam telugu bengalisch bengali punjabi panjabi singhalesisch nepali nepalesisch tibetisch mongolisch uigurisch kasachisch usbekisch turkmenisch tadschikisch kirgisisch aserbaidschanisch aserisch tatarisch tschetschenisch mazedonisch
	montenegrinisch serbokroatisch romani romanes belarussisch weißrussisch moldauisch malaiisch indonesisch bahasa tagalog filipino kantonesisch hochchinesisch khmer laotisch birmanisch burmesisch flämisch walisisch gälisch schottisch bretonisch okzitanisch korsisch sardisch sizilianisch ladinisch friaulisch niederdeutsch plattdüütsch plattdütsch kölsch sächsisch hessisch fränkisch wienerisch berndeutsch
	züridütsch schwiizerdütsch schwyzerdütsch hochdeutsch tirolerisch pfälzisch saarländisch niedersorbisch obersorbisch färöisch grönländisch samisch maori hawaiianisch quechua guarani altgriechisch sanskrit neugriechisch brasilianisch dgs österreichisch bayerisch boarisch alemannisch elsässisch ladino marathi gujarati kannada`

const germanDiets = ` pescatarisch pescatarier pescatarierin pesketarisch pesketarier frutarierin fruktarier rohkost rohvegan lactosefrei zuckerfrei fleischlos fleischfrei fruktosearm fruktosefrei histaminarm low-carb lowcarb low-fodmap fodmap-arm keto paleo pflanzlich koscheres
	kosher clean veggie veggi teilzeitvegetarier teilzeitvegetarierin omnivor salzarm fettarm natriumarm ayurvedisch getreidefrei milchfrei eifrei nussfrei sojafrei basisch`

// germanCars are makes and models.
const germanCars = `vw, volkswagen, golf, polo, passat, touran, tiguan, caddy, käfer, bulli, t4, t5, t6, lupo, id.3, id.4, arteon, scirocco, sharan, audi, a1, a2, a3, a4, a5, a6, a8, q2, q3, q5, q7, bmw, mini, mercedes, benz, a-klasse, b-klasse, c-klasse, e-klasse, s-klasse, sprinter, vito, porsche, opel, corsa, astra, insignia, meriva, zafira, mokka, kadett, vectra, manta, ford, fiesta, ford focus, mondeo, kuga, galaxy, transit, mustang, skoda, škoda, octavia, fabia, superb, kodiaq, karoq, kamiq, yeti, citigo, enyaq, seat, ibiza, leon, ateca, arona, cupra, renault, twingo, clio, megane, scenic, kangoo, captur, zoe, espace, dacia, duster, sandero, logan, jogger, peugeot, citroën, c1, c2, c3, c4, c5, berlingo, ente, 2cv, fiat, panda, punto, fiat 500, ducato, multipla, doblo, alfa, romeo, lancia, toyota, yaris, corolla, aygo, prius, auris, rav4, honda, civic, cr-v, mazda, mx-5, cx-5, cx-3, nissan, micra, qashqai, juke, nissan leaf, mitsubishi, colt, subaru, forester, suzuki, swift, jimny, vitara, hyundai, i10, i20, i30, ioniq, tucson, kona, kia, picanto, ceed, sportage, niro, kia rio, volvo, v40, v50, v60, v70, v90, xc40, xc60, xc90, saab, tesla, model s, model 3, model y, polestar, trabant, trabi, wartburg, lada, niva, jeep, land rover, jaguar, chevrolet, matiz, lexus, mg, byd, vespa, simson, schwalbe`
