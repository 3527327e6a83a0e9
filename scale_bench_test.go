//go:build unix

package spectron_test

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// Benchmarks of costs that must not grow with the number of tenants of a Context, or with the length of a conversation. They report
// processor time, including that of the database, which runs in this process. Compare only figures of one run.

// cpu returns the processor time of this process so far.
func cpu(b *testing.B) time.Duration {
	var usage syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// measure repeats work, and reports its processor time per iteration.
func measure(b *testing.B, work func(i int)) {
	quiet(b)
	began, i := cpu(b), 0
	for b.Loop() {
		work(i)
		i++
	}
	report(b, cpu(b)-began, i)
}

// quiet collects garbage, so that the collection of earlier garbage is not measured. For a large heap it takes longer than many calls.
func quiet(b *testing.B) {
	runtime.GC()
	before := debug.SetGCPercent(-1)
	limit := debug.SetMemoryLimit(heap() + 2<<30)
	b.Cleanup(func() {
		debug.SetGCPercent(before)
		debug.SetMemoryLimit(limit)
	})
}

func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}

func report(b *testing.B, spent time.Duration, times int) {
	b.ReportMetric(float64(spent.Nanoseconds())/1000/float64(times), "cpu-µs/op")
}

// tenants is a Context that many tenants have used, each with a scope of its own.
type tenants struct {
	manager *spectron.Manager
	context *spectron.Context
	count   int
	callers []*spectron.Context // handles of some tenants, with keys that reach only their scopes
}

func tenantScope(i int) string { return fmt.Sprintf("tenant/t%06d", i) }

// tenantText is what a tenant says: facts about himself, a fact about another person, an instruction, and a statement that gives an
// uncertainty.
const tenantText = "My name is Tom Hale. I like tea. I work at Initech. Zoe Park works at Globex. Always answer in French. I live in Paris. I live in Rome."

// newTenants creates the given number of tenants.
func newTenants(b *testing.B, mgr *spectron.Manager, count int) *tenants {
	b.Helper()
	ctx := context.Background()
	w := &tenants{manager: mgr, context: ensure(b, mgr)}
	for range count {
		w.add(b)
	}
	const callers = 16
	for i := range min(count, callers) {
		scope := tenantScope(i * count / min(count, callers))
		key, err := w.context.Keys().Create(ctx, spectron.KeySpec{Name: fmt.Sprint("tenant", i), Principal: spectron.Agent, ScopeFloor: scope})
		require.NoError(b, err)
		caller, err := mgr.Authenticate(ctx, key.Secret)
		require.NoError(b, err)
		w.callers = append(w.callers, caller)
	}
	return w
}

// add creates one more tenant.
func (w *tenants) add(b *testing.B) {
	_, err := w.context.Memory().Remember(context.Background(), spectron.RememberRequest{Text: tenantText, Scopes: spectron.Scopes{{tenantScope(w.count)}}})
	require.NoError(b, err)
	w.count++
}

// caller returns the memory of one of the tenants' handles.
func (w *tenants) caller(i int) *spectron.Memory { return w.callers[i%len(w.callers)].Memory() }

// BenchmarkTenants asks and writes for one of the given number of tenants, who have all said the same. "hidden" asks for a person whom all
// other tenants know, "nobody" for one whom none knows.
func BenchmarkTenants(b *testing.B) {
	sizes := []int{1, 100, 1000, 5000}
	if testsize.Long() {
		sizes = []int{1, 100, 1000, 10_000, 50_000}
	}
	for _, store := range stores[:2] {
		for _, size := range sizes {
			if store.name == "file" && size != 1 && size != 1000 {
				continue
			}
			b.Run(fmt.Sprintf("%s/%d", store.name, size), func(b *testing.B) { benchmarkTenants(b, store.open, size) })
		}
	}
}

