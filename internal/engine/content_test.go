package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// definitions has one of each kind that may be copied.
const definitions = `BEGIN;
DEFINE TABLE person SCHEMALESS;
DEFINE FIELD born ON person TYPE option<int>;
DEFINE INDEX person_name ON person FIELDS name UNIQUE;
DEFINE INDEX person_born ON person FIELDS born;
DEFINE TABLE knows TYPE RELATION IN person OUT person;
DEFINE TABLE log SCHEMALESS;
DEFINE EVENT made ON person WHEN $event = 'CREATE' THEN { CREATE log SET who = fn::hello($after.name) };
DEFINE FUNCTION fn::hello($name: string) { RETURN 'hello ' + $name };
CREATE version:one SET number = $number RETURN NONE;
COMMIT;`

func use(t *testing.T, e *Engine, database string) *Session {
	s := connect(t, e)
	require.NoError(t, s.Use(context.Background(), "test", database))
	return s
}

// works checks that what is defined does what it is for, and that what is defined after it gets numbers of its own.
func works(t *testing.T, s *Session) {
	t.Helper()
	ctx := context.Background()
	_, err := s.Query(ctx, `CREATE person:ann SET name = 'Ann', born = 1990; CREATE person:bob SET name = 'Bob'; RELATE person:ann->knows->person:bob`, nil)
	require.NoError(t, err)
	if _, err := s.Query(ctx, `CREATE person SET name = 'Ann'`, nil); !errors.Is(err, surreal.ErrAlreadyExists) {
		t.Errorf("the unique index: %v", err)
	}
	if _, err := s.Query(ctx, `CREATE person SET name = 'Cid', born = 'early'`, nil); err == nil {
		t.Error("the field takes a text")
	}
	if got := query[[]string](t, s, `SELECT VALUE ->knows->person.name FROM ONLY person:ann`, nil); fmt.Sprint(got) != "[Bob]" {
		t.Errorf("she knows %q", got)
	}
	if got := query[[]string](t, s, `SELECT VALUE who FROM log ORDER BY who`, nil); fmt.Sprint(got) != "[hello Ann hello Bob]" {
		t.Errorf("the event: %q", got)
	}
	later := `DEFINE TABLE pet SCHEMALESS; DEFINE INDEX pet_name ON pet FIELDS name UNIQUE; DEFINE INDEX person_nick ON person FIELDS nick UNIQUE;
		CREATE pet:one SET name = 'Ann'; UPDATE person:ann SET nick = 'Bob'; UPDATE person:bob SET nick = 'Ann'`
	if _, err = s.Query(ctx, later, nil); err != nil {
		t.Errorf("new tables and indexes beside the copied: %v", err)
	}
	for sql, want := range map[string]string{
		`SELECT VALUE id FROM person WITH INDEX person_name WHERE name = 'Ann'`: "person:ann",
		`SELECT VALUE id FROM person WITH INDEX person_born WHERE born = 1990`:  "person:ann",
		`SELECT VALUE id FROM person WITH INDEX person_nick WHERE nick = 'Ann'`: "person:bob",
		`SELECT VALUE id FROM pet WITH INDEX pet_name WHERE name = 'Ann'`:       "pet:one",
	} {
		if got := query[[]surreal.RecordID](t, s, sql, nil); len(got) != 1 || got[0].Table+":"+got[0].Key != want {
			t.Errorf("%s: %v", sql, got)
		}
	}
}

// What statements made of one database is copied into others, of the same store and of another one, whatever their numbers are,
// and is there as if the statements had run.
func TestDefine(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	definitions := definitions + "-- " + uuid.NewString() // nobody has run these before
	define := func(s *Session, number int, copied bool) {
		t.Helper()
		was, err := s.Define(ctx, definitions, map[string]any{"number": number})
		require.NoError(t, err)
		if was != copied {
			t.Errorf("copied: %v, want %v", was, copied)
		}
	}
	e := newEngine(t)
	first := use(t, e, "first")
	define(first, 1, false)
	second := use(t, e, "second")
	define(second, 2, true)
	// Numbers of more than 250 have another form.
	many := use(t, e, "n-0")
	for i := range 300 {
		require.NoError(t, many.Use(ctx, "test", fmt.Sprint("n-", i)))
	}
	define(many, 3, true)
	memory := kv.NewMemory()
	other := open(t, e.module, kv.New(kept{memory}))
	elsewhere := use(t, other, "elsewhere")
	define(elsewhere, 4, true)
	for _, s := range []*Session{first, second, many, elsewhere} {
		works(t, s)
		if got := query[[]int](t, s, `SELECT VALUE number FROM version`, nil); fmt.Sprint(got) != "[1]" {
			t.Errorf("the row is of version %v", got)
		}
	}

	// The next instance, which gives out numbers after those of the one before, finds it the same.
	require.NoError(t, other.Close(ctx))
	again := use(t, open(t, e.module, kv.New(memory)), "elsewhere")
	_, err := again.Query(ctx, `DELETE person; DELETE log; REMOVE TABLE pet; REMOVE INDEX person_nick ON person`, nil)
	require.NoError(t, err)
	works(t, again)

	// A database with something in it is left to the statements.
	_, err = second.Define(ctx, definitions, map[string]any{"number": 5})
	if !errors.Is(err, surreal.ErrAlreadyExists) {
		t.Errorf("defined once more: %v", err)
	}
	filled := use(t, e, "filled")
	_, err = filled.Query(ctx, `CREATE animal:1`, nil)
	require.NoError(t, err)
	define(filled, 6, false)
	if got := query[[]int](t, filled, `SELECT VALUE number FROM version`, nil); fmt.Sprint(got) != "[6]" {
		t.Errorf("the row is of version %v", got)
	}
}

