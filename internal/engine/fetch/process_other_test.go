//go:build !unix

package fetch

func becomeUser(int) error { return nil }

func limitFiles() error { return nil }
