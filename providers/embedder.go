package providers

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron"
)

// embedder is an embedding model of a provider.
type embedder struct {
	target
	client embeddings.EmbedderClient
}

func (r *Resolver) embedder(q request) (embeddings.Embedder, error) {
	if v := r.vendors[q.model.Provider]; v != nil && v.embedder == nil {
		return nil, invalid(q.op, q.field, "%s offers no embedding models; use one of another provider, such as openai/text-embedding-3-small", q.model.Provider)
	}
	t, err := r.target(q, embeddingKind)
	if err != nil {
		return nil, err
	}
	client, err := t.vendor.embedder(t)
	if err != nil {
		return nil, &spectron.Error{Op: q.op, Code: spectron.CodeInvalid, Field: q.field, Err: err}
	}
	return &embedder{target: t, client: client}, nil
}

// EmbedderName returns the name, such as "openai/text-embedding-3-small". Health and errors show it.
func (e *embedder) EmbedderName() string { return e.model.String() }

// Format prints the name, whatever the verb.
func (e *embedder) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, e.EmbedderName()) // fmt keeps the error of its own writer
}

// embedBatch is how many texts one request has: the answer for the longest vectors stays far below maxAnswer.
const embedBatch = 64

// EmbedDocuments returns a vector for each text.
func (e *embedder) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for batch := range slices.Chunk(texts, embedBatch) {
		vectors, err := e.embed(ctx, batch)
		if err != nil {
			return nil, err
		}
		out = append(out, vectors...)
	}
	return out, nil
}

// EmbedQuery returns the vector of one text.
func (e *embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	vectors, err := e.embed(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return vectors[0], nil
}

// embed embeds texts in one call of the client.
func (e *embedder) embed(ctx context.Context, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, endedBy(err).as(e.model.Provider)
	}
	x := &exchange{target: e.target, call: call{model: e.model.Name, base: e.base}, ended: ctx.Err}
	vectors, err := guarded(func() ([][]float32, error) { return e.client.CreateEmbedding(x.with(ctx), texts) })
	if err := x.result(err); err != nil {
		return nil, err
	}
	if len(vectors) != len(texts) {
		return nil, unusable("%d vectors for %d texts", len(vectors), len(texts)).as(e.model.Provider)
	}
	for _, v := range vectors {
		if len(v) == 0 || len(v) != len(vectors[0]) {
			return nil, unusable("empty vectors, or vectors of different lengths").as(e.model.Provider)
		}
	}
	return vectors, nil
}
