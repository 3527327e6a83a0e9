package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// remember makes a file store with a Context that knows one thing.
func remember(t *testing.T, url string) {
	t.Helper()
	ctx := context.Background()
	mgr, err := open(ctx, url)
	require.NoError(t, err)
	c, err := mgr.CreateContext(ctx, "acme-prod", spectron.ContextSpec{Namespace: "acme", Database: "prod"})
	require.NoError(t, err)
	_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice works at Globex."})
	require.NoError(t, err)
	require.NoError(t, mgr.Close(ctx))
}

func ask(t *testing.T, url, id string) string {
	t.Helper()
	ctx := context.Background()
	mgr, err := open(ctx, url)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err := mgr.Context(ctx, id)
	require.NoError(t, err)
	found, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"})
	require.NoError(t, err)
	require.NotEmpty(t, found.Hits)
	return found.Hits[0].Text
}

func TestMove(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), t.TempDir()
	from, to := "file://"+filepath.Join(dir, "from.db"), "file://"+filepath.Join(dir, "to.db")
	remember(t, from)
	for _, m := range []move{
		{from: from, to: to, id: "acme-prod"},
		{from: from, to: from, id: "acme-prod", newID: "acme-eu", database: "eu"},
	} {
		var out bytes.Buffer
		require.NoError(t, m.run(ctx, &out))
		id := m.newID
		if id == "" {
			id = m.id
		}
		if !strings.Contains(out.String(), "is now in "+m.to+" as "+id) {
			t.Errorf("said %q", out.String())
		}
		if got := ask(t, m.to, id); got != "Alice works at Globex" {
			t.Errorf("%s: %q", id, got)
		}
	}
	if got := ask(t, from, "acme-prod"); got != "Alice works at Globex" {
		t.Errorf("the old one: %q", got)
	}
	for want, m := range map[*spectron.Error]move{
		spectron.ErrAlreadyExists: {from: from, to: to, id: "acme-prod"},
		spectron.ErrNotFound:      {from: from, to: to, id: "nobody"},
	} {
		if err := m.run(ctx, &bytes.Buffer{}); !errors.Is(err, want) {
			t.Errorf("%+v: %v, want %v", m, err, want)
		}
	}
	if err := (move{}).run(ctx, &bytes.Buffer{}); err == nil {
		t.Error("nothing to move")
	}
}
