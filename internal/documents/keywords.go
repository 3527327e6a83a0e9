package documents

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/keyphrase"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Keyword is a keyword of the documents that a caller may read.
type Keyword struct {
	Text       string // as the newest of the documents has it
	Normalised string
	Documents  []KeywordDocument // the best first
	Score      float64           // of a search
}

// KeywordDocument is a document with a keyword.
type KeywordDocument struct {
	ID, Title string
	Score     float64
}

// keywords returns the keywords of all documents that the caller may read. Its cost is that of these documents.
func keywords(by *gate.Call) map[string]*Keyword {
	all := map[string]*Keyword{}
	by.Live.View.Load().EachDocument(reach(by), recall.Place{}, func(d record.Document) bool {
		for _, k := range d.Keywords {
			e := all[k.Normalised]
			if e == nil {
				e = &Keyword{Text: k.Text, Normalised: k.Normalised}
				all[k.Normalised] = e
			}
			e.Documents = append(e.Documents, KeywordDocument{d.ID, d.Title, k.Score})
		}
		return true
	})
	return all
}

// KeywordSelection selects keywords.
type KeywordSelection struct {
	paging.Request
	Text         string // part of the normalised form
	MinDocuments int
	Sort         string // "documents" or "name"
}

// Keywords lists keywords.
func Keywords(by *gate.Call, q KeywordSelection) (page paging.Page[Keyword], err error) {
	if q.Request, err = q.Checked(paging.Most); err != nil {
		return page, err
	}
	if err := input.Text("Text", q.Text, record.MaxTitle); err != nil {
		return page, err
	}
	if q.MinDocuments < 0 {
		return page, fault.Bad("MinDocuments", "%d is negative", q.MinDocuments)
	}
	if q.Cursor != "" { // the cursor is the number of keywords before the page
		if q.Offset, err = strconv.Atoi(q.Cursor); err != nil || q.Offset < 1 {
			return page, fault.Bad("Cursor", "it is not from a page of keywords")
		}
	}
	order := byDocuments
	switch q.Sort {
	case "", "documents":
	case "name":
		order = byName
	default:
		return page, fault.Bad("Sort", "unknown order %q; the orders are documents and name", q.Sort)
	}
	part := keyphrase.Normalise(q.Text)
	var found []Keyword
	for _, k := range keywords(by) {
		if len(k.Documents) >= q.MinDocuments && strings.Contains(k.Normalised, part) {
			found = append(found, *k)
		}
	}
	slices.SortFunc(found, order)
	if q.WithTotal {
		page.Total = len(found)
	}
	total := page.Total
	found = found[min(q.Offset, len(found)):]
	page = paging.Cut(found, q.Limit, func(Keyword) string { return strconv.Itoa(q.Offset + q.Limit) })
	page.Total = total
	for i := range page.Items {
		page.Items[i].sort()
	}
	return page, nil
}

func byName(a, b Keyword) int { return strings.Compare(a.Normalised, b.Normalised) }

func byDocuments(a, b Keyword) int {
	return cmp.Or(cmp.Compare(len(b.Documents), len(a.Documents)), byName(a, b))
}

func (k *Keyword) sort() {
	slices.SortFunc(k.Documents, func(a, b KeywordDocument) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
}

// GetKeyword returns a keyword, by any spelling of its normalised form.
func GetKeyword(by *gate.Call, name string) (Keyword, error) {
	if err := input.Text("Normalised", name, record.MaxTitle); err != nil {
		return Keyword{}, err
	}
	k := keywords(by)[keyphrase.Normalise(name)]
	if k == nil {
		return Keyword{}, fault.New(fault.NotFound, "Normalised", "no such keyword")
	}
	k.sort()
	return *k, nil
}

// SearchKeywords returns the keywords that have the words of a question, best first. The score is the Dice coefficient of their words, in the form
// in which a search compares them: twice the number of common words, divided by the number of words of both.
func SearchKeywords(by *gate.Call, text string, k int, threshold float64) ([]Keyword, error) {
	if err := input.Text("Query", text, maxQuestion); err != nil {
		return nil, err
	}
	switch {
	case record.Blank(text):
		return nil, fault.Bad("Query", "empty")
	case k < 0 || k > maxK:
		return nil, fault.Bad("K", "%d is not between 1 and %d", k, maxK)
	case !(threshold >= 0 && threshold <= 1): // the negated form also refuses NaN
		return nil, fault.Bad("Threshold", "%v is not between 0 and 1", threshold)
	}
	if k == 0 {
		k = index.DefaultK
	}
	wanted := wordsOf(text)
	var found []Keyword
	for _, e := range keywords(by) {
		words, common := wordsOf(e.Text), 0
		for w := range words {
			if wanted[w] {
				common++
			}
		}
		if e.Score = 2 * float64(common) / float64(max(1, len(words)+len(wanted))); common > 0 && e.Score >= threshold {
			found = append(found, *e)
		}
	}
	slices.SortFunc(found, func(a, b Keyword) int { return cmp.Or(cmp.Compare(b.Score, a.Score), byDocuments(a, b)) })
	found = found[:min(k, len(found))]
	for i := range found {
		found[i].sort()
	}
	return found, nil
}

func wordsOf(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range index.Tokenise(nil, text) {
		out[w] = true
	}
	return out
}

// KeywordsOf returns the keywords of a document, the best first.
func KeywordsOf(by *gate.Call, id string) ([]record.Keyword, error) {
	if err := input.ID("ID", id); err != nil {
		return nil, err
	}
	d, err := find(by, id)
	return d.Keywords, err
}
