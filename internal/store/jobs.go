package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The tables of jobs. They are not part of the log of changes: no process has them in its view. The names of open jobs are rows of their own,
// because an index would cost as much as the job.
const (
	TableJob      = "job"       // open jobs
	TableJobEnded = "job_ended" // under the same keys
	TableJobName  = "job_name"
)

// ErrFenced is returned for a write of a job whose worker no longer holds it.
var ErrFenced = errors.New("store: another worker has taken over the job")

// ErrNamed is returned for a job if an open one has its name.
var ErrNamed = errors.New("store: an open job has this name")

// fenced and named are what the statements throw for ErrFenced and ErrNamed.
const (
	fenced = "fenced"
	named  = "named"
)

type jobRow struct {
	ID           surreal.RecordID         `cbor:"id"`
	Kind         string                   `cbor:"kind"`
	Form         int                      `cbor:"form"`
	Payload      surreal.Optional[[]byte] `cbor:"payload"`
	State        surreal.Optional[string] `cbor:"state"` // NONE while it is open
	Name         surreal.Optional[string] `cbor:"name"`
	Caller       int                      `cbor:"caller"`
	Generation   int                      `cbor:"generation"`
	Key          string                   `cbor:"key"`
	Behalf       string                   `cbor:"behalf"`
	Principal    string                   `cbor:"principal"`
	CreatedAt    surreal.Datetime         `cbor:"created_at"`
	StartedAt    surreal.Datetime         `cbor:"started_at"`
	FinishedAt   surreal.Datetime         `cbor:"finished_at"`
	Claim        surreal.Optional[string] `cbor:"claim"`
	Attempts     int                      `cbor:"attempts"`
	MostAttempts int                      `cbor:"most_attempts"`
	Cancelling   bool                     `cbor:"cancelling"`
	Done         int64                    `cbor:"done"`
	Total        int64                    `cbor:"total"`
	Stage        string                   `cbor:"stage"`
	Result       surreal.Optional[[]byte] `cbor:"result"`
	Code         string                   `cbor:"code"`
	Field        string                   `cbor:"field"`
	Reason       string                   `cbor:"reason"`
}

func optionalBytes(b []byte) surreal.Optional[[]byte] {
	if len(b) == 0 {
		return surreal.Optional[[]byte]{}
	}
	return surreal.Some(b)
}

func newJobRow(j record.Job) jobRow {
	row := jobRow{
		ID: recordID(j.ID), Kind: j.Kind, Form: j.Form, Payload: optionalBytes(j.Payload), Name: optional(j.Name),
		Caller: j.CallerKind, Generation: j.Generation, Key: j.Key, Behalf: j.Behalf, Principal: j.Principal,
		CreatedAt: surreal.At(j.CreatedAt), StartedAt: surreal.At(j.StartedAt), FinishedAt: surreal.At(j.FinishedAt),
		Claim: optional(j.Claim), Attempts: j.Attempts, MostAttempts: j.MostAttempts, Cancelling: j.Cancelling,
		Done: j.Progress.Done, Total: j.Progress.Total, Stage: j.Progress.Stage, Result: optionalBytes(j.Result), Code: j.Code, Field: j.Field, Reason: j.Reason,
	}
	if j.State.Ended() {
		row.ID.Table, row.State, row.Claim = TableJobEnded, surreal.Some(string(j.State)), surreal.Optional[string]{}
	}
	return row
}

func (r jobRow) job() record.Job {
	state := record.JobState(r.State.Value)
	if state == "" {
		state = record.JobQueued
		if r.Claim.Value != "" {
			state = record.JobRunning
		}
	}
	return record.Job{
		ID: TableJob + ":" + r.ID.Key, Kind: r.Kind, Form: r.Form, Payload: r.Payload.Value, State: state, Name: r.Name.Value,
		CallerKind: r.Caller, Generation: r.Generation, Key: r.Key, Behalf: r.Behalf, Principal: r.Principal,
		CreatedAt: r.CreatedAt.Time, StartedAt: r.StartedAt.Time, FinishedAt: r.FinishedAt.Time,
		Claim: r.Claim.Value, Attempts: r.Attempts, MostAttempts: r.MostAttempts, Cancelling: r.Cancelling,
		Progress: record.JobProgress{Done: r.Done, Total: r.Total, Stage: r.Stage}, Result: r.Result.Value, Code: r.Code, Field: r.Field, Reason: r.Reason,
	}
}

