package extract

import "testing"

// germanElsewhere are texts whose statements are of a story, a part, a game, a quiz or an example, or mean something else by what stands around them.
var germanElsewhere = []string{
	"Im Stück heiße ich Claudius und bin König von Dänemark.",
	"In der Theatergruppe spiele ich den Doktor, also bin ich Arzt in München, verheiratet mit Rosi.",
	"Fürs neue Hörspiel: Ich bin 34, wohne in Kiel und arbeite bei der Kripo.",
	"Ich heiße Lola Montez, ich lebe in München und tanze jeden Abend. So fängt mein Roman an.",
	"In der Schulaufführung bin ich Gärtner und ermorde den Grafen.",
	"Hier die Testdaten: Ich heiße Erika Mustermann, geboren am 12.8.1964, wohne in Köln.",
	"Auf dem Plakat steht: Ich bin Kalle, ich wohne im Kiez.",
	"Im Lied heißt es: Ich bin der Martin, ich bin ein Kind der Stadt.",
	"Ich bin 1879 in Ulm geboren und habe die Relativitätstheorie entwickelt. Wer bin ich?",
	"Gestern geträumt: ich wohne in Tokio, arbeite bei Nintendo und bin 25.",
	"In Stardew Valley bin ich mit Leah verheiratet und habe ein Huhn namens Berta.",
	"Rick und Carla trennen sich in Folge 8, und Carla zieht nach Boston. Staffel zwei ist echt gut.",
	"Zu Hause bin ich Köchin, Taxi und Seelsorgerin in einem.",
	"Für meine Kinder bin ich Lehrerin, Chauffeurin und Geldautomat.",
	"Beim Elternabend bin ich Protokollant, ob ich will oder nicht.",
	"Ich bin 82 und will bis Juni unter 80 sein.",
	"bin platz 23 geworden beim stadtlauf",
	"Irgendwer hatte am 13. Mai Geburtstag, kenn ich gar nicht.",
	"Ich bin ein Berliner, hat Kennedy gesagt.",
	"Nenn mich nicht Schatz, hat sie gesagt.",
	"Mit Karl bin ich verlobt, nein Scherz, wir sind Kollegen.",
	"Im Sommer wohne ich drei Wochen in Lissabon.",
	"Ich bin in Frankfurt gelandet und warte aufs Gepäck.",
	"Bei Amazon hab ich angefangen zu stöbern.",
	"Ich hab meinen Master im Aufschieben gemacht.",
	"Mein bester Freund heißt Kaffee.",
	"Mein Kollege, der Drucker, streikt.",
	"Ich spiele hier nur die zweite Geige.",
	"Bin diese Woche vegan, so ein Selbstversuch.",
	"Im Januar lebe ich vegan, Veganuary halt.",
	"Ich bin taub vom Konzert, das geht wieder weg.",
	"Am Gardasee fahren wir einen Fiat Panda, ist halt der Mietwagen.",
	"Lösch bitte das Foto von der Wohnung in Kiel.",
	"Streich das mit der Tomatenintoleranz, die hab ich nicht.",
	"Ich hab mit Paula und Tim eine Lerngruppe gegründet.",
	"Ich mag mich beim besten Willen nicht mehr erinnern.",
	"Pen-and-Paper heute: In unserer Runde heiße ich Fürst Mordrak, bin 412 Jahre alt und wohne in einem Turm.",
	"dazu mag ich im moment nichts sagen, frag den Pressesprecher",
	"Bei Bosch bin ich heut schon um zwei raus, die Zahnschmerzen waren nicht auszuhalten.",
	"Wir leben in Prag, so fängt das Brettspiel an. Ich war Gerberin und mein Sohn Henker.",
	"nimm zurück was du gesagt hast, wien ist nicht die unfreundlichste stadt der welt!!",
	"Unter 0800 330 1000 erreichst du eh niemanden, ich hab's zwanzigmal probiert.",
	"Die Zentrale ist erreichbar unter 0231 998877.",
	"Der Klempner ist erreichbar unter 0171 2233445.",
	"Zwölf Jahre bin ich verheiratet und kein Stück klüger.",
	"Spielen wir mal durch: Ich bin 70 und habe Diabetes.",
	"Sagen wir, ich bin 30 und verdiene 3000 Euro.",
	"Für einen Freund gefragt: Ich bin 17 und will ein Tattoo.",
	"Da steht: wohne in Kiel, 34, suche Frau.",
	"Im Sprachkurs lernen wir: Ich komme aus Syrien, ich bin Arzt.",
	"Vokabeln: mein Bruder heißt Jan, meine Schwester heißt Eva.",
	"Ich bin ja so ein großer Fan von Mahngebühren.",
	"Mein Sohn Goldschatz hat mir Kaffee gebracht.",
	"Edeka hat Tomaten gekauft, die schmecken nach nix.",
	"Papa hat die Bäckerei Huber gekauft.",
	"Heute in der Schule Englisch, morgen Deutsch.",
	"49, das ist mir zu teuer",
	"Schuhgröße 44 ist ausverkauft.",
	"Oma mag Tee und ich Kaffee.",
	"Lukas und ich heiraten nie.",
	"Wir proben gerade Kabale und Liebe. Ich bin Ferdinand, verliebt in Luise.",
	"Wir drehen einen Kurzfilm: Ich heiße Rosa, bin 19 und arbeite in der Fabrik.",
	"Mein Mann ist Diabetiker, ich koche deshalb zuckerfrei.",
	"Der Zug nach Jena fällt aus, jetzt sitz ich fest in Erfurt.",
	"Ich habe meinen Vertrag bei der Telekom gekündigt.",
	"Mein Bruder im Geiste, Goethe, hätte gelacht.",
	"Mein alter Freund Jim Beam und ich hatten einen Abend.",
	"Mein Bruder Leichtfuß hat den Schlüssel verloren.",
	"Antworte Lisa bitte kurz, dass ich später komme.",
	"Meine Tochter hat eine Puppe. Sie heißt Lilli.",
	"Mein Sohn spielt mit einem Jungen. Er heißt Leo.",
	"Der Chef, Herr Huber, hat uns im Restaurant persönlich begrüßt.",
	"Ein Freund von Max, der Uwe, hat ein Boot.",
	"Bayern hat den Stürmer Kane gekauft.",
	"Rewe hat die Milch von Weihenstephan gekauft.",
	"Bosch wurde von der Polizei übernommen, also der Fall.",
	"Herr Kolb hat die Schicht von Frau Metzger übernommen.",
	"Deutsch, Mathe, Englisch, dann Schluss.",
	"In der Schule: Englisch fünf, Französisch vier.",
	"Zuhause Chaos, im Büro Englisch, im Kopf Urlaub.",
	"30, verheiratet, aus Ulm, so stellt sie sich ihren Traummann vor.",
	"m, 25, Student, das war der Täter laut Zeitung.",
	"Lisa und ich haben Ja gesagt zum neuen Sofa.",
	"Der Kevin und ich gehen getrennte Wege zum Bahnhof.",
	"Hab ich dir schon gesagt, dass du nervst?",
	"Hab ich etwa gesagt, dass ich vegan bin?",
	"Drei Monate bin ich jetzt schon bei Bosch in der Warteschleife.",
	"Aktuell noch 16 Leute auf der Warteliste.",
	"Hat jemand Schuhgröße 38? Ich hab da was abzugeben.",
	"Bei Papa kam die Diagnose: Demenz.",
	"Montags mach ich immer blau.",
	"Ich fahr für Greenpeace nach Berlin, einmalig.",
	"Ich arbeite heute im Café Central, zuhause ist Baustelle.",
	"Sag ruhig Max Bescheid.",
	"Sag einfach Lisa, dass ich später komm.",
	"Ich bin die Lisa los, endlich.",
	"Bin die Treppe runtergefallen.",
	"Ich wohne diese Woche im Hotel Post.",
	"Ich stehe bei Edeka an der Kasse und es geht nicht vorwärts.",
	"Rostock ist schön, da wohnt mein Onkel.",
	"Kennst du Miele? Da arbeite ich garantiert nie.",
	"In Kiel regnet es, in Bonn auch. Da wohne ich lieber im Zelt.",
	"Ein Freund von ihm, der Uwe, hat ein Boot.",
	"Wo ich wohne? Das geht dich nichts an.",
	"Was ich beruflich mache? Keine Ahnung.",
}

