package page

import (
	"cmp"
	"net/http"
	"slices"

	"tenure/pipeline"
)

// A runPage is the last pass as a funnel, and what was lost on the way.
type runPage struct {
	Any       bool
	Line      string
	Start     string
	Took      string
	Steps     []funnelStep
	Drops     []drop
	Failures  []pipeline.Failure
	Waiting   int
	NextDue   string
	Stopped   bool
	Exhausted bool
}

// A funnelStep is one stage of a pass: what came out of it and what did not.
type funnelStep struct {
	Name, Words string
	N           int64
	Bar         float64 // 0 to 100, of the most pages or of the most claims
	Lost        string
}

// A drop is a reason for which pages were given up.
type drop struct {
	Stage, Reason string
	N             int
	Words         string
}

// mostFailures is how many failures are told one by one.
const mostFailures = 40

func (s *Site) run(*http.Request) (content, error) {
	sum, any, err := s.Library.LastRun()
	if err != nil {
		return content{}, err
	}
	p := runPage{Any: any, Line: sum.String(), Start: moment(sum.Start), Took: seconds(sum.Seconds), Steps: funnel(sum), Stopped: sum.Stopped, Exhausted: sum.Exhausted}
	if p.Waiting, err = s.Library.Waiting(); err != nil {
		return content{}, err
	}
	due, ok, err := s.Library.NextDue()
	if err != nil {
		return content{}, err
	}
	if ok {
		p.NextDue = moment(due)
	}
	p.Drops, p.Failures, err = s.drops()
	return content{template: "run", title: "Last run", section: "run", body: p}, err
}

// funnel says what became of what in a pass.
func funnel(s pipeline.Summary) []funnelStep {
	steps := []funnelStep{
		{Name: "Looked at", N: s.Pages.Total, Words: "pages asked for"},
		{Name: "Fetched", N: s.Pages.New + s.Pages.Unchanged, Words: "answered", Lost: lost(s.Pages.Failed, "failed")},
		{Name: "New", N: s.Pages.New, Words: "had not been seen like this", Lost: lost(s.Pages.Unchanged, "unchanged")},
		{Name: "Articles", N: s.Articles, Words: "read out of them"},
		{Name: "Facts", N: s.Facts, Words: "claims with a quote"},
		{Name: "Moves", N: s.Moves, Words: "of the people in them", Lost: ""},
		{Name: "New moves", N: s.NewMoves, Words: "not known before"},
	}
	const pages = 4 // steps that count pages; the others count what was read in them
	scaleBars(steps[:pages])
	scaleBars(steps[pages:])
	return steps
}

func scaleBars(steps []funnelStep) {
	most := int64(1)
	for _, x := range steps {
		most = max(most, x.N)
	}
	for i := range steps {
		steps[i].Bar = 100 * float64(steps[i].N) / float64(most)
	}
}

func lost(n int64, what string) string {
	if n == 0 {
		return ""
	}
	return number(int(n)) + " " + what
}

// drops counts what stages gave up on, by reason.
func (s *Site) drops() (all []drop, last []pipeline.Failure, err error) {
	counts := map[drop]int{}
	err = s.Library.Failures(pipeline.Filter{}, func(x pipeline.Failure) error {
		counts[drop{Stage: x.Stage, Reason: x.Reason}]++
		last = append(last, x)
		if len(last) >= 4*mostFailures {
			last = latest(last)
		}
		return nil
	})
	for d, n := range counts {
		d.N = n
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b drop) int {
		return cmp.Or(b.N-a.N, cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Reason, b.Reason))
	})
	return all[:min(len(all), 40)], latest(last), err
}

// latest keeps the failures that are the most recent.
func latest(all []pipeline.Failure) []pipeline.Failure {
	slices.SortFunc(all, func(a, b pipeline.Failure) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.URL, b.URL)) })
	return all[:min(len(all), mostFailures)]
}
