package main

import (
	"testing"

	"tenure/pipeline"
)

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		fact pipeline.FactRecord
		want string
	}{
		{pipeline.FactRecord{Type: "left", Org: "Acme", Role: "counsel", Date: "2025-02"}, "left Acme, as counsel, 2025-02"},
		{pipeline.FactRecord{Type: "joined", Org: "Acme", Planned: true, Cancelled: true}, "joined Acme, planned, later called off"},
		{pipeline.FactRecord{Type: "role_at", Status: "former", Org: "Acme"}, "former position at Acme"},
		{pipeline.FactRecord{Type: "left", Manner: "dismissed"}, "left (organization not named), dismissed"},
	} {
		if got := sentence(c.fact); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
