package recall

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
)

// maxDates limits the dates of a question: each is compared with the time of each candidate.
const maxDates = 16

// datesOf reads the dates in a question. now is in the time zone of the question.
func datesOf(text string, now time.Time) []index.Date {
	var out []index.Date
	for _, t := range extract.Times(text, now, maxDates) {
		out = append(out, index.Date{Year: t.Year, Month: t.Month, Day: t.Day, Between: t.Period})
	}
	return out
}

// timeWords are words that say when something happened.
var timeWords = wordSet(`yesterday today tonight tomorrow ago week weeks weekend month months year years monday tuesday wednesday thursday
	friday saturday sunday january february march april june july august september october november december spring summer autumn winter
	morning afternoon evening noon midnight birthday anniversary christmas easter since until recently o'clock am pm`)

// dated reports whether a text says when something happened.
func dated(text string) bool {
	for field := range strings.FieldsFuncSeq(text, endsWord) { // without a list of words: this runs for every text
		w := strings.ToLower(wordIn(field))
		if timeWords[w] || extract.IsYear(w) {
			return true
		}
	}
	return false
}

// asksWhen reports whether a question asks for a time.
func asksWhen(said []string) bool {
	for i, w := range said {
		switch strings.ToLower(w) {
		case "when":
			return true
		case "what", "which":
			if i+1 < len(said) {
				switch strings.ToLower(said[i+1]) {
				case "day", "date", "month", "year", "time", "week":
					return true
				}
			}
		case "how":
			if i+1 < len(said) && strings.ToLower(said[i+1]) == "long" {
				return true
			}
		}
	}
	return false
}
