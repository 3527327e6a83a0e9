package index

// The parameters of BM25 (Robertson and Zaragoza 2009), with the values that are usual since TREC.
const (
	k1 = 0.9
	b  = 0.4
)

// normTable is how many text lengths have their normalisation computed once per search.
const normTable = 256

// bm25 scores the selected rows that hold a term of the query into s.scores and lists them in s.scored.
//
// A term adds weight * idf * tf*(k1+1) / (tf + k1*(1-b+b*length/average)) with
// idf = ln(1 + (N-df+0.5)/(df+0.5)), which is never negative. N, df and average are those of the selected
// rows, before conditions other than visibility and known time. Terms are added in the order of the query,
// so equal inputs give equal bits.
//
// s.attainable becomes the sum of weight * idf over all terms, found or not: about what a row of average
// length scores that has every term once.
func (ix *Index) bm25(s *scratch, terms []queryTerm) {
	sel := &s.selection
	if cap(s.scores) < len(ix.docs) {
		s.scores = make([]float64, len(ix.docs)+len(ix.docs)/4)
	}
	scores, scored := s.scores[:cap(s.scores)], s.scored[:0]
	if sel.rows == 0 || len(terms) == 0 {
		s.scored = scored
		return
	}
	average := s.average()
	var norms [normTable]float64
	for i := range norms {
		norms[i] = lengthNorm(i, average)
	}
	for _, t := range s.asked {
		if !t.known {
			continue
		}
		lists := sel.lists(&ix.vocab.terms[t.id].lists)
		idf := t.idf
		factor := t.weight * idf * (k1 + 1)
		for i := range lists {
			for _, p := range lists[i].posts {
				if sel.perRow && !sel.allowed.has(p.doc) {
					continue
				}
				var norm float64
				if p.length < normTable {
					norm = norms[p.length]
				} else {
					norm = lengthNorm(int(p.length), average)
				}
				tf := float64(p.tf)
				if scores[p.doc] == 0 {
					scored = append(scored, p.doc)
				}
				scores[p.doc] += factor * tf / (tf + norm)
			}
		}
	}
	s.scored = scored
}

// lists returns the lists of a term that are in selected halves; all may be nil. What it returns is good until it is called again.
func (s *selection) lists(all *lists) []list {
	s.chosen = s.chosen[:0]
	if all == nil {
		return nil
	}
	if len(s.halves) < all.Len()/16 {
		// Of many halves few are selected: each is looked for.
		for _, n := range s.halves {
			if i, ok := findList(all, n); ok {
				s.chosen = append(s.chosen, *all.At(i))
			}
		}
		return s.chosen
	}
	for l := range all.All() {
		if s.in[l.half] {
			s.chosen = append(s.chosen, *l)
		}
	}
	return s.chosen
}

func lengthNorm(length int, average float64) float64 {
	return k1 * (1 - b + b*float64(length)/average)
}

// clearScores undoes bm25.
func (s *scratch) clearScores() {
	scores := s.scores[:cap(s.scores)]
	for _, id := range s.scored {
		scores[id] = 0
	}
	s.scored = s.scored[:0]
}
