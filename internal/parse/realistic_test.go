package parse

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

var words = strings.Fields(`the tea was brewed in a small pot of clay and every guest who came to the house in the evening got a cup of it while
the rain fell on the roof and nobody spoke about prices naïve café 日本 Straße because it had been agreed that talk of money waits until morning`)

// prose returns sentences of so many words.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(words[r.IntN(len(words))])
		if i%11 == 10 {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// realistic returns a file of at least size bytes as people write them.
func realistic(format Format, size int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	switch format {
	case JSON:
		b.WriteString("[")
	case CSV:
		b.WriteString("id,name,price,note\n")
	case HTML:
		b.WriteString("<!DOCTYPE html><html><head><title>A book</title><style>p { margin: 0 }</style></head><body>")
	case Mail:
		b.WriteString("Subject: A long mail\nFrom: ann@a.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n")
	}
	for i := 0; b.Len() < size; i++ {
		switch format {
		case PlainText, Mail:
			fmt.Fprintf(&b, "%s\n%s\n\n- %s\n- %s\n\n", prose(r, 15), prose(r, 40), prose(r, 4), prose(r, 5))
		case SourceCode:
			fmt.Fprintf(&b, "// F%d does %s.\nfunc F%d(a int) error {\n\tx := %d // %s\n\n\treturn call(x, a)\n}\n\n", i, prose(r, 8), i, i, prose(r, 6))
		case Markdown:
			fmt.Fprintf(&b, "## Chapter %d\n\n%s **%s** and [%s](http://a.example/%d).\n%s\n\n1. %s\n2. %s\n   - *%s*\n\n> %s\n\n| a | b |\n|---|---|\n| %s | `%d` |\n\n```go\nfunc f() {\n\treturn\n}\n```\n\n",
				i, prose(r, 60), prose(r, 3), prose(r, 2), i, prose(r, 40), prose(r, 6), prose(r, 7), prose(r, 5), prose(r, 20), prose(r, 3), i)
		case HTML:
			fmt.Fprintf(&b, "<div class=\"chapter\" id=\"c%d\"><h2>Chapter %d</h2>\n<p class=\"first\">%s <b>%s</b> &amp; <a href=\"/%d\">%s</a>.</p>\n<ul><li>%s</li><li>%s</li></ul><table><tr><td>%s</td><td>%d</td></tr></table></div>\n",
				i, i, prose(r, 60), prose(r, 3), i, prose(r, 2), prose(r, 6), prose(r, 5), prose(r, 3), i)
		case JSON:
			if i > 0 {
				b.WriteString(",\n")
			}
			fmt.Fprintf(&b, `{"id": %d, "name": "%s", "tags": ["%s", "%s"], "size": {"cm": %d.5, "in": null}, "note": "%s"}`, i, prose(r, 3), prose(r, 1), prose(r, 1), i, prose(r, 20))
		case CSV:
			fmt.Fprintf(&b, "%d,%s,%d.50,\"%s, or \"\"%s\"\"\"\n", i, prose(r, 3), i, prose(r, 10), prose(r, 2))
		case Mailbox:
			fmt.Fprintf(&b, "From ann@a.example Fri Mar  1 09:30:00 2024\nSubject: Mail %d\nFrom: ann@a.example\nTo: bob@b.example\nDate: Fri, 1 Mar 2024 09:30:00 +0100\n\n%s\n\n> %s\n\n", i, prose(r, 50), prose(r, 20))
		}
	}
	switch format {
	case JSON:
		b.WriteString("]")
	case HTML:
		b.WriteString("</body></html>")
	}
	return b.String()
}
