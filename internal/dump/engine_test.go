package dump

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/surreal"
)

// literal is the text of a value.
func literal(tb testing.TB, v any) string {
	tb.Helper()
	p := printer{cursor: cursor{b: encode(tb, v)}}
	require.NoError(tb, p.value(1))
	require.Equal(tb, len(p.b), p.pos)
	return string(p.out)
}

// parse reads the text of a value.
func parse(tb testing.TB, text string) cbor.RawMessage {
	tb.Helper()
	p := parser{lexer: newLexer(strings.NewReader(text)), nesting: maxNesting}
	require.NoError(tb, p.value(1), text)
	p.peek()
	require.Equal(tb, p.end, p.pos, text)
	return p.out
}

func query(tb testing.TB, c surreal.Conn, sql string, vars map[string]any) surreal.Results {
	tb.Helper()
	out, err := c.Query(context.Background(), sql, vars)
	require.NoError(tb, err, sql)
	return out
}

// same compares what was written as text with what was to be written.
func same(tb testing.TB, text string, want, got cbor.RawMessage) {
	tb.Helper()
	if !bytes.Equal(canon(tb, got), canon(tb, want)) {
		tb.Errorf("%s\nis % x\nnot % x", text, canon(tb, got), canon(tb, want))
	}
}

// Every value comes back from the database's own parser and from ours.
func TestLiteralsThroughTheEngine(t *testing.T) {
	t.Parallel()
	c := enginetest.Connect(t, enginetest.Open(t), "literals")
	r := newValues(1)
	var all []any
	for _, text := range texts {
		all = append(all, text, object{text: 1}, record("turn", text))
		if text != "" {
			all = append(all, record(text, "a"), record(text, 1))
		}
	}
	for range 800 {
		all = append(all, r.value(4))
	}
	for part := range slices.Chunk(all, 100) {
		parts := make([]string, len(part))
		for i, v := range part {
			parts[i] = literal(t, v)
			if want, got := encode(t, v), parse(t, parts[i]); !bytes.Equal(got, want) {
				t.Errorf("%s\nread as % x\nnot     % x", parts[i], got, want)
			}
		}
		sql := "RETURN [" + strings.Join(parts, ",\n") + "]"
		var got []cbor.RawMessage
		require.NoError(t, cbor.Unmarshal(query(t, c, sql, nil)[0], &got))
		require.Len(t, got, len(part))
		for i := range part {
			same(t, parts[i], encode(t, part[i]), got[i])
		}
	}
}

// What the database writes for itself, our parser reads.
func TestReadsWhatTheEngineShows(t *testing.T) {
	t.Parallel()
	c := enginetest.Connect(t, enginetest.Open(t), "shows")
	r := newValues(2)
	for range 300 {
		want := encode(t, []any{r.int(), r.text(), tagged(10, r.decimal()), r.bytes(5), object{"a": r.text(), "b": none}, nil, true, record("turn", "1"), record("turn", 1)})
		var text string
		require.NoError(t, query(t, c, `RETURN <string>$v`, map[string]any{"v": want}).Last(&text))
		same(t, text, want, parse(t, text))
	}
}

// Every keyword of SurrealDB 3.0, and words that begin functions, may be a table, a key and a field.
func TestWordsThroughTheEngine(t *testing.T) {
	t.Parallel()
	c := enginetest.Connect(t, enginetest.Open(t), "words")
	for _, word := range strings.Fields(words) {
		for _, word := range []string{word, strings.ToLower(word)} {
			v := object{word: record(word, word), "a": []any{record(word, 1)}}
			text := literal(t, v)
			out, err := c.Query(context.Background(), "RETURN "+text, nil)
			if err != nil {
				t.Errorf("%s: %v", text, err)
				continue
			}
			same(t, text, encode(t, v), out[0])
			sql := fmt.Sprintf("INSERT INTO %s [{ id: %s }]", appendTable(nil, []byte(word)), literal(t, record(word, "a")))
			if _, err := c.Query(context.Background(), sql, nil); err != nil {
				t.Errorf("%s: %v", sql, err)
			}
		}
	}
}

