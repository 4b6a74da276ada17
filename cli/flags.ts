/** What flags mean for the services: the one place that knows the settings' keys. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigError } from '../runtime/errors.ts'
import { packageRoot } from '../runtime/package-root.ts'
import type { SettingsSources, Tree } from '../runtime/settings.ts'

/** What a run is made from: together with the settings files, all that decides its outputs. */
export interface InputFlags {
  readonly ko?: string
  readonly en?: string
  readonly limit?: number
  readonly seed?: number
  readonly existing?: readonly string[]
  readonly model?: string
  readonly config?: readonly string[]
  readonly searchIndex?: string
}

export const inputFlagNames = ['ko', 'en', 'limit', 'seed', 'existing', 'model', 'config', 'searchIndex'] as const

const sampleFolder = join(packageRoot, 'dataset', 'sample', '20260901')
const sampleConfig = join(packageRoot, 'config', 'sample_config.yaml')
const trainingConfig = join(packageRoot, 'config', 'training_config.yaml')

/** Only the input flags, with absolute paths, so that a later call from another folder means the same. */
export function pickInputFlags(flags: InputFlags): InputFlags {
  const { ko, en, limit, seed, existing, model, config, searchIndex } = flags
  return {
    ...(ko === undefined ? {} : { ko: absoluteLocation(ko) }),
    ...(en === undefined ? {} : { en: absoluteLocation(en) }),
    ...(limit === undefined ? {} : { limit }),
    ...(seed === undefined ? {} : { seed }),
    ...(existing === undefined ? {} : { existing: existing.map((file) => resolve(file)) }),
    ...(model === undefined ? {} : { model }),
    ...(config === undefined ? {} : { config: config.map((file) => resolve(file)) }),
    ...(searchIndex === undefined ? {} : { searchIndex }),
  }
}

function isUrl(location: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(location)
}

export function absoluteLocation(location: string): string {
  return isUrl(location) ? location : resolve(location)
}

/** The two dumps, the bundled sample where none is named. Throws ConfigError where only one is, or a path is missing. */
export function inputLocations(flags: InputFlags): { readonly ko: string; readonly en: string } {
  const { ko, en } = flags
  if (ko === undefined && en === undefined) {
    return { ko: join(sampleFolder, 'kowiki'), en: join(sampleFolder, 'enwiki') }
  }
  if (ko === undefined || en === undefined) {
    throw new ConfigError('INPUT_MISSING', `--${ko === undefined ? 'ko' : 'en'} is missing`, {
      hint: 'Give both --ko and --en, or neither for the bundled sample.',
    })
  }
  for (const [flag, location] of [
    ['--ko', ko],
    ['--en', en],
  ] as const) {
    refuseMissing(flag, location)
  }
  return { ko, en }
}

/** Throws ConfigError where a dump is a path, and nothing is there. */
export function refuseMissing(what: string, location: string): void {
  if (isUrl(location) || existsSync(location)) return
  throw new ConfigError('INPUT_MISSING', `${what} names nothing that exists`, {
    at: { file: location },
    hint: 'Give a dump file, a folder of dump files, or a URL.',
  })
}

/** Throws ConfigError where one is missing, before any work. */
function existingLists(files: readonly string[] | undefined): readonly string[] | undefined {
  const missing = files?.find((file) => !existsSync(file))
  if (missing === undefined) return files
  throw new ConfigError('INPUT_MISSING', '--existing names nothing that exists', {
    at: { file: missing },
    hint: 'Give the files of existing lists, parted by spaces.',
  })
}

/** The sample has a small profile of its own; --config replaces either default. */
export function configFiles(flags: InputFlags): readonly string[] {
  if (flags.config) return flags.config
  return [flags.ko === undefined && flags.en === undefined ? sampleConfig : trainingConfig]
}

/** Where the settings of a run come from: its files, the environment, its flags, and the dumps of the sample where none of them names any. */
export function settingsSources(flags: InputFlags): SettingsSources {
  return {
    defaults: { 'dump-downloader': { inputs: inputsOf(inputLocations({})) } },
    files: configFiles(flags),
    environment: process.env,
    flags: serviceSettings(flags),
  }
}

function inputsOf({ ko, en }: { readonly ko: string; readonly en: string }): Tree[] {
  return [
    { language: 'ko', location: ko },
    { language: 'en', location: en },
  ]
}

/** Settings that flags set, by service. */
export function serviceSettings(flags: InputFlags): Record<string, Tree> {
  const hasDumps = flags.ko !== undefined || flags.en !== undefined
  const { limit, seed, model, searchIndex } = flags
  const existing = existingLists(flags.existing)
  const seeded = seed === undefined ? {} : { seed }
  return {
    'dump-downloader': hasDumps ? { inputs: inputsOf(inputLocations(flags)) } : {},
    'list-reader': existing === undefined ? {} : { files: existing },
    'dump-planner': limit === undefined ? {} : { limit },
    'synonym-splitter': seeded,
    'example-assembler': { ...seeded, ...(searchIndex === undefined ? {} : { searchIndex }) },
    evaluator: seeded,
    trainer: { training: seeded, ...(model === undefined ? {} : { model: { name: model } }) },
  }
}
