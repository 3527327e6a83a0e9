package extract

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

// spoken are sentences in other languages and what they state, in the notation of readItem without "user". Said on Thursday 14 May 2026.
var spoken = []struct{ text, want string }{
	{"Gestatten, Wolfram Kühn mein Name.", "name Wolfram Kühn"},
	{"Alle sagen Kati zu mir.", "nickname Kati"},
	{"Habe letzten Montag bei Zeiss angefangen.", "works_at Zeiss since 2026-05-11"},
	{"Ich habe gestern bei Aldi gekündigt.", "ends: user works_at Aldi"},
	{"Ich wurde bei Ford entlassen.", "ends: user works_at Ford"},
	{"ich bin gelernter tischler", "role tischler"},
	{"Ich wohne seit 2015 in Oldenburg.", "lives_in Oldenburg since 2015-01-01"},
	{"Ich wohne nicht mehr in Bochum, sondern in Essen.", "ends: user lives_in Bochum | lives_in Essen"},
	{"Zuhause bin ich in Gera.", "lives_in Gera"},
	{"Ich bin Schweizerin und lebe in Wien.", "lives_in Wien | nationality Schweizerin"},
	{"Letzte Woche bin ich 40 geworden.", "age 40 since 2026-05-04"},
	{"Geboren wurde ich 1978 in Linz.", "birth_year 1978 | born_in Linz"},
	{"Jonas ist mein Bruder.", "brother Jonas"},
	{"Ich bin mit Klaus verheiratet.", "spouse Klaus"},
	{"Meine Frau und ich haben uns scheiden lassen.", "ends: user spouse "},
	{"Ich bin seit drei Jahren mit Ole zusammen.", "partner Ole"},
	{"Unsere Katze Luna mussten wir einschläfern lassen.", "ends: user pet Luna"},
	{"Ich bin Vegetarierin.", "diet Vegetarierin"},
	{"Ich hasse Rosenkohl.", "dislikes Rosenkohl"},
	{"Ich steh total auf Jazz.", "likes Jazz"},
	{"Mein Hobby ist Töpfern.", "hobby Töpfern"},
	{"Meine Handynummer lautet 0151 23456789.", "phone 0151 23456789"},
	{"Ich habe an der TU Dresden studiert.", "studied_at TU Dresden"},
	{"Bitte duze mich.", "order: Bitte duze mich"},
	{"Bitte sprich mich mit Sie an.", "order: Bitte sprich mich mit Sie an"},
	{"Während ich arbeite, antworte immer kurz.", "order: Während ich arbeite, antworte immer kurz"},
	{"Vivo en Vigo, cuanto cuesta un piso?", "lives_in Vigo"},
	{"Cambié Vigo por Lugo.", "lives_in Lugo"},
	{"Me divorcié de Ana.", "ends: user spouse "},
	{"Ich lese gern Krimis.", "likes Krimis"},
	{"D'accord réponds toujours en français.", "order: réponds toujours en français"},
	{"Ich wohne in Ulm, nein, in Neu-Ulm.", "lives_in Neu-Ulm"},
	{"Mein neuer Chef heißt Torben.", "manager Torben"},
	{"Petrol ist meine Lieblingsfarbe, seit ich denken kann.", "favourite_colour Petrol"},
	{"Jonas ist seit gestern mein Schwager.", "brother_in_law Jonas"},
	{"Ich, Timo Brandt, hab mal ne Frage.", "name Timo Brandt"},
	{"Ich stehe bei Miele in Lohn und Brot.", "works_at Miele"},
	{"Merk dir, dass ich vegan bin.", "diet vegan"},
	{"Frisch nach Leipzig gezogen, kenne ich hier niemanden.", "lives_in Leipzig"},
	{"Petra und ich sind seit 2011 verheiratet.", "marital_status verheiratet since 2011-01-01 | spouse Petra since 2011-01-01"},
	{"Unsere Katze Minka ist über die Regenbogenbrücke gegangen.", "ends: user pet Minka"},
	{"Seit Januar bin ich Veganer.", "diet Veganer since 2026-01-01"},
	{"Ich kann Rosenkohl nicht ausstehen.", "dislikes Rosenkohl"},
	{"Mein Asthma macht mir im Frühling zu schaffen.", "has_condition Asthma"},
	{"Mein Bruder heißt Jochen, äh, ich meine Joachim.", "brother Joachim"},
	{"Mein Vorgesetzter heißt Kurt Odermatt.", "manager Kurt Odermatt"},
	{"Ich hätte gern immer kurze Antworten.", "order: Ich hätte gern immer kurze Antworten"},
	{"Ich bin vor drei Jahren von Ulm nach Kassel gezogen.", "lives_in Kassel since 2023-01-01"},
	{"Mein Mann Jörg arbeitet bei der Bahn.", "Jörg works_at Bahn | spouse Jörg"},
	{"Zu unserer Familie gehört seit Mai ein Hund namens Balu.", "pet Balu"},
	{"Ich bin seit 2012 bei der Polizei.", "works_at Polizei since 2012-01-01"},
	{"Freiburg ist meine Heimat geworden.", "lives_in Freiburg"},
	{"Das Licht der Welt erblickt habe ich in Dresden.", "born_in Dresden"},
	{"Der 3. August ist mein Geburtstag.", "birthday 3. August"},
	{"Ich besuche meine Oma Lotte.", "grandmother Lotte"},
	{"Meine Ehe mit Petra ist Geschichte.", "ends: user spouse Petra"},
	{"Lakritz ist genau mein Ding.", "likes Lakritz"},
	{"Zu meinen Hobbys gehören Töpfern und Wandern.", "hobby Töpfern | hobby Wandern"},
	{"Ich hab Physik in Göttingen studiert.", "major Physik"},
	{"Wegen meiner Migräne arbeite ich im Dunkeln.", "has_condition Migräne"},
	{"Sprich mit mir bitte nur Deutsch.", "order: Sprich mit mir bitte nur Deutsch"},
	{"Ich arbeite doch nicht mehr bei Aldi.", "ends: user works_at Aldi"},
	{"Buenas, soy Marta Ibáñez.", "name Marta Ibáñez"},
	{"llámame Toñi", "name Toñi"},
	{"Empecé a trabajar en Glovo el mes pasado.", "works_at Glovo since 2026-04-01"},
	{"Me han despedido de Movistar.", "ends: user works_at Movistar"},
	{"Estuve en Seat hasta 2020.", "ends: user works_at Seat | past: user works_at Seat until 2021-01-01"},
	{"trabajo como camarera en un bar", "role camarera"},
	{"Soy médico de familia.", "role médico de familia"},
	{"Llevo viviendo en Granada desde 2012.", "lives_in Granada since 2012-01-01"},
	{"Nos hemos mudado a Pamplona hace poco.", "lives_in Pamplona"},
	{"Mi casa está en Toledo.", "lives_in Toledo"},
	{"Soy originaria de Tucumán.", "from Tucumán"},
	{"tengo 33 años", "age 33"},
	{"Nací en 1988.", "birth_year 1988"},
	{"Tengo un hermano que se llama Hugo.", "brother Hugo"},
	{"Lucas es mi hijo.", "son Lucas"},
	{"Me casé con Jorge en 2015.", "spouse Jorge since 2015-01-01"},
	{"Rompí con Sergio en abril.", "ends: user partner Sergio"},
	{"Mi pareja se llama Sonia.", "partner Sonia"},
	{"Tenemos dos gatos, Zipi y Zape.", "pet Zape | pet Zipi"},
	{"soy celíaca", "has_condition celíaca"},
	{"Me gusta el jazz.", "likes jazz"},
	{"Adoro los gatos.", "likes gatos"},
	{"Mi comida favorita es la paella.", "favourite_food paella"},
	{"He dejado el pádel.", "ends: user hobby pádel"},
	{"Mi correo es pepe@correo.es.", "email pepe@correo.es"},
	{"Me gradué en la Universidad de Sevilla.", "studied_at Universidad de Sevilla"},
	{"Me han diagnosticado diabetes.", "has_condition diabetes"},
	{"Quiero que siempre me respondas en español.", "order: Quiero que siempre me respondas en español"},
	{"Vivo en Murcia, digo, en Cartagena.", "lives_in Cartagena"},
	{"Mi compañera de trabajo Lidia me ayudó.", "colleague Lidia"},
	{"El turquesa es mi color favorito desde niña.", "favourite_colour turquesa"},
	{"Lourdes, mi hermana, vive en Quito.", "Lourdes lives_in Quito | sister Lourdes"},
	{"Mi trabajo en Iberdrola me encanta.", "works_at Iberdrola"},
	{"Como enfermera trabajo muchas noches.", "role enfermera"},
	{"Desde enero mi casa está en Valencia.", "lives_in Valencia since 2026-01-01"},
	{"He cumplido 41 años.", "age 41"},
	{"Firmamos el divorcio en febrero.", "ends: user spouse "},
	{"Los mariscos me dan alergia.", "allergic_to mariscos"},
	{"Me vuelve loca el chocolate.", "likes chocolate"},
	{"Se me da bien el francés, y domino el gallego.", "speaks gallego"},
	{"Mi asma empeora en primavera.", "has_condition asma"},
	{"Mi jefa se llama Noelia, perdón, Noemí.", "manager Noemí"},
	{"De ahora en adelante, respóndeme en catalán.", "order: De ahora en adelante, respóndeme en catalán"},
	{"estoy viviendo en valencia desde marzo", "lives_in valencia since 2026-03-01"},
	{"Entré en Zara como dependienta en mayo.", "role dependienta since 2026-05-01 | works_at Zara since 2026-05-01"},
	{"Con nosotros vive una perra que se llama Lola.", "pet Lola"},
	{"Llevo en Correos desde marzo.", "works_at Correos since 2026-03-01"},
	{"De lunes a viernes trabajo en Zara.", "works_at Zara"},
	{"Tengo mi casa en Gijón.", "lives_in Gijón"},
	{"Mi pueblo natal es Arequipa.", "from Arequipa"},
	{"El 9 de noviembre es mi cumpleaños.", "birthday 9 de noviembre"},
	{"Con mi hermana Lourdes hablo cada día.", "sister Lourdes"},
	{"Adrián y yo somos novios.", "partner Adrián"},
	{"En mi casa somos veganos.", "diet veganos"},
	{"Sé hablar gallego y portugués.", "speaks gallego | speaks portugués"},
	{"Soy licenciada por la Universidad de Salamanca.", "studied_at Universidad de Salamanca"},
	{"Me equivoqué, mi jefa se llama Noemí.", "manager Noemí"},
	{"Mi encargada se llama Paqui.", "manager Paqui"},
	{"Salut, moi c'est Mathilde.", "name Mathilde"},
	{"On m'appelle Jojo.", "nickname Jojo"},
	{"Je travaille à la SNCF.", "works_at SNCF"},
	{"Je viens d'être embauchée chez Sanofi.", "works_at Sanofi"},
	{"J'ai travaillé chez Peugeot de 2010 à 2016.", "past: user works_at Peugeot since 2010-01-01 until 2017-01-01"},
	{"Je suis plombier de métier.", "role plombier"},
	{"Je suis étudiante en droit.", "major droit | role étudiante"},
	{"Nous habitons à Genève.", "lives_in Genève"},
	{"Je me suis installée à Brest.", "lives_in Brest"},
	{"Avant j'habitais à Nice.", "ends: user lives_in Nice"},
	{"Je viens de Marseille.", "from Marseille"},
	{"Je suis québécoise.", "nationality québécoise"},
	{"Je suis née le 2 juin 1990.", "birthday 2 juin 1990"},
	{"j'ai deux fils, Hugo et Tom", "son Hugo | son Tom"},
	{"Paul est mon frère.", "brother Paul"},
	{"J'ai épousé Claire en 2010.", "spouse Claire since 2010-01-01"},
	{"Nous sommes séparés.", "marital_status séparés"},
	{"Je suis veuve.", "marital_status veuve"},
	{"J'ai un chien nommé Oslo.", "pet Oslo"},
	{"Je suis allergique au pollen.", "allergic_to pollen"},
	{"Je suis végan.", "diet végan"},
	{"Je n'aime pas les olives.", "dislikes olives"},
	{"Je joue du piano.", "hobby piano"},
	{"Je parle couramment allemand et un peu italien.", "speaks allemand | speaks italien"},
	{"Tu peux me joindre au 07 98 76 54 32.", "phone 07 98 76 54 32"},
	{"J'ai du diabète.", "has_condition diabète"},
	{"À partir de maintenant, écris-moi en anglais.", "order: À partir de maintenant, écris-moi en anglais"},
	{"Peux-tu toujours répondre en anglais ?", "order: Peux-tu toujours répondre en anglais"},
	{"Mon chef s'appelle Paul. Non, pardon, Pierre.", "manager Pierre"},
	{"Ma nouvelle cheffe est Anne Dubois.", "manager Anne Dubois"},
	{"Le bordeaux est ma couleur préférée depuis toujours.", "favourite_colour bordeaux"},
	{"Agathe, ma sœur, vit à Montréal.", "Agathe lives_in Montréal | sister Agathe"},
	{"Moi, Karim, j'ai une question.", "name Karim"},
	{"Je gagne ma vie comme boulanger.", "role boulanger"},
	{"Fraîchement installée à Lyon, je cherche un médecin.", "lives_in Lyon"},
	{"Delphine et moi sommes mariés depuis 2014.", "marital_status mariés since 2014-01-01 | spouse Delphine since 2014-01-01"},
	{"Je sors avec Yanis.", "partner Yanis"},
	{"Je suis devenue végétarienne en mars.", "diet végétarienne since 2026-03-01"},
	{"J'ai laissé tomber le badminton.", "ends: user hobby badminton"},
	{"Je me débrouille en arabe.", "speaks arabe"},
	{"Je suis atteint de diabète.", "has_condition diabète"},
	{"Ma cheffe, c'est Nadège, pas Nadine.", "manager Nadège"},
	{"Tu peux me tutoyer.", "order: Tu peux me tutoyer"},
	{"ça fait deux ans que j'ai quitté Lyon pour Nantes", "lives_in Nantes"},
	{"Mon mari, Paul, travaille à la SNCF.", "Paul works_at SNCF | spouse Paul"},
	{"je suis aide-soignante a l'hopital de Tours", "role aide-soignante | works_at hopital de Tours"},
	{"Chez nous vit une chienne nommée Tosca.", "pet Tosca"},
	{"J'ai signé mon CDI chez Thales lundi.", "works_at Thales"},
	{"Mon métier, c'est infirmière.", "role infirmière"},
	{"On vient d'emménager à Bayonne.", "lives_in Bayonne"},
	{"Originaire de Quimper, je connais la pluie.", "from Quimper"},
	{"Mon anniversaire tombe le 14 février.", "birthday 14 février"},
	{"Avec ma sœur Agathe, on part demain.", "sister Agathe"},
	{"Yanis est mon copain.", "partner Yanis"},
	{"Les crêpes, j'adore.", "likes crêpes"},
	{"Je me suis mise au piano.", "hobby piano"},
	{"Mon numéro a changé, voici le nouveau : 06 55 55 01 42.", "phone 06 55 55 01 42"},
	{"Réponds-moi en français à l'avenir.", "order: Réponds-moi en français à l'avenir"},
	{"J'habite à Pau. Enfin, à Tarbes.", "lives_in Tarbes"},
}

