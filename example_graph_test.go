package spectron_test

import (
	"context"
	"fmt"
	"log"

	"github.com/spectron-go/spectron"
)

// withGraph creates a Context with some facts.
func withGraph(texts ...string) (c *spectron.Context, done func()) {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	if c, err = mgr.CreateContext(ctx, "acme", spectron.ContextSpec{}); err != nil {
		log.Fatal(err)
	}
	for _, text := range texts {
		if _, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: text}); err != nil {
			log.Fatal(err)
		}
	}
	return c, func() { _ = mgr.Close(ctx) }
}

func ExampleFacts_List() {
	ctx := context.Background()
	c, done := withGraph("Alice lives in Berlin.", "Alice moved to Lisbon.", "Alice likes tea.")
	defer done()

	alice := spectron.EntityRef{Type: "person", Name: "Alice"}
	page, err := c.Facts().List(ctx, spectron.FactQuery{Entity: alice, Key: "lives_in", Live: true})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range page.Items {
		fmt.Printf("%s %s %s, because of %q\n", f.Entity.Name, f.Key, f.Value, f.Source.Quote)
	}
	// Output:
	// Alice lives_in Lisbon, because of "Alice moved to Lisbon"
}

// A value that was never true is corrected. A value that no longer holds is closed. Both stay in the history.
func ExampleFacts_Correct() {
	ctx := context.Background()
	c, done := withGraph("Alice lives in Berlin.")
	defer done()

	alice := spectron.EntityRef{Type: "person", Name: "Alice"}
	page, err := c.Facts().List(ctx, spectron.FactQuery{Entity: alice, Live: true})
	if err != nil {
		log.Fatal(err)
	}
	right, err := c.Facts().Correct(ctx, page.Items[0].ID, "Bern")
	if err != nil {
		log.Fatal(err)
	}
	if err := c.Facts().Close(ctx, right.ID, "moved abroad"); err != nil {
		log.Fatal(err)
	}
	history, err := c.Entities().History(ctx, alice, "lives_in")
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range history {
		fmt.Printf("%s (%s), reason %q\n", f.Value, f.Source.Kind, f.Reason)
	}
	// Output:
	// Berlin (turn), reason ""
	// Bern (upsert), reason "moved abroad"
}

func ExampleEntities_History() {
	ctx := context.Background()
	c, done := withGraph("Alice works at Globex.", "Alice now works at Initech.")
	defer done()

	history, err := c.Entities().History(ctx, spectron.EntityRef{Type: "person", Name: "Alice"}, "works_at")
	if err != nil {
		log.Fatal(err)
	}
	for i, f := range history {
		fmt.Println(f.Value, f.RetiredAt.IsZero(), i > 0 && f.Supersedes == history[i-1].ID)
	}
	// Output:
	// Globex false false
	// Initech true true
}

// Both names find a merged entity.
func ExampleEntities_Merge() {
	ctx := context.Background()
	c, done := withGraph("Bob lives in Oslo.", "Robert works at Acme.")
	defer done()

	bob, robert := spectron.EntityRef{Type: "person", Name: "Bob"}, spectron.EntityRef{Type: "person", Name: "Robert"}
	if err := c.Entities().Merge(ctx, robert, bob); err != nil {
		log.Fatal(err)
	}
	found, err := c.Entities().Get(ctx, robert, spectron.PointInTime{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(found.Entity.Name, found.Entity.Aliases)
	for _, f := range found.Relations {
		fmt.Println(f.Entity.Name, f.Key, f.Value)
	}
	// Output:
	// Bob [Robert]
	// Bob lives_in Oslo
	// Bob works_at Acme
}

func ExampleInstructions_Revoke() {
	ctx := context.Background()
	c, done := withGraph("Always answer in French.")
	defer done()

	page, err := c.Instructions().List(ctx, spectron.InstructionQuery{Active: true})
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range page.Items {
		fmt.Println(i.Description)
		if err := c.Instructions().Revoke(ctx, i.ID); err != nil {
			log.Fatal(err)
		}
	}
	page, err = c.Instructions().List(ctx, spectron.InstructionQuery{Active: true})
	fmt.Println(len(page.Items), err)
	// Output:
	// Always answer in French
	// 0 <nil>
}

// A fact that may have changed is in doubt until somebody settles it.
func ExampleUncertainties_Resolve() {
	ctx := context.Background()
	c, done := withGraph("Alice lives in Berlin.", "Alice moved to a new flat.")
	defer done()

	for u, err := range c.Uncertainties().All(ctx, spectron.UncertaintyQuery{Open: true}) {
		if err != nil {
			log.Fatal(err)
		}
		if len(u.FactIDs) == 0 {
			continue // it puts no stored fact in doubt
		}
		f, err := c.Facts().Get(ctx, u.FactIDs[0])
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(u.About, "-", f.Value, f.Doubt != "")
		if err := c.Uncertainties().Resolve(ctx, u.ID, "still in Berlin"); err != nil {
			log.Fatal(err)
		}
		break
	}
	// Output:
	// Alice: lives in - Berlin true
}

// A trace tells what a write decided, and on which facts it depended.
func ExampleTraces_Get() {
	ctx := context.Background()
	c, done := withGraph("Alice lives in Berlin.")
	defer done()

	moved, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice moved to Lisbon."})
	if err != nil {
		log.Fatal(err)
	}
	trace, err := c.Traces().Get(ctx, moved.TraceID)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range trace.Superseded {
		was, err := c.Facts().Get(ctx, s.ID)
		if err != nil {
			log.Fatal(err)
		}
		is, err := c.Facts().Get(ctx, s.By)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s by %s: %s became %s; %d fact considered\n", trace.Operation, trace.Extractor, was.Value, is.Value, len(trace.Considered))
	}
	// Output:
	// full by rules: Berlin became Lisbon; 1 fact considered
}
