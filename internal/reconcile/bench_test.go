package reconcile_test

import (
	"fmt"
	"testing"

	"github.com/spectron-go/spectron/internal/reconcile"
)

// BenchmarkMake plans five statements, two of which supersede, against fifty live facts.
func BenchmarkMake(b *testing.B) {
	w := newWorld()
	for n := range 10 {
		who := fmt.Sprint("Person_", n)
		_, err := w.write(step{day: 1, x: said(
			who+" lives_in @location/Rome", who+" works_at @organisation/Acme", who+" role CTO", who+" likes @topic/jazz", who+" hobby chess",
		)})
		if err != nil {
			b.Fatal(err)
		}
	}
	in := w.input(step{day: 2, text: "abcdefghij", x: said(
		"Person_1 lives_in @location/Milan", "Person_1 works_at @organisation/Globex", "Person_1 role CEO",
		"Person_2 likes @topic/blues", "Person_3 hobby chess",
	)})
	in.NewID = func(string) string { return "attribute:1" }
	b.ReportAllocs()
	for b.Loop() {
		if p := reconcile.Make(in); len(p.Create) != 4 || len(p.Close) != 3 {
			b.Fatalf("%+v", p)
		}
	}
}
