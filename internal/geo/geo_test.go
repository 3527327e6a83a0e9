package geo_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/geo"
	"github.com/spectron-go/spectron/internal/record"
)

func TestContains(t *testing.T) {
	t.Parallel()
	const square = "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4))"
	for name, row := range map[string]struct {
		near   geo.Near
		within string
		at     record.Location
		want   bool
	}{
		"inside":                {within: square, at: record.Location{Lat: 2, Lng: 3}, want: true},
		"edge":                  {within: square, at: record.Location{Lat: 0, Lng: 3}, want: true},
		"corner":                {within: square, at: record.Location{Lat: 10, Lng: 10}, want: true},
		"hole":                  {within: square, at: record.Location{Lat: 5, Lng: 5}},
		"outside":               {within: square, at: record.Location{Lat: 5, Lng: 11}},
		"second":                {within: "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", at: record.Location{Lat: 5.2, Lng: 5.8}, want: true},
		"between":               {within: "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", at: record.Location{Lat: 3, Lng: 3}},
		"centre":                {near: geo.Near{Lat: 1, Lng: 2, RadiusKm: 0.001}, at: record.Location{Lat: 1, Lng: 2}, want: true},
		"a degree is 111 km":    {near: geo.Near{RadiusKm: 112}, at: record.Location{Lat: 1}, want: true},
		"a degree is not 110":   {near: geo.Near{RadiusKm: 110}, at: record.Location{Lng: 1}},
		"narrow at the pole":    {near: geo.Near{Lat: 89, Lng: 0, RadiusKm: 250}, at: record.Location{Lat: 89, Lng: 180}, want: true},
		"across the 180th":      {near: geo.Near{Lat: 0, Lng: 179.9, RadiusKm: 30}, at: record.Location{Lng: -179.9}, want: true},
		"antipodes":             {near: geo.Near{Lat: 12.3, Lng: 45.6, RadiusKm: 1}, at: record.Location{Lat: -12.3, Lng: -134.4}},
		"both":                  {near: geo.Near{Lat: 1, Lng: 1, RadiusKm: 500}, within: square, at: record.Location{Lat: 2, Lng: 2}, want: true},
		"near but not within":   {near: geo.Near{Lat: 1, Lng: 1, RadiusKm: 500}, within: square, at: record.Location{Lat: -1, Lng: 1}},
		"within but not near":   {near: geo.Near{Lat: 1, Lng: 1, RadiusKm: 500}, within: square, at: record.Location{Lat: 9, Lng: 9}},
		"far away on the earth": {near: geo.Near{Lat: 1, Lng: 1, RadiusKm: geo.MaxRadiusKm}, at: record.Location{Lat: -60, Lng: -120}, want: true},
	} {
		a, err := geo.NewArea("", row.near, row.within)
		require.NoError(t, err, name)
		require.Equal(t, row.want, a.Contains(row.at), name)
	}
	nothing, err := geo.NewArea("", geo.Near{}, "")
	require.NoError(t, err)
	require.True(t, nothing.Contains(record.Location{}))
}

// FuzzNewArea checks that no text and no circle causes a panic, neither when it is read nor when it is used.
func FuzzNewArea(f *testing.F) {
	for _, s := range []string{"POLYGON((0 0, 1 0, 1 1, 0 0))", "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)),((0 0, 1 0, 1 1, 0 0)))", "POLYGON EMPTY", "POLYGON(", "MULTIPOLYGON)", "polygon ((", "POLYGON(())", "MULTIPOLYGON((()))", ""} {
		f.Add(s, 1.0, 2.0, 3.0)
	}
	f.Fuzz(func(t *testing.T, text string, lat, lng, radius float64) {
		if a, err := geo.NewArea("", geo.Near{Lat: lat, Lng: lng, RadiusKm: radius}, text); err == nil {
			a.Contains(record.Location{Lat: 0.5, Lng: 0.75})
		}
	})
}
