package spectron_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// The calls that read and change documents: see leakMethod. leak_library_test.go has the attacks that need more than one call.

// leakDocument is a document of a place.
type leakDocument struct {
	id, place, text, title string
	set                    spectron.Scopes
	chunks                 []string // ids
	keywords               []spectron.Keyword
}

// documentText is the text of the document of a place. All have a keyword in common, and each links to all others.
func (w *leakWorld) documentText(p leakPlace) string {
	marker := w.marker("doc" + p.name)
	var links strings.Builder
	for _, other := range leakPlaces {
		fmt.Fprintf(&links, "- [Place](%s.md)\n", other.name)
	}
	return fmt.Sprintf("# Ledger %s\n\nThe quarterly harbour ledger audit report of %s is kept here.\n\n## Cranes\n\nThe crane of %s lifts steel. %s%s Jones works at Dockyard.\n\n## Places\n\n%s",
		marker, marker, marker, strings.ToUpper(marker[:1]), marker[1:], links.String())
}

// buildDocuments uploads a document in each place. It takes no minutes.
func (w *leakWorld) buildDocuments(tb testing.TB) {
	ctx := context.Background()
	for i, p := range leakPlaces {
		w.clock.Set(spectrontest.Epoch.Add(time.Duration(i) * time.Second))
		may := readableBy(p.set)
		w.marks[w.marker("doc"+p.name)] = may
		if w.who != nil && !may(w.who.grants) && !readsEvents(w.who.grants) { // an upload is an event
			continue
		}
		docs := w.authors[p.name].Documents()
		text := w.documentText(p)
		up, err := docs.Upload(ctx, spectron.UploadRequest{Reader: strings.NewReader(text), Name: p.name + ".md", Scopes: p.set, Labels: []string{"place=" + p.name}})
		require.NoError(tb, err)
		require.False(tb, up.Deduplicated)
		d, err := docs.Wait(ctx, up.ID)
		require.NoError(tb, err)
		require.NoError(tb, d.Err())
		made := leakDocument{id: d.ID, place: p.name, text: text, title: d.Title, set: p.set, keywords: d.Keywords}
		for c, err := range docs.AllChunks(ctx, spectron.ChunkQuery{DocumentID: d.ID}) {
			require.NoError(tb, err)
			made.chunks = append(made.chunks, c.ID)
		}
		require.Len(tb, made.chunks, d.Chunks)
		w.documents = append(w.documents, made)
	}
}

// documentOf returns the document of a place; nil in a world without it.
func (w *leakWorld) documentOf(place string) *leakDocument {
	i := slices.IndexFunc(w.documents, func(d leakDocument) bool { return d.place == place })
	if i < 0 {
		return nil
	}
	return &w.documents[i]
}

// documentIDs returns the ids of the documents of all places by place, or ids of none.
func (w *leakWorld) documentIDs() map[string]string {
	out := map[string]string{}
	for i, p := range leakPlaces {
		out[p.name] = fmt.Sprintf("document:9%07d", i)
		if d := w.documentOf(p.name); d != nil {
			out[p.name] = d.id
		}
	}
	return out
}

// documentsSeen returns the documents that a caller may read.
func (w *leakWorld) documentsSeen(c leakCaller) []leakDocument {
	return slices.DeleteFunc(slices.Clone(w.documents), func(d leakDocument) bool { return !seesSet(c.grants[spectron.MemoryRead], d.set) })
}

// ofDocument calls a method that returns something of one document.
func ofDocument[T any](do func(context.Context, *spectron.Documents, string) (T, error), lines func(T) []string, want func(leakDocument, spectron.Scopes) []string) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, _ *rand.Rand) (out []leakCall) {
		ids := w.documentIDs()
		for i, place := range slices.Sorted(maps.Keys(ids)) {
			id := ids[place]
			said := id
			if i%3 == 0 {
				id = strings.TrimPrefix(id, "document:")
			}
			out = append(out, reading(said, func(ctx context.Context, c *spectron.Context) (T, error) { return do(ctx, c.Documents(), id) }, lines,
				func(c leakCaller) ([]string, *spectron.Error) {
					d := w.documentOf(place)
					if d == nil || !seesSet(c.grants[spectron.MemoryRead], d.set) {
						return nil, spectron.ErrNotFound
					}
					all := want(*d, clausesSeen(c.grants[spectron.MemoryRead], d.set))
					slices.Sort(all)
					return all, nil
				}))
		}
		return out
	}
}

