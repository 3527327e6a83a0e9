// Package fetch gets the one file that the embedded engine needs and that the module does not carry:
// SurrealDB compiled to WebAssembly, from the npm package @surrealdb/wasm. The file is fetched once, checked
// against a pinned SHA-256 and kept in the user's cache directory; after that no network is used.
//
// Integrity rests on the pin alone. Whatever way the bytes came, nothing is returned or kept that does not have
// the pinned length and hash.
package fetch

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"
)

// What is fetched.
const (
	// Package and Version name the npm package. Version is that of the package; the SurrealDB inside is 3.0.2.
	Package = "@surrealdb/wasm"
	Version = "3.0.3"

	// Size (in bytes) and SHA256 (lower-case hex) pin the file.
	Size   = 11_970_093
	SHA256 = "2e6f692a783fd0261fbab237c332bd45bbc3912cac28979ecb6902439fbcbe81"

	// DefaultURL is where the file is downloaded from when neither Options.URL nor EnvURL says otherwise.
	DefaultURL = "https://cdn.jsdelivr.net/npm/" + Package + "@" + Version + "/wasm/" + fileName
)

// Environment variables that stand in for options that are not set.
const (
	EnvFile = "SPECTRON_ENGINE_FILE" // Options.File
	EnvURL  = "SPECTRON_ENGINE_URL"  // Options.URL
)

// DefaultIdleTimeout is how long a server may send nothing before a download is given up.
const DefaultIdleTimeout = 30 * time.Second

const (
	fileName      = "surrealdb_bg.wasm"
	archiveMember = "package/wasm/" + fileName // where an npm archive of the package holds the file
)

// Options says where to look. The zero value is ready to use.
type Options struct {
	// File is the wasm file itself, or an npm archive (.tgz) that holds it. When set it is the only place that is
	// looked at, and a file that does not match the pin is an error. Default: EnvFile.
	File string

	// CacheDir is the directory that keeps the file. Default: spectron/engine/<Version> in os.UserCacheDir.
	CacheDir string

	// URL is an http or https address of the wasm file or of an npm archive that holds it; the content decides
	// which. Plain http is allowed because the pinned hash, not the transport, protects the content. A URL that is
	// set is tried before npm and takes the place of DefaultURL. Default: EnvURL.
	URL string

	// IdleTimeout is how long a server may send nothing, before its headers or within the body.
	// Default: DefaultIdleTimeout. The whole download is bounded by the context alone.
	IdleTimeout time.Duration

	// Progress, when not nil, is called on the goroutine that called Wasm.
	Progress func(Progress)

	pin        pin               // default: Size and SHA256
	transport  http.RoundTripper // default: a copy of http.DefaultTransport
	npmCommand string            // default: npm
	npmTimeout time.Duration     // default: defaultNPMTimeout
}

// Module is the verified wasm and where things are on disk.
type Module struct {
	// Bytes is the wasm: Size bytes with the hash SHA256.
	Bytes []byte

	// From is the way the bytes came: StageFile, StageCache, StageNPM or StageDownload.
	From Stage

	// Path is the file that Bytes were read from or are now kept in; "" when they could not be kept.
	Path string

	// CompilationDir is the directory, beside the cached file, for compiled code. It is not created here and need not
	// be writable; "" when there is no cache directory at all.
	CompilationDir string

	// CacheErr says why a fetched file could not be kept; nil when it is kept or was there already. The module
	// is good all the same, but the next process has to fetch it again.
	CacheErr error
}

