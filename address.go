package spectron

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// address is a checked URL of a store.
type address struct {
	scheme string
	path   string // of a file
	url    string // of a server
}

const (
	schemeMemory = "mem"
	schemeFile   = "file"
)

// parseAddress checks the URL of a store.
func parseAddress(op, rawURL string) (address, error) {
	const field = "URL"
	const forms = "use mem://, file://PATH, ws://HOST:PORT, wss://, http:// or https://"
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return address{}, invalid(op, field, "not a URL; %s", forms)
	}
	a := address{scheme: strings.ToLower(scheme)}
	switch a.scheme {
	case schemeMemory:
		if rest != "" {
			return a, invalid(op, field, "a store in memory has no name and no settings; use mem://")
		}
		return a, nil
	case schemeFile:
		var err error
		a.path, err = parsePath(op, rest)
		return a, err
	case "ws", "wss", "http", "https":
		u, err := url.Parse(rawURL)
		switch {
		case err != nil:
			// The error of url.Parse repeats the URL, which may hold a password.
			return a, invalid(op, field, "not a URL of a server; %s", forms)
		case u.User != nil:
			return a, invalid(op, field, "the URL has a user or a password in it; use Options.Remote")
		case u.Host == "":
			return a, invalid(op, field, "%q names no host; %s", rawURL, forms)
		case u.RawQuery != "" || u.Fragment != "":
			return a, invalid(op, field, "the URL of a server has no settings; use Options.Remote")
		case u.Path != "" && u.Path != "/" && u.Path != "/rpc":
			return a, invalid(op, field, "%q: leave out the path", rawURL)
		}
		a.url = a.scheme + "://" + u.Host
		return a, nil
	}
	return a, invalid(op, field, "unknown scheme %q; %s", scheme, forms)
}

// parsePath returns the path in file://PATH: relative to the working directory, or absolute after a third slash.
func parsePath(op, rest string) (string, error) {
	const field = "URL"
	path, err := url.PathUnescape(rest)
	switch {
	case err != nil:
		return "", invalid(op, field, "%v; write %%25 for a percent sign in a path", err)
	case strings.ContainsAny(rest, "?#"):
		return "", invalid(op, field, "a file has no settings in its URL; write %%3F and %%23 for ? and # in a path")
	case path == "":
		return "", invalid(op, field, "file:// names no file; use file://agent.db or file:///absolute/path/agent.db")
	case strings.HasPrefix(path, "~"):
		return "", invalid(op, field, "%q: ~ is not expanded; use os.UserHomeDir", path)
	case strings.ContainsRune(path, 0):
		return "", invalid(op, field, "a path has no zero character")
	}
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/") // file:///C:/agent.db
	}
	return filepath.FromSlash(path), nil
}

// remote reports whether the store is on a server.
func (a address) remote() bool { return a.url != "" }

// inURL writes the characters of a path that mean something else in a URL.
var inURL = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23")

// String is the URL without secrets: the store can be opened with it again.
func (a address) String() string {
	switch a.scheme {
	case schemeMemory:
		return "mem://"
	case schemeFile:
		path := inURL.Replace(filepath.ToSlash(a.path))
		if runtime.GOOS == "windows" && filepath.IsAbs(a.path) {
			path = "/" + path // file:///C:/agent.db
		}
		return "file://" + path
	}
	return a.url
}
