package extract

// german is German as data.
var german = tongueData{
	name:    "de",
	folds:   []string{"ae", "a", "oe", "o", "ue", "u"},
	dialect: "dus du es, wohned wohnen, lebed leben, schaffed schaffen, händ haben, hend haben, isch ist, nöd nicht, letschtem letztem, letscht letzte, min mein, mis mein, chind kind, chinder kinder, schwöschter schwester, brüeder bruder, mueter mutter, heissed heißen, ick ich, icke ich, ik ich, i ich, is ist, iss ist, ham haben, hob habe, hoab habe, han habe, hamma haben wir, hama haben wir, hammwa haben wir, hamwa haben wir, samma sind wir, simma sind wir, semma sind wir, hani habe ich, hobi habe ich, bini bin ich, san sind, sann sind, sand sind, mei mein, meim meinem, meina meiner, meene meine, meen mein, minge mein, unsa unser, unsra unsere, koa kein, koan keinen, koane keine, keen kein, keene keine, kei kein, ned nicht, net nicht, nedd nicht, nit nicht, nich nicht, nisch nicht, nüt nichts, nimmer nicht mehr, nimma nicht mehr, nemme nicht mehr, nimme nicht mehr, nix nichts, nischt nichts, sit seit, seitm seit, johr jahr, joahr jahr, joar jahr, johre jahre, joahre jahre, dahoam zuhause, dahoim zuhause, dahaam zuhause, dihei zuhause, deheem zuhause, deham zuhause, zhaus zuhause, jetz jetzt, jez jetzt, jetzad jetzt, iatz jetzt, etz jetzt, jetze jetzt, itz jetzt, jtzt jetzt, bissl bisschen, bisserl bisschen, bisl bisschen, bissle bisschen, bissken bisschen, bissi bisschen, bissel bisschen, dat das, dit das, ditte das, dös das, wat was, uff auf, ooch auch, oach auch, hoaßt heißt, hoast heißt, heeßt heißt, haaßt heißt, hoaß heiße, heeß heiße, heißn heißen, hoaßn heißen, schwesta schwester, schweschter schwester, bruada bruder, bruadr bruder, muada mutter, mudder mutter, muddi mutter, mutta mutter, vadder vater, vodda vater, voda vater, vatter vater, dochta tochter, dochter tochter, tochta tochter, kloane kleine, kloana kleiner, kleene kleine, kleener kleiner, verheirat verheiratet, verheirad verheiratet, kumm komm, kimm komm, kumme komme, ausm aus, aufm auf, aufn auf, inner in, vonna von, vonner von, mitm mit, bein beim, hats hat es, gibts gibt es, isses ist es, bins bin es, wars war es, habs habe es, hams haben es, wirds wird es, gehts geht es, hasn hasen, zwoa zwei, zwee zwei, oan einen, oane eine, oana einer, mog mag, mogs mag, moag mag, liab lieb, lebn leben, wohna wohne, wohnan wohnen, gschafft geschafft, gsi gewesen, gwesen gewesen, gwen gewesen, gwese gewesen, jesacht gesagt, jearbeitet gearbeitet, jewohnt gewohnt, jezogen gezogen, zoge gezogen, zogn gezogen, kemma gekommen, kumma gekommen, dun tun, amoi einmal, einmoi einmal, scho schon, oiso also, eig eigentlich, eigtl eigentlich, eigtnlich eigentlich, vllt vielleicht, vlt vielleicht, viell vielleicht, evtl eventuell, iwann irgendwann, iwie irgendwie, iwo irgendwo, grad gerade, grade gerade, grod gerade, atm aktuell, gebohren geboren, geborn geboren, studier studiere, mim mit, ka kein, z in, sin sind, gezoche gezogen, zam zusammen, zamm zusammen, zsamm zusammen, zäme zusammen, hot hat, hod hat, soi soll, vui viel, fahrn fahren, machn machen, habn haben, gehn gehen, sehn sehen, stehn stehen, redn reden, jroß groß, jut gut, jewesen gewesen, jemacht gemacht, jehört gehört, jeht geht, jibt gibt, jern gern, jeboren geboren, jekommen gekommen, janz ganz, woar war, wor war, worn geworden, gworn geworden, gebürdig gebürtig, scheene schöne, heit heute, morgn morgen, kimmt kommt, kummt kommt, ghört gehört, ghert gehört",
	nouns:   true,
	regular: germanVerb,
	verbs: `
		kellnern forschen unterrichten lehren arbeiten wohnen leben jobben heiraten stammen lieben hassen bevorzugen spielen studieren besuchen lernen reisen kündigen
		wechseln gründen lauten adoptieren feiern berichten absolvieren tanzen trainieren betreiben verloben trennen hören promovieren
		malochen schuften ackern rackern schrauben buckeln hausen residieren logieren reden quatschen schnacken klettern stricken angeln töpfern imkern häkeln segeln fotografieren nähen joggen turnen boxen fechten rudern zeichnen beherrschen verabscheuen besitzen leasen
		sein: bin; ist; sind; sind; war; war; waren
		haben: habe,hab; hat; haben,ham; haben; hatte; hatte; hatten; gehabt
		werden: ; wird; ; ; wurde; wurde; wurden; geworden
		heißen: heiße,heiss; heißt; heißen; heißen; hieß; hieß; hießen; geheißen
		nennen: nenne; nennt,nennen mich; nennen; nennen; nannte; nannte; nannten; genannt
		rufen: rufe; ruft,rufen mich; rufen; rufen; rief; rief; riefen; gerufen
		anfangen: ; ; ; ; ; ; ; angefangen
		beginnen: ; ; ; ; begann; begann; begannen; begonnen
		starten: ; ; ; ; startete; startete; ; gestartet
		einsteigen: ; ; ; ; ; ; ; eingestiegen
		aufhören: ; ; ; ; ; ; ; aufgehört
		verlassen: ; ; ; ; verließ; verließ; ; verlassen
		entlassen: ; ; ; ; ; ; ; entlassen,gefeuert,rausgeworfen,rausgeschmissen,gekündigt worden
		einstellen: ; ; ; ; ; ; ; eingestellt,abgeworben,übernommen
		hinschmeißen: ; ; ; ; ; ; ; hingeschmissen,geschmissen,hingeworfen,verloren
		landen: ; ; ; ; landete; landete; ; gelandet
		verschlagen: ; ; ; ; verschlug; verschlug; ; verschlagen
		verdienen: verdiene; verdient; verdienen; verdienen
		rausfliegen: ; ; ; ; ; ; ; rausgeflogen
		ziehen: ; ; ; ; zog; zog; zogen; gezogen,umgezogen,gezügelt,umgezügelt,hingezogen,übergesiedelt,zurückgezogen
		wegziehen: ; ; ; ; ; ; ; weggezogen,ausgezogen,fortgezogen
		niederlassen: ; ; ; ; ; ; ; niedergelassen
		kommen: komme,komm; kommt; kommen; kommen; kam; kam; kamen; gekommen
		gebären: ; ; ; ; ; ; ; geboren,geborn
		aufwachsen: ; ; ; ; wuchs; wuchs; wuchsen; aufgewachsen,großgeworden,groß geworden
		scheiden: ; ; ; ; ; ; ; scheiden lassen,scheiden gelassen
		mögen: mag; mag; mögen; mögen; mochte; mochte; mochten; gemocht
		stehen: stehe,steh; steht; stehen; stehen
		essen: esse; isst; essen; essen; aß; aß; aßen; gegessen
		lesen: lese,les; liest; lesen; lesen; las; las; lasen; gelesen
		trinken: trinke; trinkt; trinken; trinken; trank; trank; tranken; getrunken
		sprechen: spreche,sprech; spricht; sprechen; sprechen; sprach; sprach; sprachen; gesprochen
		ernähren: ernähre; ernährt; ernähren; ernähren; ernährte; ernährte; ernährten; ernährt
		fahren: fahre,fahr; fährt; fahren; fahren; fuhr; fuhr; fuhren; gefahren
		gehen: gehe,geh; geht; gehen; gehen; ging; ging; gingen; gegangen
		leiden: leide; leidet; leiden; leiden; litt; litt; litten; gelitten
		befördern: ; ; ; ; ; ; ; befördert
		aufgeben: ; ; ; ; ; ; ; aufgegeben
		reagieren: reagiere; reagiert; reagieren; reagieren; reagierte; reagierte
		wissen: weiß; weiß; wissen; wissen
		diagnostizieren: ; ; ; ; ; ; ; diagnostiziert,festgestellt
		machen: mache,mach; macht; machen; machen; machte; machte; ; gemacht
		vertragen: vertrage,vertrag; verträgt; vertragen
		umsteigen: ; ; ; ; ; ; ; umgestiegen
		hängen: ; ; ; ; ; ; ; gehängt
		unterstehen: unterstehe; untersteht
		suchen: suche,such; sucht; suchen; suchen; suchte; suchte
		brauchen: brauche,brauch; braucht; brauchen; brauchen
		freuen: freue,freu; freut; freuen; freuen
		stehen bleiben: bleibe,bleib; bleibt; bleiben; bleiben; blieb; blieb
		können: kann; kann; können; können; konnte; konnte
		müssen: muss; muss; müssen; müssen; musste; musste
		schaffen: schaffe,schaff; schafft; schaffen; schaffen; ; ; ; geschafft
		hackeln: hackel,hackle,hackl; hackelt
		bouldern: bouldere,boulder; bouldert; bouldern; bouldern; ; ; ; gebouldert
		gärtnern: gärtnere,gärtner; gärtnert
		imkern: imkere,imker; imkert
		töpfern: töpfere; töpfert
		häkeln: häkle,häkel; häkelt
		segeln: segle; segelt
		klettern: klettere; klettert
		angeln: angle,angel; angelt
		babbeln: babbel,babble; babbelt
		schwätzen: schwätze,schwätz; schwätzt; schwätzen; schwätzen
		sammeln: sammle,sammel,sammele; sammelt; sammeln; sammeln
		finden: finde,find; findet; finden; finden; fand; fand; fanden; gefunden
		kaufen: kaufe,kauf; kauft; kaufen; kaufen; kaufte; kaufte; kauften; gekauft
		holen: hole,hol; holt; holen; holen; holte; holte; holten; geholt
		zulegen: ; ; ; ; ; ; ; zugelegt
		bestellen: bestelle; bestellt; ; ; bestellte; bestellte; ; bestellt
		verkaufen: verkaufe,verkauf; verkauft; verkaufen; verkaufen; verkaufte; verkaufte; verkauften; verkauft
		verschrotten: ; ; ; ; ; ; ; verschrottet,verschrotten lassen,zu Schrott gefahren
		verschenken: ; ; ; ; ; ; ; verschenkt,weggegeben
		abstoßen: ; ; ; ; ; ; ; abgestoßen,losgeworden
		auswandern: ; ; ; ; ; ; ; ausgewandert,emigriert
		übersiedeln: ; ; ; ; ; ; ; übersiedelt,zurückgekehrt,heimgekehrt
		sitzen: sitze,sitz; sitzt; sitzen; sitzen; saß; saß; saßen; gesessen
		auslaufen: ; ; ; ; ; ; ; ausgelaufen
		dürfen: darf; darf; dürfen; dürfen; durfte; durfte; durften
		wollen: will; will; wollen; wollen; wollte; wollte; wollten
		sollen: soll; soll; sollen; sollen; sollte; sollte; sollten
		bekommen: bekomme,bekomm,kriege,krieg; bekommt,kriegt; bekommen,kriegen; bekommen,kriegen; bekam; bekam; bekamen; gekriegt
		geben: gebe,geb; gibt; geben; geben; gab; gab; gaben; gegeben
		nehmen: nehme,nehm,nimm; nimmt; nehmen; nehmen; nahm; nahm; nahmen; genommen
		sagen: sage,sag; sagt; sagen; sagen; sagte; sagte; sagten; gesagt
		lassen: lasse,lass; lässt; lassen; lassen; ließ; ließ; ließen
		zusammenkommen: ; ; ; ; ; ; ; zusammengekommen
		zusammenziehen: ; ; ; ; ; ; ; zusammengezogen
		möchten: möchte,möcht; möchte,möcht; möchten; möchten
		hätten: hätte,hätt; hätte,hätt; hätten; hätten
		wären: wäre,wär; wäre,wär; wären; wären
		würden: würde,würd; würde,würd; würden; würden
		könnten: könnte,könnt; könnte,könnt; könnten; könnten`,
	forms: `
		heißen: ^ {name} => name
		sein: ^ ART {given} => name
		sein: ^ da {given} => name
		sein: ^ {decade} => age
		sein: ^ {given} => name
		nennen rufen: {nick} => nickname
		wohnen leben: in|im|auf {place} => lives_in
		sein: !zuhause|daheim|wohnhaft|ansässig in|im|auf {place} => lives_in
		sein: !umgezogen nach {place} => lives_in event
		ziehen: von {-place} nach {place} => lives_in event
		ziehen: nach|in|ins {place} => lives_in event
		niederlassen: in|im|auf {place} => lives_in event
		wegziehen: aus|von|vom {place} => lives_in ending
		verlassen: ^ {place} => lives_in ending
		arbeiten jobben schaffen malochen schuften ackern hackeln rackern schrauben buckeln: bei|beim|für {org} => works_at
		arbeiten jobben schaffen kellnern forschen unterrichten lehren: in|im|an|am|auf {orgnoun} => works_at
		kellnern forschen unterrichten lehren: bei|beim {orgnoun} => works_at
		arbeiten jobben schuften malochen: als {role} => role
		sein: !angestellt|beschäftigt|tätig|angestellter|angestellte bei|beim|an|am|im {org} => works_at
		sein: bei|beim {org} => works_at work
		sein: bei|beim {org} => works_at since
		anfangen beginnen starten einsteigen: bei|beim {org} => works_at event
		anfangen beginnen starten einsteigen: als {role} => role event
		wechseln: von {-org} zu|zur|zum {org} => works_at event
		wechseln: zu|zur|zum {org} => works_at event
		kündigen: ^ bei|beim {org} $ => works_at ending
		einstellen: {org} => works_at event
		entlassen: {org} => works_at ending
		landen: bei|beim {org} => works_at event
		landen: in|im|auf {place} => lives_in event
		verschlagen: nach {place} => lives_in event
		verdienen: als {role} => role
		kündigen hinschmeißen: ^ meinen|meine|den|die|mein Job|Stelle|Arbeit|Arbeitsvertrag|Posten bei|beim {org} $ => works_at ending
		aufhören entlassen rausfliegen: bei|beim|von {org} => works_at ending
		verlassen: ^ {org} $ => works_at ending dated
		sein: !raus|weg bei|beim {org} => works_at ending
		befördern: zum|zur {role} => role event
		werden: ^ {role} $ => role event
		sein: ^ von Beruf {role} => role
		sein: ^ bei|beim {-org} als? {role} => role
		sein: ^ bei|beim {org} als? {-role} => works_at
		sein: ^ {-role} bei|beim {org} => works_at
		sein: ^ {-role} an|am|in|im {orgnoun} => works_at
		sein: ^ {role} => role
		sein: als {role} !tätig|beschäftigt|angestellt => role
		stammen: aus|vom da? {place} => from
		kommen: ^ aus|vom da? {place} $ => from
		kommen: ^ !ursprünglich|eigentlich|gebürtig aus|vom da? {place} => from
		sein: !gebürtig|ursprünglich aus|vom da? {place} => from
		sein: ^ aus|vom da? {place} $ => from
		sein: ^ gebürtiger|gebürtige? {demonym} => nationality
		gebären: in|im|auf {place} => born_in bygone
		gebären: {day} => birthday bygone
		gebären: {year} => birth_year bygone
		aufwachsen: in|im|auf {place} => grew_up_in bygone
		sein: ^ {age} Jahre|Jahr alt? => age
		sein: ^ {age} $ => age
		sein: ^ jahrgang|baujahr {year} => birth_year
		werden: ^ {age} $ => age event
		werden: ^ {age} Jahre|Jahr alt? $ => age event
		haben: !Geburtstag {day} => birthday bygone
		sein: !verheiratet mit ART? {person} => spouse
		sein: !verlobt mit ART? {person} => engaged_to
		sein: !zusammen|liiert mit ART? {person} => partner
		heiraten: {person} => spouse event
		verloben: mit ART? {person} => engaged_to event
		sein: ^ {status} $ => marital_status
		scheiden: {companion} => spouse ending
		scheiden: von ART? {person} => spouse ending
		scheiden: => spouse ending
		trennen: von {person} => partner ending
		sein: !allergisch|hochallergisch|allergikerin|allergiker gegen|auf {allergen} => allergic_to
		reagieren: !allergisch|hochallergisch|allergikerin|allergiker auf {allergen} => allergic_to
		haben: ART? Allergie gegen|auf {allergen} => allergic_to
		sein: ^ {diet} => diet
		sein: ^ {condition} => has_condition
		leben essen: ^ {diet} => diet
		ernähren: {diet} => diet
		vertragen: {allergen} => - not=allergic_to
		sein: !Fan|Liebhaber|Liebhaberin von|vom {thing} => likes
		sein: !verrückt nach {thing} => likes
		sein: !süchtig nach {thing} => likes
		können: {language} => speaks
		können: {thing} !ausstehen|leiden|riechen => - not=dislikes
		hängen: {sport} an ART Nagel => hobby ending
		umsteigen: auf {diet} => diet event
		werden: ^ {diet} => diet event
		feiern: !Geburtstag {day} => birthday bygone
		sein: !verheiratet {companion} => spouse
		heiraten: {companion} => spouse event
		sein: !verlobt {companion} => engaged_to
		sein: !Paar|zusammen {companion} => partner
		trennen: {companion} => partner ending
		berichten: an {person} => reports_to
		unterstehen: {person} => reports_to
		stehen: !Lohn|Vertrag|Band bei|beim {org} => works_at
		machen absolvieren: !Master|Bachelor|Abschluss|Studium|Diplom|Doktor|Abitur|Abi|Promotion an|am|bei|in|auf {school} => studied_at bygone
		haben: !Abschluss|Diplom an|am|von {school} => studied_at bygone
		sein: !Absolvent|Absolventin|Student|Studentin|Masterstudent|Masterstudentin|Bachelorstudent|Bachelorstudentin|Doktorand|Doktorandin|Erstsemester|Ersti|Alumna|Alumnus|eingeschrieben|immatrikuliert der|an|am|von {school} => studied_at
		verlassen: ^ meinen|meine Freund|Freundin|Partner|Partnerin $ => partner ending
		haben: {disease} => has_condition
		diagnostizieren: {disease} => has_condition event
		machen: !Schluss mit ART? {person} => partner ending
		leiden: an|unter {disease} => has_condition
		mögen: {thing} => likes not=dislikes
		lieben: {thing} => likes
		hassen: {thing} => dislikes
		bevorzugen: {thing} => prefers
		stehen: ^ auf {thing} => likes not=dislikes
		essen trinken hören lesen: !gern|gerne|liebsten {thing} => likes
		spielen machen tanzen trainieren betreiben: {sport} => hobby
		gehen: !dreimal|zweimal|einmal|viermal|jeden|jede|wöchentlich|gern|gerne|regelmäßig|oft|viel|leidenschaftlich|immer {sport} => hobby
		aufgeben: {sport} => hobby ending
		aufhören: mit {sport} => hobby ending
		sprechen: {language} => speaks
		studieren: an|am|bei|in {school} => studied_at bygone
		studieren: {subject} => major bygone
		besuchen: {school} => studied_at
		promovieren: an|am {school} => studied_at
		fahren besitzen: ART? {car} => car
		kaufen holen zulegen leasen bestellen: ART? {car} => car event
		verkaufen verschrotten verschenken abstoßen: ART? {car} => car ending
		gründen: {org} => founded event
		sitzen: !fest in|im {place} => lives_in
		hausen residieren logieren: in|im|auf {place} => lives_in
		auswandern übersiedeln: nach|in {place} => lives_in event
		wohnen leben: ART? {street} => address
		heiraten: {day} => wedding_date bygone present
		reden quatschen schnacken schwätzen babbeln beherrschen: {language} => speaks
		gehen: {sport} => hobby since
		klettern bouldern stricken häkeln töpfern imkern nähen angeln segeln fotografieren gärtnern joggen zeichnen fechten rudern turnen boxen: {verb} => hobby since
		klettern bouldern stricken häkeln töpfern imkern nähen angeln segeln fotografieren gärtnern joggen zeichnen fechten rudern turnen boxen: !gern|gerne|leidenschaftlich|viel|regelmäßig|oft {verb} => hobby
		sammeln: {collected} => hobby
		finden: {thing} !toll|super|großartig|klasse|genial|wunderbar|spitze|fantastisch|herrlich|geil => likes
		finden: {thing} !eklig|furchtbar|schrecklich|scheußlich|grauenhaft|widerlich|ekelhaft|grässlich|abartig => dislikes
		verabscheuen: {thing} => dislikes
		auslaufen: !Vertrag bei|beim {org} => works_at ending
		sein: !befreundet mit ART? {person} => friend
		sitzen stehen: bei|beim {org} => works_at since
		gehen: !jeden|jede|jedes|regelmäßig|immer|oft|wöchentlich|zweimal|dreimal|einmal zum|ins|in {sport} => hobby
		machen: ^ {diet} => diet
		zusammenkommen: mit ART? {person} => partner event
		zusammenziehen: mit ART? {person} => partner event
		arbeiten: !zusammen mit ART? {person} => works_with
		sitzen: mit ART? {person} !büro => works_with`,
	auxiliaries:   "haben sein werden",
	adjectival:    "trennen verloben",
	impersonal:    "nennen rufen einstellen entlassen verschlagen diagnostizieren",
	naming:        "heißen",
	me:            "ich",
	we:            "wir",
	they:          "er sie der die das",
	reflexive:     "mich mir uns sich",
	mine:          "mein meine meinen meinem meiner meines unser unsere unseren unserem unserer unsres unsre",
	articles:      "der die das den dem des ein eine einen einem einer nen ne nem ner",
	joins:         "und & sowie oder",
	subordinate:   "weil dass obwohl da sodass damit nachdem seitdem während wenn falls denn wo deren dessen",
	adverbs:       "beide jetzt nun heute inzwischen mittlerweile aktuell derzeit momentan zurzeit auch noch schon immer sehr total echt wirklich so ganz übrigens ja eigentlich direkt gerne gern halt eben mal erst seitdem hier dort nämlich endlich ruhig selbst selber nur bloß wieder zusammen gemeinsam hauptberuflich nebenbei nebenher voll richtig besonders wahnsinnig unheimlich regelmäßig oft leidenschaftlich viel etwas fließend ursprünglich gebürtig neuerdings frisch glücklich dauerhaft fest also doch nie btw lol haha hihi hehe xd omg ok okay gell gelle ne wa woll hallo bitte danke leider zwar dann sonst natürlich klar freilich offiziell seither überwiegend größtenteils meistens hauptsächlich vorwiegend komplett streng strikt rein konsequent waschechter waschechte hochgradig stark schwer extrem ziemlich recht sowas hierbei dabei derweil täglich jahrelang lebenslang offenbar tatsächlich ehrlich tu gesagt mächtig mega super furchtbar irre dick tierisch ausschließlich einfach vorzugsweise eh sowieso allerdings immerhin jedenfalls nunmal",
	prepositions:  "in im bei beim für als mit nach aus von vom zu zur zum an am auf gegen über unter neben nahe ohne um seit bis wegen trotz durch statt anstatt anstelle außer inklusive samt",
	resets:        "aber sondern jedoch",
	ending:        "alt sagt ist hat war wird kommt gewesen geblieben",
	deny:          "nicht kein keine keinen keinem keiner nie niemals weder",
	anyMore:       "mehr",
	only:          "nur bloß allein",
	doubts:        "hab ich gelesen, habe ich gelesen, hab ich gehört, habe ich gehört, hab gelesen, hab gehört, wenn, falls, sofern, angeblich, anscheinend, glaube, glaub, denke, vermute, hoffe, sagt, sagte, meint, meinte er, meinte sie, behauptet, erzählt, erzählte, gehört dass, gelesen dass, munkelt, heißt es, als ob, als wäre, mal angenommen, angenommen, im traum, geträumt, gelogen, ironisch, stell, schön wärs, schön wär's, wärs mal, schön wär es, wäre schön, wäre ja schön, man sagt, wer weiß, einbildung, als hätte, als hätten, als würde, tut so, so tun, im falle, unter der bedingung, vorausgesetzt, gesetzt den fall, nehmen wir an, geschweige, gerüchteweise, wohl kaum, von wegen, ironie, wetten, behaupten, behaupte, behauptest, meinst du, glaubst du, ich tippe, rate mal, quiz, im nächsten leben, in einem anderen leben, in einem früheren leben, denkt, glaubt, denken alle, glauben alle, meinen alle, vermutet, hält mich für, halten mich für, findet dass, tut als, simuliert",
	near:          "vielleicht, eventuell, vermutlich, wahrscheinlich, möglicherweise, womöglich, hoffentlich, soll, sollen, fast, beinahe, hätte, hätten, wäre, wären, wär, würde, würden, könnte, könnten, müsste, dürfte, theoretisch, bald, irgendwann, demnächst, träume, wünschte, keine ahnung, mal sehen, mal schauen, mal gucken, laut, früher oder später, gefühlt, quasi, sozusagen, praktisch, gäbe, bräuchte, käme, würd, hätt, könnt, müsst, dürft, tät, täte, tätn, möcht, ob",
	wishes:        "möchte, möchten, will, wollen, wollte, wollten, sollte, sollten, werde, werden wir, plane, planen, überlege, überlegen, kann, könnten, darf, muss, müssen, musste, habe vor, versuche, darauf, als kind, gerade dabei",
	fictions:      "in meinem roman, im roman, in der geschichte, in meiner geschichte, mein charakter, meine figur, meine romanfigur, mein protagonist, meine protagonistin, mein held, stell dir vor, tu so, tu mal so, spiel die rolle, rollenspiel, es war einmal, schreib eine geschichte, schreib mir eine geschichte, im film, im spiel, aus der sicht, in meinem traum, ich habe geträumt, ich hab geträumt",
	frames:        germanFrames,
	tales:         germanTales,
	jests:         "nur spaß, nur ein scherz, war ein scherz, war ein witz, kleiner scherz, nur ein witz, nicht ernst gemeint, war gelogen, haha nein, war nur spaß, war nur ein spaß, nicht ernst nehmen, reingelegt, april april, nein scherz, nein spaß, nein witz, scherz beiseite, quatsch ~ das ist, quatsch ~ das war, blödsinn ~ das ist, unsinn ~ das ist",
	asks:          "wie was wer wo wann warum weshalb wieso welche welcher welches wen wem wessen woher wohin wieviel",
	kin:           "schwester sister, bruder brother, mutter mother, mama mother, mutti mother, mami mother, vater father, papa father, papi father, vati father, tochter daughter, sohn son, kind child, baby child, frau spouse, ehefrau spouse, gattin spouse, mann spouse, ehemann spouse, gatte spouse, gatten spouse, freund partner, freundin partner, partner partner, partnerin partner, lebensgefährte partner, lebensgefährtin partner, lebensgefährten partner, verlobter fiance, verlobte fiance, verlobten fiance, oma grandmother, omi grandmother, großmutter grandmother, opa grandfather, opi grandfather, großvater grandfather, tante aunt, onkel uncle, cousin cousin, cousine cousin, kusine cousin, vetter cousin, nichte niece, neffe nephew, neffen nephew, enkel grandson, enkelin granddaughter, enkeltochter granddaughter, schwager brother_in_law, schwägerin sister_in_law, schwiegermutter mother_in_law, schwiegervater father_in_law, schwiegersohn son_in_law, schwiegertochter daughter_in_law, stiefvater stepfather, stiefmutter stepmother, stiefbruder stepbrother, stiefschwester stepsister, halbbruder brother, halbschwester sister, zwillingsbruder brother, zwillingsschwester sister, chef manager, chefin manager, vorgesetzter manager, vorgesetzte manager, boss manager, teamleiter manager, teamleiterin manager, abteilungsleiter manager, abteilungsleiterin manager, kollege colleague, kollegin colleague, kollegen colleague, arbeitskollege colleague, arbeitskollegin colleague, nachbar neighbour, nachbarin neighbour, nachbarn neighbour, mitbewohner roommate, mitbewohnerin roommate, kumpel friend, freundschaft friend, vermieter landlord, vermieterin landlord, therapeut therapist, therapeutin therapist, hund pet, hündin pet, kater pet, katze pet, kätzchen pet, hündchen pet, welpe pet, welpen pet, wellensittich pet, hamster pet, kaninchen pet, meerschweinchen pet, papagei pet, pferd pet, schildkröte pet, hase pet, dackel pet, labrador pet, pudel pet, stute pet, kanarienvogel pet, haustier pet, hälfte spouse, göttergatte spouse, gemahlin spouse, gemahl spouse, angetraute spouse, angetrauter spouse, schatz partner, schatzi partner, liebster partner, liebste partner, herzblatt partner, macker partner, bub son, bua son, sohnemann son, filius son, mädel daughter, töchterchen daughter, söhnchen son, nesthäkchen child, erstgeborener son, stammhalter son, patenkind godchild, patentochter goddaughter, patensohn godson, patentante godmother, patenonkel godfather, ziehvater father, papachen father, mütterchen mother, mütterlein mother, uroma great_grandmother, uropa great_grandfather, urgroßmutter great_grandmother, urgroßvater great_grandfather, großtante great_aunt, großonkel great_uncle, großcousine cousin, großcousin cousin, stieftochter stepdaughter, stiefsohn stepson, adoptivsohn son, adoptivtochter daughter, pflegesohn foster_son, pflegetochter foster_daughter, schulfreund friend, schulfreundin friend, jugendfreund friend, jugendfreundin friend, studienfreund friend, studienfreundin friend, sandkastenfreund friend, sandkastenfreundin friend, busenfreundin friend, kindheitsfreundin friend, kindheitsfreund friend, spezl friend, haberer friend, kumpeline friend, kamerad friend, freundchen friend, büronachbar colleague, bürokollege colleague, bürokollegin colleague, arbeitskumpel colleague, mitarbeiter colleague, mitarbeiterin colleague, bereichsleiter manager, bereichsleiterin manager, gruppenleiter manager, gruppenleiterin manager, filialleiter manager, filialleiterin manager, schichtleiter manager, schichtleiterin manager, vorarbeiter manager, chefarzt manager, doktorvater mentor, doktormutter mentor, mentor mentor, mentorin mentor, hausarzt doctor, hausärztin doctor, zahnarzt dentist, zahnärztin dentist, frauenarzt doctor, frauenärztin doctor, kinderarzt doctor, kinderärztin doctor, hautarzt doctor, hautärztin doctor, orthopäde doctor, orthopädin doctor, ärztin doctor, psychologin therapist, psychotherapeut therapist, psychotherapeutin therapist, physiotherapeutin therapist, anwalt lawyer, anwältin lawyer, steuerberater accountant, steuerberaterin accountant, klassenlehrer teacher, klassenlehrerin teacher, lehrer teacher, lehrerin teacher, mathelehrer teacher, mathelehrerin teacher, deutschlehrer teacher, deutschlehrerin teacher, klavierlehrer teacher, klavierlehrerin teacher, gesangslehrerin teacher, fahrlehrer teacher, hauswirt landlord, wg-mitbewohner roommate, wg-mitbewohnerin roommate, zimmernachbar roommate, labbi pet, mops pet, schäferhund pet, schäferhündin pet, husky pet, collie pet, beagle pet, chihuahua pet, dalmatiner pet, terrier pet, retriever pet, golden-retriever pet, rüde pet, mischling pet, mischlingshund pet, mischlingshündin pet, pudeldame pet, straßenhund pet, stubentiger pet, fellnase pet, vierbeiner pet, mieze pet, miez pet, perserkatze pet, siamkatze pet, bartagame pet, gecko pet, leguan pet, kakadu pet, nymphensittich pet, graupapagei pet, ara pet, huhn pet, henne pet, hahn pet, ziege pet, ziegenbock pet, esel pet, schaf pet, pony pet, shetlandpony pet, wallach pet, hengst pet, fohlen pet, ratte pet, frettchen pet, gans pet, laufente pet, alpaka pet, goldfisch pet, axolotl pet, degu pet, chinchilla pet, zwergkaninchen pet, zwerghamster pet, goldhamster pet, widderkaninchen pet, rennmaus pet, landschildkröte pet, kornnatter pet, schlange pet, hundi pet, wauwau pet, katerchen pet, kitten pet, windhund pet, galgo pet, podenco pet, rottweiler pet, dobermann pet, bulldogge pet, dogge pet, spaniel pet, setter pet, corgi pet, shih-tzu pet, yorkshire pet, spitz pet, zwergspitz pet, pinscher pet, schnauzer pet, bernhardiner pet, neufundländer pet, hovawart pet, weimaraner pet, perle partner, männe spouse, herzallerliebster partner, herzallerliebste partner, göga spouse, weiberl spouse, zukünftiger fiance, zukünftige fiance, bruderherz brother, schwesterherz sister, brüderchen brother, schwesterchen sister, muttchen mother, ömchen grandmother, omma grandmother, oppa grandfather, opilein grandfather, urenkel great_grandchild, urenkelin great_granddaughter, patin godmother, onkelchen uncle, tantchen aunt",
	kinMany:       "kinder child, kids child, söhne son, töchter daughter, schwestern sister, brüder brother, eltern parent, katzen pet, kater pet, hunde pet, freunde friend, kollegen colleague, mädchen daughter, jungs son, zwillinge child, geschwister sibling, großeltern grandparent, enkel grandchild, enkelkinder grandchild, meerschweinchen pet, kaninchen pet, ziegen pet, hühner pet, hennen pet, esel pet, schafe pet, alpakas pet, papageien pet, wellensittiche pet, schildkröten pet, ratten pet, mäuse pet, hasen pet, frettchen pet, degus pet, pferde pet, ponys pet, welpen pet, kätzchen pet, hamster pet, goldfische pet, gänse pet, laufenten pet, hündinnen pet, zwergkaninchen pet, fellnasen pet, stubentiger pet, drillinge child, mädels daughter, buben son, jungen son, enkelinnen granddaughter, neffen nephew, nichten niece, cousins cousin, kumpels friend, freundinnen friend, kolleginnen colleague, mitbewohner roommate, kleinen child, sprösslinge child, patenkinder godchild",
	kinAdjectives: "kleine kleiner kleinen kleinem große großer großen ältere älterer älteren älteste ältester ältesten jüngere jüngerer jüngeren jüngste jüngster jüngsten liebe lieber lieben geliebte geliebter beiden zwei drei neue neuer neuen alte alter alten direkte direkter mittlere mittlerer zweite zweiter einzige einziger beste bester besten gute guter, allerbeste allerbester allerbesten langjährige langjähriger langjährigen engste engster älteste süße süßer verrückte verrückter freche bessere feste fester festen  leibliche leiblicher eigene eigener eigenen jetzige jetziger derzeitige derzeitiger schwangere kleinsten größere größerer kleinere kleinerer jungen junge junger dicke dicker fette schwarze schwarzer braune brauner rote roter weiße weißer graue grauer getigerte getigerter verfressene verfressener faule fauler adoptierte blinde blinder dreibeinige dreibeiniger vier fünf sechs anderer andere anderen",
	breeds:        "",
	manyNamed:     "heißen sind",
	named:         "namens genannt",
	titles:        "herr herrn frau fr hr prof dr",
	jobs: `arzt zahnarzt lehrer erzieher bäcker metzger fleischer schreiner tischler zimmermann maurer maler lackierer klempner installateur elektriker elektroniker mechaniker
		mechatroniker schlosser schweißer dachdecker fliesenleger gärtner florist friseur frisör koch kellner barkeeper barista konditor winzer bauer landwirt förster jäger fischer
		krankenschwester krankenpfleger altenpfleger pfleger pflegefachkraft hebamme sanitäter notfallsanitäter rettungssanitäter apotheker physiotherapeut ergotherapeut logopäde logopäd psychologe psycholog
		psychotherapeut therapeut tierarzt chirurg kinderarzt hausarzt anwalt rechtsanwalt richter notar staatsanwalt jurist steuerberater buchhalter
		bankkaufmann bankkauffrau kaufmann kauffrau einzelhandelskauffrau bürokauffrau industriekaufmann industriekauffrau verkäufer kassierer verwaltungsangestellte beamter beamte beamt sekretär assistent architekt
		ingenieur bauingenieur informatiker programmierer softwareentwickler entwickler webentwickler webdesigner designer grafiker grafikdesigner fotograf journalist redakteur autor schriftsteller übersetzer
		dolmetscher lektor bibliothekar musiker sänger schauspieler regisseur tänzer künstler bildhauer komponist pianist geiger pilot flugbegleiter stewardess lokführer busfahrer taxifahrer lkw-fahrer
		fahrer fernfahrer kurier briefträger postbote zusteller polizist feuerwehrmann feuerwehrfrau soldat hausmeister putzfrau reinigungskraft student schüler azubi auszubildender auszubildende
		praktikant doktorand professor dozent wissenschaftler forscher chemiker physiker biologe biolog mathematiker historiker geologe laborant rentner pensionär hausfrau hausmann
		manager projektleiter projektmanager produktmanager teamleiter abteilungsleiter geschäftsführer unternehmer gründer berater unternehmensberater makler immobilienmakler versicherungsmakler vertriebler
		trainer coach sozialarbeiter sozialpädagoge sozialpädagog pfarrer pastor imkerei imker schneider schuster optiker goldschmied uhrmacher töpfer tontechniker techniker lagerist logistiker disponent
		stadtplaner meteorologe archäologe archäolog tagesmutter kindergärtner referendar werkstudent freiberufler geselle schornsteinfeger brauer personaler restaurator bestatter` + " " + germanJobs,
	jobTails:        "lehrer ingenieur entwickler arzt meister techniker pfleger verkäufer fahrer leiter assistent berater kaufmann kauffrau fachkraft schwester wirt therapeut mechaniker manager designer händler sachbearbeiter macher bauer redakteur anwalt forscher biologe chemiker pädagoge führer planer helfer fachfrau fachmann angestellte angestellter psychologe beamter beamtin fotograf gärtner musiker trainer sänger künstler monteur installateur schlosser elektriker informatiker programmierer referent koordinator inhaber architekt wissenschaftler physiker ökonom ologe autor schreiber prüfer gutachter richter beauftragter beauftragte vermittler betreuer hilfskraft servicekraft arbeiter wächter schneider restaurator kurator dolmetscher übersetzer zeichner gestalter inspektor kommissar offizier kapitän verwalter makler vertreter disponent controller buchhalter analyst administrator architektin polizist kassierer koch bäcker schreiner tischler maler schäfer ölog verkäuferin dozent professor direktor moderator lektor journalist reporter sprecher vermesser meisterin bestatter erzieher pilot kellner florist friseur züchter",
	broadJobs:       "",
	roleTails:       "",
	plain:           "nachhilfe trinkgeld ruhm mindestlohn bedarf gelegenheit notfällen krankheit sturm regen nacht licht tag tage hitze kälte freunden bekannten kollegen kunden arbeit teilzeit vollzeit schicht homeoffice büro hause haus haushalt miete untermiete scheidung trennung angst hoffnung armut frieden freiheit sünde ruhe stress gefahr eile sorge sorgen teams team bewegung zukunft vergangenheit gegenwart ordnung stimmung laune urlaub rente pension elternzeit kurzarbeit quarantäne isolation einsamkeit würde freude liebe sicherheit zufriedenheit wetter gehalt tageslicht kerzenlicht musik stille freien fenster mac windows linux excel word hase feuer familie wg wald stadt dorf land ausland europa saus mutter vater schwester bruder frau mann ihr sie ich du was wie alles nichts jemand niemand uns mich ein eine luxus erinnerung proxy python java wahrheit wirklichkeit träumen fremden projekt therapie behandlung ausbildung hotel mieter besitzer eigentümer sitzen stehen minuten stunden uhr geld kinder menschen studenten senioren natur lau zwei drei doktor professor direktor pfarrer holle gottes damen herren spaß kollege herrschaften ober chef chefin oma opa mama papa ding dinge moment nee norden süden westen osten nähe umgebung umland kaff innenstadt altstadt vorort randlage reihenhaus altbau neubau wohnung zimmer keller garten einem einer hier dort da ihm prinzip ernst klammern anführungszeichen rechnung abschnitt kapitel panik aufregung trauer schockstarre schuss grenzen maßen echtzeit form topform führung planung pflege mitte ecke nachbarschaft gefangenschaft symbiose parallelwelt blase märchen kleinstadt großstadt metropole hauptstadt heimat fremde freundschaft partnerschaft beziehung ehe wilder nebel zweifel frage bezug katz kindheit kindesbeinen schulzeit jahreszeit arme laie niete theater film fernsehen radio rundfunk zirkus bau militär staat kreis verein bäcker metzger friseur zahnarzt arzt anwalt discounter supermarkt baumarkt sender verlag sport training konzert fleischer optiker juwelier frisör späti imbiss kiosk",
	empty:           "dazu dafür dagegen davon damit dabei darauf daran darin danach davor darüber darunter dadurch hierzu hierfür hiervon drauf dran drüber es das dich dir ihn ihr sie ihm dies dieses diese diesen dein deine deinen deiner was alles nichts etwas jemand man sich wie dass wenn kein keine hier sehr nicht ja so idee ideen vorschlag antwort art weise wort teil film buch lied eins folgendes solche sowas manches manche jeden jede alle viele wenig mehr halben halbe derlei dergleichen ersteres letzteres beides beide sachen dinge zeug kram ding",
	owned:           "name > name name, voller name > name name, vorname > name name, nachname > surname skip, spitzname > nickname nick, nummer > phone phone, handynummer > phone phone, telefonnummer > phone phone, mobilnummer > phone phone, festnetznummer > phone phone, handy > phone phone, telefon > phone phone, mail > email email, e-mail > email email, email > email email, mailadresse > email email, e-mail-adresse > email email, emailadresse > email email, adresse > address address, anschrift > address address, wohnort > lives_in place, wohnsitz > lives_in place, zuhause > lives_in place, heimatstadt > from place, heimat > from place, geburtsort > born_in place, geburtstag > birthday day, geburtsdatum > birthday day, beruf > role role, job > role role, arbeitgeber > works_at org, firma > works_at org, hobby > hobby thing, hobbys > hobby thing, muttersprache > native_language tongue, staatsangehörigkeit > nationality demonym, nationalität > nationality demonym, auto > car car, wagen > car car, firmenwagen > car car, dienstwagen > car car, nr > phone phone, handynr > phone phone, telefonnr > phone phone, mobil > phone phone, tel > phone phone, dienstnummer > phone phone, whatsapp > phone phone, mailadr > email email, postanschrift > address address, lieferadresse > address address, rechnungsadresse > address address, wohnadresse > address address, lebensmittelpunkt > lives_in place, wahlheimat > lives_in place, hauptwohnsitz > lives_in place, stadt > lives_in place, geburtsstadt > born_in place, wiegenfest > birthday day, ehrentag > birthday day, geb > birthday day, geboren > birthday day, alter > age age, hobbies > hobby thing, freizeitbeschäftigung > hobby thing, lieblingsbeschäftigung > hobby thing, allergien > allergic_to allergen, allergie > allergic_to allergen, unverträglichkeiten > allergic_to allergen, sprachen > speaks language, sprachkenntnisse > speaks language, ernährung > diet diet, ernährungsweise > diet diet, familienstand > marital_status status, beziehungsstatus > marital_status status, blutgruppe > blood_type value, schuhgröße > shoe_size value, pronomen > pronouns value, zeitzone > timezone value, erstsprache > native_language tongue, vollständiger name > name name, künstlername > nickname nick, rufname > nickname nick, tätigkeit > role role, position > role role, studienfach > major subject, studiengang > major subject, hauptfach > major subject, erkrankung > has_condition disease, vorerkrankungen > has_condition disease, erkrankungen > has_condition disease, diagnose > has_condition disease, krankheiten > has_condition disease, arbeitgeberin > works_at org, arbeitsstelle > works_at org",
	newAdjectives:   "neue neuer neues neuen aktuelle aktueller aktuelles private privater dienstliche berufliche größtes liebstes großes einziges erste erster jetziger jetzige richtiger vollständiger echter absoluter absolute absolutes absolut liebste liebster aller allerliebste allerliebster größter größte derzeitige derzeitiger derzeitiges momentane momentaner richtige genaue genauer offizielle offizieller bürgerlicher kompletter mobile korrekte",
	favourite:       "",
	favouriteThings: "farbe colour, essen food, gericht food, speise food, film movie, buch book, band band, lied song, song song, musik music, tier animal, sport sport, sportart sport, stadt city, serie series, getränk drink, obst fruit, gemüse vegetable, autor author, autorin author, sänger singer, sängerin singer, verein team, mannschaft team, spiel game, jahreszeit season, land country, restaurant restaurant, eis ice_cream, wein wine, bier beer, blume flower, fach subject, schauspieler actor, schauspielerin actor, zahl number, tee tea, kuchen cake, ort place, künstler artist, maler painter, podcast podcast, fußballverein team, süßigkeit sweet, käse cheese, pizza pizza, instrument instrument, dessert dessert, nachtisch dessert, nachspeise dessert, cocktail cocktail, schokolade chocolate, gewürz spice, dichter poet, dichterin poet, komponist composer, komponistin composer, oper opera, musical musical, album album, videospiel game, brettspiel board_game, computerspiel game, pflanze plant, baum tree, vogel bird, urlaubsort destination, urlaubsland country, reiseziel destination, insel island, café café, kneipe pub, bar bar, duft scent, geruch smell, schulfach subject, märchen fairy_tale, comic comic, zitat quote, wort word, frühstück breakfast, snack snack, pasta pasta, suppe soup, feiertag holiday, monat month, wochentag weekday, tag day, sportler athlete, fußballer footballer, spieler player, rapper rapper, rapperin rapper, marke brand, laden shop, museum museum, roman novel, schriftsteller author, schriftstellerin author, regisseur director, regisseurin director, gruppe band, mucke music, musikrichtung genre, genre genre, stadtteil district, viertel district, schuhe shoes, kleid dress, pulli sweater, sportverein team, klub team, club team, nationalmannschaft team, kekse biscuits, keks biscuit, brot bread, brotsorte bread, eissorte ice_cream, sorte flavour, kaffee coffee, hunderasse dog_breed, tageszeit time_of_day, wetter weather, nudeln pasta, pizzabelag pizza_topping, obstsorte fruit, sängerinnen singer, saft juice, gin gin, whisky whisky, limo lemonade, fahrrad bicycle, auto car, wohnort place, platz place, strand beach, berg mountain, see lake, ausflugsziel destination",
	tongues:         "deutsch englisch französisch spanisch italienisch portugiesisch russisch polnisch türkisch arabisch chinesisch mandarin japanisch koreanisch niederländisch holländisch schwedisch norwegisch dänisch finnisch griechisch tschechisch ungarisch rumänisch bulgarisch kroatisch serbisch bosnisch slowenisch slowakisch ukrainisch hebräisch hindi persisch farsi latein katalanisch baskisch rätoromanisch plattdeutsch platt schwäbisch bairisch friesisch sorbisch isländisch irisch estnisch lettisch litauisch albanisch kurdisch vietnamesisch thailändisch thai swahili suaheli esperanto luxemburgisch schweizerdeutsch gebärdensprache urdu tamil afrikaans jiddisch georgisch armenisch maltesisch galicisch" + " " + germanTongues,
	demonyms:        "deutscher deutsche österreicher österreicherin schweizer schweizerin franzose französin spanier spanierin italiener italienerin portugiese portugiesin engländer engländerin brite britin ire irin schotte schottin amerikaner amerikanerin us-amerikaner kanadier kanadierin pole polin tscheche tschechin ungar ungarin rumäne rumänin bulgare bulgarin grieche griechin türke türkin russe russin ukrainer ukrainerin kroate kroatin serbe serbin bosnier bosnierin slowene slowenin slowake slowakin schwede schwedin norweger norwegerin däne dänin finne finnin isländer isländerin niederländer niederländerin holländer holländerin belgier belgierin luxemburger luxemburgerin syrer syrerin iraner iranerin iraker irakerin afghane afghanin inder inderin chinese chinesin japaner japanerin koreaner koreanerin vietnamese vietnamesin brasilianer brasilianerin argentinier argentinierin chilene chilenin mexikaner mexikanerin kolumbianer kolumbianerin peruaner peruanerin ägypter ägypterin marokkaner marokkanerin tunesier tunesierin albaner albanerin australier australierin israeli deutsch österreichisch schweizerisch",
	allergens:       "nüsse, nuss, haselnüsse, haselnuss, walnüsse, erdnüsse, erdnuss, mandeln, cashews, pollen, birkenpollen, gräser, gräserpollen, birke, hausstaub, hausstaubmilben, milben, staub, katzen, katzenhaare, hunde, hundehaare, tierhaare, pferde, bienen, bienenstiche, wespen, wespenstiche, bienengift, wespengift, penicillin, antibiotika, aspirin, ibuprofen, latex, nickel, milch, kuhmilch, milcheiweiß, laktose, eier, ei, hühnereiweiß, soja, weizen, gluten, fisch, meeresfrüchte, krustentiere, schalentiere, garnelen, muscheln, krabben, sellerie, senf, sesam, erdbeeren, äpfel, kiwi, kiwis, tomaten, steinobst, schimmel, schimmelpilze, schimmelsporen, duftstoffe, parfüm, konservierungsstoffe, jod, kontrastmittel, amoxicillin, lupinen, schokolade, kirschen, pfirsiche, karotten, zitrusfrüchte, ananas, avocado, insektenstiche, federn, wolle, sulfite, histamin" + ", " + germanAllergens,
	diseases:        "asthma, diabetes, epilepsie, arthritis, rheuma, migräne, adhs, ads, zöliakie, neurodermitis, schuppenflechte, psoriasis, bluthochdruck, endometriose, tinnitus, legasthenie, schlaflosigkeit, osteoporose, fibromyalgie, reizdarm, heuschnupfen, multiple sklerose, ms, parkinson, morbus crohn, crohn, colitis ulcerosa, hashimoto, depressionen, eine depression, gicht, glutenunverträglichkeit, laktoseintoleranz, schlafapnoe, arthrose, skoliose, lupus, autismus, narkolepsie, hämophilie, copd, anämie, herzrhythmusstörungen, schilddrüsenunterfunktion, schilddrüsenüberfunktion, glaukom, grünen star, angststörung, bandscheibenvorfall, krebs, brustkrebs, long covid, mukoviszidose" + ", " + germanDiseases,
	diets:           "vegan veganer veganerin vegetarisch vegetarier vegetarierin pescetarier pescetarierin pescetarisch flexitarier flexitarierin flexitarisch glutenfrei laktosefrei koscher halal ketogen rohköstler rohköstlerin frutarier makrobiotisch" + " " + germanDiets,
	statuses:        "verheiratet geschieden verwitwet ledig single verlobt getrennt vergeben witwe witwer verpartnert alleinstehend alleinerziehend",
	orgNouns:        "firma startup start-up unternehmen agentur kanzlei bank verlag verein genossenschaft klinik krankenhaus stadt gemeinde laden café restaurant betrieb konzern",
	schools:         "universität uni hochschule fh tu lmu rwth eth fachhochschule kit fu akademie gymnasium htw haw htwk hs ph wu uzh ethz boku dhbw bht tum hu tud jgu fau kunstakademie musikhochschule filmakademie fernuni gesamthochschule realschule hauptschule gesamtschule waldorfschule fachoberschule kolleg berufsakademie kunsthochschule sporthochschule",
	subjects:        "physik, chemie, biologie, mathe, mathematik, informatik, medizin, zahnmedizin, tiermedizin, jura, bwl, vwl, betriebswirtschaft, betriebswirtschaftslehre, volkswirtschaft, germanistik, anglistik, romanistik, geschichte, philosophie, psychologie, soziologie, politik, politikwissenschaft, maschinenbau, elektrotechnik, bauingenieurwesen, architektur, pharmazie, geografie, geographie, geologie, kunst, kunstgeschichte, musik, lehramt, pädagogik, soziale arbeit, theologie, archäologie, linguistik, wirtschaftsinformatik, journalistik, medienwissenschaft, umwelttechnik, design, sinologie, japanologie, statistik, forstwissenschaft" + ", " + germanSubjects,
	sports:          "handball, fußball, tennis, tischtennis, badminton, basketball, volleyball, hockey, eishockey, golf, squash, schach, skat, klavier, gitarre, geige, cello, flöte, querflöte, trompete, saxofon, saxophon, schlagzeug, bass, akkordeon, harfe, orgel, klarinette, posaune, ukulele, bratsche, kontrabass, yoga, pilates, judo, karate, taekwondo, aikido, kampfsport, boxen, klettern, bouldern, joggen, schwimmen, wandern, segeln, surfen, reiten, tanzen, rudern, rugby, darts, billard, minigolf, wasserball, leichtathletik, crossfit, turnen, fechten, angeln, stricken, häkeln, töpfern, malen, zeichnen, fotografieren, gärtnern, kegeln, bowling, padel, laufen, zumba, ballett, doppelkopf" + ", " + germanSports,
	deaths:          "gestorben verstorben tot eingeschläfert starb verstarb einschläfern überfahren entlaufen",
	towns: `berlin, hamburg, münchen, köln, frankfurt, frankfurt am main, stuttgart, düsseldorf, leipzig, dortmund, essen, bremen, dresden, hannover, nürnberg, duisburg, bochum, wuppertal, bielefeld, bonn, münster, mannheim, karlsruhe, augsburg, wiesbaden,
		mönchengladbach, gelsenkirchen, aachen, braunschweig, kiel, chemnitz, halle, magdeburg, freiburg, krefeld, mainz, lübeck, erfurt, oberhausen, rostock, kassel, hagen, potsdam, saarbrücken, hamm, ludwigshafen, oldenburg, osnabrück, leverkusen, heidelberg, darmstadt,
		regensburg, solingen, paderborn, würzburg, ingolstadt, ulm, heilbronn, pforzheim, wolfsburg, göttingen, bottrop, reutlingen, erlangen, koblenz, bremerhaven, trier, jena, bamberg, bayreuth, passau, konstanz, tübingen, weimar, schwerin, cottbus, flensburg, lüneburg,
		celle, gießen, marburg, fulda, siegen, görlitz, zwickau, plauen, stralsund, greifswald, wismar, kempten, rosenheim, landshut, lindau, ravensburg, friedrichshafen, hildesheim, minden, gütersloh, detmold, neuss, moers, velbert, ratingen, hanau, offenbach, worms, speyer,
		kaiserslautern, coburg, hof, straubing, deggendorf, garmisch, emden, wilhelmshaven, cuxhaven, sylt, rügen, wien, graz, linz, salzburg, innsbruck, klagenfurt, villach, wels, dornbirn, bregenz, eisenstadt, zürich, genf, basel, bern, lausanne, winterthur, luzern, lugano,
		st . gallen, biel, thun, chur, zug, graubünden, tessin, wallis, bayern, hessen, sachsen, thüringen, brandenburg, schwaben, franken, ostfriesland, schleswig-holstein, niedersachsen, mecklenburg, nordrhein-westfalen, rheinland-pfalz, saarland, sachsen-anhalt,
		baden-württemberg, tirol, vorarlberg, steiermark, kärnten, oberösterreich, niederösterreich, burgenland, allgäu, ruhrgebiet, rheinland, paris, london, rom, mailand, venedig, florenz, neapel, madrid, barcelona, lissabon, porto, athen, kopenhagen, stockholm, oslo, helsinki,
		warschau, krakau, danzig, prag, brünn, budapest, bukarest, sofia, belgrad, zagreb, istanbul, ankara, moskau, kiew, brüssel, antwerpen, gent, amsterdam, rotterdam, den haag, utrecht, straßburg, luxemburg, lyon, marseille, nizza, dublin, edinburgh, new york, tokio, peking, teneriffa, mallorca, gran canaria, südtirol, bozen, meran` + ", " + germanTowns,
	countries: `deutschland, österreich, schweiz, frankreich, spanien, italien, portugal, england, großbritannien, irland, schottland, wales, usa, kanada, polen, tschechien, ungarn, rumänien, bulgarien, griechenland, türkei, russland, ukraine, kroatien, serbien, bosnien, slowenien,
		slowakei, schweden, norwegen, dänemark, finnland, island, niederlande, holland, belgien, luxemburg, liechtenstein, syrien, iran, irak, afghanistan, indien, china, japan, korea, südkorea, vietnam, thailand, brasilien, argentinien, chile, mexiko, kolumbien, peru, ägypten, marokko,
		tunesien, kenia, ghana, nigeria, südafrika, albanien, kosovo, mazedonien, montenegro, australien, neuseeland, israel, libanon, estland, lettland, litauen, zypern, malta, kasachstan, georgien, armenien`,
	brands: `siemens, bosch, sap, bmw, vw, volkswagen, audi, mercedes, daimler, porsche, opel, telekom, vodafone, lufthansa, allianz, aldi, lidl, rewe, edeka, dm, rossmann, ikea, amazon, google, apple, microsoft, adidas, puma, bayer, basf, henkel, continental, zf, infineon,
		thyssenkrupp, eon, rwe, sparkasse, volksbank, commerzbank, postbank, dhl, hermes, ups, saturn, mediamarkt, karstadt, kaufhof, otto, zalando, deutsche bahn, bahn, deutsche post, tui, trumpf, miele, roche, novartis, nestlé, ubs, migros, coop, swisscom, netflix, spotify, kaufland, obi, bauhaus, hornbach, ibm, deutschen roten kreuz, deutsches rotes kreuz, roten kreuz, thyssen, ndr, wdr, mdr, swr, zdf, ard, billa, spar, hofer, barmer, aok, viessmann, brose, bertelsmann, kuka, schaeffler, liebherr, stihl, festo, würth, boehringer, merck, biontech, öbb, sbb, asklepios, helios, vivantes, charité, fraunhofer, penny, netto, kik, c&a, h&m, decathlon, thalia, douglas, tchibo, dpd, gls, fedex, hellofresh, lieferando, wolt, check24, sixt, flixbus, bvg, hvv, mvg, thyssen krupp, bosch rexroth, deutsche bank, deutsche telekom, techniker krankenkasse, rotes kreuz, voestalpine, red bull, raiffeisen, abb, stadler, victorinox, ricola, postfinance, swiss, logitech, hilti, swarovski, dräger, claas, krones, heidelberger, salzgitter ag, jungheinrich, lindt, manner, omv, strabag, andritz, wienerberger, ottakringer, stiegl, bank austria, erste bank, wiener linien, orf, srf, emmi, sunrise, swiss re, axa, helvetia, mobiliar, schindler, sulzer, georg fischer, lonza, sika, denner, galaxus, digitec, evonik, covestro, lanxess, freudenberg, kärcher, haribo, ferrero, kühne + nagel, db schenker, dachser, rheinmetall, eurowings, condor, ergo, debeka, dkb, signal iduna, dlr, desy, dekra, rbb, rtl, axel springer, burda, datev, teamviewer, personio, celonis, enbw, vattenfall, nokia, ericsson, intel, sennheiser, playmobil, steiff, ravensburger, hapag-lloyd, meyer werft, hensoldt, knorr-bremse, voith, heraeus, sartorius, fresenius, ottobock, rhön-klinikum, tegut, alnatura, denns, globetrotter, norma, ernsting, deichmann, gerry weber, woolworth, bauknecht, vaillant, buderus, grohe, hansgrohe, villeroy, wmf, zwilling, faber-castell, pelikan, beiersdorf, unilever, airbus, zeiss, tesla, ford`,
	names: `jonas hildegard timo annegret katharina kathi jochen joachim svenja petra frieda moritz lotte annika anke antje ute uwe heike silke birgit gudrun helga ilse inge ingrid irmgard jutta kerstin liselotte lieselotte margot marlies monika renate rosemarie sabine sieglinde
		sigrid susanne ulrike ursula waltraud wiebke maike meike mareike imke insa jette lina leni mila emma mia hannah hanna lea lena leonie luisa marie sophie sofie amelie clara klara greta ida johanna josefine lotta luise magdalena mathilda mathilde nele paula pauline
		pia romy rosa ronja thea theresa tilda victoria viktoria finn fynn ben elias emil felix fritz henri henry jakob jannik jannis jan karl kilian lars lasse lennard lennart leon levi liam linus luca luis lukas mats matteo max maxi maximilian mika milan niklas noah ole
		oskar paul philipp raphael rafael sebastian simon theo thilo till tim tom tobias tobi valentin vincent bernd bernhard detlef dieter eberhard ekkehard ernst erwin eugen ewald franz friedhelm georg gerd gerhard gottfried günter günther gustav hartmut heiko heiner heinrich
		heinz helmut herbert hermann holger horst hubert ingo jens jörg jürgen karsten carsten karl-heinz klaus konrad kurt lothar ludwig manfred markus marcus matthias michael norbert olaf otto peter rainer reiner ralf reinhard reinhold roland rolf rüdiger siegfried stefan
		stephan sven thorsten torsten udo ulf ulrich volker walter werner wilfried wilhelm willi wolf wolfgang wolfram anna anne ana anja astrid barbara bettina bianca britta carola christa christel christiane christine claudia cornelia dagmar daniela doris dorothea edith elfriede
		elisabeth elke erika erna eva frauke friederike gabi gabriele gerda gertrud gisela hedwig hella henriette hertha ines irene iris isabell jana janina jessica judith julia juliane karin karla katja katrin kathrin kirsten kristin lisa mandy manuela margarete margit margrit
		maria marianne marion martha martina melanie michaela mirjam nadine nadja nicole nina olga regina regine ruth sandra sarah silvia simone sonja stefanie steffi tamara tanja tina vanessa vera verena yvonne balu minka bello rex mogli luna nala rocky charly susi mimi` + "  kolja burgi amadou piet samu mirko samuel ottokar svetlana swetlana fienchen jella juna jonna malou marlo bennet bo carlotta enno espen fenja fjonn hedda ilvy janno jarik jorin keno kuno laurin linn liska lotti lovisa luzie maila matti mathea merlin mieke milo momme nuri okke ove pelle quinn rasmus rune sanna smilla sontje stina svea taalke tamme tjark tjorge ylvi yuna xaver loisl sepperl franzl hansl seppi vitus kreszenz zenz notburga afra walburga korbinian emmeran quirin leonhard bartholomäus gundi hilde traudl mariele lisl annerl peterl sepp girgl schorsch wastl ferdl poldi gustl rosl" + germanGiven,
	repairs:     "ich meinte, ich meine natürlich, ich meine eigentlich, meinte ich, wollte sagen, nein quatsch, quatsch, ich meine, ich mein, äh ich meine, nein moment, korrektur, kleine korrektur, muss mich korrigieren, vertippt, verschrieben, nicht ganz richtig, besser gesagt, vielmehr, nee warte, nein warte, sorry nein, nein spaß, kleiner irrtum, irrtum von vorhin",
	forget:      "vergiss dass, vergiss bitte dass, bitte vergiss dass, vergiss ~ dass, vergiss bitte ~ dass, bitte vergiss ~ dass, es stimmt nicht mehr ~ dass, es stimmt nicht mehr dass, stimmt nicht mehr ~ dass, streich ~ dass, streiche ~ dass, lösch ~ dass, lösche ~ dass, lösche bitte ~ dass, ignoriere ~ dass, ignorier ~ dass, es ist nicht mehr wahr ~ dass, es ist nicht mehr so ~ dass, es trifft nicht mehr zu ~ dass, merk dir nicht ~ dass, vergiss mal ~ dass, vergiss mal dass, vergiss bitte mal ~ dass, vergiss bitte mal dass, vergiss einfach ~ dass, vergiss einfach dass, vergiss die info ~ dass, vergiss die info dass, vergiss die notiz ~ dass, vergiss die notiz dass, vergiss den eintrag ~ dass, vergiss den eintrag dass, vergiss bitte die info ~ dass, vergiss bitte die info dass, vergiss bitte den eintrag ~ dass, vergiss bitte den eintrag dass, vergiss wieder ~ dass, vergiss wieder dass, vergiss das ~ dass, vergiss das dass, streich dass, streich bitte ~ dass, streich bitte dass, streich mal ~ dass, streich mal dass, streich bitte mal ~ dass, streich bitte mal dass, streich einfach ~ dass, streich einfach dass, streich die info ~ dass, streich die info dass, streich die notiz ~ dass, streich die notiz dass, streich den eintrag ~ dass, streich den eintrag dass, streich bitte die info ~ dass, streich bitte die info dass, streich bitte den eintrag ~ dass, streich bitte den eintrag dass, streich wieder ~ dass, streich wieder dass, streich das ~ dass, streich das dass, streiche dass, streiche bitte ~ dass, streiche bitte dass, streiche mal ~ dass, streiche mal dass, streiche bitte mal ~ dass, streiche bitte mal dass, streiche einfach ~ dass, streiche einfach dass, streiche die info ~ dass, streiche die info dass, streiche die notiz ~ dass, streiche die notiz dass, streiche den eintrag ~ dass, streiche den eintrag dass, streiche bitte die info ~ dass, streiche bitte die info dass, streiche bitte den eintrag ~ dass, streiche bitte den eintrag dass, streiche wieder ~ dass, streiche wieder dass, streiche das ~ dass, streiche das dass, lösch dass, lösch bitte ~ dass, lösch bitte dass, lösch mal ~ dass, lösch mal dass, lösch bitte mal ~ dass, lösch bitte mal dass, lösch einfach ~ dass, lösch einfach dass, lösch die info ~ dass, lösch die info dass, lösch die notiz ~ dass, lösch die notiz dass, lösch den eintrag ~ dass, lösch den eintrag dass, lösch bitte die info ~ dass, lösch bitte die info dass, lösch bitte den eintrag ~ dass, lösch bitte den eintrag dass, lösch wieder ~ dass, lösch wieder dass, lösch das ~ dass, lösch das dass, lösche dass, lösche bitte dass, lösche mal ~ dass, lösche mal dass, lösche bitte mal ~ dass, lösche bitte mal dass, lösche einfach ~ dass, lösche einfach dass, lösche die info ~ dass, lösche die info dass, lösche die notiz ~ dass, lösche die notiz dass, lösche den eintrag ~ dass, lösche den eintrag dass, lösche bitte die info ~ dass, lösche bitte die info dass, lösche bitte den eintrag ~ dass, lösche bitte den eintrag dass, lösche wieder ~ dass, lösche wieder dass, lösche das ~ dass, lösche das dass, ignorier dass, ignorier bitte ~ dass, ignorier bitte dass, ignorier mal ~ dass, ignorier mal dass, ignorier bitte mal ~ dass, ignorier bitte mal dass, ignorier einfach ~ dass, ignorier einfach dass, ignorier die info ~ dass, ignorier die info dass, ignorier die notiz ~ dass, ignorier die notiz dass, ignorier den eintrag ~ dass, ignorier den eintrag dass, ignorier bitte die info ~ dass, ignorier bitte die info dass, ignorier bitte den eintrag ~ dass, ignorier bitte den eintrag dass, ignorier wieder ~ dass, ignorier wieder dass, ignorier das ~ dass, ignorier das dass, ignoriere dass, ignoriere bitte ~ dass, ignoriere bitte dass, ignoriere mal ~ dass, ignoriere mal dass, ignoriere bitte mal ~ dass, ignoriere bitte mal dass, ignoriere einfach ~ dass, ignoriere einfach dass, ignoriere die info ~ dass, ignoriere die info dass, ignoriere die notiz ~ dass, ignoriere die notiz dass, ignoriere den eintrag ~ dass, ignoriere den eintrag dass, ignoriere bitte die info ~ dass, ignoriere bitte die info dass, ignoriere bitte den eintrag ~ dass, ignoriere bitte den eintrag dass, ignoriere wieder ~ dass, ignoriere wieder dass, ignoriere das ~ dass, ignoriere das dass, entfern ~ dass, entfern dass, entfern bitte ~ dass, entfern bitte dass, entfern mal ~ dass, entfern mal dass, entfern bitte mal ~ dass, entfern bitte mal dass, entfern einfach ~ dass, entfern einfach dass, entfern die info ~ dass, entfern die info dass, entfern die notiz ~ dass, entfern die notiz dass, entfern den eintrag ~ dass, entfern den eintrag dass, entfern bitte die info ~ dass, entfern bitte die info dass, entfern bitte den eintrag ~ dass, entfern bitte den eintrag dass, entfern wieder ~ dass, entfern wieder dass, entfern das ~ dass, entfern das dass, entferne ~ dass, entferne dass, entferne bitte ~ dass, entferne bitte dass, entferne mal ~ dass, entferne mal dass, entferne bitte mal ~ dass, entferne bitte mal dass, entferne einfach ~ dass, entferne einfach dass, entferne die info ~ dass, entferne die info dass, entferne die notiz ~ dass, entferne die notiz dass, entferne den eintrag ~ dass, entferne den eintrag dass, entferne bitte die info ~ dass, entferne bitte die info dass, entferne bitte den eintrag ~ dass, entferne bitte den eintrag dass, entferne wieder ~ dass, entferne wieder dass, entferne das ~ dass, entferne das dass, tilge ~ dass, tilge dass, tilge bitte ~ dass, tilge bitte dass, tilge mal ~ dass, tilge mal dass, tilge bitte mal ~ dass, tilge bitte mal dass, tilge einfach ~ dass, tilge einfach dass, tilge die info ~ dass, tilge die info dass, tilge die notiz ~ dass, tilge die notiz dass, tilge den eintrag ~ dass, tilge den eintrag dass, tilge bitte die info ~ dass, tilge bitte die info dass, tilge bitte den eintrag ~ dass, tilge bitte den eintrag dass, tilge wieder ~ dass, tilge wieder dass, tilge das ~ dass, tilge das dass, vergiss ~ was ich gesagt habe ~, vergiss ~ was ich gesagt hab ~, vergiss ~ was ich geschrieben habe ~, vergiss ~ was ich erzählt habe ~, vergiss was ich gesagt habe ~, vergiss alles was ich gesagt habe ~, streich ~ was ich gesagt habe ~, streich ~ was ich gesagt hab ~, streich ~ was ich geschrieben habe ~, streich ~ was ich erzählt habe ~, streich was ich gesagt habe ~, streich alles was ich gesagt habe ~, streiche ~ was ich gesagt habe ~, streiche ~ was ich gesagt hab ~, streiche ~ was ich geschrieben habe ~, streiche ~ was ich erzählt habe ~, streiche was ich gesagt habe ~, streiche alles was ich gesagt habe ~, lösche ~ was ich gesagt habe ~, lösche ~ was ich gesagt hab ~, lösche ~ was ich geschrieben habe ~, lösche ~ was ich erzählt habe ~, lösche was ich gesagt habe ~, lösche alles was ich gesagt habe ~, ignorier ~ was ich gesagt habe ~, ignorier ~ was ich gesagt hab ~, ignorier ~ was ich geschrieben habe ~, ignorier ~ was ich erzählt habe ~, ignorier was ich gesagt habe ~, ignorier alles was ich gesagt habe ~, stimmt nicht mehr dass, stimmt gar nicht mehr ~ dass, nimm raus ~ dass, nimm bitte raus ~ dass, nicht mehr aktuell ~ dass, trifft nicht mehr zu ~ dass, du kannst vergessen ~ dass, kannst vergessen ~ dass, kannst du vergessen ~ dass, kannst löschen ~ dass, kannst streichen ~ dass, hat sich erledigt ~ dass",
	keep:        "vergiss nicht, bitte vergiss nicht, nicht vergessen",
	friendly:    "beste bester besten gute guter guten allerbeste allerbester alte alter alten älteste langjährige langjähriger",
	offspring:   "große großer kleine kleiner jüngste jüngster älteste ältester mittlere mittlerer",
	cars:        germanCars,
	kinTitles:   "oma opa omi opi tante onkel ehemann ehefrau schwager schwägerin cousine cousin",
	signed:      "hier, mein name, am apparat, am telefon, heiß ich, heiße ich, ist mein name, mein name ist das, nochmal, wieder",
	regards:     "lg, vg, mfg, viele grüße, liebe grüße, beste grüße, herzliche grüße, schöne grüße, mit freundlichen grüßen, freundliche grüße, herzlichst, gruß, lieben gruß, schönen gruß",
	partings:    "auseinander, getrennt, haben uns getrennt, schluss gemacht, gehen getrennte wege, nicht mehr zusammen, kein paar mehr, aus und vorbei, ist schluss, ist es aus, ist jetzt schluss, ist aus, scheiden lassen, geschieden, hat mich verlassen, mich verlassen, sitzenlassen, sitzen lassen, abserviert, verflossener, verflossene, verlobung gelöst, verlobung aufgelöst, entlobt, nicht mehr verheiratet, nicht mehr verlobt",
	yours:       "dein deine euer eure ihr ihre",
	engagements: "termin zahnarzttermin arzttermin friseurtermin zahnarzt kieferorthopäde kieferorthopäden elternabend elternsprechtag vorstellungsgespräch bewerbungsgespräch op operation untersuchung vorsorge vorsorgeuntersuchung darmspiegelung mrt ultraschall prüfung fahrprüfung führerscheinprüfung klausur impfung impftermin impftermine tüv besichtigung wohnungsbesichtigung notartermin gerichtstermin behördentermin meeting besprechung physio physiotherapie massage blutabnahme blutspende probetraining probearbeiten taufe trauung beerdigung einschulung abschlussfeier klassentreffen abgabe deadline präsentation vortrag verhandlung hautarzt augenarzt hausarzt frauenarzt tierarzt orthopäde orthopäden kardiologe kardiologen zahnreinigung kontrolltermin nachsorge vorgespräch kennenlerngespräch mitarbeitergespräch reifenwechsel inspektion",
	peoples:     "schwabe Schwaben, schwäbin Schwaben, bayer Bayern, bayerin Bayern, badener Baden, badenserin Baden, sachse Sachsen, sächsin Sachsen, hesse Hessen, hessin Hessen, thüringer Thüringen, thüringerin Thüringen, franke Franken, fränkin Franken, oberfranke Oberfranken, pfälzer Pfalz, pfälzerin Pfalz, saarländer Saarland, saarländerin Saarland, rheinländer Rheinland, rheinländerin Rheinland, westfale Westfalen, westfälin Westfalen, niedersachse Niedersachsen, niedersächsin Niedersachsen, ostfriese Ostfriesland, ostfriesin Ostfriesland, nordfriese Nordfriesland, nordfriesin Nordfriesland, holsteiner Holstein, holsteinerin Holstein, mecklenburger Mecklenburg, mecklenburgerin Mecklenburg, brandenburger Brandenburg, brandenburgerin Brandenburg, allgäuer Allgäu, allgäuerin Allgäu, tiroler Tirol, tirolerin Tirol, südtiroler Südtirol, südtirolerin Südtirol, steirer Steiermark, steirerin Steiermark, kärntner Kärnten, kärntnerin Kärnten, vorarlberger Vorarlberg, vorarlbergerin Vorarlberg, burgenländer Burgenland, burgenländerin Burgenland, oberösterreicher Oberösterreich, oberösterreicherin Oberösterreich, niederösterreicher Niederösterreich, niederösterreicherin Niederösterreich, wiener Wien, wienerin Wien, münchner München, münchnerin München, dresdner Dresden, dresdnerin Dresden, bremer Bremen, bremerin Bremen, hannoveraner Hannover, hannoveranerin Hannover, zürcher Zürich, zürcherin Zürich, basler Basel, baslerin Basel, berner Bern, bernerin Bern, st.galler St. Gallen, bündner Graubünden, bündnerin Graubünden, walliser Wallis, walliserin Wallis, tessiner Tessin, tessinerin Tessin, göttinger Göttingen, tübinger Tübingen, tübingerin Tübingen, hallenser Halle, hallenserin Halle, kasseler Kassel, kasselerin Kassel, kasseläner Kassel, münsteraner Münster, münsteranerin Münster, essener Essen, essenerin Essen, kölner Köln, kölnerin Köln, düsseldorfer Düsseldorf, emsländer Emsland, münsterländer Münsterland, sauerländer Sauerland, sauerländerin Sauerland, siegerländer Siegerland, eifler Eifel, eiflerin Eifel, erzgebirger Erzgebirge, vogtländer Vogtland, vogtländerin Vogtland, lausitzer Lausitz, berlinerin Berlin, hamburgerin Hamburg, siebenbürger Siebenbürgen, jenenser Jena, jenenserin Jena, schlesier Schlesien, schlesierin Schlesien",
	callMe:      "sag ruhig, sagt ruhig, sag einfach, sag gern, sag gerne, sag lieber, nenn mich, nenne mich, nennt mich, du kannst mich ruhig, nenn mich doch",
	hello:       "hier ist, hier spricht, hier schreibt, ich bin's, ich bin's ~, ich bin es, ich bin es ~, gestatten, gestatten ~, hier die, hier der, hier",
	reach:       "erreichst mich unter, erreichbar bin ich jetzt unter, erreichbar bin ich unter, bin ich jetzt unter, erreicht mich unter, erreichen unter, ruf mich an unter, schreib mir an, erreichbar unter, anrufen unter, nummer lautet",
	conditions:  "laktoseintolerant, diabetiker, diabetikerin, asthmatiker, asthmatikerin, epileptiker, epileptikerin, allergiker, allergikerin, farbenblind, gehörlos, schwerhörig, blind, kurzsichtig, linkshänder, linkshänderin, glutenintolerant, fruktoseintolerant, histaminintolerant, autist, autistin, autistisch, legastheniker, legasthenikerin, bluter, typ-1-diabetiker, typ-1-diabetikerin, typ-2-diabetiker, typ-2-diabetikerin, taub, rollstuhlfahrer, rollstuhlfahrerin, rot-grün-blind, herzkrank, chronisch krank, querschnittsgelähmt, sehbehindert, schwerbehindert, hörgeschädigt, zuckerkrank, lungenkrank, nierenkrank, bipolar, dialysepatient, dialysepatientin, stotterer, gluten-intolerant, lactoseintolerant, laktose-intolerant, nachtblind, weitsichtig, asperger-autist, asperger-autistin, hiv-positiv, rheumatiker, rheumatikerin, migränikerin, migräniker, legasthenisch, parkinsonpatient, parkinsonpatientin, pollenallergiker, pollenallergikerin, nussallergiker, nussallergikerin, hausstauballergiker, hausstauballergikerin, heuschnupfengeplagt, herzpatient, herzpatientin, schlaganfallpatient, neurodivergent, dyslexiker, dyslexikerin, höhenangst",
	scan:        germanPassing,
	called:      "hört auf den namen, trägt den namen, hört auf, hat den namen, getauft auf den namen",
	letters:     "liebe lieber sehr betreff",
	pasting:     "steht stand lektion vokabeln übersetze übersetz korrigiere korrigier verbessere formuliere lies betreff text satz nachricht brief mail absatz zitat beispiel beispielsatz sagte sagt schrieb schreibt fragte antwortete gedicht geschichte songtext",
	ours:        "bei uns lebt, bei uns wohnt, zu uns gehört, bei uns zu hause lebt, bei uns zuhause lebt, zu unserer familie gehört, bei mir wohnt, bei mir lebt, ist bei uns eingezogen, bei uns eingezogen, habe ich, hab ich, haben wir, zu meiner familie gehört, teile ich mit, teilen wir mit",
	idioms:      germanIdioms,
	padding:     "gelernter gelernte selbstständiger selbstständige selbständiger selbständige freiberuflicher freiberufliche freier freie examinierte examinierter leitender leitende staatlich ausgebildete ausgebildeter angestellte angestellter junge junger studierter studierte diplomierter diplomierte promovierter promovierte approbierter approbierte ausgelernter ausgelernte gelernten selbstständigem selbständigem frischgebackener frischgebackene stolzer stolze verbeamteter verbeamtete alleinerziehende alleinerziehender staatliche staatlicher geprüfter geprüfte zertifizierter zertifizierte festangestellter festangestellte hauptberuflicher hauptberufliche einfacher einfache kleiner kleine vereidigter vereidigte niedergelassener niedergelassene pensionierter pensionierte",
	wanes:       "nein ne nee quatsch sorry pardon stopp moment halt falsch korrektur spaß blödsinn unsinn vertippt tippfehler verschrieben",
	orders: orderData{
		openers:     "hallo hi hey moin servus grüezi guten tag morgen abend na ach ah oh ja nein nee okay ok also gut danke so und übrigens tja puh naja nun sorry ähm hm update info wichtig noch was kurz moinsen tach tachchen huhu heyho ahoi servas hallöchen hallihallo tagchen mahlzeit salve halli leute",
		please:      "bitte mal doch einfach mir uns danke",
		can:         "kannst könntest könnt würdest hast weißt magst willst gibt ist sind darf kann können soll wollen empfiehlst was wie wo wer welche welcher welches wann warum oder und geht gehen habt hätte sollte passt reicht brauche gäbe hättest wüsstest macht kennst lohnt kommt wirkt klappt dürfen müsst funktioniert stimmt reichen",
		verbs:       "antworte antwort schreib schreibe sprich rede formuliere erklär erkläre fass fasse antwortest schreibst sprichst redest erklärst zitiere begründe nenne sag sage formatiere rechne strukturiere gliedere bleib bleibe sei halt halte duze sieze",
		uses:        "übersetze übersetz benutz benutze verwend verwende nutz nutze vermeide vermeid lass verzichte gib zeig zeige liste füge beginne beende starte erwähne stell mach spar nimm schick hör",
		infinitives: "antworten schreiben sprechen reden erklären formulieren zitieren benutzen verwenden nutzen vermeiden duzen siezen anreden halten fassen angeben nennen begründen weglassen verzichten rechnen formatieren siezt duzt antwortest nennst ansprichst schreibst anredest erklärst sprichst benutzt verwendest weglässt vermeidest verzichtest hältst fasst formulierst angibst nutzt",
		lasting:     "immer, stets, nie, niemals, nie wieder, nie mehr, ab jetzt, ab sofort, ab heute, von jetzt an, von nun an, künftig, zukünftig, in zukunft, grundsätzlich, generell, standardmäßig, ausschließlich, jedes mal, bei jeder antwort, in allen antworten, in jeder antwort, für alle antworten, nur noch",
		things:      "quellenangabe emojis emoji smileys smiley anglizismen fachbegriffe fachjargon fachwörter jargon fremdwörter ausrufezeichen listen liste tabellen tabelle aufzählungen aufzählung stichpunkte stichpunkten stichworten markdown überschriften quellen quelle quellenangaben links antworten antwort ton sprache floskeln metrische metrischen einheiten celsius kilometer euro code codeblöcke kommentare beispiele beispielen zusammenfassung zusammenfassungen sätze sätzen absätze absätzen füllwörter entschuldigungen smalltalk witze rückfragen 24-stunden-format fettdruck hashtags abkürzungen du sie gendersternchen schachtelsätze disclaimer warnhinweise gendersterne gendern genderformen doppelpunkte emoticons sternchen bulletpoints bullets aufzählungszeichen englisch anglizismus fachchinesisch beamtendeutsch höflichkeitsfloskeln einleitungen einleitung schlusssatz schlusssätze romane roman zwischenüberschriften formeln codebeispiele erklärungen belehrungen moralpredigten ratschläge motivationssprüche kalenderweisheiten komplimente lob preise maßeinheiten mengen mengenangaben gramm uhrzeiten fußnoten klammern großbuchstaben spoiler spoilern gegenfragen textwände textwand",
		short:       "kurz knapp knapper kürzer ausführlich einfach einfacher höflich förmlich formell informell locker sachlich direkt ehrlich prägnant präzise stichpunkten stichworten du-form sie-form per du schritt",
		once:        "diesmal, dieses mal, jetzt mal, mal eben, mal kurz, den satz, diesen satz, den text, diesen text, folgenden, das hier, die mail, diese mail, heute, gleich, morgen, den brief, ihm, ihr, meinem chef, meiner chefin, auf meinem, steht auf, stand auf",
		standing:    "mich siezt, mich duzt, duz mich, mich duzen, mich bitte duzen, uns duzen, duze mich, sieze mich, siez mich, sprich mich mit, red mich mit, rede mich mit, sprich mich bitte mit, hör auf ~ mich zu siezen, hör auf mich zu siezen, hör auf ~ mich zu duzen, hör bitte auf ~ mich zu siezen, per du, bitte per du, bitte duzen, bitte siezen, gerne duzen, gern duzen, beim du, lass uns per du, nenn mich nicht, nenn mich bloß nicht, nenn mich nie, nenn mich bitte nicht, nenn mich niemals, sag nicht mehr, sag nie, sag bitte nie, erinnere mich nie, erinnere mich immer, erinner mich immer, erinner mich nie, fass dich kurz, fass dich bitte kurz, halt dich kurz, halt dich bitte kurz, halte dich kurz, fasse dich kurz, komm immer gleich zum punkt, red mich nicht, rede mich nicht, sprich mich nicht, sprich mich nie, schreib mir nie, schreib mir bitte nie, schreib nie, lob mich nicht, entschuldige dich nicht ständig, entschuldige dich nicht dauernd, hör auf ~ dich zu entschuldigen, hör auf ~ dich ständig zu entschuldigen, hör auf ~ mich zu loben",
		none:        "keine, verzichte bitte auf, vermeide bitte, vermeide, lass bitte die, ich will keine, ich möchte keine, ich brauche keine, ich mag keine, lieber keine, kein, bitte keine, bitte kein, ohne, benutze keine, benutz keine, verwende keine, verwend keine, nutze keine, nutz keine, schreib keine, schreibe keine, mach keine, schick keine, gib keine, lass die, lass das, spar dir die, verzichte auf",
		wishing:     "ich möchte ~ dass du, ich will ~ dass du, ich hätte gern ~ dass du, mir wäre lieber ~ wenn du, ich möchte dass du, ich will dass du, denk daran ~ dass du, achte darauf ~ dass du, kannst du, könntest du, würdest du, merk dir :",
	},
	dates: dateData{
		months:    "januar 1, jänner 1, februar 2, feber 2, märz 3, april 4, mai 5, juni 6, juli 7, august 8, september 9, oktober 10, november 11, dezember 12, jan 1, feb 2, apr 4, aug 8, sept 9, okt 10, nov 11, dez 12",
		weekdays:  "montag 1, dienstag 2, mittwoch 3, donnerstag 4, freitag 5, samstag 6, sonnabend 6, sonntag 0",
		numbers:   "eins 1, ein 1, eine 1, einem 1, einer 1, einen 1, zwei 2, drei 3, vier 4, fünf 5, sechs 6, sieben 7, acht 8, neun 9, zehn 10, elf 11, zwölf 12, dreizehn 13, vierzehn 14, fünfzehn 15, sechzehn 16, siebzehn 17, achtzehn 18, neunzehn 19, zwanzig 20, dreißig 30, vierzig 40, fünfzig 50, sechzig 60, siebzig 70, achtzig 80, neunzig 90, hundert 100",
		units:     "tag day, tage day, tagen day, woche week, wochen week, monat month, monate month, monaten month, jahr year, jahre year, jahren year",
		days:      "heute 0, gestern -1, vorgestern -2, morgen 1, übermorgen 2",
		since:     "seit, schon seit, bereits seit, ab, ab dem",
		until:     "bis, bis zum, bis ende, bis anfang",
		on:        "im, in, am, seit dem, im jahr, im jahre, ende, anfang, mitte, den, vom",
		ago:       "vor",
		between:   "von vom zwischen",
		and:       "bis und",
		span:      "für, während, nur für, bloß für",
		after:     "lang, über",
		last:      "letzte letzten letzter letztes letztem vergangene vergangenen vergangenes vorige vorigen voriges",
		next:      "nächste nächsten nächster nächstes kommende kommenden kommendes",
		this:      "diese diesen dieser dieses diesem",
		longSince: "seit der rente, seit der pensionierung, seit der gründung, seit der ausbildung, seit der lehre, seit dem abi, seit dem abitur, seit der matura, seit der wende, seit der trennung, seit der scheidung, seit der hochzeit, von anfang an, seit anfang an, seit eh und je, von klein auf, von klein an, von kind an, von kindheit an, seit der grundschule, seit der volksschule, seit corona, seit der pandemie, seit meiner lehre, seit meiner ausbildung, seit meinem studium, seit meinem abschluss, seit langem, seit langer zeit, seit meiner kindheit, seit der kindheit, seit kindertagen, seit kurzem, seit neuestem, seit immer, seit jahren, seit monaten, seit wochen, seit ewigkeiten, seit geburt, seit meiner geburt, seit jeher, seit je, schon immer, seit meiner jugend, seit der geburt, seit der schulzeit, seit dem studium",
		once:      "vor kurzem, neulich, kürzlich, unlängst, vor langem, jüngst",
		brief:     "diese woche, vorübergehend, übers wochenende, am wochenende, zur probe, zeitweise, übergangsweise, im urlaub, auf besuch, zu besuch, gerade, soeben, montags, dienstags, mittwochs, donnerstags, freitags, samstags, sonntags, manchmal, ferienwohnung, für ein paar tage, für den sommer, für ein jahr, ein paar tage, auf geschäftsreise, einen monat lang, bis auf weiteres, besser, lieber",
		formerly:  "bis weihnachten, bis ostern, bis silvester, bis zum abi, bis zum abitur, bis zur matura, bis zur hochzeit, bis zur rente, bis zur scheidung, bis zum studium, bis zum umzug, bis zur geburt, bis vor corona, früher, damals, einst, ehemals, vorher, bis vor kurzem, mal, als kind, in meiner jugend, in meiner kindheit, zuvor",
	},
}