func documentGets(do func(context.Context, *spectron.Documents, string) (*spectron.Document, error)) func(*leakWorld, *rand.Rand) []leakCall {
	return ofDocument(do, func(d *spectron.Document) []string {
		return []string{fmt.Sprint(d.ID, d.Title, d.Scopes, d.Status, d.Chunks)}
	},
		func(d leakDocument, seen spectron.Scopes) []string {
			return []string{fmt.Sprint(d.id, d.title, seen, spectron.DocumentReady, len(d.chunks))}
		})
}

var rawReads = ofDocument(func(ctx context.Context, docs *spectron.Documents, id string) (string, error) {
	r, err := docs.Raw(ctx, id)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), err
}, func(text string) []string { return []string{text} }, func(d leakDocument, _ spectron.Scopes) []string { return []string{d.text} })

var chunkReads = ofDocument(func(ctx context.Context, docs *spectron.Documents, id string) ([]spectron.Chunk, error) {
	return leakPages(ctx, 2, func(ctx context.Context, r spectron.PageRequest) (spectron.Page[spectron.Chunk], error) {
		return docs.Chunks(ctx, spectron.ChunkQuery{DocumentID: id, Cursor: r.Cursor, Limit: r.Limit, Offset: r.Offset, WithTotal: r.WithTotal})
	})
}, func(all []spectron.Chunk) (lines []string) {
	for _, c := range all {
		lines = append(lines, c.ID)
	}
	return lines
}, func(d leakDocument, _ spectron.Scopes) []string { return slices.Clone(d.chunks) })

var keywordsOfDocument = ofDocument(func(ctx context.Context, docs *spectron.Documents, id string) ([]spectron.Keyword, error) {
	return docs.Keywords().ForDocument(ctx, id)
}, func(all []spectron.Keyword) (lines []string) {
	for _, k := range all {
		lines = append(lines, fmt.Sprint(k))
	}
	return lines
}, func(d leakDocument, _ spectron.Scopes) (lines []string) {
	for _, k := range d.keywords {
		lines = append(lines, fmt.Sprint(k))
	}
	return lines
})

// documentPages lists the documents.
func documentPages(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, selection := range []struct {
		q    spectron.DocumentList
		keep func(leakDocument) bool
	}{
		{spectron.DocumentList{}, func(leakDocument) bool { return true }},
		{spectron.DocumentList{Status: spectron.DocumentReady, MIMEType: "text/markdown"}, func(leakDocument) bool { return true }},
		{spectron.DocumentList{Status: spectron.DocumentFailed}, func(leakDocument) bool { return false }},
		{spectron.DocumentList{MIMEType: "text/html"}, func(leakDocument) bool { return false }},
		{spectron.DocumentList{Source: "x"}, func(leakDocument) bool { return false }},
		{spectron.DocumentList{Label: "place=beta"}, func(d leakDocument) bool { return d.place == "beta" }},
		{spectron.DocumentList{Label: "place=acme"}, func(d leakDocument) bool { return d.place == "acme" }},
	} {
		limit := leakPick(random, 1, 3, 500)
		out = append(out, reading(fmt.Sprintf("%+v %d", selection.q, limit), func(ctx context.Context, c *spectron.Context) ([]spectron.Document, error) {
			return leakPages(ctx, limit, func(ctx context.Context, r spectron.PageRequest) (spectron.Page[spectron.Document], error) {
				q := selection.q
				q.Cursor, q.Limit, q.Offset, q.WithTotal = r.Cursor, r.Limit, r.Offset, r.WithTotal
				return c.Documents().List(ctx, q)
			})
		}, func(all []spectron.Document) (lines []string) {
			for i, d := range all {
				older := i == 0 || !all[i-1].CreatedAt.Before(d.CreatedAt)
				lines = append(lines, fmt.Sprint(d.ID, d.Title, d.Scopes, older))
			}
			return lines
		}, func(c leakCaller) (lines []string, _ *spectron.Error) {
			for _, d := range w.documentsSeen(c) {
				if selection.keep(d) {
					lines = append(lines, fmt.Sprint(d.id, d.title, clausesSeen(c.grants[spectron.MemoryRead], d.set), true))
				}
			}
			slices.Sort(lines)
			return lines, nil
		}))
	}
	return out
}

