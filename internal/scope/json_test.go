package scope_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

func TestUnmarshalSet(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]record.ScopeSet{
		``: nil, `null`: nil, `""`: nil, `[]`: nil, " [ ]\n": nil,
		`"a/b"`: {{"a/b"}}, `"/a/b/"`: {{"a/b"}}, `"/"`: {{"/"}},
		`["b","a"]`:                     {{"a"}, {"b"}},
		`[["b","a"],["c"]]`:             {{"a", "b"}, {"c"}},
		`["c",["b","a"],"c"]`:           {{"a", "b"}, {"c"}},
		`["u\u0308","\u00fc"]`:          {{"ü"}},
		`{"org":"acme"}`:                {{"org/acme"}},
		`{"user":"alice","org":"acme"}`: {{"user/alice/org/acme"}},
		`{"org":"acme","user":"alice"}`: {{"org/acme/user/alice"}},
		`[{"org":"acme"},"x"]`:          {{"org/acme"}, {"x"}},
		`[["x",{"org":"acme","user":"alice"}],{"org":"b"},["org/b"]]`: {{"org/acme/user/alice", "x"}, {"org/b"}},
		`{"Org":"a","org":"b"}`: {{"Org/a/org/b"}},
	} {
		got, err := scope.UnmarshalSet([]byte(in))
		if err != nil || !got.Equal(want) || want == nil && got != nil {
			t.Errorf("UnmarshalSet(%s) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestUnmarshalSetRefuses(t *testing.T) {
	t.Parallel()
	dimensions := make([]string, scope.MaxSegments/2+1)
	for i := range dimensions {
		dimensions[i] = fmt.Sprintf(`"d%d":"v"`, i)
	}
	array := func(element string, n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(element+",", n), ",") + "]"
	}
	for in, want := range map[string]string{
		` `: "ends too early", `[`: "clause 0: JSON ends too early", `["a"`: "clause 1: JSON ends too early", `[["a"`: "clause 0, path 1: JSON ends too early",
		`{"a"`: "ends too early", `{"a":"b"`: "ends too early", `["a",]`: "not JSON at byte", `["a" "b"]`: "not JSON at byte", `{"a":"b",}`: "not JSON", `{1:"b"}`: "not JSON",
		`"a" "b"`: "more than one JSON value", `[]]`: "more than one JSON value", `null x`: "more than one JSON value", `nul`: "not JSON|too early",
		`[""]`: "clause 0, path 0: empty path", `["a",[]]`: "clause 1 is empty", `["a",["b",""]]`: "clause 1, path 1: empty path",
		`1`: "a number where a path belongs", `1e999`: "a number where", `true`: "a boolean where", `[null]`: "clause 0, path 0: null where", `["a",["b",false]]`: "clause 1, path 1: a boolean where",
		`[[["a"]]]`: "clause 0, path 0: an array where", strings.Repeat("[", 1000): "clause 0, path 0: an array where",
		`{}`: "an object without dimensions", `["a",[{}]]`: "clause 1, path 0: an object without dimensions",
		`{"org":1}`: `value of the dimension "org": a number, not a string`, `{"org":true}`: "a boolean, not", `{"org":null}`: "null, not", `{"org":["a"]}`: "an array, not", `{"org":{"a":"b"}}`: "an object, not",
		`{"org":""}`: "empty", `{"":"a"}`: "dimension 0: empty", `{"org":"a","org":"b"}`: `dimension "org" twice`, `{"\u00fc":"a","u\u0308":"b"}`: "twice",
		`{"org":"a/b"}`: `"a/b" has a "/"`, `{"org/x":"a"}`: `dimension 0: "org/x" has a "/"`, `{"a":"b","org":"/"}`: `has a "/"`, `{"org":".."}`: `a segment ".."`, `{"org":"*"}`: "character '*'", `"a/*"`: "character '*'",
		`"a//b"`: "clause 0, path 0: \"a//b\" has an empty segment", "\"\xff\"": "JSON is not UTF-8", `"\ud800"`: "has the character", `{"\ud800":"a"}`: "has the character",
		"{" + strings.Join(dimensions, ",") + "}":                                         "more than 16 dimensions",
		array(`"a"`, scope.MaxClauses+1):                                                  "more than 64 clauses",
		`["x",` + array(`"a"`, scope.MaxPaths+1) + `]`:                                    "clause 1, more than 16 paths",
		`"` + strings.Repeat("a", scope.MaxPath+1) + `"`:                                  "path of 513 bytes",
		`{"a":"` + strings.Repeat("b", scope.MaxPath-1) + `"}`:                            "path of 513 bytes",
		`"` + strings.Repeat("a", scope.MaxJSON) + `"`:                                    "bytes of JSON, at most",
		`{"` + strings.Repeat("a/", 1000) + `":"b"}`:                                      `has a "/"`,
		`{"` + strings.Repeat("a", 500) + `":"b","` + strings.Repeat("a", 500) + `":"b"}`: "twice",
	} {
		got, err := scope.UnmarshalSet([]byte(in))
		fits := err != nil && slices.ContainsFunc(strings.Split(want, "|"), func(part string) bool { return strings.Contains(err.Error(), part) })
		if got != nil || !errors.Is(err, scope.ErrInvalid) || !fits || len(err.Error()) > 1000 {
			t.Errorf("UnmarshalSet(%.40s) = %q, %v; want %s", in, got, err, want)
		}
	}
}

func TestUnmarshalPathAndPattern(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{ // the path and the pattern; "": refused
		`"/"`: {"/", "/"}, `"/org/acme/"`: {"org/acme", "org/acme"}, `"org/acme/*"`: {"", "org/acme/*"}, `"*"`: {"", "/*"}, `"/*"`: {"", "/*"},
		`{"org":"acme","user":"alice"}`: {"org/acme/user/alice", "org/acme/user/alice/*"},
		`""`:                            {}, ``: {}, `null`: {}, `[]`: {}, `["a"]`: {}, `1`: {}, `{}`: {}, `{"org":"*"}`: {}, `{"org":"a/*"}`: {}, `"a" `: {"a", "a"}, `"a"1`: {}, `"a*"`: {}, "\"\xff\"": {}, `{"a":"b"}{}`: {},
		`"` + strings.Repeat("a", scope.MaxJSON) + `"`: {},
	} {
		path, err := scope.UnmarshalPath([]byte(in))
		if path != want[0] || errors.Is(err, scope.ErrInvalid) != (want[0] == "") {
			t.Errorf("UnmarshalPath(%.40s) = %q, %v; want %q", in, path, err, want[0])
		}
		pattern, err := scope.UnmarshalPattern([]byte(in))
		if pattern.String() != want[1] || errors.Is(err, scope.ErrInvalid) != (want[1] == "") {
			t.Errorf("UnmarshalPattern(%.40s) = %q, %v; want %q", in, pattern, err, want[1])
		}
	}
}

// TestUnmarshalSetReadsEveryForm writes random sets in random forms, each path as a string or as an object, and reads them back.
func TestUnmarshalSetReadsEveryForm(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	names := []string{"org", "acme", "user", "alice", "é", "日本"}
	for range 2000 {
		clauses := make([][]string, random.IntN(5))
		written := make([]string, len(clauses))
		for i := range clauses {
			var paths []string
			for range 1 + random.IntN(3) {
				var segments []string
				for _, n := range random.Perm(len(names))[:1+random.IntN(4)] {
					segments = append(segments, names[n])
				}
				clauses[i] = append(clauses[i], strings.Join(segments, "/"))
				if len(segments)%2 == 1 || random.IntN(2) == 0 {
					paths = append(paths, fmt.Sprintf("%q", strings.Join(segments, "/")))
					continue
				}
				var members []string
				for at := 0; at < len(segments); at += 2 {
					members = append(members, fmt.Sprintf("%q: %q", segments[at], segments[at+1]))
				}
				paths = append(paths, "{"+strings.Join(members, ",")+"}")
			}
			if written[i] = "[" + strings.Join(paths, ", ") + "]"; len(paths) == 1 && random.IntN(2) == 0 {
				written[i] = paths[0]
			}
		}
		text := "[" + strings.Join(written, ",") + "]"
		want, err := scope.ParseSet(clauses)
		require.NoError(t, err)
		got, err := scope.UnmarshalSet([]byte(text))
		if err != nil || !got.Equal(want) {
			t.Fatalf("UnmarshalSet(%s) = %q, %v; want %q", text, got, err, want)
		}
	}
}

// FuzzUnmarshal checks that results are canonical and are read back unchanged, and that all other input is refused with ErrInvalid.
func FuzzUnmarshal(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `""`, `[]`, `"a/b"`, `["a","b"]`, `[["a","b"],["c"]]`, `{"org":"acme","user":"alice"}`, `[[{"o":"a"},"x"],"y"]`,
		`"a/*"`, `"*"`, `[[[]]]`, `{"a":1}`, `"\ud800"`, `"u\u0308"`, `[null]`, `{"a":"b","a":"c"}`, `"a" "b"`, `["a",]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := scope.UnmarshalSet(data)
		if err != nil && !errors.Is(err, scope.ErrInvalid) {
			t.Fatalf("set: %v", err)
		}
		if err == nil {
			text, err := json.Marshal(set)
			require.NoError(t, err)
			if again, err := scope.UnmarshalSet(text); err != nil || !again.Equal(set) {
				t.Fatalf("%q is %q, which is %q, %v", data, set, again, err)
			}
		}
		path, err := scope.UnmarshalPath(data)
		if err != nil && !errors.Is(err, scope.ErrInvalid) {
			t.Fatalf("path: %v", err)
		}
		if err == nil {
			if again, err := scope.Parse(path); err != nil || again != path {
				t.Fatalf("%q is %q, which is %q, %v", data, path, again, err)
			}
			if !set.Equal(record.ScopeSet{{path}}) {
				t.Fatalf("%q as a path is %q, as a set %q", data, path, set)
			}
		}
		pattern, err := scope.UnmarshalPattern(data)
		if err != nil && !errors.Is(err, scope.ErrInvalid) {
			t.Fatalf("pattern: %v", err)
		}
		if err == nil {
			if again, err := scope.ParsePattern(pattern.String()); err != nil || again != pattern {
				t.Fatalf("%q is %v, which is %v, %v", data, pattern, again, err)
			}
		}
	})
}
