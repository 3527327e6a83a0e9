package documents

import (
	"net/url"
	"path"
	"strings"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// The kinds of edges between documents.
const (
	EdgeLink    = "link"                     // one links to the other
	EdgeKeyword = string(recall.SameKeyword) // both have a keyword
)

// edge leads from a document to another one.
type edge struct {
	kind   string
	to     string // id
	label  string // the keyword, or the target of the link
	weight float64
}

// graph has the edges between the documents that a caller may read. It is made of what is stored, so it is never older than the documents.
type graph struct {
	documents map[string]record.Document
	edges     map[string][]edge
	links     int
}

// linkWeight is the weight of a link. A keyword has this divided by the number of documents that have it, less one.
const linkWeight = 1.0

// newGraph returns the graph of the documents that the caller may read. Its cost is that of these documents.
func newGraph(by *gate.Call) *graph {
	g := &graph{documents: map[string]record.Document{}, edges: map[string][]edge{}}
	places := map[string]string{} // ids by source, name and last part of the name; "" if several have it
	place := func(key, id string) {
		if other, known := places[key]; key != "" && known && other != id {
			id = ""
		}
		places[key] = id
	}
	having := map[string][]string{} // ids by keyword
	by.Live.View.Load().EachDocument(reach(by), recall.Place{}, func(d record.Document) bool {
		g.documents[d.ID] = d
		place(address(d.Source), d.ID)
		place(address(d.Name), d.ID)
		place(path.Base(address(d.Name)), d.ID)
		for _, k := range d.Keywords {
			having[k.Normalised] = append(having[k.Normalised], d.ID)
		}
		return true
	})
	for id, d := range g.documents {
		known := map[string]bool{id: true}
		for _, target := range d.Links {
			to := resolve(places, &d, target)
			if to == "" || known[to] {
				continue
			}
			known[to] = true
			g.links++
			g.edges[id] = append(g.edges[id], edge{EdgeLink, to, target, linkWeight})
			g.edges[to] = append(g.edges[to], edge{EdgeLink, id, target, linkWeight})
		}
	}
	for word, ids := range having {
		if len(ids) < 2 || len(ids) > recall.MostSharing {
			continue
		}
		weight := linkWeight / float64(len(ids)-1)
		for _, a := range ids {
			for _, b := range ids {
				if a != b {
					g.edges[a] = append(g.edges[a], edge{EdgeKeyword, b, word, weight})
				}
			}
		}
	}
	return g
}

// address returns a URL or path in the form in which links are compared: without a fragment, and without a slash at its end.
func address(s string) string {
	s, _, _ = strings.Cut(s, "#")
	s = strings.TrimSuffix(strings.TrimSpace(s), "/")
	if u, err := url.PathUnescape(s); err == nil {
		s = u
	}
	return strings.TrimPrefix(s, "./")
}

// resolve returns the id of the document that a link leads to; "": none.
func resolve(places map[string]string, from *record.Document, target string) string {
	to := address(target)
	if to == "" {
		return ""
	}
	if id := places[to]; id != "" {
		return id
	}
	for _, base := range []string{from.Source, from.Name} {
		b, err := url.Parse(base)
		if err != nil || base == "" {
			continue
		}
		t, err := url.Parse(target)
		if err != nil {
			continue
		}
		if id := places[address(b.ResolveReference(t).String())]; id != "" {
			return id
		}
		if id := places[address(path.Join(path.Dir(base), to))]; id != "" {
			return id
		}
	}
	return ""
}

// Links returns the number of links between the documents that the caller may read.
func Links(by *gate.Call) int { return newGraph(by).links }
