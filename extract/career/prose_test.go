package career

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/extract"
)

// proseNames are the names in the sentences below.
var proseNames = func() map[string]extract.Kind {
	m := map[string]extract.Kind{}
	add := func(kind extract.Kind, list string) {
		for name := range strings.SplitSeq(list, ",") {
			m[strings.TrimSpace(name)] = kind
		}
	}
	add(extract.Person, "Dana Whitlock, Marta Oliveira, Henrik Strand, Sanjay Rao, Lena Fischer, Tom Becker, Ute Lang, Clara Nunes, Omar Sayed, Dave Lim, Rita Gomez, Gomez, Paul Strand, Ines Roth, Carl Beck, Uma Das, Paul Drake, Nina Holt, Mark Ivers, Ada Lin, Raj Patel, Bill Gates, Li Wei, Zhang Min, Mona Ek, Lars Holm, Graeme Pitt, Alan Hart, Priya Nair, Samuel Osei, Ruth Adler, Carla Ruiz, Hal Brooks, Nadia Petrov, Ivan Petrov, Tom Wu, Joseph Kahn, Dean Baquet, Tim Davie, Deborah Turness, Parag Rao, Jack Stone, Elon Park, Ned Silva, Marco Reis, Ana Dias, Chase Morgan, April May, Petrov")
	add(extract.Organization, "Intel, Nokia, Volvo Cars, Ericsson, Uber, Lyft, Routewise, OpenAI, Anthropic, DeepMind, Google, Siemens, Bosch, Airbnb, Stripe, Paylane, Visa, Microsoft, Quantel, Yahoo, AltaVista, Excite, Apple, Tesla, Rivian, Shell, Barclays, HSBC, Google DeepMind, Synapse Labs, Synapse, University of Oxford, Oxford AI Lab, Oxford University, MIT, Forbes, Meta, JPMorgan Chase, Chase, Wells Fargo, Haier, Spotify, Nordlys, Unilever, Infosys, Department of Justice, Ghana Health Service, World Medical Association, University of Texas at Austin, McCombs School of Business, Johnson & Johnson, Boeing, Figma, Adobe, Lumen, Nvidia, New York Times, BBC, BBC News, Twitter, Reddit, Axios, Porto, Benfica, Lyon")
	add(extract.Place, "London, Paris, Boston, Sofia")
	add(extract.Other, "iPhone 5")
	return m
}()

