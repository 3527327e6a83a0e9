package index_test

import (
	"fmt"
	"testing"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// What a question costs whose words are in the names of those who speak must not grow with those who speak out of sight, nor with
// the length of what is said there in a session of the caller's.
func BenchmarkHiddenConversations(b *testing.B) {
	mine := func(set record.ScopeSet) bool { return set[0][0] == "org/mine" }
	for _, hidden := range []int{0, 50_000} {
		for _, where := range []string{"speakers", "turns"} {
			b.Run(fmt.Sprintf("%s/%d", where, hidden), func(b *testing.B) {
				ix := index.New()
				for i := range 1000 {
					e := said(i, i, []string{"Ann", "Ben"}[i/2%2], fmt.Sprintf("the user saw squid number %d", i))
					e.Scopes = record.ScopeSet{{"org/mine"}}
					if err := ix.Put(e); err != nil {
						b.Fatal(err)
					}
				}
				batch := make([]index.Entry, hidden)
				for i := range batch {
					batch[i] = said(i, i, "Ann", "the user said nothing of it")
					batch[i].ID, batch[i].Turn = "hidden"+batch[i].ID, "hidden"+batch[i].Turn
					batch[i].Scopes = record.ScopeSet{{"org/other"}}
					if where == "speakers" {
						batch[i].Session, batch[i].Speaker, batch[i].Scopes = fmt.Sprint(i), fmt.Sprintf("user %d", i), record.ScopeSet{{fmt.Sprint("org/", i)}}
					}
				}
				if err := ix.Put(batch...); err != nil {
					b.Fatal(err)
				}
				q := index.Query{Text: "What did the user say of the squid to Ann?", Filter: index.Filter{Visible: mine, Within: []scope.Pattern{{Path: "org/mine"}}}}
				for b.Loop() {
					if _, err := ix.Search(q); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
