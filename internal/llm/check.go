package llm

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// reasons for which an item of an answer is dropped. They are texts for the reader of the uncertainty.
const (
	noQuote  = "quote words that the text does not have"
	noName   = "name somebody or something that the text does not name"
	noValue  = "have a value that the text does not have"
	noForm   = "have no usable form"
	noPlace  = "are about a message that was not to be read"
	noBelief = "have no confidence between 0 and 1"
	isQuoted = "give an order that the text does not give"
	atOdds   = "contradict another statement of the same answer"
	tooLong  = "are too long"
)

// Reading is what the uncertainty about dropped statements of a model is about.
const Reading = "what a model read in it"

const (
	// sure is the confidence below which a model must not end a fact. The prompt says so.
	sure = 0.7
	// mostConfident is the highest confidence of a model's statement. That of a rule may be higher.
	mostConfident = 0.9
	maxName       = 200  // bytes of a name or key
	maxValue      = 2000 // bytes of a value
)

// ground has the texts against which the items of an answer are checked.
type ground struct {
	in      *Input
	window  window
	sources map[int]*source
	phrases []string // record.Phrase of the texts of the window
	words   map[string]bool
	names   map[string][]record.EntityRef // known entities, by normalised name
	work    int                           // see maxWork
}

func newGround(in *Input, w window) *ground {
	g := &ground{in: in, window: w, sources: map[int]*source{}, words: map[string]bool{}, names: map[string][]record.EntityRef{}, work: maxWork}
	for i := w.from; i < w.to; i++ {
		text := in.Messages[i].Text
		g.phrases = append(g.phrases, record.Phrase(text))
		for _, word := range record.Words(text) {
			g.words[word] = true
		}
	}
	know := func(e record.EntityRef) {
		name := record.Normalise(e.Name)
		if name != "" && e.Type != record.TypeUnknown && !slices.Contains(g.names[name], e) {
			g.names[name] = append(g.names[name], e)
		}
	}
	for _, e := range in.Vocabulary.Names {
		know(e)
	}
	for i := w.from; i < w.to; i++ {
		know(in.Messages[i].Speaker)
		for _, e := range in.Messages[i].Found.Entities {
			know(e.EntityRef)
		}
	}
	return g
}

// checked is what remains of an answer.
type checked struct {
	extractions map[int]*record.Extraction // by message
	dropped     map[int]map[string]int     // number of dropped items by message and reason
	count       int                        // of dropped items
	odd         bool                       // the answer contradicts itself
}

// check converts the items of an answer to extractions. An item that the text does not support is dropped.
func (g *ground) check(items []item, bad int) checked {
	out := checked{extractions: map[int]*record.Extraction{}, dropped: map[int]map[string]int{}}
	drop := func(i int, why string) {
		if out.dropped[i] == nil {
			out.dropped[i] = map[string]int{}
		}
		out.dropped[i][why]++
		out.count++
	}
	for range bad {
		drop(g.window.first(), noForm)
	}
	odd := g.contradictions(items)
	out.odd = len(odd) > 0
	for n, it := range items {
		i := g.window.index(int(it.Message))
		if i < 0 || !g.window.reads(i) {
			drop(g.window.first(), noPlace)
			continue
		}
		if odd[n] {
			drop(i, atOdds)
			continue
		}
		x := out.extractions[i]
		if x == nil {
			x = &record.Extraction{}
		}
		if why := g.add(x, i, it); why != "" {
			drop(i, why)
			continue
		}
		out.extractions[i] = x
	}
	return out
}

// uncertainty returns the uncertainty that the dropped items of a message leave. It has none of their words, because a model may have taken
// them from anywhere.
func uncertainty(dropped map[string]int) record.Uncertainty {
	var parts []string
	for _, why := range slices.Sorted(maps.Keys(dropped)) {
		parts = append(parts, fmt.Sprintf("%d %s", dropped[why], why))
	}
	return record.Uncertainty{About: Reading, Reason: "statements were dropped: " + strings.Join(parts, "; ")}
}

