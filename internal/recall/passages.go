package recall

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

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
func (v *View) SearchPassages(ctx context.Context, q PassageQuery) ([]PassageHit, error) {
	if err := v.rlock(ctx); err != nil {
		return nil, err
	}
	defer v.mu.RUnlock()
	return v.library.search(q)
}

func (l *library) search(q PassageQuery) (hits []PassageHit, err error) {
	if q.Documents != nil || q.MediaTypes != nil {
		q.Filter.Keep = also(q.Filter.Keep, l.of(func(d *record.Document) bool {
			return (q.Documents == nil || q.Documents[d.ID]) && (q.MediaTypes == nil || slices.Contains(q.MediaTypes, d.MediaType))
		}))
	}
	found, err := l.index.Search(q.Query)
	for _, h := range found {
		if p, d := l.passage(h.ID); p != nil {
			hits = append(hits, PassageHit{l.text(*p), *d, h.Score, h.Relevance, h.Why, h.Duplicates})
		}
	}
	return hits, err
}

// of returns a condition on passages that holds if one on their documents does.
func (l *library) of(holds func(*record.Document) bool) func(id string) bool {
	return func(id string) bool {
		d := l.documents[store.DocumentOf(id)]
		return d != nil && holds(&d.Document)
	}
}

// Quoted is a passage of a document, or a section, as a hit has it.
type Quoted struct {
	record.Passage // of a section: its first one, with the text and the span of all that the hit has
	Source         record.Document
}

// Remembers reports whether some of the kinds are records of memory. The others are parts of documents.
func Remembers(kinds []record.Kind) bool {
	memory, _, _ := wanted(kinds)
	return memory
}

// wanted reports which hits a question wants: those of memory, passages of documents, or whole sections of documents in place of passages.
func wanted(kinds []record.Kind) (memory, passages, sections bool) {
	sections = slices.Contains(kinds, record.KindSection)
	passages = len(kinds) == 0 || sections || slices.Contains(kinds, record.KindChunk)
	memory = len(kinds) == 0 || slices.ContainsFunc(kinds, func(k record.Kind) bool { return k != record.KindChunk && k != record.KindSection })
	return memory, passages, sections
}

// quotes puts the passages that answer a question among the hits of memory. Scores and relevances mean the same in both. search is the query for the
// index of memory.
func (v *View) quotes(q *Query, search index.Query, out *Result) error {
	_, passages, sections := wanted(q.Filter.Kinds)
	filter, ok := v.libraryFilter(q)
	if !passages || !ok || q.Sessions != nil || len(v.library.documents) == 0 {
		return nil
	}
	count := 0
	search.Filter, search.Candidates, search.All, search.Whole = filter, &count, true, true
	search.Weak, search.Outdated, search.Sessions, search.Importance, search.Origin = nil, nil, nil, nil, nil
	var quoted []Hit
	search.K = cmp.Or(q.K, index.DefaultK)
	for k, more := search.K, true; more; search.K = min(sectionPool*search.K, index.MaxK) { // several passages may be of one section
		found, err := v.library.search(PassageQuery{Query: search})
		if err != nil {
			return err
		}
		quoted = v.library.quoted(found, sections)
		more = sections && len(quoted) < k && len(found) >= search.K && search.K < index.MaxK
	}
	out.Candidates += count
	out.Hits = first(*q, together(*q, out.Hits, quoted))
	var err error
	for _, h := range out.Hits {
		out.Confident = out.Confident || h.Quoted != nil && h.Relevance >= Confident
	}
	if q.Beside {
		out.Beside, err = v.library.beside(search, out.Hits)
	}
	return err
}

// sectionPool times as many passages are searched if they are of too few sections.
const sectionPool = 4

// libraryFilter returns the filter for passages. false: no passage can pass. Passages are said by nobody, in no session and nowhere. They are known
// since their version was made, and hold at any time.
func (v *View) libraryFilter(q *Query) (index.Filter, bool) {
	f, told := q.Filter, q.Told
	if f.Session != "" || told.Role != "" || told.By != "" || told.In != nil {
		return f, false
	}
	out := index.Filter{
		Visible: f.Visible, Within: f.Within, Lens: f.Lens, Labels: f.Labels, Category: f.Category, Source: f.Source, AsOf: f.AsOf,
	}
	if !told.After.IsZero() || !told.Before.IsZero() {
		then := &index.Told{After: told.After, Before: told.Before}
		out.Keep = also(out.Keep, v.library.of(func(d *record.Document) bool { return then.Then(d.At()) }))
	}
	if at := q.StoredAt; !at.IsZero() {
		out.Keep = also(out.Keep, v.library.of(func(d *record.Document) bool { return !d.CompletedAt.After(at) }))
	}
	return out, true
}

