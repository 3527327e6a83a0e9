package extract

// germanFrames are words of texts that are a story, a part, a dream, a game, a quiz or an example.
const germanFrames = `meinem roman, mein roman, meines romans, im roman, romananfang, romanfigur, romanheld, romanheldin, hauptfigur, nebenfigur, meine figur, meiner figur, diese figur, figur heißt, figuren heißen,
	ich erzähler, ich erzählerin, protagonist, protagonistin, protagonisten, kurzgeschichte, meine geschichte beginnt, meine geschichte fängt, erster satz, der erste satz, ersten satz, anfang vom buch, meinem buch heißt, hörspiel, hörspiels, drehbuch, theaterstück, im stück, in dem stück, stück heiße,
	das stück spielt, rolle der, rolle des, rolle im stück, rolle im theater, meine rolle im, theatergruppe, theaterprobe, laienspiel, laienspielgruppe, laientheater, auf der bühne bin, auf der bühne heiße, auf der bühne heiß, im musical, in der operette, im film bin, im film heiße, generalprobe, schulaufführung,
	schultheater, krippenspiel, im weihnachtsspiel, im märchen, improtheater, sketch, monolog,
	testdaten, testdatensatz, testdatensätze, testkunde, testkundin, testprofil, musterdaten, musterprofil, beispielprofil, beispieldatensatz, beispieldaten, dummydaten, platzhaltertext, blindtext, fürs quiz, quizfrage, quizfragen, wer bin ich, mustermann, musterfrau, lorem ipsum, beispiel :,
	zum beispiel :, beispielsatz, beispielsätze, übungssatz, im lied, liedtext, songtext, liedzeile, auf dem plakat, im werbespot, werbespruch, shirt steht,
	für einen freund gefragt, für eine freundin gefragt, frage für einen freund, frage für eine freundin, frage für meinen, frage für meine, ich frage für, hypothetisch, spielen wir mal, durchspielen, durchgespielt, als beispiel, sagen wir mal, sagen wir ~,
	im traum, geträumt, träumte, träumt ich, planspiel, im spiel bin, im spiel heiße, bei monopoly, beim monopoly, bei den sims, in den sims, in stardew, in skyrim, in minecraft, in animal crossing, in gta, in zelda, im rollenspiel, beim rollenspiel, fürs rollenspiel, beim larp, im larp, fürs larp,
	charakterbogen, mein charakter, meines charakters, pen and paper, pen & paper, brettspiel an, im brettspiel, das brettspiel, im gesellschaftsspiel, krimidinner, krimi dinner, rollenkarte, spielfigur, mein avatar, so fängt das, so fängt der, so fängt die, so fängt mein, so beginnt das, so beginnt der, so beginnt die, so beginnt mein, heldin meiner, held meiner, heldin meines, held meines,
	wir proben, proben gerade, kurzfilm, filmdreh, bei der prüfung kam, übersetzen sie, im diktat, unser film,
	escape room, fantasywelt, in der simulation, im fasching, zum fasching, an fasching, im karneval, zum karneval, an karneval, an halloween, zu halloween, zum halloween, verkleidet, kostümparty`

// germanTales are words of films, series and books.
const germanTales = `staffel, folge, folgen, episode, serienfinale, im film, der film, den film, im krimi, im tatort, der tatort, im buch, der roman, den roman, die serie, der serie, diese serie, seifenoper, telenovela, hauptdarsteller,
	hauptdarstellerin, hauptrolle, kapitel, die oper, im comic, cliffhanger, spoiler, spoileralarm, die romanreihe, trilogie`
