package spectron_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// exported has the exported types of the package. TestSecrecyOfEveryType fills a value of each, with secrets where it has them, and checks
// that they are not shown.
var exported = []reflect.Type{
	reflect.TypeFor[spectron.ContextFormat](), reflect.TypeFor[spectron.ContextRequest](), reflect.TypeFor[spectron.ContextBlock](), reflect.TypeFor[spectron.State](), reflect.TypeFor[spectron.CategoryState](), reflect.TypeFor[spectron.StateRequest](), reflect.TypeFor[spectron.Profile](),
	reflect.TypeFor[spectron.ProfileEntry](), reflect.TypeFor[spectron.ProfileRequest](), reflect.TypeFor[spectron.Inspection](), reflect.TypeFor[spectron.Record](), reflect.TypeFor[spectron.SessionSummary](), reflect.TypeFor[spectron.SessionSpeaker](), reflect.TypeFor[spectron.TurnRequest](),
	reflect.TypeFor[spectron.ElaborateRequest](), reflect.TypeFor[spectron.Elaborated](), reflect.TypeFor[spectron.ElaborateOutcome](), reflect.TypeFor[spectron.ProposedRelation](),
	reflect.TypeFor[spectron.ConsolidateRequest](), reflect.TypeFor[spectron.Consolidated](), reflect.TypeFor[spectron.ConsolidateOutcome](), reflect.TypeFor[spectron.DecisionKind](),
	reflect.TypeFor[spectron.Lifecycle](), reflect.TypeFor[spectron.AdminLifecycle](), reflect.TypeFor[spectron.LifecycleResult](), reflect.TypeFor[spectron.Pruned](),
	reflect.TypeFor[spectron.EventsConfig](), reflect.TypeFor[spectron.EffectiveEvents](),
	reflect.TypeFor[spectron.DocumentsConfig](), reflect.TypeFor[spectron.EffectiveDocuments](),
	reflect.TypeFor[spectron.Documents](), reflect.TypeFor[spectron.DocumentRegistry](), reflect.TypeFor[spectron.Document](), reflect.TypeFor[spectron.DocumentStatus](),
	reflect.TypeFor[spectron.DocumentList](), reflect.TypeFor[spectron.UploadRequest](), reflect.TypeFor[spectron.Uploaded](), reflect.TypeFor[spectron.FolderRequest](),
	reflect.TypeFor[spectron.FolderProgress](), reflect.TypeFor[spectron.FolderUploaded](), reflect.TypeFor[spectron.SkippedFile](), reflect.TypeFor[spectron.ReprocessRequest](),
	reflect.TypeFor[spectron.Chunk](), reflect.TypeFor[spectron.ChunkQuery](), reflect.TypeFor[spectron.DocumentQuery](), reflect.TypeFor[spectron.DocumentHits](),
	reflect.TypeFor[spectron.DocumentHit](), reflect.TypeFor[spectron.EdgeKind](), reflect.TypeFor[spectron.GraphEvidence](), reflect.TypeFor[spectron.LinkCount](),
	reflect.TypeFor[spectron.SearchFallback](), reflect.TypeFor[spectron.SearchStep](), reflect.TypeFor[spectron.Reranker](), reflect.TypeFor[spectron.ContextHit](), reflect.TypeFor[spectron.DocumentRef](),
	reflect.TypeFor[spectron.Keywords](), reflect.TypeFor[spectron.Keyword](), reflect.TypeFor[spectron.DocumentKeyword](), reflect.TypeFor[spectron.KeywordDocument](),
	reflect.TypeFor[spectron.KeywordList](), reflect.TypeFor[spectron.KeywordOrder](), reflect.TypeFor[spectron.KeywordSearch](),
	reflect.TypeFor[spectron.Lifecycle](), reflect.TypeFor[spectron.FsckCheck](), reflect.TypeFor[spectron.FsckRequest](), reflect.TypeFor[spectron.FsckReport](),
	reflect.TypeFor[spectron.DuplicateFinding](), reflect.TypeFor[spectron.ContradictionFinding](), reflect.TypeFor[spectron.InjectionFinding](),
	reflect.TypeFor[spectron.UnscopedFinding](), reflect.TypeFor[spectron.DanglingFinding](), reflect.TypeFor[spectron.IndexFinding](),
	reflect.TypeFor[spectron.ChatRequest](), reflect.TypeFor[spectron.ChatReply](), reflect.TypeFor[spectron.ChatChunk](), reflect.TypeFor[spectron.Citation](),
	reflect.TypeFor[spectron.ReflectRequest](), reflect.TypeFor[spectron.Reflection](), reflect.TypeFor[spectron.ReflectedFact](), reflect.TypeFor[spectron.MemoryAnswerer](),
	reflect.TypeFor[spectron.Schedule](), reflect.TypeFor[spectron.Pass](), reflect.TypeFor[spectron.Jobs](), reflect.TypeFor[spectron.Job](), reflect.TypeFor[spectron.JobState](), reflect.TypeFor[spectron.JobProgress](), reflect.TypeFor[spectron.JobQuery](),
	reflect.TypeFor[spectron.Traces](), reflect.TypeFor[spectron.TraceKind](), reflect.TypeFor[spectron.TraceRecord](), reflect.TypeFor[spectron.TraceQuery](), reflect.TypeFor[spectron.Superseded](),
	reflect.TypeFor[spectron.AccessTokenSpec](), reflect.TypeFor[spectron.Admin](), reflect.TypeFor[spectron.ContextAdmin](), reflect.TypeFor[spectron.ScopeRegistry](),
	reflect.TypeFor[spectron.Finding](), reflect.TypeFor[spectron.InjectionKind](), reflect.TypeFor[spectron.Redaction](), reflect.TypeFor[spectron.PIIKind](),
	reflect.TypeFor[spectron.Weights](), reflect.TypeFor[spectron.Signal](), reflect.TypeFor[spectron.GroupBy](),
	reflect.TypeFor[spectron.Why](), reflect.TypeFor[spectron.HitTurn](), reflect.TypeFor[spectron.Category](), reflect.TypeFor[spectron.Code](),
	reflect.TypeFor[spectron.Config](), reflect.TypeFor[spectron.Context](), reflect.TypeFor[spectron.ContextInfo](),
	reflect.TypeFor[spectron.Page[spectron.ContextInfo]](), reflect.TypeFor[spectron.ContextPatch](), reflect.TypeFor[spectron.ContextSpec](),
	reflect.TypeFor[spectron.Correction](), reflect.TypeFor[spectron.Durability](), reflect.TypeFor[spectron.EffectiveConfig](),
	reflect.TypeFor[spectron.EffectiveGrants](), reflect.TypeFor[spectron.EffectiveReconciliation](), reflect.TypeFor[spectron.EffectiveRequest](),
	reflect.TypeFor[spectron.RetrievalTrace](), reflect.TypeFor[spectron.ReturnedHit](), reflect.TypeFor[spectron.ResponseTrace](),
	reflect.TypeFor[spectron.TraceStatsRequest](), reflect.TypeFor[spectron.TraceStats](), reflect.TypeFor[spectron.TierCounts](), reflect.TypeFor[spectron.ContradictionStats](),
	reflect.TypeFor[spectron.RetrievalStats](), reflect.TypeFor[spectron.SupersessionStats](), reflect.TypeFor[spectron.SourceKindCount](),
	reflect.TypeFor[spectron.AuditQuery](), reflect.TypeFor[spectron.AuditRow](),
	reflect.TypeFor[spectron.TracesConfig](), reflect.TypeFor[spectron.EffectiveTraces](),
	reflect.TypeFor[spectron.EffectiveResponseCache](), reflect.TypeFor[spectron.Engine](), reflect.TypeFor[spectron.EngineOptions](),
	reflect.TypeFor[spectron.CompactOptions](), reflect.TypeFor[spectron.Compacted](),
	reflect.TypeFor[spectron.EngineProgress](), reflect.TypeFor[spectron.EntityRef](), reflect.TypeFor[spectron.Error](),
	reflect.TypeFor[spectron.Event](), reflect.TypeFor[spectron.Page[spectron.Event]](), reflect.TypeFor[spectron.EventQuery](), reflect.TypeFor[spectron.EventAction](),
	reflect.TypeFor[spectron.ExtractedAttribute](), reflect.TypeFor[spectron.ExtractedEntity](), reflect.TypeFor[spectron.ExtractedInstruction](),
	reflect.TypeFor[spectron.ExtractedRelation](), reflect.TypeFor[spectron.Extraction](), reflect.TypeFor[spectron.Fact](),
	reflect.TypeFor[spectron.GrantRequest](), reflect.TypeFor[spectron.Grants](), reflect.TypeFor[spectron.Health](),
	reflect.TypeFor[spectron.Imported](), reflect.TypeFor[spectron.ImportRequest](), reflect.TypeFor[spectron.Reembedded](),
	reflect.TypeFor[spectron.Hit](), reflect.TypeFor[spectron.Identity](), reflect.TypeFor[spectron.Infer](),
	reflect.TypeFor[spectron.Key](), reflect.TypeFor[spectron.Page[spectron.Key]](), reflect.TypeFor[spectron.KeySpec](),
	reflect.TypeFor[spectron.Keys](), reflect.TypeFor[spectron.Kind](), reflect.TypeFor[spectron.ManagementKey](),
	reflect.TypeFor[spectron.Page[spectron.ManagementKey]](), reflect.TypeFor[spectron.ManagementKeys](), reflect.TypeFor[spectron.Manager](),
	reflect.TypeFor[spectron.MasterKey](), reflect.TypeFor[spectron.Memory](), reflect.TypeFor[spectron.Message](),
	reflect.TypeFor[spectron.Migration](), reflect.TypeFor[spectron.Mode](), reflect.TypeFor[spectron.Model](), reflect.TypeFor[spectron.ModelResolver](), reflect.TypeFor[spectron.ModelUse](), reflect.TypeFor[spectron.ExtractMode](),
	reflect.TypeFor[spectron.Usage](), reflect.TypeFor[spectron.UsageItem](), reflect.TypeFor[spectron.UsageRequest](), reflect.TypeFor[spectron.ModelSpec](),
	reflect.TypeFor[spectron.Options](), reflect.TypeFor[spectron.Preset](), reflect.TypeFor[spectron.RevokeOption](), reflect.TypeFor[spectron.Principal](),
	reflect.TypeFor[spectron.PrincipalKind](), reflect.TypeFor[spectron.Page[spectron.Principal]](), reflect.TypeFor[spectron.PrincipalPatch](),
	reflect.TypeFor[spectron.PrincipalSpec](), reflect.TypeFor[spectron.Principals](), reflect.TypeFor[spectron.RecallRequest](), reflect.TypeFor[spectron.LocationFilter](), reflect.TypeFor[spectron.Near](), reflect.TypeFor[spectron.ScopeView](),
	reflect.TypeFor[spectron.Recalled](), reflect.TypeFor[spectron.ReconciliationConfig](), reflect.TypeFor[spectron.RememberManyRequest](),
	reflect.TypeFor[spectron.RememberRequest](), reflect.TypeFor[spectron.Remembered](), reflect.TypeFor[spectron.RememberedMany](),
	reflect.TypeFor[spectron.RemoteOptions](), reflect.TypeFor[spectron.ResponseCacheConfig](), reflect.TypeFor[spectron.Role](),
	reflect.TypeFor[spectron.ForgetRequest](), reflect.TypeFor[spectron.Forgotten](), reflect.TypeFor[spectron.ForgottenItem](),
	reflect.TypeFor[spectron.ScopeForgetRequest](), reflect.TypeFor[spectron.ScopeForgotten](), reflect.TypeFor[spectron.ScopeNode](),
	reflect.TypeFor[spectron.Page[spectron.ScopeNode]](), reflect.TypeFor[spectron.ScopePath](), reflect.TypeFor[spectron.ScopeSpec](),
	reflect.TypeFor[spectron.AttributeKeyTerm](), reflect.TypeFor[spectron.Cardinality](), reflect.TypeFor[spectron.EntityTypeTerm](),
	reflect.TypeFor[spectron.Ontologies](), reflect.TypeFor[spectron.Ontology](), reflect.TypeFor[spectron.Page[spectron.Ontology]](),
	reflect.TypeFor[spectron.OntologyParts](), reflect.TypeFor[spectron.OntologySpec](), reflect.TypeFor[spectron.RelationLabelTerm](),
	reflect.TypeFor[spectron.ScopeTree](), reflect.TypeFor[spectron.Scopes](), reflect.TypeFor[spectron.Secret](),
	reflect.TypeFor[spectron.Session](), reflect.TypeFor[spectron.SessionQuery](), reflect.TypeFor[spectron.TurnQuery](), reflect.TypeFor[spectron.SessionSpec](), reflect.TypeFor[spectron.Sessions](),
	reflect.TypeFor[spectron.Source](), reflect.TypeFor[spectron.SourceKind](), reflect.TypeFor[spectron.Stage](), reflect.TypeFor[spectron.Tier](),
	reflect.TypeFor[spectron.Trace](), reflect.TypeFor[spectron.Triple](), reflect.TypeFor[spectron.Turn](),
	reflect.TypeFor[spectron.Observer](), reflect.TypeFor[spectron.Operation](), reflect.TypeFor[spectron.Outcome](), reflect.TypeFor[spectron.Counts](),
	reflect.TypeFor[spectron.MemoryReader](), reflect.TypeFor[spectron.MemoryWriter](), reflect.TypeFor[spectron.MemoryEraser](), reflect.TypeFor[spectron.Forgetter](), reflect.TypeFor[spectron.IdentityReader](),
	reflect.TypeFor[spectron.SessionStore](), reflect.TypeFor[spectron.ScopeStore](), reflect.TypeFor[spectron.PrincipalStore](), reflect.TypeFor[spectron.KeyStore](),
	reflect.TypeFor[spectron.OntologyStore](), reflect.TypeFor[spectron.EntityStore](), reflect.TypeFor[spectron.ContextStore](),
	reflect.TypeFor[spectron.Entities](), reflect.TypeFor[spectron.Entity](), reflect.TypeFor[spectron.EntityDetail](), reflect.TypeFor[spectron.EntityQuery](),
	reflect.TypeFor[spectron.Facts](), reflect.TypeFor[spectron.FactQuery](), reflect.TypeFor[spectron.PointInTime](),
	reflect.TypeFor[spectron.Instructions](), reflect.TypeFor[spectron.Instruction](), reflect.TypeFor[spectron.InstructionQuery](),
	reflect.TypeFor[spectron.Uncertainties](), reflect.TypeFor[spectron.UncertaintyQuery](),
	reflect.TypeFor[spectron.Uncertainty](), reflect.TypeFor[spectron.Verb](), reflect.TypeFor[spectron.PageRequest](),
}

