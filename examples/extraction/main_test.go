package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/spectrontest"
)

// The table of the built-in script.
const table = `MESSAGE                                   RULES                                           RULES AND built-in/script
Hi, I'm Lena Brandt and I live in         Lena Brandt lives_in Hamburg, until 2026-05-17  Lena Brandt lives_in Hamburg, until 2026-05-17
Hamburg.                                  user name Lena Brandt                           user name Lena Brandt
By day I look after the books of a small  unclear: Lena Brandt: manages                   Lena Brandt works_at Kornblume, until 2026-05-11
bakery chain called Kornblume.
My better half Tom sails with the         Lena Brandt partner Tom                         Lena Brandt partner Tom, until 2026-05-19
merchant navy most of the year.                                                           Tom works_at merchant navy
Please keep your answers short.           instruction: Please keep your answers short     instruction: Please keep your answers short
The dog, Bruno, turned eleven in March.   Lena Brandt pet Bruno                           Bruno age eleven
                                                                                          Lena Brandt pet Bruno
Anything with nuts sends me to the        -                                               Lena Brandt allergic_to nuts
hospital.
Maybe I'll learn Spanish one day.         -                                               -
We swapped Hamburg for Leipzig at the     Lena Brandt lives_in Leipzig                    Lena Brandt lives_in Leipzig
beginning of May.
Kornblume let me go last week, and on     -                                               Lena Brandt works_at town library
Monday I start at the town library.
Tom and I only talk through lawyers       -                                               -
these days.
`

func TestTable(t *testing.T) {
	spectrontest.Engine(t) // compiles the engine, which run then finds in the cache
	var stdout, stderr bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &stdout, &stderr))
	require.Equal(t, table, stdout.String())
	require.Empty(t, stderr.String())
}

func TestRefusals(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "")
	for _, tt := range []struct{ args, want string }{
		{"-models x", "-models (-h explains the flags)"},
		{"chat.txt", `unexpected argument "chat.txt"`},
		{"-model gpt-4o", "name"},
		{"-model openai/gpt-4o-mini", "no API key for openai/gpt-4o-mini"},
		{"-model openai/text-embedding-3-small", "an embedding model"},
		{"-model nobody/gpt", `unknown provider "nobody"`},
	} {
		var stdout, stderr bytes.Buffer
		require.ErrorContains(t, run(t.Context(), strings.Fields(tt.args), &stdout, &stderr), tt.want)
		require.Empty(t, stdout.String()+stderr.String())
	}
}

func TestRunExplainsItself(t *testing.T) {
	var stdout, stderr bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"-h"}, &stdout, &stderr))
	require.Contains(t, stdout.String(), "-model PROVIDER/MODEL")
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	if err := run(ctx, nil, &stdout, &stderr); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}

// TestScript checks what the script answers to a question, and to what is none.
func TestScript(t *testing.T) {
	s, err := startScript()
	require.NoError(t, err)
	for body, want := range map[string]string{
		`{"messages":[{"role":"user","content":"{\"messages\":[{\"n\":3,\"read\":true,\"text\":\"Anything with nuts sends me to the hospital.\"}]}"}]}`:  `\"message\":3`,
		`{"messages":[{"role":"user","content":"{\"messages\":[{\"n\":3,\"read\":false,\"text\":\"Anything with nuts sends me to the hospital.\"}]}"}]}`: `{\"items\":[]}`,
		`{"messages":[{"role":"user","content":"hello"}]}`: "no conversation",
		`{"messages":[]}`: "no messages",
		`{`:               "error",
	} {
		w := httptest.NewRecorder()
		s.server.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/v1/chat/completions", strings.NewReader(body)))
		require.Contains(t, w.Body.String(), want)
	}
	require.NoError(t, s.stop())
}