func TestGermanElsewhere(t *testing.T) {
	t.Parallel()
	for _, text := range germanElsewhere {
		if got := heard(text); got != "" {
			t.Errorf("%q states %s", text, got)
		}
	}
}

// germanDropped are texts that take back what they name.
var germanDropped = []struct{ text, want string }{
	{"Vergiss meine Allergie gegen Nüsse, die hab ich gar nicht.", "ends: user allergic_to Nüsse"},
	{"Streich meine Laktoseintoleranz, die hab ich nicht.", "ends: user has_condition Laktoseintoleranz"},
	{"Was ich zu meiner Migräne geschrieben hab, bitte löschen, die hab ich nicht.", "ends: user has_condition Migräne"},
	{"Ich hab dir gesagt, dass ich in Bremen wohne. Das stimmt nicht mehr.", "ends: user lives_in Bremen"},
	{"Ich hatte geschrieben, dass ich Vegetarier bin. Bitte vergiss das.", "ends: user diet Vegetarier"},
	{"Ich hab dir erzählt, ich sei gegen Haselnüsse allergisch. Das stimmt nicht mehr, der Test war sauber.", "ends: user allergic_to Haselnüsse"},
	{"Ich wohne in Bremen. Vergiss das nicht!", "lives_in Bremen"},
	{"Ich wohne in Bremen. Das stimmt nicht mehr mit der Karte überein.", "lives_in Bremen"},
	{"Ich bin 40. Das kannst du vergessen, dass ich da noch mitmache.", "age 40"},
	{"Vergesst meine Migräne nicht.", "has_condition Migräne"},
}

