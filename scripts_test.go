package spectron_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// scripts has texts in many scripts, and words that must find each of them among all others.
var scripts = []struct {
	name, text string
	words      []string
}{
	{"English", "The quarterly report was rejected by the auditors in Lisbon.", []string{"quarterly", "auditor", "rejecting", "LISBON", "reports"}},
	{"German", "Die Überweisung für den Fußballverein wurde von Jürgen Müller geprüft.", []string{"Überweisung", "ueberweisung", "Fußballverein", "fussballverein", "Müller", "mueller", "muller", "JÜRGEN"}},
	{"German compound", "Das Donaudampfschifffahrtsgesellschaftskapitänspatent liegt im Wohnzimmerschrank.", []string{"Donaudampfschifffahrtsgesellschaftskapitänspatent", "Wohnzimmerschrank", "Wohnzimmerschränke"}},
	{"French", "L'élève a mangé une crème brûlée à Besançon.", []string{"élève", "eleve", "brulee", "Besançon", "besancon"}},
	{"Greek", "Η συνάντηση στη Θεσσαλονίκη αναβλήθηκε για την Παρασκευή.", []string{"Θεσσαλονίκη", "θεσσαλονικη", "ΠΑΡΑΣΚΕΥΗ", "συνάντηση"}},
	{"Russian", "Встреча с инвестором из Новосибирска перенесена на вторник.", []string{"Новосибирска", "ВСТРЕЧА", "вторник"}},
	{"Ukrainian", "Їжак живе у Києві біля річки.", []string{"їжак", "Києві", "річки"}},
	{"Japanese", "来週の火曜日に東京タワーで田中さんと会う予定です。", []string{"東京タワー", "田中", "火曜日", "タワー"}},
	{"Japanese hiragana", "わたしはすしがだいすきです。", []string{"すし", "だいすき"}},
	{"Chinese", "我们公司的总部在上海浦东新区。", []string{"上海", "浦东", "总部", "公司"}},
	{"Chinese one letter", "他昨天买了一只猫。", []string{"猫"}},
	{"Korean", "다음 주 수요일에 부산에서 회의가 있습니다.", []string{"부산", "수요일", "회의"}},
	{"Arabic", "الاجتماع القادم سيكون في القاهرة يوم الأحد.", []string{"القاهرة", "قاهرة", "الاجتماع", "الأحد"}},
	{"Hebrew", "הפגישה הבאה תתקיים בירושלים ביום שלישי.", []string{"הפגישה", "בירושלים", "שלישי"}},
	{"Hindi", "अगली बैठक दिल्ली में सोमवार को होगी।", []string{"दिल्ली", "सोमवार", "बैठक"}},
	{"Thai", "การประชุมครั้งหน้าจัดที่เชียงใหม่", []string{"เชียงใหม่", "ประชุม"}},
	{"Vietnamese", "Cuộc họp tiếp theo ở Đà Nẵng.", []string{"Nẵng", "cuộc họp"}},
	{"Turkish", "Toplantı İstanbul'da yapılacak.", []string{"İstanbul", "istanbul", "toplantı"}},
	{"Georgian", "შეხვედრა თბილისში იქნება.", []string{"თბილისში"}},
	{"Emoji", "Deployed on a friday 🚀 nobody slept 😴", []string{"🚀", "😴"}},
	{"Emoji with skin tone", "high five 👋🏽 team", []string{"👋", "👋🏽"}},
	{"Part number", "Replacement laptop is a MLWK3LL/A with sleeve.", []string{"MLWK3LL/A", "mlwk3ll/a", "MLWK3LL"}},
	{"Version", "We pinned libfoo v2.14.3-rc1 yesterday.", []string{"v2.14.3-rc1", "2.14.3", "libfoo"}},
	{"E-mail", "Write to grace.hopper@navy.example.org about COBOL.", []string{"grace.hopper@navy.example.org", "hopper", "COBOL"}},
	{"URL", "Docs live at https://docs.example.net/v3/guides?lang=tr#intro now.", []string{"https://docs.example.net/v3/guides?lang=tr#intro", "docs.example.net", "guides"}},
	{"IBAN", "Transfer to DE89 3704 0044 0532 0130 00 please.", []string{"DE89 3704 0044", "0532"}},
	{"Phone", "Ring Otto on +49-170-1234567 after six.", []string{"+49-170-1234567", "1234567"}},
	{"Issue and ticket", "See JIRA-4711 and #1234 for context.", []string{"JIRA-4711", "jira", "#1234", "1234"}},
	{"Identifier", "The function parseHTTPResponse panics in http_client.go:217.", []string{"parseHTTPResponse", "http_client.go", "panics"}},
	{"Language", "He rewrote the kernel driver in C++ and C#.", []string{"C++", "C#"}},
	{"Decomposed", "The cafe\u0301 in Malmo\u0308 closed.", []string{"café", "Malmö", "malmo"}},
	{"Full width", "Ｍｏｄｅｌ　ＸＺ９９ arrived.", []string{"XZ99", "model"}},
	{"Apostrophe", "Siobhan O'Brien isn’t coming.", []string{"O'Brien", "O’Brien", "obrien"}},
	{"Right to left mark", "\u200fשלום עולם\u200f greeting", []string{"שלום"}},
}

