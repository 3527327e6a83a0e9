package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	compare(t, JSON, []wanted{
		{name: "an object", content: `{"name": "Tea", "price": {"eur": 12.50, "exact": 123456789012345678901234567890.1e+400}, "tags": ["green", "", null, 2, true],
 "note": "two\nlines", "none": null, "empty": {}, "url": "https://a.example/x", "at": [[1, 2], [3, 4]], "mixed": [1, 2, {"a": "b"}, 3],
 "makers": [{"name": "Ann", "pots": [{"cm": 3}, {"cm": 4}]}, {"name": "Bob"}], "last": false}`,
			links: []string{"https://a.example/x -> https://a.example/x"},
			blocks: []string{"P name: Tea\nprice.eur: 12.50\nprice.exact: 123456789012345678901234567890.1e+400\ntags: green, 2, true\nnote: two lines\nurl: https://a.example/x\n" +
				"at[0]: 1, 2\nat[1]: 3, 4\nmixed: 1, 2", "P mixed.a: b", "P mixed: 3", "P makers.name: Ann\nmakers.pots[0].cm: 3\nmakers.pots[1].cm: 4", "P makers.name: Bob", "P last: false"}},
		{name: "records", content: `[{"a": 1, "b": {"c": [1, 2]}}, {"a": 2}, "x", "y"]`, blocks: []string{"P a: 1\nb.c: 1, 2", "P a: 2", "P x, y"}},
		{name: "JSON lines", content: "{\"a\": 1, \"b\": [{\"c\": 2}]}\n{\"a\": 3}\n\n\"x\" 4", blocks: []string{"P a: 1\nb[0].c: 2", "P a: 3", "P x", "P 4"}},
		{name: "a value, with a byte order mark", content: "\xEF\xBB\xBF \"caf\\u00e9 \\ud83d\\ude00\"", blocks: []string{"P café 😀"}},
	})
	for _, content := range []string{`{"a": NaN}`, `{"a": 1`, `[1, 2`, `{"a" 1}`, `[1 2]`, `{a: 1}`, `["secret]`, `nul`, `{"a": 01}`, `{"a": Infinity}`, "]", `{"a": "b"} }`, "x"} {
		_, err := read(JSON, content, Limits{})
		require.ErrorIs(t, err, ErrDamaged, content)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	compare(t, CSV, []wanted{
		{name: "commas, quotes and ragged rows", content: "\xEF\xBB\xBFname,cm,note\r\n\"Cup, small\",3,\"says \"\"hi\"\"\ntwice\"\r\nPot,,\r\n\r\n,12,x,more\r\nJar,5\" tall,\"https://a.example\"\r\n",
			links:  []string{"https://a.example -> https://a.example"},
			blocks: []string{"T name: Cup, small; cm: 3; note: says \"hi\" twice\nname: Pot\ncm: 12; note: x; more\nname: Jar; cm: 5\" tall; note: https://a.example"}},
		{name: "semicolons", content: "city;degrees\nOslo;3,5\nRome;20,1\n", blocks: []string{"T city: Oslo; degrees: 3,5\ncity: Rome; degrees: 20,1"}},
		{name: "tabs without names", content: "1\tOslo\t\t3\n2\tRome\t\t4\n", blocks: []string{"T 1 | Oslo | | 3\n2 | Rome | | 4"}},
		{name: "bars", content: "a|b\n1|2\n", blocks: []string{"T a: 1; b: 2"}},
		{name: "sep=", content: "sep=;\na;b,c\n1;2,3\n", blocks: []string{"T a: 1; b,c: 2,3"}},
		{name: "one column", content: "Ann\nBob\n", blocks: []string{"T Ann\nBob"}},
		{name: "names only", content: "a,b\n", blocks: []string{"T a | b"}},
		{name: "Windows-1252", content: "a,b\ncaf\xe9,1\n", blocks: []string{"T a: café; b: 1"}},
	})
	var rows strings.Builder
	rows.WriteString("id,word\n")
	for i := range 1000 {
		fmt.Fprintf(&rows, "%d,w%d\n", i, i)
	}
	text := mustRead(t, CSV, rows.String())
	require.Len(t, text.Blocks, 5)
	require.Equal(t, 1000, strings.Count(text.Body, "id: "))
}
