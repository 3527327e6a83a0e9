package extract

// Appointments are told in many forms: "I'm seeing the physio on 2 June", "my eye test, 5 June at two", "haircut Wednesday 3pm".

// visits are the heads of what one has an appointment for or with.
var visits = set(`dentist orthodontist doctor gp physio physiotherapist optician haircut scan mri ct x-ray xray ultrasound test check-up checkup consultant therapist therapy counselling
	counsellor chiropodist podiatrist dermatologist cardiologist midwife psychologist psychiatrist osteopath chiropractor interview exam mot vet viewing survey surgery operation op procedure biopsy
	endoscopy colonoscopy mammogram smear vaccination jab booster appraisal hearing fitting consultation appointment lesson audition recital viva driving-test oral review assessment induction
	ceremony filling extraction crown root-canal hygienist solicitor accountant notary bloods dialysis chemo injection session`)

// visitsNot make a head something else: "test match", "interview question".
var visitsNot = set(`question questions results result match matches kit coat fee fees letter card notes room prep paper papers centre center drive driven panel technique techniques tips outfit suit form
	forms slot slots reminder reminders book books list lists theme bill bills`)

// appointmentAt reads an appointment whose head is the token at i. Of what is taken for granted only "my eye test, 5 June" is read.
func (x *extractor) appointmentAt(i int, s sentence, granted bool) bool {
	if t := &x.toks[i]; t.kind != word || !visits[t.low] {
		return false
	}
	to := i + 1
	for to < s.to && x.toks[to].is("appointment", "test", "lesson", "check-up", "checkup", "scan", "interview", "exam", "operation", "session", "assessment") {
		to++
	}
	if to+1 < s.to && x.toks[to].is("'s") && visits[x.toks[to+1].low] || to < s.to && visitsNot[x.toks[to].low] || i > s.from && visits[x.toks[i-1].low] {
		return false
	}
	from := i
	for from > s.from && i-from < 3 && x.toks[from-1].kind == word && x.toks[from].joined && !x.toks[from-1].is("a", "an", "the", "my", "our", "got", "have", "and", "of", "on", "in", "for", "is", "'s", "that", "this", "next", "first", "last", "second", "final", "another", "see", "seeing", "at", "to", "with", "i", "we", "had", "not", "no", "your", "his", "her", "their", "ve") &&
		(!verbLike(&x.toks[from-1]) || x.toks[from-1].is("driving", "reading", "hearing")) && !softAdverbs[x.toks[from-1].low] && !fillers[x.toks[from-1].low] && !(x.toks[from-1].upper && x.toks[from-1].low == x.toks[from-1].text) {
		from--
	}
	if x.toks[to-1].is("interview", "exam") && to+1 < s.to && x.toks[to].is("at", "with", "for") && x.toks[to+1].upper {
		return false // where one is not yet
	}
	lead, ok := x.visitLead(from, s)
	if granted && lead != "my" || x.visitOff(sentence{max(s.from, from-6), min(s.to, to+6), false}) {
		return false
	}
	w, at, direct := when{}, 0, false
	if ok {
		w, at, direct, ok = x.visitDate(to, s.to, lead)
	}
	if !ok && !granted {
		w, ok = x.visitSomewhere(s)
	}
	if !ok || w.end == 0 || !x.at.IsZero() && w.known() && !w.interval.Until.After(x.at) {
		return false
	}
	if w.end < s.to && x.toks[w.end].is("was", "were", "went", "came", "showed", "said") || w.known() && w.interval.From.Sub(x.at).Hours() > 24*300 {
		return false
	}
	value := x.quote(from, to)
	if p, known := possessions[lower(value)]; lead == "have" && (engagements[x.toks[to-1].low] || engagements[x.toks[i].low]) || lead == "my" && known && p.kind == plannedValue && !(to < s.to && x.toks[to].is("with", "at", "has", "got")) {
		return false // read elsewhere
	}
	if lead == "my" && to == from+1 && x.toks[from].is("appointment") && at > 0 { // "my appointment with Dr Lund is on 9 June"
		value = x.quote(x.pastWords(at, w.end, "on", "for", "to"), w.end)
	}
	if direct && lead != "my" && x.saysWeekday(at, w.end) && !x.toks[i].is("appointment", "interview") {
		end := w.end
		if end+1 < s.to && x.toks[end].is("at") {
			end += 2
		} else if end < s.to && x.toks[end].kind == word && x.toks[end].text[0] <= '9' {
			end++
		}
		if v := x.quote(from, end); v != "" {
			value = v
		}
	}
	f := fact{subject: x.me(), key: Appointment, value: value, category: momentary, conf: likely, from: from, to: max(to, w.end)}
	if w.known() {
		f.valid = w.interval
	}
	return x.attribute(f)
}

