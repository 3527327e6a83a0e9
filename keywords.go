package spectron

import (
	"context"
	"iter"

	"github.com/spectron-go/spectron/internal/documents"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
)

// Keywords are the keywords of the documents of a Context. Callers see those of the documents that they may read, and only these are counted.
type Keywords struct{ context *contextHandle }

// Keywords returns the keywords of the documents.
func (d *Documents) Keywords() *Keywords { return &Keywords{d.context} }

// DocumentKeyword is a keyword with the documents that have it.
type DocumentKeyword struct {
	Text          string            `json:"text"`            // as the newest of the documents has it
	Normalised    string            `json:"normalised"`      // the same for all spellings, in upper case
	Score         float64           `json:"score,omitempty"` // of a search, 0 to 1
	DocumentCount int               `json:"documentCount"`
	Documents     []KeywordDocument `json:"documents"` // the best first
}

// KeywordDocument is a document that has a keyword.
type KeywordDocument struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Score float64 `json:"score"` // Keyword.Score
}

// KeywordList selects keywords. Empty fields select all.
type KeywordList struct {
	Text         string // a part of the keyword
	MinDocuments int    // that have the keyword
	Sort         KeywordOrder
	// The page, as in PageRequest.
	Cursor    string
	Limit     int
	Offset    int
	WithTotal bool
}

// KeywordOrder is an order of keywords.
type KeywordOrder string

// The orders. "" is KeywordsByDocuments.
const (
	KeywordsByDocuments KeywordOrder = "documents" // those of most documents first
	KeywordsByName      KeywordOrder = "name"
)

// List lists keywords. Its cost is that of the documents that the caller may read. ErrInvalid and ErrTooLarge with the Field.
func (k *Keywords) List(ctx context.Context, q KeywordList) (Page[DocumentKeyword], error) {
	return callMemory(ctx, k.context, "list keywords", func(_ context.Context, by *gate.Call) (Page[DocumentKeyword], error) {
		return page(newDocumentKeyword)(documents.Keywords(by, documents.KeywordSelection{
			Request: paging.Request(q.page()), Text: q.Text, MinDocuments: q.MinDocuments, Sort: string(q.Sort),
		}))
	})
}

// All iterates over the keywords, starting at the requested page. It stops after the first error: see PageRequest.
func (k *Keywords) All(ctx context.Context, q KeywordList) iter.Seq2[DocumentKeyword, error] {
	return all(ctx, q, k.List)
}

func (q KeywordList) page() PageRequest {
	return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal}
}

func (q KeywordList) at(p PageRequest) KeywordList {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

// Get returns a keyword in any spelling. ErrNotFound: no document that the caller may read has it.
func (k *Keywords) Get(ctx context.Context, keyword string) (*DocumentKeyword, error) {
	return callMemory(ctx, k.context, "get keyword", func(_ context.Context, by *gate.Call) (*DocumentKeyword, error) {
		return one(newDocumentKeyword)(documents.GetKeyword(by, keyword))
	})
}

// KeywordSearch is a search of keywords.
type KeywordSearch struct {
	Query     string
	K         int     // maximum number of keywords; 0: 10, at most 50
	Threshold float64 // drops keywords with a lower Score
}

// Search returns the keywords that have words of the question, best first. The Score is the Dice coefficient: twice the number of words that both have,
// divided by the number of words of both; forms of one word are one. ErrInvalid and ErrTooLarge with the Field.
func (k *Keywords) Search(ctx context.Context, s KeywordSearch) ([]DocumentKeyword, error) {
	return callMemory(ctx, k.context, "search keywords", func(_ context.Context, by *gate.Call) ([]DocumentKeyword, error) {
		found, err := documents.SearchKeywords(by, s.Query, s.K, s.Threshold)
		return each(found, newDocumentKeyword), err
	})
}

// ForDocument returns the keywords of a document, the best first. ErrNotFound: the caller may read no document with that id.
func (k *Keywords) ForDocument(ctx context.Context, id string) ([]Keyword, error) {
	return callMemory(ctx, k.context, "keywords of document", func(_ context.Context, by *gate.Call) ([]Keyword, error) {
		found, err := documents.KeywordsOf(by, id)
		return each(found, newKeyword), err
	})
}

func newDocumentKeyword(k documents.Keyword) DocumentKeyword {
	return DocumentKeyword{k.Text, k.Normalised, k.Score, len(k.Documents), each(k.Documents, func(d documents.KeywordDocument) KeywordDocument { return KeywordDocument(d) })}
}
