package record

import (
	"errors"
	"strconv"
	"strings"
)

// Location is a point on the earth, in degrees.
type Location struct{ Lat, Lng float64 }

var errLocation = errors.New(`not of the form "lat,lng" in degrees, such as "47.37,8.54"`)

// maxDegrees is the maximum length of one coordinate as text.
const maxDegrees = 30

// ParseLocation reads a location of the form "lat,lng": a latitude from -90 to 90 and a longitude from -180 to 180, as decimal numbers.
func ParseLocation(s string) (Location, error) {
	lat, lng, ok := strings.Cut(s, ",")
	if !ok {
		return Location{}, errLocation
	}
	var l Location
	for _, c := range []struct {
		text string
		most float64
		into *float64
	}{{lat, 90, &l.Lat}, {lng, 180, &l.Lng}} {
		text := strings.Trim(c.text, " ")
		if len(text) > maxDegrees || strings.Trim(text, "+-.0123456789") != "" { // no exponents, no NaN
			return Location{}, errLocation
		}
		degrees, err := strconv.ParseFloat(text, 64)
		if err != nil || degrees < -c.most || degrees > c.most {
			return Location{}, errLocation
		}
		*c.into = degrees + 0 // not -0
	}
	return l, nil
}

// String returns the location in the form that ParseLocation reads.
func (l Location) String() string {
	return strconv.FormatFloat(l.Lat, 'f', -1, 64) + "," + strconv.FormatFloat(l.Lng, 'f', -1, 64)
}
