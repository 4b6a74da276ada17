/** naru chaos: the fault bench, and its verdict as tables. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ChaosResult, Round } from '../../chaos/run.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import type { ServiceId } from '../../topology.ts'
import { conduct } from '../conduct.ts'
import type { InputFlags } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { print, printJson, say } from '../print.ts'
import { formatCount } from '../quantities.ts'
import { renderTable } from '../table.ts'

export interface ChaosFlags extends Pick<InputFlags, 'ko' | 'en' | 'limit' | 'config' | 'seed'> {
  readonly faults: number
  readonly pace: number
  readonly minutes: number
  readonly undisturbed?: string
  readonly json?: boolean
}

/** What writes the data set. Training keeps one process busy for long and is disturbed in tests of its own. */
const targets: readonly ServiceId[] = ['article-writer', 'synonym-writer', 'example-writer']

export async function runChaos(flags: ChaosFlags): Promise<void> {
  if (!existsSync(join(packageRoot, 'chaos'))) {
    throw new ConfigError('CHAOS_CHECKOUT', 'the fault bench is a part of a checkout of naru', {
      at: { file: packageRoot },
      hint: 'Clone the repository; java, mvn and redis-server are needed as well.',
    })
  }
  const { chaos } = await import('../../chaos/run.ts')
  const { ko, en, limit, config } = flags
  const inputs = { ...(ko && { ko }), ...(en && { en }), ...(limit && { limit }), ...(config && { config }) }
  const interrupts = listenForInterrupts(say)
  const result = await chaos({
    seed: flags.seed ?? 1,
    faults: flags.faults,
    paceSeconds: flags.pace,
    roundMinutes: flags.minutes,
    targets,
    ...(flags.undisturbed !== undefined && { reference: flags.undisturbed }),
    undisturbed: async (out) => {
      say('the undisturbed run, in one process')
      const how = { out, transport: 'embedded', namespace: 'naru', quiet: true } as const
      const { record } = await conduct(targets, 'continue', { ...inputs, ...how }, say)
      return argumentsOf(record.flags)
    },
    say,
    signal: interrupts.signal,
  }).finally(() => interrupts.release())
  if (flags.json) printJson(result)
  else print(render(result).join('\n'))
  if (!result.holds) process.exitCode = 1
}

function argumentsOf({ ko, en, limit, config }: Pick<InputFlags, 'ko' | 'en' | 'limit' | 'config'>): string[] {
  return [
    ...(ko === undefined ? [] : ['--ko', ko]),
    ...(en === undefined ? [] : ['--en', en]),
    ...(limit === undefined ? [] : ['--limit', String(limit)]),
    ...(config === undefined ? [] : ['--config', ...config]),
  ]
}

function render({ seed, faults, leftOut, rounds, holds }: ChaosResult): string[] {
  const right = (title: string) => ({ title, align: 'right' as const })
  const perFault = renderTable(
    [{ title: 'Fault' }, right('Times')],
    Object.entries(faults).map(([kind, count]) => [kind, formatCount(count)]),
  )
  const perRound = renderTable(
    [right('Round'), right('Seconds'), right('Processes'), { title: 'Ended by' }, { title: 'Data set' }],
    rounds.map(({ seconds, started, endings, differing, finished }, n) => [
      String(n + 1),
      String(Math.round(seconds)),
      String(started),
      Object.entries(endings)
        .map(([ending, count]) => `${count} ${ending}`)
        .join(', '),
      finished ? (differing.length === 0 ? 'the same bytes' : differing.join(', ')) : 'not done in time',
    ]),
  )
  const last: Round | undefined = rounds.at(-1)
  const ledger = renderTable(
    [
      { title: 'Service' },
      right('Sent'),
      right('Taken'),
      right('Passed'),
      right('Dropped'),
      right('Dead'),
      { title: '' },
    ],
    (last?.ledger ?? []).map(({ service, sent, taken, passed, dropped, dead, holds }) => [
      service,
      ...[sent, taken, passed, dropped, dead].map(formatCount),
      holds ? '' : 'wrong',
    ]),
  )
  const missing = leftOut.length === 0 ? [] : [`Not possible here: ${leftOut.join(', ')}`]
  return [
    ...perFault,
    ...missing,
    '',
    ...perRound,
    '',
    ...ledger,
    '',
    `seed ${seed}: ${holds ? 'nothing lost, nothing twice' : 'FAILED'}`,
  ]
}