func kindOf(it item) string { return strings.ToLower(strings.TrimSpace(it.Kind)) }

// add adds one item to the extraction of the i-th message, or returns why it is dropped.
func (g *ground) add(x *record.Extraction, i int, it item) (why string) {
	if it.Kind = kindOf(it); !slices.Contains([]string{kindAttribute, kindRelation, kindInstruction, kindEnded, kindUncertain}, it.Kind) {
		return noForm
	}
	value, target := strings.TrimSpace(string(it.Value)), strings.TrimSpace(it.Target.Name)
	for _, s := range []string{it.Key, it.Entity.Name, it.Entity.Type, target, it.Target.Type} {
		if len(s) > maxName || !utf8.ValidString(s) {
			return tooLong
		}
		if strings.ContainsFunc(s, unicode.IsControl) {
			return noForm
		}
	}
	if len(value) > maxValue || len(it.Reason) > maxValue {
		return tooLong
	}
	if strings.ContainsFunc(value+it.Reason, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		return noForm
	}
	if !(it.Confidence >= 0 && it.Confidence <= 1) { // the negated form also refuses NaN
		return noBelief
	}
	src := g.source(i)
	span, ok := src.find(it.Quote)
	if !ok {
		return noQuote
	}
	m := &g.in.Messages[i]
	trust := min(float64(it.Confidence), mostConfident)
	if it.Kind == kindUncertain {
		x.Uncertainties = append(x.Uncertainties, g.uncertain(m, it, span))
		return ""
	}
	if it.Kind == kindInstruction {
		if m.Role != record.User || !g.supports(i, value) {
			return isQuoted
		}
		label := extract.CanonicalKey(it.Key)
		if label == "" || value == "" {
			return noForm
		}
		x.Instructions = append(x.Instructions, record.ExtractedInstruction{Label: label, Description: value, Confidence: trust, Span: span})
		return ""
	}
	key, kind, objectType := g.shape(it.Key)
	if key == "" {
		return noForm
	}
	if kind == "" {
		kind = record.KindAttribute
		if it.Kind == kindRelation {
			kind = record.KindRelation
		}
	}
	subject, ok := g.entity(i, it.Entity, "")
	if !ok {
		return noName
	}
	// A model may give a place of residence as an attribute, or a birthday as a relation. Both are stored in the way of the rules.
	object := cmp.Or(target, value)
	if it.Kind == kindEnded {
		return g.ended(x, i, subject, key, object, it, span)
	}
	if object == "" {
		return noForm
	}
	valid, begunBy := period(it.From, it.Until, m.At.Location())
	category := record.Category(strings.ToLower(it.Category))
	if category != record.Identity && category != record.Knowledge && category != record.Context {
		category = record.Knowledge
	}
	var mentions []record.EntityRef
	if kind == record.KindRelation {
		named := it.Target
		named.Name = object
		to, ok := g.entity(i, named, objectType)
		if !ok {
			return noName
		}
		if to.Key() == subject.Key() {
			return noForm
		}
		x.Relations = append(x.Relations, record.ExtractedRelation{
			Subject: subject, Label: key, Object: to, Category: category, Confidence: trust, Span: span, Valid: valid, BegunBy: begunBy,
		})
		mentions = append(mentions, to)
	} else {
		if !g.supports(i, object) {
			return noValue
		}
		if key == nameKey && subject == speakerOf(m) && !introduces(span.Quote(m.Text)) {
			x.Uncertainties = append(x.Uncertainties, record.Uncertainty{About: span.Quote(m.Text), Reason: "a model read in it what the speaker is called", Span: span})
			return ""
		}
		x.Attributes = append(x.Attributes, record.ExtractedAttribute{
			Entity: subject, Key: key, Value: object, Category: category, Confidence: trust, Span: span, Valid: valid, BegunBy: begunBy,
		})
	}
	for _, e := range append(mentions, subject) {
		if e != record.UserEntity && !slices.ContainsFunc(x.Entities, func(o record.ExtractedEntity) bool { return o.Key() == e.Key() }) {
			x.Entities = append(x.Entities, record.ExtractedEntity{EntityRef: e, Category: record.Knowledge, Confidence: trust, Span: span})
		}
	}
	return ""
}