// visitLead tells what leads to an appointment: "my", "have", or "" where the line begins with it.
func (x *extractor) visitLead(from int, s sentence) (string, bool) {
	j := from - 1
	for j >= s.from && x.toks[j].is("next", "first", "last", "second", "final", "a", "an", "the", "another", "annual", "yearly", "in", "for", "big") {
		j--
	}
	if j >= s.from && x.toks[j].is("my", "our") {
		return "my", true
	}
	if j < s.from || x.toks[j].kind != word {
		return "", j+1 == from && (j < s.from || x.toks[j].is(":", ",", "-", "–", "•", "*") || x.toks[j].kind == newline) || x.sentenceStart(from)
	}
	for k := j; k >= s.from && k >= j-4; k-- {
		t := &x.toks[k]
		if t.is("i", "we") || t.is("got", "booked", "seeing") && x.sentenceStart(k) {
			for m := k; m <= j; m++ {
				if x.toks[m].is("have", "got", "booked", "seeing", "see", "had", "attending", "need", "ve") || x.toks[m].low == "'ve" {
					return "have", x.toks[m].low != "had" && !x.toks[m].is("need")
				}
			}
		}
		if t.kind != word || t.is("not", "no", "never", "you", "he", "she", "they") {
			break
		}
	}
	return "", false
}

// visitDate finds the date of an appointment behind its name; direct: nothing but "on" stands between.
func (x *extractor) visitDate(to, end int, lead string) (w when, at int, direct, ok bool) {
	for j := to; j < min(to+9, end); j++ {
		t := &x.toks[j]
		if t.kind == newline || t.is("and", "but", "because", "so", "not", "if", "or", "was", "were", "my", "your", "until", "till", "before", "after", "since") {
			return w, 0, false, false
		}
		if found, dated := x.whenAt(j, end, forward); dated && found.kind == onDate {
			return found, j, j == to, true
		}
		if t.is(",", "-", "–", "(", ":") && lead == "" && j == to && !t.is(":") {
			continue
		}
	}
	return w, 0, false, false
}

// saysWeekday reports a date by its weekday alone.
func (x *extractor) saysWeekday(i, end int) bool {
	day := false
	for ; i < end; i++ {
		_, d := weekdays[x.toks[i].low]
		day = day || d
		if months[x.toks[i].low] != 0 || x.toks[i].text[0] <= '9' {
			return false
		}
	}
	return day
}

// visitOff reports a sentence about an appointment that is off, or about one of somebody else.
func (x *extractor) visitOff(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if x.toks[i].is("rescheduled", "postponed") && i+1 < s.to && x.toks[i+1].is("to", "for", "until") {
			continue
		}
		if x.toks[i].is("cancel", "cancelled", "canceled", "missed", "cancelling", "off", "rescheduled", "postponed", "failed", "passed") {
			return true
		}
	}
	return false
}

// visitSomewhere finds the one date of a sentence about the speaker alone: "they've given me 11 June for the knee operation".
func (x *extractor) visitSomewhere(s sentence) (found when, ok bool) {
	me, n := false, 0
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		if t.kind == quoted || t.is("was", "were", "had", "did", "last", "usually", "always", "every", "hate", "he", "she", "your", "his", "her", "their", "rang", "came", "went", "saw", "said", "told", "not", "never", "no", "until", "till", "before", "after", "since", "than") || kin[t.low] != "" || kinPlural[t.low] != "" {
			return found, false
		}
		me = me || t.is("i", "me", "my")
		if w, dated := x.whenAt(i, s.to, forward); dated && w.kind == onDate && w.known() {
			found, i = w, w.end-1
			n++
		}
	}
	return found, me && n == 1
}