func TestGermanDropped(t *testing.T) {
	t.Parallel()
	for _, c := range germanDropped {
		if got := heard(c.text); got != c.want {
			t.Errorf("%q:\n\tgot  %s\n\twant %s", c.text, got, c.want)
		}
	}
}

// germanShort are what is said without a verb, in pairs or about firms.
var germanShort = []struct{ text, want string }{
	{"w, 34, geschieden, zwei Kinder, nicht von hier", "age 34 | marital_status geschieden"},
	{"Daheim Türkisch, in der Firma Englisch.", "speaks Englisch | speaks Türkisch"},
	{"Die Tischlerei Brandstätter haben mein Onkel Gernot und ich 2011 gegründet.", "founded Tischlerei Brandstätter | uncle Gernot"},
	{"Seit Freitag sind wir Mann und Frau, der Basti und ich.", "spouse Basti since 2026-05-08"},
	{"nordlicht logistik hat im april die spedition harms gekauft, seitdem ham wir neue logos", "nordlicht logistik acquired spedition harms"},
	{"Die Brauerei Kolb wurde letztes Jahr von Oettinger übernommen.", "Oettinger acquired Brauerei Kolb"},
	{"Die Lea und der Jonas sind meine Kinder.", "child Jonas | child Lea"},
	{"Uns ist ein Kater zugelaufen, wir nennen ihn Findus.", "pet Findus"},
	{"Hab ich dir erzählt, dass ich jetzt bei Rewe arbeite?", "works_at Rewe"},
	{"Seit Mai verdiene ich mein Geld bei Siemens.", "works_at Siemens since 2026-05-01"},
	{"Bis vor zwei Jahren hab ich in Leipzig gewohnt.", "ends: user lives_in Leipzig | past: user lives_in Leipzig until 2025-01-01"},
	{"Sesam ist für mich lebensgefährlich, ich bin hochallergisch dagegen.", "allergic_to Sesam"},
	{"Seit Oktober fahr ich für Flixbus, die Strecke Berlin-Prag.", "works_at Flixbus since 2025-10-01"},
	{"Miele ist gar nicht weit von hier, da arbeite ich seit neun Jahren.", "works_at Miele"},
	{"Freiburg ist echt schön, da wohne ich seit drei Jahren.", "lives_in Freiburg"},
	{"Wir haben jetzt einen Hund. Er heißt Bruno.", "pet Bruno"},
	{"Was ich beruflich mache? Fährmann.", "role Fährmann"},
	{"Ein Freund von mir, der Uwe, hat ein Boot.", "friend Uwe"},
	{"Ich arbeite in der Kanzlei Berger & Partner.", "works_at Kanzlei Berger & Partner"},
	{"Mein Zahnarzt Dr. Kern hat den Termin am Freitag abgesagt.", "dentist Dr. Kern"},
	{"Nach zehn Jahren in Kiel wohn ich jetzt in Jena.", "lives_in Jena"},
	{"Ich bin Bäcker- und Konditormeister.", "role Bäcker- und Konditormeister"},
	{"Ich bin Koch und Konditorin.", "role Koch | role Konditorin"},
	{"Ich kann Karneval nicht leiden.", "dislikes Karneval"},
	{"Bei Lakritz werd ich schwach.", "likes Lakritz"},
	{"Der Mesut ist ein guter Freund von mir.", "friend Mesut"},
	{"Wir wohnen in Gießen und haben zwei Kinder, Jule und Matti.", "child Jule | child Matti | lives_in Gießen"},
	{"Unsere beiden Meerschweinchen, Flocke und Krümel, brauchen Urlaubsbetreuung.", "pet Flocke | pet Krümel"},
	{"Ich sammle Briefmarken und Münzen.", "hobby sammle Briefmarken und Münzen"},
	{"Wie gesagt, ich wohne in Passau.", "lives_in Passau"},
	{"Hallo zusammen, ich bin Birte, 38, Mutter von zwei Jungs und neu hier.", "age 38 | name Birte"},
	{"Neun Jahre lang arbeite ich jetzt schon bei Wacker.", "works_at Wacker"},
	{"Ich bin jetzt im neunten Jahr bei Wacker.", "works_at Wacker"},
	{"Ich bin Chemikant, arbeite bei Wacker und wohne in Altötting.", "lives_in Altötting | role Chemikant | works_at Wacker"},
	{"Blutgruppe habe ich 0 negativ.", "blood_type 0 negativ"},
}

func TestGermanShort(t *testing.T) {
	t.Parallel()
	for _, c := range germanShort {
		if got := heard(c.text); got != c.want {
			t.Errorf("%q:\n\tgot  %s\n\twant %s", c.text, got, c.want)
		}
	}
}
