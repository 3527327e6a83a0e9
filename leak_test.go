package spectron_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// The leak test checks that a caller gets exactly what it may have, and that nothing else influences any result. leak_model_test.go has the
// world and the model, leak_methods_test.go the methods to call.

const leakSeed = 4

// leakRandom returns random numbers that are the same for the same caller.
func leakRandom(c leakCaller) *rand.Rand {
	who := slices.IndexFunc(leakCallers(), func(other leakCaller) bool { return other.name == c.name })
	return rand.New(rand.NewPCG(leakSeed, uint64(who+1)))
}

// check makes a call and compares it with the model and the markers.
func (w *leakWorld) check(t *testing.T, c leakCaller, h *spectron.Context, name string, call leakCall) (refused bool) {
	t.Helper()
	result, lines, err := call.do(h)
	want, refusal := call.want(c)
	if refusal != nil {
		if !errors.Is(err, refusal) {
			t.Errorf("%s: %s(%s): got %v, want %s", c.name, name, call.said, err, refusal.Code)
		}
		lines, want = nil, nil
	} else if err != nil {
		t.Errorf("%s: %s(%s): %v", c.name, name, call.said, err)
	}
	if !call.some && !slices.Equal(lines, want) {
		t.Errorf("%s: %s(%s): got\n  %s\nwant\n  %s", c.name, name, call.said, strings.Join(lines, "\n  "), strings.Join(want, "\n  "))
	}
	for _, line := range lines {
		if refusal == nil && call.some && !slices.Contains(want, line) {
			t.Errorf("%s: %s(%s): got %s", c.name, name, call.said, line)
		}
	}
	if foreign := w.foreign(c.grants, call.said, result, err); len(foreign) > 0 {
		t.Errorf("%s: %s(%s): %v show in %+v %v", c.name, name, call.said, foreign, result, err)
	}
	return refusal != nil
}

// TestLeakModel compares what each caller gets in two Contexts with the model, and has each caller try what it may not do.
func TestLeakModel(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	mgr, clock := openLeakStore(t, 0)
	a := buildLeakWorld(t, mgr, clock, "one", "zqa", nil)
	b := buildLeakWorld(t, mgr, clock, "two", "zqb", nil)
	for mark := range a.marks { // no caller in one Context may see a marker of the other
		b.marks[mark] = func(spectron.Grants) bool { return false }
	}
	for mark := range b.marks {
		if a.marks[mark] == nil {
			a.marks[mark] = func(spectron.Grants) bool { return false }
		}
	}
	for _, w := range []*leakWorld{a, b} {
		got := map[string]int{}
		for _, c := range leakCallers() {
			for name, calls := range w.leakCalls(leakRandom(c), 1+testsize.Of(10), readsOf) {
				for _, call := range calls {
					if !w.check(t, c, w.handles[c.name], name, call) {
						if lines, _ := call.want(c); len(lines) > 0 {
							got[name]++
						}
					}
				}
			}
		}
		for name, m := range leakMethods() {
			if m.reads != nil && got[name] == 0 && name != "Context.Events" && name != "Context.OnBehalfOf" && !strings.HasPrefix(name, "Ontologies.") {
				t.Errorf("no caller got anything of %s: it was not tested", name)
			}
		}
	}
	for _, c := range leakCallers() {
		a.checkRefusals(t, c)
	}
}

// export returns all rows of a Context except events, and the number of denied attempts.
func (w *leakWorld) export(tb testing.TB) (rows []string, denied int) {
	tb.Helper()
	for line := range strings.Lines(string(w.exported(tb))) {
		if strings.HasPrefix(line, "{") && !strings.Contains(line, "id: audit_event:") {
			rows = append(rows, line)
		}
	}
	for _, e := range eventsOf(tb, w.all, spectron.EventDenied) {
		denied += max(1, e.Count)
	}
	keys, err := w.all.Keys().List(context.Background(), spectron.PageRequest{}) // they are not exported
	require.NoError(tb, err)
	for _, k := range keys.Items {
		k.LastUsedAt = time.Time{}
		rows = append(rows, asJSON(k))
	}
	return rows, denied
}

// checkRefusals has a caller try each write that it may not make: nothing changes, and each attempt is recorded.
func (w *leakWorld) checkRefusals(t *testing.T, c leakCaller) {
	before, denied := w.export(t)
	for name, calls := range w.leakCalls(leakRandom(c), 4, writesOf) {
		n := 0
		for _, call := range calls {
			_, refusal := call.want(c)
			if refusal == nil {
				continue
			}
			n++
			if refusal.Code == spectron.CodeForbidden {
				denied++
			}
			w.check(t, c, w.handles[c.name], name, call)
		}
		if n == 0 && c.name == "nobody" {
			t.Errorf("%s was not refused to somebody without grants", name)
		}
	}
	after, events := w.export(t)
	if lines := linesThatDiffer(before, after); len(lines) > 0 || len(before) < 100 {
		t.Errorf("%s: of %d rows, what was refused changed\n%s", c.name, len(before), strings.Join(lines, ""))
	}
	if events != denied {
		t.Errorf("%s: %d attempts were denied, want %d", c.name, events, denied)
	}
}

// linesThatDiffer returns the lines that only one of two lists has.
func linesThatDiffer(was, is []string) []string {
	left := map[string]int{}
	for _, line := range was {
		left[line]--
	}
	for _, line := range is {
		left[line]++
	}
	maps.DeleteFunc(left, func(_ string, n int) bool { return n == 0 })
	return slices.Sorted(maps.Keys(left))
}

