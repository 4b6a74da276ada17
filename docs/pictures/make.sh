#!/usr/bin/env bash
# Takes the README's picture of a report: docs/pictures/make.sh [report.html]. Needs chromium and a Korean font (apt: chromium fonts-noto-cjk).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
report=$(realpath "${1:-$here/../../dataset/report.html}")
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
# Only the queries: the page's other parts are hidden in a copy.
sed 's|</head>|<style>header, section:not(#queries) { display: none !important }</style></head>|' "$report" > "$profile/queries.html"
root=(); [ "$(id -u)" = 0 ] && root=(--no-sandbox)
chromium --headless "${root[@]}" --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
  --window-size=1160,840 --screenshot="$here/queries.png" "file://$profile/queries.html" 2> /dev/null
