#!/usr/bin/env bash
# A real schema registry without containers: Apicurio, which speaks Confluent's API at /apis/ccompat/v7; in memory, loopback only.
# naru needs none (docs/decisions/0003): this is for who wants the compatibility check of one, or reads topics by one.
#
#   registry.sh install              fetch it from Maven Central (once, 142 MB; start does it if needed)
#   registry.sh installed            whether it is there already: exit code 0 or 1
#   registry.sh start DIR PORT       start with its log in DIR; returns when it answers
#   registry.sh stop DIR             stop by the pid recorded in DIR
#
# Environment: REGISTRY_HEAP (384m), NARU_CACHE (${XDG_CACHE_HOME:-$HOME/.cache}/naru). Needs java 17 or newer and curl; install mvn.
set -euo pipefail
version=2.6.13.Final
cache=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}
home=$cache/apicurio-$version

fail() { echo "registry.sh: $*" >&2; exit 1; }

install_home() {
  [ -e "$home" ] && return
  command -v mvn > /dev/null || fail "mvn is needed to fetch Apicurio"
  local part=$home.$$; mkdir -p "$part"; trap 'rm -rf "$part"' EXIT
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    "-Dartifact=io.apicurio:apicurio-registry-app:$version:tar.gz:all" "-DoutputDirectory=$part" -Dmdep.useBaseVersion=true < /dev/null
  tar -xzf "$part/apicurio-registry-app-$version-all.tar.gz" -C "$part"; rm "$part/apicurio-registry-app-$version-all.tar.gz"
  if [ ! -e "$home" ]; then mv "$part" "$home"; fi # another process may have been first
  rm -rf "$part"; trap - EXIT
}

launch() { # DIR PORT
  local dir=$1 port=$2 pid
  (cd "$home" && exec nohup java "-Xmx${REGISTRY_HEAP:-384m}" -XX:+UseSerialGC -Dquarkus.http.host=127.0.0.1 "-Dquarkus.http.port=$port" \
    "-Dnaru.folder=$dir" -jar "apicurio-registry-app-$version-runner.jar") > "$dir/registry.log" 2>&1 < /dev/null &
  pid=$!; echo "$pid" > "$dir/pid"
  for _ in $(seq 1 450); do
    kill -0 "$pid" 2>/dev/null || { tail -20 "$dir/registry.log" >&2; fail "the registry ended while starting"; }
    if curl -sf -m 5 -o /dev/null "http://127.0.0.1:$port/apis/ccompat/v7/subjects"; then return; fi
    sleep 0.2
  done
  kill -9 "$pid"; fail "the registry did not answer within 90 s, see $dir/registry.log"
}

halt() { # DIR
  local dir=$1 pid; [ -e "$dir/pid" ] || return 0; pid=$(cat "$dir/pid")
  # The number may belong to another process by now: only a registry of this folder is stopped.
  if ps -o args= -p "$pid" 2>/dev/null | grep -qF "naru.folder=$dir "; then
    kill -TERM "$pid"
    for _ in $(seq 1 150); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    if kill -0 "$pid" 2>/dev/null; then kill -9 "$pid"; fi
  fi
  rm -f "$dir/pid"
}

command -v java > /dev/null || fail "java is needed"
case ${1:-} in
  install) install_home ;;
  installed) [ -e "$home" ] ;;
  start)
    [ $# = 3 ] || fail "usage: registry.sh start DIR PORT"
    command -v curl > /dev/null || fail "curl is needed"
    mkdir -p "$2"; dir=$(cd "$2" && pwd)
    install_home; launch "$dir" "$3"
    echo "Apicurio $version on 127.0.0.1:$3, pid $(cat "$dir/pid"), log in $dir" ;;
  stop) [ $# = 2 ] || fail "usage: registry.sh stop DIR"; if [ -d "$2" ]; then halt "$(cd "$2" && pwd)"; fi ;;
  *) fail "usage: registry.sh install | installed | start DIR PORT | stop DIR" ;;
esac
