package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// removed defines tables of every kind that Remove tells apart, and fills them.
const removed = `BEGIN;
DEFINE TABLE plain SCHEMALESS;
DEFINE TABLE turn SCHEMALESS;
DEFINE INDEX turn_session ON turn FIELDS session, seq UNIQUE;
DEFINE INDEX turn_code ON turn FIELDS code UNIQUE;
DEFINE TABLE listed SCHEMALESS;
DEFINE INDEX listed_by ON listed FIELDS by;
DEFINE TABLE person SCHEMALESS;
DEFINE TABLE knows TYPE RELATION IN person OUT person;
DEFINE TABLE watched SCHEMALESS;
DEFINE EVENT gone ON watched WHEN $event = 'DELETE' THEN { CREATE plain:⟨witness⟩ };
DEFINE TABLE typed SCHEMALESS;
DEFINE FIELD n ON typed TYPE int;
CREATE plain:one SET text = 'one';
CREATE plain:⟨two words⟩ SET text = 'two', n = 1.5, nothing = NULL, yes = true, at = d'2026-05-04T09:30:00.123456789Z', inner = { a: [1, 'b', { c: -1 }] };
CREATE plain:kept SET text = 'kept';
FOR $seq IN $seqs { CREATE type::record('turn', 't-' + <string> $seq) SET session = session:s1, seq = $seq, code = $seq, role = 'user', content = $content,
	spoken_at = d'2026-05-04T09:30:00.123456789Z', recorded_at = d'1926-05-04T09:30:00Z', scopes = [['a', 'b'], ['c']], labels = [] };
FOR $key IN $keys { CREATE type::record('turn', $key) SET session = type::record('session', $key), seq = 7, code = -7 - string::len($key), content = '' };
FOR $key IN $keys { UPDATE type::record('turn', $key) SET code = 1000 + string::len($key) };
CREATE turn:⟨a float⟩ SET session = session:s2, seq = 1.5, code = 2000;
CREATE turn:⟨a decimal⟩ SET session = session:s2, seq = 2dec, code = 2001;
CREATE turn:⟨below zero⟩ SET session = session:s2, seq = -3, code = 2002;
CREATE turn:⟨a flag⟩ SET session = session:s2, seq = 4, code = 2003, flag = true;
CREATE turn:⟨without a session⟩ SET seq = 5, code = 2004;
CREATE turn:⟨another key⟩ SET session = session:7, seq = 6, code = 2005;
CREATE turn:kept SET session = session:s1, seq = 5000, code = 5000;
CREATE listed:one SET by = 'ann';
CREATE person:ann; CREATE person:bob;
RELATE person:ann->knows:k->person:bob;
CREATE watched:one;
CREATE typed:one SET n = 1;
COMMIT;`

// Remove leaves the same storage as DELETE does, whatever it leaves to the statement.
func TestRemove(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	seqs := []int64{0, 1, 9, 10, 99, 100, 255, 256, 300, 999, 1000, 4999, 65535, 65536, 99999, 1_000_000, 987_654_321, 4_294_967_296, 9_007_199_254_740_993}
	keys := []string{"ü ⟨x⟩", strings.Repeat("k", 250), strings.Repeat("l", 251), strings.Repeat("m", 900), "a\x01b"}
	vars := map[string]any{"seqs": seqs, "keys": keys, "content": strings.Repeat("text ", 20_000)}
	ids := func(table string, keys ...string) (out []surreal.RecordID) {
		out = []surreal.RecordID{}
		for _, key := range keys {
			out = append(out, surreal.RecordID{Table: table, Key: key})
		}
		return out
	}
	numbered := make([]string, len(seqs))
	for i, n := range seqs {
		numbered[i] = fmt.Sprintf("t-%d", n)
	}
	for name, c := range map[string]struct {
		ids, left []surreal.RecordID
	}{
		"plain":                {ids: ids("plain", "one", "two words")},
		"rows that are gone":   {ids: slices.Concat(ids("plain", "none"), ids("listed", "none"), ids("turn", "none"))},
		"twice":                {ids: ids("turn", "t-1", "t-1")},
		"unique index":         {ids: ids("turn", numbered...)},
		"unusual keys":         {ids: ids("turn", keys...)},
		"other numbers":        {ids: ids("turn", "a float", "a decimal", "below zero", "t-9"), left: ids("turn", "a float", "a decimal", "below zero")},
		"other columns":        {ids: ids("turn", "a flag", "without a session", "another key", "t-9"), left: ids("turn", "a flag", "without a session", "another key")},
		"other indexes":        {ids: ids("listed", "one"), left: ids("listed", "one")},
		"edges":                {ids: slices.Concat(ids("person", "ann"), ids("plain", "one")), left: ids("person", "ann")},
		"an edge":              {ids: ids("knows", "k"), left: ids("knows", "k")},
		"events":               {ids: ids("watched", "one"), left: ids("watched", "one")},
		"declared fields":      {ids: ids("typed", "one"), left: ids("typed", "one")},
		"nothing":              {ids: ids("plain")},
		"of different sorts":   {ids: slices.Concat(ids("turn", "t-99"), ids("listed", "one"), ids("plain", "one")), left: ids("listed", "one")},
		"the row with a tilde": {ids: ids("plain", "~", "kept~")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := func(remove func(*Session)) []string {
				memory := kv.NewMemory()
				e := open(t, newEngine(t).module, kv.New(kept{memory}))
				s := use(t, e, "removed")
				_, err := s.Query(ctx, removed, vars)
				require.NoError(t, err)
				remove(s)
				return contents(t, memory)
			}
			want := state(func(s *Session) {
				_, err := s.Query(ctx, `DELETE $ids RETURN NONE`, map[string]any{"ids": c.ids})
				require.NoError(t, err)
			})
			got := state(func(s *Session) {
				done, left, err := s.Remove(ctx, c.ids)
				require.NoError(t, err)
				if done != len(c.ids) || !slices.Equal(left, c.left) {
					t.Errorf("%d of %d done, %v left, want %v", done, len(c.ids), left, c.left)
				}
				if len(left) > 0 {
					_, err = s.Query(ctx, `DELETE $ids RETURN NONE`, map[string]any{"ids": left})
					require.NoError(t, err)
				}
			})
			// Names and numbers of a database are the same in two new stores.
			if !slices.Equal(got, want) {
				t.Errorf("%d records are left, %d after DELETE", len(got), len(want))
			}
		})
	}
}

