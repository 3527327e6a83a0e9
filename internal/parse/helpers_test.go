package parse

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func source(content string) Source {
	return Source{ReaderAt: strings.NewReader(content), Size: int64(len(content))}
}

func read(format Format, content string, limits Limits) (*Text, error) {
	return Read(context.Background(), format, source(content), limits)
}

// shown returns the blocks of a text as tests write them: the kind with the page, and the words after it.
func shown(text *Text) []string {
	kinds := [...]string{"P", "H", "L", "T", "C", "Q"}
	var all []string
	for _, b := range text.Blocks {
		kind := kinds[b.Kind]
		if b.Kind == Heading {
			kind = fmt.Sprint(kind, b.Level)
		}
		if b.Page > 0 {
			kind += fmt.Sprint("@", b.Page)
		}
		all = append(all, kind+" "+text.Body[b.Start:b.End])
	}
	return all
}

// linked returns the links of a text: the words, and where they lead to.
func linked(text *Text) []string {
	var all []string
	for _, l := range text.Links {
		all = append(all, text.Body[l.Start:l.End]+" -> "+l.Target)
	}
	return all
}

func mustRead(t *testing.T, format Format, content string) *Text {
	t.Helper()
	text, err := read(format, content, Limits{})
	require.NoError(t, err)
	return text
}

// wanted is what a file should be read as.
type wanted struct {
	name, content string
	blocks        []string
	links         []string
	title, date   string
}

func compare(t *testing.T, format Format, cases []wanted) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := mustRead(t, format, c.content)
			require.Equal(t, c.blocks, shown(text))
			require.Equal(t, c.links, linked(text))
			require.Equal(t, c.title, text.Title)
			date := ""
			if !text.Date.IsZero() {
				date = text.Date.Format("2006-01-02 15:04")
			}
			require.Equal(t, c.date, date)
		})
	}
}
