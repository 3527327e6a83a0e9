package extract

// The words of Spanish for people.
const (
	spanishKin = `señora esposa spouse, señor esposo spouse, señor marido spouse, señora madre mother, señor padre father, hermana sister, hermanita sister, hermano brother, hermanito brother, madre mother, mamá mother, mami mother, padre father, papá father, papi father, hija daughter, hijo son,
		niña daughter, niño son, bebé child, mujer spouse, esposa spouse, marido spouse, esposo spouse, novio partner, novia partner, pareja partner, compañero sentimental partner,
		prometido fiance, prometida fiance, abuela grandmother, abuelita grandmother, abuelo grandfather, abuelito grandfather, tía aunt, tío uncle, primo cousin, prima cousin,
		sobrina niece, sobrino nephew, nieto grandson, nieta granddaughter, cuñado brother_in_law, cuñada sister_in_law, suegra mother_in_law, suegro father_in_law, yerno son_in_law,
		nuera daughter_in_law, padrastro stepfather, madrastra stepmother, hermanastro stepbrother, hermanastra stepsister, jefe manager, jefa manager, encargado manager,
		encargada manager, supervisor manager, supervisora manager, compañero colleague, compañera colleague, colega colleague, vecino neighbour, vecina neighbour, amigo friend,
		amiga friend, casero landlord, casera landlord, terapeuta therapist, psicóloga therapist, psicólogo therapist, perro pet, perra pet, perrita pet, perrito pet, gato pet, gata pet,
		gatita pet, gatito pet, cachorro pet, cachorra pet, hámster pet, conejo pet, coneja pet, loro pet, caballo pet, yegua pet, tortuga pet, canario pet, periquito pet, mascota pet,
		labrador pet, caniche pet, cobaya pet, señora spouse, esposito spouse, maridito spouse, parienta spouse, costilla spouse, chico partner, chica partner, pololo partner,
		polola partner, churri partner, jevo partner, jeva partner, enamorado partner, enamorada partner, compañera sentimental partner, compañero de vida partner,
		compañera de vida partner, media naranja partner, novio formal partner, futuro marido fiance, futura mujer fiance, futura esposa fiance, futuro esposo fiance, viejo father,
		vieja mother, apá father, amá mother, m papa father, taita father, jefito father, jefita mother, ñaño brother, ñaña sister, ñañito brother, 
		yaya grandmother, yayo grandfather, nona grandmother, nono grandfather, abue grandmother, lela grandmother, lelo grandfather, iaia grandmother, amama grandmother,
		aitona grandfather, aita father, ama mother, avi grandfather, tita aunt, tito uncle, gurisa daughter, gurí son, nena daughter, nene son, peque child, guagua child,
		hijita daughter, hijito son, muchachito son, chiquilla daughter, chiquillo son, sobrinita niece, sobrinito nephew, primita cousin, primito cousin, nietecita granddaughter,
		nietecito grandson, nietita granddaughter, nietito grandson, bisabuela great_grandmother, bisabuelo great_grandfather, bisnieta great_granddaughter, bisnieto great_grandson,
		ahijado godson, ahijada goddaughter, padrino godfather, madrina godmother, concuñado brother_in_law, concuñada sister_in_law, consuegra co_mother_in_law,
		consuegro co_father_in_law, medio hermano brother, media hermana sister, hermano mellizo brother, hermana melliza sister, hermano gemelo brother, hermana gemela sister,
		gemelo brother, gemela sister, mellizo brother, melliza sister, tía abuela great_aunt, tío abuelo great_uncle, hijastro stepson, hijastra stepdaughter,  
		   compañero de piso roommate, compañera de piso roommate, compi de piso roommate, compañero de cuarto roommate, compañera de cuarto roommate,
		compañero de casa roommate, compañera de casa roommate, compañero de habitación roommate, compañera de habitación roommate, compañero de departamento roommate,
		compañera de departamento roommate, compañero de depa roommate, compañera de depa roommate, roomie roommate, roommate roommate, rumi roommate, compañero de trabajo colleague,
		compañera de trabajo colleague, compañero de curro colleague, compañera de curro colleague, compañero de oficina colleague, compañera de oficina colleague,
		compañero de laburo colleague, compañera de laburo colleague, compañero de clase classmate, compañera de clase classmate, compañero de equipo teammate,
		compañera de equipo teammate, compi colleague, cuate friend, cuata friend, pana friend, parcero friend, parcera friend, parce friend, compa friend, amiguito friend,
		amiguita friend, amigazo friend, amix friend, mana friend,   yunta friend,   íntimo friend, íntima friend,
		mejor amigo friend, mejor amiga friend, patrón manager, patrona manager, superior manager, jefe directo manager, jefa directa manager, jefazo manager, gerente manager,
		gerenta manager, mánager manager, manager manager, responsable manager, arrendador landlord, arrendadora landlord, rentero landlord, rentera landlord, médico doctor,
		médica doctor, doctor doctor, doctora doctor, médico de cabecera doctor, médica de cabecera doctor, dentista dentist, pediatra doctor, psiquiatra therapist,
		psicoterapeuta therapist, analista therapist, fisio physiotherapist, fisioterapeuta physiotherapist, profesor teacher, profesora teacher, profe teacher, maestro teacher,
		maestra teacher, mentor mentor, mentora mentor, tutor tutor, tutora tutor, entrenador coach, entrenadora coach, abogado lawyer, abogada lawyer, gestor accountant,
		gestora accountant, contador accountant, contadora accountant, socio business_partner, socia business_partner, alumno student, alumna student, niñera nanny, michi pet,
		lomito pet, gatico pet, perrico pet, chucho pet, chucha pet, cachorrito pet, cachorrita pet, perrihijo pet, perrhijo pet, gatihijo pet, minino pet, minina pet, felino pet,
		galgo pet, galga pet, galguita pet, podenco pet, podenca pet, bulldog pet, chihuahua pet, husky pet, golden pet, cocker pet, bichón pet, yorkshire pet, pug pet, carlino pet,
		schnauzer pet, beagle pet, dálmata pet, teckel pet, dóberman pet, rottweiler pet, pitbull pet, mastín pet, mestiza pet, pastor alemán pet, border collie pet, pastora alemana pet,
		siamés pet, siamesa pet, hurón pet, hurona pet, pez pet, iguana pet, gecko pet, cotorra pet, cotorrita pet, cacatúa pet, guacamayo pet, guacamaya pet, ninfa pet, agapornis pet,
		conejita pet, conejito pet, burro pet, burra pet, cabra pet, gallina pet, gallo pet, oveja pet, vaca pet, erizo pet, chinchilla pet, jerbo pet, ratón pet, rata pet, pato pet,
		camaleón pet, serpiente pet, potro pet, potra pet, poni pet, mula pet, cerdito pet, cobayo pet, cuyo pet, cuy pet, jilguero pet, tortuguita pet,  tarántula pet,
		lagarto pet, hamster pet, canaria pet, perrote pet, perrazo pet, gatote pet`
	spanishKinMany = `hijos child, hijas daughter, niños child, niñas daughter, hermanos brother/sister, hermanas sister, padres father/mother, gatos pet, perros pet, gatas pet, perras pet, amigos friend,
		mellizos child, gemelos child, gemelas daughter, mellizas daughter, nietos grandson/granddaughter, abuelos grandfather/grandmother, hijitos child, chicos child, nenes child, nenas daughter,
		peques child, trillizos child, trillizas daughter, canarios pet, conejos pet, loros pet, peces pet, tortugas pet, gallinas pet, hámsters pet, cachorros pet, perritos pet,
		perritas pet, gatitos pet, gatitas pet, michis pet, mascotas pet, periquitos pet, caballos pet, cobayas pet, hurones pet, yeguas pet, burros pet, cabras pet, agapornis pet,
		lomitos pet, sobrinos nephew/niece, sobrinas niece, sobrinitos nephew/niece, primos cousin, primas cousin, amigas friend, colegas colleague, compañeros de piso roommate,
		compañeras de piso roommate, jefes manager, jefas manager, vecinos neighbour, vecinas neighbour, nietas granddaughter, abuelas grandmother, tías aunt, tíos uncle/aunt,
		cuñadas sister_in_law, cuñados brother_in_law/sister_in_law, viejos father/mother, papás father/mother, suegros father_in_law/mother_in_law, nietecitos grandson/granddaughter, ahijados godson/goddaughter, cuates friend, panas friend,
		bisnietos great_grandson/great_granddaughter, mejores amigas friend, mejores amigos friend, medio hermanos brother/sister, hermanitos brother/sister, hermanitas sister, hermanastros stepbrother/stepsister,
		compañeros colleague, compañeras colleague`
	spanishJobs = `relojero relojera afinador afinadora techador pizarrero cristalero cristalera persianista pulidor pulidora marmolista lampista calefactor frigorista instalador instaladora antenista ascensorista encuadernador encuadernadora tipógrafo tipógrafa serigrafista talabartero curtidor sombrerero sombrerera quesero quesera molinero molinera
		vendimiador recolector recolectora esquilador herrador paseador paseadora adiestrador adiestradora criador criadora domador domadora buceador mariscador mariscadora resinero leñador carbonero cetrero farero farera sereno pregonero campanero sacristán tarotista astróloga astrólogo podcaster bloguero bloguera tiktoker crupier mayordomo costurero patronista
		cortador cortadora modisto guarda guardés guardesa dueño dueña propietario propietaria gestora ayudante copropietario presidenta presidente vicepresidenta vicepresidente tesorero tesorera secretaria delegado delegada sindicalista activista cooperante misionera voluntaria rector rectora decano decana vicedecana jefa mánager manager ceo cto cfo enfermero enfermera médico médica doctor doctora profesor profesora maestro maestra electricista fontanero fontanera carpintero carpintera albañil pintor pintora mecánico
		mecánica panadero panadera cocinero cocinera camarero camarera pastelero pastelera carnicero carnicera peluquero peluquera barbero estilista jardinero jardinera agricultor
		agricultora ganadero abogado abogada juez jueza notario notaria fiscal procurador asesor asesora gestor gestora contable economista administrativo administrativa secretario
		secretaria recepcionista ingeniero ingeniera arquitecto arquitecta programador programadora desarrollador desarrolladora informático informática diseñador diseñadora analista
		técnico técnica periodista escritor escritora traductor traductora intérprete editor editora redactor redactora bibliotecario bibliotecaria fotógrafo fotógrafa músico música
		cantante actor actriz bailarín bailarina pianista guitarrista violinista escultor piloto azafata azafato conductor conductora taxista camionero camionera repartidor repartidora
		cartero cartera policía bombero bombera militar soldado guardia vigilante portero portera limpiador limpiadora cuidador cuidadora niñera farmacéutico farmacéutica dentista
		veterinario veterinaria fisioterapeuta psicólogo psicóloga psiquiatra cirujano cirujana pediatra matrona comadrona auxiliar celador celadora óptico óptica logopeda
		nutricionista dietista terapeuta dependiente dependienta vendedor vendedora cajero cajera comercial empresario empresaria autónomo autónoma gerente director directora jefe jefa
		encargado encargada consultor consultora estudiante becario becaria investigador investigadora científico científica biólogo bióloga químico química físico física matemático
		matemática historiador historiadora geólogo geóloga jubilado jubilada funcionario funcionaria opositor opositora socorrista entrenador entrenadora monitor monitora árbitro
		trabajador trabajadora educador educadora pescador marinero soldador soldadora tornero obrero obrera operario operaria zapatero costurera modista sastre joyero joyera librero
		librera florista agente guía teleoperador teleoperadora community ama sociólogo socióloga antropólogo antropóloga arqueólogo arqueóloga sacerdote astronauta ilustrador
		ilustradora guionista locutor locutora productor productora apicultor apicultora profe docente catedrático catedrática tutor tutora orientador orientadora psicopedagogo
		psicopedagoga pedagogo pedagoga plomero plomera gasista cerrajero cerrajera yesero techista herrero herrera vidriero tapicero tapicera ebanista chofer chófer colectivero
		trailero trailera maquinista marinera capitán buzo gruero gruista mozo moza mesero mesera garzón garzona barman bartender barista chef sumiller sommelier repostero repostera
		confitero churrero churrera tortillero heladero pescadera pescadero frutero frutera verdulero verdulera tendero tendera bodeguero bodeguera quiosquero quiosquera ferretero
		ferretera estanquero estanquera reponedor reponedora mayorista comerciante visitador visitadora contador contadora auditor auditora actuario actuaria bancario bancaria banquero
		banquera corredor corredora tasador tasadora perito perita procuradora letrado letrada magistrado magistrada fisio kinesiólogo kinesióloga quinesiólogo quiropráctico
		quiropráctica podólogo podóloga osteópata masajista odontólogo odontóloga ortodoncista ginecólogo ginecóloga obstetra oftalmólogo oftalmóloga oculista cardiólogo cardióloga
		neurólogo neuróloga dermatólogo dermatóloga anestesista anestesióloga anestesiólogo radiólogo radióloga oncólogo oncóloga internista traumatólogo traumatóloga urólogo uróloga
		geriatra patólogo patóloga paramédico paramédica camillero camillera ambulanciero optometrista protésico protésica higienista partera matrón boticario boticaria sanitario
		sanitaria flebotomista aparejador aparejadora topógrafo topógrafa delineante interiorista decorador decoradora paisajista urbanista agrónomo agrónoma forestal guardaparques
		guardabosques ganadera viticultor viticultora enólogo enóloga pastor pastora campesino campesina caficultor caficultora piscicultor vaquero jornalero jornalera temporero
		temporera labrador labradora tractorista devops tester sysadmin webmaster hacker maquetador maquetadora grafista animador animadora modelador cineasta camarógrafo camarógrafa
		sonidista montador montadora realizador realizadora regidor regidora dramaturgo dramaturga poeta novelista cronista columnista reportero reportera corresponsal presentador
		presentadora youtuber streamer influencer copywriter publicista publicitario publicitaria relacionista mercadólogo mercadóloga coreógrafo coreógrafa baterista violonchelista
		chelista flautista saxofonista trompetista organista compositor compositora luthier payaso payasa mago maga titiritero titiritera acróbata escultora ceramista alfarero
		alfarera orfebre artesano artesana tatuador tatuadora maquillador maquilladora manicurista esteticista esteticienne cosmetóloga cosmetólogo sastra zapatera bordadora tejedora
		tejedor sargento sargenta cabo teniente comandante inspector inspectora detective escolta vigilanta carcelero diplomático diplomática embajador embajadora concejal concejala
		alcalde alcaldesa diputado diputada senador senadora lingüista filólogo filóloga archivero archivera archivista documentalista museólogo museóloga restaurador restauradora
		conserje bedel bedela telefonista telemarketer mensajero mensajera motorizado estibador estibadora almacenero almacenera almacenista carretillero carretillera empaquetador
		empacador empacadora operador operadora peón albañila tornera fresador fresadora matricero chapista gomero minero minera petrolero geofísico geofísica meteoróloga
		meteorólogo oceanógrafo oceanógrafa astrónomo astrónoma estadístico estadística bioquímico bioquímica microbióloga microbiólogo farmacóloga botánico botánica zoóloga zoólogo
		genetista ecólogo ecóloga ambientalista laboratorista laborante coordinador coordinadora supervisor supervisora responsable ejecutivo ejecutiva emprendedor emprendedora
		reclutador reclutadora instructor instructora formador formadora ponente coach preparador preparadora futbolista ciclista nadadora nadador boxeador boxeadora torero jinete
		yoguini cura monja fraile rabino párroco misionero misionera imán diácono niñero canguro mucama barrendero barrendera basurero kiosquera lavandera planchadora aeromoza
		aeromozo sobrecargo controlador controladora despachante aduanero aduanera portuario rider doula sexólogo sexóloga criminólogo criminóloga politólogo politóloga teólogo teóloga
		filósofo filósofa geógrafo geógrafa asistenta asistente residente pasante practicante interino interina rentista`
	spanishTongues = `aymara aimara mapudungún guarani quichua kichwa español castellano inglés francés alemán italiano portugués ruso polaco turco árabe chino mandarín japonés coreano neerlandés holandés sueco noruego danés finés finlandés
		griego checo húngaro rumano búlgaro croata serbio ucraniano hebreo hindi persa latín catalán valenciano gallego euskera vasco vascuence asturiano bable aranés quechua guaraní
		aimara náhuatl islandés irlandés esperanto vietnamita tailandés suajili bereber albanés criollo lsf maya mapudungun tamil urdu wolof mandinga fula bambara lingala amárico hausa
		yoruba igbo zulú afrikáans malayo indonesio filipino tagalo mongol tibetano nepalí bengalí panyabi georgiano armenio azerí kazajo uzbeko letón lituano estonio esloveno eslovaco
		bielorruso macedonio bosnio serbocroata flamenco luxemburgués bretón occitano corso sardo romaní yidis farsi kurdo pastún cantonés otomí mixteco zapoteco mazateco tzotzil
		tzeltal purépecha mixe rarámuri yaqui kekchí quiché kaqchikel mam garífuna miskito emberá wayuunaiki nasa shuar achuar asháninka awajún shipibo kichwa mapuche rapanui
		papiamento alto bajo`
	spanishDemonyms = `español española mexicano mexicana argentino argentina chileno chilena colombiano colombiana peruano peruana venezolano venezolana ecuatoriano ecuatoriana boliviano boliviana
		uruguayo uruguaya paraguayo paraguaya cubano cubana dominicano dominicana puertorriqueño puertorriqueña guatemalteco guatemalteca hondureño hondureña salvadoreño salvadoreña
		nicaragüense costarricense panameño panameña francés francesa alemán alemana italiano italiana portugués portuguesa inglés inglesa británico británica irlandés irlandesa
		escocés escocesa estadounidense canadiense brasileño brasileña polaco polaca rumano rumana búlgaro búlgara ruso rusa ucraniano ucraniana griego griega turco turca marroquí
		argelino argelina senegalés senegalesa chino china japonés japonesa coreano coreana indio india filipino filipina holandés holandesa belga suizo suiza austriaco austriaca sueco
		sueca noruego noruega danés danesa finlandés finlandesa húngaro húngara checo checa israelí egipcio egipcia australiano australiana neozelandés boricua mexa chilango chilanga
		regio regia tapatío tapatía poblano poblana oaxaqueño oaxaqueña yucateco yucateca veracruzano veracruzana sonorense tico tica catracho catracha chapín chapina guanaco nica
		paisa rolo rola costeño costeña caleño caleña bogotano bogotana barranquillero barranquillera pastuso pastusa santandereano santandereana opita porteño porteña rosarino
		rosarina cordobés cordobesa tucumano tucumana salteño salteña mendocino mendocina correntino correntina patagónico patagónica rioplatense oriental charrúa guaraní camba colla
		cruceño cruceña paceño paceña cochabambino cochabambina limeño limeña arequipeño arequipeña cusqueño cusqueña trujillano trujillana loretano loretana quiteño quiteña guayaco
		guayaca guayaquileño guayaquileña caraqueño caraqueña maracucho maracucha gocho gocha habanero habanera santiaguino santiaguina penquista chilote magallánico capitalino
		capitalina quisqueyano quisqueyana gallego gallega asturiano asturiana cántabro cántabra vasco vasca navarro navarra riojano riojana aragonés aragonesa maño maña catalán
		catalana valenciano valenciana mallorquín mallorquina menorquín menorquina ibicenco ibicenca murciano murciana andaluz andaluza extremeño extremeña manchego manchega castellano
		castellana leonés leonesa canario canaria madrileño madrileña sevillano sevillana malagueño malagueña granadino granadina gaditano gaditana jerezano jerezana onubense jiennense
		jienense almeriense bilbaíno bilbaína donostiarra guipuzcoano guipuzcoana vitoriano alavés alavesa pamplonés pamplonica zaragozano zaragozana oscense turolense barcelonés
		barcelonesa tarraconense leridano leridana gerundense alicantino alicantina ilicitano ilicitana castellonense burgalés burgalesa salmantino salmantina vallisoletano
		vallisoletana segoviano segoviana abulense soriano soriana palentino palentina zamorano zamorana toledano toledana conquense albaceteño albaceteña pacense cacereño cacereña
		ovetense gijonés gijonesa santanderino santanderina coruñés coruñesa vigués viguesa lucense orensano orensana pontevedrés pontevedresa tinerfeño tinerfeña grancanario
		grancanaria palmero palmera gomero lanzaroteño lanzaroteña ceutí melillense ecuatoguineano ecuatoguineana saharaui hispanoargentino colombo armenio armenia georgiano georgiana
		libanés libanesa sirio siria iraní iraquí saudí afgano afgana pakistaní vietnamita tailandés tailandesa indonesio indonesia nigeriano nigeriana keniano keniana etíope
		caboverdiano angoleño angoleña mozambiqueño haitiano haitiana jamaicano jamaicana trinitense beliceño beliceña eslovaco eslovaca esloveno eslovena croata serbio serbia bosnio
		bosnia albanés albanesa macedonio lituano lituana letón letona estonio estonia bielorruso bielorrusa moldavo moldava islandés islandesa luxemburgués galés galesa tunecino
		tunecina libio libia sudafricano sudafricana gringo gringa centroamericano centroamericana latino latina hispano hispana`
	spanishNames = `maritza yamil josué amaya brais geles lúa calcetines trufa pirata vane lalo chabe tavo chepe goyo nacho moncho monchi lito cholo yayo chus chelito geno mechi flaco meche tencha lencha nena cuca coque koke kiko quico nicolasa chiqui chato rulo rulito pipe cami santi tincho martita anita carmelita rosita lolita pilarín susi pepi mavi mabe mai lucre marijose mariaje juanan juanlu josete joselito manolito paquito luisito jorgito miguelón fran xisco tomeu biel pepet quimet benito lidia maruxa carmela isidoro norberto candela consolación pura visitación lisardo teodoro rogelio sultán croqueta lentejo relámpago viento duna nilo tostón unax saray esteban rosario iván ivan josefa pepa pepe paco lourdes celia martín martin ignacio nacho adrián rubén noelia noemí noemi amparo ana aurora begoña beatriz belén blanca candela carla
		carlota carmen carolina catalina claudia clara concepción concha consuelo cristina daniela diana dolores lola elena elisa elsa emilia esperanza esther estela estrella eugenia
		eva fátima gabriela gema gloria graciela guadalupe inés irene isabel jimena josefina juana julia laura leire leticia lidia lorena lucía luisa luz macarena magdalena maite
		manuela mar marga margarita maría mariana marina marta mercedes merche milagros miriam mónica montserrat montse natalia nerea nieves nuria olga paloma patricia paula pilar
		raquel rebeca remedios rocío rosa rosalía sandra sara silvia sofía soledad sonia susana tamara teresa trinidad valeria vanesa verónica victoria virginia ximena yolanda aitor
		alberto alejandro alfonso alfredo álvaro andrés ángel antonio toño antón arturo asier benito bernardo borja bruno camilo carlos césar cristian cristóbal daniel david diego
		domingo eduardo emilio enrique ernesto esteban federico felipe fermín fernando francisco gabriel gerardo germán gonzalo gregorio guillermo gustavo héctor hernán hugo iker íñigo
		ismael jaime javier jesús joaquín jordi jorge josé juan juanjo julián julio leandro leonardo lorenzo lucas luis manuel manolo marcelo marcos mariano mario mateo matías mauricio
		miguel nicolás óscar pablo pedro rafael rafa ramiro ramón raúl ricardo roberto rodrigo rogelio román salvador samuel santiago sebastián sergio simón teodoro tomás unai valentín
		vicente víctor xavi xavier yago canela trasto roco luna nala toby coco kira thor rocky simba nayeli maricarmen beto wilson wili chelo facundo remigio encarni iratxe mireia lalo
		pau nico toni inocencio casilda gumersindo anselmo zoe fina paulina guille nahuel ayelén tomi enzo thiago benjamín bautista santino valentino joaquina agustín agustina delfina
		martina emma olivia mía mia isabella camila luciana renata regina valentina antonella bianca abril alma noa nora vega chloe triana ariadna aitana daniella laia ona jana aina
		biel pol nil arnau oriol jan roc martí ferran lluís josep joan jaume pere quim meritxell neus núria mercè roser carme gemma maialen ane nahia irati amaia ainhoa ainara nekane
		miren itziar izaro garazi oihane uxue june malen haizea naroa edurne arantxa arantza josune maitane olatz eneko gorka jon mikel xabier ander beñat julen iñaki kepa patxi joseba
		andoni koldo unax oier markel ibai iñigo aritz eider haritz sabela uxía antía brais breixo xoán xulio iria xiana anxo roi mencía socorro eulogio eusebio hipólito rosaura wilmer
		byron jhon yeison yesenia yuli yamila yanina yuridia brenda kevin brayan jonathan jhonatan maicol jennifer jessica vanessa johana leidy yuliana karen karina katherine milena
		paola pamela estefanía stephanie fernanda mafer majo lupita lupe chuy chema memo poncho pancho paquita paqui charo puri encarna encarnación conchi chus mari maricruz marisol
		marisa maribel mayra nadia nancy norma ofelia olimpia otilia perla petra pepita pepito quique kike rocio samanta selena selene silvana sonsoles tania tatiana tita trini ursula
		vilma violeta yadira yazmín zaira zulema zulma abdón abel abraham adolfo agapito alan aldo amadeo amado ambrosio américo anastasio aníbal apolinar ariel armando arsenio aurelio
		baltasar bartolomé basilio bayron benicio benigno boris braulio calixto cándido casimiro cayetano ceferino celestino cirilo claudio clemente cosme crisanto cruz cuauhtémoc
		dante darío demetrio desiderio dimas dionisio edgar edison eduar efraín efrén eladio eleazar eleuterio eliseo elkin eloy elías emiliano erick erik estanislao eugenio evaristo
		ezequiel fabián fabricio fausto feliciano félix fidel florencio florentino fortunato froilán gaspar genaro germain gilberto ginés gael gregor guido hermenegildo herminio
		hilario homero horacio humberto isaac isidro israel jacinto jacobo jairo jeremías jerónimo joel jonás josué juancho justo justino ladislao lázaro leonel leopoldo liborio lino
		lisandro lucho luisfer macario marcelino marcial marciano mauro maximiliano maxi maximino melchor melquiades modesto moisés napoleón narciso nelson néstor nicanor nicasio
		norberto octavio odón omar onofre orlando osvaldo oswaldo otto pascual pastor patricio paulino perico policarpo primitivo prudencio quintín ramsés raimundo renato rigoberto
		rodolfo rolando romualdo roque rosendo rufino sabino salomón santos saturnino saúl segundo serafín servando severino silvano silverio silvestre sixto teo teófilo tadeo telmo
		timoteo tobías tito tristán ubaldo ulises uriel urbano valerio venancio wenceslao waldo walter washington william wilfredo wilder yahir yeray zacarías adela adelaida adriana
		águeda ágata aida alba albina aleida alejandra alexandra alexia alicia alina almudena alondra amalia amanda amelia america anabel anahí analía andrea ángela ángeles angélica
		angustias aniceta antonia araceli ariana arlette asunción aurelia avelina azucena bárbara basilia benita berenice berta bertha betania bibiana brígida brisa caridad carina
		cayetana cecilia charito chabela chavela clotilde concepcion constanza coral cora corina crescencia dafne dalia damaris débora desirée desireé dina dominga dora doris dulce
		edith elda eleonora eliana elvira emilce emperatriz encarnacion enriqueta erika ernestina escolástica eufemia eulalia eusebia evangelina evelyn fabiana fabiola felipa felisa
		fermina filomena flor flora florencia fuensanta genoveva georgina geraldine gertrudis gilda gimena giovanna gisela gladys grecia gricelda guillermina herminia hilda honorata
		hortensia iciar idoia ignacia ilda imelda inma inmaculada iris irma isaura isidora itzel ivana ivonne jacinta jackeline javiera jazmín jorgelina juani juanita judith julieta
		julissa justa karla kenia kiara lara leocadia leonor leonora leopoldina lía liliana lilian liz lizbeth lluvia loli lolita lorenza lucero lucrecia ludmila mafalda magaly magda
		malena marcela margot mariajosé marianela maricel maricela mariela marilú marleny maruja matilde maura mayte melania melanie melisa micaela mireya mirta mirtha mirna modesta
		morena nayara nataly nélida nelly nicole nidia nines obdulia octavia olaia ornella pascuala pastora paz penélope perpetua petrona piedad pili poli priscila prudencia
		purificación quiteria ramona reina reyes rita roberta romina roxana rosalba rosalinda rosana rosenda rosita rufina ruth sabrina salomé salud samara santina saray selma serafina
		shakira sheila silvina sol sole tecla telma teodora tere teresita tomasa toñi úrsula venancia vera vicenta victorina visitación viviana wendy xiomara yaiza yamile yanet yenny
		yesica yoli zaida zenaida zoraida zulay curro curra pichi nando nano fede santi edu javi dani álex alex leo max marc eric izan gonza adrian oliver dylan ian samu isma josema
		juanma juanpe juanca juanfran jose luismi manu migue miguelito pepín pedrito rober sebas seba tano tute vero gabi maca mapi meri moni lau lore caro cata ceci cris eli espe fati
		flori gachi gi giuli guada isa jime juli kari kata lety lula luli mariu mecha mica nati pato romi sofi tati tefi titi toña vale vicky xime chayanne aura capitán firulais rufo
		lulú misifú bongo tambor donatello blanquita manuelita pelusa plácido frida nube pixel mora zeus hera bimba bella nela kala chispa pipo pipa copito nieve bola bolita manchas
		negrita peluche peluchín tigre tigrillo pulga pulgoso lassie laika dobby yoda chewie goku duque príncipe princesa bruja garfield`
	spanishLoanJobs = `community manager, product manager, product owner, project manager, account manager, content manager, office manager, floor manager, store manager, data analyst, data scientist, data engineer, personal trainer, personal shopper, scrum master, full stack developer, frontend developer, backend developer, web developer, software engineer, ux designer, ui designer, ux writer, graphic designer, game designer, copywriter,
		growth hacker, head hunter, headhunter, key account, team leader, team lead, tech lead, chief of staff, business analyst, customer success, customer support, brand manager, sales manager, social media manager, event planner, wedding planner, baby sitter, babysitter, bartender, dog walker, tour leader, video editor, dj, director de arte, jefe de obra, jefa de obra, relaciones públicas`
)
