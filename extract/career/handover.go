package career

import (
	"strings"

	"tenure/extract"
)

// A vacancy is a job that somebody is told to leave.
type vacancy struct {
	old          string // who leaves it
	role         string
	oldAt, orgAt extract.Span
	roleAt       extract.Span
}

// vacancyReach is within how many sentences a successor takes over what
// somebody is told to leave.
const vacancyReach = 2

// vacant returns the job told of last that somebody other than w leaves, in
// this sentence or one right before.
func (s *sentence) vacant(w who) (v vacancy, ok bool) {
	heir, _, known := s.resolve(w)
	if !known {
		return v, false
	}
	if v, ok = vacancyIn(s.facts, heir); ok {
		return v, true
	}
	if s.index-s.recent.leftAt > vacancyReach {
		return v, false
	}
	return vacancyIn(s.document.found[max(0, len(s.document.found)-8):], heir)
}

// vacancyIn finds the last departure among facts, and the role given up where
// a fact beside it names one.
func vacancyIn(facts []Candidate, heir string) (v vacancy, ok bool) {
	for i := len(facts) - 1; i >= 0; i-- {
		f := facts[i].Fact
		if !facts[i].Kept || f.Type != extract.Left || f.Person == heir || f.Person == "" || f.Spans.Org.IsZero() || boardSeat(f.Role) {
			continue
		}
		v = vacancy{f.Person, f.Role, f.Spans.Person, f.Spans.Org, f.Spans.Role}
		for _, c := range facts {
			if g := c.Fact; v.role == "" && c.Kept && g.Type == extract.RoleAt && g.Person == f.Person && g.Org == f.Org && g.Status != extract.Former {
				v.role, v.roleAt = g.Role, g.Spans.Role
			}
		}
		return v, true
	}
	return v, false
}

// fillsVacancy reads "will take over", "takes over the role", "takes the
// reins in May" at node k: the job is the one that somebody is told to leave.
func (s *sentence) fillsVacancy(c *clause, k int) bool {
	if c.passive || len(c.subj.people) != 1 || c.subj.unsure || c.subj.people[0].pronoun != "" {
		return false
	}
	if s.nodes[k].is("over") {
		k++
	}
	j := k
	for j < len(s.nodes) && s.nodes[j].is("the", "that", "his", "her", "as") {
		j++
	}
	if j < len(s.nodes) && (jobWord(s.nodes[j]) || s.nodes[j].is("reins", "helm", "duties")) {
		k = j + 1
	} else if !s.nodes[k-1].is("over") {
		return false
	}
	if k < len(s.nodes) && s.nodes[k].kind != dateNode && !s.nodes[k].is(".", ",", "on", "in", "at", "next", "when", "effective", "immediately", "until", "after", "and", "from", "starting", "beginning", ";") {
		return false
	}
	v, ok := s.vacant(c.subj.people[0])
	if !ok || k+1 < len(s.nodes) && s.nodes[k].is("at", "from") && (s.nodes[k+1].name() || s.nodes[k+1].person()) {
		return false
	}
	s.succeeds(c, v, k)
	return true
}

// succeeds tells that the subject gets the job of a vacancy; what follows is
// read from node k.
func (s *sentence) succeeds(c *clause, v vacancy, k int) {
	c.args = s.argsOf(c, k)
	heir := c.subj.people[0]
	g := extract.Fact{Type: extract.Appointed, Role: v.role}
	g.Spans.Role = v.roleAt
	s.dated(&g, c, true)
	s.tell(g, heir, place{told: v.orgAt, sure: true}, s.rule(c), c, nil)
	f := extract.Fact{Type: extract.ReplacedBy, Role: v.role, Planned: c.future || s.isAhead(&g)}
	f.Spans.Role = v.roleAt
	f.Successor, f.Spans.Successor, _ = s.resolve(heir)
	s.tell(f, heir, place{told: v.orgAt, sure: true}, s.rule(c), c, nil)
	last := &s.facts[len(s.facts)-1].Fact
	last.Person, last.Spans.Person = v.old, v.oldAt
}

// vacantAt returns where somebody is told to have left the role that another
// is given without its place: "A resigned as president of Acme. B became
// interim president."
func (s *sentence) vacantAt(w who, p *phrase) place {
	v, ok := s.vacant(w)
	if !ok || v.role == "" {
		return place{}
	}
	head := s.toks[p.head].low
	if !strings.HasSuffix(roleKey(v.role), roleKey(head)) && !strings.HasSuffix(roleKey(v.role), roleKey(s.words(p.role))) {
		return place{}
	}
	return place{told: v.orgAt, sure: true}
}

// changesRole returns where the sentence tells somebody to leave a role for
// another: "will step down as chief executive of Acme and become chairman".
func (s *sentence) changesRole(w who) place {
	if g := s.lost(w); g != nil && g.Role != "" && s.last != nil && s.last.form.row.act == actResign {
		return place{told: g.Spans.Org, sure: true}
	}
	return place{}
}

// bossSays returns the organization whose head says what the sentence tells:
// "Acme chief Ada Quist said finance director Bo Lind would retire".
func (s *sentence) bossSays() place {
	for k := 1; k < len(s.nodes) && k < 14; k++ {
		if s.nodes[k].kind == plainNode && saysVerb(s.nodes[k].low) && s.nodes[k-1].kind == personNode {
			return s.bossAt(s.whoAt(k - 1))
		}
	}
	return place{}
}
