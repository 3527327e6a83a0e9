package spectron_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/spectron-go/spectron"
)

// Open a store in memory, remember what was said, and ask.
func Example() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	acme, err := mgr.CreateContext(ctx, "acme-prod", spectron.ContextSpec{Namespace: "acme", Database: "prod"})
	if err != nil {
		log.Fatal(err)
	}

	if _, err := acme.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice was promoted to CTO."}); err != nil {
		log.Fatal(err)
	}
	res, err := acme.Memory().Recall(ctx, spectron.RecallRequest{Query: "What is Alice's role?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Tier)
	for _, hit := range res.Hits {
		fmt.Printf("%s: %s\n", hit.Kind, hit.Text)
	}
	// Output:
	// direct
	// attribute: Alice's role is CTO
	// memory_chunk: Alice was promoted to CTO.
}

// A conversation is stored as one: all of it, or nothing. A new value takes the place of an old one, which stays
// as history.
func ExampleMemory_RememberMany() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	acme, err := mgr.CreateContext(ctx, "acme-prod", spectron.ContextSpec{})
	if err != nil {
		log.Fatal(err)
	}

	january, may := time.Date(2026, 1, 7, 9, 0, 0, 0, time.UTC), time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	_, err = acme.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{
		{At: january, Content: "My name is Alice and I live in Berlin."},
		{At: january, Role: spectron.RoleAssistant, Content: "Nice to meet you, Alice."},
		{At: may, Content: "I moved to Lisbon."},
	}})
	if err != nil {
		log.Fatal(err)
	}
	for _, asOf := range []time.Time{january, {}} {
		res, err := acme.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where do I live?", AsOf: asOf})
		if err != nil {
			log.Fatal(err)
		}
		hit := res.Hits[0]
		fmt.Printf("%s, because of %q on %s\n", hit.Text, hit.Source.Quote, hit.Source.SpokenAt.Format(time.DateOnly))
	}
	// Output:
	// Alice lives in Berlin, because of "I live in Berlin" on 2026-01-07
	// Alice lives in Lisbon, because of "I moved to Lisbon" on 2026-05-12
}

// EnsureContext is for programs that start again and again on the same store.
func ExampleManager_EnsureContext() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)

	for range 2 {
		c, err := mgr.EnsureContext(ctx, "acme-prod", spectron.ContextSpec{Namespace: "acme", Database: "prod"})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(c.Info().Namespace, c.Info().Database)
	}
	page, err := mgr.ListContexts(ctx, spectron.PageRequest{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(page.Items), "Context")
	// Output:
	// acme prod
	// acme prod
	// 1 Context
}
