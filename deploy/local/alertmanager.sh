# shellcheck shell=bash
# Sourced after process.sh: Alertmanager's program, for the test that lets a real one send to us.
#
#   alertmanager_find DIR  leaves it in TEST_ALERTMANAGER, unless that is set; it is taken from the PATH, or unpacked
#                          from Debian's package into DIR, where the next run finds it. When there is none, TEST_ALERTMANAGER
#                          stays unset, and the test says what is missing.

# Unpacked, not installed: nothing is left on the machine, least of all a running service. As root also with fresh
# package lists, since a new container has none.
alertmanager_unpack() {
  cd "$1"
  apt-get download prometheus-alertmanager || { ((EUID == 0)) && apt-get update -qq && apt-get download prometheus-alertmanager; }
  dpkg-deb -x prometheus-alertmanager_*.deb .
  rm prometheus-alertmanager_*.deb
}

alertmanager_find() {
  local dir=$1 candidate
  [[ -z ${TEST_ALERTMANAGER-} ]] || return 0
  if ! command -v prometheus-alertmanager alertmanager >/dev/null && [[ ! -x $dir/usr/bin/prometheus-alertmanager ]] &&
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    say "fetching Alertmanager"
    mkdir -p "$dir"
    export -f alertmanager_unpack
    run_step "$dir/unpack.log" bash -euc 'alertmanager_unpack "$0"' "$dir" ||
      complain "Debian's prometheus-alertmanager could not be had: $(tail -n 1 "$dir/unpack.log") (see $dir/unpack.log)"
  fi
  for candidate in prometheus-alertmanager alertmanager "$dir/usr/bin/prometheus-alertmanager"; do
    if command -v "$candidate" >/dev/null; then
      TEST_ALERTMANAGER=$(command -v "$candidate")
      export TEST_ALERTMANAGER
      return 0
    fi
  done
}
