package secret

// Text writes a secret that was read anew.
func (p Parsed) Text() string { return p.Form.write(p.ID, p.secret()) }
