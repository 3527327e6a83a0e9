package parse

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// textFormats are the formats whose readers are tested here.
var textFormats = []Format{PlainText, SourceCode, Markdown, HTML, JSON, CSV, Mail, Mailbox}

// small are limits that generated files reach.
var small = Limits{Text: 100, Depth: 4, Parts: 4}

// tested returns what is wrong with the result of a reader, "" if nothing is.
func tested(text *Text, err error, limits Limits) string {
	if err != nil {
		if !known(err) {
			return "an unknown error: " + err.Error()
		}
		return ""
	}
	if limits.Text > 0 && (len(text.Body) > limits.Text || len(text.Blocks) > limits.Parts || len(text.Links) > limits.Parts) {
		return "over a limit"
	}
	if problem := unclean(text.Body); problem != "" {
		return "the body has " + problem
	}
	if problem := unclean(text.Title); problem != "" || strings.ContainsAny(text.Title, "\n\t") || len(text.Title) > maxTitle || strings.TrimSpace(text.Title) != text.Title {
		return "a title of several lines or with " + problem
	}
	if text.Date.Location().String() != "UTC" {
		return "a date in a zone"
	}
	end := 0
	for i, b := range text.Blocks {
		if b.Start < end || b.End <= b.Start || b.End > len(text.Body) {
			return fmt.Sprintf("block %d is out of place", i)
		}
		if strings.TrimSpace(text.Body[end:b.Start]) != "" || i > 0 && text.Body[end:b.Start] != "\n\n" {
			return fmt.Sprintf("text before block %d", i)
		}
		words := text.Body[b.Start:b.End]
		first, _ := utf8.DecodeRuneInString(words)
		last, _ := utf8.DecodeLastRuneInString(words)
		if unicode.IsSpace(last) || unicode.IsSpace(first) && (b.Kind != Code || first == '\n') || strings.TrimSpace(words) == "" {
			return fmt.Sprintf("block %d has space around it", i)
		}
		if (b.Kind == Heading) != (b.Level > 0) {
			return fmt.Sprintf("block %d has a wrong level", i)
		}
		end = b.End
	}
	if end != len(text.Body) || end == 0 {
		return "text after the last block"
	}
	return testedLinks(text)
}

func testedLinks(text *Text) string {
	at := 0
	for i, l := range text.Links {
		if l.Start < at || l.End <= l.Start || l.End > len(text.Body) || strings.TrimSpace(text.Body[l.Start:l.End]) == "" {
			return fmt.Sprintf("link %d is out of place", i)
		}
		if unclean(l.Target) != "" || strings.ContainsAny(l.Target, "\t\n") || l.Target == "" || len(l.Target) > maxTarget {
			return fmt.Sprintf("link %d has a wrong target", i)
		}
		at = l.End
	}
	return ""
}

func unclean(s string) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	for _, r := range s {
		if r != '\t' && r != '\n' && unicode.IsControl(r) {
			return fmt.Sprintf("a control character %U", r)
		}
	}
	return ""
}

// secret is in generated files as a word, and in no error.
const secret = "zxqsecret"

// pieces are what files of each format are made of.
var pieces = map[Format][]string{
	PlainText:  {"a", " ", "\n", "\n\n", "- ", "1. ", "TITLE\n\n", "Title\n=====\n", "  - x\n", "\t", "\r", "\r\n", "2.1 Scope\n\n", "---\n"},
	SourceCode: {"a", " ", "\n", "\n\n", "func f() {\n", "}\n", "\t", "`", `"""`, "// c\n", "\r\n"},
	Markdown: {"a", " ", "\n", "\n\n", "- ", "1. ", "# ", "> ", "    ", "```\n", "|a|b|\n|-|-|\n", "|c|d|\n", "[x](y)", "[", "](", "*", "**", "_", "`", "<b>", "<div>\n", "</div>\n",
		"![i](j)", "http://a.example ", "&amp;", "\\", "===\n", "---\n", "[r]: /u\n", "[r]", "~~", "- [ ] ", "<!--", "-->", "title: t\n", "date: 2024-01-02\n", "\t"},
	HTML: {"a", " ", "\n", "<p>", "</p>", "<ul>", "<ol start=3>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<h1>", "</h1>", "<h3>", "<pre>", "</pre>",
		"<blockquote>", "</blockquote>", "<a href=u>", "</a>", "<br>", "<img alt='i j'>", "<script>", "</script>", "<title>", "</title>", "<div hidden>", "<div>", "</div>", "<p hidden>", "<svg>",
		"</svg>", "<caption>", "</caption>", "<dl>", "<dt>", "<dd>", "</dl>", "&amp;", "&nbsp;", "<li hidden>", "<b>", "</b>", "<q>", "</q>", "<!--", "-->", "<meta name=date content=2024-01-02>"},
	JSON: {`{"k":`, "}", "[", "]", ",", `"v"`, `"a":`, "1", "-2.5e3", "true", "null", "\n", " ", `"\u0001x\ud800"`, "NaN", `{"k":1}`, `[{"k":"v"},{"k":[1,2]}]`, `"http://a.example"`, `""`},
	CSV:  {"a", "b", ",", ",", ";", "\n", "\n", "\r\n", "\"", "\"\"", "1", "2.5", "\t", "|", " ", "name,age\n", "http://a.example", "2024-01-02"},
	Mail: {"Subject: a\n", "From: b\n", "Date: Fri, 1 Mar 2024 09:30:00 +0100\n", "\n", "\n", "--x\n", "--x--\n", "Content-Type: multipart/mixed; boundary=x\n", "Content-Type: multipart/alternative; boundary=x\n",
		"Content-Type: text/html\n", "Content-Type: text/plain; charset=utf-16\n", "Content-Transfer-Encoding: base64\n", "YWJj\n", "<p>a", "words\n", "> q\n", "- a\n- b\n", "Content-Type: message/rfc822\n",
		"Content-Type: application/pdf; name=f.pdf\n", "Content-Transfer-Encoding: quoted-printable\n", "=E9=\n", "Subject: =?utf-8?q?=C3=A9?=\n"},
}