// unladen returns the row of a job without its payload and its result, for statements that do not store them.
func unladen(j record.Job) jobRow {
	j.Payload, j.Result = nil, nil
	return newJobRow(j)
}

// jobNameRow reserves a name.
type jobNameRow struct {
	ID  surreal.RecordID `cbor:"id"`
	Job surreal.RecordID `cbor:"job"`
}

func (r jobNameRow) id() surreal.RecordID { return r.ID }

func jobNameID(name string) surreal.RecordID {
	sum := sha256.Sum256([]byte(name))
	return surreal.RecordID{Table: TableJobName, Key: hex.EncodeToString(sum[:])}
}

// jobNames returns the reservations of the jobs that have names.
func jobNames(list []record.Job) []jobNameRow {
	out := []jobNameRow{}
	for _, j := range list {
		if j.Name != "" {
			out = append(out, jobNameRow{jobNameID(j.Name), recordID(j.ID)})
		}
	}
	return out
}

// insertJobs adds jobs that may begin at once, by the clock of the database. In an embedded database that is the clock of this process, and a closure
// would take most of the time of the statement. nameJobs reserves the names of jobs before.
const (
	insertJobs   = `INSERT INTO job $jobs.map(|$j| object::extend($j, { due: time::now() })) RETURN NONE;`
	insertJobsAt = `INSERT INTO job $jobs RETURN NONE;`
	nameJobs     = `
IF array::len(SELECT id FROM $named) > 0 { THROW 'named' };
INSERT INTO job_name $names RETURN NONE;`
)

// dueJobRow is a job that may begin at a time.
type dueJobRow struct {
	jobRow
	Due surreal.Datetime `cbor:"due"`
}

// addJobs returns the statements that add jobs, and their variables.
func (s *Store) addJobs(list []record.Job, vars map[string]any) (sql string) {
	insert := insertJobs
	if vars["jobs"] = rows(list, newJobRow); s.writers == SingleWriter {
		insert = insertJobsAt
		now := surreal.At(time.Now())
		vars["jobs"] = rows(list, func(j record.Job) dueJobRow { return dueJobRow{newJobRow(j), now} })
	}
	if names := jobNames(list); len(names) > 0 {
		vars["names"], vars["named"] = names, rows(names, jobNameRow.id)
		sql = nameJobs
	}
	return sql + insert
}

// AddJobs stores jobs that may begin at once. ErrNamed: an open job has the name of one of them. ErrRemoved: the Context
// was deleted.
func (s *Store) AddJobs(ctx context.Context, list []record.Job) error {
	vars := map[string]any{}
	sql := "BEGIN;" + s.here(vars) + s.addJobs(list, vars) + "COMMIT;"
	return once(ctx, func() error {
		_, err := s.conn.Query(ctx, sql, vars)
		return plannedJob(err)
	}, func(ctx context.Context) (bool, error) {
		found, err := s.Jobs(ctx, []string{list[0].ID})
		return len(found) > 0, err
	})
}

// OpenJob is a job that has not ended.
type OpenJob struct {
	ID   string
	Held bool          // by a worker
	Wait time.Duration // until it is due or, if it is held, until its claim ends
}

// openListed is the number of open jobs that one statement lists.
const openListed = 1000

// OpenJobs lists the jobs that have not ended, oldest first.
func (s *Store) OpenJobs(ctx context.Context) (out []OpenJob, err error) {
	type row struct {
		ID   surreal.RecordID `cbor:"id"`
		Held bool             `cbor:"held"`
		Wait int64            `cbor:"wait"`
	}
	for after, n := "", openListed; n == openListed; {
		page, err := selectRows(ctx, s.conn, `{
LET $now = time::now();
RETURN SELECT id, claim != NONE AS held, IF due > $now { duration::millis(due - $now) + 1 } ELSE { 0 } AS wait
	FROM type::record('job', $after>..) LIMIT $most;
}`, map[string]any{"after": after, "most": openListed}, func(r row) OpenJob {
			return OpenJob{r.ID.String(), r.Held, time.Duration(r.Wait) * time.Millisecond}
		})
		if err != nil {
			return nil, err
		}
		out = append(out, page...)
		if n = len(page); n > 0 {
			after = recordID(page[n-1].ID).Key
		}
	}
	return out, nil
}

