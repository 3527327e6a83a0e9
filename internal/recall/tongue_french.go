package recall

// french has the meanings of French words in questions. Elisions and inversions are written as two words: "j' habite".
const french = `
	where: où, chez qui
	where from: d' où
	what: quel, quelle, quels, quelles, que, qu', quoi, à quoi, en quoi, de quoi, comment
	what do: qu' est ce que, qu' est ce qu'
	what is: c' est quoi, quel est, quelle est
	who: qui, avec qui, à qui
	who is: c' est qui
	who for: pour qui
	moved: déménagé
	do: est ce que, est ce qu'
	when: quand
	how many: combien de, combien d'
	since: depuis
	like: aime, aiment, adore
	hate: déteste
	how old: quel âge
	name me: m' appelle
	did name me: m' appelais
	called: s' appelle, s' appellent, appelle, nomme
	did called: s' appelait, s' appelaient
	name: nom, prénom
	i: je, j', on, nous
	me: me, m', moi
	my: mon, ma, mes, notre, nos
	am: suis
	is: est
	are: sont
	was: étais, était, été, étaient, fut
	have: ai, a, ont, avons
	had: avais, avait, eu
	live: habite, habitent, vis, vit, vivent, réside, loge
	did live: habitais, habitait, habité, vivais, vivait, vécu, résidais, habitaient
	living: habiter, vivre
	work: travaille, travaillent, bosse
	did work: travaillais, travaillait, travaillé, bossais, bossé, bossait
	working: travailler, bosser
	what job: que fais dans la vie, quoi dans la vie
	job: métier, profession, boulot, travail, emploi, job, dans la vie
	role: poste, fonction
	company: entreprise, boîte, société, hôpital, école, magasin, restaurant, bureau, librairie
	employer: employeur
	as what: comme quoi
	: comme
	city: ville, village, quartier
	country: pays
	from: viens, vient, originaire
	born: né, née
	birthday: anniversaire, anniv, date de naissance
	language: langue, langue maternelle
	languages: langues
	speak: parle, parlent
	allergic: allergique
	allergy: allergie, allergies
	not tolerate: ne supporte pas, ne tolère pas
	married: marié, mariée
	engaged: fiancé, fiancée
	dating: sors, sort, couple
	pet: animal, animal de compagnie
	pets: animaux, animaux de compagnie
	car: voiture, bagnole
	drive: conduis, conduit, roule
	did drive: conduisais, conduisait, roulais
	study: étudie, étudient, études
	did study: étudiais, étudiait, étudié
	university: université, fac
	subject: matière, formation, cursus
	study: suis des études, fais comme études
	sport: sport
	sports: sports
	do: fais
	?do: fait, pratique
	did ?did: faisais, faisait, pratiquais
	hobby: loisir, passe-temps, hobby
	hobbies: loisirs, hobbies
	phone: téléphone, portable, numéro, numéro de téléphone, numéro de portable
	landline: fixe, numéro fixe, numéro de fixe, téléphone fixe
	email: mail, e-mail, email, courriel, adresse mail, adresse e-mail, adresse email, adresse électronique
	work email: mail professionnel, mail pro, adresse mail professionnelle, adresse mail pro, adresse pro
	address: adresse
	surname: nom de famille
	nickname: surnom
	diet: régime, régime alimentaire
	vegetarian: végétarien, végétarienne
	vegan: végane, vegan, végétalien, végétalienne
	favourite colour: couleur préférée, couleur favorite
	favourite food: plat préféré, nourriture préférée
	favourite movie: film préféré, film favori
	favourite book: livre préféré, livre favori
	favourite band: groupe préféré
	favourite song: chanson préférée
	favourite animal: animal préféré
	favourite drink: boisson préférée
	favourite team: équipe préférée
	favourite season: saison préférée
	favourite city: ville préférée
	sister: sœur, soeur
	sisters: sœurs, soeurs
	brother: frère
	brothers: frères
	mother: mère, maman
	father: père, papa
	daughter: fille
	daughters: filles
	son: fils
	child: enfant
	children: enfants
	wife: femme, épouse
	husband: mari, époux
	girlfriend: copine
	boyfriend: copain
	partner: compagnon, compagne, conjoint, conjointe
	grandmother: grand-mère, mamie
	grandfather: grand-père, papi
	aunt: tante
	uncle: oncle
	cousin: cousin, cousine
	niece: nièce
	nephew: neveu
	grandson: petit-fils
	granddaughter: petite-fille
	boss: chef, cheffe, patron, patronne, responsable
	colleague: collègue
	neighbour: voisin, voisine
	friend: ami, amie
	roommate: coloc, colocataire
	landlord: propriétaire
	doctor: médecin, docteur, docteure
	dog: chien, chienne, chiot
	hamster: hamster
	rabbit: lapin, lapine
	rabbits: lapins
	bird: oiseau, perroquet, perruche, canari
	birds: oiseaux, perroquets, perruches
	horse: cheval, jument
	horses: chevaux
	turtle: tortue
	turtles: tortues
	dogs: chiens
	cat: chat, chatte, chaton
	cats: chats
	now: maintenant, actuellement, aujourd'hui, actuel, actuelle, nouveau, nouvelle, nouvel, en ce moment, à présent, désormais
	still: encore, toujours
	before: avant, auparavant, autrefois
	previous: ancien, ancienne, précédent, précédente
	last: dernier, dernière
	should: dois, doit, doivent, devrais, devrait, faut
	please: s' il te plaît, s' il vous plaît, stp, donc, exactement
	of: de, d', du, des
	at: chez
	play: joue, jouent
	free time: temps libre
	anything: quelque chose
	day: jour
	in: à, en, au, aux, dans
	with: avec
	: le, la, l', les, un, une, pour, t, y, c', ce, et, mi, début, fin
	you know: tu sais, sais tu
	tell: dis moi, rappelle moi
	remember: te souviens, souviens tu, te rappelles
	?he: il, elle, t-il, t-elle
	you: tu, te, t', toi
	january: janvier
	february: février
	march: mars
	april: avril
	may: mai
	june: juin
	july: juillet
	august: août
	september: septembre
	october: octobre
	november: novembre
	december: décembre
	spring: printemps
	summer: cet été, l' été, en été
	autumn: automne
	winter: hiver
	year: an, année, ans
	+live: déménagé, déménage, déménagement, emménagé, installé, installée, installés
	+work: démissionné, démission, quitté, quitte, commencé, licencié, licenciée, embauché, embauchée
	+married: divorcé, divorcée, divorce, séparé, séparée, séparés
	+engaged: séparés, rompu
	+husband: divorce, divorcée, séparée, séparés
	+wife: divorce, divorcé, séparé, séparés
	+study: arrêté, formation, réorientation
	+car: vendu, vendue, acheté, achetée
	+drive: vendu, vendue, acheté, achetée
	+phone: numéro, téléphone, portable
	+email: mail, e-mail, email, courriel
	+address: adresse, déménagé, déménagement
	+correction: rectif, rectification, trompé, trompée, confondu, erreur
`
