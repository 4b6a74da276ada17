/** naru trace: where a pair, an example or a model comes from, and what became of a page, event by event. */
import { existsSync } from 'node:fs'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { FatalError } from '../../runtime/errors.ts'
import type { Transport } from '../../runtime/transport.ts'
import { openKafka, type TransportFlags } from '../connect.ts'
import { tracePages } from '../lineage/pages.ts'
import { Topics } from '../lineage/topics.ts'
import { type Step, type Trace, traceExample, traceModel, tracePairs } from '../lineage/trace.ts'
import { print, printJson } from '../print.ts'
import { noRun } from '../statuses.ts'
import { inSteps } from '../steps.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'

export interface TraceFlags extends TransportFlags {
  readonly out?: string
  readonly json?: boolean
}

/** Throws FatalError TRACE_UNKNOWN where the run has no such thing. */
export async function trace(what: readonly string[], flags: TraceFlags): Promise<void> {
  const transport = await openLog(workspaceOf(flags.out), flags)
  let traces: readonly Trace[]
  try {
    traces = await inSteps(({ tell }) =>
      tracesOf(what, new Topics(transport, (topic, done, total) => tell(topic, { done, total, unit: 'records' }))),
    )
  } finally {
    await transport.close()
  }
  if (flags.json) printJson({ what, traces })
  if (traces.length === 0) {
    throw new FatalError('TRACE_UNKNOWN', `the run has no pair, example, model or page ${what.join(' = ')}`, {
      hint: 'naru synonyms explain finds the nearest terms; ids of examples are in training/qd_pairs.jsonl.',
    })
  }
  if (!flags.json) print(traces.map(rendered).join('\n\n'))
}

async function tracesOf(what: readonly string[], topics: Topics): Promise<readonly Trace[]> {
  const [first = ''] = what
  if (what.length === 1) {
    const isExample = /^[0-9a-f]+:[0-9a-f]+$/.test(first) || first.startsWith('span:')
    const one = isExample ? await traceExample(first, topics) : undefined
    if (one) return [one]
    const model = await traceModel(first, topics)
    if (model) return [model]
  }
  const pairs = await tracePairs(what, topics)
  return pairs.length > 0 || what.length > 1 ? pairs : tracePages(first, topics)
}

function openLog(workspace: Workspace, flags: TraceFlags): Promise<Transport> {
  if (flags.transport === 'kafka') return openKafka(flags, workspace.logFile)
  if (existsSync(workspace.log)) return openEmbeddedTransport({ folder: workspace.log })
  throw noRun(workspace.state)
}

function rendered({ kind, name, steps, madeOf }: Trace): string {
  const lines = [`${kind} ${name}`, ...steps.flatMap((step) => linesOf(step, 1))]
  if (madeOf.length > 0) lines.push('  goes into', ...madeOf.flatMap((step) => linesOf(step, 2)))
  return lines.join('\n')
}

function linesOf({ what, facts, event, from }: Step, depth: number): string[] {
  const told = Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
  const line = `${'  '.repeat(depth)}${what}  [${event}]${told === '' ? '' : `  ${told}`}`
  return [line, ...from.flatMap((step) => linesOf(step, depth + 1))]
}