// secretFields has the fields that hold a secret in a string. Fields of the types Secret and MasterKey need not be listed.
var secretFields = map[string]bool{
	"Key.Secret": true, "ManagementKey.Secret": true, "RemoteOptions.Password": true, "RemoteOptions.Token": true,
}

// soundsSecret matches names of fields that may hold secrets. plainFields has those of them that hold none.
var (
	soundsSecret = regexp.MustCompile(`(?i)secret|passw|token|credential|key$|keys$|auth`)
	plainFields  = map[string]bool{
		"FactQuery.Key": true, "ContextRequest.MaxTokens": true, "ContextBlock.Tokens": true, "Chunk.Tokens": true, // tokens of models
		"Config.TokenLimit": true, "EffectiveConfig.TokenLimit": true, "Config.MaxTokenTTLSeconds": true, "EffectiveConfig.MaxTokenTTLSeconds": true,
		"ModelUse.TokensIn": true, "AuditRow.TokensIn": true, "AuditRow.TokensOut": true, "ModelUse.TokensOut": true, "UsageItem.TokensIn": true, "UsageItem.TokensOut": true, "Usage.Tokens": true, "Usage.TokenLimit": true,
		"Config.AllowSelfServiceKeys": true, "EffectiveConfig.AllowSelfServiceKeys": true,
		// The key of a fact, as in key and value.
		"Correction.Key": true, "ExtractedAttribute.Key": true, "Fact.Key": true, "Triple.Key": true, "ProfileEntry.Key": true, "ConsolidateOutcome.Key": true, "ContradictionFinding.Key": true, "ReflectedFact.Key": true,
		// It tells requests apart, and gives access to nothing.
		"RememberRequest.IdempotencyKey": true, "RememberManyRequest.IdempotencyKey": true, "TurnRequest.IdempotencyKey": true,
		"Identity.TokenGrants": true, "OntologyParts.AttributeKeys": true, "OntologySpec.AttributeKeys": true,
	}
)

