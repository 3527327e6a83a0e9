// Package paging reads listings page by page.
package paging

import (
	"cmp"
	"context"
	"math"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/input"
)

// Most is the largest limit of a page, unless the listing has its own; usual is the default limit.
const (
	Most  = 1000
	usual = 100
)

// Request asks for one page of a listing.
type Request struct {
	Cursor    string // NextCursor of an earlier page; "" from the start
	Limit     int    // 0: usual
	Offset    int    // number of items before the page, counted from the start
	WithTotal bool   // count all items
}

// Checked returns the request with a limit from 1 to most. Invalid and TooLarge name the field.
func (r Request) Checked(most int) (Request, error) {
	if r.Limit == 0 {
		r.Limit = usual
	}
	switch {
	case r.Limit < 0 || r.Limit > most:
		return r, fault.Bad("Limit", "%d is not between 1 and %d", r.Limit, most)
	case r.Offset < 0:
		return r, fault.Bad("Offset", "%d is negative", r.Offset)
	case r.Offset > 0 && r.Cursor != "":
		return r, fault.Bad("Offset", "it cannot be combined with a Cursor")
	}
	return r, input.ID("Cursor", r.Cursor)
}

// Page is a part of a listing.
type Page[T any] struct {
	Items      []T
	NextCursor string // for the next page; "" after the last
	HasMore    bool
	Total      int // number of all items; 0 unless it was requested
}

// Cut makes a page of at most limit rows; rows may have one more. cursor returns the cursor after a row.
func Cut[T any](rows []T, limit int, cursor func(T) string) Page[T] {
	page := Page[T]{Items: rows[:min(len(rows), limit)], HasMore: len(rows) > limit}
	if page.HasMore {
		page.NextCursor = cursor(rows[limit-1])
	}
	return page
}

// Convert converts the items of a page. It ends with the first error.
func Convert[From, To any](page Page[From], convert func(From) (To, error)) (Page[To], error) {
	out := Page[To]{NextCursor: page.NextCursor, HasMore: page.HasMore, Total: page.Total}
	for _, item := range page.Items {
		converted, err := convert(item)
		if err != nil {
			return Page[To]{}, err
		}
		out.Items = append(out.Items, converted)
	}
	return out, nil
}

// Read reads the page of a checked request. read returns up to limit rows after a cursor. Skipped rows are read as well, and for a
// total all rows, in batches of the largest page.
func Read[T any](ctx context.Context, r Request, read func(ctx context.Context, after string, limit int) ([]T, error), cursor func(T) string) (Page[T], error) {
	return Listing[T]{Rows: read, Cursor: cursor}.Page(ctx, r)
}

// Listing is a listing whose pages are read row by row.
type Listing[T any] struct {
	Rows   func(ctx context.Context, after string, limit int) ([]T, error) // up to limit rows after a cursor; "": from the start
	Cursor func(T) string                                                  // the cursor after a row
	// Batch is the largest number of rows that are read at once; 0: those of the largest page.
	Batch int
	// Size returns the size of a row. A page has rows of at most MaxSize in all, but at least one; nil: rows have no size.
	Size    func(T) int
	MaxSize int
}

// Page reads the page of a checked request. Skipped rows are read as well, and for a total all rows.
func (l Listing[T]) Page(ctx context.Context, r Request) (page Page[T], err error) {
	after, passed, err := l.pass(ctx, r.Cursor, r.Offset)
	if err != nil {
		return page, err
	}
	if passed == r.Offset {
		if page, err = l.page(ctx, after, r.Limit); err != nil {
			return page, err
		}
	}
	switch {
	case !r.WithTotal:
	case r.Cursor == "" && !page.HasMore:
		page.Total = passed + len(page.Items)
	default:
		_, page.Total, err = l.pass(ctx, "", math.MaxInt)
	}
	return page, err
}

// page reads the page after a cursor.
func (l Listing[T]) page(ctx context.Context, after string, limit int) (Page[T], error) {
	var rows []T
	for size := 0; ; {
		wanted := min(limit+1-len(rows), cmp.Or(l.Batch, Most+1))
		found, err := l.Rows(ctx, after, wanted)
		if err != nil {
			return Page[T]{}, err
		}
		found = found[:min(len(found), wanted)]
		for _, row := range found {
			if l.Size != nil {
				size += l.Size(row)
			}
			if len(rows) > 0 && (len(rows) == limit || l.Size != nil && size > l.MaxSize) {
				return Cut(append(rows, row), len(rows), l.Cursor), nil
			}
			rows = append(rows, row)
		}
		if len(found) < wanted {
			return Cut(rows, limit, l.Cursor), nil
		}
		after = l.Cursor(found[wanted-1])
	}
}

// pass reads past up to n rows. It returns the cursor after them and their number.
func (l Listing[T]) pass(ctx context.Context, after string, n int) (string, int, error) {
	passed := 0
	for passed < n {
		wanted := min(n-passed, cmp.Or(l.Batch, Most))
		rows, err := l.Rows(ctx, after, wanted)
		if err != nil {
			return "", 0, err
		}
		rows = rows[:min(len(rows), wanted)]
		passed += len(rows)
		if len(rows) < wanted {
			break
		}
		after = l.Cursor(rows[wanted-1])
	}
	return after, passed, nil
}
