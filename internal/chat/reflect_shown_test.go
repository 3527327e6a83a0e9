package chat_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// reflectsOn stores a reflection of which a fact was shown but is no evidence.
func reflectsOn(t *testing.T, c *spectron.Context, m *spectrontest.Model, shown *spectron.Remembered) *spectron.Reflection {
	t.Helper()
	req := spectron.ReflectRequest{Query: "What do we know about Anna?"}
	m.Add(spectrontest.Reply{Text: concludes("Nothing.")})
	r, err := c.Memory().Reflect(t.Context(), req)
	require.NoError(t, err)
	require.Contains(t, r.Evidence, shown.Extraction.Relations[0].ID)
	proof := slices.IndexFunc(r.Evidence, func(id string) bool { return strings.HasPrefix(id, "attribute:") })
	m.Add(spectrontest.Reply{Text: concludes("Anna avoids milk.", anna("avoids", "dairy", fmt.Sprintf(`"S%d"`, proof+1)))})
	req.Persist = true
	r, err = c.Memory().Reflect(t.Context(), req)
	require.NoError(t, err)
	require.Len(t, r.Facts, 1)
	require.Empty(t, r.Facts[0].Reason)
	return r
}

// A stored reflection may quote all that the model was shown, not only its evidence. It goes with any of these records when they are erased or
// forgotten, and it stays when one that is no evidence only changes.
func TestReflectionsGoWithWhatTheModelWasShown(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*testing.T, *spectron.Context, *spectron.Remembered)
		closed bool
		erased bool
	}{
		"purged fact": {erased: true, change: func(t *testing.T, c *spectron.Context, shown *spectron.Remembered) {
			out, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{shown.Extraction.Relations[0].ID}, Purge: true})
			require.NoError(t, err)
			require.NotZero(t, out.Purged)
		}},
		"purged turn": {erased: true, change: func(t *testing.T, c *spectron.Context, shown *spectron.Remembered) {
			_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{shown.TurnID}, Purge: true})
			require.NoError(t, err)
		}},
		"forgotten scope": {erased: true, change: func(t *testing.T, c *spectron.Context, shown *spectron.Remembered) {
			_, err := c.Scopes().Forget(t.Context(), spectron.ScopeForgetRequest{Path: "org/work"})
			require.NoError(t, err)
		}},
		"forgotten fact": {closed: true, change: func(t *testing.T, c *spectron.Context, shown *spectron.Remembered) {
			_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{shown.Extraction.Relations[0].ID}})
			require.NoError(t, err)
		}},
		"request to forget": {closed: true, change: func(t *testing.T, c *spectron.Context, shown *spectron.Remembered) {
			remember(t, c, spectron.RememberRequest{Text: "Please forget that Anna works at Globex.", Scopes: spectron.Scopes{{"org/work"}}})
		}},
		"changed fact": {change: func(t *testing.T, c *spectron.Context, shown *spectron.Remembered) {
			remember(t, c, spectron.RememberRequest{Text: "Anna works at Initech.", Scopes: spectron.Scopes{{"org/work"}}})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, c, m := reflecting(t)
			shown := remember(t, c, spectron.RememberRequest{Text: "Anna works at Globex.", Scopes: spectron.Scopes{{"org/work"}}})
			r := reflectsOn(t, c, m, shown)
			require.Equal(t, spectron.Scopes{{"org/acme", "org/work"}}, r.Facts[0].Scopes, "its readers may read all that it may quote")
			before, err := c.Facts().Get(t.Context(), r.Facts[0].ID)
			require.NoError(t, err)
			require.NotContains(t, before.Evidence, shown.Extraction.Relations[0].ID)
			row.change(t, c, shown)
			fact, err := c.Facts().Get(t.Context(), r.Facts[0].ID)
			if row.erased {
				require.ErrorIs(t, err, spectron.ErrNotFound)
				return
			}
			require.NoError(t, err)
			require.Equal(t, row.closed, !fact.RetiredAt.IsZero())
		})
	}
}

// What a reflection may quote is known after an export, too.
func TestReflectionsMoveWithWhatTheyMayQuote(t *testing.T) {
	t.Parallel()
	mgr, c, m := reflecting(t)
	shown := remember(t, c, spectron.RememberRequest{Text: "Anna works at Globex.", Scopes: spectron.Scopes{{"org/acme"}}})
	r := reflectsOn(t, c, m, shown)
	var dump bytes.Buffer
	require.NoError(t, mgr.ExportContext(t.Context(), "test", &dump))
	in, err := mgr.ImportContext(t.Context(), spectron.ImportRequest{ID: "moved", From: &dump})
	require.NoError(t, err)
	moved := in.Context
	_, err = moved.Facts().Get(t.Context(), r.Facts[0].ID)
	require.NoError(t, err)
	_, err = moved.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{shown.Extraction.Relations[0].ID}, Purge: true})
	require.NoError(t, err)
	_, err = moved.Facts().Get(t.Context(), r.Facts[0].ID)
	require.ErrorIs(t, err, spectron.ErrNotFound)
}
