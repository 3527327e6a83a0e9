package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The cost of a page depends on what its caller sees, not on the other rows: rows are read by key ranges that the caller may see.

// TableGranted says which principals are granted something at a path. The database keeps it in step with the grants of principals.
const TableGranted = "granted"

// keyRange is a range of the keys of a table, without its end.
type keyRange struct {
	From  string `cbor:"from"`
	Until string `cbor:"until"`
}

// justAfter sorts before every continuation of a path in a key: paths have no control characters.
const justAfter = "\x01"

// scopeRanges returns the ranges of the paths that patterns cover, after a given path, in their order.
func scopeRanges(patterns []scope.Pattern, after string) []keyRange {
	var ranges []keyRange
	for _, p := range patterns {
		ranges = append(ranges, keyRange{p.Path, p.Path + justAfter})
		if p.Subtree { // "0" follows "/"
			ranges = append(ranges, keyRange{p.Path + "/", p.Path + "0"})
		}
	}
	for i := range ranges {
		if after != "" {
			ranges[i].From = max(ranges[i].From, after+justAfter)
		}
	}
	ranges = slices.DeleteFunc(ranges, func(r keyRange) bool { return r.From >= r.Until })
	slices.SortFunc(ranges, func(a, b keyRange) int { return strings.Compare(a.From, b.From) })
	var apart []keyRange
	for _, r := range ranges {
		if n := len(apart); n > 0 && r.From < apart[n-1].Until { // of patterns that are nested
			apart[n-1].Until = max(apart[n-1].Until, r.Until)
			continue
		}
		apart = append(apart, r)
	}
	return apart
}

// ScopesIn returns up to limit registered scopes after a path that patterns cover, in the order in which SurrealDB sorts their
// paths.
func (s *Store) ScopesIn(ctx context.Context, patterns []scope.Pattern, after string, limit int) ([]record.ScopeNode, error) {
	if slices.Contains(patterns, scope.Pattern{Path: scope.Root, Subtree: true}) {
		return s.ScopesAfter(ctx, after, limit)
	}
	return selectRows(ctx, s.conn, `RETURN $ranges.fold([], |$found, $r| {
	LET $left = $limit - array::len($found);
	RETURN IF $left <= 0 { $found } ELSE { array::concat($found, (SELECT * FROM type::record('scope_node', $r.from..$r.until) LIMIT $left)) };
})`, map[string]any{"ranges": orEmpty(scopeRanges(patterns, after)), "limit": limit}, scopeRow.node)
}

// The parts of a key of TableGranted after the path.
const (
	grantedAt    = "\x1f"
	grantedBelow = grantedAt + "*"
)

// grantedRanges returns the key ranges of grants that lie in the patterns.
func grantedRanges(patterns []scope.Pattern) []keyRange {
	var ranges []keyRange
	below := map[string]bool{} // all below which is covered as well when it is granted
	for _, p := range patterns {
		ranges = append(ranges, keyRange{p.Path + grantedAt, p.Path + " "}) // " " follows grantedAt
		if p.Subtree {
			ranges = append(ranges, keyRange{p.Path + "/", p.Path + "0"})
		}
		for _, above := range append(scope.Ancestors(p.Path), scope.Root) {
			if above != p.Path && !below[above] {
				below[above] = true
				ranges = append(ranges, keyRange{above + grantedBelow, above + grantedAt + "+"}) // "+" follows "*"
			}
		}
	}
	return ranges
}

// PrincipalsIn returns up to limit principals after an id that have a grant within patterns, in the order of their ids. Its cost
// depends on the number of those grants.
func (s *Store) PrincipalsIn(ctx context.Context, patterns []scope.Pattern, after string, limit int) ([]record.Principal, error) {
	if slices.Contains(patterns, scope.Pattern{Path: scope.Root, Subtree: true}) {
		return s.Principals(ctx, after, limit)
	}
	return selectRows(ctx, s.conn, `{
LET $ids = array::flatten($ranges.map(|$r| (SELECT VALUE principal FROM type::record('granted', $r.from..$r.until)))).filter(|$id| record::id($id) > $after);
RETURN SELECT * FROM array::slice(array::sort(array::distinct($ids)), 0, $limit);
}`, map[string]any{"ranges": grantedRanges(patterns), "after": recordID(after).Key, "limit": limit}, principalRow.principal)
}

