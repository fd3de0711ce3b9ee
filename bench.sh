#!/usr/bin/env bash
# Load, audit and benchmarks. See usage below.
set -euo pipefail
called_from=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$root"
source deploy/local/process.sh
source deploy/local/private-mysql.sh

usage() {
  cat <<'TEXT'
usage: ./bench.sh storm [OPTION...]    sends a storm of webhooks, then audits what is stored
       ./bench.sh audit [LEDGER...]    audits the database named by ConnectionStrings__Incidents
       ./bench.sh report LEDGER        draws a storm's report again
       ./bench.sh ceiling              how many webhooks a second this machine can send on time
       ./bench.sh slack [OPTION...]    when Slack is told what, in storms and otherwise, at Slack's own limits
       ./bench.sh pages [OPTION...]    how long lists and pages take over a year of incidents
       ./bench.sh seed [OPTION...]     fills the database named by ConnectionStrings__Incidents with such a year
       ./bench.sh live [OPTION...]     what viewers cost a storm, and how late they see what it does
       ./bench.sh decide [OPTION...]   what the rules cost per alert (BenchmarkDotNet)
       ./bench.sh peer [SECONDS]       the same load on this and on a plain service (needs wrk and gunicorn)
       ./bench.sh mark FILE TEXT...    notes in a --marks FILE what is done to the service now

Without --url, `storm` starts a service of its own with ./run.sh and a MySQL of its own in a temporary folder, and
removes both; --silos N says how many silos. So do `slack`, `live` and `pages`, always. With --url `storm` storms what runs there, and audits the database in
ConnectionStrings__Incidents or the variable named by --database-env. `./bench.sh COMMAND --help` shows all options.
TEXT
}

readonly program=$root/artifacts/bin/Benchmarks/release/Incidents.Benchmarks.dll
scratch='' service_pid=''

clean_up() {
  local outcome=$?
  set +e
  trap '' INT TERM HUP
  stop_step
  [[ -z $service_pid ]] || { say "stopping the service"; stop_processes 80 "$service_pid"; }
  private_mysql_stop
  [[ -z $scratch ]] || rm -rf "$scratch"
  exit "$outcome"
}

# The log of the service stays when it failed, since the folder does not.
start_service() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/incidents-bench.XXXXXX")
  private_mysql_find ConnectionStrings__Incidents
  say "starting MySQL"
  private_mysql_start "$scratch/mysql" incidents incidents
  export ConnectionStrings__Incidents=$mysql_connection
  pick_free_port
  url=http://127.0.0.1:$free_port
  say "starting the service"
  start_process "$scratch/run.log" ./run.sh --silos "$1" --port "$free_port" --data "$scratch/data"
  service_pid=$started_pid
  until grep -q '^ready ' "$scratch/run.log"; do
    kill -0 "$service_pid" 2>/dev/null || fail "the service did not start: $(tail -n 5 "$scratch/run.log")"
    sleep 0.2
  done
}

# The workspace of Slack is in the tool: the token is the one that it takes (FakeWorkspace).
tell_slack() {
  pick_free_port
  export Slack__ApiBaseUrl=http://127.0.0.1:$free_port/api/ Slack__BotToken=xoxb-1111111111-fake-token
  export Slack__Channel='#incidents' Slack__Channels__critical='#critical' Slack__Channels__info='#info'
}

# on_service COMMAND OPTION...: what --silos says is taken out of the command's own options.
on_service() {
  local command=$1 silos=1 own=1 help='' option
  local -a options=()
  shift
  while (($# > 0)); do
    option=$1
    case $option in
      --silos)
        (($# >= 2)) || fail "--silos needs a number"
        silos=$2
        shift 2
        continue
        ;;
      --silos=*) silos=${option#*=} && shift && continue ;;
      --url | --url=*) own='' ;;
      --help | -h | '-?') help=1 ;;
    esac
    options+=("$option")
    shift
  done
  if [[ -n $own && -z $help ]]; then
    [[ $command != slack ]] || tell_slack
    start_service "$silos"
    options+=(--url "$url" --database-env ConnectionStrings__Incidents)
  fi
  run_tool "$command" "${options[@]}"
}

# In the foreground, for a terminal's sake: Ctrl-C reaches the tool, which ends the storm and audits it.
run_tool() {
  trap ':' INT
  (cd "$called_from" && DOTNET_NOLOGO=1 exec dotnet "$program" "$@")
}

command=${1-}
(($# == 0)) || shift
case $command in
  storm | slack | live | pages | seed | audit | report | ceiling | decide) ;;
  peer) exec tests/Benchmarks/Peer/storm.sh "$@" ;;
  mark)
    (($# >= 2)) || fail "mark needs a file and a text"
    cd "$called_from"
    printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" "${*:2}" >>"$1"
    exit
    ;;
  --help | -h) usage && exit 0 ;;
  *) complain "unknown command '$command'" && usage >&2 && exit 2 ;;
esac

require_dotnet
trap 'exit 130' INT
trap 'exit 143' TERM HUP
trap clean_up EXIT
build_log=$(mktemp "${TMPDIR:-/tmp}/incidents-bench-build.XXXXXX")
build "$build_log" tests/Benchmarks/Benchmarks.csproj
rm -f "$build_log"
case $command in
  storm | slack | live | pages) on_service "$command" "$@" ;;
  *) run_tool "$command" "$@" ;;
esac
