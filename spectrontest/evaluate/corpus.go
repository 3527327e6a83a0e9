package evaluate

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spectron-go/spectron"
)

// plan is a conversation of Corpus to be made.
type plan struct {
	id       string
	manner   string
	half     Half
	people   int
	sessions int
	zone     string
	begins   string // the day of the first session
}

var plans = []plan{
	{"written-tune-1", MannerWritten, Tune, 2, 16, "Europe/Lisbon", "2023-01-14"},
	{"written-tune-2", MannerWritten, Tune, 2, 18, "America/Chicago", "2022-09-03"},
	{"chat-tune-1", MannerChat, Tune, 2, 24, "Europe/Berlin", "2023-03-05"},
	{"chat-tune-2", MannerChat, Tune, 3, 26, "Australia/Sydney", "2023-06-11"},
	{"assistant-tune-1", MannerAssistant, Tune, 1, 14, "America/New_York", "2023-05-02"},
	{"written-held-1", MannerWritten, Held, 2, 17, "Asia/Tokyo", "2022-11-20"},
	{"written-held-2", MannerWritten, Held, 2, 16, "Europe/Dublin", "2023-02-08"},
	{"chat-held-1", MannerChat, Held, 2, 25, "America/Sao_Paulo", "2022-12-01"},
	{"chat-held-2", MannerChat, Held, 3, 24, "Asia/Kolkata", "2023-04-17"},
	{"assistant-held-1", MannerAssistant, Held, 1, 14, "Europe/Paris", "2023-07-09"},
}

// span is how long a conversation goes on.
const span = 340 * 24 * time.Hour

// Corpus returns the built-in data set: ten conversations of some hundred turns, in three manners of talking, with questions of
// ten kinds. It is generated from templates and is the same on every machine. Five conversations are for tuning; the other five
// come from other templates.
//
// The caller may change the result.
func Corpus() *Set {
	made := corpus()
	out := &Set{Conversations: slices.Clone(made.Conversations)}
	for i := range out.Conversations {
		c := &out.Conversations[i]
		c.Sessions, c.Questions = slices.Clone(c.Sessions), slices.Clone(c.Questions)
		for j := range c.Sessions {
			c.Sessions[j].Turns = slices.Clone(c.Sessions[j].Turns)
			for k := range c.Sessions[j].Turns {
				t := &c.Sessions[j].Turns[k]
				t.Tells = slices.Clone(t.Tells)
			}
		}
		for j := range c.Questions {
			c.Questions[j].Evidence = slices.Clone(c.Questions[j].Evidence)
			for k, group := range c.Questions[j].Evidence {
				c.Questions[j].Evidence[k] = slices.Clone(group)
			}
		}
	}
	return out
}

var corpus = sync.OnceValue(func() *Set {
	set := &Set{}
	for _, p := range plans {
		c, err := p.make()
		if err != nil {
			panic(fmt.Sprintf("evaluate: %s: %v", p.id, err)) // the texts are part of the package, and a test reads them all
		}
		set.Conversations = append(set.Conversations, *c)
	}
	return set
})

// script is a scene that a conversation plays.
type script struct {
	scene  *scene
	fill   *filler
	marked map[string]Group // the ids of turns by mark
}

// maker makes a conversation.
type maker struct {
	plan     plan
	rng      *rand.Rand
	zone     *time.Location
	lists    map[string][]string // what is left to draw of each
	all      map[string][]string
	people   []string
	sessions [][]played
	length   []int // of the sessions, in messages
	out      *Conversation
}

// played is a part of a script in a session.
type played struct {
	script *script
	part   int
}