// canary is the beginning of every secret of these tests.
const canary = providerKey

// canaryKey returns a master key.
func canaryKey() spectron.MasterKey { return []byte(canary + "-32-bytes-xx") }

// fillSecrets fills everything that is exported in a value, with canaries where it has secrets.
func fillSecrets(t *testing.T, v reflect.Value, field string, depth int) {
	switch value := v.Addr().Interface().(type) {
	case *time.Time:
		*value = spectrontest.Epoch
		return
	case *spectron.Secret:
		*value = canary
		return
	case *spectron.MasterKey:
		*value = canaryKey()
		return
	case *json.RawMessage:
		*value = json.RawMessage(`"plain"`)
		return
	case **tls.Config:
		*value = &tls.Config{Certificates: []tls.Certificate{{PrivateKey: canary, OCSPStaple: []byte(canary)}}, ServerName: canary}
		return
	}
	if depth > 8 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("plain")
		if secretFields[field] {
			v.SetString(canary)
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(5)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillSecrets(t, v.Elem(), field, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillSecrets(t, v.Index(i), field, depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fillSecrets(t, key, field, depth+1)
		fillSecrets(t, elem, field, depth+1)
		v.SetMapIndex(key, elem)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			name := v.Type().Name() + "." + f.Name
			if soundsSecret.MatchString(f.Name) && !secretFields[name] && !plainFields[name] && !holdsSecret(f.Type) {
				t.Errorf("%s sounds like a secret: list it in secretFields, or in plainFields if it is none", name)
			}
			fillSecrets(t, v.Field(i), name, depth+1)
		}
	case reflect.Interface, reflect.Func: // given by the caller, such as an embedder
	default:
		t.Fatalf("%s: nothing to fill a %s with", field, v.Type())
	}
}

// holdsSecret reports whether a type is Secret or MasterKey, or contains one.
func holdsSecret(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[spectron.Secret](), reflect.TypeFor[spectron.MasterKey]():
		return true
	}
	return (t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Pointer) && holdsSecret(t.Elem())
}

