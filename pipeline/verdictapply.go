package pipeline

import (
	"slices"

	"tenure/extract"
	"tenure/store"
)

// factVerdicts returns what counts of what was said of facts, by what they
// say: of an article's, or of those of the article it is a copy of.
func factVerdicts(tx *store.Tx, ids ...string) (map[string]Judgement, error) {
	var all map[string]Judgement
	for i := len(ids) - 1; i >= 0; i-- { // the article's own go before others
		key, err := keyOfArticle(ids[i])
		if err != nil {
			return nil, err
		}
		prefix := store.Key(OfFact, key)
		rows, err := schema.verdicts.Scan(tx, prefix, nil, 0)
		if err != nil {
			return nil, err
		}
		bySaid := map[string][]Verdict{}
		for _, r := range rows {
			said := store.ReadKey(r.Key[len(prefix):]).String()
			bySaid[said] = append(bySaid[said], r.Value)
		}
		for said, verdicts := range bySaid {
			if v, ok := lastStanding(verdicts, verdicts[0].Seen); ok {
				if all == nil {
					all = map[string]Judgement{}
				}
				all[said] = v.Verdict
			}
		}
	}
	return all, nil
}

// anyFactJudged reports whether anything was ever said of a fact.
func anyFactJudged(tx *store.Tx) (bool, error) {
	rows, err := schema.verdicts.Scan(tx, store.Key(OfFact), nil, 1)
	return len(rows) > 0, err
}

// judge gives facts of an article what was said of them.
func judge(tx *store.Tx, article, first string, facts []FactRecord) error {
	if any, err := anyFactJudged(tx); err != nil || !any {
		return err
	}
	said, err := factVerdicts(tx, article, first)
	if err != nil || len(said) == 0 {
		return err
	}
	for i, f := range facts {
		if j := said[saidIn(f)]; j == Right || j == Wrong {
			facts[i].Review = string(j)
		}
	}
	return nil
}

// gatherVerdicts notes which claims of the articles were rejected.
func (t *testimony) gatherVerdicts(tx *store.Tx) error {
	if any, err := anyFactJudged(tx); err != nil || !any {
		return err
	}
	t.judged = map[string]map[string]Judgement{}
	for _, a := range t.articles {
		said, err := factVerdicts(tx, a.ID, t.copies[a.ID])
		if err != nil {
			return err
		}
		t.judged[a.ID] = said
	}
	return nil
}

// rejects reports whether somebody said that a fact of an article is wrong.
func (t testimony) rejects(article string, f extract.Fact) bool {
	said := t.judged[article]
	return len(said) > 0 && said[saidIn(NewFactRecord(f))] == Wrong
}

// movesBy returns what a person's claims make, each with what was said of it.
// Claims that were rejected make no moves; one that only they tell is listed
// as rejected.
func (p *Pipeline) movesBy(tx *store.Tx, who personRow, t testimony) (rows []moveRow, err error) {
	stand, all := t.claims(who.Profile)
	moves := p.merge(stand)
	for _, m := range moves[:min(len(moves), maxMoves)] {
		m.ID = moveOf(who, m.ID)
		j, err := t.saidOf(tx, who, m)
		if err != nil {
			return nil, err
		}
		rows = append(rows, moveRow{Move: m, Verdict: j})
	}
	if len(stand) == len(all) {
		return rows, nil
	}
	for _, m := range p.merge(all) {
		m.ID = moveOf(who, m.ID)
		known := slices.ContainsFunc(rows, func(r moveRow) bool { return r.ID == m.ID })
		if !known && len(rows) < maxMoves && !tells(stand, m) {
			rows = append(rows, moveRow{Move: m, Verdict: Wrong})
		}
	}
	return rows, nil
}

// tells reports whether any of the claims is evidence of a move.
func tells(claims []extract.Claim, m extract.Move) bool {
	return slices.ContainsFunc(claims, func(c extract.Claim) bool {
		return slices.ContainsFunc(m.Facts, func(q extract.ClaimQuote) bool {
			return q.ID == c.Article.ID && q.Span == c.Fact.Evidence.Span && q.Rule == c.Fact.Evidence.By
		})
	})
}

// saidOf returns what was said of a move that counts.
func (t testimony) saidOf(tx *store.Tx, who personRow, m extract.Move) (Judgement, error) {
	rows, err := schema.verdicts.Scan(tx, moveKey(m), nil, 0)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	v, ok := lastStanding(values(rows), who.Sightings)
	switch {
	case !ok:
		return "", nil
	case v.Verdict == Wrong && t.anew(m, v.Seen):
		return toldAgain, nil
	}
	return v.Verdict, nil
}

// anew reports whether an article tells a move that is none of those seen,
// nor a copy of one.
func (t testimony) anew(m extract.Move, seen []extract.SightingKey) bool {
	return slices.ContainsFunc(m.Facts, func(f extract.ClaimQuote) bool {
		return !slices.ContainsFunc(seen, func(s extract.SightingKey) bool {
			return s.Article == f.ID || t.copies[f.ID] == t.copies[s.Article] && t.copies[f.ID] != ""
		})
	})
}
