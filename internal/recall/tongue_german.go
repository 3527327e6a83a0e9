package recall

// german has the meanings of German words in questions.
const german = `
	where: wo
	where to: wohin
	who for: bei wem, für wen
	moved: gezogen, hingezogen, umgezogen
	where from: woher
	: her
	what: was, welche, welcher, welches, welchen, welchem, womit, wogegen, worauf, gegen was, auf was
	who: wer, wen, wem, wessen
	when: wann, an welchem tag
	how old: wie alt
	how: wie
	how many: wie viele, wieviele, wie viel
	since: seit
	like: mag, mögen, gern, gerne
	hate: hasse, hasst
	what called: wie heißt, wie heissen, wie heißen, wie hiess, wie hießen, wie nennt, wie nennen
	what name: wie heiße, wie heiss
	what did name i: wie hieß ich
	what is: wie ist, wie lautet, wie sind, wie lauten
	what was: wie war, wie lautete, wie waren
	called: heißt, heißen, genannt, namens
	name: name, namen, heiße
	did: hieß, hießen
	i: ich, wir
	me: mir, mich, uns
	my: mein, meine, meinen, meinem, meiner, meines, unser, unsere, unserem, unserer, unseren
	am: bin
	is: ist
	are: sind
	was: war, waren
	have: habe, hab, hat, haben
	had: hatte, hatten, hattest, gehabt
	live: wohne, wohn, wohnt, wohnen, lebe, leb, lebt, leben, wohnhaft, zuhause, zu hause, daheim
	did live: wohnte, wohnten, gewohnt, lebte, lebten, gelebt
	work: arbeite, arbeit, arbeitet, arbeiten, jobbe, jobbt, angestellt, beschäftigt, tätig
	did work: arbeitete, arbeiteten, gearbeitet, gejobbt, jobbte
	job: beruf, job, beruflich, meine arbeit, meine tätigkeit
	role: rolle, position, stelle, jobtitel
	company: firma, unternehmen, betrieb, kita, klinik, praxis, schule, laden, büro, krankenhaus, restaurant
	employer: arbeitgeber
	as: als
	city: stadt, ort, wohnort, dorf, stadtteil
	country: land
	from: stamme, stammt, komme her, komm her, kommt her, komme, komm, kommt
	born: geboren, geborn
	birthday: geburtstag, geburtsdatum
	age: alter
	language: sprache, muttersprache
	languages: sprachen
	speak: spreche, sprech, spricht, sprechen
	allergic: allergisch
	allergy: allergie, allergien
	not tolerate: vertrage nicht, verträgt nicht, vertrage ich nicht, vertrag ich nicht
	married: verheiratet
	engaged: verlobt
	dating: liiert
	with: zusammen
	pet: haustier
	pets: haustiere
	car: auto, wagen, fahrzeug
	drive: fahre, fahr, fährt, fahren
	did drive: fuhr, fuhren, gefahren
	study: studiere, studier, studiert, studieren
	did study: studierte, studierten
	university: uni, universität, hochschule
	sport: sport, sportart, sportarten
	do: mache, mach
	?do: macht, treibe, treib, treibt
	did ?did: machte, gemacht, getrieben, trieb
	hobby: hobby
	hobbies: hobbys, hobbies
	phone: telefon, telefonnummer, handynummer, handy, mobilnummer, nummer
	landline: festnetz, festnetznummer
	email: mail, mailadresse, e-mail, e-mail-adresse, email, emailadresse, mail-adresse
	work email: dienstliche mail, dienstliche mailadresse, dienstliche e-mail, dienstliche e-mail-adresse, arbeitsmail
	address: adresse, anschrift
	surname: nachname, nachnamen, familienname
	nickname: spitzname, spitznamen
	diet: ernährung, ernährungsweise
	vegetarian: vegetarier, vegetarierin, vegetarisch
	vegan: vegan, veganer, veganerin
	favourite colour: lieblingsfarbe
	favourite food: lieblingsessen, lieblingsgericht
	favourite movie: lieblingsfilm
	favourite book: lieblingsbuch
	favourite band: lieblingsband
	favourite song: lieblingslied, lieblingssong
	favourite animal: lieblingstier
	favourite drink: lieblingsgetränk
	favourite team: lieblingsverein, lieblingsmannschaft
	favourite season: lieblingsjahreszeit
	favourite city: lieblingsstadt
	sister: schwester
	sisters: schwestern
	brother: bruder
	brothers: brüder
	mother: mutter, mama
	father: vater, papa
	daughter: tochter
	daughters: töchter
	son: sohn
	sons: söhne
	child: kind
	children: kinder, kids
	wife: frau, ehefrau
	husband: mann, ehemann
	girlfriend: freundin
	boyfriend: freund
	partner: partner, partnerin, lebensgefährte, lebensgefährtin
	fiancé: verlobter, verlobte, verlobten
	grandmother: oma, großmutter
	grandfather: opa, großvater
	aunt: tante
	uncle: onkel
	cousin: cousin, cousine, kusine
	niece: nichte
	nephew: neffe, neffen
	grandson: enkel
	granddaughter: enkelin
	boss: chef, chefin, vorgesetzter, vorgesetzte
	siblings: geschwister
	colleague: kollege, kollegin, kollegen
	neighbour: nachbar, nachbarin, nachbarn
	roommate: mitbewohner, mitbewohnerin
	landlord: vermieter, vermieterin
	doctor: hausarzt, hausärztin, arzt, ärztin
	dog: hund, hündin, dackel, pudel, welpe
	hamster: hamster
	rabbit: hase
	rabbits: kaninchen, hasen
	bird: vogel, wellensittich, papagei, kanarienvogel
	birds: vögel, wellensittiche, papageien
	horse: pferd
	horses: pferde
	turtle: schildkröte
	turtles: schildkröten
	dogs: hunde
	cat: katze, kater, kätzchen
	cats: katzen
	now: jetzt, momentan, aktuell, aktuelle, aktueller, aktuelles, zurzeit, derzeit, gerade, grad, heute, inzwischen, mittlerweile, neue, neuer, neues, neuen
	still: noch, immer noch, weiterhin
	before: früher, vorher, davor, zuvor, damals, vor
	previous: frühere, früherer, früheres, ehemalige, ehemaliger, alte, alter, altes, alten, vorherige, vorheriger
	last: zuletzt, letzte, letzter
	should: soll, sollst, sollte, solltest, sollen, sollt
	please: bitte, denn, eigentlich, mal, doch, nochmal, überhaupt, genau
	of: von, vom
	in: in, im
	at: bei, beim
	play: spiele, spiel, spielt, spielen
	free time: freizeit
	anything: etwas, irgendetwas, irgendwas
	day: tag
	with: mit
	on: auf, an, am
	to: nach
	: der, die, das, den, dem, des, ein, eine, einen, einem, einer, zu, zur, zum, für, gegen, aus, es, und, mitte, anfang, ende
	you know: weißt du, du weißt
	tell: sag mir, sag mal, nenn mir, sag
	you: du, dir, dich, euch
	january: januar, jänner
	february: februar
	march: märz
	may: mai
	june: juni
	july: juli
	october: oktober
	december: dezember
	spring: frühling, frühjahr
	summer: sommer
	autumn: herbst
	year: jahr, jahre
	+live: ziehe, ziehen, zieht, zog, gezogen, umgezogen, umzug, eingezogen, ausgezogen, weggezogen
	+work: gekündigt, kündige, kündigung, angefangen, gewechselt, entlassen, stelle, job, arbeitstag, firma
	+married: geschieden, scheidung, getrennt, geheiratet
	+engaged: geheiratet, getrennt, entlobt
	+husband: geschieden, scheidung, getrennt
	+wife: geschieden, scheidung, getrennt
	+study: studium, abgebrochen, gewechselt, ausbildung
	+car: verkauft, gekauft
	+drive: verkauft, gekauft
	+job: befördert, gekündigt, umschulung
	+phone: nummer, telefonnummer, handynummer, mobilnummer
	+email: mail, mailadresse, e-mail, e-mail-adresse, email
	+address: adresse, anschrift, umgezogen, umzug
	+correction: korrektur, quatsch, vertippt, verwechselt, irrtum, zahlendreher, versehentlich
`
