package record

import "time"

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
	Model      string   // provider and name
	Principal  string   // as in Retrieval
	Behalf     string
	Key        string
	Region     []string
}
