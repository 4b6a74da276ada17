/** docker-compose.yml: the servers, and a service for each of the topology. */
import type { Shape } from '../shapes.ts'

const note = `# Derived by deploy/derive.ts from topology.ts; do not edit. \`npm run generate\` writes it anew.
#
#   deploy/secrets.sh                                          once: certificates and passwords, into deploy/secrets/
#   docker compose up --build                                  the sample; NARU_KO, NARU_EN in .env name other dumps
#   docker compose up --scale article-extractor=4              up to the partitions of what it reads
#   docker compose --profile search --profile registry up      with OpenSearch and a schema registry
#
# docs/deploy.md tells more. No port is published but on the loopback of this machine.
`

const common = `name: naru

x-naru: &naru
  image: \${NARU_IMAGE:-naru:latest}
  build: { context: ., target: naru }
  user: "65532:65532"
  read_only: true
  cap_drop: [ALL]
  security_opt: ["no-new-privileges:true"]
  tmpfs: [/tmp]
  # What is shared, and above it what is a container's own.
  volumes: [data:/data, /data/state]
  networks: [naru]
  restart: unless-stopped
  # In hand is finished and committed, then the group is left.
  stop_grace_period: 60s
  depends_on: &topics-made
    topics: { condition: service_completed_successfully }
  secrets: &kafka-secrets [ca, kafka-naru-password]
  environment: &kafka-environment
    KAFKA_BROKERS: kafka:9093
    KAFKA_SECURITY_PROTOCOL: SASL_SSL
    KAFKA_SASL_USERNAME: naru
    KAFKA_SASL_PASSWORD_FILE: /run/secrets/kafka-naru-password
    KAFKA_CA: /run/secrets/ca
    # Handed on from .env or the shell, where they are set there.
    NARU_KO:
    NARU_EN:
    NARU_CONFIG:
    NARU_NAMESPACE:
    NARU_LOG_LEVEL:

services:
  kafka:
    image: \${KAFKA_IMAGE:-apache/kafka:4.4.0}
    user: "1000:1000"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    tmpfs: [/tmp, "/opt/kafka/logs:uid=1000", "/opt/kafka/config:uid=1000"]
    command: [bash, /etc/naru/kafka-start.sh]
    volumes: [kafka:/var/lib/kafka/data, ./deploy/compose/kafka-start.sh:/etc/naru/kafka-start.sh:ro]
    networks: [naru]
    restart: unless-stopped
    stop_grace_period: 60s
    secrets: [kafka-pem, ca, kafka-admin-password, kafka-naru-password]
    environment: { KAFKA_HEAP_OPTS: -Xmx1g }
    healthcheck:
      test: [CMD, bash, -c, "exec 3<>/dev/tcp/127.0.0.1/9093"]
      interval: 5s
      timeout: 3s
      retries: 30
    deploy:
      resources: { reservations: { cpus: "1", memory: 1536M }, limits: { memory: 3G } }

  # As whoever may: makes the topics, and lets naru do what the topology says.
  topics:
    <<: *naru
    entrypoint: [/usr/bin/tini, --, sh, -ec]
    command: ["node /naru/cli/bootstrap.mjs topics create && node /naru/cli/bootstrap.mjs topics grant --principal User:naru"]
    restart: "no"
    healthcheck: { disable: true }
    depends_on:
      kafka: { condition: service_healthy }
    secrets: [ca, kafka-admin-password]
    environment:
      <<: *kafka-environment
      KAFKA_SASL_USERNAME: admin
      KAFKA_SASL_PASSWORD_FILE: /run/secrets/kafka-admin-password
      KAFKA_REPLICATION: "1"

  redis:
    image: \${REDIS_IMAGE:-redis:7.4-bookworm}
    user: "999:999"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    tmpfs: [/tmp]
    command: >-
      redis-server --port 0 --tls-port 6379 --tls-cert-file /run/secrets/server-certificate --tls-key-file /run/secrets/server-key
      --tls-ca-cert-file /run/secrets/ca --tls-auth-clients no --aclfile /run/secrets/redis-users
      --dir /data --save "" --appendonly yes --appendfsync everysec --maxmemory-policy noeviction
      --hash-max-listpack-value 2048 --hash-max-listpack-entries 512
    volumes: [redis:/data]
    networks: [naru]
    restart: unless-stopped
    secrets: [server-certificate, server-key, ca, redis-users]
    healthcheck:
      test: [CMD, redis-cli, --tls, --cacert, /run/secrets/ca, --user, probe, --pass, probe, --no-auth-warning, ping]
      interval: 5s
      timeout: 3s
      retries: 30
    deploy:
      resources: { reservations: { cpus: "0.25", memory: 256M }, limits: { memory: 4G } }

  opensearch:
    image: \${OPENSEARCH_IMAGE:-opensearchproject/opensearch:3.6.0}
    profiles: [search]
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    environment:
      discovery.type: single-node
      # The image makes certificates of its own; NARU_OPENSEARCH_INSECURE=1 accepts them.
      OPENSEARCH_INITIAL_ADMIN_PASSWORD: \${OPENSEARCH_PASSWORD:-}
      OPENSEARCH_JAVA_OPTS: -Xms1g -Xmx1g
      plugins.ml_commons.only_run_on_ml_node: "false"
      plugins.ml_commons.allow_registering_model_via_local_file: "true"
    ports: ["127.0.0.1:9200:9200"]
    volumes: [opensearch:/usr/share/opensearch/data]
    networks: [naru]
    restart: unless-stopped
    healthcheck:
      test: [CMD, bash, -c, "exec 3<>/dev/tcp/127.0.0.1/9200"]
      interval: 10s
      timeout: 5s
      retries: 30
    deploy:
      resources: { reservations: { cpus: "1", memory: 2G }, limits: { memory: 4G } }

  registry:
    image: \${REGISTRY_IMAGE:-apicurio/apicurio-registry:3.3.3}
    profiles: [registry]
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    tmpfs: [/tmp]
    ports: ["127.0.0.1:8081:8080"]
    networks: [naru]
    restart: unless-stopped
    healthcheck:
      test: [CMD, bash, -c, "exec 3<>/dev/tcp/127.0.0.1/8080"]
      interval: 10s
      timeout: 5s
      retries: 30
    deploy:
      resources: { reservations: { cpus: "0.25", memory: 512M }, limits: { memory: 1G } }
`