// datedSpoken are what dates say in other languages.
var datedSpoken = []struct{ text, want string }{
	{"Ich arbeite noch bis Juni bei Bosch.", "works_at Bosch until 2026-07-01"},
	{"Trabajo en Renfe hasta julio.", "works_at Renfe until 2026-08-01"},
	{"Je travaille chez Thales jusqu'en juin.", "works_at Thales until 2026-07-01"},
	{"Ab Juni wohne ich in Bremen.", ""},
	{"Letzten Dienstag bin ich nach Jena gezogen.", "lives_in Jena since 2026-05-12"},
	{"La semana pasada me mudé a Lugo.", "lives_in Lugo since 2026-05-04"},
	{"J'ai déménagé à Pau mardi dernier.", "lives_in Pau since 2026-05-12"},
	{"Ich wohne für zwei Wochen in Rom.", ""},
	{"Vivo en Roma por dos semanas.", ""},
	{"J'habite à Rome pour deux semaines.", ""},
	{"Am 3. Mai bin ich nach Köln gezogen.", "lives_in Köln since 2026-05-03"},
	{"Seit dem 1. April 2024 arbeite ich bei Miele.", "works_at Miele since 2024-04-01"},
	{"Desde el 1 de abril de 2024 trabajo en Seat.", "works_at Seat since 2024-04-01"},
	{"Depuis le 1er avril 2024, je travaille chez Thales.", "works_at Thales since 2024-04-01"},
}

