/**
 * What names mean, remembered over pages: elements, HTML entities, templates, link prefixes, behaviour switches. Those
 * not built in are asked outside once and answered from here ever after; a full table is emptied.
 */
export const enum Kind {
  Element,
  Entity,
  Template,
  Prefix,
  Option,
  Switch,
}

const slotCount: u32 = 1 << 14
const poolSize: u32 = 1 << 20
/** Slots of 16 bytes: hash, offset in the pool, length and kind, value. */
const slots = heap.alloc(slotCount * 16)
const pool = heap.alloc(poolSize)
let used: u32 = 0
let poolLength: u32 = 0

function clear(): void {
  memory.fill(slots, 0, slotCount * 16)
  used = poolLength = 0
}

const multiplier: u64 = 0x9e3779b97f4a7c15

/** Eight bytes a step, multiplied and folded; never 0. Nothing but the tables in memory depends on it. */
export function hashOf(at: usize, length: usize, seed: u32): u32 {
  let hash: u64 = (<u64>length << 32) ^ seed
  const end = at + length
  for (; at + 8 <= end; at += 8) hash = fold(hash ^ load<u64>(at))
  const left = end - at
  // What lies behind the end is readable, and shifted out.
  if (left > 0) hash = fold(hash ^ (load<u64>(at) << ((8 - left) << 3)))
  const low = <u32>fold(hash)
  return low == 0 ? 1 : low
}

@inline
function fold(hash: u64): u64 {
  const product = hash * multiplier
  return product ^ (product >> 32)
}

let found: usize = 0

/** True where the name is known; then `valueOf` gives its value. Else the place where it belongs is remembered. */
export function isKnown(kind: Kind, at: usize, length: usize): bool {
  const hash = hashOf(at, length, kind)
  const tagged: u32 = (<u32>length << 8) | kind
  let i = hash & (slotCount - 1)
  while (true) {
    found = slots + i * 16
    const other = load<u32>(found)
    if (other == 0) return false
    if (other == hash && load<u32>(found + 8) == tagged && memory.compare(pool + load<u32>(found + 4), at, length) == 0) {
      return true
    }
    i = (i + 1) & (slotCount - 1)
  }
}

@inline
export function foundValue(): i32 {
  return load<i32>(found + 12)
}

/** Remembers a name that `isKnown` did not find. */
export function learn(kind: Kind, at: usize, length: usize, value: i32): void {
  if (used * 2 >= slotCount || poolLength + <u32>length > poolSize) {
    clear()
    teachElements()
  }
  if (isKnown(kind, at, length)) return
  memory.copy(pool + poolLength, at, length)
  store<u32>(found, hashOf(at, length, kind))
  store<u32>(found + 4, poolLength)
  store<u32>(found + 8, (<u32>length << 8) | kind)
  store<i32>(found + 12, value)
  poolLength += <u32>length
  used++
}

/** What becomes of an element. */
export const enum Element {
  Plain,
  Dropped,
  Block,
  Table,
  Break,
  Nowiki,
  Pre,
  Math,
  Gallery,
  Superscript,
  Reference,
}

const word = memory.data(32)

function teach(names: string, element: Element): void {
  let length = 0
  for (let i = 0; i <= names.length; i++) {
    const code = i < names.length ? names.charCodeAt(i) : 0x20
    if (code != 0x20) {
      store<u8>(word + length++, <u8>code)
      continue
    }
    // Each has a number of its own beside its class, see `unclosed` in tags.ts.
    if (!isKnown(Kind.Element, word, length)) learn(Kind.Element, word, length, element | (<i32>used << 8))
    length = 0
  }
}

/** The same lists as in ../../../wikitext/tags.ts. */
function teachElements(): void {
  teach('references timeline score imagemap graph templatestyles mapframe', Element.Dropped)
  teach('maplink hiero inputbox indicator categorytree section style script templatedata includeonly rt rp', Element.Dropped)
  teach('math chem ce', Element.Math)
  teach('ref', Element.Reference)
  teach('gallery', Element.Gallery)
  teach('p div li ul ol dl dt dd blockquote center poem hr h1 h2 h3 h4 h5 h6', Element.Block)
  teach('table', Element.Table)
  teach('br', Element.Break)
  teach('nowiki', Element.Nowiki)
  teach('pre syntaxhighlight source', Element.Pre)
  teach('sup', Element.Superscript)
}

clear()
teachElements()
