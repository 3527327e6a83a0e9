package extract

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// labelled is a message with what it states; testdata/README.md describes it.
type labelled struct {
	Lang, Family, Text string
	Want, May          []string
}

// tally counts what was read out of messages.
type tally struct{ messages, right, wrong, missed int }

func (t *tally) add(o tally) {
	t.messages += o.messages
	t.right += o.right
	t.wrong += o.wrong
	t.missed += o.missed
}

// precision is the share of what was read that is right, and recall the share of what was said that was read.
func (t tally) precision() float64 { return share(t.right, t.wrong) }
func (t tally) recall() float64    { return share(t.right, t.missed) }

func share(part, rest int) float64 {
	if part+rest == 0 {
		return 1
	}
	return float64(part) / float64(part+rest)
}

// TestLabelled reads the labelled messages. What the rules make of them must be right, and enough. Under the race detector it reads a tenth.
func TestLabelled(t *testing.T) {
	for _, split := range []string{"tune", "held"} {
		t.Run(split, func(t *testing.T) {
			var all tally
			families, langs := map[string]tally{}, map[string]tally{}
			for i, m := range readLabelled(t, split) {
				if testsize.Race && i%10 > 0 {
					continue
				}
				got := read(m)
				all.add(got.tally)
				of := families[m.Lang+" "+m.Family]
				of.add(got.tally)
				families[m.Lang+" "+m.Family] = of
				of = langs[m.Lang]
				of.add(got.tally)
				langs[m.Lang] = of
				if split == "tune" && (len(got.wrong) > 0 || len(got.missed) > 0) {
					t.Logf("%s %s: %q\n\twrong %q\n\tmissed %q", m.Lang, m.Family, m.Text, got.wrong, got.missed)
				}
			}
			t.Log("\n" + table(families) + table(langs) + table(map[string]tally{"all": all}))
			if testsize.Race {
				return // too few for the floors
			}
			if floor := labelledFloors[split]; all.precision() < floor.precision || all.recall() < floor.recall {
				t.Errorf("precision %.3f, recall %.3f; at least %.2f and %.2f are asked for", all.precision(), all.recall(), floor.precision, floor.recall)
			}
		})
	}
}

// labelledFloors are the floors of TestLabelled. Those of the messages that are only run are to become the same.
var labelledFloors = map[string]struct{ precision, recall float64 }{"tune": {0.99, 0.87}, "held": {0.97, 0.75}}

func table(rows map[string]tally) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tmessages\tprecision\trecall\tright\twrong\tmissed")
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		r := rows[name]
		fmt.Fprintf(w, "%s\t%d\t%.3f\t%.3f\t%d\t%d\t%d\n", name, r.messages, r.precision(), r.recall(), r.right, r.wrong, r.missed)
	}
	_ = w.Flush() // a strings.Builder takes everything
	return b.String()
}

func readLabelled(t *testing.T, split string) (out []labelled) {
	files, err := filepath.Glob(filepath.Join("testdata", split, "*.jsonl"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, path := range files {
		f, err := os.Open(path)
		require.NoError(t, err)
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			if strings.TrimSpace(lines.Text()) == "" {
				continue
			}
			d := json.NewDecoder(strings.NewReader(lines.Text()))
			d.DisallowUnknownFields()
			var m labelled
			require.NoError(t, d.Decode(&m), "%s:%d", path, n)
			require.NotEmpty(t, m.Text, "%s:%d", path, n)
			out = append(out, m)
		}
		require.NoError(t, lines.Err())
		require.NoError(t, f.Close())
	}
	return out
}

// checked is what was made of a message.
type checked struct {
	tally
	wrong, missed []string
}

func read(m labelled) checked {
	found := itemsOf(Rules(Input{Text: m.Text, Role: record.User, At: said}))
	out := checked{tally: tally{messages: 1}}
	used := make([]bool, len(found))
	for _, want := range m.Want {
		i := slices.IndexFunc(found, func(it readItem) bool { return it.fits(want) })
		if i < 0 {
			out.missed = append(out.missed, want)
			continue
		}
		out.right++
		for j := range found { // the same said twice counts once
			used[j] = used[j] || found[j].fits(want)
		}
	}
	for i, it := range found {
		if !used[i] && !slices.ContainsFunc(m.May, it.fits) {
			out.wrong = append(out.wrong, it.String())
		}
	}
	out.tally.wrong, out.tally.missed = len(out.wrong), len(out.missed)
	return out
}

// readItem is something that was read out of a message.
type readItem struct {
	kind                string // "", "ends", "past" or "order"
	subject, key, value string
	since, until        string // days
}

func (it readItem) String() string {
	s := strings.Join([]string{it.subject, it.key, it.value}, " | ")
	if it.kind == "order" {
		s = it.value
	}
	if it.kind != "" {
		s = it.kind + ": " + s
	}
	return s + dated(" since ", it.since) + dated(" until ", it.until)
}

func dated(word, on string) string {
	if on == "" {
		return ""
	}
	return word + on
}

// fits reports whether the item is what a label says.
func (it readItem) fits(label string) bool {
	kind := ""
	for _, k := range []string{"ends", "past", "order"} {
		if rest, ok := strings.CutPrefix(label, k+": "); ok {
			kind, label = k, rest
		}
	}
	if kind != it.kind && !(kind == "past" && it.kind == "ends") { // what ends is past
		return false
	}
	if kind == "order" {
		return strings.Contains(record.SameOrder(it.value), record.SameOrder(label)) || strings.Contains(record.SameOrder(label), record.SameOrder(it.value))
	}
	label, until, _ := strings.Cut(label, " until ")
	label, since, _ := strings.Cut(label, " since ")
	parts := strings.Split(label, "|")
	if len(parts) != 3 {
		panic("a label of another form: " + label)
	}
	subject, key, value := strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])
	return record.Normalise(subject) == record.Normalise(it.subject) && slices.Contains(strings.Split(key, "/"), it.key) &&
		(record.SameValue(value) == record.SameValue(it.value) || kind == "ends" && value == "") &&
		strings.HasPrefix(it.since, since) && strings.HasPrefix(it.until, until)
}

// itemsOf lists what an extraction states. What a liking says of its opposite is no statement of its own.
func itemsOf(x record.Extraction) (out []readItem) {
	name := func(e record.EntityRef) string {
		if e == record.UserEntity || x.Speaker.Name != "" && e == x.Speaker {
			return "user"
		}
		return e.Name
	}
	if x.Speaker.Name != "" {
		out = append(out, readItem{subject: "user", key: "name", value: x.Speaker.Name})
	}
	add := func(subject, key, value string, held record.Interval) {
		it := readItem{subject: subject, key: key, value: value, since: day(held.From), until: day(held.Until)}
		if !held.Until.IsZero() && !held.Until.After(said) {
			it.kind = "past"
		}
		out = append(out, it)
	}
	opposed := map[string]bool{}
	for _, a := range x.Attributes {
		add(name(a.Entity), a.Key, a.Value, a.Valid)
	}
	for _, r := range x.Relations {
		add(name(r.Subject), r.Label, name(r.Object), r.Valid)
		opposed[name(r.Subject)+"|"+Opposite(r.Label)+"|"+name(r.Object)] = true
	}
	for _, i := range x.Invalidations {
		if !opposed[name(i.Entity)+"|"+i.Key+"|"+i.Value] {
			out = append(out, readItem{kind: "ends", subject: name(i.Entity), key: i.Key, value: i.Value})
		}
	}
	for _, i := range x.Instructions {
		out = append(out, readItem{kind: "order", value: i.Description})
	}
	return out
}
