package reconcile_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExclusiveOrders writes orders of which the later supersede the earlier.
func TestExclusiveOrders(t *testing.T) {
	t.Parallel()
	french, english := at(1, "! Always answer in French"), at(2, "! Always answer in English")
	emails := at(3, "! In emails answer in Spanish")
	document, shared := french, english
	document.kind, shared.scope = "document", "b"
	for _, c := range []struct {
		name   string
		steps  []step
		active []string
		asks   []string
	}{
		{"the later takes the place of the earlier", []step{french, english}, []string{"Always answer in English"}, nil},
		{"what applies to less stands beside it", []step{french, emails, english}, []string{"In emails answer in Spanish", "Always answer in English"}, nil},
		{"orders of another kind as well", []step{french, at(2, "! Keep answers short")}, []string{"Always answer in French", "Keep answers short"}, nil},
		{"and those of another scope set", []step{french, shared}, []string{"Always answer in French", "Always answer in English"}, nil},
		{"a document stays", []step{document, english}, []string{"Always answer in French"},
			[]string{`Instruction: Always answer in English | "Always answer in French" says the opposite and stays`}},
		{"both at once", []step{at(1, "! Always answer in French", "! Always answer in English")}, []string{"Always answer in English"},
			[]string{`Instruction: Always answer in English | "Always answer in French" was said at once with its opposite, which was kept`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			var asks []string
			for _, s := range c.steps {
				p, err := w.write(s)
				require.NoError(t, err)
				asks = renderQuestions(p.Questions)
			}
			var active []string
			for _, o := range w.orders {
				if o.Active {
					active = append(active, o.Description)
				}
			}
			if !slices.Equal(active, c.active) || !slices.Equal(asks, c.asks) {
				t.Errorf("%q %q, want %q %q", active, asks, c.active, c.asks)
			}
		})
	}
}
