package recall

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
)

// A question asks for a time, a place or a number. Some texts can give such an answer, and others cannot. This decides between texts with
// the same words.

var (
	// timeWords are words that say when something happened.
	timeWords = wordSet(`yesterday today tonight tomorrow ago week weeks weekend month months year years monday tuesday wednesday thursday
	friday saturday sunday january february march april june july august september october november december spring summer autumn winter
	morning afternoon evening noon midnight birthday anniversary christmas easter since until recently o'clock am pm`)

	// placing are words that precede a place.
	placing = wordSet(`in at to from near around outside across through into via towards visit visited visiting`)

	// placeWords name kinds of places.
	placeWords = wordSet(`home house office park beach hotel restaurant cafe bar pub museum school university college hospital church library shop store mall
	market gym studio theatre theater cinema station airport lake mountains mountain island village town city country countryside forest woods garden kitchen club
	court stadium camp campsite farm abroad downtown upstairs street road square garage attic basement shelter clinic bakery`)

	// numberWords are written-out numbers.
	numberWords = wordSet(`two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
	million dozen couple once twice half both several few`)
)

// given returns the kinds of answers that a text can give.
func given(text string) (out index.Answers) {
	before := false                                            // one of placing precedes the word, apart from articles
	for field := range strings.FieldsFuncSeq(text, endsWord) { // it builds no list of words, because it runs for every text
		word := wordIn(field)
		w := strings.ToLower(word)
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case timeWords[w] || extract.IsYear(w) || before && word == "May":
			out |= index.Time
		case unicode.IsDigit(first) || numberWords[w]:
			out |= index.Number
		case before && (unicode.IsUpper(first) && w != "i" && !strings.HasPrefix(w, "i'") || placeWords[w]):
			out |= index.Place
		}
		before = placing[w] || before && (w == "the" || w == "a" || w == "an" || w == "my" || w == "our" || w == "this" || w == "that")
	}
	return out
}

// sought returns the kinds of answers that a question asks for.
func sought(said []string) (out index.Answers) {
	next := func(i int, words ...string) bool {
		return i+1 < len(said) && slices.Contains(words, strings.ToLower(said[i+1]))
	}
	for i, w := range said {
		switch strings.ToLower(w) {
		case "when":
			out |= index.Time
		case "where":
			out |= index.Place
		case "what", "which":
			switch {
			case next(i, "day", "date", "month", "year", "time", "week"):
				out |= index.Time
			case next(i, "city", "country", "town", "place", "state", "street", "village"):
				out |= index.Place
			case next(i, "number", "amount", "price"):
				out |= index.Number
			}
		case "how":
			switch {
			case next(i, "long"):
				out |= index.Time
			case next(i, "many", "much", "old", "far", "often", "tall", "big", "high"):
				out |= index.Number
			}
		}
	}
	return out
}
