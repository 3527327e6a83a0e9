//go:build unix

package spectron_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// fullSession fills a Context with people who live and work somewhere, and one session with turns, and returns the session.
func fullSession(b *testing.B, c *spectron.Context, people, turns int) (session string) {
	b.Helper()
	ctx := context.Background()
	var triples []spectron.Triple
	for i := range people {
		who := spectron.EntityRef{Type: "person", Name: fmt.Sprintf("Person%04d Doe%d", i, i)}
		triples = append(triples,
			spectron.Triple{Entity: who, Key: "lives_in", Target: spectron.EntityRef{Type: "location", Name: fmt.Sprintf("Town%d", i%200)}},
			spectron.Triple{Entity: who, Key: "role", Value: "engineer"})
		if len(triples) == 200 || i == people-1 {
			_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: triples})
			require.NoError(b, err)
			triples = nil
		}
	}
	made, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
	require.NoError(b, err)
	for turns > 0 {
		n := min(turns, 2000)
		turns -= n
		texts := make([]string, n)
		for i := range texts {
			texts[i] = fmt.Sprintf("We talked about word%d and word%d at the table.", turns+i, i%97)
		}
		messages := conversation(texts)
		_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{SessionID: made.ID, Messages: messages, Infer: spectron.InferNone})
		require.NoError(b, err)
	}
	return made.ID
}

// BenchmarkWriteAmongMuch writes to an empty Context, and to one with 2,000 people and a session of 20,000 turns: text without facts, new
// facts, facts that supersede others, and a change that is not understood. The cost must be the same.
func BenchmarkWriteAmongMuch(b *testing.B) {
	for _, size := range []struct {
		name          string
		people, turns int
	}{{"empty", 0, 0}, {"full", 2000, 20_000}} {
		c := ensure(b, openStore(b, "mem://", nil))
		session := ""
		if size.turns > 0 {
			session = fullSession(b, c, size.people, size.turns)
		}
		for _, kind := range []struct {
			name  string
			infer spectron.Infer
			say   func(i int) string
		}{
			{"literal", spectron.InferNone, func(i int) string { return fmt.Sprintf("The meeting %d went on and on.", i) }},
			{"nothing", spectron.InferFull, func(i int) string { return fmt.Sprintf("The meeting %d went on and on.", i) }},
			{"new", spectron.InferFull, func(i int) string { return fmt.Sprintf("Newcomer%d Park works at Globex.", i) }},
			{"move", spectron.InferFull, func(i int) string { return fmt.Sprintf("I moved to %s.", []string{"Berlin", "Lisbon", "Oslo"}[i%3]) }},
			{"known", spectron.InferFull, func(i int) string { return fmt.Sprintf("Person%04d Doe%d moved to Rome.", i%2000, i%2000) }},
			{"doubt", spectron.InferFull, func(i int) string { return fmt.Sprintf("We got evicted, case %d.", i) }},
		} {
			b.Run(size.name+"/"+kind.name, func(b *testing.B) {
				measure(b, func(i int) {
					done, err := c.Memory().Remember(context.Background(), spectron.RememberRequest{Text: kind.say(i), SessionID: session, Infer: kind.infer})
					require.NoError(b, err)
					if session == "" {
						session = done.SessionID
					}
				})
			})
		}
	}
}
