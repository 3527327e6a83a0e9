package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spectron-go/spectron"
)

type story struct {
	ID       string
	Messages []struct {
		At                     time.Time
		Role                   spectron.Role
		Speaker, Session, Text string
	}
	Questions []struct{ Q, Speaker string; AsOf, ValidAt time.Time }
}

func main() {
	f, _ := os.Open("testdata/stories/tune.jsonl")
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var s story
		if err := json.Unmarshal(sc.Bytes(), &s); err != nil { panic(err) }
		if !slices.Contains(os.Args[1:], s.ID) { continue }
		fmt.Println("==", s.ID)
		ctx := context.Background()
		now := s.Messages[0].At
		m, err := spectron.Open(ctx, "mem://", &spectron.Options{Clock: func() time.Time { return now }})
		if err != nil { panic(err) }
		c, _ := m.EnsureContext(ctx, "a", spectron.ContextSpec{})
		sess := map[string]string{}
		for _, msg := range s.Messages {
			now = msg.At
			key := msg.Session
			if key == "" { key = msg.At.Format("2006-01-02") }
			out, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: msg.Text, Role: msg.Role, Speaker: msg.Speaker, SessionID: sess[key]})
			if err != nil { panic(err) }
			sess[key] = out.SessionID
			fmt.Println(msg.At.Format("01-02"), msg.Speaker, "|", msg.Text)
			for f, err := range c.Facts().All(ctx, spectron.FactQuery{}) {
				if err != nil { panic(err) }
				if f.RecordedAt.Equal(now) { fmt.Printf("      + %s | %s | %s%s\n", f.Entity.Name, f.Key, f.Value, "") }
				if !f.RetiredAt.IsZero() && f.RetiredAt.Equal(now) { fmt.Printf("      - %s | %s | %s%s\n", f.Entity.Name, f.Key, f.Value, "") }
			}
			for u, err := range c.Uncertainties().All(ctx, spectron.UncertaintyQuery{}) {
				if err != nil { panic(err) }
				if u.RecordedAt.Equal(now) { fmt.Printf("      ? %s: %s %v\n", u.About, u.Reason, len(u.FactIDs)) }
			}
		}
	}
}