const words = `ACCESS AFTER ALGORITHM ALL ALLINSIDE ALTER ALWAYS ANALYZER AND ANDKW ANYINSIDE API AS ASC ASCENDING ASCII ASSERT ASYNC AT
AUTHENTICATE AUTO BACKEND BATCH BEARER BEFORE BEGIN BLANK BM25 BREAK BUCKET BY CAMEL CANCEL CAPACITY CASCADE CHANGEFEED CHANGES CLASS
COLLATE COLUMNS COMMENT COMMIT COMPACT COMPUTED CONCURRENTLY CONFIG CONTAINS CONTAINSALL CONTAINSANY CONTAINSNONE CONTAINSNOT CONTENT
CONTINUE COUNT CREATE DATABASE DB DEFAULT DEFINE DELETE DESC DESCENDING DIFF DIMENSION DIST DISTANCE DROP DUPLICATE EDGENGRAM EFC ELSE
END ENFORCED EVENT EXCLUDE EXISTS EXPIRED EXPLAIN EXPUNGE EXTEND_CANDIDATES FALSE FETCH FIELD FIELDS FILTERS FLEX FLEXI FLEXIBLE FOR FROM
FULL FULLTEXT FUNCTION FUNCTIONS GRANT GRAPHQL GROUP HASHED_VECTOR HEADERS HIGHLIGHTS HNSW IF IGNORE IN INCLUDE INDEX INFO INSERT INSIDE
INTERSECTS INTO IS ISSUER JWKS JWT KEEP_PRUNED_CONNECTIONS KEY KILL KV LET LIMIT LIVE LM LOWERCASE M M0 MAPPER MAXDEPTH MERGE MIDDLEWARE
ML MODEL MODULE NAMESPACE NGRAM NO NOINDEX NONE NONEINSIDE NORMAL NOT NOTINSIDE NS NULL NUMERIC OMIT ON ONLY OPTION OR ORDER ORIGINAL OUT
OUTSIDE OVERWRITE PARALLEL PARAM PASSHASH PASSWORD PATCH PERMISSIONS POSTINGS_CACHE POSTINGS_ORDER PREPARE PUNCT PURGE RANGE READONLY
REBUILD REFERENCE REFRESH REJECT RELATE RELATION REMOVE REPLACE RETRY RETURN REVOKE REVOKED ROLES ROOT SC SCHEMAFUL SCHEMAFULL SCHEMALESS
SELECT SEQUENCE SESSION SET SHOW SIGNIN SIGNUP SINCE SLEEP SNOWBALL SPLIT START STRICT STRUCTURE SYSTEM TABLE TABLES TB TEMPFILES
TERMS_CACHE TERMS_ORDER THEN THROW TIMEOUT TO TOKEN TOKENIZERS TRANSACTION TRUE TYPE UNIQUE UNSET UPDATE UPPERCASE UPSERT URL USE USER
VALUE VALUES VERSION VS WHEN WHERE WITH ANY ARRAY BOOL BYTES COLLECTION DATETIME DECIMAL DURATION FEATURE FILE FLOAT GEOMETRY FN SILO MOD
INT LINE MULTILINE MULTIPOINT MULTIPOLYGON NUMBER OBJECT POINT POLYGON RAND RECORD REFERENCES REGEX STRING ULID UUID ARA ARABIC DE EN
ENGLISH FR IT TA EDDSA ES256 HS256 RS512 COSINE EUCLIDEAN F32 F64 I16 GET POST PUT TRACE MATH CRYPTO HTTP TIME SEARCH VECTOR ENCODING`

// An object that looks like GeoJSON stays an object, and so does one in a key.
func TestGeometriesThroughTheEngine(t *testing.T) {
	t.Parallel()
	c := enginetest.Connect(t, enginetest.Open(t), "geometries")
	point := object{"type": "Point", "coordinates": []any{1.5, 2.5}}
	var plain cbor.RawMessage = query(t, c, `RETURN { type: 'Point', coordinates: [1.5f, 2.5f] }`, nil)[0]
	if bytes.Equal(canon(t, plain), encode(t, point)) {
		t.Error("the database takes no object for a geometry any more: the cast is not needed")
	}
	for _, v := range []any{
		point, object{"a": point}, []any{point}, record("turn", point),
		object{"type": "GeometryCollection", "geometries": []any{point}}, object{"type": "GeometryCollection", "geometries": []any{}},
		object{"type": "Polygon", "coordinates": []any{[]any{[]any{0.0, 0.0}, []any{1.0, 1.0}, []any{0.0, 0.0}}}},
	} {
		text := literal(t, v)
		same(t, text, encode(t, v), query(t, c, "RETURN "+text, nil)[0])
	}
}

// The database reads values as deep as the package's comment says, and we read as deep as we write.
func TestNestingThroughTheEngine(t *testing.T) {
	t.Parallel()
	c := enginetest.Connect(t, enginetest.Open(t), "nesting")
	const depth = 18
	for name, wrap := range map[string]func(any) any{
		"arrays":      func(v any) any { return []any{v} },
		"objects":     func(v any) any { return object{"a": v} },
		"array keys":  func(v any) any { return record("t", []any{v}) },
		"object keys": func(v any) any { return record("t", object{"type": v}) },
		"sets":        func(v any) any { return tagged(56, []any{v}) },
	} {
		nested := func(levels int) any {
			v := any("Point")
			for range levels {
				v = wrap(v)
			}
			return v
		}
		row := func(levels int) object { return object{"id": record("t", name), "x": nested(levels - 1)} }
		sql := "INSERT INTO t [" + literal(t, row(depth)) + "]; SELECT * FROM t; DELETE t"
		same(t, name, encode(t, []any{row(depth)}), query(t, c, sql, nil)[1])
		if _, err := c.Query(context.Background(), "INSERT INTO t ["+literal(t, row(depth+1))+"]", nil); err == nil {
			t.Errorf("%s: the database reads %d levels", name, depth+1)
		}

		deepest := nested(maxNesting - 1)
		same(t, name, encode(t, deepest), parse(t, literal(t, deepest)))
		p := printer{cursor: cursor{b: encode(t, nested(maxNesting))}}
		require.ErrorIs(t, p.value(1), errNesting, name)
	}
}

