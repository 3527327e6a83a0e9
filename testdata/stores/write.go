//go:build ignore

// Write makes a store for TestOldStores: go run testdata/stores/write.go FILE
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/spectron-go/spectron"
)

func main() {
	ctx, ids, now := context.Background(), 0, time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	store, err := spectron.Open(ctx, os.Args[1], &spectron.Options{
		Clock: func() time.Time {
			now = now.Add(time.Second)
			return now
		},
		NewID: func() string {
			ids++
			return fmt.Sprintf("00000000-0000-7000-8000-%012d", ids)
		},
	})
	check(err)
	old, err := store.CreateContext(ctx, "old", spectron.ContextSpec{})
	check(err)
	session := ""
	for i, text := range []string{
		"My name is Mara Lind. I live in Berlin and work at Globex.", "My sister Ana lives in Porto. I like climbing.", "I moved to Lisbon.",
		"I no longer work at Globex.", "Always answer in German.",
	} {
		told, err := old.Memory().Remember(ctx, spectron.RememberRequest{
			Text: text, SessionID: session, SpokenAt: time.Date(2025, time.Month(i+1), 10, 9, 0, 0, 0, time.UTC),
		})
		check(err)
		session = told.SessionID
	}
	_, err = old.Memory().Remember(ctx, spectron.RememberRequest{Text: "Mara's locker is 42.", Infer: spectron.InferNone})
	check(err)
	check(store.Close(ctx))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
