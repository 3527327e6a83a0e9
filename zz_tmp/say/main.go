package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// lines: text to remember; "? question"; "---" new store
func main() {
	sc := bufio.NewScanner(os.Stdin)
	ctx := context.Background()
	var c *spectron.Context
	now := time.Date(2026, 5, 14, 10, 0, 0, 0, time.UTC)
	open := func() {
		m, err := spectron.Open(ctx, "mem://", &spectron.Options{Clock: func() time.Time { return now }})
		if err != nil { panic(err) }
		c, _ = m.EnsureContext(ctx, "a", spectron.ContextSpec{})
	}
	open()
	sess := ""
	for sc.Scan() {
		l := strings.TrimSpace(sc.Text())
		switch {
		case l == "": continue
		case l == "---": open(); sess = ""; fmt.Println("---"); continue
		case strings.HasPrefix(l, "?"):
			r, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: strings.TrimSpace(l[1:])})
			if err != nil { panic(err) }
			fmt.Println(l, " =>", r.Tier)
			for i, h := range r.Hits { if i < 3 { fmt.Printf("      %.2f %s\n", h.Score, h.Text) } }
			continue
		}
		now = now.Add(24 * time.Hour)
		out, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: l, SessionID: sess})
		if err != nil { panic(err) }
		sess = out.SessionID
		fmt.Println("|", l)
		for f, err := range c.Facts().All(ctx, spectron.FactQuery{}) {
			if err != nil { panic(err) }
			if f.RecordedAt.Equal(now) { fmt.Printf("      + %s | %s | %s\n", f.Entity.Name, f.Key, f.Value) }
			if !f.RetiredAt.IsZero() && f.RetiredAt.Equal(now) { fmt.Printf("      - %s | %s | %s\n", f.Entity.Name, f.Key, f.Value) }
		}
		for u, err := range c.Uncertainties().All(ctx, spectron.UncertaintyQuery{}) {
			if err != nil { panic(err) }
			if u.RecordedAt.Equal(now) { fmt.Printf("      ? %s: %s %v\n", u.About, u.Reason, len(u.FactIDs)) }
		}
	}
}
