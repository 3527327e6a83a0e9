package chunking

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"

	"github.com/spectron-go/spectron/internal/parse"
)

// maxGap is the number of characters without a letter or digit that end a sentence. Rule SB8 of UAX #29 looks ahead over them from each, which
// takes quadratic time if there are many.
const maxGap = 16

// lined reports whether blocks of a kind have lines that belong together.
func lined(k parse.Kind) bool { return k == parse.List || k == parse.Table || k == parse.Code }

// split adds the pieces of a block: itself if it has at most limit characters, otherwise its lines or sentences, divided further until they fit.
func (p *packer) split(i, limit int) {
	b := &p.blocks[i]
	switch {
	case b.to-b.from <= limit:
		p.add(i, b.Start, b.End, whole)
	case lined(b.Kind):
		at := whole
		lines(p.text.Body, b.Start, b.End, func(s, e int) bool {
			if p.fits(s, e, limit) {
				p.add(i, s, e, at)
			} else {
				p.sentences(i, s, e, limit, at)
			}
			at = line
			return true
		})
	default:
		p.sentences(i, b.Start, b.End, limit, whole)
	}
}

// fits reports whether a piece has at most limit characters.
func (p *packer) fits(start, end, limit int) bool {
	return end-start <= limit || end-start <= limit*utf8.UTFMax && utf8.RuneCountInString(p.text.Body[start:end]) <= limit
}

// sentences adds sentences, and the words of those that do not fit.
func (p *packer) sentences(block, start, end, limit int, at level) {
	sentencesOf(p.text.Body, start, end, func(s, e int) bool {
		if p.fits(s, e, limit) {
			p.add(block, s, e, at)
		} else {
			p.words(block, s, e, limit, at)
		}
		at = sentence
		return true
	})
}

// words adds words, and parts of those that do not fit.
func (p *packer) words(block, start, end, limit int, at level) {
	fields(p.text.Body, start, end, func(s, e int) bool {
		if p.fits(s, e, limit) {
			p.add(block, s, e, at)
		} else {
			p.parts(block, s, e, limit, at)
		}
		at = word
		return true
	})
}

// parts adds the words of a text without white space as UAX #29 finds them, and the grapheme clusters of those that do not fit.
func (p *packer) parts(block, start, end, limit int, at level) {
	body := p.text.Body
	s := start
	for iter := words.FromString(body[start:end]); iter.Next(); {
		e := start + iter.End()
		if e < end && !boundary(body, e) {
			continue
		}
		if p.fits(s, e, limit) {
			p.add(block, s, e, at)
		} else {
			p.clusters(block, s, e, limit, at)
		}
		s, at = e, inside
	}
}

// clusters adds grapheme clusters, several at a time. One that is larger than a chunk may be is divided.
func (p *packer) clusters(block, start, end, limit int, at level) {
	body := p.text.Body
	several := max(limit/8, 1)
	s, n := start, 0 // of the clusters that wait
	add := func(e int) {
		if e > s {
			p.add(block, s, e, at)
			at = inside
		}
		s, n = e, 0
	}
	for iter := graphemes.FromString(body[start:end]); iter.Next(); {
		before, e := start+iter.Start(), start+iter.End()
		size := utf8.RuneCountInString(body[before:e])
		if n+size > several {
			add(before)
		}
		for ; size > p.options.Size; size -= p.options.Size {
			cut := s
			for range p.options.Size {
				_, w := utf8.DecodeRuneInString(body[cut:])
				cut += w
			}
			add(cut)
		}
		n += size
	}
	add(end)
}

// lines calls yield for the lines of a part of a body that are not blank, with the white space before them, until it returns false.
func lines(body string, start, end int, yield func(start, end int) bool) {
	for start < end {
		next := end
		if i := strings.IndexByte(body[start:end], '\n'); i >= 0 {
			next = start + i + 1
		}
		if s, e := trim(body, start, next, true); s < e && !yield(s, e) {
			return
		}
		start = next
	}
}

