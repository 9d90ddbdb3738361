package career

import (
	"strings"

	"tenure/extract"
)

// An act is what a verb of careers tells.
type act uint8

const (
	noAct     act = iota
	actJoin       // somebody comes to an organization
	actLeave      // somebody leaves an organization
	actResign     // somebody leaves a role: resigned as, stepped down from
	actHire       // an organization takes somebody in
	actFire       // an organization puts somebody out
	actName       // somebody is given a role
	actBecome     // somebody gets a role
	actTake       // took over as
	actFollow     // succeeds, replaces
	actFound      // founds an organization
	actStart      // launches, starts: a founding only of a company
	actBe         // is, was
	actServe      // serves as, works for
	actLead       // leads, runs an organization
	actSpend      // spent five years at
	actMove       // moved from A to B
	actStay       // remains
	actTeach      // teaches at
	actBring      // brought on, brings in
	actHold       // held the position of
	actWrite      // writes for
	actSit        // sits on the board
	actDie        // died
	actHand       // hands over to
	actBegin      // began work at
	actLose       // lost somebody to
	actArrive     // resurfaced at
	actTender     // tendered a resignation
)

// A verbRow is a verb the prose reader knows.
type verbRow struct {
	forms   string // base, third person, past, past participle if different, gerund
	act     act
	manner  string
	needs   string // a word that must follow: "step down"
	example string
}

// base returns a verb's base form.
func (r *verbRow) base() string {
	base, _, _ := strings.Cut(r.forms, " ")
	return base
}

