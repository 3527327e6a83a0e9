package conformance

import (
	"context"
	"fmt"

	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

const (
	unread     = "Dora swings by the old quarry on Thursdays to teach pottery."
	unreadItem = `{"items":[{"message":%d,"kind":"attribute","entity":{"type":"person","name":"Dora"},"key":"occupation","value":"pottery teacher",` +
		`"category":"knowledge","confidence":0.9,"quote":"teach pottery"}]}`
)

// reader returns a model that reads a text which no rule reads, in the given messages of its prompts.
func (s *trial) reader(messages ...int) *spectrontest.Model {
	m := spectrontest.NewModel(s.T)
	for _, n := range messages {
		m.Add(spectrontest.Reply{When: unread, Text: fmt.Sprintf(unreadItem, n), PromptTokens: 100, CompletionTokens: 10})
	}
	return m
}

// What a model reads is stored, with its words, and what it used is counted and kept.
func modelsReadWhatRulesLeave(s *trial) {
	m := s.reader(1)
	s.opts.Model, s.opts.ModelName = m, "test/one"
	if out := s.tell("I live in Berlin. Thanks!"); out.Model == nil || out.Model.Calls != 0 {
		s.Errorf("a text that rules settle cost %+v", out.Model)
	}
	out := s.tell(unread)
	if out.Model == nil || out.Model.Calls != 1 || out.Model.TokensIn != 100 || out.Model.TokensOut != 10 {
		s.Errorf("a text that rules leave cost %+v", out.Model)
	}
	s.close()
	h := s.main()
	same(s, "what a model read", h.answers("role", spectron.RecallRequest{Query: "What is Dora's job?"}), []string{"pottery teacher"})
	used, err := h.Usage(s.Context(), spectron.UsageRequest{})
	if err != nil || len(used.Items) != 1 {
		s.Fatalf("used %+v (%v)", used, err)
	}
	want := spectron.UsageItem{Month: used.Items[0].Month, Stage: spectron.StageExtraction, Model: "test/one", Calls: 1, TokensIn: 100, TokensOut: 10}
	if used.Items[0] != want {
		s.Errorf("used %+v, want %+v", used.Items[0], want)
	}
}

// failingModel fails at every call.
type failingModel struct{ llms.Model }

func (failingModel) GenerateContent(context.Context, []llms.MessageContent, ...llms.CallOption) (*llms.ContentResponse, error) {
	return nil, fmt.Errorf("the provider is down")
}

// A model that fails costs no text.
func failingModelsCostNoText(s *trial) {
	s.opts.Model = failingModel{}
	out := s.tell("I live in Berlin. " + unread)
	if out.Model == nil || len(out.Model.Failures) != 1 {
		s.Errorf("the result says %+v", out.Model)
	}
	s.close()
	h := s.main()
	same(s, "said", h.said("quarry"), []string{"I live in Berlin. " + unread})
	same(s, "what rules read", h.answers("lives_in", spectron.RecallRequest{Query: "Where do I live?"}), []string{"Berlin"})
}

// The limit of a month holds for all processes together.
func tokensAreLimitedTogether(s *trial) {
	limit := int64(150)
	m := s.reader(1, 1)
	s.opts.Model = m
	mgr := s.opened(s.opts)
	handles := []handle{s.mainOf(mgr), s.mainOf(s.opened(s.opts))}
	if _, err := mgr.PatchContext(s.Context(), handles[0].ID(), spectron.ContextPatch{Config: spectron.Config{TokenLimit: &limit}}); err != nil {
		s.Fatal(err)
	}
	for i := range 4 {
		out := handles[i%2].remember(spectron.RememberRequest{Text: unread})
		if blocked := len(out.Model.Failures) == 1; blocked != (i >= 2) {
			s.Errorf("call %d: %+v", i, out.Model)
		}
	}
	for _, h := range handles {
		if used, err := h.Usage(s.Context(), spectron.UsageRequest{}); err != nil || used.Tokens != 220 {
			s.Errorf("used %+v (%v)", used, err)
		}
	}
}
