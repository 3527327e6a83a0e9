package spectron

import (
	"context"
	"fmt"
	"iter"

	"github.com/spectron-go/spectron/internal/paging"
)

// PageRequest asks for one page of a listing. ErrInvalid and ErrTooLarge name the Field.
type PageRequest struct {
	Cursor string // Page.NextCursor of the page before; "" from the start
	Limit  int    // items wanted; 0: 100, at most 1,000
	// Offset is how many items come before the page, counted from the start; it goes without a Cursor. What it skips is read all the
	// same: a Cursor costs less.
	Offset int
	// WithTotal counts all items, for Page.Total. Unless the method says otherwise, that reads all of the listing that the caller may
	// see, a thousand items at a time, and may miss what changes meanwhile.
	WithTotal bool
}

// Page is one page of a listing. What is listed, how much that is and whether there is more, is what the caller may see.
type Page[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"nextCursor,omitempty"` // for the next page; "" after the last
	HasMore    bool   `json:"hasMore"`
	// Total is how many items there are in all pages. It is 0 when there are none, and when WithTotal did not ask for it.
	Total int `json:"total,omitempty"`
}

// Format is there for the same reason as that of Config.
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

// newPage converts the items of an inner page. Its Items are never nil: JSON has an empty list.
func newPage[From, To any](page paging.Page[From], convert func(From) To) Page[To] {
	out := Page[To]{Items: make([]To, len(page.Items)), NextCursor: page.NextCursor, HasMore: page.HasMore, Total: page.Total}
	for i, item := range page.Items {
		out.Items[i] = convert(item)
	}
	return out
}

// all goes through a listing from a page on, and ends with the first error.
func all[T any](ctx context.Context, req PageRequest, list func(context.Context, PageRequest) (Page[T], error)) iter.Seq2[T, error] {
	req.WithTotal = false // which nobody would see
	return func(yield func(T, error) bool) {
		req := req // an iterator may be used again
		for {
			page, err := list(ctx, req)
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
