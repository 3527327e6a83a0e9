package recall

import (
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
)

// maxDates limits the dates of a question, because each date is compared with the time of each candidate.
const maxDates = 16

// datesOf reads the dates in a question. now is in the time zone of the question.
func datesOf(text string, now time.Time) []index.Date {
	var out []index.Date
	for _, t := range extract.Times(text, now, maxDates) {
		out = append(out, index.Date{Year: t.Year, Month: t.Month, Day: t.Day, Between: t.Period})
	}
	return out
}
