//go:build !unix

package web

import "io/fs"

// mine is left to the rights of the directory.
func mine(fs.FileInfo) bool { return true }