// A whole file is loaded by the database itself, and read and inserted by us: both give what was exported.
func TestExportThroughTheEngine(t *testing.T) {
	t.Parallel()
	e := enginetest.Open(t)
	const schema = `DEFINE TABLE turn SCHEMALESS; DEFINE TABLE entity SCHEMALESS; DEFINE TABLE relation TYPE RELATION IN entity OUT entity SCHEMALESS;
		DEFINE TABLE ` + "`select`" + ` SCHEMALESS`
	first, second, third := enginetest.Connect(t, e, "first"), enginetest.Connect(t, e, "second"), enginetest.Connect(t, e, "third")
	for _, c := range []surreal.Conn{first, second, third} {
		query(t, c, "DEFINE DATABASE IF NOT EXISTS first; DEFINE DATABASE IF NOT EXISTS second; DEFINE DATABASE IF NOT EXISTS third;"+schema, nil)
	}
	r := newValues(3)
	tables := map[string]Kind{"turn": Normal, "entity": Normal, "relation": Relation, "select": Normal}
	order := []string{"turn", "entity", "relation", "select"}
	statement := map[string]string{
		"turn": "INSERT INTO turn $rows", "entity": "INSERT INTO entity $rows",
		"relation": "INSERT RELATION INTO relation $rows", "select": "INSERT INTO `select` $rows",
	}
	var entities []any
	for _, table := range order {
		var rows []any
		for i := range 150 {
			row := r.row(table, i)
			delete(row, "in")
			delete(row, "out")
			switch table {
			case "entity":
				entities = append(entities, row["id"])
			case "relation":
				row["in"], row["out"] = entities[r.IntN(10)], entities[i]
			}
			rows = append(rows, row)
		}
		query(t, first, statement[table], map[string]any{"rows": encode(t, rows)})
	}
	all := func(c surreal.Conn, table string) []cbor.RawMessage {
		var rows []cbor.RawMessage
		require.NoError(t, query(t, c, "SELECT * FROM type::table($t) ORDER BY id", map[string]any{"t": table}).Last(&rows))
		return rows
	}

	var file bytes.Buffer
	w, err := NewWriter(&file, Header{Schema: 1, Library: "v1\nDELETE turn;", Exported: time.Unix(1, 5), Context: "c", Description: "\u2028DELETE turn"})
	require.NoError(t, err)
	for _, table := range order {
		rows := all(first, table)
		require.Len(t, rows, 150)
		require.NoError(t, w.Rows(table, tables[table], rows[:70]))
		require.NoError(t, w.Rows(table, tables[table], rows[70:]))
	}
	require.NoError(t, w.Close())

	query(t, second, file.String(), nil)
	reader, err := NewReader(bytes.NewReader(file.Bytes()), Limits{Tables: tables})
	require.NoError(t, err)
	got := map[string][]cbor.RawMessage{}
	for {
		b, err := reader.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		got[b.Table] = append(got[b.Table], b.Rows...)
		query(t, third, statement[b.Table], map[string]any{"rows": b.Rows})
	}
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		want := all(first, table)
		require.Len(t, got[table], len(want))
		ofSecond, ofThird := all(second, table), all(third, table)
		require.Len(t, ofSecond, len(want))
		require.Len(t, ofThird, len(want))
		for i := range want {
			require.Equal(t, want[i], got[table][i], "read: the same bytes")
			require.Equal(t, want[i], ofSecond[i], "loaded by the database")
			require.Equal(t, want[i], ofThird[i], "read and inserted")
		}
	}
	const edges = "SELECT id, array::sort(->relation.id) AS from, array::sort(<-relation.id) AS to FROM entity ORDER BY id"
	want := query(t, first, edges, nil)[0]
	if n := bytes.Count(want, []byte("hrelation")); n != 2*150 { // as CBOR: a text of eight bytes
		t.Errorf("%d ends of edges, want 300", n)
	}
	require.Equal(t, want, query(t, second, edges, nil)[0], "the graph that the database loaded")
	require.Equal(t, want, query(t, third, edges, nil)[0], "the graph that was inserted")
}
