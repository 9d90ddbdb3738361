package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

// unpack writes a data file of an earlier version to a place of its own.
func unpack(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(t.TempDir(), "t.db")
	if err := os.WriteFile(db, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return db
}

// factIDs are what facts had not got yet in earlier versions.
var factIDs = regexp.MustCompile(`"id":"[0-9a-f]{32}-[0-9a-f]{8}",`)

// A file of an earlier version is brought up to date when it is opened, and
// after the next run says what it said.
func TestMigrate(t *testing.T) {
	for _, version := range []string{"v1", "v2", "v3"} {
		t.Run(version, func(t *testing.T) { testMigrate(t, version) })
	}
}

func testMigrate(t *testing.T, version string) {
	path := unpack(t, "testdata/"+version+"/courier.db.gz")
	for range 2 { // the second time nothing is to be done
		db, err := store.Open(path, store.Options{Migrations: pipeline.Migrations(resolve.Across{})})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := db.Version(); err != nil || v != 4 {
			t.Errorf("version %d, %v", v, err)
		}
		p := pipeline.New(db, &content.Reader{}, nil, career.Moves)
		p.People, p.Version = resolve.Across{}, "1"
		p.Now = func() time.Time { return time.Date(2025, 5, 21, 9, 0, 0, 0, time.UTC) }
		if _, err := p.Reextract(t.Context(), false, nil); err != nil { // nothing is stale but the moves
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := p.Export(&b, pipeline.ExportAll, pipeline.FormatJSONL, pipeline.Filter{}); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile("testdata/" + version + "/courier.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		got := factIDs.ReplaceAllString(b.String(), "")
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("export differs (-before +after):\n%s", diff)
		}
		report, err := p.Check(t.Context(), pipeline.CheckOptions{Quick: true})
		report.Problems = slices.DeleteFunc(report.Problems, func(s string) bool { return strings.HasPrefix(s, "pages:") }) // they are not in testdata
		if err != nil || len(report.Problems) > 0 || report.Articles == 0 {
			t.Errorf("%+v, %v", report, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	backups, err := filepath.Glob(path + "*" + version + "*")
	if err != nil || len(backups) == 0 {
		all, _ := filepath.Glob(filepath.Dir(path) + "/*")
		t.Errorf("no backup was made: %v, %v", all, err)
	}
}
