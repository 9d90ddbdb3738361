package content_test

import (
	"context"
	"fmt"
	"time"

	"tenure/extract"
	"tenure/extract/content"
)

func ExampleReader_Read() {
	page := extract.Page{
		URL:  "https://news.example/2025/06/03/courier-names-editor",
		Type: "text/html; charset=utf-8",
		At:   time.Date(2025, 6, 3, 12, 0, 0, 0, time.UTC),
		Body: []byte(`<html lang="en"><head><title>Courier names an editor | North Coast News</title></head><body>
<nav><a href="/">Home</a></nav>
<h1>Courier names an editor</h1>
<p>By Mara Linden</p>
<p>The Courier has named Ana Ruiz its editor. She left the Herald in March.</p>
<ul><li>Left Herald: March 2025</li><li>Time at Herald: 9 years</li></ul>
<footer>© 2025 North Coast News</footer></body></html>`),
	}
	var r content.Reader
	reading, err := r.Read(context.Background(), page)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range reading.Articles {
		fmt.Println(a.Title, "|", a.Authors, "|", a.Published)
		fmt.Println(a.Text)
	}
	// Output:
	// Courier names an editor | [Mara Linden] | 2025-06-03
	// The Courier has named Ana Ruiz its editor. She left the Herald in March.
	//
	// Left Herald: March 2025
	// Time at Herald: 9 years
}

func ExampleText() {
	fmt.Println(content.Text(`<dl><dt>Name</dt><dd>Ana Ruiz</dd><dt>Left Herald</dt><dd>Q4 2023</dd></dl>`))
	// Output:
	// Ana Ruiz
	// Left Herald: Q4 2023
}