func TestDatesInOtherLanguages(t *testing.T) {
	t.Parallel()
	for _, c := range datedSpoken {
		if got := heard(c.text); got != c.want {
			t.Errorf("%q:\n\tgot  %s\n\twant %s", c.text, got, c.want)
		}
	}
}

func TestSpoken(t *testing.T) {
	t.Parallel()
	for _, c := range spoken {
		if got := heard(c.text); got != c.want {
			t.Errorf("%q:\n\tgot  %s\n\twant %s", c.text, got, c.want)
		}
		in := Input{Text: "日本語。\n\n" + c.text, Role: record.User, At: said}
		if bad := check(in, Rules(in)); bad != "" {
			t.Errorf("%q: %s", c.text, bad)
		}
	}
}

// heard renders what a text states.
func heard(text string) string {
	var out []string
	for _, it := range itemsOf(Rules(Input{Text: text, Role: record.User, At: said})) {
		out = append(out, strings.ReplaceAll(strings.TrimPrefix(it.String(), "user | "), " | ", " "))
	}
	slices.Sort(out)
	return strings.Join(out, " | ")
}

// corrections say again, in other words or the same, what was said before: it holds once.
var corrections = []string{
	"Ich wohne in Köln. Ich meinte Köln.",
}

// A correction puts its value in place of the fact that it is about, wherever that stands, and leaves all others. Entities that only the
// wrong fact had go with it.
func TestCorrectionsFindTheirFact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, states, entities string }{
		{"Ich wohne in Ulm wegen meinem Job bei Siemens. Nein, ich meinte Kassel.", "lives_in Kassel | works_at Siemens", "Kassel Siemens"},
		{"Ich bin Tischler und wohne in Ulm. Mein Asthma nervt. Nein, ich meinte Kassel.", "has_condition Asthma | lives_in Kassel | role Tischler", "Asthma Kassel"},
		{"Ich wohne in Ulm. My sister Anna lives in Leeds. Nein, ich meinte Kassel.", "Anna lives_in Leeds | lives_in Kassel | sister Anna", "Anna Kassel Leeds"},
		{"Ich wohne in Ulm. Mein Job bei Siemens ist toll. Vertippt: ich wohne in Neu-Ulm.", "lives_in Neu-Ulm | works_at Siemens", "Neu-Ulm Siemens"},
		{"Ich bin 34. Vertippt: ich bin 43.", "age 43", ""},
		{"Ich wohne in Ulm und mein Bruder Jonas wohnt in Ulm. Nein, ich meinte Kassel.", "Jonas lives_in Kassel | brother Jonas | lives_in Ulm", "Jonas Kassel Ulm"},
		{"Ich wohne in Ulm, nein, in Neu-Ulm. Mein Bruder Jonas wohnt in Ulm.", "Jonas lives_in Ulm | brother Jonas | lives_in Neu-Ulm", "Jonas Neu-Ulm Ulm"},
		{"Mein Bruder heißt Jochen, äh, ich meine Joachim. Er wohnt in Ulm.", "Joachim lives_in Ulm | brother Joachim", "Joachim Ulm"},
		{"Meine Katze heißt Mimi, nein, Momo.", "pet Momo", "Momo"},
	} {
		if got := heard(c.text); got != c.states {
			t.Errorf("%q states %s, want %s", c.text, got, c.states)
		}
		var names []string
		for _, e := range Rules(Input{Text: c.text, Role: record.User, At: said}).Entities {
			names = append(names, e.Name)
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != c.entities {
			t.Errorf("%q has the entities %s, want %s", c.text, got, c.entities)
		}
	}
}

