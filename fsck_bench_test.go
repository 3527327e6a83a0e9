package spectron_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// BenchmarkFsck measures the checks of many facts, about half as many entities, and a text for every ten of them.
func BenchmarkFsck(b *testing.B) {
	ctx := context.Background()
	c := spectrontest.Context(b)
	facts := testsize.Of(100_000)
	for n := 0; n < facts; {
		req := spectron.RememberRequest{Infer: spectron.InferTriples}
		var texts []spectron.Message
		for ; len(req.Triples) < 1000 && n < facts; n += 2 {
			person, firm := spectron.EntityRef{Type: "person", Name: nameOf(n)}, spectron.EntityRef{Type: "organisation", Name: fmt.Sprint(nameOf(7*n%(facts/4+1)), " Ltd.")}
			req.Triples = append(req.Triples, spectron.Triple{Entity: person, Key: "works_at", Target: firm}, spectron.Triple{Entity: person, Key: "likes", Value: fmt.Sprint("thing ", n)})
			if n%20 == 0 {
				texts = append(texts, spectron.Message{Content: fmt.Sprintf("%s told us that the delivery of lot %d was late, and asked for a call on Monday.", person.Name, n)})
			}
		}
		_, err := c.Memory().Remember(ctx, req)
		require.NoError(b, err)
		if len(texts) > 0 {
			_, err = c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: texts, Infer: spectron.InferNone})
			require.NoError(b, err)
		}
	}
	for _, check := range []spectron.FsckCheck{"", spectron.FsckDuplicates, spectron.FsckContradictions, spectron.FsckInjection, spectron.FsckDangling, spectron.FsckIndex} {
		b.Run(fmt.Sprintf("check=%s/facts=%d", check, facts), func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, second(c.Lifecycle().Fsck(ctx, spectron.FsckRequest{Check: check})))
			}
		})
	}
}

// nameOf returns one of many different names.
func nameOf(n int) string {
	first, last := []byte("aeiouaeiou"), []byte("bdfgklmnprstvz")
	word := func(n, syllables int) string {
		out := make([]byte, 0, 2*syllables)
		for range syllables {
			out = append(out, last[n%len(last)], first[n/len(last)%len(first)])
			n = n*31/7 + 11
		}
		return string(out)
	}
	return word(n, 3) + " " + word(n/97+5, 4)
}
