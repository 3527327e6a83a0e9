package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// ErrBadRow is what every RowError is.
var ErrBadRow = errors.New("not a row of the table")

// RowError says which row of an import could not have been written by this library, and why.
type RowError struct {
	Line   int // of the text, from 1; 0 for what concerns no row
	ID     string
	Column string // "" when it is not about one
	Reason error
}

// Error renders "line 12: turn:x: role: …".
func (e *RowError) Error() string {
	parts := make([]string, 0, 4)
	if e.Line > 0 {
		parts = append(parts, fmt.Sprintf("line %d", e.Line))
	}
	for _, s := range []string{clip(e.ID), e.Column} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(append(parts, e.Reason.Error()), ": ")
}

// Is matches ErrBadRow.
func (e *RowError) Is(target error) bool { return target == ErrBadRow }

// bad is a reason that concerns a column.
func bad(column, format string, args ...any) error {
	return &RowError{Column: column, Reason: fmt.Errorf(format, args...)}
}

// Import checks the rows of a Context that comes from elsewhere, in the order of Tables: each column of each row, and how
// the rows belong together. What this library could not have written is a *RowError. It keeps the texts of all turns.
type Import struct {
	rules   Rules
	schema  int
	columns map[string][]column
	tables  []Table
	table   int // position of the last table

	dimension int            // of all vectors
	mixed     bool           // they may be of two embedders: none of them is read
	sessions  map[string]int // how many turns each says that it has had
	turns     map[string]*importedTurn
	places    map[turnPlace]bool
	ids       map[surreal.RecordID]bool // of all rows
	heads     map[string]bool           // the slots that are filled
	numbers   map[int64]bool            // of facts
	links     []factLink
	documents map[string]*importedDocument
	blobs     map[string]*importedBlob
	names     map[string]bool // of principals, by name and external id
}

// importedTurn is a turn that others quote.
type importedTurn struct {
	record.Turn
	// rune and byte are one place in the content: where the last quote was found.
	rune, byte int
}

type turnPlace struct {
	session string
	seq     int
}

// factLink is a fact that another one names.
type factLink struct {
	line             int
	from, column, to string
}

// NewImport begins an import of rows of a version of the schema.
func NewImport(rules Rules, schema int) *Import {
	i := &Import{
		rules: rules, schema: schema, columns: columnsOf(schema), sessions: map[string]int{}, turns: map[string]*importedTurn{}, places: map[turnPlace]bool{},
		ids: map[surreal.RecordID]bool{}, numbers: map[int64]bool{}, heads: map[string]bool{}, names: map[string]bool{},
		documents: map[string]*importedDocument{}, blobs: map[string]*importedBlob{},
	}
	for _, t := range Tables() {
		if t.since <= schema {
			i.tables = append(i.tables, t)
		}
	}
	return i
}

// Check returns rows of a table as they are to be inserted; lines are where they begin. It changes nothing but the slots of
// facts and instructions, which are worked out anew, and leaves out parts of documents that an interrupted call has left.
func (i *Import) Check(table string, rows []cbor.RawMessage, lines []int) ([]cbor.RawMessage, error) {
	at := slices.IndexFunc(i.tables, func(t Table) bool { return t.Name == table })
	if at < i.table {
		reason := errors.New("the table does not follow those before it")
		if at < 0 {
			reason = errors.New("this version of the schema has no such table")
		}
		return nil, &RowError{Line: lines[0], ID: table, Reason: reason}
	}
	i.table = at
	out := make([]cbor.RawMessage, 0, len(rows))
	for n, row := range rows {
		var checked cbor.RawMessage
		if err := i.row(i.tables[at], row, lines[n], &checked); err != nil {
			return nil, placed(err, row, table, lines[n])
		}
		if checked != nil {
			out = append(out, checked)
		}
	}
	return out, nil
}

func (i *Import) row(t Table, row cbor.RawMessage, line int, out *cbor.RawMessage) error {
	column, err := checkColumns(&i.rules, i.columns[t.Name], row)
	if err != nil {
		return &RowError{Column: column, Reason: err}
	}
	if err := i.once(row); err != nil {
		return err
	}
	*out, err = t.take(i, row, line)
	return err
}

// once notes the id of a row, which no other one has.
func (i *Import) once(row cbor.RawMessage) error {
	var r struct {
		ID surreal.RecordID `cbor:"id"`
	}
	if err := surreal.Unmarshal(row, &r); err != nil {
		return err
	}
	if i.ids[r.ID] {
		return bad("id", "twice in the export")
	}
	i.ids[r.ID] = true
	return nil
}

