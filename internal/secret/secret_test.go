package secret_test

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/secret"
)

var forms = []secret.Form{secret.Operator, secret.SelfService, secret.Management}

func mint(t testing.TB, form secret.Form, context string) (id string, minted secret.Minted) {
	t.Helper()
	id = newID(t, form, context)
	minted, err := secret.Mint(form, id)
	require.NoError(t, err)
	return id, minted
}

func parse(t testing.TB, text string) secret.Parsed {
	t.Helper()
	p, err := secret.Parse(text)
	require.NoError(t, err)
	return p
}

// fixed returns the text of a secret of 32 bytes that are all alike.
func fixed(form secret.Form, context string, b byte) string {
	unique, end := base32(fixedID[:]), base32(slices.Repeat([]byte{b}, 32))
	switch form {
	case secret.Operator:
		return "sk-" + context + "-" + unique + "-" + end
	case secret.SelfService:
		return "sp-cak_" + context + "_" + unique + "-" + end
	default:
		return "mgmt-" + unique + "-" + end
	}
}

func TestMintedSecretsAreRead(t *testing.T) {
	t.Parallel()
	for _, context := range oddContexts {
		for _, form := range forms {
			id, minted := mint(t, form, context)
			text := minted.Text()
			unique, end := id[len(id)-26:], text[len(text)-52:]
			want := map[secret.Form]string{
				secret.Operator:    "sk-" + context + "-" + unique + "-" + end,
				secret.SelfService: "sp-" + id + "-" + end,
				secret.Management:  "mgmt-" + unique + "-" + end,
			}[form]
			if text != want {
				t.Fatalf("form %d of %q: a secret of %d bytes is not written as it should be", form, id, len(text))
			}
			bytes := unbase32(end, 32)
			if base32(bytes) != end {
				t.Errorf("form %d: the end is not 32 bytes in base32", form)
			}
			sum := sha256.Sum256(slices.Concat(minted.Stored.Salt, []byte(id), bytes))
			if len(minted.Stored.Salt) != 16 || !slices.Equal(minted.Stored.Hash, sum[:]) {
				t.Errorf("form %d: stored is not the hash over salt, id and secret", form)
			}

			p := parse(t, text)
			if form == secret.Management {
				context = ""
			}
			if p.Form != form || p.ID != id || p.Context != context {
				t.Errorf("parsed as %d, %q, %q; want %d, %q, %q", p.Form, p.ID, p.Context, form, id, context)
			}
			if !p.Matches(minted.Stored) || p.Matches(secret.NoKey()) {
				t.Errorf("form %d of %q does not match what was stored", form, id)
			}
		}
	}
}

func TestMintRefusesOtherIDs(t *testing.T) {
	t.Parallel()
	ofContext, management := newID(t, secret.Operator, "acme"), newID(t, secret.Management, "")
	for _, c := range []struct {
		form secret.Form
		id   string
	}{
		{secret.Operator, management}, {secret.SelfService, management}, {secret.Management, ofContext},
		{secret.Operator, ""}, {secret.SelfService, "acme"}, {secret.Management, ""}, {secret.Management, management + "0"},
		{secret.Operator, strings.ToUpper(ofContext)}, {0, ofContext}, {0, management}, {4, ofContext}, {-1, management},
	} {
		minted, err := secret.Mint(c.form, c.id)
		if !errors.Is(err, secret.ErrID) || minted.Text() != "" || minted.Stored.Hash != nil {
			t.Errorf("Mint(%d, %q): %v; want ErrID and nothing", c.form, c.id, err)
		}
	}
}

func TestSecretsDiffer(t *testing.T) {
	t.Parallel()
	id := newID(t, secret.Operator, "acme")
	seen := map[string]bool{}
	var set, clear [32]byte // the bits that were ever 1, ever 0
	for range 500 {
		minted, err := secret.Mint(secret.Operator, id)
		require.NoError(t, err)
		end := minted.Text()[len(minted.Text())-52:]
		for _, value := range []string{end, string(minted.Stored.Salt), string(minted.Stored.Hash)} {
			if seen[value] {
				t.Fatal("a secret, salt or hash came twice")
			}
			seen[value] = true
		}
		for i, b := range unbase32(end, 32) {
			set[i] |= b
			clear[i] |= ^b
		}
	}
	for i := range set {
		if set[i]&clear[i] != 0xff {
			t.Errorf("byte %d has a bit that never changes", i)
		}
	}
}

