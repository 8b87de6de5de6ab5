#!/bin/sh
# Puts a Chromium and Chinese fonts where the browser tests find them. Debian and Ubuntu only; elsewhere,
# or without root, it says so and ends with 0: the browser tests then report themselves as skipped.
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT

chromium_there() { command -v chromium >/dev/null 2>&1 || [ -n "${TUOKE_CHROMIUM:-}" ]; }
fonts_there() { [ -z "$(command -v fc-list)" ] || fc-list :lang=zh-cn | grep -q .; }
have_all() { chromium_there && command -v fc-list >/dev/null 2>&1 && fonts_there; }
loudly() {
    printf '\n!! %s\n!! The browser tests will be SKIPPED. Install chromium and fonts-noto-cjk, or set TUOKE_CHROMIUM.\n\n' "$1" >&2
    exit 0
}

have_all && exit 0
command -v apt-get >/dev/null 2>&1 || loudly "No Chromium here, and no apt-get to install one."
[ "$(id -u)" = 0 ] || loudly "No Chromium here, and only root may install one."

install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk fontconfig </dev/null >"$log" 2>&1
}
# The package list of a fresh image is empty or old: fetch it only when the first try fails.
install || { apt-get update -qq </dev/null && install; } || {
    tail -n 5 "$log" >&2
    loudly "Chromium could not be installed."
}
have_all || loudly "Chromium was installed but does not show."
