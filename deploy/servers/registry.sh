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
. "$(dirname "${BASH_SOURCE[0]}")/process.sh"

version=2.6.13.Final
cache=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}
home=$cache/apicurio-$version

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

answers() { curl -sf -m 5 -o /dev/null "http://127.0.0.1:$1/apis/ccompat/v7/subjects"; } # PORT

launch() { # DIR PORT
  (cd "$home" && begin "$1" registry.log java "-Xmx${REGISTRY_HEAP:-384m}" -XX:+UseSerialGC -Dquarkus.http.host=127.0.0.1 \
    "-Dquarkus.http.port=$2" "-Dnaru.folder=$1" -jar "apicurio-registry-app-$version-runner.jar")
  await_ready "$1" registry.log 90 answers "$2"
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
  stop) [ $# = 2 ] || fail "usage: registry.sh stop DIR"; if [ -d "$2" ]; then dir=$(cd "$2" && pwd); halt "$dir" "naru.folder=$dir"; fi ;;
  *) fail "usage: registry.sh install | installed | start DIR PORT | stop DIR" ;;
esac
