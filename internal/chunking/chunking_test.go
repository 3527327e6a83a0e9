package chunking_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/chunking"
	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/parse"
)

// part is a block of a text that a test makes.
type part struct {
	kind  parse.Kind
	level int
	text  string
	page  int
}

func h(level int, text string) part { return part{kind: parse.Heading, level: level, text: text} }
func para(text string) part         { return part{text: text} }

// textOf joins blocks as the parsers do.
func textOf(parts ...part) *parse.Text {
	t := &parse.Text{}
	var body strings.Builder
	for _, p := range parts {
		if body.Len() > 0 {
			body.WriteString("\n\n")
		}
		start := body.Len()
		body.WriteString(p.text)
		t.Blocks = append(t.Blocks, parse.Block{Kind: p.kind, Level: p.level, Page: p.page, Start: start, End: body.Len()})
	}
	t.Body = body.String()
	return t
}

// long returns n sentences of 25 characters each, with a space after each but the last.
func long(n int) string {
	return strings.TrimSuffix(strings.Repeat("Nine cats drank the milk. ", n), " ")
}

type got struct {
	Text    string
	Section string
}

func split(t *parse.Text, o chunking.Options) []got {
	var out []got
	for _, c := range chunking.Split(t, o) {
		out = append(out, got{c.Text, strings.Join(c.Section, "/")})
	}
	return out
}

func TestSectionsOfTheirOwn(t *testing.T) {
	t.Parallel()
	text := textOf(para("Before all."), h(1, "Guide"), para("It guides."), h(2, "Start"), para(long(3)), h(2, "Stop"), para(long(3)), h(1, "Notes"), para(long(3)))
	require.Equal(t, []got{
		{"Before all.", ""},
		{"Guide\n\nIt guides.", "Guide"},
		{"Start\n\n" + long(3), "Guide/Start"},
		{"Stop\n\n" + long(3), "Guide/Stop"},
		{"Notes\n\n" + long(3), "Notes"},
	}, split(text, chunking.Options{Size: 200}))
	// The title is not in the path.
	text.Title = "guide"
	require.Len(t, split(text, chunking.Options{Size: 200}), 5)
	text = textOf(h(1, "Guide"), h(2, "Start"), para(long(1)))
	text.Title = "guide"
	require.Equal(t, []got{{text.Body, "Start"}}, split(text, chunking.Options{}))
}

// A chunk has text of one section only, however small, so that whoever cites it can name the section.
func TestSectionsShareNoChunk(t *testing.T) {
	t.Parallel()
	text := textOf(h(1, "Words"), para(long(4)), h(2, "Ant"), para("It is small."), h(2, "Bee"), para("It flies."), h(2, "None"), h(1, "More"), para("None."))
	require.Equal(t, []got{
		{"Words\n\n" + long(4), "Words"},
		{"Ant\n\nIt is small.", "Words/Ant"},
		{"Bee\n\nIt flies.\n\nNone", "Words/Bee"},
		{"More\n\nNone.", "More"},
	}, split(text, chunking.Options{Size: 200}))

	var tiny []part
	for range 10_000 {
		tiny = append(tiny, h(2, "Forty characters of text are not a lot."))
	}
	if n := len(chunking.Split(textOf(tiny...), chunking.Options{})); n > 2000 {
		t.Errorf("%d chunks of headings", n)
	}
}

func TestHeadingsStandWithTheirText(t *testing.T) {
	t.Parallel()
	text := textOf(h(1, "Install"), h(2, "Linux"), para(long(9)), h(2, "Other"))
	require.Equal(t, []got{
		{"Install\n\nLinux\n\n" + long(5), "Install/Linux"},
		{long(5), "Install/Linux"},
		{"Other", "Install/Other"},
	}, split(text, chunking.Options{Size: 200, Overlap: 30}))
	require.Equal(t, []got{
		{"Above\n\n" + long(1), "Above"},
		{"Empty\n\nBelow\n\n" + long(4), "Below"},
	}, split(textOf(h(1, "Above"), para(long(1)), h(1, "Empty"), h(1, "Below"), para(long(4))), chunking.Options{Size: 200}))
}

func TestWholeBlocks(t *testing.T) {
	t.Parallel()
	list := strings.TrimSuffix(strings.Repeat("- an item of some words\n", 4), "\n")
	text := textOf(para(long(5)), part{kind: parse.List, text: list}, para(long(1)))
	require.Equal(t, []got{{long(5), ""}, {list + "\n\n" + long(1), ""}}, split(text, chunking.Options{Size: 160, Overlap: -1}))
	require.Equal(t, []got{{long(5), ""}, {long(1) + "\n\n" + list + "\n\n" + long(1), ""}}, split(text, chunking.Options{Size: 160, Overlap: 30}))
}

func TestRows(t *testing.T) {
	t.Parallel()
	rows := []string{"name\tage", "Ada\t36", "Bob\t41", "Cleo\t29", "Dan\t18", "Eve\t77"}
	chunks := chunking.Split(textOf(part{kind: parse.Table, text: strings.Join(rows, "\n"), page: 3}), chunking.Options{Size: 32, Overlap: 8})
	var texts, columns []string
	for _, c := range chunks {
		require.Equal(t, 3, c.Page)
		require.Equal(t, digest.Tokens(c.Text), c.Tokens)
		texts, columns = append(texts, c.Text), append(columns, c.Columns)
	}
	require.Equal(t, []string{strings.Join(rows[:4], "\n"), strings.Join(rows[3:], "\n")}, texts)
	require.Equal(t, []string{"", "name\tage"}, columns)
}