func benchmarkTenants(b *testing.B, open func(*testing.B) *spectron.Manager, size int) {
	ctx := context.Background()
	world := sync.OnceValue(func() *tenants { return newTenants(b, open(b), size) })
	ask := func(question string, tier spectron.Tier, hits int) func(*testing.B) {
		return func(b *testing.B) {
			w := world()
			measure(b, func(i int) {
				got, err := w.caller(i).Recall(ctx, spectron.RecallRequest{Query: question})
				require.NoError(b, err)
				require.Equal(b, tier, got.Tier)
				require.GreaterOrEqual(b, len(got.Hits), hits)
			})
		}
	}
	b.Run("ask-direct", ask("What do I like?", spectron.TierDirect, 1))
	b.Run("ask-searched", ask("What do I work on at Initech?", spectron.TierHybrid, 1))
	b.Run("ask-order", ask("Which language should be used to answer me?", spectron.TierHybrid, 1))
	b.Run("ask-lens", func(b *testing.B) {
		w := world()
		measure(b, func(i int) {
			got, err := w.context.Memory().Recall(ctx, spectron.RecallRequest{
				Query: "What do I like?", Lens: spectron.Scopes{{tenantScope(i * 7 % size)}},
			})
			require.NoError(b, err)
			require.NotEmpty(b, got.Hits)
		})
	})
	// A tenant who has said nothing asks for the person whom all others know.
	stranger := func(question string) func(*testing.B) {
		return func(b *testing.B) {
			w := world()
			key, err := w.context.Keys().Create(ctx, spectron.KeySpec{Name: question, Principal: spectron.Agent, ScopeFloor: "stranger"})
			require.NoError(b, err)
			caller, err := w.manager.Authenticate(ctx, key.Secret)
			require.NoError(b, err)
			measure(b, func(int) {
				got, err := caller.Memory().Recall(ctx, spectron.RecallRequest{Query: question})
				require.NoError(b, err)
				require.Empty(b, got.Hits)
			})
		}
	}
	b.Run("ask-hidden", stranger("Where does Zoe Park work?"))
	b.Run("ask-nobody", stranger("Where does Zed Quark work?"))
	write := func(text string) func(*testing.B) {
		return func(b *testing.B) {
			w := world()
			measure(b, func(i int) {
				_, err := w.caller(i).Remember(ctx, spectron.RememberRequest{Text: text})
				require.NoError(b, err)
			})
		}
	}
	b.Run("write", write("I like tea."))
	b.Run("write-order", write("Always answer in French."))
	b.Run("write-settling", write("I live in Rome."))
	b.Run("write-new", func(b *testing.B) {
		w := world()
		measure(b, func(int) {
			_, err := w.context.Memory().Remember(ctx, spectron.RememberRequest{Text: "I like tea.", Scopes: spectron.Scopes{{tenantScope(w.count)}}})
			require.NoError(b, err)
			w.count++
		})
	})
}

// conversations has the kinds of conversations, with a function for message i.
var conversations = []struct {
	name string
	say  func(i int) string
}{
	{"people", func(i int) string { return fmt.Sprintf("%s works at %s.", person(i), company(i)) }},
	{"likes", func(i int) string { return fmt.Sprintf("I like %s.", noun(i)) }},
	{"mixed", func(i int) string {
		switch about := noun(i); i % 4 {
		case 0:
			return fmt.Sprintf("My favourite %s is tea.", about)
		case 1:
			return fmt.Sprintf("Always use %s for code.", about)
		case 2:
			return fmt.Sprintf("My favourite %s is tea. My favourite %s is milk.", about, about) // which gives an uncertainty
		default:
			return fmt.Sprintf("%s lives in Paris.", person(i))
		}
	}},
}

var syllables = []string{"ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "tu", "va", "ze", "ki", "so", "ha", "re"}

// noun returns a unique word for each number.
func noun(i int) string {
	out := ""
	for range 4 {
		out += syllables[i%len(syllables)]
		i /= len(syllables)
	}
	return out + "n"
}

func person(i int) string  { return "Anna " + title(noun(i)) }
func company(i int) string { return title(noun(i*31+7)) + " Inc" }

func title(s string) string { return string(s[0]-'a'+'A') + s[1:] }

// BenchmarkConversation remembers conversations of the given number of messages, one per call, in an empty Context. The time is that of one
// message.
func BenchmarkConversation(b *testing.B) {
	for _, talk := range conversations {
		for _, infer := range []spectron.Infer{spectron.InferPreview, spectron.InferFull} {
			for _, size := range []int{200, 1600, 6400} {
				b.Run(fmt.Sprintf("%s/%s/%d", talk.name, infer, size), func(b *testing.B) {
					texts := make([]string, size)
					for i := range texts {
						texts[i] = talk.say(i)
					}
					mgr := openStore(b, "mem://", nil)
					messages := conversation(texts)
					var spent time.Duration
					contexts := 0
					for b.Loop() {
						b.StopTimer()
						contexts++
						c, err := mgr.CreateContext(context.Background(), fmt.Sprint("c", contexts), spectron.ContextSpec{})
						require.NoError(b, err)
						b.StartTimer()
						began := cpu(b)
						_, err = c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{Messages: messages, Infer: infer})
						require.NoError(b, err)
						spent += cpu(b) - began
					}
					report(b, spent, size*contexts)
				})
			}
		}
	}
}
