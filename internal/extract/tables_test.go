package extract

import (
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// wordTable is a table of words or phrases as it is written down.
type wordTable struct {
	file string
	name string // of the variable
	kind string // of the function that builds it: set, phraseSet or phrases
	rows []string
}

// textOf is the text of a string, a constant, or several of them with "+" between.
func textOf(t *testing.T, e ast.Expr, parts map[string]string) string {
	t.Helper()
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		require.NoError(t, err)
		return text
	case *ast.Ident:
		text, ok := parts[e.Name]
		require.True(t, ok, "%s is no constant of one string", e.Name)
		return text
	case *ast.BinaryExpr:
		return textOf(t, e.X, parts) + textOf(t, e.Y, parts)
	}
	t.Fatalf("%T in a table", e)
	return ""
}

// wordTables finds the tables in the source, so that a new one is tested too.
func wordTables(t *testing.T) []wordTable {
	t.Helper()
	names, err := os.ReadDir(".")
	require.NoError(t, err)
	files, parts := map[string]*ast.File{}, map[string]string{} // parts are constants that tables are put together from
	for _, f := range names {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), f.Name(), nil, 0)
		require.NoError(t, err)
		files[f.Name()] = file
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Names) == 1 && len(spec.Values) == 1 {
				if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == gotoken.STRING {
					parts[spec.Names[0].Name], err = strconv.Unquote(lit.Value)
					require.NoError(t, err)
				}
			}
			return true
		})
	}
	var out []wordTable
	for _, name := range slices.Sorted(maps.Keys(files)) {
		ast.Inspect(files[name], func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for i, v := range spec.Values {
				ast.Inspect(v, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if !ok {
						return true
					}
					fn, ok := call.Fun.(*ast.Ident)
					if !ok || fn.Name != "set" && fn.Name != "phraseSet" && fn.Name != "phrases" {
						return true
					}
					table := wordTable{file: name, name: spec.Names[i].Name, kind: fn.Name}
					for _, arg := range call.Args {
						text := textOf(t, arg, parts)
						switch fn.Name {
						case "phrases":
							table.rows = append(table.rows, text)
						case "phraseSet":
							for _, w := range strings.Fields(text) {
								table.rows = append(table.rows, strings.ReplaceAll(w, "_", " "))
							}
						default:
							table.rows = append(table.rows, strings.Fields(text)...)
						}
					}
					out = append(out, table)
					return true
				})
			}
			return true
		})
	}
	return out
}

// asWritten are the tables that are compared with words as they are written, not with tokens: "St John's", "dont" in French.
var asWritten = map[string]bool{"towns": true, "tornFirst": true, "tornInside": true, "fillings": true, "commaDoubts": true, "consents": true}

// tokensOf are the words of a phrase as a text has them. The second half of a contraction stands behind another word.
func tokensOf(phrase string) string {
	text, half := strings.ReplaceAll(phrase, " '", "'"), strings.HasPrefix(phrase, "'")
	if half {
		text = "it" + text
	}
	var out []string
	for _, t := range tokenise(text) {
		out = append(out, t.low)
	}
	if half {
		out = out[1:]
	}
	return strings.Join(out, " ")
}

// Every row of a table of words can match: no earlier row is the same, and a text can have its words.
func TestTables(t *testing.T) {
	t.Parallel()
	for _, table := range wordTables(t) {
		seen := map[string]bool{}
		for _, row := range table.rows {
			if seen[row] {
				t.Errorf("%s has %q twice", table.name, row)
			}
			seen[row] = true
			if strings.HasPrefix(table.file, "lang_") && !asWritten[table.name] && accents.Replace(row) != row {
				t.Errorf("%s: %q is compared with words without accents", table.name, row)
			}
			if got := tokensOf(row); got != row && !asWritten[table.name] {
				t.Errorf("%s: no text has the words %q: they are read as %q", table.name, row, got)
			}
		}
	}
}

