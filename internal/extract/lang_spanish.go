package extract

// spanish is Spanish as data.
var spanish = tongueData{
	name:    "es",
	drops:   true,
	regular: spanishVerb,
	verbs: `
		trabajar llamar vivir residir dejar abandonar mudar trasladar instalar cambiar casar divorciar separar estudiar hablar odiar adorar amar detestar
		encantar gustar gustar flipar chiflar ascender nombrar contratar despedir renunciar dimitir empezar entrar comprar cumplir criar crecer nacer fundar practicar tocar nadar
		acabar llevar adoptar conducir padecer fichar currar ingresar firmar prometer graduar cursar jubilar necesitar buscar emigrar ganar celebrar soportar aguantar dominar licenciar doctorar terminar sacar convivir sufrir reportar defender apellidar
		ser: soy; es; somos; son; fui,era; fue,era; fuimos,éramos; sido; siendo; ser
		estar: estoy; está; estamos; están; estuve,estaba; estuvo,estaba; estuvimos,estábamos; estado; estando; estar
		haber: he; ha; hemos; han; había; había; habíamos
		tener: tengo; tiene; tenemos; tienen; tuve,tenía; tuvo,tenía; tuvimos,teníamos; tenido; teniendo; tener
		empezar: empiezo,comienzo; empieza,comienza; empezamos; empiezan; empecé,comencé; empezó,comenzó; empezamos,comenzamos; empezado,comenzado; empezando; empezar
		jugar: juego; juega; jugamos; juegan; jugué,jugaba; jugó,jugaba; jugamos; jugado; jugando; jugar
		conducir: conduzco; conduce; conducimos; conducen; ; ; ; conducido; conduciendo; conducir
		preferir: prefiero; prefiere; preferimos; prefieren; ; ; ; preferido; ; preferir
		provenir: provengo; proviene; provenimos; provienen
		venir: vengo; viene; venimos; vienen; vine; vino; vinimos; venido; viniendo; venir
		decir: digo; dice; decimos; ; dije; dijo; dijimos; dicho; diciendo
		ir: voy; va; vamos; van; iba; iba; íbamos; ido; yendo; ir
		hacer: hago; ; hacemos; hacen; hice; hizo; hicimos; hecho; haciendo; hacer
		poner: pongo; pone; ponemos; ponen; puse; puso; pusimos; puesto; poniendo; poner
		seguir: sigo; sigue; seguimos; siguen; seguí; siguió; ; seguido; siguiendo; seguir
		ascender: asciendo; asciende; ; ; ; ; ; ascendido,ascendida,promovido,promovida,nombrado,nombrada; ; ascender
		despedir: despido; despide; ; ; ; despidió; ; despedido,despedida,echado,echada; ; despedir
		despedirme: ; ; ; ; ; me despidieron,me echaron,me han despedido,me han echado; ; ; ;
		apodo: ; me llaman,me dicen,me llama; ; ; ; ; ; ; ;
		crecer: crezco; crece; crecemos; crecen; crecí; creció; crecimos; crecido; creciendo; crecer
		padecer: padezco; padece; padecemos; padecen; ; ; ; padecido; padeciendo; padecer
		romper: rompo; ; ; ; rompí; rompió; rompimos; roto
		cortar: corto; ; ; ; corté; cortó; cortamos; cortado
		salir: salgo; sale; salimos; salen
		diagnosticar: ; ; ; me diagnosticaron; ; ; ; diagnosticado,diagnosticada
		comer: ; come; comemos; comen; comí; comió
		dar: doy; da; damos; dan; di; dio
		volver: vuelvo; vuelve; volvemos; vuelven; volví; volvió; ; vuelto
		saber: sé; sabe; sabemos; saben; sabía; sabía; sabíamos
		querer: quiero; quiere; queremos; quieren; quise,quería; quiso,quería; quisimos
		poder: puedo; puede; podemos; pueden; pude,podía; pudo,podía; pudimos`,
	reflexiveVerbs: "",
	forms: `
		llamar: {name} => name reflexive
		poner: ^ en ART dni|pasaporte|carnet {name} => name
		ser: ^ {given} => name
		apodo: {nick} => nickname
		vivir residir: en {place} => lives_in
		estar: ^ !viviendo en {place} => lives_in
		mudar trasladar instalar: de|desde {-place} a|en|hasta {place} => lives_in event
		mudar trasladar instalar: a|en {place} => lives_in event
		emigrar: a {place} => lives_in event
		venir: ^ a vivir a {place} => lives_in event
		venir ir: ^ a {place} => lives_in event reflexive
		ir: ^ a vivir a {place} => lives_in event
		estar: !empadronado|empadronada|instalado|instalada|afincado|afincada en {place} => lives_in
		dejar abandonar: ^ {place} $ => lives_in ending dated
		trabajar currar: en|para|con {org} => works_at
		estar ser: !trabajando en|para {org} => works_at
		estar: en {org} => works_at work
		estar llevar: en {org} => works_at since
		ser: empleado|empleada|trabajador|trabajadora de|en {org} => works_at
		trabajar currar: de|como {role} => role
		estar: !trabajando de|como {role} => role
		estar: ^ de {role} => role
		empezar entrar: ^ a trabajar en|para {org} => works_at event
		empezar entrar ingresar: en|a {org} => works_at event
		empezar entrar: de|como {role} => role event
		fichar firmar: por|con {org} => works_at event
		contratar: en {org} => works_at event
		contratar: {org} => works_at event
		cambiar: de {-org} a {org} => works_at event
		dejar abandonar: ^ mi|el|ART trabajo|puesto|empleo|curro en|de {org} => works_at ending
		dejar abandonar: ^ {org} $ => works_at ending dated
		dejar: ^ de trabajar en|para {org} => works_at ending
		renunciar: a|en ART? trabajo|puesto? en? {org} => works_at ending
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
		estar: !prometido|prometida con {person} => engaged_to
		prometer: con {person} => engaged_to event
		estar ser: !saliendo|liado|liada con {person} => partner
		estar ser: ^ {status} $ => marital_status
		divorciar: de? {-person}? $ => spouse ending reflexive
		divorciar: => spouse ending reflexive
		separar: de {person} => partner ending reflexive
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
		defender: en {language} => speaks
		hacer terminar sacar: !carrera|máster|grado|doctorado|licenciatura|posgrado|título en|por {school} => studied_at bygone
		licenciar graduar doctorar: en|por {school} => studied_at event
		convivir sufrir: con|de {disease} => has_condition
		reportar: a {person} => reports_to
		diagnosticar: {disease} => has_condition event
		ser: ^ {condition} => has_condition
		ser: ^ {diet} => diet
		comer llevar seguir: ^ ART? dieta? {diet} => diet
		tener padecer: ^ de? {disease} => has_condition
		gustar: {thing} => likes not=dislikes
		encantar flipar chiflar: {thing} => likes
		adorar amar: ^ {thing} => likes
		odiar detestar: ^ {thing} => dislikes
		preferir: ^ {thing} => prefers
		jugar tocar practicar hacer: a|al? {sport} => hobby
		dejar: ^ {sport} => hobby ending
		dejar: ^ de jugar|tocar|practicar|hacer a|al? {sport} => hobby ending
		hablar: {language} => speaks
		estudiar cursar: en {school} => studied_at bygone
		estudiar cursar: ^ {subject} => major bygone
		conducir: ART {car} => car
		fundar: ^ {org} => founded event`,
	auxiliaries:   "haber estar ser llevar acabar seguir",
	adjectival:    "casar divorciar separar prometer graduar jubilar",
	impersonal:    "gustar encantar flipar chiflar apodo despedirme contratar despedir ascender diagnosticar dar volver",
	naming:        "llamar",
	me:            "yo",
	we:            "nosotros nosotras",
	they:          "el ella",
	reflexive:     "me nos se",
	mine:          "mi mis nuestro nuestra nuestros nuestras",
	articles:      "el la los las un una unos unas lo al",
	joins:         "y e & o u",
	subordinate:   "que porque pues donde cuando si quien cuyo mientras aunque",
	adverbs:       "ahora actualmente hoy ya también todavía aún mucho muy bastante realmente siempre aquí ahí allí solo además encima finalmente recientemente tanto así muchísimo definitivamente felizmente originalmente recién juntos juntas",
	prepositions:  "a al en de del con para por desde hasta sin sobre entre tras como cerca junto según durante",
	resets:        "pero sino",
	ending:        "así mi además gracias también mismo misma",
	deny:          "no nunca jamás tampoco",
	anyMore:       "ya",
	only:          "solo solamente únicamente",
	denyBefore:    true,
	doubts:        "si, quizá, quizás, tal vez, a lo mejor, igual me, posiblemente, probablemente, seguramente, supuestamente, al parecer, por lo visto, creo, creo que, pienso, supongo, espero, ojalá, sueño con, dicen, dice que, dicen que, dijo que, dijeron, cuentan, se rumorea, imagina, imaginemos, supongamos, como si, en teoría, casi, depende, a ver si, algún día, según, en sueños, ironía, soñé, he soñado, fuera, fuese, estuviera, viviría, sería, tendría, trabajaría, pronto, próximamente, paraece",
	wishes:        "quiero, quería, querría, quisiera, queremos, me gustaría, nos gustaría, voy a, vamos a, iba a, podría, podríamos, debería, puedo, tengo que, tenemos que, hay que, tenía que, pienso mudarme, planeo, intento, espero, estoy pensando, estamos pensando, de pequeño quería, de pequeña quería, necesito",
	fictions:      "en mi novela, en la novela, en el libro, en mi libro, en mi cuento, mi personaje, mi protagonista, el protagonista, la protagonista, imagina que, haz como si, finge que, juego de rol, érase una vez, escribe un cuento, escribe una historia, escríbeme, en la película, en el juego, en mi sueño, actúa como",
	jests:         "era broma, es broma, es una broma, estoy de broma, era un chiste, te lo has creído, no es verdad jaja, es mentira",
	asks:          "cómo dónde cuándo quién cuál cuánto cuántos qué acaso",
	kin:           "hermana sister, hermanita sister, hermano brother, hermanito brother, madre mother, mamá mother, mami mother, padre father, papá father, papi father, hija daughter, hijo son, niña daughter, niño son, bebé child, mujer spouse, esposa spouse, marido spouse, esposo spouse, novio partner, novia partner, pareja partner, compañero sentimental partner, prometido fiance, prometida fiance, abuela grandmother, abuelita grandmother, abuelo grandfather, abuelito grandfather, tía aunt, tío uncle, primo cousin, prima cousin, sobrina niece, sobrino nephew, nieto grandson, nieta granddaughter, cuñado brother_in_law, cuñada sister_in_law, suegra mother_in_law, suegro father_in_law, yerno son_in_law, nuera daughter_in_law, padrastro stepfather, madrastra stepmother, hermanastro stepbrother, hermanastra stepsister, jefe manager, jefa manager, encargado manager, encargada manager, supervisor manager, supervisora manager, compañero colleague, compañera colleague, colega colleague, vecino neighbour, vecina neighbour, amigo friend, amiga friend, casero landlord, casera landlord, terapeuta therapist, psicóloga therapist, psicólogo therapist, perro pet, perra pet, perrita pet, perrito pet, gato pet, gata pet, gatita pet, gatito pet, cachorro pet, cachorra pet, hámster pet, conejo pet, coneja pet, loro pet, caballo pet, yegua pet, tortuga pet, canario pet, periquito pet, mascota pet, labrador pet, caniche pet, cobaya pet",
	kinMany:       "hijos child, hijas daughter, niños child, niñas daughter, hermanos sibling, hermanas sister, padres parent, gatos pet, perros pet, gatas pet, perras pet, amigos friend, mellizos child, gemelos child, gemelas daughter, mellizas daughter, nietos grandchild, abuelos grandparent",
	kinAdjectives: "dos tres querida querido pequeña pequeño mayor menor nuevo nueva gran única único mejor vieja viejo de trabajo piso curro oficina",
	breeds:        "labrador caniche siamés siamesa beagle mestizo mestiza persa salchicha pastor negro negra blanco blanca",
	manyNamed:     "llaman son",
	named:         "llamado llamada llamados",
	titles:        "señor señora señorita sr sra srta don doña dr dra doctor doctora profesor profesora",
	jobs: `enfermero enfermera médico médica doctor doctora profesor profesora maestro maestra electricista fontanero fontanera carpintero carpintera albañil pintor pintora mecánico mecánica
		panadero panadera cocinero cocinera camarero camarera pastelero pastelera carnicero carnicera peluquero peluquera barbero estilista jardinero jardinera agricultor agricultora ganadero
		abogado abogada juez jueza notario notaria fiscal procurador asesor asesora gestor gestora contable economista administrativo administrativa secretario secretaria recepcionista
		ingeniero ingeniera arquitecto arquitecta programador programadora desarrollador desarrolladora informático informática diseñador diseñadora analista técnico técnica
		periodista escritor escritora traductor traductora intérprete editor editora redactor redactora bibliotecario bibliotecaria fotógrafo fotógrafa músico música cantante actor actriz
		bailarín bailarina pianista guitarrista violinista escultor piloto azafata azafato conductor conductora taxista camionero camionera repartidor repartidora cartero cartera
		policía bombero bombera militar soldado guardia vigilante portero portera limpiador limpiadora cuidador cuidadora niñera farmacéutico farmacéutica dentista veterinario veterinaria
		fisioterapeuta psicólogo psicóloga psiquiatra cirujano cirujana pediatra matrona comadrona auxiliar celador celadora óptico óptica logopeda nutricionista dietista terapeuta
		dependiente dependienta vendedor vendedora cajero cajera comercial empresario empresaria autónomo autónoma gerente director directora jefe jefa encargado encargada consultor consultora
		estudiante becario becaria investigador investigadora científico científica biólogo bióloga químico química físico física matemático matemática historiador historiadora geólogo geóloga
		jubilado jubilada funcionario funcionaria opositor opositora socorrista entrenador entrenadora monitor monitora árbitro trabajador trabajadora educador educadora
		pescador marinero soldador soldadora tornero obrero obrera operario operaria zapatero costurera modista sastre joyero joyera librero librera florista agente guía teleoperador teleoperadora
		community ama sociólogo socióloga antropólogo antropóloga arqueólogo arqueóloga sacerdote astronauta ilustrador ilustradora guionista locutor locutora productor productora apicultor apicultora`,
	broadJobs:       "profesor profesora ingeniero ingeniera conductor conductora técnico técnica director directora jefe jefa agente auxiliar maestro maestra trabajador trabajadora analista desarrollador desarrolladora guardia ama monitor monitora",
	roleTails:       "social civil freelance industrial informático informática infantil técnico inmobiliario inmobiliaria gráfico gráfica suplente",
	plain:           "casa pijama turno turnos equipo proyecto proyectos remoto grupo paz pareja familia nubes vilo peligro riesgo silencio oficina hostelería turismo construcción educación sanidad marketing ventas banca informática negro serio broma general particular todo todos oídos piso alquiler campo ciudad pueblo centro playa barrio extranjero afueras soledad ello eso esto ti mí él ella ellos media jornada festivos fines lunes martes miércoles jueves viernes sábado domingo vacaciones papel linux windows mac excel python java pecado estrés casi mitad cama todas línea residencia españa-sí vida",
	empty:           "película vestido foto texto propuesta canción libro regalo sitio lugar barrio piso casa tiempo nombre título diseño dibujo versión final principio resultado trabajo día noche semana viaje fiesta cena olor sabor estilo opción eso esto aquello esa ese esta este lo la le les te ti tu tus su sus algo nada nadie alguien todo todos todas mucho poco más menos que cómo como cuando qué sí no aquí allí idea ideas plan respuesta forma manera cosa cosas gente verdad parte muchas gracias usted ver hacer estar ser tener ir saber mejor bien él ella ellos vosotros si",
	owned:           "nombre > name name, nombre completo > name name, nombre de pila > name name, apodo > nickname nick, mote > nickname nick, número > phone phone, número de teléfono > phone phone, número de móvil > phone phone, teléfono > phone phone, móvil > phone phone, celular > phone phone, número de celular > phone phone, whatsapp > phone phone, correo > email email, correo electrónico > email email, email > email email, e-mail > email email, mail > email email, dirección de correo > email email, dirección > address address, domicilio > address address, ciudad natal > from place, pueblo natal > from place, lugar de nacimiento > born_in place, lugar de residencia > lives_in place, residencia > lives_in place, ciudad > lives_in place, cumpleaños > birthday day, fecha de nacimiento > birthday day, cumple > birthday day, profesión > role role, oficio > role role, trabajo > role role, empresa > works_at org, afición > hobby thing, hobby > hobby thing, pasatiempo > hobby thing, lengua materna > native_language tongue, idioma materno > native_language tongue, nacionalidad > nationality demonym, coche > car car, carro > car car, auto > car car",
	newAdjectives:   "nuevo nueva actual gran único principal verdadero completo antes",
	favourite:       "favorito favorita favoritos favoritas preferido preferida",
	favouriteThings: "color colour, comida food, plato dish, película movie, peli movie, libro book, grupo band, banda band, canción song, música music, animal animal, deporte sport, ciudad city, serie series, bebida drink, fruta fruit, verdura vegetable, autor author, autora author, escritor author, escritora author, cantante singer, equipo team, equipo de fútbol team, juego game, videojuego game, estación season, país country, restaurante restaurant, helado ice_cream, vino wine, cerveza beer, flor flower, asignatura subject, actor actor, actriz actress, número number, té tea, postre dessert, pintor painter, artista artist, podcast podcast, queso cheese, lugar place",
	tongues:         "español castellano inglés francés alemán italiano portugués ruso polaco turco árabe chino mandarín japonés coreano neerlandés holandés sueco noruego danés finés finlandés griego checo húngaro rumano búlgaro croata serbio ucraniano hebreo hindi persa latín catalán valenciano gallego euskera vasco vascuence asturiano bable aranés quechua guaraní aimara náhuatl islandés irlandés esperanto vietnamita tailandés suajili bereber albanés criollo lsf maya mapudungun tamil urdu",
	demonyms:        "español española mexicano mexicana argentino argentina chileno chilena colombiano colombiana peruano peruana venezolano venezolana ecuatoriano ecuatoriana boliviano boliviana uruguayo uruguaya paraguayo paraguaya cubano cubana dominicano dominicana puertorriqueño puertorriqueña guatemalteco guatemalteca hondureño hondureña salvadoreño salvadoreña nicaragüense costarricense panameño panameña francés francesa alemán alemana italiano italiana portugués portuguesa inglés inglesa británico británica irlandés irlandesa escocés escocesa estadounidense canadiense brasileño brasileña polaco polaca rumano rumana búlgaro búlgara ruso rusa ucraniano ucraniana griego griega turco turca marroquí argelino argelina senegalés senegalesa chino china japonés japonesa coreano coreana indio india filipino filipina holandés holandesa belga suizo suiza austriaco austriaca sueco sueca noruego noruega danés danesa finlandés finlandesa húngaro húngara checo checa israelí egipcio egipcia australiano australiana neozelandés",
	allergens:       "marisco, mariscos, cacahuete, cacahuetes, cacahuate, maní, frutos secos, nueces, nuez, almendras, avellanas, pistachos, anacardos, polen, gramíneas, olivo, ácaros, polvo, gatos, perros, pelo de gato, pelo de perro, pelo de los gatos, caballos, animales, abejas, avispas, picadura de abeja, penicilina, amoxicilina, antibióticos, aspirina, ibuprofeno, látex, níquel, leche, lactosa, proteína de la leche, huevo, huevos, soja, trigo, gluten, pescado, gambas, camarones, moluscos, crustáceos, apio, mostaza, sésamo, fresas, manzana, manzanas, kiwi, tomate, melocotón, melocotones, plátano, moho, perfume, sulfitos, yodo, chocolate, piña, aguacate, fruta, lentejas, legumbres, altramuces, mango, pimiento, ajo, cebolla, insectos, picaduras de insectos",
	diseases:        "asma, diabetes, epilepsia, artritis, artrosis, reuma, migrañas, migraña, tdah, tda, celiaquía, dermatitis atópica, dermatitis, eczema, psoriasis, hipertensión, tensión alta, endometriosis, tinnitus, acúfenos, dislexia, insomnio, osteoporosis, fibromialgia, colon irritable, rinitis, esclerosis múltiple, parkinson, enfermedad de crohn, crohn, colitis ulcerosa, hipotiroidismo, hipertiroidismo, depresión, ansiedad, gota, intolerancia a la lactosa, apnea del sueño, apnea, escoliosis, lupus, autismo, narcolepsia, hemofilia, epoc, anemia, arritmia, glaucoma, hernia discal, cáncer, cáncer de mama, fibrosis quística, tiroides, colesterol alto",
	diets:           "vegano vegana veganos veganas vegetariano vegetariana vegetarianos vegetarianas pescetariano pescetariana flexitariano flexitariana keto cetogénica halal kosher crudívoro crudívora ovolactovegetariano",
	statuses:        "casado casada divorciado divorciada soltero soltera viudo viuda separado separada prometido prometida comprometido comprometida",
	orgNouns:        "cooperativa empresa startup agencia bufete banco hospital clínica ayuntamiento universidad editorial tienda restaurante fundación asociación ong librería academia colegio instituto consultora constructora multinacional museo",
	schools:         "universidad uni uned facultad politécnica escuela instituto conservatorio upm ucm uab upf upv uba unam",
	subjects:        "filología, filología inglesa, filología hispánica, derecho, medicina, enfermería, psicología, biología, química, física, matemáticas, informática, ingeniería, ingeniería informática, ingeniería industrial, arquitectura, historia, historia del arte, filosofía, sociología, periodismo, económicas, economía, empresariales, ade, administración de empresas, magisterio, pedagogía, bellas artes, diseño gráfico, veterinaria, farmacia, odontología, turismo, trabajo social, traducción, traducción e interpretación, comunicación audiovisual, publicidad, ciencias políticas, geografía, geología, música, arqueología, estadística, fisioterapia, telecomunicaciones, antropología, marketing, contabilidad",
	sports:          "pádel, tenis, fútbol, baloncesto, balonmano, voleibol, vóley, golf, rugby, hockey, bádminton, ping pong, tenis de mesa, ajedrez, piano, guitarra, violín, violonchelo, chelo, flauta, trompeta, saxofón, saxo, batería, bajo, acordeón, arpa, órgano, clarinete, ukelele, yoga, pilates, judo, kárate, taekwondo, boxeo, escalada, senderismo, natación, surf, ciclismo, atletismo, crossfit, esgrima, remo, billar, petanca, cerámica, alfarería, teatro, ballet, flamenco, punto, ganchillo, fotografía, videojuegos, cartas, dominó, mus, béisbol, patinaje, esquí, vela, running, fútbol sala, waterpolo, costura, jardinería, pintura",
	deaths:          "murió muerto muerta falleció fallecido fallecida sacrificar sacrificado sacrificada",
	towns: `madrid, barcelona, valencia, sevilla, zaragoza, málaga, murcia, palma, palma de mallorca, mallorca, las palmas, bilbao, alicante, córdoba, valladolid, vigo, gijón, la coruña, a coruña, vitoria, granada, elche, oviedo, badalona, cartagena, terrassa, jerez,
		jerez de la frontera, sabadell, santa cruz, santa cruz de tenerife, tenerife, móstoles, alcalá, alcalá de henares, pamplona, fuenlabrada, almería, leganés, san sebastián, donostia, getafe, burgos, albacete, santander, castellón, alcorcón, la laguna, logroño, badajoz,
		salamanca, huelva, marbella, lleida, lérida, tarragona, león, cádiz, jaén, ourense, orense, reus, girona, gerona, lugo, cáceres, santiago, santiago de compostela, lorca, avilés, toledo, palencia, ciudad real, cuenca, huesca, soria, teruel, segovia, ávila, zamora, guadalajara,
		pontevedra, ferrol, mérida, ibiza, menorca, ceuta, melilla, benidorm, torrevieja, ronda, estepona, sitges, galicia, asturias, cantabria, euskadi, país vasco, navarra, la rioja, aragón, cataluña, castilla, extremadura, andalucía, canarias, baleares, ciudad de méxico, cdmx, monterrey,
		puebla, tijuana, oaxaca, cancún, querétaro, veracruz, buenos aires, rosario, mendoza, la plata, mar del plata, salta, tucumán, bariloche, santiago de chile, valparaíso, viña del mar, concepción, antofagasta, bogotá, medellín, cali, barranquilla, cartagena de indias, bucaramanga,
		lima, arequipa, cusco, cuzco, trujillo, iquitos, quito, guayaquil, la paz, sucre, cochabamba, santa cruz de la sierra, asunción, montevideo, caracas, maracaibo, la habana, santo domingo, san juan, ciudad de panamá, managua, tegucigalpa, san salvador, san josé, londres, parís, berlín,
		múnich, hamburgo, fráncfort, colonia, viena, zúrich, ginebra, basilea, berna, bruselas, amberes, ámsterdam, róterdam, la haya, lisboa, oporto, coimbra, braga, roma, milán, venecia, florencia, nápoles, turín, bolonia, atenas, estambul, moscú, varsovia, cracovia, praga, budapest, bucarest,
		estocolmo, copenhague, oslo, helsinki, dublín, edimburgo, nueva york, miami, los ángeles, chicago, boston, toronto, montreal, tokio, pekín, lyon, marsella, burdeos, tolosa, toulouse, perpiñán, rabat, casablanca, tánger, manchester, liverpool`,
	countries: `españa, méxico, argentina, chile, colombia, perú, venezuela, ecuador, bolivia, uruguay, paraguay, cuba, república dominicana, puerto rico, guatemala, honduras, el salvador, nicaragua, costa rica, panamá, francia, alemania, italia, portugal, inglaterra, reino unido,
		irlanda, escocia, estados unidos, eeuu, canadá, brasil, polonia, rumanía, bulgaria, rusia, ucrania, grecia, turquía, marruecos, argelia, senegal, china, japón, corea, india, filipinas, holanda, países bajos, bélgica, suiza, austria, suecia, noruega, dinamarca, finlandia,
		hungría, israel, egipto, australia, nueva zelanda, andorra, luxemburgo, croacia, serbia, islandia, guinea ecuatorial`,
	brands: `iberdrola, mercadona, telefónica, movistar, seat, renfe, inditex, zara, repsol, endesa, bbva, santander, caixabank, la caixa, correos, el corte inglés, carrefour, lidl, aldi, ikea, amazon, google, apple, microsoft, vodafone, orange, mapfre, indra, ferrovial, acciona,
		acs, naturgy, cepsa, iberia, vueling, airbus, renault, ford, volkswagen, nissan, telmex, bimbo, cemex, pemex, femsa, globant, mercadolibre, mercado libre, rappi, bancolombia, falabella, latam, avianca, glovo, cabify, deloitte, accenture, leroy merlin, decathlon, mango, eroski,
		dia, alcampo, consum, netflix, spotify, siemens, bosch, danone, nestlé, tesla, ibm, oracle`,
	names: `rosario iván josefa pepa pepe paco lourdes celia martín ignacio nacho adrián rubén noelia noemí amparo ana aurora begoña beatriz belén blanca candela carla carlota carmen carolina catalina claudia clara concepción concha consuelo cristina daniela diana dolores
		lola elena elisa elsa emilia esperanza esther estela estrella eugenia eva fátima gabriela gema gloria graciela guadalupe inés irene isabel jimena josefina juana julia laura leire leticia lidia lorena lucía luisa luz macarena magdalena maite manuela mar marga margarita maría mariana
		marina marta mercedes merche milagros miriam mónica montserrat montse natalia nerea nieves nuria olga paloma patricia paula pilar raquel rebeca remedios rocío rosa rosalía sandra sara silvia sofía soledad sonia susana tamara teresa trinidad valeria vanesa verónica victoria
		virginia ximena yolanda aitor alberto alejandro alfonso alfredo álvaro andrés ángel antonio toño antón arturo asier benito bernardo borja bruno camilo carlos césar cristian cristóbal daniel david diego domingo eduardo emilio enrique ernesto esteban federico felipe fermín fernando
		francisco gabriel gerardo germán gonzalo gregorio guillermo gustavo héctor hernán hugo iker íñigo ismael jaime javier jesús joaquín jordi jorge josé juan juanjo julián julio leandro leonardo lorenzo lucas luis manuel manolo marcelo marcos mariano mario mateo matías mauricio miguel
		nicolás óscar pablo pedro rafael rafa ramiro ramón raúl ricardo roberto rodrigo rogelio román salvador samuel santiago sebastián sergio simón teodoro tomás unai valentín vicente víctor xavi xavier yago canela trasto roco luna nala toby coco kira thor rocky simba`,
	repairs:    "quise decir, quería decir, quiero decir, perdón quise, mejor dicho, corrección, me he equivocado, me equivoqué, perdón no, no ~ perdón, no ~ espera, digo, me corrijo, más bien, en realidad no",
	forget:     "olvida que, olvídate de que, olvida lo de que, olvida eso de que, ya no es verdad que, ya no es cierto que, no es cierto que, borra que, borra lo de que, ignora que, ignora lo de que, olvide que",
	keep:       "no olvides, no te olvides, no se te olvide, no olvidar",
	callMe:     "llámame, puedes llamarme, podéis llamarme",
	hello:      "aquí, te escribe, os escribe, les escribe, te habla, les habla, soy yo ~, al habla, aquí estoy",
	reach:      "puedes llamarme al, puedes localizarme en, me puedes llamar al, llámame al, escríbeme a, me encuentras en, puedes escribirme a, contactarme en, contactarme al, localizarme en el, localizarme al, me localizas en",
	conditions: "celíaco, celíaca, diabético, diabética, asmático, asmática, epiléptico, epiléptica, hipertenso, hipertensa, daltónico, daltónica, intolerante a la lactosa, intolerante al gluten, intolerante a la fructosa, hipotiroidea, hipotiroideo, sordo, sorda, miope, zurdo, zurda, autista, disléxico, disléxica, hemofílico",
	scan:       spanishPassing,
	called:     "responde al nombre de, de nombre, atiende por, se hace llamar, lleva por nombre, con el nombre de",
	letters:    "querida querido estimado estimada asunto",
	pasting:    "traduce corrige mejora reescribe revisa lee asunto texto frase mensaje carta correo cita ejemplo dijo dice escribió escribe preguntó respondió poema cuento párrafo",
	ours:       "en casa tenemos, vive con nosotros, vive conmigo, conmigo vive, con nosotros vive, convivo con, comparto casa con, comparto piso con, hemos adoptado, he adoptado, adopté, adoptamos, en casa vive",
	idioms:     spanishIdioms,
	padding:    "joven simple humilde",
	wanes:      "no perdón perdona digo ay uy error corrección espera",
	orders: orderData{
		openers:     "hola buenas buenos días tardes noches ey oye mira ah oh ay sí vale ok bueno bien pues gracias y además cierto uf jaja perdona eh nota importante info aviso oiga",
		please:      "por favor porfa porfavor porfi gracias me nos te",
		can:         "puedes podrías podéis puede podría sabes tienes conoces recomiendas hay qué cuál dónde cómo cuándo quién es son me quieres crees",
		verbs:       "responde contesta escribe habla háblame hablame explica explícame resume resúmeme contéstame respóndeme escríbeme formatea redacta cita llámame tutéame trátame trata dirígete sé mantén usa utiliza respondas contestes escribas hables expliques responda conteste respondé contestá escribí redondea da dame incluye convierte respóndame",
		uses:        "traduce usa utiliza evita pon ponme emplea incluye añade muestra deja mantén termina empieza haz manda escribe da limita prescinde ahórrate quita",
		infinitives: "responder contestar contestarme responderme hablarme escribirme tratarme escribir hablar explicar usar utilizar evitar",
		lasting:     "siempre, nunca, jamás, nunca más, de ahora en adelante, a partir de ahora, desde ahora, en adelante, a partir de hoy, de aquí en adelante, en el futuro, cada vez, por defecto, en todas tus respuestas, en cada respuesta, en todas las respuestas, exclusivamente, de hoy en adelante",
		things:      "emojis emoji emoticonos emoticones anglicismos tecnicismos jerga exclamaciones exclamación listas lista tablas tabla viñetas markdown títulos fuentes fuente enlaces respuestas respuesta tono lenguaje métrico métricas unidades celsius kilómetros euros código comentarios ejemplos resumen resúmenes frases párrafos párrafo rodeos disculpas chistes preguntas abreviaturas hashtags negritas usted tú relleno mayúsculas muletillas introducciones advertencias",
		short:       "breve breves corto corta cortas conciso concisa brevemente claro claramente sencillo formal formalmente informal educado directo directa sincero sincera honesto detallada detalle detalladamente usted tú paso pasos",
		once:        "esta vez, por esta vez, este texto, este párrafo, esta frase, el siguiente, ahora mismo, hoy, mañana, luego, a mi jefe, a mi jefa, ponía en, pone en, el cartel, este correo, un correo, esta carta, una carta",
		standing:    "tutéame, que me trates de, que me tutees, tutearme, podemos tutearnos, trátame de tú, trátame de usted, háblame de tú, háblame de usted, no me tutees, no me trates",
		none:        "no uses, que no usaras, que no uses, que no pongas, no vuelvas a usar, no vuelvas a poner, no quiero, no quiero más, procura no usar, prefiero sin, intenta no usar, no utilices, no pongas, no me pongas, no emplees, no incluyas, no añadas, no escribas, no me hables, no hables, no respondas, no me respondas, no me trates, no me llames, no contestes, nada de, sin, evita, deja de usar, deja de poner, deja de, no más, no vuelvas a, no me mandes, no me des, no des, ni un",
		wishing:     "quiero que, puedes, podrías, me puedes, podrías por favor, podés, puede usted, me gustaría que, prefiero que, necesito que, acuérdate de, recuerda que, recuerda, asegúrate de, asegúrate de que, procura, intenta, te pido que",
	},
	dates: dateData{
		months:    "enero 1, febrero 2, marzo 3, abril 4, mayo 5, junio 6, julio 7, agosto 8, septiembre 9, setiembre 9, octubre 10, noviembre 11, diciembre 12",
		weekdays:  "lunes 1, martes 2, miércoles 3, jueves 4, viernes 5, sábado 6, domingo 0",
		numbers:   "un 1, una 1, uno 1, dos 2, tres 3, cuatro 4, cinco 5, seis 6, siete 7, ocho 8, nueve 9, diez 10, once 11, doce 12, trece 13, catorce 14, quince 15, dieciséis 16, diecisiete 17, dieciocho 18, diecinueve 19, veinte 20, treinta 30, cuarenta 40, cincuenta 50",
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
		longSince: "desde pequeño, desde pequeña, desde niño, desde niña, desde siempre, desde hace tiempo, desde hace mucho, desde hace poco, desde chico, desde chica, desde la infancia, desde mi infancia, desde que nací, de toda la vida, hace mucho que, hace tiempo que, desde entonces, desde joven, desde que era pequeño, desde que era pequeña, de nacimiento, desde la adolescencia, toda la vida, desde que tengo memoria",
		once:      "hace poco, hace tiempo, el otro día, hace nada, recientemente, hace mucho",
		brief:     "esta semana, este mes, temporalmente, de momento, de vacaciones, de visita, de paso, este finde, este fin de semana, por unos días, unos días, por un tiempo, los lunes, los martes, los miércoles, los jueves, los viernes, los sábados, los domingos, a veces, este verano, por el verano, de erasmus, por trabajo, ahora mismo, mejor, solo hasta, de alquiler vacacional, de prueba",
		formerly:  "antes, antiguamente, en su día, de joven, de pequeño, de pequeña, de niño, de niña, en otra época, hasta hace poco, anteriormente, en el pasado, una vez",
	},
}
