package live

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// shelf stores events as the database does, or fails.
type shelf struct {
	rows  map[string]record.Event
	fails bool
}

func (s *shelf) Record(_ context.Context, list ...record.Event) error {
	if s.fails {
		return errors.New("the database does not answer")
	}
	for _, e := range list {
		if was, ok := s.rows[e.ID]; !ok || was.Count < e.Count {
			s.rows[e.ID] = e
		}
	}
	return nil
}

// TestDenialsAreBoundedAndCounted checks that for each minute a limited number of denied attempts is recorded one by one, that the others
// are counted, and that none is missing, although the database fails now and then. Invented keys use no memory.
func TestDenialsAreBoundedAndCounted(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		var d denials
		random, ids := rand.New(rand.NewPCG(seed, 5)), 0
		newID := func() string { ids++; return fmt.Sprintf("%08d", ids) }
		alone, sums := shelf{rows: map[string]record.Event{}}, shelf{rows: map[string]record.Event{}}
		now := time.Date(2026, 5, 4, 9, 30, 1, 0, time.UTC)
		attempts, minutes := map[string]int{}, 0 // attempts by key, and of all strangers
		for range 6000 {
			if random.IntN(900) == 0 {
				now = now.Add(time.Duration(random.IntN(100)-10) * time.Second) // the clock may go back
			}
			sums.fails = random.IntN(3) == 0
			from := Attempter{Key: fmt.Sprint("key", random.IntN(4)*random.IntN(2))}
			switch random.IntN(4) {
			case 0:
				from = Attempter{"invented" + fmt.Sprint(random.Int()), true}
			case 1:
				from = Attempter{"named", true}
			}
			e := record.Event{ID: "audit_event:" + newID(), At: now, Action: "denied", Principal: "principal:p", Key: from.Key, Context: "c"}
			if from.Stranger {
				e.Principal = ""
			}
			attempts[map[bool]string{true: "", false: from.Key}[from.Stranger]]++
			if !d.minute.Equal(now.Truncate(time.Minute)) {
				minutes++ // a minute may occur twice
			}
			_ = d.Record(context.Background(), e, from, newID, alone.Record, sums.Record)
			if len(d.sources) > maxSources || len(d.past) > maxSources {
				t.Fatalf("%d sources, %d sums", len(d.sources), len(d.past))
			}
		}
		sums.fails = false
		if err := d.Store(context.Background(), time.Time{}, sums.Record); err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, e := range alone.rows {
			if e.Principal == "" {
				e.Key = ""
			}
			got[e.Key]++
		}
		for _, e := range sums.rows {
			if e.Key != "" && (e.Principal != "principal:p" || e.Context != "c") || e.Count == 0 || e.Action != "denied" || e.Detail == "" {
				t.Errorf("%+v", e)
			}
			got[e.Key] += e.Count
		}
		for key, n := range attempts {
			if got[key] != n {
				t.Errorf("seed %d: %d attempts of %q, %d on record", seed, n, key, got[key])
			}
		}
		if most := minutes * (maxStrangers + 4*maxDenials); len(sums.rows) == 0 || len(sums.rows) > 5*minutes || len(alone.rows) > most {
			t.Errorf("seed %d: in %d minutes %d events and %d sums", seed, minutes, len(alone.rows), len(sums.rows))
		}
	}
}

// TestDenialsInOneMinute checks the limits of one minute: for a key, for a key that strangers name, and for all strangers. Keys over the
// limit share a count.
func TestDenialsInOneMinute(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from              func(i int) Attempter
		recorded, sums    int
		principalsInTheir bool
	}{
		"one key":                         {func(int) Attempter { return Attempter{Key: "a"} }, maxDenials, 1, true},
		"two keys":                        {func(i int) Attempter { return Attempter{Key: fmt.Sprint(i % 2)} }, 2 * maxDenials, 2, true},
		"one is named":                    {func(int) Attempter { return Attempter{"a", true} }, maxDenials, 1, false},
		"all are":                         {func(i int) Attempter { return Attempter{fmt.Sprint(i), true} }, maxStrangers, 1, false},
		"a key and strangers who name it": {func(i int) Attempter { return Attempter{"a", i%2 == 0} }, 2 * maxDenials, 2, false},
		"as many keys as there are":       {func(i int) Attempter { return Attempter{Key: fmt.Sprint(i)} }, maxSources + maxDenials, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var d denials
			ids := 0
			newID := func() string { ids++; return fmt.Sprint(ids) }
			kept := shelf{rows: map[string]record.Event{}}
			now := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
			const attempts = 3000
			for i := range attempts {
				e := record.Event{ID: "e" + newID(), At: now.Add(time.Duration(i) * time.Millisecond), Action: "denied", Principal: "p", Key: tc.from(i).Key}
				if err := d.Record(context.Background(), e, tc.from(i), newID, kept.Record, kept.Record); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // the second time there is nothing new
				if err := d.Store(context.Background(), time.Time{}, kept.Record); err != nil {
					t.Fatal(err)
				}
			}
			recorded, counted, sums := 0, 0, 0
			for _, e := range kept.rows {
				if e.Count == 0 {
					recorded++
					continue
				}
				sums++
				counted += e.Count
				if tc.principalsInTheir && (e.Principal == "" || e.Key == "") {
					t.Errorf("%+v", e)
				}
			}
			if recorded != tc.recorded || sums != tc.sums || recorded+counted != attempts {
				t.Errorf("%d on record, %d sums of %d, want %d and %d of %d attempts", recorded, sums, counted, tc.recorded, tc.sums, attempts)
			}
		})
	}
}

// TestTextOfDenialsIsBounded checks that the recorded text of an attempt is short and can be stored, whatever the attempt names.
func TestTextOfDenialsIsBounded(t *testing.T) {
	t.Parallel()
	var paths []string
	for range MaxEventPaths {
		paths = append(paths, strings.Repeat("p", 500))
	}
	for _, text := range []string{strings.Repeat("ü", 1<<20), strings.Repeat("x", 1<<20), strings.Repeat("x\xff", 1<<20), "short"} {
		e := bounded(record.Event{Target: text, Detail: text, Paths: paths})
		size := len(e.Target) + len(e.Detail)
		for _, p := range e.Paths {
			size += len(p)
		}
		if size > 8<<10 || len(e.Paths) == 0 || !utf8.ValidString(e.Target+e.Detail) || e.Target[0] != text[0] || text == "short" && e.Target != text {
			t.Errorf("%d bytes, %d paths of %.10q", size, len(e.Paths), text)
		}
	}
}