func (p plan) make() (*Conversation, error) {
	h := fnv.New64a()
	h.Write([]byte(p.id))
	m := &maker{plan: p, rng: rand.New(rand.NewPCG(h.Sum64(), 9)), lists: map[string][]string{}, sessions: make([][]played, p.sessions), length: make([]int, p.sessions)}
	var err error
	if m.zone, err = time.LoadLocation(p.zone); err != nil {
		return nil, err
	}
	file := fmt.Sprintf("bank/values.%s.txt", p.half)
	text, err := banks.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if m.all, err = parseLists(file, string(text)); err != nil {
		return nil, err
	}
	file = fmt.Sprintf("bank/%s.%s.txt", p.manner, p.half)
	if text, err = banks.ReadFile(file); err != nil {
		return nil, err
	}
	scenes, err := parseScenes(file, string(text))
	if err != nil {
		return nil, err
	}
	for range p.people {
		name, _ := m.draw("speaker")
		m.people = append(m.people, name)
	}
	m.out = &Conversation{ID: p.id, Manner: p.manner, Half: p.half, TimeZone: p.zone}
	scripts, err := m.cast(scenes)
	if err != nil {
		return nil, err
	}
	m.arrange(scripts)
	if err := m.play(); err != nil {
		return nil, err
	}
	return m.out, m.question(scripts)
}

// draw returns the next value of a list, none twice before all were drawn.
func (m *maker) draw(list string) (string, bool) {
	if len(m.all[list]) == 0 {
		return "", false
	}
	if len(m.lists[list]) == 0 {
		m.lists[list] = slices.Clone(m.all[list])
		m.rng.Shuffle(len(m.lists[list]), func(i, j int) { l := m.lists[list]; l[i], l[j] = l[j], l[i] })
	}
	left := m.lists[list]
	m.lists[list] = left[1:]
	return left[0], true
}

// cast gives the parts of scenes to people.
func (m *maker) cast(scenes []scene) ([]*script, error) {
	var out []*script
	for i := range scenes {
		s := &scenes[i]
		if s.people() > len(m.people) {
			continue
		}
		order := m.rng.Perm(len(m.people))
		for n := range s.plays {
			f := &filler{rng: m.rng, draw: m.draw, values: map[string]string{}, spoken: map[string]time.Time{}}
			for i, person := range order {
				f.values[string("ABC"[(i+n)%len(order)])] = m.people[person]
			}
			if m.plan.manner == MannerAssistant {
				f.values["U"] = m.people[0]
			}
			if err := f.define(s.defs); err != nil {
				return nil, fmt.Errorf("scene %s: %w", s.name, err)
			}
			out = append(out, &script{scene: s, fill: f, marked: map[string]Group{}})
		}
	}
	m.rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, nil
}

// people returns how many people a scene needs.
func (s *scene) people() int {
	most := 0
	for _, part := range s.parts {
		for _, l := range part {
			if l.who >= 'A' && l.who <= 'C' {
				most = max(most, int(l.who-'A')+1)
			}
		}
	}
	return most
}

// gap is how far apart, in parts of the whole, the parts of a script are: more than a month.
const gap = .1

// arrange finds sessions for the parts of scripts: those of one script are in order, each in a month of its own, and sessions
// become about equally long.
func (m *maker) arrange(scripts []*script) {
	// Those with many parts first, while sessions are short.
	byParts := slices.Clone(scripts)
	slices.SortStableFunc(byParts, func(a, b *script) int { return cmp.Compare(len(b.scene.parts), len(a.scene.parts)) })
	last := float64(m.plan.sessions - 1)
	for _, s := range byParts {
		n := float64(len(s.scene.parts))
		width := (1 - (n-1)*gap) / n
		for i := range s.scene.parts {
			from := float64(i) * (width + gap)
			first, end := int(from*last+.999), int((from+width)*last)
			best := first + m.rng.IntN(max(end-first, 0)+1)
			if other := first + m.rng.IntN(max(end-first, 0)+1); m.length[other] < m.length[best] {
				best = other
			}
			m.sessions[best] = append(m.sessions[best], played{s, i})
			for _, l := range s.scene.parts[i] {
				m.length[best] += len(l.messages)
			}
		}
	}
}

