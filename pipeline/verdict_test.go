package pipeline_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"tenure/extract"
	"tenure/pipeline"
)

// reviews says of every move what it says and how its review stands.
func reviews(t *testing.T, p *pipeline.Pipeline) (all []string, ids map[string]string) {
	t.Helper()
	ids = map[string]string{}
	err := p.Moves(pipeline.Filter{}, func(m pipeline.MoveRecord) error {
		says := m.Person + ": " + string(m.Kind)
		if m.From != nil {
			says += " from " + m.From.Org
		}
		if m.To != nil {
			says += " to " + m.To.Org
		}
		all = append(all, says+", "+m.Review)
		ids[says] = m.ID
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all, ids
}

func export(t *testing.T, p *pipeline.Pipeline) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Export(&b, pipeline.ExportAll, pipeline.FormatJSONL, pipeline.Filter{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	adaLeft  = "Ada Marsh; Left Acme: May 2024; Current role: Chief Financial Officer at Brightwater"
	adaAgain = "Ada Marsh; Left Acme: May 2024; Former role: Treasurer"
	boLeft   = "Bo Tell; Left Oresund: June 2025"
)

// What is said of a move holds when all is read and made again, and each
// judgement can be undone, back to where nothing was said.
func TestJudgeMove(t *testing.T) {
	p := careers(t, adaLeft, boLeft)
	before := export(t, p)
	_, ids := reviews(t, p)
	id := ids["Bo Tell: departure from Oresund"]
	if id == "" {
		t.Fatalf("moves %v", ids)
	}
	ctx := t.Context()
	check := func(when, want string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", when, err)
		}
		if all, _ := reviews(t, p); !slices.Contains(all, "Bo Tell: departure from Oresund, "+want) || len(all) != 2 {
			t.Errorf("%s: %q; want the departure to be %s", when, all, want)
		}
		r, err := p.Check(ctx, pipeline.CheckOptions{})
		if err != nil || r.Found > 0 {
			t.Errorf("%s: check: %v, %v", when, r.Problems, err)
		}
	}
	say := func(j pipeline.Judgement) error { _, err := p.Judge(ctx, id, j); return err }
	again := func() error { _, err := p.Reextract(ctx, true, nil); return err }
	rebuild := func(articles bool) error {
		_, err := p.Rebuild(ctx, pipeline.RebuildOptions{Articles: articles})
		return err
	}
	check("at first", "ok", nil)
	check("rejected", "rejected", say(pipeline.Wrong))
	rejected := export(t, p)
	check("read again", "rejected", again())
	check("rebuilt", "rejected", rebuild(false))
	check("rebuilt from pages", "rejected", rebuild(true))
	if got := export(t, p); got != rejected {
		t.Errorf("made again it is\n%s\nand was\n%s", got, rejected)
	}
	check("put off", "queued", say(pipeline.Later))
	check("put off, undone", "rejected", say(pipeline.Undo))
	check("said to be right", "ok", say(pipeline.Right))
	check("undone", "rejected", say(pipeline.Undo))
	check("undone again", "ok", say(pipeline.Undo))
	if got := export(t, p); got != before {
		t.Errorf("with nothing left it is\n%s\nand was\n%s", got, before)
	}
	var missing *pipeline.NotFoundError
	if err := say(pipeline.Undo); !errors.As(err, &missing) {
		t.Errorf("%v, want that there is nothing to undo", err)
	}
	if _, err := p.Judge(ctx, "0123456789abcdef", pipeline.Right); !errors.As(err, &missing) {
		t.Errorf("%v, want that there is no such move", err)
	}
	for _, id := range []string{"", "-", "--", "zz-12345678", strings.Repeat("a", 32) + "-12345678", "pair-", strings.Repeat("x", 1<<20)} {
		for _, j := range pipeline.Judgements() {
			if _, err := p.Judge(ctx, id, j); !errors.As(err, &missing) {
				t.Errorf("%.40q, %s: %v, want that there is no such thing", id, j, err)
			}
		}
	}
	if err := say("perhaps"); !errors.As(err, new(*pipeline.RefusedError)) {
		t.Errorf("%v, want that it cannot be said", err)
	}
	log, err := p.Verdicts()
	if err != nil || len(log) != 6 || log[0].Says != "departure from Oresund, 2025-06" || log[0].Person != "Bo Tell" || !log[0].At.Before(log[5].At) {
		t.Errorf("log %+v, %v", log, err)
	}
}

// A verdict is about what is said: another article that says the same of
// somebody else, or the same order of articles turned around, changes nothing;
// one that tells a rejected move anew has it asked about again.
func TestVerdictAndArticles(t *testing.T) {
	told := []string{adaLeft, "Ada Marsh; Left Acme: May 2024; Current role: Chief Financial Officer at Brightwater; Time at Acme: 4 years", boLeft}
	turned := []string{told[2], told[1], told[0]}
	judge := func(lists []string) (*pipeline.Pipeline, []string) {
		p := careers(t, lists...)
		_, ids := reviews(t, p)
		for _, id := range ids {
			if _, err := p.Judge(t.Context(), id, pipeline.Wrong); err != nil {
				t.Fatal(err)
			}
		}
		all, _ := reviews(t, p)
		return p, all
	}
	_, a := judge(told)
	_, b := judge(turned)
	if !slices.Equal(a, b) || len(a) == 0 || !strings.HasSuffix(a[0], "rejected") {
		t.Errorf("%q in one order, %q in the other", a, b)
	}

	p, _ := judge([]string{adaLeft})
	addArticle(t, p, "/later", "Ada Marsh", "Left Acme: May 2024", "Current role: Chief Financial Officer at Brightwater")
	if all, _ := reviews(t, p); len(all) != 1 || !strings.HasSuffix(all[0], "queued") {
		t.Errorf("told again: %q, want it queued", all)
	}
}

// A fact that is wrong makes no moves, and stays listed.
func TestJudgeFact(t *testing.T) {
	p := careers(t, adaLeft, adaAgain)
	facts := func() (all []pipeline.FactRecord) {
		err := p.Facts(pipeline.Filter{Type: string(extract.Left)}, func(f pipeline.FactRecord) error { all = append(all, f); return nil })
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	moves := func() string { all, _ := reviews(t, p); return strings.Join(all, "; ") }
	at, left := moves(), facts()
	if len(left) != 2 || at != "Ada Marsh: transfer from Acme to Brightwater, ok" {
		t.Fatalf("%d facts, moves %q", len(left), at)
	}
	say := func(f pipeline.FactRecord, j pipeline.Judgement) {
		t.Helper()
		if _, err := p.Judge(t.Context(), f.ID, j); err != nil {
			t.Fatal(err)
		}
	}
	say(left[0], pipeline.Wrong)
	if got := moves(); got != at {
		t.Errorf("one of two rejected: %q, want %q", got, at)
	}
	short := left[1]
	short.ID = short.ID[:8] + short.ID[32:] // the beginning of the article's ID is enough
	say(short, pipeline.Wrong)
	if got := moves(); strings.Contains(got, "Acme to Brightwater, ok") {
		t.Errorf("both rejected: %q", got)
	}
	for _, f := range facts() {
		if f.Review != pipeline.ReviewRejected {
			t.Errorf("%s is %q, want it listed as rejected", f.ID, f.Review)
		}
	}
	if _, err := p.Rebuild(t.Context(), pipeline.RebuildOptions{Articles: true}); err != nil {
		t.Fatal(err)
	}
	for _, f := range facts() {
		if f.Review != pipeline.ReviewRejected {
			t.Errorf("rebuilt, %s is %q", f.ID, f.Review)
		}
	}
	a, err := p.Show(left[0].Article)
	if err != nil || !slices.ContainsFunc(a.(pipeline.ArticleRecord).Facts, func(f pipeline.FactRecord) bool { return f.Review == pipeline.ReviewRejected }) {
		t.Errorf("the article tells nothing of it: %v", err)
	}
	say(left[0], pipeline.Undo)
	say(left[1], pipeline.Undo)
	if got := moves(); got != at {
		t.Errorf("undone: %q, want %q", got, at)
	}
}

// A move that only rejected facts tell stays listed.
func TestRejectedFactsMove(t *testing.T) {
	p := careers(t, boLeft)
	var id string
	if err := p.Facts(pipeline.Filter{}, func(f pipeline.FactRecord) error { id = f.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Judge(t.Context(), id, pipeline.Wrong); err != nil {
		t.Fatal(err)
	}
	if all, _ := reviews(t, p); len(all) != 1 || all[0] != "Bo Tell: departure from Oresund, rejected" {
		t.Errorf("moves %q", all)
	}
	n := 0
	if err := p.Moves(pipeline.Filter{Review: pipeline.ReviewRejected}, func(pipeline.MoveRecord) error { n++; return nil }); err != nil || n != 1 {
		t.Errorf("%d rejected moves, %v", n, err)
	}
}

// Two people who were kept apart are listed as a pair until somebody decides;
// what was decided can be taken back.
func TestPairs(t *testing.T) {
	p := careers(t,
		"James Smith; Left Acme: May 2024; Current role: Chief Financial Officer at Brightwater",
		"James Smith; Left Harbour Rovers: June 2025; Former role: Head Coach",
	)
	pairs := func() []pipeline.Pair {
		all, err := p.Pairs()
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	people := func() int { return len(roster(t, p)) }
	all := pairs()
	if len(all) != 1 || all[0].A.ID == all[0].B.ID || !strings.Contains(all[0].Why, "common") {
		t.Fatalf("pairs %+v", all)
	}
	if _, err := p.Judge(t.Context(), all[0].ID, pipeline.Wrong); !errors.As(err, new(*pipeline.RefusedError)) {
		t.Errorf("%v, want that it is no move", err)
	}
	for _, j := range []pipeline.Judgement{pipeline.Later, pipeline.Undo} {
		if _, err := p.Judge(t.Context(), all[0].ID, j); err != nil {
			t.Errorf("%s: %v", j, err)
		}
	}
	for _, same := range []bool{true, false} {
		if err := p.Decide(t.Context(), all[0].Decision(same)); err != nil {
			t.Fatal(err)
		}
		if n, left := people(), len(pairs()); left != 0 || same != (n == 1) {
			t.Errorf("same: %v; %d people, %d pairs to decide", same, n, left)
		}
		if _, err := p.Judge(t.Context(), all[0].ID, pipeline.Undo); err != nil {
			t.Fatal(err)
		}
		if n, left := people(), len(pairs()); n != 2 || left != 1 {
			t.Errorf("taken back: %d people, %d pairs", n, left)
		}
	}
	if err := p.Decide(t.Context(), extract.Decision{A: all[0].A.Sighting, B: all[0].B.Sighting, Undo: true}); !errors.As(err, new(*pipeline.NotFoundError)) {
		t.Errorf("%v, want that nothing is to be taken back", err)
	}
}
