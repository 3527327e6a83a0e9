package spectron_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

var update = flag.Bool("update", false, "write the golden files")

// fillAll sets every field, at every depth, to a value.
func fillAll(t *testing.T, into reflect.Value) {
	t.Helper()
	if raw, is := into.Addr().Interface().(*json.RawMessage); is {
		*raw = json.RawMessage(`{"closed":7}`)
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		fillAll(t, into.Elem())
	case reflect.Slice:
		into.Set(reflect.MakeSlice(into.Type(), 1, 1))
		fillAll(t, into.Index(0))
	case reflect.Map:
		value := any("value")
		if into.Type().Elem().Kind() == reflect.Int {
			value = 7
		}
		into.Set(reflect.MakeMap(into.Type()))
		into.SetMapIndex(reflect.ValueOf("key"), reflect.ValueOf(value))
	case reflect.Struct:
		if into.Type() == reflect.TypeFor[time.Time]() {
			into.Set(reflect.ValueOf(time.Date(2026, 5, 1, 12, 30, 0, 0, time.UTC)))
			return
		}
		for i := range into.NumField() {
			if into.Type().Field(i).Tag.Get("json") != "-" { // which does not travel
				fillAll(t, into.Field(i))
			}
		}
	case reflect.String:
		into.SetString("x")
	case reflect.Bool:
		into.SetBool(true)
	case reflect.Float64:
		into.SetFloat(0.5)
	case reflect.Int, reflect.Int64:
		into.SetInt(7)
	default:
		t.Fatalf("a %s travels", into.Kind())
	}
}

// TestJSON checks the JSON of types that are sent to other programs: a change of a golden file is a change of the API. `go test -run
// TestJSON -update .` writes the files.
func TestJSON(t *testing.T) {
	t.Parallel()
	noState := spectron.CategoryState{Entities: []spectron.Entity{}, Attributes: []spectron.Fact{}, Relations: []spectron.Fact{}}
	for _, empty := range []any{
		spectron.Elaborated{}, spectron.Consolidated{}, spectron.LifecycleResult{}, spectron.Pruned{}, spectron.Job{},
		spectron.Recalled{}, spectron.Remembered{}, spectron.RememberedMany{}, spectron.Session{}, spectron.Turn{}, spectron.Hit{}, spectron.Fact{},
		spectron.Entity{}, spectron.EntityDetail{Attributes: []spectron.Fact{}, Relations: []spectron.Fact{}}, spectron.Instruction{}, spectron.Uncertainty{}, spectron.TraceRecord{},
		spectron.ScopeForgotten{}, spectron.ContextBlock{IDs: []string{}}, spectron.Inspection{Kind: spectron.KindAttribute, History: []spectron.Fact{}}, spectron.Record{},
		spectron.State{Identity: noState, Knowledge: noState, Context: noState, Instructions: []spectron.Instruction{}, Unknowns: []spectron.Uncertainty{}},
		spectron.Profile{
			Of: []spectron.EntityRef{}, Static: []spectron.ProfileEntry{}, Dynamic: []spectron.ProfileEntry{}, Preferences: []spectron.ProfileEntry{}, Instructions: []spectron.Instruction{},
		},
		spectron.SessionSummary{
			Speakers: []spectron.SessionSpeaker{}, Topics: []string{}, Facts: []spectron.Fact{}, Instructions: []spectron.Instruction{}, Uncertainties: []spectron.Uncertainty{},
		},
		spectron.TraceStats{SourceKinds: []spectron.SourceKindCount{}}, spectron.AuditRow{},
		spectron.Forgotten{},
		spectron.FsckReport{
			Duplicates: []spectron.DuplicateFinding{}, Contradictions: []spectron.ContradictionFinding{}, Injection: []spectron.InjectionFinding{},
			UnscopedContent: []spectron.UnscopedFinding{}, Dangling: []spectron.DanglingFinding{}, Index: []spectron.IndexFinding{},
		},
		spectron.ContextHit{}, spectron.DocumentRef{}, spectron.ChatReply{}, spectron.ChatChunk{}, spectron.Citation{}, spectron.Reflection{Evidence: []string{}}, spectron.ReflectedFact{},
		spectron.Document{}, spectron.Uploaded{}, spectron.FolderUploaded{Documents: []spectron.Uploaded{}}, spectron.Chunk{}, spectron.DocumentHits{Hits: []spectron.DocumentHit{}},
		spectron.DocumentHit{}, spectron.DocumentKeyword{Documents: []spectron.KeywordDocument{}}, spectron.LinkCount{},
		spectron.Page[spectron.Turn]{Items: []spectron.Turn{}},
	} {
		kind := reflect.TypeOf(empty)
		full := reflect.New(kind)
		fillAll(t, full.Elem())
		base, _, _ := strings.Cut(kind.Name(), "[") // the name of a generic type without its arguments
		for name, value := range map[string]any{base: full.Interface(), base + "-empty": empty} {
			got, err := json.MarshalIndent(value, "", "  ")
			require.NoError(t, err)
			path := filepath.Join("testdata", "json", strings.ToLower(name)+".json")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
				require.NoError(t, os.WriteFile(path, append(got, '\n'), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			if !bytes.Equal(append(got, '\n'), want) {
				t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
			}
			if strings.Contains(string(got), "0001-01-01") {
				t.Errorf("%s has a zero time: %s", name, got)
			}
		}
		back := reflect.New(kind)
		encoded, err := json.Marshal(full.Interface())
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(encoded, back.Interface()))
		if !reflect.DeepEqual(back.Interface(), full.Interface()) {
			t.Errorf("%s comes back as %+v", kind.Name(), back)
		}
		for _, name := range regexp.MustCompile(`"([^"]+)":`).FindAllStringSubmatch(string(encoded), -1) {
			if !regexp.MustCompile(`^[a-z][A-Za-z]*$`).MatchString(name[1]) {
				t.Errorf("%s has the name %q", kind.Name(), name[1])
			}
		}
	}
}
