#!/usr/bin/env bash
# Makes what docker-compose.yml needs to keep to itself, in deploy/secrets/ (or DIR): an authority and a certificate for the
# servers, and passwords. What is there already stays; remove the folder, and the volumes, to begin anew. Needs openssl.
#
#   secrets.sh [DIR]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); dir=${1:-$here/secrets}
"$here/servers/certificates.sh" "$dir" kafka redis opensearch
word() { [ -e "$dir/$1" ] || openssl rand -hex 24 | tr -d '\n' > "$dir/$1"; }
umask 077
word kafka-admin-password; word kafka-naru-password; word redis-naru-password
if [ ! -e "$dir/redis-users" ]; then
  sed "s/{password}/$(< "$dir/redis-naru-password")/" "$here/servers/redis-users.acl" > "$dir/redis-users"
  echo 'user probe on >probe resetchannels -@all +ping' >> "$dir/redis-users"
fi
# Compose mounts each file as it is, and the containers run as users of their own; nobody else enters the folder.
chmod 700 "$dir"; chmod 644 "$dir"/*; chmod 600 "$dir/ca.key"
echo "secrets are in $dir"
