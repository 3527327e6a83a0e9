package index

import (
	"cmp"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Utterances are turns that one speaker types in a row: they follow each other within utteranceGap, and have together at most
// utteranceTurns turns and utteranceWords words. Longer turns were written to stand alone. Without utterances .639 / .511, with
// them .667 / .524 (see rank.go).
const (
	utteranceGap   = 5 * time.Minute
	utteranceTurns = 8
	utteranceWords = 60
)

// A conversation has the turns of one session, in one lane for each partition segment. A caller reads the lanes that it sees,
// merged into one. So a hidden or forgotten turn has no influence on other turns, and nothing more shows whether two visible turns
// belong to the same scopes.
type conversation struct {
	session string
	lanes   []*lane // by segment
}

// A lane has the turns of a conversation in one partition segment, in the order in which they were said.
type lane struct {
	of      *conversation
	segment uint32
	docs    []uint32 // by Seq, Turn, Start and id
	voices  []*voice // the speakers
	asking  int      // number of docs that ask
	// typed says that the turns have different times. If all have the same time, nothing shows which were typed in a row.
	typed bool
}

// laneOf returns the lane of a segment, and its present or future position.
func (c *conversation) laneOf(segment uint32) (at int, ok bool) {
	return slices.BinarySearchFunc(c.lanes, segment, func(l *lane, segment uint32) int { return cmp.Compare(l.segment, segment) })
}

// voice is a speaker in a lane, or a role if no name is known.
type voice struct {
	lane    *lane
	role    record.Role
	speaker string
	id      uint32 // of the speaker
	turns   int
}

// is reports whether two voices are the same, also in different lanes.
func (v *voice) is(o *voice) bool { return v == o || v.role == o.role && v.speaker == o.speaker }

// If no speaker is known, a session counts as a conversation if at least one turn in this many asks.
const (
	talkTurns = 6
	talkAsks  = 10
)

// talk reports whether people talk with each other. Other sessions are lists of notes, whose rows lend each other nothing.
func talk(voices, turns, asking int) bool {
	return voices > 1 || turns >= talkTurns && asking*talkAsks >= turns
}

// enter adds a turn to its lane.
func (ix *Index) enter(id uint32, d *doc) {
	e := &d.entry
	if e.Turn == "" || e.Session == "" {
		return
	}
	c := ix.conversations[e.Session]
	if c == nil {
		c = &conversation{session: e.Session}
		ix.conversations[e.Session] = c
	}
	n, ok := c.laneOf(d.segment)
	if !ok {
		c.lanes = slices.Insert(c.lanes, n, &lane{of: c, segment: d.segment})
	}
	l := c.lanes[n]
	at := len(l.docs)
	if at > 0 && ix.inOrder(id, l.docs[at-1]) < 0 {
		at, _ = slices.BinarySearchFunc(l.docs, id, func(a, b uint32) int { return ix.inOrder(a, b) })
	}
	l.docs = slices.Insert(l.docs, at, id)
	e.Session = c.session // one string for all of them
	d.voice = ix.voiceIn(l, e)
	d.voice.turns++
	if e.Asking {
		l.asking++
	}
	if e.Speaker != "" {
		d.voice.id = ix.speakers.add(e.Speaker, d.segment, ix.tokenise)
	}
	ix.renumber(l, at)
}

// exit removes a turn from its lane.
func (ix *Index) exit(d *doc) {
	l := d.lane()
	if l == nil {
		return
	}
	l.docs = shrink(slices.Delete(l.docs, int(d.at), int(d.at)+1))
	ix.silence(l, d)
	if len(l.docs) == 0 {
		ix.end(l)
		return
	}
	ix.renumber(l, int(d.at))
}

// exitAll removes many turns from a lane at once.
func (ix *Index) exitAll(l *lane, dead bitmap) {
	for _, id := range l.docs {
		if dead.has(id) {
			ix.silence(l, ix.docs[id])
		}
	}
	l.docs = shrink(slices.DeleteFunc(l.docs, dead.has))
	if len(l.docs) == 0 {
		ix.end(l)
		return
	}
	for _, id := range l.docs {
		ix.docs[id].opens = false
	}
	ix.renumber(l, 0)
}

// end removes a lane without turns, and the conversation with its last lane.
func (ix *Index) end(l *lane) {
	at, _ := l.of.laneOf(l.segment)
	if l.of.lanes = slices.Delete(l.of.lanes, at, at+1); len(l.of.lanes) == 0 {
		delete(ix.conversations, l.of.session)
	}
}

// voiceIn returns the voice of a turn in a lane.
func (ix *Index) voiceIn(l *lane, e *row) *voice {
	for _, v := range l.voices {
		if v.role == e.Role && v.speaker == e.Speaker {
			return v
		}
	}
	v := &voice{lane: l, role: e.Role, speaker: e.Speaker}
	l.voices = append(l.voices, v)
	return v
}

// silence removes a turn from its voice, and a voice with its last turn.
func (ix *Index) silence(l *lane, d *doc) {
	v := d.voice
	d.voice = nil
	if d.entry.Asking {
		l.asking--
	}
	if v.speaker != "" {
		ix.speakers.remove(v.id, l.segment)
	}
	if v.turns--; v.turns == 0 {
		l.voices = slices.DeleteFunc(l.voices, func(o *voice) bool { return o == v })
	}
}

func (ix *Index) tokenise(text string) []string {
	t := ix.tokenisers.Get().(*Tokeniser)
	defer ix.tokenisers.Put(t)
	return t.Append(nil, text)
}

// inOrder compares two turns of a session by their order.
func (ix *Index) inOrder(a, b uint32) int {
	x, y := &ix.docs[a].entry, &ix.docs[b].entry
	return cmp.Or(cmp.Compare(x.Seq, y.Seq), cmp.Compare(x.Turn, y.Turn), cmp.Compare(x.Start, y.Start), cmp.Compare(x.ID, y.ID))
}

// renumber updates the positions of a lane's turns from an index on, and the starts of utterances.
func (ix *Index) renumber(l *lane, from int) {
	for i := from; i < len(l.docs); i++ {
		ix.docs[l.docs[i]].at = uint32(i)
	}
	l.typed = ix.timesDiffer(l.docs)
	begun := max(0, from-1)
	for begun > 0 && !ix.docs[l.docs[begun]].opens {
		begun--
	}
	var u utterance
	for i := begun; i < len(l.docs); i++ {
		d := ix.docs[l.docs[i]]
		opens := !u.takes(d)
		settled := opens && d.opens && i >= from
		d.opens = opens
		if settled {
			break // later positions are unchanged
		}
	}
}

func (ix *Index) timesDiffer(docs []uint32) bool {
	return ix.docs[docs[0]].entry.occurred != ix.docs[docs[len(docs)-1]].entry.occurred
}

// utterance is an utterance that may go on.
type utterance struct {
	last         *doc
	turns, words int
}

// takes adds a turn and reports whether the utterance goes on; otherwise the turn begins another one. A long turn is an utterance of its
// own, with all of its pieces.
func (u *utterance) takes(d *doc) bool {
	last := u.last
	u.last = d
	if last != nil && last.entry.Turn == d.entry.Turn {
		u.words += int(d.length)
		return true
	}
	gap := time.Duration(0)
	if last != nil {
		gap = d.entry.Occurred().Sub(last.entry.Occurred()).Abs()
	}
	if last != nil && last.voice.is(d.voice) && gap <= utteranceGap && u.turns < utteranceTurns && u.words+int(d.length) <= utteranceWords {
		u.turns++
		u.words += int(d.length)
		return true
	}
	u.turns, u.words = 1, int(d.length)
	return false
}
