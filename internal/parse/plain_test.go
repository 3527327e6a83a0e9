package parse

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlainText(t *testing.T) {
	t.Parallel()
	compare(t, PlainText, []wanted{
		{name: "notes", content: `Meeting notes
=============

We met on Tuesday  
and agreed on this:

- Ann buys tea
  and cups
  * green
  * black
- Bob

1) first
2) second

Open questions
--------------
Who pays?
A - B - C

2.1 Scope

THE END

3. Call Bob

12.30 Lunch

NO!
`, title: "Meeting notes", blocks: []string{
			"H1 Meeting notes", "P We met on Tuesday\nand agreed on this:", "L Ann buys tea and cups\n  green\n  black\nBob", "L 1) first\n2) second",
			"H2 Open questions", "P Who pays?\nA - B - C", "H2 2.1 Scope", "H1 THE END", "P 3. Call Bob", "P 12.30 Lunch", "P NO!",
		}},
		{name: "a book", content: "CHAPTER I.\n\n    It was late.\n  Very late.\n\nChapter 2: The Morning\n\nPart of the plan failed\n\n-----\n\nX", blocks: []string{
			"H1 CHAPTER I.", "P It was late.\n  Very late.", "H1 Chapter 2: The Morning", "P Part of the plan failed", "P -----", "P X"}},
		{name: "one item and minus signs", content: "- only one\n\n-5\n-7\n\n- a\nb", blocks: []string{"P - only one", "P -5\n-7", "P - a\nb"}},
		{name: "line ends of the Macintosh and of DOS", content: "a\r\rb\r\n\r\nc\r\nd\n\n\n\ne\f\ng", blocks: []string{"P a", "P b", "P c\nd", "P e\ng"}},
		{name: "byte order mark", content: "\xEF\xBB\xBFcafé", blocks: []string{"P café"}},
		{name: "UTF-16", content: "\xFF\xFEa\x00\xE9\x00\n\x00\n\x00b\x00", blocks: []string{"P aé", "P b"}},
		{name: "UTF-16, big-endian", content: "\xFE\xFF\x00a\x65\xE5", blocks: []string{"P a日"}},
		{name: "Windows-1252", content: "na\xefve \x93quote\x94", blocks: []string{"P naïve “quote”"}},
		{name: "control characters", content: "a\x00b\x07c\u00ADd\u2028e and more words, so that they are few", blocks: []string{"P abcd\ne and more words, so that they are few"}},
	})
}

func TestBinaryFilesAreDamaged(t *testing.T) {
	t.Parallel()
	for _, content := range []string{strings.Repeat("ab\x00\x00", 100), strings.Repeat("\x01\x02\x03abc", 10), "\xFF\xFE" + strings.Repeat("\x00\x00", 100)} {
		for _, format := range []Format{PlainText, SourceCode, Markdown, HTML, CSV} {
			_, err := read(format, content, Limits{})
			require.ErrorIs(t, err, ErrDamaged, format)
		}
	}
}

func TestSourceCode(t *testing.T) {
	t.Parallel()
	compare(t, SourceCode, []wanted{
		{name: "Go", content: "// Package a does it.\npackage a\n\nimport (\n\t\"fmt\"\n\n\t\"os\"\n)\n\n// F is the first.\nfunc F() {\n\tfmt.Println(`a\n\nb`)\n\n}\n\n\nvar x = 1\n",
			blocks: []string{"C // Package a does it.\npackage a", "C import (\n\t\"fmt\"\n\n\t\"os\"\n)", "C // F is the first.\nfunc F() {\n\tfmt.Println(`a\n\nb`)\n\n}", "C var x = 1"}},
		{name: "Python", content: "  \n    x = 1\n\ndef f():\n    \"\"\"Say.\n\nIt's here.\n\"\"\"\n    return 1\n\n    # more\n\nclass A:\n    pass\n\nelse:\n    pass\n",
			blocks: []string{"C     x = 1", "C def f():\n    \"\"\"Say.\n\nIt's here.\n\"\"\"\n    return 1\n\n    # more", "C class A:\n    pass\n\nelse:\n    pass"}},
		{name: "C", content: "int main(void)\n{\n\n\treturn 0;\n\n}\n\n/* end\n */\nint x;\n", blocks: []string{"C int main(void)\n{\n\n\treturn 0;\n\n}", "C /* end\n */\nint x;"}},
	})
}
