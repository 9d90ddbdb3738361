package career

import (
	"strings"

	"tenure/extract"
)

// A field is what the value behind a label is.
type field uint8

const (
	noField      field = iota
	fieldLeft          // a date: when the person left
	fieldJoined        // a date: when the person came
	fieldTenure        // a length of time
	fieldYears         // a length of time; a bare number is years
	fieldSpan          // a range of dates: from joining to leaving
	fieldRole          // role, perhaps "at" an organization, held now
	fieldFormer        // role held before
	fieldStill         // "yes", or the role held there still
	fieldPlain         // role; whether it is held depends on the other labels
	fieldPerson        // the name
	fieldOrg           // the organization of the labels that name none
	fieldOut           // who goes, in a change at one post
	fieldIn            // who comes
	fieldWhen          // the date of the change
	fieldSince         // a date: since when the role is held
	fieldLeaving       // a date: when the departure was announced
	fieldFounded       // an organization that the person founded
)

// fieldNames are the names under which a user's own labels choose a field.
var fieldNames = map[string]field{
	"left": fieldLeft, "joined": fieldJoined, "tenure": fieldTenure, "years": fieldYears, "range": fieldSpan, "current_role": fieldRole,
	"former_role": fieldFormer, "still": fieldStill, "role": fieldPlain, "person": fieldPerson, "org": fieldOrg, "outgoing": fieldOut,
	"incoming": fieldIn, "effective": fieldWhen, "since": fieldSince, "announced": fieldLeaving, "founded": fieldFounded,
	"role_at": fieldRole, "name": fieldPerson, "organization": fieldOrg,
}

// A Label is a user's own label: articles of another kind, or in another
// language, give their fields through it. An organization may follow the
// label's words, as in "Left Meta:".
type Label struct {
	Label string // its words, without the colon; case does not matter
	Field string // left, joined, tenure, years, range, current_role, former_role, still, role, person, org, outgoing, incoming, effective, since, announced, founded
}

// Known reports whether the label's field exists.
func (l Label) Known() bool { return fieldNames[strings.ToLower(l.Field)] != noField && l.Label != "" }

// A labelRow is a label the grammar knows.
type labelRow struct {
	words  string // lower case
	field  field
	org    orgPart
	manner string
}

// onlyDate reports whether nothing but a date makes sense of a label that
// stands over other lists too: the head of a letter has "From:" and "To:".
func (r labelRow) onlyDate() bool {
	switch r.words {
	case "from", "to", "until", "started", "ended", "start date", "end date":
		return true
	}
	return false
}

// An orgPart says whether an organization follows the words of a label.
type orgPart uint8

const (
	noOrg    orgPart = iota // "Current role:"
	mayOrg                  // "Left:", "Left Meta:"
	needsOrg                // "At Safaricom:"
	startOrg                // as needsOrg, and only at the beginning of a line
)

