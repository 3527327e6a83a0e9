package extract

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// wordTable is a table of words or phrases as it is written down.
type wordTable struct {
	name string // of the variable
	kind string // of the function that builds it: set, phraseSet or phrases
	rows []string
}

// wordTables finds the tables in the source, so that a new one is tested too.
func wordTables(t *testing.T) []wordTable {
	t.Helper()
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	var out []wordTable
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), f.Name(), nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
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
					table := wordTable{name: spec.Names[i].Name, kind: fn.Name}
					for _, arg := range call.Args {
						lit, ok := arg.(*ast.BasicLit)
						if !ok {
							t.Fatalf("%s: an argument of %s is no string", table.name, fn.Name)
						}
						text, err := strconv.Unquote(lit.Value)
						require.NoError(t, err)
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
var asWritten = map[string]bool{"towns": true, "tornFirst": true, "tornInside": true}

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
			if got := tokensOf(row); got != row && !asWritten[table.name] {
				t.Errorf("%s: no text has the words %q: they are read as %q", table.name, row, got)
			}
		}
	}
}
