package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Traces of questions and answers are not part of the log of changes: no process has them in its view. They have no scopes. They belong to the
// region of their caller, and are erased with the rows that they touch: see Gone.

type retrievalRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Seq        int64            `cbor:"seq"`
	At         surreal.Datetime `cbor:"at"`
	Text       string           `cbor:"text"`
	Mode       string           `cbor:"mode,omitempty"`
	Session    string           `cbor:"session,omitempty"`
	Lens       [][]string       `cbor:"lens,omitempty"`
	Tier       string           `cbor:"tier"`
	Reason     string           `cbor:"reason"`
	Latency    int64            `cbor:"latency"` // nanoseconds
	Confident  bool             `cbor:"confident"`
	Candidates int              `cbor:"candidates"`
	Touched    []string         `cbor:"touched"` // ids of the hits
	Scores     []byte           `cbor:"scores"`  // []scoresRow: as values, they would cost more than the rest of the row
	Principal  string           `cbor:"principal"`
	Behalf     string           `cbor:"behalf,omitempty"`
	Key        string           `cbor:"key,omitempty"`
	Region     []string         `cbor:"region"`
}

// scoresRow has the scores of a hit.
type scoresRow struct {
	Score     float64            `cbor:"s"`
	Relevance float64            `cbor:"r"`
	Signals   map[string]float64 `cbor:"w,omitempty"` // without zeros
}

// signalsOf returns the names of the signals with their places in s.
func signalsOf(s *record.Signals) map[string]*float64 {
	return map[string]*float64{
		"words": &s.Words, "neighbours": &s.Neighbours, "speaker": &s.Speaker, "dates": &s.Dates, "questions": &s.Questions,
		"verbosity": &s.Verbosity, "facts": &s.Facts, "vectors": &s.Vectors, "prior": &s.Prior,
	}
}

func newRetrievalRow(r record.Retrieval, seq int64) (retrievalRow, error) {
	scores := make([]scoresRow, len(r.Hits))
	for i := range r.Hits {
		h := &r.Hits[i]
		scores[i] = scoresRow{Score: h.Score, Relevance: h.Relevance}
		if h.Signals == (record.Signals{}) {
			continue
		}
		scores[i].Signals = map[string]float64{}
		for name, value := range signalsOf(&h.Signals) {
			if *value != 0 {
				scores[i].Signals[name] = *value
			}
		}
	}
	encoded, err := surreal.Marshal(scores)
	return retrievalRow{
		ID: recordID(r.ID), Seq: seq, At: surreal.At(r.At), Text: r.Text, Mode: r.Mode, Session: r.Session, Lens: r.Lens, Tier: r.Tier, Reason: r.Reason,
		Latency: int64(r.Latency), Confident: r.Confident, Candidates: r.Candidates, Touched: r.Noted().Touched, Scores: encoded,
		Principal: r.Principal, Behalf: r.Behalf, Key: r.Key, Region: orEmpty(r.Region),
	}, err
}

func (r retrievalRow) retrieval() (record.Retrieval, error) {
	var scores []scoresRow
	if err := surreal.Unmarshal(r.Scores, &scores); err != nil {
		return record.Retrieval{}, err
	}
	if len(scores) != len(r.Touched) {
		return record.Retrieval{}, fmt.Errorf("store: the trace %s has %d scores for %d hits", r.ID, len(scores), len(r.Touched))
	}
	out := record.Retrieval{
		ID: r.ID.String(), At: r.At.Time, Text: r.Text, Mode: r.Mode, Session: r.Session, Lens: r.Lens, Tier: r.Tier, Reason: r.Reason,
		Latency: time.Duration(r.Latency), Confident: r.Confident, Candidates: r.Candidates, Hits: make([]record.Returned, len(scores)),
		Principal: r.Principal, Behalf: r.Behalf, Key: r.Key, Region: r.Region,
	}
	for i, s := range scores {
		h := record.Returned{ID: r.Touched[i], Score: s.Score, Relevance: s.Relevance}
		for name, value := range signalsOf(&h.Signals) {
			*value = s.Signals[name]
		}
		out.Hits[i] = h
	}
	return out, nil
}

type responseRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Seq        int64            `cbor:"seq"`
	At         surreal.Datetime `cbor:"at"`
	Source     string           `cbor:"source"`
	Session    string           `cbor:"session,omitempty"`
	Message    string           `cbor:"message"`
	Text       string           `cbor:"text"`
	Latency    int64            `cbor:"latency"` // nanoseconds
	Cached     bool             `cbor:"cached"`
	ReusedFrom string           `cbor:"reused_from,omitempty"`
	Retrievals []string         `cbor:"retrievals"`
	Cited      []string         `cbor:"cited"`
	Touched    []string         `cbor:"touched"`
	Model      string           `cbor:"model,omitempty"`
	TokensIn   int              `cbor:"tokens_in,omitempty"`
	TokensOut  int              `cbor:"tokens_out,omitempty"`
	Principal  string           `cbor:"principal"`
	Behalf     string           `cbor:"behalf,omitempty"`
	Key        string           `cbor:"key,omitempty"`
	Region     []string         `cbor:"region"`
}

func newResponseRow(r record.Response, seq int64) responseRow {
	return responseRow{
		ID: recordID(r.ID), Seq: seq, At: surreal.At(r.At), Source: r.Source, Session: r.Session, Message: r.Message, Text: r.Text, Latency: int64(r.Latency),
		Cached: r.Cached, ReusedFrom: r.ReusedFrom, Retrievals: orEmpty(r.Retrievals), Cited: orEmpty(r.Cited), Touched: orEmpty(r.Noted().Touched), Model: r.Model, TokensIn: r.Spent.In, TokensOut: r.Spent.Out,
		Principal: r.Principal, Behalf: r.Behalf, Key: r.Key, Region: orEmpty(r.Region),
	}
}

func (r responseRow) response() record.Response {
	return record.Response{
		ID: r.ID.String(), At: r.At.Time, Source: r.Source, Session: r.Session, Message: r.Message, Text: r.Text, Latency: time.Duration(r.Latency),
		Cached: r.Cached, ReusedFrom: r.ReusedFrom, Retrievals: r.Retrievals, Cited: r.Cited, Given: r.Touched[min(len(r.Cited), len(r.Touched)):], Model: r.Model, Spent: record.Tokens{In: r.TokensIn, Out: r.TokensOut},
		Principal: r.Principal, Behalf: r.Behalf, Key: r.Key, Region: r.Region,
	}
}

const insertTraces = `
INSERT IGNORE INTO retrieval_trace $retrievals RETURN NONE;
INSERT IGNORE INTO response_trace $responses RETURN NONE;`

// AddTraces stores traces of questions and answers. ErrRemoved: the Context was deleted.
func (s *Store) AddTraces(ctx context.Context, retrievals []record.Retrieval, responses []record.Response) error {
	seqs, err := s.traceSeqs(ctx)
	if err != nil {
		return err
	}
	asked := make([]retrievalRow, len(retrievals))
	for i, r := range retrievals {
		if asked[i], err = newRetrievalRow(r, seqs.Retrieval+1+int64(i)); err != nil {
			return err
		}
	}
	answered := make([]responseRow, len(responses))
	for i, r := range responses {
		answered[i] = newResponseRow(r, seqs.Response+1+int64(i))
	}
	return s.add(ctx, insertTraces, map[string]any{"retrievals": asked, "responses": answered})
}

type traceSeqs struct {
	Retrieval int64 `cbor:"retrieval"`
	Response  int64 `cbor:"response"`
}

// traceSeqs returns the numbers of the newest traces.
func (s *Store) traceSeqs(ctx context.Context) (out traceSeqs, err error) {
	found, err := query(ctx, s.conn, `RETURN {
	retrieval: (SELECT VALUE seq FROM (SELECT id, seq FROM retrieval_trace ORDER BY id DESC LIMIT 1))[0] ?? 0,
	response: (SELECT VALUE seq FROM (SELECT id, seq FROM response_trace ORDER BY id DESC LIMIT 1))[0] ?? 0,
}`, nil)
	if err != nil {
		return out, err
	}
	return out, found.Last(&out)
}

