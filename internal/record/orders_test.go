package record

import "testing"

func TestOrdersThatExcludeEachOther(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, new string }{
		{"Always answer in French", "Always answer in English."}, {"Answer in French", "From now on, please reply only in English"},
		{"Antworte immer auf Deutsch", "Antworte bitte auf Englisch"}, {"Responde siempre en español", "Respóndeme en inglés"},
		{"Réponds toujours en français", "réponds-moi en anglais"}, {"always answer in German", "Sprich ab jetzt Englisch mit mir"},
		{"Always answer in French", "Never answer in French"}, {"Always answer in French", "Stop answering in French"},
		{"Don't use emojis", "Use emojis"}, {"Use emojis", "Bitte keine Emojis verwenden"},
		{"Keep your answers short", "Give me long answers"}, {"Be brief", "Always be thorough"}, {"Halte dich kurz", "Antworte ausführlich"},
		{"Use bullet points", "Answer in full sentences"}, {"Always answer in tables", "Format your answers as bullet points"}, {"Use Markdown", "use plain text"},
		{"Always be formal", "Use a casual tone"}, {"Be serious", "be funny"}, {"Duze mich", "Sprich mich mit Sie an"}, {"Tutéame", "Trátame de usted"},
		{"Call me Alex", "Always call me Dr. Moreau"}, {"Always call me Alex", "Never call me Alex"}, {"Nenne mich Sandy", "Nenn mich Alex"},
		{"Use metric units", "Use imperial units"}, {"Give temperatures in Celsius", "Use Fahrenheit"}, {"Use the 24-hour clock", "Use the 12-hour format"},
		{"Show prices in euros", "Show prices in dollars"}, {"In emails, answer in French", "Answer in English in emails"},
		{"always bow", "never bow"},
	} {
		if old, other := ReadOrder(c.old), ReadOrder(c.new); !other.Excludes(old) || !old.Excludes(other) {
			t.Errorf("%q %+v stands beside %q %+v", c.new, other, c.old, old)
		}
	}
	for _, c := range []struct{ old, new string }{
		{"Always answer in French", "In emails, answer in English"}, {"In emails, answer in French", "Write commit messages in English"},
		{"Always answer in French", "Always answer in French."}, {"Answer in French", "Keep answers short"}, {"Be formal", "Be brief"},
		{"Answer in French", "Never answer in German"}, {"When I write in German, answer in English", "Answer in German"},
		{"Answer in French", "Translate everything I quote to English"}, {"Use metric units", "Give temperatures in Fahrenheit"},
		{"Never use tables", "Use bullet points"}, {"Call me Alex", "Call me when the build is done"}, {"Call me Alex", "Call me at five"},
		{"Always cite your sources", "Always list your sources"}, {"Use Python for scripts", "Use Go for services"}, {"always bow", "never sing"},
		{"Answer in English", "Use English units of measure for recipes"}, {"Du sollst immer Quellen nennen", "Sie sollen kurz antworten"},
		{"Answer in French", "In text messages, answer in English"}, {"Be formal", "Be less formal"}, {"Be long", "Be no longer than a page"},
		{"Answer in bullet points", "Answer in Markdown"}, {"Speak French to my mother", "Answer in English"}, {"Keep it short for code reviews", "Give long answers"},
	} {
		if old, other := ReadOrder(c.old), ReadOrder(c.new); other.Excludes(old) || old.Excludes(other) {
			t.Errorf("%q %+v excludes %q %+v", c.new, other, c.old, old)
		}
	}
}
