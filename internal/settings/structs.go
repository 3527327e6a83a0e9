package settings

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/spectron-go/spectron/internal/strictjson"
)

// The json tags of the configuration structs of package spectron are the paths of the settings.

// Flatten returns the values that are set in a struct. Its fields are pointers to values, pointers to such structs, and maps of models or
// keys by name. The result shares nothing with the struct.
func Flatten(from any) Config {
	c := Config{}
	flatten(reflect.ValueOf(from), "", "", func(path, _ string, value any) { c[path] = value })
	return c
}

// flatten calls set with each value, its path, and its name in Go: "ResponseCache.Enabled", "Models[response]".
func flatten(from reflect.Value, path, name string, set func(path, name string, value any)) {
	for i := range from.NumField() {
		field, f := from.Type().Field(i), from.Field(i)
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		path, name := path+tag, name+field.Name
		switch {
		case f.Kind() == reflect.Map:
			to := reflect.TypeFor[Key]()
			if f.Type().Elem().Kind() == reflect.Struct {
				to = reflect.TypeFor[Model]()
			}
			for key, value := range f.Seq2() {
				set(path+"."+key.String(), name+"["+strictjson.Shown(key.String())+"]", value.Convert(to).Interface())
			}
		case f.IsNil():
		case f.Elem().Kind() == reflect.Struct:
			flatten(f.Elem(), path+".", name+".", set)
		default:
			set(path, name, f.Elem().Interface())
		}
	}
}

// Fill sets the fields of the struct that into points to for which c has a value, and leaves the other fields. It panics if a value has
// another type than its field.
func (c Config) Fill(into any) {
	data, err := json.Marshal(c.tree())
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		panic(fmt.Sprintf("settings: filling a %T: %v", into, err))
	}
}

// tree returns the configuration as nested maps, for encoding/json.
func (c Config) tree() map[string]any {
	whole := map[string]any{}
	for path, value := range c {
		group, name, nested := strings.Cut(path, ".")
		switch inner, _ := whole[group].(map[string]any); {
		case !nested:
			whole[group] = value
		case inner == nil:
			whole[group] = map[string]any{name: value}
		default:
			inner[name] = value
		}
	}
	return whole
}
