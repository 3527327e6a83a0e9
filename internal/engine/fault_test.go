package engine

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

func TestAKeyOverTheLimitOfTheStorageIsTooLarge(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), connect(t, newEngine(t))
	query[any](t, s, `DEFINE TABLE row; DEFINE INDEX name ON row FIELDS name UNIQUE`, nil)
	long := map[string]any{"name": strings.Repeat("x", 40<<10)}
	for _, sql := range []string{
		`CREATE row:long SET name = $name`,
		`BEGIN; CREATE row:other SET name = 'other'; CREATE row:long SET name = $name; COMMIT`,
		`CREATE type::record('row', $name) SET name = 'short'`,
		`SELECT * FROM type::record('row', $name)`,
	} {
		_, err := s.Query(ctx, sql, long)
		if !errors.Is(err, ErrTooLarge) || errors.Is(err, ErrStorage) || errors.Is(err, surreal.ErrConflict) {
			t.Errorf("%s: %v, want ErrTooLarge alone", sql, err)
			continue
		}
		if !strings.Contains(err.Error(), "32768") || strings.Contains(err.Error(), "xxx") {
			t.Errorf("%s: %v, want the limit and not the value", sql, err)
		}
	}
	if n := query[int](t, s, `RETURN count(SELECT VALUE id FROM row)`, nil); n != 0 {
		t.Errorf("%d rows were stored", n)
	}
	query[any](t, s, `CREATE row:short SET name = 'short'`, nil)
}

func TestFaultsExplainConflicts(t *testing.T) {
	t.Parallel()
	conflict := &surreal.Error{Kind: surreal.ErrConflict, Message: "conflict"}
	medium, large := errors.New("disk full"), kv.ErrTooLarge
	for name, tt := range map[string]struct {
		running int // requests, ours among them
		faults  []error
		err     error
		want    []error
		not     []error
	}{
		"a conflict":                 {1, nil, conflict, []error{surreal.ErrConflict}, []error{ErrStorage, ErrTooLarge}},
		"a conflict of the storage":  {1, []error{kv.ErrConflict}, conflict, []error{surreal.ErrConflict}, []error{ErrStorage, ErrTooLarge}},
		"another error":              {1, []error{medium, large}, ErrClosed, []error{ErrClosed}, []error{ErrStorage, ErrTooLarge}},
		"the medium":                 {1, []error{medium}, conflict, []error{ErrStorage, medium}, []error{surreal.ErrConflict, ErrTooLarge}},
		"the medium, perhaps ours":   {2, []error{medium}, conflict, []error{ErrStorage, medium}, []error{surreal.ErrConflict}},
		"the medium and a large key": {1, []error{medium, large}, conflict, []error{ErrStorage}, []error{ErrTooLarge}},
		"a large key":                {1, []error{large}, conflict, []error{ErrTooLarge, large}, []error{surreal.ErrConflict, ErrStorage}},
		"a large key, perhaps ours":  {2, []error{large}, conflict, []error{ErrTooLarge, large, surreal.ErrConflict}, []error{ErrStorage}},
		"a late transaction":         {1, []error{errLate}, conflict, []error{surreal.ErrTimeout}, []error{surreal.ErrConflict, ErrStorage, ErrTooLarge}},
		"a late and a large one":     {2, []error{large, errLate}, conflict, []error{surreal.ErrTimeout}, []error{surreal.ErrConflict, ErrStorage, ErrTooLarge}},
		"an empty key":               {1, []error{kv.ErrEmptyKey}, conflict, []error{ErrRequest}, []error{surreal.ErrConflict, ErrStorage}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, ours := newInstance(idleEngine(t, 1), 1), &request{}
			i.running[ours] = struct{}{}
			for range tt.running - 1 {
				i.running[&request{}] = struct{}{}
			}
			for _, err := range tt.faults {
				i.noteFault(err, time.Now())
			}
			err := ours.fault.explain(tt.err)
			for _, want := range tt.want {
				require.ErrorIs(t, err, want)
			}
			for _, not := range tt.not {
				require.NotErrorIs(t, err, not)
			}
		})
	}
}

// failing is a store whose commits fail.
type failing struct{ kv.Backend }

var errMedium = errors.New("no space left")

func (f *failing) Apply(batch []kv.Write) error {
	for _, w := range batch {
		if strings.Contains(string(w.Value), "unlucky") {
			return errMedium
		}
	}
	return f.Backend.Apply(batch)
}

func TestAFailingMediumIsNotAConflict(t *testing.T) {
	t.Parallel()
	m, err := shared()
	require.NoError(t, err)
	s := connect(t, open(t, m, kv.New(&failing{kv.NewMemory()})))
	_, err = s.Query(context.Background(), `CREATE row:one SET text = 'unlucky'`, nil)
	if !errors.Is(err, ErrStorage) || !errors.Is(err, errMedium) || errors.Is(err, surreal.ErrConflict) {
		t.Errorf("got %v, want ErrStorage", err)
	}
	query[any](t, s, `CREATE row:one SET text = 'lucky'`, nil)
}
