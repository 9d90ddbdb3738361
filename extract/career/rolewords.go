package career

import "strings"

// isRoleHead reports whether w, in lower case, is a noun that names a role:
// the word a role phrase turns on.
func isRoleHead(w string) bool {
	if roleHeads[w] {
		return true
	}
	if i := strings.LastIndexByte(w, '-'); i > 0 && roleHeads[w[i+1:]] {
		return true // "co-chair", "vice-president"; "editor-in-chief" is its own row
	}
	for _, end := range [...]string{"ologist", "ographer", "ician", "onomer"} {
		if strings.HasSuffix(w, end) && len(w) > len(end)+1 {
			return true
		}
	}
	return false
}

// isPluralRole reports whether w is the plural of a role noun, and of which.
func isPluralRole(w string) (string, bool) {
	switch {
	case strings.HasSuffix(w, "women"):
		return w[:len(w)-5] + "woman", roleHeads[w[:len(w)-5]+"woman"]
	case strings.HasSuffix(w, "men"):
		return w[:len(w)-3] + "man", roleHeads[w[:len(w)-3]+"man"]
	case strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y", roleHeads[w[:len(w)-3]+"y"]
	case strings.HasSuffix(w, "s") && isRoleHead(w[:len(w)-1]):
		return w[:len(w)-1], true
	}
	return "", false
}

// roleHeads is read only.
var roleHeads = wordSet(`
ceo cto cfo coo cmo cio ciso cpo cro cso cdo clo cao evp svp avp vp md gm mp mep mla co-ceo
officer director executive president vice-president chairman chairwoman chairperson chair chief head leader boss principal governor commissioner secretary treasurer
manager supervisor superintendent administrator coordinator co-ordinator organizer organiser controller comptroller registrar bursar trustee
engineer developer programmer architect designer scientist researcher physicist chemist biologist economist statistician mathematician analyst technologist strategist
researcher fellow professor lecturer instructor teacher tutor dean provost chancellor rector reader chaplain scholar postdoc academic assistant associate historian sociologist psychologist anthropologist epidemiologist virologist neuroscientist astronomer geologist ecologist climatologist meteorologist archaeologist philosopher
editor editor-in-chief reporter journalist correspondent columnist writer author publisher producer anchor presenter broadcaster host critic photographer cameraman copywriter blogger contributor
founder co-founder cofounder owner co-owner partner shareholder investor entrepreneur
lawyer attorney solicitor barrister counsel judge justice prosecutor magistrate paralegal notary advocate
doctor physician surgeon nurse dentist pharmacist veterinarian therapist dietitian nutritionist psychiatrist cardiologist oncologist pediatrician radiologist dermatologist neurologist pathologist midwife
banker trader broker accountant auditor actuary adviser advisor consultant planner underwriter economist appraiser realtor recruiter
minister senator congressman congresswoman representative mayor councillor councilor councilman councilwoman ambassador diplomat envoy consul deputy premier lawmaker legislator speaker whip delegate mp negotiator
spokesman spokeswoman spokesperson official aide employee staffer worker member intern apprentice clerk receptionist operator technician mechanic inspector detective sheriff constable
general colonel captain lieutenant major sergeant admiral commander pilot astronaut soldier marshal
coach trainer player striker midfielder defender goalkeeper winger quarterback pitcher forward captain skipper footballer manager scout referee umpire guitarist drummer bassist singer vocalist keyboardist musician composer conductor pianist violinist dancer choreographer actor actress curator librarian archivist artist animator
salesman saleswoman salesperson agent representative buyer merchandiser marketer evangelist specialist expert generalist technician advisor lead ombudsman liaison planner operative
bishop archbishop pastor priest vicar rabbi cardinal imam
veteran alum alumnus alumna newcomer retiree stalwart insider co-chair co-president vice-chair vice-chairman deputy-director coordinator
chef baker farmer rancher brewer winemaker sommelier barista driver foreman builder contractor electrician plumber
cosmonaut geneticist biochemist zoologist botanist entomologist criminologist pollster lobbyist activist campaigner organiser volunteer fundraiser
publicist stylist investigator programmer technologist toxicologist hydrologist seismologist paleontologist ornithologist linguist
strategist trustee mentor moderator translator interpreter dispatcher examiner assessor adjudicator arbitrator receiver liquidator administrator custodian warden firefighter policeman policewoman paramedic
c.e.o. c.f.o. c.o.o. c.t.o. frontman co-leader co-director co-head co-host co-editor co-author ringmaster concertmaster impresario quartermaster headmaster headmistress schoolmaster postmaster paymaster
`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// holdsRole reports whether any of the tokens is a role noun.
func holdsRole(toks []token) bool {
	for _, t := range toks {
		if isRoleHead(t.low) || t.is("staff") {
			return true
		}
	}
	return false
}

// foundsOrg reports whether a role says that its holder founded the
// organization. A founding member, and a founding engineer, did not.
func foundsOrg(toks []token) bool {
	for _, t := range toks {
		switch strings.TrimSuffix(t.low, "s") {
		case "founder", "co-founder", "cofounder":
			return true
		}
	}
	return false
}
