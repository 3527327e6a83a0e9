package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// An image is an index in a file: its rows with the data that was computed from their texts (terms, fingerprints, vectors). Reading an image
// takes a fraction of the time that putting the rows takes. The caller must detect changed bytes: here they may go unnoticed and give a
// different index, but do no other harm.
//
// An image consists of pages of rows. A value that several rows share, such as a term or a scope set, is written at its first use and
// referred to by number later.

// imageForm must change whenever the format of images or the analysis of texts changes. TestImagesAreOfTheirForm fails otherwise.
const imageForm = 3

// ErrImage says that the data is not an image, or an image of another form.
var ErrImage = errors.New("no image of an index of this form")

// probeText is analysed to detect that an image was made with other versions of the libraries.
const probeText = `Running dogs' MLWK3LL/A parseURL 1,000 v1.2.3 Müller's C++ +41-44-668-1800 東京タワー 한국어를 والكتاب naïve ﬁne 👩‍🚀 Ελλάς`

// formOf names the form of this program's images. A program that would compute different data from a text gets another name and does
// not read them. made identifies the form of the entries.
func formOf(made string) string {
	h := fnvOffset
	for _, term := range Tokenise(nil, probeText) {
		h = hashString(h, term+"\x00")
	}
	for _, x := range newEmbedding(DefaultDimension).embed(probeText) { // images may have such vectors
		h = (h ^ uint64(math.Float32bits(x))) * fnvPrime
	}
	return fmt.Sprintf("%d %x %x %s %s %s", imageForm, h, FingerprintOf(probeText).sequence, runtime.Version(), runtime.GOARCH, made)
}

// The bounds of a page, which a row may be longer than.
const (
	imageRows  = 1000
	imageBytes = 1 << 20
)

// The flags of a row.
const (
	rowAsks = 1 << iota
	rowAsking
	rowNamed
	rowRare     // it has something rare
	rowLong     // its fingerprint is of a long text
	rowVector   // it has a vector
	rowAtOnce   // its known time begins when it was said
	rowRecorded // it was recorded when its known time began
)

// Image returns the pages of an image, each valid until the next one. made identifies the form of the entries and the embedder: see
// Restore. The index must not be written meanwhile.
func (ix *Index) Image(made string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		w := imageWriter{ix: ix, terms: numbers[uint32]{}, sets: numbers[uint32]{}, traits: numbers[*shared]{}, sessions: numbers[string]{}}
		w.string(formOf(made))
		w.uint(ix.dim)
		if !yield(w.b) {
			return
		}
		ids := make([]uint32, 0, len(ix.byID))
		for id, d := range ix.docs {
			if d != nil {
				ids = append(ids, uint32(id))
			}
		}
		slices.SortFunc(ids, ix.compareIDs) // as a database has them
		for len(ids) > 0 {
			n := w.rows(ids)
			if !yield(w.page(n)) {
				return
			}
			ids = ids[n:]
		}
	}
}

// numbers are those that things have in an image, in the order in which they come.
type numbers[K comparable] map[K]int

// of returns the number of a thing, and whether it is the first time that it comes.
func (n numbers[K]) of(k K) (number int, first bool) {
	number, known := n[k]
	if !known {
		number = len(n)
		n[k] = number
	}
	return number, !known
}

type imageWriter struct {
	ix       *Index
	b        []byte // the rows of a page
	vectors  []byte // theirs
	whole    []byte // the page
	terms    numbers[uint32]
	sets     numbers[uint32] // by partition
	traits   numbers[*shared]
	sessions numbers[string]
}

func (w *imageWriter) uint(n int)    { w.b = binary.AppendUvarint(w.b, uint64(n)) }
func (w *imageWriter) int(n int64)   { w.b = binary.AppendVarint(w.b, n) }
func (w *imageWriter) hash(h uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, h) }

