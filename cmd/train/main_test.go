package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

func TestMistakes(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-data", dir, "dance"}, `unknown task "dance"`},
		{[]string{"-data", dir + "/nowhere"}, "no data"},
		{[]string{"-data", dir, "content"}, "ground-truth.json"},
		{[]string{"-data", dir, "ner"}, dir},
	} {
		var out bytes.Buffer
		err := run(test.args, &out)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("train %s: error %v, want one with %q", test.args, err, test.want)
		}
	}
}

func TestScoreNeedsData(t *testing.T) {
	if _, err := os.Stat("../../../shared/data"); err != nil {
		t.Skip("evaluation data not there: ", err)
	}
	if testing.Short() {
		t.Skip("scores every page")
	}
	var out bytes.Buffer
	if err := run([]string{"-data", "../../../shared/data", "score"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"conll03.testa", "news", "articles"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no line about %s in\n%s", want, out.String())
		}
	}
}
