#!/usr/bin/env bash
# Builds and starts the whole service on this machine, and stops it again. See usage below.
set -euo pipefail
called_from=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$root"
source deploy/local/process.sh
source deploy/local/private-mysql.sh

usage() {
  cat <<'TEXT'
usage: ./run.sh [--silos N] [--port P] [--data DIR] [--demo]

Builds and starts everything: MySQL, the schema, N silos and WebFront. Prints `ready http://127.0.0.1:P` when a webhook
would be accepted, and stops all of it on Ctrl-C. The next start finds the same data.

  --silos N   how many silos, each a process of its own (1 to 16; default 1); should one of several end, it is
              reported and the others go on
  --port P    where WebFront listens on 127.0.0.1 (1 to 65535; default 8080)
  --data DIR  where data and logs are kept (default .data beside this script)
  --demo      sends a stream of invented alerts
  --help      this text

environment
  ConnectionStrings__Incidents  a MySQL or MariaDB server to use; without it a private one is started in DIR/mysql
  INCIDENTS_TOKEN               the bearer token that --demo sends, should the webhook ask for one
TEXT
}

silos=1 port=8080 data=$root/.data demo=''

refuse() {
  complain "$1"
  usage >&2
  exit 2
}

# number OPTION VALUE HIGHEST: the plain decimal digits of VALUE, in the variable of that name.
require_number() {
  [[ $2 =~ ^[0-9]{1,5}$ ]] && ((10#$2 >= 1 && 10#$2 <= $3)) || refuse "$1 takes a number from 1 to $3, not '$2'"
  number=$((10#$2))
}

read_options() {
  while (($# > 0)); do
    case $1 in
      --silos=* | --port=* | --data=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" && continue ;;
      --silos | --port | --data) (($# >= 2)) || refuse "$1 needs a value" ;;
    esac
    case $1 in
      --silos) require_number "$1" "$2" 16 && silos=$number && shift 2 ;;
      --port) require_number "$1" "$2" 65535 && port=$number && shift 2 ;;
      --data)
        [[ -n $2 ]] || refuse "--data needs a folder"
        [[ $2 == /* ]] && data=$2 || data=$called_from/$2
        shift 2
        ;;
      --demo) demo=1 && shift ;;
      --help | -h) usage && exit 0 ;;
      *) refuse "unknown option '$1'" ;;
    esac
  done
}

declare -a silo_pids=() silo_health=()
web_pid='' demo_pid=''

# In the order in which nothing is lost: no new webhook, then the silos write what they accepted, then the database.
stop_everything() {
  local outcome=$?
  set +e
  trap '' INT TERM HUP
  stop_step
  [[ -z $demo_pid ]] || stop_processes 5 "$demo_pid"
  if [[ -n $web_pid ]]; then
    say "stopping WebFront"
    stop_processes 35 "$web_pid"
  fi
  if ((${#silo_pids[@]} > 0)); then
    say "stopping ${#silo_pids[@]} silo(s)"
    # Without its database a silo cannot take its leave, and tries for minutes.
    local patience=35
    [[ -z $mysql_pid ]] || kill -0 "$mysql_pid" 2>/dev/null || patience=5
    stop_processes "$patience" "${silo_pids[@]}"
  fi
  if [[ -n $mysql_pid ]]; then
    say "stopping MySQL"
  fi
  private_mysql_stop
  rm -f "$data"/run/*.process
  ((outcome != 0)) || say "stopped"
  exit "$outcome"
}

# A run that was killed leaves its processes: they are stopped in the same order as by stop_everything.
take_data_folder() {
  exec 9>"$data/lock" || fail "the folder $data cannot be written to"
  flock -n 9 || fail "another run.sh uses $data: stop it first, or give this one another folder with --data"
  trap stop_everything EXIT
  local file
  for file in "$data"/run/{demo,webfront,silo-}*.process; do
    [[ -e $file ]] && stop_leftover "$file" "$(basename "$file" .process)" 35
  done
  stop_leftover "$data/mysql/process" MySQL 35
}

require_free_port() {
  handed_out_ports[$port]=1 # no silo may get it meanwhile
  ! port_is_taken "$port" || fail "port $port is in use: stop what listens there, or choose another with --port"
}

readonly given_server=${ConnectionStrings__Incidents-}

start_database() {
  if [[ -n $given_server ]]; then
    say "using the MySQL server named by ConnectionStrings__Incidents"
    return
  fi
  say "starting MySQL in $data/mysql"
  private_mysql_start "$data/mysql" incidents incidents
  export ConnectionStrings__Incidents=$mysql_connection
}

readonly silo_program=$root/artifacts/bin/Silo/release/Incidents.Silo.dll
readonly web_program=$root/artifacts/bin/WebFront/release/Incidents.WebFront.dll

start_silos() {
  local n health
  say "starting $silos silo(s)"
  for ((n = 1; n <= silos; n++)); do
    pick_free_port && health=$free_port
    pick_free_port && local silo_port=$free_port
    pick_free_port && local gateway_port=$free_port
    ASPNETCORE_URLS=http://127.0.0.1:$health Orleans__Name=silo-$n Orleans__Endpoints__SiloPort=$silo_port \
      Orleans__Endpoints__GatewayPort=$gateway_port \
      start_process "$data/logs/silo-$n.log" dotnet "$silo_program"
    silo_pids+=("$started_pid") silo_health+=("$health")
    remember_process "$data/run/silo-$n.process" "$started_pid"
  done
}

start_web() {
  say "starting WebFront"
  ASPNETCORE_URLS=http://127.0.0.1:$port Spool__Directory=${Spool__Directory:-$data/spool} start_process "$data/logs/webfront.log" dotnet "$web_program"
  web_pid=$started_pid
  remember_process "$data/run/webfront.process" "$web_pid"
}

start_demo() {
  start_process "$data/logs/demo.log" dotnet "$web_program" demo "http://127.0.0.1:$port"
  demo_pid=$started_pid
  remember_process "$data/run/demo.process" "$demo_pid"
}

# Fails, saying why, when a process that should run does not.
require_alive() {
  local n
  for n in "${!silo_pids[@]}"; do
    kill -0 "${silo_pids[n]}" 2>/dev/null || fail_for "silo-$((n + 1))" "${silo_pids[n]}"
  done
  kill -0 "$web_pid" 2>/dev/null || fail_for webfront "$web_pid"
  [[ -z $mysql_pid ]] || kill -0 "$mysql_pid" 2>/dev/null ||
    fail "MySQL ended: $(mysql_essential_line "$data/mysql/error.log")"
}

# fail_for NAME PID
fail_for() {
  how_it_ended "$1" "$2" "$data/logs/$1.log"
  fail "$how_it_ended"
}

# The others take over the keys of a silo that ends: that is what there are several for. The last one is not let go.
let_go_of_lost_silos() {
  local n
  for n in "${!silo_pids[@]}"; do
    ((${#silo_pids[@]} > 1)) || return 0
    ! kill -0 "${silo_pids[n]}" 2>/dev/null || continue
    how_it_ended "silo-$((n + 1))" "${silo_pids[n]}" "$data/logs/silo-$((n + 1)).log"
    unset "silo_pids[n]"
    complain "$how_it_ended; ${#silo_pids[@]} silo(s) go on"
  done
}

# wait_ready NAME PORT: /health/ready of WebFront goes through a grain to MySQL and back. Its 200 is not enough: with
# its spool alone it is "degraded".
wait_ready() {
  local status
  while true; do
    require_alive
    status=$(http_status "$2" /health/ready) || true
    [[ $status == 200* && $status != *degraded* ]] && return
    ((SECONDS < ready_until)) ||
      fail "$1 is not ready after 60 s (${status:-no answer}): $(essential_line "$data/logs/$1.log")" \
        "(see $data/logs/$1.log)"
    sleep 0.2
  done
}

show_where() {
  local n url=http://127.0.0.1:$port
  for n in "${!silo_health[@]}"; do
    say "  silo-$((n + 1)) health  http://127.0.0.1:${silo_health[n]}/health/ready"
  done
  say "  logs           $data/logs"
  if [[ -n $mysql_pid ]]; then
    say "  database       MYSQL_PWD=\$(cat '$data/mysql/password') mariadb -h 127.0.0.1 -P $mysql_port -u incidents incidents"
  fi
  say "  try an alert   curl -H 'Content-Type: application/json' $url/webhook/grafana -d '{\"version\":\"1\",\"status\":\"firing\"," \
    "\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"Try\",\"severity\":\"warning\"}," \
    "\"startsAt\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"fingerprint\":\"00000000000000a1\"}]}'"
  [[ -z $demo ]] || say "  demo           sends invented alerts; what was refused is in $data/logs/demo.log"
  say "  Ctrl-C stops everything; the data stays in $data"
}

read_options "$@"
require_dotnet
trap 'exit 0' INT TERM HUP
# Before anything is made; but a folder that exists may hold processes of a killed run, which may hold the port.
[[ ! -d $data ]] || take_data_folder
require_free_port
if [[ ! -d $data ]]; then
  mkdir -p "$data" 2>/dev/null || fail "the folder $data cannot be made"
  take_data_folder
fi
data=$(cd "$data" && pwd -P)
mkdir -p "$data/logs" "$data/run"

[[ -n $given_server ]] || private_mysql_find ConnectionStrings__Incidents
say "building"
build "$data/logs/build.log" deploy/local/run.slnf
start_database
say "applying the schema"
run_step "$data/logs/migrate.log" dotnet "$silo_program" migrate ||
  fail "the schema could not be applied: $(essential_line "$data/logs/migrate.log") (see $data/logs/migrate.log)"
start_silos
start_web
ready_until=$((SECONDS + 60))
for n in "${!silo_health[@]}"; do wait_ready "silo-$((n + 1))" "${silo_health[n]}"; done
wait_ready webfront "$port"
say "ready http://127.0.0.1:$port"
[[ -z $demo ]] || start_demo
show_where

# Nothing here ends by itself: whoever does takes everything down, rather than leaving a half; but see above.
while true; do
  wait -n "${silo_pids[@]}" "$web_pid" ${mysql_pid:+"$mysql_pid"} 2>/dev/null || true
  let_go_of_lost_silos
  require_alive
done
