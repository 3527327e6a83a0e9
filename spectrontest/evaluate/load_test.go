package evaluate_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest/evaluate"
)

const good = `{"id": "flat", "manner": "chat", "half": "held", "time_zone": "Europe/Lisbon", "sessions": [
	{"id": "s1", "scope": "org/acme", "turns": [
		{"id": "t1", "speaker": "Ana", "spoken_at": "2024-05-04T18:31:07+01:00", "text": "we got the flat!!"},
		{"id": "t2", "role": "assistant", "spoken_at": "2024-05-04T18:31:09+01:00", "text": "Congratulations."}]}],
	"questions": [
		{"id": "q1", "kind": "fact", "text": "Did Ana get the flat?", "evidence": ["t1", ["t1", "t2"]], "answer": "yes", "half": "tune"},
		{"id": "q2", "kind": "unanswerable", "text": "How large is it?", "unanswerable": true, "session": "s1", "scope": "org/acme", "speaker": "Ana"}]}`

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestLoad(t *testing.T) {
	t.Parallel()
	set, err := evaluate.Load(folder(map[string]string{"b.json": good, "a.json": strings.Replace(good, `"flat"`, `"first"`, 1), "notes.txt": "x", ".hidden.json": "{"}))
	require.NoError(t, err)
	if len(set.Conversations) != 2 || set.Conversations[0].ID != "first" || set.Turns() != 4 || set.Questions() != 4 {
		t.Fatalf("read %+v", set)
	}
	q := set.Conversations[1].Questions[0]
	if want := []evaluate.Group{{"t1"}, {"t1", "t2"}}; !reflect.DeepEqual(q.Evidence, want) {
		t.Errorf("evidence %v, not %v", q.Evidence, want)
	}
}

