package spectron_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// goSnippet finds the Go code of a Markdown file.
var goSnippet = regexp.MustCompile("(?s)```go\n(.*?)```")

// TestReadmeCompiles checks that every Go snippet of the README compiles. A snippet that is not a program is compiled as the body of a
// function with a ctx and a mgr.
func TestReadmeCompiles(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	snippets := goSnippet.FindAllSubmatch(text, -1)
	require.Greater(t, len(snippets), 2)
	here, err := os.Getwd()
	require.NoError(t, err)
	// The snippets are in directories of this module that exist only for the compiler.
	replaced, args := map[string]string{}, []string{"build", "-overlay", filepath.Join(t.TempDir(), "overlay.json")}
	for i, found := range snippets {
		code := string(found[1])
		if program, ok := strings.CutPrefix(code, "package main\n"); ok {
			code = "package snippet\n" + program // it is not linked
		} else {
			code = inFunction(t, code)
		}
		folder := fmt.Sprintf("readme-snippet-%d", i)
		stored := filepath.Join(t.TempDir(), "snippet.go")
		require.NoError(t, os.WriteFile(stored, []byte(code), 0o600))
		replaced[filepath.Join(here, folder, "snippet.go")] = stored
		args = append(args, "./"+folder)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(args[2], overlay, 0o600))
	if out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// inFunction makes a package from statements, in which every variable counts as used.
func inFunction(t *testing.T, code string) string {
	t.Helper()
	const head, tail = "package snippet\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\t\"os\"\n\n\t\"github.com/spectron-go/spectron\"\n" +
		"\t\"github.com/spectron-go/spectron/providers\"\n)\n\n" +
		"func snippet(ctx context.Context, mgr *spectron.Manager, masterKey spectron.MasterKey) {\n", "\n}\n"
	parsed, err := parser.ParseFile(token.NewFileSet(), "", head+code+tail, 0)
	require.NoError(t, err)
	used := "\t_, _, _ = fmt.Sprint, os.Getenv, providers.Default\n"
	for _, statement := range parsed.Decls[len(parsed.Decls)-1].(*ast.FuncDecl).Body.List {
		if assigned, ok := statement.(*ast.AssignStmt); ok && assigned.Tok == token.DEFINE {
			for _, name := range assigned.Lhs {
				used += "\t_ = " + name.(*ast.Ident).Name + "\n"
			}
		}
	}
	return head + code + used + tail
}
