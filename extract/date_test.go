package extract

import "testing"

func TestDateOf(t *testing.T) {
	for _, c := range []struct {
		value            string
		precision        Precision
		earliest, latest string
	}{
		{"2024-02-29", ByDay, "2024-02-29", "2024-02-29"},
		{"2024-02", ByMonth, "2024-02-01", "2024-02-29"},
		{"2022-Q3", ByQuarter, "2022-07-01", "2022-09-30"},
		{"2022-H2", ByHalf, "2022-07-01", "2022-12-31"},
		{"2020-spring", BySeason, "2020-03-01", "2020-05-31"},
		{"2020-winter", BySeason, "2020-01-01", "2021-02-28"},
		{"2023-early", Coarse, "2023-01-01", "2023-05-31"},
		{"2023-mid", Coarse, "2023-04-01", "2023-09-30"},
		{"2023-late", Coarse, "2023-08-01", "2023-12-31"},
		{"2021", ByYear, "2021-01-01", "2021-12-31"},
		{"1960s", ByDecade, "1960-01-01", "1969-12-31"},
	} {
		want := Date{Value: c.value, Precision: c.precision, Earliest: c.earliest, Latest: c.latest}
		if got := DateOf(c.value); got != want {
			t.Errorf("%s: %+v, want %+v", c.value, got, want)
		}
	}
	for _, value := range []string{"", "-", "2023-02-29", "2023-13", "2023-Q5", "2023-H0", "2023-", "2023-fall", "1960s-early", "20235", "202", "0000", "-001", "2023-1", "2023-+1", "+023"} {
		if got := DateOf(value); !got.IsZero() {
			t.Errorf("%q: %+v, want no date", value, got)
		}
	}
}

func FuzzDateOf(f *testing.F) {
	for _, s := range []string{"2024-02-29", "2020-winter", "1960s", "9999-winter", "٢٠٢٤"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := DateOf(s)
		if d.IsZero() {
			return
		}
		if d.Value != s || len(d.Earliest) != 10 || d.Earliest > d.Latest && len(d.Latest) == 10 {
			t.Errorf("%q: %+v", s, d)
		}
	})
}
