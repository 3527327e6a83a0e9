package documents

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// A search may be helped by models: by a passage that could answer the question (HyDE), by a division of the question, and by a reranker. None of them
// is needed: if one fails, the search goes on without it and says so.

// Step is a part of a search that can fail without it.
type Step string

// The steps.
const (
	StepVectors   Step = "vectors"
	StepHyDE      Step = "hyde"
	StepDecompose Step = "decompose"
	StepRerank    Step = "rerank"
)

// Fallback says that a search went on without one of its steps, and why.
type Fallback struct {
	Step Step
	Why  *fault.Error
}

// without notes once that the search goes on without a step.
func (f *Found) without(step Step, err error) {
	if slices.ContainsFunc(f.Fallbacks, func(f Fallback) bool { return f.Step == step }) {
		return
	}
	var known *fault.Error
	switch {
	case errors.As(err, &known):
	case step == StepRerank:
		known = &fault.Error{Code: fault.Model, Field: "Options.Reranker", Detail: "the reranker failed", Err: err}
	default:
		known = &fault.Error{Code: fault.Model, Field: "Options.Model", Detail: "the model failed", Err: err}
	}
	f.Fallbacks = append(f.Fallbacks, Fallback{step, known})
}

//go:embed prompts/hyde.txt
var hydePrompt string

//go:embed prompts/decompose.txt
var decomposePrompt string

//go:embed decompose.json
var decomposeSchema json.RawMessage

const (
	// maxParts is the number of questions that a question is divided into.
	maxParts = 4
	// maxHypothetical is the number of bytes of a hypothetical passage that count.
	maxHypothetical = 4 << 10
	// rerankPool times K hits, but at least leastReranked and at most mostReranked, are reranked.
	rerankPool    = 3
	leastReranked = 30
	mostReranked  = 100
)

// ask sends a question to the model of the Context.
func ask(ctx context.Context, by *gate.Call, system string, schema json.RawMessage, question string) (string, error) {
	client, err := by.Live.Answerer(ctx, live.StageResponse, settings.Model{})
	if err != nil {
		return "", err
	}
	text, _, err := client.Generate(ctx, llm.Prompt{System: system, Schema: schema, Text: "<question>\n" + ingest.Redact(by, question) + "\n</question>"}, nil)
	return text, err
}

// hypothetical returns a passage that could answer a question.
func hypothetical(ctx context.Context, by *gate.Call, question string) (string, error) {
	text, err := ask(ctx, by, hydePrompt, nil, question)
	if err != nil {
		return "", err
	}
	if text = strings.TrimSpace(text[:min(len(text), maxHypothetical)]); text == "" {
		return "", errors.New("the answer of the model is empty")
	}
	return strings.ToValidUTF8(text, ""), nil
}

// parts returns the questions that a question is made of.
func parts(ctx context.Context, by *gate.Call, question string) ([]string, error) {
	text, err := ask(ctx, by, decomposePrompt, decomposeSchema, question)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Questions []string `json:"questions"`
	}
	if start := strings.IndexByte(text, '{'); start < 0 || json.NewDecoder(strings.NewReader(text[start:])).Decode(&answer) != nil {
		return nil, errors.New("the answer of the model is not a JSON object with questions")
	}
	var out []string
	for _, q := range answer.Questions {
		q = strings.TrimSpace(strings.ToValidUTF8(q, ""))
		if q != "" && len(q) <= maxQuestion && !record.Blank(q) && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("the model named no question")
	}
	return out[:min(len(out), maxParts)], nil
}

// merged returns the hits of several questions, the best first. Each has the best score that a question gave it. Unless all are wanted, a hit that
// repeats a better one is left out.
func merged(lists [][]Hit, all bool) (out []Hit) {
	if len(lists) == 1 {
		return lists[0]
	}
	at := map[string]int{}
	for _, list := range lists {
		for n, h := range list {
			h.First = n == 0
			i, known := at[h.ID]
			if !known {
				at[h.ID] = len(out)
				out = append(out, h)
				continue
			}
			best := out[i]
			if h.Score > best.Score {
				best = h
			}
			best.Relevance, best.First = max(h.Relevance, out[i].Relevance), h.First || out[i].First
			out[i] = best
		}
	}
	slices.SortStableFunc(out, func(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID)) })
	if all {
		return out
	}
	kept := out[:0]
	for _, h := range out {
		i := slices.IndexFunc(kept, func(better Hit) bool { return slices.Contains(better.Duplicates, h.ID) })
		if i < 0 {
			kept = append(kept, h)
			continue
		}
		kept[i].First = kept[i].First || h.First
	}
	return kept
}

// best returns the first k hits. The best hit of a question that is not among them takes the last place, from the last one that is not the best of any.
func best(hits []Hit, k int) []Hit {
	if len(hits) <= k {
		return hits
	}
	out := slices.Clone(hits[:k])
	for _, h := range hits[k:] {
		if !h.First {
			continue
		}
		for j := k - 1; j >= 0; j-- {
			if !out[j].First {
				out = append(slices.Delete(out, j, j+1), h)
				break
			}
		}
	}
	return out
}

// rerank orders hits by the scores of the reranker. Hits whose passages were erased or replaced while it worked are left out.
func (s Search) rerank(ctx context.Context, by *gate.Call, hits []Hit) ([]Hit, error) {
	r := by.Live.Core.Opts.Reranker
	if r == nil {
		return hits, fault.New(fault.Unsupported, "Options.Reranker", "there is no reranker: set Options.Reranker")
	}
	if len(hits) == 0 {
		return hits, nil
	}
	texts := make([]string, len(hits))
	for i := range hits {
		texts[i], _ = hits[i].Searched()
	}
	limited, cancel := context.WithTimeout(ctx, by.Live.Core.Opts.ModelTimeout)
	defer cancel()
	scores, err := live.Await(limited, by.Live, func() ([]float64, error) { return r.Rerank(limited, s.Text, texts) })
	switch {
	case err != nil:
		return hits, err
	case len(scores) != len(texts):
		return hits, fmt.Errorf("the reranker returned %d scores for %d texts", len(scores), len(texts))
	case slices.ContainsFunc(scores, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }):
		return hits, errors.New("the reranker returned a score that is not a finite number")
	}
	out := slices.Clone(hits)
	for i := range out {
		out[i].Reranked = &scores[i]
	}
	slices.SortStableFunc(out, func(a, b Hit) int { return cmp.Compare(*b.Reranked, *a.Reranked) })
	return out, nil
}

// still returns those of the hits that the caller may read now, and what they show of other documents that it may read now.
func still(ctx context.Context, by *gate.Call, hits []Hit) ([]Hit, error) {
	if err := by.Live.Refresh(ctx); err != nil {
		return nil, err
	}
	view := by.Live.View.Load()
	gone := func(id string) bool {
		d, ok := view.Document(id)
		return !ok || len(by.Seen(d.Scopes)) == 0
	}
	stale := func(passage string, version int) bool {
		d, ok := view.Document(store.DocumentOf(passage))
		return gone(store.DocumentOf(passage)) || ok && d.Version != version
	}
	out := slices.DeleteFunc(slices.Clone(hits), func(h Hit) bool { return stale(h.ID, h.Version) })
	for i := range out {
		h := &out[i]
		h.Duplicates = slices.DeleteFunc(slices.Clone(h.Duplicates), func(id string) bool { return stale(id, store.VersionOf(id)) })
		h.Evidence = slices.DeleteFunc(slices.Clone(h.Evidence), func(e Evidence) bool { return gone(e.ID) })
	}
	return out, nil
}