// A joke takes everything back that the sentence before it says, and nothing of what is said after it.
func TestJokesLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Ich habe mein Auto verkauft und wohne in Köln. Das war ein Scherz.", "I live in Rome. Das war nur ein Scherz.", "Vivo en Vigo con Ana. Era broma.", "Je m'appelle Paul. Je plaisante."} {
		x := Rules(Input{Text: text, Role: record.User, At: said})
		if len(render(x))+len(x.Entities)+len(x.Doubts)+len(x.Uncertainties) > 0 || x.Speaker.Name != "" {
			t.Errorf("%q leaves %+v", text, x)
		}
	}
	if got := heard("Ich wohne in Köln. Das war ein Scherz. Ich wohne in Köln."); got != "lives_in Köln" {
		t.Errorf("what is said again after a joke: %q", got)
	}
}

func TestSpokenTraps(t *testing.T) {
	t.Parallel()
	for _, text := range slices.Concat(spokenTraps, spanishTraps) {
		if got := heard(text); got != "" {
			t.Errorf("%q states %s", text, got)
		}
	}
}

// English is never taken for another language, whatever foreign words it has.
func TestEnglishIsNotAnotherLanguage(t *testing.T) {
	t.Parallel()
	texts := []string{"He told me no a few times.", "Me and my son live on a farm.", "We ate at La Casa de Papel.", "I call it a die, not a dice.", "The war was on in Mali.",
		"Call me Al", "So I am in a bin.", "My sister's rue de la Paix flat is on the market.", "Tell me no more on a Sunday."}
	for _, c := range statements {
		if !strings.Contains(c.text, "Ich ") && !strings.Contains(c.text, "ich ") {
			texts = append(texts, c.text)
		}
	}
	for _, m := range readLabelled(t, "tune") {
		if m.Lang == "en" {
			texts = append(texts, m.Text)
		}
	}
	for _, text := range texts {
		x := newExtractor(Input{Text: text, Role: record.User, At: said})
		for _, s := range sentences(x.toks) {
			if l := x.tongueOf(s); l != nil {
				t.Errorf("%q is taken for %s", text, l.name)
			}
		}
	}
}

