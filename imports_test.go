package spectron_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/spectron-go/spectron"

// goPackage has the output of go list for one package, without its tests.
type goPackage struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var all []goPackage
	decoder := json.NewDecoder(out)
	for {
		var p goPackage
		err := decoder.Decode(&p)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		all = append(all, p)
	}
	require.NoError(t, cmd.Wait())
	require.Greater(t, len(all), 10)
	return all
}

// within reports whether a path is one of the named packages of the module, or lies below one.
func within(path string, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		full := module
		if name != "" {
			full += "/" + name
		}
		return path == full || name != "" && strings.HasPrefix(path, full+"/")
	})
}

func TestImportsPointInward(t *testing.T) {
	t.Parallel()
	// pure has the packages without side effects, and the packages of this module that they may import.
	pure := map[string][]string{
		"internal/fault":      {},
		"internal/strictjson": {"internal/fault"},
		"internal/record":     {},
		"internal/input":      {"internal/fault", "internal/record"},
		"internal/paging":     {"internal/fault", "internal/input"},
		"internal/authz":      {"internal/record", "internal/scope"},
		"internal/secret":     {},
		"internal/sorted":     {},
		"internal/scope":      {"internal/record", "internal/sorted"},
		"internal/places":     {"internal/record"},
		"internal/reconcile":  {"internal/places", "internal/record"},
		"internal/growth":     {"internal/reconcile", "internal/record"},
		"internal/index":      {"internal/record", "internal/scope", "internal/sorted"},
		"internal/extract":    {"internal/record"},
		"internal/guard":      {"internal/record"},
		"internal/digest":     {"internal/guard", "internal/record"},
		"internal/geo":        {"internal/fault", "internal/record"},
		"internal/answers":    {"internal/record"},
		"internal/parse":      {},
		"internal/chunking":   {"internal/digest", "internal/index", "internal/parse", "internal/record"},
		"internal/keyphrase":  {},
	}
	// onlyIn has the external packages that only some packages of this module may import.
	onlyIn := []struct {
		imported string
		by       []string
	}{
		// PDFium is WebAssembly too: it runs in a sandbox of its own, which only the reader of PDFs starts.
		{"github.com/tetratelabs/wazero", []string{"internal/engine", "internal/parse/pdfsandbox"}},
		{module + "/internal/parse/pdfsandbox", []string{"internal/parse"}},
		{"github.com/klippa-app/go-pdfium", []string{"internal/parse"}},
		{"github.com/klippa-app/go-pdfium/webassembly", []string{"internal/parse/pdfsandbox"}},
		{"github.com/yuin/goldmark", []string{"internal/parse"}},
		{"github.com/emersion/go-message", []string{"internal/parse"}},
		{"github.com/gabriel-vasile/mimetype", []string{"internal/parse"}},
		// The hash of the bytes of documents.
		{"github.com/zeebo/blake3", []string{"internal/documents", "internal/store"}},
		{"go.etcd.io/bbolt", []string{"internal/engine"}},
		// The types of SurrealDB values that Go lacks. The connections of this package are for tests
		// (internal/surreal/remote/RATIONALE.md).
		{"github.com/surrealdb/surrealdb.go", []string{"internal/surreal", "internal/dump"}},
		{"github.com/surrealdb/surrealdb.go/pkg/connection", nil},
		{"github.com/gorilla/websocket", []string{"internal/surreal/remote", "internal/testing/rpcserver"}},
		// The gate is the only way to a Context in memory. A package that is not listed here gets a gate.Call.
		{module + "/internal/live", []string{"", "internal/gate", "internal/tenancy", "internal/access", "internal/ingest", "internal/question", "internal/chat", "internal/transfer", "internal/documents", "internal/jobs", "internal/lifecycle", "internal/testing"}},
		{module + "/internal/testing", []string{"internal/testing"}},
		{"github.com/tmc/langchaingo", []string{"", "internal/live", "internal/llm", "providers", "spectrontest"}},
		{"github.com/tmc/langchaingo/llms/", []string{"providers"}},
		{"github.com/tmc/langchaingo/embeddings/", []string{"providers"}},
		{"github.com/paulmach/orb", []string{"internal/geo"}},
		{"github.com/stretchr/testify", nil},
		{"testing", []string{"spectrontest", "internal/testing"}},
	}
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			ours := strings.HasPrefix(imported, module)
			switch {
			case p.ImportPath == module && within(imported, "internal/store", "internal/surreal", "internal/engine", "internal/schema"):
				t.Errorf("the root imports %s: it is a skin", imported)
			case within(p.ImportPath, "internal") && imported == module:
				t.Errorf("%s imports the root", p.ImportPath)
			case within(p.ImportPath, "spectronhttp", "cmd", "examples", "spectrontest", "providers") && within(imported, "internal"):
				t.Errorf("%s imports %s: it has the exported API alone", p.ImportPath, imported)
			}
			for name, allowed := range pure {
				if within(p.ImportPath, name) && ours && !within(imported, append(allowed, name)...) {
					t.Errorf("%s imports %s: it is pure", p.ImportPath, imported)
				}
			}
			for _, rule := range onlyIn {
				// A rule that ends in a slash applies to all paths below.
				if (imported == rule.imported || strings.HasPrefix(imported, strings.TrimSuffix(rule.imported, "/")+"/")) && !within(p.ImportPath, rule.by...) {
					t.Errorf("%s imports %s, which only %v may", p.ImportPath, imported, rule.by)
				}
			}
		}
	}
}