func (w *imageWriter) string(s string) {
	w.uint(len(s))
	w.b = append(w.b, s...)
}

func (w *imageWriter) strings(list []string) {
	w.uint(len(list))
	for _, s := range list {
		w.string(s)
	}
}

func (w *imageWriter) moment(m moment) {
	w.int(m.seconds)
	w.uint(int(m.nanoseconds))
}

// rows writes as many of the docs as a page takes, and returns how many.
func (w *imageWriter) rows(ids []uint32) int {
	w.b, w.vectors = w.b[:0], w.vectors[:0]
	for n, id := range ids {
		if n == imageRows || len(w.b)+len(w.vectors) >= imageBytes {
			return n
		}
		d := w.ix.docs[id]
		w.row(d)
		if v := w.ix.vector(d); v != nil {
			w.vectors = appendVector(w.vectors, v)
		}
	}
	return len(ids)
}

// page returns the page of so many rows that were written.
func (w *imageWriter) page(n int) []byte {
	w.whole = binary.AppendUvarint(w.whole[:0], uint64(n))
	w.whole = append(append(w.whole, w.b...), w.vectors...)
	return w.whole
}

// appendVector writes a bit for each component that says whether it is nonzero, and then the nonzero components.
func appendVector(b []byte, v []float32) []byte {
	first := len(b)
	b = append(b, make([]byte, (len(v)+7)/8)...)
	for i, x := range v {
		if x := math.Float32bits(x); x != 0 {
			b[first+i/8] |= 1 << (i % 8)
			b = binary.LittleEndian.AppendUint32(b, x)
		}
	}
	return b
}

func (w *imageWriter) row(d *doc) {
	e := &d.entry
	flags := uint16(0)
	for i, set := range [...]bool{
		e.Asks, e.Asking, e.Named, e.rare != ordinary, d.print.long != nil, d.row >= 0, e.since == e.occurred, e.recorded == e.since,
	} {
		if set {
			flags |= 1 << i
		}
	}
	w.b = append(binary.LittleEndian.AppendUint16(w.b, flags), byte(e.Gives))
	w.uint(len(e.ID))
	w.uint(len(e.Turn))
	w.uint(len(e.Text))
	w.b = append(append(append(w.b, e.ID...), e.Turn...), e.Text...)
	n, first := w.sessions.of(e.Session)
	if w.uint(n); first {
		w.string(e.Session)
	}
	n, first = w.sets.of(d.segment / 2)
	if w.uint(n); first {
		set := w.ix.parts[d.segment/2].scopes
		w.uint(len(set))
		for _, clause := range set {
			w.strings(clause)
		}
	}
	n, first = w.traits.of(e.shared)
	if w.uint(n); first {
		for _, s := range []string{string(e.Kind), string(e.Category), string(e.Source), string(e.Role), e.Speaker} {
			w.string(s)
		}
		w.hash(math.Float64bits(e.Importance))
	}
	w.moment(e.occurred)
	if flags&rowAtOnce == 0 {
		w.moment(e.since)
	}
	if flags&rowRecorded == 0 {
		w.moment(e.recorded)
	}
	w.int(int64(e.Seq))
	w.uint(int(e.Start))
	if flags&rowRare != 0 {
		w.strings(e.Labels)
		for _, t := range []time.Time{e.Valid.From, e.Valid.Until, e.until} {
			w.time(t)
		}
		w.location(e.Location)
	}
	w.uint(int(d.length))
	w.hash(d.print.sequence)
	if long := d.print.long; long != nil {
		w.uint(int(long.words))
		w.hash(long.sim)
		w.hash(long.facts)
	}
	w.uint(len(d.terms))
	for _, t := range d.terms {
		n, first := w.terms.of(t)
		if w.uint(n); first {
			w.string(w.ix.vocab.terms[t].text)
		}
	}
	w.b = append(w.b, d.counts...)
}

