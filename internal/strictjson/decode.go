package strictjson

import (
	"fmt"
	"reflect"
	"strings"
)

// Decode reads an object into a struct that into points to, by the names in its json tags: strings, truth values, whole numbers
// (int), structs, and slices of these. A null field is absent, and an empty array is a nil slice; inside an array null is refused.
// Decode panics when the struct has a field of another type. After an error, what into points to is read in part.
func (v Value) Decode(into any) error { return v.decode(reflect.ValueOf(into).Elem()) }

func (v Value) decode(into reflect.Value) error {
	switch into.Kind() {
	case reflect.Struct:
		fields, names := tagged(into)
		return v.Each(func(name string, field Value) error {
			target, ok := fields[name]
			switch {
			case !ok:
				return field.Unknown(names)
			case field.Kind == Null:
				return nil
			}
			return field.decode(target)
		})
	case reflect.Slice:
		return v.Elements(func(element Value) error {
			one := reflect.New(into.Type().Elem()).Elem()
			err := element.decode(one)
			into.Set(reflect.Append(into, one))
			return err
		})
	case reflect.String:
		text, err := v.Text()
		into.SetString(text)
		return err
	case reflect.Bool:
		truth, err := v.Truth()
		into.SetBool(truth)
		return err
	case reflect.Int:
		n, err := Whole[int](v)
		into.SetInt(int64(n))
		return err
	}
	panic(fmt.Sprintf("strictjson: a field of the type %s", into.Type()))
}

// tagged returns the fields of a struct by their JSON names, and the names in their order.
func tagged(of reflect.Value) (fields map[string]reflect.Value, names []string) {
	fields = map[string]reflect.Value{}
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Type().Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name], names = of.Field(i), append(names, name)
		}
	}
	return fields, names
}
