package recall

import (
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

func TestOwnFirst(t *testing.T) {
	t.Parallel()
	fact := func(id, name string) Hit {
		return Hit{ID: id, Score: 1, Fact: &record.Fact{Entity: record.EntityRef{Type: record.TypePerson, Name: name}}}
	}
	said := func(id, by string) Hit {
		return Hit{ID: id, Score: 1, Chunk: &record.Chunk{Role: record.User, Speaker: by}}
	}
	turn := Hit{ID: "turn", Score: 1, Chunk: &record.Chunk{}}
	for _, c := range []struct {
		english []string
		self    bool
		hits    []Hit
		want    string
		own     bool
	}{
		{[]string{"what", "car", "do", "i", "have"}, true, []Hit{fact("his", "Fergus"), turn, fact("mine", "user")}, "turn mine his", true},
		{[]string{"what", "car", "do", "i", "have"}, true, []Hit{fact("his", "Fergus")}, "his", false},
		{[]string{"what", "car", "do", "i", "have"}, true, nil, "", true},
		{[]string{"what", "car", "has", "my", "sister"}, true, []Hit{fact("hers", "Ann"), turn}, "hers turn", true},
		{[]string{"who", "has", "a", "car", "like", "mine"}, true, []Hit{fact("his", "Fergus"), turn}, "his turn", true},
		{[]string{"where", "does", "my", "sister", "work"}, true, []Hit{said("gwen", "Gwen"), said("lowri", "Lowri")}, "lowri gwen", true},
		{[]string{"what", "did", "gwen", "ask", "me"}, true, []Hit{said("gwen", "Gwen"), said("lowri", "Lowri")}, "gwen lowri", true},
		{[]string{"what", "car", "has", "fergus"}, false, []Hit{fact("his", "Fergus"), turn}, "his turn", true},
	} {
		q := Query{wording: wording{english: c.english, self: c.self}, Speaker: "Lowri", selves: []record.EntityRef{record.UserEntity, {Type: record.TypePerson, Name: "Lowri"}}}
		got, own := ownFirst(q, c.hits)
		var ids string
		for i, h := range got {
			if ids += h.ID; i < len(got)-1 {
				ids += " "
			}
		}
		if ids != c.want || own != c.own {
			t.Errorf("%v: %q %v", c.english, ids, own)
		}
		if !slices.IsSortedFunc(got, func(a, b Hit) int { return int(100 * (b.Score - a.Score)) }) {
			t.Errorf("%v: scores rise: %v", c.english, got)
		}
	}
}

func TestMatters(t *testing.T) {
	t.Parallel()
	q := Query{wording: wording{english: []string{"what", "is", "my", "job"}}}
	if got := strings.Fields(q.matters()); !slices.Contains(got, "hired") || !slices.Contains(got, "promoted") || slices.Contains(got, "job") {
		t.Errorf("beside a job: %v", got)
	}
	q.english = []string{"who", "won", "the", "match"}
	if got := q.matters(); got != "" {
		t.Errorf("beside a match: %q", got)
	}
}
