package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// maxLine bounds one line of a transcript, in bytes.
const maxLine = 1 << 20

// turnStart matches a line that begins a turn: an optional time in brackets, then a word and a colon. A colon
// inside a word, as in a URL, is none.
var turnStart = regexp.MustCompile(`^(?:\[([^\]]*)\]\s*)?(\p{L}[\p{L}_-]*):(?:\s+(.*))?$`)

// parseTranscript reads a conversation: one turn a line, "role: text" or "[2026-05-12T10:00:00Z] role: text",
// the time in RFC 3339. Blank lines and lines that begin with # are skipped. A line that is indented, or that
// begins neither with [ nor with a word and a colon, continues the turn before on a new line. Errors name the
// file and the line.
func parseTranscript(name string, r io.Reader) ([]spectron.Message, error) {
	var messages []spectron.Message
	var starts []int     // line numbers of the turns
	var texts [][]string // their lines
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	number := 0
	for lines.Scan() {
		number++
		line := strings.TrimRight(lines.Text(), " \t")
		if number == 1 {
			line = strings.TrimPrefix(line, "\ufeff") // a byte order mark
		}
		message, starting, err := parseLine(line)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s:%d: %w", name, number, err)
		case starting:
			messages = append(messages, message)
			starts = append(starts, number)
			texts = append(texts, []string{message.Content})
		case line == "", line[0] == '#':
		case len(messages) == 0:
			return nil, fmt.Errorf("%s:%d: no turn yet: a turn begins with a role, as in \"user: hello\"", name, number)
		default:
			texts[len(texts)-1] = append(texts[len(texts)-1], strings.TrimSpace(line))
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, number+1, err)
	}
	if len(messages) == 0 {
		return nil, fmt.Errorf("%s:%d: no turns", name, max(number, 1))
	}
	for i := range messages {
		messages[i].Content = strings.TrimSpace(strings.Join(texts[i], "\n"))
		if messages[i].Content == "" {
			return nil, fmt.Errorf("%s:%d: the turn is empty", name, starts[i])
		}
	}
	return messages, nil
}

// parseLine reads a line that begins a turn, and reports whether it does.
func parseLine(line string) (spectron.Message, bool, error) {
	fields := turnStart.FindStringSubmatch(line)
	if fields == nil {
		if strings.HasPrefix(line, "[") {
			return spectron.Message{}, false, fmt.Errorf("%q has no role: write \"[2026-05-12T10:00:00Z] user: hello\", or indent the line", line)
		}
		return spectron.Message{}, false, nil
	}
	message := spectron.Message{Role: spectron.Role(strings.ToLower(fields[2])), Content: fields[3]}
	if line[0] == '[' {
		at, err := time.Parse(time.RFC3339, fields[1])
		if err != nil {
			return message, false, fmt.Errorf("bad time %q: write it as [2026-05-12T10:00:00Z]", fields[1])
		}
		message.At = at
	}
	switch message.Role {
	case spectron.RoleUser, spectron.RoleAssistant, spectron.RoleSystem, spectron.RoleTool:
		return message, true, nil
	}
	return message, false, fmt.Errorf("unknown role %q: use user, assistant, system or tool, or indent the line", fields[2])
}
