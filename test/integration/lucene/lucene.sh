#!/usr/bin/env bash
# Lucene's own parser of synonym files, with jars from Maven Central. For tests; the jars for a bench as well.
#
#   lucene.sh install                 fetch the jars (once; run does it if needed)
#   lucene.sh run FILE ANALYSER       see SynonymFile.java; texts on standard input
#   lucene.sh jars                    fetch them, print their class path
#
# Environment: LUCENE_VERSION (9.12.3, that of OpenSearch 2.19), NARU_CACHE (${XDG_CACHE_HOME:-$HOME/.cache}/naru). Needs a JDK of
# Java 11 or newer; install also mvn.
set -euo pipefail

version=${LUCENE_VERSION:-9.12.3}
cache=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}
home=$cache/lucene-$version

fail() { echo "lucene.sh: $*" >&2; exit 1; }

install_jars() {
  [ -e "$home/.complete" ] && return
  command -v mvn > /dev/null || fail "mvn is needed to fetch Lucene's jars"
  local part=$home.$$; mkdir -p "$part"
  cat > "$part/pom.xml" <<P
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>naru</groupId><artifactId>lucene</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
 <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-analysis-common</artifactId><version>$version</version></dependency>
 <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-analysis-nori</artifactId><version>$version</version></dependency>
</dependencies></project>
P
  mvn -q -B -f "$part/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$part" < /dev/null
  touch "$part/.complete"
  if [ -e "$home" ]; then rm -rf "$part"; else mv "$part" "$home"; fi # another process may have been first
}

command -v javac > /dev/null || fail "a JDK is needed"
case ${1:-} in
  install) install_jars ;;
  jars) install_jars; echo "$home/*" ;;
  run)
    [ $# = 3 ] || fail "usage: lucene.sh run FILE ANALYSER"
    install_jars
    exec java -XX:TieredStopAtLevel=1 -cp "$home/*" "$(dirname "$0")/SynonymFile.java" "$2" "$3" ;;
  *) fail "usage: lucene.sh install | jars | run FILE ANALYSER" ;;
esac
