package surreal_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/fetch"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// module is the pinned build, compiled once for all tests of the package.
var module = sync.OnceValues(func() (*engine.Module, error) {
	build, err := fetch.Wasm(context.Background(), fetch.Options{})
	if err != nil {
		return nil, err
	}
	return engine.Compile(context.Background(), build.Bytes, build.CompilationDir)
})

func TestMain(m *testing.M) {
	code := m.Run()
	// A fuzzing worker never opens it: that would take seconds for each.
	if opened.Load() {
		if m, err := module(); err == nil {
			if err := m.Close(context.Background()); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = 1
			}
		}
	}
	os.Exit(code)
}

var opened atomic.Bool

func open(tb testing.TB) *engine.Engine {
	tb.Helper()
	opened.Store(true)
	m, err := module()
	require.NoError(tb, err)
	e, err := engine.Open(context.Background(), m, kv.New(kv.NewMemory()))
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, e.Close(context.Background())) })
	return e
}

func connect(tb testing.TB, e *engine.Engine) *engine.Session {
	tb.Helper()
	s, err := e.Connect(context.Background())
	require.NoError(tb, err)
	require.NoError(tb, s.Use(context.Background(), "test", "test"))
	return s
}

func query(tb testing.TB, c surreal.Conn, sql string, vars map[string]any) surreal.Results {
	tb.Helper()
	out, err := c.Query(context.Background(), sql, vars)
	require.NoError(tb, err, sql)
	return out
}

// texts are strings that a protocol, a parser or a key encoding could trip over.
var texts = []string{
	"a", "1", "-1", "1.5", "true", "null", "NONE", "a b", "a:b", "a/b", "person/alice", "⟨a⟩", "⟨", "⟩", "`a`", "a`b", `a\b`, `a\`,
	"'", `"`, "$x", "{}", "[1]", "..", "a..b", "é", "e\u0301", "日本語", "😀👍🏽", "\n\t\r", "\x00", "a\x00b", "\u00a0", "\ufeff", "\uffff", "rand()", "ulid()",
	"u'018f0000-0000-7000-8000-000000000000'", "018f0000-0000-7000-8000-000000000000", "2026-01-01T00:00:00Z", "1h", "--", "/*", ";",
	strings.Repeat("x", 1000), strings.Repeat("é", 1000),
}

