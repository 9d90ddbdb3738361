//go:build race

package main

// raceDetector says that times mean nothing.
const raceDetector = true
