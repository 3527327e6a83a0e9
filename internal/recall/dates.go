package recall

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
)

// maxDates bounds the times that a question names: each is compared with when each candidate was said.
const maxDates = 16

// datesOf reads the times that a question names. now is in the zone in which the question is asked.
func datesOf(text string, now time.Time) []index.Date {
	var out []index.Date
	for _, t := range extract.Times(text, now, maxDates) {
		out = append(out, index.Date{Year: t.Year, Month: t.Month, Day: t.Day, Between: t.Period})
	}
	return out
}

// timeWords are those by which a turn says when something was.
var timeWords = wordSet(`yesterday today tonight tomorrow ago week weeks weekend month months year years monday tuesday wednesday thursday
	friday saturday sunday january february march april june july august september october november december spring summer autumn winter
	morning afternoon evening noon midnight birthday anniversary christmas easter since until recently o'clock am pm`)

// dated reports whether a text says when something was.
func dated(text string) bool {
	for field := range strings.FieldsFuncSeq(text, endsWord) { // of every text that is read: without a list of its words
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
