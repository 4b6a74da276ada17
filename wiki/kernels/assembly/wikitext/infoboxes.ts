/** Templates that list facts: their fields, as Avro items. */
import { Bytes } from './memory'
import { space, underscore } from './characters'
import { canonical, plain } from './canonical'
import { beforeProse, depth, expand } from './expand'
import { plainInto } from './lines'
import { hasKey, keyAt, keyEnd, partCount, partEquals, partTo } from './parts'
import { text } from './tags'
import { isInfoboxName } from './templates'
import { writeLong } from './varint'

/** Avro items of the infoboxes: name, map of fields. */
export const infoboxes = new Bytes()
export let infoboxCount: i32 = 0
const fields = new Bytes()

export function beginInfoboxes(): void {
  infoboxes.begin(4096)
  fields.begin(4096)
  infoboxCount = 0
}

export function isInfobox(meaning: i32, first: i32): bool {
  if (depth > 3) return false
  let named = 0
  for (let part = first; part < partCount(); part++) if (hasKey(part)) named++
  if (named < 2) return false
  // Any other template that lists facts before the first word of the page is one too ("{{왕|이름=…").
  return (meaning & isInfoboxName) != 0 || (depth == 1 && beforeProse && named >= 4)
}

/** Appends the Avro item of an infobox; those within its values come first. */
export function readInfobox(head: usize, headEnd: usize, first: i32): void {
  const headFrom = head - text.at
  const headLength = headEnd - head
  const start = fields.length
  let count: i64 = 0
  const end = partCount()
  for (let part = first; part < end; part++) {
    if (!hasKey(part)) continue
    const keyFrom = keyAt - text.at
    const keyLength = keyEnd - keyAt
    const valueStart = canonical.length
    expand(partEquals(part) + 1, partTo(part))
    plain.length = 0
    plainInto(plain, canonical.at + valueStart, canonical.length - valueStart)
    canonical.length = valueStart
    if (plain.length == 0) continue
    count++
    writeLong(fields, keyLength)
    fields.append(text.at + keyFrom, keyLength)
    writeLong(fields, plain.length)
    fields.append(plain.at, plain.length)
  }
  writeLong(infoboxes, headLength)
  const nameStart = infoboxes.length
  infoboxes.append(text.at + headFrom, headLength)
  for (let i = nameStart; i < infoboxes.length; i++) {
    if (<u32>load<u8>(infoboxes.at + i) == underscore) store<u8>(infoboxes.at + i, <u8>space)
  }
  if (count > 0) {
    writeLong(infoboxes, count)
    infoboxes.append(fields.at + start, fields.length - start)
  }
  infoboxes.push(0)
  fields.length = start
  infoboxCount++
}
