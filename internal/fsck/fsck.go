// Package fsck checks what a Context has stored: entities that look like one, values that contradict each other, texts that look like prompt
// injections, rows that nobody can read, references to rows that do not exist, and rows that differ from their copies in memory. It repairs the
// last two.
//
// The decisions are pure: duplicates.go and names.go, contradictions.go, injections.go, links.go, compare.go. visible.go and stored.go read what
// they decide on, page by page. confirm.go reads again what seems to be wrong, because the pages are of different times, and repairs it.
package fsck

import (
	"context"
	"math"
	"slices"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// The checks. Lifecycle.Fsck of package spectron documents them.
const (
	CheckDuplicates     = "duplicates"
	CheckContradictions = "contradictions"
	CheckInjection      = "injection"
	CheckUnscoped       = "unscoped"
	CheckDangling       = "dangling"
	CheckIndex          = "index"
)

// checks lists the checks.
func checks() []string {
	return []string{CheckDuplicates, CheckContradictions, CheckInjection, CheckUnscoped, CheckDangling, CheckIndex}
}

const (
	// defaultThreshold is the similarity of names from which on entities are duplicates.
	defaultThreshold = 0.9
	defaultResults   = 100
	maxResults       = 1000
	// page is the number of rows that are read at a time.
	page = 1000
)

// Request asks for a check. FsckRequest of package spectron documents the fields.
type Request struct {
	Check     string // "": all that the caller may ask for
	Threshold float64
	Most      int // findings of a kind
	Repair    bool
	Lens      [][]string
}

// Report has the findings.
type Report struct {
	Total          int // number of all findings, also of those that are left out
	Duplicates     []Duplicate
	Contradictions []Contradiction
	Injections     []Injection
	Unscoped       []Unscoped
	Dangling       []Dangling
	Index          []Misfiled
	Repaired       int  // findings of Dangling and Index that were repaired
	Truncated      bool // there were more findings of a kind than Most
}

// Unscoped are the rows of a table that have no scopes, so that nobody can read them.
type Unscoped struct {
	Table   string
	Count   int
	Samples []string // ids of up to five of them
}

// Run checks what the caller may check.
func Run(ctx context.Context, by *gate.Call, req Request) (*Report, error) {
	lens, err := req.check(ctx, by)
	if err != nil {
		return nil, err
	}
	return gate.Read(ctx, by, func(ctx context.Context, by *gate.Call) (*Report, error) {
		c := &checking{Request: req, by: by, lens: lens, report: &Report{}}
		if err := c.run(ctx); err != nil {
			return nil, err
		}
		return c.report, nil
	})
}

// check validates a request, fills in its defaults, and refuses what the caller may not ask for.
func (r *Request) check(ctx context.Context, by *gate.Call) (record.ScopeSet, error) {
	if r.Check != "" && !slices.Contains(checks(), r.Check) {
		return nil, fault.Bad("Check", "unknown check %.64q; the checks are %s", r.Check, fault.List(checks()))
	}
	switch {
	case r.Threshold == 0:
		r.Threshold = defaultThreshold
	case math.IsNaN(r.Threshold) || r.Threshold < 0 || r.Threshold > 1:
		return nil, fault.Bad("DuplicateThreshold", "%v is not in (0, 1]", r.Threshold)
	}
	switch {
	case r.Most < 0:
		return nil, fault.Bad("MaxResults", "negative")
	case r.Most > maxResults:
		return nil, fault.Over("MaxResults", r.Most, maxResults, "findings of a kind")
	case r.Most == 0:
		r.Most = defaultResults
	}
	if r.Repair && r.Check != "" && r.Check != CheckDangling && r.Check != CheckIndex {
		return nil, fault.Bad("Repair", "nothing that %s finds is repaired; only %s and %s are", r.Check, CheckDangling, CheckIndex)
	}
	if len(r.Lens) > 0 && (r.Repair || ofStore(r.Check)) {
		return nil, fault.Bad("Lens", "it does not limit the checks of stored rows, nor a repair")
	}
	lens, err := by.Lens(ctx, r.Lens)
	if err != nil {
		return nil, err
	}
	if ofStore(r.Check) {
		if err := by.RequireOver(ctx, "Check", authz.MemoryRead, scope.Everything()); err != nil {
			return nil, err
		}
	}
	if r.Repair {
		for _, v := range []authz.Verb{authz.MemoryRead, authz.MemoryWrite} {
			if err := by.RequireOver(ctx, "Repair", v, scope.Everything()); err != nil {
				return nil, err
			}
		}
	}
	return lens, nil
}

// ofStore reports whether a check looks at all stored rows, whatever their scopes.
func ofStore(check string) bool {
	return check == CheckUnscoped || check == CheckDangling || check == CheckIndex
}

// checking is one run.
type checking struct {
	Request
	by     *gate.Call
	lens   record.ScopeSet
	report *Report
}

// asks reports whether a check is to be made.
func (c *checking) asks(check string) bool {
	switch {
	case c.Check != "":
		return c.Check == check
	case ofStore(check):
		return len(c.lens) == 0 && c.by.Region(authz.MemoryRead).Contains(scope.Everything())
	}
	return true
}

func (c *checking) run(ctx context.Context) error {
	for _, of := range []struct {
		check string
		run   func(context.Context) error
	}{{CheckDuplicates, c.duplicates}, {CheckContradictions, c.contradictions}, {CheckInjection, c.injections}} {
		if c.asks(of.check) {
			if err := of.run(ctx); err != nil {
				return err
			}
		}
	}
	if c.asks(CheckUnscoped) || c.asks(CheckDangling) || c.asks(CheckIndex) {
		return c.stored(ctx)
	}
	return nil
}

// found takes the findings of a kind, in their order, and returns those that the report has.
func found[T any](r *Report, most int, all []T) []T {
	r.Total += len(all)
	if len(all) > most {
		r.Truncated = true
		return all[:most:most]
	}
	return all
}