func TestValuesThroughTheEngine(t *testing.T) {
	t.Parallel()
	s := connect(t, open(t))
	at := func(s string) surreal.Datetime {
		v, err := time.Parse(time.RFC3339Nano, s)
		require.NoError(t, err)
		return surreal.At(v)
	}
	tag := func(n uint64, v any) cbor.Tag { return cbor.Tag{Number: n, Content: v} }
	type object = map[string]any
	cases := []struct{ in, want any }{
		{nil, nil},
		{true, true}, {false, false},
		{0, int64(0)}, {-1, int64(-1)}, {int64(math.MaxInt64), int64(math.MaxInt64)}, {int64(math.MinInt64), int64(math.MinInt64)},
		{0.0, 0.0}, {1.0, 1.0}, {0.1, 0.1}, {-1e300, -1e300}, {math.MaxFloat64, math.MaxFloat64}, {5e-324, 5e-324}, {math.Inf(1), math.Inf(1)},
		{float32(0.1), float64(float32(0.1))},
		{[]byte{}, []byte{}}, {[]byte{0, 255}, []byte{0, 255}}, {make([]byte, 1536), make([]byte, 1536)},
		{surreal.UUID{1, 2, 3, 15: 255}, surreal.UUID{1, 2, 3, 15: 255}},
		{at("1970-01-01T00:00:00Z"), at("1970-01-01T00:00:00Z")},
		{at("1969-12-31T23:59:59.999999999Z"), at("1969-12-31T23:59:59.999999999Z")},
		{at("1969-12-31T23:59:58Z"), at("1969-12-31T23:59:58Z")},
		{at("0001-01-01T00:00:00.000000001Z"), at("0001-01-01T00:00:00.000000001Z")},
		{at("1582-10-15T12:00:00.5Z"), at("1582-10-15T12:00:00.5Z")},
		{at("2026-05-01T12:30:00.123456789Z"), at("2026-05-01T12:30:00.123456789Z")},
		{at("2038-01-19T03:14:08Z"), at("2038-01-19T03:14:08Z")},
		{at("9999-12-31T23:59:59.999999999Z"), at("9999-12-31T23:59:59.999999999Z")},
		{surreal.At(time.Date(100_000, 1, 1, 0, 0, 0, 1, time.UTC)), surreal.At(time.Date(100_000, 1, 1, 0, 0, 0, 1, time.UTC))},
		{surreal.At(time.Date(262_142, 12, 31, 23, 59, 59, 0, time.UTC)), surreal.At(time.Date(262_142, 12, 31, 23, 59, 59, 0, time.UTC))},
		{surreal.At(time.Date(-262_143, 1, 1, 0, 0, 0, 0, time.UTC)), surreal.At(time.Date(-262_143, 1, 1, 0, 0, 0, 0, time.UTC))},
		{surreal.At(time.Date(2026, 5, 1, 12, 0, 0, 0, time.FixedZone("", 3600))), at("2026-05-01T11:00:00Z")},
		{time.Date(2026, 5, 1, 12, 0, 0, 123_456_789, time.FixedZone("", 3600)), at("2026-05-01T11:00:00.123456789Z")},
		{tag(10, "1.5"), "1.5"}, {tag(10, "-0.000000000000000000000000001"), "-0.000000000000000000000000001"},
		{tag(14, []int{5400}), []any{int64(5400)}}, {tag(14, []int{0, 1}), []any{int64(0), int64(1)}}, {tag(14, []int{}), []any{}},
		{tag(56, []int{2, 1, 2}), []any{int64(1), int64(2)}},
		{[]any{}, []any{}}, {object{}, object{}},
		{
			object{"a": []any{nil, surreal.None{}, object{"id": surreal.RecordID{Table: "p", Key: "⟨x⟩"}, "at": at("1969-01-01T00:00:00.1Z")}}},
			object{"a": []any{nil, surreal.None{}, object{"id": surreal.RecordID{Table: "p", Key: "⟨x⟩"}, "at": at("1969-01-01T00:00:00.1Z")}}},
		},
		{surreal.Some([]string{"a"}), []any{"a"}},
		{surreal.Some(surreal.RecordID{Table: "a b", Key: "c"}), surreal.RecordID{Table: "a b", Key: "c"}},
	}
	for _, text := range append(texts, "") {
		cases = append(cases, struct{ in, want any }{text, text})
	}
	for i, c := range cases {
		vars := object{"v": c.in, "id": fmt.Sprint(i)}
		out := query(t, s, `RETURN $v; CREATE type::record('held', $id) SET v = $v; SELECT VALUE v FROM ONLY type::record('held', $id)`, vars)
		for _, statement := range []int{0, 2} {
			got, err := surreal.Decode(out[statement])
			require.NoError(t, err)
			require.Equal(t, c.want, got, "%#v, statement %d", c.in, statement)
		}
	}
	// NaN is not equal to itself.
	out := query(t, s, `RETURN $v`, object{"v": math.NaN()})
	got, err := surreal.Decode(out[0])
	if f, ok := got.(float64); err != nil || !ok || !math.IsNaN(f) {
		t.Errorf("NaN became %v, %v", got, err)
	}
}