// TestLeakNonInterference builds the world twice, once without what the caller may not know of. Whatever the caller does, it gets the same
// answers in both. Without SPECTRON_LONG only every third caller is tested: one with one scope, one that only reads, one without memory,
// and one that acts for another.
func TestLeakNonInterference(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	mgr, clock := openLeakStore(t, 0)
	whole := buildLeakWorld(t, mgr, clock, "one", "zqa", nil)
	exported := whole.exported(t)
	for i, c := range leakCallers() {
		if c.name == "wide" {
			continue // it may know everything
		}
		if !testsize.Long() && i%3 != 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			full := whole.moved(t, exported)
			mgr, clock := openLeakStore(t, 0)
			less := buildLeakWorld(t, mgr, clock, "one", "zqa", &c)
			less = less.moved(t, less.exported(t)) // both are imported, because the import leaves events
			if len(less.records) >= len(full.records) {
				t.Errorf("nothing is kept from %s", c.name)
			}
			got, want := full.transcript(t, c), less.transcript(t, c)
			if len(got) != len(want) {
				t.Fatalf("%d calls and %d", len(got), len(want))
			}
			ids, failed := renaming{map[string]string{}, map[string]string{}}, 0
			for i := range want {
				if !ids.alike(got[i], want[i]) && failed < 8 {
					failed++
					t.Errorf("%s\nwith what is hidden\n  %s\nwithout it\n  %s", got[i][:strings.IndexByte(got[i], '\n')], apart(got[i], want[i]), apart(want[i], got[i]))
				}
			}
		})
	}
}

var leakIDs = regexp.MustCompile(`(session|turn|memory_chunk|document|chunk|section|job|attribute|relation|instruction|uncertainty|decision_trace|principal|audit_event):[0-9]{8}|cak_[a-z0-9_-]+`)

// renaming maps the ids of one world to those of another, and back.
type renaming struct{ there, back map[string]string }

// alike reports whether two texts are equal except for ids, where each id corresponds to exactly one other.
func (r renaming) alike(a, b string) bool {
	if leakIDs.ReplaceAllString(a, "#") != leakIDs.ReplaceAllString(b, "#") {
		return false
	}
	theirs := leakIDs.FindAllString(b, -1)
	for i, id := range leakIDs.FindAllString(a, -1) {
		to, known := r.there[id]
		from, taken := r.back[theirs[i]]
		if known != taken || known && (to != theirs[i] || from != id) {
			return false
		}
		r.there[id], r.back[theirs[i]] = theirs[i], id
	}
	return true
}

func (w *leakWorld) exported(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	require.NoError(tb, w.mgr.ExportContext(context.Background(), w.all.ID(), &out))
	return out.Bytes()
}

// moved returns the world in another store, after an export and an import.
func (w *leakWorld) moved(tb testing.TB, exported []byte) *leakWorld {
	out := *w
	out.mgr, out.clock = openLeakStore(tb, 5000)
	out.clock.Set(w.leakTime())
	moved, err := out.mgr.ImportContext(context.Background(), spectron.ImportRequest{ID: w.all.ID(), From: bytes.NewReader(exported), Access: true, Events: true})
	require.NoError(tb, err)
	out.all = moved.Context
	out.buildKeys(tb) // an export has no keys
	return &out
}

// openLeakStore opens a store whose ids begin after the given number of used ids.
func openLeakStore(tb testing.TB, taken int) (*spectron.Manager, *spectrontest.Clock) {
	tb.Helper()
	clock, ids := spectrontest.NewClock(), spectrontest.IDs()
	for range taken {
		ids()
	}
	return spectrontest.Open(tb, &spectron.Options{Clock: clock.Now, NewID: ids}), clock
}

// transcript returns what a caller gets for all reads, then for all writes, and then for the reads again.
func (w *leakWorld) transcript(t *testing.T, c leakCaller) []string {
	random, h := leakRandom(c), w.handles[c.name]
	var out []string
	for _, of := range []func(leakMethod) func(*leakWorld, *rand.Rand) []leakCall{readsOf, writesOf, readsOf} {
		calls := w.leakCalls(random, 3, of)
		for _, name := range slices.Sorted(maps.Keys(calls)) {
			for _, call := range calls[name] {
				lines, refusal := call.want(c)
				if refusal == nil && strings.HasPrefix(name, "Keys.R") {
					continue // it would invalidate the handle
				}
				result, got, err := call.do(h)
				if !call.reads && err == nil && !slices.Equal(got, lines) {
					t.Errorf("%s(%s): got %v, want %v", name, call.said, got, lines)
				}
				out = append(out, fmt.Sprintf("%s(%s):\n%s %v", name, call.said, asJSON(result), err))
			}
		}
	}
	return out
}

// apart returns a text from shortly before its first difference to another one, without ids.
func apart(text, other string) string {
	text, other = leakIDs.ReplaceAllString(text, "#"), leakIDs.ReplaceAllString(other, "#")
	at := 0
	for at < min(len(text), len(other)) && text[at] == other[at] {
		at++
	}
	return text[max(0, at-100):min(len(text), at+100)]
}

func asJSON(v any) string {
	encoded, err := json.Marshal(v)
	return fmt.Sprintf("%s %v", encoded, err)
}
