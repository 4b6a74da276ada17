/** Articles as a Parquet file with the types of schemas/Article.avsc: nested lists, structs and maps, no JSON in strings. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { z } from 'zod'
import { packageRoot } from '../../runtime/package-root.ts'
import { type DerivedField, isDerived, type OutputField } from './fields.ts'
import { linesOf } from './lines-of.ts'
import { zstdPacker } from './zstd.ts'

/** JSON in a row group; some 10,000 articles. Smaller makes a longer footer, larger takes more memory. */
const rowGroupBytes = 32 * 1024 * 1024
const pageBytes = 1 << 20

type Row = Readonly<Record<string, unknown>>

/** Lines of articles as rows, in row groups packed with zstd. */
export function parquetOf(
  lines: AsyncIterable<Uint8Array>,
  fields: readonly OutputField[],
): AsyncGenerator<Uint8Array, void, undefined> {
  return parquetOfColumns(lines, fields.map(columnOf))
}

/** Lines of JSON objects as rows of these columns, in row groups packed with zstd. */
export async function* parquetOfColumns(
  lines: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = new ByteWriter()
  const root: SchemaElement = { name: 'schema', num_children: columns.length }
  const schema = [root, ...columns.flatMap(({ elements }) => elements)]
  const file = new ParquetWriter({
    writer,
    schema,
    codec: 'ZSTD',
    compressors: { ZSTD: await zstdPacker() },
    createdBy: 'naru',
  })
  let rows: Row[] = []
  let bytes = 0
  const writeGroup = async (): Promise<void> => {
    const columnData = columns.map(({ name, writable }) => ({ name, data: rows.map((row) => writable(row[name])) }))
    await file.write({ columnData, rowGroupSize: Math.max(1, rows.length), pageSize: pageBytes })
    rows = []
    bytes = 0
  }
  for await (const batch of lines) {
    for (const line of linesOf(batch)) {
      rows.push(JSON.parse(line))
      bytes += line.length
      if (bytes < rowGroupBytes) continue
      await writeGroup()
      yield taken(writer)
    }
  }
  if (rows.length > 0) await writeGroup()
  await file.finish()
  yield taken(writer)
}

/** What the writer holds, which begins anew; its offset in the file goes on. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = Uint8Array.from(writer.getBytes())
  writer.index = 0
  return bytes
}

export interface Column {
  readonly name: string
  /** The schema of the column, depth first, as Parquet's footer lists it. */
  readonly elements: readonly SchemaElement[]
  /** From the form in JSON to the one that the writer takes. */
  readonly writable: (value: unknown) => unknown
}

export type AvroType =
  | string
  | readonly AvroType[]
  | { readonly type: 'enum'; readonly name: string }
  | { readonly type: 'array'; readonly items: AvroType }
  | { readonly type: 'map'; readonly values: AvroType }
  | { readonly type: 'record'; readonly name: string; readonly fields: readonly AvroField[] }

interface AvroField {
  readonly name: string
  readonly type: AvroType
}

const avroType: z.ZodType<AvroType> = z.lazy(() =>
  z.union([
    z.string(),
    z.array(avroType),
    z.object({ type: z.literal('enum'), name: z.string() }),
    z.object({ type: z.literal('array'), items: avroType }),
    z.object({ type: z.literal('map'), values: avroType }),
    z.object({
      type: z.literal('record'),
      name: z.string(),
      fields: z.array(z.object({ name: z.string(), type: avroType })),
    }),
  ]),
)
const articleSchema = z.object({ fields: z.array(z.object({ name: z.string(), type: avroType })) })

const avroFields = articleSchema.parse(
  JSON.parse(readFileSync(join(packageRoot, 'schemas', 'Article.avsc'), 'utf8')),
).fields

const derivedTypes: Readonly<Record<DerivedField, AvroType>> = {
  text: 'string',
  length: 'long',
  quality: 'double',
  redirects: { type: 'array', items: 'string' },
  wikidataItem: ['null', 'string'],
  tables: {
    type: 'array',
    items: {
      type: 'record',
      name: 'PageTable',
      fields: [
        { name: 'section', type: 'string' },
        { name: 'caption', type: 'string' },
        { name: 'headerRows', type: 'int' },
        { name: 'tsv', type: 'string' },
      ],
    },
  },
}

