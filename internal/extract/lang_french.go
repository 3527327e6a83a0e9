package extract

// french is French as data.
var french = tongueData{
	name:    "fr",
	elides:  true,
	regular: frenchVerb,
	verbs: `
		apprécier bouffer grailler habiter travailler bosser quitter déménager emménager installer démissionner divorcer épouser marier fiancer séparer étudier parler aimer adorer détester
		jouer pratiquer arrêter passer commencer intégrer résider nommer adopter fonder présenter démarrer licencier embaucher manger rouler loger changer
		nommer embaucher pacser chercher tomber rester gagner fêter raffoler supporter maîtriser débrouiller prénommer
		crécher taffer turbiner trimer débuter enseigner exercer diriger gérer signer décrocher racheter créer cofonder émarger kiffer vénérer exécrer
		craquer collectionner chanter danser larguer fréquenter terminer achever cumuler pointer blairer tolérer valider baragouiner opérer officier animer
		acheter louer recruter
		s'appeler: appelle; appelle; appelons; appellent; appelais; appelait; ; appelé,appelée; ; appeler
		appeler: ; ; ; m' appellent,me surnomment,m' appelle tout
		être: suis; est; sommes; sont; étais; était; étions; été; ; être
		avoir: ai; a; avons; ont; avais; avait; avions; eu; ; avoir
		vivre: vis; vit; vivons; vivent; vivais; vivait; vivions; vécu; ; vivre
		venir: viens; vient; venons; viennent; venais; venait; ; venu,venue,venus; ; venir
		naître: ; ; ; ; ; naquit; ; né,née,nés; ; naître
		grandir: grandis; grandit; grandissons; ; ; ; ; grandi; ; grandir
		partir: pars; part; partons; partent; partais; partait; ; parti,partie,partis; ; partir
		faire: fais; fait; faisons; font; faisais; faisait; ; fait; ; faire
		rejoindre: rejoins; rejoint; rejoignons; ; ; ; ; rejoint
		laisser: ; ; ; ; ; ; ; laissé tomber
		atteindre: ; ; ; ; ; ; ; atteint,atteinte
		obtenir: ; ; ; ; ; ; ; obtenu
		plaquer: ; ; ; ; ; ; ; plaqué,plaquée
		poser: ; ; ; ; ; ; ; posé,posée,posés,posées
		fixer: ; ; ; ; ; ; ; fixé,fixée,fixés
		entrer: ; ; ; ; ; ; ; entré,entrée,entrés
		monter: ; ; ; ; ; ; ; monté,montée
		lancer: ; ; ; ; ; ; ; lancé,lancée
		vendre: vends; vend; vendons; vendent; vendais; ; ; vendu,vendue
		perdre: perds; perd; perdons; ; perdais; perdait; ; perdu,perdue
		revenir: reviens; revient; revenons; reviennent; revenais; ; ; revenu,revenue,revenus
		finir: finis; finit; finissons; finissent; finissais; ; ; fini,finie,finis
		courir: cours; court; courons; courent; courais; ; ; couru
		comprendre: comprends; comprend; comprenons; comprennent
		établir: ; ; ; ; ; ; ; établi,établie,établis,établies
		écrire: écris; écrit; écrivons; ; écrivais; ; ; écrit
		dire: ; dit; ; disent; disais; disait; ; dit
		mourir: ; meurt; ; ; ; ; ; mort,morte
		sentir: ; ; ; ; ; ; ; senti
		élever: ; ; ; ; ; ; ; élevé,élevée,élevés
		sortir: sors; sort; sortons; sortent; sortais; ; ; sorti
		enseigner: enseigne; enseigne
		rompre: romps; rompt; ; ; ; ; ; rompu
		diagnostiquer: ; ; ; ; ; ; ; diagnostiqué,détecté,découvert
		préférer: préfère; préfère; préférons; préfèrent; préférais; préférait; ; préféré
		haïr: hais; hait
		souffrir: souffre; souffre; souffrons; ; souffrais; souffrait; ; souffert; ; souffrir
		devenir: deviens; devient; ; ; ; ; ; devenu,devenue,redevenu,redevenue; ; devenir
		nommer: ; ; ; ; ; ; ; nommé,nommée,bombardé,bombardée
		promouvoir: ; ; ; ; ; ; ; promu,promue; ; promouvoir
		virer: ; ; ; ; ; ; ; viré,virée,licencié,licenciée,remercié,remerciée,fait virer,fait licencier; ;
		embaucher: ; ; ; ; ; ; ; embauché,embauchée,engagé,engagée,recruté,recrutée; ;
		conduire: conduis; conduit; conduisons; ; conduisais; conduisait; ; conduit; ; conduire
		apprendre: apprends; apprend; apprenons; ; ; ; ; appris; ; apprendre
		suivre: ; ; ; ; ; ; ; suivi; ; suivre
		nicher: niche
		savoir: sais; sait; savons; savent; savais; savait
		vouloir: veux; veut; voulons; veulent; voulais; voulait; voulions; voulu; ; vouloir
		pouvoir: peux; peut; pouvons; peuvent; pouvais; pouvait; ; pu; ; pouvoir
		aller: vais; va; allons; vont; allais; allait; allions; allé,allée,allés; ; aller
		devoir: dois; doit; devons; doivent; devais; devait; ; dû; ; devoir
		lire: lis; lit; lisons; ; lisais; lisait; ; lu; ; lire
		mettre: mets; met; mettons; ; mettais; mettait; ; mis; ; mettre
		connaître: connais; connaît; connaissons`,
	reflexiveVerbs: "s'appeler",
	forms: `
		s'appeler: {name} => name
		être: ^ {given} => name
		appeler: {nick} => nickname
		habiter vivre résider loger crécher: @IN {place} => lives_in
		habiter: ^ {place} => lives_in
		être: !installé|installée|installés|installées|domicilié|domiciliée|domiciliés|basé|basée|basés|établi|établie|établis|implanté|implantée @IN {place} => lives_in
		quitter: {-place} pour {place} => lives_in event
		déménager passer: de {-place} à|en|au|vers|pour {place} => lives_in event
		déménager emménager: à|en|au|aux|vers|sur|dans {place} => lives_in event
		installer: @IN {place} => lives_in event
		poser établir fixer: ^ @IN {place} => lives_in event reflexive
		revenir: ^ vivre|habiter|m' @IN {place} => lives_in event
		partir: ^ vivre|habiter|installer à|en|au|aux {place} => lives_in event
		venir: ^ vivre|habiter à|en {place} => lives_in event
		quitter: ^ {place} $ => lives_in ending dated
		travailler bosser taffer turbiner trimer enseigner exercer officier émarger: chez|pour {org} => works_at
		travailler bosser taffer turbiner trimer enseigner exercer officier pointer: à|au|aux|dans ART? {orgnoun} => works_at
		être: !embauché|embauchée|salarié|salariée|employé|employée|fonctionnaire|titulaire à|au|aux|de|dans ART? {orgnoun} => works_at
		être: ^ à|au|aux ART? {orgnoun} => works_at work
		être: ^ à|au|aux ART? {orgnoun} => works_at since
		entrer débuter: chez|à {org} => works_at event dated
		être: !employé|employée|salarié|salariée|embauché|embauchée chez|à|au|par {org} => works_at
		être: ^ chez {org} => works_at work
		être: ^ chez {org} => works_at since
		travailler bosser taffer exercer turbiner officier: comme {role} => role
		travailler bosser taffer exercer turbiner: en tant que {role} => role
		exercer faire: ^ ART? métier de|d' {role} => role
		commencer démarrer débuter: ^ mon|un|une|le? nouveau? poste|cdi|cdd|contrat|boulot|taf|job? chez|à|au {org} => works_at event
		signer décrocher obtenir: ^ mon|un|une|le cdi|cdd|contrat|poste|job|boulot|taf|embauche chez|à|au {org} => works_at event
		avoir: ^ un|mon poste|cdi|cdd|contrat|job|boulot|taf chez|à|au {org} => works_at
		commencer démarrer: comme {role} => role event
		intégrer rejoindre: ^ {org} => works_at event
		intégrer rejoindre: ^ ART équipe|équipes|rangs|groupe|société|startup|start-up|maison|rédaction|effectifs|labo de|d'|du|chez {org} => works_at event
		embaucher: chez|par|à {org} => works_at event
		embaucher: {org} => works_at event
		passer: de|d' {-org} à|chez {org} => works_at event
		passer: ^ chez {org} => works_at event
		quitter: ^ {-org} pour {org} => works_at event
		quitter: ^ {org} $ => works_at ending dated
		quitter: ^ mon|le poste|travail|boulot|job|emploi chez|à|de|pour {org} => works_at ending
		quitter: ^ mon|le poste|travail|boulot|job|emploi de? {role}? chez|à|de|pour {org} => works_at ending
		démissionner: de|d'? chez? {org} => works_at ending
		arrêter: ^ de travailler|bosser chez|pour {org} => works_at ending
		virer licencier: de|d'|par|chez {org} => works_at ending
		partir: ^ de chez {org} => works_at ending
		nommer promouvoir devenir passer: ^ {role} => role event
		être: ^ {role} de métier|profession|formation? => role
		être: ^ {role} => role
		venir: ^ !originairement|originellement de|d'|du|des {place} => from
		venir: ^ de|d'|du|des {place} $ => from origin
		être: ^ !originaire|natif|native de|d'|du|des {place} => from
		être: ^ de|d'|du {place} $ => from
		être: ^ {demonym} => nationality
		naître: à|en|au|aux {place} => born_in bygone
		naître: {day} => birthday bygone
		élever: @IN {place} => grew_up_in bygone
		naître: {year} => birth_year bygone
		grandir: à|en|au|aux|dans {place} => grew_up_in bygone
		passer: ^ mon|toute enfance à|en {place} => grew_up_in bygone
		avoir: ^ tout|toute|déjà|maintenant|seulement? {age} ans|piges|balais|berges|printemps => age
		être: ^ âgé|âgée|vieux|vieille de {age} ans => age
		être: !marié|mariée|mariés avec|à {person} => spouse
		être: ^ uni|unie à|avec {mate} => spouse
		épouser: ^ {person} => spouse event
		marier: avec|à {person} => spouse event reflexive
		être: !pacsé|pacsée avec {person} => partner
		être: !fiancé|fiancée avec|à {person} => engaged_to
		fiancer: avec|à {person} => engaged_to event reflexive
		être: !couple avec {person} => partner
		devenir: ^ {status} => marital_status event
		être: ^ @IN {place} => lives_in settled
		rester: ^ {diet} => diet
		rester: ^ {condition} => has_condition
		être: ^ {status} $ => marital_status
		divorcer: de|d'|avec {person} => spouse ending
		divorcer: => spouse ending
		séparer: de|d'|avec {person} => partner ending reflexive
		séparer: => partner ending reflexive
		larguer plaquer: ^ {mate} => partner ending
		quitter: ^ {mate} $ => partner ending
		fréquenter: ^ {mate} => partner
		être: !allergique|allergiques à|au|aux|:? {allergen} => allergic_to
		être: !allergique|allergiques à tout ce qui est? {allergen} => allergic_to
		avoir faire: ^ ART? grosse|grave|forte|sévère? allergie|allergies sévère|grave|mortelle? à|au|aux {allergen} => allergic_to
		rompre: avec {person} => partner ending
		prénommer: {name} => name reflexive
		gagner: ma vie comme {role} => role
		travailler bosser taffer exercer: en tant qu' {role} => role
		fêter: !anniversaire {day} => birthday bygone
		sortir: ^ avec {person} $ => partner
		être: ^ avec {person} => partner since
		être: !mariés|mariées {companion} => spouse
		marier: {companion} => spouse event reflexive
		être: !couple|ensemble {companion} => partner
		quitter: ^ mon|ma copain|copine|mec|compagnon|compagne|conjoint $ => partner ending
		devenir: ^ {diet} => diet event
		être: !fan|fana|fada|fanatique|gaga|toqué|toquée|fondu|fondue|fou|folle|accro|amateur|amatrice|dingue|adepte|passionné|passionnée|passionnés|mordu|mordue|friand|friande|féru|férue de|d'|du|des|à|au {thing} => likes not=dislikes
		raffoler: de|d'|du|des {thing} => likes not=dislikes
		craquer: pour|devant {thing} => likes
		supporter blairer tolérer: ^ {thing} => - not=dislikes
		laisser: ^ {sport} => hobby ending
		maîtriser: {language} => speaks
		débrouiller: en {language} => speaks
		être: !diplômé|diplômée|étudiant|étudiante|sorti|sortie|inscrit|inscrite de|d'|à|en {school} => studied_at
		faire obtenir passer: !licence|master|diplôme|doctorat|thèse|bac|bachelor|prépa|bts|dut|but|mba|fac|études|cursus|école à|de|d'|au {school} => studied_at bygone
		faire intégrer: ^ {school} => studied_at bygone past
		sortir: ^ de|d' {school} => studied_at bygone
		faire: ^ {discipline} => major bygone
		faire: ^ des|mes|de études|école de|d'|en {discipline} => major bygone
		obtenir décrocher valider: ^ un|une|mon|ma {degree} => degree bygone
		avoir: ^ un|une|mon|ma {degree} $ => degree bygone
		vendre: ^ ma|mon|notre|la {model} => car ending
		conduire avoir acheter: ^ un|une vieille|vieux|petite|nouvelle|vieil? {model} => car
		atteindre: de|d'|du {disease} => has_condition event
		diagnostiquer: {disease} => has_condition event
		être: ^ {condition} => has_condition
		être: ^ {diet} => diet
		manger bouffer grailler: ^ {diet} => diet
		avoir: ^ de|du|des|d'? l'|la|le|les|un|une? {disease} => has_condition
		souffrir: de|d'|du {disease} => has_condition
		faire: ^ de|du|d'? l'|la? {disease} => has_condition
		aimer apprécier: ^ {thing} => likes not=dislikes
		adorer kiffer vénérer: ^ {thing} => likes not=dislikes
		détester haïr exécrer: ^ {thing} => dislikes
		avoir: ^ horreur de|d'|du|des {thing} => dislikes
		préférer: ^ {thing} => prefers
		jouer: ^ au|du|de|aux|à|des la|l'? {sport} => hobby
		chanter danser jouer: ^ dans|avec un|une {sport} => hobby
		danser: ^ la|le|l' {sport} => hobby
		collectionner: ^ ART {thing} => hobby
		faire pratiquer apprendre: ^ du|de|le|la|l'|des la|l'? {sport} => hobby
		arrêter: ^ ART? {sport} => hobby ending
		arrêter: ^ de jouer|faire au|du|de la|l'? {sport} => hobby ending
		parler: {language} => speaks
		étudier: à|en|dans {school} => studied_at bygone
		étudier: ^ {subject} => major bygone
		être: ^ étudiant|étudiante en? {-subject}? à {school} => studied_at
		faire: ^ mes|des études à {school} => studied_at bygone
		faire: ^ mes|des études de|d'|en {-subject} à {school} => studied_at bygone
		rouler: ^ en {car} => car
		conduire: ^ ART {car} => car
		fonder créer cofonder: ^ {org} => founded event
		fonder créer cofonder monter lancer: ^ ma|mon|notre|une|un|la petite|propre? boîte|entreprise|société|startup|start-up|agence|studio|atelier|asso|association|marque|cabinet {org} => founded event
		fonder créer cofonder monter lancer: ^ {orgnoun} => founded event`,
	auxiliaries:   "avoir être venir",
	adjectival:    "marier fiancer pacser installer séparer divorcer établir poser fixer élever",
	impersonal:    "appeler embaucher virer promouvoir licencier diagnostiquer nommer",
	naming:        "s'appeler",
	me:            "je j' moi",
	we:            "nous on",
	they:          "il elle lui qui",
	reflexive:     "me m' se s' nous",
	mine:          "mon ma mes notre nos",
	articles:      "le la les l' un une des du",
	joins:         "et & ou",
	subordinate:   "que qu' qui où car parce puisque lorsque quand si dont pendant",
	adverbs:       "tous toutes plutôt carrément maintenant actuellement aujourd'hui aussi encore toujours déjà bien beaucoup vraiment très trop tellement ici là seulement désormais enfin récemment finalement ensemble y assez énormément surtout définitivement même principalement ne n' juste depuis-lors originairement franchement",
	prepositions:  "à au aux en de d' du des dans chez pour avec par sur sous sans depuis jusque jusqu' vers contre entre comme près pendant selon",
	resets:        "mais sauf",
	ending:        "puis histoire alors donc mon ma c' ce pas merci",
	deny:          "pas jamais",
	anyMore:       "plus",
	only:          "seulement que uniquement juste",
	doubts:        "on dirait que, on dirait qu', disons que, admettons, mettons que, d' après, à l' entendre, au cas où, il paraîtrait, soi disant, prétend, faire croire, dans une autre vie, quand je serai, le jour où, si seulement, si, peut-être, peut etre, sans doute, probablement, apparemment, soi-disant, il paraît, paraît que, paraît-il, parait il, on dit, on dit que, dit que, disent que, il dit, je crois, me croyais, je croyais, je pensais, pensait que, c' est pas que|qu', ce n' est pas que|qu', marqué|écrit que|qu', tu|vous dis|dites|crois|croyez|penses|pensez que|qu', ont|a mis|noté|inscrit que|qu', a écrit que|qu', ont écrit que|qu', pense|pensent|croit|croient que|qu', veut|veulent|voudrait|voudraient|demande|demandent|exige|exigent|faut|faudrait|aimerait|rêve|insiste|propose|suggère|souhaite que|qu' je|j', pour que je|j', avant que je|j', je dis toujours? que|qu', ~ dit le|la|l'|mon|ma|mes|un|une, ~ il|elle|on répétait|disait|criait|jurait|répète|crie|dit|hurlait|expliquait, ~ répétait|disait|criait|hurlait, mis allergique|végane|végan|cœliaque, dirais bien? que|qu', dit-il, dit-elle, disait-il, disait-elle, croirait que|qu', jurerait que|qu', quelqu'un a|dit|prétend|croit|pense, on m'a dit que, on raconte, les gens disent|croient|pensent, tout le monde dit|croit|pense que, le forum dit, écrit sur le forum, la rumeur, il se dit, dixit, le bruit court, je pense, j' espère, je suppose, j' imagine, imagine, imaginons, supposons, j' ai rêvé, dans mes rêves, en théorie, presque, comme si, à ce qu' il paraît, selon, un jour, bientôt, prochainement, rien n', à vérifier, serait, serais, habiterais, vivrais, aurais, travaillerais, ironie, tu parles, aurait, semble, rumeur",
	wishes:        "veux, voudrais, voudrait, voulais, voulait, aimerais, aimerions, aimerait, vais, va, allons, allais, pourrais, pourrait, devrais, dois, doit, peux, peut, pouvons, faudrait, faut, compte, envisage, prévois, envie de, rêve de, essaie, petit ~ je voulais, ai besoin, aurais besoin",
	frames:        frenchFrames,
	fictions:      "dans mon roman, dans le roman, dans mon livre, dans le livre, mon personnage, mon héros, mon héroïne, le protagoniste, ma protagoniste, imagine|imaginez|imaginons que|qu', mettons|admettons|supposons|suppose|supposez que|qu', disons que|qu' je|j'|on|ma|mon, faisons comme si, cas d'école, hypothétiquement, par hypothèse, admettons ~, supposons ~, fais comme si, fais semblant, jeu de rôle, il était une fois, écris une histoire, écris-moi une histoire, dans le film, dans le jeu, dans mon rêve, joue le rôle",
	jests:         "je plaisante, je rigole, c' était une blague, c' est une blague, c' était pour rire, je déconne, pour rigoler, je blague, c' est faux",
	asks:          "comment quand qui quel quelle quels quelles pourquoi combien est-ce où quoi",
	kin:           "sœur sister, frangine sister, frère brother, frangin brother, mère mother, maman mother, père father, papa father, fille daughter, fils son, enfant child, bébé child, femme spouse, épouse spouse, mari spouse, époux spouse, copain partner, copine partner, petit ami partner, petite amie partner, compagnon partner, compagne partner, conjoint partner, conjointe partner, chéri partner, chérie partner, mec partner, fiancé fiance, fiancée fiance, grand-mère grandmother, mamie grandmother, mémé grandmother, grand-père grandfather, papi grandfather, papy grandfather, pépé grandfather, tante aunt, tata aunt, oncle uncle, tonton uncle, cousin cousin, cousine cousin, nièce niece, neveu nephew, petit-fils grandson, petite-fille granddaughter, beau-frère brother_in_law, belle-sœur sister_in_law, belle-mère mother_in_law, beau-père father_in_law, gendre son_in_law, belle-fille daughter_in_law, demi-frère brother, demi-sœur sister, chef manager, cheffe manager, patron manager, patronne manager, boss manager, manager manager, manageuse manager, supérieur manager, supérieure manager, responsable manager, collègue colleague, voisin neighbour, voisine neighbour, colocataire roommate, coloc roommate, ami friend, amie friend, pote friend, propriétaire landlord, proprio landlord, psy therapist, chien pet, chienne pet, chat pet, chatte pet, chaton pet, chiot pet, hamster pet, lapin pet, lapine pet, perroquet pet, cheval pet, jument pet, tortue pet, canari pet, perruche pet, labrador pet, caniche pet, teckel pet, poney pet, poisson pet, furet pet" + frenchKin,
	kinMany:       "enfants child, filles daughter, fils son, jumeaux child, jumelles daughter, sœurs sister, frères brother, parents parent, chats pet, chiens pet, amis friend, gosses child, gamins child, collègues colleague, petits-enfants grandchild" + frenchKinMany,
	kinAdjectives: "deux trois petit petite grand grande cher chère nouveau nouvelle nouvel vieux vieille jeune aîné aînée cadet cadette seul unique meilleur meilleure propre gros grosse bébé tendre adorable brave fidèle pauvre sacré sacrée beau belle gentil gentille quatre cinq benjamin benjamine",
	breeds:        "aîné aînée cadet cadette jumeau jumelle directe direct noir noire siamois persan labrador allemand belge australien malinois picard retriever russell terrier breton français anglais nain bélier angora bengal européen roux rousse blanc blanche tigré tigrée gris grise tricolore coon terre-neuve traitant traitante adoré adorée chéri chérie bien-aimé",
	manyNamed:     "appellent sont",
	named:         "nommé nommée appelé appelée prénommé prénommée baptisé baptisée",
	titles:        "monsieur madame mademoiselle m mme mlle dr docteur docteure maître professeur",
	jobs: `infirmier infirmière médecin docteur docteure professeur professeure prof enseignant enseignante instituteur institutrice électricien électricienne plombier plombière menuisier menuisière charpentier
		maçon peintre mécanicien mécanicienne boulanger boulangère cuisinier cuisinière serveur serveuse pâtissier pâtissière boucher bouchère coiffeur coiffeuse barbier esthéticienne jardinier jardinière paysagiste
		agriculteur agricultrice éleveur éleveuse vigneron vigneronne maraîcher maraîchère avocat avocate juge notaire juriste comptable expert-comptable économiste secrétaire assistant assistante réceptionniste
		ingénieur ingénieure architecte programmeur programmeuse développeur développeuse informaticien informaticienne graphiste designer webdesigner analyste technicien technicienne journaliste écrivain écrivaine
		traducteur traductrice interprète éditeur éditrice rédacteur rédactrice bibliothécaire libraire photographe musicien musicienne chanteur chanteuse acteur actrice comédien comédienne danseur danseuse
		pianiste guitariste violoniste sculpteur sculptrice pilote steward hôtesse chauffeur chauffeuse conducteur conductrice routier livreur livreuse facteur factrice policier policière pompier pompière
		gendarme militaire soldat gardien gardienne vigile concierge nounou pharmacien pharmacienne dentiste vétérinaire kinésithérapeute kiné psychologue psychiatre chirurgien chirurgienne pédiatre
		sage-femme aide-soignant aide-soignante ambulancier ambulancière opticien opticienne orthophoniste nutritionniste diététicien diététicienne thérapeute ostéopathe vendeur vendeuse caissier caissière commercial
		commerciale entrepreneur entrepreneuse gérant gérante directeur directrice chef cheffe responsable consultant consultante étudiant étudiante stagiaire apprenti apprentie alternant alternante
		chercheur chercheuse scientifique biologiste chimiste physicien physicienne mathématicien mathématicienne historien historienne géologue retraité retraitée fonctionnaire entraîneur entraîneuse moniteur monitrice
		éducateur éducatrice animateur animatrice travailleur travailleuse pêcheur marin soudeur soudeuse ouvrier ouvrière couturier couturière cordonnier bijoutier bijoutière fleuriste agent agente guide
		téléconseiller téléconseillère sociologue anthropologue archéologue illustrateur illustratrice scénariste apiculteur apicultrice ébéniste carreleur couvreur doctorant doctorante freelance
		magasinier préparateur préparatrice brasseur sommelier sommelière fromager fromagère potier potière urbaniste météorologue astronaute actuaire auto-entrepreneur` + frenchJobs,
	broadJobs:       frenchRoleHeads,
	roleTails:       frenchRoleTails,
	plain:           "nord sud est ouest midi charlie bercy moi toi lui elle eux soi nous vous maison domicile télétravail équipe projet projets colocation coloc couple famille paix ville campagne banlieue province appartement studio centre bord mer montagne étranger danger retard vacances congé noir nuit jour semaine lundi mardi mercredi jeudi vendredi samedi dimanche rater linux windows mac excel python java vrai train forme colère boulot bureau résidence gauche droite côté tout tous rien mon ma mes quelqu'un personne cheval arrêt peine feu pied plein temps partiel",
	empty:           "berk beurk bah pouah bof rage joie colère douleur inquiétude bonheur chagrin jalousie désir non oui merci tant bref voilà autant attendre partir rester voir c' film livre chanson plan texte photo robe cadeau quartier appart endroit version titre dessin résultat travail journée soirée semaine voyage fête dîner odeur goût style option temps nom principe proposition solution fin début ça ca cela ceci ce cette cet ces le la les te t' toi tu vous lui eux elle rien tout tous toutes quelque quelqu'un personne que qu' quand comment ton ta tes votre vos son sa ses leur idée idées réponse façon manière chose choses gens fait bien mieux plus moins trop pas être avoir faire aller savoir ici là moi mien beaucoup un_peu quoi il ils",
	owned:           "nom > name name, prénom > name name, nom complet > name name, prénom complet > name name, nom de famille > name name, surnom > nickname nick, numéro > phone phone, numéro de téléphone > phone phone, numéro de portable > phone phone, téléphone > phone phone, portable > phone phone, mobile > phone phone, tel > phone phone, mail > email email, e-mail > email email, email > email email, adresse mail > email email, adresse e-mail > email email, adresse email > email email, courriel > email email, adresse > address address, adresse postale > address address, ville natale > from place, lieu de naissance > born_in place, lieu de résidence > lives_in place, anniversaire > birthday day, date de naissance > birthday day, métier > role role, profession > role role, travail > role role, boulot > role role, employeur > works_at org, entreprise > works_at org, passe-temps > hobby thing, hobby > hobby thing, loisir > hobby thing, langue maternelle > native_language tongue, nationalité > nationality demonym, voiture > car car",
	newAdjectives:   "nouveau nouvelle nouvel actuel actuelle vrai véritable grand principal premier",
	favourite:       "préféré préférée préférés favori favorite",
	favouriteThings: "couleur colour, plat dish, repas food, nourriture food, aliment food, film movie, livre book, groupe band, chanson song, musique music, animal animal, sport sport, ville city, série series, boisson drink, fruit fruit, légume vegetable, auteur author, autrice author, écrivain author, chanteur singer, chanteuse singer, équipe team, jeu game, saison season, pays country, restaurant restaurant, resto restaurant, glace ice_cream, vin wine, bière beer, fleur flower, matière subject, acteur actor, actrice actress, chiffre number, nombre number, thé tea, dessert dessert, gâteau cake, peintre painter, artiste artist, podcast podcast, fromage cheese, endroit place",
	tongues:         "peul soninké sérère fon ewe mooré dioula haoussa tahitien picard patois yiddish romani guarani quechua lituanien letton estonien slovène slovaque macédonien géorgien mongol tibétain népalais bengali pendjabi télougou birman lao tagalog indonésien malais maori somali amharique tigrigna twi yoruba igbo zoulou xhosa shona comorien shimaoré sango kirundi kinyarwanda moldave alémanique romanche savoyard poitevin provençal gascon normand gallo tamazight chleui darija français anglais espagnol allemand italien portugais russe polonais turc arabe chinois mandarin japonais coréen néerlandais hollandais suédois norvégien danois finnois grec tchèque hongrois roumain bulgare croate serbe ukrainien hébreu hindi persan latin catalan basque breton occitan corse alsacien gallois irlandais islandais kabyle berbère wolof créole lingala swahili vietnamien thaï khmer esperanto flamand luxembourgeois lsf arménien albanais malgache bambara tamoul ourdou",
	demonyms:        "français française belge suisse canadien canadienne québécois québécoise luxembourgeois luxembourgeoise espagnol espagnole allemand allemande italien italienne portugais portugaise anglais anglaise britannique irlandais irlandaise écossais écossaise américain américaine brésilien brésilienne mexicain mexicaine argentin argentine chilien chilienne colombien colombienne péruvien péruvienne algérien algérienne marocain marocaine tunisien tunisienne sénégalais sénégalaise ivoirien ivoirienne camerounais camerounaise malien malienne congolais congolaise guinéen guinéenne togolais togolaise béninois béninoise malgache libanais libanaise syrien syrienne égyptien égyptienne turc turque grec grecque russe ukrainien ukrainienne polonais polonaise roumain roumaine bulgare hongrois hongroise tchèque autrichien autrichienne néerlandais néerlandaise suédois suédoise norvégien norvégienne danois danoise finlandais finlandaise chinois chinoise japonais japonaise coréen coréenne vietnamien vietnamienne indien indienne iranien iranienne israélien israélienne haïtien haïtienne mauricien mauricienne australien australienne breton bretonne" + frenchDemonyms,
	allergens:       "arachides, arachide, cacahuètes, cacahuète, noix, noisettes, noisette, amandes, noix de cajou, fruits à coque, pistaches, pollen, pollens, graminées, bouleau, acariens, poussière, chats, chat, poils de chat, poils de chien, poils d'animaux, chiens, chevaux, abeilles, guêpes, piqûres d'abeille, piqûres de guêpe, pénicilline, amoxicilline, antibiotiques, aspirine, ibuprofène, latex, nickel, lait, lactose, protéines de lait, œufs, œuf, soja, blé, gluten, poisson, crevettes, crustacés, fruits de mer, mollusques, moules, huîtres, céleri, moutarde, sésame, fraises, pommes, kiwi, kiwis, tomates, pêches, banane, moisissures, parfum, parfums, sulfites, iode, chocolat, ananas, avocat, lupin, ail, insectes, plumes" + frenchAllergens,
	diseases:        "asthme, diabète, épilepsie, arthrite, arthrose, rhumatismes, migraines, migraine, tdah, maladie cœliaque, eczéma, psoriasis, hypertension, endométriose, acouphènes, dyslexie, insomnie, insomnies, ostéoporose, fibromyalgie, côlon irritable, rhume des foins, sclérose en plaques, parkinson, maladie de parkinson, maladie de crohn, crohn, rectocolite, hypothyroïdie, hyperthyroïdie, dépression, goutte, intolérance au lactose, apnée du sommeil, scoliose, lupus, autisme, narcolepsie, hémophilie, bpco, anémie, arythmie, glaucome, hernie discale, cancer, cancer du sein, mucoviscidose, cholestérol, tachycardie, sinusite chronique, anxiété" + frenchDiseases,
	diets:           "végétarien végétarienne végétariens végétalien végétalienne végan végane végans véganes végétariennes végétaliens végétaliennes pescétariens flexitariens végé pescétarien pescétarienne flexitarien flexitarienne halal casher kasher crudivore",
	statuses:        "marié mariée divorcé divorcée célibataire veuf veuve séparé séparée séparés divorcés mariés fiancé fiancée pacsé pacsée",
	orgNouns:        "mairie préfecture hôpital clinique banque université agence cabinet startup start-up entreprise boîte société coopérative association ong librairie restaurant école collège lycée musée usine fondation imprimerie édition éditions crèche" + frenchOrgNouns,
	schools:         "escp esiee ensae enpc ensimag isen icam ece esme epf esilv ensai iae ieseg kedge skema neoma audencia emlyon ensci celsa esj cfj ihecs insas ehl eth ensam ensta centrale supélec mines ponts edhec essca enac isae supaéro insead ehess inalco ena epita epitech beaux-arts femis dauphine assas jussieu polytech utc utt ulb uclouvain unil unige uqam mcgill ensad esad ifsi iep université fac faculté école sorbonne lycée institut polytechnique hec insa iut epfl ens conservatoire essec sciences",
	subjects:        "droit, médecine, biologie, chimie, physique, maths, mathématiques, informatique, lettres, lettres modernes, histoire, histoire de l'art, philosophie, philo, psychologie, psycho, sociologie, économie, éco, gestion, commerce, architecture, pharmacie, géographie, géologie, musique, théologie, archéologie, linguistique, journalisme, communication, sciences politiques, science politique, sciences po, anglais, espagnol, allemand, arts plastiques, design, langues, sciences de l'éducation, ingénierie, génie civil, marketing, statistiques, soins infirmiers, kinésithérapie, traduction, cinéma" + frenchSubjects,
	sports:          "badminton, tennis, tennis de table, ping-pong, foot, football, handball, hand, basket, basketball, volley, volleyball, rugby, golf, hockey, échecs, piano, guitare, violon, violoncelle, flûte, trompette, saxophone, saxo, batterie, basse, accordéon, harpe, orgue, clarinette, ukulélé, yoga, pilates, judo, karaté, boxe, escalade, randonnée, rando, natation, surf, vélo, cyclisme, athlétisme, crossfit, escrime, aviron, billard, pétanque, poterie, céramique, théâtre, danse, ballet, tricot, crochet, couture, photo, photographie, jardinage, peinture, dessin, voile, ski, équitation, course à pied, footing, padel, squash, chorale, belote, jeux vidéo, jeux de société, plongée" + frenchSports,
	deaths:          "mort morte décédé décédée décédés euthanasié euthanasiée endormi piqué",
	towns: `paris, marseille, lyon, toulouse, nice, nantes, montpellier, strasbourg, bordeaux, lille, rennes, reims, toulon, saint-étienne, le havre, grenoble, dijon, angers, villeurbanne, nîmes, clermont-ferrand, aix-en-provence, le mans, brest, tours, amiens, annecy, limoges, metz,
		boulogne-billancourt, besançon, perpignan, orléans, rouen, saint-denis, montreuil, mulhouse, caen, argenteuil, nancy, tourcoing, roubaix, nanterre, avignon, créteil, dunkerque, poitiers, versailles, courbevoie, pau, la rochelle, calais, cannes, antibes, colmar, bayonne, biarritz,
		quimper, vannes, lorient, saint-malo, saint-nazaire, saint-brieuc, laval, cholet, niort, angoulême, périgueux, bergerac, agen, cahors, montauban, albi, rodez, castres, carcassonne, béziers, sète, narbonne, arles, valence, chambéry, gap, digne, bastia, ajaccio, bourges, blois, chartres,
		évreux, beauvais, arras, lens, valenciennes, troyes, auxerre, nevers, mâcon, chalon, belfort, épinal, charleville-mézières, tarbes, auch, mont-de-marsan, dax, vichy, moulins, roanne, vienne, cherbourg, alençon, dieppe, bretagne, normandie, provence, alsace, lorraine, corse, auvergne,
		occitanie, aquitaine, bourgogne, picardie, savoie, haute-savoie, ardèche, dordogne, vendée, bruxelles, liège, namur, charleroi, mons, tournai, anvers, gand, bruges, louvain, genève, lausanne, zurich, berne, bâle, neuchâtel, fribourg, sion, montreux, lugano, luxembourg, montréal,
		québec, ottawa, toronto, gatineau, sherbrooke, alger, oran, constantine, tunis, sfax, casablanca, rabat, marrakech, fès, tanger, dakar, abidjan, bamako, douala, yaoundé, kinshasa, libreville, antananarivo, beyrouth, londres, édimbourg, dublin, berlin, munich, hambourg,
		francfort, cologne, madrid, barcelone, séville, lisbonne, porto, rome, milan, venise, florence, naples, turin, bologne, athènes, istanbul, moscou, varsovie, cracovie, prague, budapest, bucarest, stockholm, copenhague, oslo, helsinki, amsterdam, rotterdam, la haye,
		new york, miami, los angeles, chicago, boston, tokyo, pékin, la réunion, guadeloupe, martinique, guyane, mayotte, nouméa, papeete` + frenchTowns,
	countries: `france, belgique, suisse, canada, luxembourg, espagne, allemagne, italie, portugal, angleterre, royaume-uni, irlande, écosse, états-unis, brésil, mexique, argentine, chili, colombie, pérou, algérie, maroc, tunisie, sénégal, côte d'ivoire, cameroun, mali, congo, guinée,
		togo, bénin, madagascar, liban, syrie, égypte, turquie, grèce, russie, ukraine, pologne, roumanie, bulgarie, hongrie, autriche, pays-bas, hollande, suède, norvège, danemark, finlande, islande, chine, japon, corée, vietnam, inde, iran, israël, haïti, australie, nouvelle-zélande,
		croatie, serbie, monaco, andorre, bretagne`,
	brands: `michelin, carrefour, orange, decathlon, danone, airbus, renault, peugeot, citroën, sncf, edf, engie, total, totalenergies, bnp, société générale, crédit agricole, la poste, axa, l'oréal, lvmh, hermès, chanel, dassault, thales, safran, capgemini, sodexo, accor, auchan, leclerc,
		intermarché, lidl, aldi, ikea, fnac, darty, leroy merlin, castorama, amazon, google, apple, microsoft, netflix, spotify, ubisoft, doctolib, blablacar, free, sfr, bouygues, vinci, alstom, veolia, suez, air france, ratp, sanofi, nestlé, deloitte, accenture, siemens, bosch,
		ovh, deezer, stellantis, toyota, volkswagen, tesla, ibm, saint-gobain, schneider electric, monoprix, franprix` + frenchBrands,
	names: `karim solène véronique véro thibault thibaut agathe delphine yanis manon nadine nadège adèle agnès alain alban albert alexandre alexandra alexia alice alix aline amandine amélie anaïs andré anne annick annie antoine antonin arnaud arthur audrey aurélie aurélien axel baptiste
		bastien béatrice benjamin benoît bernadette bernard bertrand brigitte bruno camille carole caroline catherine cécile cédric céline chantal charles charlotte chloé christelle christian christiane christine christophe claire clara claude claudine clémence clément colette coralie corentin
		corinne damien daniel danielle david denis denise didier dominique édouard éliane élisabeth élise élodie éloïse émeline émilie emma emmanuel emmanuelle enzo éric estelle étienne eugénie évelyne fabien fabienne fabrice fanny fatima ferdinand florence florent florian francine francis
		franck françois françoise frédéric gabriel gaël gaëlle gaspard gauthier geneviève georges gérald gérard germain ghislaine gilbert gilles ginette grégoire grégory guillaume guy gwenaëlle hélène henri hervé hubert hugo hugues inès irène isabelle jacqueline jacques jade jean jeanne
		jeannine jérémie jérémy jérôme joachim joël joëlle jonathan josette joseph josiane jules julie julien juliette justine karine kévin laetitia laura laure laurence laurent léa léo léon léonie lilian liliane lina lionel loïc loïs lola louis louise luc lucas lucie lucien ludovic madeleine
		maëlle maëlys magali malik manuel marc marcel margaux margot marguerite maria marianne marie marine marion marius martin martine mathieu mathilde mathis matthieu maud maurice maxence maxime mélanie mélissa michel michèle micheline mireille monique morgane mohamed muriel myriam nadia
		nathalie nathan nicolas nicole noé noémie nolan océane odette odile olivier pascal pascale patrice patricia patrick paul paulette pauline philippe pierre quentin rachel raphaël raymond rémi rémy renaud rené renée robert robin roger roland romain romane roxane sabrina sacha samir samuel
		sandra sandrine sarah sébastien serge simon simone solange sonia sophie stéphane stéphanie suzanne sylvain sylvie théo théodore thérèse thierry thomas timothée tom tristan ugo valentin valérie vanessa victor victoire vincent virginie viviane xavier yann yannick yasmine yoann yohan yves
		yvette yvonne zoé réglisse tosca félix minou caramel oscar filou` + frenchNames,
	repairs:    "faute de frappe, je me suis emmêlé, je me suis emmêlée, je voulais dire, je veux dire, voulais dire, veux dire, pardon je, pardon ~ je, rectification, correction, erreur de ma part, je me corrige, ou plutôt, plutôt non, non pardon, non attends, non ~ pardon, je me suis trompé, je me suis trompée, enfin non, mea culpa",
	forget:     "arrête de croire que, arrête de penser que, cesse de croire que, arrête de dire que, ne garde pas en mémoire que, ne note pas que, ne note plus que, ne retiens plus que, tu avais noté que, ne crois pas que, de tes notes que, de ta mémoire que, de ton dossier que, de ta fiche que, effacer que, oublier que, supprimer que, enlève que, retire que, raye que, barre que, tu peux virer que, oublie que, oublie le fait que, oubliez que, oublie ce que je t'ai dit, ce n' est plus vrai que, il n' est plus vrai que, c' est plus vrai que, ne retiens pas que, efface que, supprime que, ignore que, ignore le fait que, ne tiens plus compte du fait que, oublie qu', oublie le fait qu', ce n' est plus vrai qu'",
	keep:       "n' oublie pas, n' oubliez pas, oublie pas, ne pas oublier",
	callMe:     "appelle-moi, appelez-moi, tu peux m' appeler, vous pouvez m' appeler, appelle moi",
	hello:      "ici, moi c' est, moi ~ c' est, c' est moi ~, ici c' est, enchanté ~ je suis, enchantée ~ je suis",
	reach:      "me joindre au, me joindre à, joignable au, joignable à, m' écrire à, m' appeler au, appelle-moi au, écris-moi à, me contacter à, me contacter au",
	conditions: "diabétique, asthmatique, épileptique, cœliaque, daltonien, daltonienne, hypertendu, hypertendue, intolérant au lactose, intolérante au lactose, intolérant au gluten, intolérante au gluten, sourd, sourde, malentendant, malentendante, myope, gaucher, gauchère, autiste, dyslexique, migraineux, migraineuse, hémophile" + frenchConditions,
	scan:       frenchPassing,
	called:     "répond au nom de, du nom de, porte le nom de, qui répond au nom de",
	letters:    "cher chère objet",
	pasting:    "carte épitaphe appelé téléphoné pancarte dit cite répète répétait crie murmure lance annonce affiche proclame lit chante chantait traduis corrige améliore reformule relis lis objet texte phrase message lettre mail courriel citation exemple disait écrit répond demande poème histoire paragraphe",
	ours:       "chez nous vit, vit avec nous, vit chez nous, vit avec moi, partage ma vie avec, partage mon appart avec, j' ai adopté, on a adopté, nous avons adopté, je vis avec, à la maison ~ on a, chez nous ~ il y a",
	idioms:     frenchIdioms,
	respelt:    frenchSpellings,
	kinTails:   "d' inde, de gouttière, de compagnie, rouge, des pyrénées, du dessus, du dessous, d' en face, d' à côté, de palier, de bureau, de boulot, de travail, de taf, de classe, de promo, de fac, de lycée, d' école, d' enfance, de toujours, de longue date, de coloc, d' équipe, de service, de rayon, de famille, de maths, de français, de piano, de guitare, d' anglais, de projet, du bureau, du boulot, du rez-de-chaussée, du premier, du second, du 1er, du 2e, du 3e, du 4e, du 5e, du dessus de chez moi, de chez moi, du quartier, d' amour",
	namedKin:   "tata aunt, tatie aunt, tantine aunt, tati aunt, tonton uncle, mamie grandmother, mamy grandmother, mémé grandmother, mémère grandmother, papi grandfather, papy grandfather, pépé grandfather, pépère grandfather, nonna grandmother",
	models:     frenchCars,
	loanJobs:   "mère au foyer, père au foyer, femme au foyer, homme au foyer, maître d' hôtel, chef d' entreprise, cheffe d' entreprise, chef d' orchestre, cheffe d' orchestre, homme à tout faire, agent d' entretien, agente d' entretien, juge d' instruction, hôtesse de l' air, hôtesse de caisse, hôte de caisse, maître de conférences, maîtresse de conférences, maître d' œuvre, maître d' école, maîtresse d' école, directeur des ressources humaines, directrice des ressources humaines, community manager, product owner, data scientist, data analyst, data engineer, scrum master, chef de projet, cheffe de projet, ingénieur du son, ingénieur son, agent des impôts, contrôleur des impôts, préparateur de commandes, préparatrice de commandes, conducteur de travaux, conductrice de travaux, moniteur d' auto-école, monitrice d' auto-école, garde du corps, garde d' enfants, aide à domicile, employé de banque, employée de banque, femme de ménage, femme de chambre, valet de chambre, agent de sécurité, clerc de notaire, croque-mort, sapeur-pompier volontaire, pompier volontaire, assistant maternel, assistante maternelle, attaché de presse, attachée de presse, chargé de mission, chargée de mission, professeur des écoles, professeure des écoles, prof des écoles, marin pêcheur, marin-pêcheur, auteur de bande dessinée, tailleur de pierre, tailleuse de pierre, cordiste, commis de cuisine, chef de cuisine, facteur d' orgues, souffleur de verre, maître nageur, maître-nageur",
	streets:    "rue avenue av boulevard bd bld place pl allée allées chemin impasse quai cours route square passage sentier villa faubourg chaussée ruelle esplanade rond-point montée traverse venelle hameau lotissement résidence cité lieu-dit rang",
	degrees:    "bts dut but licence master mastère doctorat thèse mba diplôme deug cap bep deust dess dea maîtrise agrégation capes bachelor brevet bafa hdr ph.d phd",
	padding:    "seul seule unique petit petite humble modeste heureux heureuse bon bonne éternel éternelle vrai vraie pauvre jeune simple ancien-ne",
	wanes:      "non pardon oups erreur zut attends correction enfin",
	orders: orderData{
		openers:     "bonjour salut coucou hello bonsoir hé eh ah oh oui non ok d'accord bon alors donc merci et puis euh hm fait info note désolé désolée petite précision autre chose sinon tiens allez ouf voilà",
		please:      "te plaît vous stp svp s' il merci moi nous",
		can:         "peux pourrais pouvez pourriez peux-tu pourrais-tu tu as sais connais quel quelle quels quelles que qu' quoi où comment quand qui est-ce aurais-tu as-tu sais-tu connais-tu vous",
		verbs:       "appelles tutoies vouvoies traduis rédigez résumez corrige indique précise commence termine réponds répondez écris écrivez parle parlez explique expliquez résume rédige formule cite tutoie vouvoie réponds-moi écris-moi parle-moi explique-moi adresse-toi sois soyez reste donne donne-moi utilise utilises répondes écrives parles expliques fais arrondis convertis emploie",
		uses:        "traduis utilise utilisez emploie mets évite évitez ajoute donne donne-moi fais montre limite inclus termine commence garde privilégie abstiens-toi épargne-moi",
		infinitives: "donner citer préciser indiquer ajouter inclure traduire résumer répondre écrire parler expliquer utiliser éviter tutoyer vouvoyer",
		lasting:     "toujours, jamais, plus jamais, désormais, dorénavant, à partir de maintenant, à l' avenir, à partir d' aujourd'hui, dès maintenant, systématiquement, par défaut, dans toutes tes réponses, dans chaque réponse, à chaque fois, à chaque réponse, uniquement, exclusivement",
		things:      "point points ponctuation suspension politesse franglais parenthèses tirets gras smiley émoticônes pavés flatteries compliments disclaimer avertissements précautions préambule préambules intro conclusion métaphores hashtag argot verlan guillemets capitales emphase emojis emoji smileys anglicismes jargon exclamation listes liste tableaux tableau puces markdown titres sources source liens réponses réponse ton langage métriques unités celsius kilomètres euros code commentaires exemples exemple résumé résumés phrases paragraphes paragraphe blabla excuses blagues questions abréviations hashtags vous tu formules majuscules introduction disclaimers superlatifs",
		short:       "max maximum lignes ligne mots phrase phrases détails précis précise précises court bref brève brèves courte courtes concis concise concises brièvement simplement simple clair clairement poli polie poliment formel formelle direct directe directement sincère honnête détaillé détaillée vouvoyant tutoyant étape étapes",
		once:        "ce message, ce courrier, ce client, ce post, cet article, cet email, ce commentaire, à ma mère, à mon père, à ma sœur, à mon frère, au prof, cette fois, pour cette fois, ce texte, ce paragraphe, cette phrase, la phrase, le texte suivant, aujourd'hui, demain, ce soir, ce mail, un mail, cette lettre, juste celui-là, juste celle-là, à mon chef, à ma chef, sur la porte, sur l' affiche, sur le panneau",
		standing:    "ne me propose|suggère|recommande|donne|mets|sers|envoie|cite|traduis|fais jamais|plus, ne me proposez|suggérez|recommandez|donnez|faites jamais|plus, ne mets|propose|suggère|recommande|utilise|utilisez|mettez|proposez jamais|plus, toujours répondre|me|des, ne m' appelle plus, ne m' appelle pas, ne m' appelle jamais, ne m' appelez plus, ne me dis plus, ne me dis jamais, ne commence pas, ne commence plus, ne commence jamais, ne termine pas, ne termine plus, ne termine jamais, ne t' excuse pas, ne t' excuse plus, ne t' excuse jamais, ne me réponds jamais, ne me réponds plus, ne réponds plus, ne me parle jamais, ne répète pas, ne me tutoie plus, ne me vouvoie plus, je veux des réponses, je préfère des réponses, je voudrais des réponses, j' aimerais des réponses, je préfère les réponses, donne-moi des réponses, je préfère que tu me, j' aimerais que tu me tutoies, je préfère qu' on se tutoie, je préfère qu' on se vouvoie, on se tutoie, on se vouvoie, vouvoyez-moi, on peut se vouvoyer, tutoyons-nous, épargne-moi les, épargnez-moi les, tutoie-moi, me tutoyer, se tutoyer, tutoie moi, vouvoie-moi, vouvoie moi, tutoyez-moi, on peut se tutoyer, ne me tutoie pas, ne me vouvoie pas, dis-moi tu, dis-moi vous",
		none:        "n' utilise pas, que tu évites, que tu n' utilises pas, que tu n' utilises plus, je ne veux plus d', je ne veux pas d', je veux plus d', je veux pas d', je ne veux plus de, je ne veux pas de, n' utilise plus, n' utilise jamais, n' utilisez pas, n' emploie pas, n' emploie plus, ne mets pas, ne mets plus, ne mets jamais, n' ajoute pas, n' ajoute plus, ne fais pas, ne fais plus, ne me fais pas, n' écris pas, n' écris plus, ne réponds pas, ne me réponds pas, ne réponds jamais, ne me parle pas, ne me parle plus, pas d', plus d', plus de, pas de, évite, évite les, évite d', arrête avec, arrête les, arrête d', arrête de, sans, utilise pas, mets pas, ne me donne pas, ne donne pas, ne me donne plus, zéro, aucun, aucune, plus jamais d', plus jamais de, jamais d', jamais de, jamais plus de, épargne-moi, fini les, stop aux, stop les, halte aux, oublie les, laisse tomber les, vire les, supprime les, enlève les, lâche les, évite le, évite la, évite l', évitez le, évitez la, évitez les, évitez d'",
		wishing:     "je veux que tu, peux-tu, pourrais-tu, tu peux, tu me, tu, tu pourrais, est-ce que tu peux, est-ce que tu pourrais, pourriez-vous, pouvez-vous, je voudrais que tu, j' aimerais que tu, je préfère que tu, je souhaite que tu, pense à, souviens-toi de, veille à, assure-toi de, essaie de, merci de, merci d', prière de, tâche de",
	},
	dates: dateData{
		months:    "janvier 1, février 2, mars 3, avril 4, mai 5, juin 6, juillet 7, août 8, septembre 9, octobre 10, novembre 11, décembre 12",
		weekdays:  "lundi 1, mardi 2, mercredi 3, jeudi 4, vendredi 5, samedi 6, dimanche 0",
		numbers:   "un 1, une 1, deux 2, trois 3, quatre 4, cinq 5, six 6, sept 7, huit 8, neuf 9, dix 10, onze 11, douze 12, treize 13, quatorze 14, quinze 15, seize 16, vingt 20, trente 30, quarante 40, cinquante 50" + frenchNumbers(),
		units:     "jour day, jours day, semaine week, semaines week, mois month, an year, ans year, année year, années year",
		days:      "aujourd'hui 0, hier -1, avant-hier -2, demain 1, après-demain 2",
		since:     "depuis, depuis le, depuis la, à partir de, dès, depuis fin, depuis début, ça fait, cela fait",
		until:     "jusqu' en, jusqu' à, jusqu' au, jusqu' à la, jusqu' à fin, jusqu' à l'",
		on:        "en, au, le, l', à, au mois de, courant, début, fin, mi, en l'",
		ago:       "il y a, y a",
		between:   "de entre",
		and:       "à et",
		span:      "pour, pendant, durant, juste pour, que pour",
		after:     "de vacances, d' affilée",
		last:      "dernier dernière passé passée",
		next:      "prochain prochaine",
		this:      "ce cette cet",
		longSince: "depuis l' enfance, depuis mon enfance, depuis toujours, depuis longtemps, depuis peu, depuis petit, depuis petite, depuis tout petit, depuis toute petite, depuis ma naissance, depuis la naissance, depuis des années, depuis des mois, depuis ma jeunesse, depuis l' adolescence, depuis mes études, depuis la fac, depuis ma retraite",
		once:      "par-dessus tout, par dessus tout, plus que tout, le soir, le matin, la nuit, la journée, le jour, l' après-midi, le midi, tous les jours, tous les soirs, tous les matins, toute la journée, toute l' année, à l' année, tous les lundis, tous les mardis, tous les mercredis, tous les jeudis, tous les vendredis, tous les samedis, tous les dimanches, chaque matin, chaque soir, chaque jour, chaque semaine, chaque été, chaque lundi, chaque mardi, chaque mercredi, chaque jeudi, chaque vendredi, chaque samedi, chaque dimanche, le mercredi soir, le lundi soir, le mardi soir, le jeudi soir, le vendredi soir, le samedi matin, le dimanche matin, un soir, un matin, un beau jour, à côté, de temps en temps, à mi-temps, à temps plein, à temps partiel, à plein temps, en intérim, en freelance, en indépendant, à mon compte, sur le tard, récemment, il y a peu, il y a longtemps, l' autre jour, tout récemment, il y a quelque temps",
		brief:     "ce soir, cette nuit, cet après-midi, ce matin, ce midi, le temps d' un, cette semaine, ce mois-ci, temporairement, pour l' instant, en vacances, de passage, ce week-end, le week-end, quelques jours, pour quelques jours, pour un temps, pour le moment, le lundi, le mardi, le mercredi, le jeudi, le vendredi, le samedi, le dimanche, les lundis, les vendredis, parfois, cet été, pour l' été, en erasmus, en stage, le temps d', le temps de, provisoirement, en déplacement, en attendant mieux, à l' essai",
		formerly:  "avant, autrefois, auparavant, jadis, à l' époque, dans le temps, quand j'étais, plus jeune, dans ma jeunesse, enfant, jusqu' à récemment, jusqu' à il y a peu, anciennement, à un moment",
	},
}
