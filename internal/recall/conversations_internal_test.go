package recall

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// TestConversationsFollowTheirChunks adds, removes and narrows chunks. After each step it compares the conversations with conversations
// that are built from the chunks alone.
func TestConversationsFollowTheirChunks(t *testing.T) {
	t.Parallel()
	for seed := range uint64(testsize.Of(20)) {
		random := rand.New(rand.NewPCG(seed, 11))
		chunks := map[string]*record.Chunk{}
		find := func(id string) *record.Chunk { return chunks[id] }
		kept := newConversations(find)
		made := 0
		for step := range 120 {
			ids := slices.Sorted(maps.Keys(chunks))
			switch random.IntN(5) {
			case 0, 1, 2: // a turn of one to three chunks
				made++
				scopes := one(random, []record.ScopeSet{{{"org/a"}}, {{"org/a"}, {"org/b"}}, {{"org/b"}}})
				session := fmt.Sprint("session:", random.IntN(4))
				for piece := range 1 + random.IntN(3) {
					c := &record.Chunk{ID: fmt.Sprintf("memory_chunk:%04d%d", made, piece), Turn: fmt.Sprintf("turn:%04d", made), Session: session, Scopes: scopes}
					chunks[c.ID] = c
					kept.put(c)
				}
			case 3:
				var gone []*record.Chunk
				for _, id := range ids {
					if random.IntN(3) == 0 {
						gone = append(gone, chunks[id])
					}
				}
				kept.remove(gone)
				for _, c := range gone {
					delete(chunks, c.ID)
				}
			default: // turns lose one of their scopes
				var changed []*record.Chunk
				for _, id := range ids {
					if len(chunks[id].Scopes) > 1 {
						changed = append(changed, chunks[id])
					}
				}
				kept.change(changed, func(map[string]bool) {
					for _, c := range changed {
						now := *c
						now.Scopes = c.Scopes[1:]
						chunks[c.ID] = &now
					}
				})
			}
			anew := newConversations(find)
			for _, id := range slices.Sorted(maps.Keys(chunks)) {
				anew.put(chunks[id])
			}
			require.Equal(t, flat(anew), flat(kept), "seed %d, step %d", seed, step)
		}
	}
}

// flat returns the content of conversations as sorted lines.
func flat(t *conversations) (lines []string) {
	for turn, first := range t.first {
		lines = append(lines, fmt.Sprint(turn, " begins with ", first, ", has ", t.chunksOfTurn(turn)))
	}
	for turn, pieces := range t.pieces {
		lines = append(lines, fmt.Sprint(turn, " has pieces ", pieces))
	}
	for session, chunks := range t.chunks {
		lines = append(lines, fmt.Sprint(session, " has ", slices.Sorted(slices.Values(chunks))))
	}
	for session, sets := range t.turns {
		for _, set := range sets {
			lines = append(lines, fmt.Sprint(session, " has ", set.count, " turns in ", set.scopes))
		}
	}
	slices.Sort(lines)
	return lines
}
