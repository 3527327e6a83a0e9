package extract

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// presupposes reads the relatives whom a question names: "¿qué le regalo a mi hija Vera?".
func (u *utterance) presupposes() {
	if u.l.drops {
		u.adjacent = true
		u.relatives()
		u.adjacent = false
	}
}

// answered reads "mi cumple? el 11 de enero", which are two sentences.
func (u *utterance) answered(question bool) bool {
	asked, kind := u.st.asked, u.st.kind
	u.st.asked = nil
	if !u.l.drops {
		return false
	}
	i := u.opening()
	c := u.clauseFrom(i)
	if question {
		for u.at(i, u.l.joins) || i < u.end && u.x.toks[i].kind != word {
			i++
		}
		if u.at(i, u.l.mine) {
			if key, kind, to := c.ownedAt(i + 1); key != "" && to >= u.end-1 && (to == u.end || u.x.toks[to].kind != word) {
				u.st.asked, u.st.kind = &langForm{key: key}, kind
				return true
			}
		}
		return false
	}
	if asked == nil {
		return false
	}
	if kind == "day" {
		kind, asked.mode = "date", bygone
	}
	for kind != "date" && u.at(i, u.l.articles) {
		i++
	}
	got, to, ok := c.capture(kind, i)
	if !ok || !c.ends(to) || u.doubted(i) {
		return false
	}
	c.subj, c.known, c.verbAt, c.when = u.x.me(), true, i, langWhen{}
	c.assert(asked, got, i, to)
	u.from = to
	return false
}

// named takes out the end of a marriage or a love without a name where the sentence ends one with a name: "nos separamos Julio y yo".
func (u *utterance) named(from int) {
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