// claimsIn returns, in brief, the facts of a text of Monday, 26 May 2025.
func claimsIn(t *testing.T, text string, kinds map[string]extract.Kind) (claims []string) {
	t.Helper()
	a := &extract.Article{Text: text, Published: extract.Day(2025, 5, 26), Mentions: names(text, kinds)}
	if err := (Step{}).Annotate(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	checkSpans(t, text, a)
	for _, f := range a.Facts {
		claims = append(claims, brief(f))
	}
	return claims
}

// TestProse reads one sentence or two. The article is of Monday, 26 May 2025.
func TestProse(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Intel said on Tuesday that chief financial officer Dana Whitlock will retire at the end of the year.", []string{"left | Dana Whitlock | Intel | 2025-late | retired | planned"}},
		{"Dana Whitlock is stepping down as chief executive of Intel after 12 years in the role.", []string{"left | Dana Whitlock | Intel | as chief executive | planned", "tenure | Dana Whitlock | Intel | 144m"}},
		{"Nokia has appointed Marta Oliveira as chief technology officer, effective June 1.", []string{"appointed | Marta Oliveira | Nokia | as chief technology officer | 2025-06-01 | planned"}},
		{"Volvo Cars named Henrik Strand its new head of design on Wednesday.", []string{"appointed | Henrik Strand | Volvo Cars | as head of design | 2025-05-21"}},
		{"Marta Oliveira, previously a vice president at Ericsson, joins Nokia as chief technology officer.", []string{"role_at | Marta Oliveira | Ericsson | as vice president | former", "joined | Marta Oliveira | Nokia | as chief technology officer"}},
		{"Former Uber engineering chief Sanjay Rao has joined Lyft as chief technology officer, the company announced Monday.", []string{"role_at | Sanjay Rao | Uber | as engineering chief | former", "joined | Sanjay Rao | Lyft | as chief technology officer | 2025-05-26"}},
		{"Sanjay Rao left Uber in March to start his own company, Routewise.", []string{"left | Sanjay Rao | Uber | 2025-03", "founded | Sanjay Rao | Routewise"}},
		{"OpenAI co-founder Lena Fischer is leaving the company to join rival Anthropic.", []string{"role_at | Lena Fischer | OpenAI | as co-founder | leaving", "founded | Lena Fischer | OpenAI", "left | Lena Fischer | OpenAI | planned", "joined | Lena Fischer | Anthropic | planned"}},
		{"Lena Fischer, one of the founders of DeepMind, quit Google last year.", []string{"founded | Lena Fischer | DeepMind", "left | Lena Fischer | Google | 2024 | resigned"}},
		{"Anthropic has hired Lena Fischer, a former research scientist at OpenAI, to lead its safety team.", []string{"joined | Lena Fischer | Anthropic", "role_at | Lena Fischer | OpenAI | as research scientist | former"}},
		{"Tom Becker resigned as chairman of Siemens on 3 February 2021 and was replaced by Ute Lang.", []string{"left | Tom Becker | Siemens | as chairman | 2021-02-03 | resigned", "replaced_by | Tom Becker | Siemens | as chairman | > Ute Lang"}},
		{"Ute Lang succeeded Tom Becker as chairman of Siemens in 2021.", []string{"replaced_by | Tom Becker | Siemens | as chairman | > Ute Lang"}},
		{"Ute Lang, who has run Siemens since 2021, said sales had grown.", []string{"role_at | Ute Lang | Siemens | 2021 | current"}},
		{"The board of Siemens elected Ute Lang chairwoman.", []string{"appointed | Ute Lang | Siemens | as chairwoman"}},
		{"Rumours that Tom Becker would leave Siemens were dismissed by a spokesman.", nil},
		{"Tom Becker may join Bosch, according to two people familiar with the matter.", nil},
		{"Siemens is in talks with Tom Becker about a return as chairman.", nil},
		{"Tom Becker has not left Siemens, the company said.", nil},
		{"Would Tom Becker leave Siemens for Bosch?", nil},
		{"If Tom Becker leaves Siemens, shares would fall.", nil},
		{"Tom Becker left the room without a word and joined the queue for coffee.", nil},
		{"Airbnb fired its head of policy, Clara Nunes, in January.", []string{"left | Clara Nunes | Airbnb | 2025-01 | dismissed", "role_at | Clara Nunes | Airbnb | as head of policy | former"}},
		{"Clara Nunes was laid off by Airbnb in January after nearly six years.", []string{"left | Clara Nunes | Airbnb | 2025-01 | dismissed", "tenure | Clara Nunes | Airbnb | 72m | approx"}},
		{"Clara Nunes spent seven years at Airbnb before moving to Stripe in 2022.", []string{"tenure | Clara Nunes | Airbnb | 84m", "joined | Clara Nunes | Stripe | 2022"}},
		{"Clara Nunes moved from Airbnb to Stripe in 2022.", []string{"joined | Clara Nunes | Stripe | 2022", "left | Clara Nunes | Airbnb | 2022"}},
		{"After eight years at Airbnb, Clara Nunes is moving to Stripe.", []string{"tenure | Clara Nunes | Airbnb | 96m", "joined | Clara Nunes | Stripe | planned"}},
		{"\"I joined Stripe because of its people,\" said Clara Nunes, who was head of policy at Airbnb until 2021.", []string{"joined | Clara Nunes | Stripe", "role_at | Clara Nunes | Airbnb | as head of policy | to 2021 | former"}},
		{"Clara Nunes, 41, worked at Airbnb from 2014 to 2021.", []string{"joined | Clara Nunes | Airbnb | 2014", "left | Clara Nunes | Airbnb | 2021"}},
		{"Clara Nunes served as head of policy at Airbnb from 2014 to 2021.", []string{"role_at | Clara Nunes | Airbnb | as head of policy | 2014 | to 2021 | former"}},
		{"Clara Nunes was head of policy at Airbnb for seven years.", []string{"role_at | Clara Nunes | Airbnb | as head of policy | former", "tenure | Clara Nunes | Airbnb | 84m"}},
		{"Stripe's chief executive, Clara Nunes, and its finance chief, Omar Sayed, will both leave in July.", []string{"role_at | Clara Nunes | Stripe | as chief executive | leaving", "left | Clara Nunes | Stripe | 2025-07 | planned", "role_at | Omar Sayed | Stripe | as finance chief | leaving", "left | Omar Sayed | Stripe | 2025-07 | planned"}},
		{"Omar Sayed took over as chief financial officer of Stripe from Dave Lim in 2020.", []string{"replaced_by | Dave Lim | Stripe | as chief financial officer | > Omar Sayed", "appointed | Omar Sayed | Stripe | as chief financial officer | 2020"}},
		{"Omar Sayed has been promoted to chief operating officer at Stripe.", []string{"promoted | Omar Sayed | Stripe | as chief operating officer"}},
		{"The departure of Omar Sayed from Stripe follows months of turmoil.", []string{"left | Omar Sayed | Stripe"}},
		{"Omar Sayed's resignation from Stripe was announced on Friday.", []string{"left | Omar Sayed | Stripe | 2025-05-23 | resigned"}},
		{"Stripe announced the appointment of Omar Sayed as chief risk officer.", []string{"appointed | Omar Sayed | Stripe | as chief risk officer"}},
		{"Omar Sayed co-founded Paylane in 2012 with Rita Gomez and sold it to Visa in 2018.", []string{"founded | Omar Sayed | Paylane | 2012", "founded | Rita Gomez | Paylane | 2012"}},
		{"Paylane was founded by Omar Sayed and Rita Gomez in 2012.", []string{"founded | Omar Sayed | Paylane | 2012", "founded | Rita Gomez | Paylane | 2012"}},
		{"Rita Gomez, co-founder and chief product officer of Paylane, left last month.", []string{"role_at | Rita Gomez | Paylane | as co-founder and chief product officer | former", "founded | Rita Gomez | Paylane", "left | Rita Gomez | Paylane | 2025-04"}},
		{"Rita Gomez sits on the board of Visa.", []string{"role_at | Rita Gomez | Visa | as board | current"}},
		{"Rita Gomez has joined the board of directors of Visa.", []string{"joined | Rita Gomez | Visa | as board"}},
		{"Visa appointed Rita Gomez to its board of directors.", []string{"appointed | Rita Gomez | Visa | as board"}},
		{"Microsoft's Rita Gomez said demand was strong.", []string{"role_at | Rita Gomez | Microsoft | current"}},
		{"Rita Gomez, Microsoft's vice president of search, said demand was strong.", []string{"role_at | Rita Gomez | Microsoft | as vice president of search | current"}},
		{"Rita Gomez, vice president of search at Microsoft, said demand was strong.", []string{"role_at | Rita Gomez | Microsoft | as vice president of search | current"}},
		{"Rita Gomez, who led search at Microsoft for five years, now heads Quantel.", []string{"role_at | Rita Gomez | Microsoft | former", "tenure | Rita Gomez | Microsoft | 60m", "role_at | Rita Gomez | Quantel | current"}},
		{"Ms. Gomez previously worked at Yahoo, AltaVista and Excite.", []string{"role_at | Gomez | Yahoo | former", "role_at | Gomez | AltaVista | former", "role_at | Gomez | Excite | former"}},
		{"Rita Gomez rejoined Microsoft in 2019 after a three-year stint at Apple.", []string{"joined | Rita Gomez | Microsoft | 2019 | rejoined", "tenure | Rita Gomez | Apple | 36m"}},
		{"Rita Gomez returned to Microsoft as head of search in 2019.", []string{"joined | Rita Gomez | Microsoft | as head of search | 2019 | rejoined"}},
		{"Rita Gomez will become chief executive of Quantel on 1 July, succeeding Paul Strand, who is retiring.", []string{"appointed | Rita Gomez | Quantel | as chief executive | 2025-07-01 | planned", "replaced_by | Paul Strand | Quantel | as chief executive | > Rita Gomez | planned", "left | Paul Strand | Quantel | retired | planned"}},
		{"Paul Strand will stay on as chairman of Quantel.", []string{"role_at | Paul Strand | Quantel | as chairman | current | still"}},
		{"Paul Strand, the longtime chief executive of Quantel, died on Sunday at 78.", []string{"role_at | Paul Strand | Quantel | as chief executive | former", "left | Paul Strand | Quantel | 2025-05-25 | died"}},
		{"Interim chief executive Paul Strand will continue to lead Quantel until a successor is found.", []string{"role_at | Paul Strand | Quantel | current"}},
		{"Paul Strand agreed to join Quantel as an adviser.", []string{"joined | Paul Strand | Quantel | as adviser | planned"}},
		{"Paul Strand decided to leave Quantel in 2019.", []string{"left | Paul Strand | Quantel | 2019"}},
		{"Paul Strand declined to join Quantel.", nil},
		{"He joined Quantel in 1998 as an engineer and became chief executive in 2007.", []string{"joined |  | Quantel | as engineer | 1998", "appointed |  | Quantel | as chief executive | 2007"}},
		{"Quantel poached Ines Roth from Bosch.", []string{"joined | Ines Roth | Quantel", "left | Ines Roth | Bosch"}},
		{"Ines Roth and Carl Beck have left Quantel.", []string{"left | Ines Roth | Quantel", "left | Carl Beck | Quantel"}},
		{"Ines Roth was ousted as Quantel's chief executive in May 2023.", []string{"left | Ines Roth | Quantel | as chief executive | 2023-05 | dismissed"}},
		{"Ines Roth quits Quantel", []string{"left | Ines Roth | Quantel | resigned"}},
		{"Quantel CEO Ines Roth to step down", []string{"role_at | Ines Roth | Quantel | as CEO | leaving", "left | Ines Roth | Quantel | planned"}},
		{"Ines Roth named CEO of Quantel", []string{"appointed | Ines Roth | Quantel | as CEO"}},
		{"Bosch hires Quantel's Ines Roth as research chief", []string{"joined | Ines Roth | Bosch | as research chief", "role_at | Ines Roth | Quantel | current"}},
		{"The startup hired former Tesla executive Paul Drake as its first chief operating officer in April.", []string{"joined | Paul Drake |  | as chief operating officer | 2025-04", "role_at | Paul Drake | Tesla | as executive | former"}},
		{"Paul Drake, who spent 11 years at Tesla, most recently as vice president of manufacturing, joined Rivian last week.", []string{"tenure | Paul Drake | Tesla | 132m", "role_at | Paul Drake | Tesla | as vice president of manufacturing | former", "joined | Paul Drake | Rivian | 2025-05"}},
		{"Shell's head of trading is leaving, people familiar with the matter said.", nil},
		{"Her successor, Nina Holt, joined the bank in 2009.", []string{"joined | Nina Holt |  | 2009"}},
		{"Nina Holt will succeed Mark Ivers as chief executive of Barclays on 1 May.", []string{"replaced_by | Mark Ivers | Barclays | as chief executive | > Nina Holt | planned"}},
		{"Mark Ivers hands over to Nina Holt on 1 May.", []string{"replaced_by | Mark Ivers |  | > Nina Holt"}},
		{"Barclays said chief executive Mark Ivers would step down in May and be replaced by Nina Holt.", []string{"left | Mark Ivers | Barclays | 2025-05 | planned", "replaced_by | Mark Ivers | Barclays | > Nina Holt | planned"}},
		{"Mark Ivers has been chief executive of Barclays since 2017.", []string{"role_at | Mark Ivers | Barclays | as chief executive | 2017 | current"}},
		{"Mark Ivers, chief executive of Barclays since 2017, earned £4m.", []string{"role_at | Mark Ivers | Barclays | as chief executive | 2017 | current"}},
		{"Mark Ivers is to leave Barclays after 14 years.", []string{"left | Mark Ivers | Barclays | planned", "tenure | Mark Ivers | Barclays | 168m"}},
		{"Mark Ivers is considering leaving Barclays.", nil},
		{"Mark Ivers is reportedly leaving Barclays.", nil},
		{"Mark Ivers is expected to join HSBC later this year.", nil},
		{"Mark Ivers was hired away from HSBC in 2015.", []string{"left | Mark Ivers | HSBC"}},
		{"Mark Ivers came to Barclays from HSBC in 2015.", []string{"joined | Mark Ivers | Barclays | 2015", "left | Mark Ivers | HSBC | 2015"}},
		{"Mark Ivers, formerly of HSBC, runs the Barclays trading floor.", []string{"role_at | Mark Ivers | HSBC | former"}},
		{"In 2015, after a decade at HSBC, Mark Ivers joined Barclays as head of markets.", []string{"joined | Mark Ivers | Barclays | as head of markets | 2015", "tenure | Mark Ivers | HSBC | 120m"}},
		{"From 2004 to 2015 Mark Ivers worked at HSBC.", []string{"joined | Mark Ivers | HSBC | 2004", "left | Mark Ivers | HSBC | 2015"}},
		{"Between 2004 and 2015 Mark Ivers was a managing director at HSBC.", []string{"role_at | Mark Ivers | HSBC | as managing director | 2004 | to 2015 | former"}},
		{"Mark Ivers left HSBC in the summer of 2015 and joined Barclays that autumn.", []string{"left | Mark Ivers | HSBC | 2015-summer", "joined | Mark Ivers | Barclays"}},
		{"Mark Ivers joined HSBC in 2004. Two years later, he moved to Barclays.", []string{"joined | Mark Ivers | HSBC | 2004", "joined | Mark Ivers | Barclays | 2006"}},
		{"Google DeepMind researcher Ada Lin and former colleague Raj Patel have founded Synapse Labs.", []string{"role_at | Ada Lin | Google DeepMind | as researcher | current", "founded | Ada Lin | Synapse Labs", "founded | Raj Patel | Synapse Labs"}},
		{"Synapse Labs, founded last year by Ada Lin and Raj Patel, raised $30m.", []string{"founded | Ada Lin | Synapse Labs | 2024", "founded | Raj Patel | Synapse Labs | 2024"}},
		{"Synapse Labs, a startup founded by ex-DeepMind researchers Ada Lin and Raj Patel, raised $30m.", []string{"founded | Ada Lin | Synapse Labs", "founded | Raj Patel | Synapse Labs", "role_at | Ada Lin | DeepMind | as researcher | former", "role_at | Raj Patel | DeepMind | as researcher | former"}},
		{"Ada Lin, 34, chief executive and co-founder of Synapse Labs, said the round was oversubscribed.", []string{"role_at | Ada Lin | Synapse Labs | as chief executive and co-founder | current", "founded | Ada Lin | Synapse Labs"}},
		{"Ada Lin, Synapse's chief executive, said the round was oversubscribed.", []string{"role_at | Ada Lin | Synapse | as chief executive | current"}},
		{"Ada Lin (CEO, Synapse Labs) and Raj Patel (CTO) spoke at the event.", []string{"role_at | Ada Lin | Synapse Labs | as CEO | current"}},
		{"Ada Lin and Raj Patel, who met at Google, run Synapse Labs together.", []string{"role_at | Ada Lin | Synapse Labs | current", "role_at | Raj Patel | Synapse Labs | current"}},
		{"Dr. Ada Lin, professor of computer science at the University of Oxford and director of the Oxford AI Lab, won the prize.", []string{"role_at | Ada Lin | University of Oxford | as professor of computer science | current", "role_at | Ada Lin | Oxford AI Lab | as director | current"}},
		{"Professor Ada Lin of the University of Oxford won the prize.", []string{"role_at | Ada Lin | University of Oxford | current"}},
		{"Ada Lin, of Oxford University, disagreed.", []string{"role_at | Ada Lin | Oxford University | current"}},
		{"Ada Lin joined the faculty of MIT in 2012.", []string{"joined | Ada Lin | MIT | 2012"}},
		{"Ada Lin graduated from MIT in 2012 and joined Google.", []string{"joined | Ada Lin | Google"}},
		{"Ada Lin studied at MIT before joining Google in 2012.", []string{"joined | Ada Lin | Google | 2012"}},
		{"Ada Lin left London for Paris.", nil},
		{"Ada Lin left Microsoft for Google in 2014.", []string{"left | Ada Lin | Microsoft | 2014", "joined | Ada Lin | Google | 2014"}},
		{"Ada Lin left her job as an engineer at Microsoft in 2014.", []string{"left | Ada Lin | Microsoft | as engineer | 2014"}},
		{"Ada Lin left Microsoft's offices at noon.", nil},
		{"Ada Lin joined Microsoft founder Bill Gates on stage.", []string{"role_at | Bill Gates | Microsoft | as founder | current", "founded | Bill Gates | Microsoft"}},
		{"Ada Lin joined Bill Gates in calling for a ban.", nil},
		{"Ada Lin replaced the broken part.", nil},
		{"Ada Lin ran for mayor of Boston.", nil},
		{"Ada Lin leads the race.", nil},
		{"Ada Lin headed the ball into the net.", nil},
		{"Ada Lin was named in the lawsuit.", nil},
		{"Ada Lin was named one of the best managers of the year by Forbes.", nil},
		{"Ada Lin became a mother in 2012.", nil},
		{"Ada Lin became the first woman to win the race.", nil},
		{"Ada Lin founded her reputation on hard work.", nil},
		{"Ada Lin launched the iPhone 5 in 2012.", nil},
		{"Ada Lin started work at Google in 2012.", []string{"joined | Ada Lin | Google | 2012"}},
		{"Ada Lin began her career at Google in 2005 before joining Meta.", []string{"joined | Ada Lin | Google | 2005", "joined | Ada Lin | Meta"}},
		{"Ada Lin, a Google spokeswoman, declined to comment.", []string{"role_at | Ada Lin | Google | as spokeswoman | current"}},
		{"A Google spokeswoman, Ada Lin, declined to comment.", []string{"role_at | Ada Lin | Google | as spokeswoman | current"}},
		{"Google spokeswoman Ada Lin declined to comment.", []string{"role_at | Ada Lin | Google | as spokeswoman | current"}},
		{"Ada Lin will not join Google, she said.", nil},
		{"Nobody expects Ada Lin to leave Google.", nil},
		{"Ada Lin threatened to quit Google.", nil},
		{"Ada Lin, who had planned to leave Google, will stay.", nil},
		{"Ada Lin was acquitted. She works for a charity.", nil},
		{"April May, a product manager at Chase, left the bank in April.", []string{"role_at | April May | Chase | as product manager | former", "left | April May | Chase | 2025-04"}},
		{"Chase Morgan joined JPMorgan Chase from Wells Fargo last year.", []string{"left | Chase Morgan | Wells Fargo", "joined | Chase Morgan | JPMorgan Chase | 2024"}},
		{"Li Wei and Zhang Min were promoted to vice president of sales and vice president of marketing respectively at Haier in March 2024.", []string{"promoted | Li Wei | Haier | as vice president of sales | 2024-03", "promoted | Zhang Min | Haier | as vice president of marketing | 2024-03"}},
		{"Former Spotify executives Mona Ek and Lars Holm have set up an investment firm called Nordlys.", []string{"role_at | Mona Ek | Spotify | as executive | former", "role_at | Lars Holm | Spotify | as executive | former", "founded | Mona Ek | Nordlys", "founded | Lars Holm | Nordlys"}},
		{"Unilever's finance director, Graeme Pitt, was appointed interim chief executive after Alan Hart quit on Monday.", []string{"role_at | Graeme Pitt | Unilever | as finance director | current", "appointed | Graeme Pitt | Unilever | as interim chief executive | interim", "left | Alan Hart | Unilever | 2025-05-26 | resigned"}},
		{"In addition to her role as general counsel, Priya Nair will take on the role of chief compliance officer at Infosys.", []string{"appointed | Priya Nair | Infosys | as chief compliance officer | planned"}},
		{"Priya Nair holds a law degree from Georgetown and previously worked at the Department of Justice.", []string{"role_at | Priya Nair | Department of Justice | former"}},
		{"Dr. Samuel Osei, formerly chief medical officer of Ghana Health Service, has been elected president of the World Medical Association.", []string{"role_at | Samuel Osei | Ghana Health Service | as chief medical officer | former", "appointed | Samuel Osei | World Medical Association | as president"}},
		{"Samuel Osei's predecessor, Ruth Adler, served from 2016 to 2020.", nil},
		{"The University of Texas at Austin appointed Carla Ruiz dean of its business school in fall 2021.", []string{"appointed | Carla Ruiz | University of Texas at Austin | as dean | 2021-autumn"}},
		{"Carla Ruiz, dean of the McCombs School of Business, joined the University of Texas at Austin in 2008.", []string{"role_at | Carla Ruiz | McCombs School of Business | as dean | current", "joined | Carla Ruiz | University of Texas at Austin | 2008"}},
		{"Johnson & Johnson hired Carla Ruiz as chief data officer in the third quarter of 2022.", []string{"joined | Carla Ruiz | Johnson & Johnson | as chief data officer | 2022-Q3"}},
		{"After 27 years at Boeing, engineer Hal Brooks retired in late 2019.", []string{"tenure | Hal Brooks | Boeing | 324m", "left | Hal Brooks | Boeing | 2019-late | retired"}},
		{"Hal Brooks, a 27-year Boeing veteran, retired in 2019.", []string{"tenure | Hal Brooks | Boeing | 324m", "left | Hal Brooks | Boeing | 2019 | retired"}},
		{"Hal Brooks, 62, who joined Boeing in 1992, retires next month.", []string{"joined | Hal Brooks | Boeing | 1992", "left | Hal Brooks | Boeing | 2025-06 | retired | planned"}},
		{"Hal Brooks joined Boeing in the early 1990s.", []string{"joined | Hal Brooks | Boeing | 1990s"}},
		{"\"I'm thrilled to be joining Figma,\" Nadia Petrov wrote on X on Monday.", []string{"joined | Nadia Petrov | Figma | 2025-05-26 | announced | planned"}},
		{"Nadia Petrov announced that she is joining Figma as head of AI.", []string{"joined | Nadia Petrov | Figma | as head of AI | planned"}},
		{"Nadia Petrov said she had left Adobe in February.", []string{"left | Nadia Petrov | Adobe | 2025-02"}},
		{"Nadia Petrov told staff on Friday she was leaving Adobe.", []string{"left | Nadia Petrov | Adobe | 2025-05-23 | announced | planned"}},
		{"Adobe confirmed that Nadia Petrov had left the company.", []string{"left | Nadia Petrov | Adobe"}},
		{"Adobe denied that Nadia Petrov had left the company.", nil},
		{"Nadia Petrov, Adobe's former head of AI, sued the company.", []string{"role_at | Nadia Petrov | Adobe | as head of AI | former"}},
		{"Nadia Petrov was born in Sofia in 1980. She joined Adobe in 2006 and became a vice president there in 2012.", []string{"joined | Nadia Petrov | Adobe | 2006", "appointed | Nadia Petrov | Adobe | as vice president | 2012"}},
		{"Ivan Petrov is the co-founder of Lumen. He previously was an engineer at Nvidia.", []string{"role_at | Ivan Petrov | Lumen | as co-founder | current", "founded | Ivan Petrov | Lumen", "role_at | Ivan Petrov | Nvidia | as engineer | former"}},
		{"Lumen, which was started by Nadia Petrov in 2022, has hired Google's Tom Wu as its chief technology officer.", []string{"founded | Nadia Petrov | Lumen | 2022", "joined | Tom Wu | Lumen | as chief technology officer", "role_at | Tom Wu | Google | current"}},
		{"The New York Times named Joseph Kahn executive editor, replacing Dean Baquet, who will remain at the paper.", []string{"appointed | Joseph Kahn | New York Times | as executive editor", "replaced_by | Dean Baquet | New York Times | as executive editor | > Joseph Kahn"}},
		{"Joseph Kahn, executive editor of The New York Times, said the paper would appeal.", []string{"role_at | Joseph Kahn | New York Times | as executive editor | current"}},
		{"BBC director-general Tim Davie and Deborah Turness, the chief executive of BBC News, resigned on Sunday.", []string{"role_at | Tim Davie | BBC | as director-general | former", "left | Tim Davie | BBC | 2025-05-25 | resigned", "role_at | Deborah Turness | BBC News | as chief executive | former", "left | Deborah Turness | BBC News | 2025-05-25 | resigned"}},
		{"Both Tim Davie and Deborah Turness resigned from the BBC.", []string{"left | Tim Davie | BBC | resigned", "left | Deborah Turness | BBC | resigned"}},
		{"Nine months after joining Twitter, Parag Rao was fired.", []string{"joined | Parag Rao | Twitter", "left | Parag Rao | Twitter | dismissed"}},
		{"Parag Rao became CEO of Twitter after Jack Stone stepped down in November 2021.", []string{"appointed | Parag Rao | Twitter | as CEO", "left | Jack Stone | Twitter | 2021-11"}},
		{"Jack Stone, who co-founded Twitter, stepped down as CEO in November 2021, handing the job to Parag Rao.", []string{"founded | Jack Stone | Twitter", "left | Jack Stone | Twitter | as CEO | 2021-11", "replaced_by | Jack Stone | Twitter | > Parag Rao"}},
		{"Ned Silva is no longer at Twitter.", []string{"left | Ned Silva | Twitter"}},
		{"Ned Silva, once Twitter's finance chief, now advises start-ups.", []string{"role_at | Ned Silva | Twitter | as finance chief | former"}},
		{"Ned Silva, now at Reddit, was finance chief of Twitter until October 2022.", []string{"role_at | Ned Silva | Reddit | current", "role_at | Ned Silva | Twitter | as finance chief | to 2022-10 | former"}},
		{"Twitter lost Ned Silva to Reddit.", []string{"left | Ned Silva | Twitter", "joined | Ned Silva | Reddit"}},
		{"Reddit has lured finance chief Ned Silva away from Twitter.", []string{"joined | Ned Silva | Reddit", "left | Ned Silva | Twitter"}},
		{"Ned Silva turned down an offer to join Reddit.", nil},
		{"Sources say Ned Silva will join Reddit.", []string{"joined | Ned Silva | Reddit | planned"}},
		{"Ned Silva would have joined Reddit had the deal closed.", nil},
		{"Ned Silva plans to leave Reddit at the end of June.", []string{"left | Ned Silva | Reddit | 2025-06 | planned"}},
		{"Ned Silva's contract with Reddit ends in June.", nil},
		{"The club signed striker Marco Reis from Porto in July.", []string{"joined | Marco Reis |  | 2024-07", "left | Marco Reis | Porto"}},
		{"Coach Ana Dias left Benfica for Lyon in 2023.", []string{"left | Ana Dias | Benfica | 2023", "joined | Ana Dias | Lyon | 2023"}},
		{"Ada Lin is a Norwegian economist, chief executive of Quantel.", []string{"role_at | Ada Lin | Quantel | as chief executive | current"}},
		{"Ada Lin is an author of three books and the co-founder of Quantel.", []string{"role_at | Ada Lin | Quantel | as co-founder | current", "founded | Ada Lin | Quantel"}},
		{"Quantel is a game studio, formerly led by Ada Lin.", []string{"role_at | Ada Lin | Quantel | former"}},
		{"The tool was written by Ada Lin while at Quantel.", []string{"role_at | Ada Lin | Quantel | former"}},
		{"Ada Lin was a professor of law at Oxford University and at MIT.", []string{"role_at | Ada Lin | Oxford University | as professor of law | former", "role_at | Ada Lin | MIT | as professor of law | former"}},
		{"Ada Lin was chairman of Boeing from 1996 to 2003, and was that company's chief executive from 1992 to 2000.", []string{"role_at | Ada Lin | Boeing | as chairman | 1996 | to 2003 | former", "role_at | Ada Lin | Boeing | as chief executive | 1992 | to 2000 | former"}},
		{"Ada Lin is the founder of Boston-based, independent label Lumen.", []string{"role_at | Ada Lin | Lumen | as founder | current", "founded | Ada Lin | Lumen"}},
		{"Tom Wu is best known as the chief executive of Quantel.", []string{"role_at | Tom Wu | Quantel | as chief executive"}},
		{"Ada Lin was appointed to the Department of Justice in 1994.", []string{"appointed | Ada Lin | Department of Justice | 1994"}},
		{"Ada Lin founded and still runs Quantel.", []string{"founded | Ada Lin | Quantel", "role_at | Ada Lin | Quantel | current"}},
		{"Quantel, founded in 1996 by Ada Lin, its president and chief executive, is small.", []string{"founded | Ada Lin | Quantel | 1996", "role_at | Ada Lin | Quantel | as president and chief executive | current"}},
		{"Founded in 1996 by Ada Lin in Boston, Quantel is small.", []string{"founded | Ada Lin | Quantel | 1996"}},
		{"Prior to Visa, Ada Lin was a director at Stripe.", []string{"role_at | Ada Lin | Visa", "role_at | Ada Lin | Stripe | as director | former"}},
		{"Stripe has parted ways with finance chief Ada Lin.", []string{"left | Ada Lin | Stripe", "role_at | Ada Lin | Stripe | as finance chief | former"}},
		{"Stripe said it had parted ways with finance chief Ada Lin.", []string{"left | Ada Lin | Stripe", "role_at | Ada Lin | Stripe | as finance chief | former"}},
		{"Stripe let go of Ada Lin in May 2020.", []string{"left | Ada Lin | Stripe | 2020-05 | dismissed"}},
		{"Friday was Ada Lin's last day at Stripe.", []string{"left | Ada Lin | Stripe | 2025-05-23"}},
		{"Ada Lin's last day at Stripe is June 30.", []string{"left | Ada Lin | Stripe | 2025-06-30 | planned"}},
		{"Stripe promoted Ada Lin from controller to chief financial officer.", []string{"role_at | Ada Lin | Stripe | as controller | former", "promoted | Ada Lin | Stripe | as chief financial officer"}},
		{"Ada Lin, chief financial officer of Stripe, handed in her notice.", []string{"role_at | Ada Lin | Stripe | as chief financial officer | former", "left | Ada Lin | Stripe | resigned"}},
		{"Stripe confirmed on Thursday that Ada Lin had tendered her resignation as head of compliance.", []string{"left | Ada Lin | Stripe | as head of compliance | resigned"}},
		{"Ada Lin steps up to chief executive of Stripe in July.", []string{"appointed | Ada Lin | Stripe | as chief executive | 2025-07 | planned"}},
		{"Ada Lin has signed on with Stripe.", []string{"joined | Ada Lin | Stripe"}},
		{"If the deal closes, Ada Lin will become chairman of Stripe.", nil},
		{"Visa's Ada Lin, chief executive since June 2021, disagreed.", []string{"role_at | Ada Lin | Visa | as chief executive | 2021-06 | current"}},
		{"Ada Lin, Visa's design director of 14 years, disagreed.", []string{"role_at | Ada Lin | Visa | as design director | current", "tenure | Ada Lin | Visa | 168m"}},
		{"Ada Lin remains president of Visa, a post she has held since 2016.", []string{"role_at | Ada Lin | Visa | as president | 2016 | current | still"}},
		{"Stripe named Ada Lin to succeed Tom Wu as chair.", []string{"appointed | Ada Lin | Stripe | as chair", "replaced_by | Tom Wu | Stripe | as chair | > Ada Lin"}},
		{"Ada Lin led Stripe as chief executive from 2019 to 2023.", []string{"role_at | Ada Lin | Stripe | as chief executive | 2019 | to 2023 | former"}},
		{"Ada Lin joined Stripe, where she has run marketing since 2020.", []string{"joined | Ada Lin | Stripe", "role_at | Ada Lin | Stripe | 2020 | current"}},
		{"Ada Lin heads Stripe's Boston office.", []string{"role_at | Ada Lin | Stripe | current"}},
		{"Ada Lin (ex-Stripe) and Tom Wu run Visa.", []string{"role_at | Ada Lin | Stripe | former", "role_at | Ada Lin | Visa | current", "role_at | Tom Wu | Visa | current"}},
		{"Ada Lin quit as head of design of Stripe, two colleagues said on Monday.", []string{"left | Ada Lin | Stripe | as head of design | resigned"}},
		{"Ada Lin is moving to Stripe in August.", []string{"joined | Ada Lin | Stripe | 2025-08 | planned"}},
		{"Ada Lin joined Stripe in October 2020. The following month Tom Wu left Visa.", []string{"joined | Ada Lin | Stripe | 2020-10", "left | Tom Wu | Visa | 2020-11"}},
		{"Stripe hired her from Visa in 2021, said Ada Lin.", []string{"joined |  | Stripe | 2021", "left |  | Visa"}},
		{"Ada Lin, a Stripe spokeswoman, is teaching at MIT.", []string{"role_at | Ada Lin | Stripe | as spokeswoman | current", "role_at | Ada Lin | MIT | current"}},
		{"I am head of design at Stripe, said Ada Lin.", []string{"role_at | Ada Lin | Stripe | as head of design | current"}},
		{"Ada Lin and Tom Wu, who founded Quantel in 1975, disagreed.", []string{"founded | Ada Lin | Quantel | 1975", "founded | Tom Wu | Quantel | 1975"}},
		{"As chairman of Visa from 1991 to 1999, Ada Lin built it up.", []string{"role_at | Ada Lin | Visa | as chairman | 1991 | to 1999 | former"}},
		{"Ada Lin went to Boston to found Quantel.", []string{"founded | Ada Lin | Quantel"}},
		{"Barclays' Ada Lin, head of markets, disagreed.", []string{"role_at | Ada Lin | Barclays | as head of markets | current"}},
		{"Ada Lin walked away from the deal.", nil},
		{"Ada Lin landed at the airport.", nil},
		{"Ada Lin stepped back from day-to-day work at Stripe.", nil},
		{"Stripe replaced finance chief Ada Lin with Tom Wu in May 2020.", []string{"role_at | Ada Lin | Stripe | as finance chief | former", "replaced_by | Ada Lin | Stripe | as finance chief | > Tom Wu"}},
		{"Stripe's board replaced chief executive Ada Lin in May 2020.", []string{"role_at | Ada Lin | Stripe | as chief executive | former", "left | Ada Lin | Stripe | 2020-05"}},
		{"Stripe replaced its logo.", nil},
	} {
		got := claimsIn(t, c.text, proseNames)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s\n(-want +got)\n%s", c.text, d)
		}
	}
}

// What is rejected says why.
func TestExplain(t *testing.T) {
	for _, c := range []struct{ text, why string }{
		{"Tom Becker may join Bosch.", "only possible: may"},
		{"Tom Becker has not left Siemens, the company said.", "denied: not"},
		{"Would Tom Becker leave Siemens?", "a question"},
		{"If Tom Becker leaves Siemens, shares would fall.", "conditional: if"},
		{"Tom Becker declined to join Bosch.", "not decided: declined"},
		{"Siemens denied that Tom Becker had left the company.", "denied or rumoured: denied"},
	} {
		a := &extract.Article{Text: c.text, Published: extract.Day(2025, 5, 26), Mentions: names(c.text, proseNames)}
		all := Step{}.Explain(a)
		if len(all) != 1 || all[0].Kept || all[0].Why != c.why || all[0].Rule == "" {
			t.Errorf("%s: %+v, want it rejected as %q", c.text, all, c.why)
		}
	}
}
