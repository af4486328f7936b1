.DEFAULT_GOAL := help
.PHONY: help run test build format measure rolls baseline clean

help: ## show this
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

run: ## build, start Interlock on the local engine with two sample containers, stay until Ctrl-C
	@scripts/prerequisites
	@scripts/with-engine scripts/run

test: ## build and run every test, on a real engine and a real HAProxy
	@scripts/prerequisites shellcheck gcc mmdebstrap patchelf nginx promtool carbon-cache chromium chromedriver
	@scripts/with-engine scripts/test

build: ## build without tests; the result is app/target/interlock
	mvn -DskipTests package

format: ## format the sources
	@scripts/format

measure: ## measure times and sizes on this machine
	@scripts/prerequisites
	@scripts/with-engine scripts/measure

rolls: ## measure rolling updates under load on this machine
	@scripts/prerequisites gcc
	@scripts/with-engine scripts/rolls

baseline: ## make the API as it is now the one that later changes must be compatible with
	@scripts/api-baseline

clean: ## remove what was built
	mvn -q clean
