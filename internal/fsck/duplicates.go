package fsck

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// Duplicate is a pair of entities of one type whose names are nearly the same. EntityA has the smaller id.
type Duplicate struct {
	EntityA, EntityB string // ids
	Similarity       float64
	keyA, keyB       string
}

// Names that are compared at all share a block: all of their words but one are the same, and the remaining words are equal once a letter is left
// out of either; or one is the other with a further word, an initial, or its first letters. So the cost grows with the names, not with their
// pairs. Names with two misspelt words are not found.

const (
	// window is the number of names in a block with which each is compared, in their order. Most blocks are much smaller.
	window = 64
	// maxVariants is the number of letters up to which a word has variants.
	maxVariants = 24
)

// blocked is a name in a block.
type blocked struct {
	block uint64
	name  int32
	sided bool // the block has two sides: each name of the first is compared with the first names of the second
	first bool // the name is of the first side
	// word is the place of the word that the names of the block may differ in, from 1; 0: the block says nothing of words.
	word int8
}

// duplicates returns the pairs of entities whose names have at least a similarity, ordered by descending similarity and then by id. keep reports
// whether a pair counts; nil: all do. It returns an error only if ctx ends.
func duplicates(ctx context.Context, entities []record.EntityRef, threshold float64, keep func(Duplicate) bool) ([]Duplicate, error) {
	names := make([]name, 0, len(entities))
	for _, e := range entities {
		names = append(names, newName(e))
	}
	slices.SortFunc(names, func(a, b name) int { return cmp.Or(strings.Compare(a.joined, b.joined), strings.Compare(a.id, b.id)) })
	blocks := blocksOf(names)
	slices.SortFunc(blocks, func(a, b blocked) int {
		if a.block != b.block {
			return cmp.Compare(a.block, b.block)
		}
		return cmp.Compare(a.name, b.name)
	})
	type pair struct{ a, b int32 }
	found := map[pair]bool{}
	var out []Duplicate
	compare := func(a, b int32) {
		if a > b {
			a, b = b, a
		}
		if a == b || found[pair{a, b}] {
			return
		}
		x, y := &names[a], &names[b]
		s := x.similarity(y)
		if s < threshold || s == 0 || x.key == y.key {
			return
		}
		found[pair{a, b}] = true
		if x.id > y.id {
			x, y = y, x
		}
		if d := (Duplicate{x.id, y.id, s, x.key, y.key}); keep == nil || keep(d) {
			out = append(out, d)
		}
	}
	for len(blocks) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := 1
		for n < len(blocks) && blocks[n].block == blocks[0].block {
			n++
		}
		block := blocks[:n]
		blocks = blocks[n:]
		if block[0].sided {
			others := slices.DeleteFunc(slices.Clone(block), func(v blocked) bool { return v.first })
			others = others[:min(len(others), window)]
			for _, v := range block {
				for _, w := range others {
					if v.first {
						compare(v.name, w.name)
					}
				}
			}
			continue
		}
		for i, v := range block {
			for _, w := range block[i+1 : min(n, i+1+window)] {
				if v.word > 0 && alike(names[v.name].words[v.word-1], names[w.name].words[w.word-1], false) == 0 {
					continue
				}
				compare(v.name, w.name)
			}
		}
	}
	slices.SortFunc(out, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), strings.Compare(a.EntityA, b.EntityA), strings.Compare(a.EntityB, b.EntityB))
	})
	return out, nil
}

// blocksOf returns the blocks of names.
func blocksOf(names []name) (out []blocked) {
	seed := maphash.MakeSeed()
	block := func(n *name, parts ...string) uint64 {
		var h maphash.Hash
		h.SetSeed(seed)
		h.WriteString(n.kind)
		for _, p := range parts {
			h.WriteByte(0)
			h.WriteString(p)
		}
		return h.Sum64()
	}
	for i := range names {
		n, at := &names[i], int32(i)
		if n.joined == "" {
			continue
		}
		add := func(parts ...string) { out = append(out, blocked{block: block(n, parts...), name: at}) }
		side := func(first bool, parts ...string) {
			out = append(out, blocked{block: block(n, parts...), name: at, first: first, sided: true})
		}
		add("joined", n.joined)
		add("sorted", n.sorted)
		if n.kind == record.TypeOrganisation {
			if n.short != "" {
				side(true, "short", n.short)
			}
			if len(n.words) == 1 && n.words[0].runes >= leastShort {
				side(false, "short", n.joined)
			}
		}
		side(false, "further", n.sorted)
		if len(n.words) > maxWords {
			continue
		}
		for j, w := range n.words {
			rest := n.rest(j)
			if w.fixed {
				continue // it must be equal, so another word is the one that differs
			}
			if rest != "" {
				side(true, "further", rest)
			}
			if n.kind == record.TypePerson && rest != "" {
				first := []rune(w.text)[:1]
				side(w.runes == 1, "initial", rest, string(first))
			}
			if w.runes <= shortWord || w.runes > maxVariants {
				continue
			}
			variant := func(text string) {
				out = append(out, blocked{block: block(n, "word", rest, text), name: at, word: int8(j + 1)})
			}
			variant(w.text)
			if w.runes == shortWord+1 {
				continue // it is close to longer words only
			}
			for from, r := range w.text {
				variant(w.text[:from] + w.text[from+len(string(r)):])
			}
		}
	}
	return out
}
