package extract

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

func TestTry(t *testing.T) {
	p := os.Getenv("TRY")
	if p == "" {
		t.Skip()
	}
	f, _ := os.Open(p)
	sc := bufio.NewScanner(f)
	none, n := 0, 0
	for sc.Scan() {
		s := strings.TrimSpace(sc.Text())
		if s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		text, want, _ := strings.Cut(s, " => ")
		text = strings.ReplaceAll(text, "\\n", "\n")
		n++
		var got []string
		for _, it := range itemsOf(Rules(Input{Text: text, Role: record.User, At: said})) {
			got = append(got, it.String())
		}
		g := strings.Join(got, " ; ")
		if g == "" {
			none++
		}
		if want != "" && norm(want) == norm(g) {
			continue
		}
		fmt.Printf("%-90s  %s\n", text, g)
	}
	fmt.Printf("%d of %d without anything\n", none, n)
}

func norm(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }
