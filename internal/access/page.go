package access

// Page is a part of a listing.
type Page[T any] struct {
	Items      []T
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

// newPage cuts a page of at most limit rows out of rows that were read up to one more. after is the cursor of what follows a row.
func newPage[T any](rows []T, limit int, after func(T) string) Page[T] {
	page := Page[T]{Items: rows[:min(len(rows), limit)], HasMore: len(rows) > limit}
	if page.HasMore {
		page.NextCursor = after(rows[limit-1])
	}
	return page
}
