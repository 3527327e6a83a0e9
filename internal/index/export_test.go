package index

import "unicode/utf8"

// Token is a token with what kind of form it is, for the reference of the embedder.
type Token struct {
	Text       string
	Also, Stop bool
}

// Analyse returns the tokens of a text as a Tokeniser without a memory gives them.
func Analyse(text string) []Token {
	var out []Token
	for _, t := range NewTokeniser().analyse(text) {
		out = append(out, Token{t.text, t.also, t.stop})
	}
	return out
}

// Spaceless reports whether a token begins with a letter of a script without spaces.
func Spaceless(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return spaceless(r)
}