// TestTheRootIsASkin checks that the root package stays small and has no lock, no channel and no goroutine, and that no file is long.
func TestTheRootIsASkin(t *testing.T) {
	t.Parallel()
	// rootLines grows with the nouns of the API: half of the root is documentation of exported types. It was 7,500 before documents came, with
	// their searches and keywords. What must not grow is a file.
	const rootLines, rootFile, anyFile = 9000, 500, 800
	makers := map[string][]string{"Manager": {"spectron.go"}, "controlPlane": {"spectron.go", "admin.go"}}
	total := 0
	require.NoError(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := bytes.Count(text, []byte{'\n'})
		if lines > anyFile {
			t.Errorf("%s has %d lines, at most %d", path, lines, anyFile)
		}
		if filepath.Dir(path) != "." || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		if total += lines; lines > rootFile {
			t.Errorf("%s has %d lines, at most %d in the root", path, lines, rootFile)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, text, 0)
		require.NoError(t, err)
		for _, imported := range parsed.Imports {
			if strings.HasPrefix(imported.Path.Value, `"sync`) {
				t.Errorf("%s imports %s", path, imported.Path.Value)
			}
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if made, ok := n.Type.(*ast.Ident); ok && makers[made.Name] != nil && !slices.Contains(makers[made.Name], path) {
					t.Errorf("%s makes a %s, as only %v may: a handle must have no way to an operator's rights", path, made.Name, makers[made.Name])
				}
			case *ast.GoStmt, *ast.ChanType, *ast.SendStmt, *ast.SelectStmt:
				t.Errorf("%s has a goroutine or a channel", path)
			}
			return true
		})
		return nil
	}))
	if total > rootLines {
		t.Errorf("the root has %d lines, at most %d", total, rootLines)
	}
}

// TestLogging checks that log records go to the given logger, never to the default one, with messages that a program can match: each begins
// with a capital and has no punctuation, and fields are in snake case.
func TestLogging(t *testing.T) {
	t.Parallel()
	message, key := regexp.MustCompile(`^"[A-Z][A-Za-z ]+[a-z]"$`), regexp.MustCompile(`^"[a-z]+(_[a-z]+)*"$`)
	messageAt := map[string]int{"LogAttrs": 2, "Log": 2, "log": 2, "Debug": 0, "Info": 0, "Warn": 0, "Error": 0}
	fields := []string{"String", "Int", "Int64", "Bool", "Duration", "Any"}
	found := 0
	require.NoError(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || within(module+"/"+filepath.ToSlash(path), "examples", "spectrontest", "internal/testing", "internal/index/bench") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			name := method.Sel.Name
			at, logs := messageAt[name]
			if of, ok := method.X.(*ast.Ident); ok && of.Name == "slog" {
				if logs || slices.Contains([]string{"Default", "SetDefault", "With", "DebugContext", "InfoContext", "WarnContext", "ErrorContext"}, name) {
					t.Errorf("%s logs to the default logger", path)
				}
				if literal, ok := call.Args[0].(*ast.BasicLit); ok && slices.Contains(fields, name) && !key.MatchString(literal.Value) {
					t.Errorf("%s: the field %s is not in snake case", path, literal.Value)
				}
				return true
			}
			if !logs || len(call.Args) <= at {
				return true
			}
			if literal, ok := call.Args[at].(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if found++; !message.MatchString(literal.Value) {
					t.Errorf("%s: the message %s is not a capital, words and no punctuation", path, literal.Value)
				}
			}
			return true
		})
		return nil
	}))
	if found < 20 {
		t.Errorf("only %d messages were found", found)
	}
}

// TestSizesAreAskedForInTests checks that only tests and benchmarks of the root ask for their size, not what they call: the Makefile finds the
// tests that have a size by their text.
func TestSizesAreAskedForInTests(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	asked := 0
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			name := ""
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil {
				name = f.Name.Name
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "testsize" && s.Sel.Name != "Light" { // which gives no size
						if asked++; !strings.HasPrefix(name, "Test") && !strings.HasPrefix(name, "Benchmark") {
							t.Errorf("%s: %q asks for a size", path, name)
						}
					}
				}
				return true
			})
		}
	}
	require.Positive(t, asked)
}
