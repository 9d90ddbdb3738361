//go:build !unix || solaris || aix

package store

import "os"

// Where files have no such lock, bolt's own has to do.
func lockFile(*os.File) error  { return nil }
func shareFile(*os.File) error { return nil }
