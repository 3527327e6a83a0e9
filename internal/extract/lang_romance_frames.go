package extract

// Words that tell that all of a text is of a story, a play, a game or an exercise, wherever in it they stand.
const (
	spanishFrames = `los sims, en sims, stardew valley, animal crossing, jugando|partida a|de|al los? sims|minecraft|rol, dungeons, mi ficha de personaje, en el multijugador, mi avatar, en roblox, en fortnite,
		telenovela, culebrón, primera|segunda|tercera|cuarta|quinta|sexta|última|nueva temporada, temporada uno|dos|tres|cuatro|cinco|1|2|3|4|5, primer|segundo|tercer|último episodio, episodio final|piloto|uno|dos|tres|1|2|3, el|ese|este episodio, final de temporada, spoiler, spoilers, sinopsis,
		la trama, el argumento de, el guion de, mi guion, el protagonista, la protagonista, la prota, el prota, mi protagonista, mi personaje, el personaje, los personajes, en mi novela, en la novela, la novela que escribo|estoy, mi novela ~, el cuento que,
		obra de fin|teatro|navidad|instituto|colegio, ensayo general, ensayamos, ensayando, ensayos de la obra, grupo de teatro, mi papel, me sé el papel, me toca hacer de, hago de, función de teatro|navidad|fin, en el escenario, mi frase en la obra, casting, monólogo de, improvisación,
		ejercicio|problema|enunciado|pregunta 1|2|3|4|5|6|7|8|9|10, redacción de, dictado, examen oral, para practicar el|mi, pon los verbos, rellena los huecos, datos de prueba|ejemplo, datos ficticios, usuario ficticio|ficticia|inventado|inventada, nombre ficticio|inventado|falso, perfil falso|ficticio|inventado, caso práctico, un ejemplo inventado, biografía|bio|carta|perfil|cv falsa|falso|inventada|inventado|ficticia, falsa|falso biografía|bio|carta|perfil|cv, texto de relleno,
		soñé, he soñado, sueño raro, pesadilla, en mi sueño, en sueños, soñaba que, estaba soñando,
		letra de la canción, dice la canción, la canción dice, imagínate la escena, érase una vez, había una vez, disfraz, disfrazada, disfrazado, de carnaval, en una vida paralela, en otra vida, trivial, quiz, adivinanza, mi madre en la serie, mi alter ego,
		la serie va|trata, la peli|película va|trata, la peli|película|serie cuenta, en la serie, en la peli, en la película, en la obra soy|hago|interpreto|me|tengo|vivo, en el juego, en el videojuego, en el libro, en el cuento`
	frenchFrames = `les sims, dans sims, stardew valley, animal crossing, partie de jeu|rôle, jeu de rôle, ma fiche perso|personnage, mon avatar, dans|sur roblox|fortnite|minecraft,
		telenovela, première|deuxième|troisième|quatrième|cinquième|dernière|nouvelle saison de?, saison une|deux|trois|1|2|3|4|5, premier|deuxième|dernier épisode, l'épisode|cet épisode, épisode un|deux|trois|final|1|2|3|4|5, fin de saison, spoiler, spoilers, synopsis, divulgâcher,
		le scénario de, mon scénario, l'intrigue, le|la|mon|ma protagoniste, l'héroïne, mon personnage, le personnage, les personnages, mon|ce|son|le roman que|où, dans mon|le|son|ce roman|livre, mon roman ~,
		pièce de fin|théâtre|l'école, répétition générale, on répète, nous répétons, en répétant, troupe de théâtre, mon rôle, le rôle de, sur scène, mon texte de théâtre, casting, cours d'impro, en impro, je joue une|un|le|la reine|veuve|veuf|roi|médecin|infirmière|policier|flic|mère|père|fille|fils|voisin|voisine|bonne|valet,
		exercice|problème|énoncé|question 1|2|3|4|5|6|7|8|9|10, rédaction de, dictée, examen oral, mets les verbes, complète les phrases, texte à trous, données de|d' test|essai|exemple|entraînement, données fictives, utilisateur fictif, nom fictif|inventé|bidon, profil fictif|bidon|inventé|test, cas pratique, faux texte, client fictif|mystère, fausse|faux biographie|bio|lettre|profil|cv|annonce, biographie|bio|lettre|profil|cv bidon|inventée|inventé|fictive|imaginaire,
		j'ai rêvé, rêvé que, cauchemar, dans mon rêve, je rêvais, drôle de rêve, rêve bizarre,
		paroles de la chanson, la chanson dit, dans la chanson, il était une fois, déguisé, déguisée, déguisement, dans une autre vie, quiz, devinette, escape game, murder party,
		la série parle|raconte, le film parle|raconte, dans la série, dans le film, dans la pièce, dans le jeu, dans le conte`
)
