package recall_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// TestShelfFindsWhatIsWanted compares a shelf with a scan of all facts, at every size, while facts are added, changed and closed.
func TestShelfFindsWhatIsWanted(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	facts := map[string]*record.Fact{}
	var ids []string
	var shelf recall.Shelf
	for n := range 600 {
		var old *record.Fact
		f := &record.Fact{ID: fmt.Sprintf("attribute:%03d", n), Kind: record.KindAttribute, Key: fmt.Sprint("key", random.IntN(6)), Value: fmt.Sprint("Value ", random.IntN(9))}
		switch {
		case n > 0 && random.IntN(3) == 0:
			old = facts[ids[random.IntN(len(ids))]]
			changed := *old
			changed.Seq++
			if random.IntN(2) == 0 {
				changed.RetiredAt = time.Unix(int64(n), 0)
			}
			f = &changed
		case random.IntN(3) == 0:
			f.Kind, f.Object = record.KindRelation, record.EntityRef{Type: []string{record.TypePerson, record.TypeTopic}[random.IntN(2)], Name: f.Value}
			fallthrough
		default:
			ids = append(ids, f.ID)
		}
		facts[f.ID] = f
		shelf.Put(old, f)

		wanted := &reconcile.Wanted{}
		switch random.IntN(4) {
		case 0:
			wanted = nil
		case 1:
			wanted.Key("key1", "key2")
			fallthrough
		default:
			wanted.Value("key3", "value 1", "topic/value-2", "value 7")
			wanted.Value("key4", "value 1")
		}
		found := map[string]int{}
		shelf.Live(wanted, func(list []*record.Fact) {
			for _, f := range list {
				if f != facts[f.ID] {
					t.Fatalf("of %d: an earlier state of %s", len(ids), f.ID)
				}
				found[f.ID]++
			}
		})
		kin := shelf.Kin()
		for _, id := range ids {
			f := facts[id]
			if want := f.Live() && wanted.Has(f); want && found[id] != 1 || !f.Live() && found[id] > 0 {
				t.Fatalf("of %d: %+v found %d times, wanted: %v", len(ids), f, found[id], want)
			}
			if want := f.Live() && f.Object.Type == record.TypePerson; slices.Contains(kin, f) != want {
				t.Fatalf("of %d: %+v among the kin: %v", len(ids), f, !want)
			}
		}
	}
}

// TestNamesOfATextAreFound looks for names among many names with the same first word.
func TestNamesOfATextAreFound(t *testing.T) {
	t.Parallel()
	var names recall.Names
	names.Add("person/anna")
	for n := range 1000 {
		names.Add(fmt.Sprintf("person/anna-x%d-berg", n))
	}
	in := names.In(record.Words("Anna X17 Berg met Anna Nobody."))
	for _, key := range []string{"person/anna", "person/anna-x17-berg", "person/anna-x999-berg"} {
		if !slices.Contains(in, key) {
			t.Errorf("%s is not among %d names", key, len(in))
		}
	}
	if len(in) > 100 {
		t.Errorf("%d names", len(in))
	}
}
