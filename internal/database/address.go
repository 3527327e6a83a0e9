package database

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
)

// Address is a checked URL of a store.
type Address struct {
	scheme string
	path   string // of a file
	url    string // of a server
}

const (
	schemeMemory = "mem"
	schemeFile   = "file"
)

const (
	field = "URL"
	forms = "use mem://, a path such as agent.db, file://PATH, ws://HOST:PORT, wss://, http:// or https://"
)

// ParseAddress checks the URL of a store, or the path of a file.
func ParseAddress(rawURL string) (Address, error) {
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return parsePlain(rawURL)
	}
	a := Address{scheme: strings.ToLower(scheme)}
	switch a.scheme {
	case schemeMemory:
		if rest != "" {
			return a, fault.Bad(field, "a store in memory has no name and no settings; use mem://")
		}
		return a, nil
	case schemeFile:
		var err error
		a.path, err = parsePath(rest)
		return a, err
	case "ws", "wss", "http", "https":
		u, err := url.Parse(rawURL)
		switch {
		case err != nil:
			// The error of url.Parse repeats the URL, which may hold a password.
			return a, fault.Bad(field, "not a URL of a server; %s", forms)
		case u.User != nil:
			return a, fault.Bad(field, "the URL has a user or a password in it; use Options.Remote")
		case u.Host == "":
			return a, fault.Bad(field, "%q names no host; %s", rawURL, forms)
		case u.RawQuery != "" || u.Fragment != "":
			return a, fault.Bad(field, "the URL of a server has no settings; use Options.Remote")
		case u.Path != "" && u.Path != "/" && u.Path != "/rpc":
			return a, fault.Bad(field, "%q: leave out the path", rawURL)
		}
		a.url = a.scheme + "://" + u.Host
		return a, nil
	}
	return a, fault.Bad(field, "unknown scheme %q; %s", scheme, forms)
}

// parsePlain takes a path that is no URL. One word, which has neither a dot nor a separator, is not taken for the name of a file: it
// is rather the name of a kind of store.
func parsePlain(path string) (Address, error) {
	name := path
	if drive := filepath.VolumeName(path); drive != "" {
		name = path[len(drive):]
	}
	if strings.Contains(name, ":") || !strings.ContainsAny(name, `./\`) {
		return Address{}, fault.Bad(field, "neither a URL nor the path of a file; %s", forms)
	}
	return Address{scheme: schemeFile, path: path}, checkPath(path)
}

func checkPath(path string) error {
	switch {
	case strings.HasPrefix(path, "~"):
		return fault.Bad(field, "%q: ~ is not expanded; use os.UserHomeDir", path)
	case strings.ContainsRune(path, 0):
		return fault.Bad(field, "a path has no zero character")
	}
	return nil
}

// parsePath returns the path in file://PATH: relative to the working directory, or absolute after a third slash.
func parsePath(rest string) (string, error) {
	path, err := url.PathUnescape(rest)
	switch {
	case err != nil:
		return "", fault.Bad(field, "%v; write %%25 for a percent sign in a path", err)
	case strings.ContainsAny(rest, "?#"):
		return "", fault.Bad(field, "a file has no settings in its URL; write %%3F and %%23 for ? and # in a path")
	case path == "":
		return "", fault.Bad(field, "file:// names no file; use file://agent.db or file:///absolute/path/agent.db")
	}
	if err := checkPath(path); err != nil {
		return "", err
	}
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/") // file:///C:/agent.db
	}
	return filepath.FromSlash(path), nil
}

// Remote reports whether the store is on a server.
func (a Address) Remote() bool { return a.url != "" }

// InMemory reports whether the store is gone when it is closed.
func (a Address) InMemory() bool { return a.scheme == schemeMemory }

// Path is the file that the store is in, "" for others.
func (a Address) Path() string { return a.path }

// inURL writes the characters of a path that mean something else in a URL.
var inURL = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23")

// String is the URL without secrets: the store can be opened with it again.
func (a Address) String() string {
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
