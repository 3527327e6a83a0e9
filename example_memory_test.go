package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/spectron-go/spectron"
)

// The result lists the facts extracted from the text, and the stored facts that they changed.
func ExampleMemory_Remember() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}

	for _, text := range []string{"Alice works at Globex.", "Alice now works at Initech."} {
		done, err := memory.Remember(ctx, spectron.RememberRequest{Text: text})
		if err != nil {
			log.Fatal(err)
		}
		for _, r := range done.Extraction.Relations {
			fmt.Printf("%s %s %s, because of %q\n", r.Subject, r.Label, r.Object, r.Quote)
		}
		for _, c := range done.Extraction.Corrections {
			fmt.Printf("%s: %s -> %s\n", c.Key, c.OldValue, c.NewValue)
		}
	}
	// Output:
	// entity:person/alice works_at entity:organisation/globex, because of "Alice works at Globex"
	// entity:person/alice works_at entity:organisation/initech, because of "Alice now works at Initech"
	// works_at: Globex -> Initech
}

// A preview stores nothing. Facts that a program already knows are given as triples.
func ExampleMemory_Remember_triples() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}

	req := spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: "Alice"}, Key: "email", Value: "alice@example.com"},
	}}
	if _, err := memory.Remember(ctx, req); err != nil {
		log.Fatal(err)
	}
	preview, err := memory.Remember(ctx, spectron.RememberRequest{Text: "Alice lives in Berlin.", Infer: spectron.InferPreview})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(preview.Preview, len(preview.Extraction.Relations)+len(preview.Extraction.Attributes))

	res, err := memory.Recall(ctx, spectron.RecallRequest{Query: "What is Alice's email?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Hits[0].Text)
	// Output:
	// true 1
	// Alice's email is alice@example.com
}

// Filters narrow what a question may find: by times, kinds, labels, sessions and scopes.
func ExampleMemory_Recall() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}
	march, june := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	for _, said := range []spectron.RememberRequest{
		{Text: "Alice lives in Berlin.", SpokenAt: march},
		{Text: "Alice moved to Lisbon.", SpokenAt: june},
		{Text: "The Lisbon office closes at six.", SpokenAt: june, Labels: []string{"topic=office"}},
	} {
		if _, err := memory.Remember(ctx, said); err != nil {
			log.Fatal(err)
		}
	}

	ask := func(what string, req spectron.RecallRequest) {
		res, err := memory.Recall(ctx, req)
		if err != nil {
			log.Fatal(err)
		}
		for _, hit := range res.Hits {
			fmt.Printf("%s: %s\n", what, hit.Text)
		}
	}
	question := "Where does Alice live?"
	ask("now", spectron.RecallRequest{Query: question, Kinds: []spectron.Kind{spectron.KindAttribute, spectron.KindRelation}})
	ask("as known in April", spectron.RecallRequest{
		Query: question, AsOf: march.AddDate(0, 1, 0), Kinds: []spectron.Kind{spectron.KindAttribute, spectron.KindRelation},
	})
	ask("label", spectron.RecallRequest{Query: "Lisbon", Labels: []string{"topic=office"}})
	// Output:
	// now: Alice lives in Lisbon
	// as known in April: Alice lives in Berlin
	// label: The Lisbon office closes at six.
}

// If memory has nothing about a question, Confident is false. MinRelevance drops hits with a low Relevance.
func ExampleMemory_Recall_confidence() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for _, text := range []string{"The roses need water in July.", "Tomatoes were planted along the wall.", "The hedge was cut on Sunday."} {
		if _, err := memory.Remember(ctx, spectron.RememberRequest{Text: text}); err != nil {
			log.Fatal(err)
		}
	}
	for _, query := range []string{"When do the roses need water?", "How is the Kubernetes ingress configured?"} {
		res, err := memory.Recall(ctx, spectron.RecallRequest{Query: query, MinRelevance: 0.3})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(res.Confident, len(res.Hits))
	}
	// Output:
	// true 1
	// false 0
}

// A session is a conversation. Its turns are listed in order, and are found and deleted together.
func ExampleContext_Sessions() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	support, err := mgr.EnsureContext(ctx, "support", spectron.ContextSpec{})
	if err != nil {
		log.Fatal(err)
	}
	session, err := support.Sessions().Create(ctx, spectron.SessionSpec{Metadata: map[string]any{"channel": "chat"}})
	if err != nil {
		log.Fatal(err)
	}
	for _, said := range []spectron.RememberRequest{
		{Text: "My order 4711 has not arrived.", Speaker: "Dana"},
		{Text: "It left the warehouse yesterday.", Role: spectron.RoleAssistant},
	} {
		said.SessionID = session.ID
		if _, err := support.Memory().Remember(ctx, said); err != nil {
			log.Fatal(err)
		}
	}

	for turn, err := range support.Sessions().AllTurns(ctx, spectron.TurnQuery{SessionID: session.ID}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(turn.Seq, turn.Role, turn.Speaker, turn.Content)
	}
	if err := support.Sessions().Delete(ctx, session.ID); err != nil {
		log.Fatal(err)
	}
	_, err = support.Sessions().Get(ctx, session.ID)
	fmt.Println(errors.Is(err, spectron.ErrNotFound))
	// Output:
	// 0 user Dana My order 4711 has not arrived.
	// 1 assistant  It left the warehouse yesterday.
	// true
}

// A client that does not know whether its call arrived repeats it with the same key.
func ExampleMemory_Remember_repeated() {
	ctx := context.Background()
	c, done := withGraph()
	defer done()

	req := spectron.RememberRequest{Text: "Alice lives in Berlin.", IdempotencyKey: "f4b1c2de-0001"}
	first, err := c.Memory().Remember(ctx, req)
	if err != nil {
		log.Fatal(err)
	}
	again, err := c.Memory().Remember(ctx, req)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again.Replayed, again.TurnID == first.TurnID)

	req.Text = "Alice lives in Lisbon."
	_, err = c.Memory().Remember(ctx, req)
	fmt.Println(errors.Is(err, spectron.ErrConflict))
	// Output:
	// true true
	// true
}

// The context block of a question goes into the prompt of a model.
func ExampleMemory_QueryContext() {
	ctx := context.Background()
	c, done := withGraph()
	defer done()

	at := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	_, err := c.Memory().RememberTurn(ctx, spectron.TurnRequest{User: "I live in Lisbon. Always answer in German.", Assistant: "Gerne!", At: at})
	if err != nil {
		log.Fatal(err)
	}
	block, err := c.Memory().QueryContext(ctx, spectron.ContextRequest{Query: "Where do I live?", MaxTokens: 500})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(block.Text)
	// Output:
	// ## Instructions
	//
	// - (2026-03-05) Always answer in German
	//
	// ## Facts
	//
	// - (2026-03-05) The user lives in Lisbon
	//
	// ## Passages
	//
	// - (2026-03-05, user) I live in Lisbon. Always answer in German.
}
