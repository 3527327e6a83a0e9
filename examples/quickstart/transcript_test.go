package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

func TestParseTranscript(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.May, 12, 10, 0, 0, 0, time.UTC)
	user := func(text string) spectron.Message { return spectron.Message{Role: spectron.RoleUser, Content: text} }
	for _, tt := range []struct {
		name, text string
		want       []spectron.Message
	}{
		{"a turn", "user: hello", []spectron.Message{user("hello")}},
		{"all roles", "user: a\nassistant: b\nsystem: c\ntool: d\n", []spectron.Message{
			user("a"), {Role: spectron.RoleAssistant, Content: "b"},
			{Role: spectron.RoleSystem, Content: "c"}, {Role: spectron.RoleTool, Content: "d"},
		}},
		{"a role in capitals", "User: hello", []spectron.Message{user("hello")}},
		{"a time", "[2026-05-12T10:00:00Z] user: hello", []spectron.Message{{Role: spectron.RoleUser, Content: "hello", At: at}}},
		{"another zone", "[2026-05-12T12:00:00+02:00] user: hello", []spectron.Message{{Role: spectron.RoleUser, Content: "hello", At: at}}},
		{"blank lines and comments", "\n# a\nuser: a\n\n  \n#b\nuser: b\n\n", []spectron.Message{user("a"), user("b")}},
		{"a line goes on", "user: a\nand b", []spectron.Message{user("a\nand b")}},
		{"an indented line goes on", "user: a\n  note: b\n\t# c\n  [d] e", []spectron.Message{user("a\nnote: b\n# c\n[d] e")}},
		{"a comment between", "user: a\n# no\nb", []spectron.Message{user("a\nb")}},
		{"colons that name no role", "user: at 10:30: go\nhttps://example.com\n10:30 call\nsee that: it works", []spectron.Message{
			user("at 10:30: go\nhttps://example.com\n10:30 call\nsee that: it works"),
		}},
		{"the text on the next line", "user:\n  hello", []spectron.Message{user("hello")}},
		{"carriage returns", "user: a\r\n\r\nassistant: b\r\n", []spectron.Message{user("a"), {Role: spectron.RoleAssistant, Content: "b"}}},
		{"a byte order mark", "\ufeffuser: a", []spectron.Message{user("a")}},
		{"any script", "user: Γειά, 東京で", []spectron.Message{user("Γειά, 東京で")}},
	} {
		got, err := parseTranscript("chat.txt", strings.NewReader(tt.text))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if !slices.EqualFunc(got, tt.want, func(a, b spectron.Message) bool {
			return a.Role == b.Role && a.Content == b.Content && a.At.Equal(b.At) && a.Speaker == b.Speaker
		}) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestParseTranscriptRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "chat.txt:1: no turns"},
		{"only comments", "# a\n\n", "chat.txt:2: no turns"},
		{"no role first", "# a\nhello\nuser: a", "chat.txt:2: no turn yet"},
		{"an unknown role", "user: a\n\nrobot: beep", `chat.txt:3: unknown role "robot"`},
		{"a time that is none", "[yesterday] user: a", `chat.txt:1: bad time "yesterday"`},
		{"a time without a zone", "user: a\n[2026-05-12T10:00:00] user: b", `chat.txt:2: bad time "2026-05-12T10:00:00"`},
		{"an impossible time", "[2026-05-32T10:00:00Z] user: a", `chat.txt:1: bad time "2026-05-32T10:00:00Z"`},
		{"no time in brackets", "[] user: a", `chat.txt:1: bad time ""`},
		{"a time without a role", "user: a\n[2026-05-12T10:00:00Z] hello", "chat.txt:2: "},
		{"a time with an unknown role", "[2026-05-12T10:00:00Z] bot: a", `chat.txt:1: unknown role "bot"`},
		{"an empty turn", "user: a\nassistant:\n\nuser: b", "chat.txt:2: the turn is empty"},
		{"a line too long", "user: a\nuser: " + strings.Repeat("x", maxLine), "chat.txt:2: "},
	} {
		_, err := parseTranscript("chat.txt", strings.NewReader(tt.text))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func FuzzParseTranscript(f *testing.F) {
	f.Add(transcript)
	f.Add("[2026-05-12T10:00:00Z] user: a\n  b\n# c\n\nassistant: d")
	f.Add("user:\n\n[x")
	f.Fuzz(func(t *testing.T, text string) {
		messages, err := parseTranscript("chat.txt", strings.NewReader(text))
		if err != nil {
			return
		}
		if len(messages) == 0 {
			t.Error("neither turns nor an error")
		}
		for _, m := range messages {
			if strings.TrimSpace(m.Content) == "" || m.Role == "" {
				t.Errorf("accepted %+v", m)
			}
		}
	})
}

// TestTranscriptIsAConversation keeps the conversation that comes with the program as long as it says.
func TestTranscriptIsAConversation(t *testing.T) {
	t.Parallel()
	messages, err := conversation("")
	require.NoError(t, err)
	days := map[string]bool{}
	roles := map[spectron.Role]int{}
	for i, m := range messages {
		days[m.At.Format(time.DateOnly)] = true
		roles[m.Role]++
		if i > 0 && !m.At.After(messages[i-1].At) {
			t.Errorf("turn %d is not after the turn before", i+1)
		}
	}
	if len(messages) < 40 || len(days) < 5 || roles[spectron.RoleUser] < 20 || roles[spectron.RoleAssistant] < 20 {
		t.Errorf("%d turns on %d days: %v", len(messages), len(days), roles)
	}
}
