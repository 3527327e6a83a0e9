package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

func TestHaving(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	said := []string{"julia", "moser", "cat", "rome", "salary"}
	ix := index.New()
	has := map[string][]string{}
	open := func(set record.ScopeSet) bool { return set[0][0] == "a" }
	for i := range 400 {
		e := index.Entry{ID: fmt.Sprintf("row:%03d", i), Kind: record.KindMemoryChunk, Scopes: record.ScopeSet{{[]string{"a", "b"}[i%2]}}, Text: "words"}
		for _, w := range said {
			if random.IntN(2) == 0 {
				e.Text += " " + w
				has[e.ID] = append(has[e.ID], w)
			}
		}
		require.NoError(t, ix.Put(e))
	}
	for i := 0; i < 400; i += 7 {
		id := fmt.Sprintf("row:%03d", i)
		ix.Delete(id)
		delete(has, id)
	}
	for _, wanted := range [][]string{{"julia"}, {"moser", "julia"}, {"salary", "cat", "rome"}, {"nobody"}, {"cat", "nobody"}} {
		var all, seen []string
		for id, words := range has {
			if slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(words, w) }) {
				continue
			}
			if all = append(all, id); open(record.ScopeSet{{[]string{"a", "b"}[int(id[len(id)-1]-'0')%2]}}) {
				seen = append(seen, id)
			}
		}
		slices.Sort(all)
		slices.Sort(seen)
		text := fmt.Sprint(wanted)
		require.Equal(t, all, ix.Having(text, index.Filter{}), text)
		require.Equal(t, seen, ix.Having(text, index.Filter{Visible: open}), text)
	}
	require.Empty(t, ix.Having("", index.Filter{}))
	require.Empty(t, ix.Having("julia", index.Filter{Kinds: []record.Kind{record.KindAttribute}}))
}
