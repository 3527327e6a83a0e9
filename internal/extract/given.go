package extract

// GivenName reports whether a word in lower case is a common given name that is not also an ordinary word.
func GivenName(word string) bool { return givenNames[word] }
