/** A list as a JSON object {term: [translation, …]}. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { ConfigError } from '../../runtime/errors.ts'
import { isDamaged, type Read } from './rows.ts'

const hint = 'Expected one JSON object: {"한국어": ["english", …], …}'

/**
 * The rows of the object in the order of the file, each with the line of its translation. A term that stands there twice
 * has the translations of both (`JSON.parse` would forget the first). Throws ConfigError LIST_MALFORMED with the line
 * where the text is no JSON, or holds another value than an object.
 */
export function* jsonRows(text: string, file: string): Iterable<Read> {
  const lineOf = lineCounter(text)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const [fault] = errors
  if (fault) {
    const at = { file, line: lineOf(fault.offset) }
    const what = printParseErrorCode(fault.error)
    throw new ConfigError('LIST_MALFORMED', `the existing list is not JSON: ${what}`, { at, hint })
  }
  if (root?.type !== 'object') {
    throw new ConfigError('LIST_MALFORMED', 'the existing list is not a JSON object', { at: { file }, hint })
  }
  for (const property of root.children ?? []) {
    const [key, list] = property.children ?? []
    if (key && list) yield* rowsOf(String(key.value), key, list, lineOf)
  }
}

function* rowsOf(term: string, key: Node, list: Node, lineOf: (offset: number) => number): Iterable<Read> {
  const bad = (at: Node, reason: string): Read => ({ kind: 'bad', line: lineOf(at.offset), title: term, reason })
  if (list.type !== 'array') {
    yield bad(key, 'its value is not an array')
    return
  }
  const translations = list.children ?? []
  if (translations.length === 0) yield bad(key, 'it has no translation')
  for (const translation of translations) {
    const right: unknown = translation.value
    if (typeof right !== 'string') yield bad(translation, 'a translation is not text')
    else if (isDamaged(term + right)) yield bad(translation, 'it is not UTF-8')
    else yield { kind: 'row', line: lineOf(translation.offset), terms: [term, right] }
  }
}

/** Lines of offsets that rise, but for the step from a translation back to its term. */
function lineCounter(text: string): (offset: number) => number {
  const ends: number[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at)
  return (offset) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle]! < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
