package extract

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// check reports what is wrong with the spans, confidences and entities of an extraction.
func check(in Input, x record.Extraction) string {
	text := in.Text
	listed := map[record.EntityRef]bool{}
	bad := ""
	fail := func(what, name string, s record.Span) {
		if bad == "" {
			bad = what + " " + name + " quotes " + s.Quote(text)
		}
	}
	quotes := func(what, value string, s record.Span) {
		if q := s.Quote(text); q == "" || !strings.Contains(q, value) {
			fail(what, value, s)
		}
	}
	// a resolved name is quoted as the text has it: at least one word of it
	mentions := func(what string, e record.EntityRef, s record.Span) {
		q := strings.ToLower(s.Quote(text))
		for _, w := range strings.Fields(strings.ToLower(e.Name)) {
			if strings.Contains(q, strings.Trim(w, ",.")) {
				return
			}
		}
		for label, known := range in.Kin { // "my sister" is quoted for the sister who is known
			mine := strings.Contains(q, "my ") || strings.Contains(q, "meine ") || strings.Contains(q, "mi ") || strings.Contains(q, "ma ")
			if label == CanonicalLabel(label) && slices.Contains(known, e) && mine {
				return
			}
		}
		if e != in.Speaker && e != x.Speaker && e != record.UserEntity {
			fail(what, e.Name, s)
		}
	}
	conf := func(what string, c float64) {
		if (c < MinConfidence || c > 1) && bad == "" {
			bad = what + " has a confidence out of range"
		}
	}
	seen := map[string]bool{}
	for _, e := range x.Entities {
		mentions("entity", e.EntityRef, e.Span)
		conf("entity", e.Confidence)
		listed[e.EntityRef] = true
		if seen[e.Key()] {
			fail("entity twice", e.Name, e.Span)
		}
		seen[e.Key()] = true
		if record.EntityType(e.Type) != e.Type {
			fail("entity type", e.Type, e.Span)
		}
	}
	known := func(e record.EntityRef, s record.Span) {
		if !listed[e] && e != record.UserEntity && e != in.Speaker && e != x.Speaker {
			fail("unlisted", e.Name, s)
		}
	}
	for _, a := range x.Attributes {
		if a.Key != WeddingDate || !isDay(a.Value) { // the day that "today" was
			quotes("attribute", a.Value, a.Span)
		}
		conf("attribute", a.Confidence)
		known(a.Entity, a.Span)
		if a.Key == "" || a.Value == "" {
			fail("attribute", "empty", a.Span)
		}
	}
	for _, r := range x.Relations {
		mentions("relation", r.Object, r.Span)
		conf("relation", r.Confidence)
		known(r.Subject, r.Span)
		known(r.Object, r.Span)
		if !r.Valid.Until.IsZero() && r.Valid.Until.Before(r.Valid.From) {
			fail("interval of", r.Object.Name, r.Span)
		}
	}
	for _, i := range x.Invalidations {
		if i.Value != "" {
			mentions("invalidation", record.EntityRef{Name: i.Value}, i.Span)
		}
		known(i.Entity, i.Span)
		if i.Key == "" || i.Span.Quote(text) == "" {
			fail("invalidation", i.Key, i.Span)
		}
	}
	for _, i := range x.Instructions {
		quotes("instruction", i.Description, i.Span)
		conf("instruction", i.Confidence)
	}
	for _, u := range x.Uncertainties {
		quotes("uncertainty", u.About, u.Span)
	}
	return bad
}

func isDay(s string) bool {
	iv, ok := isoDate(s)
	return ok && iv == days(iv.From, 1)
}

// corpus is every sentence of the tables.
func corpus() []string {
	var out []string
	for _, c := range statements {
		out = append(out, c.text)
	}
	for _, c := range append(slices.Clone(forms), onceMisread...) {
		out = append(out, c.text)
	}
	return append(out, traps...)
}

func TestSpansQuoteTheirWords(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for _, text := range corpus() {
		for _, prefix := range []string{"", "Γειά σου 👋. ", "日本語。\n\n"} {
			in := Input{Text: prefix + text, Role: record.User, At: said}
			if bad := check(in, Rules(in)); bad != "" {
				t.Errorf("%q: %s", in.Text, bad)
			}
		}
	}
}

