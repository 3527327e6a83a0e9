package guard

// ibanSizes has the length of the IBANs of each country.
var ibanSizes = map[string]int{
	"ad": 24, "ae": 23, "al": 28, "at": 20, "az": 28, "ba": 20, "be": 16, "bg": 22, "bh": 22, "bi": 27, "br": 29, "by": 28, "ch": 21, "cr": 22, "cy": 28, "cz": 24,
	"de": 22, "dj": 27, "dk": 18, "do": 28, "ee": 20, "eg": 29, "es": 24, "fi": 18, "fk": 18, "fo": 18, "fr": 27, "gb": 22, "ge": 22, "gi": 23, "gl": 18, "gr": 27,
	"gt": 28, "hn": 28, "hr": 21, "hu": 28, "ie": 22, "il": 23, "iq": 23, "is": 26, "it": 27, "jo": 30, "kw": 30, "kz": 20, "lb": 28, "lc": 32, "li": 21, "lt": 20,
	"lu": 20, "lv": 21, "ly": 25, "mc": 27, "md": 24, "me": 22, "mk": 19, "mn": 20, "mr": 27, "mt": 31, "mu": 30, "ni": 28, "nl": 18, "no": 15, "om": 23, "pk": 24,
	"pl": 28, "ps": 29, "pt": 25, "qa": 29, "ro": 24, "rs": 22, "ru": 33, "sa": 24, "sc": 31, "sd": 18, "se": 24, "si": 19, "sk": 24, "sm": 27, "so": 23, "st": 25,
	"sv": 28, "tl": 23, "tn": 24, "tr": 26, "ua": 29, "va": 22, "vg": 24, "xk": 20, "ye": 30,
}

// ibanAt finds an IBAN: the length of its country, and the check digits of ISO 7064 (mod 97).
func ibanAt(b []byte, at int) int {
	if len(b)-at < 15 || !isLetter(b[at]) || !isLetter(b[at+1]) {
		return 0
	}
	size := ibanSizes[string(b[at:at+2])]
	if size == 0 {
		return 0
	}
	var iban [34]byte
	n, i := 0, at
	for i < len(b) && n < size {
		switch c := b[i]; {
		case isDigit(c) || c >= 'a' && c <= 'z':
			iban[n] = c
			n++
		case n < 2 || c != ' ' && c != '-' && c != '.' || !isWord(b[i-1]):
			return 0
		}
		i++
	}
	if n < size || !isDigit(iban[2]) || !isDigit(iban[3]) || i < len(b) && isWord(b[i]) {
		return 0
	}
	rest := 0
	for k := range size {
		c := iban[(k+4)%size]
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'a') + 10) % 97
		}
	}
	if rest != 1 {
		return 0
	}
	return i
}