// traces returns the forms in which a text could show a secret.
func traces(secret []byte) []string {
	part := secret[:min(len(secret), 12)]
	out := []string{
		string(part), hex.EncodeToString(part), strings.ToUpper(hex.EncodeToString(part)), fmt.Sprintf("% x", part), fmt.Sprintf("% X", part),
		strings.Trim(fmt.Sprintf("%#x", part), "[]"), strings.Trim(fmt.Sprint(part), "[]"), strings.Trim(fmt.Sprintf("%o", part), "[]"), strings.Trim(fmt.Sprintf("%b", part), "[]"),
		strings.Trim(fmt.Sprintf("%c", part), "[]"), strings.Trim(fmt.Sprintf("%U", part), "[]"), strings.Trim(fmt.Sprintf("%q", part), "[]"),
		fmt.Sprintf("%#v", part)[len("[]byte{") : len(fmt.Sprintf("%#v", part))-1],
		base64.StdEncoding.EncodeToString(part), base64.URLEncoding.EncodeToString(part),
	}
	return out
}

// printers returns the ways in which a program can show a value.
func printers(value any) map[string]string {
	out := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "% x", "%#x", "%t", "%c", "%U", "%b", "%o", "%e", "%20.3v"} {
		out[verb] = fmt.Sprintf(verb, value)
	}
	out["Println"] = fmt.Sprintln(value)
	out["an error"] = fmt.Errorf("failed with %v", value).Error()
	text, err := json.Marshal(value)
	out["JSON"] = string(text) + fmt.Sprint(err)
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"slog text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"slog JSON": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var b bytes.Buffer
		slog.New(handler(&b)).With("with", value).Info("m", "value", value, slog.Group("g", "inner", value))
		out[name] = b.String()
	}
	return out
}

