.DEFAULT_GOAL := help
.PHONY: help run image check test test-slow build format measure measure-image rolls bench soak chaos attack advisories baseline clean

MEASURE ?=
ROLLS ?=
BENCH ?=
SOAK ?=
CHAOS ?=
ATTACK ?=

TEST_TOOLS = ip shellcheck gcc busybox mmdebstrap patchelf nginx promtool carbon-cache chromium chromedriver pebble keepalived podman named knotd apache2 gunicorn nft caddy

help: ## show this
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

run: ## build, start Interlock on the local engine with two sample containers, stay until Ctrl-C
	@scripts/prerequisites
	@scripts/with-engine scripts/run

image: ## build the image interlock/interlock, and interlock/sample to try it with
	@scripts/prerequisites mmdebstrap
	@scripts/with-engine --keep scripts/images

check: ## formatting, Error Prone and all unit tests; needs no engine, no HAProxy, no root
	@scripts/prerequisites --build-only
	@scripts/check

test: ## every test that a change must pass, on a real engine and a real HAProxy
	@scripts/prerequisites $(TEST_TOOLS)
	@scripts/with-engine scripts/test

test-slow: ## all of that and the slow tests, on a second HAProxy too, with many rounds of random input
	@scripts/prerequisites $(TEST_TOOLS)
	@scripts/with-engine scripts/test --slow

build: ## build without tests; the results are app/target/interlock and packaging/target/*.tar.gz
	@scripts/prerequisites --build-only
	@scripts/build

format: ## format the sources
	@scripts/format

measure: ## measure times and sizes on this machine; MEASURE="scale 1000 2" for another program of docs/benchmarks.md
	@scripts/prerequisites $(if $(MEASURE),wrk)
	@scripts/with-engine scripts/measure $(MEASURE)

measure-image: ## measure the start, the memory and the size of the image on this machine
	@scripts/prerequisites mmdebstrap
	@scripts/with-engine scripts/measure image

rolls: ## measure rolling updates under load on this machine
	@scripts/prerequisites gcc
	@scripts/with-engine scripts/measure rolls $(ROLLS)

bench: ## measure Interlock beside its baselines; BENCH="--quick --only route,rolls" for less
	@scripts/prerequisites gcc wrk nginx
	@scripts/with-engine scripts/bench $(BENCH)

soak: ## half an hour of churn, and what it leaves behind; SOAK="--minutes 5" for less
	@scripts/prerequisites
	@scripts/soak $(SOAK)

chaos: ## ten minutes of faults under load, none of which may cost a request; CHAOS="--seed 7 --minutes 2" to repeat or for less
	@scripts/prerequisites ip gcc
	@scripts/chaos $(CHAOS)

attack: ## ten minutes of attacks at once, none of which may cost a request; ATTACK="--minutes 3 --containers 1000" for less
	@scripts/prerequisites
	@scripts/attack $(ATTACK)

advisories: ## ask for the known advisories of the libraries, and write packaging/advisories.json
	@scripts/advisories

baseline: ## make the API as it is now the one that later changes must be compatible with
	@scripts/api-baseline

clean: ## remove what was built
	mvn -q clean
