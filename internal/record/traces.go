package record

import (
	"slices"
	"time"
)

// Retrieval is the trace of a question: what was asked, and what was found.
type Retrieval struct {
	ID         string // "retrieval_trace:…"; "": the question leaves no trace
	At         time.Time
	Text       string // the question
	Mode       string // as requested; "": the library chose
	Session    string // the session that the question was limited to; "": none
	Lens       ScopeSet
	Tier       string
	Reason     string // why this tier
	Latency    time.Duration
	Confident  bool
	Candidates int // rows that the caller may read and that were compared
	Hits       []Returned
	Principal  string   // principal of the caller
	Behalf     string   // principal that the caller acted for; "": none
	Key        string   // key of the caller; "" for the operator
	Region     []string // patterns of what the caller could read
}

// Returned is a hit of a retrieval. A hit of several turns has the row of the best one.
type Returned struct {
	ID        string
	Score     float64
	Relevance float64
	Signals   Signals
}

// Signals splits a score into the contribution of each signal. All are 0 for hits that were read from the graph.
type Signals struct {
	Words, Neighbours, Speaker, Dates, Questions, Verbosity, Facts, Vectors, Prior float64
}

// The sources of responses.
const (
	ResponseChat    = "chat"
	ResponseReflect = "reflect"
)

// Response is the trace of an answer that a model wrote.
type Response struct {
	ID         string // "response_trace:…"; "": the answer leaves no trace
	At         time.Time
	Source     string // ResponseChat or ResponseReflect
	Session    string // "": none
	Message    string // what the user said
	Text       string // the answer
	Latency    time.Duration
	Cached     bool
	ReusedFrom string   // id of the trace of the answer that was used again; "": none
	Retrievals []string // ids of the traces of its questions
	Cited      []string // ids of the rows that the answer cites
	Given      []string // ids of the other rows that the model was given; those of Retrievals need not be listed
	Model      string   // provider and name
	Spent      Tokens
	Principal  string // as in Retrieval
	Behalf     string
	Key        string
	Region     []string
}

// Tokens are the numbers of tokens that a model read and wrote.
type Tokens struct{ In, Out int }

// Noted is what lists of traces, and their erasure, need to know of a Retrieval or a Response.
type Noted struct {
	ID         string
	At         time.Time
	Session    string
	Lens       ScopeSet
	Touched    []string // ids of all rows that it found, cites or may quote
	Tier       string   // of a Retrieval
	Candidates int
	Latency    time.Duration
	Cached     bool // of a Response
	Model      string
	Principal  string
	Behalf     string
	Key        string
	Region     []string
}

// Noted returns what lists need to know of r.
func (r *Retrieval) Noted() Noted {
	n := Noted{
		ID: r.ID, At: r.At, Session: r.Session, Lens: r.Lens, Touched: make([]string, len(r.Hits)), Tier: r.Tier, Candidates: r.Candidates,
		Latency: r.Latency, Principal: r.Principal, Behalf: r.Behalf, Key: r.Key, Region: r.Region,
	}
	for i := range r.Hits {
		n.Touched[i] = r.Hits[i].ID
	}
	return n
}

// Noted returns what lists need to know of r.
func (r *Response) Noted() Noted {
	return Noted{
		ID: r.ID, At: r.At, Session: r.Session, Touched: slices.Concat(r.Cited, r.Given), Latency: r.Latency, Cached: r.Cached, Model: r.Model,
		Principal: r.Principal, Behalf: r.Behalf, Key: r.Key, Region: r.Region,
	}
}

// Touches returns the number of records that a write touched.
func (d *Decision) Touches() int {
	return len(d.Turns) + len(d.Created) + len(d.Superseded) + len(d.Closed) + len(d.Amended) + len(d.Reinforced) + len(d.Flagged) + len(d.Resolved)
}

// Trace is a trace of one of the kinds; exactly one of the pointers is set.
type Trace struct {
	Decision  *Decision
	Retrieval *Retrieval
	Response  *Response
}
