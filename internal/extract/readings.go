package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// reading is what a verb form makes of a rule.
type reading uint8

const (
	nothing reading = iota
	holds           // it is so
	began           // it became so
	ended           // it is no longer so
	wasSo           // it was so, for a time that must be stated
)

// reads decides what the verb group says under the rule's mode.
func (c *clause) reads(m mode) reading {
	v := c.v
	switch m {
	case state, passiveState:
		if v.passive != (m == passiveState) {
			return nothing
		}
		return c.readsState()
	case event, passiveEvent:
		if v.passive == (m == passiveEvent) && v.plain() && (v.tense == past || v.tense == perfect || v.tense == perfectProg) {
			return began
		}
		// "got promoted" is read by the verb "get"
	case ending, passiveEnd:
		if v.passive == (m == passiveEnd) && v.plain() && (v.tense == past || v.tense == perfect || v.tense == perfectProg) {
			return ended
		}
	case bygone:
		if v.plain() && (v.tense == past || v.tense == perfect || v.passive) {
			return holds
		}
	}
	return nothing
}

func (c *clause) readsState() reading {
	v := c.v
	switch {
	case v.ended():
		return ended
	case v.negated:
		perfect := v.tense == perfect || v.tense == perfectProg
		if v.tense == present || v.tense == progressive || perfect && c.sinceThen() || v.never {
			return ended
		}
	case v.tense == present || v.tense == progressive:
		return holds
	case v.tense == perfect || v.tense == perfectProg:
		if v.always && c.subj.speaker {
			return holds
		}
		if c.sinceThen() {
			return holds
		}
	case v.tense == past:
		return wasSo
	}
	return nothing
}

// followedBy reports one of the words among the next few after token i.
func (c *clause) followedBy(i int, words ...string) bool {
	return c.x.anyWord(i, min(i+5, c.end), words...)
}

