package career

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"tenure/extract"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ text, want, earliest, latest string }{
		{"February 2025", "2025-02", "2025-02-01", "2025-02-28"},
		{"feb. 2024", "2024-02", "2024-02-01", "2024-02-29"},
		{"Sept 2021", "2021-09", "2021-09-01", "2021-09-30"},
		{"15 February 2024", "2024-02-15", "2024-02-15", "2024-02-15"},
		{"1. September 2010", "2010-09-01", "2010-09-01", "2010-09-01"},
		{"the 5th of May 2020", "2020-05-05", "2020-05-05", "2020-05-05"},
		{"October 30, 2012", "2012-10-30", "2012-10-30", "2012-10-30"},
		{"October30, 2012", "2012-10-30", "2012-10-30", "2012-10-30"},
		{"Monday, 25 January 2010", "2010-01-25", "2010-01-25", "2010-01-25"},
		{"2024-02-15", "2024-02-15", "2024-02-15", "2024-02-15"},
		{"26-05-2025", "2025-05-26", "2025-05-26", "2025-05-26"},
		{"26.05.2025", "2025-05-26", "2025-05-26", "2025-05-26"},
		{"05/26/2025", "2025-05-26", "2025-05-26", "2025-05-26"},
		{"04/05/2025", "2025-05-04", "2025-05-04", "2025-05-04"},
		{"03/2022", "2022-03", "2022-03-01", "2022-03-31"},
		{"2024-02", "2024-02", "2024-02-01", "2024-02-29"},
		{"Q3 2022", "2022-Q3", "2022-07-01", "2022-09-30"},
		{"2022-Q3", "2022-Q3", "2022-07-01", "2022-09-30"},
		{"third quarter of 2022", "2022-Q3", "2022-07-01", "2022-09-30"},
		{"H1 2022", "2022-H1", "2022-01-01", "2022-06-30"},
		{"second half of 2022", "2022-H2", "2022-07-01", "2022-12-31"},
		{"Spring 2020", "2020-spring", "2020-03-01", "2020-05-31"},
		{"fall of 2020", "2020-autumn", "2020-09-01", "2020-11-30"},
		{"Early 2023", "2023-early", "2023-01-01", "2023-05-31"},
		{"mid-2021", "2021-mid", "2021-04-01", "2021-09-30"},
		{"late 2019", "2019-late", "2019-08-01", "2019-12-31"},
		{"late July 2014", "2014-07", "2014-07-01", "2014-07-31"},
		{"the end of May", "2025-05", "2025-05-01", "2025-05-31"},
		{"2021", "2021", "2021-01-01", "2021-12-31"},
		{"the 1960s", "1960s", "1960-01-01", "1969-12-31"},
		{"c. 2018", "2018", "2018-01-01", "2018-12-31"},
		{"last month", "2025-04", "2025-04-01", "2025-04-30"},
		{"this week", "2025-05", "2025-05-01", "2025-05-31"},
		{"last year", "2024", "2024-01-01", "2024-12-31"},
		{"next month", "2025-06", "2025-06-01", "2025-06-30"},
		{"on Thursday", "2025-05-22", "2025-05-22", "2025-05-22"},
		{"Monday", "2025-05-26", "2025-05-26", "2025-05-26"},
		{"yesterday", "2025-05-25", "2025-05-25", "2025-05-25"},
		{"in September", "2024-09", "2024-09-01", "2024-09-30"},
		{"in May", "2025-05", "2025-05-01", "2025-05-31"},
		{"four years ago", "2021", "2021-01-01", "2021-12-31"},
		{"two months ago", "2025-03", "2025-03-01", "2025-03-31"},
		{"ten days ago", "2025-05-16", "2025-05-16", "2025-05-16"},
		{"earlier this year", "2025", "2025-01-01", "2025-12-31"},
		{"year-earlier quarter", "2024-Q1", "2024-01-01", "2024-03-31"},
		{"the latest quarter", "2025-Q1", "2025-01-01", "2025-03-31"},
		{"last year's third quarter", "2024-Q3", "2024-07-01", "2024-09-30"},
		{"the 2023 second quarter", "2023-Q2", "2023-04-01", "2023-06-30"},
		{"the full year", "2025", "2025-01-01", "2025-12-31"},
		{"earlier in the year", "2025", "2025-01-01", "2025-12-31"},
		{"Thanksgiving", "2024-11-28", "2024-11-28", "2024-11-28"},
		{"Christmas Eve 2023", "2023-12-24", "2023-12-24", "2023-12-24"},
		{"nineteen ninety-six", "1996", "1996-01-01", "1996-12-31"},
		{"March eighth", "2025-03-08", "2025-03-08", "2025-03-08"},
		{"the twenty-first of June 2022", "2022-06-21", "2022-06-21", "2022-06-21"},
		{"Friday, Oct. 13", "2023-10-13", "2023-10-13", "2023-10-13"},
		{"this coming Sunday", "2025-06-01", "2025-06-01", "2025-06-01"},
		{"last summer", "2024-summer", "2024-06-01", "2024-08-31"},
	} {
		d, ok := ParseDate(c.text, extract.Day(2025, 5, 26))
		if !ok || d.Value != c.want || d.Earliest != c.earliest || d.Latest != c.latest {
			t.Errorf("%q: got %q %s..%s, want %q %s..%s", c.text, d.Value, d.Earliest, d.Latest, c.want, c.earliest, c.latest)
		}
		if d.Raw == "" {
			t.Errorf("%q: the words are lost", c.text)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, text := range []string{"", "n/a", "May be", "31 February 2024", "99/99/2024", "3 seconds", "closed May 2023", "0", "13-2024", "soon", "(", "the"} {
		if d, ok := ParseDate(text, extract.Day(2025, 5, 26)); ok {
			t.Errorf("%q: read as %q", text, d.Value)
		}
	}
	for _, text := range []string{"last month", "Thursday", "in March", "four years ago", "today"} {
		if d, ok := ParseDate(text, extract.Stamp{}); ok {
			t.Errorf("%q without a reference: read as %q", text, d.Value)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for _, c := range []struct {
		text   string
		months int
		bound  string
	}{
		{"6 years, 7 months", 79, extract.Exact}, {"9 YEARS , 3 MONTHS", 111, extract.Exact}, {"5 years", 60, extract.Exact}, {"18 months", 18, extract.Exact},
		{"eleven years", 132, extract.Exact}, {"over 20 years", 240, extract.Min}, {"~3 yrs", 36, extract.Approx}, {"nearly a decade", 120, extract.Approx},
		{"less than a year", 12, extract.Max}, {"6 weeks", 1, extract.Approx}, {"two and a half years", 30, extract.Exact}, {"a year and a half", 18, extract.Exact},
		{"more than two decades", 240, extract.Min}, {"five-year", 60, extract.Exact}, {"27-year", 324, extract.Exact}, {"at least 4 years", 48, extract.Min},
		{"1.5 years", 18, extract.Exact}, {"3y 2m", 38, extract.Exact}, {"twenty-two years", 264, extract.Exact}, {"just over 3 years", 36, extract.Min}, {"10+ years", 120, extract.Min},
	} {
		months, bound, ok := ParseDuration(c.text)
		if !ok || months != c.months || bound != c.bound {
			t.Errorf("%q: got %d %s, want %d %s", c.text, months, bound, c.months, c.bound)
		}
	}
	for _, text := range []string{"", "3", "3 seconds", "several years", "9 hours", "5000 years", "a while"} {
		if months, _, ok := ParseDuration(text); ok {
			t.Errorf("%q: read as %d months", text, months)
		}
	}
}

// The days, months, quarters and years of annotated news, as the annotators
// wrote them. Dates are read where they stand, as an article's are: counted
// from its day and, where the words ask for it, from the dates told before.
// What is a third of a year here is the year with a modifier there.
func TestDatesOfNews(t *testing.T) {
	exact := regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?|-Q\d)?$`)
	right, all := 0, 0
	var doc string
	var c clock
	for _, x := range newsDates(t) {
		if x.Type != "DATE" || !exact.MatchString(x.Value) {
			continue
		}
		ref, err := extract.ParseStamp(x.DCT[:min(10, len(x.DCT))])
		if err != nil {
			t.Fatal(err)
		}
		if x.Doc != doc {
			doc, c = x.Doc, clock{ref: ref}
		}
		all++
		d := c.readAt(x)
		value := d.Value
		if d.Precision == extract.Coarse {
			value = value[:4]
		}
		if value == x.Value {
			right++
		} else if testing.Verbose() {
			t.Logf("%q on %s: %q, want %q | %s", x.Mention, x.DCT, d.Value, x.Value, x.Text)
		}
	}
	share := float64(right) / float64(all)
	t.Logf("%d of %d dates right: %.3f", right, all, share)
	if share < .915 {
		t.Errorf("%.3f of the dates are right", share)
	}
}

// A newsDate is a date that was annotated in a text.
type newsDate struct {
	DCT, Mention, Type, Value, Text, Doc string
	Start                                int // in runes
}

func newsDates(t *testing.T) []newsDate {
	t.Helper()
	f, err := os.Open(shared(t, "data", "moves", "dates", "tbaq_timex.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []newsDate
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var x newsDate
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	return all
}

// readAt reads the annotated date in its text and keeps it for the next one
// of the document.
func (c *clock) readAt(x newsDate) extract.Date {
	start := len(string([]rune(x.Text)[:x.Start]))
	toks := tokenize(x.Text)
	for i := range toks {
		if toks[i].Start < start {
			continue
		}
		if toks[i].Start >= start+len(x.Mention) {
			break
		}
		near := c.at(toks, run{0, len(toks)}, i)
		if d, n := near.date(toks, i); n > 0 {
			c.told(d)
			return d
		}
	}
	return extract.Date{}
}

// What the words before a date say decides on which side of the article it
// lies; some dates are counted from those told before. The article is of
// Monday, 26 May 2025.
func TestDatesInText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"She was let go in June.", "2024-06"},
		{"She will take over in June.", "2025-06"},
		{"She takes over in September.", "2025-09"},
		{"She is moving to Acme in August.", "2025-08"},
		{"The board, which meets in public, hired her in August.", "2024-08"},
		{"On Thursday, Acme said it had a new chief.", "2025-05-22"},
		{"On Thursday, Acme will name a new chief.", "2025-05-29"},
		{"He agreed to stay until November.", "2025-11"},
		{"He was its chief until November.", "2024-11"},
		{"The vote was postponed until Friday.", "2025-05-30"},
		{"Results are to be published in early July.", "2025-07"},
		{"Under a November agreement he would keep his seat.", "2024-11"},
		{"He joined in 2011. Later that year he left.", "2011 2011"},
		{"He joined in March 2011. The following month he left.", "2011-03 2011-04"},
		{"He joined in March 2011. The following year he left.", "2011-03 2012"},
		{"In 2011 he ran it. A year earlier he had joined.", "2011 2010"},
		{"Profit in the first quarter rose to $3 million from $2 million a year ago. Sales for the quarter fell.", "2025-Q1 2024-Q1 2025-Q1"},
		{"He joined a year ago.", "2024"},
	} {
		toks := tokenize(c.text)
		clk := clock{ref: extract.Day(2025, 5, 26)}
		var got []string
		for i := 0; i < len(toks); i++ {
			d, n := clk.at(toks, run{0, len(toks)}, i).date(toks, i)
			if n > 0 {
				clk.told(d)
				got = append(got, d.Value)
				i += n - 1
			}
		}
		if words := strings.Join(got, " "); words != c.want {
			t.Errorf("%s: %q, want %q", c.text, words, c.want)
		}
	}
}
