//go:build !unix

package store

func syncDir(string) error  { return nil }
func isQuota(error) bool    { return false }
func isNoMemory(error) bool { return false }
func alive(int) bool        { return true }