// wrapped returns the ways in which a value can be inside another.
func wrapped(v reflect.Value, pointersOnly bool) map[string]any {
	pointer := v.Addr()
	list := map[string]reflect.Value{"*T": pointer}
	if !pointersOnly {
		list["T"] = v
	}
	out := map[string]any{}
	for name, one := range list {
		slice := reflect.Append(reflect.MakeSlice(reflect.SliceOf(one.Type()), 0, 1), one)
		inMap := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[string](), one.Type()))
		inMap.SetMapIndex(reflect.ValueOf("key"), one)
		inStruct := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "V", Type: one.Type()}}))
		inStruct.Elem().Field(0).Set(one)
		array := reflect.New(reflect.ArrayOf(1, one.Type()))
		array.Elem().Index(0).Set(one)
		out[name] = one.Interface()
		out["[]"+name] = slice.Interface()
		out["map of "+name] = inMap.Interface()
		out["struct of "+name] = inStruct.Elem().Interface()
		out["*struct of "+name] = inStruct.Interface()
		out["array of "+name] = array.Elem().Interface()
		out["any of "+name] = []any{one.Interface()}
		out["struct of any of "+name] = struct{ V any }{one.Interface()}
	}
	return out
}

// hides checks that no way to show a value shows one of the secrets.
func hides(t *testing.T, name string, v reflect.Value, pointersOnly bool, secrets ...[]byte) {
	t.Helper()
	var forms []string
	for _, s := range secrets {
		forms = append(forms, traces(s)...)
	}
	failures := map[string][]string{}
	for how, value := range wrapped(v, pointersOnly) {
		for way, text := range printers(value) {
			for _, form := range forms {
				if strings.Contains(text, form) {
					failures[how] = append(failures[how], way)
					break
				}
			}
		}
	}
	for _, how := range slices.Sorted(maps.Keys(failures)) {
		slices.Sort(failures[how])
		t.Errorf("%s, as %s, shows a secret with %s", name, how, strings.Join(failures[how], ", "))
	}
}

// declared returns the names of the exported types in the Go files of the package.
func declared(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var names []string
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			general, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range general.Specs {
				if spec, ok := s.(*ast.TypeSpec); ok && spec.Name.IsExported() {
					names = append(names, spec.Name.Name)
				}
			}
		}
	}
	return names
}

// TestSecrecyOfEveryType checks that no value of an exported type shows a secret, however it is shown.
func TestSecrecyOfEveryType(t *testing.T) {
	t.Parallel()
	listed := map[string]reflect.Type{}
	for _, typ := range exported {
		name, _, _ := strings.Cut(typ.Name(), "[") // the name of a generic type without its arguments
		listed[name] = typ
	}
	names := declared(t)
	if len(names) < 80 {
		t.Fatalf("only %d types were found", len(names))
	}
	for _, name := range names {
		if listed[name] == nil {
			t.Errorf("the type %s is new: list it in exported; a field of it with a secret is of the type Secret, or listed in secretFields, and the type has a Format method", name)
		}
		delete(listed, name)
	}
	for name := range listed {
		t.Errorf("the type %s is no more: take it out of exported", name)
	}
	for _, typ := range exported {
		t.Run(typ.Name(), func(t *testing.T) {
			t.Parallel()
			v := reflect.New(typ).Elem()
			fillSecrets(t, v, typ.Name(), 0)
			hides(t, typ.Name(), v, false, []byte(canary))
		})
	}
}

// TestSecrecyIsTested checks that the search finds secrets that are not hidden, in every way to show them.
func TestSecrecyIsTested(t *testing.T) {
	t.Parallel()
	for _, value := range []any{canary, []byte(canary), struct{ V string }{canary}, []any{[]byte(canary)}} {
		for way, text := range printers(value) {
			found := slices.ContainsFunc(traces([]byte(canary)), func(form string) bool { return strings.Contains(text, form) })
			if !found && way != "%20.3v" && way != "%e" && way != "%t" && way != "%b" && way != "%o" && way != "%c" && way != "%U" && way != "%d" {
				t.Errorf("%T with %s is not found: %s", value, way, text)
			}
		}
	}
	v := reflect.New(reflect.TypeFor[spectron.ContextSpec]()).Elem()
	fillSecrets(t, v, "ContextSpec", 0)
	if spec := v.Interface().(spectron.ContextSpec); string(spec.Config.Providers["plain"]) != canary {
		t.Errorf("not filled: %d providers", len(spec.Config.Providers))
	}
	v = reflect.New(reflect.TypeFor[spectron.Options]()).Elem()
	fillSecrets(t, v, "Options", 0)
	if o := v.Interface().(spectron.Options); !bytes.Equal(o.MasterKey, canaryKey()) || len(o.OldMasterKeys) != 2 || o.Remote.Password != canary || o.Remote.Token != canary || o.Remote.TLS == nil {
		t.Error("the options are not filled")
	}
}