// quoted returns passages as hits, or the sections that they are in.
func (l *library) quoted(found []PassageHit, sections bool) (out []Hit) {
	known := map[string]bool{}
	for _, p := range found {
		h := Hit{
			ID: p.ID, Kind: record.KindChunk, Text: p.Text, Score: p.Score, Relevance: p.Relevance, Why: p.Why, Duplicates: p.Duplicates,
			Quoted: &Quoted{p.Passage, p.Source},
		}
		if sections {
			from, to := l.section(&p.Passage)
			h = l.sectionHit(h, from, to)
			if known[h.ID] {
				continue
			}
			known[h.ID] = true
		}
		out = append(out, h)
	}
	return out
}

// MaxSection is the number of passages of a section that are shown together, at most.
const MaxSection = 20

// section returns the range of the passages of the section of a passage. A long section is several parts of MaxSection passages: it is the part then.
func (l *library) section(p *record.Passage) (from, to int) {
	all := l.documents[p.Document].passages
	from, to = p.Position, p.Position+1
	for from > 0 && slices.Equal(all[from-1].Section, p.Section) {
		from--
	}
	from += (p.Position - from) / MaxSection * MaxSection
	for to < len(all) && to-from < MaxSection && slices.Equal(all[to].Section, p.Section) {
		to++
	}
	return from, to
}

// sectionHit returns the hit of a passage as one of its section.
func (l *library) sectionHit(h Hit, from, to int) Hit {
	all := l.texts(l.documents[h.Quoted.Document].passages[from:to])
	whole := *h.Quoted
	whole.Passage = all[0]
	whole.Text = record.Joined(all)
	whole.End, whole.Tokens, whole.Repeats, whole.Findings = all[len(all)-1].End, 0, 0, nil
	for _, p := range all {
		whole.Tokens += p.Tokens
		for _, kind := range p.Findings {
			if !slices.Contains(whole.Findings, kind) {
				whole.Findings = append(whole.Findings, kind)
			}
		}
	}
	_, key, _ := strings.Cut(all[0].ID, ":")
	h.ID, h.Kind, h.Text, h.Quoted, h.Duplicates = string(record.KindSection)+":"+key, record.KindSection, whole.Text, &whole, nil
	return h
}

// together puts passages among the hits of memory, which keep their order: each before the hits that all have lower scores. If the question wants no
// weak hits, those far behind the best one are left out: passages always, hits of memory only if the best passage is better than all of them, because
// the search of memory has left out its own.
func together(q Query, hits, quoted []Hit) []Hit {
	best := func(lists ...[]Hit) (score, relevance float64) {
		for _, h := range slices.Concat(lists...) {
			score, relevance = max(score, h.Score), max(relevance, h.Relevance)
		}
		return score, relevance
	}
	score, relevance := best(hits, quoted)
	weak := func(h Hit) bool { return !q.Weak && (h.Score < score/5 || h.Relevance < relevance/5) }
	// A passage without a word of the question says nothing about it, unless the vectors know meaning: a few of them cannot say who stands out.
	quoted = slices.DeleteFunc(quoted, func(h Hit) bool { return weak(h) || !q.Weak && !q.Semantic && h.Relevance == 0 })
	if len(quoted) == 0 {
		return hits
	}
	if own, _ := best(hits); own < score {
		hits = slices.DeleteFunc(slices.Clone(hits), weak)
	}
	out := make([]Hit, 0, len(hits)+len(quoted))
	for i := range hits {
		best := 0.0 // of this hit and those behind it
		for _, h := range hits[i:] {
			best = max(best, h.Score)
		}
		for len(quoted) > 0 && quoted[0].Score > best {
			out, quoted = append(out, quoted[0]), quoted[1:]
		}
		out = append(out, hits[i])
	}
	return append(out, quoted...)
}

// Beside is a passage beside a hit.
type Beside struct {
	Hit
	Of    string // id of the hit
	Why   BesideReason
	Label string // the path of the section, or the keyword
}

// BesideReason says why a passage is beside a hit.
type BesideReason string

// The reasons.
const (
	SameSection BesideReason = "section" // it is the next or the previous one, in the same section
	SameKeyword BesideReason = "keyword" // its document has a keyword in common with that of the hit
)

// Limits of what is shown beside hits.
const (
	expanded    = 3 // hits of documents whose sections and keywords count
	mostBridges = 3 // passages of other documents
)

