package live

import "context"

type progressKey struct{}

// WithProgress returns a context whose work reports how far it has come: the stage, and how much of it is done. total is 0 while it is not
// known.
func WithProgress(ctx context.Context, report func(stage string, done, total int64)) context.Context {
	return context.WithValue(ctx, progressKey{}, report)
}

// Progress reports how far the work of a context has come.
func Progress(ctx context.Context, stage string, done, total int) {
	if report, ok := ctx.Value(progressKey{}).(func(string, int64, int64)); ok {
		report(stage, int64(done), int64(total))
	}
}
