package extract

import "strings"

// An address tells what it is wherever it stands: what matters is whose it is. The nearest word of a person before it says that.

// notMine are words before an address that make it somebody else's, an old one or an example.
var notMine = set(`your his her their its he she they old former previous wrong not never like example landlord garage office shop bank school plumber doctor dentist council company support customer
	no dead stolen fake spam scam phishing ending anymore used instead_of restaurant hotel reception parcel courier sender from who someone somebody`)

// reachedAt reads the email address or the number at token i where it is the speaker's.
func (x *extractor) reachedAt(i int, s sentence) bool {
	t := &x.toks[i]
	if t.kind != word {
		return false
	}
	key, value, to := "", "", i
	if strings.Contains(t.text, "@") {
		c, n, ok := x.spotCapture("mail", i, s.to)
		local, _, _ := strings.Cut(t.low, "@")
		if !ok || local == "name" || local == "user" || local == "you" || local == "someone" {
			return false
		}
		key, value, to = "email", c.text, n
	} else if t.text[0] == '+' || t.text[0] == '0' && len(t.text) > 3 {
		c, n, ok := x.spotCapture("digits", i, s.to)
		if !ok {
			return false
		}
		key, value, to = "phone", c.text, n
	} else {
		return false
	}
	me := false
	for j := i - 1; j >= s.from && j >= i-9; j-- {
		u := &x.toks[j]
		if u.kind == quoted || u.kind == newline || notMine[u.low] || kin[u.low] != "" || kinPlural[u.low] != "" || u.is("work", "landline", "home") && !me && j >= i-4 {
			return false
		}
		if u.is("me", "my", "mine") {
			me = !(u.is("my") && j+2 < i && (x.toks[j+2].is("'s") && !x.toks[j+1].is("number", "email", "phone", "mobile", "cell", "address", "mail") || x.toks[j+1].is("ex", "old", "last", "former")))
			break
		}
		if u.upper && !u.is("i") && givenNames[u.low] {
			return false
		}
	}
	if p := x.pastWords(max(s.from, i-2), i, "it", "is", "'s"); p == i && i-s.from <= 3 && x.sentenceStart(x.lineStart(i)) { // "They need to reach me. It's ann@b.example"
		for j := s.from - 1; j >= 0 && j >= s.from-25; j-- {
			me = me || x.toks[j].is("me", "mine") && j > 0 && x.toks[j-1].is("reach", "contact", "email", "mail", "write", "to", "get", "ring", "call", "text", "message")
		}
	}
	if !me && !(key == "email" && x.sentenceStart(s.from) && x.toks[x.skipFillers(s.from, i)].is("email", "e-mail", "mail", "inbox")) {
		return false
	}
	if x.deniedBefore(s.from, i) || to < s.to && x.toks[to].is("any", "anymore", "before", "until", "was") || x.takenBack(to, min(s.to, to+5)) {
		return false
	}
	return x.attribute(fact{subject: x.me(), key: key, value: value, category: identity, conf: likely, from: i, to: to})
}
