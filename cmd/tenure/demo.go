package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"tenure/crawler"
	"tenure/pipeline"
)

// demoSite is a little news site about people who do not exist.
//
//go:embed demo.txtar
var demoSite []byte

func (a *app) demoCommand() *cobra.Command {
	var serve bool
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Crawl a bundled little news site on loopback and show the moves found; no network",
		Example: `  tenure demo
  tenure demo --serve       # and look at them in a browser`,
		Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "demo"
			if serve {
				return a.demo(cmd.Context(), &f)
			}
			return a.demo(cmd.Context(), nil)
		},
	}
	cmd.Flags().BoolVar(&serve, "serve", false, "then show them in a browser, until stopped")
	cmd.Flags().StringVar(&f.listen, "listen", "127.0.0.1:8080", "`ADDRESS` to answer on, with --serve; port 0 takes a free one")
	return cmd
}

// demo serves the site, crawls it into a data file of its own, and shows
// what was found; with flags also in a browser. Nothing is left behind.
func (a *app) demo(ctx context.Context, f *serveFlags) error {
	dir, err := os.MkdirTemp("", "tenure-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	base, stop, err := serveLoopback(newSite(demoSite))
	if err != nil {
		return err
	}
	defer stop()
	a.db = filepath.Join(dir, "demo.db")
	if err := a.demoPass(ctx, base); err != nil || f == nil {
		return err
	}
	return a.serve(ctx, *f)
}

// demoPass makes a pass over the site and prints what came of it.
func (a *app) demoPass(ctx context.Context, base string) error {
	p, err := a.openWith(config{Workers: 4, Timeout: duration(10 * time.Second)}, "")
	if err != nil {
		return err
	}
	defer p.Close()
	if err := addDemoSources(ctx, p, base); err != nil {
		return err
	}
	a.say("A little news site is being served on %s; crawling it.", base)
	s, err := p.Run(ctx, pipeline.RunOptions{Client: a.client(p.config, p.Robots(), true)})
	if err != nil {
		return err
	}
	var moves []pipeline.MoveRecord
	err = p.Moves(pipeline.Filter{}, func(m pipeline.MoveRecord) error { moves = append(moves, m); return nil })
	if err != nil {
		return err
	}
	slices.SortFunc(moves, func(a, b pipeline.MoveRecord) int { return cmp.Compare(a.Person, b.Person) })
	var b bytes.Buffer
	for _, m := range moves {
		if a.json {
			if err := a.writeJSON(m); err != nil {
				return err
			}
			continue
		}
		a.showMove(&b, m)
		b.WriteByte('\n')
	}
	if a.json {
		return nil
	}
	fmt.Fprintf(&b, "%s\n", s)
	_, err = a.stdout.Write(b.Bytes())
	return err
}

func addDemoSources(ctx context.Context, p *session, base string) error {
	for _, s := range []struct {
		kind crawler.Kind
		path string
	}{{crawler.Tag, "/en/tag/PeopleMoves"}, {crawler.Feed, "/feed.xml"}} {
		src, err := crawler.NewSource(s.kind, base+s.path)
		if err != nil {
			return err
		}
		if _, err := p.AddSources(ctx, src); err != nil {
			return err
		}
	}
	return nil
}

// serveLoopback serves h on a free port of the loopback address until stop
// is called.
func serveLoopback(h http.Handler) (base string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serve on loopback: %w", err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	return "http://" + l.Addr().String(), func() {
		srv.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintln(os.Stderr, "tenure: loopback server:", err)
		}
	}, nil
}