// documentQueries searches by a word of every title, so that each mode finds everything that passes the filters, and by the words of single documents.
func documentQueries(w *leakWorld, random *rand.Rand) (out []leakCall) {
	ids := w.documentIDs()
	for _, mode := range []spectron.Mode{"", spectron.ModeBM25, spectron.ModeHybrid, spectron.ModeVector, spectron.ModeHybridGraph} {
		for n := range 7 {
			q := spectron.DocumentQuery{Query: "ledger", Mode: mode, K: 50, IncludeDuplicates: true, Neighbours: random.IntN(3), Section: random.IntN(2) == 0}
			lens, place := leakPick(random, leakLenses...), leakPick(random, "beta", "acme", "both", "owned")
			switch n {
			case 1, 2:
				q.Lens = lens
			case 3:
				q.DocumentIDs = []string{ids[place], ids["beta"], ids["alice"]}
			case 4:
				q.Labels = []string{"place=" + place}
			case 5:
				q.MIMETypes = []string{"text/html"}
			case 6:
				q.Query = leakPick(random, w.marker("docbeta"), w.marker("docacme")+" crane", "Which crane lifts steel?", "places")
				q.IncludeDuplicates = false
			}
			call := reading(fmt.Sprintf("%+v", q), func(ctx context.Context, c *spectron.Context) (*spectron.DocumentHits, error) {
				r, err := c.Documents().Query(ctx, q)
				if r != nil {
					r.TraceID = ""
				}
				return r, err
			}, func(r *spectron.DocumentHits) (lines []string) {
				for _, h := range r.Hits {
					lines = append(lines, h.ChunkID)
				}
				return lines
			}, func(c leakCaller) (lines []string, _ *spectron.Error) {
				for _, d := range w.documentsSeen(c) {
					if throughLens(q.Lens, clausesSeen(c.grants[spectron.MemoryRead], d.set)) && (n != 3 || slices.Contains(q.DocumentIDs, d.id)) && (n != 4 || place == d.place) && n != 5 {
						lines = append(lines, d.chunks...)
					}
				}
				slices.Sort(lines)
				return lines, nil
			})
			call.some = n == 6
			out = append(out, call)
		}
	}
	return out
}

// documentRecalls asks memory for parts of documents. A section is named by its first chunk, and what is beside a hit by its chunk.
func documentRecalls(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for n := range 12 {
		req := spectron.RecallRequest{
			Query: leakPick(random, "ledger", "quarterly harbour ledger audit", "Which crane lifts steel?", w.marker("docbeta")), K: 1 + random.IntN(50), IncludeWeak: true,
			Mode: leakPick(random, "", spectron.ModeBM25, spectron.ModeVector), Kinds: []spectron.Kind{leakPick(random, spectron.KindChunk, spectron.KindSection)},
			IncludeDuplicates: random.IntN(2) == 0,
		}
		whole := n%2 == 0
		if whole {
			req.Query, req.K, req.IncludeDuplicates, req.Mode, req.Kinds = "ledger", 50, true, spectron.ModeBM25, []spectron.Kind{spectron.KindChunk}
		}
		if n > 2 {
			req.Lens = leakPick(random, leakLenses...)
		}
		place := leakPick(random, "beta", "acme", "both", "owned")
		if n > 6 {
			req.Labels = []string{"place=" + place}
		}
		call := reading(fmt.Sprintf("%+v", req), recalling(req), func(r *spectron.Recalled) (lines []string) {
			for _, h := range r.Hits {
				lines = append(lines, strings.Replace(h.ID, "section:", "chunk:", 1))
			}
			for _, h := range r.ContextHits {
				lines = append(lines, h.ID)
			}
			slices.Sort(lines)
			return slices.Compact(lines)
		}, func(c leakCaller) (lines []string, _ *spectron.Error) {
			for _, d := range w.documentsSeen(c) {
				if throughLens(req.Lens, clausesSeen(c.grants[spectron.MemoryRead], d.set)) && (len(req.Labels) == 0 || place == d.place) {
					lines = append(lines, d.chunks...)
				}
			}
			slices.Sort(lines)
			return lines, nil
		})
		call.some = !whole
		out = append(out, call)
	}
	return out
}

