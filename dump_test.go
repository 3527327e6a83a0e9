package spectron_test
import ("testing";"os";"fmt";"time";"github.com/spectron-go/spectron";"github.com/spectron-go/spectron/spectrontest";"github.com/stretchr/testify/require")
func TestDumpDirect(t *testing.T) {
	var b = os.Stdout
	for _, s := range readDirectStories(t, os.Getenv("SET")) {
		if os.Getenv("ID")!="" && os.Getenv("ID")!=s.id {continue}
		clock := spectrontest.NewClock()
		c := spectrontest.Context(t, &spectron.Options{Clock: clock.Now})
		memory := c.Memory()
		sessions := map[string]string{}
		fmt.Fprintln(b, "#", s.id)
		for _, turn := range s.turns {
			clock.Set(turn.at)
			day := turn.at.Format(time.DateOnly)
			r, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: turn.text, Role: turn.role, Speaker: turn.speaker, SessionID: sessions[day], SpokenAt: turn.at})
			require.NoError(t, err)
			sessions[day] = r.SessionID
		}
		at := clock.Advance(24*time.Hour)
		page, err := c.Facts().List(t.Context(), spectron.FactQuery{Limit: 100})
		require.NoError(t, err)
		for _, f := range page.Items {
			h := spectron.Hit{Fact: &f, Text: fmt.Sprintf("%s(%s) %s %s", f.Entity.Name, f.Entity.Type[:3], f.Key, f.Value)}
			if !f.RetiredAt.IsZero() && f.ValidUntil.IsZero() { h.Text += " CLOSED" }
			if f.Doubt != "" { h.Text += " DOUBT("+f.Doubt+")" }
			fmt.Fprintln(b, "  ", directText(h, at))
		}
	}
}
