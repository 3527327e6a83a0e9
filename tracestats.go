package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/tracing"
)

// TraceStatsRequest selects the traces to count: those created from Since to Until, both included. Zero: from 24 hours before Until; until now. At
// most 366 days.
type TraceStatsRequest struct {
	Since, Until time.Time
}

// TraceStats counts the traces that the caller may see.
type TraceStats struct {
	WindowHours    float64       `json:"windowHours"`
	TotalQueries   int           `json:"totalQueries"` // traces of questions
	AvgLatency     time.Duration `json:"avgLatencyNs"` // of questions, in nanoseconds in JSON
	CacheHits      int           `json:"cacheHits"`    // answers that the cache gave
	CacheHitRate   float64       `json:"cacheHitRate"` // their share of all answers
	ResponseTraces int           `json:"responseTracesTotal"`
	// ResponseTracesCached is the number of the answers that were given again, without asking a model: the same as CacheHits.
	ResponseTracesCached int                `json:"responseTracesCached"`
	TierCounts           TierCounts         `json:"tierCounts"` // of questions
	Contradiction        ContradictionStats `json:"contradiction"`
	Retrieval            RetrievalStats     `json:"retrieval"`
	Supersession         SupersessionStats  `json:"supersession"`
	// SourceKinds says how often questions returned records of each kind of source.
	SourceKinds []SourceKindCount `json:"sourceKindDistribution"`
	// Dropped is the number of traces of questions and answers that this process did not store since it loaded the Context, because it noted
	// more than it could store. Only callers that may read everything get it.
	Dropped int `json:"dropped,omitempty"`
}

// TierCounts counts questions by tier.
type TierCounts struct {
	Direct      int `json:"direct"`
	Hybrid      int `json:"hybrid"`
	FullContext int `json:"fullContext"`
}

// ContradictionStats counts the writes that left something uncertain.
type ContradictionStats struct {
	Reconciliations int     `json:"reconciliations"`   // traces of writes
	Contradictions  int     `json:"contradictions"`    // those that flagged an uncertainty
	Rate            float64 `json:"contradictionRate"` // their share
}

// RetrievalStats has the numbers of candidates of questions.
type RetrievalStats struct {
	Traces          int     `json:"traces"`
	AvgCandidateSet float64 `json:"avgCandidateSet"`
	MaxCandidateSet int     `json:"maxCandidateSet"`
}

// SupersessionStats counts facts and instructions that gave way to others.
type SupersessionStats struct {
	Events         int     `json:"supersessionEvents"`
	Entities       int     `json:"entitiesChurned"` // entities with such facts
	ChurnPerEntity float64 `json:"churnPerEntity"`  // events per entity
}

// SourceKindCount is a number of records with a kind of source.
type SourceKindCount struct {
	Kind  SourceKind `json:"kind"`
	Count int        `json:"count"`
}

// Stats counts the traces of a time that the caller may see; others have no influence. Codes: CodeInvalid names the field.
func (t *Traces) Stats(ctx context.Context, req TraceStatsRequest) (*TraceStats, error) {
	return callMemory(ctx, t.context, "trace stats", func(ctx context.Context, by *gate.Call) (*TraceStats, error) {
		return one(newTraceStats)(tracing.Count(ctx, by, req.Since, req.Until))
	})
}

func newTraceStats(s tracing.Stats) TraceStats {
	return TraceStats{
		WindowHours: s.Until.Sub(s.Since).Hours(), TotalQueries: s.Questions, AvgLatency: s.Latency, CacheHits: s.Cached, CacheHitRate: ratio(s.Cached, s.Answers),
		ResponseTraces: s.Answers, ResponseTracesCached: s.Cached,
		TierCounts:    TierCounts{s.Tiers[string(TierDirect)], s.Tiers[string(TierHybrid)], s.Tiers[string(TierFullContext)]},
		Contradiction: ContradictionStats{s.Writes, s.Contradicted, ratio(s.Contradicted, s.Writes)},
		Retrieval:     RetrievalStats{s.Questions, ratio(s.Candidates, s.Questions), s.Largest},
		Supersession:  SupersessionStats{s.Superseded, s.Entities, ratio(s.Superseded, s.Entities)},
		SourceKinds:   append([]SourceKindCount{}, each(s.Sources, func(c tracing.SourceCount) SourceKindCount { return SourceKindCount{SourceKind(c.Kind), c.Count} })...),
		Dropped:       s.Dropped,
	}
}

// ratio returns part/whole; 0 of nothing.
func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
