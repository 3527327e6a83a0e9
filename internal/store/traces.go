package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// tracedDecisions is the first schema version whose decision traces have all edges, and are filed for listings.
const tracedDecisions = 11

type decisionRow struct {
	ID         surreal.RecordID  `cbor:"id"`
	Session    string            `cbor:"session,omitempty"`
	Turns      []string          `cbor:"turns,omitempty"`
	Infer      string            `cbor:"infer"`
	Extractor  string            `cbor:"extractor"`
	Model      string            `cbor:"model,omitempty"`
	TokensIn   int               `cbor:"tokens_in,omitempty"`
	TokensOut  int               `cbor:"tokens_out,omitempty"`
	Considered []string          `cbor:"considered,omitempty"`
	Beyond     int               `cbor:"beyond,omitempty"`
	Created    []string          `cbor:"created,omitempty"`
	Superseded []supersessionRow `cbor:"superseded,omitempty"`
	Closed     []string          `cbor:"closed,omitempty"`
	Amended    []string          `cbor:"amended,omitempty"`
	Reinforced []string          `cbor:"reinforced,omitempty"`
	Flagged    []string          `cbor:"flagged,omitempty"`
	Doubted    []string          `cbor:"doubted,omitempty"`
	Resolved   []string          `cbor:"resolved,omitempty"`
	Scopes     [][]string        `cbor:"scopes"`
	RecordedAt surreal.Datetime  `cbor:"recorded_at"`
	Latency    int64             `cbor:"latency,omitempty"` // nanoseconds
	Principal  string            `cbor:"principal,omitempty"`
	OnBehalfOf string            `cbor:"on_behalf_of,omitempty"`
	Key        string            `cbor:"key,omitempty"`
	Newest     string            `cbor:"newest"` // the sort text of listings
	Listed     bool              `cbor:"listed"` // true
	Place      string            `cbor:"place"`  // placeOf its scopes
}

type supersessionRow struct {
	Fact string `cbor:"fact"`
	By   string `cbor:"by"`
}

func newDecisionRow(d record.Decision) decisionRow {
	return decisionRow{
		ID: recordID(d.ID), Session: d.Session, Turns: d.Turns, Infer: d.Infer, Extractor: d.Extractor, Model: d.Model, TokensIn: d.Spent.In, TokensOut: d.Spent.Out,
		Considered: d.Considered, Beyond: d.Beyond, Created: d.Created,
		Superseded: rows(d.Superseded, func(s record.Supersession) supersessionRow { return supersessionRow(s) }),
		Closed:     d.Closed, Amended: d.Amended, Reinforced: d.Reinforced, Flagged: d.Flagged, Doubted: d.Doubted,
		Resolved: d.Resolved, Scopes: d.Scopes, RecordedAt: surreal.At(d.RecordedAt), Latency: int64(d.Latency),
		Principal: d.Principal, OnBehalfOf: d.OnBehalfOf, Key: d.Key,
		Newest: sortText(d.RecordedAt, d.ID), Listed: true, Place: placeOf(d.Scopes),
	}
}

func (r decisionRow) decision() record.Decision {
	d := record.Decision{
		ID: r.ID.String(), Session: r.Session, Turns: r.Turns, Infer: r.Infer, Extractor: r.Extractor, Model: r.Model, Spent: record.Tokens{In: r.TokensIn, Out: r.TokensOut}, Considered: r.Considered,
		Beyond: r.Beyond, Created: r.Created, Closed: r.Closed, Amended: r.Amended, Reinforced: r.Reinforced, Flagged: r.Flagged,
		Doubted: r.Doubted, Resolved: r.Resolved, Scopes: r.Scopes, RecordedAt: r.RecordedAt.Time, Latency: time.Duration(r.Latency),
		Principal: r.Principal, OnBehalfOf: r.OnBehalfOf, Key: r.Key,
	}
	for _, s := range r.Superseded {
		d.Superseded = append(d.Superseded, record.Supersession(s))
	}
	return d
}

// placeOf returns a short text for a scope set, by which traces are filed.
func placeOf(set record.ScopeSet) string {
	sum := sha256.Sum256([]byte(scope.Key(set)))
	return hex.EncodeToString(sum[:16])
}

// Decision returns a decision trace. surreal.ErrNotFound: there is none with the id.
func (s *Store) Decision(ctx context.Context, id string) (record.Decision, error) {
	return one(selectRows(ctx, s.conn, `SELECT * FROM $id`, map[string]any{"id": recordID(id)}, decisionRow.decision))
}

// DecisionQuery selects decision traces, newest first.
type DecisionQuery struct {
	After     string // DecisionCursor of the last trace of an earlier page; "" from the newest
	Since     time.Time
	Until     time.Time
	Principal string
	// Places limits the traces to these scope sets; nil: all. At most MaxPlaces.
	Places []record.ScopeSet
	Limit  int
}

// MaxPlaces is the maximum number of scope sets of a DecisionQuery: each costs a search of an index.
const MaxPlaces = 256

// DecisionCursor returns the position of the next page.
func DecisionCursor(d record.Decision) string { return sortText(d.RecordedAt, d.ID) }

// Decisions returns decision traces, newest first. Those of Places may have any Principal.
func (s *Store) Decisions(ctx context.Context, q DecisionQuery) ([]record.Decision, error) {
	vars := map[string]any{"limit": q.Limit, "after": q.After, "end": "g", "principal": q.Principal}
	if !q.Until.IsZero() {
		vars["after"] = max(q.After, backwards(q.Until))
	}
	if !q.Since.IsZero() {
		vars["end"] = backwards(q.Since) + "~"
	}
	// As for events: an index that is sorted, that answers all conditions, and that begins with one value.
	from := func(index, value string) string {
		return ` FROM decision_trace WITH INDEX decision_trace_` + index + ` WHERE ` + value + ` AND newest > $after AND newest < $end LIMIT $limit`
	}
	sql := ""
	switch {
	case q.Places == nil && q.Principal != "":
		sql = `SELECT *` + from("principal", `principal = $principal`)
	case q.Places == nil:
		sql = `SELECT *` + from("newest", `listed = true`)
	case len(q.Places) == 1:
		sql, vars["place"] = `SELECT *`+from("place", `place = $place`), placeOf(q.Places[0])
	default:
		vars["places"] = orEmpty(rows(q.Places, placeOf))
		sql = `{
LET $found = array::flatten($places.map(|$p| (SELECT newest, id` + from("place", `place = $p`) + `)));
RETURN SELECT * FROM array::slice((SELECT * FROM $found ORDER BY newest), 0, $limit).map(|$t| $t.id);
}`
	}
	found, err := selectRows(ctx, s.conn, sql, vars, decisionRow.decision)
	slices.SortFunc(found, func(a, b record.Decision) int { return strings.Compare(DecisionCursor(a), DecisionCursor(b)) })
	return found, err
}

// fileDecisions files existing decision traces for listings.
func fileDecisions(ctx context.Context, conn surreal.Conn) error {
	return eachPage(ctx, conn, TableDecision, func(page []decisionRow) error {
		filed := rows(page, func(r decisionRow) decisionRow { return newDecisionRow(r.decision()) })
		_, err := query(ctx, conn, `FOR $d IN $decisions { UPDATE $d.id SET newest = $d.newest, listed = true, place = $d.place RETURN NONE; }`,
			map[string]any{"decisions": filed})
		return err
	})
}
