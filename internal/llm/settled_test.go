package llm

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// said returns a message of the user as the rules read it.
func said(text string) Message {
	return Message{Text: text, Role: record.User, Read: true, Found: extract.Rules(extract.Input{Text: text, Role: record.User})}
}

func TestSettled(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		// Small talk and questions state nothing.
		"Hi there!": true, "Thanks a lot, that was great.": true, "ok": true, "Danke, super!": true, "¡Muchas gracias!": true, "Merci beaucoup": true,
		"Can you help me with my tax return?": true, "": true, "👍": true,
		// The rules read everything.
		"I live in Berlin.": true, "My sister Ann lives in Rome.": true, "I'm vegan and I'm allergic to peanuts.": true,
		"Hi! I work at Acme as a nurse. Thanks!": true, "Always answer in German, please.": true, "I no longer work at Acme.": true,
		// They left something.
		"We packed up the flat by the Spree for good.": false, "Dora swings by the old quarry on Thursdays to teach pottery.": false,
		"I live in Berlin. The rent there is killing my budget this autumn.": false, "I handed in my badge.": false,
	} {
		m := said(text)
		require.Equal(t, want, settled(&m), text)
	}
}

func TestWindows(t *testing.T) {
	t.Parallel()
	open := "The old quarry by the river burned down."
	in := &Input{}
	for range 10 {
		in.Messages = append(in.Messages, said("ok"), said(open))
	}
	list := windows(in)
	require.Len(t, list, 1)
	require.Len(t, list[0].read, 10, "settled messages are not read")
	require.Equal(t, 0, list[0].from, "messages before the first are context")
	in.PerMessage = true
	list = windows(in)
	require.Len(t, list, 10)
	for i, w := range list {
		require.Equal(t, map[int]bool{2*i + 1: true}, w.read)
		require.LessOrEqual(t, w.to-w.from, lead+1)
		require.Equal(t, 2*i+1, w.index(w.number(2*i+1)))
	}
	require.Equal(t, -1, list[0].index(0))
	require.Equal(t, -1, list[0].index(99))
	require.Empty(t, windows(&Input{Messages: []Message{said("Hi there!"), {Text: open, Role: record.Assistant}}}), "nothing is to be read")
}

// Every unread message is in exactly one window, whatever the lengths; a long one is divided without losing a character.
func TestWindowsCoverEverything(t *testing.T) {
	t.Parallel()
	in := &Input{}
	for i := range 200 {
		in.Messages = append(in.Messages, Message{Text: strings.Repeat("The quarry burned down. ", 1+i*7), Role: record.User, Read: true})
	}
	long := strings.Repeat("The quarry burned down. ", 4_000)
	in.Messages = append(in.Messages, Message{Text: long, Role: record.User, Read: true})
	read, joined := map[int]int{}, ""
	for _, w := range windows(in) {
		size := 0
		for i := range w.read {
			if w.part != "" {
				joined += w.part
				require.LessOrEqual(t, len(w.part), windowRunes)
				continue
			}
			read[i]++
			size += len(in.Messages[i].Text)
		}
		require.LessOrEqual(t, size, windowRunes)
		require.LessOrEqual(t, w.to-w.from, windowMessages+lead)
	}
	for i := range 200 {
		if i*7*24+24 <= windowRunes {
			require.Equal(t, 1, read[i], i)
		}
	}
	require.True(t, strings.HasSuffix(joined, long))
}
