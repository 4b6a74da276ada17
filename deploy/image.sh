#!/usr/bin/env bash
# What the Dockerfile's build stage does, as a script of its own, so that tests do the same without an engine.
#
#   image.sh dependencies     install what package-lock.json says, in the working folder
#   image.sh build DEST       compile there, and lay out in DEST what the image holds: what `npm pack` packs, and the
#                             dependencies that are not for development
set -euo pipefail
fail() { echo "image.sh: $*" >&2; exit 1; }

case ${1:-} in
  dependencies) npm ci --no-audit --no-fund ;;
  build)
    [ $# = 2 ] || fail "usage: image.sh build DEST"
    node cli/prepare.mjs
    mkdir -p "$2"
    tarball=$(npm pack --ignore-scripts --silent)
    tar -xzf "$tarball" -C "$2" --strip-components 1; rm "$tarball"
    npm prune --omit=dev --ignore-scripts --no-audit --no-fund
    mv node_modules "$2/" ;;
  *) fail "usage: image.sh dependencies | build DEST" ;;
esac
