package recall

// spanish has the meanings of Spanish words in questions.
const spanish = `
	where: dónde, en dónde
	where from: de dónde
	where to: a dónde, adónde
	who for: para quién
	i moved: mudé, mudamos, he mudado
	moved: mudado
	what: qué, cuál, cuáles, a qué, en qué
	who: quién, quiénes, a quién, con quién
	when: cuándo
	how old i: cuántos años tengo, qué edad tengo
	how old: cuántos años tiene, qué edad tiene
	what called: cómo se llama, cómo se llaman
	what did called: cómo se llamaba, cómo se llamaban
	what name i: cómo me llamo
	what did name i: cómo me llamaba
	how: cómo
	how many: cuántos, cuántas
	since: desde
	like me: me gusta, me gustan, me encanta, me encantan
	like: le gusta, le gustan, le encanta, gusta, gustan
	called: llama, llaman, llamado, llamada
	did called: llamaba, llamaban
	name: nombre
	i: yo, nosotros, nosotras
	me: me, a mí, nos
	my: mi, mis, mío, mía, mías, míos, nuestro, nuestra, nuestros, nuestras
	i am: soy, estoy, somos, estamos
	is: es, está
	are: son, están
	?i was: era, estaba
	i was: fui, estuve
	was: fue, estuvo, eran, estaban
	i have: tengo, he, tenemos, hemos
	have: tiene, tienen, ha, han, hay
	?i had: tenía, había
	i had: tuve
	had: tuvo, tenían, tenías
	i live: vivo, vivimos, resido
	live: vive, viven, reside
	?i did live: vivía, residía
	i did live: viví
	did live: vivió, vivido, vivían
	living: viviendo, vivir
	i work: trabajo, trabajamos, curro
	work: trabaja, trabajan, curra, currando
	working: trabajando, trabajar
	?i did work: trabajaba, curraba
	i did work: trabajé
	did work: trabajó, trabajado, trabajaban
	what job i: a qué me dedico, en qué trabajo, de qué trabajo
	my job: mi trabajo, mi puesto
	my previous job: mi trabajo anterior, mi anterior trabajo, mi antiguo trabajo
	job: profesión, oficio, empleo, puesto
	company: empresa, compañía, taller, tienda, hospital, escuela, colegio, oficina, restaurante
	city: ciudad, pueblo, barrio
	country: país
	i born: nací
	born: nació, nacido, nacida
	birthday: cumpleaños, cumple, fecha de nacimiento
	birthday i: cumplo años
	birthday: cumple años
	language: idioma, lengua
	languages: idiomas, lenguas
	i speak: hablo
	speak: habla, hablan
	allergic: alérgico, alérgica
	allergy: alergia, alergias
	not tolerate i: no tolero, no puedo comer
	married: casado, casada
	engaged: prometido, prometida, comprometido, comprometida
	i dating: salgo
	dating: sale, saliendo
	pet: mascota
	pets: mascotas
	car: coche, carro, auto
	i drive: conduzco, manejo
	drive: conduce, maneja
	?i did drive: conducía, manejaba
	i study: estudio
	study: estudia, estudian
	studying: estudiando
	?i did study: estudiaba
	i did study: estudié
	did study: estudió, estudiado
	university: universidad, uni
	subject: carrera
	sport: deporte
	sports: deportes
	i do: hago, practico
	?do: hace, practica, practicando, haciendo, dedica
	?i did ?did: hacía, practicaba
	hobby: afición, hobby, pasatiempo
	hobbies: aficiones, hobbies, pasatiempos
	phone: teléfono, móvil, celular, número, número de teléfono, número de móvil, número de celular
	landline: teléfono fijo, número fijo, fijo
	email: correo, correo electrónico, email, e-mail, mail, dirección de correo
	work email: correo del trabajo, correo de trabajo, mail del trabajo, email del trabajo
	address: dirección, domicilio
	surname: apellido, apellidos
	nickname: apodo, mote
	diet: dieta
	vegetarian: vegetariano, vegetariana
	vegan: vegano, vegana
	favourite colour: color favorito, color preferido
	favourite food: comida favorita, comida preferida, plato favorito
	favourite movie: película favorita, película preferida, peli favorita
	favourite book: libro favorito, libro preferido
	favourite band: grupo favorito, banda favorita
	favourite song: canción favorita, canción preferida
	favourite animal: animal favorito, animal preferido
	favourite drink: bebida favorita, bebida preferida
	favourite team: equipo favorito
	favourite season: estación favorita
	favourite city: ciudad favorita
	sister: hermana
	sisters: hermanas
	brother: hermano
	brothers: hermanos
	mother: madre, mamá
	father: padre, papá
	daughter: hija
	daughters: hijas
	son: hijo
	children: hijos, niños
	wife: mujer, esposa
	husband: marido, esposo
	girlfriend: novia
	boyfriend: novio
	partner: pareja
	grandmother: abuela
	grandfather: abuelo
	aunt: tía
	uncle: tío
	cousin: primo, prima
	niece: sobrina
	nephew: sobrino
	grandson: nieto
	granddaughter: nieta
	boss: jefe, jefa
	colleague: compañero, compañera, colega
	neighbour: vecino, vecina
	friend: amigo, amiga
	roommate: compañero de piso, compañera de piso
	landlord: casero, casera
	doctor: médico, médica, doctor, doctora
	dog: perro, perra, perrito, perrita, cachorro, cachorra
	hamster: hámster
	rabbit: conejo, coneja
	rabbits: conejos
	bird: pájaro, loro, periquito, canario
	birds: pájaros, loros, periquitos
	horse: caballo, yegua
	horses: caballos
	turtle: tortuga
	turtles: tortugas
	siblings: hermanos y hermanas
	dogs: perros
	cat: gato, gata
	cats: gatos
	now: ahora, actualmente, hoy, ya, actual, nuevo, nueva, ahora mismo, hoy en día, en este momento, de momento
	still: todavía, aún, sigue
	i still: sigo
	before: antes, anteriormente, antes de
	previous: anterior, antiguo, antigua
	last: último, última
	should: debes, deberías, debería, debe, deben, tienes que, hay que
	please: por favor, exactamente
	of: de, del
	in: en
	i play: juego, toco
	play: juega, toca
	free time: tiempo libre
	anything: algo
	day: día
	with: con
	: el, la, los, las, un, una, lo, al, a, para, por, se, y, mediados, principios, finales
	you know: sabes
	tell: dime, dígame, recuérdame
	you: tú, te, ti
	january: enero
	february: febrero
	march: marzo
	april: abril
	may: mayo
	june: junio
	july: julio
	august: agosto
	september: septiembre, setiembre
	october: octubre
	november: noviembre
	december: diciembre
	spring: primavera
	summer: verano
	autumn: otoño
	winter: invierno
	year: año, años
	+live: mudé, mudado, mudanza, mudo, mudamos, mudarme, muda, mudó, instalado, instalada
	+work: dejé, dejado, empecé, empezado, despidieron, despedido, renuncié, contrataron
	+married: divorciado, divorciada, divorcio, separado, separada, separamos, casé, casamos
	+engaged: separamos, casé
	+husband: divorcio, divorciada, separamos, separada
	+wife: divorcio, divorciado, separamos, separado
	+study: dejé, carrera, cambié, cambiado
	+car: vendí, vendido, compré, comprado
	+drive: vendí, vendido, compré, comprado
	+phone: número, teléfono, móvil, celular
	+email: correo, mail, email, e-mail
	+address: dirección, mudé, mudado, mudanza
	+correction: corrección, corrijo, equivoqué, equivocado, confundí
`
