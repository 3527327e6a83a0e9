package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
)

func TestParseLocation(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"47.3769,8.5417": "47.3769,8.5417", " +1.50 , -0.0 ": "1.5,0", "90,-180": "90,-180", "-90,180": "-90,180", "0.000000001,.5": "0.000000001,0.5",
	} {
		l, err := record.ParseLocation(text)
		require.NoError(t, err, text)
		require.Equal(t, want, l.String())
		again, err := record.ParseLocation(l.String())
		require.NoError(t, err)
		require.Equal(t, l, again)
	}
	for _, text := range []string{"", ",", "1", "1,", ",1", "1,2,3", "90.0001,0", "0,-180.5", "nan,0", "Inf,0", "1e1,0", "0x1p1,0", "1_0,0", "1 0,0", "--1,0", "１,0"} {
		_, err := record.ParseLocation(text)
		require.Error(t, err, text)
	}
}