// A text can have each word of a phrase of change, and no row has a phrase of another one of its kind.
func TestCues(t *testing.T) {
	t.Parallel()
	tables := map[string]map[string][]*cue{"": cues}
	folds := map[string]*tongue{}
	for l, table := range foreignCues {
		tables[l.name], folds[l.name] = table, l
	}
	for name, table := range tables {
		for first, list := range table {
			seen := map[string]bool{}
			for _, c := range list {
				row := fmt.Sprint(c.head, c.tail, c.keys, c.states, c.near, c.death, c.corrects)
				if seen[row] {
					t.Errorf("%s %q: %q stands there twice", name, first, c.phrase)
				}
				seen[row] = true
				for _, w := range slices.Concat(slices.Concat(c.head, c.tail)...) {
					got := w
					if l := folds[name]; l == nil {
						got = tokensOf(w)
					} else if !strings.Contains(w, "'") {
						got = l.tokensOf(w)
					}
					if got != w {
						t.Errorf("%s %q: no text has the word %q: it is read as %q", name, c.phrase, w, got)
					}
				}
			}
		}
	}
	for w := range topics {
		if tokensOf(w) != w {
			t.Errorf("no text has the word %q", w)
		}
	}
}

// expand gives all the sequences of words and phrases that a pattern stands for; nil: there are too many to compare.
func expand(els []element) []string {
	out := []string{""}
	for _, e := range els {
		choices := e.words
		if e.capture != "" {
			choices = []string{"{" + e.capture + "}"}
		}
		var next []string
		for _, head := range out {
			if e.optional {
				next = append(next, head)
			}
			for _, w := range choices {
				next = append(next, head+" "+w)
			}
		}
		if out = next; len(out) > 20000 {
			return nil
		}
	}
	return out
}

// covered reports a row whose every sequence an earlier row of the same kind has.
func covered(earlier map[string]bool, kind string, els []element) bool {
	all := expand(els)
	fresh := len(all) == 0
	for _, s := range all {
		fresh = fresh || !earlier[kind+s]
		earlier[kind+s] = true
	}
	return !fresh
}

// Every rule can match: an earlier one does not have all its patterns, and a text can have its words.
func TestRuleTables(t *testing.T) {
	t.Parallel()
	check := func(rules []rule) {
		earlier := map[string]bool{}
		for _, r := range rules {
			if covered(earlier, fmt.Sprint(r.mode, r.meaning.org, r.meaning.personal), r.elements) {
				t.Errorf("%s %q: earlier rules match first", r.verb, r.pattern)
			}
			for _, e := range r.elements {
				for _, w := range e.words {
					if got := tokensOf(w); got != w {
						t.Errorf("%s %q: no text has the word %q: it is read as %q", r.verb, r.pattern, w, got)
					}
				}
			}
		}
	}
	for _, rules := range verbRules {
		check(rules)
	}
	check(idioms)
	for k, d := range []tongueData{german, spanish, french} {
		l := *tongues[k]
		lemmas := l.lemmas()
		forms := maps.Clone(l.forms)
		for lemma := range forms {
			if !lemmas[lemma] {
				t.Errorf("%s: no verb has the lemma %q", l.name, lemma)
			}
		}
		l.forms = map[string][]langForm{}
		l.compileTable("idiom", spellOut(d.idioms), d.articles)
		forms["idiom"] = l.forms["idiom"]
		for lemma, list := range forms {
			earlier := map[string]bool{}
			for _, f := range list {
				if covered(earlier, fmt.Sprint(f.apart, f.anchored, f.final, f.mode, f.key, f.must, f.opposite), f.elements) {
					t.Errorf("%s %s %v => %s: earlier forms match first", l.name, lemma, f.elements, f.key)
				}
				words := slices.Clone(f.apart)
				for _, e := range f.elements {
					words = append(words, e.words)
				}
				for _, list := range words {
					seen := map[string]bool{}
					for _, w := range list {
						if seen[w] {
							t.Errorf("%s %s %v: %q twice", l.name, lemma, f.elements, w)
						}
						seen[w] = true
						if got := l.tokensOf(w); got != w && w != "*" && l.respelt[w].second == "" {
							t.Errorf("%s %s %v: no text has the word %q: it is read as %q", l.name, lemma, f.elements, w, got)
						}
					}
				}
			}
		}
	}
}