// assert emits the fact of a rule.
func (c *clause) assert(r rule, got []captured, to int) bool {
	x := c.x
	rd, key := c.reads(r.mode), r.meaning.key
	if (key == Major || key == StudiedAt) && c.inspects() {
		return false
	}
	if r.meaning.blank && r.mode == state && c.v.negated && !c.v.nolonger && (r.verb == "live" || r.verb == "work" || r.verb == "be" && c.followedBy(to, "never", "yet", "officially", "exactly")) {
		return false // "I don't live there": nothing says that it was so
	}
	if rd == nothing && r.mode == state && c.v.tense == perfectProg && c.v.plain() && !c.v.passive && (key == Hobby && x.toks[c.v.end-1].is("doing", "playing", "learning", "practising", "practicing", "going") || key == Partner) && !c.justNow(to) {
		rd = holds // "I've been doing salsa on Thursdays"
	}
	if rd == nothing {
		if (r.mode == state || r.mode == passiveState) && c.v.plain() && c.v.passive == (r.mode == passiveState) {
			return c.stop(key, notWhen, to)
		}
		return false
	}
	if (key == Partner || key == EngagedTo && r.mode == ending) && !x.tieEnds(to, c.end) && (r.mode == ending || r.verb == "") || r.verb == "divorce" && to < c.end && x.toks[to].is("myself", "ourselves", "himself", "herself") {
		return false // "Sara and I are together on this one", "I dumped Tom at the airport"
	}
	if r.meaning.blank && r.verb == "call" && len(got) == 0 && c.companion.ref.Name == "" && x.toks[to-1].is("quits") && to < c.end && x.toks[to].is("at", "on") {
		return false
	}
	if r.meaning.blank {
		if r.verb == "resign" && to < c.end && x.toks[to].is("myself", "himself", "herself", "ourselves", "themselves", "as") {
			return false
		}
		if r.verb == "resign" && to+1 < c.end && x.toks[to].is("from") && !x.anyWord(to+1, min(to+6, c.end), "job", "post", "role", "work", "position", "company", "firm", "school", "teaching", "council", "there", "it", "both") {
			return false // "I resigned from the PTA"
		}
		if r.verb == "retire" && to+1 < c.end && x.toks[to].is("at") && number(x.toks[to+1].low) > 0 && number(x.toks[to+1].low) < 25 {
			return false // "I retired at ten with a hot water bottle"
		}
		if r.verb == "break" && len(got) == 0 && to < c.end && x.toks[to].is("for") {
			return false // "we broke up for Easter"
		}
		if r.verb == "retire" && to < c.end && x.toks[to].is("to", "the", "my") && !(to+1 < c.end && x.gazetteer(to+1, c.end) > 0) {
			return false // "I've retired to bed"
		}
		return (rd == ended || rd == holds && (r.mode == passiveState || r.meaning.over)) && c.ends(r, got, to)
	}
	obj := got[len(got)-1]
	if r.meaning.role {
		if obj.name != "role" {
			return false
		}
		if rd == wasSo {
			return c.stop(key, notWhen, to)
		}
		if rd != ended && c.v.tense == past && !x.settled(to, c.end, c.v.end) {
			return c.stop(key, notWhether, to)
		}
		return c.holdsRole(obj, rd == ended)
	}
	for _, g := range got {
		if g.name != "role" && g.name != "noun" && g.name != "company" && g.name != "degree" && !r.meaning.value && g.party.ref.Name == "" {
			return false
		}
	}
	if obj.name == "language" && key == Speaks && rd == holds && to < c.end && x.toks[to].is("and", ",") && c.v.plain() {
		return c.tongues(obj.party.from)
	}
	if key == LivesIn && obj.party.conf < 1 && (firmNamed(obj.party.ref.Name) || r.verb == "swap" && got[0].party.conf < 1) {
		return false // "I've moved to Harrow Tiles"
	}
	if key == Likes && strings.Contains(obj.party.ref.Name, " over ") {
		return false // "give me tea over coffee" weighs two things
	}
	// "moved from Rome to Lisbon": what came from is what ended
	others, to := c.others(r, obj, to)
	if !r.closed && !x.endsWell(to, c.end) && !(key == Hobby && to < c.end && x.toks[to].is("off", "around", "along", "round", "up", "down", "through", "over")) && (obj.name == "language" && !(to < c.end && (x.toks[to].is("i", "my", "we") || x.toks[to].is("and") && r.mode == bygone)) || !x.endsName(to, c.end)) { // "German law"
		return c.stop(key, notFollowed, to+1)
	}
	if x.takenBack(to, c.end) {
		return c.stop(key, notSure, to)
	}
	if r.meaning.key == From && obj.party.conf < 1 && !x.toks[c.v.end].is("originally") && !(obj.party.from > 0 && x.toks[obj.party.from-1].is("called", "named")) && r.verb != "come" {
		return false // "from Acme" names no place for sure
	}
	if r.meaning.key == WorksAt && strings.Contains(r.pattern, "contract") && providers[lower(firstWord(obj.party.ref.Name))] {
		return false // "my contract with Vodafone ended"
	}
	if c.subj.speaker && (r.meaning.key == Manages || r.meaning.key == Owns || r.meaning.key == Founded || r.meaning.key == Acquired) && (products[lower(obj.party.ref.Name)] || products[lower(firstWord(obj.party.ref.Name))]) {
		return false // "I run Windows", "we set up Zoom"
	}
	if r.meaning.key == LivesIn && providers[lower(obj.party.ref.Name)] {
		return false
	}
	if key == WorksAt && rd == ended && (learned(obj.party.ref.Name) || x.notJoined(obj.party) && r.verb == "leave") && x.studies() {
		r.meaning.key = StudiedAt // "I left Keele after the second year"
		key = StudiedAt
	}
	if key == WorksAt && r.verb == "leave" && to+1 < c.end && x.toks[to].is(",") && x.toks[to+1].is("meet", "see", "back", "on", "heading", "be", "home", "walking", "now") || rd == ended && key == LivesIn && lower(obj.party.ref.Name) == "kansas" && c.v.lemma == "be" {
		return false // "I've left Starbucks, meet you at the corner"
	}
	if r.verb == "come" && (c.v.tense != present || c.v.negated || to < c.end && !x.toks[to].is("and", "but", ",", "originally")) {
		return false // "I'm coming from Rome", "I come from Rome every week" are journeys
	}
	if r.meaning.key == WorksAt && !r.meaning.personal && (x.notJoined(obj.party) || to < c.end && (x.toks[to].is("for", "without", "empty-handed") || x.toks[to].is("at") && !(to+1 < c.end && x.toks[to+1].is("the", "easter", "christmas", "last")) ||
		x.toks[to].is("early", "late") && (to+1 == c.end || !x.toks[to+1].is("in", "last", "this")))) {
		return false // "joined Acme for lunch", "left Acme at five", "left Acme early today"
	}
	if rd == began && !r.meaning.value && c.sequence(r, fact{subject: c.subj, key: key, object: obj.party, category: r.meaning.category, conf: c.strength(), from: c.from, to: max(to, c.v.end)}, to) {
		return true
	}
	w, ok := c.dates(to, backward)
	if !ok {
		return c.stop(key, notWhen, to)
	}
	if (rd == wasSo && w.kind == untilDate || rd == ended && (c.v.negated || c.v.nolonger)) && !c.bare(to) {
		return c.stop(key, notFollowed, to+1) // "I never lived in Rome with Tom"
	}
	f := fact{subject: c.subj, key: r.meaning.key, object: obj.party, category: r.meaning.category, conf: c.strength(), from: c.from, to: max(to, c.v.end)}
	switch rd {
	case ended:
		if c.v.negated && !c.v.nolonger && !c.v.never && w.kind == onDate && w.end > 0 && w.start > to-1 && (!w.known() || w.interval.Until.Sub(w.interval.From) <= 24*time.Hour) {
			return false // "I don't work at Acme on Friday" is a day off
		}
		if r.meaning.value {
			f.value, f.object = obj.text, party{}
		}
		at := time.Time{}
		if w.kind == onDate {
			at = w.interval.From
		}
		if w.kind == untilDate {
			at = w.interval.Until
		}
		if w.kind == sinceDate && !c.v.usedTo { // since then it is no longer so
			at = w.interval.From
		}
		if c.v.usedTo && w.closed() {
			f.valid = w.interval
			x.relation(f)
			at = w.interval.Until
		}
		return x.invalidate(f, at)
	case wasSo:
		if w.kind == untilDate && w.known() && !w.interval.Until.After(x.at) {
			return x.invalidate(f, w.interval.Until) // not since when: it ends what is known
		}
		if !w.closed() {
			if (key == LivesIn || key == WorksAt || key == StudiedAt) && c.longAgo(to) && !r.meaning.value {
				return x.invalidate(f, time.Time{})
			}
			return c.stop(key, notWhen, to)
		}
		f.valid = w.interval
		return x.relation(f)
	case began:
		if !x.settled(to, c.end, c.v.end) || !x.at.IsZero() && w.interval.From.After(x.at) || w.kind == untilDate || w.kind == rangeDate {
			return c.stop(key, notWhether, to)
		}
		f.began(w)
	case holds:
		if key == EngagedTo || key == Spouse && w.kind == onDate && c.v.lemma == "" {
			w = when{} // a date is that of the wedding
		}
		if w.kind == onDate && (c.v.tense == perfect || c.v.tense == perfectProg) && c.lasting() {
			w = when{} // "since a gig in 1998"
		}
		if w.kind == onDate && w.known() && w.interval.Until.Sub(w.interval.From) <= 24*time.Hour && r.mode != bygone && r.meaning.key != Hobby {
			return false // "I work at Acme tomorrow" is a shift
		}
		if r.mode != bygone && c.briefly(to) {
			return c.stop(key, notWhether, to) // "I'm living in Oslo for two weeks"
		}
		if r.mode != bygone && w.kind == onDate && w.known() && !x.at.IsZero() && !w.interval.Until.After(x.at) && w.interval.Until.Sub(w.interval.From) > 27*24*time.Hour {
			f.valid = w.interval // "I work at Acme in 2010" was so then
			return x.relation(f)
		}
		if r.mode != bygone {
			f.valid = w.holding()
		}
	}
	if r.meaning.value {
		f.value, f.object = obj.text, party{}
		return f.value != "" && x.attribute(f)
	}
	if r.meaning.inverse {
		f.subject, f.object = f.object, f.subject
	}
	x.relation(f)
	for _, p := range others {
		g := f
		if r.meaning.key == Founded {
			g.subject = p
		} else {
			g.object = p
		}
		x.relation(g)
	}
	if first := got[0]; r.meaning.key == StudiedAt && first.name == "degree" && first.text != "" {
		x.attribute(fact{subject: c.subj, key: Degree, value: first.text, category: identity, conf: c.strength(), from: c.from, to: to})
	}
	if first := got[0]; r.meaning.key == StudiedAt && first.name == "noun" { // "I studied marine biology at …"
		x.attribute(fact{subject: c.subj, key: Major, value: x.quote(first.party.from, first.party.to), category: identity, conf: c.strength(), from: c.from, to: to})
	}
	if first := got[0]; rd == began && len(got) > 1 && first.name == obj.name && first.party.ref.Name != "" { // "from Leeds to Dublin"
		g := f
		g.object, g.to = first.party, first.party.to
		x.invalidate(g, f.valid.From)
	}
	c.after(r, to)
	return true
}