func TestEveryScript(t *testing.T) {
	t.Parallel()
	for _, infer := range []spectron.Infer{spectron.InferNone, spectron.InferFull} {
		t.Run(string(infer), func(t *testing.T) {
			t.Parallel()
			c := spectrontest.Context(t, nil)
			ids := map[string]spectron.Remembered{}
			for _, s := range scripts {
				ids[s.text] = *remember(t, c, spectron.RememberRequest{Text: s.text, Infer: infer})
			}
			for _, s := range scripts {
				stored := turns(t, c, ids[s.text].SessionID)
				if len(stored) != 1 || stored[0].Content != s.text {
					t.Errorf("%s: stored as %+v", s.name, stored)
				}
				for _, word := range s.words {
					for _, mode := range []spectron.Mode{spectron.ModeBM25, ""} {
						r := recall(t, c, spectron.RecallRequest{Query: word, Mode: mode, Kinds: []spectron.Kind{spectron.KindMemoryChunk}, K: 3})
						if mode == spectron.ModeBM25 && s.name == "German compound" && word == "Wohnzimmerschränke" {
							continue // only vectors find inflected words of other languages
						}
						if !slices.Contains(said(r), s.text) {
							t.Errorf("%s: %q in mode %q finds %q", s.name, word, mode, said(r))
						}
					}
				}
			}
		})
	}
}

// TestLongTexts checks that a long text is found by a word at its end, in its middle, and at the places where it is cut, and that its
// pieces quote the turn exactly and cover all of it.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	fill := map[string]string{
		"sentences": "The committee met again and nothing of note was decided by anybody. ",
		"lines":     "item: done\n", "one word": "abcdefghij", "Japanese": "会議はまた何も決まらずに終わりました。", "emoji": "🙂🙃 ",
		"paragraphs": "A short paragraph.\n\n", "Arabic": "انتهى الاجتماع دون قرار. ", "CRLF": "row of a table\r\n",
	}
	for name, unit := range fill {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := spectrontest.Context(t, nil)
			half := strings.Repeat(unit, 25<<10/len(unit))
			text := "  " + half + " xylophone " + half + " quokka.  "
			r := remember(t, c, spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
			stored := turns(t, c, r.SessionID)
			if len(stored) != 1 || stored[0].Content != text {
				t.Fatalf("not stored word for word")
			}
			for _, word := range []string{"quokka", "xylophone"} {
				found := recall(t, c, spectron.RecallRequest{Query: word, K: 1})
				if len(found.Hits) != 1 || !strings.Contains(found.Hits[0].Text, word) {
					t.Fatalf("%s finds %d hits, %q", word, len(found.Hits), found.Trace.Reason)
				}
				if s := found.Hits[0].Source; s.Quote != part(text, s.Start, s.End) || s.Quote != found.Hits[0].Text {
					t.Errorf("%s: the quote is not what stands at %d to %d", word, s.Start, s.End)
				}
			}
			// Pieces of one turn are one hit. By vectors alone, each piece is a hit.
			if one := recall(t, c, spectron.RecallRequest{Query: unit, K: 50}).Hits; len(one) != 1 {
				t.Errorf("%d hits of one turn", len(one))
			}
			pieces := recall(t, c, spectron.RecallRequest{Query: unit, Mode: spectron.ModeVector, K: 50, IncludeDuplicates: true}).Hits
			if len(pieces) != min(len(r.ChunkIDs), 50) {
				t.Errorf("%d of %d pieces are found", len(pieces), len(r.ChunkIDs))
			}
			slices.SortFunc(pieces, func(a, b spectron.Hit) int { return a.Source.Start - b.Source.Start })
			end := 0
			for _, p := range pieces {
				if p.Source.Quote != part(text, p.Source.Start, p.Source.End) {
					t.Errorf("piece at %d does not quote the turn", p.Source.Start)
				}
				if len(r.ChunkIDs) <= 50 && p.Source.Start != end {
					t.Errorf("a piece begins at %d, the one before it ended at %d", p.Source.Start, end)
				}
				end = p.Source.End
			}
		})
	}
}

// TestQuotes checks that the quote of an extracted fact is exact, whatever precedes it in the text.
func TestQuotes(t *testing.T) {
	t.Parallel()
	const statement = "My name is Zoë and I work at Acme as a designer. I live in Zürich. Always answer in French."
	for i, before := range []string{
		"", "  ", "👩🏽‍🚀 ", "e\u0301te\u0301 ", "会議。 ", "\r\n\r\n", "שלום. ", "\u200b", "Hello there! ", strings.Repeat("Nothing happened. ", 200), "ﬁne ", "İİİ. ",
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			c := spectrontest.Context(t, nil)
			r := tell(t, c, before+statement+" 🙂")
			content := turns(t, c, r.SessionID)[0].Content
			hits := facts(t, c, spectron.RecallRequest{Query: "Zoë user answer French", AsOf: time.Time{}})
			if len(hits) < 4 {
				t.Errorf("only %d facts were read", len(hits))
			}
			for _, h := range hits {
				s := h.Source
				if s.Quote == "" || s.Quote != part(content, s.Start, s.End) {
					t.Errorf("%s: quotes %q, at %d to %d stands %q", h.Text, s.Quote, s.Start, s.End, part(content, s.Start, s.End))
				}
				if s.TurnID != r.TurnID || s.SessionID != r.SessionID || s.Role != spectron.RoleUser || s.Kind != "turn" || !s.SpokenAt.Equal(spectrontest.Epoch) {
					t.Errorf("%s: from %+v", h.Text, s)
				}
			}
		})
	}
}
