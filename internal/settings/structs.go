package settings

import (
	"reflect"
	"strings"

	"github.com/spectron-go/spectron/internal/strictjson"
)

// The structs of package spectron, which users see, have the paths in their json tags. Groups are structs, pointers to structs, and
// maps of models or keys by name.

// Flatten returns what is set in a struct, in which what is not in a map is a pointer. The result shares nothing with it.
func Flatten(from any) Config {
	c := Config{}
	c.flatten(reflect.ValueOf(from), "")
	return c
}

func (c Config) flatten(from reflect.Value, prefix string) {
	for i := range from.NumField() {
		path := prefix + tagOf(from.Type().Field(i))
		switch f := from.Field(i); {
		case f.Kind() == reflect.Map:
			for name, value := range f.Seq2() {
				c[path+"."+name.String()] = plain(value)
			}
		case f.IsNil():
		case f.Elem().Kind() == reflect.Struct:
			c.flatten(f.Elem(), path+".")
		default:
			c[path] = f.Elem().Interface()
		}
	}
}

// plain makes a Model or a Key of a value of a type of package spectron.
func plain(value reflect.Value) any {
	if value.Kind() == reflect.Struct {
		return value.Convert(reflect.TypeFor[Model]()).Interface()
	}
	return value.Convert(reflect.TypeFor[Key]()).Interface()
}

// Fill sets the fields of the struct that into points to for which c has a value, and leaves the others.
func (c Config) Fill(into any) { c.fill(reflect.ValueOf(into).Elem(), "") }

// fill reports whether it set a field.
func (c Config) fill(into reflect.Value, prefix string) (some bool) {
	for i := range into.NumField() {
		path := prefix + tagOf(into.Type().Field(i))
		f := into.Field(i)
		value, set := c[path]
		switch {
		case f.Kind() == reflect.Map:
			set = c.fillMap(f, path)
		case f.Kind() == reflect.Struct:
			set = c.fill(f, path+".")
		case f.Kind() == reflect.Pointer:
			one := reflect.New(f.Type().Elem())
			if one.Elem().Kind() == reflect.Struct {
				set = c.fill(one.Elem(), path+".")
			} else if set {
				one.Elem().Set(reflect.ValueOf(value))
			}
			if set {
				f.Set(one)
			}
		case set:
			f.Set(reflect.ValueOf(value))
		}
		some = some || set
	}
	return some
}

func (c Config) fillMap(into reflect.Value, group string) (some bool) {
	for path, value := range c {
		name, ok := within(path, group)
		if !ok {
			continue
		}
		if into.IsNil() {
			into.Set(reflect.MakeMap(into.Type()))
		}
		into.SetMapIndex(reflect.ValueOf(name).Convert(into.Type().Key()), reflect.ValueOf(value).Convert(into.Type().Elem()))
		some = true
	}
	return some
}

// nameOf returns what a path is called in Go, in a struct or a pointer to one: "ResponseCache.Enabled", "Models[response]".
func nameOf(in reflect.Type, path string) string {
	if in.Kind() == reflect.Pointer {
		in = in.Elem()
	}
	tag, rest, nested := strings.Cut(path, ".")
	for i := range in.NumField() {
		switch f := in.Field(i); {
		case tagOf(f) != tag:
		case !nested:
			return f.Name
		case f.Type.Kind() == reflect.Map:
			return f.Name + "[" + strictjson.Shown(rest) + "]"
		default:
			return f.Name + "." + nameOf(f.Type, rest)
		}
	}
	return path
}

func tagOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}