func TestLanguagesMix(t *testing.T) {
	t.Parallel()
	const text = "I work at Acme. Ich wohne in Kassel. Me llamo Rosario Beltrán. J'ai un chat qui s'appelle Pixel."
	if got, want := heard(text), "lives_in Kassel | name Rosario Beltrán | pet Pixel | works_at Acme"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A relative who is known is meant by "meine Schwester".
func TestKnownRelativeInAnotherLanguage(t *testing.T) {
	t.Parallel()
	ana := record.EntityRef{Type: record.TypePerson, Name: "Ana Kühn"}
	for _, text := range []string{"Meine Schwester wohnt jetzt in Genf.", "Mi hermana vive en Quito.", "Ma sœur habite à Lyon."} {
		x := Rules(Input{Text: text, Role: record.User, At: said, Kin: map[string][]record.EntityRef{"sister": {ana}}})
		if len(x.Relations) != 1 || x.Relations[0].Subject != ana || x.Relations[0].Label != LivesIn {
			t.Errorf("%q: %+v", text, x.Relations)
		}
		if got := heard(text); got != "" {
			t.Errorf("%q of nobody who is known states %s", text, got)
		}
	}
}

// BenchmarkSpoken reads long texts in other languages: the time per byte does not grow with their length.
func BenchmarkSpoken(b *testing.B) {
	for _, line := range []string{"Ich wohne in Kassel. ", "mi número ", "je suis à ", "meine Schwester Ana, ", "Vivo en Madrid y trabajo en Correos. "} {
		for _, size := range []int{16 << 10, 64 << 10} {
			text := strings.Repeat(line, size/len(line))
			b.Run(strings.TrimSpace(line)+"/"+strconv.Itoa(size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					Rules(Input{Text: text, Role: record.User, At: said})
				}
			})
		}
	}
}
