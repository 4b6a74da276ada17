/**
 * Settings of the services: defaults < YAML files < environment < flags. Each service's zod schema names, types, bounds
 * and documents them; unknown keys are errors.
 *
 * YAML: one section a service (`article-extractor:`), `model:` / `training:` for the trainer, and `languages:` for all that have it.
 * Environment: NARU_<SERVICE>__<KEY>[__<KEY>], such as NARU_TRAINER__TRAINING__EPOCHS=3.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { z } from 'zod'
import { type ServiceId, serviceIds } from '../topology.ts'
import { ConfigError } from './errors.ts'
import { meantName } from './meant-name.ts'

export type Tree = { [key: string]: unknown }

/** Sections of config/training_config.yaml, which keeps the layout of the plan. */
const trainerSections = ['model', 'training']
/** The services that work on a pair of languages: one line sets it for all of them. */
export const servicesOfPairs: readonly ServiceId[] = [
  'list-reader',
  'langlink-extractor',
  'name-finder',
  'entity-linker',
  'entity-matcher',
  'example-assembler',
  'synonym-writer',
  'trainer',
  'evaluator',
]
const languagesSection = 'languages'
const environmentPrefix = 'NARU_'

export interface SettingsSources {
  /** Values that any other source replaces, by service. */
  readonly defaults?: Readonly<Record<string, Tree>>
  /** YAML files, later ones win. */
  readonly files: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Values set by flags, by service. */
  readonly flags: Readonly<Record<string, Tree>>
}

/** What was set for each service, not yet checked against a schema: one layer a source, later ones win. */
export type GatheredSettings = Readonly<Record<string, readonly Tree[]>>

export interface SettingsLayer {
  /** `default`, a YAML file's path, an environment variable's name, or `flags`. */
  readonly origin: string
  readonly values: Tree
}

export function gatherSettings(sources: SettingsSources): GatheredSettings {
  return Object.fromEntries(
    Object.entries(gatherLayers(sources)).map(([service, layers]) => [service, layers.map(({ values }) => values)]),
  )
}

/** As gatherSettings, each layer with where it comes from. */
export function gatherLayers({
  defaults = {},
  files,
  environment,
  flags,
}: SettingsSources): Record<string, SettingsLayer[]> {
  const gathered: Record<string, SettingsLayer[]> = {}
  const add = (service: string, origin: string, values: Tree) => {
    gathered[service] = [...(gathered[service] ?? []), { origin, values }]
  }
  for (const [service, values] of Object.entries(defaults)) add(service, 'default', values)
  for (const file of files) {
    for (const [section, values] of Object.entries(readYaml(file))) {
      if (section === languagesSection) {
        for (const service of servicesOfPairs) add(service, file, { [languagesSection]: values })
        continue
      }
      if (!isTree(values))
        throw new ConfigError('CONFIG_SECTION', `section ${section} must hold settings`, { at: { file } })
      if (trainerSections.includes(section)) add('trainer', file, { [section]: values })
      else if (isServiceId(section)) add(section, file, values)
      else {
        const sections = [languagesSection, ...trainerSections, ...serviceIds]
        throw new ConfigError('CONFIG_SECTION', `unknown section ${section}${asking(section, sections)}`, {
          at: { file },
          hint: `Sections are: ${sections.join(', ')}`,
        })
      }
    }
  }
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(environmentPrefix) || !name.includes('__') || value === undefined) continue
    const [head, ...path] = name.slice(environmentPrefix.length).toLowerCase().split('__')
    const service = head!.replaceAll('_', '-')
    if (!isServiceId(service)) {
      throw new ConfigError('CONFIG_ENVIRONMENT', `${name} names no service`, {
        hint: 'Write NARU_<SERVICE>__<KEY>, such as NARU_TRAINER__TRAINING__EPOCHS; naru config show lists services and keys.',
      })
    }
    add(service, name, treeAt(path, value))
  }
  for (const [service, values] of Object.entries(flags)) add(service, 'flags', values)
  return gathered
}

