package parse

import (
	"math/rand/v2"
	"testing"
)

// fuzz checks a reader with any bytes. Its seeds are a realistic file, generated ones, and hostile ones.
func fuzz(f *testing.F, format Format) {
	f.Add([]byte(realistic(format, 2000)))
	r := rand.New(rand.NewPCG(3, 4))
	for range 8 {
		f.Add([]byte(generated(format, r)))
	}
	for _, h := range hostile(format, 300) {
		f.Add([]byte(h.file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, limits := range []Limits{{}, small} {
			text, err := read(format, string(file), limits)
			if problem := tested(text, err, limits); problem != "" {
				t.Fatal(problem)
			}
		}
	})
}

func FuzzPlainText(f *testing.F)  { fuzz(f, PlainText) }
func FuzzSourceCode(f *testing.F) { fuzz(f, SourceCode) }
func FuzzMarkdown(f *testing.F)   { fuzz(f, Markdown) }
func FuzzHTML(f *testing.F)       { fuzz(f, HTML) }
func FuzzJSON(f *testing.F)       { fuzz(f, JSON) }
func FuzzCSV(f *testing.F)        { fuzz(f, CSV) }
func FuzzMail(f *testing.F)       { fuzz(f, Mail) }
func FuzzMailbox(f *testing.F)    { fuzz(f, Mailbox) }