// TestSecrecyOfHandles checks that handles in use show neither the options of their store nor the secrets that they got.
func TestSecrecyOfHandles(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, &spectron.Options{
		MasterKey: canaryKey(), OldMasterKeys: []spectron.MasterKey{canaryKey()},
		Remote: spectron.RemoteOptions{User: "root", Password: canary, Token: canary},
	})
	c := create(t, mgr, "acme", spectron.ContextSpec{Config: spectron.Config{Providers: map[string]spectron.Secret{"openai": canary}}})
	tell(t, c, "Alice works at Acme.")
	management, by := manager(t, mgr, "ops")
	key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Agent})
	require.NoError(t, err)
	agent, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	_, err = agent.Memory().Recall(ctx, spectron.RecallRequest{Query: "Alice"})
	require.NoError(t, err)
	admin, err := c.OnBehalfOf(ctx, "admin")
	require.NoError(t, err)
	secrets := [][]byte{[]byte(canary)}
	for _, text := range []string{management.Secret, key.Secret} {
		secrets = append(secrets, []byte(text[len(text)-52:]), randomPart(t, text))
	}
	all := []any{mgr, by, mgr.ManagementKeys(), by.ManagementKeys()}
	for _, c := range []*spectron.Context{c, agent, admin} {
		all = append(all, handles(c)...)
	}
	// Close waits for background records, so that the handles do not change while they are printed.
	require.NoError(t, mgr.Close(ctx))
	for _, handle := range all {
		v := reflect.ValueOf(handle).Elem()
		hides(t, fmt.Sprintf("%T", handle), v, true, secrets...)
	}
	shown := []any{mgr, by, c, agent, c.Memory(), c.Keys()}
	hides(t, "all of them", reflect.ValueOf(&shown).Elem(), false, secrets...)
	hides(t, "a key", reflect.ValueOf(key).Elem(), false, secrets...)
	hides(t, "a management key", reflect.ValueOf(management).Elem(), false, secrets...)
}

// randomPart returns the 32 random bytes of the secret of a key.
func randomPart(t *testing.T, secret string) []byte {
	t.Helper()
	raw, err := base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding).DecodeString(secret[len(secret)-52:])
	require.NoError(t, err)
	require.Len(t, raw, 32)
	return raw
}

// leaks reports whether a text has eight consecutive characters of the random part of a secret.
func leaks(text []byte, secret string) bool {
	random := secret[len(secret)-52:]
	for i := range len(random) - 7 {
		if part := []byte(random[i : i+8]); bytes.Contains(text, part) || bytes.Contains(text, bytes.ToUpper(part)) {
			return true
		}
	}
	return false
}

// badSecrets returns texts that are not accepted, made from an accepted secret.
func badSecrets(good, other string) map[string]string {
	random, name := good[len(good)-52:], good[:len(good)-53]
	last := "0"
	if random[10] == '0' {
		last = "1"
	}
	return map[string]string{
		"empty": "", "blank": " ", "truncated": good[:len(good)-1], "half": good[:len(good)/2], "without its first": good[1:],
		"longer": good + "0", "much longer": good + strings.Repeat(random, 10<<20/52), "twice": good + good, "with a space": good + " ",
		"with a line": good + "\n", "upper case": strings.ToUpper(good), "random in upper case": name + "-" + strings.ToUpper(random),
		"NUL before": "\x00" + good, "NUL after": good + "\x00", "NUL in it": good[:len(good)-20] + "\x00" + good[len(good)-19:],
		"not UTF-8": good + "\xff", "bearer": "Bearer " + good, "only random": random, "random of another": name + "-" + other[len(other)-52:],
		"one character": name + "-" + random[:10] + last + random[11:], "id of another": other[:len(other)-52] + random,
		"padding": good + "=", "quoted": `"` + good + `"`, "with dots": strings.ReplaceAll(good, "-", "."),
	}
}

