import { readFile } from 'node:fs/promises'
import { BadEventError, ConfigError } from '../../runtime/errors.ts'

export type Entry =
  | { readonly kind: 'pair'; readonly left: string; readonly right: string; readonly line: number }
  | { readonly kind: 'bad'; readonly error: BadEventError }

/**
 * Pairs of a JSON object {term: [translation, …]}, in the order of the file; `line` is the line on which the term stands.
 * Throws ConfigError LIST_UNREADABLE or LIST_MALFORMED; an entry of another form comes back as bad (LIST_ENTRY).
 */
export async function* entriesOf(file: string): AsyncIterable<Entry> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError('LIST_UNREADABLE', 'the existing synonym list cannot be read', { at: { file }, cause })
  })
  const hint = 'Expected one JSON object: {"한국어": ["english", …], …}'
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (cause) {
    throw new ConfigError('LIST_MALFORMED', 'the existing synonym list is not JSON', { at: { file }, hint, cause })
  }
  if (typeof list !== 'object' || list === null || Array.isArray(list)) {
    throw new ConfigError('LIST_MALFORMED', 'the existing synonym list is not a JSON object', { at: { file }, hint })
  }
  const lines = text.split('\n')
  for (const [left, translations] of Object.entries(list)) {
    const line = lines.findIndex((content) => content.includes(JSON.stringify(left))) + 1
    if (!Array.isArray(translations)) {
      yield bad(file, line, left, 'its value is not an array')
      continue
    }
    for (const right of translations as unknown[]) {
      yield typeof right === 'string'
        ? { kind: 'pair', left, right, line }
        : bad(file, line, left, 'a translation is not text')
    }
  }
}

function bad(file: string, line: number, term: string, reason: string): Entry {
  const at = { file, line, title: term }
  return { kind: 'bad', error: new BadEventError('LIST_ENTRY', `an entry was left out: ${reason}`, { at }) }
}
