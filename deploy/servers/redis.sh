#!/usr/bin/env bash
# A real Redis without containers, loopback only, as the dedup store wants it: append-only file, nothing evicted, and hashes of
# evidence kept as dense listpacks (by default a value of more than 64 bytes makes a hash table of them, twice as large).
#
#   redis.sh start DIR PORT      start with its data in DIR; returns when it answers
#   redis.sh stop DIR            stop by the pid recorded in DIR
#
# Environment: REDIS_SERVER (redis-server). Debian and Ubuntu: apt-get install redis-server. REDIS_CERTIFICATES (a folder of
# certificates.sh) makes it speak TLS only, REDIS_USERS (a file of ACL lines, users.acl) lets in only these.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/process.sh"
bin=${REDIS_SERVER:-redis-server}

answers() { # PORT: a PING over bash's own socket, so that redis-cli is not needed
  (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'PING\r\n' >&3 && read -r -t 1 reply <&3 && [ "${reply%$'\r'}" = +PONG ]) 2>/dev/null
}

ready() { # PORT DIR: over TLS, or to strangers, it does not answer a plain PING
  if [ -z "${REDIS_CERTIFICATES:-}${REDIS_USERS:-}" ]; then answers "$1"; else grep -q 'Ready to accept connections' "$2/redis.log"; fi
}

case ${1:-} in
  start)
    [ $# = 3 ] || fail "usage: redis.sh start DIR PORT"
    command -v "$bin" > /dev/null || fail "$bin is needed"
    mkdir -p "$2"; dir=$(cd "$2" && pwd)
    listen=(--port "$3")
    if [ -n "${REDIS_CERTIFICATES:-}" ]; then
      listen=(--port 0 --tls-port "$3" --tls-cert-file "$REDIS_CERTIFICATES/server.pem" --tls-key-file "$REDIS_CERTIFICATES/server.key"
        --tls-ca-cert-file "$REDIS_CERTIFICATES/ca.pem" --tls-auth-clients no)
    fi
    [ -z "${REDIS_USERS:-}" ] || listen+=(--aclfile "$REDIS_USERS")
    begin "$dir" redis.log "$bin" --bind 127.0.0.1 "${listen[@]}" --dir "$dir" --save "" --appendonly yes --appendfsync everysec \
      --maxmemory-policy noeviction --hash-max-listpack-value 2048 --hash-max-listpack-entries 512 --daemonize no
    await_ready "$dir" redis.log 10 ready "$3" "$dir"
    echo "Redis on 127.0.0.1:$3, pid $(cat "$dir/pid"), data in $dir" ;;
  stop) [ $# = 2 ] || fail "usage: redis.sh stop DIR"; halt "$2" redis ;;
  *) fail "usage: redis.sh start DIR PORT | stop DIR" ;;
esac
