package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// oldGraph is a database as version 3 had it: one row an entity for all scopes, and names folded without regard to what they are.
const oldGraph = `
CREATE entity:⟨person/bob⟩ SET type = 'person', name = 'BOB', category = 'identity', importance = 1.0, scopes = [['org/a'], ['org/b']],
	created_at = d'2026-01-01T00:00:00Z', updated_at = d'2026-01-02T00:00:00Z';
CREATE entity:⟨other/a-b-x-com⟩ SET type = 'other', name = 'a.b@x.com', category = 'knowledge', importance = 0.8, scopes = [['org/a']],
	created_at = d'2026-01-01T00:00:00Z', updated_at = d'2026-01-01T00:00:00Z';
CREATE entity:⟨topic/secret-plan⟩ SET type = 'topic', name = 'SECRET Plan', category = 'identity', importance = 1.0, scopes = [['org/a'], ['org/b']],
	created_at = d'2026-01-01T00:00:00Z', updated_at = d'2026-01-01T00:00:00Z';
CREATE attribute:one SET entity = entity:⟨person/bob⟩, name = 'BOB', key = 'role', value = 'CTO', many = false, past = false,
	head = 'attribute\u{1d}person/bob\u{1d}role\u{1d}org/b', category = 'identity', scopes = [['org/b']], source = {kind: 'turn', ref: 'turn:t', session: 'session:s', span: {start: 0, end: 0}, trust: 0.8, derived_from: [], quote: ''},
	confidence = 0.9, importance = 1.0, known_from = d'2026-01-01T00:00:00Z', recorded_at = d'2026-01-01T00:00:00Z';
CREATE attribute:two SET entity = entity:⟨person/bob⟩, name = 'Bob', key = 'role', value = 'cook', many = false, past = false,
	head = 'attribute\u{1d}person/bob\u{1d}role\u{1d}org/a', category = 'knowledge', scopes = [['org/a']], source = {kind: 'turn', ref: 'turn:t', session: 'session:s', span: {start: 0, end: 0}, trust: 0.8, derived_from: [], quote: ''},
	confidence = 0.9, importance = 0.8, known_from = d'2026-01-02T00:00:00Z', recorded_at = d'2026-01-02T00:00:00Z';
INSERT RELATION INTO relation {id: relation:three, in: entity:⟨person/bob⟩, out: entity:⟨other/a-b-x-com⟩, name: 'Bob', key: 'uses', value: 'a.b@x.com', many: false, past: false,
	head: 'relation\u{1d}person/bob\u{1d}uses\u{1d}org/a', category: 'knowledge', scopes: [['org/a']], source: {kind: 'turn', ref: 'turn:t', session: 'session:s', span: {start: 0, end: 0}, trust: 0.8, derived_from: [], quote: ''},
	confidence: 0.9, importance: 0.8, known_from: d'2026-01-02T00:00:00Z', recorded_at: d'2026-01-02T00:00:00Z'};`

// TestUpgradeConvertsEntities brings a database of version 3 up to date, also after it was interrupted.
func TestUpgradeConvertsEntities(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	conn := enginetest.Connect(t, enginetest.Open(t), "old")
	require.NoError(t, schema.Context().Through(3).Apply(ctx, conn, monday))
	_, err := conn.Query(ctx, oldGraph, nil)
	require.NoError(t, err)
	// The process ended between two steps, with half of the keys written.
	require.NoError(t, schema.Context().Through(4).Apply(ctx, conn, monday))
	_, err = conn.Query(ctx, `CREATE entity:⟨other/a.b@x.com⟩ SET type = 'other'`, nil)
	require.NoError(t, err)
	for range 2 {
		require.NoError(t, store.Upgrade(ctx, conn, tuesday))
	}
	s := store.New(conn, store.SingleWriter)
	var appear []string
	for _, e := range collect(t, s.Entities(ctx)) {
		appear = append(appear, fmt.Sprintf("%s %q %s %v", e.Key(), e.Name, e.Category, e.Scopes))
	}
	slices.Sort(appear)
	want := []string{
		`other/a.b@x.com "a.b@x.com" knowledge [[org/a]]`, `person/bob "BOB" identity [[org/b]]`, `person/bob "Bob" knowledge [[org/a]]`,
		`topic/secret-plan "secret plan" knowledge [[org/a]]`, `topic/secret-plan "secret plan" knowledge [[org/b]]`,
	}
	if !slices.Equal(appear, want) {
		t.Errorf("got\n%q\nwant\n%q", appear, want)
	}
	facts := collect(t, s.Facts(ctx))
	require.Len(t, facts, 3)
	for _, f := range facts {
		// A fact can be closed only by who knows the slot that it fills.
		out, err := conn.Query(ctx, `SELECT VALUE head FROM $id`, map[string]any{"id": surreal.RecordID{Table: string(f.Kind), Key: f.ID[len(f.Kind)+1:]}})
		require.NoError(t, err)
		var heads []string
		require.NoError(t, out.Last(&heads))
		if slot := f.Slot(f.Scopes[0][0]); len(heads) != 1 || heads[0] != slot || !f.Live() {
			t.Errorf("%s has the slot %q, want %q", f.ID, heads, slot)
		}
	}
	if got := facts[2].Object.Key(); facts[2].Kind != record.KindRelation || got != "other/a.b@x.com" {
		t.Errorf("the relation leads to %s", got)
	}
	out, err := conn.Query(ctx, `SELECT * FROM entity`, nil)
	require.NoError(t, err)
	var rows []map[string]any
	require.NoError(t, out.Last(&rows))
	if len(rows) != 3 {
		t.Errorf("%d keys of entities: %v", len(rows), rows)
	}
	for _, row := range rows {
		if len(row) != 2 {
			t.Errorf("an entity has more than its key: %v", row)
		}
	}
}
