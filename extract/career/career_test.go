package career_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tenure/extract"
	"tenure/extract/career"
)

func ExampleStep() {
	a := &extract.Article{
		Published: extract.Day(2025, 5, 26),
		Text:      "Ada Quist\nCurrent role: Chief Scientist at Klarna\nLeft Stripe: March 2024\nTime at Stripe: 5 years, 1 month",
	}
	if err := (career.Step{}).Annotate(context.Background(), a); err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range a.Facts {
		fmt.Println(f.Type, f.Person, f.Org, f.Role, f.Date.Value, f.Months)
	}
	// Output:
	// role_at Ada Quist Klarna Chief Scientist  0
	// left Ada Quist Stripe  2024-03 0
	// tenure Ada Quist Stripe   61
}

func ExampleMoves() {
	a := &extract.Article{
		ID: "a1", Publisher: "The Daily", Published: extract.Day(2025, 5, 26),
		Text: "Ada Quist\nCurrent role: Chief Scientist at Klarna\nLeft Stripe: March 2024\nTime at Stripe: 5 years, 1 month",
	}
	if err := (career.Step{}).Annotate(context.Background(), a); err != nil {
		fmt.Println(err)
		return
	}
	var claims []extract.Claim
	for _, f := range a.Facts {
		claims = append(claims, extract.Claim{Fact: f, Article: a.Ref()})
	}
	for _, m := range career.Moves(claims) {
		fmt.Println(m.Kind, m.Person, m.From.Org, m.From.Joined.Value, m.From.Left.Value, m.To.Org, m.Derived)
	}
	// Output:
	// transfer Ada Quist Stripe 2019-02 2024-03 Klarna [from.joined]
}

func ExampleParseDate() {
	d, _ := career.ParseDate("Early 2023", extract.Stamp{})
	fmt.Println(d.Value, d.Precision, d.Earliest, d.Latest)
	d, _ = career.ParseDate("last month", extract.Day(2025, 5, 26))
	fmt.Println(d.Value, d.Precision, d.RelativeTo)
	// Output:
	// 2023-early coarse 2023-01-01 2023-05-31
	// 2025-04 month 2025-05-26
}

// newsText is an article of the usual length.
var newsText = strings.Repeat("Ada Quist, who led the research group of Stripe for eight years, announced last month that she would step down. "+
	"She will be replaced by Bo Lind, a former vice president of engineering at Klarna, the company said on Tuesday. "+
	"Sales rose by a tenth in the quarter as more customers paid by phone, and the shares gained two percent in early trading in New York. "+
	"Analysts had expected less of the season, and some of them raised their targets after the call with the management.\n", 7)

func BenchmarkAnnotate(b *testing.B) {
	a := &extract.Article{Text: newsText, Published: extract.Day(2025, 5, 26)}
	for i := 0; i < len(a.Text); i++ {
		for name, kind := range map[string]extract.Kind{"Ada Quist": extract.Person, "Bo Lind": extract.Person, "Stripe": extract.Organization, "Klarna": extract.Organization, "New York": extract.Place} {
			if strings.HasPrefix(a.Text[i:], name) {
				a.Mentions = append(a.Mentions, extract.Mention{Span: extract.Span{Start: i, End: i + len(name)}, Kind: kind, Score: 1})
			}
		}
	}
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := (career.Step{}).Annotate(context.Background(), a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseDate(b *testing.B) {
	for b.Loop() {
		career.ParseDate("15 February 2024", extract.Stamp{})
	}
}

func ExampleTimeline() {
	a := &extract.Article{ID: "a1", Text: "Bo Lind\nLeft Klarna: August 2024\nTime at Klarna: 5 years, 1 month\nCurrent role: Engineer at Stripe"}
	if err := (career.Step{}).Annotate(context.Background(), a); err != nil {
		panic(err)
	}
	var claims []extract.Claim
	for _, f := range a.Facts {
		claims = append(claims, extract.Claim{Fact: f, Article: a.Ref()})
	}
	for _, s := range career.Timeline(claims) {
		fmt.Println(s.Org, s.From.Value, s.Until.Value, s.Status, s.Derived)
	}
	// Output:
	// Klarna 2019-07 2024-08 former true
	// Stripe   current false
}
