package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// TestEmbeddedClausesAreNotAboutTheMainSubject puts relative clauses and appositions into sentences that say something else. What
// they say is said of the person before them or of nobody; what the sentence says is said of its own subject.
func TestEmbeddedClausesAreNotAboutTheMainSubject(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	mains := []struct{ text, subject string }{
		{"I have a friend named Tim%s.", "user"}, {"I live in Oslo with Tim%s.", "user"}, {"I work at Acme with Tim%s.", "user"},
		{"I met Tim%s.", "user"}, {"I have a friend in Oslo%s.", "user"}, {"I live in Oslo with a man%s.", "user"}, {"I joined Acme with Tim%s", "user"},
		{"The man%s lives in Oslo.", "user"}, {"My brother Tim%s works at Acme.", "user"}, {"My brother Tim%s, and I live in Oslo.", "user"},
		{"Anna works at Acme with Tim%s.", "Anna"}, {"Anna met Tim%s.", "Anna"}, {"Anna lives in Oslo with a man%s.", "Anna"},
		{"I work at Acme%s.", "user"}, {"I moved to Oslo%s.", "user"}, {"I like people%s.", "user"}, {"I know the sister of Tim%s.", "user"},
	}
	verbs := []string{"likes jazz", "lives in Rome", "moved to Rome", "joined Globex", "works at Globex", "is a nurse", "was born in Rome", "no longer lives in Rome",
		"left Globex", "has a dog named Rex", "hates jazz", "just moved to Rome", "is married to Eva", "lived in Rome", "speaks Polish", "is vegan"}
	frames := []string{" who %s", ", who %s,", " that %s", ", who %s", " who I know and %s", ", whom I met and %s,", " that I met and %s", " which %s", ", which %s,", " where Eva %s"}
	embedded := []string{"jazz", "rome", "globex", "nurse", "rex", "eva", "polish", "vegan", "leeds", "ceo"}
	try := func(main, subject, clause string) {
		text := fmt.Sprintf(main, clause)
		for _, item := range render(Rules(Input{Text: text, Role: record.User, At: said})) {
			low := strings.ToLower(item)
			inside := slices.ContainsFunc(embedded, func(v string) bool { return strings.Contains(low, v) })
			if inside && (strings.HasPrefix(strings.TrimPrefix(item, "-"), subject) || strings.HasPrefix(low, "?")) {
				t.Errorf("%q: %s", text, item)
			}
			if !inside && strings.HasPrefix(strings.TrimPrefix(item, "-"), "Tim") && !strings.Contains(main, "brother Tim") {
				t.Errorf("%q: %s", text, item)
			}
		}
	}
	for _, main := range mains {
		for _, frame := range frames {
			for i, v := range verbs {
				try(main.text, main.subject, fmt.Sprintf(frame, v))
				for j := i % 2; j < len(verbs); j += 2 {
					joint := []string{" and ", ", and ", " but ", " and then "}[(i+j/2)%4]
					try(main.text, main.subject, fmt.Sprintf(frame, v+joint+verbs[j]))
				}
			}
		}
		for _, role := range []string{", a nurse in Leeds", ", a nurse from Leeds,", ", the CEO of Globex,", ", a nurse at Globex, and Eva", ", a nurse and a vegan"} {
			try(main.text, main.subject, role)
		}
	}
}

// TestEmbeddedClausesAreRead: the person before a relative clause is its subject, whatever the sentence around it says.
func TestEmbeddedClausesAreRead(t *testing.T) {
	t.Parallel()
	for _, main := range []string{"I have a friend named Tim%s.", "I met Tim%s.", "I live in Oslo with my brother Tim%s.", "Anna works with Tim%s.", "My brother Tim%s, is here."} {
		for clause, want := range map[string]string{
			", who lives in Rome": "Tim lives_in Rome", ", who just moved to Rome": "Tim lives_in Rome", ", who works at Globex": "Tim works_at Globex", ", who is a nurse": "Tim.role=nurse",
			", who likes jazz": "Tim likes jazz", ", who no longer lives in Rome": "-Tim lives_in Rome", ", whose birthday is 3 March": "Tim.birthday=3 March",
		} {
			text := fmt.Sprintf(main, clause)
			if got := render(Rules(Input{Text: text, Role: record.User, At: said})); !slices.Contains(got, want) {
				t.Errorf("%q: %q without %q", text, got, want)
			}
		}
	}
}
