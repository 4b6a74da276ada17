/** run.json: what a run was asked for, so that --resume continues that run and no other. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { type LanguagePair, languagePair } from '../language/pair.ts'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { packageVersion } from '../runtime/package-root.ts'
import { type Input, input } from '../services/01-dump-downloader/settings.ts'
import { type InputFlags, inputFlagNames } from './flags.ts'

const recordShape = z.strictObject({
  version: z.literal(1),
  flags: z.strictObject({
    ko: z.string().exactOptional(),
    en: z.string().exactOptional(),
    limit: z.number().exactOptional(),
    seed: z.number().exactOptional(),
    existing: z.array(z.string()).exactOptional(),
    searchIndex: z.string().exactOptional(),
    model: z.string().exactOptional(),
    config: z.array(z.string()).exactOptional(),
  }),
  settings: z.record(z.string(), z.unknown()),
  hash: z.string(),
  update: z.int().min(0).exactOptional(),
  naru: z.string().exactOptional(),
})

export interface RunRecord {
  readonly version: 1
  readonly flags: InputFlags
  /** Resolved settings by service. */
  readonly settings: Readonly<Record<string, unknown>>
  /** SHA-256 of the settings, keys sorted. */
  readonly hash: string
  /** n for the n-th update of the run; absent for the run itself. */
  readonly update?: number
  /** Version of naru that made what lies in the state. */
  readonly naru?: string
}

export function recordOf(flags: InputFlags, settings: Readonly<Record<string, unknown>>, update = 0): RunRecord {
  // By way of JSON, so that a record that was just made equals the same one read back.
  const plain = JSON.parse(JSON.stringify(settings)) as Record<string, unknown>
  const text = leavesOf(plain).map(({ path, value }) => `${path}=${value}\n`)
  const hash = createHash('sha256').update(text.join('')).digest('hex')
  return { version: 1, flags, settings: plain, hash, ...(update > 0 && { update }), naru: packageVersion() }
}

/** Undefined where there is no run. */
export function readRecord(file: string): RunRecord | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  try {
    return recordShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new FatalError('RUN_RECORD', 'the record of the run cannot be read', {
      at: { file },
      hint: 'Start a new run without --resume.',
      cause,
    })
  }
}

export function writeRecord(file: string, record: RunRecord): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`)
}

/** The languages that a run brings together; those of the default where it is not known. */
export function languagesOf(record: RunRecord | undefined): LanguagePair {
  const writer = record?.settings['synonym-writer']
  return languagePair.parse(z.looseObject({ languages: z.unknown() }).safeParse(writer).data?.languages)
}

/** The dumps that a run is made from. */
export function inputsOf(record: RunRecord): readonly Input[] {
  return z.looseObject({ inputs: z.array(input) }).parse(record.settings['dump-downloader']).inputs
}

/** Throws ConfigError LANGUAGES_DIFFER for a dump in a language that is not of the pair: nothing would come of it. */
export function refuseForeignDumps(record: RunRecord): void {
  const languages = languagesOf(record)
  const foreign = inputsOf(record).find(({ language }) => !languages.includes(language))
  if (foreign === undefined) return
  throw new ConfigError(
    'LANGUAGES_DIFFER',
    `a dump is in ${foreign.language}, the run is of ${languages.join(' and ')}`,
    {
      at: { file: foreign.location },
      hint: 'Set languages: to those of the dumps, or name other dumps under dump-downloader: inputs: (docs/how-to/language-pair.md).',
    },
  )
}

/** Flags of a call that continues a run: those given now, over those that the run was started with. */
export function continuedFlags(given: InputFlags, record: RunRecord | undefined): InputFlags {
  return { ...record?.flags, ...given }
}

export interface Difference {
  readonly service: string
  /** Such as `training.epochs`. */
  readonly key: string
  readonly before: string
  readonly now: string
}

/** Settings in which two runs differ, in the order of their paths. */
export function differences(before: RunRecord, now: RunRecord): Difference[] {
  if (before.hash === now.hash) return []
  const services = [...new Set([...Object.keys(before.settings), ...Object.keys(now.settings)])].sort()
  return services.flatMap((service) => {
    const old = new Map(leavesOf(before.settings[service]).map(({ path, value }) => [path, value]))
    const current = new Map(leavesOf(now.settings[service]).map(({ path, value }) => [path, value]))
    const keys = [...new Set([...old.keys(), ...current.keys()])].sort()
    return keys
      .filter((key) => old.get(key) !== current.get(key))
      .map((key) => ({ service, key, before: old.get(key) ?? 'not set', now: current.get(key) ?? 'not set' }))
  })
}

/** Refuses to continue a run with other inputs or settings, and names them. */
export function refuseDifferences(found: readonly Difference[], file: string): void {
  if (found.length === 0) return
  const described = found.map(({ service, key, before, now }) => `${service}.${key} was ${before}, is now ${now}`)
  const shown = described.slice(0, 5)
  if (described.length > shown.length) shown.push(`and ${described.length - shown.length} more`)
  throw new ConfigError('RUN_DIFFERS', `the run that is to be continued was another one: ${shown.join('; ')}`, {
    at: { file },
    hint: `Leave the flags away to continue with those of the run (${inputFlagNames.map((name) => `--${name}`).join(', ')}) and give the variables NARU_… that it had; or start anew without --resume, or use another --out.`,
  })
}

interface Leaf {
  readonly path: string
  /** JSON. */
  readonly value: string
}

function leavesOf(tree: unknown, path = ''): Leaf[] {
  if (typeof tree !== 'object' || tree === null || Object.keys(tree).length === 0) {
    return [{ path, value: JSON.stringify(tree) ?? 'null' }]
  }
  return Object.entries(tree)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([key, value]) => leavesOf(value, path === '' ? key : `${path}.${key}`))
}
