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