// placed says of an error in which row it is.
func placed(err error, row cbor.RawMessage, table string, line int) error {
	var e *RowError
	if !errors.As(err, &e) {
		e = &RowError{Reason: err}
	}
	e.Line, e.ID = line, table
	var id struct {
		ID surreal.RecordID `cbor:"id"`
	}
	if surreal.Unmarshal(row, &id) == nil && id.ID.Key != "" {
		e.ID = id.ID.String()
	}
	return e
}

// End checks what can only be known once all rows were read.
func (i *Import) End() error {
	for _, l := range i.links {
		if !i.ids[recordID(l.to)] {
			return &RowError{Line: l.line, ID: l.from, Column: l.column, Reason: fmt.Errorf("%s is no fact or turn of the export", clip(l.to))}
		}
	}
	return i.endDocuments()
}

// taken makes the last check of a row, and returns it as it is to be inserted: as it came, unless take changed it.
func taken[R any](take func(i *Import, row *R, line int) (changed bool, err error)) func(*Import, cbor.RawMessage, int) (cbor.RawMessage, error) {
	return func(i *Import, raw cbor.RawMessage, line int) (cbor.RawMessage, error) {
		var row R
		if err := surreal.Unmarshal(raw, &row); err != nil {
			return nil, err
		}
		changed, err := take(i, &row, line)
		if err != nil || !changed {
			return raw, err
		}
		return surreal.Marshal(row)
	}
}

// kept is take for rows that are only looked at, and left out unless look returns true.
func kept[R any](look func(i *Import, row *R) (bool, error)) func(*Import, cbor.RawMessage, int) (cbor.RawMessage, error) {
	return func(i *Import, raw cbor.RawMessage, _ int) (cbor.RawMessage, error) {
		var row R
		if err := surreal.Unmarshal(raw, &row); err != nil {
			return nil, err
		}
		if keep, err := look(i, &row); err != nil || !keep {
			return nil, err
		}
		return raw, nil
	}
}

// unchanged is take for rows that are only looked at.
func unchanged[R any](look func(i *Import, row *R) error) func(*Import, cbor.RawMessage, int) (cbor.RawMessage, error) {
	return taken(func(i *Import, row *R, _ int) (bool, error) { return false, look(i, row) })
}

func (i *Import) session(r *sessionRow) error {
	if len(r.Speakers) > 0 && r.Speaker.Value != "" {
		return bad("speakers", "there beside speaker")
	}
	i.sessions[r.ID.String()] = r.Turns
	return nil
}

// reply checks the row of a reply. Its basis may be in part erased already: see UnfoundedReplies.
func (i *Import) reply(r *replyRow) error {
	if t := i.turns[r.turn().String()]; t == nil || t.Role != record.Assistant {
		return bad("id", "%s is no answer in the export", clip(r.turn().String()))
	}
	return nil
}

func (i *Import) turn(r *turnRow) error {
	t := r.turn()
	turns, ok := i.sessions[t.Session]
	place := turnPlace{t.Session, t.Seq}
	switch {
	case !ok:
		return bad("session", "%s is not in the export", clip(t.Session))
	case t.Seq >= turns:
		return bad("seq", "%d, in a session that has had %d turns", t.Seq, turns)
	case i.places[place]:
		return bad("seq", "%d twice in a session", t.Seq)
	}
	i.places[place] = true
	i.turns[t.ID] = &importedTurn{Turn: t}
	return nil
}

// chunk checks that a chunk is a part of its turn.
func (i *Import) chunk(r *chunkRow) error {
	c, err := r.chunk()
	if err != nil {
		return err
	}
	t := i.turns[c.Turn]
	switch {
	case t == nil:
		return bad("turn", "%s is not in the export", clip(c.Turn))
	case c.Session != t.Session:
		return bad("session", "another one than its turn's")
	case c.Seq != 0 && c.Seq != t.Seq:
		return bad("seq", "another one than its turn's")
	case c.Role != t.Role:
		return bad("role", "another one than its turn's")
	case c.Speaker != t.Speaker:
		return bad("speaker", "another one than its turn's")
	case !c.SpokenAt.Equal(t.SpokenAt):
		return bad("spoken_at", "another time than its turn's")
	case locationText(c.Location) != locationText(t.Location):
		return bad("location", "another one than its turn's")
	case !c.Scopes.Equal(t.Scopes):
		return bad("scopes", "others than its turn's")
	case !slices.Equal(c.Labels, t.Labels):
		return bad("labels", "others than its turn's")
	case c.Text == "" || !t.has(c.Text, c.Start):
		return bad("text", "not what its turn says there")
	}
	return i.vector(c.Vector)
}

// has reports whether the turn says that at the code point start. Quotes that follow each other are found without reading
// the content again.
func (t *importedTurn) has(quote string, start int) bool {
	if start < t.rune {
		t.rune, t.byte = 0, 0
	}
	for ; t.rune < start && t.byte < len(t.Content); t.rune++ {
		_, size := utf8.DecodeRuneInString(t.Content[t.byte:])
		t.byte += size
	}
	return t.rune == start && strings.HasPrefix(t.Content[t.byte:], quote)
}

