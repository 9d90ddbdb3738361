package train

import (
	"path/filepath"
	"strings"

	"tenure/extract"
)

// ReadSets reads every file of dir, a directory of BIO files. The keys are
// the names of the files without extension.
func ReadSets(dir string) (map[string][]Document, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.bio"))
	if err != nil {
		return nil, err
	}
	sets := map[string][]Document{}
	for _, f := range files {
		docs, _, err := Source{File: filepath.Base(f)}.read(dir)
		if err != nil {
			return nil, err
		}
		sets[strings.TrimSuffix(filepath.Base(f), ".bio")] = docs
	}
	return sets, nil
}

// Report scores recognize on every set of dir, as [ReadSets] reads it.
func Report(dir string, recognize func(string) []extract.Mention) (map[string]Score, error) {
	sets, err := ReadSets(dir)
	if err != nil {
		return nil, err
	}
	out := map[string]Score{}
	for name, docs := range sets {
		out[name] = Evaluate(docs, recognize)
	}
	return out, nil
}

// flat lists the scores by set and kind, as manifests have them, rounded to
// a thousandth.
func flat(report map[string]Score) map[string]float64 {
	out := map[string]float64{}
	for set, s := range report {
		for _, k := range kinds {
			out[set+"/"+string(k)] = round(s[k].F1())
		}
		out[set+"/person+organization"] = round(s.Of(extract.Person, extract.Organization).F1())
	}
	return out
}

func round(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }
