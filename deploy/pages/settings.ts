import { z } from 'zod'
import { loadService } from '../../runtime/load.ts'
import { folderOf, type ServiceId, serviceIds } from '../../topology.ts'

interface Property {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly enum?: readonly unknown[]
  readonly items?: Property
  readonly anyOf?: readonly Property[]
  readonly properties?: Readonly<Record<string, Property>>
}

/** Every setting of every service: key, type, range, default and meaning, out of the zod schemas. */
export async function settingsPage(): Promise<string> {
  const parts = ['# Settings\n']
  parts.push(
    "Defaults < YAML (`--config FILE`, one section a service; the trainer's are `model:` and `training:`) < environment",
    '(`NARU_<SERVICE>__<KEY>`, such as `NARU_TRAINER__TRAINING__EPOCHS=3`) < flags. Unknown keys are errors.\n',
  )
  for (const id of serviceIds) parts.push(await section(id))
  return parts.join('\n')
}

async function section(id: ServiceId): Promise<string> {
  const service = await loadService(id)
  const schema = z.toJSONSchema(service.settings, { io: 'output', unrepresentable: 'any' }) as Property
  const rows = rowsOf(schema, '')
  if (rows.length === 0) return `## ${id}\n\nNo settings.\n`
  const head = ['| key | type | range | default | meaning |', '| --- | --- | --- | --- | --- |']
  return [`## ${id}\n`, `[services/${folderOf(id)}](../../services/${folderOf(id)})\n`, ...head, ...rows, ''].join('\n')
}

function rowsOf({ properties = {} }: Property, prefix: string): string[] {
  return Object.entries(properties).flatMap(([key, property]) => {
    const name = `${prefix}${key}`
    if (property.properties) return rowsOf(property, `${name}.`)
    const value = property.default === undefined ? 'required' : `\`${JSON.stringify(property.default)}\``
    return [
      `| \`${name}\` | ${typeOf(property)} | ${rangeOf(property)} | ${value} | ${(property.description ?? '').replaceAll('<', '\\<')} |`,
    ]
  })
}

function typeOf({ type, enum: values, items, anyOf }: Property): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(' ')
  if (anyOf) return anyOf.map(typeOf).join(' or ')
  if (type === 'array') return items ? `list of ${typeOf(items)}` : 'list'
  return Array.isArray(type) ? type.join(' or ') : String(type ?? 'any')
}

function rangeOf(property: Property): string {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, anyOf } = property
  if (anyOf) return anyOf.map(rangeOf).filter(Boolean).join(' ')
  const bounds = [
    minimum === undefined ? '' : `≥ ${minimum}`,
    exclusiveMinimum === undefined ? '' : `> ${exclusiveMinimum}`,
    // zod states the largest safe integer where no bound was given.
    maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : `≤ ${maximum}`,
    exclusiveMaximum === undefined ? '' : `< ${exclusiveMaximum}`,
  ]
  return bounds.filter(Boolean).join(', ')
}
