package resolve

import "strings"

// A field is the kind of work a role belongs to. The zero field is unknown.
type field string

// fieldRows are words of roles by field: one a line. Business is what most
// people in the news of work do, so that two people share it says nothing.
const fieldRows = `business:ceo cfo coo cto cmo cio chro chief executive officer president vp vice chairman chairwoman chair founder co-founder cofounder director manager partner banker trader analyst consultant accountant marketer salesman entrepreneur investor economist treasurer controller
engineering:engineer developer programmer researcher scientist architect designer
academia:professor lecturer dean provost postdoc postdoctoral rector chancellor
sport:coach striker midfielder goalkeeper defender winger forward quarterback pitcher footballer sprinter cyclist batsman bowler athlete swimmer golfer boxer gymnast linebacker shortstop centre-back fullback
politics:senator minister mayor congressman congresswoman mp councillor councilman ambassador lawmaker legislator
medicine:surgeon physician nurse cardiologist pediatrician paediatrician oncologist psychiatrist dentist midwife paramedic veterinarian
law:judge attorney prosecutor solicitor barrister magistrate lawyer
uniform:sergeant lieutenant colonel captain major detective sheriff firefighter constable admiral brigadier trooper
arts:actor actress singer guitarist drummer painter novelist conductor choreographer dancer comedian violinist pianist playwright sculptor rapper
church:bishop archbishop pastor rabbi imam priest vicar reverend
press:reporter journalist correspondent columnist anchor newsreader broadcaster photographer editor`

// fields is read only.
var fields = func() map[string]field {
	m := map[string]field{}
	for row := range strings.Lines(fieldRows) {
		name, words, _ := strings.Cut(strings.TrimSpace(row), ":")
		for w := range strings.FieldsSeq(words) {
			m[w] = field(name)
		}
	}
	return m
}()

// fieldOf returns the field of a role: that of its first telling word from
// the back, since the noun stands behind.
func fieldOf(role string) field {
	head, _, _ := strings.Cut(strings.ToLower(role), " of ")
	words := strings.FieldsFunc(head, func(r rune) bool { return r == ' ' || r == ',' || r == '/' })
	for i := len(words) - 1; i >= 0; i-- {
		if f := fields[words[i]]; f != "" {
			return f
		}
	}
	return ""
}

// telling reports whether sharing the field says something.
func (f field) telling() bool { return f != "" && f != "business" }

// apart reports whether one person can hardly work in both fields at once.
func (f field) apart(g field) bool {
	if f == "" || g == "" || f == g {
		return false
	}
	return f.calling() || g.calling()
}

// calling reports whether the field leaves no room for another.
func (f field) calling() bool {
	switch f {
	case "sport", "uniform", "church", "arts", "medicine":
		return true
	}
	return false
}