// TestSecrecyOfRefusedSecrets checks that refused secrets get the same error for every reason, and are stored nowhere.
func TestSecrecyOfRefusedSecrets(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	clock := spectrontest.NewClock()
	opts := spectron.Options{Clock: clock.Now, MasterKey: canaryKey()}
	var secrets []string // all that were ever accepted
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		keep := func(secret string) string {
			require.GreaterOrEqual(t, len(secret), 53)
			secrets = append(secrets, secret)
			return secret
		}
		acme, beta := create(t, mgr, "acme", spectron.ContextSpec{Description: marker}), create(t, mgr, "beta", spectron.ContextSpec{})
		gone := create(t, mgr, "gone", spectron.ContextSpec{})
		mint := func(c *spectron.Context, spec spectron.KeySpec) string {
			k, err := c.Keys().Create(ctx, spec)
			require.NoError(t, err)
			return keep(k.Secret)
		}
		holder, err := beta.Principals().Create(ctx, spectron.PrincipalSpec{Name: "holder", Grants: over("/*")})
		require.NoError(t, err)
		good, inBeta, inGone := mint(acme, spectron.KeySpec{Name: "app", Principal: spectron.Agent}), mint(beta, spectron.KeySpec{Name: "app", PrincipalID: holder.ID}), mint(gone, spectron.KeySpec{Name: "app", Principal: spectron.Agent})
		expired := mint(acme, spectron.KeySpec{Name: "short", Principal: spectron.Agent, TTL: time.Second})
		revoked := mint(acme, spectron.KeySpec{Name: "revoked", Principal: spectron.Agent})
		rotated := mint(acme, spectron.KeySpec{Name: "rotated", Principal: spectron.Agent})
		p, err := acme.Principals().Create(ctx, spectron.PrincipalSpec{Name: "Alice"})
		require.NoError(t, err)
		orphan := mint(acme, spectron.KeySpec{Name: "orphan", PrincipalID: p.ID})
		byBeta, err := mgr.Authenticate(ctx, inBeta)
		require.NoError(t, err)
		self := mint(byBeta, spectron.KeySpec{Name: "self"})
		require.True(t, strings.HasPrefix(self, "sp-cak_beta_"))
		first, _ := manager(t, mgr, "ops")
		management := keep(first.Secret)
		again, err := mgr.ManagementKeys().Create(ctx, "revoked")
		require.NoError(t, err)
		revokedManagement := keep(again.Secret)

		clock.Advance(time.Hour)
		require.NoError(t, acme.Keys().Revoke(ctx, "revoked"))
		k, err := acme.Keys().Rotate(ctx, "rotated")
		require.NoError(t, err)
		keep(k.Secret)
		require.NoError(t, acme.Principals().Delete(ctx, p.ID))
		require.NoError(t, mgr.DeleteContext(ctx, "gone"))
		require.NoError(t, mgr.ManagementKeys().Revoke(ctx, again.ID))

		bad := badSecrets(good, inBeta)
		for name, secret := range map[string]string{
			"expired": expired, "revoked": revoked, "rotated": rotated, "of no principal": orphan, "of a Context that is gone": inGone,
			"other Context": strings.Replace(good, "sk-acme-", "sk-beta-", 1), "no Context": strings.Replace(good, "sk-acme-", "sk-nowhere-", 1),
			"management": management, "management form": "mgmt" + strings.TrimPrefix(good, "sk-acme"),
			"sp for sk": "sp" + strings.TrimPrefix(good, "sk"), "self-service form": strings.Replace(good, "sk-acme-", "sp-cak_acme_", 1),
			"operator form": strings.Replace(self, "sp-cak_beta_", "sk-beta-", 1), "sk for sp": "sk" + strings.TrimPrefix(self, "sp"),
		} {
			bad[name] = secret
		}
		badManagement := badSecrets(management, revokedManagement)
		for name, secret := range map[string]string{
			"revoked": revokedManagement, "of a Context": good, "of a Context, self-service": self, "form of a Context": "sk-acme" + strings.TrimPrefix(management, "mgmt"),
			"mk_": "mgmt-mk_" + strings.TrimPrefix(management, "mgmt-"),
		} {
			badManagement[name] = secret
		}
		refuse := func(what string, texts map[string]string, authenticate func(string) error) {
			t.Helper()
			want := authenticate("")
			isError(t, want, spectron.ErrUnauthenticated, "")
			for name, text := range texts {
				err := authenticate(text)
				var e *spectron.Error
				if !errors.As(err, &e) || !reflect.DeepEqual(err, want) || err.Error() != want.Error() {
					t.Errorf("%s, %s: %.200v, not %v", what, name, err, want)
					continue
				}
				for _, s := range secrets {
					if leaks([]byte(fmt.Sprintf("%+v %#v %q", err, err, e)), s) {
						t.Errorf("%s, %s: the error shows the secret", what, name)
					}
				}
			}
		}
		refuse("authenticate", bad, func(s string) error { return second(mgr.Authenticate(ctx, s)) })
		refuse("authenticate manager", badManagement, func(s string) error { return second(mgr.AuthenticateManager(ctx, s)) })

		// The valid secrets stay valid.
		for _, s := range []string{good, inBeta, self} {
			require.NoError(t, second(mgr.Authenticate(ctx, s)))
		}
		require.NoError(t, second(mgr.AuthenticateManager(ctx, management)))

		var events []byte
		for _, list := range []func(context.Context, spectron.EventQuery) (spectron.Page[spectron.Event], error){mgr.Events, acme.Events, beta.Events} {
			page, err := list(ctx, spectron.EventQuery{Limit: 1000})
			require.NoError(t, err)
			if len(page.Items) < 5 {
				t.Errorf("only %d events", len(page.Items))
			}
			events = append(events, toJSON(t, page)...)
		}
		for _, s := range secrets {
			if leaks(events, s) {
				t.Errorf("an event shows the secret of %.20s", s)
			}
		}
	})
	disk := onDisk(t, path)
	if !bytes.Contains(disk, []byte(marker)) || !bytes.Contains(disk, []byte("the key is not accepted")) {
		t.Fatal("the search does not find what is in the file")
	}
	for _, s := range secrets {
		raw := randomPart(t, s)
		if leaks(disk, s) || bytes.Contains(disk, raw[:8]) || bytes.Contains(disk, raw[24:]) {
			t.Errorf("the secret of %.20s is in the file", s)
		}
	}
	if bytes.Contains(disk, []byte(canary)) {
		t.Error("the master key is in the file")
	}
}

