#!/usr/bin/env bash
# Storms of Grafana-shaped webhooks against this service and against a plain FastAPI service, one after the other on the
# same MySQL server, and their ratio. Needs wrk, gunicorn with python3-fastapi, python3-uvicorn and python3-pymysql.
#   tests/Benchmarks/Peer/storm.sh [SECONDS]     10 seconds a cell by default
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
source deploy/local/process.sh
source deploy/local/private-mysql.sh
readonly here=$PWD/tests/Benchmarks/Peer seconds=${1:-10}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/incidents-storm.XXXXXX")
ours='' peer=''

clean_up() {
  set +e
  [[ -z $peer ]] || kill "$peer" 2>/dev/null
  [[ -z $ours ]] || { kill "$ours" 2>/dev/null; wait "$ours"; }
  private_mysql_stop
  rm -rf "$scratch"
}
trap clean_up EXIT

for program in wrk gunicorn mariadb; do
  command -v "$program" >/dev/null || fail "$program is missing"
done
private_mysql_find ConnectionStrings__Incidents
private_mysql_start "$scratch/mysql" incidents_test 'incidents\_test%' --performance-schema=OFF
export MYSQL_PWD
MYSQL_PWD=$(<"$scratch/mysql/password")
sql() { mariadb -h 127.0.0.1 -P "$mysql_port" -u incidents_test "$@"; }
sql -e 'CREATE DATABASE incidents_test_ours; CREATE DATABASE incidents_test_peer'
sql incidents_test_peer <"$here/plain-peer/schema.sql"

ConnectionStrings__Incidents="$mysql_connection;Database=incidents_test_ours" \
  ./run.sh --port 8610 --data "$scratch/run" >"$scratch/ours.log" 2>&1 &
ours=$!
(cd "$here/plain-peer" && exec env DB_PORT="$mysql_port" DB_NAME=incidents_test_peer DB_USER=incidents_test \
  DB_PASSWORD="$MYSQL_PWD" gunicorn -k uvicorn.workers.UvicornWorker -w 2 -b 127.0.0.1:8620 app:app \
  --log-level error >"$scratch/peer.log" 2>&1) &
peer=$!
until grep -q '^ready ' "$scratch/ours.log"; do
  kill -0 "$ours" || { cat "$scratch/ours.log" >&2; exit 1; }
  sleep 0.5
done

# storm PORT KEYS ALERTS CONNECTIONS SECONDS: wrk's line
storm() {
  KEYS=$2 ALERTS=$3 TOKEN='' RUN=$1-$2-$3-$4-$RANDOM \
    wrk -t1 -c"$4" -d"$5" --latency -s "$here/storm.lua" "http://127.0.0.1:$1/webhook/grafana" | grep '^storm:'
}
field() { sed -E "s/.* $2=([0-9.]+).*/\1/" <<<"$1"; }

say "warming up" # .NET compiles what is hot only after a while of load
storm 8610 500 1 64 20 >/dev/null && storm 8610 500 10 32 15 >/dev/null && storm 8620 200 1 32 5 >/dev/null
printf '| keys | alerts/webhook | connections | ours alerts/s | refused | p50 ms | p99 ms | plain alerts/s | refused | ratio |\n'
printf '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n'
IFS=';' read -ra cells <<<"${CELLS:-1000 1 32;1000 1 128;1000 10 32;1000 10 128;1 1 32;1 1 128;1 10 32;1 10 128}"
for cell in "${cells[@]}"; do
  read -r keys alerts connections <<<"$cell"
  a=$(storm 8610 "$keys" "$alerts" "$connections" "$seconds")
  b=$(storm 8620 "$keys" "$alerts" "$connections" "$seconds")
  [[ $b != *" alerts_per_s=0 "* ]] || b=${b/ alerts_per_s=0 / alerts_per_s=1 }
  refused=$((100 * $(field "$b" non2xx) / $(field "$b" requests)))
  printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s %% | %.1f |\n' "$keys" "$alerts" "$connections" \
    "$(field "$a" alerts_per_s)" "$(field "$a" non2xx)" "$(field "$a" p50_ms)" "$(field "$a" p99_ms)" \
    "$(field "$b" alerts_per_s)" "$refused" \
    "$(awk "BEGIN { print $(field "$a" alerts_per_s) / $(field "$b" alerts_per_s) }")"
done
sql incidents_test_ours -e "SELECT COUNT(*) AS alerts, (SELECT SUM(alert_count) FROM incidents) AS counted,
  (SELECT COUNT(*) FROM (SELECT 1 FROM incidents WHERE resolved_time IS NULL GROUP BY incident_key HAVING COUNT(*) > 1) t)
  AS keys_open_twice FROM grafana_alerts"
