package index_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
)

func TestTokeniseKeepsAndSplits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []string // all of these, among others
	}{
		{"MLWK3LL/A", []string{"mlwk3ll/a", "mlwk3ll", "a"}},
		{"see foo_bar-baz.go.", []string{"foo_bar-baz.go", "foo_bar", "baz.go", "foo", "bar", "baz", "go"}},
		{"parseHTTPRequest()", []string{"parsehttprequest", "pars", "parse", "http", "request"}},
		{"<alice@example.com>,", []string{"alice@example.com", "example.com", "alic", "alice", "com"}},
		{"https://example.com/a/b?q=1", []string{"https://example.com/a/b?q=1", "example.com", "example", "q"}},
		{"v1.2.3", []string{"v1.2.3", "1.2.3"}},
		{"+1-555-123-4567", []string{"1-555-123-4567", "15551234567", "123"}},
		{"RTX4090", []string{"rtx4090", "rtx", "4090"}},
		{"C++ and C#", []string{"c++", "c#", "c"}},
		{"1,000", []string{"1,000", "1000"}},
		{"Alice's", []string{"alic", "alice"}},
		{"O'Brien’s", []string{"obrien", "brien"}},
		{"promoted", []string{"promot", "promoted"}},
		{"Müller", []string{"muller", "mueller"}},
		{"Straße", []string{"strass"}},
		{"ΟΔΟΣ οδός", []string{"οδοσ"}},
		{"Ёлка йод", []string{"елка", "йод"}},
		{"ｆｕｌｌ　ｗｉｄｔｈ", []string{"full", "width"}},
		{"東京都", []string{"東京", "京都", "東"}},
		{"サーバー", []string{"サー", "バー"}},
		{"서울에서", []string{"서울에서", "서울"}},
		{"الكِتَابُ", []string{"الكتاب", "كتاب"}},
		{"٢٠٢٦", []string{"2026"}},
		{"שָׁלוֹם", []string{"שלום"}},
		{"👍🏽", []string{"👍"}},
		{"ice👩‍🚀cream", []string{"👩‍🚀", "🚀", "ice", "cream"}},
		{"iPhone15を買った", []string{"iphone15", "買っ"}},
	}
	for _, tt := range tests {
		got := index.Tokenise(nil, tt.text)
		for _, w := range tt.want {
			if !slices.Contains(got, w) {
				t.Errorf("Tokenise(%q) = %q lacks %q", tt.text, got, w)
			}
		}
	}
}

func TestTokeniseWithoutWords(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", " \t\n", "... --- !!!", "/", "\u200b\u200d", "\x00\x01", "\xff\xfe", "«»„“"} {
		if got := index.Tokenise(nil, s); len(got) > 0 {
			t.Errorf("Tokenise(%q) = %q", s, got)
		}
	}
}

// Sentences in many scripts are found again by each of their words, among as many others.
func TestFoundByEachWord(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text  string
		words []string
	}{
		"english":    {"Alice was promoted to Chief Technology Officer yesterday.", []string{"alice", "promoted", "promotion", "promotes", "CHIEF", "technologies", "officer", "Yesterday"}},
		"german":     {"Jürgen Müller zog im März nach Düsseldorf in die Goethestraße.", []string{"Jürgen", "jurgen", "Juergen", "Mueller", "zog", "März", "Maerz", "Düsseldorf", "Goethestraße", "goethestrasse"}},
		"french":     {"L'été dernier, Zoë dégustait une crème brûlée à Besançon.", []string{"été", "ete", "dernier", "Zoe", "creme", "brûlée", "Besancon"}},
		"polish":     {"Łukasz mieszka w Łodzi.", []string{"Łukasz", "lukasz", "mieszka", "Lodzi"}},
		"turkish":    {"İstanbul'da ışık var.", []string{"istanbul", "İstanbul", "ışık", "isik"}},
		"greek":      {"Η Μαρία μένει στην Αθήνα και δουλεύει ως γιατρός.", []string{"Μαρία", "μαρια", "ΑΘΗΝΑ", "γιατρός", "ΓΙΑΤΡΟΣ", "δουλεύει"}},
		"russian":    {"Алёна переехала в Санкт-Петербург и любит чай.", []string{"Алёна", "алена", "ПЕРЕЕХАЛА", "Петербург", "Санкт-Петербург", "чай"}},
		"japanese":   {"田中さんは東京のサーバー会社で働いています。猫が好きです。", []string{"田中", "東京", "サーバー", "会社", "働いて", "猫"}},
		"chinese":    {"王小明昨天搬到了上海，他喜欢喝茶。", []string{"王小明", "昨天", "上海", "喜欢", "茶"}},
		"korean":     {"김민수는 서울에서 커피를 마십니다.", []string{"김민수", "김민수는", "서울", "서울에서", "커피"}},
		"arabic":     {"انتقلت فاطمة إلى القاهرة وتُحِبُّ القهوة.", []string{"انتقلت", "فاطمة", "فاطمه", "القاهرة", "قاهرة", "وتحب", "الى"}},
		"hebrew":     {"שָׂרָה גרה בתל אביב ועובדת כמהנדסת.", []string{"שרה", "גרה", "אביב", "כמהנדסת"}},
		"hindi":      {"राहुल दिल्ली में रहता है और उसे चाय पसंद है।", []string{"राहुल", "दिल्ली", "रहता", "चाय", "पसंद"}},
		"thai":       {"สมชายอาศัยอยู่ที่กรุงเทพและชอบกาแฟ", []string{"สมชาย", "กรุงเทพ", "กาแฟ"}},
		"khmer":      {"សុខារស់នៅភ្នំពេញ", []string{"សុខា", "ភ្នំពេញ"}},
		"lao":        {"ສົມຊາຍຢູ່ວຽງຈັນ", []string{"ສົມຊາຍ", "ວຽງຈັນ"}},
		"emoji":      {"Launch went well 🚀 thanks team 👍🏽", []string{"🚀", "👍", "👍🏿"}},
		"identifier": {"Order MLWK3LL/A shipped, see foo_bar-baz.go in v1.2.3 and mail bob.stone@example.org or +49 30-123-4567.", []string{"MLWK3LL/A", "mlwk3ll", "foo_bar-baz.go", "foo_bar", "baz.go", "v1.2.3", "1.2.3", "bob.stone@example.org", "bob.stone", "30-123-4567", "301234567"}},
		"camel":      {"Call getUserProfile before closeAll.", []string{"getUserProfile", "getuserprofile", "profile", "user", "closeall"}},
		"fullwidth":  {"ＡＣＭＥ有限公司", []string{"acme", "有限公司"}},
	}
	ix := index.New()
	for name, tt := range tests {
		require.NoError(t, ix.Put(index.Entry{ID: name, Text: tt.text}))
	}
	for name, tt := range tests {
		for _, w := range tt.words {
			hits, err := ix.Search(index.Query{Text: w, Mode: index.Lexical})
			require.NoError(t, err)
			if len(hits) == 0 || hits[0].ID != name {
				t.Errorf("%s is not the first hit for %q: %+v (%q)", name, w, hits, index.Tokenise(nil, w))
			}
		}
	}
}

