import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { namesIn } from '../../runtime/kafka/names.ts'
import { serviceIds, specOf, topics } from '../../topology.ts'
import { runTool, skipWithoutTools, toolsFolder } from './tools.ts'

const skip = skipWithoutTools()
const chart = 'deploy/helm/naru'
const folder = mkdtempSync(join(tmpdir(), 'naru-chart-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** The parts of Kubernetes' objects that are looked at here. */
interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly spec: {
    readonly replicas?: number
    readonly minReplicaCount: number
    readonly maxReplicaCount: number
    readonly triggers: readonly { readonly type: string; readonly metadata: Readonly<Record<string, string>> }[]
    readonly template: { readonly spec: PodSpec }
  }
}
interface PodSpec {
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly tolerations?: readonly unknown[]
  readonly terminationGracePeriodSeconds: number
  readonly automountServiceAccountToken: boolean
  readonly securityContext: { readonly runAsNonRoot: boolean; readonly runAsUser: number }
  readonly containers: readonly {
    readonly args: readonly string[]
    readonly securityContext: object
    readonly resources: { readonly requests: Readonly<Record<string, string>>; readonly limits: object }
    readonly livenessProbe: { readonly httpGet: { readonly path: string } }
    readonly readinessProbe: { readonly httpGet: { readonly path: string } }
    readonly env: readonly { readonly name: string; readonly value?: string }[]
  }[]
}

function rendered(...settings: readonly string[]): Manifest[] {
  const { status, stdout, stderr } = runTool('helm', 'template', 'test', chart, ...settings)
  assert.equal(status, 0, stderr)
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest)
}

function ofKind(manifests: readonly Manifest[], kind: string): Map<string, Manifest> {
  const found = manifests.filter((manifest) => manifest?.kind === kind)
  return new Map(found.map((manifest) => [manifest.metadata.labels?.['app.kubernetes.io/component'] ?? '', manifest]))
}

const variants: Readonly<Record<string, readonly string[]>> = {
  'as it comes': [],
  'with a GPU, settings and an existing volume': [
    '--set=gpu.enabled=true,gpu.image=registry.example/naru-gpu:1,storage.existingClaim=mine',
    '--set=config.trainer.seed=3,input.ko=/data/ko,input.en=/data/en,env.NARU_LOG_LEVEL=debug',
  ],
  'in the clear, without KEDA': [
    '--set=kafka.protocol=PLAINTEXT,kafka.hasAuthority=false,redis.secret=,redis.hasAuthority=false,keda.enabled=false',
  ],
}

test('the chart is sound by helm lint, strictly', { skip }, () => {
  const { status, stdout } = runTool('helm', 'lint', '--strict', chart)
  assert.equal(status, 0, stdout)
})

test("every object is valid by Kubernetes' and KEDA's own schemas, however the values are set", { skip }, () => {
  const files = Object.entries(variants).map(([name, settings], index) => {
    const { status, stdout, stderr } = runTool('helm', 'template', 'test', chart, ...settings)
    assert.equal(status, 0, `${name}: ${stderr}`)
    const file = join(folder, `${index}.yaml`)
    writeFileSync(file, stdout)
    return file
  })
  const crds = join(toolsFolder(), 'crds')
  const { status, stdout, stderr } = runTool('kubectl-validate', '--local-crds', crds, ...files)
  assert.equal(status, 0, stdout + stderr)
  // That it would notice: a field that ScaledObjects do not have, and one that Deployments do not have.
  const broken = join(folder, 'broken.yaml')
  const text = readFileSync(files[0]!, 'utf8')
  for (const [field, wrong] of [
    ['pollingInterval:', 'pollingIntervals:'],
    ['revisionHistoryLimit:', 'revisionHistory:'],
  ] as const) {
    writeFileSync(broken, text.replaceAll(field, wrong))
    assert.notEqual(runTool('kubectl-validate', '--local-crds', crds, broken).status, 0, `${wrong} was let through`)
  }
})

