/** Bold and italic marks of a line. */
import { Bytes } from './memory'
import { apostrophe, find, space } from './characters'

/** Runs of apostrophes of the line: offset, length, and what they do. */
export const quotes = new Bytes()

export const enum Quote {
  TogglesBold = 1,
  TogglesItalic = 2,
}

/**
 * Runs of two and more apostrophes, read as MediaWiki's doQuotes does: where the bold and the italic marks are both odd
 * in number, one bold mark is an apostrophe and an italic mark, by preference after a word of one letter, then after a
 * longer word, then after a space. Records of 16 bytes: where, length, apostrophes that are text, what is toggled.
 */
export function findQuotes(from: usize, to: usize): void {
  const start = from
  let bold = 0
  let italic = 0
  while (true) {
    from = find(apostrophe, from, to)
    if (from + 1 >= to) break
    if (<u32>load<u8>(from + 1) != apostrophe) {
      from++
      continue
    }
    let next = from + 2
    while (next < to && <u32>load<u8>(next) == apostrophe) next++
    const run = <i32>(next - from)
    let toggles = 0
    if (run >= 3) {
      toggles |= Quote.TogglesBold
      bold++
    }
    if (run == 2 || run >= 5) {
      toggles |= Quote.TogglesItalic
      italic++
    }
    quotes.ensure(16)
    const record = quotes.at + quotes.length
    store<u32>(record, <u32>from)
    store<i32>(record + 4, run)
    store<i32>(record + 8, run == 4 || run > 5 ? 1 : 0)
    store<i32>(record + 12, toggles)
    quotes.length += 16
    from = next
  }
  if ((bold & 1) == 0 || (italic & 1) == 0) return
  let chosen: usize = 0
  let best = 3
  for (let i: usize = 0; i < quotes.length; i += 16) {
    const record = quotes.at + i
    if (load<i32>(record + 12) != Quote.TogglesBold) continue
    const at = <usize>load<u32>(record)
    const rank = at > start && <u32>load<u8>(at - 1) == space ? 2 : at > start + 1 && <u32>load<u8>(at - 2) == space ? 0 : 1
    if (rank < best) {
      best = rank
      chosen = record
    }
  }
  if (chosen == 0) return
  store<i32>(chosen + 8, 1)
  store<i32>(chosen + 12, Quote.TogglesItalic)
}
