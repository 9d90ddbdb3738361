package ner

import (
	"strings"
	"testing"
)

// sample is news of a common mix of names and other words, written for this
// test; numbered so that no two copies share their words.
func sample(copies int) string {
	const story = `Nordlys Robotics, the start-up that builds arms for warehouses, has hired Maren Solheim as head of research, two people
familiar with the matter said on Monday. Solheim, who spent six years at Google DeepMind and led a group of forty there, will
report to the founder, Sander Vik. “We have wanted this for a long time,” Vik told the Financial Times in Trondheim. The
company raised $40m from Northzone and Balderton Capital last year, and it is now looking for an office in London. Its rivals,
among them Boston Dynamics and Figure AI, have been hiring too: Tariq Benhaddou left Meta for Figure in March, after five years
and two months, and was replaced by Odile Marchetti, a former director of the French institute Inria. Analysts at Bernstein
expect the market to double by 2030, though not everyone agrees that the machines will be ready by then. `
	return strings.Repeat(story, copies)
}

// BenchmarkRecognize reads text to mentions on one thread, tokenizing
// included; tokens/s is what to look at.
func BenchmarkRecognize(b *testing.B) { benchmark(b, recognizer(b), sample(4)) }

// BenchmarkProse is the baseline on the same text.
func BenchmarkProse(b *testing.B) {
	p, err := NewProse()
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, p, sample(4))
}

func benchmark(b *testing.B, r Recognizer, text string) {
	tokens := len(Tokenize(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r.Recognize(text)
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkTokenize(b *testing.B) {
	text := sample(4)
	tokens := len(Tokenize(text))
	b.ReportAllocs()
	for b.Loop() {
		Tokenize(text)
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoad(b *testing.B) {
	t, err := loadDefault()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(model, t.gaz); err != nil {
			b.Fatal(err)
		}
	}
}
