package evaluate

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// WriteTable prints the figures of a report for all questions, for each half and manner, and for each kind. The columns wins and
// losses count the questions for which a configuration has a better or a worse NDCG than the first configuration. The NDCG after
// the column sessions is the NDCG of sessions.
func (r *Report) WriteTable(w io.Writer) error {
	if len(r.Results) == 0 {
		return nil
	}
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "questions\tconfiguration\tn\trecall@%d\tNDCG@%d\tsessions\tNDCG\ttokens\twins\tlosses\tconfident\tmistaken\t\n", r.K, r.K)
	for _, g := range r.groups() {
		for _, res := range r.Results {
			f := Mean(res.Outcomes, g.keep)
			wins, losses := Paired(res.Outcomes, r.Results[0].Outcomes, g.keep)
			fmt.Fprintf(out, "%s\t%s\t%d\t%s\t%.0f\t%d\t%d\t%s\t%s\t\n", g.name, res.Config, f.Questions+f.Unanswerable,
				shares(f.Questions, f.Recall, f.NDCG, f.Sessions, f.SessionNDCG), f.Tokens, wins, losses, shares(f.Questions, f.Confident), shares(f.Unanswerable, f.Mistaken))
		}
		fmt.Fprint(out, "\t\t\t\t\t\t\t\t\t\t\t\t\n")
	}
	return out.Flush()
}

// shares prints shares of n questions in columns; a dash where there are none.
func shares(n int, of ...float64) (s string) {
	for i, x := range of {
		if i > 0 {
			s += "\t"
		}
		if n == 0 {
			s += "-"
		} else {
			s += fmt.Sprintf("%.3f", x)
		}
	}
	return s
}

// group is a part of the questions.
type group struct {
	name string
	keep func(*Outcome) bool
}

// groups returns the parts that a table has rows for: all, half by half and manner by manner, then kind by kind.
func (r *Report) groups() []group {
	out := []group{{"all", nil}}
	outcomes := r.Results[0].Outcomes
	var manners, kinds []string
	for _, h := range []Half{Tune, Held} {
		out = append(out, group{string(h), func(o *Outcome) bool { return o.Half == h }})
	}
	for _, o := range outcomes {
		if !slices.Contains(manners, o.Manner) {
			manners = append(manners, o.Manner)
		}
		if !slices.Contains(kinds, o.Kind) {
			kinds = append(kinds, o.Kind)
		}
	}
	slices.Sort(manners)
	slices.SortFunc(kinds, byKind)
	for _, h := range []Half{Tune, Held} {
		for _, m := range manners {
			out = append(out, group{string(h) + " " + m, func(o *Outcome) bool { return o.Half == h && o.Manner == m }})
		}
	}
	for _, k := range kinds {
		out = append(out, group{k, func(o *Outcome) bool { return o.Kind == k }})
	}
	return slices.DeleteFunc(out, func(g group) bool {
		return g.keep != nil && !slices.ContainsFunc(outcomes, func(o Outcome) bool { return g.keep(&o) })
	})
}

// byKind orders kinds as Kinds does, others behind.
func byKind(a, b string) int {
	place := func(k string) int {
		if i := slices.Index(Kinds(), k); i >= 0 {
			return i
		}
		return len(Kinds())
	}
	return place(a) - place(b)
}
