package live

import (
	"context"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// Extractor extracts facts from texts. It must be safe for concurrent use.
type Extractor interface {
	// Name is recorded in the decision traces.
	Name() string
	// Quick reports whether Extract takes microseconds. Only then is it called while other writers wait.
	Quick() bool
	// Extract extracts facts from one message. Its result depends only on the input, and only on the day of the input's time.
	Extract(ctx context.Context, in extract.Input) (record.Extraction, error)
}