// time writes a time that may be none.
func (w *imageWriter) time(t time.Time) {
	if t.IsZero() {
		w.b = append(w.b, 0)
		return
	}
	w.b = append(w.b, 1)
	w.moment(momentOf(t))
}

// location writes a location that may be none.
func (w *imageWriter) location(l *record.Location) {
	if l == nil {
		w.b = append(w.b, 0)
		return
	}
	w.b = append(w.b, 1)
	w.hash(math.Float64bits(l.Lat))
	w.hash(math.Float64bits(l.Lng))
}

// Restore returns the index of an image. It fails with ErrImage if the pages are not an image, or if the image has another made or comes
// from a program that analyses texts differently.
func Restore(made string, pages iter.Seq2[[]byte, error]) (*Index, error) {
	r := imageReader{ix: New()}
	head := true
	for page, err := range pages {
		if err != nil {
			return nil, err
		}
		r.b = page
		if head {
			head = false
			if r.string() != formOf(made) {
				return nil, ErrImage
			}
			r.vector = make([]float32, r.upTo(MaxDimension))
		} else {
			r.page()
		}
		if r.broken || len(r.b) > 0 {
			return nil, ErrImage
		}
	}
	if head {
		return nil, ErrImage
	}
	return r.index()
}

type imageReader struct {
	ix       *Index
	b        []byte // what is left of the page
	broken   bool   // it is no page
	parts    []uint32
	traits   []*shared
	sessions []string
	vector   []float32 // has the length of the vectors
	vectors  []uint32  // the docs of the page that have one
}

func (r *imageReader) uint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *imageReader) fail() { r.b, r.broken = nil, true }

// upTo reads a number that is at most limit.
func (r *imageReader) upTo(limit int) int {
	n := r.uint()
	if n > uint64(limit) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *imageReader) int() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

// take returns the next n bytes; nil if fewer are left.
func (r *imageReader) take(n int) []byte {
	if n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *imageReader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *imageReader) hash() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// many reads how many things follow, each of which has a byte at least.
func (r *imageReader) many() int { return r.upTo(len(r.b)) }

func (r *imageReader) string() string { return string(r.take(r.many())) }

func (r *imageReader) strings() []string {
	out := make([]string, 0, r.many())
	for range cap(out) {
		out = append(out, r.string())
	}
	return out
}

func (r *imageReader) moment() moment {
	return moment{r.int(), int32(r.upTo(1e9 - 1))}
}

func (r *imageReader) time() time.Time {
	if r.byte() == 0 {
		return time.Time{}
	}
	return r.moment().time()
}

func (r *imageReader) location() *record.Location {
	if r.byte() == 0 {
		return nil
	}
	return &record.Location{Lat: math.Float64frombits(r.hash()), Lng: math.Float64frombits(r.hash())}
}

// page reads the rows of a page.
func (r *imageReader) page() {
	r.vectors = r.vectors[:0]
	for range r.many() {
		if r.row(); r.broken {
			return
		}
	}
	for _, id := range r.vectors {
		if r.components(); r.broken {
			return
		}
		r.ix.setVector(id, r.ix.docs[id], r.vector, 1)
	}
}

// components reads a vector.
func (r *imageReader) components() {
	there := r.take((len(r.vector) + 7) / 8)
	if r.broken {
		return
	}
	b, at := r.b, 0
	for i := range r.vector {
		r.vector[i] = 0
		if there[i/8]>>(i%8)&1 == 0 {
			continue
		}
		if len(b)-at < 4 {
			r.fail()
			return
		}
		r.vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[at:]))
		at += 4
	}
	r.b = b[at:]
}

