package extract

// Speakers correct themselves while they speak: "I live in Rome, no, Milan.", "My birthday is 3 May. Sorry, 4 May.", "I work at
// Acme, I mean at Globex." The words taken back are cut out with what announces the correction, before anything is read.

// repairWords are the words of an announcement. It needs one of repairMarks, or "no", "sorry" or "actually" between two marks.
var repairWords = phrases("sorry", "no", "nope", "wait", "oops", "whoops", "actually", "scratch that", "strike that", "make that", "i mean", "i meant to say", "i meant",
	"i misspoke", "my mistake", "my bad", "or rather", "rather", "correction", "hang on", "hold on", "not that", "it is", "it 's", "its", "that is", "that 's", "should be", "ugh", "well", "typo")

// repairMarks are announcements by themselves.
var repairMarks = phrases("no wait", "wait no", "scratch that", "strike that", "make that", "i mean", "i meant", "i meant to say", "or rather", "correction", "oops", "whoops",
	"my mistake", "my bad", "i misspoke", "actually it is", "actually it 's", "actually make that", "actually no", "typo")

// A repair is looked for within so many tokens.
const (
	maxAnnounced = 12
	maxTakenBack = 8
)

// repair cuts the words that the speaker took back.
func (x *extractor) repair() {
	var kept []token
	copied := 0 // tokens that are in kept already, or left out
	for i := 1; i < len(x.toks); i++ {
		if x.toks[i].kind != word && x.toks[i].kind != punct {
			continue
		}
		j := x.announced(i)
		if j == 0 {
			continue
		}
		from := x.takenBackBy(i, j)
		if from < copied || from == i {
			continue
		}
		kept = append(append(kept, x.toks[copied:from]...), x.toks[j])
		kept[len(kept)-1].joined = false // so that no quotation reaches over what was cut
		copied = j + 1
		i = j
	}
	if copied > 0 {
		x.toks = append(kept, x.toks[copied:]...)
	}
}

// announced gives the token after an announcement that begins at token i with a mark, or 0.
func (x *extractor) announced(i int) int {
	if x.toks[i].kind == word && !x.toks[i].is("i", "no", "scratch", "strike", "make", "or", "sorry", "correction", "oops", "actually", "wait") || x.toks[i-1].kind != word && x.toks[i-1].kind != quoted {
		return 0
	}
	j, marks, strong := i, 0, false
	last := false // the token before j is a mark
	said := false
	for j < len(x.toks) && j-i < maxAnnounced {
		t := &x.toks[j]
		if t.kind == newline || t.kind == punct && t.is(",", ";", ".", "…", "-", "–", "—", ":", "!", "(") {
			if t.is("!") && !said || t.kind == newline && !said {
				return 0
			}
			if !last {
				marks++
			}
			last = true
			j++
			continue
		}
		n := x.phraseOf(j, len(x.toks), repairWords)
		if t.kind != word || n == 0 {
			break
		}
		strong = strong || x.phraseOf(j, len(x.toks), repairMarks) > 0
		said, last = true, false
		j += n
	}
	if !said || j >= len(x.toks) || x.toks[j].kind != word || !strong && !(marks >= 2 && last) || marks == 0 && !x.toks[i].is("or", "no", "scratch", "sorry", "make", "wait") {
		return 0
	}
	return j
}

// repairEnds may follow what comes in the place of the words taken back.
func (x *extractor) repairEnds(i int) bool {
	if i >= len(x.toks) || x.toks[i].kind != word {
		return i >= len(x.toks) || x.toks[i].kind != quoted
	}
	return x.toks[i].is("and", "but", "so", "now", "since", "because", "from", "until", "in", "at", "for", "with", "is", "as", "last", "on", "yesterday", "today")
}

// takenBackBy finds where the words begin that end before token i and that those from j on replace; i when there are none.
func (x *extractor) takenBackBy(i, j int) int {
	end := len(x.toks)
	to := i
	t := &x.toks[j]
	low := max(0, i-maxTakenBack)
	for k := i - 1; k >= low; k-- { // not beyond the sentence
		if x.toks[k].kind == newline || x.toks[k].kind == punct && terminal(x.toks[k].text) && !x.toks[k].is(".") {
			low = k + 1
			break
		}
	}
	if _, n, ok := x.period(j, end, backward, false); ok && x.repairEnds(n) {
		for a := low; a < to; a++ {
			if _, m, ok := x.period(a, to, backward, false); ok && m == to {
				return a
			}
		}
	}
	// a word comes again: "in Rome, no, in Milan"; a subject only with its verb
	for a := to - 1; a >= low; a-- {
		u := &x.toks[a]
		if u.low != t.low || u.kind != word {
			continue
		}
		if t.is("in", "at", "to", "on", "for", "from", "as", "a", "an", "the", "with") || j+1 < end && a+1 < to && x.toks[j+1].low == x.toks[a+1].low {
			return a
		}
	}
	switch {
	case t.text[0] >= '0' && t.text[0] <= '9' || t.text[0] == '+':
		a := to
		for a > low && (x.toks[a-1].text[0] >= '0' && x.toks[a-1].text[0] <= '9' || a < to && x.toks[a-1].is("-", "(", ")", "+") || x.toks[a-1].text[0] == '+') {
			a--
		}
		return a
	case t.is("i", "my", "we", "the", "he", "she", "it", "not", "you", "they", "that", "this", "there", "our", "in", "at", "to"):
		return to
	case t.upper:
		n := j
		for n < end && n < j+5 && (orgWord(&x.toks[n]) || x.toks[n].is("of", "the")) {
			n++
		}
		a := to
		for a > low && orgWord(&x.toks[a-1]) && !x.toks[a-1].is("i") && (a == to || x.toks[a].joined) {
			a--
		}
		if x.repairEnds(n) && a < to && !x.sentenceStart(a) {
			return a
		}
	default:
		n := j
		for n < end && n < j+4 && x.toks[n].kind == word && !x.repairEnds(n) {
			if _, verb := verbs[x.toks[n].low]; verb || emptyThings[x.toks[n].low] || verbLike(&x.toks[n]) {
				return to
			}
			n++
		}
		a := to
		for a > low && to-a < n-j && x.toks[a-1].kind == word && !x.toks[a-1].is("in", "at", "to", "a", "an", "the", "am", "is", "for", "as", "my") && (a == to || x.toks[a].joined) {
			a--
		}
		if n > j && x.repairEnds(n) && a < to && !x.sentenceStart(a) {
			return a
		}
	}
	return to
}
