#!/usr/bin/env bash
# A certificate authority of one's own and one certificate for servers, for TLS without containers and for docker-compose.yml.
# Not for production: there the cluster's own authority signs.
#
#   certificates.sh DIR [NAME ...]     writes ca.pem, ca.key, server.pem, server.key and kafka.pem (key and chain in one file, as
#                                      Kafka reads it) into DIR; the certificate holds for localhost, 127.0.0.1 and each NAME.
#                                      What is there already stays.
#
# Needs openssl.
set -euo pipefail
fail() { echo "certificates.sh: $*" >&2; exit 1; }
[ $# -ge 1 ] || fail "usage: certificates.sh DIR [NAME ...]"
command -v openssl > /dev/null || fail "openssl is needed"
dir=$1; shift
[ -e "$dir/kafka.pem" ] && exit 0
mkdir -p "$dir"; umask 077
names=DNS:localhost,IP:127.0.0.1; for name in "$@"; do names=$names,DNS:$name; done
key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc)
quietly() { "$@" 2> "$dir/openssl.log" || { cat "$dir/openssl.log" >&2; fail "openssl failed"; }; }
quietly openssl req -x509 "${key[@]}" -days 825 -subj "/CN=naru test authority" -keyout "$dir/ca.key" -out "$dir/ca.pem"
quietly openssl req -new "${key[@]}" -subj "/CN=naru server" -keyout "$dir/server.key" -out "$dir/server.csr"
quietly openssl x509 -req -in "$dir/server.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial -days 825 \
  -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$names") -out "$dir/server.pem"
cat "$dir/server.key" "$dir/server.pem" "$dir/ca.pem" > "$dir/kafka.pem"
rm -f "$dir/server.csr" "$dir/ca.srl" "$dir/openssl.log"