// shape returns the canonical form of a key or label, and how facts with it are stored: as the ontology declares it, or as the rules do. The
// kind is "" if neither knows it.
func (g *ground) shape(word string) (key string, kind record.Kind, object string) {
	key, label := extract.CanonicalKey(word), extract.CanonicalLabel(word)
	if slices.ContainsFunc(g.in.Terms.Keys, func(t Term) bool { return extract.CanonicalKey(t.Name) == key }) {
		return key, record.KindAttribute, ""
	}
	if slices.ContainsFunc(g.in.Terms.Labels, func(t Term) bool { return extract.CanonicalLabel(t.Name) == label }) {
		return label, record.KindRelation, ""
	}
	if kind, object = extract.Shape(label); kind == record.KindRelation {
		return label, kind, object
	}
	kind, _ = extract.Shape(key)
	return key, kind, ""
}

// ended adds the end of a fact.
func (g *ground) ended(x *record.Extraction, i int, subject record.EntityRef, key, value string, it item, span record.Span) (why string) {
	if value != "" && !g.supports(i, value) && !g.named(i, value) {
		return noValue
	}
	// Nothing else shows that the text speaks of the fact. What it does not show puts the fact in doubt, and does not end it.
	if it.Confidence < sure || value == "" && !g.speaksOf(i, subject, key) {
		x.Uncertainties = append(x.Uncertainties, record.Uncertainty{
			About: span.Quote(g.in.Messages[i].Text), Reason: "a model read in it that a fact ended", Span: span, Entity: subject, Key: key, Changes: true,
		})
		return ""
	}
	at, _ := period(cmp.Or(it.Until, it.From), "", g.in.Messages[i].At.Location())
	x.Invalidations = append(x.Invalidations, record.Invalidation{Entity: subject, Key: key, Value: value, At: at.From, Span: span})
	return ""
}

// speaksOf reports whether the text of the i-th message has a word of a key, or of a known value that an entity has for it.
func (g *ground) speaksOf(i int, subject record.EntityRef, key string) bool {
	for _, word := range g.source(i).words {
		if label := extract.LabelNamed(word); label != "" && label == key {
			return true
		}
		for part := range strings.SplitSeq(key, "_") {
			if utf8.RuneCountInString(part) > 2 && alike(word, part) {
				return true
			}
		}
	}
	return slices.ContainsFunc(g.in.Vocabulary.Facts, func(f Fact) bool {
		return f.Key == key && f.Entity.Key() == subject.Key() && g.supports(i, f.Value)
	})
}

// uncertain returns the uncertainty that an item states. If it names an entity and a key, live facts with them are in doubt.
func (g *ground) uncertain(m *Message, it item, span record.Span) record.Uncertainty {
	about := span.Quote(m.Text)
	out := record.Uncertainty{About: about, Reason: cmp.Or(strings.TrimSpace(it.Reason), "a model could not read it with certainty"), Span: span}
	if key, _, _ := g.shape(it.Key); key != "" && isSpeaker(it.Entity.Name) {
		out.Entity, out.Key, out.Changes = speakerOf(m), key, true
	}
	return out
}

func (g *ground) source(i int) *source {
	if g.sources[i] == nil {
		g.sources[i] = newSource(g.in.Messages[i].Text, &g.work)
	}
	return g.sources[i]
}

func isSpeaker(name string) bool {
	switch record.Normalise(name) {
	case "i", "me", "myself", "user", "the-user", "speaker", "the-speaker":
		return true
	}
	return false
}

