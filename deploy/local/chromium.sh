# shellcheck shell=bash
# Sourced after process.sh: a Chromium for the tests of the pages.
#
#   chromium_find LOG  leaves it in TEST_CHROMIUM, unless that is set; it is taken from the PATH, or installed as root from
#                      Debian's package. When there is none, TEST_CHROMIUM stays unset, and the tests say what is missing.

# Installed, not unpacked: it needs a hundred libraries.
chromium_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends chromium || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; }
}

chromium_find() {
  local log=$1 candidate
  [[ -z ${TEST_CHROMIUM-} ]] || return 0
  if ! command -v chromium chromium-browser google-chrome >/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
    say "installing Chromium"
    export -f chromium_install
    run_step "$log" bash -euc chromium_install || complain "Debian's chromium could not be installed: $(tail -n 1 "$log")"
  fi
  for candidate in chromium chromium-browser google-chrome; do
    if command -v "$candidate" >/dev/null; then
      TEST_CHROMIUM=$(command -v "$candidate")
      export TEST_CHROMIUM
      return 0
    fi
  done
}
