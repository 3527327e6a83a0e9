package spectron_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/spectron-go/spectron"
)

// leakCall is one call of a method, with the expectation of the model.
type leakCall struct {
	said string // texts of the caller in the call
	// do makes the call. lines are the contents of the result, sorted, as far as the model knows them.
	do func(c *spectron.Context) (result any, lines []string, err error)
	// want is the model: the lines, or the error for the caller. For a write it has only the error.
	want  func(c leakCaller) (lines []string, refused *spectron.Error)
	reads bool // it changes nothing
	// some excludes the lines from the comparison, because the model does not know how they are found.
	some bool
}

// leakMethod says how a method is covered. Its calls are generated, and every test of leak_test.go makes them: compared with the model, in
// a world without what the caller may not know, refused without a trace, and after every change of rights.
type leakMethod struct {
	reads  func(w *leakWorld, random *rand.Rand) []leakCall
	writes func(w *leakWorld, random *rand.Rand) []leakCall
	why    string // why no calls are needed: what it returns instead of data, or which other test covers it
}

const (
	notData       = "it returns a handle or an id and reads nothing"
	allPages      = "it calls the method for one page again and again: TestAllGoesThroughThePages"
	controlPlane  = "it is the control plane: TestLeakManagementKeys calls it with a dead management key, TestManagementKeysManage with a good one"
	operators     = "it is the operator's, who may do everything: TestAdminHasNoMemory shows that others have no such method"
	jobsOfCallers = "TestJobsBelongToTheirCaller checks that a caller sees the jobs of its own principal alone"
	inAJob        = "it checks what the call in its place does, which a job then makes with the permissions of its caller: TestJobsBelongToTheirCaller"
	growing       = "it writes what follows from facts that the caller may read and write: TestGrowthLeaksNothing compares worlds with and without hidden rows"
	ageing        = "TestLifecycleLeaksNothing compares worlds with and without hidden facts, for several kinds of callers"
	asContext     = "it is the method of Context, or of ScopeTree, that is called there with every kind of caller"
	noContent     = "it is the method of Documents for a management key: TestManagementKeysGetNoContent checks that it returns nothing from within a file"
	leakQuestions = "it reads what List reads: TestTracesOfQuestionsLeakNothing, TestTracesOfWritesInStats"
	needsAModel   = "it needs a model: internal/chat tests what each caller's model is shown, what is stored for whom, and lost rights"
)

