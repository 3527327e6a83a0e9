// Package paging reads listings page by page.
package paging

import (
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

// Read reads the page of a checked request. read returns up to limit rows after a cursor. Skipped rows are read as well, and for a
// total all rows, in batches of the largest page.
func Read[T any](ctx context.Context, r Request, read func(ctx context.Context, after string, limit int) ([]T, error), cursor func(T) string) (page Page[T], err error) {
	l := listing[T]{read, cursor}
	after, passed, err := l.pass(ctx, r.Cursor, r.Offset)
	if err != nil {
		return page, err
	}
	if passed == r.Offset {
		rows, err := read(ctx, after, r.Limit+1)
		if err != nil {
			return page, err
		}
		page = Cut(rows, r.Limit, cursor)
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

type listing[T any] struct {
	read   func(ctx context.Context, after string, limit int) ([]T, error)
	cursor func(T) string
}

// pass reads past up to n rows. It returns the cursor after them and their number.
func (l listing[T]) pass(ctx context.Context, after string, n int) (string, int, error) {
	passed := 0
	for passed < n {
		wanted := min(n-passed, Most)
		rows, err := l.read(ctx, after, wanted)
		if err != nil {
			return "", 0, err
		}
		rows = rows[:min(len(rows), wanted)]
		passed += len(rows)
		if len(rows) < wanted {
			break
		}
		after = l.cursor(rows[wanted-1])
	}
	return after, passed, nil
}
