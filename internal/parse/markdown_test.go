package parse

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMarkdown(t *testing.T) {
	t.Parallel()
	compare(t, Markdown, []wanted{
		{name: "a readme", content: "\xEF\xBB\xBF# Tea [![build](b.svg)](https://ci.example/x)\n\nGreen *tea* is **brewed** at `80  °C`, see [the _table_](brew.md#t \"T\"),\n" +
			"[ref], [Full][REF] or <https://a.example/?a=1&b=2>.  \nNot\\* hot &amp; &lt;b&gt;; www.tea.example or me@tea.example <a href=\"x\">raw</a>.<!-- no -->\n\n" +
			"Setext\n------\n\n1. Boil\n2. Wait\n   - [x] three\n   - [ ] four\n\n     minutes\n3. Run\n\n   ```sh\n   go test\n     ./...\n   ```\n4. Drink ~~fast~~\n\n" +
			"* * *\n\n> Tea first.\n> > Then talk.\n>\n> - a\n> - b\n\n| Name | cm \\| in | kg |\n|:--|--|--:|\n| Cup | | [1](x) |\n| Pot | `a\\|b` |\n\n    indented\n      code\n\n" +
			"<div align=center><img src=l.png alt=Logo>\n<h3>Raw</h3>\n</div>\n\n<!-- note\n\n# not a heading\n-->\n\n![A cup\nof tea](c.png) end\n\n[ref]: <https://r.example/> 'R'\n",
			title: "Tea build",
			links: []string{"build -> https://ci.example/x", "the table -> brew.md#t", "ref -> https://r.example/", "Full -> https://r.example/",
				"https://a.example/?a=1&b=2 -> https://a.example/?a=1&b=2", "www.tea.example -> http://www.tea.example", "me@tea.example -> mailto:me@tea.example", "raw -> x", "1 -> x"},
			blocks: []string{"H1 Tea build",
				"P Green tea is brewed at 80 °C, see the table, ref, Full or https://a.example/?a=1&b=2.\nNot* hot & <b>; www.tea.example or me@tea.example raw.",
				"H2 Setext", "L 1. Boil\n2. Wait\n  [x] three\n  [ ] four minutes\n3. Run", "C go test\n  ./...", "L 4. Drink fast", "Q Tea first.", "Q Then talk.", "L a\nb",
				"T Name | cm | in | kg\nCup | | 1\nPot | a|b", "C indented\n  code", "P Logo", "H3 Raw", "P A cup of tea end"}},
		{name: "front matter, YAML", content: "---\ntitle: \"A \\\"day\\\"\"\ndate: 2024-05-06\ntags: [a]\n---\n# Other\n\ntext", title: `A "day"`, date: "2024-05-06 00:00", blocks: []string{"H1 Other", "P text"}},
		{name: "front matter, TOML", content: "+++\ntitle = 'A day'\ndate = 2024-05-06T07:08:09Z\n+++\ntext", title: "A day", date: "2024-05-06 07:08", blocks: []string{"P text"}},
		{name: "no front matter", content: "---\ntitle: x\n\nmore\n", blocks: []string{"P title: x", "P more"}},
		{name: "a line, and no front matter", content: "---\n\nmore\n---\n", blocks: []string{"H2 more"}},
		{name: "Latin-1", content: "caf\xe9", blocks: []string{"P café"}},
		{name: "escapes and entities", content: "\\# a \\[b\\](c) &copy; &#x41; &nope; \\&amp; 1 < 2", blocks: []string{"P # a [b](c) © A &nope; &amp; 1 < 2"}},
	})
}

func TestLongMarkdownIsReadInPieces(t *testing.T) {
	t.Parallel()
	// The blocks go on where the file is cut. A definition counts for all of it.
	rows := strings.Repeat("| a | 1 |\n", 20_000)
	text := mustRead(t, Markdown, "[first][x]\n\n| n | v |\n|---|---|\n"+rows+"\n[x]: /there\n")
	require.Equal(t, []string{"first -> /there"}, linked(text))
	count := 0
	for _, block := range shown(text)[1:] {
		require.True(t, strings.HasPrefix(block, "T n | v\na | 1\n"), block[:20])
		count += strings.Count(block, "a | 1")
	}
	require.Equal(t, 20_000, count)

	text = mustRead(t, Markdown, "````go\n"+strings.Repeat("\n# ```\n\tx := 1\n", 200_000)+"````\n\n# End")
	require.Greater(t, len(text.Blocks), 2)
	for _, block := range text.Blocks[:len(text.Blocks)-1] {
		require.Equal(t, Code, block.Kind)
	}
	require.Equal(t, "End", text.Title)

	text = mustRead(t, Markdown, "<!--\n"+strings.Repeat("# never\n", 200_000)+"-->\n\nend")
	require.Equal(t, []string{"P end"}, shown(text))

	text = mustRead(t, Markdown, strings.Repeat("1. item\n\n   more of it\n\n", 10_000))
	for _, block := range text.Blocks {
		require.Equal(t, List, block.Kind)
	}
	require.Equal(t, 10_000, strings.Count(text.Body, ". item more of it"))

	text = mustRead(t, Markdown, strings.Repeat("word **and** words.\nMore of them.\n\n## Next\n\n", 20_000))
	require.Len(t, text.Blocks, 40_000)
}
