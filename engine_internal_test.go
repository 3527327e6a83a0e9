package spectron

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLoadEngineEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	e, err := LoadEngine(ctx, &EngineOptions{Progress: func(p EngineProgress) {
		if p.Stage == "compile" {
			cancel()
		}
	}})
	if e != nil || !errors.Is(err, context.Canceled) || !errors.Is(err, ErrTimeout) {
		t.Errorf("got %v", err)
	}
}

func TestAClosedEngineIsNotUsable(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	loaded, err := LoadEngine(ctx, nil)
	require.NoError(t, err)
	if !loaded.loaded.Usable() {
		t.Error("a loaded engine is not usable")
	}
	var none *Engine
	for name, e := range map[string]*Engine{"nil": none, "zero": {}, "closed": loaded} {
		require.NoError(t, e.Close(ctx), name)
		require.NoError(t, e.Close(ctx), "%s, again", name)
		if e != nil && e.loaded.Usable() {
			t.Errorf("%s is usable", name)
		}
	}
}