// TrimTraces removes traces of questions and answers that are older than a time, and those over a number of each kind, oldest first. It removes
// at most limit of each kind, and returns their ids.
func (s *Store) TrimTraces(ctx context.Context, before time.Time, most, limit int) (gone []string, err error) {
	for _, table := range []string{TableRetrieval, TableResponse} {
		found, err := selectRows(ctx, s.conn, `{
LET $newest = (SELECT VALUE seq FROM (SELECT id, seq FROM type::table($table) ORDER BY id DESC LIMIT 1))[0] ?? 0;
LET $oldest = (SELECT id, seq, at FROM type::record($table, ''>..) LIMIT 1)[0];
IF $oldest = NONE OR $oldest.at >= $before AND $oldest.seq > $newest - $most { RETURN [] };
LET $gone = (SELECT id, seq, at FROM type::record($table, ''>..) LIMIT $limit).filter(|$t| $t.at < $before OR $t.seq <= $newest - $most).map(|$t| $t.id);
DELETE $gone RETURN NONE;
RETURN $gone;
}`, map[string]any{"table": table, "before": surreal.At(before), "most": most, "limit": limit}, surreal.RecordID.String)
		if err != nil {
			return gone, err
		}
		gone = append(gone, found...)
	}
	return gone, nil
}

type notedRow struct {
	ID         surreal.RecordID `cbor:"id"`
	At         surreal.Datetime `cbor:"at"`
	Session    string           `cbor:"session"`
	Lens       [][]string       `cbor:"lens"`
	Touched    []string         `cbor:"touched"`
	Tier       string           `cbor:"tier"`
	Candidates int              `cbor:"candidates"`
	Latency    int64            `cbor:"latency"`
	Cached     bool             `cbor:"cached"`
	Model      string           `cbor:"model"`
	Principal  string           `cbor:"principal"`
	Behalf     string           `cbor:"behalf"`
	Key        string           `cbor:"key"`
	Region     []string         `cbor:"region"`
}

func (r notedRow) noted() record.Noted {
	return record.Noted{
		ID: r.ID.String(), At: r.At.Time, Session: r.Session, Lens: r.Lens, Touched: r.Touched, Tier: r.Tier, Candidates: r.Candidates,
		Latency: time.Duration(r.Latency), Cached: r.Cached, Model: r.Model, Principal: r.Principal, Behalf: r.Behalf, Key: r.Key, Region: r.Region,
	}
}

const notedPage = 500

// NewestFirst compares traces as NotedCursor sorts them.
func NewestFirst(a, b record.Noted) int {
	return cmp.Or(b.At.Compare(a.At), strings.Compare(recordID(b.ID).Key, recordID(a.ID).Key))
}

// Noted returns all traces of questions and answers, without their texts, newest first.
func (s *Store) Noted(ctx context.Context) (out []record.Noted, err error) {
	known := map[string]string{} // most ids and patterns occur many times
	share := func(list []string) {
		for i, text := range list {
			if same, ok := known[text]; ok {
				list[i] = same
			} else {
				known[text] = text
			}
		}
	}
	for _, table := range []string{TableRetrieval, TableResponse} {
		for after, last := "", false; !last; {
			page, err := selectRows(ctx, s.conn, `SELECT id, at, session, lens, touched, tier, candidates, latency, cached, model, principal, behalf, key, region
	FROM type::record($table, $after>..) LIMIT $limit`, map[string]any{"table": table, "after": after, "limit": notedPage}, notedRow.noted)
			if err != nil {
				return nil, err
			}
			if last = len(page) < notedPage; !last {
				after = recordID(page[len(page)-1].ID).Key
			}
			for _, n := range page {
				share(n.Touched)
				share(n.Region)
			}
			out = append(out, page...)
		}
	}
	slices.SortFunc(out, NewestFirst)
	return out, nil
}

// NotedCursor returns the position of a trace in listings, as DecisionCursor does.
func NotedCursor(n record.Noted) string { return sortText(n.At, n.ID) }

