package recall_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// TestShelfFindsWhatIsWanted compares a shelf, at every size, with a look at each fact.
func TestShelfFindsWhatIsWanted(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	facts := map[string]*record.Fact{}
	var ids []string
	var shelf recall.Shelf
	for n := range 300 {
		f := &record.Fact{ID: fmt.Sprintf("attribute:%03d", n), Kind: record.KindAttribute, Key: fmt.Sprint("key", random.IntN(9)), Value: fmt.Sprint("Value ", random.IntN(9))}
		if random.IntN(3) == 0 {
			f.Kind, f.Object = record.KindRelation, record.EntityRef{Type: []string{record.TypePerson, record.TypeTopic}[random.IntN(2)], Name: f.Value}
		}
		facts[f.ID] = f
		ids = append(ids, f.ID)
		shelf.Add(f, func(id string) *record.Fact { return facts[id] })

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
		found := map[string]bool{}
		shelf.Find(wanted, func(ids []string) {
			for _, id := range ids {
				if wanted.Has(facts[id]) {
					found[id] = true
				}
			}
		})
		kin := shelf.Kin()
		for _, id := range ids {
			if want := wanted.Has(facts[id]); found[id] != want {
				t.Fatalf("of %d: %+v found: %v, want %v", len(ids), facts[id], found[id], want)
			}
			if want := facts[id].Object.Type == record.TypePerson; slices.Contains(kin, id) != want {
				t.Fatalf("of %d: %+v among the kin: %v", len(ids), facts[id], !want)
			}
		}
	}
}

// TestNamesOfATextAreFound looks for names among many that begin alike.
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
