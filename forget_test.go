package spectron_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/spectrontest"
)

// forgetful fills a Context: Alice tells where she lives (zqparis, then zqberlin, on the same day as of her dog zqrex), and what she likes.
func forgetful(t *testing.T, c *spectron.Context) (told map[string]*spectron.Remembered) {
	t.Helper()
	told = map[string]*spectron.Remembered{}
	at := spectrontest.Epoch.Add(-48 * time.Hour)
	for i, s := range []struct{ name, text string }{
		{"paris", "I live in Zqparis."}, {"berlin", "I moved to Zqberlin. My dog is called Zqrex."}, {"tea", "I like zqtea."}, {"note", "The zqtea shop is open."},
	} {
		out, err := c.Memory().Remember(t.Context(), spectron.RememberRequest{
			Text: s.text, Speaker: "Alice", SpokenAt: at.Add(time.Duration(i) * time.Hour), Labels: []string{"topic=" + s.name}, IdempotencyKey: s.name,
		})
		require.NoError(t, err)
		told[s.name] = out
	}
	return told
}

// liveWith returns the live fact whose value has a word; nil: there is none.
func liveWith(t *testing.T, c *spectron.Context, value string) *spectron.Fact {
	t.Helper()
	page, err := c.Facts().List(t.Context(), spectron.FactQuery{Live: true, Limit: 500})
	require.NoError(t, err)
	for _, f := range page.Items {
		if strings.Contains(strings.ToLower(f.Value), value) {
			return &f
		}
	}
	return nil
}

func TestForgetFirst(t *testing.T) {
	ctx := t.Context()
	mgr := spectrontest.Open(t)
	c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
	require.NoError(t, err)
	forgetful(t, c)
	berlin := liveWith(t, c, "zqberlin")
	for _, dry := range []bool{true, false} {
		out, err := c.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{berlin.ID}, DryRun: dry, Purge: true})
		require.NoError(t, err)
		fmt.Printf("%+v\n", out)
	}
	page, err := c.Facts().List(ctx, spectron.FactQuery{})
	require.NoError(t, err)
	for _, f := range page.Items {
		fmt.Printf("%+v\n", f)
	}
	r, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where do I live?", Speaker: "Alice"})
	require.NoError(t, err)
	for _, f := range r.Hits {
		fmt.Printf("%v %v\n", f.Kind, f.Text)
	}
	_, _, _, _, _, _, _ = bytes.Count, context.Background, errors.Is, os.ReadDir, filepath.Join, slices.Sort[[]string], enginetest.Open
	_ = rpcserver.Start
}
