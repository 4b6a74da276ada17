/**
 * Keeps what is derived from the schemas in step: `schemas/types.ts` and the numbered versions in `schemas/versions/`.
 *
 *   node --import tsx schemas/generate.ts            write types.ts; publish new versions of changed schemas
 *   node --import tsx schemas/generate.ts --check    fail where something is stale (part of `npm test`)
 *
 * A version is a self-contained Avro schema that events on disk and on topics refer to by its id; it is never edited.
 * A change that a reader cannot bridge (avsc resolution, Avro 1.11 "Schema Resolution") is refused: use a new topic.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import avro from 'avsc'
import { packageRoot } from '../runtime/package-root.ts'
import { topics } from '../topology.ts'
import { fileOf, indexFile, type PublishedSchema, readPublished, versionsFolder } from './published.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** Schemas that travel by themselves; the others are parts of these and have no versions of their own. */
const events = new Set<string>([...Object.values(topics).map(({ schema }) => schema), 'DeadLetter'])

const folder = join(packageRoot, 'schemas')
const typesFile = join(folder, 'types.ts')

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readSchemas(): Map<string, JsonObject> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.avsc'))
  const schemas = files.sort().map((file): [string, JsonObject] => {
    const schema: Json = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const name = file.slice(0, -'.avsc'.length)
    if (!isObject(schema) || schema.name !== name) throw new Error(`schemas/${file} must define ${name}`)
    return [name, schema]
  })
  return new Map(schemas)
}

/** The schema with every named type of another file written out at its first use. */
function selfContained(name: string, schemas: ReadonlyMap<string, JsonObject>): JsonObject {
  const written = new Set([name])
  const expand = (value: Json): Json => {
    if (typeof value === 'string') {
      const named = schemas.get(value)
      if (!named || written.has(value)) return value
      written.add(value)
      return expand(named)
    }
    if (Array.isArray(value)) return value.map(expand)
    if (!isObject(value)) return value
    const out: JsonObject = {}
    for (const [key, part] of Object.entries(value)) {
      const isType = key === 'type' || key === 'items' || key === 'values'
      const isList = key === 'fields'
      out[key] = (isType || isList) && part !== null ? expand(part) : part
    }
    return out
  }
  const schema = schemas.get(name)
  if (!schema) throw new Error(`no schema ${name}`)
  return expand(schema) as JsonObject
}

function typeText(type: Json): string {
  if (typeof type === 'string') {
    const primitives: Record<string, string> = {
      null: 'null',
      boolean: 'boolean',
      int: 'number',
      long: 'number',
      float: 'number',
      double: 'number',
      bytes: 'Buffer',
      string: 'string',
    }
    return primitives[type] ?? type
  }
  if (Array.isArray(type)) return type.map(typeText).reverse().join(' | ')
  if (!isObject(type)) throw new Error(`cannot write ${JSON.stringify(type)} as a TypeScript type`)
  if (type.type === 'array') return `readonly ${elementText(type.items ?? null)}[]`
  if (type.type === 'map') return `{ readonly [key: string]: ${typeText(type.values ?? null)} }`
  if (typeof type.name === 'string') return type.name
  return typeText(type.type ?? null)
}

function elementText(items: Json): string {
  const text = typeText(items)
  return /[ |]/.test(text) ? `(${text})` : text
}

/** Declarations of a named type and of those nested in it, in reading order. */
function declarations(schema: JsonObject, out: Map<string, string>): void {
  const name = String(schema.name)
  if (out.has(name)) return
  const doc = typeof schema.doc === 'string' ? `/** ${schema.doc} */\n` : ''
  if (schema.type === 'enum') {
    const symbols = schema.symbols as string[]
    out.set(name, `${doc}export type ${name} = ${symbols.map((symbol) => `'${symbol}'`).join(' | ')}\n`)
    return
  }
  const fields = (schema.fields as JsonObject[]).map(
    (field) => `  /** ${field.doc} */\n  readonly ${field.name}: ${typeText(field.type ?? null)}\n`,
  )
  out.set(name, `${doc}export interface ${name} {\n${fields.join('')}}\n`)
  for (const field of schema.fields as JsonObject[]) nested(field.type ?? null, out)
}

function nested(type: Json, out: Map<string, string>): void {
  if (Array.isArray(type)) for (const part of type) nested(part, out)
  else if (isObject(type)) {
    if (type.type === 'record' || type.type === 'enum') declarations(type, out)
    else for (const part of [type.items, type.values, type.type]) if (part !== undefined) nested(part, out)
  }
}

function typesText(schemas: ReadonlyMap<string, JsonObject>): string {
  const out = new Map<string, string>()
  for (const schema of schemas.values()) declarations(schema, out)
  const records = [...schemas].filter(([, schema]) => schema.type === 'record').map(([name]) => name)
  return [
    '// Derived from schemas/*.avsc by schemas/generate.ts. Do not edit.\n',
    ...out.values(),
    `/** Every record schema by its name. */\nexport interface Schemas {\n${records.map((name) => `  readonly ${name}: ${name}\n`).join('')}}\n`,
    'export type SchemaName = keyof Schemas\n',
  ].join('\n')
}

/** Throws where the newest published version of a schema cannot be read with the current one. */
function checkReadable(latest: PublishedSchema, current: JsonObject): void {
  const written = avro.Type.forSchema(JSON.parse(readFileSync(fileOf(latest), 'utf8')))
  const reader = avro.Type.forSchema(current as unknown as avro.Schema)
  try {
    reader.createResolver(written)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `schemas/${latest.name}.avsc cannot read version ${latest.version}: ${reason}. Give new fields a default, or start a new topic (docs/decisions/0003).`,
    )
  }
}

function main(check: boolean): void {
  const schemas = readSchemas()
  const stale: string[] = []
  const index = readPublished()
  for (const name of schemas.keys()) {
    if (!events.has(name)) continue
    const current = selfContained(name, schemas)
    const text = `${JSON.stringify(current, null, 2)}\n`
    const latest = index.filter((entry) => entry.name === name).at(-1)
    if (latest) {
      checkReadable(latest, current)
      if (readFileSync(fileOf(latest), 'utf8') === text) continue
    }
    stale.push(`schemas/${name}.avsc has changed since its last published version`)
    if (check) continue
    const next = { id: index.length + 1, name, version: (latest?.version ?? 0) + 1 }
    index.push(next)
    mkdirSync(versionsFolder, { recursive: true })
    writeFileSync(fileOf(next), text)
  }
  const types = typesText(schemas)
  if (!existsSync(typesFile) || readFileSync(typesFile, 'utf8') !== types) stale.push('schemas/types.ts is stale')
  if (check && stale.length > 0) throw new Error(`${stale.join('\n')}\nrun: npm run generate`)
  if (check) return
  writeFileSync(indexFile, `[\n${index.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`)
  writeFileSync(typesFile, types)
}

main(process.argv.includes('--check'))
