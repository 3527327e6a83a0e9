package guard

import "bytes"

const (
	maxLocal  = 64 // bytes before the at sign
	maxDomain = 253
)

// emailsIn returns the addresses of e-mail in a folded text, in order.
func emailsIn(b []byte) (out []place) {
	last := 0
	for at := 0; at < len(b); at++ {
		size, spelled := atSign(b, at)
		if size == 0 {
			continue
		}
		start, end := localStart(b, at, last, spelled), domainEnd(b, at+size, spelled)
		if start == at || end == 0 {
			continue
		}
		if string(b[start:at]) == "git" && end < len(b) && b[end] == ':' {
			continue // git@host:path names a repository
		}
		out = append(out, place{start, end})
		last, at = end, end-1
	}
	return out
}

// spelledAt are the ways to write an at sign that programs do not read.
var spelledAt = [][]byte{[]byte("(at)"), []byte("[at]"), []byte("{at}"), []byte("<at>"), []byte("( at )"), []byte("[ at ]")}

// spelledDot are those of a dot.
var spelledDot = [][]byte{[]byte("(dot)"), []byte("[dot]"), []byte("{dot}"), []byte("<dot>"), []byte("( dot )"), []byte("[ dot ]"), []byte("(punkt)"), []byte("[punkt]"), []byte("(.)"), []byte("[.]")}

// atSign returns the length of the at sign at a position, or 0, and whether it is spelled.
func atSign(b []byte, at int) (size int, spelled bool) {
	switch b[at] {
	case '@':
		return 1, false
	case '(', '[', '{', '<':
		for _, s := range spelledAt {
			if bytes.HasPrefix(b[at:], s) {
				return len(s), true
			}
		}
	}
	return 0, false
}

// localStart returns the start of the part before an at sign, or its end if there is none.
func localStart(b []byte, at, least int, spelled bool) int {
	end := at
	if end > least+2 && b[end-1] == '"' { // "ana novak"@example.com
		if open := bytes.LastIndexByte(b[max(least, end-1-maxLocal):end-1], '"'); open >= 0 {
			return max(least, end-1-maxLocal) + open
		}
	}
	if spelled && end > least && b[end-1] == ' ' {
		end--
	}
	start := end
	for start > least && end-start < maxLocal && localByte(b[start-1]) {
		start--
	}
	if start > least && end-start == maxLocal && isWord(b[start-1]) {
		return at
	}
	for start < end && !isWord(b[start]) && b[start] != '_' {
		start++
	}
	if start == end {
		return at
	}
	return start
}

func localByte(c byte) bool {
	return isWord(c) || bytes.IndexByte([]byte(".!#$%&'*+-/=?^_{|}~"), c) >= 0 && c != '/' && c != '=' && c != '{' && c != '}' && c != '|' && c != '?'
}

// notDomains are the ends of file names that look like a domain.
var notDomains = words("png jpg jpeg gif webp svg pdf css js ts jsx tsx html htm json xml txt csv yml yaml toml lock scss less bmp ico mp3 mp4 exe dll log tar gz zip")

// domainEnd returns the end of the domain that begins at a position, or 0.
func domainEnd(b []byte, at int, spelled bool) int {
	if spelled && at < len(b) && b[at] == ' ' {
		at++
	}
	if at < len(b) && b[at] == '[' { // an address in brackets
		close := bytes.IndexByte(b[at:min(len(b), at+48)], ']')
		if close > 0 && ipAt(b, at+1) == at+close {
			return at + close + 1
		}
		return 0
	}
	end, labels, i := 0, 0, at
	for i < len(b) && i-at <= maxDomain {
		start := i
		others := i < len(b) && b[i] == symbol // of a script without spaces
		for i < len(b) && (isWord(b[i]) || b[i] == '-' || b[i] == '_' || others && b[i] == symbol) {
			i++
		}
		stop := i
		for stop > start && (b[stop-1] == '-' || b[stop-1] == '_') {
			stop--
		}
		if stop == start || b[start] == '-' {
			break
		}
		labels++
		if labels > 1 && topDomain(b[start:stop]) {
			end = stop
		}
		if stop < i {
			break
		}
		n := dotAt(b, i, spelled)
		if n == 0 {
			break
		}
		i += n
	}
	if end > 0 && end < len(b) && isWord(b[end]) {
		return 0
	}
	return end
}

// dotAt returns the length of a dot between labels, or 0.
func dotAt(b []byte, i int, spelled bool) int {
	if i+1 < len(b) && b[i] == '.' && isWord(b[i+1]) {
		return 1
	}
	skip := i
	if skip < len(b) && b[skip] == ' ' {
		skip++
	}
	for _, s := range spelledDot {
		if bytes.HasPrefix(b[skip:], s) {
			skip += len(s)
			if skip < len(b) && b[skip] == ' ' {
				skip++
			}
			return skip - i
		}
	}
	return 0
}

// topDomain reports whether a label can be the last of a domain.
func topDomain(label []byte) bool {
	if bytes.HasPrefix(label, []byte("xn--")) {
		return true
	}
	if len(label) < 2 || len(label) > 24 || notDomains[string(label)] {
		return false
	}
	for _, c := range label {
		if !isLetter(c) {
			return false
		}
	}
	return true
}