// Retrievals returns the traces of questions with the given ids that exist, in any order.
func (s *Store) Retrievals(ctx context.Context, ids []string) (out []record.Retrieval, err error) {
	found, err := selectRows(ctx, s.conn, `SELECT * FROM array::distinct($ids)`, map[string]any{"ids": rows(ids, recordID)}, func(r retrievalRow) retrievalRow { return r })
	for _, r := range found {
		one, err := r.retrieval()
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, err
}

// Responses returns the traces of answers with the given ids that exist, in any order.
func (s *Store) Responses(ctx context.Context, ids []string) ([]record.Response, error) {
	return selectRows(ctx, s.conn, `SELECT * FROM array::distinct($ids)`, map[string]any{"ids": rows(ids, recordID)}, responseRow.response)
}

// EraseTraces removes traces.
func (s *Store) EraseTraces(ctx context.Context, ids []string) error {
	for page := range slices.Chunk(ids, notedPage) {
		if _, err := query(ctx, s.conn, `DELETE $ids RETURN NONE`, map[string]any{"ids": rows(page, recordID)}); err != nil {
			return err
		}
	}
	return nil
}

// Gone says which traces of questions and answers an erasure concerns.
type Gone struct {
	Rows    []string // ids of rows whose texts are erased
	Session string   // a deleted session; "": none
	Path    string   // a forgotten scope, with those below it; "": none
}

// Of returns the function that reports whether an erasure concerns a trace: it touches one of the rows; its question was limited to the
// session, or to a scope at or below the path; or the grants of its caller named such a scope.
func (g Gone) Of() func(record.Noted) bool {
	erased := make(map[string]bool, len(g.Rows))
	for _, id := range g.Rows {
		erased[id] = true
	}
	inside := func(path string) bool {
		return g.Path != "" && (g.Path == scope.Root || path == g.Path || strings.HasPrefix(path, g.Path+"/"))
	}
	return func(n record.Noted) bool {
		return g.Session != "" && n.Session == g.Session ||
			slices.ContainsFunc(n.Touched, func(id string) bool { return erased[id] }) ||
			slices.ContainsFunc(n.Lens, func(clause []string) bool { return slices.ContainsFunc(clause, inside) }) ||
			slices.ContainsFunc(n.Region, func(pattern string) bool { return inside(strings.TrimSuffix(pattern, "/*")) })
	}
}

// Missing returns those of some texts, turns, facts and instructions that do not exist. It ignores other ids.
func (s *Store) Missing(ctx context.Context, ids []string) (out []string, err error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		switch table, _, _ := strings.Cut(id, ":"); table {
		case TableChunk, TableTurn, TableAttribute, TableRelation, TableInstruction:
			return false
		}
		return true
	})
	for page := range slices.Chunk(ids, notedPage) {
		found, err := selectRows(ctx, s.conn, `SELECT VALUE id FROM array::distinct($ids)`, map[string]any{"ids": rows(page, recordID)},
			func(raw cbor.RawMessage) cbor.RawMessage { return raw })
		if err != nil {
			return nil, err
		}
		there := map[string]bool{}
		for _, raw := range found {
			var id surreal.RecordID
			if isNone(raw) {
				continue
			}
			if err := surreal.Unmarshal(raw, &id); err != nil {
				return nil, err
			}
			there[id.String()] = true
		}
		for _, id := range page {
			if !there[id] {
				out = append(out, id)
			}
		}
	}
	return out, nil
}

// finishTraces removes the traces that an interrupted erasure left. The rows that they touch are erased by now.
func (s *Store) finishTraces(ctx context.Context, e Erasure) error {
	all, err := s.Noted(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	touched := map[string]bool{}
	for _, n := range all {
		for _, id := range n.Touched {
			touched[id] = true
		}
	}
	gone := Gone{Session: e.Session, Path: e.Path}
	if len(e.Within) > 0 {
		gone.Session = "" // a part of it stays
	}
	ids := make([]string, 0, len(touched))
	for id := range touched {
		ids = append(ids, id)
	}
	if gone.Rows, err = s.Missing(ctx, ids); err != nil {
		return err
	}
	concerned := gone.Of()
	var list []string
	for _, n := range all {
		if concerned(n) {
			list = append(list, n.ID)
		}
	}
	return s.EraseTraces(ctx, list)
}
