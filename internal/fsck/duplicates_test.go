package fsck

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
)

// defaultThreshold decides in these tables, as for callers.
func TestNamesOfDuplicates(t *testing.T) {
	t.Parallel()
	const person, firm, place, thing, event = "person", "organisation", "location", "product", "event"
	for _, c := range []struct {
		kind, a, b string
		same       bool
	}{
		{person, "Alice Smith", "alice smith", true},
		{person, "Alice Smith", "Smith, Alice", true},
		{person, "José Álvarez", "Jose Alvarez", true},
		{person, "Søren Kjær", "Soren Kjaer", true},
		{person, "Michael Johnson", "Micheal Johnson", true},
		{person, "Anna Meyer", "Anna Meier", true},
		{person, "Dr. Anna Meyer", "Anna Meyer", true},
		{person, "John Smith", "J. Smith", true},
		{person, "Mary Smith", "M. Smith", true},
		{person, "Sara Connor", "Sarah Connor", true},
		{person, "Katarzyna Wiśniewska", "Katarzyna Wisniewska", true},
		{firm, "Acme", "Acme Inc.", true},
		{firm, "Acme S.A.", "Acme", true},
		{firm, "Acme GmbH & Co. KG", "ACME", true},
		{firm, "The Globex Corporation", "Globex", true},
		{firm, "Face Book", "Facebook", true},
		{firm, "Micrsoft", "Microsoft", true},
		{firm, "International Business Machines", "IBM", true},
		{firm, "Deutsche Bank AG", "Deutsche Bank", true},
		{thing, "Post-gres", "Postgres", true},
		{thing, "Kubernetes", "Kubernets", true},
		{place, "São Paulo", "Sao Paulo", true},
		{place, "Zürich", "Zurich", true},

		{person, "Anna Meyer", "Peter Meyer", false},
		{person, "Maria Rossi", "Mario Rossi", false},
		{person, "Anna Meyer", "Meyer", false},
		{person, "Anna Meyer", "Anna Schulz", false},
		{person, "J. Smith", "K. Smith", false},
		{person, "Henry IV", "Henry V", false},
		{person, "Mr Smith", "Mrs Smith", false},
		{firm, "Bank of America", "Bank of Australia", false},
		{firm, "Acme Berlin", "Acme Bonn", false},
		{place, "Room 1", "Room 2", false},
		{place, "Room 1", "Room 11", false},
		{place, "Room One", "Room Two", false},
		{place, "Austria", "Australia", false},
		{place, "Iran", "Iraq", false},
		{place, "Berlin", "Bern", false},
		{place, "East Berlin", "West Berlin", false},
		{thing, "Rocky II", "Rocky III", false},
		{thing, "Model S", "Model X", false},
		{thing, "v1.2", "v1.3", false},
		{thing, "GPT-4", "GPT-5", false},
		{thing, "React", "Reactor", false},
		{thing, "Java", "JavaScript", false},
		{thing, "src/a.go", "src/b.go", false},
		{event, "Monday meeting", "Sunday meeting", false},
		{event, "Sprint 12 review", "Sprint 13 review", false},
		{thing, "C", "C++", false},
	} {
		a, b := record.EntityRef{Type: c.kind, Name: c.a}, record.EntityRef{Type: c.kind, Name: c.b}
		s := Similarity(a, b)
		if s != Similarity(b, a) {
			t.Errorf("%s, %s: %v one way, %v the other", c.a, c.b, s, Similarity(b, a))
		}
		if s < 0 || s > 1 || s >= defaultThreshold != c.same {
			t.Errorf("%s, %s: %v", c.a, c.b, s)
		}
		if a.Key() == b.Key() {
			continue // one entity
		}
		found, err := duplicates(context.Background(), []record.EntityRef{a, b, {Type: "topic", Name: c.a}}, defaultThreshold, nil)
		require.NoError(t, err)
		if len(found) == 1 != c.same {
			t.Errorf("%s, %s: found %v", c.a, c.b, found)
		}
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	var entities []record.EntityRef
	for i := range 30_000 {
		entities = append(entities, record.EntityRef{Type: "location", Name: fmt.Sprint("Room ", i)}, record.EntityRef{Type: "person", Name: fmt.Sprintf("Person %c%c%c Meyer", 'a'+i%26, 'a'+i/26%26, 'a'+i/676*5%26)})
	}
	entities = append(entities, record.EntityRef{Type: "organisation", Name: "Globex"}, record.EntityRef{Type: "organisation", Name: "Globex Ltd."}, record.EntityRef{Type: "product", Name: "Globex"})
	found, err := duplicates(context.Background(), entities, defaultThreshold, nil)
	require.NoError(t, err)
	require.Equal(t, []Duplicate{{"entity:organisation/globex", "entity:organisation/globex-ltd", 1, "organisation/globex", "organisation/globex-ltd"}}, found)
	none, err := duplicates(context.Background(), entities, defaultThreshold, func(Duplicate) bool { return false })
	require.NoError(t, err)
	require.Empty(t, none)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = duplicates(ctx, entities, defaultThreshold, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}
