package ontology

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

var monday = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

func event() record.Event {
	return record.Event{ID: "audit_event:e", At: monday, Action: "ontology.put", Principal: "principal:admin"}
}

func draft(t *testing.T, spec Spec) *Draft {
	t.Helper()
	d, err := NewDraft(spec)
	require.NoError(t, err)
	return d
}

// version returns a stored version that declares a key; "": nothing.
func version(number int, key string) record.OntologyVersion {
	v := record.OntologyVersion{Version: number, CreatedAt: monday.Add(-time.Hour), Principal: "principal:p"}
	if key != "" {
		v.Document = fmt.Appendf(nil, `{"attribute_keys":[{"name":%q}]}`, key)
	}
	return v
}

func TestSteps(t *testing.T) {
	t.Parallel()
	never, first, gone := record.OntologyVersion{}, version(1, "x"), version(2, "")
	put := func(key string, ifVersion int) Step {
		return draft(t, Spec{AttributeKeys: []AttributeKey{{Name: key, Aliases: []string{}}}, IfVersion: ifVersion}).Put
	}
	for name, tt := range map[string]struct {
		newest record.OntologyVersion
		step   Step
		want   string // number and key of the stored version, "" for none; or the code and field of the error
	}{
		"the first":                {never, put("x", 0), "1 x"},
		"the same":                 {first, put("x", 0), ""},
		"the same, of the current": {first, put("x", 1), ""},
		"another":                  {first, put("y", 0), "2 y"},
		"another, of the current":  {first, put("y", 1), "2 y"},
		"after a deletion":         {gone, put("x", 0), "3 x"},
		"of none":                  {never, put("x", 1), "conflict IfVersion"},
		"of an earlier one":        {version(2, "x"), put("y", 1), "conflict IfVersion"},
		"the same, of an earlier":  {version(2, "x"), put("x", 1), "conflict IfVersion"},
		"of a later one":           {first, put("y", 2), "conflict IfVersion"},
		"of a deletion":            {gone, put("x", 2), "conflict IfVersion"},
		"delete":                   {first, Delete, "2 "},
		"delete none":              {never, Delete, "not_found "},
		"delete again":             {gone, Delete, "not_found "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, change, err := tt.step(tt.newest, event())
			var e *fault.Error
			switch {
			case errors.As(err, &e):
				if got := fmt.Sprint(e.Code, " ", e.Field); got != tt.want || change != nil {
					t.Errorf("%v, %+v, want %s", err, change, tt.want)
				}
				return
			case err != nil || change == nil:
				if tt.want != "" || err != nil || v.Version != tt.newest.Version {
					t.Errorf("%+v, %v, want %s", v, err, tt.want)
				}
				return
			}
			stored := change.Ontology[0]
			read, err := open(stored)
			require.NoError(t, err)
			require.Equal(t, read, v)
			require.Equal(t, record.OntologyVersion{Version: v.Version, Document: stored.Document, CreatedAt: monday, Principal: "principal:admin"}, stored)
			got := fmt.Sprint(stored.Version, " ")
			about := event()
			about.Target = fmt.Sprint("ontology:", stored.Version)
			if stored.Declares() {
				got += read.Spec.AttributeKeys[0].Name
				about.Detail = "0 entity types, 1 attribute keys, 0 relation labels"
			}
			if got != tt.want {
				t.Errorf("stored: %s, want %s", got, tt.want)
			}
			require.Equal(t, &store.AccessChange{Ontology: []record.OntologyVersion{stored}, Events: []record.Event{about}}, change)
		})
	}
}

// fakeRows has versions, newest first, and an error for reading them.
type fakeRows struct {
	versions []record.OntologyVersion
	err      error
}

func (r *fakeRows) Ontology(context.Context) (record.OntologyVersion, error) {
	if r.err == nil && len(r.versions) == 0 {
		return record.OntologyVersion{}, surreal.ErrNotFound
	}
	return append(r.versions, record.OntologyVersion{})[0], r.err
}

func (r *fakeRows) OntologyVersions(_ context.Context, before, limit int) (found []record.OntologyVersion, _ error) {
	for _, v := range r.versions {
		if (before == 0 || v.Version < before) && len(found) < limit {
			found = append(found, v)
		}
	}
	return found, r.err
}

