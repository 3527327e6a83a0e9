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

# The race detector finds nothing in tests of one goroutine, and makes them five to ten times as slow. So all tests of the root and those that have a
# size run without it, and with it all packages, but of the root only the tests that use goroutines, and no examples. make race runs all with it.
SIZED = $$($(GO) list -f '{{.ImportPath}} {{.TestImports}} {{.XTestImports}}' ./... | grep internal/testing/testsize | cut -d ' ' -f 1 | grep -E '/(internal|spectrontest)')
RACED_IN_ROOT = ^($$(awk '/^func /{name=""} /^func Test/{name=$$2; sub(/\(.*/, "", name)} /go func|sync\.|\.Go\(|atomic\.|chan |<-|[cC]oncurrent|[aA]t ?[oO]nce|Meanwhile|parallel\(|Async|rpcserver/{if (name != "") print name}' *_test.go | sort -u | paste -sd '|' -))$$

# Programs and tests of libraries each compile the engine once, because wazero tells them apart. Under the race detector that takes minutes, so an
# example compiles it for programs before.
test: ## all tests of the root and of packages with sizes, then under the race detector what uses goroutines; fetches the engine the first time
	@echo "== go test"
	$(GO) test -vet=off -timeout 20m .
	$(GO) test -vet=off -timeout 20m $(SIZED)
	$(GO) test -vet=off ./examples/quickstart ./providers ./spectrontest
	$(GO) test -vet=off -race -timeout 20m -run "$(RACED_IN_ROOT)" .
	$(GO) test -vet=off -race -skip '^Example' -timeout 20m $$($(GO) list ./... | tail -n +2)

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
