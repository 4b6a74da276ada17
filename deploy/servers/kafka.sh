#!/usr/bin/env bash
# A real Kafka broker without containers: one JVM, KRaft, loopback only, jars from Maven Central. For tests, benchmarks
# and people without Docker; not for production (one broker, replication factor 1).
#
#   kafka.sh install                               fetch the jars and prepare a fast start (once; start does it if needed)
#   kafka.sh start DIR PORT CONTROLLER_PORT        start with its data in DIR; returns when the port is open
#   kafka.sh stop DIR                              stop by the pid recorded in DIR
#   kafka.sh home                                  where the jars are
#
# Environment: KAFKA_VERSION (4.4.0; 3.9.2 is tried as well), KAFKA_HEAP (512m), KAFKA_PROPERTIES (further lines of
# server.properties), NARU_CACHE (${XDG_CACHE_HOME:-$HOME/.cache}/naru). Needs java 17 or newer; install also mvn.
# KAFKA_USERS (such as "admin:secret,naru:other") lets in only these, by SCRAM-SHA-512 over TLS with the certificates in
# KAFKA_CERTIFICATES (a folder of certificates.sh); the first may do everything, the others what ACLs allow.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/process.sh"

version=${KAFKA_VERSION:-4.4.0}
cache=${NARU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/naru}
home=$cache/kafka-$version
users=${KAFKA_USERS:-} certificates=${KAFKA_CERTIFICATES:-} protocol=PLAINTEXT
[ -z "$users" ] || protocol=SASL_SSL
# C1 only and class-data sharing bring the start from about 10 s to about 3 s.
jvm=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Djava.awt.headless=true
  -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.showDateTime=true)

free_port() { local p; while p=$((20000 + RANDOM)); is_open "$p"; do :; done; echo "$p"; }

properties() { # DIR PORT CONTROLLER_PORT
  cat <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$3
listeners=$protocol://127.0.0.1:$2,CONTROLLER://127.0.0.1:$3
advertised.listeners=$protocol://127.0.0.1:$2
controller.listener.names=CONTROLLER
listener.security.protocol.map=$protocol:$protocol,CONTROLLER:PLAINTEXT
inter.broker.listener.name=$protocol
log.dirs=$1/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.retention.minutes=40320
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=16777216
${KAFKA_PROPERTIES:-}
P
  [ -z "$users" ] || secured_properties
}

secured_properties() {
  # Nobody is anonymous but the broker itself, to the controller in the same process.
  cat <<P
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="${users%%:*}" password="$(first_password)";
ssl.keystore.type=PEM
ssl.keystore.location=$certificates/kafka.pem
ssl.truststore.type=PEM
ssl.truststore.location=$certificates/ca.pem
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:${users%%:*};User:ANONYMOUS
P
}
first_password() { local first=${users%%,*}; echo "${first#*:}"; }

format() { # DIR
  local dir=$1 user; local scram=()
  if [ -z "$users" ] && [ -e "$home/formatted/meta.properties" ]; then
    mkdir -p "$dir/data"; cp -R "$home/formatted/." "$dir/data/"; return
  fi
  for user in ${users//,/ }; do scram+=(--add-scram "SCRAM-SHA-512=[name=${user%%:*},password=${user#*:}]"); done
  java -Xmx256m "${jvm[@]}" -cp "$home/lib/*" kafka.tools.StorageTool format -t bmFydS1sb29wYmFjay0wMQ \
    -c "$dir/server.properties" ${scram[@]+"${scram[@]}"} > "$dir/format.log" 2>&1 ||
    { cat "$dir/format.log" >&2; fail "formatting failed"; }
  [ -z "$users" ] || return 0
  cp -R "$dir/data" "$home/formatted.$$"
  if [ -e "$home/formatted" ]; then rm -rf "$home/formatted.$$"; else mv "$home/formatted.$$" "$home/formatted"; fi
}

launch() { # DIR PORT CONTROLLER_PORT [JVM option ...]
  local dir=$1 port=$2; (umask 077; properties "$1" "$2" "$3" > "$dir/server.properties"); shift 3
  local heap=${KAFKA_HEAP:-512m}
  [ -e "$dir/data/meta.properties" ] || format "$dir"
  begin "$dir" kafka.log java "-Xms$heap" "-Xmx$heap" "${jvm[@]}" "$@" -cp "$home/lib/*" kafka.Kafka "$dir/server.properties"
  await_ready "$dir" kafka.log 90 is_open "$port"
}

install_jars() {
  [ -e "$home/lib/.complete" ] && return
  command -v mvn > /dev/null || fail "mvn is needed to fetch Kafka's jars"
  local part=$home.$$; mkdir -p "$part/lib"
  cat > "$part/pom.xml" <<P
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>naru</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
 <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
 <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
</dependencies></project>
P
  mvn -q -B -f "$part/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$part/lib" < /dev/null
  touch "$part/lib/.complete"
  if [ -e "$home" ]; then rm -rf "$part"; else mv "$part" "$home"; fi # another process may have been first
}

# One start and stop leaves a formatted folder and a class-data archive, which every later start uses.
prepare_start() {
  [ -e "$home/classes.jsa" ] && return
  local dir part=$home/classes.$$.jsa; dir=$(mktemp -d)
  launch "$dir" "$(free_port)" "$(free_port)" "-XX:ArchiveClassesAtExit=$part"
  halt "$dir" "$dir/server.properties"; rm -rf "$dir"
  if [ -e "$part" ]; then mv "$part" "$home/classes.jsa"; fi
}

command -v java > /dev/null || fail "java is needed"
case ${1:-} in
  install) install_jars; prepare_start ;;
  home) echo "$home" ;;
  start)
    [ $# = 4 ] || fail "usage: kafka.sh start DIR PORT CONTROLLER_PORT"
    mkdir -p "$2"; dir=$(cd "$2" && pwd)
    install_jars
    archive=(); [ -e "$home/classes.jsa" ] && archive=("-XX:SharedArchiveFile=$home/classes.jsa")
    launch "$dir" "$3" "$4" ${archive[@]+"${archive[@]}"}
    echo "Kafka $version on 127.0.0.1:$3, pid $(cat "$dir/pid"), data in $dir" ;;
  stop) [ $# = 2 ] || fail "usage: kafka.sh stop DIR"; [ ! -d "$2" ] || { dir=$(cd "$2" && pwd); halt "$dir" "$dir/server.properties"; } ;;
  *) fail "usage: kafka.sh install | home | start DIR PORT CONTROLLER_PORT | stop DIR" ;;
esac
