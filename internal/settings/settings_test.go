package settings_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// TestSettingsOnlyGetNewer checks that older settings do not replace newer ones.
func TestSettingsOnlyGetNewer(t *testing.T) {
	t.Parallel()
	var current settings.Current
	entry := func(revision int, description string) store.Registered {
		return store.Registered{ID: "a", Revision: revision, Description: description}
	}
	for _, tc := range []struct {
		revision    int
		description string
		want        string
	}{{3, "three", "three"}, {2, "two", "three"}, {3, "another three", "three"}, {4, "four", "four"}, {0, "none", "four"}} {
		require.NoError(t, current.Take(entry(tc.revision, tc.description)))
		if got := current.Load().Entry.Description; got != tc.want {
			t.Errorf("after revision %d: %q, want %q", tc.revision, got, tc.want)
		}
	}
	broken := entry(9, "broken")
	broken.Config = []byte(`{"token_limit": "x"}`)
	if err := current.Take(broken); !fault.Is(err, fault.Damaged) || current.Load().Entry.Description != "four" {
		t.Errorf("a configuration that cannot be read: %v", err)
	}
}

// TestSettingsInForce checks the settings that the library uses: their defaults and configured values.
func TestSettingsInForce(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		floor       float64
		selfService bool
		longest     time.Duration
	}{
		``: {0.7, true, 0},
		`{"reconciliation": {"confidence_floor": 0}, "allow_self_service_keys": false, "max_token_ttl_seconds": 60}`: {0, false, time.Minute},
	} {
		s, err := settings.New(store.Registered{Config: []byte(text)})
		require.NoError(t, err)
		if s.ConfidenceFloor != want.floor || s.SelfService != want.selfService || s.MaxTTL != want.longest {
			t.Errorf("%s: %v %v %v", text, s.ConfidenceFloor, s.SelfService, s.MaxTTL)
		}
	}
}
