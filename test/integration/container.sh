#!/usr/bin/env bash
# Runs a command as Docker would run it in naru's image, without Docker: as the image's user, with no capability, on a root file
# system that cannot be written (this machine's /usr and /etc below the image's /naru), with the secrets at /run/secrets, the
# shared volume at /data, and /tmp and /data/state of its own. Needs root, unshare and setpriv.
#
#   container.sh FOLDER COMMAND…     FOLDER has naru/, data/ and secrets/; the environment is handed on as it is
set -euo pipefail
[ "${1:-}" = --inside ] || exec unshare --mount --propagation private "$0" --inside "$@"
shift; folder=$1; shift
root=$(mktemp -d); mount -t tmpfs tmpfs "$root"
mkdir -p "$root"/{usr,etc,proc,dev,tmp,naru,data,run/secrets}
for link in bin sbin lib lib64; do ln -s "usr/$link" "$root/$link"; done
show() { mount --bind "$1" "$2"; mount -o "remount,bind,$3" "$2"; }
show /usr "$root/usr" ro; show /etc "$root/etc" ro
show "$folder/naru" "$root/naru" ro; show "$folder/secrets" "$root/run/secrets" ro
mount --rbind /dev "$root/dev"; mount --rbind /proc "$root/proc"
mount --bind "$folder/data" "$root/data"; mount -t tmpfs -o mode=1777 tmpfs "$root/data/state"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"; mount -o remount,ro "$root"
exec chroot "$root" setpriv --reuid=65532 --regid=65532 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all -- \
  sh -c 'cd /data && exec "$@"' sh "$@"