// leakMethods returns how each method of each handle is covered. TestLeakMethods fails if one is missing.
func leakMethods() map[string]leakMethod {
	return map[string]leakMethod{
		"Keys.All": {why: allPages}, "Sessions.All": {why: allPages}, "Sessions.AllTurns": {why: allPages}, "Principals.All": {why: allPages}, "ScopeTree.All": {why: allPages}, "Ontologies.AllVersions": {why: allPages},
		"ManagementKeys.All": {why: allPages}, "Context.AllEvents": {why: allPages}, "Manager.AllEvents": {why: allPages}, "Manager.AllContexts": {why: allPages},
		"Context.ID": {why: notData}, "Context.Memory": {why: notData}, "Context.Sessions": {why: notData}, "Context.Scopes": {why: notData},
		"Context.Ontology": {why: notData}, "Context.Principals": {why: notData}, "Context.Keys": {why: notData}, "Keys.Of": {reads: keysOf},
		"Context.Info": {reads: infoReads}, "Context.OnBehalfOf": {reads: behalfReads}, "Context.Events": {reads: eventReads}, "Context.Usage": {reads: usageReads},
		"Memory.Recall": {reads: recallReads}, "Memory.WhoAmI": {reads: whoReads}, "Context.WhoAmI": {reads: whoReads},
		"Memory.QueryContext": {reads: contextReads}, "Memory.State": {reads: stateReads}, "Memory.StateOf": {why: "Memory.State calls it too"},
		"Memory.Profile": {reads: profileReads}, "Memory.ProfileOf": {why: "Memory.Profile calls it too"}, "Memory.Get": {reads: getReads(false)},
		"Memory.Inspect": {reads: inspectReads}, "Sessions.Context": {reads: sessionContexts}, "Sessions.Summary": {reads: sessionSummaries},
		"Memory.RememberTurn": {writes: turnWrites}, "Memory.Turn": {why: "it is RememberTurn for a new session"},
		"Memory.Update": {writes: edits(func(c *spectron.Context, ctx context.Context, id string) error {
			return second(c.Memory().Update(ctx, id, "corrected"))
		}, spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction)},
		"Context.Documents": {why: notData}, "Documents.Keywords": {why: notData}, "Documents.All": {why: allPages}, "Documents.AllChunks": {why: allPages}, "Keywords.All": {why: allPages},
		"Documents.Get": {reads: documentGets(func(ctx context.Context, d *spectron.Documents, id string) (*spectron.Document, error) {
			return d.Get(ctx, id)
		})},
		"Documents.Wait": {reads: documentGets(func(ctx context.Context, d *spectron.Documents, id string) (*spectron.Document, error) {
			return d.Wait(ctx, id)
		})},
		"Documents.List": {reads: documentPages}, "Documents.Raw": {reads: rawReads}, "Documents.Chunks": {reads: chunkReads}, "Documents.Query": {reads: documentQueries},
		"Documents.RecomputeLinks": {reads: linkReads}, "Keywords.List": {reads: keywordPages}, "Keywords.Get": {reads: keywordGets}, "Keywords.Search": {reads: keywordSearches},
		"Keywords.ForDocument": {reads: keywordsOfDocument}, "Documents.Upload": {writes: uploadWrites(false)}, "Documents.UploadFolder": {writes: uploadWrites(true)},
		"Documents.Delete": {writes: documentWrites(false)}, "Documents.Reprocess": {writes: documentWrites(true)},
		"ContextAdmin.Documents": {why: notData}, "DocumentRegistry.All": {why: allPages}, "DocumentRegistry.Get": {why: noContent}, "DocumentRegistry.List": {why: noContent},
		"DocumentRegistry.Wait": {why: noContent}, "DocumentRegistry.Upload": {why: noContent}, "DocumentRegistry.UploadFolder": {why: noContent},
		"DocumentRegistry.Reprocess": {why: noContent}, "DocumentRegistry.Delete": {why: noContent},
		"Context.Lifecycle": {why: notData}, "Lifecycle.Decay": {why: ageing}, "Lifecycle.Expire": {why: ageing}, "Lifecycle.Prune": {why: ageing},
		"Lifecycle.Reindex": {why: operators}, "Context.Jobs": {why: notData}, "Jobs.Get": {why: jobsOfCallers}, "Jobs.List": {why: jobsOfCallers},
		"Jobs.All": {why: allPages}, "Jobs.Wait": {why: jobsOfCallers}, "Jobs.Cancel": {why: jobsOfCallers}, "Jobs.Retry": {why: jobsOfCallers},
		"Memory.ForgetAsync": {why: inAJob}, "ScopeTree.ForgetAsync": {why: inAJob}, "Sessions.DeleteAsync": {why: inAJob},
		"Lifecycle.Fsck":   {why: "TestFsckLeaksNothing compares worlds with and without hidden rows, and TestFsckOfCallers what is refused"},
		"Memory.Elaborate": {why: growing}, "Memory.Consolidate": {why: growing},
		"Memory.Chat": {why: needsAModel}, "Memory.ChatStream": {why: needsAModel}, "Memory.Reflect": {why: needsAModel},
		"Memory.Remember": {writes: rememberWrites}, "Memory.RememberMany": {writes: rememberManyWrites},
		"Sessions.Get": {reads: sessionReads}, "Sessions.Turns": {reads: turnReads}, "Sessions.List": {reads: sessionPages}, "Sessions.Create": {writes: sessionWrites}, "Sessions.Delete": {writes: deleteWrites},
		"Context.Entities": {why: notData}, "Context.Facts": {why: notData}, "Context.Instructions": {why: notData}, "Context.Uncertainties": {why: notData},
		"Entities.All": {why: allPages}, "Facts.All": {why: allPages}, "Instructions.All": {why: allPages}, "Uncertainties.All": {why: allPages},
		"Facts.List": {reads: factReads}, "Entities.List": {reads: entityPages}, "Entities.Get": {reads: entityReads}, "Entities.History": {reads: historyReads},
		"Facts.Get": {reads: gets(func(c *spectron.Context, ctx context.Context, id string) (*spectron.Fact, error) {
			return c.Facts().Get(ctx, id)
		},
			factLine, spectron.KindAttribute, spectron.KindRelation)},
		"Instructions.Get": {reads: gets(func(c *spectron.Context, ctx context.Context, id string) (*spectron.Instruction, error) {
			return c.Instructions().Get(ctx, id)
		}, func(i *spectron.Instruction) string { return fmt.Sprint(i.ID, i.Scopes, i.Active) }, spectron.KindInstruction)},
		"Uncertainties.Get": {reads: gets(func(c *spectron.Context, ctx context.Context, id string) (*spectron.Uncertainty, error) {
			return c.Uncertainties().Get(ctx, id)
		}, func(u *spectron.Uncertainty) string { return fmt.Sprint(u.ID, u.Scopes, !u.Resolved) }, leakUncertainty)},
		"Instructions.List": {reads: lists(func(c *spectron.Context, ctx context.Context, live, ended bool, r spectron.PageRequest) (spectron.Page[spectron.Instruction], error) {
			return c.Instructions().List(ctx, spectron.InstructionQuery{Active: live, Ended: ended, Cursor: r.Cursor, Limit: r.Limit, Offset: r.Offset, WithTotal: r.WithTotal})
		}, func(i spectron.Instruction) string { return i.ID }, spectron.KindInstruction)},
		"Uncertainties.List": {reads: lists(func(c *spectron.Context, ctx context.Context, live, ended bool, r spectron.PageRequest) (spectron.Page[spectron.Uncertainty], error) {
			return c.Uncertainties().List(ctx, spectron.UncertaintyQuery{Open: live, Resolved: ended, Cursor: r.Cursor, Limit: r.Limit, Offset: r.Offset, WithTotal: r.WithTotal})
		}, func(u spectron.Uncertainty) string { return u.ID }, leakUncertainty)},
		"Context.Traces": {why: notData}, "Traces.All": {why: allPages}, "Traces.List": {reads: tracePages},
		"Traces.Stats": {why: leakQuestions}, "Memory.Audit": {why: leakQuestions}, "Memory.AuditAll": {why: allPages},
		"Traces.Get": {reads: gets(func(c *spectron.Context, ctx context.Context, id string) (*spectron.TraceRecord, error) {
			return c.Traces().Get(ctx, id)
		}, func(d *spectron.TraceRecord) string { return fmt.Sprint(d.ID, d.Scopes, true) }, leakTrace)},
		"Facts.Close": {writes: edits(func(c *spectron.Context, ctx context.Context, id string) error {
			return c.Facts().Close(ctx, id, "said so")
		},
			spectron.KindAttribute, spectron.KindRelation)},
		"Facts.Correct": {writes: edits(func(c *spectron.Context, ctx context.Context, id string) error {
			return second(c.Facts().Correct(ctx, id, "corrected"))
		}, spectron.KindAttribute, spectron.KindRelation)},
		"Memory.Forget": {reads: memoryForgetReads, writes: memoryForgetWrites},
		"Facts.Pin": {writes: edits(func(c *spectron.Context, ctx context.Context, id string) error { return c.Facts().Pin(ctx, id, true) },
			spectron.KindAttribute, spectron.KindRelation)},
		"Instructions.Revoke": {writes: edits(func(c *spectron.Context, ctx context.Context, id string) error {
			return c.Instructions().Revoke(ctx, id)
		},
			spectron.KindInstruction)},
		"Uncertainties.Resolve": {writes: edits(func(c *spectron.Context, ctx context.Context, id string) error {
			return c.Uncertainties().Resolve(ctx, id, "settled")
		}, leakUncertainty)},
		"Entities.Delete": {writes: entityWrites(false)}, "Entities.Merge": {writes: entityWrites(true)},
		"ScopeTree.List": {reads: scopeReads}, "ScopeTree.Register": {writes: registerWrites}, "ScopeTree.Tombstone": {writes: tombstoneWrites},
		"ScopeTree.Forget": {writes: forgetWrites},
		"Principals.Get":   {reads: principalReads}, "Principals.List": {reads: principalPages}, "Principals.Effective": {reads: effectiveReads},
		"Principals.Create": {writes: principalWrites("Create")}, "Principals.Rename": {writes: principalWrites("Rename")}, "Principals.Delete": {writes: principalWrites("Delete")},
		"Principals.Grant": {writes: principalWrites("Grant")}, "Principals.Revoke": {writes: principalWrites("Revoke")},
		"Ontologies.Get": {reads: ontologyReads("Get")}, "Ontologies.Versions": {reads: ontologyReads("Versions")},
		"Ontologies.Put": {writes: ontologyWrites("Put")}, "Ontologies.Delete": {writes: ontologyWrites("Delete")},
		"Keys.Get": {reads: keyReads}, "Keys.List": {reads: keyPages},
		"Keys.Create": {writes: keyWrites("Create")}, "Keys.IssueAccessToken": {writes: keyWrites("IssueAccessToken")}, "Keys.Rotate": {writes: keyWrites("Rotate")},
		"Keys.RotateFor": {writes: keyWrites("RotateFor")}, "Keys.Revoke": {writes: keyWrites("Revoke")},
		"Manager.Format": {why: notData}, "Manager.Authenticate": {why: notData}, "Manager.AuthenticateManager": {why: notData}, "Manager.ManagementKeys": {why: notData},
		"Manager.Backup": {why: operators}, "Manager.Compact": {why: operators}, "Manager.Close": {why: operators}, "Manager.Context": {why: controlPlane}, "Manager.CreateContext": {why: controlPlane},
		"Manager.DeleteContext": {why: controlPlane}, "Manager.Memory": {why: operators}, "Manager.EnsureContext": {why: controlPlane}, "Manager.Events": {why: controlPlane}, "Manager.ExportContext": {why: operators},
		"Manager.Health": {why: controlPlane}, "Manager.ImportContext": {why: operators}, "Manager.ListContexts": {why: controlPlane}, "Manager.ContextInfo": {why: controlPlane}, "Manager.Migrations": {why: controlPlane},
		"Manager.PatchContext": {why: controlPlane}, "Manager.ReembedContext": {why: operators}, "ManagementKeys.Bootstrap": {why: controlPlane}, "ManagementKeys.Create": {why: controlPlane},
		"Admin.Format": {why: notData}, "Admin.ManagementKeys": {why: notData}, "Admin.AllEvents": {why: allPages}, "Admin.AllContexts": {why: allPages},
		"Admin.Context": {why: controlPlane}, "Admin.CreateContext": {why: controlPlane}, "Admin.EnsureContext": {why: controlPlane}, "Admin.DeleteContext": {why: controlPlane},
		"Admin.ContextInfo": {why: controlPlane}, "Admin.ListContexts": {why: controlPlane}, "Admin.PatchContext": {why: controlPlane}, "Admin.Events": {why: controlPlane},
		"Admin.Health": {why: controlPlane}, "Admin.Migrations": {why: controlPlane}, "ContextAdmin.Info": {why: controlPlane},
		"ContextAdmin.Lifecycle": {why: notData}, "AdminLifecycle.Prune": {why: asContext}, "AdminLifecycle.Reindex": {why: asContext}, "ContextAdmin.Jobs": {why: notData}, "ContextAdmin.ID": {why: notData}, "ContextAdmin.Keys": {why: notData}, "ContextAdmin.Principals": {why: notData}, "ContextAdmin.Scopes": {why: notData},
		"ContextAdmin.Ontology": {why: notData}, "ContextAdmin.AllEvents": {why: allPages}, "ContextAdmin.Events": {why: asContext}, "ContextAdmin.Usage": {why: asContext}, "ContextAdmin.WhoAmI": {why: asContext},
		"ScopeRegistry.All": {why: allPages}, "ScopeRegistry.List": {why: asContext}, "ScopeRegistry.Register": {why: asContext}, "ScopeRegistry.Tombstone": {why: asContext},
		"ManagementKeys.List": {why: controlPlane}, "ManagementKeys.Revoke": {why: controlPlane}, "ManagementKeys.Rotate": {why: controlPlane},
	}
}

