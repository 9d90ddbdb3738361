package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tenure/pipeline"
	"tenure/store"
)

// rebuild makes what is derived anew; of a damaged file first a whole one.
func (a *app) rebuild(ctx context.Context, c config, path string, articles bool) (done rebuilt, err error) {
	report, err := store.Check(ctx, path)
	if err != nil {
		return done, err
	}
	if report.Err() != nil {
		done.Problems = report.Found
		if done.Damaged, err = a.salvage(ctx, path); err != nil {
			return done, err
		}
		articles = true // some of them may be gone
	}
	p, err := a.openWith(c, "")
	if err != nil {
		return done, err
	}
	defer p.Close()
	if done.Damaged != "" {
		n, err := p.AdoptPages(ctx)
		if err != nil {
			return done, err
		}
		a.sayIf(n > 0, "%d pages are known again from what is kept of them", n)
	}
	done.Rebuilt, err = p.Rebuild(ctx, pipeline.RebuildOptions{Articles: articles, Progress: a.progress()})
	return done, err
}

// salvage puts what is whole of a damaged file in its place, and returns where
// the damaged one is.
func (a *app) salvage(ctx context.Context, path string) (damaged string, err error) {
	whole, damaged := path+".salvaged", path+".damaged"
	if err := os.Remove(whole); err != nil && !errors.Is(err, os.ErrNotExist) { // of one that was interrupted
		return "", err
	}
	report, err := store.Salvage(ctx, path, whole)
	if err != nil {
		return "", fmt.Errorf("%w; if there is a backup, 'tenure db restore FILE --force' puts it back", err)
	}
	if _, err := os.Lstat(damaged); err == nil {
		return "", fmt.Errorf("%s is there already, from an earlier rebuild; move it away", damaged)
	}
	// A link, so that there is a file under the name at every moment.
	if err := os.Link(path, damaged); err != nil { // a file system without links
		if err := os.Rename(path, damaged); err != nil {
			return "", err
		}
	}
	if err := os.Rename(whole, path); err != nil {
		return "", err
	}
	a.say("%s was damaged in %d places; what is whole is taken over", path, report.Found)
	return damaged, nil
}
