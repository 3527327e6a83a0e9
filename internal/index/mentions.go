package index

import (
	"cmp"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Mention is a condition on the words of a row: it has a word of each group. Words are in lower case and without accents, or else as the
// Tokeniser gives them.
type Mention [][]string

// MentionOf returns the condition that a row has every word of a text, in any inflection that the Tokeniser knows.
func (ix *Index) MentionOf(text string) (m Mention) {
	for _, t := range ix.Terms(text).terms {
		if !t.also {
			m = append(m, []string{t.text})
		}
	}
	return m
}

// Mentions returns the ids of the turns of users, in one scope set, that were said after a time and meet one of some conditions: the newest
// ones, newest first. Its cost is that of the rows with the rarest group of each condition.
func (ix *Index) Mentions(set record.ScopeSet, since time.Time, most int, any ...Mention) []string {
	part, ok := ix.sets.Get(set)
	if !ok {
		return nil
	}
	c := mentions{ix: ix, segment: segmentOf(part, false), since: momentOf(since)}
	for _, m := range any {
		c.collect(m)
	}
	slices.SortFunc(c.found, func(a, b *doc) int {
		switch x, y := &a.entry, &b.entry; {
		case x.occurred.after(y.occurred):
			return -1
		case y.occurred.after(x.occurred):
			return 1
		default:
			return cmp.Compare(y.ID, x.ID)
		}
	})
	c.found = slices.Compact(c.found)
	ids := make([]string, min(len(c.found), most))
	for i := range ids {
		ids[i] = c.found[i].entry.ID
	}
	return ids
}

// mentions collects the rows of a segment that meet a condition.
type mentions struct {
	ix      *Index
	segment uint32
	since   moment
	found   []*doc
}

// manyWords is the number of words from which a group, unless it is the first, is looked up only if there are rows that meet the others.
const manyWords = 48

func (c *mentions) collect(m Mention) {
	groups := make([][]uint32, 0, len(m)) // the terms of each group that the segment has
	rarest, fewest := -1, 0
	lazy := func(i int) bool { return i > 0 && len(m[i]) >= manyWords }
	for i, words := range m {
		if lazy(i) {
			continue
		}
		terms, rows := c.terms(words)
		if rows == 0 {
			return
		}
		if groups = append(groups, terms); rarest < 0 || rows < fewest {
			rarest, fewest = len(groups)-1, rows
		}
	}
	if rarest < 0 {
		return
	}
	from := len(c.found)
	for _, id := range groups[rarest] {
		for _, p := range c.posts(id) {
			if d := c.ix.docs[p.doc()]; c.later(d) && !slices.ContainsFunc(groups, func(group []uint32) bool { return !hasAny(d, group) }) {
				c.found = append(c.found, d)
			}
		}
	}
	for i, words := range m {
		if !lazy(i) || len(c.found) == from {
			continue
		}
		terms, _ := c.terms(words)
		c.found = append(c.found[:from], slices.DeleteFunc(c.found[from:], func(d *doc) bool { return !hasAny(d, terms) })...)
	}
}

// terms returns the terms of a group that the segment has, and the number of their postings.
func (c *mentions) terms(words []string) (ids []uint32, rows int) {
	for _, w := range words {
		if id, ok := c.ix.vocab.ids[w]; ok && !slices.Contains(ids, id) {
			if n := len(c.posts(id)); n > 0 {
				ids = append(ids, id)
				rows += n
			}
		}
	}
	return ids, rows
}

// posts returns the postings of a term in the segment.
func (c *mentions) posts(id uint32) []packed {
	lists := &c.ix.vocab.terms[id].lists
	if at, ok := findList(lists, c.segment); ok {
		return lists.At(at).posts
	}
	return nil
}

// later reports whether a row is a turn of a user that was said later.
func (c *mentions) later(d *doc) bool {
	e := &d.entry
	return e.Turn != "" && e.occurred.after(c.since) && roleOf(e.Role) == roleOf(record.User)
}

// hasAny reports whether a row has any of some terms.
func hasAny(d *doc, terms []uint32) bool {
	return slices.ContainsFunc(terms, func(id uint32) bool { return slices.Contains(d.terms, id) })
}