func TestFunctionWordsAreNotSearchedBesideOthers(t *testing.T) {
	t.Parallel()
	ix := index.New()
	require.NoError(t, ix.Put(
		index.Entry{ID: "noise", Text: "What is the plan, where is it and when is the end of it?"},
		index.Entry{ID: "fact", Text: "Alice's favourite colour is green."},
		index.Entry{ID: "name", Text: "They work with IT in the US."},
	))
	for text, want := range map[string][]string{
		"What is the colour of it?": {"fact"},
		"who is in IT":              {"name", "noise"}, // IT in capitals is a name
		"what is the":               {"noise", "fact", "name"},
	} {
		hits, err := ix.Search(index.Query{Text: text, Mode: index.Lexical, All: true})
		require.NoError(t, err)
		var got []string
		for _, h := range hits {
			got = append(got, h.ID)
		}
		if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestExactFormsComeFirst(t *testing.T) {
	t.Parallel()
	ix := index.New()
	require.NoError(t, ix.Put(
		index.Entry{ID: "a", Text: "the university opens"},
		index.Entry{ID: "b", Text: "the universe opens"},
	))
	for text, want := range map[string]string{"university": "a", "universe": "b"} {
		hits, err := ix.Search(index.Query{Text: text, Mode: index.Lexical})
		require.NoError(t, err)
		require.NotEmpty(t, hits)
		if hits[0].ID != want {
			t.Errorf("%q finds %q first", text, hits[0].ID)
		}
	}
}

func FuzzTokenise(f *testing.F) {
	for _, s := range []string{
		"", "MLWK3LL/A foo_bar-baz.go parseHTTPRequest", "東京都に住む 서울에서 กรุงเทพ", "👩‍🚀👍🏽🇩🇪", "v1.2.3 +1-555-123-4567 1,000",
		"o'brien’s C++ \xff\xfe\x00", "الكِتَابُ שָׁלוֹם ΟΔΟΣ Ёлка İß", strings.Repeat("x", 300), "e\u0301\u0301\u200d\u0345ﷺ①㍿",
	} {
		f.Add(s)
	}
	tokeniser := index.NewTokeniser()
	f.Fuzz(func(t *testing.T, s string) {
		got := index.Tokenise(nil, s)
		if len(got) > index.MaxTokens || len(got) > 64+16*len(s) {
			t.Fatalf("%d tokens of %d bytes", len(got), len(s))
		}
		for _, tok := range got {
			if tok == "" || len(tok) > index.MaxTokenBytes || !utf8.ValidString(tok) || strings.ContainsAny(tok, " \t\n") {
				t.Fatalf("token %q of %q", tok, s)
			}
		}
		if again := tokeniser.Append(nil, s); !slices.Equal(got, again) {
			t.Fatalf("%q gives %q, with a cache %q", s, got, again)
		}
	})
}

func TestTokenisingIsBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", 10_000)
	for _, tok := range index.Tokenise(nil, long) {
		require.LessOrEqual(t, len(tok), index.MaxTokenBytes)
	}
	ix := index.New()
	require.NoError(t, ix.Put(index.Entry{ID: "long", Text: long}))
	hits, err := ix.Search(index.Query{Text: long})
	require.NoError(t, err)
	require.Len(t, hits, 1)
	require.Len(t, index.Tokenise(nil, strings.Repeat("猫", 40_000)), index.MaxTokens)
}
