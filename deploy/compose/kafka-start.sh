#!/usr/bin/env bash
# Starts the one broker of docker-compose.yml: TLS and SCRAM for everybody, the users admin (who may do everything) and naru
# (who may do what `naru topics grant` gave). Passwords and certificates are the secrets that deploy/secrets.sh made.
set -euo pipefail
bin=${KAFKA_BIN:-/opt/kafka/bin} secrets=${NARU_SECRETS:-/run/secrets} data=${KAFKA_DATA:-/var/lib/kafka/data}
host=${KAFKA_HOST:-kafka} address=${KAFKA_ADDRESS:-0.0.0.0} port=${KAFKA_PORT:-9093} controller=${KAFKA_CONTROLLER_PORT:-9094}
properties=$(mktemp); chmod 600 "$properties"
admin=$(< "$secrets/kafka-admin-password") naru=$(< "$secrets/kafka-naru-password")
cat > "$properties" <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=SASL_SSL://$address:$port,CONTROLLER://127.0.0.1:$controller
advertised.listeners=SASL_SSL://$host:$port
controller.listener.names=CONTROLLER
listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
inter.broker.listener.name=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="$admin";
ssl.keystore.type=PEM
ssl.keystore.location=$secrets/kafka-pem
ssl.truststore.type=PEM
ssl.truststore.location=$secrets/ca
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS
log.dirs=$data/log
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.retention.minutes=40320
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
P
"$bin/kafka-storage.sh" format --ignore-formatted -t bmFydS1jb21wb3NlLTAwMQ -c "$properties" \
  --add-scram "SCRAM-SHA-512=[name=admin,password=$admin]" --add-scram "SCRAM-SHA-512=[name=naru,password=$naru]"
exec "$bin/kafka-server-start.sh" "$properties"