// contents returns the records of a database that statements made, without those that are different each time.
func contents(t *testing.T, memory kv.Backend) (out []string) {
	t.Helper()
	snapshot, err := memory.Snapshot()
	require.NoError(t, err)
	defer snapshot.Release()
	it := snapshot.Iterate([]byte("/*"), []byte("/+"), kv.Forward)
	for key, value, err := it.Next(); key != nil; key, value, err = it.Next() {
		require.NoError(t, err)
		if k := string(key); len(k) > 11 && k[6] == '*' && k[11] == '*' && !strings.Contains(k, "\x00!i") {
			out = append(out, k+"="+string(value))
		}
	}
	require.NotEmpty(t, out)
	return out
}

// A commit of Remove stays small, also if the rows are large.
func TestRemoveInParts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := use(t, newEngine(t), "large")
	var ids []surreal.RecordID
	for i := range 3 {
		ids = append(ids, surreal.RecordID{Table: "text", Key: fmt.Sprint("k", i)})
		_, err := s.Query(ctx, `CREATE $id SET text = $text RETURN NONE`, map[string]any{"id": ids[i], "text": strings.Repeat(fmt.Sprint(i), bytesRemoved*2/3)})
		require.NoError(t, err)
	}
	steps := 0
	for rest := ids; len(rest) > 0; steps++ {
		done, left, err := s.Remove(ctx, rest)
		require.NoError(t, err)
		require.Empty(t, left)
		require.Positive(t, done)
		rest = rest[done:]
	}
	if steps != 3 {
		t.Errorf("%d steps for three texts of which no two go together", steps)
	}
	if got := query[[]any](t, s, `SELECT VALUE id FROM text`, nil); len(got) > 0 {
		t.Errorf("%v are left", got)
	}
	nowhere, err := newEngine(t).Connect(ctx)
	require.NoError(t, err)
	if _, _, err := nowhere.Remove(ctx, ids); !errors.Is(err, errNoDatabase) {
		t.Errorf("a session without a database: %v", err)
	}
	require.NoError(t, s.Close(ctx))
	if _, _, err := s.Remove(ctx, ids); !errors.Is(err, ErrClosed) {
		t.Errorf("a closed session: %v", err)
	}
}

// No cut or changed row makes reading panic.
func TestReadRowOfAnyForm(t *testing.T) {
	t.Parallel()
	row := []byte("\x01\x00\x01\n\x01\x04\acontent\x01\x04\x05hello\x06scopes\x01\b\x01\x01\x01\b\x01\x01\x01\x04\borg/gone\x03seq\x01\x03\x01\x00\xfc\x80\x84\x1e\x00" +
		"\asession\x01\x0e\x01\asession\x01\x01\x02s1")
	columns, ok := readRow(row)
	if !ok || string(columns["session"]) != "\x10session\x00\x03s1\x00" || len(columns) != 2 {
		t.Fatalf("%q, %v", columns, ok)
	}
	for i := range row {
		if _, ok := readRow(row[:i]); ok {
			t.Errorf("a row of %d bytes is read", i)
		}
		for _, b := range []byte{0, 1, 3, 14, 250, 251, 252, 253, 255} {
			changed := slices.Clone(row)
			changed[i] = b
			readRow(changed)
		}
	}
}

func FuzzReadRow(f *testing.F) {
	f.Add([]byte("\x01\x00\x01\n\x01\x01\x03seq\x01\x03\x01\x00\xfd\x80\x84\x1e\x00\x00\x00\x00\x00"))
	f.Fuzz(func(_ *testing.T, row []byte) {
		readRow(row)
		readUnique(row)
	})
}
