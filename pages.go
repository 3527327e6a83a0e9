package spectron

import (
	"context"
	"fmt"
	"iter"

	"github.com/spectron-go/spectron/internal/paging"
)

// PageRequest asks for one page of a listing. ErrInvalid and ErrTooLarge name the Field.
//
// Each listing has an iterator beside it, such as All beside List. It starts at the requested page and fetches the following pages when
// they are needed, each in a call of its own. After an error it yields the zero item with that error, once, and stops. A loop may end
// early, and an iterator may be used again: then it starts again at the requested page. It ignores WithTotal.
type PageRequest struct {
	Cursor string // Page.NextCursor of the previous page; "" for the first page
	Limit  int    // maximum number of items; 0: 100, at most 1,000
	// Offset is the number of items before the page, counted from the first. It cannot be combined with a Cursor. Skipped items are
	// read too: a Cursor costs less.
	Offset int
	// WithTotal counts all items, for Page.Total. Unless the method says otherwise, this reads the whole listing that the caller
	// may see, a thousand items at a time, and may miss concurrent changes.
	WithTotal bool
}

// Page is one page of a listing. Its items, Total and HasMore cover only what the caller may see.
type Page[T any] struct {
	Items      []T    `json:"items"`                // never nil without an error
	NextCursor string `json:"nextCursor,omitempty"` // for the next page; "" after the last page
	HasMore    bool   `json:"hasMore"`
	// Total is the number of items on all pages. It is 0 if the listing is empty or WithTotal is not set.
	Total int `json:"total,omitempty"`
}

// Format exists for the same reason as the Format method of Config.
func (p Page[T]) Format(f fmt.State, verb rune) {
	type plain Page[T]
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(p))
}

// each converts every item of a list. It returns nil for an empty list.
func each[T, U any](list []T, convert func(T) U) (out []U) {
	for _, item := range list {
		out = append(out, convert(item))
	}
	return out
}

// page returns a function that converts the result of an inner listing: page(newKey)(inner.List(ctx, req)). The Items are never nil,
// so that JSON has an empty list.
func page[From, To any](convert func(From) To) func(paging.Page[From], error) (Page[To], error) {
	return func(found paging.Page[From], err error) (Page[To], error) {
		if err != nil {
			return Page[To]{}, err
		}
		return Page[To]{append([]To{}, each(found.Items, convert)...), found.NextCursor, found.HasMore, found.Total}, nil
	}
}

// one returns a function that converts the result of an inner call: one(newKey)(inner.Get(ctx, id)).
func one[From, To any](convert func(From) To) func(From, error) (*To, error) {
	return func(found From, err error) (*To, error) {
		if err != nil {
			return nil, err
		}
		out := convert(found)
		return &out, nil
	}
}

// pageable is a request for a listing: it has the fields of PageRequest.
type pageable[Request any] interface {
	page() PageRequest
	at(PageRequest) Request // the same request for another page
}

func (r PageRequest) page() PageRequest                { return r }
func (r PageRequest) at(other PageRequest) PageRequest { return other }

// all iterates over a listing, starting at the requested page, and ends with the first error.
func all[Request pageable[Request], T any](ctx context.Context, from Request, list func(context.Context, Request) (Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		req := from.page()    // a copy, because the iterator may be used again
		req.WithTotal = false // an iterator yields items only
		for {
			page, err := list(ctx, from.at(req))
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
			if !page.HasMore {
				return
			}
			req.Cursor, req.Offset = page.NextCursor, 0
		}
	}
}
