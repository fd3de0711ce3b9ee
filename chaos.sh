#!/usr/bin/env bash
# Breaks a running service in one way after the other and holds that nothing is lost. See usage below.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source deploy/local/process.sh
source deploy/local/private-mysql.sh

usage() {
  cat <<'TEXT'
usage: ./chaos.sh [SCENARIO|all] [--times N]

Runs a scenario, or all of them (the default), N times: three silos and two WebFronts as processes on a MySQL of their own,
senders that go on, a fault, and then the audit: every alert that was answered 200 or 202 is stored, and none more
often than it was sent. They are the tests of tests/EndToEnd.Tests/Chaos, in their long form; ./test.sh runs all but the two
that cut networks once in a short one. Goes on after a failure. Ends with a table, also in artifacts/chaos/; the exit code is 0 only if
nothing failed.

  --times N  how often (1 to 1000; default 1)
  --list     the scenarios
  --help     this text

environment
  TEST_MYSQL   as for ./test.sh; most scenarios start a server of their own all the same
  CHAOS_BRIEF  1: the short form, as in ./test.sh
TEXT
}

# Each scenario is one line [Scenario("name", "what happens")] above its test.
scenarios() {
  sed -n 's/^ *\[Scenario("\([a-z-]*\)", "\(.*\)")\]$/\1\t\2/p' tests/EndToEnd.Tests/Chaos/*Tests.cs | sort
}

list() {
  local name what
  while IFS=$'\t' read -r name what; do printf '  %-20s%s\n' "$name" "$what"; done < <(scenarios)
}

# refuse MESSAGE HELP
refuse() {
  complain "$1"
  printf '%s\n' "$2" >&2
  exit 2
}

scenario=all times=1
while (($# > 0)); do
  case $1 in
    --times=?*) set -- --times "${1#*=}" "${@:2}" ;;
    --times)
      [[ ${2-} =~ ^[0-9]{1,4}$ ]] && ((10#$2 >= 1 && 10#$2 <= 1000)) || refuse "--times takes a number from 1 to 1000, not '${2-}'" "$(usage)"
      times=$((10#$2))
      shift 2
      ;;
    --list) list && exit 0 ;;
    --help | -h) usage && exit 0 ;;
    -*) refuse "unknown option '$1'" "$(usage)" ;;
    *) scenario=$1 && shift ;;
  esac
done
mapfile -t names < <(scenarios | cut -f 1)
if [[ $scenario != all ]]; then
  printf '%s\n' "${names[@]}" | grep -qxF -e "$scenario" || refuse "there is no scenario '$scenario'; there are:" "$(list)"
  names=("$scenario")
fi

readonly longest_run=600 results=$PWD/artifacts/chaos/$(date -u +%Y%m%dT%H%M%SZ)
readonly figures=$results/figures.tsv
scratch=''
exec {screen}>&1

clean_up() {
  local outcome=$?
  set +e
  trap '' INT TERM HUP
  stop_step
  [[ ! -s $figures ]] || table >&"$screen" # a stop finds our output where that of a run goes
  private_mysql_stop
  [[ -z $scratch ]] || rm -rf "$scratch"
  exit "$outcome"
}

# of SCENARIO COLUMN...: those columns of its runs.
of() { awk -F '\t' -v name="$1" -v columns="${*:2}" '
  $1 == name { n = split(columns, c, " "); for (i = 1; i <= n; i++) printf "%s%s", $c[i], i < n ? "\t" : "\n" }' "$figures"; }

sum() { awk '{ n += $1 } END { printf "%d", n }'; }

# middle_and_highest DIVISOR DIGITS: of the numbers it reads.
middle_and_highest() {
  grep -E '^[0-9]+$' | sort -n | awk -v by="$1" -v digits="$2" '
    { v[NR] = $1 }
    END { if (NR) printf "%.*f / %.*f", digits, v[int((NR + 1) / 2)] / by, digits, v[NR] / by; else printf "-" }'
}

outcomes() { of "$1" 2 | grep -cx "$2" || true; }

# The columns of a run's line: name, outcome, requests, refused, spooled, unanswered, p50, p99, slowest, recovery.
rows() {
  local name
  echo '| scenario | runs | failed | audit failures | requests | refused | spooled | unanswered | p99 ms, median / max | recovery s, median / max |'
  echo '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |'
  for name in "${names[@]}"; do
    [[ -n $(of "$name" 2) ]] || continue
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$(of "$name" 2 | wc -l)$(skipped "$name")" \
      "$(outcomes "$name" failed)" "$(outcomes "$name" audit)" "$(of "$name" 3 | sum)" "$(of "$name" 4 | sum)" "$(of "$name" 5 | sum)" \
      "$(of "$name" 6 | sum)" "$(of "$name" 8 | middle_and_highest 1 0)" "$(of "$name" 10 | middle_and_highest 1000 1)"
  done
}

skipped() { local n; n=$(outcomes "$1" skipped); ((n == 0)) || printf ' (%s skipped)' "$n"; }

table() {
  rows >"$results/table.md"
  echo
  column -t -s '|' -o '  ' <"$results/table.md" 2>/dev/null | grep -v -- '---' || cat "$results/table.md"
  say "also in $results/table.md, with a line a run in figures.tsv and each run's own log"
}

# run NAME TIME: adds a line to the figures, also when the test could not.
run() {
  local log=$results/$1-$2.log before outcome=0 line
  before=$(wc -l <"$figures")
  run_step "$log" timeout --kill-after=10 "$longest_run" dotnet artifacts/bin/EndToEnd.Tests/release/Incidents.EndToEnd.Tests.dll \
    -noLogo -noColor -reporter verbose -showLiveOutput -explicit on -trait "scenario=$1" || outcome=$?
  (($(wc -l <"$figures") > before)) || printf '%s\tfailed\t0\t0\t0\t0\t-\t-\t-\t-\n' "$1" >>"$figures"
  line=$(tail -n 1 "$figures")
  ((outcome == 0)) || failed=$((failed + 1))
  awk -F '\t' -v of="$2 of $times" '{ printf "%s, %s: %s, %s requests, %s refused, %s spooled, p99 %s ms, recovered after %s ms\n", $1, of, $2, $3, $4, $5, $8, $10 }' <<<"$line"
  ((outcome == 0)) || complain "see $log"
}

require_dotnet
private_mysql_find TEST_MYSQL
trap 'exit 130' INT
trap 'exit 143' TERM HUP
trap clean_up EXIT
scratch=$(mktemp -d "${TMPDIR:-/tmp}/incidents-chaos.XXXXXX")
mkdir -p "$results"
: >"$figures"
say "building"
build "$results/build.log" tests/EndToEnd.Tests/EndToEnd.Tests.csproj
if [[ -z ${TEST_MYSQL-} ]]; then
  say "starting a private MySQL"
  private_mysql_start "$scratch/mysql" incidents_test 'incidents\_test%'
  export TEST_MYSQL=$mysql_connection
fi
export CHAOS_FIGURES=$figures CHAOS_FULL=$((${CHAOS_BRIEF:-0} == 0))
failed=0
for ((time = 1; time <= times; time++)); do
  for name in "${names[@]}"; do run "$name" "$time"; done
done
((failed == 0))