// documentInspections inspects documents, their chunks and their sections.
func documentInspections(w *leakWorld, _ *rand.Rand) (out []leakCall) {
	ids := w.documentIDs()
	for _, place := range slices.Sorted(maps.Keys(ids)) {
		for n, ref := range []string{ids[place], strings.Replace(ids[place], "document:", "chunk:", 1) + ".000001.00000000", strings.Replace(ids[place], "document:", "section:", 1) + ".000001.00000001"} {
			out = append(out, reading(ref, func(ctx context.Context, c *spectron.Context) (*spectron.Inspection, error) {
				return c.Memory().Inspect(ctx, ref)
			},
				func(i *spectron.Inspection) []string {
					if n == 0 {
						return []string{i.Document.ID}
					}
					return []string{i.Record.Source.Document.ID, i.Record.ID}
				}, func(c leakCaller) ([]string, *spectron.Error) {
					d := w.documentOf(place)
					switch {
					case d == nil || !seesSet(c.grants[spectron.MemoryRead], d.set):
						return nil, spectron.ErrNotFound
					case n == 0:
						return []string{ref}, nil
					}
					return []string{d.id, ref}, nil
				}))
		}
	}
	return out
}

func linkReads(w *leakWorld, _ *rand.Rand) []leakCall {
	return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) (*spectron.LinkCount, error) {
		return c.Documents().RecomputeLinks(ctx)
	}, func(n *spectron.LinkCount) []string { return []string{fmt.Sprint(n.LinksEmitted)} }, func(c leakCaller) ([]string, *spectron.Error) {
		n := len(w.documentsSeen(c))
		return []string{fmt.Sprint(n * (n - 1))}, nil
	})}
}

func keywordLine(k spectron.DocumentKeyword) string {
	var ids []string
	for _, d := range k.Documents {
		ids = append(ids, d.ID+" "+d.Title)
	}
	slices.Sort(ids)
	return fmt.Sprint(k.Normalised, k.DocumentCount, ids)
}

// keywordsSeen returns the lines of the keywords of what a caller may read, by keyword.
func (w *leakWorld) keywordsSeen(c leakCaller, keep func(word string, count int) bool) []string {
	having := map[string][]string{}
	for _, d := range w.documentsSeen(c) {
		for _, k := range d.keywords {
			having[k.Normalised] = append(having[k.Normalised], d.id+" "+d.title)
		}
	}
	var lines []string
	for word, ids := range having {
		if slices.Sort(ids); keep(word, len(ids)) {
			lines = append(lines, fmt.Sprint(word, len(ids), ids))
		}
	}
	slices.Sort(lines)
	return lines
}

func keywordPages(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, q := range []spectron.KeywordList{{}, {MinDocuments: 2}, {Sort: spectron.KeywordsByName}, {Text: "Ledger"}, {Text: w.marker("docbeta")}, {MinDocuments: 4, Sort: spectron.KeywordsByDocuments}} {
		limit := leakPick(random, 1, 4, 500)
		out = append(out, reading(fmt.Sprintf("%+v %d", q, limit), func(ctx context.Context, c *spectron.Context) ([]spectron.DocumentKeyword, error) {
			return leakPages(ctx, limit, func(ctx context.Context, r spectron.PageRequest) (spectron.Page[spectron.DocumentKeyword], error) {
				q := q
				q.Cursor, q.Limit, q.Offset, q.WithTotal = r.Cursor, r.Limit, r.Offset, r.WithTotal
				return c.Documents().Keywords().List(ctx, q)
			})
		}, func(all []spectron.DocumentKeyword) (lines []string) {
			for _, k := range all {
				lines = append(lines, keywordLine(k))
			}
			return lines
		}, func(c leakCaller) ([]string, *spectron.Error) {
			return w.keywordsSeen(c, func(word string, count int) bool {
				return count >= q.MinDocuments && strings.Contains(word, strings.ToUpper(q.Text))
			}), nil
		}))
	}
	return out
}

// someKeywords returns keywords of the full world.
func (w *leakWorld) someKeywords() []string {
	out := []string{"quarterly harbour ledger audit report", "Quarterly  HARBOUR ledger audit report", "nothing"}
	for _, p := range leakPlaces {
		out = append(out, "ledger "+w.marker("doc"+p.name), w.marker("doc"+p.name))
	}
	return out
}

func keywordGets(w *leakWorld, _ *rand.Rand) (out []leakCall) {
	for _, word := range w.someKeywords() {
		normal := strings.Join(strings.Fields(strings.ToUpper(word)), " ")
		out = append(out, reading(word, func(ctx context.Context, c *spectron.Context) (*spectron.DocumentKeyword, error) {
			return c.Documents().Keywords().Get(ctx, word)
		}, func(k *spectron.DocumentKeyword) []string { return []string{keywordLine(*k)} }, func(c leakCaller) ([]string, *spectron.Error) {
			lines := w.keywordsSeen(c, func(word string, _ int) bool { return word == normal })
			if len(lines) == 0 {
				return nil, spectron.ErrNotFound
			}
			return lines, nil
		}))
	}
	return out
}

