package paging_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/paging"
)

func TestChecked(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		given paging.Request
		want  string // the error, "" for none
	}{
		{paging.Request{}, ""}, {paging.Request{Limit: 1}, ""}, {paging.Request{Limit: 50, Offset: 1 << 40, WithTotal: true}, ""},
		{paging.Request{Cursor: strings.Repeat("x", 512), WithTotal: true}, ""},
		{paging.Request{Limit: 51}, "Limit: 51 is not between 1 and 50"}, {paging.Request{Limit: -1}, "Limit: -1 is not between 1 and 50"},
		{paging.Request{Offset: -1}, "Offset: -1 is negative"}, {paging.Request{Cursor: "x", Offset: -1}, "Offset: -1 is negative"},
		{paging.Request{Cursor: "x", Offset: 1}, "Offset: it cannot be combined with a Cursor"},
		{paging.Request{Cursor: strings.Repeat("x", 513)}, "Cursor: 513 bytes (at most 512)"}, {paging.Request{Cursor: "\xff"}, "Cursor: not UTF-8"},
	} {
		most := 50
		if row.given.Limit == 0 {
			most = 1000
		}
		got, err := row.given.Checked(most)
		if text := strings.TrimSuffix(fmt.Sprint(err), "<nil>"); text != row.want || err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
			t.Errorf("%+v: %q, want %q", row.given, text, row.want)
		}
		if again, _ := got.Checked(most); err == nil && (got.Limit == 0 || again != got) {
			t.Errorf("%+v became %+v", row.given, got)
		}
	}
}

// numbers is a listing of the numbers below n. No read asks for more than the largest page and one.
func numbers(t *testing.T, n int) (read func(context.Context, string, int) ([]int, error), cursor func(int) string) {
	return func(_ context.Context, after string, limit int) (out []int, err error) {
		from := 0
		if after != "" {
			last, err := strconv.Atoi(after)
			if err != nil {
				t.Errorf("the cursor %q is none of these", after)
			}
			from = last + 1
		}
		if limit < 1 || limit > paging.Most+1 {
			t.Errorf("asked for %d rows", limit)
		}
		for i := from; i < min(n, from+limit); i++ {
			out = append(out, i)
		}
		return out, nil
	}, strconv.Itoa
}

// Pages by cursor, by offset and by both after each other are the same part of the listing, and a total is that of the listing whatever the page.
func TestRead(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, n := range []int{0, 1, 2, 3, 999, 1000, 1001, 2000, 2005} {
		read, cursor := numbers(t, n)
		for _, offset := range []int{0, 1, 2, 3, 999, 1000, 1001, 1500, 2004, 2005, 2006, 1 << 50} {
			for _, limit := range []int{1, 2, 700, 1000} {
				page, err := paging.Read(ctx, paging.Request{Limit: limit, Offset: offset, WithTotal: true}, read, cursor)
				if err != nil {
					t.Fatal(err)
				}
				first, next := min(n, offset), min(n, offset+limit)
				if len(page.Items) != next-first || len(page.Items) > 0 && (page.Items[0] != first || page.Items[next-first-1] != next-1) ||
					page.HasMore != (next < n) || page.HasMore != (page.NextCursor != "") || page.Total != n {
					t.Errorf("%d of %d from %d: %d items, more %v after %q, in all %d", limit, n, offset, len(page.Items), page.HasMore, page.NextCursor, page.Total)
				}
				if !page.HasMore {
					continue
				}
				following, err := paging.Read(ctx, paging.Request{Limit: limit, Cursor: page.NextCursor, WithTotal: true}, read, cursor)
				if err != nil || following.Items[0] != next || following.Total != n {
					t.Errorf("after %d of %d: %v, %v", next, n, following, err)
				}
				plain, err := paging.Read(ctx, paging.Request{Limit: limit, Cursor: page.NextCursor}, read, cursor)
				if err != nil || !slices.Equal(plain.Items, following.Items) || plain.Total != 0 {
					t.Errorf("without a total: %v, %v", plain, err)
				}
			}
		}
	}
}

func TestReadFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, r := range map[string]paging.Request{"page": {Limit: 1}, "offset": {Limit: 1, Offset: 1}, "total": {Limit: 1, WithTotal: true}} {
		calls := 0
		_, err := paging.Read(context.Background(), r, func(context.Context, string, int) ([]int, error) {
			if calls++; name == "total" && calls == 1 {
				return []int{1, 2}, nil
			}
			return nil, broken
		}, strconv.Itoa)
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Pages of rows that have a size hold no more than fits, but always a row, and no read asks for more than a batch. Together they are the
// whole listing.
func TestPagesOfABoundedSize(t *testing.T) {
	t.Parallel()
	const n, batch, most = 50, 4, 10
	read, cursor := numbers(t, n)
	size := func(row int) int { return row % 13 } // some are larger than a page
	listing := paging.Listing[int]{
		Rows: func(ctx context.Context, after string, limit int) ([]int, error) {
			if limit > batch {
				t.Errorf("asked for %d rows", limit)
			}
			return read(ctx, after, limit)
		},
		Cursor: cursor, Batch: batch, Size: size, MaxSize: most,
	}
	for _, limit := range []int{1, 3, 4, 5, 100} {
		var all []int
		for at := ""; ; {
			page, err := listing.Page(t.Context(), paging.Request{Cursor: at, Limit: limit, WithTotal: true})
			if err != nil {
				t.Fatal(err)
			}
			sum := 0
			for _, row := range page.Items {
				sum += size(row)
			}
			if len(page.Items) == 0 || len(page.Items) > limit || sum > most && len(page.Items) > 1 || page.Total != n {
				t.Fatalf("limit %d: %v of size %d, in all %d", limit, page.Items, sum, page.Total)
			}
			if next := page.Items[len(page.Items)-1] + 1; page.HasMore && len(page.Items) < limit && sum+size(next) <= most {
				t.Errorf("limit %d: %v has room for %d", limit, page.Items, next)
			}
			all = append(all, page.Items...)
			if at = page.NextCursor; !page.HasMore {
				break
			}
		}
		if len(all) != n || !slices.IsSorted(all) || len(slices.Compact(all)) != n {
			t.Errorf("limit %d: %v", limit, all)
		}
	}
}
