package index

import "strings"

// stopWords is what a question in English is made of besides its subject. Words that are also names
// (will, may, mark) are not in it. It is used on queries only: stored text keeps every word.
const stopWords = `a about am an and any are as at be been being but by can could did do does doing for from
had has have having he her hers him his how i i'd i'll i'm i've if in into is it it's its me my of off on or
our ours she should so some than that that's the their theirs them then there these they this those to was
we were what what's when where where's which who who's whom whose why with would you your yours`

// commonWords say little of what a question is about, even where few rows have them. Ranking counts them by how rare they are;
// relevance counts them for less, whatever their form: the rows of one store are too few to tell.
const commonWords = `after again all along also another back before began begin begun best between big both call came come current day deep did
different each end ever every far fast find first gave get give given go gone got happen high hour just keep kept kind knew know
known large last like long look made make many mean month more most much name need new next now number often old one only other
out over part people person place put said same saw say see seen set short side since sort start still stop take taken tell
thing think thought three time today told too took two type under up use want way week went whole within without work year`

func stopSet() map[string]struct{} {
	set := map[string]struct{}{}
	for w := range strings.FieldsSeq(stopWords) {
		set[strings.ReplaceAll(w, "'", "")] = struct{}{}
	}
	return set
}