// TestShuffledTextsKeepTheProperties joins random pieces of the tables with random separators.
func TestShuffledTextsKeepTheProperties(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	const seed = 20260514
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewSource(seed))
	all := corpus()
	var words []string
	for _, s := range all {
		words = append(words, strings.Fields(s)...)
	}
	for range 3000 {
		var b strings.Builder
		for range 1 + r.Intn(4) {
			if r.Intn(2) == 0 {
				b.WriteString(all[r.Intn(len(all))])
			} else {
				for range r.Intn(12) {
					b.WriteString(words[r.Intn(len(words))])
					b.WriteString([]string{" ", " ", " ", ", ", "\n", "  ", "'"}[r.Intn(7)])
				}
			}
			b.WriteString([]string{" ", ". ", "\n", "\n\n", " and ", ", "}[r.Intn(6)])
		}
		in := Input{Text: b.String(), Role: record.User, At: said}
		if bad := check(in, Rules(in)); bad != "" {
			t.Fatalf("%q: %s", in.Text, bad)
		}
	}
}

// pieces are what texts are made of that would take long if some rule read them again and again.
var pieces = []string{"no, sorry, ", "i live in slough ", "forget that I, ", ", always please ", "name: x, ", "my other half, ", "what would you, ", "I live in Berlin. ", "my ", "I and ", "Anna Weber ", "' \" ", "I love a, b, c, ", "\n", "in 2019 ", "((((", "sister ", "I work at ",
	"I live in Rome, ", "I like tea and ", "and Anna works at Acme "}

func TestLongText(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for _, piece := range pieces {
		in := Input{Text: strings.Repeat(piece, 2*MaxText/len(piece)), Role: record.User, At: said}
		if bad := check(in, Rules(in)); bad != "" {
			t.Errorf("%q: %s", piece, bad)
		}
	}
}

// BenchmarkLongText reads texts of the greatest length and of a quarter of it: the time per byte is about the same.
func BenchmarkLongText(b *testing.B) {
	for _, piece := range pieces {
		for _, length := range []int{MaxText / 4, MaxText} {
			b.Run(fmt.Sprintf("%q/%d", strings.TrimSpace(piece), length), func(b *testing.B) {
				in := Input{Text: strings.Repeat(piece, length/len(piece)), Role: record.User, At: said}
				b.SetBytes(int64(len(in.Text)))
				for b.Loop() {
					Rules(in)
				}
			})
		}
	}
}

func FuzzRules(f *testing.F) {
	for _, s := range slices.Concat(corpus(), spokenTraps, spanishTraps, corrections) {
		f.Add(s)
	}
	vocab := record.Vocabulary{Entities: []record.EntityRef{
		person("Anna Weber"), person("Anna Schmidt"), person("Bob Miller"),
		{Type: record.TypeOrganisation, Name: "Acme"}, {Type: record.TypeLocation, Name: "Berlin, Germany"},
	}}
	kin := map[string][]record.EntityRef{"sister": {person("Anna Weber")}, "manager": {person("Bob Miller"), person("Anna Schmidt")}}
	f.Fuzz(func(t *testing.T, text string) {
		in := Input{Text: text, Role: record.User, At: said, Vocabulary: vocab, Kin: kin}
		x := Rules(in)
		if bad := check(in, x); bad != "" {
			t.Fatalf("%q: %s", text, bad)
		}
		if !reflect.DeepEqual(x, Rules(in)) {
			t.Fatalf("%q: two runs differ", text)
		}
	})
}

func BenchmarkRules(b *testing.B) {
	text := "Hi, I'm Alice and I moved to Lisbon last month. I work at Globex as a data engineer, and my sister Anna " +
		"lives in Paris. I love hiking but I don't like coffee anymore. Can you recommend a good restaurant nearby?"
	var vocab record.Vocabulary
	for i := range 500 {
		vocab.Entities = append(vocab.Entities, person("Person "+string(rune('A'+i%26))+string(rune('a'+i/26))))
	}
	for _, c := range []struct {
		name string
		in   Input
	}{
		{"empty vocabulary", Input{Text: text, Role: record.User, At: said}},
		{"500 entities", Input{Text: text, Role: record.User, At: said, Vocabulary: vocab}},
		{"nothing to find", Input{Text: strings.Repeat("what do you think about the weather in the north these days? ", 4), Role: record.User, At: said}},
		{"64 KiB", Input{Text: strings.Repeat(text+" ", MaxText/len(text)), Role: record.User, At: said}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.in.Text)))
			b.ReportAllocs()
			for b.Loop() {
				Rules(c.in)
			}
		})
	}
}

// BenchmarkTokenise shows that a text of four times the length takes four times the time, also where every word opens a quotation.
func BenchmarkTokenise(b *testing.B) {
	for name, piece := range map[string]string{"sentences": "I live in Berlin. ", "quotation marks": "\" ", "open quotations": "“who\n"} {
		for _, size := range []int{1, 4} {
			b.Run(name+"/"+string(rune('0'+size))+"MB", func(b *testing.B) {
				text := strings.Repeat(piece, size<<20/len(piece))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					tokenise(text)
				}
			})
		}
	}
}