// vector checks that all vectors have one length.
func (i *Import) vector(v []float32) error {
	if len(v) == 0 || i.mixed {
		return nil
	}
	if i.dimension == 0 {
		i.dimension = len(v)
	}
	if len(v) != i.dimension {
		return bad("vector", "%d components, where others have %d", len(v), i.dimension)
	}
	return nil
}

// entity checks a key. Those of earlier versions are made anew, from names that are folded as they are now.
func (i *Import) entity(r *entityRow) error {
	name := entityRef(r.ID).Name
	if i.schema >= keyedEntities && (entityRef(r.ID).Type != r.Type || name == "") {
		return bad("id", "not that of a %s", r.Type)
	}
	return nil
}

// appearance checks what is known of an entity in one scope set.
func (i *Import) appearance(r *appearanceRow) error {
	e, err := r.entity()
	if err != nil {
		return err
	}
	return i.end("entity", &r.Entity, "name", e.EntityRef)
}

// end checks that an entity is there and has the name by which a row calls it.
func (i *Import) end(column string, id *surreal.RecordID, named string, ref record.EntityRef) error {
	switch {
	case id == nil:
		return nil
	case !i.ids[*id]:
		return bad(column, "%s is not in the export", clip(id.String()))
	case i.schema >= keyedEntities && *id != entityID(ref):
		return bad(named, "%s is another one than %s", clip(ref.Name), clip(id.String()))
	}
	return nil
}

// fact checks a fact, and works out the slot that it fills.
func (i *Import) fact(r *factRow, line int) (bool, error) {
	f, err := r.fact()
	if err != nil {
		return false, err
	}
	if f.Kind == record.KindRelation {
		err = errors.Join(i.end("in", r.In, "name", f.Entity), i.end("out", r.Out, "value", f.Object))
	} else {
		err = i.end("entity", r.Entity, "name", f.Entity)
	}
	if err != nil {
		return false, err
	}
	live := f.Live()
	switch {
	case live != f.Known.Until.IsZero():
		return false, bad("known_until", "there without retired_at, or the other way round")
	case live && f.SupersededBy != "":
		return false, bad("superseded_by", "there although the fact is live")
	case !ordered(f.Known.From, f.Known.Until):
		return false, bad("known_until", "before known_from")
	case !ordered(f.Valid.From, f.Valid.Until):
		return false, bad("valid_until", "before valid_from")
	case !ordered(f.Valid.From, f.BegunBy) || f.Valid.From.IsZero() && !f.BegunBy.IsZero():
		return false, bad("begun_by", "without valid_from, or before it")
	case !slices.IsSortedFunc(f.Again, time.Time.Compare):
		return false, bad("again", "not in the order of time")
	case r.Yielded && live:
		return false, bad("yielded", "true although the fact is live")
	}
	for column, to := range map[string]string{"supersedes": f.Supersedes, "superseded_by": f.SupersededBy} {
		if to == "" {
			continue
		}
		if table, _, _ := strings.Cut(to, ":"); table != string(f.Kind) || to == f.ID {
			return false, bad(column, "%s cannot be", clip(to))
		}
		i.links = append(i.links, factLink{line, f.ID, column, to})
	}
	if (len(f.Source.DerivedFrom) > 0) != f.Source.Kind.Derived() || len(f.Source.Shown) > 0 && !f.Source.Kind.Derived() {
		return false, bad("source", "a conclusion without evidence, or evidence of what is no conclusion")
	}
	for _, id := range f.Source.Rests() {
		i.links = append(i.links, factLink{line, f.ID, "source", id})
	}
	if err := errors.Join(i.vector(f.Vector), i.origin(f.Source, f.Quote)); err != nil {
		return false, err
	}
	changed, err := i.head(&r.Head, string(f.Kind), live, f.ID, f.Slot(scope.Key(f.Scopes)))
	if err != nil {
		return false, err
	}
	if f.Seq > 0 && i.numbers[f.Seq] {
		return false, bad("seq", "%d is another fact's", f.Seq)
	}
	i.numbers[f.Seq] = true
	return changed, nil
}

// head sets the slot that a row of a kind fills while it is live. Those of earlier versions are worked out once the database
// is brought up to date; until then they are different, which is all that the database asks of them.
func (i *Import) head(has *surreal.Optional[string], kind string, live bool, id, slot string) (changed bool, err error) {
	var want surreal.Optional[string]
	switch {
	case !live:
	case i.schema < keyedEntities:
		want = surreal.Some("imported:" + id)
	case i.heads[kind+slot]:
		return false, bad("head", "another one is live in the same place")
	default:
		want = surreal.Some(slot)
		i.heads[kind+slot] = true
	}
	changed = *has != want
	*has = want
	return changed, nil
}

