package extract

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// topicOf reads the question of "mi cumple? el 11 de enero", which are two sentences.
func (u *utterance) topicOf() bool {
	i := u.opening()
	for u.at(i, u.l.joins) || i < u.end && u.x.toks[i].kind != word {
		i++
	}
	if !u.at(i, u.l.mine) {
		return false
	}
	c := u.clauseFrom(i)
	key, kind, to := c.ownedAt(i + 1)
	if key == "" || to < u.end-1 || to != u.end && u.x.toks[to].kind == word {
		return false
	}
	u.st.asked = ownedForm{key: key, capture: kind}
	return true
}

// answerTo reads the answer to it.
func (u *utterance) answerTo(asked ownedForm) {
	i, kind := u.opening(), asked.capture
	f := &langForm{key: asked.key}
	if kind == "day" {
		kind, f.mode = "date", bygone
	}
	for kind != "date" && u.at(i, u.l.articles) {
		i++
	}
	c := u.clauseFrom(i)
	got, to, ok := c.capture(kind, i)
	if !ok || !c.ends(to) || u.doubted(i) {
		return
	}
	c.subj, c.known, c.verbAt, c.when = u.x.me(), true, i, langWhen{}
	c.assert(f, got, i, to)
	u.from = to
}

// endedByName takes out the end of a marriage or a love without a name where the sentence ends one with a name: "nos separamos Julio y yo".
func (u *utterance) endedByName(from int) {
	out := &u.x.out
	love := func(i record.Invalidation) bool { return i.Key == Spouse || i.Key == Partner }
	if !slices.ContainsFunc(out.Invalidations[from:], func(i record.Invalidation) bool { return love(i) && i.Value != "" }) {
		return
	}
	kept := out.Invalidations[:from]
	for _, i := range out.Invalidations[from:] {
		if !love(i) || i.Value != "" {
			kept = append(kept, i)
		}
	}
	out.Invalidations = kept
}
