#!/usr/bin/env bash
# kafka-producer-perf-test and kafka-consumer-perf-test of Apache Kafka, from Maven Central.
#
#   perf-tools.sh install              fetch the jars (once)
#   perf-tools.sh producer ARG ...     org.apache.kafka.tools.ProducerPerformance
#   perf-tools.sh consumer ARG ...     org.apache.kafka.tools.ConsumerPerformance
#
# Environment: KAFKA_VERSION (4.4.0), NARU_CACHE (${XDG_CACHE_HOME:-$HOME/.cache}/naru).
set -euo pipefail
version=${KAFKA_VERSION:-4.4.0}
home=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}/kafka-tools-$version
run() { exec java -Xmx256m -cp "$home/lib/*" "org.apache.kafka.tools.$1" "${@:2}"; }

case ${1:-} in
  install)
    [ -e "$home/lib/.complete" ] && exit 0
    part=$home.$$; mkdir -p "$part/lib"
    cat > "$part/pom.xml" <<P
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>naru</groupId><artifactId>kafka-tools</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
 <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>$version</version></dependency>
 <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
</dependencies></project>
P
    mvn -q -B -f "$part/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
      -DincludeScope=runtime -DoutputDirectory="$part/lib" < /dev/null
    touch "$part/lib/.complete"
    if [ -e "$home" ]; then rm -rf "$part"; else mv "$part" "$home"; fi ;;
  producer) shift; run ProducerPerformance "$@" ;;
  consumer) shift; run ConsumerPerformance "$@" ;;
  *) echo "usage: perf-tools.sh install | producer ARG ... | consumer ARG ..." >&2; exit 1 ;;
esac
