package chat_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// instant is a model that answers at once.
type instant struct{ llms.Model }

func (instant) GenerateContent(context.Context, []llms.MessageContent, ...llms.CallOption) (*llms.ContentResponse, error) {
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{{Content: "In Rome. [S1]"}}}, nil
}

// BenchmarkChat measures what an answer costs beside the call of the model: with a model that answers at once, and when the answer is given
// again. Both store the exchange in a store in memory.
func BenchmarkChat(b *testing.B) {
	extracts := false
	mgr := spectrontest.Open(b, &spectron.Options{Model: instant{}})
	c, err := mgr.CreateContext(b.Context(), "test", spectron.ContextSpec{Config: spectron.Config{LLMExtraction: &extracts}})
	if err != nil {
		b.Fatal(err)
	}
	messages := []spectron.Message{{Content: "Anna lives in Rome."}}
	for i := range 2_000 {
		messages = append(messages, spectron.Message{Content: fmt.Sprintf("The note %d of the harbour is about ship %d.", i, i*7)})
	}
	if _, err := c.Memory().RememberMany(b.Context(), spectron.RememberManyRequest{Messages: messages}); err != nil {
		b.Fatal(err)
	}
	for name, bypass := range map[string]bool{"asked": true, "reused": false} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := c.Memory().Chat(b.Context(), spectron.ChatRequest{Message: "Where does Anna live?", BypassCache: bypass}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