// justNow reports that something was done for some hours only: "all morning".
func (c *clause) justNow(i int) bool {
	for ; i < c.end && c.x.toks[i].kind == word; i++ {
		if c.x.toks[i].is("morning", "afternoon", "day", "today", "night", "hours", "hour", "minutes", "tonight", "again") {
			return true
		}
	}
	return false
}

// notJoined reports organisations that one joins, starts at or leaves without working there: schools, clubs,
// platforms, and whatever has an article ("the army").
func (x *extractor) notJoined(p party) bool {
	if p.from > 0 && x.toks[p.from-1].is("the") {
		return true
	}
	for _, w := range strings.Fields(strings.ToLower(p.ref.Name)) {
		if schools[w] || clubs[w] {
			return true
		}
	}
	return false
}

// schools are words in the names of places to learn, clubs names of places to be a member of.
var (
	schools = set(`elementary school university college kindergarten academy institute high montessori preschool primary uni
		mit harvard yale stanford princeton eth oxford cambridge berkeley ucla nyu caltech duke cornell columbia`)
	clubs = set(`facebook instagram tiktok twitter discord reddit linkedin slack zoom telegram whatsapp toastmasters rotary ymca
		crossfit peloton mensa tinder hinge bumble strava duolingo goodreads patreon spotify netflix club group party gym team choir
		church society league union army navy watchers scouts band class course meetup fc twitch youtube steam xbox mastodon
		slimming costco camp parkrun allotment bluesky threads snapchat prime premium plus planet equinox fitness anonymous`)
)

