package ingest

import (
	"context"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
)

// described returns the records that the description of the request means, among those that the caller may see. A purge may mean facts that
// have ended as well.
func (f *forgetting) described(ctx context.Context) (recall.Described, error) {
	by := f.by
	return by.Live.View.Load().Describe(ctx, recall.DescribeQuery{
		Text: f.Query, Speaker: f.Speaker, Subject: by.Subject(), Reads: by.Visible(), Now: by.Now(),
		Filter: index.Filter{Visible: f.reader.Visible, Within: f.reader.Within, Labels: f.Labels, Session: f.Session, Closed: f.Purge},
	})
}
