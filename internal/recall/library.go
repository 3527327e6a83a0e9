package recall

import (
	"cmp"
	"slices"
	"strings"

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
	about     map[string][]string // ids of the documents with a keyword, by its normalised form
	order     order[Place]
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
	return &library{index: index.New(), documents: map[string]*volume{}, hashes: map[string][]string{}, about: map[string][]string{}, order: order[Place]{compare: Place.compare}}
}

func passageEntry(d *record.Document, p *record.Passage) index.Entry {
	text, _ := p.Searched()
	e := index.Entry{
		ID: p.ID, Kind: record.KindChunk, Text: text, Vector: p.Vector, Scopes: d.Scopes, Labels: d.Labels, Category: record.Knowledge, Source: record.FromDocument,
		Known: record.Interval{From: d.CompletedAt}, Recorded: d.CompletedAt, Occurred: d.At(), Importance: record.Knowledge.Importance(),
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
		if p.Columns == last.Columns {
			p.Columns = last.Columns
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
		fileUnder(l.hashes, file.Hash, f.ID)
	}
	for _, k := range f.Keywords {
		fileUnder(l.about, k.Normalised, f.ID)
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
		unfileFrom(l.hashes, file.Hash, id)
	}
	for _, k := range f.Keywords {
		unfileFrom(l.about, k.Normalised, id)
	}
	l.order.remove(f.Scopes, PlaceOfDocument(f.Document), nil)
	return f
}

func fileUnder(ids map[string][]string, key, id string) {
	if !slices.Contains(ids[key], id) {
		ids[key] = append(ids[key], id)
	}
}

func unfileFrom(ids map[string][]string, key, id string) {
	if ids[key] = slices.DeleteFunc(ids[key], func(other string) bool { return other == id }); len(ids[key]) == 0 {
		delete(ids, key)
	}
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

// telling returns the document that a fact was taken from, with the passage; nil: it does not exist. A fact that has no place in its document
// has no passage.
func (l *library) telling(f *record.Fact) *Quoted {
	d := l.documents[f.Source.Ref]
	if d == nil || !scope.Implies(f.Scopes, d.Scopes) {
		return nil
	}
	out := &Quoted{Source: d.Document}
	if f.Source.Span.Empty() {
		return out
	}
	i, _ := slices.BinarySearchFunc(d.passages, f.Source.Span.End, func(p record.Passage, end int) int { return cmp.Compare(p.End, end) })
	if i < len(d.passages) && d.passages[i].Start <= f.Source.Span.Start {
		out.Passage = d.passages[i]
	}
	return out
}

// Document returns a document.
func (s *State) Document(id string) (record.Document, bool) {
	defer s.enter()()
	if f := s.view.library.documents[id]; f != nil {
		return f.Document, true
	}
	return record.Document{}, false
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
func (v *View) EachDocument(reach scope.Reach, place Place, yield func(record.Document) bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var from *Place
	if place != (Place{}) {
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

// PassagesAround returns the neighbours of a passage on both sides, and those in its section, without the passage.
func (v *View) PassagesAround(id string, neighbours int, section bool) []record.Passage {
	if neighbours == 0 && !section {
		return nil
	}
	return read(v, func() (out []record.Passage) {
		p, d := v.library.passage(id)
		if p == nil {
			return nil
		}
		all := v.library.documents[d.ID].passages
		from, to := max(0, p.Position-neighbours), min(len(all), p.Position+neighbours+1)
		if section {
			begin, end := v.library.section(p)
			from, to = min(from, begin), max(to, end)
		}
		for _, other := range all[from:to] {
			if other.Position != p.Position {
				out = append(out, v.library.text(other))
			}
		}
		return out
	})
}