// tokensOf are the words of a phrase as a sentence of the language has them. An elided word stands before another.
func (l *tongue) tokensOf(phrase string) string {
	if phrase = strings.ReplaceAll(phrase, "' ", "'"); !l.elides || !strings.HasSuffix(phrase, "'") {
		phrase += " "
	}
	phrase += "a" // what it stands before
	x := &extractor{text: phrase, toks: tokenise(phrase)}
	u := &utterance{x: x, l: l}
	u.cut(sentence{0, len(x.toks), false})
	u.low = u.low[:len(u.low)-1]
	return strings.Join(u.low, " ")
}

func (l *tongue) lemmas() map[string]bool {
	m := map[string]bool{}
	for _, senses := range l.verbs {
		for _, s := range senses {
			m[s.lemma] = true
		}
	}
	return m
}

// labelledUnits are the tables whose units end with what their words mean.
var labelledUnits = map[string]bool{"kin": true, "kinMany": true, "favouriteThings": true, "contacts": true, "units": true, "numbers": true, "days": true, "months": true, "weekdays": true}

// spelling are the tables of words that are read as others.
var spelling = map[string]bool{"dialect": true, "respelt": true}

// capitals are the tables of names: a name is no word of a dialect.
var capitals = map[string]bool{"towns": true, "countries": true, "brands": true, "names": true}

func capitalised(words string) string {
	list := strings.Fields(words)
	for i, w := range list {
		r, n := utf8.DecodeRuneInString(w)
		list[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(list, " ")
}

// Every word of the tables of another language can match, and stands there once.
func TestTongueTables(t *testing.T) {
	t.Parallel()
	for k, d := range []tongueData{german, spanish, french} {
		l := tongues[k]
		lemmas := l.lemmas()
		var check func(v reflect.Value)
		check = func(v reflect.Value) {
			for i := range v.NumField() {
				name := v.Type().Field(i).Name
				if v.Field(i).Kind() == reflect.Struct {
					check(v.Field(i))
				}
				if v.Field(i).Kind() != reflect.String || slices.Contains([]string{"name", "verbs", "forms", "idioms"}, name) {
					continue
				}
				text := v.Field(i).String()
				rows := strings.Fields(text)
				if slices.Contains([]string{"reflexiveVerbs", "naming", "auxiliaries", "adjectival", "impersonal"}, name) {
					for _, w := range rows {
						if !lemmas[l.fold(w)] {
							t.Errorf("%s %s: no verb has the lemma %q", l.name, name, w)
						}
					}
					continue
				}
				if strings.Contains(text, ",") {
					rows = nil
					for u := range strings.SplitSeq(l.apart(text), ",") {
						if u = strings.Join(strings.Fields(strings.ReplaceAll(u, "~", ",")), " "); u != "" {
							rows = append(rows, u)
						}
					}
				}
				seen := map[string]bool{}
				for _, words := range rows {
					words, _, _ = strings.Cut(words, " >")
					switch {
					case labelledUnits[name]:
						words = words[:strings.LastIndex(words, " ")]
					case spelling[name] || name == "peoples": // what the word stands for may have several
						words, _, _ = strings.Cut(words, " ")
					}
					fresh := false
					for _, p := range alternatives(strings.Fields(words)) {
						phrase := strings.Join(p, " ")
						key, got := l.fold(phrase), l.tokensOf(phrase)
						if capitals[name] {
							got = strings.TrimPrefix(l.tokensOf("in "+capitalised(phrase)), "in ")
						}
						if got != key && !spelling[name] {
							t.Errorf("%s %s: no text has the words %q: they are read as %q", l.name, name, phrase, got)
						}
						if name == "empty" { // compared as written
							key = phrase
						}
						fresh = fresh || !seen[key]
						seen[key] = true
					}
					if !fresh {
						t.Errorf("%s %s has %q twice", l.name, name, words)
					}
				}
			}
		}
		check(reflect.ValueOf(d))
	}
}
