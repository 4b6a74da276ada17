#!/usr/bin/env bash
# For kafka.sh, registry.sh, redis.sh and opensearch.sh to source: a server in the background, known by the pid in its folder. Each writes to
# DIR/LOG, and nothing but the process itself says whether it lives: a pid may belong to another program by the time it is read.

fail() { echo "${0##*/}: $*" >&2; exit 1; }

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2> /dev/null; } # PORT

begin() { # DIR LOG COMMAND...: starts it and writes DIR/pid
  local dir=$1 log=$2; shift 2
  nohup "$@" > "$dir/$log" 2>&1 < /dev/null &
  echo $! > "$dir/pid"
}

await_ready() { # DIR LOG SECONDS READY...: returns when the command READY succeeds; fails when the server ends before, or is late
  local dir=$1 log=$2 seconds=$3 pid; shift 3; pid=$(cat "$dir/pid")
  local deadline=$((SECONDS + seconds))
  while [ $SECONDS -lt "$deadline" ]; do
    kill -0 "$pid" 2> /dev/null || { tail -20 "$dir/$log" >&2; fail "the server ended while starting"; }
    if "$@"; then return; fi
    sleep 0.05
  done
  kill -9 "$pid"; fail "the server was not ready within $seconds s, see $dir/$log"
}

is_running() { # DIR WORDS: whether the process of DIR/pid lives and has WORDS in its command line
  [ -e "$1/pid" ] && ps -o comm= -o args= -p "$(cat "$1/pid")" 2> /dev/null | grep -qF -- "$2"
}

halt() { # DIR WORDS: asks it to end, ends it after 30 s
  local dir=$1 pid; [ -e "$dir/pid" ] || return 0; pid=$(cat "$dir/pid")
  if is_running "$dir" "$2"; then
    kill -TERM "$pid"
    for _ in $(seq 1 300); do kill -0 "$pid" 2> /dev/null || break; sleep 0.1; done
    if kill -0 "$pid" 2> /dev/null; then kill -9 "$pid"; fi
  fi
  rm -f "$dir/pid"
}