func TestMatchesOnlyItsOwn(t *testing.T) {
	t.Parallel()
	id, minted := mint(t, secret.Operator, "acme")
	again, err := secret.Mint(secret.Operator, id)
	require.NoError(t, err)
	p := parse(t, minted.Text())
	require.True(t, p.Matches(minted.Stored))

	if p.Matches(again.Stored) || parse(t, again.Text()).Matches(minted.Stored) {
		t.Error("a secret matches after rotation")
	}
	salt, hash := minted.Stored.Salt, minted.Stored.Hash
	for _, s := range []secret.Stored{
		{}, {Salt: salt}, {Hash: hash}, {Salt: salt[:15], Hash: hash}, {Salt: append(slices.Clone(salt), 0), Hash: hash},
		{Salt: salt, Hash: hash[:31]}, {Salt: salt, Hash: hash[:0]}, {Salt: salt, Hash: append(slices.Clone(hash), 0)},
		{Salt: hash, Hash: salt},
	} {
		if p.Matches(s) {
			t.Errorf("matches with %d bytes of salt and %d of hash", len(s.Salt), len(s.Hash))
		}
	}
	text := minted.Text()
	for _, n := range []int{0, 1, 15, 17, 32} { // the right hash, over a salt of another length
		odd := make([]byte, n)
		sum := sha256.Sum256(slices.Concat(odd, []byte(id), unbase32(text[len(text)-52:], 32)))
		if p.Matches(secret.Stored{Salt: odd, Hash: sum[:]}) {
			t.Errorf("matches with %d bytes of salt", n)
		}
	}
	for i := range (len(salt) + len(hash)) * 8 {
		both := slices.Concat(salt, hash)
		both[i/8] ^= 1 << (i % 8)
		if p.Matches(secret.Stored{Salt: both[:16], Hash: both[16:]}) {
			t.Errorf("matches although bit %d of what is stored was flipped", i)
		}
	}
	// A row that is moved below another id, with the very same bytes in the secret.
	if moved := parse(t, strings.Replace(text, "sk-acme-", "sk-acmf-", 1)); moved.Matches(minted.Stored) {
		t.Error("matches under the id of another Context")
	}
	var zero secret.Parsed
	sum := sha256.Sum256(salt)
	if zero.Matches(minted.Stored) || zero.Matches(secret.Stored{Salt: salt, Hash: sum[:]}) || zero.Matches(secret.NoKey()) {
		t.Error("the zero Parsed matches")
	}
}