func speakerOf(m *Message) record.EntityRef {
	switch {
	case m.Found.Speaker.Name != "":
		return m.Found.Speaker
	case m.Speaker.Name != "":
		return m.Speaker
	}
	return record.UserEntity
}

// entity returns the entity that an item names. false: the conversation does not name it. known is the type that entities in this place
// have; "": any.
func (g *ground) entity(i int, e entity, known string) (record.EntityRef, bool) {
	name := strings.TrimSpace(e.Name)
	m := &g.in.Messages[i]
	if isSpeaker(name) || m.Speaker.Name != "" && record.Normalise(name) == record.Normalise(m.Speaker.Name) {
		return speakerOf(m), known == "" || known == record.TypePerson
	}
	if record.Normalise(name) == "" || !g.named(i, name) {
		return record.EntityRef{}, false
	}
	kind := record.TypeUnknown
	if e.Type != "" {
		kind = record.EntityType(e.Type)
	}
	if slices.ContainsFunc(g.in.Terms.Types, func(t Term) bool { return strings.EqualFold(t.Name, e.Type) }) {
		kind = e.Type // the ontology says how it is stored
	}
	if known != "" && known != record.TypeOther {
		kind = known
	}
	same := g.names[record.Normalise(name)]
	switch {
	case len(same) == 1:
		return same[0], true
	case slices.ContainsFunc(same, func(o record.EntityRef) bool { return o.Type == kind }):
		return same[slices.IndexFunc(same, func(o record.EntityRef) bool { return o.Type == kind })], true
	}
	return record.EntityRef{Type: kind, Name: name}, true
}

// nameKey is the key of the name of the speaker. It decides whom later statements are about, so a name that only occurs is not enough.
const nameKey = "name"

// introductions are words with which speakers say what they are called, in the languages of the rules.
var introductions = []string{
	"name", "named", "names", "call", "called", "am", "m", "this", "here", "heisse", "bin", "nennt", "nennen", "llamo", "llaman", "soy", "nombre",
	"appelle", "appellent", "suis", "nom",
}

// introduces reports whether a quote may say what its speaker is called. Nothing is known of other languages.
func introduces(quote string) bool {
	words := tokensOf(quote)
	return slices.ContainsFunc(words, func(t token) bool {
		return slices.Contains(introductions, t.word) || strings.ContainsFunc(t.word, func(r rune) bool { return !unicode.Is(unicode.Latin, r) && unicode.IsLetter(r) })
	})
}

// named reports whether the conversation names something: word for word, by a word of a known name, or by its relation to the speaker
// ("my sister", if the name of the sister is known).
func (g *ground) named(i int, name string) bool {
	if phrase := record.Phrase(name); phrase != "-" && slices.ContainsFunc(g.phrases, func(p string) bool { return strings.Contains(p, phrase) }) {
		return true
	}
	for i := g.window.from; unspaced(name) && i < g.window.to; i++ {
		if strings.Contains(g.in.Messages[i].Text, name) {
			return true
		}
	}
	normal := record.Normalise(name)
	if len(g.names[normal]) > 0 && slices.ContainsFunc(strings.Split(normal, "-"), func(w string) bool { return w != "" && g.words[w] }) {
		return true
	}
	return slices.ContainsFunc(g.in.Vocabulary.Facts, func(f Fact) bool {
		return record.Normalise(f.Value) == normal && slices.ContainsFunc(strings.Split(f.Key, "_"), g.says)
	})
}

// says reports whether the conversation has a word that names a relation label.
func (g *ground) says(label string) bool {
	if g.words[label] {
		return true
	}
	for word := range g.words {
		if extract.LabelNamed(word) == label {
			return true
		}
	}
	return false
}

// unspaced reports whether a text is in scripts that write no spaces between words.
func unspaced(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && r != 'ー'
	})
}

// supported is the share of the words of a value that the text must have.
const supported = 0.5

