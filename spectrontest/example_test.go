package spectrontest_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// With a Clock and numbered IDs, a program gives the same output in each run.
func ExampleClock() {
	ctx, clock := context.Background(), spectrontest.NewClock()
	mgr, err := spectron.Open(ctx, "mem://", &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs()})
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for _, text := range []string{"Alice lives in Berlin.", "Alice moved to Lisbon."} {
		if _, err := memory.Remember(ctx, spectron.RememberRequest{Text: text}); err != nil {
			log.Fatal(err)
		}
		clock.Advance(30 * 24 * time.Hour)
	}
	res, err := memory.Recall(ctx, spectron.RecallRequest{Query: "Where does Alice live?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Hits[0].Text, "since", res.Hits[0].Fact.KnownFrom.Format(time.DateOnly))
	// Output:
	// Alice lives in Lisbon since 2026-01-31
}
