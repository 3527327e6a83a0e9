// Package settings reads, validates, merges, stores and seals the configuration of Contexts. One table lists all settings. In this
// package a configuration is a map from paths to values; package spectron declares the public structs.
package settings

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/strictjson"
)

const (
	maxJSON  = 256 << 10
	maxUnset = 64
)

// Config is a part of a configuration: values by their path in JSON, such as "response_cache.enabled" or "providers.openai". A value is a
// bool, an int, an int64, a float64, a Model or a Key.
type Config map[string]any

// Key is the API key of a provider. The empty Key stands for a key that is stored sealed.
type Key string

// Format prints "[redacted]", or nothing for an empty Key, whatever the verb.
func (k Key) Format(f fmt.State, _ rune) {
	if k != "" {
		_, _ = io.WriteString(f, secret.Redacted)
	}
}

// Patch changes the settings of a Context; a nil field changes nothing. Unset has the paths of settings and of groups that go back
// to their defaults before Config is applied.
type Patch struct {
	Description        *string
	EnforcementBlocked *bool
	Config             Config
	Unset              []string
}

// Read reads the JSON of a part of a configuration. A null counts as an absent field. For a JSON null it returns nil.
func Read(data []byte) (Config, error) {
	v, err := strictjson.Parse(data, maxJSON)
	if err != nil || v.Kind == strictjson.Null {
		return nil, err
	}
	c, _, err := read(v)
	return c, err
}

// ReadPatch reads the JSON of a merge patch (RFC 7386). For a JSON null it returns nil.
func ReadPatch(data []byte) (*Patch, error) {
	v, err := strictjson.Parse(data, maxJSON)
	if err != nil || v.Kind == strictjson.Null {
		return nil, err
	}
	var p Patch
	err = v.Each(func(name string, field strictjson.Value) (err error) {
		null := field.Kind == strictjson.Null
		switch {
		case name == "description":
			p.Description = new(string)
			if !null {
				*p.Description, err = field.Text()
			}
		case name == "enforcement_blocked":
			p.EnforcementBlocked = new(bool)
			if !null {
				*p.EnforcementBlocked, err = field.Truth()
			}
		case name != "config":
			err = field.Unknown([]string{"description", "enforcement_blocked", "config"})
		case null:
			err = fault.Bad(field.Path, "null would remove the whole configuration; set only the fields to reset to null")
		default:
			p.Config, p.Unset, err = read(field)
		}
		return err
	})
	return &p, err
}

// read reads a configuration, and the paths of the null values in it. It does not check ranges; Check does.
func read(v strictjson.Value) (Config, []string, error) {
	c, nulls := Config{}, []string(nil)
	var group func(v strictjson.Value, at string) error
	group = func(v strictjson.Value, at string) error {
		return v.Each(func(name string, field strictjson.Value) (err error) {
			path := strings.TrimPrefix(at+"."+name, ".")
			s, single := lookup(path)
			switch {
			case at == providers && !single:
				return fault.Bad(v.Path, badProvider)
			case strings.Contains(name, "."), !known(path): // a dot in a name does not address a member of a group
				return field.Unknown(members(at))
			case field.Kind == strictjson.Null:
				nulls = append(nulls, path)
			case single:
				c[path], err = s.rule.read(field)
			default:
				err = group(field, path)
			}
			return err
		})
	}
	err := group(v, "")
	return c, nulls, err
}

// Check checks the values that are set in a struct of package spectron. Errors call the struct by the given name.
func Check(of any, name string) error {
	c, names := Config{}, map[string]string{providers: name + ".Providers"}
	flatten(reflect.ValueOf(of), "", name+".", func(path, name string, value any) { c[path], names[path] = value, name })
	return c.check(func(path string) string { return names[path] })
}

// check checks the values of c. named returns the name of a path in an error.
func (c Config) check(named func(path string) string) error {
	for _, path := range c.Paths() {
		_, stage := within(path, models)
		switch s, ok := lookup(path); {
		case ok:
			if err := s.rule.check(named(path), path, c[path]); err != nil {
				return err
			}
		case stage:
			return fault.Bad(named(path), "unknown stage; the stages are %s", fault.List(members(models)))
		default:
			return fault.Bad(named(providers), badProvider)
		}
	}
	return c.countProviders(named(providers))
}

