package spectron_test

import (
	"context"
	"fmt"

	"github.com/spectron-go/spectron"
)

// greeter is a part of a program that uses memory.
type greeter struct{ memory spectron.MemoryReader }

func (g greeter) greet(ctx context.Context) (string, error) {
	known, err := g.memory.Recall(ctx, spectron.RecallRequest{Query: "What is my name?"})
	if err != nil || len(known.Hits) == 0 {
		return "Hello!", err
	}
	return "Hello " + known.Hits[0].Fact.Value + "!", nil
}

// remembersAlice is a fake memory for a test of the greeter, which calls no other method.
type remembersAlice struct{ spectron.MemoryReader }

func (remembersAlice) Recall(context.Context, spectron.RecallRequest) (*spectron.Recalled, error) {
	return &spectron.Recalled{Hits: []spectron.Hit{{Fact: &spectron.Fact{Key: "name", Value: "Alice"}}}}, nil
}

// Code that uses an interface can be tested without a store.
func ExampleMemoryReader() {
	text, err := greeter{remembersAlice{}}.greet(context.Background())
	fmt.Println(text, err)
	// Output: Hello Alice! <nil>
}
