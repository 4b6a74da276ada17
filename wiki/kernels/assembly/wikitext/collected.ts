/** What a page has many of, each once: links, categories, names, templates. In order of first appearance. */
import { Bytes, take } from './memory'
import { hashOf } from './names'

export const enum List {
  Link,
  Category,
  BoldName,
  Gloss,
  LanguageLink,
  Hatnote,
  Caption,
}

/** Bytes of the entries, one after another. */
const content = new Bytes()
/** Entries of 24 bytes: hash, offset, length, length of the first part, list, count. */
const entries = new Bytes()
let table: usize = 0
let tableMask: u32 = 0
let count: i32 = 0

export function beginCollecting(): void {
  content.begin(16384)
  entries.begin(24 * 256)
  tableMask = 1023
  table = take((tableMask + 1) << 2)
  memory.fill(table, 0, (tableMask + 1) << 2)
  count = 0
}

/**
 * Adds an entry of two parts (the second may be empty); one that is there is counted. Links, whose parts are target
 * and surface, come again and again.
 */
export function collect(list: List, firstAt: usize, firstLength: usize, secondAt: usize, secondLength: usize): void {
  const hash = hashOf(secondAt, secondLength, hashOf(firstAt, firstLength, list))
  let slot = hash & tableMask
  while (true) {
    const index = load<i32>(table + (slot << 2))
    if (index == 0) break
    const entry = entries.at + (index - 1) * 24
    if (
      load<u32>(entry) == hash &&
      load<u32>(entry + 16) == <u32>list &&
      load<u32>(entry + 8) == <u32>(firstLength + secondLength) &&
      load<u32>(entry + 12) == <u32>firstLength &&
      memory.compare(content.at + load<u32>(entry + 4), firstAt, firstLength) == 0 &&
      memory.compare(content.at + load<u32>(entry + 4) + firstLength, secondAt, secondLength) == 0
    ) {
      store<i32>(entry + 20, load<i32>(entry + 20) + 1)
      return
    }
    slot = (slot + 1) & tableMask
  }
  store<i32>(table + (slot << 2), ++count)
  entries.ensure(24)
  const entry = entries.at + entries.length
  store<u32>(entry, hash)
  store<u32>(entry + 4, <u32>content.length)
  store<u32>(entry + 8, <u32>(firstLength + secondLength))
  store<u32>(entry + 12, <u32>firstLength)
  store<u32>(entry + 16, <u32>list)
  store<i32>(entry + 20, 1)
  entries.length += 24
  content.append(firstAt, firstLength)
  content.append(secondAt, secondLength)
  if (<u32>count * 2 > tableMask) widen()
}

function widen(): void {
  tableMask = tableMask * 4 + 3
  table = take((tableMask + 1) << 2)
  memory.fill(table, 0, (tableMask + 1) << 2)
  for (let i = 0; i < count; i++) {
    let slot = load<u32>(entries.at + i * 24) & tableMask
    while (load<i32>(table + (slot << 2)) != 0) slot = (slot + 1) & tableMask
    store<i32>(table + (slot << 2), i + 1)
  }
}

/** Number of entries of all lists. */
@inline
export function entryCount(): i32 {
  return count
}
@inline
export function listOf(i: i32): List {
  return load<u32>(entries.at + i * 24 + 16)
}
@inline
export function firstAt(i: i32): usize {
  return content.at + load<u32>(entries.at + i * 24 + 4)
}
@inline
export function firstLength(i: i32): usize {
  return load<u32>(entries.at + i * 24 + 12)
}
@inline
export function secondAt(i: i32): usize {
  return firstAt(i) + firstLength(i)
}
@inline
export function secondLength(i: i32): usize {
  return load<u32>(entries.at + i * 24 + 8) - <u32>firstLength(i)
}
@inline
export function occurrences(i: i32): i32 {
  return load<i32>(entries.at + i * 24 + 20)
}

/** Number of entries of one list. */
export function sizeOf(list: List): i32 {
  let size = 0
  for (let i = 0; i < count; i++) if (listOf(i) == list) size++
  return size
}
