package extract

// The words of Spanish for places, firms and things.
const (
	spanishPlain = `casa pijama turno turnos equipo proyecto proyectos remoto grupo paz pareja familia nubes vilo peligro riesgo silencio oficina hostelería turismo construcción educación sanidad
		marketing ventas banca informática negro serio broma general particular todo todos oídos piso alquiler campo ciudad pueblo centro playa barrio extranjero afueras soledad ello
		eso esto ti mí él ella ellos media jornada festivos fines lunes martes miércoles jueves viernes sábado domingo vacaciones papel linux windows mac excel python java pecado
		estrés casi mitad cama todas línea residencia españa-sí vida así manera primera cualquiera urgencias pediatría primaria secundaria infantil contabilidad administración logística producción cocina caja atención quirófano planta recursos compras calidad mantenimiento limpieza seguridad obra obras consultas rayos cardiología oncología neurología radiología laboratorio prácticas plantilla
		almacén sala barra recepción dirección gerencia plató escena escenario conserjería comedor guarda tareas horas extra noches tardes mañanas sol doble balde gratis fijo cara luto duelo racha crisis paro shock pausa modo manos bucle espera calma marcha word powerpoint canva minecraft fortnite sims matrix narnia hogwarts mordor gotham babia marte internet patria naturaleza wakanda springfield uci uvi dios`
	spanishEmpty = `película vestido foto texto propuesta canción libro regalo sitio lugar barrio piso casa tiempo nombre título diseño dibujo versión final principio resultado trabajo día noche
		semana viaje fiesta cena olor sabor estilo opción eso esto aquello esa ese esta este lo la le les te ti tu tus su sus algo nada nadie alguien todo todos todas mucho poco más
		menos que cómo como cuando qué sí no aquí allí idea ideas plan respuesta forma manera cosa cosas gente verdad parte muchas gracias usted ver hacer estar ser tener ir
		saber mejor bien él ella ellos vosotros si`
	spanishFavouriteThings = `colores colour, comidas food, platos dish, películas movie, pelis movie, libros book, grupos band, bandas band, canciones song, animales animal, deportes sport, ciudades city, series series, bebidas drink, frutas fruit, autores author, autoras author, escritores author, escritoras author, cantantes singer, equipos team, juegos game, videojuegos game, flores flower, asignaturas subject, actores actor, actrices actress, quesos cheese, lugares place, novelas novel, poetas poet, discos album, vinos wine, cervezas beer, restaurantes restaurant, pintores painter, países country, color colour, comida food, plato dish, película movie, peli movie, libro book, grupo band, banda band, canción song, música music, animal animal, deporte sport, ciudad city,
		serie series, bebida drink, fruta fruit, verdura vegetable, autor author, autora author, escritor author, escritora author, cantante singer, equipo team, equipo de fútbol team,
		juego game, videojuego game, estación season, país country, restaurante restaurant, helado ice_cream, vino wine, cerveza beer, flor flower, asignatura subject, actor actor,
		actriz actress, número number, té tea, postre dessert, pintor painter, artista artist, podcast podcast, queso cheese, lugar place, novela novel, poema poem, poeta poet,
		poetisa poet, cuento story, disco album, álbum album, cómic comic, manga manga, anime anime, saga saga, personaje character, superhéroe superhero, héroe hero, director director,
		directora director, mes month, día day, olor smell, sabor flavour, perfume perfume, tienda shop, bar bar, café coffee, cafetería cafe, dulce sweet, pastel cake,
		tarta cake, torta cake, golosina candy, chocolate chocolate, galleta cookie, pizza pizza, pasta pasta, sopa soup, guiso stew, arroz rice, ensalada salad, pescado fish,
		carne meat, marisco seafood, snack snack, desayuno breakfast, salsa sauce, especia spice, condimento condiment, coctel cocktail, trago drink,
		refresco soft_drink, infusión herbal_tea, playa beach, barrio neighbourhood, pueblo village, museo museum, parque park, isla island, monumento monument, destino destination,
		viaje trip, planta plant, árbol tree, raza breed, perro dog, deportista athlete, futbolista footballer, jugador player, jugadora player, tenista tennis_player, club club,
		club de fútbol club, materia subject, palabra word, idioma language, letra letter, marca brand, coche car, moto motorbike, app app, aplicación app, canal channel,
		youtuber youtuber, programa show, telenovela soap_opera, serie de televisión series, género genre, género musical music_genre, estilo style, instrumento instrument,
		compositor composer, compositora composer, pintora painter, cuadro painting, cuadros painting, obra work, ópera opera, musical musical, baile dance, hobby hobby, fiesta festival,
		festividad holiday, plato de comida dish, comida china food, postres dessert, color de pelo hair_colour`
	spanishAllergens = `marisco, mariscos, cacahuete, cacahuetes, cacahuate, maní, frutos secos, nueces, nuez, almendras, avellanas, pistachos, anacardos, polen, gramíneas, olivo, ácaros, polvo, gatos,
		perros, pelo de gato, pelo de perro, pelo de los gatos, caballos, animales, abejas, avispas, picadura de abeja, penicilina, amoxicilina, antibióticos, aspirina, ibuprofeno,
		látex, níquel, leche, lactosa, proteína de la leche, huevo, huevos, soja, trigo, gluten, pescado, gambas, camarones, moluscos, crustáceos, apio, mostaza, sésamo, fresas, manzana,
		manzanas, kiwi, tomate, melocotón, melocotones, plátano, moho, perfume, sulfitos, yodo, chocolate, piña, aguacate, fruta, lentejas, legumbres, altramuces, mango, pimiento, ajo,
		cebolla, insectos, picaduras de insectos, nueces de macadamia, castañas, castaña, piñones, ajonjolí, cacahuates, mariscos de concha, langostinos, camarón, cangrejo, langosta,
		almejas, mejillones, calamar, pulpo, atún, salmón, bacalao, merluza, anchoas, avena, cebada, centeno, maíz, arroz, harina, harina de trigo, levadura, caseína, proteína de leche,
		proteína de vaca, leche de vaca, queso, quesos, nata, yogur, ovoalbúmina, clara de huevo, pollo, cerdo, carne roja, ternera, frutilla, frutillas, fresa, kiwis, plátanos,
		banana, papaya, melón, sandía, uva, uvas, cereza, cerezas, durazno, duraznos, frutos rojos, naranja, naranjas, cítricos, limón, coco, ananá, palta, berenjena, tomates, jitomate,
		espinacas, zanahoria, zanahorias, chile, ají, pimentón, canela, miel, polen de olivo, polen de gramíneas, polen de abedul, arizónicas, arizónica, cipreses, ciprés,
		plátano de sombra, abedul, parietaria, ambrosía, césped, pasto, epitelio de gato, epitelio de perro, gato, perro, pelo de los perros, pelo de caballo, plumas, ácaros del polvo,
		polvo doméstico, hongos, humedad, hormigas, mosquitos, picaduras de abeja, picaduras de avispa, picadura de avispa, veneno de abeja, abejas y avispas, sulfas, sulfamidas,
		metamizol, nolotil, paracetamol, diclofenaco, naproxeno, antiinflamatorios, cefalosporinas, eritromicina, morfina, codeína, anestesia, anestesia local, contraste,
		contraste yodado, insulina, vacunas, mercurio, cobalto, cromo, bisutería, metales, metal, tintes, tinte, tinte de pelo, parafenilendiamina, acrilatos, esmalte, maquillaje,
		cosméticos, crema solar, protector solar, detergente, detergentes, suavizante, lejía, cloro, formol, lana, lanolina, colorantes, tartrazina, conservantes, glutamato, benzoato,
		cafeína, alcohol, vino tinto, proteína del huevo, altramuz, soya, quinoa, chía, lino, sol, frío`
	spanishDiseases = `asma, diabetes, epilepsia, artritis, artrosis, reuma, migrañas, migraña, tdah, tda, celiaquía, dermatitis atópica, dermatitis, eczema, psoriasis, hipertensión, tensión alta,
		endometriosis, tinnitus, acúfenos, dislexia, insomnio, osteoporosis, fibromialgia, colon irritable, rinitis, esclerosis múltiple, parkinson, enfermedad de crohn, crohn,
		colitis ulcerosa, hipotiroidismo, hipertiroidismo, depresión, ansiedad, gota, intolerancia a la lactosa, apnea del sueño, apnea, escoliosis, lupus, autismo, narcolepsia,
		hemofilia, epoc, anemia, arritmia, glaucoma, hernia discal, cáncer, cáncer de mama, fibrosis quística, tiroides, colesterol alto, artritis reumatoide, artritis psoriásica,
		espondilitis anquilosante, espondilitis, lumbalgia crónica, fatiga crónica, síndrome de fatiga crónica, sop, ovario poliquístico, síndrome de ovario poliquístico,
		síndrome de tourette, tourette, trastorno bipolar, bipolaridad, toc, trastorno obsesivo compulsivo, esquizofrenia, anorexia, bulimia, agorafobia, claustrofobia,
		estrés postraumático, tept, síndrome de asperger, asperger, esclerosis lateral amiotrófica, ela, alzheimer, demencia, ataxia, distrofia muscular, miastenia, neuropatía, ciática,
		hernia de hiato, hernia, reflujo, gastritis, gastritis crónica, úlcera, úlceras, hígado graso, hepatitis, hepatitis b, hepatitis c, cirrosis, pancreatitis, cálculos renales,
		insuficiencia renal, insuficiencia cardíaca, cardiopatía, fibrilación auricular, soplo, marcapasos, hipercolesterolemia, colesterol, triglicéridos, sobrepeso, obesidad,
		prediabetes, diabetes gestacional, resistencia a la insulina, hashimoto, tiroiditis de hashimoto, tiroiditis, enfermedad de addison, síndrome de cushing, vih, herpes, rosácea,
		vitíligo, urticaria, urticaria crónica, alopecia, alopecia areata, queratocono, cataratas, miopía, astigmatismo, hipermetropía, daltonismo, degeneración macular, sordera,
		hipoacusia, vértigo, vértigos, síndrome de menière, menière, sinusitis, sinusitis crónica, rinitis alérgica, bronquitis crónica, bronquitis, enfisema, fibrosis pulmonar,
		talasemia, trombofilia, leucemia, linfoma, melanoma, cáncer de próstata, cáncer de colon, cáncer de pulmón, cáncer de tiroides, cáncer de piel, mioma, miomas, adenomiosis,
		vaginismo, lipedema, linfedema, varices, raynaud, síndrome de raynaud, síndrome de sjögren, sjögren, esclerodermia, sarcoidosis, espina bífida, parálisis cerebral,
		síndrome de down, dispraxia, discalculia, tartamudez, bruxismo, síndrome de piernas inquietas, piernas inquietas, túnel carpiano, síndrome del túnel carpiano, fascitis plantar,
		pies planos, osteopenia, colitis, diverticulitis, divertículos, sibo, intestino irritable, síndrome de intestino irritable, síndrome del intestino irritable, enfermedad celíaca, intolerancia al gluten, intolerancia a la fructosa, fenilcetonuria, anemia falciforme, migraña crónica, cefalea en racimos, covid persistente, asma alérgica,
		hipertensión arterial, presión alta, azúcar alta, azúcar en la sangre, nefropatía, chagas, mal de chagas`
	spanishDiets = `ovolactovegetariana pescovegetariano pescovegetariana vegano vegana veganos veganas vegetariano vegetariana vegetarianos vegetarianas pescetariano pescetariana flexitariano flexitariana keto cetogénica halal kosher crudívoro
		crudívora ovolactovegetariano vegan veggie vegetarianx ovolacteovegetariano lactovegetariano lactovegetariana carnívora paleo macrobiótico macrobiótica mediterránea frugívoro
		frugívora crudivegano crudivegana plantbased`
	spanishSchools = `universidad uni uned facultad politécnica escuela instituto conservatorio upm ucm uab upf upv uba unam tec itesm itam ipn politécnico uoc uadec uady uanl udg udelar ucv ula
		unsa unmsm pucp pucv puc usach uchile udec utn unlp unc unr udea eafit javeriana uniandes icesi univalle espol usfq uees colegio uam uah urjc uc3m upc us ugr uma uca ual uja
		uco uhu usal uva unileon ubu unizar unav upna ehu upv/ehu uib ull ulpgc um uclm unex uvigo udc usc uniovi unican unirioja uji comillas icade icai esade ie iese bachillerato
		prepa liceo academia complutense autónoma fp seminario normal cbtis conalep cetis sena senati tecsup inacap duoc ceti utem usb unimet ucab luz uasd intec pucmm ucr una usac
		landívar unah unan`
	spanishOrgNouns = `cooperativa empresa startup agencia bufete banco hospital clínica ayuntamiento universidad editorial tienda restaurante fundación asociación ong librería academia colegio
		instituto consultora constructora multinacional museo gestoría panadería cafetería pastelería carnicería pescadería frutería peluquería farmacia ferretería taller fábrica
		inmobiliaria asesoría laboratorio bodega almazara granja finca hotel hostal bar pizzería taquería heladería imprenta periódico revista radio productora estudio compañía
		aseguradora naviera aerolínea cementera minera metalúrgica autoescuela guardería escuela biblioteca teatro ministerio municipalidad alcaldía intendencia gobierno diputación
		consejería juzgado comisaría caja mutua sindicato gimnasio centro policlínica sanatorio residencia supermercado súper mercado gasolinera papelería floristería zapatería joyería
		textil conservera quesería cervecería lavandería tintorería despacho notaría firma grupo supermercados almacenes astillero refinería planta club federación parroquia obispado
		iglesia ejército policía guardia`
	spanishSubjects = `filología, filología inglesa, filología hispánica, derecho, medicina, enfermería, psicología, biología, química, física, matemáticas, informática, ingeniería,
		ingeniería informática, ingeniería industrial, arquitectura, historia, historia del arte, filosofía, sociología, periodismo, económicas, economía, empresariales, ade,
		administración de empresas, magisterio, pedagogía, bellas artes, diseño gráfico, veterinaria, farmacia, odontología, turismo, trabajo social, traducción,
		traducción e interpretación, comunicación audiovisual, publicidad, ciencias políticas, geografía, geología, música, arqueología, estadística, fisioterapia, telecomunicaciones,
		antropología, marketing, contabilidad, lenguas modernas, lenguas clásicas, filología clásica, filología francesa, letras, humanidades, artes, artes visuales, artes plásticas,
		cine, cinematografía, fotografía, diseño, diseño industrial, diseño de moda, diseño de interiores, arquitectura técnica, ingeniería civil, ingeniería mecánica,
		ingeniería eléctrica, ingeniería electrónica, ingeniería química, ingeniería de sistemas, ingeniería en sistemas, ingeniería de caminos, ingeniería agrónoma,
		ingeniería agronómica, ingeniería aeronáutica, ingeniería aeroespacial, ingeniería biomédica, ingeniería ambiental, ingeniería forestal, ingeniería naval,
		ingeniería de telecomunicaciones, ingeniería de software, ciencias de la computación, ciencia de datos, computación, programación, sistemas, desarrollo de software, electrónica,
		mecatrónica, robótica, mecánica, electricidad, agronomía, biología marina, bioquímica, biotecnología, biomedicina, microbiología, genética, ciencias ambientales,
		ciencias del mar, oceanografía, nutrición, nutrición y dietética, dietética, terapia ocupacional, logopedia, fonoaudiología, kinesiología, quinesiología, obstetricia, podología,
		óptica, psicopedagogía, educación, educación infantil, educación primaria, educación física, educación especial, educación social, magisterio infantil, profesorado,
		ciencias de la educación, ciencias del deporte, inef, ciencias de la comunicación, comunicación, comunicación social, relaciones públicas, relaciones internacionales,
		relaciones laborales, recursos humanos, comercio, comercio internacional, comercio exterior, negocios internacionales, finanzas, administración, gestión, logística, hostelería,
		gastronomía, cocina, enología, criminología, criminalística, ciencias forenses, biblioteconomía, documentación, archivística, museología, historia antigua, filología árabe,
		estudios ingleses, estudios hispánicos, estudios asiáticos, lingüística, literatura, literatura comparada, teología, musicología, interpretación, danza, arte dramático, teatro,
		peluquería, estética, auxiliar de enfermería, integración social, derecho y ade, física y química, matemáticas aplicadas, ciencias económicas, ciencias sociales,
		ciencias exactas, veterinaria y zootecnia, zootecnia, contaduría, contaduría pública, publicidad y relaciones públicas, química farmacéutica, químicas, exactas, aeronáutica,
		náutica, topografía, paisajismo, urbanismo, gerontología, tecnología médica, imagenología, radiología, laboratorio clínico`
	spanishSports = `cajón flamenco, guitarra flamenca, baile flamenco, pádel, tenis, fútbol, baloncesto, balonmano, voleibol, vóley, golf, rugby, hockey, bádminton, ping pong, tenis de mesa, ajedrez, piano, guitarra, violín,
		violonchelo, chelo, flauta, trompeta, saxofón, saxo, batería, bajo, acordeón, arpa, órgano, clarinete, ukelele, yoga, pilates, judo, kárate, taekwondo, boxeo, escalada,
		senderismo, natación, surf, ciclismo, atletismo, crossfit, esgrima, remo, billar, petanca, cerámica, alfarería, teatro, ballet, flamenco, punto, ganchillo, fotografía,
		videojuegos, cartas, dominó, mus, béisbol, patinaje, esquí, vela, running, fútbol sala, waterpolo, costura, jardinería, pintura, bolos, dardos, frontón, pelota vasca, pelota,
		squash, softball, sóftbol, críquet, polo, equitación, hípica, doma, triatlón, maratón, maratones, medias maratones, trail, trail running, halterofilia, gimnasia,
		gimnasia rítmica, calistenia, spinning, zumba, aeróbic, pesas, musculación, fitness, parkour, skate, snowboard, esquí de fondo, piragüismo, kayak, buceo, submarinismo, apnea,
		natación sincronizada, kitesurf, windsurf, parapente, paracaidismo, espeleología, barranquismo, alpinismo, montañismo, bulder, boulder, orientación, bicicleta, bici,
		ciclismo de montaña, mtb, enduro, motocross, karting, capoeira, aikido, krav maga, kung fu, jiu jitsu, muay thai, kickboxing, lucha libre, tai chi, taichí, meditación,
		baile, bailes de salón, salsa, bachata, tango, sevillanas, danza, danza del vientre, danza contemporánea, hip hop, canto, coro, cajón, bandoneón, charango, quena, cuatro, banjo,
		mandolina, timple, gaita, dulzaina, txistu, guitarra eléctrica, guitarra española, bajo eléctrico, contrabajo, viola, oboe, fagot, trombón, tuba, percusión, bongó, tambor,
		teclado, sintetizador, armónica, pandereta, crochet, croché, macramé, bordado, punto de cruz, patchwork, encaje de bolillos, bolillos, tejido, carpintería, marquetería,
		bricolaje, maquetas, modelismo, origami, papiroflexia, caligrafía, lettering, acuarela, acuarelas, óleo, dibujo, cómic, escultura, grabado, encuadernación, scrapbooking, jabones,
		velas, cestería, repostería, panadería, apicultura, huerto, bonsáis, bonsái, micología, setas, ornitología, pájaros, astronomía, filatelia, numismática, coleccionismo, rol,
		juegos de mesa, juegos de rol, wargames, magic, póker, parchís, sudokus, crucigramas, puzles, rompecabezas, escape rooms, pesca, caza, tiro, tiro con arco, airsoft,
		paintball, escritura, poesía, teatro amateur, improvisación, monólogos, magia, malabares, circo, radioafición, drones, senderos, excursionismo, voluntariado, cine, lectura, blog,
		podcast, gaming, play, lol, fútbol 7, fútbol once, futbito, futsal, básquet, básquetbol, voleibol playa, vóley playa, hándbol, handball, frontenis, raqueta,
		tenis playa, beach tennis, nado, aquagym, pole dance, patinaje artístico, patinaje sobre hielo, roller, hockey patines, lacrosse, frisbee, ultimate`
	spanishTowns = `jalisco, michoacán, sinaloa, sonora, chiapas, tabasco, nayarit, morelos, guerrero, nuevo león, coahuila, tamaulipas, yucatán, quintana roo, antioquia, cundinamarca, boyacá, valle del cauca, tolima, huila, nariño, risaralda, quindío,
		caldas, entre ríos, misiones, chubut, río negro, la pampa, chaco, biobío, maule, araucanía, los lagos, loreto, áncash, zulia, carabobo, táchira, pichincha, guayas, azuay, manabí, vizcaya, guipúzcoa, álava, rotterdam, amsterdam, london, paris, berlin, munich, münchen, hamburg, frankfurt, köln, wien, geneva, bruselas, copenhagen, stockholm, lisbon, porto, milano, new york, philadelphia, basauri, salou, alpedrete, betanzos, playa ancha, san isidro, palermo, belgrano, polanco, la condesa, chapinero, usaquén, providencia, ñuñoa, las condes, puente alto, maipú, san miguel, la molina, surco, san borja, comas, chosica, madrid, barcelona, valencia, sevilla, zaragoza, málaga, murcia, palma, palma de mallorca, mallorca, las palmas, bilbao, alicante, córdoba, valladolid, vigo, gijón, la coruña,
		a coruña, vitoria, granada, elche, oviedo, badalona, cartagena, terrassa, jerez, jerez de la frontera, sabadell, santa cruz, santa cruz de tenerife, tenerife, móstoles, alcalá,
		alcalá de henares, pamplona, fuenlabrada, almería, leganés, san sebastián, donostia, getafe, burgos, albacete, santander, castellón, alcorcón, la laguna, logroño, badajoz,
		salamanca, huelva, marbella, lleida, lérida, tarragona, león, cádiz, jaén, ourense, orense, reus, girona, gerona, lugo, cáceres, santiago, santiago de compostela, lorca, avilés,
		toledo, palencia, ciudad real, cuenca, huesca, soria, teruel, segovia, ávila, zamora, guadalajara, pontevedra, ferrol, mérida, ibiza, menorca, ceuta, melilla, benidorm,
		torrevieja, ronda, estepona, sitges, galicia, asturias, cantabria, euskadi, país vasco, navarra, la rioja, aragón, cataluña, castilla, extremadura, andalucía, canarias, baleares,
		ciudad de méxico, cdmx, monterrey, puebla, tijuana, oaxaca, cancún, querétaro, veracruz, buenos aires, rosario, mendoza, la plata, mar del plata, salta, tucumán, bariloche,
		santiago de chile, valparaíso, viña del mar, concepción, antofagasta, bogotá, medellín, cali, barranquilla, cartagena de indias, bucaramanga, lima, arequipa, cusco, cuzco,
		trujillo, iquitos, quito, guayaquil, la paz, sucre, cochabamba, santa cruz de la sierra, asunción, montevideo, caracas, maracaibo, la habana, santo domingo, san juan,
		ciudad de panamá, managua, tegucigalpa, san salvador, san josé, londres, hamburgo, fráncfort, colonia, viena, zúrich, ginebra, basilea, berna,
		amberes, róterdam, la haya, lisboa, oporto, coimbra, braga, roma, milán, venecia, florencia, nápoles, turín, bolonia, atenas, estambul, moscú, varsovia, cracovia,
		praga, budapest, bucarest, estocolmo, copenhague, oslo, helsinki, dublín, edimburgo, nueva york, miami, los ángeles, chicago, boston, toronto, montreal, tokio, pekín, lyon,
		marsella, burdeos, tolosa, toulouse, perpiñán, rabat, casablanca, tánger, manchester, liverpool, talca chillán temuco valdivia osorno puerto montt, puerto montt, punta arenas,
		iquique, arica, la serena, coquimbo, rancagua, curicó, viña, quilpué, calama, copiapó, talca, chillán, temuco, valdivia, osorno, neuquén, bahía blanca, santa fe, paraná,
		corrientes, resistencia, posadas, formosa, jujuy, san salvador de jujuy, santiago del estero, catamarca, san luis, san rafael, río cuarto, comodoro rivadavia, ushuaia,
		río gallegos, trelew, puerto madryn, rafaela, tandil, olavarría, junín, pergamino, quilmes, lanús, avellaneda, morón, la matanza, luján, tigre, villa carlos paz, concordia,
		paysandú, rivera, maldonado, punta del este, colonia del sacramento, tacuarembó, melo, durazno, mercedes, ciudad del este, encarnación, luque, lambaré, san lorenzo, oruro,
		potosí, tarija, el alto, trinidad, huancayo, piura, chiclayo, chimbote, tacna, ica, puno, juliaca, ayacucho, huaraz, cajamarca, pucallpa, tarapoto, tumbes, sullana, callao,
		miraflores, lince, barranco, ambato, riobamba, loja, machala, manta, portoviejo, esmeraldas, ibarra, latacunga, pereira, manizales, armenia, ibagué, neiva, pasto, popayán,
		villavicencio, montería, sincelejo, santa marta, valledupar, cúcuta, tunja, quibdó, riohacha, leticia, envigado, itagüí, bello, soacha, palmira, buenaventura, tuluá, buga, chía,
		zipaquirá, girardot, barrancabermeja, barquisimeto, maracay, ciudad guayana, puerto ordaz, ciudad bolívar, san cristóbal, cumaná, maturín, punto fijo, coro, barinas, guarenas,
		los teques, porlamar, isla margarita, santiago de cuba, camagüey, holguín, santa clara, cienfuegos, matanzas, pinar del río, varadero, santiago de los caballeros, la romana,
		punta cana, puerto plata, ponce, mayagüez, bayamón, carolina, caguas, san pedro sula, la ceiba, choluteca, santa ana, soyapango, masaya, estelí, matagalpa, alajuela,
		cartago, heredia, liberia, limón, puntarenas, david, colón, ciudad de guatemala, quetzaltenango, xela, antigua, antigua guatemala, cobán, escuintla, toluca, morelia,
		aguascalientes, san luis potosí, saltillo, torreón, chihuahua, ciudad juárez, hermosillo, culiacán, mazatlán, mexicali, ensenada, los cabos, durango, zacatecas, tepic,
		puerto vallarta, zapopan, tlaquepaque, colima, manzanillo, uruapan, acapulco, chilpancingo, cuernavaca, pachuca, tlaxcala, xalapa, jalapa, coatzacoalcos, villahermosa, tuxtla,
		tuxtla gutiérrez, san cristóbal de las casas, tapachula, campeche, playa del carmen, chetumal, reynosa, matamoros, nuevo laredo, tampico, ciudad victoria, irapuato, celaya,
		guanajuato, san miguel de allende, ecatepec, nezahualcóyotl, naucalpan, tlalpan, coyoacán, iztapalapa, xochimilco, irún, eibar, barakaldo, baracaldo, getxo, portugalete,
		gernika, zarautz, hernani, errenteria, tudela, estella, calahorra, haro, miranda de ebro, aranda de duero, ponferrada, astorga, benavente, béjar, medina del campo, tordesillas,
		torrelavega, castro urdiales, laredo, reinosa, mieres, langreo, siero, llanes, narón, vilagarcía, sanxenxo, monforte, lalín, mataró, granollers, manresa, vic, igualada,
		hospitalet, l'hospitalet, cornellà, santa coloma, sant cugat, rubí, cerdanyola, mollet, vilanova, figueres, figueras, olot, blanes, roses, cambrils, tortosa, amposta,
		balaguer, gandía, alzira, xàtiva, játiva, sagunto, torrent, paterna, burjassot, mislata, alcoy, elda, petrer, villena, denia, calpe, altea, orihuela, santa pola,
		vila-real, villarreal, vinaròs, peñíscola, molina de segura, águilas, mazarrón, yecla, jumilla, hellín, almansa, tomelloso, valdepeñas, puertollano, alcázar de san juan,
		talavera, talavera de la reina, illescas, azuqueca, villarrobledo, almendralejo, don benito, villanueva de la serena, plasencia, zafra, navalmoral, dos hermanas,
		alcalá de guadaíra, utrera, écija, carmona, lebrija, chiclana, san fernando, el puerto de santa maría, sanlúcar, algeciras, la línea, rota, arcos, chipiona, barbate, tarifa,
		conil, fuengirola, torremolinos, benalmádena, mijas, vélez-málaga, antequera, nerja, motril, almuñécar, baza, guadix, linares, andújar, úbeda, baeza, martos, lucena,
		puente genil, montilla, priego, cabra, roquetas, roquetas de mar, el ejido, níjar, adra, ayamonte, lepe, moguer, isla cristina, alcobendas, san sebastián de los reyes, pozuelo,
		pozuelo de alarcón, las rozas, majadahonda, torrejón, torrejón de ardoz, coslada, rivas, rivas vaciamadrid, parla, pinto, valdemoro, aranjuez, arganda, collado villalba,
		tres cantos, boadilla, colmenar viejo, vallecas, carabanchel, chamberí, lavapiés, malasaña, usera, hortaleza, gràcia, triana, ruzafa, arrecife, puerto del rosario, telde, arona,
		adeje, los cristianos, la orotava, puerto de la cruz, güímar, santa cruz de la palma, la palma, la gomera, el hierro, lanzarote, fuerteventura, gran canaria, manacor, inca,
		calvià, mahón, ciutadella, formentera, castellón de la plana, leeds, bristol, glasgow, cambridge, oxford, birmingham, stuttgart, düsseldorf, leipzig, dresde, bremen, hannover,
		núremberg, bonn, friburgo, salzburgo, graz, innsbruck, lucerna, lausana, gante, brujas, lieja, utrecht, eindhoven, luxemburgo, niza, nantes, lille, montpellier, rennes,
		estrasburgo, pau, biarritz, bayona, génova, verona, padua, pisa, trieste, bari, cagliari, faro, évora, setúbal, aveiro, cork, galway, orlando, houston, dallas,
		san francisco, san diego, seattle, filadelfia, washington, san antonio, austin, denver, phoenix, atlanta, las vegas, são paulo, río de janeiro, porto alegre, brasilia, sídney,
		melbourne, auckland, dubái, shanghái, hong kong, seúl, singapur, bangkok`
	spanishCountries = `españa, méxico, argentina, chile, colombia, perú, venezuela, ecuador, bolivia, uruguay, paraguay, cuba, república dominicana, puerto rico, guatemala, honduras, el salvador,
		nicaragua, costa rica, panamá, francia, alemania, italia, portugal, inglaterra, reino unido, irlanda, escocia, estados unidos, eeuu, canadá, brasil, polonia, rumanía,
		bulgaria, rusia, ucrania, grecia, turquía, marruecos, argelia, senegal, china, japón, corea, india, filipinas, holanda, países bajos, bélgica, suiza, austria, suecia, noruega,
		dinamarca, finlandia, hungría, israel, egipto, australia, nueva zelanda, andorra, luxemburgo, croacia, serbia, islandia, guinea ecuatorial, ee.uu, eua, usa, haití, jamaica,
		belice, trinidad y tobago, eslovaquia, eslovenia, bosnia, albania, macedonia, montenegro, lituania, letonia, estonia, bielorrusia, moldavia, república checa, chequia, gales,
		irlanda del norte, túnez, libia, sudáfrica, nigeria, kenia, etiopía, cabo verde, angola, mozambique, camerún, ghana, malí, líbano, siria, irán, irak, arabia saudí,
		emiratos árabes, qatar, pakistán, afganistán, vietnam, tailandia, indonesia, malasia, singapur, taiwán, corea del sur, nepal, bangladés, georgia, armenia, chipre, malta,
		liechtenstein, mónaco`
	spanishBrands = `zoom, twitter, tiktok, instagram, youtube, twitch, discord, whatsapp, telegram, excel, teams, slack, github, steam, photoshop, wikipedia, chatgpt, gmail, iberdrola, mercadona, telefónica, movistar, seat, renfe, inditex, zara, repsol, endesa, bbva, santander, caixabank, la caixa, correos, el corte inglés, carrefour, lidl, aldi,
		ikea, amazon, google, apple, microsoft, vodafone, orange, mapfre, indra, ferrovial, acciona, acs, naturgy, cepsa, iberia, vueling, airbus, renault, ford, volkswagen, nissan,
		telmex, bimbo, cemex, pemex, femsa, globant, mercadolibre, mercado libre, rappi, bancolombia, falabella, latam, avianca, glovo, cabify, deloitte, accenture, leroy merlin,
		decathlon, mango, eroski, dia, alcampo, consum, netflix, spotify, siemens, bosch, danone, nestlé, tesla, ibm, oracle, oxxo, walmart, soriana, chedraui, liverpool, elektra,
		coppel, telcel, claro, entel, wom, tigo, personal, movistar chile, scotiabank, banorte, banamex, bci, banco de chile, banco estado, bancoestado, codelco, cencosud, ripley,
		sodimac, paris, lider, jumbo, arcor, ypf, aerolíneas argentinas, techint, tenaris, banco galicia, banco nación, despegar, ualá, naranja, tarjeta naranja, coto, disco, ecopetrol,
		éxito, grupo éxito, davivienda, nutresa, postobón, bavaria, alpina, sura, copa, petroperú, backus, interbank, bcp, plaza vea, alicorp, gloria, polar, empresas polar, pdvsa,
		corporación favorita, pronaca, tía, ancap, antel, conaprole, itaipú, alsa, avanza, mutua madrileña, santalucía, línea directa, sanitas, asisa, adeslas, quirón, quirónsalud,
		hm hospitales, vithas, cruz roja, cáritas, médicos sin fronteras, once, prosegur, securitas, ilunion, eulen, clece, adif, metro de madrid, emt, tmb, aena, navantia, talgo, caf,
		gamesa, siemens gamesa, enagás, red eléctrica, agbar, canal de isabel ii, fcc, ohl, sacyr, abertis, atresmedia, mediaset, rtve, prisa, planeta, santillana, anaya, el país,
		el mundo, la vanguardia, marca, bershka, pull&bear, stradivarius, massimo dutti, desigual, camper, tous, primark, h&m, fnac, mediamarkt, media markt, worten, pccomponentes,
		supercor, hipercor, ahorramas, bonpreu, gadis, froiz, hiperdino, condis, el árbol, simply, makro, burger king, mcdonald's, mcdonalds, telepizza, domino's, vips, ginos, starbucks,
		rodilla, dunkin, just eat, uber, uber eats, bolt, freenow, pedidosya, didi, seur, mrw, dhl, ups, fedex, gls, nacex, stef, airbnb, booking, ryanair, easyjet, air europa, volotea,
		meliá, nh, nh hoteles, barceló, riu, iberostar, paradores, halcón viajes, facebook, meta, linkedin, salesforce, sap, hp, dell, intel, cisco, capgemini, everis, ntt data,
		kpmg, ey, pwc, pricewaterhousecoopers, mckinsey, bcg, tata, infosys, hilton, marriott, kodak, nokia, ericsson, huawei, samsung, lg, sony, panasonic, philips, bayer, basf, roche,
		novartis, pfizer, grifols, almirall, ferrer, mahle, michelin, pirelli, bridgestone, mercedes-benz, opel, stellantis, citroën, peugeot, fiat, toyota, honda, bmw, audi, hyundai,
		kia, general motors, gm, caterpillar, john deere, coca-cola, coca cola, pepsi, pepsico, heineken, mahou, estrella galicia, damm, estrella damm, codorníu, freixenet, osborne,
		gonzález byass, campofrío, elpozo, gallina blanca, unilever, procter, loreal, l'oréal, colgate, kimberly, ebro, borges, carbonell, pascual, central lechera, clesa,
		covirán`
	spanishConditions = `celíaco, celíaca, diabético, diabética, asmático, asmática, epiléptico, epiléptica, hipertenso, hipertensa, daltónico, daltónica, intolerante a la lactosa,
		intolerante al gluten, intolerante a la fructosa, hipotiroidea, hipotiroideo, sordo, sorda, miope, autista, disléxico, disléxica, hemofílico, diabético tipo 1,
		diabética tipo 1, diabético tipo 2, diabética tipo 2, diabético tipo i, diabético tipo ii, prediabético, prediabética,
		 hipermétrope, astigmático, astigmática, ciego, ciega, invidente, sordomudo, sordomuda, hipoacúsico,
		hipoacúsica, tartamudo, tartamuda, bipolar, obeso, obesa, tdah, neurodivergente, asperger, esquizofrénico, anémico, anémica, asmático crónico, migrañoso, migrañosa, seropositivo,
		seropositiva, lúpico, lúpica, hipertiroideo, hipertiroidea, insomne, narcoléptico, narcoléptica, discapacitado, discapacitada, parapléjico, parapléjica, tetrapléjico,
		tetrapléjica, prematuro, ambidiestro, ambidiestra, intolerante a la histamina, intolerante al huevo`
	spanishMakes = `seat, renault, citroën, peugeot, ford, opel, volkswagen, vw, toyota, nissan, honda, mazda, kia, hyundai, chevrolet, chevy, fiat, dacia, skoda, škoda, audi, bmw, mercedes, mercedes benz, mercedes-benz, volvo, tesla, suzuki, mitsubishi, subaru, jeep, dodge, chrysler, mini, mini cooper, smart,
		lexus, land rover, range rover, jaguar, porsche, alfa romeo, lancia, saab, rover, cupra, byd, mg, ssangyong, isuzu, datsun, lada, great wall, chery, jac, yamaha, vespa, kawasaki, ducati, harley, harley davidson, ktm, bajaj, seat ibiza, seat león, clio, twingo, megane, kangoo, corsa, astra, golf gti, passat, fiesta st, focus, mondeo, kuga, yaris, corolla, hilux,
		rav4, prius, micra, qashqai, tsuru, versa, sentra, jimny, picanto, cerato, tucson, duster, sandero, logan, fabia, octavia, berlingo, c3, c4, xsara, partner tepee, beetle, vocho, escarabajo, tiida, aveo, onix, spark, palio, gol trend, amarok, ecosport, tracker, cruze, panda, punto evo, cinquecento, dos caballos, 2cv, seiscientos`
)