// sentencesOf calls yield for the sentences of a part of a body as UAX #29 finds them, without the white space around them, until it returns false.
func sentencesOf(body string, start, end int, yield func(start, end int) bool) {
	s := start
	for start < end {
		stop := stretch(body, start, end)
		for iter := sentences.FromString(body[start:stop]); iter.Next(); {
			e := start + iter.End()
			if e < end && !boundary(body, e) {
				continue
			}
			from, to := trim(body, s, e, false)
			if s = e; from < to && !yield(from, to) {
				return
			}
		}
		start = stop
	}
}

// stretch returns the end of the first run of maxGap characters without a letter or digit.
func stretch(body string, start, end int) int {
	for start+maxGap < end {
		// A run has at least as many bytes, so this byte is within it if it starts here or before.
		least := start + maxGap
		if isAlphanumeric(rune(body[least])) {
			start = least + 1
			continue
		}
		for gap := 0; start < end; {
			r, size := decode(body[start:])
			if isAlphanumeric(r) || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsNumber(r)) {
				gap = 0
				if start >= least {
					break
				}
			} else if gap++; gap > maxGap {
				return start
			}
			start += size
		}
	}
	return end
}

// isAlphanumeric reports whether r is a letter or digit of ASCII.
func isAlphanumeric(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' }

func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	return unicode.IsSpace(r)
}

// fields calls yield for what is between white space in a part of a body, until it returns false.
func fields(body string, start, end int, yield func(start, end int) bool) {
	for start < end {
		s := start
		for s < end {
			r, size := decode(body[s:])
			if !isSpace(r) {
				break
			}
			s += size
		}
		e := s
		for e < end {
			r, size := decode(body[e:])
			if isSpace(r) && boundary(body, e) {
				break
			}
			e += size
		}
		if s, e := trim(body, start, e, false); s < e && !yield(s, e) {
			return
		}
		start = max(e, s)
	}
}

func decode(s string) (rune, int) {
	if c := s[0]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s)
}

// trim cuts off white space, unless that divides a grapheme cluster. It keeps the indentation if that is asked for.
func trim(body string, start, end int, indented bool) (int, int) {
	s, e := start, end
	for s < e {
		r, size := decode(body[s:e])
		if !isSpace(r) {
			break
		}
		s += size
	}
	if s == e {
		return end, end
	}
	for s > start && !boundary(body, s) {
		_, size := utf8.DecodeLastRuneInString(body[:s])
		s -= size
	}
	if indented {
		s = start + strings.LastIndexByte(body[start:s], '\n') + 1
	}
	for {
		r, size := utf8.DecodeLastRuneInString(body[:e])
		if !isSpace(r) {
			break
		}
		e -= size
	}
	for e < end && !boundary(body, e) {
		_, size := utf8.DecodeRuneInString(body[e:])
		e += size
	}
	return s, e
}

// boundary reports whether a text may be cut at a position, because a grapheme cluster ends there. It looks at the two characters around it, and
// says no where only more of the text could tell: between flags, and after a mark or joiner that is not followed by white space or ASCII.
func boundary(body string, i int) bool {
	if i <= 0 || i >= len(body) {
		return true
	}
	if body[i] < utf8.RuneSelf && body[i-1] < utf8.RuneSelf {
		return body[i] != '\n' || body[i-1] != '\r'
	}
	before, left := utf8.DecodeLastRuneInString(body[:i])
	after, right := utf8.DecodeRuneInString(body[i:])
	if isHan(before) && isHan(after) {
		return true
	}
	if (before == '\u200d' || unicode.IsMark(before)) && after >= utf8.RuneSelf && !isSpace(after) {
		return false
	}
	iter := graphemes.FromString(body[i-left : i+right])
	return iter.Next() && iter.End() == left
}

func isHan(r rune) bool { return r >= '\u4e00' && r <= '\u9fff' }
