package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"as asked": `{"items":[{"message":1,"kind":"attribute","entity":{"type":"person","name":"I"},"key":"role","value":"nurse","confidence":0.9,"quote":"q"}]}`,
		"fenced":   "Here it is:\n```json\n" + `{"items":[{"message":1,"kind":"attribute","entity":{"type":"person","name":"I"},"key":"role","value":"nurse","confidence":0.9,"quote":"q"}]}` + "\n```\nDone.",
		"a list":   `[{"message":"1","kind":"attribute","entity":{"type":"person","name":"I"},"key":"role","value":"nurse","confidence":"0.9","quote":"q"}]`,
		"twice": `{"items":[{"message":1,"kind":"attribute","entity":{"type":"person","name":"I"},"key":"role","value":"nurse","confidence":0.9,"quote":"q"},
			{"message":1,"kind":"attribute","entity":{"type":"person","name":"I"},"key":"role","value":"nurse","confidence":0.9,"quote":"q"}], "more": 1}`,
	} {
		items, bad, err := parse(text)
		require.NoError(t, err, name)
		require.Zero(t, bad, name)
		require.Equal(t, []item{{Message: 1, Kind: "attribute", Entity: entity{"person", "I"}, Key: "role", Value: "nurse", Confidence: .9, Quote: "q"}}, items, name)
	}
	items, bad, err := parse(`{"items":[{"message":1,"entity":"Ann","value":7,"confidence":null},{"message":1,"value":true},3,{"message":{}},{"value":[1]}]}`)
	require.NoError(t, err)
	require.Equal(t, 3, bad)
	require.Equal(t, []item{{Message: 1, Entity: entity{Name: "Ann"}, Value: "7", Confidence: presumed}, {Message: 1, Value: "true", Confidence: presumed}}, items)
	items, _, err = parse(`{"items":[]}`)
	require.NoError(t, err)
	require.Empty(t, items)
}

func TestUnreadableAnswers(t *testing.T) {
	t.Parallel()
	many := make([]string, maxItems+1)
	for i := range many {
		many[i] = fmt.Sprintf(`{"message":%d}`, i)
	}
	for name, text := range map[string]string{
		"nothing": "", "prose": "I cannot do that.", "cut": `{"items":[{"message":1,"kind":"attr`, "no items": `{"facts":[]}`, "null items": `{"items":null}`,
		"a number": "[1,2]", "items of another form": `{"items":[1,"x"]}`, "endless": `{"items":[` + strings.Repeat(" ", maxAnswer) + `]}`,
		"many": `{"items":[` + strings.Join(many, ",") + `]}`, "deep": strings.Repeat("[", 200_000),
	} {
		_, _, err := parse(text)
		var u *unreadable
		require.True(t, errors.As(err, &u), "%s: %v", name, err)
	}
}

func TestSchemaIsAJSONSchema(t *testing.T) {
	t.Parallel()
	var schema struct {
		Properties struct {
			Items struct {
				Items struct {
					Properties map[string]any `json:"properties"`
					Required   []string       `json:"required"`
				} `json:"items"`
			} `json:"items"`
		} `json:"properties"`
	}
	require.NoError(t, json.Unmarshal(Schema, &schema))
	of := schema.Properties.Items.Items
	require.Len(t, of.Required, len(of.Properties), "strict schemas require every member")
	for _, name := range of.Required {
		require.Contains(t, of.Properties, name)
		require.Contains(t, extractPrompt, `"`+name+`"`, "the prompt explains every member")
	}
}