// play says it all.
func (m *maker) play() error {
	begin, err := time.ParseInLocation(time.DateOnly, m.plan.begins, m.zone)
	if err != nil {
		return err
	}
	turn := 0
	for i, parts := range m.sessions {
		if len(parts) == 0 {
			continue
		}
		day := begin.Add(span * time.Duration(i) / time.Duration(m.plan.sessions-1))
		now := time.Date(day.Year(), day.Month(), day.Day(), 8+m.rng.IntN(9), m.rng.IntN(60), m.rng.IntN(60), 0, m.zone)
		session := Session{ID: fmt.Sprintf("s%d", i+1)}
		m.rng.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		for _, p := range parts {
			now = now.Add(m.seconds(pauseScene))
			for _, l := range p.script.scene.parts[p.part] {
				for j, msg := range m.burst(l.messages) {
					if j == 0 {
						now = now.Add(m.seconds(pauseReply))
					} else {
						now = now.Add(m.seconds(pauseBurst))
					}
					turn++
					t, err := m.say(p.script, l.who, msg, fmt.Sprintf("t%d", turn), now)
					if err != nil {
						return fmt.Errorf("scene %s: %w", p.script.scene.name, err)
					}
					session.Turns = append(session.Turns, t)
				}
			}
		}
		m.out.Sessions = append(m.out.Sessions, session)
	}
	return nil
}

// burst puts asides between messages where people chat.
func (m *maker) burst(messages []message) []message {
	if m.plan.manner != MannerChat {
		return messages
	}
	out := slices.Clone(messages)
	for range m.rng.IntN(3) {
		aside, _ := m.draw("aside")
		out = slices.Insert(out, m.rng.IntN(len(out)+1), message{text: aside})
	}
	return out
}

// pause is how many seconds go by, at least and at most.
type pause struct{ least, most int }

var (
	pauseBurst = pause{3, 50}   // between two messages of a burst
	pauseReply = pause{12, 200} // before somebody answers
	pauseScene = pause{300, 2400}
)

func (m *maker) seconds(p pause) time.Duration {
	return time.Duration(p.least+m.rng.IntN(p.most-p.least)) * time.Second
}

func (m *maker) say(s *script, who byte, msg message, id string, at time.Time) (Turn, error) {
	t := Turn{ID: id, SpokenAt: at, Role: spectron.RoleUser}
	text, err := s.fill.fill(msg.text)
	if err != nil {
		return t, err
	}
	text, t.Tells = telling(text)
	if m.plan.manner == MannerChat {
		text = typed(m.rng, text)
	}
	if text != "" && m.plan.manner != MannerChat {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	lines := strings.Split(text, "//")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	t.Text = strings.Join(lines, "\n")
	if who == 'S' {
		t.Role = spectron.RoleAssistant
	} else {
		t.Speaker = s.fill.values[string(who)]
	}
	for _, mark := range msg.marks {
		key := string(mark)
		if len(s.marked[key]) == 0 {
			s.fill.spoken[key] = at
		}
		s.marked[key] = append(s.marked[key], id)
	}
	return t, nil
}

// telling takes the marks out of a text, and returns what stood between them.
func telling(s string) (text string, tells []string) {
	for {
		before, rest, marked := strings.Cut(s, "<")
		text += before
		if !marked {
			return text, tells
		}
		words, after, _ := strings.Cut(rest, ">")
		text, tells, s = text+words, append(tells, words), after
	}
}

// question asks the questions of scripts, on the day after the last turn.
func (m *maker) question(scripts []*script) error {
	last := m.out.Sessions[len(m.out.Sessions)-1]
	askedAt := last.Turns[len(last.Turns)-1].SpokenAt.AddDate(0, 0, 1)
	for _, s := range scripts {
		for _, a := range s.scene.questions {
			s.fill.draw = m.draw
			if a.kind != KindUnanswerable {
				s.fill.draw = func(string) (string, bool) { return "", false } // it asks for what was said
			}
			q := Question{ID: fmt.Sprintf("q%d", len(m.out.Questions)+1), Kind: a.kind, AskedAt: askedAt, Unanswerable: a.kind == KindUnanswerable}
			var err error
			if q.Text, err = s.fill.fill(a.text); err == nil {
				q.Answer, err = s.fill.fill(a.answer)
			}
			if err != nil {
				return fmt.Errorf("scene %s: %w", s.scene.name, err)
			}
			for _, mark := range a.evidence {
				group := s.marked[mark]
				if len(group) == 0 {
					return fmt.Errorf("scene %s: no evidence %q", s.scene.name, mark)
				}
				q.Evidence = append(q.Evidence, group)
			}
			if m.plan.manner == MannerAssistant {
				q.Speaker = m.people[0]
			}
			m.out.Questions = append(m.out.Questions, q)
		}
	}
	return nil
}