// supports reports whether the text of the i-th message has enough of the words of a value, in any form, and all of its numbers.
func (g *ground) supports(i int, value string) bool {
	src := g.source(i)
	total, found := 0, 0
	for _, t := range tokensOf(value) {
		number := strings.ContainsFunc(t.word, unicode.IsNumber)
		if denials[t.word] && !slices.Contains(src.words, t.word) {
			return false // "send reports" does not support "never send reports"
		}
		if utf8.RuneCountInString(t.word) < 3 && !number {
			continue
		}
		total++
		if g.work -= len(src.words); g.work < 0 {
			return false
		}
		switch {
		case slices.ContainsFunc(src.words, func(o string) bool { return alike(o, t.word) }), unspaced(t.word) && strings.Contains(src.text, t.word):
			found++
		case number:
			return false
		}
	}
	if total == 0 { // short words and symbols only
		return strings.Contains(strings.ToLower(src.text), strings.ToLower(value))
	}
	return float64(found) >= supported*float64(total)
}

// denials are the words of a value that turn its meaning around, in four languages. The text must have them too.
var denials = func() map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(`not no never nobody nothing none neither nor without stop except t nicht nie niemals kein keine keinen keinem
	keiner ohne außer nichts no nunca jamás nada nadie sin ningún ninguna excepto ne pas jamais rien personne aucun aucune sans sauf`) {
		out[word] = true
	}
	return out
}()

// alike reports whether two words are forms of one another: "teach" and "teacher".
func alike(a, b string) bool {
	if a == b {
		return true
	}
	if strings.ContainsFunc(a+b, unicode.IsNumber) { // "12" and "12th", but not "12" and "123"
		return strings.TrimRightFunc(a, unicode.IsLetter) == strings.TrimRightFunc(b, unicode.IsLetter)
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	n := 0
	for n < len(short) && short[n] == long[n] {
		n++
	}
	return n >= 4 && n >= len(short)-1 && len(long)-n <= 4
}

// contradictions returns the positions of items that give an entity several values at once for a key that has one.
func (g *ground) contradictions(items []item) map[int]bool {
	first := map[string]int{}
	out := map[int]bool{}
	for n, it := range items {
		key, _, _ := g.shape(it.Key)
		if kind := kindOf(it); kind != kindAttribute && kind != kindRelation || it.From != "" || it.Until != "" || !extract.Functional(key) {
			continue
		}
		name := record.Normalise(it.Entity.Name)
		if isSpeaker(name) {
			name = "i"
		}
		slot := fmt.Sprint(int(it.Message), "/", name, "/", key)
		before, ok := first[slot]
		if !ok {
			first[slot] = n
			continue
		}
		was := items[before]
		if record.Normalise(cmp.Or(was.Target.Name, string(was.Value))) != record.Normalise(cmp.Or(it.Target.Name, string(it.Value))) {
			out[before], out[n] = true, true
		}
	}
	return out
}

// period reads the dates of an item. A date that it cannot read is left out. begunBy is the end of the period that the beginning names.
func period(from, until string, zone *time.Location) (valid record.Interval, begunBy time.Time) {
	if start, end, ok := date(from, zone); ok {
		valid.From, begunBy = start, end
	}
	if _, end, ok := date(until, zone); ok && (valid.From.IsZero() || end.After(valid.From)) {
		valid.Until = end
	}
	return valid, begunBy
}

// date reads YYYY, YYYY-MM or YYYY-MM-DD as the period that it names.
func date(s string, zone *time.Location) (start, end time.Time, ok bool) {
	s = strings.TrimSpace(s)
	for layout, length := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, "2006-01-02": {0, 0, 1}} {
		t, err := time.ParseInLocation(layout, s, zone)
		if err != nil || t.Year() < 1 || t.Year() > 9998 {
			continue
		}
		return t.UTC(), t.AddDate(length[0], length[1], length[2]).UTC(), true
	}
	return start, end, false
}
