/**
 * Names of events that stay the same however often they are written: who wrote it, from which event, as which of its outputs.
 * `name-finder/articles-3@1204#5` is the sixth event that name-finder made of record 1204 of articles-3; a stream's or a
 * source's have no origin: `anchor-counter/p3#17`. Readers outside of the transactions tell repeats apart by them.
 */
import type { ServiceId } from '../topology.ts'
import { sealNameOf } from './seal.ts'

const idHeader = 'naru-id'

/** @param offset of the event that it was made of, in the partition that the unit is named after. */
export function idHeaders(service: ServiceId, unit: string, offset: number | undefined, place: string | number) {
  return { [idHeader]: `${service}/${unit}${offset === undefined ? '' : `@${offset}`}#${place}` }
}

export interface Writer {
  readonly service: string
  readonly unit: string
  /** Of the event it was made of; Infinity for a seal, which comes after all of them, and for what has no single origin. */
  readonly from: number
}

/** Who wrote a record; undefined where its headers do not say, as those of another program. */
export function writerOf(headers: Readonly<Record<string, string>>): Writer | undefined {
  const seal = sealNameOf(headers)
  const parts = /^([^/]+)\/([^@#]+)(?:@(\d+))?/.exec(seal ?? headers[idHeader] ?? '')
  if (!parts) return undefined
  const [, service = '', unit = '', offset] = parts
  return { service, unit, from: offset === undefined ? Number.POSITIVE_INFINITY : Number(offset) }
}