/** Checks what was set for a service. Throws ConfigError CONFIG_INVALID with every wrong key, its path and the reason. */
export function resolveSettings(service: ServiceId, schema: z.ZodType, layers: readonly Tree[]): unknown {
  const values = layers.map((layer) => matchKeys(layer, schema)).reduce(mergeTrees, {})
  const resolved = schema.safeParse(values)
  if (resolved.success) return resolved.data
  const reasons = resolved.error.issues.flatMap((issue) => {
    const path = [service, ...issue.path].join('.')
    if (issue.code !== 'unrecognized_keys') return [`${path}: ${issue.message}`]
    const known = pathsOf(schema).map((setting) => `${service}.${setting}`)
    return issue.keys.map((key) => `${path}.${key}: there is no such setting${asking(key, known)}`)
  })
  throw new ConfigError('CONFIG_INVALID', reasons.join('; '), {
    hint: `docs/reference/settings.md lists every key with its unit, range and default. Files of --config, variables NARU_${service.toUpperCase().replaceAll('-', '_')}__… and flags set them.`,
  })
}

/** `; did you mean …?`, or nothing. */
function asking(name: string, known: readonly string[]): string {
  const meant = meantName(name, known)
  return meant === undefined ? '' : `; did you mean ${meant}?`
}

/** The dotted paths of the settings of a schema. */
function pathsOf(schema: z.ZodType): readonly string[] {
  if (!('shape' in schema)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, value]) => [
    key,
    ...pathsOf(innerObject(value)).map((path) => `${key}.${path}`),
  ])
}

/** Where each setting of a service comes from, by its dotted path: the last layer that sets it; absent where the default holds. */
export function originsOf(schema: z.ZodType, layers: readonly SettingsLayer[]): ReadonlyMap<string, string> {
  const origins = new Map<string, string>()
  for (const { origin, values } of layers) {
    for (const [path] of settingsIn(matchKeys(values, schema))) origins.set(path, origin)
  }
  return origins
}

/** The settings of a tree by their dotted paths, in its order; a list is one setting. */
export function settingsIn(tree: Tree, prefix = ''): readonly (readonly [path: string, value: unknown])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    isTree(value) ? settingsIn(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value] as const],
  )
}

function readYaml(file: string): Tree {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError('CONFIG_UNREADABLE', 'the settings file cannot be read', {
      at: { file },
      hint: 'Is the path of --config right, and may this user read the file?',
      cause,
    })
  }
  try {
    const tree: unknown = parse(text) ?? {}
    if (isTree(tree)) return tree
  } catch (cause) {
    throw new ConfigError('CONFIG_YAML', 'the settings file is not valid YAML', {
      at: { file },
      hint: 'The cause names the line; config/training_config.yaml is an example.',
      cause,
    })
  }
  throw new ConfigError('CONFIG_YAML', 'the settings file must hold sections', {
    at: { file },
    hint: 'Such as training: with learning_rate: below it; config/training_config.yaml is an example.',
  })
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isServiceId(name: string): name is ServiceId {
  return (serviceIds as string[]).includes(name)
}

function mergeTrees(under: Tree, over: Tree): Tree {
  const merged = Object.entries(over).map(([key, value]): [string, unknown] => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined
    return [key, isTree(below) && isTree(value) ? mergeTrees(below, value) : value]
  })
  // A key of the name __proto__ stays a key, and is refused as one that is not known.
  return Object.fromEntries([...Object.entries(under), ...merged])
}

function treeAt(path: readonly string[], text: string): Tree {
  // A variable holds text; YAML's reading of a scalar (3, true, 2e-5) is what the same key has in a file.
  return path.reduceRight<unknown>((value, key) => ({ [key]: value }), parse(text)) as Tree
}

/**
 * Environment variables are lower-cased on the way, so their keys are matched to the schema's without regard to case, and to
 * those in camel case with or without underscores between the words.
 */
function matchKeys(values: Tree, schema: z.ZodType): Tree {
  if (!('shape' in schema)) return values
  const shape = schema.shape as Record<string, z.ZodType>
  const matched = Object.entries(values).map(([key, value]): [string, unknown] => {
    const known =
      Object.keys(shape).find((name) => name === key) ??
      Object.keys(shape).find((name) => name.toLowerCase() === key.replaceAll('_', ''))
    const inner = known === undefined ? undefined : shape[known]
    return [known ?? key, inner && isTree(value) ? matchKeys(value, innerObject(inner)) : value]
  })
  return Object.fromEntries(matched)
}

function innerObject(schema: z.ZodType): z.ZodType {
  return 'unwrap' in schema && typeof schema.unwrap === 'function' && !('shape' in schema)
    ? innerObject(schema.unwrap())
    : schema
}
