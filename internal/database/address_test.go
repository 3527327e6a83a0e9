package database

import (
	"math/rand/v2"
	"testing"
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
