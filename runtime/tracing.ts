/**
 * Traces across topics: every event that a transform takes is a span, a child of the span that wrote it, for its context travels
 * in the record's headers (W3C traceparent); so is the unit of a stream, with links to the other traces that it read. Off unless an endpoint is set; then the headers differ from run to run, and nothing
 * else of a record does.
 */
import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { ServiceId } from '../topology.ts'
import { ConfigError } from './errors.ts'
import type { LogRecord } from './transport.ts'

const headerName = 'traceparent'
/** Source: w3.org/TR/trace-context, version 00. */
const headerPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

type Headers = Readonly<Record<string, string>>

/**
 * Sends spans to the collector that OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT names, OTLP by HTTP;
 * OTEL_SERVICE_NAME names the process, OTEL_TRACES_SAMPLER_ARG is the share of traces that are kept. Answers with what ends it.
 * Throws ConfigError TRACING_MISSING where the packages are not installed.
 */
export async function startTracing(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = environment
  if (!OTEL_EXPORTER_OTLP_ENDPOINT && !OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return () => Promise.resolve()
  const { sdk, exporting, resources } = await packages()
  const ratio = Number(environment.OTEL_TRACES_SAMPLER_ARG ?? 1)
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': environment.OTEL_SERVICE_NAME ?? name }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new exporting.OTLPTraceExporter() })],
  })
  trace.setGlobalTracerProvider(provider)
  return async () => {
    trace.disable()
    await provider.shutdown()
  }
}

async function packages() {
  try {
    const [sdk, exporting, resources] = await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-proto'),
      import('@opentelemetry/resources'),
    ])
    return { sdk, exporting, resources }
  } catch (cause) {
    throw new ConfigError(
      'TRACING_MISSING',
      'an endpoint for traces is set, and the packages that send them are missing',
      {
        hint: 'npm install @opentelemetry/sdk-trace@2 @opentelemetry/exporter-trace-otlp-proto@0.2 @opentelemetry/resources@2, or unset OTEL_EXPORTER_OTLP_ENDPOINT.',
        cause,
      },
    )
  }
}

/** Without an endpoint the span is one that does nothing. */
function startSpan(
  name: string,
  kind: SpanKind,
  attributes: Readonly<Record<string, string | number>>,
  parent: Context,
) {
  return trace.getTracer('naru').startSpan(name, { kind, attributes }, parent)
}

/** Of one event at work. */
export function eventSpan(service: ServiceId, { topic, partition, offset, headers }: LogRecord): Span {
  const from = contextIn(headers)
  const parent = from ? trace.setSpanContext(ROOT_CONTEXT, from) : ROOT_CONTEXT
  const place = { 'messaging.destination.name': topic, 'messaging.destination.partition.id': String(partition) }
  const attributes = { 'naru.service': service, ...place, 'messaging.message.offset': offset }
  return startSpan(`${service} process`, SpanKind.CONSUMER, attributes, parent)
}

/** Of work that has no event before it: what a source writes at a time. It begins a trace. */
export function unitSpan(service: ServiceId, unit: string): Span {
  return startSpan(`${service} run`, SpanKind.PRODUCER, { 'naru.service': service, 'naru.unit': unit }, ROOT_CONTEXT)
}

/** As many as a span keeps unless it is told otherwise: OTEL_SPAN_LINK_COUNT_LIMIT. */
const linksAtMost = 128

/**
 * Of a stream's whole unit, whose outputs rest on all that it reads: it goes on the trace of the first event that came with one, and has
 * links to those of others, so that a trace that ends in a stream is found again behind it.
 */
export class UnitTrace {
  private readonly service: ServiceId
  private readonly unit: string
  private readonly startedMs = Date.now()
  private readonly seen = new Map<string, SpanContext>()
  private span: Span | undefined

  constructor(service: ServiceId, unit: string) {
    this.service = service
    this.unit = unit
  }

  /** Of a record that is read. One event of a trace stands for the others. */
  saw(headers: Headers): void {
    const from = contextIn(headers)
    if (!from || this.seen.has(from.traceId) || this.seen.size > linksAtMost) return
    this.seen.set(from.traceId, from)
    this.span?.addLink({ context: from })
  }

  /** What a record that is written carries; with the first of them it is settled which trace goes on. */
  headers(): Headers {
    return traceHeaders(this.started())
  }

  end(failure?: { readonly code: string; readonly message: string }): void {
    endSpan(this.started(), failure)
  }

  private started(): Span {
    if (this.span) return this.span
    const [first, ...others] = this.seen.values()
    const parent = first ? trace.setSpanContext(ROOT_CONTEXT, first) : ROOT_CONTEXT
    this.span = trace.getTracer('naru').startSpan(
      `${this.service} run`,
      {
        kind: SpanKind.CONSUMER,
        attributes: { 'naru.service': this.service, 'naru.unit': this.unit },
        startTime: this.startedMs,
        links: others.map((context) => ({ context })),
      },
      parent,
    )
    return this.span
  }
}

/** @param failure code and message of what went wrong. */
export function endSpan(span: Span, failure?: { readonly code: string; readonly message: string } | null): void {
  if (failure) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message })
    span.setAttribute('error.type', failure.code)
  }
  span.end()
}

/** What a record that is written within the span carries; nothing where there is no endpoint. */
export function traceHeaders(span: Span): Headers {
  const { traceId, spanId, traceFlags } = span.spanContext()
  if (!isSpanContextValid(span.spanContext())) return noHeaders
  return { [headerName]: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` }
}

const noHeaders: Headers = {}

export function contextIn(headers: Headers): SpanContext | undefined {
  const [, traceId, spanId, flags] = headerPattern.exec(headers[headerName] ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}
