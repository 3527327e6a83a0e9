package record

import "time"

// Usage is what one model has used for one stage in a month.
type Usage struct {
	Month     string // "2026-11", in UTC
	Stage     string
	Model     string // "provider/name"
	Calls     int64
	TokensIn  int64
	TokensOut int64
	Estimated int64 // calls whose tokens are an estimate
}

// Month returns the month of a time in the form of Usage.Month.
func Month(t time.Time) string { return t.UTC().Format("2006-01") }
