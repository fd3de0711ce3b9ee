# shellcheck shell=bash
# Sourced by run.sh and test.sh: what they say, and how they start, watch and stop processes of their own.

# File descriptor 9 is the lock a script holds on its data folder. Children do not inherit it (9>&-): one that outlives
# a killed script would keep the folder locked.

# Nobody may be reading any more (run.sh | head): no reason to end, nor to end half way through stopping.
trap '' PIPE
say() { printf '%s\n' "$*" 2>/dev/null || true; }
complain() { printf '%s: %s\n' "${0##*/}" "$*" >&2 || true; }
fail() { complain "$*"; exit 1; }

# step_pid is the one step that runs right now, so that a stop can end it.
step_pid=

# run_step LOG COMMAND...: runs it to its end with its output in LOG. In the background and waited for, because bash
# would run a trap only after a foreground command has ended; in a session of its own, so that a Ctrl-C in the terminal
# reaches this script alone and the order of stopping stays ours.
run_step() {
  local log=$1
  shift
  run_step_shown "$@" >"$log" 2>&1
}

# run_step_shown COMMAND...: the same with its output where ours goes.
run_step_shown() {
  local outcome=0
  setsid -- "$@" </dev/null 9>&- &
  step_pid=$!
  wait "$step_pid" || outcome=$?
  step_pid=
  return "$outcome"
}

stop_step() {
  [[ -n $step_pid ]] || return 0
  kill -TERM -- "-$step_pid" 2>/dev/null || true
  wait_gone 10 "$step_pid" || true
  kill -KILL -- "-$step_pid" 2>/dev/null || true # also what it started and left
  step_pid=
}

# start_process LOG COMMAND...: leaves the id in started_pid. What it needs is passed as variables before the call
# (NAME=value start_process ...), never as arguments: everyone on the machine can read those.
start_process() {
  local log=$1
  shift
  keep_previous "$log"
  setsid -- "$@" >"$log" 2>&1 </dev/null 9>&- &
  started_pid=$!
}

# Whoever starts again after a crash must not lose what was said before it.
keep_previous() { [[ ! -s $1 ]] || mv -f "$1" "$1.1"; }

# wait_gone SECONDS PID...: whether all of them ended in time.
wait_gone() {
  local until=$((SECONDS + $1)) pid
  shift
  for pid in "$@"; do
    while kill -0 "$pid" 2>/dev/null; do
      ((SECONDS < until)) || return 1
      sleep 0.1
    done
  done
}

# stop_processes SECONDS PID...: asks all of them at once, waits, and ends by force what is still there.
stop_processes() {
  local patience=$1 pid
  shift
  for pid in "$@"; do kill -TERM "$pid" 2>/dev/null || true; done
  wait_gone "$patience" "$@" && return 0
  for pid in "$@"; do
    kill -KILL "$pid" 2>/dev/null && complain "process $pid did not stop within $patience s and was killed"
  done
  wait_gone 5 "$@" || true
}

# A process id is used again after a while, and after a restart of the machine at once. Together with the boot and the
# moment it started it names one process only.
process_identity() {
  local pid=$1 stat
  local -a fields
  { stat=$(<"/proc/$pid/stat"); } 2>/dev/null || return 1
  read -ra fields <<<"${stat##*) }"
  printf '%s %s %s\n' "$pid" "$(</proc/sys/kernel/random/boot_id)" "${fields[19]}"
}

# remember_process FILE PID, so that the next start can find it should this one be killed.
remember_process() { process_identity "$2" >"$1" || true; }

# stop_leftover FILE NAME SECONDS: stops the process that FILE remembers, if it still runs.
stop_leftover() {
  local remembered pid
  [[ -s $1 ]] || return 0
  remembered=$(<"$1")
  pid=${remembered%% *}
  if [[ $(process_identity "$pid") == "$remembered" ]]; then
    say "stopping $2 (process $pid), left over from a run that was killed"
    stop_processes "$3" "$pid"
  fi
  rm -f "$1"
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: a port nobody listens on, in the variable of that name. Below the range that outgoing connections take
# theirs from, so that none of them gets there first; never the same twice in one run.
declare -A handed_out_ports=()
pick_free_port() {
  while true; do
    free_port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    [[ -z ${handed_out_ports[$free_port]-} ]] && ! port_is_taken "$free_port" && break
  done
  handed_out_ports[$free_port]=1
}

# http_status PORT PATH: the status code and what is said of it, or nothing. By bash alone: curl need not be there.
http_status() {
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 0
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
    local protocol code line=''
    read -r -t 15 protocol code line <&3 || return 0
    while [[ $line != *'"status"'* ]] && read -r -t 5 line <&3; do :; done
    [[ $line =~ \"status\":\"([a-z_]+)\" ]] && code+=" ${BASH_REMATCH[1]}"
    printf '%s' "$code"
  } 2>/dev/null
}

# essential_line LOG: the one line that says what went wrong: an unhandled exception, else the last logged error (its
# text is on the line after its category), else the last line.
essential_line() {
  awk '
    /^Unhandled exception\. /     { thrown = substr($0, 22) }
    heading                       { sub(/^ +/, ""); logged = $0; heading = 0 }
    /^(fail|crit): /              { heading = 1 }
    / error [A-Z]+[0-9]+: /       { if (built == "") built = $0 }
    NF                            { last = $0 }
    END {
      line = thrown != "" ? thrown : built != "" ? built : logged != "" ? logged : last
      sub(/^ +/, "", line)
      print line == "" ? "it said nothing" : line
    }' "$1"
}

# how_it_ended NAME PID LOG: a line about a process of ours that is gone, in the variable of that name. Who was killed
# had no chance to log why.
how_it_ended() {
  local outcome=0
  wait "$2" 2>/dev/null || outcome=$?
  if ((outcome > 128)); then
    how_it_ended="$1 was ended by SIG$(kill -l "$outcome") (see $3)"
  else
    how_it_ended="$1 ended: $(essential_line "$3") (see $3)"
  fi
}

# build LOG PROJECT: one Release build, so that run.sh and test.sh share what was built. No build server and no reused
# node: both would stay behind as processes. Where CI is set, the lock files must match what is built.
build() {
  local -a locked=()
  [[ ${CI-} == true ]] && locked=(-p:RestoreLockedMode=true)
  run_step "$1" dotnet build "$2" --configuration Release --verbosity quiet -nologo \
    -nodeReuse:false -p:UseSharedCompilation=false "${locked[@]}" && return 0
  grep -E ' error [A-Z]+[0-9]+: ' "$1" | sort -u | head -20 >&2 || true
  fail "the build failed: $(essential_line "$1")"
}

# Without libicu no .NET program starts, unless it is told to do without cultures.
require_cultures() {
  [[ -n ${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT-} ]] && return 0
  PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -q libicuuc && return 0
  say "libicu is not installed: dates and numbers on pages have one form for all"
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
}

require_dotnet() {
  command -v dotnet >/dev/null ||
    fail "dotnet is not on PATH: install the .NET SDK 10 (https://dotnet.microsoft.com/download)"
  require_cultures
  local version
  version=$(dotnet --version 2>&1) || fail "the .NET SDK that global.json asks for is not installed: ${version%%$'\n'*}"
}
