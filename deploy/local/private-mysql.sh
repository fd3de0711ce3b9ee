# shellcheck shell=bash
# Sourced after process.sh: a MySQL server of our own under one folder, on a free port of the loopback address.
#
#   private_mysql_find VARIABLE                    finds the server program or installs it; VARIABLE is the setting that
#                                                  would make it unnecessary, for the message
#   private_mysql_start DIR USER SCHEMAS [OPTION]  starts it; leaves mysql_pid, mysql_port and mysql_connection
#   private_mysql_stop                             stops it
#
# SCHEMAS is the schema the user has all rights on, as a pattern of GRANT; one without a wildcard is also created.
# It runs as whoever calls. No MySQL client is needed: user and rights are made by the server itself, at every start,
# from a file. Nothing about durability is changed: what is committed here is on disk, and tests measure the real thing.

readonly mysql_packages="mariadb-server-core mariadb-client-core"
mysql_server='' mysql_install_db='' mysql_is_mariadb=''
mysql_pid='' mysql_port='' mysql_connection='' mysql_socket_dir='' mysql_remembered=''

# Servers are usually not on an ordinary user's PATH: Debian has them in /usr/sbin, Fedora in /usr/libexec.
mysql_program() {
  local folder
  local -a path
  IFS=: read -ra path <<<"$PATH"
  for folder in "${path[@]}" /usr/sbin /usr/libexec /usr/local/sbin /usr/local/mysql/bin /usr/bin; do
    [[ -x $folder/$1 ]] && printf '%s' "$folder/$1" && return 0
  done
  return 1
}

mysql_look() {
  mysql_server=$(mysql_program mariadbd || mysql_program mysqld) || return 1
  [[ $("$mysql_server" --no-defaults --version 2>/dev/null) == *MariaDB* ]] && mysql_is_mariadb=1 || mysql_is_mariadb=''
  [[ -z $mysql_is_mariadb ]] && return 0
  # Only MariaDB needs a second program to make a data folder, which in turn needs one of the client package.
  mysql_install_db=$(mysql_program mariadb-install-db || mysql_program mysql_install_db) || return 1
  mysql_program my_print_defaults >/dev/null
}

private_mysql_find() {
  mysql_look && return 0
  local packages log
  read -ra packages <<<"$mysql_packages"
  ((EUID == 0)) && command -v apt-get >/dev/null ||
    fail "no MySQL or MariaDB server found: install the packages $mysql_packages (as root), or set $1"
  say "installing $mysql_packages (the server's program alone, no system service)"
  log=$(mktemp)
  local -a install=(apt-get -o DPkg::Lock::Timeout=60 install -y --no-install-recommends "${packages[@]}")
  if ! DEBIAN_FRONTEND=noninteractive run_step "$log" "${install[@]}"; then
    # A fresh container has no package lists.
    run_step "$log" apt-get update -qq && DEBIAN_FRONTEND=noninteractive run_step "$log" "${install[@]}" ||
      fail "installing $mysql_packages failed: $(grep -m1 '^E:' "$log" || tail -n 1 "$log"); or set $1 (see $log)"
  fi
  rm -f "$log"
  mysql_look || fail "$mysql_packages are installed, but no usable server was found; set $1"
}

# The data folder gets its name only when it is complete, so that an interrupted first start leaves nothing half made.
mysql_initialize() {
  local dir=$1 log=$1/initialize.log
  rm -rf "$dir/db.new"
  if [[ -n $mysql_is_mariadb ]]; then
    # root by the socket and as the same system user only; the default would be a root without password on TCP too.
    run_step "$log" "$mysql_install_db" --no-defaults --user="$(id -un)" --datadir="$dir/db.new" --skip-test-db \
      --skip-name-resolve --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)"
  else
    run_step "$log" "$mysql_server" --no-defaults --user="$(id -un)" --datadir="$dir/db.new" --initialize-insecure
  fi || fail "the MySQL data folder could not be made: $(mysql_essential_line "$log")"
  mv "$dir/db.new" "$dir/db"
}

# One statement a line: older servers read this file line by line.
mysql_init_file() {
  local user="'$2'@'127.0.0.1'" password=$3 schemas=$4
  [[ $schemas == *[%\\]* ]] || printf 'CREATE DATABASE IF NOT EXISTS `%s`;\n' "$schemas"
  printf "CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s';\n" "$user" "$password"
  printf "ALTER USER %s IDENTIFIED BY '%s';\n" "$user" "$password"
  printf 'GRANT ALL PRIVILEGES ON `%s`.* TO %s;\n' "$schemas" "$user"
  # MySQL's --initialize-insecure makes a root without password: nobody shall be it. MariaDB's is bound to the socket.
  [[ -n $mysql_is_mariadb ]] || printf "ALTER USER 'root'@'localhost' ACCOUNT LOCK;\n"
} >"$1/init.sql"