// A change of any one byte to any other gives a text that is refused, or a secret that does not match.
func TestAnyOtherTextFails(t *testing.T) {
	t.Parallel()
	for _, form := range forms {
		_, minted := mint(t, form, "acme-prod")
		text := minted.Text()
		for i := range len(text) {
			for b := range 256 {
				if byte(b) == text[i] {
					continue
				}
				p, err := secret.Parse(text[:i] + string([]byte{byte(b)}) + text[i+1:])
				if err == nil && p.Matches(minted.Stored) {
					t.Fatalf("form %d: accepted with byte %d changed to %#x", form, i, b)
				}
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	unique, end := base32(fixedID[:]), base32(slices.Repeat([]byte{7}, 32))
	random := fixedID
	random[6] = random[6]&0x0f | 0x40
	bad := []string{
		"", "-", "sk", "sk-", "sp-", "mgmt-", end, "-" + end, unique + "-" + end, "-" + unique + "-" + end,
		"sk-" + unique + "-" + end, "sk--" + unique + "-" + end, "sk-acme-" + end, "sk-acme-" + unique, "sk-acme-" + unique + "-",
		"sk-acme_" + unique + "-" + end, "sk-acme-" + unique + "_" + end, "sk-cak_acme_" + unique + "-" + end,
		"sp-acme-" + unique + "-" + end, "sp-cak_acme-" + unique + "-" + end, "sp-cak__" + unique + "-" + end,
		"sp-cak_acme_" + unique + end, "sp-mk_" + unique + "-" + end, "sp-" + unique + "-" + end,
		"mgmt-acme-" + unique + "-" + end, "mgmt-mk_" + unique + "-" + end, "mgmt--" + unique + "-" + end, "mgmt" + unique + "-" + end,
		"sk-acme-" + base32(random[:]) + "-" + end, "xx-acme-" + unique + "-" + end, "Bearer sk-acme-" + unique + "-" + end,
	}
	for _, form := range forms {
		good := fixed(form, "acme", 7)
		parse(t, good)
		bad = append(bad, " "+good, good+" ", good+"\n", good+"\x00", good+"0", good+"00000000", good[1:], good[:len(good)-1],
			strings.ToUpper(good), "\ufeff"+good, strings.Replace(good, "-", "\u2010", 1), good+"="+good)
		// Four characters have no bits of the secret to spare: line breaks, padding, look-alikes, an extra bit at the end.
		head := good[:len(good)-52]
		for _, other := range "ilouILOUA=_-+ \r\n\x00é" {
			bad = append(bad, head+end[:20]+string(other)+end[21:], head+end[:51]+string(other), head+end[:20]+string(other)+end[20:])
		}
		last := strings.IndexByte(alphabet, end[51])
		require.Zero(t, last&15)
		for extra := 1; extra < 16; extra++ {
			bad = append(bad, head+end[:51]+string(alphabet[last|extra]))
		}
	}
	for _, context := range badContexts {
		bad = append(bad, fixed(secret.Operator, context, 7), fixed(secret.SelfService, context, 7))
	}
	for _, length := range []int{secret.MaxText, secret.MaxText + 1, 1 << 20} {
		bad = append(bad, strings.Repeat("a", length), strings.Repeat("-", length))
	}
	for _, text := range bad {
		p, err := secret.Parse(text)
		if err != secret.ErrMalformed || p.ID != "" || p.Context != "" || p.Form != 0 {
			t.Errorf("Parse(%.200q) = %v, %v; want ErrMalformed alone", text, p, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, form := range forms {
		for _, context := range oddContexts {
			f.Add(fixed(form, context, 0xa5))
		}
	}
	f.Add("")
	f.Add(strings.Repeat("-", secret.MaxText))
	f.Fuzz(func(t *testing.T, text string) {
		p, err := secret.Parse(text)
		if err != nil {
			if err != secret.ErrMalformed || p.ID != "" {
				t.Fatalf("%v, %v", p, err)
			}
			return
		}
		// What is read is what Mint writes.
		if p.Text() != text {
			t.Fatalf("%q is read, and written in another way", text)
		}
		if context, ok := secret.ContextOfKeyID(p.ID); ok != (p.Form != secret.Management) || context != p.Context {
			t.Fatalf("%q of Context %q has the id %q", text, p.Context, p.ID)
		}
		if _, err := secret.Mint(p.Form, p.ID); err != nil {
			t.Fatalf("id %q: %v", p.ID, err)
		}
		salt := make([]byte, 16)
		sum := sha256.Sum256(slices.Concat(salt, []byte(p.ID), unbase32(text[len(text)-52:], 32)))
		if !p.Matches(secret.Stored{Salt: salt, Hash: sum[:]}) {
			t.Fatalf("%q does not match its own hash", text)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	id := newID(b, secret.Operator, "acme-prod")
	minted, err := secret.Mint(secret.Operator, id)
	require.NoError(b, err)
	text := minted.Text()
	p := parse(b, text)
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := secret.Parse(text); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("parse and match", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p, err := secret.Parse(text)
			if err != nil || !p.Matches(minted.Stored) {
				b.Fatal("no match")
			}
		}
	})
	b.Run("match", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !p.Matches(minted.Stored) {
				b.Fatal("no match")
			}
		}
	})
	b.Run("match none", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if p.Matches(secret.NoKey()) {
				b.Fatal("match")
			}
		}
	})
}