func (c Config) countProviders(field string) error {
	if n := len(c.Providers()); n > maxProviders {
		return fault.Over(field, n, maxProviders, "providers")
	}
	return nil
}

// CheckUnset checks the paths to unset.
func CheckUnset(unset []string) error {
	if len(unset) > maxUnset {
		return fault.Over("Unset", len(unset), maxUnset, "paths")
	}
	for i, path := range unset {
		if !known(path) {
			return fault.Bad(fmt.Sprintf("Unset[%d]", i), "unknown path; the paths are %s", fault.List(paths()))
		}
	}
	return nil
}

// Paths returns the paths that have a value, in the order of the table.
func (c Config) Paths() []string {
	return slices.SortedFunc(maps.Keys(c), func(a, b string) int {
		return cmp.Or(cmp.Compare(position(a), position(b)), cmp.Compare(a, b))
	})
}

// Providers returns the names of the providers that have a key, sorted.
func (c Config) Providers() []string {
	names := []string{}
	for _, path := range c.Paths() {
		if name, ok := within(path, providers); ok {
			names = append(names, name)
		}
	}
	return names
}

// Merge returns c without the paths of unset, and with the values of patch. All three have passed their checks; the result shares
// nothing with them. It refuses too many providers.
func (c Config) Merge(patch Config, unset []string) (Config, error) {
	out := Config{}
	maps.Copy(out, c)
	for _, gone := range unset {
		maps.DeleteFunc(out, func(path string, _ any) bool {
			_, inside := within(path, gone)
			return path == gone || inside
		})
	}
	maps.Copy(out, patch)
	return out, out.countProviders("Config.Providers")
}

// Effective returns c with the defaults filled in.
func (c Config) Effective() Config {
	out := Config{}
	for _, s := range table {
		if other, ok := s.otherwise.(sameAs); ok {
			out[s.path] = c[string(other)]
		} else {
			out[s.path] = s.otherwise
		}
	}
	maps.Copy(out, c)
	maps.DeleteFunc(out, func(_ string, value any) bool { return value == nil })
	return out
}

// Models reports whether the patch may change a model or the key of a provider.
func (p Patch) Models() bool {
	return slices.ContainsFunc(append(p.Config.Paths(), p.Unset...), func(path string) bool {
		group, _, _ := strings.Cut(path, ".")
		return group == models || group == providers
	})
}

// Changes lists the paths that the patch changes, without values, and with a "-" before the paths to unset.
func (p Patch) Changes() string {
	var out []string
	if p.Description != nil {
		out = append(out, "description")
	}
	if p.EnforcementBlocked != nil {
		out = append(out, "enforcement_blocked")
	}
	out = append(out, p.Config.Paths()...)
	for _, path := range p.Unset {
		out = append(out, "-"+path)
	}
	return strings.Join(out, ", ")
}

// Encode returns the form in which a configuration is stored: its JSON without the keys of providers, which are stored sealed. Equal
// configurations give equal bytes.
func (c Config) Encode() ([]byte, error) {
	whole := c.tree()
	delete(whole, providers)
	return json.Marshal(whole)
}

// Decode reads the result of Encode; empty data gives an empty configuration. fault.Unsupported: a later version wrote it; fault.Damaged:
// it is not the result of Encode.
func Decode(data []byte) (Config, error) {
	if len(data) == 0 {
		return Config{}, nil
	}
	v, err := strictjson.Parse(data, maxJSON)
	var c Config
	if err == nil {
		c, _, err = read(v)
	}
	if err == nil {
		err = c.check(func(path string) string { return path })
	}
	switch {
	case v.HadUnknown():
		return nil, unreadable(fault.Unsupported, "the stored configuration is of a later version", err)
	case err != nil:
		return nil, unreadable(fault.Damaged, "the stored configuration cannot be read", err)
	case len(c.Providers()) > 0:
		return nil, fault.New(fault.Damaged, "", "the stored configuration has unsealed API keys of providers")
	}
	return c, nil
}

func unreadable(code fault.Code, detail string, err error) error {
	return &fault.Error{Code: code, Detail: detail, Err: fmt.Errorf("config: %w", err)}
}