func keywordSearches(w *leakWorld, _ *rand.Rand) (out []leakCall) {
	for _, word := range append(w.someKeywords(), "ledger", "harbour report") {
		out = append(out, reading(word, func(ctx context.Context, c *spectron.Context) ([]spectron.DocumentKeyword, error) {
			return c.Documents().Keywords().Search(ctx, spectron.KeywordSearch{Query: word, K: 50})
		}, func(all []spectron.DocumentKeyword) (lines []string) {
			for _, k := range all {
				lines = append(lines, keywordLine(k))
			}
			return lines
		}, func(c leakCaller) ([]string, *spectron.Error) {
			asked := strings.Fields(strings.ToUpper(word))
			return w.keywordsSeen(c, func(word string, _ int) bool {
				return slices.ContainsFunc(strings.Fields(word), func(part string) bool { return slices.Contains(asked, part) })
			}), nil
		}))
	}
	return out
}

// leakUpload is what an upload returns at once, whether a worker has begun or not.
type leakUpload struct {
	ID, Name, Source, Hash string
	Deduplicated           bool
	Scopes                 spectron.Scopes
	Labels                 []string
	Size                   int64
	CreatedAt              time.Time
}

// settled waits until what was uploaded is ready.
func (w *leakWorld) settled(ctx context.Context, d spectron.Document, deduplicated bool) (leakUpload, error) {
	_, err := w.all.Documents().Wait(ctx, d.ID)
	return leakUpload{d.ID, d.Name, d.Source, d.ContentHash, deduplicated, d.Scopes, d.Labels, d.SizeBytes, d.CreatedAt}, err
}

// uploadWrites uploads the bytes of documents of all places into all places.
func uploadWrites(folder bool) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, random *rand.Rand) (out []leakCall) {
		for _, p := range w.newPlaces() {
			text := w.documentText(leakPick(random, leakPlaces...))
			out = append(out, writing(fmt.Sprint(p.set, text), func(ctx context.Context, c *spectron.Context) (leakUpload, error) {
				if folder {
					done, err := c.Documents().UploadFolder(ctx, spectron.FolderRequest{FS: fstest.MapFS{"a/b.md": {Data: []byte(text)}}, Scopes: p.set})
					if err != nil {
						return leakUpload{}, err
					}
					return w.settled(ctx, done.Documents[0].Document, done.Documents[0].Deduplicated)
				}
				done, err := c.Documents().Upload(ctx, spectron.UploadRequest{Reader: strings.NewReader(text), Name: "b.md", Scopes: p.set})
				if err != nil {
					return leakUpload{}, err
				}
				return w.settled(ctx, done.Document, done.Deduplicated)
			}, func(c leakCaller) *spectron.Error { return w.mayWrite(c, p.set) }))
		}
		return out
	}
}

// documentWrites deletes documents, or processes them again.
func documentWrites(reprocess bool) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, _ *rand.Rand) (out []leakCall) {
		ids := w.documentIDs()
		for i, place := range slices.Sorted(maps.Keys(ids)) {
			id := ids[place]
			out = append(out, writing(id, func(ctx context.Context, c *spectron.Context) (leakUpload, error) {
				if !reprocess {
					return leakUpload{}, c.Documents().Delete(ctx, id)
				}
				var req spectron.ReprocessRequest
				if i%2 == 0 {
					req = spectron.ReprocessRequest{Reader: strings.NewReader("Another ledger."), Name: "other.txt"}
				}
				d, err := c.Documents().Reprocess(ctx, id, req)
				if err != nil {
					return leakUpload{}, err
				}
				return w.settled(ctx, *d, false)
			}, func(c leakCaller) *spectron.Error {
				d := w.documentOf(place)
				if d == nil || !seesSet(c.grants[spectron.MemoryRead], d.set) {
					return spectron.ErrNotFound
				}
				seen := clausesSeen(c.grants[spectron.MemoryRead], d.set)
				if reprocess && (len(seen) < len(d.set) || !holdsSet(c.grants[spectron.MemoryWrite], d.set)) || !reprocess && !holdsSet(c.grants[spectron.MemoryForget], seen) {
					return spectron.ErrForbidden
				}
				return nil
			}))
		}
		return out
	}
}