// Jobs returns the jobs with these ids that exist, in no order.
func (s *Store) Jobs(ctx context.Context, ids []string) ([]record.Job, error) {
	both := make([]surreal.RecordID, 0, 2*len(ids))
	for _, id := range ids {
		open := recordID(id)
		both = append(both, open, surreal.RecordID{Table: TableJobEnded, Key: open.Key})
	}
	return selectRows(ctx, s.conn, `SELECT * FROM $ids`, map[string]any{"ids": both}, jobRow.job)
}

// FreeJobs ends the claims of other workers, which have died. Only a process that has the database for itself may call it.
func (s *Store) FreeJobs(ctx context.Context, worker string) error {
	_, err := query(ctx, s.conn, `UPDATE job SET claim = NONE, due = time::now() WHERE claim != NONE AND claim != $worker RETURN NONE`, map[string]any{"worker": worker})
	return err
}

// JobNamed returns the id of the open job with a name; "": there is none.
func (s *Store) JobNamed(ctx context.Context, name string) (string, error) {
	found, err := selectRows(ctx, s.conn, `SELECT VALUE job FROM $id`, map[string]any{"id": jobNameID(name)}, surreal.RecordID.String)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// ClaimJobs takes those of some jobs that are due, for a worker, until the lease is over. After a lost reply they are held although they are
// not returned.
func (s *Store) ClaimJobs(ctx context.Context, claim string, ids []string, lease time.Duration, now time.Time) (out []record.Job, err error) {
	err = surreal.Retry(ctx, surreal.Backoff{}, func() error {
		found, err := s.conn.Query(ctx, `UPDATE $ids SET claim = $claim, due = time::now() + duration::from_millis($lease), attempts += 1,
	started_at = started_at ?? $now WHERE due <= time::now() RETURN AFTER`,
			map[string]any{"ids": rows(ids, recordID), "claim": claim, "lease": lease.Milliseconds(), "now": surreal.At(now)})
		if err != nil {
			return err
		}
		var claimed []jobRow
		if err := found.Last(&claimed); err != nil {
			return err
		}
		out = rows(claimed, jobRow.job)
		return nil
	})
	return out, err
}

// HoldJobs stores how far the jobs of a worker have come, and extends its claims. It returns the jobs that the worker still holds. anyone
// means that the jobs are the worker's if nobody holds them: it claims them.
func (s *Store) HoldJobs(ctx context.Context, claim string, list []record.Job, lease time.Duration, anyone bool) ([]record.Job, error) {
	held := rows(list, unladen)
	return selectRows(ctx, s.conn, `FOR $j IN $list {
	UPDATE $j.id SET claim = $claim, due = time::now() + duration::from_millis($lease), attempts = $j.attempts, started_at = $j.started_at,
		done = $j.done, total = $j.total, stage = $j.stage WHERE claim IN $held RETURN NONE;
};
SELECT * FROM $list.map(|$j| $j.id) WHERE claim = $claim;`,
		map[string]any{"list": held, "claim": claim, "lease": lease.Milliseconds(), "held": holders(claim, anyone)}, jobRow.job)
}

// holders returns the claims under which a worker may change a job.
func holders(claim string, anyone bool) []surreal.Optional[string] {
	out := []surreal.Optional[string]{surreal.Some(claim)}
	if anyone {
		out = append(out, surreal.Optional[string]{})
	}
	return out
}

// JobEnd is what a worker makes of a job that it holds: the job as it is stored. If it has not ended, it may begin again after Wait.
type JobEnd struct {
	Job  record.Job
	Wait time.Duration
}

// endJobs lets jobs end. Each must be held under one of the claims.
const endJobs = `
LET $were = (DELETE $job_open WHERE claim IN $job_held RETURN BEFORE).map(|$j| record::id($j.id));
INSERT INTO job_ended $job_ended.filter(|$j| record::id($j.id) IN $were) RETURN NONE;
DELETE $job_freed WHERE record::id(job) IN $were RETURN NONE;`

// endJob lets one job end, which must be held under one of the claims.
const endJob = `
IF array::len(DELETE $job_open WHERE claim IN $job_held RETURN BEFORE) != 1 { THROW 'fenced' };
INSERT INTO job_ended $job_ended RETURN NONE;
DELETE $job_freed RETURN NONE;`

// waitJobs hands jobs back.
const waitJobs = `
FOR $j IN $waiting {
	UPDATE $j.row.id SET claim = NONE, due = time::now() + duration::from_millis($j.wait), attempts = $j.row.attempts, started_at = $j.row.started_at,
		done = $j.row.done, total = $j.row.total, stage = $j.row.stage, code = $j.row.code, field = $j.row.field, reason = $j.row.reason
		WHERE claim IN $job_held RETURN NONE;
};`

type waitingRow struct {
	Row  jobRow `cbor:"row"`
	Wait int64  `cbor:"wait"`
}

// mostEnded limits the bytes of the payloads and results that one statement stores.
const mostEnded = 8 << 20

// EndJobs stores what a worker made of its jobs. Those that it does not hold any more stay as they are.
func (s *Store) EndJobs(ctx context.Context, claim string, list []JobEnd, anyone bool) error {
	for len(list) > 0 {
		n, size := 0, 0
		for n < len(list) && (n == 0 || size < mostEnded) {
			size += len(list[n].Job.Payload) + len(list[n].Job.Result)
			n++
		}
		if err := s.endSome(ctx, claim, list[:n], anyone); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func (s *Store) endSome(ctx context.Context, claim string, list []JobEnd, anyone bool) error {
	var ended []record.Job
	var waiting []waitingRow
	for _, e := range list {
		if e.Job.State.Ended() {
			ended = append(ended, e.Job)
		} else {
			waiting = append(waiting, waitingRow{unladen(e.Job), e.Wait.Milliseconds()})
		}
	}
	vars := map[string]any{}
	sql := "BEGIN;"
	if len(ended) > 0 {
		sql += endJobs
		endVars(vars, ended...)
	}
	vars["job_held"] = holders(claim, anyone)
	if len(waiting) > 0 {
		sql += waitJobs
		vars["waiting"] = waiting
	}
	_, err := query(ctx, s.conn, sql+"COMMIT;", vars) // a repetition finds them ended
	return err
}

func endVars(vars map[string]any, ended ...record.Job) {
	vars["job_open"] = rows(ended, func(j record.Job) surreal.RecordID { return recordID(j.ID) })
	vars["job_ended"] = rows(ended, newJobRow)
	vars["job_freed"] = rows(jobNames(ended), jobNameRow.id)
}

type holdingKey struct{}

// holding is a job that a worker holds.
type holding struct {
	job    surreal.RecordID
	claims []surreal.Optional[string]
}

// Holding returns a context for a job's work beside its last write: passages are added and erased only while the worker holds the job. Otherwise a
// worker that was given up on could destroy what another one has made since. They fail with ErrFenced then.
func Holding(ctx context.Context, claim, job string, anyone bool) context.Context {
	return context.WithValue(ctx, holdingKey{}, &holding{recordID(job), holders(claim, anyone)})
}

// held returns the statement that checks that, and adds its variables. It changes the row, so that it conflicts with a claim at the same time. A
// database with one process has no other worker.
func (s *Store) held(ctx context.Context, vars map[string]any) string {
	h, ok := ctx.Value(holdingKey{}).(*holding)
	if !ok || s.writers == SingleWriter {
		return ""
	}
	vars["held_job"], vars["held_by"] = h.job, h.claims
	return `
IF (UPDATE $held_job SET due += 1ns WHERE claim IN $held_by RETURN due) = [] { THROW 'fenced' };`
}

type leavingKey struct{}

// Leaving returns a context whose next write also stores jobs that may begin at once, in the same transaction.
func Leaving(ctx context.Context, list ...record.Job) context.Context {
	return context.WithValue(ctx, leavingKey{}, list)
}

// leaving returns the statements of the jobs that are stored with a write.
func (s *Store) leaving(ctx context.Context, vars map[string]any) string {
	if list, ok := ctx.Value(leavingKey{}).([]record.Job); ok {
		return s.addJobs(list, vars)
	}
	return ""
}

type fenceKey struct{}

// fence is a job that ends with the next write.
type fence struct {
	job    record.Job
	claim  string
	anyone bool
}

// Ending returns a context whose next write also lets a job end, in the same transaction: both are stored, or nothing is. ErrFenced: the worker
// does not hold the job any more.
func Ending(ctx context.Context, claim string, ended record.Job, anyone bool) context.Context {
	return context.WithValue(ctx, fenceKey{}, &fence{ended, claim, anyone})
}

// ending adds the statements of the job that ends with a write.
func ending(ctx context.Context, statements string, vars map[string]any) string {
	f, ok := ctx.Value(fenceKey{}).(*fence)
	if !ok {
		return statements
	}
	endVars(vars, f.job)
	vars["job_held"] = holders(f.claim, f.anyone)
	return endJob + statements
}

// askToEnd asks the worker of a job to end it.
const askToEnd = `UPDATE $id SET cancelling = true WHERE claim != NONE RETURN AFTER`

// AskToEnd asks the worker that holds a job to end it. surreal.ErrNotFound: no worker holds it.
func (s *Store) AskToEnd(ctx context.Context, id string) (record.Job, error) {
	return one(selectRows(ctx, s.conn, askToEnd, map[string]any{"id": recordID(id)}, jobRow.job))
}

// Reopen stores a job that has ended as one that may begin. ErrNamed: an open job has its name. ErrFenced: it has been reopened already.
func (s *Store) Reopen(ctx context.Context, j record.Job) error {
	vars := map[string]any{"ended": surreal.RecordID{Table: TableJobEnded, Key: recordID(j.ID).Key}}
	sql := "BEGIN; IF array::len(DELETE $ended RETURN BEFORE) != 1 { THROW 'fenced' };" + s.addJobs([]record.Job{j}, vars) + "COMMIT;"
	return once(ctx, func() error {
		_, err := s.conn.Query(ctx, sql, vars)
		return plannedJob(err)
	}, func(ctx context.Context) (bool, error) { return exists(ctx, s.conn, recordID(j.ID)) })
}

// plannedJob converts the errors that the statements of jobs throw.
func plannedJob(err error) error {
	switch what, _ := surreal.Thrown(err); what {
	case named:
		return ErrNamed
	case fenced:
		return ErrFenced
	}
	return added(err)
}

// JobQuery selects jobs.
type JobQuery struct {
	Kind  string          // "": all
	State record.JobState // "": all
	// Owned selects those of calls of the Principal that acted for Behalf.
	Owned             bool
	Principal, Behalf string
}

// ListJobs lists up to limit jobs, newest first, after the one with an id; "": from the newest.
func (s *Store) ListJobs(ctx context.Context, q JobQuery, after string, limit int) ([]record.Job, error) {
	where, vars := "true", map[string]any{"limit": limit, "kind": q.Kind, "state": string(q.State), "principal": q.Principal, "behalf": q.Behalf}
	if q.Kind != "" {
		where += " AND kind = $kind"
	}
	if q.Owned {
		where += " AND principal = $principal AND behalf = $behalf"
	}
	var out []record.Job
	for _, table := range []string{TableJob, TableJobEnded} {
		if q.State != "" && q.State.Ended() != (table == TableJobEnded) {
			continue
		}
		state := ""
		switch {
		case q.State.Ended():
			state = " AND state = $state"
		case q.State == record.JobRunning:
			state = " AND claim != NONE"
		case q.State == record.JobQueued:
			state = " AND claim = NONE"
		}
		if after != "" {
			state += " AND id < $before"
			vars["before"] = surreal.RecordID{Table: table, Key: recordID(after).Key}
		}
		found, err := selectRows(ctx, s.conn, "SELECT * FROM "+table+" WHERE "+where+state+" ORDER BY id DESC LIMIT $limit", vars, jobRow.job)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortFunc(out, func(a, b record.Job) int { return strings.Compare(b.ID, a.ID) })
	return out[:min(limit, len(out))], nil
}

// PruneJobs removes jobs that ended before a time, oldest first, at most limit. It returns how many.
func (s *Store) PruneJobs(ctx context.Context, before time.Time, limit int) (n int, err error) {
	found, err := query(ctx, s.conn, `{
LET $gone = (SELECT id, finished_at FROM type::record('job_ended', ''>..) LIMIT $limit).filter(|$j| $j.finished_at < $before).map(|$j| $j.id);
DELETE $gone RETURN NONE;
RETURN array::len($gone);
}`, map[string]any{"before": surreal.At(before), "limit": limit})
	if err != nil {
		return 0, err
	}
	return n, found.Last(&n)
}
