.DEFAULT_GOAL := help
.PHONY: help run image check test test-slow build format measure measure-image rolls bench soak chaos attack advisories baseline clean

MEASURE ?=
ROLLS ?=
BENCH ?=
SOAK ?=
CHAOS ?=
ATTACK ?=

TEST_TOOLS = ip shellcheck gcc busybox mmdebstrap patchelf nginx promtool carbon-cache chromium chromedriver pebble keepalived podman named knotd apache2 gunicorn nft caddy
