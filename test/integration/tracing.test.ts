/** Traces of a run, as a collector receives them: OTLP by HTTP, decoded here field by field. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fieldsOf } from '../../model/graph/protobuf-reading.ts'
import { contextIn } from '../../runtime/tracing.ts'
import { naru } from '../cli/command-line.ts'

const out = mkdtempSync(join(tmpdir(), 'naru-traces-'))
after(() => rmSync(out, { recursive: true, force: true }))

interface Received {
  readonly trace: string
  readonly id: string
  readonly parent: string
  readonly name: string
}

/** Spans of an ExportTraceServiceRequest. Field numbers: opentelemetry/proto/trace/v1/trace.proto. */
function spansIn(message: Buffer): Received[] {
  const inside = (bytes: Buffer, field: number) =>
    fieldsOf(bytes).flatMap((one) => (one.field === field && one.bytes ? [one.bytes] : []))
  const spans = inside(message, 1).flatMap((resource) => inside(resource, 2).flatMap((scope) => inside(scope, 2)))
  return spans.map((span) => {
    const hex = (field: number) => inside(span, field)[0]?.toString('hex') ?? ''
    return { trace: hex(1), id: hex(2), parent: hex(4), name: inside(span, 5)[0]?.toString() ?? '' }
  })
}

test('an event is a child of what wrote it, from service to service through the topics', async () => {
  const received: Received[] = []
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      assert.equal(request.url, '/v1/traces')
      received.push(...spansIn(Buffer.concat(chunks)))
      response.setHeader('content-type', 'application/x-protobuf').end()
    })
  }).listen(0, '127.0.0.1')
  await once(collector, 'listening')
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  const { code, stderr } = await naru(['extract', '--limit', '20', '--out', out, '--quiet'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  })
  collector.close()
  assert.equal(code, 0, stderr)
  const extracted = received.filter(({ name }) => name === 'article-extractor process')
  assert.ok(extracted.length > 0)
  const [written] = received.filter(({ name }) => name === 'article-writer run')
  assert.ok(
    extracted.some(({ id, trace }) => id === written?.parent && trace === written.trace),
    'the stream goes on a trace that it read',
  )
  const byId = new Map(received.map((span) => [span.id, span]))
  const above = (span: Received | undefined) => byId.get(span?.parent ?? '')
  for (const span of extracted) {
    const planned = above(span)
    assert.equal(planned?.name, 'dump-planner process')
    assert.equal(above(planned)?.name, 'dump-downloader run')
    assert.equal(above(planned)?.trace, span.trace)
  }
})

test('a header of another shape begins a trace of its own', () => {
  assert.equal(contextIn({ traceparent: '00-xyz' }), undefined)
  assert.equal(contextIn({}), undefined)
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  assert.deepEqual(contextIn({ traceparent: `00-${trace}-00f067aa0ba902b7-01` }), {
    ...{ traceId: trace, spanId: '00f067aa0ba902b7', traceFlags: 1, isRemote: true },
  })
})