test('every service is deployed: as nobody, on a file system that it cannot write, with probes and requests', {
  skip,
}, () => {
  const deployments = ofKind(rendered(), 'Deployment')
  assert.deepEqual([...deployments.keys()].sort(), [...serviceIds].sort())
  for (const [id, { spec }] of deployments) {
    const pod = spec.template.spec
    const container = pod.containers[0]!
    assert.deepEqual(container.args, ['service', id])
    assert.deepEqual([pod.securityContext.runAsNonRoot, pod.securityContext.runAsUser], [true, 65532])
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    assert.equal(container.livenessProbe.httpGet.path, '/health/live')
    assert.equal(container.readinessProbe.httpGet.path, '/health/ready')
    assert.ok(container.resources.requests.cpu && container.resources.requests.memory)
    assert.equal(pod.automountServiceAccountToken, false)
    assert.ok(pod.terminationGracePeriodSeconds >= 30)
  }
})

test('no password is in what the chart makes: a file that a secret mounts has it', { skip }, () => {
  for (const { spec } of ofKind(rendered(), 'Deployment').values()) {
    const { env } = spec.template.spec.containers[0]!
    assert.ok(env.some(({ name, value }) => name === 'KAFKA_SASL_PASSWORD_FILE' && value?.startsWith('/etc/naru/')))
    assert.equal(
      env.find(({ name, value }) => /PASSWORD$/.test(name) && value !== undefined),
      undefined,
    )
  }
})

test('what reads topics is scaled by its lag on each of them, up to as many as can be at work', { skip }, () => {
  const scaled = ofKind(rendered(), 'ScaledObject')
  const readers = serviceIds.filter((id) => specOf(id).reads.length > 0)
  assert.deepEqual([...scaled.keys()].sort(), [...readers].sort())
  const names = namesIn('naru')
  for (const id of readers) {
    const { kind, reads } = specOf(id)
    const { spec } = scaled.get(id)!
    assert.deepEqual(
      spec.triggers.map(({ metadata }) => [metadata.topic, metadata.consumerGroup]),
      reads.map((topic) => [names.topic(topic), names.group(id)]),
    )
    const most = kind === 'topic-stream' ? 1 : Math.max(...reads.map((topic) => topics[topic].partitions))
    assert.equal(spec.maxReplicaCount, most)
    assert.ok(spec.minReplicaCount === (id === 'trainer' ? 0 : 1))
  }
})

test("the triggers use only what KEDA's Kafka scaler knows, and only text", { skip }, () => {
  interface Scalers {
    readonly scalers: readonly { readonly type: string; readonly parameters: readonly { readonly name: string }[] }[]
  }
  const { scalers }: Scalers = JSON.parse(readFileSync(join(toolsFolder(), 'scalers-schema.json'), 'utf8'))
  const known = new Set(scalers.find(({ type }) => type === 'kafka')!.parameters.map(({ name }) => name))
  for (const { spec } of ofKind(rendered(), 'ScaledObject').values()) {
    for (const { metadata } of spec.triggers) {
      assert.deepEqual(
        Object.entries(metadata).filter(([name, value]) => !known.has(name) || typeof value !== 'string'),
        [],
      )
    }
  }
})

test('the trainer asks for a card and a node that has one, and nobody else does', { skip }, () => {
  for (const [id, { spec }] of ofKind(rendered('--set=gpu.enabled=true'), 'Deployment')) {
    const { nodeSelector, tolerations, containers } = spec.template.spec
    const asked = 'nvidia.com/gpu' in containers[0]!.resources.limits
    assert.deepEqual([asked, nodeSelector !== undefined, tolerations !== undefined], Array(3).fill(id === 'trainer'))
  }
})

test('a service that is not there, or more copies than can be at work, are refused', { skip }, () => {
  for (const wrong of ['services.article-extracter.lagThreshold=5', 'services.trainer.maxReplicas=2']) {
    const { status, stderr } = runTool('helm', 'template', 'test', chart, `--set=${wrong}`)
    assert.notEqual(status, 0)
    assert.match(stderr, /article-extracter|maxReplicas/)
  }
})
