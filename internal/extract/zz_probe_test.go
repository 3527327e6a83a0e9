package extract
import ("testing";"os";"strings";"fmt";"github.com/spectron-go/spectron/internal/record")
func TestZZProbe(t *testing.T) {
	b, _ := os.ReadFile(os.Getenv("PROBE"))
	for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		x := Rules(Input{Text: l, Role: record.User, At: said, Vocabulary: record.Vocabulary{Entities: []record.EntityRef{{Type: "person", Name: "Tom Ferris"},{Type: "person", Name: "Tom Okafor"},{Type: "person", Name: "Rupert"}}}})
		fmt.Println("#", l)
		for _, it := range itemsOf(x) { fmt.Println("   +", it) }
		for _, d := range x.Doubts { fmt.Printf("   ? %v %v other=%v near=%q\n", d.Entities, d.Keys, d.Other, d.Near) }
		for _, d := range x.Uncertainties { fmt.Printf("   u %v %v %v\n", d.Entity, d.Key, d.About) }
	}
}
