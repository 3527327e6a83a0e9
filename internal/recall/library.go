package recall

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// library has the documents of a Context with their passages. The passages have an index of their own: what documents say has no influence on
// the search of what was said.
type library struct {
	index     *index.Index // has the texts of the passages
	documents map[string]*volume
	hashes    map[string][]string // ids of the documents with a file, by hash
	order     order[DocumentPlace]
	passages  int
	newest    newest // time of the last write; includes removed rows
}

// volume is a document with its passages, in their order and without their texts.
type volume struct {
	record.Document
	passages []record.Passage
}

// libraryForm is the version of the entries of passages: see entryForm.
const libraryForm = "1"

func newLibrary() *library {
	return &library{index: index.New(), documents: map[string]*volume{}, hashes: map[string][]string{}, order: order[DocumentPlace]{compare: DocumentPlace.compare}}
}

// DocumentPlace is a position in the order of documents: the time of upload, then the id.
type DocumentPlace struct {
	At time.Time
	ID string
}

// PlaceOfDocument returns the position of a document.
func PlaceOfDocument(d record.Document) DocumentPlace {
	return DocumentPlace{d.CreatedAt.Round(0), d.ID} // a monotonic reading is not stored
}

func (p DocumentPlace) compare(other DocumentPlace) int {
	return cmp.Or(p.At.Compare(other.At), strings.Compare(p.ID, other.ID))
}

func passageEntry(d *record.Document, p *record.Passage) index.Entry {
	text, _ := p.Searched()
	e := index.Entry{
		ID: p.ID, Kind: record.KindChunk, Text: text, Vector: p.Vector, Scopes: d.Scopes, Labels: d.Labels, Category: record.Knowledge, Source: record.FromDocument,
		Known: record.Interval{From: d.CompletedAt}, Recorded: d.CompletedAt, Occurred: d.ObservedAt, Importance: record.Knowledge.Importance(),
	}
	if e.Occurred.IsZero() {
		e.Occurred = d.CreatedAt
	}
	return e
}

// shelving is a change of documents that is prepared without a lock.
type shelving struct {
	volumes []*volume
	batch   index.Batch
	gone    []string // ids of passages
}

// shelve prepares the new states of documents. passages has those of documents with a new version. The caller is the only writer.
func (l *library) shelve(documents []record.Document, passages []record.Passage) (s shelving, err error) {
	of := map[string][]record.Passage{}
	for _, p := range passages {
		of[p.Document] = append(of[p.Document], p)
	}
	var entries []index.Entry
	for _, d := range lastOf(documents, func(d record.Document) string { return d.ID }) {
		f := &volume{Document: d}
		s.volumes = append(s.volumes, f)
		old := l.documents[d.ID]
		if old != nil && old.Version == d.Version {
			f.passages = old.passages
			if !old.Scopes.Equal(d.Scopes) || !slices.Equal(old.Labels, d.Labels) || !old.ObservedAt.Equal(d.ObservedAt) {
				for _, p := range l.texts(old.passages) {
					p.Vector = l.index.Vector(p.ID)
					entries = append(entries, passageEntry(&d, &p))
				}
			}
			continue
		}
		if old != nil {
			for _, p := range old.passages {
				s.gone = append(s.gone, p.ID)
			}
		}
		f.passages = make([]record.Passage, 0, len(of[d.ID]))
		for _, p := range of[d.ID] {
			if p.Version == d.Version {
				entries = append(entries, passageEntry(&d, &p))
				f.passages = append(f.passages, bare(p, f))
			}
		}
	}
	s.batch, err = l.index.Prepare(entries...)
	return s, err
}

// bare returns a passage as it is kept: without the text and the vector, which the index has, and with the strings of its neighbours.
func bare(p record.Passage, f *volume) record.Passage {
	p.Text, p.Vector, p.Document = "", nil, f.ID
	if n := len(f.passages); n > 0 {
		last := &f.passages[n-1]
		if slices.Equal(p.Section, last.Section) {
			p.Section = last.Section
		}
		if p.Title == last.Title {
			p.Title = last.Title
		}
	}
	return p
}

// put files a prepared change.
func (l *library) put(s shelving) error {
	if err := l.index.Commit(s.batch); err != nil {
		return err
	}
	l.index.Delete(s.gone...)
	for _, f := range s.volumes {
		l.file(f)
	}
	return nil
}

// file files a document everywhere except in the index.
func (l *library) file(f *volume) {
	l.newest.note(f.CreatedAt, f.UpdatedAt)
	l.unfile(f.ID)
	l.documents[f.ID] = f
	l.passages += len(f.passages)
	for _, file := range f.Files() {
		l.hashes[file.Hash] = append(l.hashes[file.Hash], f.ID)
	}
	l.order.put(f.Scopes, PlaceOfDocument(f.Document))
}

func (l *library) unfile(id string) *volume {
	f := l.documents[id]
	if f == nil {
		return nil
	}
	delete(l.documents, id)
	l.passages -= len(f.passages)
	for _, file := range f.Files() {
		if l.hashes[file.Hash] = slices.DeleteFunc(l.hashes[file.Hash], func(other string) bool { return other == id }); len(l.hashes[file.Hash]) == 0 {
			delete(l.hashes, file.Hash)
		}
	}
	l.order.remove(f.Scopes, PlaceOfDocument(f.Document), nil)
	return f
}

