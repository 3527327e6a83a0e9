package extract

// spanish is Spanish as data.
var spanish = tongueData{
	name:    "es",
	drops:   true,
	regular: spanishVerb,
	verbs: `
		trabajar llamar vivir residir dejar abandonar mudar trasladar instalar cambiar casar divorciar separar estudiar hablar odiar adorar amar detestar laburar currar chambear camellar radicar habitar
		encantar gustar flipar chiflar ascender nombrar contratar despedir renunciar dimitir entrar comprar cumplir criar nacer fundar practicar tocar nadar pololear noviar
		acabar llevar adoptar conducir padecer fichar ingresar firmar prometer graduar cursar jubilar necesitar buscar emigrar ganar celebrar soportar aguantar dominar licenciar doctorar terminar sacar convivir sufrir reportar apellidar
		comprometer enviudar ejercer dedicar manejar egresar recibir titular matricular formar regresar quedar aprender chapurrear enamorar coleccionar bailar surfear esquiar patinar entrenar tejer bordar disfrutar
		molar fascinar apasionar entusiasmar pirrar horrorizar repugnar desagradar asquear aficionar apuntar vender regalar incorporar desvincular montar aterrizar trasplantar exiliar empadronar establecer afincar asentar calzar heredar reclutar
		ser: soy; es; somos; son; fui,era; fue,era; fuimos,éramos; sido; siendo; ser; seré,será,seremos,sería,seríamos,serían,fuera,fuese,fueran,sea,seas,sean,seamos
		estar: estoy,toy,ando; está,anda; estamos,andamos; están,andan; estuve,estaba,andaba; estuvo,estaba; estuvimos,estábamos; estado; estando; estar; estaré,estará,estaremos,estaría,estaríamos,estarían,estuviera,estuviese,estuvieran
		haber: he; ha; hemos; han; había; había; habíamos; ; ; ; habré,habrá,habría,habríamos,hubiera,hubiese,hubiéramos,haya,hayas,hayan,hayamos
		tener: tengo,tngo; tiene; tenemos; tienen; tuve,tenía; tuvo,tenía,tuvieron; tuvimos,teníamos; tenido; teniendo; tener; tendré,tendrá,tendremos,tendría,tendríamos,tendrían,tuviera,tuviese,tenga,tengas,tengan,tengamos
		vivir: ; ; ; ; ; ; ; ; ; ; viva,vivas,vivan,vivamos
		empezar: empiezo,comienzo,arranco; empieza,comienza; empezamos; empiezan; empecé,comencé,arranqué; empezó,comenzó,arrancó; empezamos,comenzamos,arrancamos; empezado,comenzado; empezando; empezar; empezaré,empezaría,empezara,comenzaré
		jugar: juego; juega; jugamos; juegan; jugué,jugaba; jugó,jugaba; jugamos; jugado; jugando; jugar; jugaré,jugaría,jugara
		conducir: conduzco; conduce; conducimos; conducen; conduje; condujo; condujimos; conducido; conduciendo; conducir; conduzca
		preferir: prefiero; prefiere; preferimos; prefieren; ; ; ; preferido; ; preferir; preferiría,prefiriera
		provenir: provengo; proviene; provenimos; provienen
		venir: vengo; viene; venimos; vienen; vine; vino,vinieron; vinimos; venido; viniendo; venir; vendré,vendría,venga,viniera
		decir: digo; dice; decimos; ; dije; dijo,dijeron; dijimos; dicho; diciendo; ; diré,diría,diga,dijera
		ir: voy; va; vamos; van; iba; iba; íbamos; ido; yendo; ir; iré,irá,iremos,iría,iríamos,irían,vaya,vayas,vayan,vayamos
		hacer: hago; ; hacemos; hacen; hice; hizo,hicieron; hicimos; hecho; haciendo; hacer; haré,haría,haga,hiciera
		poner: pongo; pone; ponemos; ponen; puse; puso,pusieron; pusimos; puesto; poniendo; poner; pondré,pondría
		seguir: sigo; sigue; seguimos; siguen; seguí; siguió; seguimos; seguido; siguiendo; seguir; seguiré,seguiría,siga
		ascender: asciendo; asciende; ; ; ; ; ; ascendido,ascendida,promovido,promovida,nombrado,nombrada; ; ascender
		despedir: despido; despide; ; ; ; despidió; ; despedido,despedida,echado,echada; ; despedir
		despedirme: ; ; ; ; ; me despidieron,me cesaron,me han despedido; ; ; ;
		ficharme: ; ; ; ; ; me contrataron,me ficharon,me reclutaron,me han contratado,me han fichado,me contrató,me fichó; ; ; ;
		apodo: ; me llaman,me dicen; ; ; ; ; ; ; ;
		crecer: crezco; crece; crecemos; crecen; crecí; creció; crecimos; crecido; creciendo; crecer
		padecer: padezco; padece; padecemos; padecen; ; ; ; padecido; padeciendo; padecer
		romper: rompo; ; ; ; rompí; rompió; rompimos; roto
		cortar: corto; ; ; ; corté; cortó; cortamos; cortado
		salir: salgo; sale; salimos; salen; salí; salió; salimos; salido; saliendo; salir; saldré,saldría
		diagnosticar: ; ; ; me diagnosticaron; ; ; ; diagnosticado,diagnosticada
		comer: ; come; comemos; comen; comí; comió
		dar: doy; da; damos; dan; di; dio,dieron
		volver: vuelvo; vuelve; volvemos; vuelven; volví; volvió; volvimos; vuelto; ; ; volveré,volvería,vuelva
		saber: sé; sabe; sabemos; saben; sabía,supe; sabía,supo; sabíamos; ; ; ; sabré,sabría,supiera
		querer: quiero; quiere; queremos; quieren; quise,quería; quiso,quería; quisimos; ; ; ; querré,querría,quisiera,quiera
		poder: puedo; puede; podemos; pueden; pude,podía; pudo,podía; pudimos; ; ; ; podré,podría,podríamos,pudiera,pueda
		ejercer: ejerzo
		defender: defiendo; defiende; defendemos; defienden; ; ; ; defendido; ; defender
		conseguir: consigo; ; ; ; conseguí; consiguió; conseguimos; conseguido
		encontrar: encuentro; ; ; ; encontré; encontró; encontramos; encontrado
		coger: cojo; ; ; ; ; ; ; 
		pasar: ; ; ; ; pasé; ; ; pasado
		pertenecer: pertenezco; pertenece
		agradecer: agradezco
		conocer: conozco; conoce; conocemos; conocen; conocí; conoció; conocimos; conocido
		creer: creo; cree; creemos; creen
		pensar: pienso; piensa; pensamos; piensan
		sentir: siento; siente; sentimos; sienten
		escribir: escribo; escribe; escribimos; escriben
		leer: leo; lee; leemos; leen; leí; leyó; leímos
		traer: traigo; trae; traemos; traen; traje; trajo,trajeron
		ver: veo; ; vemos; ; vi
		cocinar: cocino; ; cocinamos
		pintar: pinto; ; pintamos
		correr: corro; ; corremos
		morir: ; muere; ; mueren; ; murió; ; muerto
		fallecer: ; fallece; ; ; ; falleció; ; fallecido
		aborrecer: aborrezco
		soplar: soplo
		otros: comparto,alquilo,arrastro,lidio,batallo,lucho,cargo,presento,firmo,padecí,inscribí,tomo,doy,recibo,traigo,uso,estreno,controlo,parlo,entiendo,disfruto,asisto,acudo,compito,respondo,rindo,dirijo,monté,abrí,fundé,creé,colaboro,rompí,enganché,colgué,aparqué,vendí,compré,regalé,recogí,rescaté,planté,fijé,eché,aterricé,presenté,entregué,conseguí,hallé,pillé,agarré,terminé,acabé,cursé,saqué,hallo,considero,declaro,confieso,reconozco,suelo,prefiero,cocino,desayuno,ceno,almuerzo,madrugo,cuido,visito,viajo,camino,ando; ; compartimos,alquilamos,cargamos,usamos,estrenamos,cocinamos,solemos,viajamos,cenamos,cuidamos; ; alquilé,conocí,cociné,viajé,visité,cuidé,perdí,gané; ; alquilamos
		gastar: gasto
		parecer: parezco; parece; parecemos; parecen
		pagar: pago; paga; pagamos; pagan; pagué; pagó
		deber: debo; debe; debemos; deben
		oír: oigo; oye; oímos; oyen
		dormir: duermo; duerme; dormimos; duermen; dormí; durmió
		perder: pierdo; pierde; perdemos; pierden; perdí; perdió; perdimos; perdido`,
	reflexiveVerbs: "",
	forms: `
		llamar: {name} => name reflexive
		poner: ^ en ART dni|pasaporte|carnet {name} => name
		ser: ^ {given} => name
		ser: ^ el|la {given} $ => name
		ser: ^ {full} => name
		ser: ^ {intro} => name
		apodo: ^ {nick} => nickname
		apodo: ^ el|la {nick} => nickname
		vivir residir radicar habitar: en {place} => lives_in
		vivir: por {town} => lives_in
		estar llevar: en {town} => lives_in settled
		estar: ^ !viviendo en {place} => lives_in
		mudar trasladar instalar: de|desde {-place} a|en|hasta {place} => lives_in event
		mudar trasladar instalar: a|en {place} => lives_in event
		establecer afincar asentar radicar empadronar: en {place} => lives_in event reflexive
		cambiar: a|de|casa? {town} => lives_in event reflexive
		emigrar: a {place} => lives_in event
		venir: ^ a vivir a {place} => lives_in event
		venir: a {town} $ => lives_in event reflexive
		ir venir quedar regresar volver: a vivir a|en|para {place} => lives_in event
		estar: !empadronado|empadronada|empadronados|instalado|instalada|instalados|instaladas|afincado|afincada|afincados|establecido|establecida|establecidos|radicado|radicada en {place} => lives_in
		dejar abandonar: ^ {place} $ => lives_in ending dated
		trabajar currar laburar chambear camellar: en|para|con {org} => works_at
		trabajar currar laburar chambear camellar: de|como {-role} en|para {org} => works_at
		ser: ^ {-role} en|de|del {employer} => works_at
		estar: ^ de {-role} en {employer} => works_at
		seguir: ^ en {orgnoun} => works_at
		seguir estar: !trabajando|currando|laburando|chambeando en|para {org} => works_at
		estar ser: !trabajando en|para {org} => works_at
		estar: en {org} => works_at work
		estar: en {town} => lives_in home
		estar llevar: en {org} => works_at since
		ser: empleado|empleada|trabajador|trabajadora de|en {org} => works_at
		trabajar currar laburar chambear camellar: de|como {role} => role
		seguir: ^ de|como|siendo {role} => role
		ejercer: de|como {role} => role
		estar: !trabajando de|como {role} => role
		estar: ^ de {role} => role
		empezar entrar: ^ a trabajar en|para {org} => works_at event
		empezar entrar ingresar: en|a {org} => works_at event
		empezar entrar: de|como {role} => role event
		fichar firmar: por|con {org} => works_at event
		contratar ficharme: en|por {org} => works_at event
		contratar ficharme: {org} => works_at event
		pasar cambiar: a {orgnoun} como|de {-role} => works_at event reflexive
		pasar cambiar: a {-orgnoun} como|de {role} => role event reflexive
		pasar cambiar: de {-org} a {org} => works_at event
		dejar abandonar: ^ mi|el|ART trabajo|puesto|empleo|curro en|de {org} => works_at ending
		dejar abandonar: ^ {org} $ => works_at ending dated
		dejar: ^ de trabajar en|para {org} => works_at ending
		renunciar: a|en ART? trabajo|puesto? en? {orgnoun} => works_at ending
		renunciar: a el|la|al|mi trabajo|puesto|empleo en {org} => works_at ending
		renunciar: en {org} => works_at ending
		dimitir: de|en {org} => works_at ending
		despedir despedirme: de|en {org} => works_at ending
		despedir: {org} => works_at ending
		ir: ^ de {org} $ => works_at ending past
		ascender nombrar: a {role} => role event
		ascender nombrar: {role} => role event
		ser: ^ {role} de profesión|oficio? => role
		ser: ^ {role} => role
		ser: ^ de {place} $ => from
		ser: ^ !originario|originaria|natural|nativo|nativa|procedente de {place} => from
		ser: ^ de {place} => from
		provenir: de {place} => from
		ser: ^ {demonym} => nationality
		nacer: en {place} => born_in bygone
		nacer: {day} => birthday bygone
		nacer: {year} => birth_year bygone
		criar crecer: en {place} => grew_up_in bygone
		tener: ^ {age} años|añitos => age
		cumplir: ^ {age} años? => age event
		acabar: ^ de cumplir {age} => age
		cumplir: ^ años {day} => birthday bygone
		cumplir: ^ los? {age} => age event
		estar ser: !casado|casada con {person} => spouse
		casar: con {person} => spouse event
		comprometer: con {person} => engaged_to event reflexive
		pololear noviar: con {person} => partner
		estar: !prometido|prometida con {person} => engaged_to
		prometer: con {person} => engaged_to event
		estar ser: !saliendo|liado|liada con {person} => partner
		estar ser: ^ {status} $ => marital_status
		divorciar: de? {-person}? $ => spouse ending reflexive
		divorciar: => spouse ending reflexive
		separar: de {person} => partner ending reflexive
		divorciar: ^ de {person} => spouse ending reflexive
		separar: => partner ending reflexive
		ser: !alérgico|alérgica|alérgicos a|al {allergen} => allergic_to
		tener: ^ ART? alergia a|al {allergen} => allergic_to
		romper cortar: con {person} => partner ending
		salir: ^ con {person} $ => partner
		ganar: de|como {role} => role
		trabajar: !como {role} => role
		ser: ^ a vivir a {place} => lives_in event reflexive
		celebrar: !cumpleaños|cumple {day} => birthday bygone
		llevar: !años|meses|año con {person} => partner
		estar: ^ con {person} => partner since
		estar ser: !casados|casadas {companion} => spouse
		casar: {companion} => spouse event
		estar ser: !novios|pareja|juntos {companion} => partner
		separar: {companion} => partner ending
		dejar: ^ a mi novio|novia|pareja $ => partner ending
		dar: !alergia {allergen} => allergic_to
		hacer volver: ^ {diet} => diet event reflexive
		ser: !fan|fanático|fanática|forofo|forofa|amante de|del {thing} => likes
		volver: !loco|loca {thing} => likes
		soportar aguantar: ^ {thing} => - not=dislikes
		dominar saber: {language} => speaks
		defender manejar: en {language} => speaks
		chapurrear: {language} => speaks
		hacer terminar sacar: !carrera|máster|grado|doctorado|licenciatura|posgrado|título en|por {school} => studied_at bygone
		licenciar graduar doctorar recibir titular egresar formar: en|por|de {school} => studied_at event
		convivir sufrir: con|de {disease} => has_condition
		reportar: a {person} => reports_to
		diagnosticar: {disease} => has_condition event
		ser: ^ {condition} => has_condition
		ser: ^ {diet} => diet
		comer llevar seguir: ^ ART? dieta? {diet} => diet
		tener padecer: ^ de? {disease} => has_condition
		bailar: {sport} => hobby
		gustar fascinar apasionar molar entusiasmar: {thing} => likes not=dislikes
		encantar flipar chiflar pirrar: {thing} => likes
		horrorizar repugnar: {thing} => dislikes
		adorar amar: ^ {thing} => likes
		odiar detestar aborrecer: ^ {thing} => dislikes
		preferir: ^ {thing} => prefers
		jugar tocar practicar hacer: a|al? {sport} => hobby
		dejar: ^ {sport} => hobby ending
		dejar: ^ de jugar|tocar|practicar|hacer a|al? {sport} => hobby ending
		hablar: {language} => speaks
		estudiar cursar: en {school} => studied_at bygone
		estudiar cursar: ^ {subject} => major bygone
		conducir: ART {car} => car
		fundar: ^ {org} => founded event`,
	auxiliaries:     "haber estar ser llevar acabar seguir",
	adjectival:      "casar divorciar separar prometer comprometer graduar jubilar licenciar titular empadronar afincar establecer instalar asentar enamorar",
	impersonal:      "gustar encantar flipar chiflar molar fascinar apasionar entusiasmar pirrar horrorizar repugnar apodo despedirme ficharme contratar despedir ascender diagnosticar dar volver",
	naming:          "llamar",
	dialect:         "pa para, pal para el",
	me:              "yo",
	we:              "nosotros nosotras",
	they:            "el ella",
	reflexive:       "me nos se",
	mine:            "mi mis nuestro nuestra nuestros nuestras",
	articles:        "el la los las un una unos unas lo al",
	joins:           "y e & o u",
	subordinate:     "que porque pues donde cuando si quien cuyo mientras aunque",
	adverbs:         "ahora actualmente hoy ya también todavía aún mucho muy bastante realmente siempre aquí ahí allí solo además encima finalmente recientemente tanto así muchísimo definitivamente felizmente originalmente recién juntos juntas acá allá apenas nomás perfectamente perfecto fluidamente nativo ahorita orgullosamente oficialmente últimamente principalmente sobretodo básicamente literalmente simplemente nuevamente tb tmb completamente totalmente súper",
	prepositions:    "a al en de del con para por desde hasta sin sobre entre tras como cerca junto según durante",
	resets:          "pero sino",
	ending:          "así mi además gracias también mismo misma diagnosticado diagnosticada confeso confesa confirmado confirmada perdido perdida total convencido convencida empedernido empedernida acérrimo acérrima tranqui nomás vaya oye tío tía che wey güey boludo pana jaja jajaja jeje lol xd",
	deny:            "no nunca jamás tampoco",
	anyMore:         "ya",
	only:            "solo solamente únicamente",
	denyBefore:      true,
	doubts:          "si, quizá, quizás, tal vez, a lo mejor, igual me, posiblemente, probablemente, seguramente, supuestamente, al parecer, por lo visto, creo, creo que, pienso, supongo, espero, ojalá, sueño con, dicen por ahí, según dicen, dicen los, dicen las, dicen unos, dice que, dicen que, dijo que, dijeron que, puse que, puse alérgico|alérgica|vegana|vegano|celíaco|celíaca, cualquiera diría|pensaría que, se diría que, diría|diríais que, dices|crees|piensas|creéis|dicen que, han|ha puesto|escrito|anotado que, piensa|piensan que, alguien ha|dice|dijo|puso|cree|escribió, todo el mundo dice|cree|piensa que, la gente dice|cree|piensa que, en el foro, corre el rumor, circula que, creen que, cuentan que, se rumorea, imagina, imaginemos, supongamos, como si, en teoría, casi, depende, a ver si, algún día, según, en sueños, ironía, soñé, he soñado, fuera, fuese, estuviera, viviría, sería, tendría, trabajaría, pronto, próximamente, no es que, no creo, no sé si, dudo, dudo que, a punto de, por poco, sarcasmo, nótese, irónicamente, en otra vida, en mi próxima vida, me disfracé, disfrazado, disfrazada, de mentira, me imagino, hago el papel, hago de, quién pudiera, ni que, pongamos que, digamos que, qué más quisiera, ni loco, ni loca, ni muerto, ni muerta, ni de broma, ni en sueños, ni borracho, apliqué, postulé, me postulé, eché el currículum, eché currículum, mandé el currículum, una entrevista, me rechazaron, me ofrecieron, me han ofrecido, horóscopo, en caso de, a menos que, de haber, tuviese, hubiera, hubiese, podría haber, podía haber, de coña, en plan broma, jura que, asegura que, afirma que, dice mi, pretende que, quiere que, quieren que, pide que, piden que, exige que, insiste en que, hace falta que, para que yo, antes de que yo, cree que, sospecha que, ~ dice, ~ decía, ~ dijo, ~ le|me|nos|les dijo|dice|decía|repetía|gritaba|gritó|contestó|contestaba|respondió|soltó|juraba|repitió|repite|explicaba|aseguraba, ~ repetía|gritaba|gritó|contestó|respondió|insistía|juraba|soltó|repitió|repite, le|les digo que, siempre digo que, digo|dije que me llamo, decía que, decían que, pone que, ponía que, contaba que, aseguraba que, juraba que, escribió que, anunció que, por su casa, carta astral, ascendente, igual nos, igual te, claro ~ porque, no te digo, no te fastidia, y un jamón, sí ~ sí, sí ~ claro, ja ja, qué va, en mis sueños, en el multiverso, en un universo paralelo, si yo te contara",
	wishes:          "quiero, quería, querría, quisiera, queremos, me gustaría, nos gustaría, voy a, vamos a, iba a, podría, podríamos, debería, puedo, tengo que, tenemos que, hay que, tenía que, pienso mudarme, planeo, intento, espero, estoy pensando, estamos pensando, de pequeño quería, de pequeña quería, necesito, pienso, pensaba, pensamos, planeamos, me planteo, nos planteamos, estoy por, ganas de, me encantaría, nos encantaría, desearía, sueño con, aspiro a, pensando en, intención de, ojalá, me toca, debo, debemos, puede que, podemos, pueda, queríamos, estoy decidiendo, a punto de, me ofrecieron, me propusieron, me han ofrecido, dudando, dudo, no quiero, no pienso, me niego a, me resisto a, voy de, me imagino, pretendo, preferiría, iré a, estuve a punto",
	fictions:        "en mi novela, en la novela, en el libro, en mi libro, en mi cuento, mi personaje, mi protagonista, el protagonista, la protagonista, imagina|imagínate|imagine|imaginate|imaginemos|imaginaos|imagínese|imagínense que, supongamos|supón|supon|suponte|suponga|supongan|pongamos|pon|ponte|suponé|poné que, hagamos|haz|haced|hacé como que, haz|hagan|hacé de cuenta, pongamos por caso, un suponer, pon|pongamos|ponte el caso, hipotéticamente, en el hipotético caso, caso hipotético, situación hipotética, haz como si, finge que, juego de rol, érase una vez, escribe un cuento, escribe una historia, en la película, en el juego, en mi sueño, actúa como, escríbeme un cuento, escríbeme una historia, escríbeme un relato, inventa una historia, inventa un cuento, en mi relato, en mi historia, en la serie, en la peli, en la obra de teatro, el personaje, la prota, el prota, el villano, mi avatar, en el cuento, letra de la canción, la letra dice, en la canción, como dice la canción, interpreta a, finge ser, actúa de, eres un, eres una, ponte en el papel",
	frames:          spanishFrames,
	jests:           "era broma, es broma, es una broma, estoy de broma, era un chiste, te lo has creído, no es verdad jaja, es mentira",
	asks:            "cómo dónde cuándo quién cuál cuánto cuántos qué acaso",
	kin:             spanishKin,
	kinMany:         spanishKinMany,
	kinAdjectives:   "dos tres querida querido pequeña pequeño mayor menor nuevo nueva gran única único mejor vieja viejo de trabajo piso curro oficina casa piano guitarra inglés yoga mates matemáticas natación canto baile universidad uni cole colegio instituto clase infancia confianza cabecera pequeñita pequeñito preciosa precioso loca loco gordo gorda peludo peluda fiel adorada adorado actual futura futuro segunda segundo tercera primer primera bella linda lindo guapa guapo santa santo buena buen pobre propia propio mío mía míos mías antiguo antigua anterior",
	breeds:          "labrador caniche siamés siamesa beagle mestizo mestiza persa salchicha pastor negro negra blanco blanca",
	manyNamed:       "llaman son",
	named:           "llamado llamada llamados",
	titles:          "señor señora señorita sr sra srta don doña dr dra doctor doctora profesor profesora",
	jobs:            spanishJobs,
	broadJobs:       "enfermero enfermera médico médica camarero camarera abogado abogada psicólogo psicóloga cirujano cirujana carpintero carpintera peluquero peluquera afinador afinadora celador celadora vigilante paseador paseadora cortador cortadora constructor constructora profesor profesora ingeniero ingeniera conductor conductora técnico técnica director directora jefe jefa agente auxiliar maestro maestra trabajador trabajadora analista desarrollador desarrolladora guardia ama monitor monitora chofer encargado encargada estudiante operador operadora operario operaria diseñador diseñadora consultor consultora asesor asesora responsable coordinador coordinadora gerente representante ejecutivo ejecutiva vendedor vendedora repartidor repartidora cuidador cuidadora investigador investigadora redactor redactora oficial capitán entrenador entrenadora instructor instructora mecánico mecánica administrador administradora profe docente catedrático catedrática supervisor supervisora programador programadora piloto peón mozo subdirector subdirectora gestor gestora inspector inspectora controlador controladora montador montadora ayudante asistente dependienta dependiente empleado educador licenciado licenciada doctor doctora becario becaria guía periodista perito músico pescador pescadora empleada ayudanta oficiala conserje portero portera locutor locutora presentador presentadora cajero cajera reponedor reponedora limpiador limpiadora bombero bombera corredor corredora maquinista patrón patrona artesano artesana fabricante distribuidor distribuidora comercial secretario secretaria juez jueza restaurador restauradora criador criadora domador domadora chef presidenta presidente delegado delegada instalador instaladora adiestrador adiestradora ceo",
	roleTails:       "social civil freelance industrial informático informática infantil técnico inmobiliario inmobiliaria gráfico gráfica suplente forestal penalista laboralista matrimonialista mercantilista fiscal tributario público pública web backend frontend fullstack móvil junior senior jubilado jubilada retirado retirada mecánico mecánica eléctrico eléctrica electrónico electrónica químico química agrónomo agrónoma ambiental aeronáutico aeronáutica naval comercial administrativo administrativa ejecutivo ejecutiva jurídico jurídica contable financiero financiera fiscalista clínico clínica escolar forense veterinario veterinaria pediátrico pediátrica oncológico quirúrgico quirúrgica geriátrico deportivo deportiva personal particular profesional independiente autónomo autónoma interino interina titular adjunto adjunta asociado asociada municipal nacional local rural urbano urbana turístico turística cultural literario literaria audiovisual editorial digital jurado jurada simultáneo simultánea ambulante ferroviario ferroviaria automotriz textil pastelero pastelera repostero general privado privada militar policial sanitario sanitaria dental doméstico doméstica canino canina residente practicante aprendiz",
	plain:           spanishPlain,
	empty:           spanishEmpty,
	owned:           "nombre > name name, nombre completo > name name, nombre de pila > name name, apodo > nickname nick, mote > nickname nick, número > phone phone, número de teléfono > phone phone, número de móvil > phone phone, teléfono > phone phone, móvil > phone phone, celular > phone phone, número de celular > phone phone, whatsapp > phone phone, correo > email email, correo electrónico > email email, email > email email, e-mail > email email, mail > email email, dirección de correo > email email, dirección > address address, domicilio > address address, ciudad natal > from place, pueblo natal > from place, lugar de nacimiento > born_in place, lugar de residencia > lives_in place, residencia > lives_in place, ciudad > lives_in place, cumpleaños > birthday day, fecha de nacimiento > birthday day, cumple > birthday day, profesión > role role, oficio > role role, trabajo > role role, empresa > works_at org, afición > hobby thing, hobby > hobby thing, pasatiempo > hobby thing, lengua materna > native_language tongue, idioma materno > native_language tongue, nacionalidad > nationality demonym, coche > car car, carro > car car, auto > car car, cel > phone phone, celu > phone phone, wasap > phone phone, whats > phone phone, wsp > phone phone, fijo > phone phone, teléfono fijo > phone phone, número de whatsapp > phone phone, número de cel > phone phone, número de celu > phone phone, número nuevo > phone phone, correo personal > email email, correo del trabajo > email email, correo de trabajo > email email, mail de trabajo > email email, gmail > email email, estado civil > marital_status status, edad > age age, grupo sanguíneo > blood_type blood, tipo de sangre > blood_type blood, pronombres > pronouns value, puesto > role role, cargo > role role, ocupación > role role, curro > role role, chamba > role role, laburo > role role, primera lengua > native_language tongue, lengua nativa > native_language tongue, idioma nativo > native_language tongue, primer idioma > native_language tongue, lugar de origen > from place, tierra natal > from place, dirección postal > address address, dirección de casa > address address, domicilio actual > address address, signo > zodiac_sign value, signo del zodiaco > zodiac_sign value, zona horaria > timezone value, furgo > car car, furgoneta > car car, camioneta > car car, troca > car car, nave > car car, carrito > car car, fecha de cumpleaños > birthday day, cumpleaño > birthday day, talla de zapato > shoe_size number, talla de pie > shoe_size number, número de zapato > shoe_size number, número de pie > shoe_size number, talla de calzado > shoe_size number, nombre de verdad > name name, nombre real > name name, nombre verdadero > name name, nombre legal > name name, nombre oficial > name name, nombre y apellidos > name name, nombre y apellido > name name",
	newAdjectives:   "nuevo nueva actual gran único principal verdadero completo antes",
	favourite:       "favorito favorita favoritos favoritas preferido preferida",
	favouriteThings: spanishFavouriteThings,
	tongues:         spanishTongues,
	demonyms:        spanishDemonyms,
	allergens:       spanishAllergens,
	diseases:        spanishDiseases,
	diets:           spanishDiets,
	statuses:        "casado casada divorciado divorciada soltero soltera viudo viuda separado separada prometido prometida comprometido comprometida casados casadas divorciados divorciadas separados separadas solteros solteras prometidos prometidas comprometidos comprometidas viudos",
	orgNouns:        spanishOrgNouns,
	schools:         spanishSchools,
	subjects:        spanishSubjects,
	sports:          spanishSports,
	deaths:          "murió muerto muerta falleció fallecido fallecida sacrificar sacrificado sacrificada",
	towns:           spanishTowns,
	countries:       spanishCountries,
	brands:          spanishBrands,
	spare:           "gluten lactosa azúcar azúcares carne sal lácteos huevo huevos harinas trigo leche cerdo pescado alcohol cafeína fructosa carbohidratos hidratos grasas soja frutos histamina sodio",
	degrees:         "máster maestría doctorado licenciatura grado diplomatura posgrado postgrado diplomado especialidad tecnicatura título mba",
	makes:           spanishMakes,
	loanJobs:        spanishLoanJobs,
	names:           spanishNames,
	repairs:         "quise decir, quería decir, quiero decir, perdón quise, mejor dicho, corrección, me he equivocado, me equivoqué, perdón no, no ~ perdón, no ~ espera, ~ digo, me corrijo, más bien, en realidad no, ~ bueno ~",
	forget:          "olvida|olvide|olvídate|olvídese|borra|borre|bórrate|quita|quite|elimina|elimine|tacha|descarta|ignora|saca|anula de? lo|eso|aquello? de? que, olvida|olvide|borra|quita|elimina|ignora|descarta lo que te? dije|conté|puse|comenté|mencioné de que, olvida|borra|quita|elimina|ignora la info|el dato de que, borra|quita|elimina de tu memoria que, ya no es verdad|cierto que, no es cierto que, no es verdad que, ya no tomes en cuenta que, ya no tengas en cuenta que, no tengas en cuenta que, corrige lo de que, no tomes|tengas|tome en cuenta lo? de? que, haz como que no dije que",
	keep:            "que no se te|le|os olvide, que no olvides, no olvides, no te olvides, no se te olvide, no olvidar",
	callMe:          "llámame|llámenme|llamadme|llámeme, puedes|podéis|puede|pueden|podés llamarme|decirme, me puedes|podés|pueden|puede|podéis llamar|decir, mejor? dime|decime|dígame|díganme, mejor llámame, prefiero que me llames|digas|llaméis|llamen|digan",
	hello:           "mucho|un gusto ~, encantado|encantada ~, aquí, te escribe, os escribe, les escribe, te habla, les habla, soy yo ~, al habla, acá, por aquí, por acá, le escribe, me presento, les saluda, le saluda, te saluda, os saluda, os habla, te escribo yo ~, al teléfono",
	reach:           "puedes llamarme al, puedes localizarme en, me puedes llamar al, llámame al, escríbeme a, me encuentras en, puedes escribirme a, contactarme en, contactarme al, localizarme en el, localizarme al, me localizas en, puedes|podés|podéis|pueden|puede escribirme|llamarme|localizarme|contactarme|mandarme|enviarme|encontrarme|responderme a|al|en el?, me puedes|podés|podéis|pueden|puede escribir|llamar|localizar|contactar|encontrar a|al|en el?, escríbeme|escribime|escríbame|escríbanme|respóndeme|contáctame|localízame|mándamelo|envíamelo|mándemelo|envíemelo|avísame|márcame|llámame|llámeme|contácteme mejor? a|al|en el?, me encuentras|localizas|escribes|llamas en|a|al el?, mi contacto es, mis datos de contacto ~, me lo mandas|envías a|al, escríbanme|escríbeme por|al whatsapp? al?",
	conditions:      spanishConditions,
	scan:            spanishPassing,
	called:          "responde al nombre de, de nombre, atiende por, se hace llamar, lleva por nombre, con el nombre de",
	letters:         "querida querido estimado estimada asunto",
	pasting:         "tarjeta epitafio anuncio borrador esquela lápida traduce corrige mejora reescribe revisa lee asunto texto frase mensaje carta correo cita ejemplo dijo dice diciendo decía gritando gritaba soltó contestó pensó añadió cantaba leyendo escribió escribe preguntó respondió poema cuento párrafo",
	ours:            "en casa tenemos, vive con nosotros, vive conmigo, conmigo vive, con nosotros vive, convivo con, comparto casa con, comparto piso con, hemos adoptado, he adoptado, adopté, adoptamos, en casa vive",
	idioms:          spanishIdioms,
	padding:         "joven simple humilde",
	wanes:           "no perdón perdona digo ay uy error corrección espera * ups rectifico corrijo nop nope",
	orders: orderData{
		openers:     "hola buenas buenos días tardes noches ey oye mira ah oh ay sí vale ok bueno bien pues gracias y además cierto uf jaja perdona eh nota importante info aviso oiga",
		please:      "por favor porfa porfavor porfi gracias me nos te",
		can:         "puedes podrías podéis puede podría sabes tienes conoces recomiendas hay qué cuál dónde cómo cuándo quién es son me quieres crees",
		verbs:       "responde contesta escribe habla háblame hablame explica explícame resume resúmeme contéstame respóndeme escríbeme formatea redacta cita llámame tutéame trátame trata dirígete sé mantén usa utiliza respondas contestes escribas hables expliques responda conteste respondé contestá escribí redondea da dame incluye convierte respóndame dámelo comenta corrige ordena resalta recuérdame seas fueras sea des pongas recomiendes sugieras mandes incluyas añadas resumas traduzcas expliques des trates llames utilices uses corrijas repitas felicites ofrezcas propongas menciones agregues agrega menciona muestra enseña pon ponme manda haz expresa expresá use utilice escriba hable explique resuma traduzca mantenga ponga incluya haga trátenme tráteme háblenme contésteme escríbame usá utilizá mantené explicá resumí dale tutea tuteame",
		uses:        "traduce usa utiliza evita pon ponme emplea incluye añade muestra deja mantén termina empieza haz manda escribe da limita prescinde ahórrate quita use utilice evite incluya ponga",
		infinitives: "responder contestar contestarme responderme hablarme escribirme tratarme escribir hablar explicar usar utilizar evitar",
		lasting:     "siempre, nunca, jamás, nunca más, de ahora en adelante, a partir de ahora, desde ahora, en adelante, a partir de hoy, de aquí en adelante, en el futuro, cada vez, por defecto, en todas tus respuestas, en cada respuesta, en todas las respuestas, exclusivamente, de hoy en adelante, cuando te|me pase|pida|pregunte|mande|escriba|hable|respondas|expliques|contestes|des|digas|consulte|envíe|recomiendes|sugieras|pases|mandes, siempre que te|me pase|pida|pregunte|mande|escriba|hable|respondas|expliques|contestes|des|digas|consulte|envíe|recomiendes|sugieras|pases|mandes, cada vez que te|me pase|pida|pregunte|mande|escriba|hable|respondas|expliques|contestes|des|digas|consulte|envíe|recomiendes|sugieras|pases|mandes, de ahora|hoy|aquí para adelante, desde hoy, ya nunca, por norma, por sistema, salvo que te diga lo contrario, en todo momento, en lo sucesivo, como norma, como regla general, de aquí para delante, en tus respuestas, cuando hables|escribas|respondas|contestes conmigo|me, cuando me hables|escribas|contestes|expliques, siempre que me hables|contestes|respondas",
		things:      "emojis emoji emoticonos emoticones anglicismos tecnicismos jerga exclamaciones exclamación listas lista tablas tabla viñetas markdown títulos fuentes fuente enlaces respuestas respuesta tono lenguaje métrico métricas unidades celsius kilómetros euros código comentarios ejemplos resumen resúmenes frases párrafos párrafo rodeos disculpas chistes preguntas abreviaturas hashtags negritas usted tú relleno mayúsculas muletillas introducciones advertencias fechas fecha temperaturas temperatura precios precio medidas distancias cantidades horas divisas soles pesos dólares gramos mililitros grados centígrados formato formalismos diminutivos spoilers sermones halagos cumplidos felicitaciones refranes metáforas siglas acrónimos groserías palabrotas guiones notas referencias vos voseo tuteo encabezados cursivas palabras líneas renglones bullets números nombre apellido apodos piropos paja rollo spoiler rollos consejos moralejas florituras adornos caritas stickers gifs signos traducciones traducción paréntesis kilos millas libras onzas pies pulgadas fahrenheit explicaciones",
		short:       "breve breves corto corta cortas conciso concisa brevemente claro claramente sencillo formal formalmente informal educado directo directa sincero sincera honesto detallada detalle detalladamente paso pasos formales informales largas largo extensas extensa escueto escueta escuetas cortito cortita cortitas cortitos resumido resumida resumidas coloquial cercano cercana amable serio seria simple simples sencilla sencillas técnico técnica precisa preciso concreta concreto concretas rápidas máximo",
		once:        "en el|la resumen|correo|texto|carta|mail|informe|tabla que, en este|esta|estos|ese|esa correo|mensaje|mail|texto|resumen|párrafo|caso|email|informe|documento|tabla|carta|respuesta|chat?, para este|esta, aquí ~, aquí solo, este|esta resumen|respuesta|tabla|mail|mensaje, esta vez, por esta vez, este texto, este párrafo, esta frase, el siguiente, ahora mismo, hoy, mañana, luego, a mi jefe, a mi jefa, ponía en, pone en, el cartel, este correo, un correo, esta carta, una carta, de momento, por ahora, por el momento, hoy por hoy, a día de hoy, hasta la fecha, desde entonces, al final, de una vez, de nuevo, otra vez, por fin, al fin, por suerte, por desgracia, gracias a dios, la verdad, para variar, de hecho, en realidad, en verdad, como sabes, como ya sabes, por cierto, a mucha honra",
		standing:    "tutéame, que me trates de, que me tutees, tutearme, podemos tutearnos, trátame de tú, trátame de usted, háblame de tú, háblame de usted, no me tutees, no me trates, trátame|háblame|trátenme|tráteme|hábleme de|con tú|vos|usted, tutees, me tutees, trates|tratarme|hables|hablarme de|con tú|vos|usted, no me trates|hables de|con tú|vos|usted, no me llames|digas jefe|jefa|señor|señora|señorita|usted|amigo|amiga|tío|tía|bro|cariño|cielo|guapa|guapo|don|doña|crack|campeón|reina|rey|querido|querida|estimado|estimada|colega|compa|máquina|nena|así|caballero|jefecito|mi, no me llames por mi nombre|apellido, deja|deje|para de disculparte|disculparse|repetirte|repetir|adularme|felicitarme|sermonearme|hablarme|tratarme|llamarme|decirme|usar|poner|ponerme|pedir, no me recomiendes|sugieras|propongas|ofrezcas|mandes|hables|escribas|contestes|respondas nunca|jamás, nunca|jamás me recomiendes|sugieras|propongas|ofrezcas|mandes|hables|escribas|contestes|respondas|des|pongas|llames|digas, no me recomiendes|sugieras|propongas|ofrezcas nunca? recetas|películas|pelis|series|libros|restaurantes|platos|sitios|planes|nada|comida|productos|lugares|hoteles|actividades|vinos, no me des|sueltes|eches sermones|lecciones|la charla|discursos|rodeos|consejos|largas, llámame siempre, tutéeme, podés tutearme, puedes tutearme, puede tutearme, vamos a tutearnos",
		none:        "no uses, que no usaras, que no uses, que no pongas, no vuelvas a usar, no vuelvas a poner, no quiero, no quiero más, procura no usar, prefiero sin, intenta no usar, no utilices, no pongas, no me pongas, no emplees, no incluyas, no añadas, no escribas, no me hables, no hables, no respondas, no me respondas, no me trates, no me llames, no contestes, nada de, sin, evita, deja de usar, deja de poner, deja de, no más, no vuelvas a, no me mandes, no me des, no des, ni un",
		wishing:     "quiero que, puedes, podrías, me puedes, podrías por favor, podés, puede usted, me gustaría que, prefiero que, necesito que, acuérdate de, recuerda que, recuerda, asegúrate de, asegúrate de que, procura, intenta, te pido que, agradecería que, te agradecería que, hazme el favor de, haz el favor de, quisiera que, querría que, preferiría que, pido que, ruego que, te ruego que, acordate de, acuérdate siempre de, recordá, ten en cuenta que, entonces",
	},
	dates: dateData{
		months:    "enero 1, febrero 2, marzo 3, abril 4, mayo 5, junio 6, julio 7, agosto 8, septiembre 9, setiembre 9, octubre 10, noviembre 11, diciembre 12",
		weekdays:  "lunes 1, martes 2, miércoles 3, jueves 4, viernes 5, sábado 6, domingo 0",
		numbers:   "un 1, una 1, uno 1, dos 2, tres 3, cuatro 4, cinco 5, seis 6, siete 7, ocho 8, nueve 9, diez 10, once 11, doce 12, trece 13, catorce 14, quince 15, dieciséis 16, diecisiete 17, dieciocho 18, diecinueve 19, veinte 20, treinta 30, cuarenta 40, cincuenta 50, veintiuno 21, veintiún 21, veintiuna 21, veintidós 22, veintitrés 23, veinticuatro 24, veinticinco 25, veintiséis 26, veintisiete 27, veintiocho 28, veintinueve 29, sesenta 60, setenta 70, ochenta 80, noventa 90, cien 100",
		units:     "día day, días day, semana week, semanas week, mes month, meses month, año year, años year",
		days:      "hoy 0, ayer -1, anteayer -2, antier -2, mañana 1",
		since:     "desde, desde el, ya desde, a partir de, desde el año, desde finales de, desde principios de",
		until:     "hasta, hasta el, hasta finales de, hasta el año",
		on:        "en, el, a, en el, durante el, a principios de, a finales de, a mediados de, en el año, este",
		ago:       "hace, hace ya, hace como, hará",
		between:   "de entre desde",
		and:       "a y hasta",
		span:      "por, durante, para, solo por, nada más",
		after:     "de vacaciones, de visita, de prácticas",
		last:      "pasado pasada último última pasados",
		next:      "próximo próxima siguiente",
		this:      "este esta",
		longSince: "desde pequeño, desde pequeña, desde niño, desde niña, desde siempre, desde hace tiempo, desde hace mucho, desde hace poco, desde chico|chica|chiquito|chiquita|crío|cría|nene|nena|peque|chiquillo|chiquilla|guagua|bebé|adolescente, desde la infancia, desde mi infancia, desde que nací, de toda la vida, hace mucho que, hace tiempo que, desde entonces, desde joven, desde que era pequeño, desde que era pequeña, de nacimiento, desde la adolescencia, toda la vida, desde que tengo memoria",
		once:      "de momento, por ahora, por el momento, a estas alturas, hoy por hoy, ahora mismo, hace poco, hace tiempo, el otro día, hace nada, recientemente, hace mucho",
		brief:     "esta semana, este mes, temporalmente, de vacaciones, de visita, de paso, este finde, este fin de semana, por unos días, unos días, por un tiempo, los lunes, los martes, los miércoles, los jueves, los viernes, los sábados, los domingos, a veces, este verano, por el verano, de erasmus, por trabajo, solo hasta, de alquiler vacacional, de prueba, este puente, estas vacaciones, provisionalmente, estos días, de intercambio, de gira, de viaje, de excursión, de escapada, por vacaciones, unas semanas, unos meses, una temporada, una semana, un mes, un par de días, un par de semanas, un par de meses, hasta nuevo aviso, durante el verano, el finde, los findes, los fines de semana, todo el finde, de puente, de ruta, de cruce, de escala, de boda, de congreso, de feria, de concierto, de juerga, de fiesta, hasta mañana, hasta el lunes, hasta el martes, hasta el miércoles, hasta el jueves, hasta el viernes, hasta el sábado, hasta el domingo",
		formerly:  "antes, antiguamente, en su día, de joven, de pequeño, de pequeña, de niño, de niña, en otra época, hasta hace poco, anteriormente, en el pasado, una vez",
	},
}
