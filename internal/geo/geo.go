// Package geo says which locations lie in an area.
package geo

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

// Limits of an area.
const (
	MaxRadiusKm = 20_038 // half way around the earth
	MaxWKTBytes = 64 << 10
	MaxCorners  = 1000
)

// Near is a circle on the earth.
type Near struct{ Lat, Lng, RadiusKm float64 }

// Area is a circle, one or more polygons, or what lies in both. The nil Area contains every location.
type Area struct {
	near   Near
	within orb.MultiPolygon // empty: everything
	bound  orb.Bound        // of within
}

// NewArea returns the area of a circle and of polygons in WKT. A zero circle and an empty text are left out; without both the area is nil.
// A fault.Invalid or fault.TooLarge names the field, which begins with the given prefix.
func NewArea(prefix string, near Near, text string) (*Area, error) {
	if near == (Near{}) && text == "" {
		return nil, nil
	}
	a := &Area{near: near}
	// The negated forms also refuse NaN.
	switch {
	case near == (Near{}):
	case !(math.Abs(near.Lat) <= 90):
		return nil, fault.Bad(prefix+"Near.Lat", "%v is not between -90 and 90", near.Lat)
	case !(math.Abs(near.Lng) <= 180):
		return nil, fault.Bad(prefix+"Near.Lng", "%v is not between -180 and 180", near.Lng)
	case !(near.RadiusKm > 0 && near.RadiusKm <= MaxRadiusKm):
		return nil, fault.Bad(prefix+"Near.RadiusKm", "%v is not above 0 and at most %d", near.RadiusKm, MaxRadiusKm)
	}
	if text == "" {
		return a, nil
	}
	field := prefix + "Within"
	if len(text) > MaxWKTBytes {
		return nil, fault.Over(field, len(text), MaxWKTBytes, "bytes")
	}
	polygon, err := wkt.UnmarshalPolygon(text)
	if a.within = (orb.MultiPolygon{polygon}); errors.Is(err, wkt.ErrIncorrectGeometry) {
		a.within, err = wkt.UnmarshalMultiPolygon(text)
	}
	if err != nil {
		return nil, fault.Bad(field, "it is not a POLYGON or a MULTIPOLYGON in WKT")
	}
	if err := checkPolygons(field, a.within); err != nil {
		return nil, err
	}
	a.bound = a.within.Bound()
	return a, nil
}

// checkPolygons refuses polygons whose corners are not on the earth, and rings that are not closed.
func checkPolygons(field string, polygons orb.MultiPolygon) error {
	corners := 0
	if len(polygons) == 0 {
		return fault.Bad(field, "it is empty")
	}
	for _, polygon := range polygons {
		if len(polygon) == 0 {
			return fault.Bad(field, "a polygon is empty")
		}
		for _, ring := range polygon {
			if corners += len(ring); corners > MaxCorners {
				return fault.Over(field, corners, MaxCorners, "corners")
			}
			if len(ring) < 4 || !ring.Closed() {
				return fault.Bad(field, "a ring needs at least four corners, and the last must be the first")
			}
			for _, corner := range ring {
				if !(math.Abs(corner.Lon()) <= 180 && math.Abs(corner.Lat()) <= 90) {
					return fault.Bad(field, "the corner %v %v is not on the earth: corners are written as longitude, latitude", corner.Lon(), corner.Lat())
				}
			}
		}
	}
	return nil
}

// Contains reports whether a location lies in the area. The edges of polygons belong to it, those of holes do not. Edges are straight on a
// map whose axes are longitude and latitude, so a polygon does not cross the 180th meridian.
func (a *Area) Contains(l record.Location) bool {
	if a == nil {
		return true
	}
	at := orb.Point{l.Lng, l.Lat}
	if a.near != (Near{}) && !(orbgeo.DistanceHaversine(at, orb.Point{a.near.Lng, a.near.Lat}) <= 1000*a.near.RadiusKm) { // NaN: antipodes
		return false
	}
	return len(a.within) == 0 || a.bound.Contains(at) && planar.MultiPolygonContains(a.within, at)
}