// remove removes a document with its passages.
func (l *library) remove(id string) {
	if f := l.unfile(id); f != nil {
		for _, p := range f.passages {
			l.index.Delete(p.ID)
		}
	}
}

// text returns a passage with its text.
func (l *library) text(p record.Passage) record.Passage {
	if e, ok := l.index.Get(p.ID); ok {
		_, before := p.Searched()
		p.Text = e.Text[before:]
	}
	return p
}

func (l *library) texts(passages []record.Passage) []record.Passage {
	out := make([]record.Passage, len(passages))
	for i, p := range passages {
		out[i] = l.text(p)
	}
	return out
}

// passage returns a passage without its text, and its document.
func (l *library) passage(id string) (*record.Passage, *record.Document) {
	f := l.documents[store.DocumentOf(id)]
	if f == nil {
		return nil, nil
	}
	i, found := slices.BinarySearchFunc(f.passages, id, func(p record.Passage, id string) int { return strings.Compare(p.ID, id) })
	if !found {
		return nil, nil
	}
	return &f.passages[i], &f.Document
}

// Document returns a document.
func (v *View) Document(id string) (record.Document, bool) {
	return found(v, func() (record.Document, bool) {
		if f := v.library.documents[id]; f != nil {
			return f.Document, true
		}
		return record.Document{}, false
	})
}

// DocumentsWith returns the documents that have a file with a hash, oldest first.
func (v *View) DocumentsWith(hash string) []record.Document {
	return read(v, func() (out []record.Document) {
		for _, id := range v.library.hashes[hash] {
			out = append(out, v.library.documents[id].Document)
		}
		slices.SortFunc(out, func(a, b record.Document) int { return PlaceOfDocument(a).compare(PlaceOfDocument(b)) })
		return out
	})
}

// EachDocument yields the documents that a reader sees, newest first: those older than a place, or all if place is zero.
func (v *View) EachDocument(reach scope.Reach, place DocumentPlace, yield func(record.Document) bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var from *DocumentPlace
	if place != (DocumentPlace{}) {
		from = &place
	}
	for p := range v.library.order.before(reach, from) {
		if !yield(v.library.documents[p.ID].Document) {
			return
		}
	}
}

// PassagesOf returns up to limit passages of a document, from a position on.
func (v *View) PassagesOf(id string, from, limit int) []record.Passage {
	return read(v, func() []record.Passage {
		f := v.library.documents[id]
		if f == nil || from >= len(f.passages) {
			return nil
		}
		return v.library.texts(f.passages[from:min(from+limit, len(f.passages))])
	})
}

// PassagesAround returns the neighbours of a passage on both sides, and up to a number of passages of its section, without the passage.
func (v *View) PassagesAround(id string, neighbours, section int) []record.Passage {
	if neighbours+section == 0 {
		return nil
	}
	return read(v, func() (out []record.Passage) {
		p, d := v.library.passage(id)
		if p == nil {
			return nil
		}
		all := v.library.documents[d.ID].passages
		from, to := max(0, p.Position-neighbours), min(len(all), p.Position+neighbours+1)
		for n := 0; n < section && from > 0 && slices.Equal(all[from-1].Section, p.Section); n++ {
			from--
		}
		for to-from <= section && to < len(all) && slices.Equal(all[to].Section, p.Section) {
			to++
		}
		for _, other := range all[from:to] {
			if other.Position != p.Position {
				out = append(out, v.library.text(other))
			}
		}
		return out
	})
}

// PassageQuery is a search of passages.
type PassageQuery struct {
	index.Query
	Documents  map[string]bool // ids; nil: all
	MediaTypes []string        // nil: all
}

// PassageHit is a passage that was found.
type PassageHit struct {
	record.Passage
	Source record.Document
	Score  float64
	// Relevance says how much of the question the passage answers, 0 to 1.
	Relevance  float64
	Why        index.Why
	Duplicates []string
}

// SearchPassages searches the passages of documents. It waits for a concurrent write no longer than ctx allows.
func (v *View) SearchPassages(ctx context.Context, q PassageQuery) (hits []PassageHit, err error) {
	if err := v.rlock(ctx); err != nil {
		return nil, err
	}
	defer v.mu.RUnlock()
	l := v.library
	if q.Documents != nil || q.MediaTypes != nil {
		q.Filter.Keep = also(q.Filter.Keep, func(id string) bool {
			d := l.documents[store.DocumentOf(id)]
			return d != nil && (q.Documents == nil || q.Documents[d.ID]) && (q.MediaTypes == nil || slices.Contains(q.MediaTypes, d.MediaType))
		})
	}
	found, err := l.index.Search(q.Query)
	for _, h := range found {
		p, d := l.passage(h.ID)
		if p == nil {
			continue
		}
		hits = append(hits, PassageHit{l.text(*p), *d, h.Score, h.Relevance, h.Why, h.Duplicates})
	}
	return hits, err
}