// TestLeakMethods compares the table with the existing methods.
func TestLeakMethods(t *testing.T) {
	t.Parallel()
	table, there := leakMethods(), map[string]bool{}
	handles := []reflect.Type{reflect.TypeFor[*spectron.Manager](), reflect.TypeFor[*spectron.Context]()}
	for i := 0; i < len(handles); i++ {
		for j := range handles[i].NumMethod() {
			m := handles[i].Method(j)
			there[handles[i].Elem().Name()+"."+m.Name] = true
			for k := range m.Type.NumOut() {
				// A handle has methods that take a context. A result has none.
				out := m.Type.Out(k)
				if out.Kind() == reflect.Pointer && !slices.Contains(handles, out) && takesContext(out) {
					handles = append(handles, out)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(there)) {
		entry, ok := table[name]
		switch {
		case !ok:
			t.Errorf(`%s is not in leakMethods. Say there how it is kept from leaking: with reads, when it returns anything of what is
stored (give calls of it for every kind of answer, and let want say by brute force what each caller gets); with writes, when
it changes anything (want says who is refused); and only when it does neither, with why.`, name)
		case (entry.reads != nil || entry.writes != nil) == (entry.why != ""):
			t.Errorf("%s: leakMethods has calls or a reason, and not both", name)
		}
	}
	for name := range table {
		if !there[name] {
			t.Errorf("leakMethods has %s, which is no method of a handle: take it out", name)
		}
	}
	if len(handles) < 7 || len(there) < 45 {
		t.Errorf("only %d handles and %d methods were found", len(handles), len(there))
	}
}

func takesContext(t reflect.Type) bool {
	for i := range t.NumMethod() {
		if m := t.Method(i).Type; m.NumIn() > 1 && m.In(1) == reflect.TypeFor[context.Context]() {
			return true
		}
	}
	return t == reflect.TypeFor[*spectron.Memory]()
}

// leakCalls generates calls of all methods, by name: at most the given number of each, and more of some.
func (w *leakWorld) leakCalls(random *rand.Rand, most int, of func(leakMethod) func(*leakWorld, *rand.Rand) []leakCall) map[string][]leakCall {
	out := map[string][]leakCall{}
	table := leakMethods()
	for _, name := range slices.Sorted(maps.Keys(table)) { // sorted, so that the random numbers are used in the same order
		if generate := of(table[name]); generate != nil {
			calls := generate(w, random)
			random.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
			switch name {
			case "Memory.Recall", "Sessions.Get", "Sessions.Turns": // these are fast
				calls = calls[:min(len(calls), 8*most)]
			case "Memory.Remember", "Memory.RememberMany": // few of these are allowed
				calls = calls[:min(len(calls), 4*most)]
			default:
				calls = calls[:min(len(calls), most)]
			}
			out[name] = calls
		}
	}
	return out
}

func readsOf(m leakMethod) func(*leakWorld, *rand.Rand) []leakCall  { return m.reads }
func writesOf(m leakMethod) func(*leakWorld, *rand.Rand) []leakCall { return m.writes }

// reading returns a call of a reading method.
func reading[T any](said string, do func(context.Context, *spectron.Context) (T, error), lines func(T) []string, want func(leakCaller) ([]string, *spectron.Error)) leakCall {
	return leakCall{said: said, want: want, reads: true, do: func(c *spectron.Context) (any, []string, error) {
		out, err := do(context.Background(), c)
		if err != nil {
			return out, nil, err
		}
		all := lines(out)
		slices.Sort(all)
		return out, all, nil
	}}
}