// Wasm returns the pinned wasm file. It looks at these places, in this order:
//
//  1. Options.File, when set, and then nothing else;
//  2. the cache directory;
//  3. Options.URL, when set;
//  4. `npm pack`, where npm is on the PATH: it honours the user's registry and proxy settings;
//  5. DefaultURL, unless Options.URL is set.
//
// A cached file that does not match the pin is not used; it is fetched again and replaced. What was fetched is
// kept in the cache directory by an atomic rename, so concurrent calls in any number of processes may each
// fetch but never see a partial file. A cache that cannot be written does not fail the call: see Module.CacheErr.
//
// When no place has the file the error is an *Error that lists every attempt; errors.Is matches the cause of
// each: ErrHash, ErrTruncated, ErrTooLarge, ErrArchive, ErrStalled, ErrRedirect, ErrURL, fs.ErrNotExist,
// exec.ErrNotFound (no npm), and errors.As a *StatusError. When ctx ends first, the error matches ctx.Err(), npm and
// its children are killed, and nothing is left behind.
func Wasm(ctx context.Context, o Options) (*Module, error) {
	f := newFetcher(o)
	local := way{StageCache, f.cache.path(), f.tryCache}
	if f.File != "" {
		local = way{StageFile, f.File, f.tryFile}
	}
	data, err := local.get(ctx)
	if err == nil {
		return f.module(local.stage, local.place, data), nil
	}
	failed := f.fail(ctx, local, err)
	if ctx.Err() != nil || f.File != "" {
		return nil, failed
	}

	cacheErr := f.cache.prepare(time.Now())
	for _, w := range f.ways() {
		data, err := w.get(ctx)
		if err != nil {
			if failed = f.fail(ctx, w, err); ctx.Err() != nil {
				break
			}
			continue
		}
		if cacheErr == nil {
			cacheErr = f.cache.keep(ctx, data, f.pin)
		}
		if cacheErr == nil {
			return f.module(w.stage, f.cache.path(), data), nil
		}
		m := f.module(w.stage, "", data)
		m.CacheErr = fmt.Errorf("keep engine: %w", cacheErr)
		return m, nil
	}
	return nil, failed
}

// fetcher is one call of Wasm.
type fetcher struct {
	Options
	cache    cache
	meter    meter
	attempts []Attempt // what failed so far
}

// way is one way to get the file.
type way struct {
	stage Stage
	place string // for error texts
	get   func(context.Context) ([]byte, error)
}

func newFetcher(o Options) *fetcher {
	if o.File == "" {
		o.File = os.Getenv(EnvFile)
	}
	if o.URL == "" {
		o.URL = os.Getenv(EnvURL)
	}
	if o.IdleTimeout <= 0 {
		o.IdleTimeout = DefaultIdleTimeout
	}
	if o.pin == (pin{}) {
		o.pin = pin{size: Size, sum: SHA256}
	}
	if o.npmCommand == "" {
		o.npmCommand = "npm"
	}
	if o.npmTimeout <= 0 {
		o.npmTimeout = defaultNPMTimeout
	}
	return &fetcher{
		Options: o,
		cache:   newCache(o.CacheDir),
		meter:   meter{report: o.Progress, total: o.pin.size},
	}
}

func (f *fetcher) ways() []way {
	npm := way{StageNPM, Package + "@" + Version, f.tryNPM}
	if f.URL != "" {
		return []way{{StageDownload, displayURL(f.URL), f.download(f.URL)}, npm}
	}
	return []way{npm, {StageDownload, DefaultURL, f.download(DefaultURL)}}
}

func (f *fetcher) tryFile(ctx context.Context) ([]byte, error) {
	f.meter.begin(StageFile)
	r, err := openRegular(f.File)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return f.pin.readPacked(ctx, r, &f.meter)
}

func (f *fetcher) tryCache(ctx context.Context) ([]byte, error) {
	f.meter.begin(StageCache)
	return f.cache.load(ctx, f.pin, &f.meter)
}

// fail records an attempt that failed and returns the error of a call that ends with it.
func (f *fetcher) fail(ctx context.Context, w way, err error) error {
	f.attempts = append(f.attempts, Attempt{Stage: w.stage, Place: w.place, Err: err})
	if ctxErr := ctx.Err(); ctxErr != nil {
		return fmt.Errorf("fetch engine: %s %s: %w", w.stage, w.place, ctxErr)
	}
	return &Error{Attempts: slices.Clone(f.attempts)}
}

func (f *fetcher) module(from Stage, path string, data []byte) *Module {
	return &Module{Bytes: data, From: from, Path: path, CompilationDir: f.cache.compilationDir()}
}
