package evaluate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// Config is a way to ask a question. Edit changes the request, such as its Mode. A nil Edit changes nothing.
type Config struct {
	Name string
	Edit func(*spectron.RecallRequest)
}

// The names of the configurations that Configs returns.
const (
	ConfigDefault  = "default"
	ConfigHybrid   = "hybrid"
	ConfigBM25     = "bm25"
	ConfigVector   = "vector"
	ConfigExcerpts = "excerpts" // the default, with excerpts of long hits
	ConfigSession  = "session"  // one hit per session
)

// Configs returns the standard configurations: the default, hybrid search without the graph, words alone, vectors alone,
// excerpts, one hit per session, and hybrid search without each of its signals, named "-neighbours" and so on.
func Configs() []Config {
	mode := func(m spectron.Mode) func(*spectron.RecallRequest) {
		return func(r *spectron.RecallRequest) { r.Mode = m }
	}
	configs := []Config{
		{Name: ConfigDefault},
		{Name: ConfigHybrid, Edit: mode(spectron.ModeHybrid)},
		{Name: ConfigBM25, Edit: mode(spectron.ModeBM25)},
		{Name: ConfigVector, Edit: mode(spectron.ModeVector)},
		{Name: ConfigExcerpts, Edit: func(r *spectron.RecallRequest) { r.Excerpts = true }},
		{Name: ConfigSession, Edit: func(r *spectron.RecallRequest) { r.GroupBy = spectron.GroupBySession }},
	}
	for _, s := range spectron.Signals() {
		configs = append(configs, Config{Name: "-" + string(s), Edit: func(r *spectron.RecallRequest) {
			r.Mode, r.Without = spectron.ModeHybrid, []spectron.Signal{s}
		}})
	}
	return configs
}

// Options configures Run. A nil pointer and the zero value work.
type Options struct {
	// Store stores the conversations, each in its own Context, which is deleted at the end. nil: a store in memory. Its clock
	// follows the conversation, and questions are asked at their AskedAt.
	Store *spectron.Manager
	// Spectron has the options of the store in memory, such as an embedder; nil: the defaults. It cannot be combined with Store.
	// A Clock in it is used as it is.
	Spectron *spectron.Options
	// Configs are the configurations to compare, each with the first; empty: Configs().
	Configs []Config
	// Infer selects how conversations are remembered: InferNone ("") stores only the words, InferFull also extracts facts.
	Infer spectron.Infer
	// K is the number of hits to ask for; 0: 10.
	K int
}

// Report is the result of a run.
type Report struct {
	K       int
	Results []Result // one per configuration, in their order
	// Ingest and Ask are the durations of remembering and asking, for information.
	Ingest, Ask time.Duration
}

// Result has the outcomes of one configuration.
type Result struct {
	Config   string
	Outcomes []Outcome // one per question, in the order of asking
}

// Run remembers the conversations of a set and asks their questions with each configuration.
//
// It returns the errors of Check, and those of the spectron methods that it calls. For invalid options the Field is
// "Options.Configs" or "Options.Store".
func Run(ctx context.Context, set *Set, opts *Options) (report *Report, err error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	if err := o.complete(); err != nil {
		return nil, err
	}
	if err := set.Check(); err != nil {
		return nil, err
	}
	r := &runner{opts: o, mgr: o.Store, report: &Report{K: o.K}}
	for _, c := range o.Configs {
		r.report.Results = append(r.report.Results, Result{Config: c.Name})
	}
	if r.mgr == nil {
		if err := r.open(ctx); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, r.mgr.Close(context.WithoutCancel(ctx))) }()
	}
	for i := range set.Conversations {
		if err := r.conversation(ctx, i, &set.Conversations[i]); err != nil {
			return nil, fmt.Errorf("conversation %q: %w", set.Conversations[i].ID, err)
		}
	}
	return r.report, nil
}

const opRun = "run evaluation"

// complete fills in the defaults and validates the options.
func (o *Options) complete() error {
	if o.K == 0 {
		o.K = 10
	}
	if len(o.Configs) == 0 {
		o.Configs = Configs()
	}
	if o.Infer == "" {
		o.Infer = spectron.InferNone
	}
	if o.Store != nil && o.Spectron != nil {
		return &spectron.Error{Op: opRun, Code: spectron.CodeInvalid, Field: "Options.Store", Detail: "cannot be combined with Options.Spectron"}
	}
	names := map[string]bool{}
	for _, c := range o.Configs {
		if c.Name == "" || names[c.Name] {
			return &spectron.Error{Op: opRun, Code: spectron.CodeInvalid, Field: "Options.Configs", Detail: fmt.Sprintf("the name %q is empty or given twice", c.Name)}
		}
		names[c.Name] = true
	}
	return nil
}

// runner is the state of a run.
type runner struct {
	opts   Options
	mgr    *spectron.Manager
	clock  *spectrontest.Clock // nil if the store has its own clock
	report *Report
}

// open opens a store in memory.
func (r *runner) open(ctx context.Context) (err error) {
	var o spectron.Options
	if r.opts.Spectron != nil {
		o = *r.opts.Spectron
	}
	if o.Clock == nil {
		r.clock = spectrontest.NewClock()
		o.Clock = r.clock.Now
	}
	r.mgr, err = spectron.Open(ctx, "mem://", &o)
	return err
}

