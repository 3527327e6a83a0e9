# make check is what CI runs. Each target says what it does when it runs.
GO ?= go

.PHONY: check format tidy vet static test race test-long fuzz bench bench-peers

check: format tidy vet static test ## everything that a change has to pass

format: ## all Go files are gofmt-ed
	@echo "== gofmt"
	@unformatted="$$(gofmt -l $$(git ls-files '*.go'))"; \
	if [ -n "$$unformatted" ]; then echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; fi

tidy: ## go.mod and go.sum are what the code needs
	@echo "== go mod tidy"
	@$(GO) mod tidy -diff

vet: ## go vet
	@echo "== go vet"
	@$(GO) vet ./...

static: ## staticcheck, at the version in go.mod
	@echo "== staticcheck"
	@$(GO) tool staticcheck ./...

# The race detector finds nothing where one goroutine does all of the work, and makes it five to ten times as slow. So it runs what uses goroutines:
# of the root those tests, of the others the packages whose code or tests do. All the rest runs without it, and so do examples, the conformance of all
# kinds of stores, and what testsize.SkipUnderRace leaves out. make race runs all with it.
PARALLEL = go func|	go [a-z]+[A-Za-z.]*\(|sync\.(Mutex|RWMutex|WaitGroup|Map|Cond|Pool)|errgroup|\.Go\(|atomic\.|make\(chan|<-[a-z]
RACED_IN_ROOT = ^($$(awk '/^func /{name=""} /^func Test/{name=$$2; sub(/\(.*/, "", name)} /$(PARALLEL)|[cC]oncurrent|[aA]t ?[oO]nce|Meanwhile|parallel\(|Async|rpcserver/{if (name != "") print name}' *_test.go | sort -u | paste -sd '|' -))$$
RACED = $$($(GO) list $$(grep -rlE --include='*.go' --exclude-dir=bench --exclude-dir=testdata '$(PARALLEL)' internal providers spectrontest | xargs -n 1 dirname | sort -u | sed 's,^,./,'))
SIZED = $$($(GO) list -f '{{.ImportPath}} {{.TestImports}} {{.XTestImports}}' ./... | grep internal/testing/testsize | cut -d ' ' -f 1 | grep -E '/(internal|spectrontest)')
NOT_RACED = ^($$(awk '/^func /{name=""} /^func Test/{name=$$2; sub(/\(.*/, "", name)} /SkipUnderRace/{if (name != "") print name}' $$(grep -rl --include='*_test.go' SkipUnderRace internal spectrontest) | sort -u | paste -sd '|' -))$$

test: ## all tests, those that use goroutines under the race detector; fetches the engine the first time
	@echo "== go test"
	$(GO) test -vet=off -timeout 20m .
	@raced="$(RACED)" && sized="$(SIZED)" && alone="$$($(GO) list ./... | tail -n +2 | grep -vxF "$$raced")" && \
	echo "without the race detector" && $(GO) test -vet=off -timeout 20m $$(printf '%s\n' $$alone ./providers ./spectrontest ./spectrontest/conformance) && \
	$(GO) test -vet=off -timeout 20m -run "$(NOT_RACED)" $$(printf '%s\n' $$sized | grep -xF "$$raced" | grep -v /conformance) && \
	echo "with the race detector" && $(GO) test -vet=off -race -timeout 20m -run "$(RACED_IN_ROOT)" . && \
	$(GO) test -vet=off -race -skip '^Example' -timeout 20m $$raced

race: ## all tests under the race detector; takes half an hour
	$(GO) test -race -timeout 60m ./...

test-long: ## tests that have a size in full size; takes an hour
	SPECTRON_LONG=1 $(GO) test -timeout 60m ./...

fuzz: ## each fuzz target for half a minute
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "== $$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime 30s $$pkg || exit 1; \
	  done; \
	done

bench: ## the benchmarks of BENCHMARKS.md
	$(GO) test -run '^$$' -bench . -benchmem -timeout 60m . ./internal/index ./internal/engine/kv ./internal/extract ./internal/reconcile ./internal/surreal/remote ./internal/dump ./internal/recall ./internal/authz ./internal/secret ./internal/scope ./internal/sorted ./internal/ingest ./internal/jobs

bench-peers: ## the index beside other libraries, in a module of its own; the answers are compared first
	cd internal/index/bench && $(GO) mod tidy -diff && $(GO) vet ./... && $(GO) test -count 1 . && $(GO) test -run '^$$' -bench . -benchtime 2s -timeout 30m .