private_mysql_start() {
  local dir=$1 user=$2 schemas=$3 password
  local -a options=("${@:4}")
  mkdir -p "$dir" && chmod 700 "$dir" || fail "the folder $dir cannot be used"
  [[ -d $dir/db ]] || mysql_initialize "$dir"
  (
    umask 077 # The password, and the file that sets it, are for the owner only.
    [[ -s $dir/password ]] || od -An -N 24 -tx1 /dev/urandom | tr -d ' \n' >"$dir/password"
    mysql_init_file "$dir" "$user" "$(<"$dir/password")" "$schemas"
  )
  password=$(<"$dir/password")

  # The path of a socket may have 107 characters.
  mysql_socket_dir=$dir
  local socket=$dir/mysql.sock
  if ((${#socket} > 107)); then
    mysql_socket_dir=$(mktemp -d /tmp/incidents-mysql.XXXXXX)
    socket=$mysql_socket_dir/mysql.sock
  fi
  if [[ -z $mysql_is_mariadb ]]; then
    # MySQL keeps a binary log by default, and then lets a user without SUPER make no trigger (error 1419). The
    # protocol X and the folder for file exports, both on by default, are not needed, and their defaults collide.
    options+=(--log-bin-trust-function-creators=1 --mysqlx=OFF --secure-file-priv=NULL)
  fi
  [[ -n $mysql_port ]] || { pick_free_port && mysql_port=$free_port; } # one that is started again keeps its own
  rm -f "$dir/mysqld.pid"
  keep_previous "$dir/error.log"
  start_process "$dir/mysqld.out" "$mysql_server" --no-defaults --user="$(id -un)" --datadir="$dir/db" \
    --bind-address=127.0.0.1 --port="$mysql_port" --socket="$socket" --pid-file="$dir/mysqld.pid" \
    --log-error="$dir/error.log" --init-file="$dir/init.sql" --skip-name-resolve --character-set-server=utf8mb4 \
    --max-allowed-packet=64M --max-connections=500 "${options[@]}"
  mysql_pid=$started_pid
  mysql_remembered=$dir/process
  remember_process "$mysql_remembered" "$mysql_pid"
  mysql_wait_until_it_answers "$dir"
  # The public key: MySQL's default way to sign in without TLS needs it, and on loopback nobody can exchange it.
  mysql_connection="Server=127.0.0.1;Port=$mysql_port;User ID=$user;Password=$password;SslMode=None"
  mysql_connection+=";AllowPublicKeyRetrieval=true"
  [[ $schemas == *[%\\]* ]] || mysql_connection+=";Database=$schemas"
}

# It answers when it has sent the first byte of its greeting: it does so only after the init file was carried out. The
# pid file says that it is this server, and not another one that got the port.
mysql_wait_until_it_answers() {
  local dir=$1 until=$((SECONDS + 60))
  until [[ -s $dir/mysqld.pid ]] && mysql_greets; do
    kill -0 "$mysql_pid" 2>/dev/null || fail "MySQL ended while starting: $(mysql_essential_line "$dir/error.log")"
    ((SECONDS < until)) || fail "MySQL does not answer after 60 s: $(mysql_essential_line "$dir/error.log")"
    sleep 0.1
  done
}

mysql_greets() {
  (exec 3<>"/dev/tcp/127.0.0.1/$mysql_port" && read -r -N 1 -t 5 <&3) 2>/dev/null
}

mysql_essential_line() {
  local line
  line=$(grep -F '[ERROR]' "$1" 2>/dev/null | tail -n 3 | sed 's/.*\[ERROR\] //' | paste -sd ' ') || true
  [[ -n $line ]] || line=$(tail -n 3 "$1" 2>/dev/null | paste -sd ' ')
  printf '%s (see %s)' "${line:-it said nothing}" "$1"
}

private_mysql_stop() {
  if [[ -n $mysql_pid ]]; then
    stop_processes 35 "$mysql_pid"
    rm -f "$mysql_remembered"
    mysql_pid=''
  fi
  [[ $mysql_socket_dir != /tmp/incidents-mysql.* ]] || rm -rf "$mysql_socket_dir"
}
