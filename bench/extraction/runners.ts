/** All that is timed: ours, the decoder alone as the floor, and the peers that are installed. */
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstLine, programs } from '../peers/installed.ts'
import { type Command, type Input, type InstalledPeer, peers } from '../peers/peers.ts'

export interface Runner {
  readonly name: string
  readonly version: string
  readonly kind: 'ours' | 'events' | 'floor' | InstalledPeer['group']
  readonly parallel: boolean
  command(input: Input): Command
}

const root = fileURLToPath(new URL('../../', import.meta.url))

export const ours: Runner = {
  name: 'naru extract',
  version: 'this checkout',
  kind: 'ours',
  parallel: true,
  command: ({ dump, out, workers }) => ({
    program: process.execPath,
    args: [`${root}cli/bootstrap.mjs`, 'extract', dump, '--out', `${out}/out.jsonl`, '--workers', String(workers)],
  }),
}

/** Our services instead of the command: into the embedded log, or into Kafka where there are brokers. */
function eventsInto(name: string, brokers: string | undefined): Runner {
  return {
    name,
    version: 'this checkout',
    kind: 'events',
    parallel: true,
    command: ({ dump, out, workers }) => ({
      program: process.execPath,
      args: [
        `${root}dist/bench/extraction/events.js`,
        dump,
        out,
        String(workers),
        ...(brokers === undefined ? [] : [brokers, basename(out)]),
      ],
    }),
  }
}

/** The decoder alone: nothing that reads the dump can be faster than it on the same cores. */
const floor = {
  name: 'lbzip2 -d',
  install: 'apt-get install lbzip2',
  find(): Runner | undefined {
    const program = programs('lbzip2')[0]
    if (program === undefined) return undefined
    return {
      name: 'lbzip2 -d',
      version: /version (\S+)/.exec(firstLine(program, ['--version']))?.[1] ?? '',
      kind: 'floor',
      parallel: true,
      command: ({ dump, workers }) => ({ program, args: [`-n${workers}`, '-d', '-c', dump] }),
    }
  },
}

export interface Absent {
  readonly name: string
  readonly install: string
}

/**
 * Ours first, then the floor, then the peers; `only` is a list of names, all where it is empty.
 * @param brokers of Kafka, parted by commas.
 */
export function findRunners(only: readonly string[], brokers?: string): { runners: Runner[]; absent: Absent[] } {
  const runners: Runner[] = []
  const absent: Absent[] = []
  const isWanted = (name: string) => only.length === 0 || only.includes(name)
  const own = [ours, eventsInto('naru to the embedded log', undefined)]
  if (brokers !== undefined) own.push(eventsInto('naru to Kafka', brokers))
  runners.push(...own.filter(({ name }) => isWanted(name)))
  for (const { name, install, find } of [floor, ...peers]) {
    if (!isWanted(name)) continue
    const found = find()
    if (found === undefined) absent.push({ name, install })
    else
      runners.push('group' in found ? { ...found, kind: found.group, command: (input) => found.command(input) } : found)
  }
  return { runners, absent }
}
