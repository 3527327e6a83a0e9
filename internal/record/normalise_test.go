package record_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Alice Smith": "alice-smith", "  O'Brien ": "obrien", "C++": "c++", "AT&T": "at&t", "Dr. Who?": "dr-who",
		"ＡＢＣ１": "abc1", "Müller": "müller", "東京": "東京", "naïve—test": "naïve-test", "🎉": "🎉", "--": "", "": "", "...": "",
		"Jean-Pierre": "jean-pierre", "Smith, John": "smith-john", "(Acme)": "acme", "Acme Inc.": "acme-inc",
		"a.b@x.com": "a.b@x.com", "a-b@x.com": "a-b@x.com", "v1.2": "v1.2", "v1-2": "v1-2", "10.1": "10.1", "10,1": "10,1",
		"src/a.go": "src/a.go", "src-a.go": "src-a.go", `a\b`: `a\b`, "a/b": "a/b", "user_id": "user_id", "Node.js": "node.js",
		"J.R.R. Tolkien": "j-r-r-tolkien", "U.S.A.": "u-s-a", "-5": "-5", "temp -5": "temp--5", ".NET": ".net", "/etc/hosts": "/etc/hosts",
		"C♯": "c♯", "Party 🎉": "party", "https://x.com/a-b.": "https://x.com/a-b", "10:30": "10:30", "Star Wars: A New Hope": "star-wars-a-new-hope",
		"@alice": "@alice", "#go": "#go", "St. Mary's": "st-marys",
	} {
		if got := record.Normalise(in); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNormaliseFolds(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"STRASSE", "Straße", "strasse"}, {"Jean-Pierre", "jean pierre", "JEAN  PIERRE", "Jean–Pierre"}, {"J.R.R. Tolkien", "J. R. R. Tolkien"},
		{"ΣΊΣΥΦΟΣ", "Σίσυφος"}, {"❤", "❤️"}, {"O'Brien", "O’Brien"}, {"Acme, Inc.", "acme inc"}, {"Müller", "Mu\u0308ller"}, {"“Acme”", "Acme"},
	} {
		for _, s := range same[1:] {
			if record.Normalise(s) != record.Normalise(same[0]) {
				t.Errorf("%q is %q, %q is %q", same[0], record.Normalise(same[0]), s, record.Normalise(s))
			}
		}
	}
}

func TestNormaliseKeepsApart(t *testing.T) {
	t.Parallel()
	for _, different := range [][]string{
		{"a.b@x.com", "a-b@x.com", "a_b@x.com", "ab@x.com"}, {"v1.2", "v1-2", "v12"}, {"10.1", "10-1", "101", "10,1"}, {"5", "-5", "+5"},
		{"src/a.go", "src-a.go", "src/a-go", `src\a.go`}, {`a\b`, "a/b", "a b"}, {"user_id", "user-id"}, {"👍", "👎", "🎉"}, {"C", "C++", "C#", "C♯"},
		{".NET", "NET"}, {"/etc", "etc"}, {"x=1", "x-1"}, {"1.2.3", "1.23"}, {"192.168.0.1", "192-168-0-1"},
	} {
		seen := map[string]string{}
		for _, s := range different {
			if other, ok := seen[record.Normalise(s)]; ok {
				t.Errorf("%q and %q are both %q", other, s, record.Normalise(s))
			}
			seen[record.Normalise(s)] = s
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	const text = "Anna's mail is a.b@x.com, she runs v1.2 with Jean-Pierre (Anna)."
	want := "anna mail is a.b@x.com she runs v1.2 with jean pierre"
	if got := strings.Join(record.Words(text), " "); got != want {
		t.Errorf("Words = %q, want %q", got, want)
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"Alice Smith", "a.b@x.com", "🎉", "-5", "J.R.R. Tolkien", "ﷺ", "ŉ", "’’", "\u200d", "İ", "10.,5", "...a", "a.\u0300"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		once := record.Normalise(s)
		if spaced := record.Normalise(" \t" + s + "\n "); spaced != once {
			t.Errorf("%q gives %q, with white space around it %q", s, once, spaced)
		}
		if cased := record.Normalise(strings.ToUpper(s)); isASCII(s) && cased != once {
			t.Errorf("%q gives %q, in upper case %q", s, once, cased)
		}
		if strings.ContainsAny(once, " \t\n") {
			t.Errorf("%q gives %q", s, once)
		}
		first := record.FirstWord(s)
		if once != "" && (first == "" && strings.Trim(once, "-") != "" || !strings.Contains(once, first)) {
			t.Errorf("the first word of %q is %q", once, first)
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
