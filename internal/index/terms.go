package index

import "math"

// asked is a term of the query as the selected rows know it.
type asked struct {
	queryTerm
	id       uint32
	known    bool // some row has it
	df       int
	idf      float64
	spoken   int     // turns by speakers with that in their names
	fieldIDF float64 // with those counted as having it
	share    float64 // of the idf of the forms of its word beside the word itself; 0 for that

	first, last int // its lists are scorer.lists[first:last]
}

// weigh finds out what each term of a query says: idf = ln(1 + (N-df+0.5)/(df+0.5)), which is never negative. N and df are those of
// the selected rows, before conditions other than visibility and known time.
//
// s.attainable becomes the sum of weight * idf over all terms, found or not. s.says becomes what each word of the query says of
// what is asked, and s.whole the sum of that: see relevance.go.
func (ix *Index) weigh(s *scratch, terms []queryTerm) {
	sel, n := &s.selection, float64(s.selection.rows)
	s.asked, s.attainable, s.missing = s.asked[:0], 0, 0
	s.says, s.whole = s.says[:0], 0
	s.scorer.lists = s.scorer.lists[:0]
	for _, t := range terms {
		a := asked{queryTerm: t}
		if id, ok := ix.vocab.ids[t.text]; ok {
			a.id, a.first = id, len(s.scorer.lists)
			a.df = s.scorer.choose(sel, &ix.vocab.terms[id].lists)
			a.last = len(s.scorer.lists)
			a.known = a.df > 0
		}
		a.spoken = ix.spoken(sel, t.text)
		a.idf = idf(n, float64(a.df))
		a.fieldIDF = idf(n, min(n, float64(a.df+a.spoken)))
		if !a.beside {
			s.attainable += a.weight * a.idf
		}
		if !a.known && !a.beside {
			s.missing += a.weight * a.idf
		}
		s.asked = append(s.asked, a)
		if a.word == len(s.says) {
			s.says = append(s.says, a.says(n))
			s.whole += s.says[a.word]
		}
	}
	for i := 0; i < len(s.asked); {
		forms, from := 0.0, i
		for ; i < len(s.asked) && s.asked[i].word == s.asked[from].word; i++ {
			if s.asked[i].also {
				forms += s.asked[i].idf
			}
		}
		for ; from < i && forms > 0; from++ {
			if s.asked[from].also {
				s.asked[from].share = s.asked[from].idf / forms
			}
		}
	}
	s.lookup.set(s.asked)
}

func idf(n, df float64) float64 { return math.Log(1 + (n-df+0.5)/(df+0.5)) }

// average is the mean length of the selected rows, in words.
func (s *scratch) average() float64 {
	return max(1, float64(s.selection.length)/float64(max(1, s.selection.rows)))
}

// lookup finds the terms of a query among those of a row.
type lookup struct {
	filter [4]uint64
	slots  map[uint32]int
	few    []uint32 // in place of slots, for short queries
}

// few is up to how many terms are compared one by one.
const few = 12

func (l *lookup) set(terms []asked) {
	l.filter, l.few = [4]uint64{}, l.few[:0]
	clear(l.slots)
	for i, t := range terms {
		if !t.known {
			l.few = append(l.few, math.MaxUint32)
			continue
		}
		l.filter[t.id>>6&3] |= 1 << (t.id & 63)
		l.few = append(l.few, t.id)
		if len(terms) > few {
			if l.slots == nil {
				l.slots = map[uint32]int{}
			}
			l.slots[t.id] = i
		}
	}
}

// find returns which of the terms has an id, or -1.
func (l *lookup) find(id uint32) int {
	if l.filter[id>>6&3]&(1<<(id&63)) == 0 {
		return -1
	}
	if len(l.few) > few {
		if i, ok := l.slots[id]; ok {
			return i
		}
		return -1
	}
	for i, t := range l.few {
		if t == id {
			return i
		}
	}
	return -1
}

// occurrences adds how often a row has each term of the query.
func (l *lookup) occurrences(d *doc, to []float64) {
	for i, id := range d.terms {
		if t := l.find(id); t >= 0 {
			to[t] += float64(d.counts[i])
		}
	}
}