// TestSecrecyOfErrors checks that no error of a call with a secret repeats the secret.
func TestSecrecyOfErrors(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	c := create(t, mgr, "acme", spectron.ContextSpec{})
	key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Agent})
	require.NoError(t, err)
	ops, _ := manager(t, mgr, "ops")
	calls := map[string]error{}
	keys := func(name string, key spectron.Secret) spectron.Config {
		return spectron.Config{Providers: map[string]spectron.Secret{name: key}}
	}
	model := func(provider, name string) spectron.Config {
		return spectron.Config{Models: map[spectron.Stage]spectron.Model{spectron.StageResponse: {Provider: provider, Name: name}}}
	}
	for name, config := range map[string]spectron.Config{
		"line": keys("openai", canary+"\n"), "spaces": keys("openai", " "+canary), "long": keys("openai", spectron.Secret(strings.Repeat(canary, 300))),
		"other script": keys("openai", canary+"é"), "NUL": keys("openai", canary+"\x00"), "name of the provider": keys(canary+".", "openai"),
		"model": model("", canary), "provider": model(canary+" ", "gpt"),
	} {
		calls["patch, "+name] = second(mgr.PatchContext(ctx, "acme", spectron.ContextPatch{Config: config}))
		calls["create, "+name] = second(mgr.CreateContext(ctx, "new", spectron.ContextSpec{Config: config}))
	}
	calls["unset"] = second(mgr.PatchContext(ctx, "acme", spectron.ContextPatch{Unset: []string{"providers." + canary + "."}}))
	for i, text := range []string{
		`{"config": {"providers": {"openai": ["%s"]}}}`, `{"config": {"providers": "%s"}}`, `{"config": {"providers": {"openai": "%s"}}`,
		`{"config": {"token_limit": "%s"}}`, `{"config": {"models": {"response": "%s"}}}`, `{"config": "%s"}`, `"%s"`,
		`{"config": {"providers": {"openai": "%s", "openai": "%[1]s"}}}`,
	} {
		var p spectron.ContextPatch
		calls[fmt.Sprint("JSON ", i)] = json.Unmarshal(fmt.Appendf(nil, text, canary), &p)
	}
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	open := func(url string, opts spectron.Options) error {
		opts.Engine = engine
		mgr, err := spectron.Open(ctx, url, &opts)
		if err == nil {
			require.NoError(t, mgr.Close(ctx))
		}
		return err
	}
	calls["master key"] = open("mem://", spectron.Options{MasterKey: canaryKey()[:31]})
	calls["old master key"] = open("mem://", spectron.Options{MasterKey: masterKey(1), OldMasterKeys: []spectron.MasterKey{canaryKey()[:30]}})
	calls["password without a user"] = open("mem://", spectron.Options{Remote: spectron.RemoteOptions{Password: canary}})
	for _, url := range []string{
		"ws://root:%s@localhost:1", "root:%s@localhost:8000", "mem://root:%s@localhost", "ws://localhost:1/?password=%s", "ws://localhost:1/#%s", "http://root:%s@[", "surreal://root:%s@h",
	} {
		calls["open "+url] = open(fmt.Sprintf(url, canary), spectron.Options{})
	}
	closed := spectron.RemoteOptions{User: "root", Password: canary, Token: canary, ConnectTimeout: time.Millisecond}
	calls["no server"] = open("ws://127.0.0.1:1", spectron.Options{Remote: closed})
	calls["no server, http"] = open("http://127.0.0.1:1", spectron.Options{Remote: closed})

	// A secret in place of an id or a name.
	for _, secret := range []string{key.Secret, ops.Secret} {
		kind := secret[:4]
		calls["Context, "+kind] = second(mgr.Context(ctx, secret))
		calls["DeleteContext, "+kind] = mgr.DeleteContext(ctx, secret)
		calls["PatchContext, "+kind] = second(mgr.PatchContext(ctx, secret, spectron.ContextPatch{}))
		calls["Keys.Get, "+kind] = second(c.Keys().Get(ctx, secret))
		calls["Keys.Revoke, "+kind] = c.Keys().Revoke(ctx, secret)
		calls["Keys.Rotate, "+kind] = second(c.Keys().Rotate(ctx, secret))
		calls["Principals.Get, "+kind] = second(c.Principals().Get(ctx, secret))
		calls["OnBehalfOf, "+kind] = second(c.OnBehalfOf(ctx, secret))
		calls["ManagementKeys.Revoke, "+kind] = mgr.ManagementKeys().Revoke(ctx, secret)
		calls["ManagementKeys.Rotate, "+kind] = second(mgr.ManagementKeys().Rotate(ctx, secret))
		calls["Sessions.Get, "+kind] = second(c.Sessions().Get(ctx, secret))
	}
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		err := calls[name]
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		text := fmt.Sprintf("%v %+v %#v", err, err, err)
		if slices.ContainsFunc(traces([]byte(canary)), func(form string) bool { return strings.Contains(text, form) }) ||
			leaks([]byte(text), key.Secret) || leaks([]byte(text), ops.Secret) {
			t.Errorf("%s: the error shows the secret: %v", name, err)
		}
	}
	for _, list := range []func(context.Context, spectron.EventQuery) (spectron.Page[spectron.Event], error){mgr.Events, c.Events} {
		page, err := list(ctx, spectron.EventQuery{Limit: 1000})
		require.NoError(t, err)
		if text := []byte(toJSON(t, page)); bytes.Contains(text, []byte(canary)) || leaks(text, key.Secret) || leaks(text, ops.Secret) {
			t.Errorf("an event shows the secret: %s", text)
		}
	}
}