const ending = `
networks:
  naru:

volumes:
  data:
  kafka:
  redis:
  opensearch:

secrets:
${secret('ca', 'ca.pem')}
${secret('kafka-pem', 'kafka.pem')}
${secret('server-certificate', 'server.pem')}
${secret('server-key', 'server.key')}
${secret('kafka-admin-password')}
${secret('kafka-naru-password')}
${secret('redis-users')}
${secret('redis-naru-password')}
`

function secret(name: string, file = name): string {
  return `  ${name}: { file: ./deploy/secrets/${file} }`
}

export function composeFile(shapes: readonly Shape[]): string {
  return [note, common, shapes.map(serviceBlock).join('\n'), ending].join('\n')
}

function serviceBlock({ id, replicasAtMost, usesRedis, usesGpu, size }: Shape): string {
  const { cpu, memoryMi } = size
  const redis = `
    depends_on:
      <<: *topics-made
      redis: { condition: service_healthy }
    secrets: [ca, kafka-naru-password, redis-naru-password]
    environment:
      <<: *kafka-environment
      REDIS_URL: rediss://redis:6379
      REDIS_USERNAME: naru
      REDIS_PASSWORD_FILE: /run/secrets/redis-naru-password
      REDIS_CA: /run/secrets/ca`
  const gpu = '\n    # With a card: target naru-gpu, and devices under deploy.resources.reservations (docs/deploy.md).'
  return `  # ${replicasAtMost === 1 ? 'One at work; a second would wait to take over.' : `Up to ${replicasAtMost} at work.`}
  ${id}:
    <<: *naru
    command: [service, ${id}]${usesRedis ? redis : ''}${usesGpu ? gpu : ''}
    deploy:
      resources: { reservations: { cpus: "${cpu}", memory: ${memoryMi}M }, limits: { memory: ${2 * memoryMi}M } }
`
}