// TestOn checks that a step is applied to the version that is stored at that time, and again when it is repeated.
func TestOn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	rows := &fakeRows{}
	var result Version
	change := Step(draft(t, keys(AttributeKey{Name: "x"})).Put).On(rows, event, &result)
	for _, n := range []int{0, 3, 7} {
		if n > 0 {
			rows.versions = []record.OntologyVersion{version(n, "y")}
		}
		c, err := change(ctx)
		require.NoError(t, err)
		if c.Ontology[0].Version != n+1 || result.Version != n+1 || result.Spec.AttributeKeys[0].Name != "x" {
			t.Errorf("after %d: %+v, %+v", n, c, result)
		}
	}
	result = Version{}
	rows.versions = []record.OntologyVersion{version(maxVersion, "y")}
	_, err := change(ctx)
	refused(t, err, fault.TooLarge, "", "100000000 versions")
	rows.err = surreal.ErrLost
	if _, err := change(ctx); !errors.Is(err, surreal.ErrLost) || result.Version != 0 {
		t.Errorf("%v, %+v", err, result)
	}
}

func TestCurrent(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, none := range [][]record.OntologyVersion{nil, {version(2, ""), version(1, "x")}} {
		_, err := Current(ctx, &fakeRows{versions: none})
		refused(t, err, fault.NotFound, "", "declares no ontology")
	}
	v, err := Current(ctx, &fakeRows{versions: []record.OntologyVersion{version(1, "x")}})
	require.NoError(t, err)
	require.Equal(t, keys(AttributeKey{Name: "x"}), v.Spec)
	_, err = Current(ctx, &fakeRows{versions: []record.OntologyVersion{{Version: 1, Document: []byte(`{"verbs": []}`)}}})
	refused(t, err, fault.Unsupported, "", "later version")
	_, err = Current(ctx, &fakeRows{err: surreal.ErrLost})
	require.ErrorIs(t, err, surreal.ErrLost)
}

// TestPage checks that pages of every size have all versions exactly once, and report their end.
func TestPage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	rows := &fakeRows{}
	for n := range 40 {
		rows.versions = append(rows.versions, version(40-n, strings.Repeat("x", n%3)))
	}
	for limit := 1; limit < 45; limit++ {
		var numbers []int
		for cursor, pages := "", 0; ; pages++ {
			got, err := Page(ctx, rows, paging.Request{Cursor: cursor, Limit: limit})
			page, next := got.Items, got.NextCursor
			require.NoError(t, err)
			if len(page) == 0 || len(page) > limit || next != "" && len(page) < limit {
				t.Fatalf("limit %d: %d versions, next %q", limit, len(page), next)
			}
			for _, v := range page {
				numbers = append(numbers, v.Version)
			}
			if cursor = next; cursor == "" {
				require.Equal(t, (40-1)/limit, pages, "limit %d", limit)
				break
			}
		}
		for i, n := range numbers {
			require.Equal(t, 40-i, n)
		}
		require.Len(t, numbers, 40)
	}

	for _, cursor := range []string{"x", "-1", "0", "1.5", "100000000", "99999999999999999999"} {
		_, err := Page(ctx, rows, paging.Request{Cursor: cursor, Limit: 10})
		refused(t, err, fault.Invalid, "Cursor", "page of versions")
	}
	page, err := Page(ctx, &fakeRows{}, paging.Request{Limit: 10})
	require.NoError(t, err)
	if len(page.Items) > 0 || page.NextCursor != "" || page.HasMore {
		t.Errorf("%+v", page)
	}
	for _, offset := range []int{0, 1, 15, 16, 17, 38, 39, 40, 41, 1 << 50} {
		page, err := Page(ctx, rows, paging.Request{Limit: 2, Offset: offset, WithTotal: true})
		require.NoError(t, err)
		if want := min(2, max(0, 40-offset)); page.Total != 40 || len(page.Items) != want || want > 0 && page.Items[0].Version != 40-offset || page.HasMore != (offset < 38) {
			t.Errorf("from %d: %+v", offset, page)
		}
	}
	_, err = Page(ctx, &fakeRows{versions: []record.OntologyVersion{{Version: 1, Document: []byte("{")}}}, paging.Request{Limit: 10})
	refused(t, err, fault.Damaged, "", "cannot be read")
	_, err = Page(ctx, &fakeRows{err: surreal.ErrLost}, paging.Request{Limit: 10})
	require.ErrorIs(t, err, surreal.ErrLost)
}
