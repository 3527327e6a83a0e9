package extract

// besides follow a second job: "I work part-time at Acme on the side".
var besides = phrases("on the side", "besides", "beside", "as well", "too", "as a side job", "as a side gig", "as a side hustle", "as a second job", "as well as that", "in addition", "on top of that", "on top", "alongside", "for extra cash", "for extra money", "at the same time")

// besideWords are what a second job has before it, or between its words.
var besideWords = phrases("second job", "other job", "side job", "side gig", "side hustle", "side-job", "side-gig", "side-hustle", "weekend job", "evening job", "also work", "also working", "also employed", "also do", "also have", "also got", "also teach", "also freelance", "also run", "also earn", "also am", "am also", "moonlight", "moonlighting", "another job",
	"extra job", "additional job", "second role", "additionally work")

// beside reports whether the words from one token to another tell of a job beside the one that there may be.
func (x *extractor) beside(from, to int) bool {
	for i := max(from, 0); i < to; i++ {
		if x.phraseOf(i, to, besideWords) > 0 {
			return true
		}
	}
	if from > 0 && from < to && x.toks[from-1].is("also") {
		return true // a filler
	}
	end := to
	for end < len(x.toks) && end < to+8 && (x.toks[end].kind == word || x.toks[end].is(",")) && !x.toks[end].is("and", "but", "so", "because", "i") {
		if n := x.phraseOf(end, len(x.toks), besides); n > 0 && (end+n >= len(x.toks) || x.toks[end+n].kind != word || x.toks[end+n].is("and", "but", "so", "because", "at", "on", "in", "since")) {
			return true
		}
		end++
	}
	return false
}