function columnOf(name: OutputField): Column {
  if (name === 'timestamp') return timestampColumn(name)
  const type = isDerived(name) ? derivedTypes[name] : avroFields.find((field) => field.name === name)?.type
  return columnOfType(name, type ?? 'string')
}

/** A column of values of an Avro type; a union with null is one that may be absent. */
export function columnOfType(name: string, type: AvroType): Column {
  return { name, elements: elementsOf(name, type, 'REQUIRED'), writable: writableOf(type) }
}

/** The only text that is a time. */
function timestampColumn(name: string): Column {
  const elements: SchemaElement[] = [
    {
      name,
      type: 'INT64',
      converted_type: 'TIMESTAMP_MILLIS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      repetition_type: 'OPTIONAL',
    },
  ]
  const instantOf = (value: unknown): Date | undefined => {
    const instant = new Date(String(value))
    return Number.isNaN(instant.getTime()) ? undefined : instant
  }
  return { name, elements, writable: instantOf }
}

const primitives: Readonly<Record<string, Omit<SchemaElement, 'name'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  int: { type: 'INT32' },
  long: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
}

/** Lists and maps in the three levels of the Parquet specification (LogicalTypes.md, "Nested types"). */
function elementsOf(name: string, type: AvroType, repetition: 'REQUIRED' | 'OPTIONAL'): SchemaElement[] {
  const repetition_type = repetition
  if (typeof type === 'string') return [{ name, ...primitives[type], repetition_type }]
  if (isUnion(type)) return elementsOf(name, valueTypeOf(type), 'OPTIONAL')
  if (type.type === 'enum') return [{ name, ...primitives.string, repetition_type }]
  if (type.type === 'array') {
    const list: SchemaElement = { name, converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 }
    const repeated: SchemaElement = { name: 'list', repetition_type: 'REPEATED', num_children: 1 }
    return [{ ...list, repetition_type }, repeated, ...elementsOf('element', type.items, 'REQUIRED')]
  }
  if (type.type === 'map') {
    const map: SchemaElement = { name, converted_type: 'MAP', logical_type: { type: 'MAP' }, num_children: 1 }
    const repeated: SchemaElement = { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 }
    const parts = [...elementsOf('key', 'string', 'REQUIRED'), ...elementsOf('value', type.values, 'REQUIRED')]
    return [{ ...map, repetition_type }, repeated, ...parts]
  }
  const children = type.fields.flatMap((field) => elementsOf(field.name, field.type, 'REQUIRED'))
  return [{ name, num_children: type.fields.length, repetition_type }, ...children]
}

/** 64-bit numbers are bigints to the writer, wherever they stand. */
function writableOf(type: AvroType): (value: unknown) => unknown {
  if (type === 'long') return (value) => BigInt(Number(value))
  if (typeof type === 'string') return (value) => value
  if (isUnion(type)) {
    const inner = writableOf(valueTypeOf(type))
    return (value) => (value === null || value === undefined ? undefined : inner(value))
  }
  if (type.type === 'array') {
    const item = writableOf(type.items)
    return (value) => (value as unknown[]).map(item)
  }
  if (type.type === 'record') {
    const fields = type.fields.map((field) => [field.name, writableOf(field.type)] as const)
    // Millions of records: Object.fromEntries of a list for each takes three times as long.
    return (value) => {
      const record: Record<string, unknown> = {}
      for (const [name, field] of fields) record[name] = field((value as Row)[name])
      return record
    }
  }
  return (value) => value
}

function isUnion(type: AvroType): type is readonly AvroType[] {
  return Array.isArray(type)
}

/** All unions of the schema are of null and one other type. */
function valueTypeOf(type: readonly AvroType[]): AvroType {
  return type.find((part) => part !== 'null') ?? 'string'
}
