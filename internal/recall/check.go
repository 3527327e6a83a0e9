package recall

import (
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Reads of the whole view in pages, for checks. The lock is held for one page at a time, so a check sees rows of different times.

// Walk visits the entries of the index that a reader sees. Next returns them page by page.
type Walk struct {
	view  *View
	reach scope.Reach
	left  []uint32
}

// Walk begins to visit the entries that a reader sees now. Entries that are added later may be left out.
func (v *View) Walk(r Reader) *Walk {
	left := read(v, func() []uint32 { return v.index.Numbers(r.Reach) })
	return &Walk{v, r.Reach, left}
}

// Next returns up to limit further entries, in their current state; nil: there are no more.
func (w *Walk) Next(limit int) (page []index.Entry) {
	for len(w.left) > 0 && len(page) == 0 {
		n := min(limit, len(w.left))
		page = read(w.view, func() []index.Entry {
			out := make([]index.Entry, 0, n)
			for _, number := range w.left[:n] {
				// Another row may have got the number since, also one that the reader does not see.
				if e, ok := w.view.index.Numbered(number); ok && w.reach.Sees(e.Scopes) {
					out = append(out, e)
				}
			}
			return out
		})
		w.left = w.left[n:]
	}
	return page
}

// FactPage returns up to limit facts of a query that a reader sees, newest first: those before a place; zero: from the newest.
func (v *View) FactPage(r Reader, q FactQuery, place RowPlace, limit int) (out []*record.Fact) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for f := range v.factsBefore(r.by(), &q, place) {
		if len(out) == limit {
			break
		}
		out = append(out, f)
	}
	return out
}

// Current returns the current states of facts that a reader sees, without those that are gone.
func (v *View) Current(r Reader, ids []string) (out []*record.Fact) {
	return read(v, func() []*record.Fact {
		for _, id := range ids {
			if f := v.known.facts[id]; f != nil && r.Sees(f.Scopes) {
				out = append(out, f)
			}
		}
		return out
	})
}

// Related reports whether a reader sees a live relation between two entities, given by their keys.
func (v *View) Related(r Reader, a, b string) bool {
	return read(v, func() bool {
		by := r.by()
		between := func(from, to string) bool {
			for _, p := range by.sees(v.known.entities[to]) {
				for _, id := range p.object {
					if f := v.known.facts[id]; f != nil && f.Live() && f.Entity.Key() == from {
						return true
					}
				}
			}
			return false
		}
		return between(a, b) || between(b, a)
	})
}

// Kept is a row as the view has it; at most one of the pointers is set, none: the view does not have the row.
type Kept struct {
	Chunk       *record.Chunk
	Fact        *record.Fact
	Instruction *record.Instruction
	Question    *record.OpenQuestion
	Entity      *record.Entity // one row of an entity
	Session     *record.Session
	Document    *record.Document
	Passages    int // of the document, that the index of passages has
	// Indexed says whether the index has the row, and Text is what it has: the text to search.
	Indexed bool
	Text    string
}

// Missing reports whether the view does not have the row.
func (k *Kept) Missing() bool {
	return k.Chunk == nil && k.Fact == nil && k.Instruction == nil && k.Question == nil && k.Entity == nil && k.Session == nil && k.Document == nil
}

// Keep returns rows, given by their ids, as the view has them. The order is that of the ids.
func (v *View) Keep(ids []string) []Kept {
	return read(v, func() []Kept {
		out := make([]Kept, len(ids))
		for i, id := range ids {
			k := &out[i]
			var e index.Entry
			if e, k.Indexed = v.index.Get(id); k.Indexed {
				k.Text = e.Text
				k.Chunk = chunkOf(&e)
			}
			k.Fact, k.Instruction, k.Question = v.known.facts[id], v.known.instructions[id], v.known.questions[id]
			if p := v.known.appearances[id]; p != nil {
				row := p.rowOf(id)
				k.Entity = &row
			}
			if s, ok := v.said.sessions.get(id); ok {
				k.Session = &s
			}
			if d := v.library.documents[id]; d != nil {
				document := d.Document
				k.Document = &document
				for _, p := range d.passages {
					if _, ok := v.library.index.Get(p.ID); ok {
						k.Passages++
					}
				}
			}
		}
		return out
	})
}

// IDs yields the ids of the rows of a table that the view has outside the index, page by page. Those of attributes and relations come together.
func (v *View) IDs(table string) func(yield func(ids []string) bool) {
	return func(yield func([]string) bool) {
		switch table {
		case store.TableSession:
			var last Place
			for {
				page := v.SessionsBefore(scope.Reach{}, last, 0, idPage)
				ids := make([]string, len(page))
				for i := range page {
					ids[i], last = page[i].ID, PlaceOf(page[i])
				}
				if len(ids) > 0 && !yield(ids) || len(ids) < idPage {
					return
				}
			}
		case store.TableAppearance:
			for from, more := "", true; more; {
				more = false
				ids := read(v, func() (ids []string) {
					for key := range v.known.keysFrom(&reader{}, from, from == "") {
						for _, p := range v.known.entities[key].Visible(scope.Reach{}) {
							for _, row := range p.said() {
								ids = append(ids, row.ID)
							}
						}
						if from = key; len(ids) >= idPage {
							more = true
							break
						}
					}
					return ids
				})
				if len(ids) > 0 && !yield(ids) {
					return
				}
			}
		case store.TableUncertainty:
			idsOf(v, &v.known.questioned, func(q *record.OpenQuestion) string { return q.ID }, yield)
		case store.TableDocument:
			idsOf(v, &v.library.order, func(p Place) string { return p.ID }, yield)
		case store.TableInstruction:
			idsOf(v, &v.known.ordered, func(i *record.Instruction) string { return i.ID }, yield)
		case store.TableAttribute, store.TableRelation:
			_ = idsOf(v, &v.known.listed.live, func(f *record.Fact) string { return f.ID }, yield) &&
				idsOf(v, &v.known.listed.closed, func(f *record.Fact) string { return f.ID }, yield)
		}
	}
}

const idPage = 1000

// idsOf yields the ids of a list, page by page. It returns false if yield does.
func idsOf[T any](v *View, list *order[T], id func(T) string, yield func([]string) bool) bool {
	for place := (*T)(nil); ; {
		ids := read(v, func() (ids []string) {
			for row := range list.before(scope.Reach{}, place) {
				if ids, place = append(ids, id(row)), &row; len(ids) == idPage {
					break
				}
			}
			return ids
		})
		if len(ids) > 0 && !yield(ids) {
			return false
		}
		if len(ids) < idPage {
			return true
		}
	}
}