// row reads a row. Its postings are made when all are known: see index.
func (r *imageReader) row() {
	flags := uint16(r.byte()) | uint16(r.byte())<<8
	gives := Answers(r.byte())
	sizes := [3]int{r.many(), r.many(), r.many()}
	own := string(r.take(sizes[0] + sizes[1] + sizes[2])) // one string for all three
	if r.broken {
		return
	}
	d := &doc{row: -1}
	e := &d.entry
	e.ID, e.Turn, e.Text = own[:sizes[0]], own[sizes[0]:sizes[0]+sizes[1]], own[sizes[0]+sizes[1]:]
	e.Asks, e.Asking, e.Named, e.Gives = flags&rowAsks != 0, flags&rowAsking != 0, flags&rowNamed != 0, gives
	e.Session = numbered(r, &r.sessions, r.string)
	part := numbered(r, &r.parts, r.scopes)
	e.shared = numbered(r, &r.traits, r.trait)
	e.occurred = r.moment()
	if e.since = e.occurred; flags&rowAtOnce == 0 {
		e.since = r.moment()
	}
	if e.recorded = e.since; flags&rowRecorded == 0 {
		e.recorded = r.moment()
	}
	e.Seq = int(r.int())
	e.Start = int32(r.upTo(math.MaxInt32))
	if e.rare = ordinary; flags&rowRare != 0 {
		// The order of the calls is that of the fields.
		e.rare = &rare{Labels: r.strings(), Valid: record.Interval{From: r.time(), Until: r.time()}, until: r.time(), Location: r.location()}
		if len(e.Labels) == 0 {
			e.rare.Labels = nil
		}
	}
	d.length = uint16(r.upTo(math.MaxUint16))
	d.print.sequence = r.hash()
	if flags&rowLong != 0 {
		d.print.long = &longPrint{words: uint32(r.upTo(math.MaxUint32)), sim: r.hash(), facts: r.hash()}
	}
	d.terms = make([]uint32, r.many())
	vocab := &r.ix.vocab
	for i := range d.terms {
		switch n := r.upTo(len(vocab.terms)); {
		case n < len(vocab.terms):
			d.terms[i] = uint32(n)
		default:
			d.terms[i] = vocab.intern(r.string())
		}
	}
	d.counts = slices.Clone(r.take(len(d.terms)))
	if r.broken || len(r.ix.docs) == maxDocs || flags&rowVector != 0 && len(r.vector) == 0 {
		r.fail()
		return
	}
	e.shared.rows++
	id := uint32(len(r.ix.docs))
	r.ix.docs = append(r.ix.docs, d)
	r.ix.idOrder.set(id, e.ID)
	r.ix.join(id, d, segmentOf(part, !e.until.IsZero()))
	if flags&rowVector != 0 {
		r.vectors = append(r.vectors, id)
	}
}

// numbered reads the number of a shared value, and the value itself at its first use.
func numbered[T any](r *imageReader, known *[]T, read func() T) T {
	n := r.upTo(len(*known))
	if n == len(*known) {
		*known = append(*known, read())
	}
	return (*known)[n]
}

func (r *imageReader) scopes() uint32 {
	set := make(record.ScopeSet, 0, r.many())
	for range cap(set) {
		set = append(set, r.strings())
	}
	return r.ix.internScopes(scopeKey(set), set)
}

func (r *imageReader) trait() *shared {
	t := traits{
		Kind: record.Kind(r.string()), Category: record.Category(r.string()), Source: record.SourceKind(r.string()),
		Role: record.Role(r.string()), Speaker: r.string(), Importance: math.Float64frombits(r.hash()),
	}
	s := r.ix.share(t)
	s.rows-- // its rows count themselves
	return s
}

// index computes the data that depends on all rows.
func (r *imageReader) index() (*Index, error) {
	ix := r.ix
	ix.byID = make(map[string]uint32, len(ix.docs))
	for id, d := range ix.docs {
		ix.byID[d.entry.ID] = uint32(id)
	}
	if len(ix.byID) != len(ix.docs) {
		return nil, fmt.Errorf("%w: two rows with one id", ErrImage)
	}
	ix.vocab.fill(ix)
	return ix, nil
}
