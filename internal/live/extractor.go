package live

import (
	"context"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// Extractor reads texts for facts. Many goroutines use one at a time.
type Extractor interface {
	// Name goes into the traces of what it read.
	Name() string
	// Quick reports whether Extract takes microseconds: only then it is asked while others wait to write.
	Quick() bool
	// Extract reads one message. It depends on nothing but the input, of whose time it goes by the day.
	Extract(ctx context.Context, in extract.Input) (record.Extraction, error)
}
