package recall_test

import (
	"testing"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// TestNamesakes asks for somebody whose name is also the first name of somebody else.
func TestNamesakes(t *testing.T) {
	t.Parallel()
	view := viewOf(t, []record.Fact{
		{Kind: record.KindAttribute, Entity: record.UserEntity, Key: "name", Value: "Nora"},
		{Entity: person("Nora"), Key: "brother", Object: person("Tom")},
		{Entity: person("Tom"), Key: "lives_in", Object: place("Ostend")},
		{Entity: person("Tom"), Key: "wife", Object: person("Eva")},
		{Entity: person("Eva"), Key: "lives_in", Object: place("Rome")},
		{Entity: person("Tom Moreau"), Key: "lives_in", Object: place("Namur")},
	})
	for question, direct := range map[string]bool{
		"Where does Tom live?": false, "Where does Tom's wife live?": false, "Does Tom live in Ostend?": false, "Wo wohnt Tom?": false,
		"Where does Tom Moreau live?": true, "Where does my brother Tom live?": true, "Where does my brother live?": true,
	} {
		if got := ask(t, view, question, index.Filter{}); (got.Tier == recall.Direct) != direct {
			t.Errorf("%s: %s %q, want direct %t", question, got.Tier, texts(got), direct)
		}
	}
}

// TestQuestionsThatSayMore asks for more, or for something else, than the facts of their words. The graph must not answer them alone.
func TestQuestionsThatSayMore(t *testing.T) {
	t.Parallel()
	view := household(t)
	for _, question := range []string{
		// a part of the question that no form has
		"Where does Carmen live on Fridays?", "Where do I live with Tom?", "Where do I work with Carmen?", "Where do I work in Hamburg?", "What is in my car?", "What is on my phone?",
		"What does my husband have?", "What has my husband got?", "Who is my husband with?", "Who was my husband with?", "What is my husband at?", "What does my sister have?",
		"What is with my car?", "Who is at my sister?", "What is at my address?", "What is my phone in?", "What is my sister for?", "What is my car for?", "What does my car have?",
		"When and where do I live?", "Where and what do I work?", "Where do I live and where do I work?", "Why do I live in Lisbon?", "How long have I lived in Lisbon?",
		"How often do I work at Initech?", "How many people work at Initech?", "How much do I work?", "How far is my home?", "What kind of house do I live in?",
		"Who lives with me?", "Who works with me?", "Do you live with me?", "Where do you live, and where do I live?", "Do I live with Carmen?", "Do I work in Lisbon?",
		"Do I work with Carmen?", "Am I married to Carmen's wife?", "What did I say about my sister?", "What does my sister say?", "What do I do with Carmen?",
		"What do I do on Fridays?", "What do I do now?", "What does Carmen do today?", "What did Carmen do?", "What is Carmen doing?", "What shall I do?", "What should Carmen do?",
		"What does Tom do to me?", "What does my husband do to my sister?", "What did my husband do?", "What has my husband done?",
		"Who does not work at Globex?", "Who else works at Globex?", "Who worked at Initech with me?", "Who would work at Globex?", "Who works at Globex on Fridays?", "Who works hardest at Globex?",
		"Who works for Carmen at Globex?", "Who works at Globex and lives in Rome?", "Who works at Hooli?", "Who never worked at Globex?", "Who lives in Lisbon with Tom?",
		"How many sisters does Tom have?", "How many wives do I have?", "How many hobbies should I have?", "How many dogs do I have?", "How many children do I want?", "How many cars does Carmen own?",
		"When did I move?", "When did I move to Rome?", "When will I move to Lisbon?", "When did Carmen move to Lisbon?", "When do I start at Initech?", "When did I want to move to Lisbon?",
		"When did I start at Initech?", "Since when do I speak French?", "When did we last move to Lisbon?",
		"Do I like Carmen?", "Do I like chess?", "Would I like walnuts?", "Does Tom like me?", "What would I like?", "What is Carmen like?", "What is my sister like?",
		"Where did I live in 1999?", "Where will I live in 2030?", "Where did I live in 2026 and 2025?", "What was my phone number in 2010?",
		"What is my wife's sister's job?", "What is my husband's sister's name?", "What is Eva's sister's name?",
		"Where does my sister's wife's boss live?", "Where does the boss of Eva live?", "What is my second hobby?", "What is my favourite colour on Fridays?", "What was my first car?",
		"What is the opposite of my favourite colour?", "Is my favourite colour nice?", "What is nicer than my favourite colour?", "What is my new car?s colour?",
		"Where does Tom's Carmen live?", "Is Carmen in Jaén today with Eva?", "What is Carmen's number?", "What is my sister's phone number?", "When is my husband's birthday?",
		"Where did Carmen live before Rome?", "Where did I live before Carmen?", "Where did I work before Lisbon?", "What is my role at Globex?", "What is Carmen's role at Globex?",
		"If I lived in Rome, where would I work?", "Suppose I am married, who is my husband?", "What was my husband called before we met?", "Who is my husband not?", "What is not my phone number?",
		"Where don't I live?", "Where doesn't Carmen live?", "Where did I never live?", "Which city have I never lived in?", "Where do I want to live?", "Where could I work?",
		"Where do I live best?", "Where was I born to be?", "What is my email to Carmen?", "What is my email about?", "What is my email from Tom?", "Who emails my email?", "What is in my email?",
		"What is my job for Carmen?", "What is my work phone number?", "What is my work email?", "What is my home phone?",
		"What is my address at home?", "What is my mother's phone number?", "Mum's number?", "What is Mum's number?",
		// other languages
		"Was ist in meinem Auto?", "Was ist mit meinem Auto?", "Was hat mein Mann?", "Was ist auf meinem Handy?", "Wo wohne ich mit Carmen?", "Wo arbeite ich mit meiner Schwester?", "Wo wohnt Carmen nicht?",
		"Wo wohnt Carmen freitags?", "Seit wann wohne ich in Lisbon?", "Wie lange wohne ich in Lisbon?", "Warum wohne ich in Lisbon?", "Wer arbeitet nicht bei Globex?", "Wer arbeitet noch bei Globex außer Eva?",
		"Wie viele Hunde habe ich?", "Wie viele Schwestern hat Tom?", "Was mache ich heute?", "Was macht Tom gerade?", "Was macht Carmen heute?", "Was hat Carmen gemacht?", "Mag ich Schach?",
		"Wann bin ich nach Rome gezogen?", "Wo werde ich wohnen?", "Wo würde Carmen wohnen?", "Wo wohnt der Mann von Eva?", "Wie heißt die Schwester von Tom?",
		"¿Qué hay en mi coche?", "¿Qué tiene mi marido?", "¿Dónde vivo con Carmen?", "¿Dónde vive Carmen los viernes?", "¿Por qué vivo en Lisbon?", "¿Cuánto tiempo llevo en Lisbon?", "¿Quién no trabaja en Globex?",
		"¿Cuántos perros tengo?", "¿Qué hace Carmen hoy?", "¿Qué hizo Carmen?", "¿Me gusta el ajedrez?", "¿Desde cuándo vivo en Lisbon?", "¿Dónde no vivo?", "¿Cómo se llama la hermana de Tom?",
		"Qu'est-ce qu'il y a dans ma voiture ?", "Où est-ce que j'habite avec Carmen ?", "Où habite Carmen le vendredi ?", "Pourquoi j'habite à Lisbon ?", "Depuis combien de temps j'habite à Lisbon ?",
		"Qui ne travaille pas chez Globex ?", "Combien de chiens ai-je ?", "Que fait Carmen aujourd'hui ?", "Est-ce que j'aime les échecs ?", "Depuis quand j'habite à Lisbon ?", "Où n'habite pas Carmen ?",
		"Comment s'appelle la sœur de Tom ?", "Qu'a fait mon mari ?", "Qu'est-ce que mon mari a ?",
	} {
		if got := ask(t, view, question, index.Filter{}); got.Tier == recall.Direct {
			t.Errorf("%s: answered directly with %q: %s", question, texts(got)[:1], got.Reason)
		}
	}
}
