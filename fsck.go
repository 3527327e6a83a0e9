package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/fsck"
	"github.com/spectron-go/spectron/internal/gate"
)

// FsckCheck is a check of Lifecycle.Fsck.
type FsckCheck string

// The checks. The last three need a caller that may read everything.
const (
	FsckDuplicates     FsckCheck = fsck.CheckDuplicates     // entities that look like one
	FsckContradictions FsckCheck = fsck.CheckContradictions // several values where there can be one
	FsckInjection      FsckCheck = fsck.CheckInjection      // texts that look like prompt injections
	FsckUnscoped       FsckCheck = fsck.CheckUnscoped       // rows that no key can read
	FsckDangling       FsckCheck = fsck.CheckDangling       // references to rows that do not exist
	FsckIndex          FsckCheck = fsck.CheckIndex          // stored rows against their copies in memory
)

// FsckRequest says what to check.
type FsckRequest struct {
	Check FsckCheck // "": all checks that the caller may make
	// DuplicateThreshold is the similarity of names from which on two entities are duplicates, in (0, 1]. 0: 0.9. Few pairs below 0.8 are looked at.
	DuplicateThreshold float64
	MaxResults         int // findings of each kind in the report; 0: 100, at most 1,000
	// Repair repairs what is in Dangling and Index of the report. The caller must be allowed to read and to write everything.
	Repair bool
	Lens   Scopes // as in RecallRequest; it leaves out the checks that look at all stored rows
}

// FsckReport has what a check found. The lists are never nil.
type FsckReport struct {
	Total           int                    `json:"total"` // findings, also those beyond MaxResults
	Duplicates      []DuplicateFinding     `json:"duplicates"`
	Contradictions  []ContradictionFinding `json:"contradictions"`
	Injection       []InjectionFinding     `json:"injection"`
	UnscopedContent []UnscopedFinding      `json:"unscopedContent"`
	Dangling        []DanglingFinding      `json:"dangling"`
	Index           []IndexFinding         `json:"index"`
	Repaired        int                    `json:"repaired"`  // findings in Dangling and Index that were repaired
	Truncated       bool                   `json:"truncated"` // there are more findings of a kind than MaxResults
}

// DuplicateFinding is a pair of entities of one type whose names are nearly the same. If they are the same, Entities.Merge makes one of them.
type DuplicateFinding struct {
	EntityA    string  `json:"entityA"` // Entity.ID; the smaller one
	EntityB    string  `json:"entityB"`
	Similarity float64 `json:"similarity"` // 0 to 1
}

// ContradictionFinding says that an entity has several values for a key that has one value at a time. Facts.Correct or Facts.Close settles it.
type ContradictionFinding struct {
	Entity string   `json:"entity"` // Entity.ID
	Key    string   `json:"key"`
	Values []string `json:"values"` // sorted
}

// InjectionFinding is a stored text that looks like a prompt injection.
type InjectionFinding struct {
	RowID   string        `json:"rowId"` // of a chunk, fact or instruction
	Kind    InjectionKind `json:"kind"`
	Snippet string        `json:"snippet"` // the words with those around them: at most 160 characters
}

// UnscopedFinding are rows of a table without scopes. No key can read them.
type UnscopedFinding struct {
	Table     string   `json:"table"`
	Count     int      `json:"count"`
	SampleIDs []string `json:"sampleIds"` // up to five
}

// DanglingFinding is a reference to a row that does not exist.
type DanglingFinding struct {
	RowID  string `json:"rowId"`
	Field  string `json:"field"` // such as "supersedes"; "appearance": nothing is known of an entity in the scopes of a fact about it
	Target string `json:"target"`
}

// IndexFinding is a row that is not in memory as it is stored.
type IndexFinding struct {
	RowID string `json:"rowId"`
	// Problem is "missing" (stored, and not in memory), "extra" (in memory, and not stored), "text" (other or no words to search) or "state".
	Problem string `json:"problem"`
}

// Fsck checks the memory of the Context.
//
// FsckDuplicates finds entities whose names differ in case, accents, the order of words, a legal form, an initial, or a misspelt word. Names
// with other numbers, other given names, or of places that are known to be different are none, and neither are entities that are related to each
// other. The similarity is the soft Dice coefficient of their words by Jaro and Winkler. FsckContradictions finds live values that hold
// at the same time, in the same scopes, for a key with one value. FsckInjection reads texts that are in force. These three look at nothing but
// what the caller may read.
//
// FsckUnscoped finds rows that belong to no scope, FsckDangling references to rows that do not exist, and FsckIndex rows that are in memory
// otherwise than in the store, documents with their passages among them. What refers to something that was deleted on purpose is no finding: a fact outlives the session that it came
// from. While rows are being erased, the last two find nothing.
//
// Repair removes references to facts that do not exist, creates what must exist of the entities that facts are about, drops traces that touch rows
// which do not exist, and reads memory from the store again. Each transaction has an event (EventMemoryRepaired). It never merges entities,
// closes facts or deletes texts: a text without its turn or session, and a conclusion or answer that has lost what it rests on, are found again.
//
// It reads page by page, so that questions and writes go on. Codes: CodeInvalid and CodeTooLarge with the Field; CodeForbidden for a named check, or
// a Repair, that the caller may not make, and for a strict key without a Lens or with one beyond its grants; CodeConflict if the caller's permissions
// keep changing meanwhile.
func (l *Lifecycle) Fsck(ctx context.Context, req FsckRequest) (*FsckReport, error) {
	return callMemory(ctx, l.context, "fsck", func(ctx context.Context, by *gate.Call) (*FsckReport, error) {
		found, err := fsck.Run(ctx, by, fsck.Request{
			Check: string(req.Check), Threshold: req.DuplicateThreshold, Most: req.MaxResults, Repair: req.Repair, Lens: req.Lens,
		})
		if err != nil {
			return nil, err
		}
		return newFsckReport(found), nil
	})
}

func newFsckReport(r *fsck.Report) *FsckReport {
	return &FsckReport{
		Total: r.Total, Repaired: r.Repaired, Truncated: r.Truncated,
		Duplicates: every(r.Duplicates, func(d fsck.Duplicate) DuplicateFinding {
			return DuplicateFinding{d.EntityA, d.EntityB, d.Similarity}
		}),
		Contradictions: every(r.Contradictions, func(c fsck.Contradiction) ContradictionFinding { return ContradictionFinding(c) }),
		Injection: every(r.Injections, func(i fsck.Injection) InjectionFinding {
			return InjectionFinding{i.Row, InjectionKind(i.Kind), i.Snippet}
		}),
		UnscopedContent: every(r.Unscoped, func(u fsck.Unscoped) UnscopedFinding {
			return UnscopedFinding{u.Table, u.Count, u.Samples}
		}),
		Dangling: every(r.Dangling, func(d fsck.Dangling) DanglingFinding {
			return DanglingFinding{d.Row, d.Field, d.Target}
		}),
		Index: every(r.Index, func(m fsck.Misfiled) IndexFinding { return IndexFinding{m.Row, m.Problem} }),
	}
}

// every is like each, but never returns nil.
func every[T, U any](list []T, convert func(T) U) []U { return append([]U{}, each(list, convert)...) }
