#!/usr/bin/env bash
# Exported encoders on libtorch and onnxruntime as OpenSearch runs them: by DJL, with jars from Maven Central. Neither Python nor a server.
#
#   djl.sh install [PYTORCH]              fetch the jars once: 2.5.1 (OpenSearch 3.x, the default) or 1.13.1 (2.x), linux x86_64
#   djl.sh home [PYTORCH]                 print the folder of the jars; exit code 1 where they are not there
#   djl.sh run PYTORCH ENGINE FILE        see RunEncoder.java; ENGINE is PyTorch or OnnxRuntime (with 2.5.1)
#
# Environment: NARU_CACHE (${XDG_CACHE_HOME:-$HOME/.cache}/naru). Needs a JDK of Java 11 or newer; install also mvn.
set -euo pipefail

fail() { echo "djl.sh: $*" >&2; exit 1; }

command=${1:-}; pytorch=${2:-2.5.1}
cache=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}
home=$cache/djl-$pytorch
# The JNI of each was published for one DJL. 1.16.3 is the onnxruntime of ml-commons 3.6.
case $pytorch in
  2.5.1) djl=0.32.0; onnxruntime=1.16.3 ;;
  1.13.1) djl=0.22.0; onnxruntime= ;;
  *) fail "PYTORCH is 2.5.1 or 1.13.1, not $pytorch" ;;
esac

install_jars() {
  [ -e "$home/.complete" ] && return
  command -v mvn > /dev/null || fail "mvn is needed to fetch DJL's jars"
  local part=$home.$$; mkdir -p "$part"
  dependency() { # group artifact version [classifier]
    echo " <dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version>${4:+<classifier>$4</classifier>}</dependency>"
  }
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>naru</groupId><artifactId>djl</artifactId><version>1</version><packaging>pom</packaging><dependencies>'
    dependency ai.djl.pytorch pytorch-engine "$djl"
    dependency ai.djl.pytorch pytorch-jni "$pytorch-$djl"
    dependency ai.djl.pytorch pytorch-native-cpu "$pytorch" linux-x86_64
    if [ -n "$onnxruntime" ]; then
      dependency com.microsoft.onnxruntime onnxruntime "$onnxruntime"
      dependency ai.djl.onnxruntime onnxruntime-engine "$djl"
    fi
    echo '</dependencies></project>'
  } > "$part/pom.xml"
  mvn -q -B -f "$part/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$part" < /dev/null >&2
  touch "$part/.complete"
  if [ -e "$home" ]; then rm -rf "$part"; else mv "$part" "$home"; fi # another process may have been first
}

case $command in
  install) install_jars ;;
  home) [ -e "$home/.complete" ] || exit 1; echo "$home" ;;
  run)
    [ $# = 4 ] || fail "usage: djl.sh run PYTORCH ENGINE FILE"
    [ -e "$home/.complete" ] || fail "DJL's jars are not there: djl.sh install $pytorch"
    export DJL_CACHE_DIR=$home/natives OPT_OUT_TRACKING=true
    exec java -XX:TieredStopAtLevel=1 -Dai.djl.offline=true -cp "$home/*" "$(dirname "$0")/RunEncoder.java" "$3" "$4" ;;
  *) fail "usage: djl.sh install [PYTORCH] | home [PYTORCH] | run PYTORCH ENGINE FILE" ;;
esac
