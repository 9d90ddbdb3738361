package content

// authors returns who wrote the article.
func (d *document) authors() []string {
	var out []string
	for _, a := range d.data.authors {
		out = append(out, splitNames(a)...)
	}
	if len(out) == 0 {
		for _, a := range d.head.metas["author"] {
			out = append(out, splitNames(a)...)
		}
	}
	return merge(out, nil)
}
