package engine

import (
	"context"
	"fmt"
	"testing"
)

// One request at a time, over a store in memory.
func BenchmarkRequest(b *testing.B) {
	s := connect(b, newEngine(b))
	query[any](b, s, `DEFINE TABLE row`, nil)
	b.Run("Return", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Query(context.Background(), `RETURN 1`, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Create", func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			i++
			vars := map[string]any{"id": fmt.Sprintf("%d-%d", b.N, i)}
			if _, err := s.Query(context.Background(), `CREATE type::record('row', rand::ulid()) SET n = $id`, vars); err != nil {
				b.Fatal(err)
			}
		}
	})
}
