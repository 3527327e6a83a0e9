package engine

import (
	timerqueue "container/heap"
	"time"
)

// loop is the event loop's state: microtasks run before anything else, then macrotasks in order, then
// timers that are due. Only the goroutine that owns it touches it.
type loop struct {
	micro  queue
	macro  queue
	timers timerHeap
	byID   map[int]*timer
	lastID int
}

func newLoop() *loop { return &loop{byID: map[int]*timer{}} }

// microtask queues f to run before the next macrotask.
func (l *loop) microtask(f func()) { l.micro.push(f) }

// macrotask queues f behind the macrotasks that are waiting.
func (l *loop) macrotask(f func()) { l.macro.push(f) }

// step runs one macrotask or due timer and the microtasks before and after it.
// It reports false when there was nothing to do.
func (l *loop) step(now time.Time) bool {
	l.drain()
	if f, ok := l.macro.pop(); ok {
		f()
		l.drain()
		return true
	}
	if len(l.timers) > 0 && !l.timers[0].at.After(now) {
		t := timerqueue.Pop(&l.timers).(*timer)
		delete(l.byID, t.id)
		t.run()
		l.drain()
		return true
	}
	return false
}

func (l *loop) drain() {
	for {
		f, ok := l.micro.pop()
		if !ok {
			return
		}
		f()
	}
}

// nextTimer returns when the earliest timer is due.
func (l *loop) nextTimer() (time.Time, bool) {
	if len(l.timers) == 0 {
		return time.Time{}, false
	}
	return l.timers[0].at, true
}

// setTimer runs f once at the given time and returns the id to clear it with.
func (l *loop) setTimer(at time.Time, f func()) int {
	l.lastID++
	t := &timer{id: l.lastID, at: at, run: f}
	l.byID[t.id] = t
	timerqueue.Push(&l.timers, t)
	return t.id
}

// clearTimer forgets a timer; an unknown id is ignored, as in a browser.
func (l *loop) clearTimer(id int) {
	if t, ok := l.byID[id]; ok {
		delete(l.byID, id)
		timerqueue.Remove(&l.timers, t.index)
	}
}

type timer struct {
	id    int
	at    time.Time
	run   func()
	index int
}

// timerHeap orders timers by due time, and those of the same time by the order they were set in.
type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	if h[i].at.Equal(h[j].at) {
		return h[i].id < h[j].id
	}
	return h[i].at.Before(h[j].at)
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *timerHeap) Push(x any) {
	t := x.(*timer)
	t.index = len(*h)
	*h = append(*h, t)
}
func (h *timerHeap) Pop() any {
	old := *h
	n := len(old) - 1
	t := old[n]
	old[n] = nil
	*h = old[:n]
	return t
}

// queue is a first-in first-out queue of tasks that reuses its memory.
type queue struct {
	tasks []func()
	head  int
}

func (q *queue) push(f func()) {
	if q.head > 1024 && q.head > len(q.tasks)/2 {
		// A queue that is never quite empty must not grow for ever.
		n := copy(q.tasks, q.tasks[q.head:])
		clear(q.tasks[n:])
		q.tasks, q.head = q.tasks[:n], 0
	}
	q.tasks = append(q.tasks, f)
}

func (q *queue) pop() (func(), bool) {
	if q.head == len(q.tasks) {
		return nil, false
	}
	f := q.tasks[q.head]
	q.tasks[q.head] = nil
	q.head++
	if q.head == len(q.tasks) {
		q.tasks, q.head = q.tasks[:0], 0
	}
	return f, true
}
