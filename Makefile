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

test: ## all tests, those that use goroutines under the race detector; fetches the engine the first time
	@echo "== go test"
	@GO="$(GO)" .ci/test

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
