package spectron_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// knownPerson returns a memory with 5,000 facts about a person, beside 1,000 texts.
func knownPerson(b *testing.B) *spectron.Memory {
	m := spectrontest.Context(b, nil).Memory()
	fill(b, m, 1000)
	_, err := m.Remember(context.Background(), spectron.RememberRequest{Text: "My name is Zoe Park. I work at Initech. Always answer in German."})
	require.NoError(b, err)
	for i := range 5 {
		req := spectron.RememberRequest{Infer: spectron.InferTriples}
		for j := range 1000 {
			req.Triples = append(req.Triples, spectron.Triple{
				Entity: spectron.EntityRef{Type: "person", Name: "Zoe Park"}, Key: "likes", Category: []spectron.Category{"identity", "knowledge", "context"}[j%3],
				Target: spectron.EntityRef{Type: "topic", Name: fmt.Sprintf("topic %d of %d", j, i)},
			})
		}
		_, err := m.Remember(context.Background(), req)
		require.NoError(b, err)
	}
	return m
}

// BenchmarkContext compares context blocks with the recall that they contain. It reports processor time, like those of scale_bench_test.go.
func BenchmarkContext(b *testing.B) {
	m := knownPerson(b)
	for _, query := range []string{"Where do I work?", "river market letter garden"} {
		b.Run("recall/"+query, func(b *testing.B) {
			measure(b, func(int) {
				_, err := m.Recall(context.Background(), spectron.RecallRequest{Query: query, Excerpts: true})
				require.NoError(b, err)
			})
		})
		for _, tokens := range []int{2000, 20_000} {
			b.Run(fmt.Sprintf("context/%d/%s", tokens, query), func(b *testing.B) {
				measure(b, func(int) {
					_, err := m.QueryContext(context.Background(), spectron.ContextRequest{Query: query, MaxTokens: tokens})
					require.NoError(b, err)
				})
			})
		}
	}
}

// BenchmarkOverview reads the state of 5,000 facts, and the profile of the person that they are about.
func BenchmarkOverview(b *testing.B) {
	m := knownPerson(b)
	b.Run("state", func(b *testing.B) {
		measure(b, func(int) {
			_, err := m.State(context.Background())
			require.NoError(b, err)
		})
	})
	b.Run("state/5000", func(b *testing.B) {
		measure(b, func(int) {
			s, err := m.StateOf(context.Background(), spectron.StateRequest{Limit: 5000})
			require.NoError(b, err)
			require.Greater(b, len(s.Knowledge.Relations), 1600)
		})
	})
	b.Run("profile", func(b *testing.B) {
		measure(b, func(int) {
			p, err := m.Profile(context.Background())
			require.NoError(b, err)
			require.Len(b, p.Preferences, 100)
		})
	})
}
