//go:build !linux && !darwin

package store

import "errors"

func runOutOfDescriptors(string) error { return errors.ErrUnsupported }
