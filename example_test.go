package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/spectron-go/spectron"
)

// Open a store in memory, remember a text, and ask a question.
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

// A conversation is stored in one transaction. A new value supersedes the old one, which stays in the history.
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

// EnsureContext is for programs that are started again and again with the same store.
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

// meter is an Observer that prints. An Observer for OpenTelemetry starts a span in Start and ends it in End, with the same fields as
// attributes. One for Prometheus adds Outcome.Duration to a histogram by Operation.Name and Outcome.Code.
type meter struct{}

func (meter) Start(ctx context.Context, _ spectron.Operation) context.Context { return ctx }

func (meter) End(_ context.Context, op spectron.Operation, out spectron.Outcome) {
	n := out.Counts
	switch {
	case out.Code != "":
		fmt.Printf("%s: %s\n", op.Name, out.Code)
	case op.Name == "recall":
		fmt.Printf("%s in %s: %d hits, %s\n", op.Name, op.ContextID, n.Hits, out.Tier)
	default:
		fmt.Printf("%s: %d texts, %d facts, %d closed\n", op.Name, n.Turns, n.Facts, n.Closed)
	}
}

// An Observer receives every operation: its name, how it ended, and how much it found or stored.
func ExampleOptions_observer() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", &spectron.Options{Observer: meter{}})
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for _, text := range []string{"Alice works at Acme.", "Alice works at Globex.", ""} {
		if _, err := memory.Remember(ctx, spectron.RememberRequest{Text: text}); err != nil && text != "" {
			log.Fatal(err)
		}
	}
	if _, err := memory.Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"}); err != nil {
		log.Fatal(err)
	}
	// Output:
	// open: 0 texts, 0 facts, 0 closed
	// ensure context: 0 texts, 0 facts, 0 closed
	// remember: 1 texts, 1 facts, 0 closed
	// remember: 1 texts, 1 facts, 1 closed
	// remember: invalid
	// recall in default: 2 hits, direct
	// close: 0 texts, 0 facts, 0 closed
}

// A Logger receives what no method returns, here that keys were sealed under a new master key.
func ExampleOptions_logger() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "spectron")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{} // so that the output is the same in each run
		}
		return a
	}}))
	first, second := spectron.MasterKey("thirty-two bytes, from a keyring"), spectron.MasterKey("another key that is just as long")
	opts := &spectron.Options{Logger: logger, MasterKey: first}
	mgr, err := spectron.Open(ctx, filepath.Join(dir, "agent.db"), opts)
	if err != nil {
		log.Fatal(err)
	}
	_, err = mgr.CreateContext(ctx, "acme", spectron.ContextSpec{Config: spectron.Config{Providers: map[string]spectron.Secret{"openai": "sk-example"}}})
	if err := errors.Join(err, mgr.Close(ctx)); err != nil {
		log.Fatal(err)
	}

	opts.MasterKey, opts.OldMasterKeys = second, []spectron.MasterKey{first}
	if mgr, err = spectron.Open(ctx, filepath.Join(dir, "agent.db"), opts); err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	// Output:
	// level=INFO msg="Keys of providers are sealed under the new master key" context_id=acme keys=1
}
