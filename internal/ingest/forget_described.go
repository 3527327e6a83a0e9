package ingest

import (
	"context"
	"strings"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// query returns the description as a question that is limited to what the caller may see.
func (f *forgetting) query() recall.Query {
	by := f.by
	return recall.Query{
		Text: f.Query, K: index.MaxK, Mode: index.Lexical, Now: by.Now(), Subject: by.Subject(), Speaker: f.Speaker, Reads: by.Visible(),
		Seen:    func(set record.ScopeSet) bool { return len(by.Seen(set)) > 0 },
		AllHits: true, Whole: true, Weak: true,
		Filter: index.Filter{Visible: f.reader.Visible, Within: f.reader.Within, Labels: f.Labels, Session: f.Session},
	}
}

// described returns the records that a description means, and those that it may mean. It finds records whose text is the description.
func described(ctx context.Context, by *gate.Call, q recall.Query) (meant, possible []recall.Hit, err error) {
	found, err := by.Live.View.Load().Recall(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	for _, h := range found.Hits {
		text := h.Text
		if h.Chunk != nil {
			text = h.Chunk.Text
		}
		if record.SameValue(strings.Trim(text, "!? ")) == record.SameValue(strings.Trim(q.Text, "!? ")) {
			meant = append(meant, h)
		}
	}
	return meant, nil, nil
}