// What Corpus is made of survives its JSON form.
func TestCorpusAsFiles(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	want := evaluate.Corpus()
	for _, c := range want.Conversations {
		data, err := json.Marshal(c)
		require.NoError(t, err)
		files[c.ID+".json"] = string(data)
	}
	got, err := evaluate.Load(folder(files))
	require.NoError(t, err)
	if got.Turns() != want.Turns() || got.Questions() != want.Questions() {
		t.Errorf("%d turns and %d questions, not %d and %d", got.Turns(), got.Questions(), want.Turns(), want.Questions())
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	swap := func(old, with string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, with, 1)
	}
	for _, c := range []struct {
		name, text, field string
		code              spectron.Code
	}{
		{"no JSON", `{"id": `, "a.json", spectron.CodeInvalid},
		{"two conversations in a file", good + good, "a.json", spectron.CodeInvalid},
		{"a field that nobody knows", swap(`"manner"`, `"maner": "chat", "manner"`), "a.json", spectron.CodeInvalid},
		{"a time that is none", swap(`2024-05-04T18:31:07+01:00`, `yesterday`), "a.json", spectron.CodeInvalid},
		{"no id", swap(`"id": "flat"`, `"id": " "`), "conversations[0].id", spectron.CodeInvalid},
		{"no manner", swap(`"manner": "chat"`, `"manner": ""`), "flat.manner", spectron.CodeInvalid},
		{"an unknown half", swap(`"half": "held"`, `"half": "third"`), "flat.half", spectron.CodeInvalid},
		{"an unknown half of a question", swap(`"half": "tune"`, `"half": "third"`), "flat.questions[0].half", spectron.CodeInvalid},
		{"an unknown time zone", swap(`Europe/Lisbon`, `Europe/Atlantis`), "flat.time_zone", spectron.CodeInvalid},
		{"the machine's time zone", swap(`Europe/Lisbon`, `Local`), "flat.time_zone", spectron.CodeInvalid},
		{"no sessions", `{"id": "x", "manner": "chat", "sessions": [], "questions": []}`, "x.sessions", spectron.CodeInvalid},
		{"no turns", `{"id": "x", "manner": "chat", "sessions": [{"id": "s", "turns": []}], "questions": []}`, "x.sessions[0].turns", spectron.CodeInvalid},
		{"a turn twice", swap(`"t2"`, `"t1"`), "flat.sessions[0].turns[1].id", spectron.CodeInvalid},
		{"an unknown role", swap(`"assistant"`, `"parrot"`), "flat.sessions[0].turns[1].role", spectron.CodeInvalid},
		{"no time", swap(`"spoken_at": "2024-05-04T18:31:09+01:00", `, ``), "flat.sessions[0].turns[1].spoken_at", spectron.CodeInvalid},
		{"no text", swap(`"Congratulations."`, `" "`), "flat.sessions[0].turns[1].text", spectron.CodeInvalid},
		{"words that the text has not", swap(`"Congratulations."`, `"Congratulations.", "tells": ["congratulations", "late"]`), "flat.sessions[0].turns[1].tells[1]", spectron.CodeInvalid},
		{"a long text", swap(`Congratulations.`, strings.Repeat("x", evaluate.MaxTextBytes+1)), "flat.sessions[0].turns[1].text", spectron.CodeTooLarge},
		{"a question twice", swap(`"q2"`, `"q1"`), "flat.questions[1].id", spectron.CodeInvalid},
		{"no kind", swap(`"kind": "fact"`, `"kind": ""`), "flat.questions[0].kind", spectron.CodeInvalid},
		{"no question", swap(`"Did Ana get the flat?"`, `""`), "flat.questions[0].text", spectron.CodeInvalid},
		{"a long question", swap(`Did Ana`, strings.Repeat("x", evaluate.MaxQueryBytes+1)), "flat.questions[0].text", spectron.CodeTooLarge},
		{"unknown evidence", swap(`["t1", "t2"]`, `["t1", "t9"]`), "flat.questions[0].evidence[1]", spectron.CodeInvalid},
		{"an empty group", swap(`["t1", "t2"]`, `[]`), "flat.questions[0].evidence[1]", spectron.CodeInvalid},
		{"no evidence", swap(`"evidence": ["t1", ["t1", "t2"]], `, ``), "flat.questions[0].evidence", spectron.CodeInvalid},
		{"evidence of what nobody said", swap(`"unanswerable": true`, `"unanswerable": true, "evidence": ["t1"]`), "flat.questions[1].evidence", spectron.CodeInvalid},
		{"an unknown session", swap(`"session": "s1"`, `"session": "s9"`), "flat.questions[1].session", spectron.CodeInvalid},
	} {
		_, err := evaluate.Load(folder(map[string]string{"a.json": c.text}))
		var e *spectron.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Field != c.field {
			t.Errorf("%s: %v, not %s of %s", c.name, err, c.code, c.field)
		}
	}
	if _, err := evaluate.Load(folder(map[string]string{"a.json": good, "b.json": good})); !errors.Is(err, &spectron.Error{Code: spectron.CodeInvalid, Field: "conversations[1].id"}) {
		t.Errorf("a conversation twice: %v", err)
	}
	if _, err := evaluate.Load(folder(map[string]string{"a.txt": good})); !errors.Is(err, spectron.ErrInvalid) {
		t.Errorf("no file: %v", err)
	}
	if _, err := evaluate.Load(os.DirFS(t.TempDir() + "/none")); !errors.Is(err, spectron.ErrNotFound) {
		t.Errorf("no folder: %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(good)
	f.Add(`{"id":"x","sessions":[{"turns":[{}]}],"questions":[{"evidence":["a",[],[1]]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		set, err := evaluate.Load(folder(map[string]string{"a.json": text}))
		if err == nil {
			if err := set.Check(); err != nil {
				t.Errorf("read what does not pass: %v", err)
			}
			return
		}
		var e *spectron.Error
		if !errors.As(err, &e) || e.Field == "" {
			t.Errorf("an error without a field: %v", err)
		}
	})
}
