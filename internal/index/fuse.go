package index

import (
	"cmp"
	"slices"
)

// RankConstant is the k of reciprocal rank fusion that its authors recommend (Cormack, Clarke and
// Büttcher, SIGIR 2009).
const RankConstant = 60

// Leg is one ranking that takes part in a fusion.
type Leg[ID comparable] struct {
	Weight float64      // 0 counts as 1; below 0 the leg takes no part
	Ranked []Scored[ID] // best first
}

// Scored is an item with its score in one leg.
type Scored[ID comparable] struct {
	ID    ID
	Score float64
}

// Fused is an item with its fused score.
type Fused[ID comparable] struct {
	ID    ID
	Score float64 // 0 to 1
	Ranks []int   // its rank in each leg, from 1; 0 where the leg does not have it
	order int     // in which the legs first name it
}

// Fuse merges rankings by reciprocal rank: an item scores the sum of weight/(k+rank) over the legs that
// have it, divided by what an item that leads every leg would score, which is therefore 1. A leg that is
// empty still counts in that divisor: it was asked and found nothing. Items with equal scores in a leg
// share the better rank. The result is sorted by score; equal scores stand in the order in which the legs,
// read one after the other, first name the items. k below or at 0 counts as RankConstant.
func Fuse[ID comparable](k float64, legs ...Leg[ID]) []Fused[ID] {
	out := fuse(k, legs)
	slices.SortFunc(out, func(a, b Fused[ID]) int {
		if c := cmp.Compare(b.Score, a.Score); c != 0 {
			return c
		}
		return cmp.Compare(a.order, b.order)
	})
	return out
}

// fuse is Fuse without the sorting.
func fuse[ID comparable](k float64, legs []Leg[ID]) []Fused[ID] {
	if k <= 0 {
		k = RankConstant
	}
	n, best := 0, 0.0
	for _, leg := range legs {
		if leg.Weight >= 0 {
			n += len(leg.Ranked)
			best += weight(leg.Weight) / (k + 1)
		}
	}
	out, at := make([]Fused[ID], 0, n), make(map[ID]int, n)
	ranks := make([]int, n*len(legs))
	for l, leg := range legs {
		if leg.Weight < 0 {
			continue
		}
		rank := 0
		for i, item := range leg.Ranked {
			if i == 0 || item.Score != leg.Ranked[i-1].Score {
				rank = i + 1
			}
			j, ok := at[item.ID]
			if !ok {
				j = len(out)
				at[item.ID] = j
				out = append(out, Fused[ID]{ID: item.ID, Ranks: ranks[:len(legs):len(legs)], order: j})
				ranks = ranks[len(legs):]
			}
			if out[j].Ranks[l] == 0 { // a leg that names an item twice counts once
				out[j].Ranks[l] = rank
				out[j].Score += weight(leg.Weight) / (k + float64(rank))
			}
		}
	}
	for i := range out {
		out[i].Score /= best
	}
	return out
}

func weight(w float64) float64 {
	if w == 0 {
		return 1
	}
	return w
}
