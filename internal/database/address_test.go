package database

import (
	"math/rand/v2"
	"testing"

	"github.com/spectron-go/spectron/internal/fault"
)

// What an address says of itself is the address: of every path that a file can have.
func TestAddressesAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	letters := []rune("ab/.~ %?#&+=:;@\\'\"[]{}|^`<>$!*()éß東🚀\u202e\n\t25")
	random := rand.New(rand.NewPCG(4, 2))
	for range 20_000 {
		path := make([]rune, 1+random.IntN(12))
		for i := range path {
			path[i] = letters[random.IntN(len(letters))]
		}
		if path[0] == '~' {
			path[0] = 'x' // refused, as it is not expanded
		}
		want := Address{scheme: schemeFile, path: string(path)}
		got, err := ParseAddress(want.String())
		if err != nil || got.path != want.path {
			t.Fatalf("%q is %s, which is read as %q (%v)", want.path, want, got.path, err)
		}
	}
	for _, url := range []string{"mem://", "ws://localhost:8000", "https://db.example"} {
		if a, err := ParseAddress(url); err != nil || a.String() != url {
			t.Errorf("%s is read as %s (%v)", url, a, err)
		}
	}
}

// A path needs no scheme, and says the same as with one.
func TestPlainPaths(t *testing.T) {
	t.Parallel()
	for path, url := range map[string]string{
		"agent.db": "file://agent.db", "./agent": "file://./agent", "/var/lib/agent": "file:///var/lib/agent", "a%20b.db": "file://a%2520b.db", "../x": "file://../x",
	} {
		a, err := ParseAddress(path)
		if err != nil || a.String() != url || a.Path() != path {
			t.Errorf("%s is %s (%v), not %s", path, a, err, url)
		}
	}
	for _, path := range []string{"", "memory", "mem:", "file:agent.db", "localhost:8000", "./a:b", "~/agent.db", "a.db\x00"} {
		if a, err := ParseAddress(path); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is taken for %s (%v)", path, a, err)
		}
	}
}
