package reconcile_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDoubts writes histories in which something may have changed, but the statement of the change was not understood.
func TestDoubts(t *testing.T) {
	t.Parallel()
	married := step{day: 1, text: words, x: said("Alice lives_in @location/Rome", "Alice works_at @organisation/Acme", "Alice likes @topic/jazz", "Alice likes @topic/tea")}
	left := step{day: 2, text: words, x: said("doubt Alice lives_in moved out last week")}
	for _, c := range []struct {
		name  string
		steps []step
		doubt []string
	}{
		{"a statement of a change puts the fact of its key in doubt", []step{married, left}, []string{"1"}},
		{"no other key", []step{married, {day: 2, text: words, x: said("doubt Alice age older now")}}, nil},
		{"nobody else's", []step{married, {day: 2, text: words, x: said("doubt Bob works_at fired")}}, nil},
		{"a value that is named", []step{married, {day: 2, text: words, x: said("doubt Alice none left Acme at last")}}, []string{"2"}},
		{"a firm that is named by its kind", []step{{day: 1, text: words, x: said("Alice works_at @organisation/Quill_Hospital")}, {day: 2, text: words, x: said("doubt Alice none packed in the Hospital")}}, []string{"1"}},
		{"one value of several", []step{married, {day: 2, text: words, x: said("doubt Alice none gave up tea")}}, []string{"4"}},
		{"what was understood", []step{married, {day: 2, text: words, x: said("doubt Alice lives_in moved out", "-Alice lives_in Rome")}}, nil},
		{"what the same words replace", []step{married, {day: 2, text: words, x: said("doubt Alice works_at role new job", "Alice works_at @organisation/Globex")}}, nil},
		{"a clear statement settles it", []step{married, left, {day: 3, text: words, x: said("Alice lives_in @location/Rome")}}, nil},
		{"so does another value", []step{married, left, {day: 3, text: words, x: said("Alice lives_in @location/Oslo")}}, nil},
		{"and the end", []step{married, left, {day: 3, text: words, x: said("-Alice lives_in")}}, nil},
		{"said twice it is one question", []step{married, left, left}, []string{"1"}},
		{"what is half understood", []step{married, {day: 2, text: words, x: said("half Alice works_at somewhere")}}, []string{"2"}},
		{"what is half understood and names no change", []step{married, {day: 2, text: words, x: said("vague Alice works_at somewhere")}}, nil},
		{"a remark does not shake a document", []step{{day: 1, text: words, kind: document, x: said("Alice lives_in @location/Rome")}, left}, nil},
		{"it goes over to a name with the fact", []step{
			{day: 1, text: words, x: said("user lives_in @location/Rome")}, {day: 2, text: words, x: said("doubt user lives_in moved out")},
			{day: 3, text: words, x: said("I am Alice")},
		}, []string{"3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			facts, l, err := run(c.steps)
			require.NoError(t, err)
			same(t, "in doubt", l.doubt, c.doubt)
			if t.Failed() {
				t.Log(facts, l.asks)
			}
		})
	}
}
