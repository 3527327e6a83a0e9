package settings

import (
	"regexp"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/strictjson"
)

const maxModelBytes = 256

var modelPattern = regexp.MustCompile(`^[!-.0-~]+(/[!-.0-~]+)*$`)

// Model names a model of a provider.
type Model struct {
	Provider string
	Name     string
}

// String returns "provider/name", or "" for the zero Model.
func (m Model) String() string {
	if m == (Model{}) {
		return ""
	}
	return m.Provider + "/" + m.Name
}

// MarshalText returns what String returns. It returns an error if m is not a valid model name.
func (m Model) MarshalText() ([]byte, error) {
	if m != (Model{}) {
		if err := m.check("Model"); err != nil {
			return nil, err
		}
	}
	return []byte(m.String()), nil
}

// ParseModel reads what String returns.
func ParseModel(field, text string) (Model, error) {
	if text == "" {
		return Model{}, nil
	}
	var m Model
	m.Provider, m.Name, _ = strings.Cut(text, "/")
	if err := m.check(field); err != nil {
		return Model{}, err
	}
	return m, nil
}

// ReadModel reads both JSON forms of a Model. For a JSON null it returns nil.
func ReadModel(data []byte) (*Model, error) {
	v, err := strictjson.Parse(data, maxJSON)
	if err != nil || v.Kind == strictjson.Null {
		return nil, err
	}
	m, err := readModel(v)
	return &m, err
}

func readModel(v strictjson.Value) (m Model, err error) {
	switch v.Kind {
	case strictjson.String:
		text, err := v.Text()
		if err != nil {
			return m, err
		}
		return ParseModel(v.Path, text)
	case strictjson.Object:
	default:
		return m, v.Wrong("a string or an object with provider and model")
	}
	err = v.Each(func(name string, field strictjson.Value) (err error) {
		switch name {
		case "provider":
			m.Provider, err = field.Text()
		case "model":
			m.Name, err = field.Text()
		default:
			err = field.Unknown([]string{"provider", "model"})
		}
		return err
	})
	if err == nil {
		err = m.check(v.Path)
	}
	return m, err
}

// check validates m. Its error does not repeat m, which may be an API key in the wrong place.
func (m Model) check(field string) error {
	switch size := len(m.Provider) + 1 + len(m.Name); {
	case size > maxModelBytes:
		return fault.Over(field, size, maxModelBytes, "bytes")
	case !providerPattern.MatchString(m.Provider) || !modelPattern.MatchString(m.Name):
		return fault.Bad(field, `not the name of a model, such as "openai/gpt-4o-mini"`)
	}
	return nil
}