// generated returns a file that is made of pieces, broken bytes among them.
func generated(format Format, r *rand.Rand) string {
	if format == JSON && r.IntN(3) > 0 {
		return value(r, 5) + strings.Repeat("\n"+value(r, 4), r.IntN(3))
	}
	parts := pieces[format]
	if format == Mailbox {
		parts = append([]string{"\nFrom a Fri Mar  1 09:30:00 2024\n", ">From b\n"}, pieces[Mail]...)
	}
	broken := []string{"\x00", "\xff", "\xc3", "\u0085", "\u2028", "\u00AD", "\uFEFF", "\x1b", "\x7f", "é", "日本", "\u00A0", "\v", "\f", "😀", secret}
	var file strings.Builder
	switch format {
	case Mail:
		file.WriteString("Subject: s\n")
	case Mailbox:
		file.WriteString("From a Fri Mar  1 09:30:00 2024\n")
	}
	for range r.IntN(60) {
		if r.IntN(12) == 0 {
			file.WriteString(broken[r.IntN(len(broken))])
		} else {
			file.WriteString(parts[r.IntN(len(parts))])
		}
	}
	return file.String()
}

// value returns a JSON value.
func value(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(4) == 0 {
		return []string{`"v"`, "1", "-2.5e3", "true", "null", `"\u0001x\ud800 é"`, `"http://a.example"`, `""`, `"a\nb"`}[r.IntN(9)]
	}
	array := r.IntN(2) == 0
	var members []string
	for range r.IntN(4) {
		member := value(r, depth-1)
		if !array {
			member = fmt.Sprintf(`"%s": %s`, []string{"a", "b.c", "", "d\u0085"}[r.IntN(4)], member)
		}
		members = append(members, member)
	}
	if array {
		return "[" + strings.Join(members, ", ") + "]"
	}
	return "{" + strings.Join(members, ",\n") + "}"
}

func TestGeneratedFiles(t *testing.T) {
	t.Parallel()
	for _, format := range textFormats {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, uint64(len(format))))
			texts, tooLarge := 0, 0
			for range 400 {
				file := generated(format, r)
				for _, limits := range []Limits{{}, small} {
					text, err := read(format, file, limits)
					require.Empty(t, tested(text, err, limits), "%q", file)
					again, sameErr := read(format, file, limits)
					require.Equal(t, text, again, "%q", file)
					require.Equal(t, err, sameErr)
					switch {
					case err == nil:
						texts++
					case errors.Is(err, ErrTooLarge):
						tooLarge++
					}
					if err != nil {
						require.NotContains(t, err.Error(), secret)
					}
				}
			}
			require.Greater(t, texts, 80, "most files should have a text")
			require.Greater(t, tooLarge, 3, "some files should reach a limit")
		})
	}
}

func TestReadingEndsWithTheCauseOfTheContext(t *testing.T) {
	t.Parallel()
	cause := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	for _, format := range textFormats {
		_, err := Read(ctx, format, source(realistic(format, 1000)), Limits{})
		require.Equal(t, cause, err, format)
	}
	// Also in the middle of a file.
	for _, format := range textFormats {
		ctx, cancel := context.WithCancelCause(context.Background())
		file := &cancelling{reader: strings.NewReader(realistic(format, 400_000)), after: 250_000, cancel: func() { cancel(cause) }}
		_, err := Read(ctx, format, Source{ReaderAt: file, Size: file.reader.Size()}, Limits{})
		require.Equal(t, cause, err, format)
	}
}

// cancelling cancels a context once a part of the file was read.
type cancelling struct {
	reader *strings.Reader
	after  int64
	cancel func()
}

func (c *cancelling) ReadAt(p []byte, at int64) (int, error) {
	if at >= c.after {
		c.cancel()
	}
	return c.reader.ReadAt(p, at)
}

type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

func TestErrorsOfReadingArePassedOn(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken disk")
	for _, format := range textFormats {
		_, err := Read(context.Background(), format, Source{ReaderAt: failing{broken}, Size: 100}, Limits{})
		require.ErrorIs(t, err, broken, format)
	}
}

func TestFilesWithoutWords(t *testing.T) {
	t.Parallel()
	for format, files := range map[Format][]string{
		PlainText: {"", " \n\t\n", "\uFEFF", "\u00AD"}, SourceCode: {"", "\n \n"}, Markdown: {"", "---\n", "<!-- a -->", "[a]: b\n"}, HTML: {"", "<p>", "<title>x</title>", "<script>x</script>"},
		JSON: {"", "{}", "[]", "null", `""`, `{"a": null}`}, CSV: {"", ",\n,", "\n\n"},
	} {
		for _, file := range files {
			_, err := read(format, file, Limits{})
			require.ErrorIs(t, err, ErrNoText, "%s %q", format, file)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for _, format := range textFormats {
		file := realistic(format, 20_000)
		whole := mustRead(t, format, file)
		// The text is read within a limit that it just fits, and not within a lower one.
		exact := Limits{Text: len(whole.Body), Parts: max(len(whole.Blocks), len(whole.Links))}
		text, err := read(format, file, exact)
		require.NoError(t, err, format)
		require.Equal(t, whole, text)
		for _, lower := range []Limits{{Text: exact.Text - 1}, {Parts: exact.Parts - 1}} {
			_, err = read(format, file, lower)
			require.ErrorIs(t, err, ErrTooLarge, "%s %v", format, lower)
		}
	}
}