// remembered is a conversation in a store.
type remembered struct {
	context   *spectron.Context
	turns     map[string]*Turn  // by id in the store
	sessionOf map[string]string // id of a turn in the data set: id of its session there
	sessions  map[string]string // id in the data set: id in the store
	last      time.Time         // when the last turn was said
}

func (r *runner) conversation(ctx context.Context, i int, c *Conversation) (err error) {
	started := time.Now()
	id := fmt.Sprintf("evaluate-%d", i+1)
	r.setClock(c.Sessions[0].Turns[0].SpokenAt)
	handle, err := r.mgr.CreateContext(ctx, id, spectron.ContextSpec{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.mgr.DeleteContext(context.WithoutCancel(ctx), id)) }()
	in, err := r.remember(ctx, handle, c)
	if err != nil {
		return err
	}
	r.report.Ingest += time.Since(started)
	started = time.Now()
	questions := make([]*Question, len(c.Questions))
	for i := range c.Questions {
		questions[i] = &c.Questions[i]
	}
	askedAt := func(q *Question) time.Time {
		if q.AskedAt.IsZero() {
			return in.last.AddDate(0, 0, 1)
		}
		return q.AskedAt
	}
	// The clock of a Context never goes back.
	slices.SortStableFunc(questions, func(a, b *Question) int { return askedAt(a).Compare(askedAt(b)) })
	for _, q := range questions {
		r.setClock(askedAt(q))
		for i, config := range r.opts.Configs {
			o, err := r.ask(ctx, c, q, in, config)
			if err != nil {
				return fmt.Errorf("question %q with %s: %w", q.ID, config.Name, err)
			}
			r.report.Results[i].Outcomes = append(r.report.Results[i].Outcomes, *o)
		}
	}
	r.report.Ask += time.Since(started)
	return nil
}

func (r *runner) setClock(t time.Time) {
	if r.clock != nil {
		r.clock.Set(t)
	}
}

// batch is the number of messages per write.
const batch = 1000

func (r *runner) remember(ctx context.Context, handle *spectron.Context, c *Conversation) (*remembered, error) {
	in := &remembered{context: handle, turns: map[string]*Turn{}, sessionOf: map[string]string{}, sessions: map[string]string{}}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, err
	}
	for _, s := range c.Sessions {
		req := spectron.RememberManyRequest{Infer: r.opts.Infer}
		if s.Scope != "" {
			req.Scopes = spectron.Scopes{{s.Scope}}
		}
		for turns := range slices.Chunk(s.Turns, batch) {
			req.Messages = nil
			for _, t := range turns {
				req.Messages = append(req.Messages, spectron.Message{Role: t.Role, Content: t.Text, At: t.SpokenAt.In(zone), Speaker: t.Speaker})
				if t.SpokenAt.After(in.last) {
					in.last = t.SpokenAt
				}
			}
			r.setClock(in.last)
			out, err := handle.Memory().RememberMany(ctx, req)
			if err != nil {
				return nil, fmt.Errorf("session %q: %w", s.ID, err)
			}
			for i := range turns {
				t := &turns[i]
				in.turns[out.TurnIDs[i]], in.sessionOf[t.ID] = t, s.ID
			}
			req.SessionID, in.sessions[s.ID] = out.SessionID, out.SessionID
		}
	}
	return in, nil
}

func (r *runner) ask(ctx context.Context, c *Conversation, q *Question, in *remembered, config Config) (*Outcome, error) {
	req := spectron.RecallRequest{Query: q.Text, K: r.opts.K, SessionID: in.sessions[q.Session]}
	if q.Scope != "" {
		req.Lens = spectron.Scopes{{q.Scope}}
	}
	if config.Edit != nil {
		config.Edit(&req)
	}
	answer, err := in.context.Memory().Recall(ctx, req)
	if err != nil {
		return nil, err
	}
	o := &Outcome{
		Conversation: c.ID, Question: q.ID, Kind: q.Kind, Manner: c.Manner, Half: q.half(c), Unanswerable: q.Unanswerable,
		Hits: len(answer.Hits), Confident: confident(answer),
	}
	hits := make([][]found, 0, r.opts.K)
	size := 0
	for _, h := range answer.Hits[:min(r.opts.K, len(answer.Hits))] {
		var turns []found
		for _, shown := range turnsOf(h) {
			if t, ok := in.turns[shown.ID]; ok {
				turns = append(turns, found{t.ID, !h.Partial || q.told(t, shown.Text)})
			}
		}
		hits = append(hits, turns)
		o.Relevance = max(o.Relevance, h.Relevance)
		size += len(h.Text)
	}
	o.Tokens = (size + 3) / 4
	o.judge(q.Evidence, hits, in.sessionOf)
	return o, nil
}

// half returns the half that a question of c belongs to.
func (q *Question) half(c *Conversation) Half {
	for _, h := range []Half{q.Half, c.Half} {
		if h != "" {
			return h
		}
	}
	return Tune
}
