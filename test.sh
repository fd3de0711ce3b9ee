#!/usr/bin/env bash
# Builds everything and runs every test against a private MySQL. See usage below.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source deploy/local/process.sh
source deploy/local/private-mysql.sh
source deploy/local/alertmanager.sh
source deploy/local/chromium.sh

usage() {
  cat <<'TEXT'
usage: ./test.sh [--filter X]

Builds everything and runs every test against a private MySQL that is removed afterwards. The last line is
`N passed, N failed`; the exit code is 0 only if all passed and there were any.

  --filter X  only the tests whose full name (namespace, class and method) contains X
  --help      this text

environment
  TEST_MYSQL  connection string of a server to use instead, without a database; its user must be allowed to create and
              drop databases whose names begin with incidents_test
  TEST_ALERTMANAGER
              Alertmanager's program; without it, and without one on the PATH, Debian's is unpacked into artifacts
  TEST_CHROMIUM
              a Chromium or Chrome; without it, and without one on the PATH, Debian's is installed (as root)
TEXT
}

refuse() {
  complain "$1"
  usage >&2
  exit 2
}

filter=''
while (($# > 0)); do
  case $1 in
    --filter=?*) filter=${1#*=} && shift ;;
    --filter)
      [[ -n ${2-} ]] || refuse "--filter needs a part of a test's name"
      filter=$2
      shift 2
      ;;
    --help | -h) usage && exit 0 ;;
    *) refuse "unknown option '$1'" ;;
  esac
done

readonly projects=(Grains.Tests WebFront.Tests Browser.Tests EndToEnd.Tests)
# It takes some nine minutes on two cores; what hangs ends too, without failing a slow machine.
readonly tests_until=$((SECONDS + 1500))
scratch=''

clean_up() {
  local outcome=$?
  set +e
  trap '' INT TERM HUP
  stop_step
  private_mysql_stop
  [[ -z $scratch ]] || rm -rf "$scratch"
  exit "$outcome"
}

start_database() {
  if [[ -n ${TEST_MYSQL-} ]]; then
    say "using the MySQL server named by TEST_MYSQL"
    return
  fi
  say "starting a private MySQL"
  # Its own statistics are all it goes without. Many systems run at once, each with pools of its own.
  private_mysql_start "$scratch/mysql" incidents_test 'incidents\_test%' --performance-schema=OFF --max-connections=900
  export TEST_MYSQL=$mysql_connection
}

passed=0 failed=0 skipped=0

# read_count RESULTS ATTRIBUTE: the number in the results' one <assembly>, in the variable of that name.
read_count() {
  local pattern="<assembly [^>]*[[:space:]]$2=\"([0-9]+)\""
  [[ $1 =~ $pattern ]] && count=${BASH_REMATCH[1]}
}

# The programs are run directly: quicker than through `dotnet test`, and their results come as numbers in a file
# instead of in a text made for people. A program that ends without results crashed.
run_project() {
  local project=$1 results=$scratch/$1.xml outcome=0 left=$((tests_until - SECONDS)) begun=$SECONDS
  local -a select=()
  [[ -z $filter ]] || select=(-method "*$filter*")
  say "testing $project"
  ((left > 0)) || left=1
  run_step_shown timeout --kill-after=10 "$left" dotnet "artifacts/bin/$project/release/Incidents.$project.dll" \
    -noLogo -noColor -reporter quiet -result-xml "$results" "${select[@]}" || outcome=$?
  ((outcome != 124 && outcome != 137)) || complain "$project did not end in time and was stopped"
  say "$project took $((SECONDS - begun)) s"

  local text=''
  [[ ! -s $results ]] || text=$(head -c 4096 "$results")
  if read_count "$text" passed; then
    passed=$((passed + count))
    read_count "$text" skipped && skipped=$((skipped + count))
    local before=$failed
    read_count "$text" failed && failed=$((failed + count))
    read_count "$text" errors && failed=$((failed + count))
    ((outcome == 0 || failed > before)) || count_broken "$project"
  else
    count_broken "$project"
  fi
}

# Counted, so that the last line alone cannot be taken for a success.
count_broken() {
  complain "$1 ended without results, or failed outside of a test"
  failed=$((failed + 1))
}

require_dotnet
trap 'exit 130' INT
trap 'exit 143' TERM HUP
trap clean_up EXIT
scratch=$(mktemp -d "${TMPDIR:-/tmp}/incidents-test.XXXXXX")
[[ -n ${TEST_MYSQL-} ]] || private_mysql_find TEST_MYSQL
say "building"
build "$scratch/build.log" Incidents.sln
say "building took $SECONDS s"
alertmanager_find "$PWD/artifacts/alertmanager"
chromium_find "$scratch/chromium.log"
start_database
for project in "${projects[@]}"; do run_project "$project"; done

ran=$((passed + failed))
((ran > 0)) || complain "no test ran${filter:+; none has a name that contains: $filter}"
summary="$passed passed, $failed failed"
((skipped == 0)) || summary+=", $skipped skipped"
say "$summary"
((failed == 0 && ran > 0))
