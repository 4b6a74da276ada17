/** What the Helm chart is told of the topology, and which values it takes for services. */
import { stringify } from 'yaml'
import { marksAtMost, type Shape } from '../shapes.ts'

/** deploy/helm/naru/topology.yaml, which the templates read. */
export function helmTopology(shapes: readonly Shape[]): string {
  const services = shapes.map(
    ({ id, reads, replicasAtMost, startsOnInput, usesRedis, usesGpu, size: { cpu, memoryMi } }) => ({
      id,
      reads,
      alone: replicasAtMost === 1,
      minReplicas: startsOnInput ? 0 : 1,
      maxReplicas: replicasAtMost,
      marks: marksAtMost(reads),
      redis: usesRedis,
      gpu: usesGpu,
      cpu: String(cpu),
      memoryMi,
    }),
  )
  return `# Derived by deploy/derive.ts from topology.ts; do not edit. \`npm run generate\` writes it anew.\n${stringify({ services })}`
}

/** deploy/helm/naru/values.schema.json: Helm refuses a service that is not there, and an override that it would not heed. */
export function helmSchema(shapes: readonly Shape[]): string {
  const strings = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
  const override = (replicasAtMost: number) => ({
    type: 'object',
    additionalProperties: false,
    properties: {
      replicas: { type: 'integer', minimum: 0 },
      minReplicas: { type: 'integer', minimum: 0 },
      // More than can be at work would only wait.
      maxReplicas: { type: 'integer', minimum: 1, maximum: replicasAtMost },
      lagThreshold: { type: 'integer', minimum: 1 },
      resources: { type: 'object' },
      nodeSelector: strings,
      tolerations: { type: 'array' },
      env: strings,
      kafkaSecret: { type: 'string' },
    },
  })
  const schema = {
    $comment: 'Derived by deploy/derive.ts from topology.ts; do not edit.',
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      kafka: {
        type: 'object',
        properties: {
          protocol: { enum: ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] },
          mechanism: { enum: ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'] },
          replication: { type: 'integer', minimum: 1 },
        },
      },
      services: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(shapes.map(({ id, replicasAtMost }) => [id, override(replicasAtMost)])),
      },
    },
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}