// after reads what may follow a finished relation: "as a designer", "as CTO".
func (c *clause) after(r rule, to int) {
	x := c.x
	if r.meaning.key != WorksAt {
		return
	}
	for i := to; i < min(to+8, c.end); i++ {
		if x.toks[i].is(",", ";", "and", "but", "because") || x.toks[i].kind != word {
			return
		}
		if !x.toks[i].is("as") {
			continue
		}
		text, _, end := x.roleAt(i+1, c.end)
		if text == "" || !x.endsWell(end, c.end) || x.toks[i+1].low == "if" {
			return
		}
		w, ok := c.dates(end, backward)
		f := fact{subject: c.subj, key: Role, value: text, category: knowledge, conf: c.strength(), from: c.from, to: end}
		if ok && w.kind == onDate && (r.mode == event || r.mode == passiveEvent) {
			f.began(w)
		}
		x.attribute(f)
		return
	}
}

func (c *clause) strength() float64 {
	switch {
	case c.subj.weak, c.shared && c.v.lemma == "move":
		return likely
	case c.subj.conf < 1:
		return c.subj.conf
	default:
		return direct
	}
}

// endDate is when the clause says that something ended.
func (c *clause) endDate(to int) time.Time {
	w, _ := c.dates(to, backward)
	if w.kind == untilDate {
		return w.interval.Until
	}
	return w.interval.From
}

// holding is the interval of something that holds now: it has a beginning or an announced end.
func (w when) holding() record.Interval {
	switch w.kind {
	case sinceDate:
		return record.Interval{From: w.interval.From}
	case untilDate:
		return record.Interval{Until: w.interval.Until}
	case rangeDate:
		return w.interval
	}
	return record.Interval{}
}

// began notes in which period something began that is told as an event, or since when it holds.
func (f *fact) began(w when) {
	f.valid.From = w.interval.From
	if w.kind == onDate {
		f.begunBy = w.interval.Until
	}
}

// closed reports an interval that the text itself ends.
func (w when) closed() bool {
	return w.kind == rangeDate && w.known()
}

// dates finds the one date phrase of the clause after token i, or in front of it. Two phrases leave the
// date open. It reports false when the dates contradict each other.
func (c *clause) dates(i int, dir direction) (when, bool) {
	x := c.x
	found := when{}
	n := 0
	if c.dated {
		found, n = c.front, 1
	}
	for i < c.end {
		t := &x.toks[i]
		if t.kind == newline || t.is(";", "because", "where", "which", "who", "that", "when", "while", "but", "so", "and", "if", "although", "though") {
			break
		}
		if t.is(",", "-", "–", "—", "(") {
			j := i + 1
			for j < c.end && x.toks[j].is("have", "has", "done", "been", "there", "here", "ever", "started", "starting") {
				j++ // "I work at Acme, have done since 2019", "I joined Acme, started on 4 May"
			}
			if w, ok := x.whenAt(j, c.end, dir); !ok || j > i+1 && w.kind != sinceDate && !x.toks[j-1].is("started", "starting") {
				break
			}
			i = j
			continue
		}
		if w, ok := x.whenAt(i, c.end, dir); ok {
			found, n = w, n+1
			i = w.end
			continue
		}
		i++
	}
	if n != 1 {
		return when{}, true
	}
	if found.kind == untilDate && dir == backward && (c.v.tense == present || c.v.tense == progressive) && !c.v.ended() && found.known() && !found.interval.Until.After(x.at) {
		return x.whenAt(found.start, c.end, forward) // it holds, so that its end is ahead
	}
	if found.kind == sinceDate && dir == backward && found.end > 0 && !x.toks[found.start].is("since") && (c.v.tense == present || c.v.tense == progressive) && !c.v.ended() {
		return x.whenAt(found.start, c.end, forward) // "I live in York from June"
	}
	return found, true
}
