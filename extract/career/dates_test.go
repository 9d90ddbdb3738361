package career

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
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

// The days, months, quarters and years of annotated news, counted from the
// article's date, as the annotators wrote them.
func TestDatesOfNews(t *testing.T) {
	f, err := os.Open(shared(t, "data", "moves", "dates", "tbaq_timex.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	exact := regexp.MustCompile(`^\d{4}(-\d\d(-\d\d)?|-Q\d)?$`)
	right, all := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var x struct {
			DCT, Mention, Type, Value, Text string
			Start                           int
		}
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil || len(lines.Bytes()) == 0 {
			continue
		}
		if x.Type != "DATE" || !exact.MatchString(x.Value) {
			continue
		}
		ref, err := extract.ParseStamp(x.DCT)
		if err != nil {
			continue
		}
		all++
		toks := tokenize(x.Mention)
		c := clock{ref: ref, future: looksForward(x.Text, x.Start)}
		d, n := c.date(toks, 0)
		if n > 0 && d.Value == x.Value {
			right++
		} else if testing.Verbose() {
			t.Logf("%q on %s: %q, want %q | %s", x.Mention, x.DCT, d.Value, x.Value, x.Text)
		}
	}
	if share := float64(right) / float64(all); share < .75 {
		t.Errorf("%d of %d dates right: %.3f", right, all, share)
	} else {
		t.Logf("%d of %d dates right: %.3f", right, all, share)
	}
}

// looksForward reports whether the words before a date speak of what is to
// come.
func looksForward(text string, start int) bool {
	toks := tokenize(text[:min(max(start, 0), len(text))])
	for i := len(toks) - 1; i >= 0 && i > len(toks)-12; i-- {
		if toks[i].is(".") {
			return false
		}
		if toks[i].is("will", "'ll", "would", "scheduled", "expected", "next", "plans", "due", "set", "by", "until", "soon", "early", "could") {
			return true
		}
	}
	return false
}
