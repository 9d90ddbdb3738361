package page

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/pipeline"
)

// A fact that was a record is that record again: no field is lost in a page.
func TestFactOfRecord(t *testing.T) {
	want := pipeline.FactRecord{
		Earliest: "2025-01-01", Latest: "2025-12-31", End: "2025",
		Evidence: pipeline.EvidenceRecord{Start: 1, End: 9, Quote: "left Acme"},
		Spans:    map[string][2]int{"person": {1, 2}, "org": {2, 3}, "role": {3, 4}, "successor": {4, 5}, "date": {5, 6}, "date_end": {6, 7}, "months": {7, 8}},
	}
	v := reflect.ValueOf(&want).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); {
		case !f.IsZero():
		case v.Type().Field(i).Name == "Schema", v.Type().Field(i).Name == "Article", v.Type().Field(i).Name == "URL": // of its article
		case v.Type().Field(i).Name == "ID", v.Type().Field(i).Name == "Review": // given to it where it is kept
		case f.Kind() == reflect.String:
			f.SetString("x")
		case f.Kind() == reflect.Int:
			f.SetInt(3)
		case f.Kind() == reflect.Bool:
			f.SetBool(true)
		case f.Kind() == reflect.Float64:
			f.SetFloat(0.5)
		default:
			t.Fatalf("%s is not filled: say here how", v.Type().Field(i).Name)
		}
	}
	if diff := cmp.Diff(want, pipeline.NewFactRecord(factOf(want))); diff != "" {
		t.Errorf("record → fact → record (-want +got):\n%s", diff)
	}
}