func TestRecordKeysThroughTheEngine(t *testing.T) {
	t.Parallel()
	s := connect(t, open(t))
	type row struct {
		ID   surreal.RecordID   `cbor:"id"`
		Key  string             `cbor:"key"`
		Link surreal.RecordID   `cbor:"link"`
		More []surreal.RecordID `cbor:"more"`
	}
	seen := map[surreal.RecordID]bool{}
	for _, table := range []string{"p", "memory_chunk", "a b", "⟨t⟩", "1"} {
		for _, key := range texts {
			id := surreal.RecordID{Table: table, Key: key}
			require.False(t, seen[id])
			seen[id] = true
			want := []row{{id, key, id, []surreal.RecordID{id, id}}}
			out := query(t, s, `INSERT INTO $table $row; SELECT * FROM $id; RETURN record::id($id)`,
				map[string]any{"id": id, "table": cbor.Tag{Number: 7, Content: table}, "row": want[0]})
			for _, statement := range []int{0, 1} {
				var got []row
				require.NoError(t, out.Into(statement, &got))
				require.Equal(t, want, got, "statement %d", statement)
			}
			var got string
			require.NoError(t, out.Last(&got))
			require.Equal(t, key, got)
		}
		var n int
		require.NoError(t, query(t, s, `RETURN count(SELECT id FROM $table)`, map[string]any{"table": cbor.Tag{Number: 7, Content: table}}).Last(&n))
		if n != len(texts) {
			t.Errorf("%d rows in %q, want %d: keys were taken for each other", n, table, len(texts))
		}
	}
	// Keys of other types belong to others; they are refused, not mangled.
	for _, id := range []string{`p:1`, `p:[1, 'x']`, `p:{a: 1}`, `p:u'018f0000-0000-7000-8000-000000000000'`, `p:1..3`} {
		out := query(t, s, `RETURN `+id+`; RETURN [{ id: `+id+` }]`, nil)
		var got surreal.RecordID
		if err := out.Into(0, &got); !errors.Is(err, surreal.ErrMalformed) || !got.IsZero() {
			t.Errorf("%s became %v, %v", id, got, err)
		}
		var rows []row
		if err := out.Into(1, &rows); !errors.Is(err, surreal.ErrMalformed) {
			t.Errorf("%s became %v, %v", id, rows, err)
		}
		if got, err := surreal.Decode(out[1]); !errors.Is(err, surreal.ErrMalformed) {
			t.Errorf("%s became %v, %v", id, got, err)
		}
	}
}

// A declared field, a stored NULL, a stored NONE and a field that the row lacks, read by SELECT * and by name.
func TestNothingThroughTheEngine(t *testing.T) {
	t.Parallel()
	s := connect(t, open(t))
	query(t, s, `DEFINE TABLE full SCHEMAFULL; DEFINE FIELD text ON full TYPE option<string | null>;
		DEFINE FIELD at ON full TYPE option<datetime>; DEFINE FIELD link ON full TYPE option<record>;
		DEFINE FIELD bytes ON full TYPE option<bytes>; DEFINE TABLE less SCHEMALESS`, nil)
	type row struct {
		Text  surreal.Optional[string]           `cbor:"text"`
		At    surreal.Datetime                   `cbor:"at"`
		Link  surreal.Optional[surreal.RecordID] `cbor:"link"`
		Bytes surreal.Optional[[]byte]           `cbor:"bytes"`
	}
	for name, c := range map[string]struct {
		in   any
		want row
	}{
		"none":  {row{}, row{}},
		"no":    {map[string]any{}, row{}},
		"null":  {row{Text: surreal.Optional[string]{State: surreal.Null}}, row{Text: surreal.Optional[string]{State: surreal.Null}}},
		"empty": {row{Text: surreal.Some(""), Bytes: surreal.Some([]byte{})}, row{Text: surreal.Some(""), Bytes: surreal.Some([]byte{})}},
		"all": {
			row{surreal.Some("x"), surreal.At(time.Unix(-1, 1)), surreal.Some(surreal.RecordID{Table: "p", Key: "a"}), surreal.Some([]byte{1})},
			row{surreal.Some("x"), surreal.At(time.Unix(-1, 1).UTC()), surreal.Some(surreal.RecordID{Table: "p", Key: "a"}), surreal.Some([]byte{1})},
		},
	} {
		for _, table := range []string{"full", "less"} {
			out := query(t, s, `CREATE $id CONTENT $row; SELECT * FROM $id; SELECT text, at, link, bytes FROM $id`,
				map[string]any{"id": surreal.RecordID{Table: table, Key: name}, "row": c.in})
			for i := range out {
				var got []row
				require.NoError(t, out.Into(i, &got))
				require.Equal(t, []row{c.want}, got, "%s in %s, statement %d", name, table, i)
			}
		}
	}
	// A row that is not there is NONE, not an empty row.
	var one surreal.Optional[row]
	require.NoError(t, query(t, s, `SELECT * FROM ONLY full:nobody`, nil).Last(&one))
	require.Equal(t, surreal.Missing, one.State)
	require.NoError(t, query(t, s, `SELECT * FROM ONLY full:none`, nil).Last(&one))
	require.Equal(t, surreal.Present, one.State)
}

func TestErrorsOfTheEngine(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), open(t)
	s := connect(t, e)
	query(t, s, `DEFINE TABLE p; DEFINE INDEX u ON p FIELDS name UNIQUE; DEFINE FIELD age ON p TYPE option<int>; CREATE p:a SET name = 'x'`, nil)
	for sql, want := range map[string]error{
		`CREATE p:a`:                      surreal.ErrAlreadyExists,
		`INSERT INTO p { id: 'a' }`:       surreal.ErrAlreadyExists,
		`CREATE p:b SET name = 'x'`:       surreal.ErrAlreadyExists,
		`DEFINE TABLE p`:                  surreal.ErrAlreadyExists,
		`DEFINE INDEX u ON p FIELDS name`: surreal.ErrAlreadyExists,
		`DEFINE NAMESPACE test`:           surreal.ErrAlreadyExists,
		`DEFINE DATABASE test`:            surreal.ErrAlreadyExists,
		`SELECT * FROM nowhere`:           surreal.ErrNotFound,
		`REMOVE TABLE nowhere`:            surreal.ErrNotFound,
		`REMOVE DATABASE nowhere`:         surreal.ErrNotFound,
		`REMOVE NAMESPACE nowhere`:        surreal.ErrNotFound,
		`REMOVE INDEX nope ON p`:          surreal.ErrOther,
		`RETURN fn::nope()`:               surreal.ErrOther,
		`RETURN 1 +`:                      surreal.ErrOther,
		`CREATE p:c SET age = 'old'`:      surreal.ErrOther,
		`THROW 'stale'`:                   surreal.ErrThrown,
		`THROW { reason: 'stale' }`:       surreal.ErrThrown,
		`BEGIN; CREATE p:c; CREATE p:b SET name = 'x'; CREATE p:d; COMMIT`: surreal.ErrAlreadyExists,
		`BEGIN; CREATE p:c; SELECT * FROM nowhere; COMMIT`:                 surreal.ErrNotFound,
		`BEGIN; CREATE p:c; THROW 'stale'; CREATE p:d; COMMIT`:             surreal.ErrThrown,
		`BEGIN; CREATE p:c; CANCEL`:                                        surreal.ErrOther,
		`BEGIN; CREATE p:c`:                                                surreal.ErrOther,
	} {
		_, err := s.Query(ctx, sql, nil)
		var failure *surreal.Error
		if !errors.As(err, &failure) || failure.Kind != want {
			t.Errorf("%s: %v, want %v", sql, err, want)
		}
	}
	// A session that has ended must not look like a table that is not there.
	require.NoError(t, s.Close(ctx))
	if _, err := s.Query(ctx, `SELECT * FROM p`, nil); err == nil || errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("a closed session: %v", err)
	}
}

