package spectron_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// TestHealthURLReopensTheFile checks that Health.URL opens the same file again, whatever its name.
func TestHealthURLReopensTheFile(t *testing.T) {
	ctx := context.Background()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	opts := &spectron.Options{Engine: engine, Durability: spectron.DurabilityRelaxed}
	directory := filepath.ToSlash(t.TempDir())
	for _, rawURL := range []string{
		"file://agent.db", "file://100%25.db", "file://ab%23c%3Fd.db", "file://%2541.db", "file://a b+c&d=e;f.db", "file://Bücher 東京 🚀.db", "file://./~x%20y.db",
		"file://" + directory + "/x%23%3F%25%2525.db",
	} {
		mgr, err := spectron.Open(ctx, rawURL, opts)
		require.NoError(t, err, rawURL)
		_, err = mgr.CreateContext(ctx, "test", spectron.ContextSpec{})
		require.NoError(t, err)
		health, err := mgr.Health(ctx)
		require.NoError(t, err)
		// A second opening of the same file is refused.
		_, err = spectron.Open(ctx, health.URL, opts)
		isError(t, err, spectron.ErrInUse, "")
		require.NoError(t, mgr.Close(ctx))
		again, err := spectron.Open(ctx, health.URL, opts)
		require.NoError(t, err, "%s is %s", rawURL, health.URL)
		_, err = again.Context(ctx, "test")
		require.NoError(t, err, "%s is not %s", health.URL, rawURL)
		require.NoError(t, again.Close(ctx))
	}
}
