# make demo   crawl a bundled little news site and show what is found
# make show   the same in a browser, until stopped
# make test   run the tests
# make check  tests and everything else that guards the house
# make browser  open every page in Chromium, and use them as a reader does; about a minute
# make bench  benchmarks, each beside the peer it is measured against; takes many minutes
# make torture  kill, cut, fill and spoil for an hour or two; the short forms are in make test
# make score  accuracy on the evaluation sets, where they are there

GO ?= go
STATICCHECK = $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME ?= 10s

.PHONY: demo show build test check browser bench torture score race fuzz format vet staticcheck clean

demo: build
	@bin/tenure demo

show: build
	@bin/tenure demo --serve $(if $(LISTEN),--listen $(LISTEN))

build:
	@$(GO) build -trimpath -o bin/tenure ./cmd/tenure

test:
	$(GO) test -timeout 30m ./...

check: format vet staticcheck test race fuzz score

format:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not formatted:"; echo "$$unformatted"; exit 1; fi

vet:
	$(GO) vet ./...

staticcheck:
	$(STATICCHECK) ./...

race:
	$(GO) test -race -short -timeout 30m ./...

fuzz:
	@sh .ci/fuzz $(FUZZTIME)

browser:
	@.ci/browser

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...
	cd bench && $(GO) run . && $(GO) run ./whole

torture:
	TENURE_TORTURE=1 $(GO) test -run 'Kill|PowerLoss|Damaged|DiskFull|Torture' -v -timeout 6h ./store ./cmd/tenure

score: build
	@sh .ci/score

clean:
	rm -rf bin