func TestCode(t *testing.T) {
	t.Parallel()
	code := "func f() {\n\tif here {\n\t\treturn now\n\t}\n\treturn later\n}"
	require.Equal(t, []got{
		{"func f() {\n\tif here {\n\t\treturn now", ""},
		{"\t\treturn now\n\t}\n\treturn later\n}", ""},
	}, split(textOf(part{kind: parse.Code, text: code}), chunking.Options{Size: 36, Overlap: 13}))
}

func TestCutsWithinSentences(t *testing.T) {
	t.Parallel()
	// Words, then clusters. The family is one cluster of seven code points.
	require.Equal(t, []got{
		{"one two three four five six", ""},
		{"five six seven eight nine ten", ""},
	}, split(textOf(para("one two three four five six seven eight nine ten")), chunking.Options{Size: 32, Overlap: 8}))
	family := "👨‍👩‍👧‍👦"
	require.Equal(t, []got{
		{strings.Repeat(family, 3), ""},
		{strings.Repeat(family, 3), ""},
	}, split(textOf(para(strings.Repeat(family, 6))), chunking.Options{Size: 32, Overlap: -1}))
	// A cluster that is too large is cut.
	chunks := split(textOf(para("a"+strings.Repeat("\u0301", 99))), chunking.Options{Size: 40, Overlap: -1})
	require.Len(t, chunks, 3)
	for _, c := range chunks {
		require.LessOrEqual(t, utf8.RuneCountInString(c.Text), 40)
	}
}

func TestTextOutsideOfBlocks(t *testing.T) {
	t.Parallel()
	require.Equal(t, []got{{"only a body", ""}}, split(&parse.Text{Body: " only a body\n"}, chunking.Options{}))
	require.Empty(t, split(&parse.Text{Body: " \n\t"}, chunking.Options{}))
	require.Empty(t, split(&parse.Text{}, chunking.Options{}))
	// Blocks that are wrong lose nothing and break nothing.
	body := "ééé one two"
	require.Equal(t, []got{{body, ""}}, split(&parse.Text{Body: body, Blocks: []parse.Block{{Start: 5, End: 3}, {Start: 1, End: 100}, {Start: -4, End: 2}}}, chunking.Options{}))
}

func TestPathsOfSections(t *testing.T) {
	t.Parallel()
	text := textOf(para("é"), h(1, "A"), para("a"), h(3, "B"), para("b"), h(2, "C"), para("c"), h(1, strings.Repeat("long ", 99)), para("d"))
	var paths []string
	for _, c := range split(text, chunking.Options{}) {
		paths = append(paths, c.Section)
	}
	require.Equal(t, []string{"", "A", "A/B", "A/C", strings.TrimSpace(strings.Repeat("long ", 40))}, paths)
}

func TestOptions(t *testing.T) {
	t.Parallel()
	text := textOf(para(long(5000)))
	for _, tt := range []struct{ given, used chunking.Options }{
		{chunking.Options{}, chunking.Options{Size: 1200, Overlap: 150}},
		{chunking.Options{Size: 1}, chunking.Options{Size: chunking.MinSize, Overlap: 4}},
		{chunking.Options{Size: -1}, chunking.Options{Size: chunking.MinSize, Overlap: 4}},
		{chunking.Options{Size: 1 << 40}, chunking.Options{Size: chunking.MaxSize, Overlap: 2000}},
		{chunking.Options{Size: 400, Overlap: 1000}, chunking.Options{Size: 400, Overlap: 200}},
		{chunking.Options{Overlap: -5}, chunking.Options{Size: 1200, Overlap: -1}},
	} {
		require.Equal(t, chunking.Split(text, tt.used), chunking.Split(text, tt.given))
	}
	chunks := chunking.Split(text, chunking.Options{})
	require.Equal(t, 129, chunks[0].End-chunks[1].Start) // five sentences
	for _, c := range chunks {
		require.GreaterOrEqual(t, utf8.RuneCountInString(c.Text), 1000)
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	words := make([]string, 300)
	for i := range words {
		words[i] = fmt.Sprintf("word%c%c", 'a'+i%26, 'a'+i/26)
	}
	text := func(change ...string) string {
		w := append([]string{}, words...)
		for i, c := range change {
			w[100+i] = c
		}
		return strings.Join(w, " ")
	}
	var chunks []chunking.Chunk
	for _, s := range []string{text(), "Short text.", text("slow"), "short  text", text("Alice"), text("Bob"), "Short texts.", text(), text("Alice") + " then", "..."} {
		chunks = append(chunks, chunking.Chunk{Text: s})
	}
	require.Equal(t, []int{-1, -1, 0, 1, -1, -1, -1, 0, 4, -1}, chunking.Duplicates(chunks))
	require.Empty(t, chunking.Duplicates(nil))
}