// verbRows are the verbs, one a line, each with a sentence that it reads.
// Add a verb by adding a row; the tests run the example.
var verbRows = []verbRow{
	{"join joins joined joining", actJoin, "", "", "Ada Quist joined Stripe in May 2020."},
	{"rejoin rejoins rejoined rejoining", actJoin, "", "", "Ada Quist rejoined Stripe in May 2020."},
	{"leave leaves left left leaving", actLeave, "", "", "Ada Quist left Stripe in May 2020."},
	{"quit quits quit quit quitting", actLeave, extract.Resigned, "", "Ada Quist quit Stripe in May 2020."},
	{"depart departs departed departing", actLeave, "", "", "Ada Quist departed Stripe in May 2020."},
	{"exit exits exited exiting", actLeave, "", "", "Ada Quist exited Stripe in May 2020."},
	{"vacate vacates vacated vacating", actLeave, "", "", "Ada Quist vacated her post as chief executive of Stripe."},
	{"give gives gave given giving", actLeave, "", "up", "Ada Quist gave up her role as chief executive of Stripe."},
	{"relinquish relinquishes relinquished relinquishing", actLeave, "", "", "Ada Quist relinquished her role as chief executive of Stripe."},
	{"resign resigns resigned resigning", actResign, extract.Resigned, "", "Ada Quist resigned from Stripe in May 2020."},
	{"retire retires retired retiring", actResign, extract.Retired, "", "Ada Quist retired as chief financial officer of Stripe in May 2020."},
	{"step steps stepped stepping", actResign, "", "down aside back up into away in", "Ada Quist stepped down as chief financial officer of Stripe."},
	{"stand stands stood stood standing", actResign, "", "down aside", "Ada Quist stood down as chief financial officer of Stripe."},
	{"bow bows bowed bowing", actResign, "", "out", "Ada Quist bowed out as chief financial officer of Stripe."},
	{"hire hires hired hiring", actHire, "", "", "Stripe hired Ada Quist as chief financial officer."},
	{"rehire rehires rehired rehiring", actHire, "", "", "Stripe rehired Ada Quist as chief financial officer."},
	{"recruit recruits recruited recruiting", actHire, "", "", "Stripe recruited Ada Quist from Klarna."},
	{"poach poaches poached poaching", actHire, "", "", "Stripe poached Ada Quist from Klarna."},
	{"tap taps tapped tapping", actHire, "", "", "Stripe tapped Ada Quist as chief financial officer."},
	{"nab nabs nabbed nabbing", actHire, "", "", "Stripe nabbed Ada Quist from Klarna."},
	{"snap snaps snapped snapping", actHire, "", "up", "Stripe snapped up Ada Quist from Klarna."},
	{"welcome welcomes welcomed welcoming", actHire, "", "", "Stripe welcomed Ada Quist as its chief financial officer."},
	{"lure lures lured luring", actHire, "", "", "Stripe lured Ada Quist from Klarna."},
	{"snag snags snagged snagging", actHire, "", "", "Stripe snagged Ada Quist from Klarna."},
	{"bring brings brought brought bringing", actBring, "", "on in aboard back", "Stripe brought in Ada Quist as chief financial officer."},
	{"fire fires fired firing", actFire, extract.Dismissed, "", "Stripe fired Ada Quist in May 2020."},
	{"sack sacks sacked sacking", actFire, extract.Dismissed, "", "Stripe sacked Ada Quist in May 2020."},
	{"oust ousts ousted ousting", actFire, extract.Dismissed, "", "Ada Quist was ousted as chief executive of Stripe."},
	{"dismiss dismisses dismissed dismissing", actFire, extract.Dismissed, "", "Ada Quist was dismissed as chief executive of Stripe."},
	{"axe axes axed axing", actFire, extract.Dismissed, "", "Stripe axed Ada Quist in May 2020."},
	{"terminate terminates terminated terminating", actFire, extract.Dismissed, "", "Stripe terminated Ada Quist in May 2020."},
	{"force forces forced forcing", actFire, extract.Dismissed, "out", "Ada Quist was forced out of Stripe in May 2020."},
	{"push pushes pushed pushing", actFire, extract.Dismissed, "out", "Ada Quist was pushed out as chief executive of Stripe."},
	{"relieve relieves relieved relieving", actFire, extract.Dismissed, "", "Stripe relieved Ada Quist of her duties in May 2020."},
	{"remove removes removed removing", actFire, extract.Dismissed, "", "Ada Quist was removed as chief executive of Stripe."},
	{"lay lays laid laid laying", actFire, extract.Dismissed, "off", "Ada Quist was laid off from Stripe in May 2020."},
	{"appoint appoints appointed appointing", actName, "", "", "Stripe appointed Ada Quist chief financial officer."},
	{"name names named naming", actName, "", "", "Ada Quist was named chief financial officer of Stripe."},
	{"elect elects elected electing", actName, "", "", "Ada Quist was elected chairman of Stripe."},
	{"promote promotes promoted promoting", actName, "", "", "Stripe promoted Ada Quist to chief financial officer."},
	{"elevate elevates elevated elevating", actName, "", "", "Ada Quist was elevated to chief financial officer of Stripe."},
	{"upped upped upped upping", actName, "", "", "Stripe upped Ada Quist to chief financial officer."},
	{"install installs installed installing", actName, "", "", "Ada Quist was installed as chief financial officer of Stripe."},
	{"choose chooses chose chosen choosing", actName, "", "", "Stripe has chosen Ada Quist as its next chief executive."},
	{"pick picks picked picking", actName, "", "", "Stripe picked Ada Quist as its next chief executive."},
	{"select selects selected selecting", actName, "", "", "Stripe has selected Ada Quist as its next chief executive."},
	{"add adds added adding", actName, "", "", "Stripe added Ada Quist to its board."},
	{"reappoint reappoints reappointed reappointing", actName, "", "", "Ada Quist was reappointed as chair of Stripe."},
	{"re-elect re-elects re-elected re-electing", actName, "", "", "Ada Quist was re-elected chair of Stripe."},
	{"reelect reelects reelected reelecting", actName, "", "", "Ada Quist was reelected chair of Stripe."},
	{"reinstate reinstates reinstated reinstating", actName, "", "", "Ada Quist was reinstated as chief executive of Stripe."},
	{"unveil unveils unveiled unveiling", actName, "", "", "Stripe unveiled Ada Quist as its chief financial officer."},
	{"become becomes became become becoming", actBecome, "", "", "Ada Quist became chief financial officer of Stripe."},
	{"rise rises rose risen rising", actBecome, "", "to", "Ada Quist rose to chief financial officer of Stripe."},
	{"climb climbs climbed climbing", actBecome, "", "to", "Ada Quist climbed to chief financial officer of Stripe."},
	{"transition transitions transitioned transitioning", actBecome, "", "to into", "Ada Quist will transition to chief financial officer of Stripe in May."},
	{"take takes took taken taking", actTake, "", "over up on a the charge", "Ada Quist took over as chief financial officer of Stripe."},
	{"assume assumes assumed assuming", actTake, "", "the a his her", "Ada Quist assumed the role of chief financial officer of Stripe."},
	{"succeed succeeds succeeded succeeding", actFollow, "", "", "Ada Quist succeeds Bo Lind as chief executive of Stripe."},
	{"replace replaces replaced replacing", actFollow, "", "", "Ada Quist replaces Bo Lind as chief executive of Stripe."},
	{"found founds founded founding", actFound, "", "", "Ada Quist founded Stripe in May 2010."},
	{"co-found co-founds co-founded co-founding", actFound, "", "", "Ada Quist co-founded Stripe in May 2010."},
	{"cofound cofounds cofounded cofounding", actFound, "", "", "Ada Quist cofounded Stripe in May 2010."},
	{"establish establishes established establishing", actStart, "", "", "Ada Quist established Quist Robotics Inc. in May 2010."},
	{"launch launches launched launching", actStart, "", "", "Ada Quist launched Quist Robotics Inc. in May 2010."},
	{"start starts started starting", actStart, "", "", "Ada Quist started Quist Robotics Inc. in May 2010."},
	{"form forms formed forming", actStart, "", "", "Ada Quist formed Quist Robotics Inc. in May 2010."},
	{"create creates created creating", actStart, "", "", "Quist Robotics Inc. was created by Ada Quist in May 2010."},
	{"set sets set set setting", actStart, "", "up", "Ada Quist set up Quist Robotics Inc. in May 2010."},
	{"be is was been being", actBe, "", "", "Ada Quist is chief financial officer of Stripe."},
	{"am am was been being", actBe, "", "", `"I am chief financial officer of Stripe," said Ada Quist.`},
	{"'m 'm was been being", actBe, "", "", `"I'm chief financial officer of Stripe," said Ada Quist.`},
	{"are are were been being", actBe, "", "", "Ada Quist and Bo Lind are directors of Stripe."},
	{"serve serves served serving", actServe, "", "", "Ada Quist served as chief financial officer of Stripe."},
	{"work works worked working", actServe, "", "", "Ada Quist worked at Stripe."},
	{"act acts acted acting", actServe, "", "as", "Ada Quist acts as chief financial officer of Stripe."},
	{"employ employs employed employing", actServe, "", "", "Ada Quist was employed by Stripe as a senior accountant."},
	{"hold holds held held holding", actHold, "", "", "Ada Quist held the position of chief financial officer at Stripe."},
	{"lead leads led led leading", actLead, "", "", "Ada Quist leads Stripe."},
	{"head heads headed heading", actLead, "", "", "Ada Quist heads Stripe."},
	{"manage manages managed managing", actLead, "", "", "Ada Quist manages Stripe."},
	{"run runs ran run running", actLead, "", "", "Ada Quist runs Stripe."},
	{"chair chairs chaired chairing", actLead, "", "", "Ada Quist chairs Stripe."},
	{"steer steers steered steering", actLead, "", "", "Ada Quist steered Stripe as chief executive."},
	{"oversee oversees oversaw overseen overseeing", actLead, "", "", "Ada Quist oversees finance at Stripe."},
	{"intern interns interned interning", actServe, "", "", "Ada Quist interned at Stripe."},
	{"spend spends spent spent spending", actSpend, "", "", "Ada Quist spent five years at Stripe."},
	{"move moves moved moving", actMove, "", "", "Ada Quist moved from Stripe to Klarna in May 2020."},
	{"defect defects defected defecting", actMove, "", "", "Ada Quist defected from Stripe to Klarna in May 2020."},
	{"switch switches switched switching", actMove, "", "", "Ada Quist switched from Stripe to Klarna in May 2020."},
	{"segue segues segued segueing", actMove, "", "", "Ada Quist has segued from Stripe to Klarna."},
	{"jump jumps jumped jumping", actMove, "", "", "Ada Quist jumped from Stripe to Klarna in May 2020."},
	{"return returns returned returning", actMove, "", "", "Ada Quist returned to Stripe as chief financial officer."},
	{"remain remains remained remaining", actStay, "", "", "Ada Quist remains chief financial officer of Stripe."},
	{"stay stays stayed staying", actStay, "", "", "Ada Quist will stay on as chief financial officer of Stripe."},
	{"continue continues continued continuing", actStay, "", "as", "Ada Quist will continue as chief financial officer of Stripe."},
	{"write writes wrote written writing", actWrite, "", "", "Ada Quist previously wrote for the Washington Post."},
	{"sit sits sat sat sitting", actSit, "", "on", "Ada Quist sits on the board of Stripe."},
	{"sign signs signed signing", actHire, "", "", "Stripe signed Ada Quist from Klarna."},
	{"lose loses lost lost losing", actLose, "", "", "Stripe lost Ada Quist to Klarna."},
	{"hand hands handed handing", actHand, "", "over the his her in their", "Bo Lind, chief executive of Stripe, hands over to Ada Quist in May."},
	{"begin begins began begun beginning", actBegin, "", "", "Ada Quist began her career at Stripe in May 2010."},
	{"accept accepts accepted accepting", actBegin, "", "a the", "Ada Quist has accepted a job at Stripe."},
	{"land lands landed landing", actBegin, "", "a the at", "Ada Quist landed a job at Stripe."},
	{"arrive arrives arrived arriving", actArrive, "", "", "Ada Quist arrives at Stripe from Klarna."},
	{"come comes came come coming", actMove, "", "", "Ada Quist came to Stripe from Klarna in May 2010."},
	{"die dies died died dying", actDie, extract.Died, "", "Ada Quist, chief financial officer of Stripe, died on Sunday."},
	{"swap swaps swapped swapping", actLeave, "", "", "Ada Quist swapped Stripe for Klarna in May 2020."},
	{"walk walks walked walking", actResign, "", "away out", "Ada Quist walked away from Stripe in May 2020."},
	{"part parts parted parting", actFire, "", "ways company", "Stripe has parted ways with Ada Quist."},
	{"let lets let let letting", actFire, extract.Dismissed, "go", "Stripe let go of Ada Quist in May 2020."},
	{"swear swears swore sworn swearing", actName, "", "in", "Ada Quist was sworn in as governor of Stripe."},
	{"resurface resurfaces resurfaced resurfacing", actArrive, "", "", "Ada Quist has resurfaced at Klarna."},
	{"decamp decamps decamped decamping", actMove, "", "", "Ada Quist decamped from Stripe to Klarna in May 2020."},
	{"tender tenders tendered tendering", actTender, "", "", "Ada Quist, chief financial officer of Stripe, tendered her resignation."},
	{"teach teaches taught taught teaching", actTeach, "", "", "Ada Quist teaches at Stanford University."},
}

// A verbForm is one form of a verb.
type verbForm struct {
	row  *verbRow
	then []string // the words of which one must follow, if any
	past bool     // past or past participle
	part bool     // can be a past participle
	ing  bool
	base bool
}

// stands reports whether the word behind a form is one with which it can tell
// something.
func (v *verbForm) stands(next token) bool { return len(v.then) == 0 || next.is(v.then...) }

// verbForms is read only.
var verbForms = func() map[string]*verbForm {
	m := map[string]*verbForm{}
	for i := range verbRows {
		r := &verbRows[i]
		f := strings.Fields(r.forms)
		if len(f) == 4 {
			f = []string{f[0], f[1], f[2], f[2], f[3]}
		}
		for k, w := range f {
			v := m[w]
			if v == nil {
				v = &verbForm{row: r, then: strings.Fields(r.needs)}
				m[w] = v
			}
			v.base = v.base || k == 0
			v.past = v.past || k == 2
			v.part = v.part || k == 3
			v.ing = v.ing || k == 4
		}
	}
	return m
}()
