package parse

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// attack is a file that needs much time or memory of a careless reader.
type attack struct {
	name string
	file string
	want error // nil: the file has a text
}

// hostile returns the attacks on a reader. n is how deep things are nested.
func hostile(format Format, n int) []attack {
	times := strings.Repeat
	m := n / 10         // repetitions of what is not nested
	deep := ErrTooLarge // what is nested deeper than the limit
	if n < 1000 {
		deep = nil
	}
	switch format {
	case PlainText, SourceCode:
		return []attack{{"one line", times("word ", m), nil}, {"empty lines", "a" + times("\n", m) + "b", nil}, {"returns", "a" + times("\r", m) + "b", nil}, {"short lines", times("- a\n", m), nil},
			{"deep list", stairs(m, "- a\n"), nil}, {"invalid UTF-8", times("\xff\xc3 ", m), nil}, {"NULs", times("\x00", n), ErrDamaged}, {"quotes", times("`\n", m) + "a", nil}}
	case Markdown:
		return append(hostileMarkdown(m), attack{"quotes", times(">", n) + "a", deep}, attack{"quotes with tabs", times(">\t", n) + "a", deep}, attack{"items", times("- ", n) + "a", deep},
			attack{"numbered items", times("1. ", n) + "a", deep}, attack{"nested items", stairs(m, "- a\n"), nil})
	case HTML:
		return []attack{{"div", times("<div>", n) + "a", nil}, {"unclosed inline", times("<b><a href=x>", m) + "a", nil}, {"paragraphs", times("<p>a", m), nil},
			{"lists", times("<ul><li>", n) + "a", deep}, {"tables", times("<table><tr><td>", n) + "a", deep}, {"quotes", times("<blockquote>", n) + "a", deep},
			{"empty cells", "<table><tr>" + times("<td>", m) + "a", nil}, {"hidden", times("<div hidden>", n) + "a", ErrNoText}, {"svg", times("<svg>", m) + times("</svg>", m) + "a", nil},
			{"attributes", "<p " + times("a=b ", m) + ">a", nil}, {"comment", times("<!--", m) + "-->a", nil}, {"open tags", times("<", m) + "a", nil}, {"entities", times("&a", m), nil},
			{"end tags", times("</ul></table></blockquote></pre>", m) + "a", nil}, {"headings", times("<h1>", m) + "a", nil}, {"pre", times("<pre>", m) + "a", nil},
			{"list in cells", times("<table><td><ul><li>", n) + "a", deep}, {"one word", times("a", m), nil}, {"line breaks", times("<br>", m) + "a", nil}}
	case JSON:
		return []attack{{"arrays", times("[", n), ErrTooLarge}, {"closed arrays", times("[", n) + times("]", n), ErrTooLarge}, {"objects", times(`{"a":`, n), ErrTooLarge},
			{"numbers", "[" + times("1,", m) + "1]", nil}, {"one number", times("1", m), nil}, {"one string", `"` + times("a", m) + `"`, nil}, {"spaces", times(" ", m) + "1", nil},
			{"long path", `{"` + times("k", n) + `":[` + times(`[1],`, n) + "2]}", deep}, {"documents", times("1\n", m), nil}, {"escapes", `"` + times(`\u0000`, m) + `a"`, nil}}
	case CSV:
		return []attack{{"one row", times("a,", m), nil}, {"rows", times("a\n", m), nil}, {"open quote", "a,b\n\"" + times("a\n", m), nil}, {"quotes", times(`"`, m), nil},
			{"long names", times("n", m) + ",m\n" + times("1,2\n", m), nil}, {"commas", "a,b\n" + times(times(",", 100)+"\n", m/100) + "c,d", nil}}
	case Mail:
		var nested strings.Builder
		for i := range n {
			fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
		}
		return []attack{{"nested parts", "Subject: a\n" + nested.String() + "\nwords", ErrTooLarge}, {"nested mails", times("Content-Type: message/rfc822\n\n", n) + "a", ErrTooLarge},
			{"parts", "Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n" + times("--b\n\n", m), nil}, {"boundaries", "Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n" + times("--b", m), nil},
			{"header", times("A: b\n", n) + "\na", damagedIf(n > 1000)}, {"one field", "Subject: " + times("=?utf-8?q?a?= ", n) + "\n\na", damagedIf(n > 1000)}}
	case Mailbox:
		return []attack{{"mails", times("From a 10:00\nSubject: a\n\n\n", m/5), nil}, {"damaged mails", times("From a 10:00\nx\n\n", n/50), ErrNoText}, {"one line", "From a 10:00\nSubject: a\n\n" + times("a ", m), nil},
			{"quotes", "From a 10:00\nSubject: a\n\n" + times(">", m), nil}}
	}
	return nil
}

