package spectron

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/strictjson"
)

const maxConfigJSON = 256 << 10

// UnmarshalJSON reads a part of a configuration; see Config for how strict it is. Whether the values are in range is
// said where the Config is used. ErrInvalid: Field is the path, such as "models.extracton"; ErrTooLarge. No error
// repeats a value.
func (c *Config) UnmarshalJSON(data []byte) error {
	v, err := strictjson.Parse(data, maxConfigJSON)
	if err != nil || v.Kind == strictjson.Null {
		return fail(opConfig, err)
	}
	var r configReader
	if err := r.read(v, ""); err != nil {
		return fail(opConfig, err)
	}
	*c = r.config
	return nil
}

// UnmarshalJSON reads a merge patch; see ContextPatch. ErrInvalid: Field is the path, such as
// "config.models.extracton"; ErrTooLarge. No error repeats a value.
func (p *ContextPatch) UnmarshalJSON(data []byte) error {
	v, err := strictjson.Parse(data, maxConfigJSON)
	if err != nil || v.Kind == strictjson.Null {
		return fail(opConfig, err)
	}
	var patch ContextPatch
	err = v.Each(func(name string, member strictjson.Value) error {
		var err error
		switch {
		case name == "description":
			patch.Description = new(string)
			if member.Kind != strictjson.Null {
				*patch.Description, err = member.Text()
			}
		case name == "enforcement_blocked":
			patch.EnforcementBlocked = new(bool)
			if member.Kind != strictjson.Null {
				*patch.EnforcementBlocked, err = member.Truth()
			}
		case name != "config":
			err = member.Unknown([]string{"description", "enforcement_blocked", "config"})
		case member.Kind == strictjson.Null:
			err = invalid(opConfig, member.Path, "null would remove the whole configuration; set the fields that are meant to null")
		default:
			r := configReader{null: func(path string) { patch.Unset = append(patch.Unset, path) }}
			err = r.read(member, "")
			patch.Config = r.config
		}
		return err
	})
	if err == nil {
		*p = patch
	}
	return fail(opConfig, err)
}

// UnmarshalJSON takes both forms of a Model.
func (m *Model) UnmarshalJSON(data []byte) error {
	v, err := strictjson.Parse(data, maxConfigJSON)
	if err != nil || v.Kind == strictjson.Null {
		return fail(opConfig, err)
	}
	parsed, err := readModel(v)
	if err == nil {
		*m = parsed
	}
	return fail(opConfig, err)
}

// encodeConfig returns what is kept of a configuration: its JSON without the providers, whose keys are kept sealed. Equal
// configurations give equal bytes.
func encodeConfig(c Config) ([]byte, error) {
	c = c.clone()
	c.Providers = nil
	return json.Marshal(c) // the keys of Models come sorted
}

// decodeConfig takes what encodeConfig returned; nothing stands for a configuration without values. ErrUnsupported: a later
// version wrote it; ErrDamaged: it is not what encodeConfig returns.
func decodeConfig(data []byte) (Config, error) {
	if len(data) == 0 {
		return Config{}, nil
	}
	var r configReader
	v, err := strictjson.Parse(data, maxConfigJSON)
	if err == nil {
		err = r.read(v, "")
	}
	if err == nil {
		err = r.config.check(opConfig, "Config")
	}
	switch err := fail(opConfig, err); {
	case r.unknown:
		return Config{}, &Error{Op: opConfig, Code: CodeUnsupported, Detail: "what is stored is of a later version", Err: err}
	case err != nil:
		return Config{}, &Error{Op: opConfig, Code: CodeDamaged, Detail: "what is stored cannot be read", Err: err}
	case r.config.Providers != nil:
		return Config{}, &Error{Op: opConfig, Code: CodeDamaged, Detail: "what is stored has keys of providers in the clear"}
	}
	return r.config, nil
}

// configReader reads a Config from JSON.
type configReader struct {
	config  Config
	null    func(path string) // is told of each null; may be nil
	unknown bool              // a field was not known
}

// read reads the group of fields at path, "" for all of them.
func (r *configReader) read(group strictjson.Value, path string) error {
	return group.Each(func(name string, v strictjson.Value) error {
		full := name
		if path != "" {
			full = path + "." + name
		}
		i := slices.IndexFunc(configFields, func(f configField) bool { return f.under(full) })
		switch {
		case strings.Contains(name, "."), i < 0 && full != "providers": // a dot does not lead into a group
			r.unknown = true
			return v.Unknown(members(path))
		case v.Kind == strictjson.Null:
			r.isNull(full)
			return nil
		case full == "providers":
			return r.readProviders(v)
		case configFields[i].path != full:
			return r.read(v, full)
		}
		return configFields[i].read(&r.config, v)
	})
}

func (r *configReader) readProviders(group strictjson.Value) error {
	return group.Each(func(name string, v strictjson.Value) error {
		if !providerPattern.MatchString(name) {
			return invalid(opConfig, group.Path, "%s", badProvider)
		}
		if v.Kind == strictjson.Null {
			r.isNull("providers." + name)
			return nil
		}
		key, err := v.Text()
		if err == nil {
			setKey(&r.config.Providers, name, Secret(key))
		}
		return err
	})
}

func (r *configReader) isNull(path string) {
	if r.null != nil {
		r.null(path)
	}
}

// members returns the names that a group may have in it.
func members(group string) []string {
	var names []string
	for _, path := range paths() {
		if group != "" {
			inner, ok := strings.CutPrefix(path, group+".")
			if !ok {
				continue
			}
			path = inner
		}
		if !strings.Contains(path, ".") {
			names = append(names, path)
		}
	}
	return names
}

func readModel(v strictjson.Value) (Model, error) {
	var m Model
	switch v.Kind {
	case strictjson.String:
		text, err := v.Text()
		if err != nil || text == "" {
			return m, err
		}
		return parseModel(v.Path, text)
	case strictjson.Object:
	default:
		return m, v.Wrong("a string or an object with provider and model")
	}
	err := v.Each(func(name string, member strictjson.Value) (err error) {
		switch name {
		case "provider":
			m.Provider, err = member.Text()
		case "model":
			m.Name, err = member.Text()
		default:
			err = member.Unknown([]string{"provider", "model"})
		}
		return err
	})
	if err == nil {
		err = m.check(opConfig, v.Path)
	}
	return m, err
}
