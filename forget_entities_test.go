package spectron_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestForgottenEntitiesAreNotListed forgets all that is known of an entity, without a purge. The entity is known as of earlier times, and starts anew
// when somebody tells of it again.
func TestForgottenEntitiesAreNotListed(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	forget := func(t *testing.T, c *spectron.Context, ids ...string) {
		t.Helper()
		_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: ids})
		require.NoError(t, err)
	}
	for name, row := range map[string]struct {
		texts  []string
		forget func(*testing.T, *spectron.Context, []*spectron.Remembered)
		listed []string
	}{
		"by id": {[]string{"Anna lives in Rome."}, func(t *testing.T, c *spectron.Context, _ []*spectron.Remembered) {
			forget(t, c, "entity:person/anna")
		}, nil},
		"its only fact": {[]string{"Anna lives in Rome."}, func(t *testing.T, c *spectron.Context, told []*spectron.Remembered) {
			forget(t, c, told[0].Extraction.Relations[0].ID)
		}, nil},
		"its only turn": {[]string{"Anna lives in Rome."}, func(t *testing.T, c *spectron.Context, told []*spectron.Remembered) {
			forget(t, c, told[0].TurnID)
		}, nil},
		"one after the other": {[]string{"Anna lives in Rome.", "Anna is a vegan."}, func(t *testing.T, c *spectron.Context, told []*spectron.Remembered) {
			forget(t, c, told[0].TurnID)
			forget(t, c, told[1].TurnID)
		}, nil},
		"one of two":     {[]string{"Anna lives in Rome.", "Anna is a vegan."}, func(t *testing.T, c *spectron.Context, told []*spectron.Remembered) { forget(t, c, told[0].TurnID) }, []string{"Anna"}},
		"what has ended": {[]string{"Anna works at Globex.", "Anna no longer works at Globex.", "Anna is a vegan."}, func(t *testing.T, c *spectron.Context, told []*spectron.Remembered) { forget(t, c, told[2].TurnID) }, []string{"Anna", "Globex"}},
		"told by others": {[]string{"Anna lives in Rome.", "Bob lives in Rome."}, func(t *testing.T, c *spectron.Context, told []*spectron.Remembered) { forget(t, c, told[0].TurnID) }, []string{"Bob", "Rome"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := spectrontest.NewClock()
			c := spectrontest.Context(t, &spectron.Options{Clock: clock.Now})
			var told []*spectron.Remembered
			for _, text := range row.texts {
				clock.Advance(time.Hour)
				told = append(told, tell(t, c, text))
			}
			before := clock.Now()
			clock.Advance(time.Hour)
			row.forget(t, c, told)
			names := func(at spectron.PointInTime) (out []string) {
				for e, err := range c.Entities().All(t.Context(), spectron.EntityQuery{At: at}) {
					require.NoError(t, err)
					out = append(out, e.Name)
				}
				slices.Sort(out)
				return out
			}
			require.Equal(t, row.listed, names(spectron.PointInTime{}))
			require.Contains(t, names(spectron.PointInTime{AsOf: before}), "Anna")
			clock.Advance(time.Hour)
			tell(t, c, "Anna lives in Oslo.")
			require.Contains(t, names(spectron.PointInTime{}), "Anna")
		})
	}
}