// sortText returns a text that sorts newer rows first, and rows of the same time by descending id.
func sortText(at time.Time, of string) string {
	id := []byte(recordID(of).Key)
	for i := range id {
		id[i] = ^id[i]
	}
	return backwards(at) + hex.EncodeToString(id) + "~" // a text comes before those that begin it
}

// backwards returns a text that sorts later times first.
func backwards(t time.Time) string {
	return fmt.Sprintf("%016x%08x", uint64(math.MaxInt64)-uint64(t.Unix()), math.MaxInt32-t.Nanosecond())
}

// EventQuery selects events, newest first.
type EventQuery struct {
	After     string // EventCursor of the last event of an earlier page; "" from the newest
	Since     time.Time
	Until     time.Time
	Principal string
	Action    string
	Limit     int
}

// EventCursor returns the position of the next page.
func EventCursor(e record.Event) string { return sortText(e.At, e.ID) }

// Events returns events, newest first.
func (s *Store) Events(ctx context.Context, q EventQuery) ([]record.Event, error) {
	return events(ctx, s.conn, q)
}

func events(ctx context.Context, conn surreal.Conn, q EventQuery) ([]record.Event, error) {
	vars := map[string]any{"limit": q.Limit, "after": q.After, "end": "g"} // all begin with a hexadecimal digit
	if !q.Until.IsZero() {
		vars["after"] = max(q.After, backwards(q.Until))
	}
	if !q.Since.IsZero() {
		vars["end"] = backwards(q.Since) + "~"
	}
	// Without ORDER BY: the index is sorted, and a sort would read all rows before the LIMIT. Each index answers its conditions
	// alone: SurrealDB applies the LIMIT before other conditions.
	index, where := "audit_event_newest", `listed = true AND `
	switch {
	case q.Principal != "" && q.Action != "":
		index, where = "audit_event_both", `principal = $principal AND action = $action AND `
	case q.Principal != "":
		index, where = "audit_event_principal", `principal = $principal AND `
	case q.Action != "":
		index, where = "audit_event_action", `action = $action AND `
	}
	vars["principal"], vars["action"] = q.Principal, q.Action
	return selectRows(ctx, conn, `SELECT * FROM audit_event WITH INDEX `+index+` WHERE `+where+`newest > $after AND newest < $end LIMIT $limit`,
		vars, eventRow.event)
}

// listedContexts and listedControl are the schema versions that have the tables and indexes of listings (0008 of a Context and 0005
// of the control plane).
const (
	listedContexts = 9
	listedControl  = 6
)

// UpgradeControl migrates the control plane's database to the current schema. It may be repeated after an error.
func UpgradeControl(ctx context.Context, conn surreal.Conn, now time.Time) error {
	set := schema.Control()
	version, err := schema.Applied(ctx, conn)
	if err != nil {
		return err
	}
	if version > 0 && version < listedControl {
		if err := set.Through(listedControl-1).Apply(ctx, conn, now); err != nil {
			return err
		}
		if err := fileEvents(ctx, conn); err != nil {
			return err
		}
	}
	return set.Apply(ctx, conn, now)
}

// fileEvents adds the sort text of listings to existing events.
func fileEvents(ctx context.Context, conn surreal.Conn) error {
	return eachPage(ctx, conn, TableEvent, func(page []eventRow) error {
		listed := rows(page, func(r eventRow) eventRow { return newEventRow(r.event()) })
		_, err := query(ctx, conn, `FOR $e IN $events { UPDATE $e.id SET newest = $e.newest, listed = true RETURN NONE; }`, map[string]any{"events": listed})
		return err
	})
}

// fileGrants files existing grants.
func fileGrants(ctx context.Context, conn surreal.Conn) error {
	return eachPage(ctx, conn, TablePrincipal, func(page []principalRow) error {
		_, err := query(ctx, conn, `FOR $p IN $principals { fn::file_grants($p.id, $p.grants); }`, map[string]any{"principals": page})
		return err
	})
}

// eachPage calls f with the rows of a table, in pages of upgradePage rows.
func eachPage[R any](ctx context.Context, conn surreal.Conn, table string, f func([]R) error) error {
	for raw, err := range Rows(ctx, conn, Table{Name: table, page: upgradePage}) {
		if err != nil {
			return err
		}
		page := make([]R, len(raw))
		for i := range raw {
			if err := surreal.Unmarshal(raw[i], &page[i]); err != nil {
				return err
			}
		}
		if err := f(page); err != nil {
			return err
		}
	}
	return nil
}