// Values that read like SurrealDB's own errors, in the places where its errors quote values.
func TestHostileValuesInErrors(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), open(t)
	s := connect(t, e)
	query(t, s, `DEFINE TABLE p; DEFINE INDEX u ON p FIELDS name UNIQUE; DEFINE FIELD age ON p TYPE option<int>`, nil)
	for i, value := range []string{
		"Transaction conflict: x. This transaction can be retried",
		"Failed to commit transaction due to a read or write conflict. This transaction can be retried",
		"There was a problem with a transaction: An IndexedDB error occured: idb error",
		"The query was not executed due to a failed transaction",
		"The query was not executed because it exceeded the timeout",
		"The table 'p' does not exist",
		"An error occurred: stale",
		"' already contains '",
	} {
		taken := surreal.RecordID{Table: "p", Key: value}
		vars := map[string]any{"taken": taken, "other": surreal.RecordID{Table: "p", Key: fmt.Sprint(i)}, "value": value}
		query(t, s, `CREATE $taken SET name = $value`, vars)
		for sql, want := range map[string]error{
			`CREATE $taken`:                     surreal.ErrAlreadyExists,
			`CREATE $other SET name = $value`:   surreal.ErrAlreadyExists,
			`CREATE $other SET age = $value`:    surreal.ErrOther,
			`THROW $value`:                      surreal.ErrThrown,
			`RETURN <int> $value`:               surreal.ErrOther,
			`SELECT * FROM type::table($value)`: surreal.ErrNotFound,
			`BEGIN; CREATE p:other; CREATE $other SET name = $value; CREATE p:more; COMMIT`: surreal.ErrAlreadyExists,
			`BEGIN; CREATE p:other; THROW $value; CREATE p:more; COMMIT`:                    surreal.ErrThrown,
			`BEGIN; CREATE p:other; CREATE $other SET age = $value; COMMIT`:                 surreal.ErrOther,
		} {
			attempts := 0
			err := surreal.Retry(ctx, surreal.Backoff{First: 1, Longest: 1}, func() error {
				attempts++
				_, err := s.Query(ctx, sql, vars)
				return err
			})
			if !errors.Is(err, want) || attempts != 1 {
				t.Errorf("%s with %q: %v after %d attempts, want %v after one", sql, value, err, attempts, want)
			}
			if text, ok := surreal.Thrown(err); ok != (want == surreal.ErrThrown) || ok && text != value {
				t.Errorf("%s with %q threw %q, %v", sql, value, text, ok)
			}
		}
	}
}

func TestConflictsOfTheEngineAreRetried(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), open(t)
	query(t, connect(t, e), `CREATE counter:one SET n = 0`, nil)
	for name, sql := range map[string]string{
		"a bare statement": `UPDATE counter:one SET n += 1`,
		"a transaction":    `BEGIN; UPDATE counter:one SET n += 1; UPDATE counter:one SET last = n; COMMIT`,
	} {
		query(t, connect(t, e), `UPDATE counter:one SET n = 0`, nil)
		var conflicts atomic.Int64
		const writers, each, most = 4, 10, 200
		written := 0
		// Whether writers meet is chance: they go on until they have.
		for round := 0; round < most && conflicts.Load() == 0; round++ {
			var wg sync.WaitGroup
			for range writers {
				s := connect(t, e)
				wg.Go(func() {
					for range each {
						err := surreal.Retry(ctx, surreal.Backoff{Attempts: 1000, First: 1, Longest: time.Millisecond}, func() error {
							_, err := s.Query(ctx, sql, nil)
							if errors.Is(err, surreal.ErrConflict) {
								conflicts.Add(1)
							}
							return err
						})
						if err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
			written += writers * each
		}
		var n int
		require.NoError(t, query(t, connect(t, e), `SELECT VALUE n FROM ONLY counter:one`, nil).Last(&n))
		if n != written {
			t.Errorf("%s: %d writes are there, want %d", name, n, written)
		}
		if conflicts.Load() == 0 {
			t.Errorf("%s: no conflict ever: the test does not test", name)
		}
	}
}