// MostSharing is the number of documents up to which a common keyword connects them. If more have it, it says nothing.
const MostSharing = 20

// beside returns passages beside the hits: the siblings in their sections, and one passage of each of a few documents that share a keyword.
func (l *library) beside(search index.Query, hits []Hit) (out []Beside, err error) {
	shown, documents := map[string]bool{}, map[string]bool{}
	var from []*Hit
	for i := range hits {
		h := &hits[i]
		shown[h.ID] = true
		if h.Quoted == nil {
			continue
		}
		documents[h.Quoted.Document] = true
		if len(from) < expanded {
			from = append(from, h)
		}
	}
	add := func(p PassageHit, of *Hit, why BesideReason, label string) {
		if !shown[p.ID] && len(p.Findings) == 0 {
			shown[p.ID] = true
			out = append(out, Beside{l.quoted([]PassageHit{p}, false)[0], of.ID, why, label})
		}
	}
	for _, h := range from {
		if h.Kind == record.KindSection {
			continue
		}
		start, end := l.section(&h.Quoted.Passage)
		for _, p := range l.texts(l.documents[h.Quoted.Document].passages[max(start, h.Quoted.Position-1):min(end, h.Quoted.Position+2)]) {
			add(PassageHit{Passage: p, Source: h.Quoted.Source}, h, SameSection, strings.Join(p.Section, record.SectionSeparator))
		}
	}
	bridges, asked := 0, map[string]bool{}
	visible := func(set record.ScopeSet) bool { // documents have few scope sets
		if search.Filter.Visible == nil {
			return true
		}
		key := scope.Key(set)
		sees, known := asked[key]
		if !known {
			sees = search.Filter.Visible(set)
			asked[key] = sees
		}
		return sees
	}
	for _, h := range from {
		for _, k := range h.Quoted.Source.Keywords {
			sharing := l.sharing(k.Normalised, visible)
			if sharing = slices.DeleteFunc(sharing, func(id string) bool { return documents[id] }); len(sharing) == 0 || bridges == mostBridges {
				continue
			}
			among := map[string]bool{}
			for _, id := range sharing {
				among[id] = true
			}
			for len(among) > 0 && bridges < mostBridges {
				q := search
				q.Text, q.Terms, q.Beside, q.Mode, q.K, q.Vector, q.MinRelevance, q.Candidates = k.Text, nil, "", index.Lexical, 1, nil, 0, nil
				q.Filter.Keep = also(q.Filter.Keep, func(id string) bool {
					p, _ := l.passage(id)
					return p != nil && len(p.Findings) == 0
				})
				found, err := l.search(PassageQuery{Query: q, Documents: among})
				if err != nil {
					return out, err
				}
				if len(found) == 0 { // a filter leaves them out
					break
				}
				found[0].Score, found[0].Relevance, found[0].Why = 0, 0, index.Why{}
				add(found[0], h, SameKeyword, k.Text)
				delete(among, found[0].Document)
				documents[found[0].Document] = true
				bridges++
			}
		}
	}
	return out, nil
}

// sharing returns the ids of the documents with a keyword that a caller sees, by id; none, if they are many.
func (l *library) sharing(keyword string, visible func(record.ScopeSet) bool) (out []string) {
	for _, id := range l.about[keyword] {
		if !visible(l.documents[id].Scopes) {
			continue
		}
		if out = append(out, id); len(out) > MostSharing {
			return nil
		}
	}
	slices.Sort(out)
	return out
}

// isPart reports whether an id is that of a passage or a section.
func isPart(id string) bool {
	table, _, _ := strings.Cut(id, ":")
	return table == string(record.KindChunk) || table == string(record.KindSection)
}

// part returns a passage, or the first one of a section, and its document.
func (l *library) part(id string) (*record.Passage, *record.Document) {
	if !isPart(id) {
		return nil, nil
	}
	_, key, _ := strings.Cut(id, ":")
	return l.passage(store.InTable(store.TablePassage, key))
}

// QuotedAt returns a passage or a section of a document by its id, if a reader sees it and it was known at a point.
func (v *View) QuotedAt(r Reader, id string, at Point) (Hit, bool) {
	return found(v, func() (h Hit, ok bool) {
		kind, _, _ := strings.Cut(id, ":")
		p, d := v.library.part(id)
		if p == nil || !r.Sees(d.Scopes) || !at.known(d.CompletedAt, d.CompletedAt) {
			return h, false
		}
		h = v.library.quoted([]PassageHit{{Passage: v.library.text(*p), Source: *d}}, kind == string(record.KindSection))[0]
		return h, h.ID == id // a section has the id of its first passage
	})
}