// What was not foreseen is not copied: the statements run each time.
func TestDefineWhatIsNotCopied(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for i := range 2 {
		s := use(t, e, fmt.Sprint("d-", i))
		copied, err := s.Define(context.Background(), `DEFINE ANALYZER plain TOKENIZERS blank`, nil)
		require.NoError(t, err)
		if copied {
			t.Error("an analyzer was copied")
		}
	}
}

func TestNumbersInValues(t *testing.T) {
	t.Parallel()
	for n, want := range map[uint32]string{
		0: "\x00", 250: "\xfa", 251: "\xfb\xfb\x00", 65535: "\xfb\xff\xff", 65536: "\xfc\x00\x00\x01\x00", 1<<32 - 1: "\xfc\xff\xff\xff\xff",
	} {
		b := appendNumber([]byte{9}, n)
		if string(b[1:]) != want {
			t.Errorf("%d: %q", n, b[1:])
		}
		if got, next, err := readNumber(b, 1); err != nil || got != n || next != len(b) {
			t.Errorf("%q is %d up to %d: %v", b, got, next, err)
		}
		if _, _, err := readNumber(b[:len(b)-1], 1); err == nil {
			t.Errorf("%q is read although it is cut", b)
		}
	}
}

// Empty removes a database a few records at a time, and nothing of another one.
func TestEmpty(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	memory := kv.NewMemory()
	e := open(t, newEngine(t).module, kv.New(kept{memory}))
	// Its neighbours have the numbers before and after it.
	var all []*Session
	for i := range 3 {
		s := use(t, e, fmt.Sprint("d-", i))
		_, err := s.Query(ctx, definitions+`FOR $i IN 0..50 { CREATE type::record('person', <string> $i) SET name = 'gone' + <string> $i; };
			FOR $i IN 1..50 { RELATE (type::record('person', <string> $i))->knows->person:⟨0⟩; };`, map[string]any{"number": i})
		require.NoError(t, err)
		all = append(all, s)
	}
	records := func() (n int) {
		snapshot, err := memory.Snapshot()
		require.NoError(t, err)
		defer snapshot.Release()
		it := snapshot.Iterate(nil, nil, kv.Forward)
		for key, _, err := it.Next(); key != nil; key, _, err = it.Next() {
			require.NoError(t, err)
			n++
		}
		return n
	}
	const limit = 40
	before := records()
	for left := true; left; {
		var err error
		left, err = all[1].Empty(ctx, limit)
		require.NoError(t, err)
		now := records()
		if gone := before - now; gone > limit || left && gone < limit {
			t.Fatalf("%d records went in one step", gone)
		}
		before = now
	}
	_, err := all[1].Query(ctx, "REMOVE DATABASE `d-1`", nil)
	require.NoError(t, err)
	for _, s := range []*Session{all[0], all[2]} {
		for table, want := range map[string]int{"person": 50, "knows": 49, "log": 50} {
			if got := query[int](t, s, `RETURN array::len((SELECT VALUE id FROM `+table+`))`, nil); got != want {
				t.Errorf("a neighbour has %d rows of %s, want %d", got, table, want)
			}
		}
	}
	anew := use(t, e, "d-1")
	_, err = anew.Query(ctx, definitions, map[string]any{"number": 7})
	require.NoError(t, err)
	works(t, anew)
	if left, err := connect(t, e).Empty(ctx, limit); left || err != nil {
		t.Errorf("a session without a database: %v, %v", left, err)
	}

	large := use(t, e, "large")
	for i := range 3 {
		_, err := large.Query(ctx, `CREATE text SET text = $text RETURN NONE`, map[string]any{"text": strings.Repeat(fmt.Sprint(i), bytesRemoved*2/3)})
		require.NoError(t, err)
	}
	steps := 0
	for left := true; left; steps++ {
		left, err = large.Empty(ctx, 1000)
		require.NoError(t, err)
	}
	if steps != 3 {
		t.Errorf("%d steps for three texts of which no two go together", steps)
	}
	require.NoError(t, large.Close(ctx))
	if _, err := large.Empty(ctx, 1); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed session: %v", err)
	}
}