// labelRows are the labels, one a line. Add a synonym by adding a row.
var labelRows = []labelRow{
	{"left", fieldLeft, mayOrg, ""},
	{"left in", fieldLeft, noOrg, ""},
	{"date left", fieldLeft, noOrg, ""},
	{"departed", fieldLeft, mayOrg, ""},
	{"departed from", fieldLeft, needsOrg, ""},
	{"departure", fieldLeft, noOrg, ""},
	{"departure date", fieldLeft, noOrg, ""},
	{"departure from", fieldLeft, needsOrg, ""},
	{"exited", fieldLeft, mayOrg, ""},
	{"exit", fieldLeft, noOrg, ""},
	{"exit date", fieldLeft, noOrg, ""},
	{"exit from", fieldLeft, needsOrg, ""},
	{"until", fieldLeft, noOrg, ""},
	{"to", fieldLeft, noOrg, ""},
	{"end date", fieldLeft, noOrg, ""},
	{"ended", fieldLeft, noOrg, ""},
	{"last day", fieldLeft, noOrg, ""},
	{"last day at", fieldLeft, needsOrg, ""},
	{"quit", fieldLeft, mayOrg, extract.Resigned},
	{"resigned", fieldLeft, noOrg, extract.Resigned},
	{"resigned from", fieldLeft, needsOrg, extract.Resigned},
	{"retired", fieldLeft, noOrg, extract.Retired},
	{"retired from", fieldLeft, needsOrg, extract.Retired},
	{"laid off", fieldLeft, noOrg, extract.Dismissed},
	{"laid off from", fieldLeft, needsOrg, extract.Dismissed},
	{"laid off by", fieldLeft, needsOrg, extract.Dismissed},
	{"fired", fieldLeft, noOrg, extract.Dismissed},
	{"fired from", fieldLeft, needsOrg, extract.Dismissed},
	{"fired by", fieldLeft, needsOrg, extract.Dismissed},
	{"dismissed from", fieldLeft, needsOrg, extract.Dismissed},
	{"let go from", fieldLeft, needsOrg, extract.Dismissed},
	{"let go by", fieldLeft, needsOrg, extract.Dismissed},
	{"announced departure", fieldLeaving, noOrg, ""},
	{"announced departure from", fieldLeaving, needsOrg, ""},
	{"announced exit from", fieldLeaving, needsOrg, ""},
	{"departure announced", fieldLeaving, noOrg, ""},

	{"joined", fieldJoined, mayOrg, ""},
	{"rejoined", fieldJoined, mayOrg, ""},
	{"returned to", fieldJoined, needsOrg, ""},
	{"date joined", fieldJoined, noOrg, ""},
	{"hired", fieldJoined, noOrg, ""},
	{"hired by", fieldJoined, needsOrg, ""},
	{"hired at", fieldJoined, needsOrg, ""},
	{"started", fieldJoined, noOrg, ""},
	{"started at", fieldJoined, needsOrg, ""},
	{"start date", fieldJoined, noOrg, ""},
	{"arrived", fieldJoined, noOrg, ""},
	{"arrived at", fieldJoined, needsOrg, ""},
	{"from", fieldJoined, noOrg, ""},
	{"since", fieldSince, noOrg, ""},
	{"in role since", fieldSince, noOrg, ""},
	{"at the company since", fieldJoined, noOrg, ""},

	{"when she left", fieldLeft, mayOrg, ""},
	{"when he left", fieldLeft, mayOrg, ""},
	{"when they left", fieldLeft, mayOrg, ""},
	{"when she joined", fieldJoined, mayOrg, ""},
	{"when he joined", fieldJoined, mayOrg, ""},
	{"when they joined", fieldJoined, mayOrg, ""},
	{"how long she was at", fieldTenure, needsOrg, ""},
	{"how long he was at", fieldTenure, needsOrg, ""},
	{"how long they were at", fieldTenure, needsOrg, ""},
	{"how long she spent at", fieldTenure, needsOrg, ""},
	{"how long he spent at", fieldTenure, needsOrg, ""},
	{"how long they spent at", fieldTenure, needsOrg, ""},
	{"what she does now", fieldRole, noOrg, ""},
	{"what he does now", fieldRole, noOrg, ""},
	{"what they do now", fieldRole, noOrg, ""},
	{"where she is now", fieldRole, noOrg, ""},
	{"where he is now", fieldRole, noOrg, ""},
	{"where are they now", fieldRole, noOrg, ""},
	{"duration", fieldTenure, noOrg, ""},
	{"duration at", fieldTenure, needsOrg, ""},
	{"stint at", fieldTenure, needsOrg, ""},
	{"time at", fieldTenure, needsOrg, ""},
	{"time with", fieldTenure, needsOrg, ""},
	{"time spent at", fieldTenure, needsOrg, ""},
	{"tenure", fieldTenure, noOrg, ""},
	{"tenure at", fieldTenure, needsOrg, ""},
	{"tenure with", fieldTenure, needsOrg, ""},
	{"length of service", fieldTenure, noOrg, ""},
	{"length of service at", fieldTenure, needsOrg, ""},
	{"time in role", fieldTenure, noOrg, ""},
	{"time there", fieldTenure, noOrg, ""},
	{"years", fieldYears, noOrg, ""},
	{"years at", fieldYears, needsOrg, ""},
	{"years with", fieldYears, needsOrg, ""},
	{"years of service", fieldYears, noOrg, ""},
	{"years of service at", fieldYears, needsOrg, ""},
	{"years there", fieldYears, noOrg, ""},
	{"at", fieldSpan, startOrg, ""},
	{"worked at", fieldSpan, needsOrg, ""},
	{"employed at", fieldSpan, needsOrg, ""},
	{"dates at", fieldSpan, needsOrg, ""},
	{"dates", fieldSpan, noOrg, ""},
	{"period", fieldSpan, noOrg, ""},

	{"current role", fieldRole, noOrg, ""},
	{"current role at", fieldRole, needsOrg, ""},
	{"current position", fieldRole, noOrg, ""},
	{"current position at", fieldRole, needsOrg, ""},
	{"current job", fieldRole, noOrg, ""},
	{"current title", fieldRole, noOrg, ""},
	{"current employer", fieldRole, noOrg, ""},
	{"current company", fieldRole, noOrg, ""},
	{"currently", fieldRole, noOrg, ""},
	{"present role", fieldRole, noOrg, ""},
	{"present position", fieldRole, noOrg, ""},
	{"present title", fieldRole, noOrg, ""},
	{"present job", fieldRole, noOrg, ""},
	{"present employer", fieldRole, noOrg, ""},
	{"new employer", fieldRole, noOrg, ""},
	{"new company", fieldRole, noOrg, ""},
	{"new position", fieldRole, noOrg, ""},
	{"new title", fieldRole, noOrg, ""},
	{"new role", fieldRole, noOrg, ""},
	{"new role at", fieldRole, needsOrg, ""},
	{"new job", fieldRole, noOrg, ""},
	{"now", fieldRole, noOrg, ""},
	{"now at", fieldRole, mayOrg, ""},
	{"where now", fieldRole, noOrg, ""},
	{"where they are now", fieldRole, noOrg, ""},
	{"next", fieldRole, noOrg, ""},
	{"next role", fieldRole, noOrg, ""},
	{"next role at", fieldRole, needsOrg, ""},
	{"next job", fieldRole, noOrg, ""},
	{"went to", fieldRole, noOrg, ""},
	{"moved to", fieldRole, noOrg, ""},
	{"role now", fieldRole, noOrg, ""},
	{"additional role", fieldRole, noOrg, ""},
	{"additional roles", fieldRole, noOrg, ""},
	{"other role", fieldRole, noOrg, ""},
	{"also", fieldRole, noOrg, ""},
	{"founded", fieldFounded, noOrg, ""},
	{"co-founded", fieldFounded, noOrg, ""},
	{"founder of", fieldFounded, noOrg, ""},

	{"former role", fieldFormer, noOrg, ""},
	{"former role at", fieldFormer, needsOrg, ""},
	{"former position", fieldFormer, noOrg, ""},
	{"former title", fieldFormer, noOrg, ""},
	{"former job", fieldFormer, noOrg, ""},
	{"former employer", fieldFormer, noOrg, ""},
	{"formerly", fieldFormer, noOrg, ""},
	{"formerly at", fieldFormer, mayOrg, ""},
	{"previously", fieldFormer, noOrg, ""},
	{"previously at", fieldFormer, mayOrg, ""},
	{"previous role", fieldFormer, noOrg, ""},
	{"previous role at", fieldFormer, needsOrg, ""},
	{"previous position", fieldFormer, noOrg, ""},
	{"previous job", fieldFormer, noOrg, ""},
	{"previous employer", fieldFormer, noOrg, ""},
	{"past role", fieldFormer, noOrg, ""},
	{"past roles", fieldFormer, noOrg, ""},
	{"last role", fieldFormer, noOrg, ""},
	{"last role at", fieldFormer, needsOrg, ""},
	{"role at", fieldFormer, needsOrg, ""},
	{"before", fieldFormer, noOrg, ""},
	{"came from", fieldFormer, noOrg, ""},

	{"still at", fieldStill, needsOrg, ""},
	{"still with", fieldStill, needsOrg, ""},
	{"role", fieldPlain, noOrg, ""},
	{"title", fieldPlain, noOrg, ""},
	{"job title", fieldPlain, noOrg, ""},
	{"position", fieldPlain, noOrg, ""},
	{"post", fieldPlain, noOrg, ""},
	{"job", fieldPlain, noOrg, ""},

	{"name", fieldPerson, noOrg, ""},
	{"full name", fieldPerson, noOrg, ""},
	{"person", fieldPerson, noOrg, ""},
	{"who", fieldPerson, noOrg, ""},
	{"author", fieldPerson, noOrg, ""},
	{"employee", fieldPerson, noOrg, ""},
	{"executive", fieldPerson, noOrg, ""},
	{"researcher", fieldPerson, noOrg, ""},
	{"company", fieldOrg, noOrg, ""},
	{"employer", fieldOrg, noOrg, ""},
	{"organization", fieldOrg, noOrg, ""},
	{"organisation", fieldOrg, noOrg, ""},

	{"outgoing", fieldOut, noOrg, ""},
	{"leaving", fieldOut, noOrg, ""},
	{"predecessor", fieldOut, noOrg, ""},
	{"replaces", fieldOut, noOrg, ""},
	{"succeeds", fieldOut, noOrg, ""},
	{"incoming", fieldIn, noOrg, ""},
	{"successor", fieldIn, noOrg, ""},
	{"replaced by", fieldIn, noOrg, ""},
	{"succeeded by", fieldIn, noOrg, ""},
	{"replacement", fieldIn, noOrg, ""},
	{"effective", fieldWhen, noOrg, ""},
	{"effective date", fieldWhen, noOrg, ""},
	{"effective from", fieldWhen, noOrg, ""},
}
