package spectron_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// oldValues has the numbers of earlier values of a key.
var oldValues = []int{10, 1000, 4000}

// keyWithHistory returns a Context in which a key of Alice has had the given number of values, one per minute, and the time of the next
// one.
func keyWithHistory(b *testing.B, values int) (*spectron.Memory, time.Time) {
	b.Helper()
	ctx := context.Background()
	m := spectrontest.Context(b, nil).Memory()
	at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < values; i += 500 {
		batch := spectron.RememberManyRequest{}
		for n := i; n < min(i+500, values); n++ {
			batch.Messages = append(batch.Messages, spectron.Message{Content: fmt.Sprintf("Alice works at Acme%d.", n), At: at})
			at = at.Add(time.Minute)
		}
		if _, err := m.RememberMany(ctx, batch); err != nil {
			b.Fatal(err)
		}
	}
	return m, at
}

// BenchmarkWriteToOldKey stores a new value of a key with many earlier values.
func BenchmarkWriteToOldKey(b *testing.B) {
	for _, values := range oldValues {
		b.Run(fmt.Sprintf("values=%d", values), func(b *testing.B) {
			m, at := keyWithHistory(b, values)
			for i := 0; b.Loop(); i++ {
				at = at.Add(time.Minute)
				r, err := m.Remember(context.Background(), spectron.RememberRequest{Text: fmt.Sprintf("Alice works at Globex%d.", i), SpokenAt: at})
				if err != nil || len(r.Extraction.Corrections) != 1 {
					b.Fatal(r, err)
				}
			}
		})
	}
}

// BenchmarkLateWriteToOldKey stores a value that belongs between two of many earlier values.
func BenchmarkLateWriteToOldKey(b *testing.B) {
	for _, values := range oldValues {
		b.Run(fmt.Sprintf("values=%d", values), func(b *testing.B) {
			m, at := keyWithHistory(b, values)
			middle := at.Add(-time.Duration(values/2) * time.Minute)
			for i := 0; b.Loop(); i++ {
				r, err := m.Remember(context.Background(), spectron.RememberRequest{
					Text: fmt.Sprintf("Alice works at Globex%d.", i), SpokenAt: middle.Add(time.Duration(i+1) * time.Millisecond),
				})
				if err != nil || len(r.Extraction.Relations) != 1 {
					b.Fatal(r, err)
				}
			}
		})
	}
}

// BenchmarkPastQuestion asks for earlier values of a key.
func BenchmarkPastQuestion(b *testing.B) {
	for _, values := range oldValues {
		b.Run(fmt.Sprintf("values=%d", values), func(b *testing.B) {
			m, _ := keyWithHistory(b, values)
			for b.Loop() {
				r, err := m.Recall(context.Background(), spectron.RecallRequest{Query: "Where did Alice work before?", K: 10})
				if err != nil || r.Tier != spectron.TierDirect || len(r.Hits) < 10 {
					b.Fatal(r, err)
				}
			}
		})
	}
}