func damagedIf(large bool) error {
	if large {
		return ErrDamaged
	}
	return nil
}

// stairs returns at most n bytes of lines, each two spaces deeper than the one before.
func stairs(n int, line string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.Repeat("  ", i))
		b.WriteString(line)
	}
	return b.String()
}

// hostileMarkdown returns files for which parsers of Markdown need the square of their size.
func hostileMarkdown(n int) []attack {
	times := strings.Repeat
	var ticks, definitions strings.Builder
	for i := 1; ticks.Len() < n/4; i++ {
		ticks.WriteString(times("`", i) + " ")
	}
	for i := range n / 40 {
		fmt.Fprintf(&definitions, "[a%d]: /x\n", i)
	}
	wide := times("|a", n/100) + "\n" + times("|-", n/100) + "\n" + times("|c\n", n/20)
	return []attack{{"brackets", times("[", n), nil}, {"pairs of brackets", times("[", n) + times("]", n), nil}, {"links", times("[a](", n), nil}, {"lines of links", times("[a](b\"\n", n/10), nil},
		{"images", times("![a](<b", n), nil}, {"stars", times("*a _b ", n), nil}, {"lines of stars", times("*a_ **b\n", n/10), nil}, {"ticks", ticks.String() + "a", nil}, {"tags", times("<a ", n), nil},
		{"comments", "a " + times("<!-- a ", n), nil}, {"wide table", wide, nil}, {"wide table in a quote", "> " + strings.ReplaceAll(strings.TrimSpace(wide), "\n", "\n> "), nil},
		{"definitions", definitions.String() + "\na", nil}, {"titles of definitions", times("[a]: b '\n", n/10), nil}, {"addresses", times("http://a", n), nil}, {"one line", times("word ", n), nil},
		{"short lines", times("a\n", n/10), nil}, {"empty lines", "a" + times("\n", n) + "b", nil}, {"fences", times("```\na\n", n/10), nil}, {"an open fence", "```\n" + times("a\n", n/10), nil},
		{"tabs", times("\t", n) + "a", nil}, {"escapes", times("\\", n) + "a", nil}, {"front matter", "---\n" + times("a: b\n", n), nil}, {"HTML", times("<div>\n", n/10) + "a", nil}}
}

func TestHostileFiles(t *testing.T) {
	t.Parallel()
	for _, format := range textFormats {
		for _, a := range hostile(format, 1_000_000) {
			t.Run(string(format)+"/"+a.name, func(t *testing.T) {
				text, err := read(format, a.file, Limits{})
				require.Empty(t, tested(text, err, Limits{}))
				if a.want != nil {
					require.ErrorIs(t, err, a.want)
				} else {
					require.NoError(t, err)
				}
			})
		}
	}
}

func TestOneLongLine(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("word ", 6<<20)
	for _, format := range []Format{PlainText, SourceCode, Markdown, HTML, CSV} {
		text, err := read(format, line, Limits{})
		require.NoError(t, err, format)
		require.Equal(t, strings.TrimSpace(line), text.Body)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	// What is allocated in all bounds what is in use at any time. A tree of the whole file would be many times its size.
	for format, most := range map[Format]uint64{PlainText: 15, SourceCode: 15, HTML: 15, JSON: 30, CSV: 20, Mail: 20} {
		file := realistic(format, 2<<20)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		mustRead(t, format, file)
		runtime.ReadMemStats(&after)
		require.Less(t, (after.TotalAlloc-before.TotalAlloc)/uint64(len(file)), most, format)
	}
}
