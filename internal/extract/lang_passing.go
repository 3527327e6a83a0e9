package extract

// The nouns and phraseTable of what is said in passing.
var (
	germanPassing = scanData{
		jobs:      "job stelle arbeit arbeitsplatz posten anstellung tag arbeitstag arbeitsvertrag vertrag schicht",
		homes:     "wohnung haus bude zimmer wg häuschen zuhause apartment",
		lastDays:  "letzter letzten letzte",
		at:        "bei beim",
		in:        "in",
		contacts:  "nummer phone, handynummer phone, telefonnummer phone, mobilnummer phone, handy phone, mail email, e-mail email, mailadresse email, e-mail-adresse email, emailadresse email, email email",
		changed:   "neue, ne neue, eine neue, hab ne neue, habe eine neue",
		divorced:  "scheidung ist durch, scheidung ist endlich durch, scheidung ist rechtskräftig, scheidung ist jetzt durch, wurde die ehe geschieden, unsere ehe ist vorbei, meine ehe ist vorbei, unsere ehe ist am ende, wurden geschieden, wurden wir geschieden, wurde ich geschieden, wir sind geschieden, offiziell geschieden, frisch geschieden, endlich geschieden, nicht mehr verheiratet",
		gone:      "hat uns verlassen, von uns gegangen, ist eingegangen, erlöst, erlösen, die augen zugemacht, für immer eingeschlafen, haben wir begraben, über die brücke, hergegeben, weggegeben, verschenkt, verabschieden, verabschiedet, lebt nicht mehr, lebt leider nicht mehr, lebt schon lange nicht mehr, nicht mehr unter uns, nicht mehr bei uns, nicht mehr am leben, im hundehimmel, im katzenhimmel, gehen lassen, regenbogenbrücke, nicht mehr da, ist nicht mehr, erlösen lassen, eingeschlafen, verloren, begraben, beerdigt",
		parents:   "mutter mama vater papa mami papi",
		of:        "von",
		aged:      "mit meinen, mit meinen zarten",
		years:     "jahren lenzen",
		aside:     "stimmt nicht mehr, stimmt so nicht mehr, stimmt gar nicht mehr, ist nicht mehr aktuell, ist nicht mehr wahr, kannst du vergessen, kannst du streichen, kannst du löschen, ist überholt, ist veraltet, trifft nicht mehr zu, ist hinfällig, ist längst nicht mehr so, war gelogen, war falsch, stimmt nicht, ist falsch, vergiss das",
		asideLead: "dass, die info dass, die info ~ dass, die sache ~ dass, das mit, was ich gesagt habe ~ dass, ich hatte gesagt ~ dass, ich hab gesagt ~ dass, ich hatte erzählt ~ dass, meine aussage ~ dass, ich sagte ~ dass, die angabe ~ dass, ich habe gesagt ~ dass, ich habe erzählt ~ dass",
	}
	spanishPassing = scanData{
		jobs:      "trabajo puesto empleo curro día contrato turno",
		homes:     "casa piso apartamento habitación departamento casita",
		lastDays:  "último última",
		at:        "en",
		in:        "en de",
		contacts:  "número phone, teléfono phone, móvil phone, celular phone, whatsapp phone, correo email, email email, mail email, e-mail email",
		changed:   "de, nuevo, cambié de, cambiado de, estrenado",
		divorced:  "firmamos el divorcio, firmé el divorcio, hemos|he firmado el divorcio, mi|nuestro divorcio ya? es oficial|definitivo|firme, mi|nuestro divorcio se resolvió, me|nos salió el divorcio, ya soy divorciada|divorciado, estoy|estamos|soy oficialmente|recién divorciada|divorciado|divorciados, ya estoy divorciada|divorciado, nuestro matrimonio se acabó, nuestro matrimonio ha terminado, ya no estoy casado, ya no estoy casada, ya no estamos casados",
		gone:      "se nos fue, se nos ha ido, nos dejó, nos ha dejado, hemos perdido a, perdimos a, perdí a, he perdido a, ya no está, tuvimos que dormir, tuve que dormir, se me fue, se me murió, se nos murió, se me ha ido, se me ha muerto, se nos ha muerto, cruzó el arcoíris, cruzó el arco iris, lo dormimos, la dormimos",
		parents:   "madre mamá padre papá abuela abuelo tía tío madrina padrino yaya",
		of:        "de",
		aged:      "a mis, con mis",
		years:     "años añitos",
		aside:     "ya no es verdad, ya no es cierto, ya no es así, ya no vale, olvídalo, bórralo, puedes borrarlo, puedes olvidarlo, está desactualizado, era mentira, es mentira, quedó atrás, no es cierto, no es verdad, ya no aplica, ya pasó a la historia, táchalo",
		asideLead: "que, lo de que, eso de que, lo que dije de que, te dije que, dije que, te conté que, te había dicho que, había dicho que, lo que te dije de que, el dato de que, ya no es verdad eso de que",
	}
	frenchPassing = scanData{
		jobs:      "boulot travail poste job emploi jour contrat taf",
		homes:     "appart appartement maison studio chambre",
		lastDays:  "dernier dernière",
		at:        "chez à",
		in:        "à de en",
		contacts:  "num phone, 06 phone, 07 phone, gsm phone, natel phone, cell phone, cellulaire phone, mob phone, fixe phone, numéro phone, téléphone phone, portable phone, tel phone, mail email, email email, e-mail email, courriel email, adresse email",
		changed:   "de, nouveau, changé de",
		divorced:  "divorce est prononcé, divorce a été prononcé, divorce est officiel, divorce est acté, signé le divorce, signé les papiers du divorce, divorce est finalisé, officiellement divorcée, officiellement divorcé, fraîchement divorcé, fraîchement divorcée, ne suis plus marié, ne suis plus mariée, ne sommes plus mariés, notre mariage est fini, notre mariage est terminé, enfin divorcé, enfin divorcée",
		gone:      "viens de perdre, vient de perdre, venons de perdre, dit adieu à, dire adieu à, fait piquer, euthanasier, enterré notre, enterré mon, nous a quittés, nous a quitté, n'est plus là, n'est plus, avons perdu, ai perdu, a perdu notre, est partie hier, est parti hier, fait endormir, dû faire piquer, s'est éteint, s'est éteinte",
		parents:   "mère maman père papa",
		of:        "de d'",
		aged:      "à mes, du haut de mes, avec mes, fêté mes, soufflé mes",
		years:     "ans printemps",
		aside:     "c'est faux, c'est archi faux, c'est plus le cas, ce n'est plus le cas, ce n'est plus vrai, n'est plus vrai, c'est plus vrai, n'est plus d'actualité, n'est plus valable, tu peux oublier, oublie ça, oublie, efface, efface ça, tu peux effacer, c'est terminé, c'est fini, c'était faux, n'est plus le cas, c'est plus d'actualité, c'est du passé",
		asideLead: "que, le fait que, j'avais dit que, je t'avais dit que, je t'ai dit que, j'ai dit que, l'info comme quoi, quand je disais que, ce que j'ai dit ~ que, l'idée que, le fait qu', qu'",
	}
)
