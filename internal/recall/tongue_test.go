package recall_test

import (
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// household returns a view in which Nora speaks. She moved and changed her job in June. Her sister Carmen has a wife, who works at Globex.
func household(t *testing.T) *recall.View {
	t.Helper()
	nora, carmen, tom, jon, eva := person("Nora"), person("Carmen"), person("Tom"), person("Jon"), person("Eva")
	organisation := func(name string) record.EntityRef { return record.EntityRef{Type: record.TypeOrganisation, Name: name} }
	topic := func(name string) record.EntityRef { return record.EntityRef{Type: record.TypeTopic, Name: name} }
	old := record.Interval{Until: june}
	attribute := func(of record.EntityRef, key, value string) record.Fact {
		return record.Fact{Kind: record.KindAttribute, Entity: of, Key: key, Value: value}
	}
	facts := []record.Fact{
		attribute(record.UserEntity, "name", "Nora"),
		{Entity: nora, Key: "lives_in", Object: place("Hamburg"), Valid: old, Known: old, RetiredAt: june},
		{Entity: nora, Key: "lives_in", Object: place("Lisbon"), Known: record.Interval{From: june}},
		{Entity: nora, Key: "works_at", Object: organisation("Acme"), Valid: old, Known: old, RetiredAt: june},
		{Entity: nora, Key: "works_at", Object: organisation("Initech"), Known: record.Interval{From: june}},
		{Entity: nora, Key: "spouse", Object: tom},
		{Entity: nora, Key: "sister", Object: carmen},
		{Entity: nora, Key: "manager", Object: jon},
		{Entity: carmen, Key: "spouse", Object: eva},
		{Entity: carmen, Key: "lives_in", Object: place("Jaén")},
		{Entity: eva, Key: "works_at", Object: organisation("Globex")},
		{Entity: jon, Key: "lives_in", Object: place("Rome")},
		{Entity: nora, Key: "allergic_to", Object: topic("walnuts"), Many: true},
		{Entity: nora, Key: "hobby", Object: topic("chess"), Many: true},
		attribute(nora, "birthday", "3 May"),
		attribute(nora, "phone", "0151 5550"),
		attribute(nora, "email", "nora@example.org"),
		attribute(nora, "role", "plumber"),
		attribute(nora, "favourite_colour", "teal"),
		attribute(nora, "car", "Fiesta"),
		attribute(carmen, "birthday", "1 June"),
	}
	return viewOf(t, facts)
}

func TestQuestionsInOtherLanguages(t *testing.T) {
	t.Parallel()
	view := household(t)
	for want, questions := range map[string][]string{
		"Nora lives in Lisbon": {
			"Wo wohne ich?", "wo wohn ich jetzt", "Wo wohne ich denn eigentlich?", "In welcher Stadt lebe ich?", "Wohin bin ich gezogen?", "¿A dónde me mudé?", "Où ai-je déménagé ?", "Weißt du noch, wo ich wohne?",
			"Wohne ich noch in Lisbon?", "Wohne ich noch in Hamburg?",
			"¿Dónde vivo?", "donde vivo ahora", "¿En qué ciudad vivo?", "¿Sabes dónde vivo?", "¿Todavía vivo en Hamburg?", "¿Sigo viviendo en Hamburg?",
			"Où est-ce que j'habite ?", "ou est ce que j'habite", "Où habité-je ?", "J'habite où ?", "Dans quelle ville j'habite ?", "Est-ce que j'habite encore à Hamburg ?",
			"Sais-tu où j'habite ?", "Où est-ce qu’on vit maintenant ?",
		},
		"Nora lives in Hamburg": {
			"Wo habe ich gewohnt?", "Wo wohnte ich früher?", "Wo hab ich vorher gewohnt", "Wo habe ich vor Lisbon gewohnt?",
			"¿Dónde vivía?", "¿Dónde vivía yo antes?", "donde vivia antes de Lisbon", "¿Dónde he vivido antes?",
			"Où habitais-je ?", "Où est-ce que j'habitais avant ?", "Où ai-je vécu avant Lisbon ?",
		},
		"Nora works at Initech":            {"Wo arbeite ich?", "Bei welcher Firma arbeite ich jetzt?", "¿Dónde trabajo ahora?", "¿En qué empresa trabajo?", "Où est-ce que je travaille ?", "Chez qui je travaille ?"},
		"Nora works at Acme":               {"Wo habe ich vor Initech gearbeitet?", "Bin ich noch bei Acme?", "¿Sigo en Acme?", "Suis-je encore chez Acme ?", "¿Dónde trabajaba antes?", "Où est-ce que je travaillais avant ?"},
		"Nora's spouse is Tom":             {"Wie heißt mein Mann?", "Mit wem bin ich verheiratet?", "¿Cómo se llama mi marido?", "¿Con quién estoy casada?", "Comment s'appelle mon mari ?", "Bin ich noch mit Tom verheiratet?", "Suis-je encore mariée avec Tom ?"},
		"Nora's sister is Carmen":          {"Wie heißt meine Schwester?", "wie heisst meine schwester", "¿Quién es mi hermana?", "Comment s'appelle ma sœur ?"},
		"Nora's manager is Jon":            {"Wer ist mein Chef?", "¿Cómo se llama mi jefe?", "Qui est mon chef ?"},
		"Carmen lives in Jaén":             {"Wo wohnt meine Schwester?", "Wo wohnt Carmen?", "¿Dónde vive mi hermana Carmen?", "Où habite ma sœur ?", "Où Carmen habite-t-elle ?"},
		"Jon lives in Rome":                {"Wo wohnt mein Chef?", "¿Dónde vive mi jefe?", "Où habite mon chef ?"},
		"Nora's birthday is 3 May":         {"Wann habe ich Geburtstag?", "Wann ist mein Geburtstag?", "¿Cuándo es mi cumpleaños?", "¿Cuándo cumplo años?", "C'est quand mon anniversaire ?"},
		"Carmen's birthday is 1 June":      {"Wann hat meine Schwester Geburtstag?", "¿Cuándo cumple años Carmen?", "Quand est l'anniversaire de ma sœur ?"},
		"Nora's phone is 0151 5550":        {"Wie lautet meine Handynummer?", "Wie ist meine Nummer", "¿Cuál es mi número de teléfono?", "Quel est mon numéro ?"},
		"Nora's email is nora@example.org": {"Was ist meine Mailadresse?", "¿Cuál es mi correo electrónico?", "Quelle est mon adresse mail ?"},
		"Nora's role is plumber":           {"Was bin ich von Beruf?", "¿A qué me dedico?", "Quel est mon métier ?"},
		"Nora is allergic to walnuts":      {"Wogegen bin ich allergisch?", "¿A qué soy alérgica?", "À quoi suis-je allergique ?"},
		"Nora hobby chess":                 {"Was sind meine Hobbys?", "¿Cuáles son mis aficiones?", "Quels sont mes loisirs ?"},
		"Nora's favourite colour is teal":  {"Was ist meine Lieblingsfarbe?", "¿Cuál es mi color favorito?", "Quelle est ma couleur préférée ?"},
		"Nora's car is Fiesta":             {"Welches Auto fahre ich?", "Was fahre ich für ein Auto?", "¿Qué coche tengo?", "Quelle est ma voiture ?"},
		"Carmen's spouse is Eva":           {"Wie heißt die Frau meiner Schwester?", "¿Cómo se llama la mujer de mi hermana?", "Comment s'appelle la femme de ma sœur ?"},
		"Eva works at Globex":              {"Wo arbeitet die Frau meiner Schwester?", "¿Dónde trabaja la mujer de mi hermana?", "Où travaille la femme de ma sœur ?"},
	} {
		for _, question := range questions {
			got := ask(t, view, question, index.Filter{})
			if got.Tier != recall.Direct || got.Hits[0].Text != want {
				t.Errorf("%s: %s %s, want %q", question, got.Tier, texts(got), want)
			}
		}
	}
}

// TestTrapsInOtherLanguages checks that questions that only look like these are left to the search.
func TestTrapsInOtherLanguages(t *testing.T) {
	t.Parallel()
	view := household(t)
	for _, question := range []string{
		"Wo kann ich wohnen?", "Wo soll ich wohnen?", "Wo würde ich am liebsten wohnen?", "Wo wohne ich, wenn ich umziehe?", "Wo wohnt ihr Bruder?",
		"Wo wohnt der Papst?", "Wo wohnt Klaus?", "Wo wohnt mein Bruder?", "Wo wohnst du?", "Wohin ziehe ich?", "Wie heißt der Mann von Klaus?",
		"Ich wohne in Lisbon", "Wo arbeitet die Frau meines Chefs?", "Wer ist Chef von Initech?", "Was ist mit meinem Auto los?",
		"¿Dónde puedo vivir?", "¿Dónde debería vivir?", "¿Dónde viviría si pudiera?", "¿Dónde vive el papa?", "¿Dónde vive mi hermano?", "¿Dónde vives?",
		"¿Dónde vivía Pedro?", "¿Qué le pasa a mi coche?", "Vivo en Lisbon", "¿Dónde vive su hermana?",
		"Où puis-je habiter ?", "Où devrais-je habiter ?", "Où habiterais-je ?", "Où habite mon frère ?", "Où habite-t-il ?", "Où habites-tu ?",
		"Où habite Pierre ?", "J'habite à Lisbon", "Qu'est-ce qui ne va pas avec ma voiture ?", "Où habite sa sœur ?",
	} {
		if got := ask(t, view, question, index.Filter{}); got.Tier == recall.Direct || strings.Contains(got.Reason, "names") {
			t.Errorf("%s: %s, %s: %s", question, got.Tier, got.Reason, texts(got))
		}
	}
}

func TestQuestionsNameATime(t *testing.T) {
	t.Parallel()
	view := household(t)
	before := index.Filter{AsOf: june.AddDate(0, 0, -7)}
	for question, want := range map[string]string{
		"Wo wohnte ich im Mai 2026?":                 "Nora lives in Hamburg",
		"¿Dónde vivía el 20 de mayo de 2026?":        "Nora lives in Hamburg",
		"Où est-ce que je travaillais en mai 2026 ?": "Nora works at Acme",
		"Where was I working in May 2026?":           "Nora works at Acme",
	} {
		if got := ask(t, view, question, before); len(got.Hits) == 0 || got.Hits[0].Text != want {
			t.Errorf("%s: %s, want %q first", question, texts(got), want)
		}
	}
}
