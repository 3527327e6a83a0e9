package spectron_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/spectron-go/spectron"
)

// Three calls to start. A later run of the program knows what an earlier one remembered.
func ExampleOpen() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "spectron")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	run := func(use func(*spectron.Memory)) {
		mgr, err := spectron.Open(ctx, filepath.Join(dir, "agent.db"), nil)
		if err != nil {
			log.Fatal(err)
		}
		defer mgr.Close(ctx)
		memory, err := mgr.Memory(ctx)
		if err != nil {
			log.Fatal(err)
		}
		use(memory)
	}
	run(func(m *spectron.Memory) {
		if _, err := m.Remember(ctx, spectron.RememberRequest{Text: "My name is Alice."}); err != nil {
			log.Fatal(err)
		}
	})
	run(func(m *spectron.Memory) {
		res, err := m.Recall(ctx, spectron.RecallRequest{Query: "What is my name?"})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(res.Hits[0].Text)
	})
	// Output:
	// The user's name is Alice
}

// Contexts are isolated: data of one is not found in another.
func ExampleManager_CreateContext() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	for _, id := range []string{"acme", "beta"} {
		if _, err := mgr.CreateContext(ctx, id, spectron.ContextSpec{Description: "memory of " + id}); err != nil {
			log.Fatal(err)
		}
	}
	acme, err := mgr.Context(ctx, "acme")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := acme.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice works at Globex."}); err != nil {
		log.Fatal(err)
	}

	for info, err := range mgr.AllContexts(ctx, spectron.PageRequest{}) {
		if err != nil {
			log.Fatal(err)
		}
		c, err := mgr.Context(ctx, info.ID)
		if err != nil {
			log.Fatal(err)
		}
		res, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s, %s: found %t\n", info.ID, info.Description, len(res.Hits) > 0)
	}
	// Output:
	// acme, memory of acme: found true
	// beta, memory of beta: found false
}

// A patch changes the fields that it has, and resets the paths in Unset to their defaults.
func ExampleManager_PatchContext() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	if _, err := mgr.CreateContext(ctx, "prod", spectron.ContextSpec{}); err != nil {
		log.Fatal(err)
	}

	day := int64(24 * 60 * 60)
	selfService := false
	info, err := mgr.PatchContext(ctx, "prod", spectron.ContextPatch{
		Config: spectron.Config{MaxTokenTTLSeconds: &day, AllowSelfServiceKeys: &selfService},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(*info.Config.MaxTokenTTLSeconds, info.Config.AllowSelfServiceKeys)

	// The same as a merge patch in JSON, where null resets a field.
	var patch spectron.ContextPatch
	if err := json.Unmarshal([]byte(`{"config": {"allow_self_service_keys": null}}`), &patch); err != nil {
		log.Fatal(err)
	}
	if info, err = mgr.PatchContext(ctx, "prod", patch); err != nil {
		log.Fatal(err)
	}
	fmt.Println(*info.Config.MaxTokenTTLSeconds, info.Config.AllowSelfServiceKeys)
	// Output:
	// 86400 false
	// 86400 true
}

// A backup copies the file while the store is in use. The copy opens as a store.
func ExampleManager_Backup() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "spectron")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	mgr, err := spectron.Open(ctx, filepath.Join(dir, "agent.db"), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := memory.Remember(ctx, spectron.RememberRequest{Text: "Alice works at Globex."}); err != nil {
		log.Fatal(err)
	}

	file, err := os.Create(filepath.Join(dir, "backup.db"))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := mgr.Backup(ctx, file); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}

	copied, err := spectron.Open(ctx, file.Name(), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer copied.Close(ctx)
	if memory, err = copied.Memory(ctx); err != nil {
		log.Fatal(err)
	}
	res, err := memory.Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Hits[0].Text)
	// Output:
	// Alice works at Globex
}

// An export is SurrealQL. It can be imported as a new Context into a store of any kind.
func ExampleManager_ExportContext() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	prod, err := mgr.CreateContext(ctx, "prod", spectron.ContextSpec{})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := prod.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice works at Globex."}); err != nil {
		log.Fatal(err)
	}

	var export bytes.Buffer
	if err := mgr.ExportContext(ctx, "prod", &export); err != nil {
		log.Fatal(err)
	}
	imported, err := mgr.ImportContext(ctx, spectron.ImportRequest{ID: "copy", From: &export})
	if err != nil {
		log.Fatal(err)
	}
	res, err := imported.Context.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(imported.Rows["turn"], "turn:", res.Hits[0].Text)
	// Output:
	// 1 turn: Alice works at Globex
}

// colours embeds a text by the colours that it names. Your own model, or the model of a provider, has the same two methods.
type colours struct{}

func (c colours) EmbedQuery(_ context.Context, text string) ([]float32, error) {
	v := []float32{1, 0, 0} // a vector must not be zero
	for word, dimension := range map[string]int{"red": 1, "crimson": 1, "blue": 2, "navy": 2} {
		if strings.Contains(strings.ToLower(text), word) {
			v[dimension]++
		}
	}
	return v, nil
}

func (c colours) EmbedDocuments(ctx context.Context, texts []string) (out [][]float32, err error) {
	for _, text := range texts {
		v, err := c.EmbedQuery(ctx, text)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// An embedder that knows the meaning of words finds texts with other words than the question.
func ExampleOptions_embedder() {
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", &spectron.Options{Embedder: colours{}, EmbedderName: "colours"})
	if err != nil {
		log.Fatal(err)
	}
	defer mgr.Close(ctx)
	memory, err := mgr.Memory(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for _, text := range []string{"The curtains are crimson.", "The sofa is navy."} {
		if _, err := memory.Remember(ctx, spectron.RememberRequest{Text: text, Infer: spectron.InferNone}); err != nil {
			log.Fatal(err)
		}
	}
	res, err := memory.Recall(ctx, spectron.RecallRequest{Query: "something red"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Hits[0].Text)
	// Output:
	// The curtains are crimson.
}
