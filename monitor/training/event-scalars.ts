/**
 * Scalars out of TensorBoard's event files, ours and those of other programs: TFRecords of Event messages.
 * Field numbers: tensorflow/core/util/event.proto and framework/summary.proto. A record that is cut off ends the file.
 */

import { type Field, fieldsOf } from '../../model/graph/protobuf-reading.ts'

export interface Scalar {
  readonly step: number
  /** Seconds since 1970. */
  readonly wallTime: number
  readonly tag: string
  readonly value: number
}

export interface EventFileContent {
  readonly scalars: readonly Scalar[]
  /** Steps from here on replace those of earlier files of the run; undefined where the file says nothing of it. */
  readonly startStep: number | undefined
}

const frameBytes = 12
const checksumBytes = 4

export function readEventFile(bytes: Buffer): EventFileContent {
  const scalars: Scalar[] = []
  let startStep: number | undefined
  let at = 0
  while (at + frameBytes <= bytes.length) {
    const length = Number(bytes.readBigUInt64LE(at))
    const end = at + frameBytes + length
    if (end + checksumBytes > bytes.length) break
    const event = fieldsOf(bytes.subarray(at + frameBytes, end))
    const step = numberIn(event, 2)
    const wallTime = doubleIn(event, 1)
    if (event.some(({ field }) => field === 7)) startStep = step
    for (const { field, bytes: summary } of event) {
      if (field === 5 && summary) scalars.push(...scalarsIn(summary).map((scalar) => ({ ...scalar, step, wallTime })))
    }
    at = end + checksumBytes
  }
  return { scalars, startStep }
}

function scalarsIn(summary: Buffer): { tag: string; value: number }[] {
  return fieldsOf(summary).flatMap(({ field, bytes }) => {
    if (field !== 1 || !bytes) return []
    const value = fieldsOf(bytes)
    const tag = value.find((one) => one.field === 1)?.bytes?.toString('utf8')
    const number = value.find((one) => one.field === 2)?.raw
    return tag === undefined || number?.length !== 4 ? [] : [{ tag, value: number.readFloatLE() }]
  })
}

function numberIn(fields: readonly Field[], field: number): number {
  return Number(fields.find((one) => one.field === field)?.number ?? 0n)
}

function doubleIn(fields: readonly Field[], field: number): number {
  const raw = fields.find((one) => one.field === field)?.raw
  return raw?.length === 8 ? raw.readDoubleLE() : 0
}