// origin checks that a source quotes its origin, if that is still there: turns are deleted, and what was read out of them
// stays.
func (i *Import) origin(s record.Source, quote string) error {
	if err := i.span(s); err != nil {
		return err
	}
	if s.Span.Empty() != (quote == "") {
		return bad("source", "a span without a quote, or a quote without a span")
	}
	if t := i.turns[s.Ref]; t != nil && !s.Span.Empty() && !t.has(quote, s.Span.Start) ||
		utf8.RuneCountInString(quote) != max(0, s.Span.End-s.Span.Start) {
		return bad("source", "the span does not quote its origin")
	}
	return nil
}

func (i *Import) span(s record.Source) error {
	t := i.turns[s.Ref]
	switch {
	case s.Span.Start > s.Span.End, s.Span.Empty() && s.Span != record.Span{}:
		return bad("source", "a span that ends before it begins")
	case s.Kind == record.FromTurn && !strings.HasPrefix(s.Ref, TableTurn+":"):
		return bad("source", "%s is no turn", clip(s.Ref))
	case s.Kind == record.FromDocument && !strings.HasPrefix(s.Ref, TableDocument+":"):
		return bad("source", "%s is no document", clip(s.Ref))
	case t != nil && t.Session != s.Session:
		return bad("source", "another session than that of %s", clip(s.Ref))
	}
	return nil
}

func (i *Import) instruction(r *instructionRow, _ int) (bool, error) {
	in, err := r.instruction()
	if err != nil {
		return false, err
	}
	switch {
	case in.Active != in.RetiredAt.IsZero() || in.Active != in.Known.Until.IsZero():
		return false, bad("active", "with retired_at or known_until, or not without them")
	case !ordered(in.Known.From, in.Known.Until):
		return false, bad("known_until", "before known_from")
	}
	if err := errors.Join(i.vector(in.Vector), i.origin(in.Source, in.Quote)); err != nil {
		return false, err
	}
	return i.head(&r.Head, TableInstruction, in.Active, in.ID, in.Slot(scope.Key(in.Scopes)))
}

// question checks an uncertainty, whose span may be of something that is not quoted.
func (i *Import) question(r *questionRow) error {
	s := r.Source.source()
	if r.Source.Quote != "" {
		return bad("source", "a question quotes nothing")
	}
	if t := i.turns[s.Ref]; t != nil && !t.has("", s.Span.End) {
		return bad("source", "the span is not in its origin")
	}
	return i.span(s)
}

func (i *Import) principal(r *principalRow) error {
	p := r.principal()
	if r.ID.Key == "system" || (p.Name == "admin" || p.Name == "system") && p.Name != r.ID.Key {
		return bad("name", "the principal %q is always there", p.Name)
	}
	for column, unique := range map[string]string{"name": p.Name, "external_id": p.ExternalID} {
		if k := column + ":" + unique; unique != "" && i.names[k] {
			return bad(column, "%q is another principal's", clip(unique))
		} else {
			i.names[k] = true
		}
	}
	return nil
}

func (i *Import) grantVersion(r *grantRow) error {
	if k := r.Principal.Key; k != "admin" && k != "system" && !i.ids[r.Principal] {
		return bad("principal", "%s is not in the export", clip(r.Principal.String()))
	}
	return nil
}

func (i *Import) embedder(r *embedderRow) error {
	if r.ID != embedderID {
		return bad("id", "the table has only the row %s", embedderID)
	}
	for _, p := range r.Probes {
		if len(p.Vector) != 4*r.Dimension {
			return bad("probes", "a vector of %d bytes, where the dimension is %d", len(p.Vector), r.Dimension)
		}
	}
	i.dimension, i.mixed = r.Dimension, r.Unfinished
	return nil
}

func (i *Import) fading(r *fadingRow) error {
	if r.ID != fadingID {
		return bad("id", "the table has only the row %s", fadingID)
	}
	return nil
}

func (i *Import) ontology(r *ontologyRow) error {
	_, err := r.version()
	return err
}

// nothingMore is for rows about which their columns say everything.
func nothingMore[R any](*Import, *R) error { return nil }

// decision files a decision trace.
func (i *Import) decision(r *decisionRow, _ int) (changed bool, err error) {
	was := *r
	*r = newDecisionRow(r.decision())
	return r.Newest != was.Newest || !was.Listed || r.Place != was.Place, nil
}

// event gives an event the text that it is listed by here.
func (i *Import) event(r *eventRow, _ int) (changed bool, err error) {
	was := *r
	*r = newEventRow(r.event())
	return r.Newest != was.Newest || !was.Listed, nil
}
